"""Which facts were stored more than once, in which editions: no figures, so that nothing hidden can come out."""

from typing import Any

import pandas as pd
import pytest

from data import history, queries
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.store import Connection
from tests.integration.storing import INDICATOR, KENT, MOMENT, NORFOLK, SUFFOLK, fact, facts, send


def found(connection: Connection, version: int, *areas: str) -> list[tuple[Any, ...]]:
    lines = queries.revisions(connection, version, INDICATOR, areas or (NORFOLK, KENT, SUFFOLK))
    return [
        (line.area_code, line.from_version, None if pd.isna(line.until_version) else int(line.until_version))
        for line in lines.itertuples()
    ]


@pytest.fixture
def revised(empty: Connection, catalogue: Catalogue) -> Connection:
    """Two areas as version 2; Norfolk again as version 3 and 4; version 5 is another area's."""
    send(empty, catalogue, facts(fact(), fact(KENT)))
    send(empty, catalogue, facts(fact(numerator=60)))
    send(empty, catalogue, facts(fact(numerator=61)))
    send(empty, catalogue, facts(fact(SUFFOLK)))
    return empty


def test_each_stored_version_of_a_revised_fact_is_there_and_no_other(revised: Connection) -> None:
    assert found(revised, 5) == [(NORFOLK, 2, 3), (NORFOLK, 3, 4), (NORFOLK, 4, None)]
    assert found(revised, 5, KENT, SUFFOLK) == [] and found(revised, 5, NORFOLK) == found(revised, 4)


def test_an_earlier_version_knows_nothing_of_later_ones(revised: Connection) -> None:
    assert found(revised, 3) == [(NORFOLK, 2, 3), (NORFOLK, 3, None)]
    assert found(revised, 2) == []


def test_it_holds_no_figures(revised: Connection) -> None:
    columns = set(queries.revisions(revised, 5, INDICATOR, [NORFOLK]).columns)
    assert not columns & {"numerator", "denominator", "value", "lower", "upper", "comment", "note"}


def test_a_fact_that_was_withdrawn_is_no_revision_and_one_that_came_back_is(
    empty: Connection, catalogue: Catalogue
) -> None:
    first, _ = send(empty, catalogue, facts(fact()))
    second, _ = send(empty, catalogue, facts(fact(numerator=60)))
    history.withdraw(empty, LOCAL_ADMINISTRATOR, second.id, "counted in the wrong year", 3, MOMENT)
    assert found(empty, 4) == [(NORFOLK, 2, 3), (NORFOLK, 3, 4), (NORFOLK, 4, None)]
    history.withdraw(empty, LOCAL_ADMINISTRATOR, first.id, "counted in the wrong year", 4, MOMENT)
    assert found(empty, 5) == []


def test_parts_of_a_total_are_no_revisions(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts(fact(), fact(numerator=20, breakdown_type="sex", breakdown="women")))
    send(empty, catalogue, facts(fact(numerator=21, breakdown_type="sex", breakdown="women")))
    assert found(empty, 3) == []


def test_knife_offences_came_in_two_editions(demonstration: Connection, latest_version: int) -> None:
    lines = queries.revisions(demonstration, latest_version, "knife_offences", [NORFOLK])
    assert list(lines["edition"].unique()) == ["year ending September 2019", "year ending December 2024"]
    assert len(lines) == 18 and set(lines["sent_by"]) == {"Demonstration"}
    first, now = (lines[lines["edition"] == name] for name in lines["edition"].unique())
    assert first["until_version"].notna().all() and now["until_version"].isna().all()

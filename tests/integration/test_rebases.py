"""Re-basing a control chart: who may, with which reason, from which period, and what is remembered of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import pytest

from data import queries, rebases, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.backup import backup
from data.catalogue import Catalogue
from data.errors import UserError
from data.restore import restore
from data.store import Connection
from data.versions import Moment
from tests.integration.storing import INDICATOR, KENT, MOMENT, NORFOLK, everything, facts, rows, send, trail
from tests.integration.storing import fact as fact_of
from tests.scopes import EVERYWHERE

EAST, ENGLAND = "E12000006", "E92000001"
FIRST, SECOND, THIRD = date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)
PERIODS = ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]
REASON = "The suite moved to another building in July"
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
EVALUATOR = Actor("Eve Evaluator", "evaluator")
LATER = Moment(MOMENT.at + timedelta(days=9), MOMENT.as_of + timedelta(days=9))


@pytest.fixture
def stored(empty: Connection, catalogue: Catalogue) -> Connection:
    """Three quarters of two areas, as data version 2."""
    send(empty, catalogue, facts(*(fact_of(area, period=period) for area in (NORFOLK, KENT) for period in PERIODS)))
    return empty


def begin(connection: Connection, **changed: Any) -> UUID:
    usual = {"actor": OF_NORFOLK, "indicator": INDICATOR, "area": NORFOLK, "period_end": SECOND, "reason": REASON}
    return rebases.begin(connection, **usual | {"moment": MOMENT} | changed)


def listed(connection: Connection, version: int = 2, area: str = NORFOLK) -> list[dict[str, Any]]:
    found = queries.rebases(connection, version, INDICATOR, area)
    return found.astype(object).where(found.notna(), None).to_dict("records")


def test_it_is_remembered_with_who_when_and_why(stored: Connection) -> None:
    identifier = begin(stored, reason=f"  {REASON} ")
    (line,) = listed(stored)
    assert line["id"] == identifier and line["period_end"].date() == SECOND and line["reason"] == REASON
    assert (line["made_by"], line["made_at"], line["standing"]) == ("Ada Norfolk", MOMENT.at, True)
    assert (line["ended_by"], line["ended_at"], line["end_reason"]) == (None, None, None)


def test_it_changes_no_figure_and_raises_no_data_version(stored: Connection) -> None:
    before = everything(stored)
    identifier = begin(stored)
    after = everything(stored)
    assert {name for name in after if after[name] != before[name]} == {"rebase", "audit", "audit_head"}
    assert queries.current(stored)["version"] == 2
    line = (MOMENT.at, "Ada Norfolk", "re-base made", str(identifier), 2, 2)
    assert [entry[:6] for entry in after["audit"] if entry not in before["audit"]] == [line]


def test_it_is_shown_from_the_version_on_that_it_was_made_on(stored: Connection, catalogue: Catalogue) -> None:
    send(stored, catalogue, facts(fact_of(numerator=60)))
    begin(stored)
    assert [len(listed(stored, version)) for version in (1, 2, 3, 4)] == [0, 0, 1, 1]
    assert listed(stored, 3, KENT) == [] and queries.rebases(stored, 3, "robbery", NORFOLK).empty


def test_ending_it_needs_a_reason_and_keeps_its_history(stored: Connection, catalogue: Catalogue) -> None:
    identifier = begin(stored)
    send(stored, catalogue, facts(fact_of(numerator=60)))
    rebases.end(stored, EVALUATOR, identifier, "The move was put off after all", LATER)
    (then,), (now,) = listed(stored, 2), listed(stored, 3)
    assert then["standing"] and then["ended_by"] is None and then["end_reason"] is None
    assert not now["standing"] and now["reason"] == REASON
    assert (now["ended_by"], now["ended_at"]) == ("Eve Evaluator", LATER.at)
    assert now["end_reason"] == "The move was put off after all"
    assert (LATER.at, "Eve Evaluator", "re-base ended", str(identifier), 3, 3) == trail(stored)[-1]
    begin(stored, moment=LATER)
    assert [line["standing"] for line in listed(stored, 3)] == [False, True]


REFUSED = [
    ({"reason": "   "}, "a reason is needed"),
    ({"reason": "moved"}, "“moved” is too short to understand later"),
    ({"reason": "x" * 1001}, "at most 1,000 are kept"),
    ({"reason": "Asked for by ada@example.org in July"}, "personal data"),
    ({"reason": "Seen in the record of 943 476 5919"}, "personal data"),
    ({"period_end": date(2025, 8, 31)}, "Norfolk has no figure for a period that ends on 31 August 2025"),
    ({"period_end": date(2026, 3, 31)}, "Norfolk has no figure for a period that ends on 31 March 2026"),
    ({"period_end": FIRST}, "starts with the first period anyway"),
    ({"actor": Actor("Kit Kent", "contributor", frozenset({KENT}))}, "Kit Kent may not re-base charts of E23000024"),
    ({"actor": Actor("Vic Viewer", "viewer")}, "Vic Viewer may not re-base"),
    ({"actor": Actor("Sam Steering", "steering", EVERYWHERE)}, "Sam Steering may not re-base"),
    ({"actor": OF_NORFOLK, "area": EAST}, "may not re-base charts of E12000006"),
    ({"actor": LOCAL_ADMINISTRATOR, "area": "E23000099"}, "not known here"),
    ({"indicator": "happiness"}, "not known here"),
    ({"indicator": "robbery"}, "Only monthly and quarterly figures have a control chart"),
    ({"indicator": "handover_wait_hours"}, "no figure for a period"),
    ({"indicator": "x' OR 1=1 --"}, "not known here"),
]


@pytest.mark.parametrize(("changed", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_fault_is_told_and_changes_nothing(stored: Connection, changed: dict[str, Any], said: str) -> None:
    before = everything(stored)
    with pytest.raises(UserError, match=said.replace("(", r"\(")):
        begin(stored, **changed)
    assert everything(stored) == before


def test_two_for_one_period_are_refused(stored: Connection) -> None:
    begin(stored)
    with pytest.raises(UserError, match="already: Ada Norfolk made it on 2 November 2026"):
        begin(stored, actor=EVALUATOR)
    begin(stored, period_end=THIRD)
    assert [line["period_end"].date() for line in listed(stored)] == [SECOND, THIRD]


@pytest.mark.parametrize("area", [EAST, ENGLAND])
def test_a_sum_has_the_periods_of_its_areas(stored: Connection, area: str) -> None:
    begin(stored, actor=LOCAL_ADMINISTRATOR, area=area)
    assert len(listed(stored, area=area)) == 1 and listed(stored) == []


def test_a_region_without_figures_has_no_period(stored: Connection) -> None:
    with pytest.raises(UserError, match="North East has no figure"):
        begin(stored, actor=LOCAL_ADMINISTRATOR, area="E12000001")


def end(connection: Connection, identifier: UUID | str, actor: Actor = OF_NORFOLK, reason: str = REASON) -> None:
    rebases.end(connection, actor, identifier, reason, LATER)


FAULTS: list[tuple[Callable[[Connection, UUID], None], str]] = [
    (lambda connection, made: end(connection, made, reason=""), "a reason is needed"),
    (lambda connection, made: end(connection, made, reason="wrong"), "too short"),
    (lambda connection, made: end(connection, made, reason="call 07700 900123 to hear why"), "personal data"),
    (lambda connection, made: end(connection, made, Actor("Vic", "viewer")), "Vic may not re-base"),
    (lambda connection, made: end(connection, uuid4()), "no new calculation with this identifier"),
    (lambda connection, made: end(connection, "1 OR 1=1"), "no new calculation with this identifier"),
]


@pytest.mark.parametrize(("deed", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_in_ending_it_is_told_and_changes_nothing(
    stored: Connection, deed: Callable[[Connection, UUID], None], said: str
) -> None:
    made = begin(stored)
    before = everything(stored)
    with pytest.raises(UserError, match=said):
        deed(stored, made)
    assert everything(stored) == before


def test_it_is_ended_once(stored: Connection) -> None:
    made = begin(stored)
    end(stored, made)
    with pytest.raises(UserError, match="was ended on 11 November 2026 by Ada Norfolk already"):
        end(stored, made, EVALUATOR)
    assert rows(stored, "SELECT ended_by FROM rebase") == [("Ada Norfolk",)]


def test_two_who_end_it_at_once_end_it_once(stored: Connection) -> None:
    made = begin(stored)
    with stored.cursor() as other, pytest.raises((store.TryAgain, UserError)):
        stored.begin()
        stored.execute("UPDATE rebase SET ended_by = 'somebody', ended_at = $at", {"at": LATER.at})
        try:
            end(other, made)
        finally:
            stored.commit()
    assert rows(stored, "SELECT ended_by FROM rebase") == [("somebody",)]


def test_a_store_of_an_earlier_release_gets_the_table(tmp_path: Path, stored: Connection) -> None:
    stored.execute("DROP TABLE rebase")
    path = stored.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchone()[0]
    stored.close()
    with store.connect(path) as again:
        assert queries.rebases(again, 2, INDICATOR, NORFOLK).empty
        begin(again)


def test_a_backup_keeps_it(stored: Connection, tmp_path: Path) -> None:
    made = begin(stored)
    path = Path(stored.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchone()[0])
    stored.close()
    copy, manifest = backup(path, tmp_path / "copy.duckdb", LATER)
    assert manifest["rows"]["rebase"] == 1
    restore(copy, path, [], Moment(datetime(2026, 11, 12), date(2026, 11, 12)), replace=True)
    with duckdb.connect(str(path), read_only=True) as again:
        assert again.execute("SELECT id FROM rebase").fetchall() == [(made,)]

"""What differs between two data versions, on real stores: files sent, corrected and withdrawn, definitions replaced."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from data import differences, history, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.store import Connection
from data.submission import confirm, prepare
from data.versions import raise_version
from data.workspace import load_catalogue
from tests.integration.storing import (
    INDICATOR,
    KENT,
    MOMENT,
    NORFOLK,
    SUFFOLK,
    as_csv,
    check_public,
    fact,
    facts,
    voice,
)
from tests.scopes import EVERYWHERE

AREAS = [NORFOLK, KENT, SUFFOLK]
KEY = ["indicator", "area_code", "period_start", "period_end", "breakdown_type", "breakdown", "organisation"]
SAID = ["numerator", "denominator", "value", "lower", "upper", "note"]
VIEWER, STEERING = Actor("Reader", "viewer"), Actor("Chair", "steering", EVERYWHERE)
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))


def sent(connection: Connection, catalogue: Catalogue, content: bytes, name: str = "figures.csv") -> Any:
    """A file confirmed by the administrator; its identifier."""
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, name)
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    return prepared.id


def withdrawn(connection: Connection, submission: Any) -> None:
    version = queries.current(connection)["version"]
    history.withdraw(connection, LOCAL_ADMINISTRATOR, submission, "counted twice", version, MOMENT)


def told(connection: Connection, since: int, version: int, areas: list[str] = AREAS) -> dict[str, int]:
    """How many facts are in which state, by both queries, which must agree."""
    counts = differences.figure_counts(connection, since, version, areas)
    rows = differences.changed_figures(connection, since, version, areas)
    found = {str(state): int(count) for state, count in counts.groupby("state")["facts"].sum().items()}
    assert found == rows["state"].value_counts().to_dict()
    return found


@pytest.mark.both_engines
def test_new_corrected_and_withdrawn_figures(empty: Connection, catalogue: Catalogue) -> None:
    first = sent(empty, catalogue, facts(fact(), fact(KENT)))
    sent(empty, catalogue, facts(fact(numerator=60), fact(SUFFOLK)))
    withdrawn(empty, first)
    assert told(empty, 1, 2) == {"new": 2}
    assert told(empty, 2, 3) == {"corrected": 1, "new": 1}
    assert told(empty, 3, 4) == {"withdrawn": 1}
    assert told(empty, 2, 4) == {"corrected": 1, "new": 1, "withdrawn": 1}
    assert told(empty, 4, 4) == {} == told(empty, 4, 2)
    rows = differences.changed_figures(empty, 2, 4, AREAS).set_index("area_code")
    assert rows["state"].to_dict() == {NORFOLK: "corrected", KENT: "withdrawn", SUFFOLK: "new"}
    assert rows.loc[NORFOLK, ["was_numerator", "numerator"]].tolist() == [54.0, 60.0]
    assert rows["was_numerator"].isna().to_dict() == {NORFOLK: False, KENT: False, SUFFOLK: True}
    assert rows["numerator"].isna().to_dict() == {NORFOLK: False, KENT: True, SUFFOLK: False}


def test_what_went_and_came_back_as_it_was_has_not_changed(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, facts(fact()))
    second = sent(empty, catalogue, facts(fact(numerator=60)))
    withdrawn(empty, second)
    assert told(empty, 2, 3) == {"corrected": 1} == told(empty, 3, 4)
    assert told(empty, 2, 4) == {}


def test_what_came_and_went_between_the_versions_is_not_told(empty: Connection, catalogue: Catalogue) -> None:
    withdrawn(empty, sent(empty, catalogue, facts(fact())))
    assert told(empty, 1, 3) == {}


def test_another_comment_alone_is_no_correction(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, facts(fact(comment="as first sent")))
    sent(empty, catalogue, facts(fact(comment="checked")))
    assert told(empty, 2, 3) == {"reworded": 1}


def test_only_the_areas_asked_for(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, facts(fact(), fact(KENT)))
    assert told(empty, 1, 2, [KENT]) == {"new": 1} and told(empty, 1, 2, [SUFFOLK]) == {} == told(empty, 1, 2, [])


def test_parts_of_an_area_are_facts_of_their_own(empty: Connection, catalogue: Catalogue) -> None:
    part = {"breakdown_type": "sex", "breakdown": "women"}
    sent(empty, catalogue, facts(fact(breakdown_type="", breakdown=""), fact(numerator=20, denominator=40, **part)))
    sent(empty, catalogue, facts(fact(numerator=21, denominator=40, **part)))
    rows = differences.changed_figures(empty, 2, 3, AREAS)
    assert rows[["state", "breakdown_type", "breakdown"]].to_numpy().tolist() == [["corrected", "sex", "women"]]


def test_corrections_come_first_and_no_more_than_asked_for(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, facts(fact(), fact(KENT, period="2024/25 Q1")))
    sent(empty, catalogue, facts(fact(SUFFOLK), fact(KENT, 60, period="2024/25 Q1"), fact(KENT)))
    rows = differences.changed_figures(empty, 2, 3, AREAS)
    assert rows["state"].tolist() == ["corrected", "new", "new"]
    assert differences.changed_figures(empty, 2, 3, AREAS, most=1)["state"].tolist() == ["corrected"]


def held(connection: Connection, version: int) -> pd.DataFrame:
    """Every observation that holds at a version, found row by row and not by what began or ended."""
    everything = connection.execute("FROM observation").df()
    until = everything["until_version"].fillna(10_000)
    return everything[(everything["from_version"] <= version) & (version < until)].set_index(KEY)[SAID]


def expected(connection: Connection, since: int, version: int) -> dict[str, int]:
    before, after = held(connection, since), held(connection, version)
    common = before.index.intersection(after.index)
    was, now = before.loc[common].astype("object"), after.loc[common].astype("object")
    corrected = (~((was == now) | (was.isna() & now.isna())).all(axis=1)).sum()
    counts = {"new": len(after) - len(common), "corrected": int(corrected), "withdrawn": len(before) - len(common)}
    return {state: count for state, count in counts.items() if count}


@pytest.mark.both_engines
def test_every_pair_of_versions_is_told_as_the_whole_store_tells_it(empty: Connection, catalogue: Catalogue) -> None:
    files = [
        sent(empty, catalogue, facts(fact(), fact(KENT), fact(SUFFOLK, 10))),
        sent(empty, catalogue, facts(fact(numerator=60), fact(KENT, period="2024/25 Q4"))),
        sent(empty, catalogue, facts(fact(numerator=54), fact(SUFFOLK, 80), fact(KENT, 1, 9))),
    ]
    for file in (files[1], files[0], files[2]):
        withdrawn(empty, file)
    newest = queries.current(empty)["version"]
    assert newest == 7
    for since in range(1, newest + 1):
        for version in range(since + 1, newest + 1):
            assert told(empty, since, version) == expected(empty, since, version), f"{since} to {version}"


def test_demonstration_is_told_as_the_whole_store_tells_it(demonstration: Connection, catalogue: Catalogue) -> None:
    areas = list(catalogue.areas)
    for since, version in ((1, 18), (13, 15), (15, 18), (17, 18)):
        assert told(demonstration, since, version, areas) == expected(demonstration, since, version)


def voices(connection: Connection, actor: Actor, since: int, version: int) -> list[list[str]]:
    found = differences.changed_insights(connection, actor, since, version, AREAS)
    return found[["area_code", "state", "summary"]].fillna("").to_numpy().tolist()


def test_insights_are_told_as_far_as_they_may_be_seen(empty: Connection, catalogue: Catalogue) -> None:
    own, steering = voice(NORFOLK, visibility="area"), voice(KENT, visibility="steering")
    open_to_all = voice(SUFFOLK, visibility="public", consent_to_publish="yes")
    sent(empty, catalogue, as_csv([own, steering, open_to_all]))
    summary = own["summary"]
    everybody = [[area, "new", summary] for area in (NORFOLK, SUFFOLK, KENT)]
    assert voices(empty, VIEWER, 1, 2) == [] and voices(empty, OF_NORFOLK, 1, 2) == everybody[:1]
    check_public(empty)
    assert voices(empty, LOCAL_ADMINISTRATOR, 1, 2) == everybody
    assert voices(empty, STEERING, 1, 2) == everybody[1:]
    assert voices(empty, OF_NORFOLK, 1, 2) == everybody[:2]
    assert voices(empty, VIEWER, 1, 2) == [everybody[1]]


def test_an_insight_no_longer_open_is_withdrawn_from_those_who_may_not_see_it(
    empty: Connection, catalogue: Catalogue
) -> None:
    sent(empty, catalogue, as_csv([voice(visibility="steering")]))
    sent(empty, catalogue, as_csv([voice(visibility="area", summary="Something for us alone")]))
    found = differences.changed_insights(empty, STEERING, 2, 3, AREAS)
    assert found[["state", "was_summary"]].to_numpy().tolist() == [["withdrawn", voice()["summary"]]]
    assert found["summary"].isna().all()
    assert voices(empty, LOCAL_ADMINISTRATOR, 2, 3) == [[NORFOLK, "corrected", "Something for us alone"]]
    assert voices(empty, VIEWER, 2, 3) == []


def test_targets_set_changed_and_ended(empty: Connection) -> None:
    def target(value: float, version: int) -> None:
        line = {"indicator": INDICATOR, "area_code": None, "value": value, "due": MOMENT.as_of, "agreed_by": "Group"}
        store.run(empty, "demonstration/insert_target", **line, reason="because", version=version)

    def end(version: int) -> None:
        empty.execute("UPDATE target SET until_version = $version WHERE until_version IS NULL", {"version": version})

    for number, value in ((2, 70.0), (3, 80.0), (4, None)):
        assert raise_version(empty, LOCAL_ADMINISTRATOR, MOMENT, "targets") == number
        end(number)
        if value is not None:
            target(value, number)
    states = {
        pair: differences.changed_targets(empty, *pair)["state"].tolist() for pair in ((1, 2), (2, 3), (3, 4), (1, 4))
    }
    assert states == {(1, 2): ["new"], (2, 3): ["corrected"], (3, 4): ["withdrawn"], (1, 4): []}
    assert differences.changed_targets(empty, 2, 3)[["was_value", "value"]].to_numpy().tolist() == [[70.0, 80.0]]


@pytest.mark.both_engines
def test_definitions_and_populations_replaced(empty: Connection, catalogue: Catalogue) -> None:
    mended = replace(catalogue.indicators[INDICATOR], polarity="no_judgement")
    people = catalogue.populations
    norfolk = (people["area_code"] == NORFOLK) & (people["mid_year"] == people["mid_year"].max())
    assert norfolk.sum() == 1
    people = people.assign(population=people["population"] + norfolk.astype("int64"))
    indicators = {**catalogue.indicators, INDICATOR: mended}
    load_catalogue(empty, replace(catalogue, indicators=indicators, populations=people, digest="another"), MOMENT)
    definitions = differences.changed_definitions(empty, 1, 2)
    assert definitions["indicator"].tolist() == [INDICATOR]
    assert '"polarity": "no_judgement"' in definitions["definition"].iat[0]
    assert '"polarity": "higher_is_better"' in definitions["was_definition"].iat[0]
    estimates = differences.changed_populations(empty, 1, 2, AREAS)
    assert estimates[["area_code", "state"]].to_numpy().tolist() == [[NORFOLK, "corrected"]]
    assert (estimates["population"] - estimates["was_population"]).tolist() == [1]
    assert differences.changed_populations(empty, 1, 2, [KENT]).empty


def events(connection: Connection, actor: Actor, since: int, version: int, areas: list[str] = AREAS) -> list[list[str]]:
    found = differences.files_between(connection, actor, since, version, areas)
    return found[["file_name", "event"]].to_numpy().tolist()


def test_files_that_came_and_went(empty: Connection, catalogue: Catalogue) -> None:
    first = sent(empty, catalogue, facts(fact()), "first.csv")
    sent(empty, catalogue, facts(fact(KENT)), "second.csv")
    withdrawn(empty, first)
    assert events(empty, LOCAL_ADMINISTRATOR, 1, 3) == [["second.csv", "sent"], ["first.csv", "sent"]]
    assert events(empty, LOCAL_ADMINISTRATOR, 3, 4) == [["first.csv", "withdrawn"]]
    assert events(empty, LOCAL_ADMINISTRATOR, 1, 4, [KENT]) == [["second.csv", "sent"]]
    assert events(empty, OF_NORFOLK, 1, 4) == [["first.csv", "withdrawn"], ["first.csv", "sent"]]
    assert events(empty, VIEWER, 1, 4) == []


@pytest.mark.parametrize("since", [0, 1, 5, 99])
def test_versions_that_are_not_there_tell_nothing(empty: Connection, since: int) -> None:
    assert told(empty, since, since + 1) == {}
    assert differences.changed_definitions(empty, max(since, 1), since + 1).empty

"""What areas tell of their own practice: who may, what is kept of each saving, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from data import practice, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.catalogue.practice import NO_RESULT, NOT_STATED, load_practice
from data.errors import UserError
from data.practice import Practice
from data.store import Connection
from data.versions import Moment
from tests.integration.storing import KENT, MOMENT, NORFOLK, everything, facts, rows, send
from tests.scopes import EVERYWHERE

CONTRIBUTOR = Actor("Ada Area", "contributor", frozenset({NORFOLK}))
STEERING = Actor("Sam Steering", "steering", EVERYWHERE)
LATER = Moment(MOMENT.at + timedelta(days=9), MOMENT.as_of + timedelta(days=9))
STRENGTHS = ("described", "counted", "before_after", "compared", "evaluated")
TOLD = Practice(
    area=NORFOLK,
    title="A shared room (invented)",
    topics=("mental_health",),
    themes=("community_assets",),
    commitments=("COM-2", "SYS-1"),
    partners="Police and a library",
    done="A room in the library with one diary. Invented.",
    strength="counted",
    started_on=date(2026, 1, 12),
    reported="40 people came each week",
    measured="The diary",
    source="The partnership board",
)


def record(connection: Connection, catalogue: Catalogue, actor: Actor = CONTRIBUTOR, **changed: Any) -> UUID:
    return practice.record(connection, actor, catalogue, STRENGTHS, replace(TOLD, **changed), MOMENT)


def change(connection: Connection, catalogue: Catalogue, identifier: UUID, told: Practice, **other: Any) -> None:
    usual = {"actor": CONTRIBUTOR, "reason": "There is a count now", "seen": MOMENT.at, "moment": LATER} | other
    actor = usual.pop("actor")
    practice.change(connection, actor, catalogue, STRENGTHS, identifier, told, **usual)


def refused(connection: Connection, act: Callable[[], object], words: str, kind: type[Exception] = UserError) -> None:
    before = everything(connection)
    with pytest.raises(kind, match=words) as told:
        act()
    assert everything(connection) == before
    assert "Nothing was" in str(told.value) or "Say why" in str(told.value)


def test_what_is_told_is_kept_whole_and_raises_no_data_version(empty: Connection, catalogue: Catalogue) -> None:
    identifier = record(empty, catalogue)
    (line,) = queries.practice(empty, 1).to_dict("records")
    assert line["id"] == identifier and line["area_code"] == NORFOLK
    assert list(line["topics"]) == ["mental_health"] and list(line["commitments"]) == ["COM-2", "SYS-1"]
    assert line["started_on"].date() == date(2026, 1, 12)
    kept = [line[name] for name in ("title", "partners", "done", "reported", "measured", "strength", "source")]
    assert kept == [TOLD.title, TOLD.partners, TOLD.done, TOLD.reported, TOLD.measured, "counted", TOLD.source]
    assert (line["made_by"], line["made_at"], line["at_version"]) == ("Ada Area", MOMENT.at, 1)
    assert not line["invented"] and queries.current(empty)["version"] == 1
    assert rows(empty, "SELECT deed, actor, from_version FROM audit WHERE deed LIKE 'practice%'") == [
        ("practice recorded", "Ada Area", 1)
    ]
    assert queries.practice(empty, 1, area=KENT).empty and len(queries.practice(empty, 1, area=NORFOLK)) == 1


def test_what_is_left_blank_is_said_to_be_missing(empty: Connection, catalogue: Catalogue) -> None:
    record(empty, catalogue, reported=" ", measured="", source="", started_on=None, strength="described", themes=())
    (line,) = queries.practice(empty, 1).to_dict("records")
    assert [line[name] for name in ("reported", "measured", "source")] == [NO_RESULT, NOT_STATED, NOT_STATED]
    assert line["started_on"] is None or line["started_on"] != line["started_on"]
    assert list(line["themes"]) == []


def test_changing_and_withdrawing_keep_the_history(empty: Connection, catalogue: Catalogue) -> None:
    identifier = record(empty, catalogue)
    change(empty, catalogue, identifier, replace(TOLD, reported="52 people came each week"))
    (line,) = queries.practice(empty, 1).to_dict("records")
    assert (line["reported"], line["change_reason"]) == ("52 people came each week", "There is a count now")
    assert (line["first_made_at"], line["made_at"]) == (MOMENT.at, LATER.at)
    practice.withdraw(empty, STEERING, identifier, "It was told twice", LATER.at, Moment(LATER.at, LATER.as_of))
    saved = rows(empty, "SELECT state, made_by FROM practice ORDER BY made_at, state")
    assert saved == [("standing", "Ada Area"), ("standing", "Ada Area"), ("withdrawn", "Sam Steering")]


def test_withdrawn_is_gone_from_then_on(empty: Connection, catalogue: Catalogue) -> None:
    identifier = record(empty, catalogue)
    send(empty, catalogue, facts())
    practice.withdraw(empty, CONTRIBUTOR, identifier, "It was told twice", MOMENT.at, LATER)
    assert len(queries.practice(empty, 1)) == 1 and queries.practice(empty, 2).empty
    refused(
        empty,
        lambda: practice.withdraw(empty, CONTRIBUTOR, identifier, "It was told twice", MOMENT.at, LATER),
        "withdrawn already",
    )
    refused(empty, lambda: change(empty, catalogue, identifier, TOLD), "withdrawn already")


def test_a_version_shows_what_was_known_then(empty: Connection, catalogue: Catalogue) -> None:
    identifier = record(empty, catalogue)
    send(empty, catalogue, facts())
    change(empty, catalogue, identifier, replace(TOLD, title="Two shared rooms (invented)"))
    titles = [queries.practice(empty, version)["title"].tolist() for version in (0, 1, 2)]
    assert titles == [[], [TOLD.title], ["Two shared rooms (invented)"]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"actor": Actor("Eve", "evaluator")}, "Eve may not write about the practice"),
        ({"actor": Actor("Vi", "viewer")}, "Vi may not write about the practice"),
        ({"area": KENT}, "Ada Area may not write about the practice of E23000032"),
        ({"area": "E23000099", "actor": LOCAL_ADMINISTRATOR}, "area is not known here"),
        ({"area": "W15000003", "actor": LOCAL_ADMINISTRATOR}, "area is not known here"),
        ({"title": " "}, "Write the title"),
        ({"title": "a" * 201}, "201 characters; at most 200"),
        ({"done": ""}, "Write what was done"),
        ({"done": "b" * 2_001}, "at most 2,000"),
        ({"partners": ""}, "Write the partners"),
        ({"partners": "Ring 07700 900123"}, "personal data"),
        ({"reported": "See a.person@example.org"}, "personal data"),
        ({"topics": ()}, "at least one topic"),
        ({"topics": ("mental_health", "mental_health")}, "each once"),
        ({"themes": ("unheard_of",)}, "theme from the list"),
        ({"commitments": ("SYS-9",)}, "commitment from the list"),
        ({"strength": "proven"}, "strength of evidence from the list"),
        ({"reported": ""}, "described only"),
        ({"reported": "No result reported."}, "described only"),
        ({"started_on": date(2026, 11, 3)}, "3 November 2026 is still to come"),
    ],
)
def test_refusals(empty: Connection, catalogue: Catalogue, changed: dict[str, Any], words: str) -> None:
    refused(empty, lambda: record(empty, catalogue, **changed), words)


def test_changes_that_are_refused(empty: Connection, catalogue: Catalogue) -> None:
    identifier, anew = record(empty, catalogue), replace(TOLD, title="Another name (invented)")
    refused(empty, lambda: change(empty, catalogue, identifier, anew, reason="so"), "too short")
    refused(empty, lambda: change(empty, catalogue, identifier, TOLD), "as it was told before")
    refused(empty, lambda: change(empty, catalogue, uuid4(), anew), "no entry with this identifier")
    kent = Actor("Ken Kent", "contributor", frozenset({KENT}))
    refused(empty, lambda: change(empty, catalogue, identifier, anew, actor=kent), "Ken Kent may not write")
    other = replace(anew, area=KENT)
    refused(empty, lambda: change(empty, catalogue, identifier, other, actor=STEERING), "stays with its area")
    refused(empty, lambda: practice.withdraw(empty, kent, identifier, "It is not ours", MOMENT.at, LATER), "may not")
    refused(empty, lambda: practice.withdraw(empty, STEERING, "x", "It is not ours", MOMENT.at, LATER), "no entry")


def test_who_saw_an_older_saving_is_told_to_try_again(empty: Connection, catalogue: Catalogue) -> None:
    identifier = record(empty, catalogue)
    change(empty, catalogue, identifier, replace(TOLD, title="Another name (invented)"))
    third = replace(TOLD, title="A third name (invented)")
    refused(empty, lambda: change(empty, catalogue, identifier, third), "in the meantime", store.TryAgain)


def test_two_at_the_same_moment_conflict(empty: Connection, catalogue: Catalogue) -> None:
    with empty.cursor() as other:
        empty.begin()
        empty.execute("UPDATE audit_head SET lines = lines")
        try:
            with pytest.raises(store.TryAgain):
                record(other, catalogue)
        finally:
            empty.commit()
    assert rows(empty, "SELECT count(*) FROM practice") == [(0,)]


def test_demonstration_has_entries_of_areas_that_say_that_they_are_invented(
    demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    found = queries.practice(demonstration, latest_version)
    strengths = load_practice(catalogue).strengths
    assert len(found) == 6 and found["invented"].all()
    assert found["title"].str.endswith("(invented)").all() and found["done"].str.contains("Invented").all()
    assert set(found["strength"]) <= set(strengths) and tuple(strengths) == STRENGTHS
    for line in found.to_dict("records"):
        told = {name: tuple(line[name]) for name in ("topics", "themes", "commitments")}
        assert set(told["topics"]) <= set(catalogue.topics) and set(told["themes"]) <= set(catalogue.themes)
        assert set(told["commitments"]) <= set(catalogue.commitments)
    changed = found[found["made_at"] != found["first_made_at"]]
    assert changed["change_reason"].tolist() == ["A count of what the board decided is there now"]

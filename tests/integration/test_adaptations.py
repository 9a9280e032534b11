"""The adaptation log: who may write it, what is possible, what each version knew, and what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from data import adaptations, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.adaptations import Adaptation
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection, TryAgain
from data.versions import Moment
from tests.integration.storing import KENT, MOMENT, NORFOLK, everything, fact, facts, rows, send
from tests.scopes import EVERYWHERE

ENGLAND, WALES = "E92000001", "W92000004"
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
STEERING = Actor("Sam Steering", "steering", EVERYWHERE)
EVALUATOR = Actor("Eve Evaluator", "evaluator")
USUAL = Adaptation(
    "COM-1",
    NORFOLK,
    "practice",
    "The panel sets one item of each agenda",
    "Users say they are asked late",
    date(2026, 10, 1),
)
TOLD = "Three items came from the panel, and two were decided as it asked"


def later(days: int) -> Moment:
    return Moment(MOMENT.at + timedelta(days=days), MOMENT.as_of + timedelta(days=days))


@pytest.fixture
def record(empty: Connection, catalogue: Catalogue) -> Callable[..., UUID]:
    def recorded(actor: Actor = OF_NORFOLK, moment: Moment = MOMENT, **changed: Any) -> UUID:
        return adaptations.record(empty, actor, catalogue, replace(USUAL, **changed), moment)

    return recorded


def listed(connection: Connection, version: int = 1, commitment: str | None = None) -> list[dict[str, Any]]:
    found = queries.adaptations(connection, version, commitment=commitment)
    return found.astype(object).where(found.notna(), None).to_dict("records")


def refused(connection: Connection, act: Callable[[], object], words: str, kind: type[Exception] = UserError) -> None:
    before = everything(connection)
    with pytest.raises(kind, match=words) as told:
        act()
    assert str(told.value).endswith(("Nothing was changed.", "understand later what happened."))
    assert everything(connection) == before


def test_it_is_recorded_with_who_and_when_and_raises_no_version(empty: Connection, record: Callable[..., UUID]) -> None:
    before = everything(empty)
    identifier = record(description=f" {USUAL.description} ")
    (line,) = listed(empty)
    assert (line["id"], line["commitment"], line["area_code"], line["kind"]) == (
        identifier,
        "COM-1",
        NORFOLK,
        "practice",
    )
    assert (line["description"], line["evidence"]) == (USUAL.description, USUAL.evidence)
    assert (line["effect"], line["review"], line["review_title"], line["invented"]) == (None, None, None, False)
    assert line["changed_on"].date() == date(2026, 10, 1) and line["at_version"] == 1
    assert (line["made_by"], line["made_at"], line["first_made_at"]) == ("Ada Norfolk", MOMENT.at, MOMENT.at)
    after = everything(empty)
    assert {name for name in after if after[name] != before[name]} == {"adaptation", "audit", "audit_head"}
    told = (MOMENT.at, "Ada Norfolk", "adaptation recorded", str(identifier), 1, 1)
    assert [entry[:6] for entry in after["audit"] if entry not in before["audit"]] == [told]
    assert listed(empty, commitment="COM-1") and not listed(empty, commitment="SYS-1")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"actor": EVALUATOR}, "Eve Evaluator may not record what was changed"),
        ({"actor": OF_NORFOLK, "area": KENT}, "Ada Norfolk may not record what was changed in E23000032"),
        ({"actor": OF_NORFOLK, "area": ENGLAND}, "may not record"),
        ({"area": "E99999999", "actor": LOCAL_ADMINISTRATOR}, "not known here"),
        ({"area": WALES, "actor": LOCAL_ADMINISTRATOR}, "not known here"),
        ({"commitment": "XYZ-1"}, "not known here"),
        ({"kind": "magic"}, "a target, an indicator, practice or policy"),
        ({"changed_on": date(2017, 12, 31)}, "31 December 2017 cannot be"),
        ({"changed_on": MOMENT.as_of + timedelta(days=1)}, "3 November 2026 cannot be"),
        ({"description": " "}, "Write what was changed"),
        ({"description": "x" * 2001}, "at most 2,000"),
        ({"evidence": ""}, "Write the evidence that it answers"),
        ({"evidence": "Ada, born 01/02/1960, NHS 943 476 5919"}, "personal data"),
        ({"effect": "Write to ada@example.org"}, "The effect looks as if it held personal data"),
        ({"review": uuid4()}, "There is no such review"),
    ],
)
def test_impossible_adaptation_is_refused(
    empty: Connection, record: Callable[..., UUID], changed: dict[str, Any], words: str
) -> None:
    refused(empty, lambda: record(**{"actor": STEERING} | changed), words)


def test_effect_is_a_new_row_and_the_history_stays(
    empty: Connection, catalogue: Catalogue, record: Callable[..., UUID]
) -> None:
    identifier = record()
    send(empty, catalogue, facts(fact()))
    adaptations.add_effect(empty, STEERING, identifier, TOLD, MOMENT.at, later(30))
    (then,), (now,) = listed(empty, 1), listed(empty, 2)
    assert then["effect"] is None and then["made_at"] == MOMENT.at
    assert (now["effect"], now["made_by"], now["made_at"]) == (TOLD, "Sam Steering", later(30).at)
    assert (now["description"], now["first_made_at"]) == (USUAL.description, MOMENT.at)
    saved = queries.adaptation_history(empty, 2)
    assert saved["change_reason"].tolist() == ["Recorded", "Effect recorded"]
    assert len(queries.adaptation_history(empty, 1)) == 1
    refused(
        empty, lambda: adaptations.add_effect(empty, STEERING, identifier, TOLD, later(30).at, later(31)), "already"
    )


def test_withdrawn_counts_no_longer_from_then_on(
    empty: Connection, catalogue: Catalogue, record: Callable[..., UUID]
) -> None:
    identifier = record()
    send(empty, catalogue, facts(fact()))
    refused(
        empty, lambda: adaptations.withdraw(empty, OF_NORFOLK, identifier, "", MOMENT.at, later(1)), "reason is needed"
    )
    adaptations.withdraw(empty, OF_NORFOLK, identifier, "It was only announced", MOMENT.at, later(1))
    assert len(listed(empty, 1)) == 1 and listed(empty, 2) == []
    assert queries.adaptation_history(empty, 2)["state"].tolist() == ["standing", "withdrawn"]
    seen = later(1).at
    refused(
        empty, lambda: adaptations.add_effect(empty, STEERING, identifier, TOLD, seen, later(2)), "withdrawn already"
    )
    deeds = rows(empty, "SELECT deed FROM audit WHERE deed LIKE 'adapt%' ORDER BY happened_at")
    assert [line[0] for line in deeds] == [
        "adaptation recorded", "adaptation withdrawn",
    ]  # fmt: skip


def test_who_saw_an_older_row_is_told_to_try_again(empty: Connection, record: Callable[..., UUID]) -> None:
    identifier = record()
    adaptations.add_effect(empty, STEERING, identifier, TOLD, MOMENT.at, later(1))
    refused(
        empty,
        lambda: adaptations.add_effect(empty, OF_NORFOLK, identifier, "Another", MOMENT.at, later(2)),
        "in the meantime",
        TryAgain,
    )
    refused(
        empty,
        lambda: adaptations.withdraw(empty, OF_NORFOLK, identifier, "A mistake of mine", MOMENT.at, later(2)),
        "in the meantime",
        TryAgain,
    )


def test_the_same_is_not_recorded_twice_unless_it_was_withdrawn(empty: Connection, record: Callable[..., UUID]) -> None:
    first = record()
    refused(empty, lambda: record(STEERING, later(1)), "Ada Norfolk recorded the same change already")
    assert record(description="Another change", moment=later(1)) != first
    adaptations.withdraw(empty, OF_NORFOLK, first, "It was only announced", MOMENT.at, later(2))
    assert record(moment=later(3)) != first


@pytest.mark.parametrize("actor", [EVALUATOR, Actor("Kim Kent", "contributor", frozenset({KENT}))])
def test_only_those_who_may_add_to_it(empty: Connection, record: Callable[..., UUID], actor: Actor) -> None:
    identifier = record()
    refused(
        empty, lambda: adaptations.add_effect(empty, actor, identifier, TOLD, MOMENT.at, later(1)), "may not record"
    )
    refused(
        empty,
        lambda: adaptations.withdraw(empty, actor, identifier, "It was a mistake", MOMENT.at, later(1)),
        "may not",
    )


@pytest.mark.parametrize("identifier", ["no such thing", uuid4()])
def test_unknown_one_is_refused(empty: Connection, identifier: str | UUID) -> None:
    def act() -> None:
        adaptations.add_effect(empty, STEERING, identifier, TOLD, MOMENT.at, later(1))

    refused(empty, act, "There is no adaptation with this identifier")


def test_review_of_the_area_its_region_or_england_may_be_linked(demonstration_copy: Any, catalogue: Catalogue) -> None:
    with store.connect(str(demonstration_copy)) as connection:
        version = int(queries.current(connection)["version"])
        review = store.rows(connection, "demonstration/any_review")[0]["id"]
        wanted = replace(USUAL, review=review, effect=TOLD)
        identifier = adaptations.record(connection, LOCAL_ADMINISTRATOR, catalogue, wanted, MOMENT)
        line = next(line for line in listed(connection, version) if line["id"] == identifier)
        assert line["review"] == review and line["review_title"].startswith("First review") and line["effect"] == TOLD
        connection.execute("UPDATE review SET area_code = ?", [KENT])
        refused(
            connection,
            lambda: adaptations.record(connection, LOCAL_ADMINISTRATOR, catalogue, wanted, later(1)),
            "There is no such review",
        )


def test_demonstration_says_that_its_adaptations_are_invented(demonstration: Connection, latest_version: int) -> None:
    found = queries.adaptations(demonstration, latest_version)
    saved = queries.adaptation_history(demonstration, latest_version)
    assert len(found) == 6 and found["invented"].all() and found["effect"].notna().sum() == 2
    assert saved["id"].nunique() == 7 and saved["state"].eq("withdrawn").sum() == 1
    assert saved["description"].str.endswith("Invented for demonstration.").all()
    assert found["review"].notna().sum() == 4
    # What an earlier version knew: nothing that was written down later.
    assert len(queries.adaptations(demonstration, 13)) == 2 and queries.adaptations(demonstration, 1).empty
    assert (found["changed_on"] <= found["made_at"]).all() and found["made_at"].max() < datetime(2026, 10, 31)

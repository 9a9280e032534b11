"""What people told us, from the file to those who may see it and to nobody else."""

import time
from typing import Any

import pandas as pd
import pytest

from data import queries
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.store import Connection
from tests.integration.storing import KENT, NORFOLK, SUFFOLK, check_public, facts, send, voice
from tests.scopes import EVERYWHERE

FULL = {
    "organisation": "Norfolk Carers’ Forum",
    "sector": "voluntary",
    "method": "focus_group",
    "participants": 9,
    "grade": 2,
    "direction": "worse",
    "summary": "People say that they are asked late; “too late”, said one <b>twice</b>",
    "quote": "=They ask us once it is all decided",
    "consent_to_publish": "yes",
    "visibility": "public",
    "barriers": "asked too late; no reply",
    "enablers": "a named contact",
    "not_heard": "people who work nights\nand on Sundays",
    "source_reference": "NCF-1",
}
AREA_ONLY, STEERING, PUBLIC = ("area", "steering", "public")


@pytest.fixture
def filled(empty: Connection, catalogue: Catalogue) -> Connection:
    """Evidence of each visibility from Norfolk and from Kent."""
    of = [
        voice(
            area, visibility=visibility, source_reference=f"{area} {visibility}", quote="Ours", consent_to_publish="yes"
        )
        for area in (NORFOLK, KENT)
        for visibility in (AREA_ONLY, STEERING, PUBLIC)
    ]
    send(empty, catalogue, facts(*of))
    check_public(empty)
    return empty


def seen(connection: Connection, actor: Actor, **more: Any) -> set[tuple[str, str]]:
    found = queries.insights(connection, actor, 2, **more)
    return set(zip(found["area_code"], found["visibility"], strict=True))


def everywhere(*visibilities: str) -> set[tuple[str, str]]:
    return {(area, visibility) for area in (NORFOLK, KENT) for visibility in visibilities}


def test_a_row_comes_back_as_it_was_sent(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(voice(**FULL)))
    check_public(empty)
    (row,) = queries.insights(empty, LOCAL_ADMINISTRATOR, version).to_dict("records")
    sent = {name: value for name, value in FULL.items() if name != "consent_to_publish"}
    assert {name: row[name] for name in sent} == sent
    assert (row["commitment"], row["area_code"], row["area_name"]) == ("COM-1", NORFOLK, "Norfolk")
    assert (row["perspective"], row["region_code"], row["invented"]) == ("service_user", "E12000006", False)
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp("2025-04-01"), pd.Timestamp("2025-06-30"))


def test_what_was_left_blank_stays_blank_and_is_for_steering_groups(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(voice()))
    row = queries.insights(empty, LOCAL_ADMINISTRATOR, version).iloc[0]
    assert row["visibility"] == STEERING
    names = ["sector", "participants", "grade", "direction", "quote", "barriers", "enablers", "not_heard"]
    assert row[names].isna().all()


@pytest.mark.parametrize(
    ("actor", "visible"),
    [
        (LOCAL_ADMINISTRATOR, everywhere(AREA_ONLY, STEERING, PUBLIC)),
        (Actor("Sam", "steering", EVERYWHERE), everywhere(STEERING, PUBLIC)),
        (
            Actor("Ned", "steering", frozenset({NORFOLK, "E12000006"})),
            everywhere(PUBLIC) | {(NORFOLK, STEERING)},
        ),
        (Actor("Nia", "steering"), everywhere(PUBLIC)),
        (Actor("Eve", "evaluator"), everywhere(STEERING, PUBLIC)),
        (Actor("Eli", "evaluator", frozenset({NORFOLK})), everywhere(STEERING, PUBLIC)),
        (Actor("Val", "viewer", frozenset({NORFOLK})), everywhere(PUBLIC)),
        (Actor("Vi", "viewer"), everywhere(PUBLIC)),
        (
            Actor("Ada", "contributor", frozenset({NORFOLK})),
            everywhere(PUBLIC) | {(NORFOLK, AREA_ONLY), (NORFOLK, STEERING)},
        ),
        (Actor("Cy", "contributor", frozenset({NORFOLK, KENT})), everywhere(AREA_ONLY, STEERING, PUBLIC)),
        (Actor("Di", "contributor", frozenset({SUFFOLK})), everywhere(PUBLIC)),
        (Actor("Flo", "contributor"), everywhere(PUBLIC)),
    ],
    ids=lambda value: value.name if isinstance(value, Actor) else "",
)
def test_each_person_sees_what_is_meant_for_them(
    filled: Connection, actor: Actor, visible: set[tuple[str, str]]
) -> None:
    assert seen(filled, actor) == visible
    assert seen(filled, actor, area=KENT) == {line for line in visible if line[0] == KENT}
    assert seen(filled, actor, commitment="COM-1") == visible and seen(filled, actor, commitment="SYS-1") == set()


@pytest.mark.parametrize("visibility", [AREA_ONLY, STEERING])
@pytest.mark.parametrize("consent", ["no", ""])
def test_a_quote_without_consent_is_never_returned(
    empty: Connection, catalogue: Catalogue, visibility: str, consent: str
) -> None:
    row = voice(quote="Nobody may read this", consent_to_publish=consent, visibility=visibility)
    _, version = send(empty, catalogue, facts(row))
    for actor in (LOCAL_ADMINISTRATOR, Actor("Ada", "contributor", frozenset({NORFOLK}))):
        found = queries.insights(empty, actor, version)
        assert len(found) == 1 and found["quote"].isna().all()
        assert "Nobody may read this" not in found.to_csv()


def test_a_quote_is_returned_from_the_version_on_that_has_consent(empty: Connection, catalogue: Catalogue) -> None:
    row = voice(quote="They ask us late")
    send(empty, catalogue, facts(row))
    prepared, _ = send(empty, catalogue, facts(row | {"consent_to_publish": "yes"}))
    assert prepared.counts == {"new": 0, "changed": 1, "unchanged": 0, "absent": 0}
    quotes = [queries.insights(empty, LOCAL_ADMINISTRATOR, version)["quote"].tolist() for version in (2, 3)]
    assert pd.isna(quotes[0][0]) and quotes[1] == ["They ask us late"]


def test_later_evidence_supersedes_and_the_rest_stays(empty: Connection, catalogue: Catalogue) -> None:
    first = [voice(source_reference=f"N-{number}", grade=3) for number in (1, 2, 3)]
    send(empty, catalogue, facts(*first))
    prepared, version = send(empty, catalogue, facts(first[0] | {"grade": 5}, first[1], voice(source_reference="N-4")))
    assert prepared.counts == {"new": 1, "changed": 1, "unchanged": 1, "absent": 1}
    found = queries.insights(empty, LOCAL_ADMINISTRATOR, version).set_index("source_reference")["grade"]
    assert found.astype(object).where(found.notna(), None).to_dict() == {"N-1": 5, "N-2": 3, "N-3": 3, "N-4": None}
    before = queries.insights(empty, LOCAL_ADMINISTRATOR, version - 1)
    assert sorted(before["source_reference"]) == ["N-1", "N-2", "N-3"] and set(before["grade"]) == {3}


@pytest.fixture
def told(empty: Connection, catalogue: Catalogue) -> Connection:
    """What can be searched: accents, capitals, marks nobody sees, and a quote with and one without consent."""
    of = [
        voice(source_reference="1", summary="Fiancées wait 12 weeks; “housing” comes up"),
        voice(source_reference="2", summary="Calm", quote="The DOOR was shut", consent_to_publish="yes"),
        voice(source_reference="3", summary="Calm", quote="The gate was shut", consent_to_publish="no"),
        voice(source_reference="4", summary="Sta\u200bff \u202emoved on", barriers="Re-housing; IT"),
        voice(
            source_reference="5", summary="Löschen % _ * [a-z] (", enablers="a named contact", not_heard="Night staff"
        ),
    ]
    send(empty, catalogue, facts(*of))
    return empty


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("fiancees", "1"),
        ("FIANCÉES Wait", "1"),
        ("weeks 12 hous", "1"),
        ("housing", "14"),
        ("ousing", ""),
        ("door shut", "2"),
        ("gate", ""),
        ("staff", "45"),
        ("it", "4"),
        ("named-contact night", "5"),
        ("loschen", "5"),
        ("%", "12345"),
        ("housing' OR '1'='1", ""),
        ("'; DROP TABLE insight; --", ""),
        ("ho\u200bus\u202eing", "14"),
        ("", "12345"),
        ("calm " * 40 + "nowhere", "23"),
    ],
)
def test_search_finds_words_by_their_beginnings(told: Connection, find: str, found: str) -> None:
    lines = queries.insights(told, LOCAL_ADMINISTRATOR, 2, find=find)
    assert "".join(sorted(lines["source_reference"])) == found


@pytest.mark.parametrize(
    "find", ["a" * 10_000, "a " * 5_000, "(" * 10_000, "\U0001f600" * 10_000, "'\"\\\x00;--" * 2_000]
)
def test_hostile_search_is_harmless_and_quick(told: Connection, find: str) -> None:
    begun = time.perf_counter()
    found = queries.insights(told, LOCAL_ADMINISTRATOR, 2, find=find)
    assert set(found["source_reference"]) <= set("12345") and time.perf_counter() - begun < 5
    assert len(queries.insights(told, LOCAL_ADMINISTRATOR, 2)) == 5


def test_search_finds_nothing_that_the_person_may_not_read(empty: Connection, catalogue: Catalogue) -> None:
    of = [
        voice(area, visibility=seen_by, source_reference=f"{area} {seen_by} {people}", participants=people,
              summary="Calm", quote="The door was shut", consent_to_publish="yes")
        for area in (NORFOLK, KENT) for seen_by in (AREA_ONLY, STEERING, PUBLIC) for people in (7, 8)
    ]  # fmt: skip
    send(empty, catalogue, facts(*of))
    check_public(empty)

    def seen_by(actor: Actor) -> set[str]:
        return set(queries.insights(empty, actor, 2, find="door")["source_reference"])

    assert len(seen_by(LOCAL_ADMINISTRATOR)) == 12 and len(seen_by(Actor("Sam", "steering", EVERYWHERE))) == 8
    assert seen_by(Actor("Vi", "viewer")) == {f"{NORFOLK} public 8", f"{KENT} public 8"}
    own = {f"{NORFOLK} {word} {people}" for word in (AREA_ONLY, STEERING, PUBLIC) for people in (7, 8)}
    assert seen_by(Actor("Ada", "contributor", frozenset({NORFOLK}))) == own | {f"{KENT} public 8"}


def test_words_and_number_of_few_people_are_for_those_within(empty: Connection, catalogue: Catalogue) -> None:
    of = [
        voice(
            source_reference=str(people), participants=people, quote="Ours", consent_to_publish="yes", visibility=PUBLIC
        )
        for people in (7, 8, "")
    ]
    send(empty, catalogue, facts(*of))
    check_public(empty)

    def told_to(actor: Actor) -> dict[str, tuple[object, object]]:
        found = queries.insights(empty, actor, 2).astype(object)
        found = found.where(found.notna(), None)
        return {line.source_reference: (line.participants, line.quote) for line in found.itertuples()}

    everything = {"7": (7, "Ours"), "8": (8, "Ours"), "": (None, "Ours")}
    outside = {"7": (None, None), "8": (8, "Ours"), "": (None, None)}
    for within in (
        LOCAL_ADMINISTRATOR,
        Actor("Sam", "steering", EVERYWHERE),
        Actor("Ada", "contributor", frozenset({NORFOLK})),
    ):
        assert told_to(within) == everything
    for other in (Actor("Vi", "viewer"), Actor("Di", "contributor", frozenset({SUFFOLK}))):
        assert told_to(other) == outside

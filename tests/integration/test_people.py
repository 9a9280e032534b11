"""People, groups and their roles: given, changed, ended, and whom somebody who signs in acts as."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from data import people, store
from data.actor import LOCAL_ADMINISTRATOR, ROLES, Actor
from data.catalogue import Catalogue
from data.errors import NotAllowed, UserError
from data.people import Given
from data.store import Connection
from data.versions import Moment
from tests.integration.storing import KENT, MOMENT, NORFOLK, everything

EAST, ENGLAND, WALES = "E12000006", "E92000001", "W92000004"
ADA, REASON = "ada@invented.example", "She works elsewhere now"


def later(days: int) -> Moment:
    return Moment(MOMENT.at + timedelta(days=days), MOMENT.as_of + timedelta(days=days))


@pytest.fixture
def give(empty: Connection, catalogue: Catalogue) -> Callable[..., None]:
    def given(
        who: str = ADA, role: Any = "viewer", *areas: str, kind: Any = "person", days: int = 0, **more: Any
    ) -> None:
        by = more.pop("actor", LOCAL_ADMINISTRATOR)
        people.save(empty, by, catalogue, Given(kind, who, role, frozenset(areas)), later(days), **more)

    return given


def listed(connection: Connection) -> dict[str, tuple[str, str, list[str]]]:
    found = people.everyone(connection, LOCAL_ADMINISTRATOR)
    return {line["who"]: (line["state"], line["role"], list(line["areas"])) for line in found.to_dict("records")}


def acting(connection: Connection, email: str = ADA, *groups: str, **more: Any) -> Actor | None:
    return people.actor_of(connection, email, "Ada", groups, **more)


def refused(connection: Connection, act: Callable[[], object], words: str, kind: type[Exception] = UserError) -> None:
    before = everything(connection)
    with pytest.raises(kind, match=words):
        act()
    assert everything(connection) == before


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signs_in_acts_in_the_role_that_was_given(
    empty: Connection, give: Callable[..., None], role: str
) -> None:
    areas = [NORFOLK, KENT] if role in ("contributor", "steering") else []
    give("  ADA@Invented.Example", role, *areas)
    assert acting(empty, " Ada@invented.EXAMPLE ") == Actor("Ada", role, frozenset(areas), ADA)  # type: ignore[arg-type]
    assert listed(empty) == {ADA: ("given", role, sorted(areas))}


@pytest.mark.both_engines
def test_a_steering_member_acts_inside_the_whole_scope(
    empty: Connection, catalogue: Catalogue, give: Callable[..., None]
) -> None:
    give(ADA, "steering", EAST)
    give("bo@invented.example", "steering", ENGLAND)
    east, national = acting(empty), acting(empty, "bo@invented.example")
    assert east is not None and national is not None
    assert east.areas == catalogue.inside(EAST) and len(east.areas) == 7 and NORFOLK in east.areas
    assert national.areas == catalogue.inside(ENGLAND) and len(national.areas) == 49 and WALES not in national.areas


def test_nobody_knows_a_stranger(empty: Connection, give: Callable[..., None]) -> None:
    give("bo@invented.example", "administrator")
    give("analysts", "evaluator", kind="group")
    assert acting(empty) is None and acting(empty, ADA, "cyclists") is None
    # The e-mail address of a person is no group, and a group no e-mail address.
    assert acting(empty, ADA, "bo@invented.example") is None and acting(empty, "analysts") is None
    assert acting(empty, unknown="viewer") == Actor("Ada", "viewer", email=ADA)


def test_the_person_named_by_the_settings_is_an_administrator_whatever_the_store_says(
    empty: Connection, give: Callable[..., None]
) -> None:
    named = {"administrator": " ADA@invented.example "}
    assert acting(empty, **named) == Actor("Ada", "administrator", email=ADA)
    assert acting(empty, "bo@invented.example", **named) is None and acting(empty, "", administrator="") is None
    give(ADA, "viewer")
    assert acting(empty, **named) == Actor("Ada", "administrator", email=ADA)


@pytest.mark.both_engines
def test_of_several_groups_the_role_that_may_most_counts_with_all_its_areas(
    empty: Connection, give: Callable[..., None]
) -> None:
    give("a", "contributor", NORFOLK, kind="group")
    give("b", "contributor", KENT, kind="group")
    give("c", "viewer", kind="group")
    assert acting(empty, ADA, "a", "b", "c") == Actor("Ada", "contributor", frozenset({NORFOLK, KENT}), ADA)
    give("d", "evaluator", kind="group")
    assert acting(empty, ADA, "a", "b", "c", "d") == Actor("Ada", "evaluator", frozenset(), ADA)


def test_a_persons_own_role_counts_before_any_group(empty: Connection, give: Callable[..., None]) -> None:
    give("analysts", "administrator", kind="group")
    give(ADA, "viewer")
    assert acting(empty, ADA, "analysts") == Actor("Ada", "viewer", email=ADA)
    people.end(empty, LOCAL_ADMINISTRATOR, "person", ADA, REASON, later(1), seen=MOMENT.at)
    assert acting(empty, ADA, "analysts") is None and acting(empty, ADA, "analysts", unknown="viewer") is None


def test_a_role_of_a_group_ends_for_everybody_in_it(empty: Connection, give: Callable[..., None]) -> None:
    give("analysts", "evaluator", kind="group")
    assert acting(empty, ADA, "analysts") is not None
    people.end(empty, LOCAL_ADMINISTRATOR, "group", "analysts", REASON, later(1), seen=MOMENT.at)
    assert acting(empty, ADA, "analysts") is None


@pytest.mark.both_engines
def test_a_change_keeps_what_was_before_and_can_be_given_again(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "contributor", NORFOLK)
    give(ADA, "evaluator", days=1, seen=MOMENT.at)
    people.end(empty, LOCAL_ADMINISTRATOR, "person", ADA, REASON, later(2), seen=later(1).at)
    assert listed(empty) == {ADA: ("ended", "evaluator", [])}
    give(ADA, "contributor", KENT, days=3, seen=later(2).at)
    assert acting(empty) == Actor("Ada", "contributor", frozenset({KENT}), ADA)
    assert [row[5] for row in sorted(everything(empty)["role_given"], key=lambda row: row[8])] == [
        "Given", "Changed", REASON, "Changed",
    ]  # fmt: skip


def test_every_saving_is_in_the_audit_trail(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "contributor", NORFOLK)
    people.end(empty, LOCAL_ADMINISTRATOR, "person", ADA, REASON, later(1), seen=MOMENT.at)
    told = [row[1:4] for row in everything(empty)["audit"] if "role" in row[2]]
    assert sorted(told) == [
        ("Local administrator", "role ended", f"person {ADA}"),
        ("Local administrator", "role given", f"person {ADA} contributor {NORFOLK}"),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"who": "ada"}, "Write one e-mail address"),
        ({"who": "ada@invented"}, "Write one e-mail address"),
        ({"who": "ada@invented.example, bo@invented.example"}, "Write one e-mail address"),
        ({"who": "ada@invented.example\nbo"}, "Write one e-mail address"),
        ({"who": "<ada@invented.example>"}, "Write one e-mail address"),
        ({"who": "a\u202eda@invented.example"}, "Write one e-mail address"),
        ({"who": "x" * 200 + "@invented.example"}, "Write one e-mail address"),
        ({"who": "  ", "kind": "group"}, "Write the value of the group"),
        ({"who": "a\nb", "kind": "group"}, "Write the value of the group"),
        ({"kind": "robot"}, "Choose a role from the list"),
        ({"role": "superuser"}, "Choose a role from the list"),
        ({"role": "contributor"}, "at least one area"),
        ({"role": "steering"}, "at least one place"),
    ],
)
def test_what_is_not_possible_is_refused(
    empty: Connection, give: Callable[..., None], changed: dict[str, Any], words: str
) -> None:
    refused(empty, lambda: give(**{"who": ADA, "role": "viewer"} | changed), words)


@pytest.mark.parametrize("area", [WALES, "E99999999", ""])
def test_areas_are_places_of_england(empty: Connection, give: Callable[..., None], area: str) -> None:
    refused(empty, lambda: give(ADA, "contributor", NORFOLK, area), "Choose from the list")


def test_areas_of_a_role_that_has_none_are_not_kept(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "evaluator", NORFOLK)
    assert listed(empty) == {ADA: ("given", "evaluator", [])}


@pytest.mark.both_engines
def test_the_last_administrator_stays(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "administrator")
    give("everybody", "administrator", kind="group")
    said = f"{ADA} is the last administrator. Make somebody else one first."
    end = lambda: people.end(empty, LOCAL_ADMINISTRATOR, "person", ADA, REASON, later(1), seen=MOMENT.at)  # noqa: E731
    refused(empty, end, said)
    refused(empty, lambda: give(ADA, "viewer", days=1, seen=MOMENT.at), said)
    give("bo@invented.example", "administrator", days=1)
    end()
    assert acting(empty) is None


@pytest.mark.both_engines
def test_two_administrators_do_not_overwrite_each_other(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "viewer")
    give(ADA, "evaluator", days=1, seen=MOMENT.at)
    refused(empty, lambda: give(ADA, "administrator", days=2, seen=MOMENT.at), "saved this role", store.TryAgain)
    refused(empty, lambda: give(ADA, "administrator", days=2), "saved this role", store.TryAgain)
    end = lambda: people.end(empty, LOCAL_ADMINISTRATOR, "person", ADA, REASON, later(2), seen=MOMENT.at)  # noqa: E731
    refused(empty, end, "saved this role", store.TryAgain)


def test_nothing_to_save_and_nothing_to_end(empty: Connection, give: Callable[..., None]) -> None:
    give(ADA, "viewer")
    refused(empty, lambda: give(ADA, "viewer", days=1, seen=MOMENT.at), "has this role already")
    ask = empty, LOCAL_ADMINISTRATOR
    refused(empty, lambda: people.end(*ask, "group", ADA, REASON, later(1), seen=None), "There is no such role to end")
    refused(empty, lambda: people.end(*ask, "person", ADA, "gone", later(1), seen=MOMENT.at), "too short")
    people.end(*ask, "person", ADA, REASON, later(1), seen=MOMENT.at)
    refused(empty, lambda: people.end(*ask, "person", ADA, REASON, later(2), seen=later(1).at), "no such role to end")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_administrators_give_end_and_read_roles(
    empty: Connection, catalogue: Catalogue, give: Callable[..., None], role: Any
) -> None:
    give(ADA, "viewer")
    actor = Actor("Somebody", role, catalogue.inside(ENGLAND), ADA)
    refused(empty, lambda: give(ADA, "administrator", actor=actor), "may not give a role", NotAllowed)
    refused(empty, lambda: people.everyone(empty, actor), "may not read who has which role", NotAllowed)
    end = lambda: people.end(empty, actor, "person", ADA, REASON, later(1), seen=MOMENT.at)  # noqa: E731
    refused(empty, end, "may not end a role", NotAllowed)

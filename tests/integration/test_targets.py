"""Targets: who may set, change and end them, which are possible, and what each version remembers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data import differences, queries, store, targets
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection, TryAgain
from data.targets import Standing, Target
from data.versions import Moment
from tests.integration.storing import INDICATOR, KENT, MOMENT, NORFOLK, begun, everything, trail
from tests.scopes import EVERYWHERE

EAST, ENGLAND, WALES, CITY = "E12000006", "E92000001", "W92000004", "E23000034"
DUE, LATER_DUE = date(2027, 3, 31), date(2028, 3, 31)
GROUP = "National steering group, 2 November 2026"
REASON = "Half of the areas are there already"
USUAL = Target(INDICATOR, NORFOLK, 80.0, DUE, GROUP, REASON)
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
STEERING = Actor("Sam Steering", "steering", EVERYWHERE)
EVALUATOR = Actor("Eve Evaluator", "evaluator")
LATER = Moment(MOMENT.at + timedelta(days=9), MOMENT.as_of + timedelta(days=9))


@pytest.fixture
def make(empty: Connection, catalogue: Catalogue) -> Callable[..., int]:
    def setting(actor: Actor = STEERING, moment: Moment = MOMENT, **changed: Any) -> int:
        return targets.set_target(empty, actor, catalogue, replace(USUAL, **changed), moment)

    return setting


def listed(connection: Connection, version: int) -> list[dict[str, Any]]:
    found = queries.target_history(connection, version)
    return found.astype(object).where(found.notna(), None).to_dict("records")


def refused(connection: Connection, act: Callable[[], object], words: str, kind: type[Exception] = UserError) -> None:
    """It is refused in these words, and nothing that is stored is another."""
    before = everything(connection)
    with pytest.raises(kind, match=words) as told:
        act()
    assert str(told.value).endswith(("Nothing was changed.", "understand later what happened."))
    assert everything(connection) == before


@pytest.mark.both_engines
def test_target_stands_from_the_next_version_on(empty: Connection, make: Callable[..., int]) -> None:
    assert make(agreed_by=f" {GROUP} ") == 2
    assert queries.targets(empty, 1).empty
    (line,) = listed(empty, 2)
    assert (line["indicator"], line["area_code"], line["value"], line["due"].date()) == (INDICATOR, NORFOLK, 80, DUE)
    assert (line["agreed_by"], line["reason"], line["set_by"]) == (GROUP, REASON, "Sam Steering")
    assert (line["standing"], line["invented"], line["from_version"], line["ended_by"]) == (True, False, 2, None)
    assert queries.targets(empty, 2, INDICATOR)["value"].tolist() == [80]
    reason = queries.data_versions(empty)[0]["reason"]
    assert reason.startswith("Target set: ") and reason.endswith(", Norfolk: 80 % by 31 March 2027")
    line = (MOMENT.at, "Sam Steering", "target set", f"{INDICATOR} {NORFOLK} 2027-03-31", 1, 2)
    assert trail(empty)[-1] == line


@pytest.mark.parametrize(
    ("actor", "area", "may"),
    [
        (LOCAL_ADMINISTRATOR, None, True),
        (STEERING, None, True),
        (STEERING, ENGLAND, True),
        (STEERING, KENT, True),
        (OF_NORFOLK, NORFOLK, True),
        (OF_NORFOLK, KENT, False),
        (OF_NORFOLK, EAST, False),
        (OF_NORFOLK, None, False),
        (EVALUATOR, NORFOLK, False),
        (Actor("Vic Viewer", "viewer"), NORFOLK, False),
    ],
)
def test_who_may(
    empty: Connection, catalogue: Catalogue, make: Callable[..., int], actor: Actor, area: str | None, may: bool
) -> None:
    assert targets.may_set(actor, area) is may
    if may:
        assert make(actor, area=area) == 2
        return
    refused(empty, lambda: make(actor, area=area), f"{actor.name} may not set targets of")
    make(STEERING, area=area)
    standing = Standing(INDICATOR, area, DUE, 2)
    other = replace(USUAL, area=area, value=81.0)
    refused(empty, lambda: targets.change(empty, actor, catalogue, standing, other, LATER), "may not set targets of")
    refused(empty, lambda: targets.end(empty, actor, catalogue, standing, REASON, LATER), "may not set targets of")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"indicator": "unheard_of"}, "This indicator is not known here"),
        ({"indicator": "violence_with_injury"}, "may have no target: nobody can say whether more of it or less"),
        ({"area": "E99999999", "actor": LOCAL_ADMINISTRATOR}, "Targets are set for areas and regions of England"),
        ({"area": WALES, "actor": LOCAL_ADMINISTRATOR}, "Targets are set for areas and regions of England"),
        ({"indicator": "knife_offences", "area": CITY}, "No rate is given for City of London"),
        ({"value": 100.1}, "in %: the value has to be from 0 to 100"),
        ({"value": -0.1}, "the value has to be from 0 to 100"),
        ({"value": float("nan")}, "the value has to be from 0 to 100"),
        ({"indicator": "knife_offences", "value": -1.0}, "the value has to be 0 or more"),
        ({"indicator": "handover_wait_hours", "value": float("inf")}, "the value has to be 0 or more"),
        ({"due": date(2025, 7, 31)}, "after the baseline, which ends on 31 July 2025"),
        ({"due": MOMENT.as_of}, "2 November 2026 is not to come"),
        ({"agreed_by": "  "}, "Write who agreed it"),
        ({"agreed_by": "x" * 201}, "has 201 characters; at most 200"),
        ({"agreed_by": "Ada, 07700 900123"}, "personal data"),
        ({"reason": ""}, "a reason is needed"),
        ({"reason": "because"}, "too short"),
        ({"reason": "Ask ada@example.org about it"}, "personal data"),
    ],
)
def test_impossible_target_is_refused(
    empty: Connection, make: Callable[..., int], changed: dict[str, Any], words: str
) -> None:
    refused(empty, lambda: make(**changed), words)


def test_region_needs_counts_that_add_up(empty: Connection, catalogue: Catalogue, make: Callable[..., int]) -> None:
    apart = next(
        key for key, item in catalogue.indicators.items() if not item.counts_add_up and not targets.why_none(item)
    )
    refused(empty, lambda: make(indicator=apart, area=EAST, value=1.0), "because the areas’ counts do not add up")
    assert make(indicator=apart, area=NORFOLK, value=1.0) == 2


def test_one_target_stands_for_an_indicator_area_and_day(empty: Connection, make: Callable[..., int]) -> None:
    make()
    refused(empty, lambda: make(value=81.0), "stands there already, agreed by National steering group")
    assert [make(area=None), make(area=KENT), make(due=LATER_DUE)] == [3, 4, 5]
    refused(empty, lambda: make(area=None), "stands there already")


@pytest.mark.both_engines
def test_change_closes_one_and_opens_another_in_one_version(
    empty: Connection, catalogue: Catalogue, make: Callable[..., int]
) -> None:
    make()
    wanted = replace(USUAL, value=75.0, due=LATER_DUE, reason="The first one was out of reach")
    assert targets.change(empty, OF_NORFOLK, catalogue, Standing(INDICATOR, NORFOLK, DUE, 2), wanted, LATER) == 3
    now, former = listed(empty, 3)
    assert (now["value"], now["due"].date(), now["standing"], now["set_by"]) == (75, LATER_DUE, True, "Ada Norfolk")
    assert (former["standing"], former["until_version"], former["ended_by"]) == (False, 3, "Ada Norfolk")
    assert former["end_reason"] == "Changed: The first one was out of reach"
    (then,) = listed(empty, 2)
    assert then["standing"] and then["end_reason"] is None and then["until_version"] is None
    assert queries.targets(empty, 3)["value"].tolist() == [75] and queries.targets(empty, 2)["value"].tolist() == [80]
    states = differences.changed_targets(empty, 2, 3).set_index("state")
    assert sorted(states.index) == ["new", "withdrawn"]
    same_day = targets.change(
        empty, STEERING, catalogue, Standing(INDICATOR, NORFOLK, LATER_DUE, 3), replace(wanted, value=74.0), LATER
    )
    (line,) = differences.changed_targets(empty, 3, same_day).to_dict("records")
    assert (line["state"], line["was_value"], line["value"]) == ("corrected", 75, 74)


def test_change_may_keep_a_day_that_has_passed_but_choose_none(
    empty: Connection, catalogue: Catalogue, make: Callable[..., int]
) -> None:
    make()
    after = Moment(MOMENT.at + timedelta(days=400), DUE + timedelta(days=30))
    standing = Standing(INDICATOR, NORFOLK, DUE, 2)
    earlier = replace(USUAL, due=DUE - timedelta(days=1))
    refused(empty, lambda: targets.change(empty, STEERING, catalogue, standing, earlier, after), "is not to come")
    assert targets.change(empty, STEERING, catalogue, standing, replace(USUAL, value=8.0), after) == 3


def test_change_that_cannot_be(empty: Connection, catalogue: Catalogue, make: Callable[..., int]) -> None:
    make(), make(due=LATER_DUE)
    standing = Standing(INDICATOR, NORFOLK, DUE, 2)

    def change(wanted: Target, of: Standing = standing) -> Callable[[], object]:
        return lambda: targets.change(empty, STEERING, catalogue, of, wanted, LATER)

    refused(empty, change(USUAL), "those that stand already")
    refused(empty, change(replace(USUAL, area=KENT)), "keeps its indicator and area")
    refused(empty, change(replace(USUAL, due=LATER_DUE)), "stands there already")
    refused(empty, change(replace(USUAL, value=200.0)), "from 0 to 100")
    gone = replace(standing, due=date(2029, 1, 1))
    refused(empty, change(replace(USUAL, due=gone.due), gone), "does not stand, or no longer")
    refused(empty, change(replace(USUAL, value=1.0), replace(standing, from_version=1)), "in the meantime", TryAgain)


@pytest.mark.both_engines
def test_ending_keeps_the_history(empty: Connection, catalogue: Catalogue, make: Callable[..., int]) -> None:
    make(area=None)
    standing = Standing(INDICATOR, None, DUE, 2)
    refused(empty, lambda: targets.end(empty, STEERING, catalogue, standing, "", LATER), "a reason is needed")
    stale = replace(standing, from_version=1)
    refused(empty, lambda: targets.end(empty, STEERING, catalogue, stale, REASON, LATER), "in the meantime", TryAgain)
    assert targets.end(empty, STEERING, catalogue, standing, "Replaced by a shared measure", LATER) == 3
    assert queries.targets(empty, 3).empty and len(queries.targets(empty, 2)) == 1
    (line,) = listed(empty, 3)
    assert (line["end_reason"], line["until_version"]) == ("Replaced by a shared measure", 3)
    assert differences.changed_targets(empty, 2, 3)["state"].tolist() == ["withdrawn"]
    assert queries.data_versions(empty)[0]["reason"].startswith("Target ended: ")
    refused(empty, lambda: targets.end(empty, STEERING, catalogue, standing, REASON, LATER), "no longer")
    assert make(LOCAL_ADMINISTRATOR, LATER, area=None) == 4


@pytest.mark.both_engines
def test_of_two_at_the_same_moment_one_is_told_of_the_other(
    empty: Connection, catalogue: Catalogue, make: Callable[..., int]
) -> None:
    with empty.cursor() as other:
        other.begin()
        assert store.row(other, "targets/standing", indicator=INDICATOR, area_code=NORFOLK, due=DUE) is None
        make()
        with pytest.raises(UserError, match="stands there already"):
            targets.set_target(begun(other), STEERING, catalogue, USUAL, MOMENT)
    assert queries.targets(empty, 2)["value"].tolist() == [80]

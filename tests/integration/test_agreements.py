"""Agreeing proposed indicators: who may, what counts from which version on, and what is remembered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data import agreements, differences, queries
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from data.versions import Moment
from reports.package import collect
from tests.integration.storing import INDICATOR, MOMENT, NORFOLK, everything, trail
from tests.scopes import EVERYWHERE

STEERING = Actor("Sam Steering", "steering", EVERYWHERE)
GROUP, REASON = "National steering group, 2 November 2026", "Every area can report it, and people asked for it"
LATER = Moment(MOMENT.at + timedelta(days=9), MOMENT.as_of + timedelta(days=9))


def agree(connection: Connection, catalogue: Catalogue, **changed: Any) -> int:
    usual = {"actor": STEERING, "catalogue": catalogue, "indicator": INDICATOR, "agreed_by": GROUP, "reason": REASON}
    return agreements.agree(connection, **usual | {"moment": MOMENT} | changed)


def refused(connection: Connection, act: Callable[[], object], words: str) -> None:
    before = everything(connection)
    with pytest.raises(UserError, match=words):
        act()
    assert everything(connection) == before


def test_indicator_counts_as_agreed_from_the_next_version_on(empty: Connection, catalogue: Catalogue) -> None:
    assert set(agreements.statuses(empty, catalogue, 1).values()) == {"proposed"}
    assert agree(empty, catalogue) == 2
    assert agreements.statuses(empty, catalogue, 1)[INDICATOR] == "proposed"
    now = agreements.statuses(empty, catalogue, 2)
    assert list(now) == list(catalogue.indicators)
    assert [key for key, status in now.items() if status == "agreed"] == [INDICATOR]
    (line,) = queries.agreements(empty, 2).to_dict("records")
    assert (line["agreed_by"], line["reason"], line["set_by"], line["standing"]) == (GROUP, REASON, STEERING.name, True)
    assert queries.data_versions(empty)[0]["reason"].startswith("Agreed as a shared measure: ")
    told = (MOMENT.at, "Sam Steering", "indicator agreed", INDICATOR, 1, 2)
    assert trail(empty)[-1] == told


def test_ending_makes_it_proposed_again_and_keeps_the_history(empty: Connection, catalogue: Catalogue) -> None:
    agree(empty, catalogue)
    assert agreements.end(empty, STEERING, catalogue, INDICATOR, "Too few areas could report it", LATER) == 3
    assert [agreements.statuses(empty, catalogue, version)[INDICATOR] for version in (1, 2, 3)] == [
        "proposed", "agreed", "proposed",
    ]  # fmt: skip
    (then,), (now,) = (queries.agreements(empty, version).to_dict("records") for version in (2, 3))
    assert then["standing"] and not now["standing"]
    assert (now["ended_by"], now["end_reason"], now["until_version"]) == (
        STEERING.name,
        "Too few areas could report it",
        3,
    )
    refused(empty, lambda: agreements.end(empty, STEERING, catalogue, INDICATOR, REASON, LATER), "not agreed here")
    assert agree(empty, catalogue, moment=LATER) == 4


def test_what_differs_between_two_versions(empty: Connection, catalogue: Catalogue) -> None:
    agree(empty, catalogue)
    agreements.end(empty, STEERING, catalogue, INDICATOR, "Too few areas could report it", LATER)
    agree(empty, catalogue, agreed_by="Another group", moment=LATER)

    def states(since: int, version: int) -> list[tuple[str, str]]:
        found = differences.changed_agreements(empty, since, version)
        return list(zip(found["state"], found["agreed_by"], strict=True))

    assert states(1, 2) == [("new", GROUP)] and states(2, 3) == [("withdrawn", GROUP)]
    assert states(1, 3) == [] and states(1, 4) == [("new", "Another group")]
    # It was agreed then and is now: by whom it was agreed is another, which changes nothing of what it counts as.
    assert states(2, 4) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"actor": Actor("Ada", "contributor", frozenset({NORFOLK}))}, "Ada may not agree an indicator"),
        ({"actor": Actor("Eve", "evaluator")}, "Eve may not agree an indicator"),
        ({"indicator": "unheard_of"}, "not known here"),
        ({"agreed_by": " "}, "Write who agreed"),
        ({"reason": "yes"}, "too short"),
        ({"reason": "Ring 07700 900123 to hear why"}, "personal data"),
    ],
)
def test_refusals(empty: Connection, catalogue: Catalogue, changed: dict[str, Any], words: str) -> None:
    refused(empty, lambda: agree(empty, catalogue, **changed), words)


def test_what_is_agreed_is_not_agreed_again(empty: Connection, catalogue: Catalogue) -> None:
    agree(empty, catalogue)
    refused(empty, lambda: agree(empty, catalogue), "is agreed already")
    contributor = Actor("Ada", "contributor", frozenset({NORFOLK}))
    refused(empty, lambda: agreements.end(empty, contributor, catalogue, INDICATOR, REASON, LATER), "may not end")
    written = {INDICATOR: replace(catalogue.indicators[INDICATOR], status="agreed")}
    other = replace(catalogue, indicators=catalogue.indicators | written)
    assert agreements.statuses(empty, other, 1)[INDICATOR] == "agreed"


def test_package_says_what_was_agreed_by_its_version(empty: Connection, catalogue: Catalogue) -> None:
    agree(empty, catalogue)
    former, now = (
        collect(empty, LOCAL_ADMINISTRATOR, catalogue, version, "empty").frames["indicators"].set_index("key")["status"]
        for version in (1, 2)
    )
    assert former[INDICATOR] == "proposed" and now[INDICATOR] == "agreed"
    assert now.drop(INDICATOR).equals(former.drop(INDICATOR))

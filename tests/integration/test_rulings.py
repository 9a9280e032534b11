"""Ruling on a test of the evaluation commitment: who may, on what, with which reason, and what is remembered."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data import queries, rulings, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.rulings import TESTS, Subject
from data.settings import Settings
from data.store import Connection, TryAgain
from data.versions import Moment
from data.workspace import open_workspace
from metrics import evaluation
from tests.integration.storing import KENT, NORFOLK, everything, rows
from tests.scopes import EVERYWHERE

REASON = "The panel of service users starts in spring"
AS_OF = date(2026, 9, 1)
MOMENT = Moment(datetime(2026, 11, 2, 9, 30), date(2026, 11, 2))
LATER = Moment(MOMENT.at + timedelta(days=1), MOMENT.as_of)
VOICE = Subject(NORFOLK, "COM-1", "user_voice", "not_applicable")
NEEDLESS = Subject(NORFOLK, "COM-1", "acted_upon", "no_action_needed")
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
STEERING = Actor("Sam Steering", "steering", EVERYWHERE)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("rulings") / "store.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        connection.execute("UPDATE data_version SET as_of = DATE '2026-09-01'")
        yield connection


@pytest.fixture
def empty(opened: Connection) -> Connection:
    """The store without any ruling."""
    opened.execute("DELETE FROM ruling")
    opened.execute("DELETE FROM audit WHERE deed LIKE 'ruling%'")
    return opened


@pytest.fixture
def rule(empty: Connection, catalogue: Catalogue) -> Callable[..., None]:
    def saved(about: Subject = VOICE, actor: Actor = OF_NORFOLK, reason: str = REASON, **more: Any) -> None:
        rulings.rule(empty, actor, catalogue, about, reason, more.pop("moment", MOMENT), **more)

    return saved


def test_the_seven_tests_are_those_of_the_metrics() -> None:
    assert list(TESTS) == evaluation.TESTS


def test_a_ruling_is_remembered_with_who_when_and_why(empty: Connection, rule: Callable[..., None]) -> None:
    rule(reason=f" {REASON}  ")
    (line,) = queries.rulings(empty, 1).to_dict("records")
    assert Subject(*(line[name] for name in ("area_code", "commitment", "test", "kind"))) == VOICE
    assert (line["reason"], line["made_by"], line["made_at"], line["at_version"]) == (
        REASON,
        "Ada Norfolk",
        MOMENT.at,
        1,
    )
    assert line["standing"] and line["newest"] and not line["invented"]
    # It rests on the data of its day, not on the clock, so it counts at once for who looks at that data.
    assert line["ruled_on"].date() == AS_OF
    told = "SELECT actor, deed, subject, from_version, to_version FROM audit WHERE deed = 'ruling made'"
    assert rows(empty, told)[-1] == (
        "Ada Norfolk", "ruling made", f"{NORFOLK} COM-1 user_voice not_applicable", 1, 1,
    )  # fmt: skip
    assert queries.rulings(empty, 0).empty, "an earlier version does not know it"
    assert queries.acted_upon(empty, 1).empty, "not applicable is no action"


def test_a_ruling_is_replaced_and_ended_and_each_saving_stays(
    empty: Connection, catalogue: Catalogue, rule: Callable[..., None]
) -> None:
    rule(NEEDLESS)
    rule(NEEDLESS, reason="The board looked at it again", seen=MOMENT.at)
    newest = queries.rulings(empty, 1).iloc[0]
    assert newest["made_at"] == MOMENT.at + timedelta(microseconds=1), "later than what it replaces, at the same moment"
    assert queries.acted_upon(empty, 1)["kind"].tolist() == ["no_action_needed"]
    rulings.end(empty, STEERING, catalogue, NEEDLESS, "People said otherwise since", LATER, seen=newest["made_at"])
    found = queries.rulings(empty, 1)
    assert found["state"].tolist() == ["ended", "standing", "standing"]
    assert found["standing"].tolist() == [False] * 3 and found["newest"].tolist() == [True, False, False]
    assert (found["made_by"].iloc[0], found["reason"].iloc[0]) == ("Sam Steering", "People said otherwise since")
    assert queries.acted_upon(empty, 1).empty
    with pytest.raises(UserError, match="does not stand"):
        rulings.end(empty, STEERING, catalogue, NEEDLESS, "People said otherwise since", LATER, seen=LATER.at)
    rule(NEEDLESS, seen=LATER.at)
    assert queries.rulings(empty, 1)["standing"].tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"actor": Actor("Vic Viewer", "viewer")}, "Vic Viewer may not rule on Norfolk"),
        ({"actor": Actor("Eve Evaluator", "evaluator")}, "Eve Evaluator may not rule on Norfolk"),
        ({"actor": Actor("Ken Kent", "contributor", frozenset({KENT}))}, "Ken Kent may not rule on Norfolk"),
        ({"reason": "  "}, "Say why"),
        ({"reason": "because"}, "too short"),
        ({"reason": "Call 07700 900123 and ask the ward"}, "personal data"),
        ({"reason": "x" * 1001}, "at most 1,000"),
        ({"about": Subject("E12000006", "COM-1", "user_voice", "not_applicable"), "actor": STEERING}, "force area"),
        ({"about": Subject("E92000001", "COM-1", "user_voice", "not_applicable"), "actor": STEERING}, "force area"),
        (
            {"about": Subject("W15000001", "COM-1", "user_voice", "not_applicable"), "actor": LOCAL_ADMINISTRATOR},
            "force area",
        ),
        (
            {"about": Subject("nowhere", "COM-1", "user_voice", "not_applicable"), "actor": LOCAL_ADMINISTRATOR},
            "force area",
        ),
        ({"about": Subject(NORFOLK, "COM-9", "user_voice", "not_applicable")}, "commitment is not known"),
        ({"about": Subject(NORFOLK, "COM-1", "charm", "not_applicable")}, "test or ruling is not known"),
        ({"about": Subject(NORFOLK, "COM-1", "user_voice", "waived")}, "test or ruling is not known"),
        ({"about": Subject(NORFOLK, "COM-1", "user_voice", "no_action_needed")}, "“acted upon” only"),
    ],
)
def test_what_may_not_be_ruled_changes_nothing(
    empty: Connection, rule: Callable[..., None], changed: dict[str, Any], says: str
) -> None:
    before = everything(empty)
    with pytest.raises(UserError, match=says):
        rule(**changed)
    assert everything(empty) == before


def test_only_those_who_may_end_it(empty: Connection, catalogue: Catalogue, rule: Callable[..., None]) -> None:
    rule()
    before = everything(empty)
    for actor, reason in ((Actor("Vic Viewer", "viewer"), "It is wrong, I think"), (OF_NORFOLK, " ")):
        with pytest.raises(UserError):
            rulings.end(empty, actor, catalogue, VOICE, reason, LATER, seen=MOMENT.at)
    assert everything(empty) == before


@pytest.mark.parametrize("seen", [None, LATER.at])
def test_who_saw_something_else_is_told_to_try_again(
    empty: Connection, catalogue: Catalogue, rule: Callable[..., None], seen: datetime | None
) -> None:
    rule()
    before = everything(empty)
    with pytest.raises(TryAgain, match="in the meantime"):
        rule(seen=seen, moment=LATER)
    with pytest.raises(TryAgain, match="in the meantime"):
        rulings.end(empty, OF_NORFOLK, catalogue, VOICE, "It no longer holds", LATER, seen=seen)
    assert everything(empty) == before


def test_two_at_the_same_moment_leave_one_ruling(empty: Connection, catalogue: Catalogue) -> None:
    started, told = threading.Barrier(2), []

    def save(actor: Actor) -> None:
        with empty.cursor() as cursor:
            started.wait()
            try:
                rulings.rule(cursor, actor, catalogue, VOICE, REASON, MOMENT)
            except store.TryAgain as again:
                told.append(str(again))

    writers = [threading.Thread(target=save, args=[actor]) for actor in (OF_NORFOLK, LOCAL_ADMINISTRATOR)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(told) == 1 and len(queries.rulings(empty, 1)) == 1

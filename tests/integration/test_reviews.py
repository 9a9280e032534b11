"""Reviews and their actions in a real store: who may write what, when, and what stays as it was."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pandas as pd
import pytest

from data import actions, queries, reviews, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from data.versions import Moment
from metrics.judgement import JUDGEMENTS, RULES
from metrics.picture import by_commitment
from tests.integration.storing import KENT, NORFOLK, begun, everything, fact, facts, rows, send
from tests.scopes import EVERYWHERE

ENGLAND, EAST = "E92000001", "E12000006"
# Later than any day on which the tests run: a store is as of the day that it was made, or later.
MOMENT = Moment(datetime(2046, 11, 2, 9, 30), date(2046, 11, 2))
HELD_ON = date(2046, 11, 10)
CHAIR = Actor("Chair of the group", "steering", EVERYWHERE)
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
# A steering group of one of the areas inside the scope, or of another region, does not hold the review.
OF_PARTS = [
    Actor("Nell Norfolk Group", "steering", frozenset({NORFOLK})),
    Actor("Ned North Group", "steering", frozenset({"E12000001", "E23000007", "E23000008", "E23000013"})),
]
OTHERS = [Actor("Vic Viewer", "viewer"), Actor("Eve Evaluator", "evaluator"), OF_NORFOLK, *OF_PARTS]
GIVEN = {"grade": "limited", "reason": "Few areas report", "confidence": "medium", "dissent": ""}
DECIDED = {
    "commitment": "COM-1",
    "area_code": NORFOLK,
    "description": "Ask service users why they say so",
    "owner": "Lived experience lead, area partnership",
    "due": date(2047, 1, 15),
    "evidence": "Numbers and voices disagree",
}


def later(days: int) -> Moment:
    return Moment(MOMENT.at + timedelta(days=days), MOMENT.as_of + timedelta(days=days))


@pytest.fixture
def stored(empty: Connection, catalogue: Catalogue) -> Connection:
    """A store at data version 2."""
    send(empty, catalogue, facts())
    return empty


@pytest.fixture
def review(stored: Connection) -> UUID:
    """An open review of the East of England, pinned to data version 2."""
    return begin(stored)


def begin(connection: Connection, **changed: Any) -> UUID:
    usual = {"actor": CHAIR, "area": EAST, "title": "Autumn review", "held_on": HELD_ON, "version": 2}
    return reviews.open_review(connection, **usual | {"moment": MOMENT} | changed)


def judge(connection: Connection, catalogue: Catalogue, review: UUID, **changed: Any) -> None:
    usual = {"actor": CHAIR, "commitment": "COM-1", "judgement": GIVEN, "moment": later(1), "reason_rule": None}
    reviews.judge(connection, catalogue=catalogue, review=review, **usual | changed)


def reply(connection: Connection, catalogue: Catalogue, review: UUID, **changed: Any) -> None:
    usual = {"actor": OF_NORFOLK, "area": NORFOLK, "commitment": "", "text": "We see it otherwise", "moment": later(1)}
    reviews.reply(connection, catalogue=catalogue, review=review, **usual | changed)


def decide(connection: Connection, catalogue: Catalogue, review: UUID, **changed: Any) -> UUID:
    usual = {"actor": CHAIR, "action": DECIDED, "moment": later(1)}
    return actions.decide(connection, catalogue=catalogue, review=review, **usual | changed)


def picture(catalogue: Catalogue) -> pd.DataFrame:
    """A computed picture as pages make it, of commitments without any evidence."""
    pairs = pd.DataFrame({"commitment": list(catalogue.commitments), "area_code": NORFOLK})
    changes = pd.DataFrame(columns=["commitment", "indicator", "area_code", "polarity", "change"], dtype="str")
    heard = pd.DataFrame({"commitment": [], "area_code": [], "perspective": [], "grade": []})
    return by_commitment(changes, heard, pairs)


def agenda(count: int = 2) -> pd.DataFrame:
    places = list(range(1, count + 1))
    made = {"place": places, "kind": "overdue", "commitment": "", "indicator": "", "area_code": NORFOLK}
    return pd.DataFrame(made).assign(sentence="3 figures overdue", listed=[place == 1 for place in places])


def close(connection: Connection, catalogue: Catalogue, review: UUID, actor: Actor = CHAIR) -> None:
    reviews.close(connection, actor, catalogue, review, picture(catalogue), agenda(), later(8))


def judge_all(connection: Connection, catalogue: Catalogue, review: UUID) -> None:
    for key in catalogue.commitments:
        judge(connection, catalogue, review, commitment=key)


@pytest.mark.both_engines
def test_a_review_is_opened_pinned_and_raises_no_data_version(stored: Connection) -> None:
    before = everything(stored)
    review = begin(stored, title="  Autumn review ")
    (line,) = queries.reviews(stored, 2, EAST).to_dict("records")
    assert (line["id"], line["title"], line["state"], line["version"]) == (review, "Autumn review", "open", 2)
    assert (
        line["held_on"].date() == HELD_ON
        and line["as_of"].date() == queries.current(stored)["as_of"]
        and not line["invented"]
    )
    after = everything(stored)
    assert {name for name in after if after[name] != before[name]} == {"review", "audit", "audit_head"}
    audited = (MOMENT.at, CHAIR.name, "review opened", str(review), 2, 2)
    assert [entry[:6] for entry in after["audit"] if entry not in before["audit"]] == [audited]
    assert queries.reviews(stored, 1).empty and queries.reviews(stored, 2, ENGLAND).empty


def test_one_review_of_a_scope_is_open_at_a_time(stored: Connection, review: UUID) -> None:
    with pytest.raises(UserError, match="A review of East of England is open already: “Autumn review”"):
        begin(stored)
    begin(stored, area=NORFOLK)
    reviews.call_off(stored, CHAIR, review, "Opened for the wrong place", later(1))
    again = begin(stored, title="Another")
    assert queries.reviews(stored, 2, EAST).set_index("id")["state"].to_dict() == {review: "called_off", again: "open"}


REFUSED_OPENING = [({"actor": actor}, f"{actor.name} may not open a review") for actor in OTHERS] + [
    ({"title": " "}, "Write the title"),
    ({"title": "x" * 121}, "at most 120 are kept"),
    ({"title": "Call 07700 900123"}, "personal data"),
    ({"area": "E23000099", "actor": LOCAL_ADMINISTRATOR}, "not known here"),
    ({"area": "W15000001", "actor": LOCAL_ADMINISTRATOR}, "not known here"),
    ({"version": 3}, "There is no data version 3"),
    ({"held_on": date(2025, 11, 1)}, "held on 1 November 2025 cannot look at data as of"),
    ({"held_on": date(2406, 11, 10)}, "more than a year ahead"),
]


@pytest.mark.parametrize(("changed", "said"), REFUSED_OPENING, ids=[said for _, said in REFUSED_OPENING])
def test_a_fault_in_opening_is_told_and_changes_nothing(stored: Connection, changed: dict[str, Any], said: str) -> None:
    before = everything(stored)
    with pytest.raises(UserError, match=said) as refused:
        begin(stored, **changed)
    assert "Nothing was changed." in str(refused.value) and everything(stored) == before


@pytest.mark.both_engines
def test_each_judgement_is_a_row_and_the_newest_counts(stored: Connection, catalogue: Catalogue, review: UUID) -> None:
    judge(stored, catalogue, review)
    judge(stored, catalogue, review, commitment="SYS-1", judgement=GIVEN | {"reason": "", "dissent": " One member "})
    second = GIVEN | {"grade": "substantial", "reason": "New figures"}
    judge(stored, catalogue, review, judgement=second, moment=later(1), seen=later(1).at)
    found = queries.judgements(stored, LOCAL_ADMINISTRATOR, 2, review).set_index("commitment")
    assert found["grade"].to_dict() == {"COM-1": "substantial", "SYS-1": "limited"}
    assert (found.loc["SYS-1", "reason"], found.loc["SYS-1", "dissent"]) == ("", "One member")
    history = queries.judgements(stored, LOCAL_ADMINISTRATOR, 2, review, every=True)
    assert history.loc[history["commitment"] == "COM-1", "grade"].tolist() == ["substantial", "limited"]
    assert queries.judgements(stored, LOCAL_ADMINISTRATOR, 1, review).empty


def test_whoever_did_not_see_the_newest_is_told_to_try_again(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    judge(stored, catalogue, review)
    before = everything(stored)
    with pytest.raises(store.TryAgain, match="Chair of the group saved a judgement of COM-1 in the meantime"):
        judge(stored, catalogue, review, moment=later(2))
    assert everything(stored) == before


@pytest.mark.both_engines
def test_two_who_judge_at_once_are_not_both_kept(stored: Connection, catalogue: Catalogue, review: UUID) -> None:
    with stored.cursor() as other:
        other.begin()
        assert queries.judgements(other, LOCAL_ADMINISTRATOR, 2, review).empty
        judge(stored, catalogue, review)
        with pytest.raises(store.TryAgain, match="saved a judgement of COM-1 in the meantime"):
            judge(begun(other), catalogue, review, judgement=GIVEN | {"grade": "substantial"})
    assert queries.judgements(stored, LOCAL_ADMINISTRATOR, 2, review)["grade"].tolist() == [GIVEN["grade"]]


REFUSED_JUDGING = [({"actor": actor}, f"{actor.name} may not record a judgement") for actor in OTHERS] + [
    ({"judgement": GIVEN | {"reason": " "}, "reason_rule": RULES[0]}, f"A reason is needed, because {RULES[0]}"),
    ({"judgement": GIVEN | {"grade": "splendid"}}, "Choose a grade"),
    ({"judgement": GIVEN | {"confidence": ""}}, "how sure the group is"),
    ({"judgement": GIVEN | {"reason": "Asked ada@example.org"}}, "personal data"),
    ({"judgement": GIVEN | {"dissent": "x" * 2001}}, "at most 2,000 are kept"),
    ({"commitment": "SYS-9"}, "not known here"),
    ({"review": uuid4()}, "There is no review with this identifier"),
    ({"review": "1 OR 1=1"}, "There is no review with this identifier"),
]


@pytest.mark.parametrize(("changed", "said"), REFUSED_JUDGING, ids=[said for _, said in REFUSED_JUDGING])
def test_a_fault_in_judging_is_told_and_changes_nothing(
    stored: Connection, catalogue: Catalogue, review: UUID, changed: dict[str, Any], said: str
) -> None:
    before = everything(stored)
    with pytest.raises(UserError, match=said) as refused:
        judge(stored, catalogue, **{"review": review} | changed)
    assert "Nothing was changed." in str(refused.value) and everything(stored) == before


@pytest.mark.both_engines
def test_areas_of_the_scope_reply_to_the_whole_or_to_one_commitment(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    reply(stored, catalogue, review)
    reply(stored, catalogue, review, commitment="COM-1", text="Our panel meets monthly", actor=CHAIR)
    reply(stored, catalogue, review, text="We see it a little otherwise", moment=later(2), seen=later(1).at)
    found = queries.replies(stored, LOCAL_ADMINISTRATOR, 2, review)
    assert found[["commitment", "reply"]].to_numpy().tolist() == [
        ["", "We see it a little otherwise"],
        ["COM-1", "Our panel meets monthly"],
    ]
    assert len(queries.replies(stored, LOCAL_ADMINISTRATOR, 2, review, every=True)) == 3
    with pytest.raises(store.TryAgain, match="Ada Norfolk saved a reply in the meantime"):
        reply(stored, catalogue, review, moment=later(3))
    for changed, said in (
        ({"area": KENT, "actor": CHAIR}, "Kent is not in the scope"),
        ({"area": KENT}, "may not reply for E23000032"),
        ({"area": EAST}, "may not reply for E12000006"),
        ({"text": ""}, "Write the reply"),
        ({"commitment": "SYS-9"}, "not known here"),
        ({"text": "NHS number 943 476 5919"}, "personal data"),
    ):
        with pytest.raises(UserError, match=said):
            reply(stored, catalogue, review, **changed)
    assert len(queries.replies(stored, LOCAL_ADMINISTRATOR, 2, review, every=True)) == 3


@pytest.mark.both_engines
def test_closing_needs_every_judgement_keeps_what_was_shown_and_freezes_it(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    judge(stored, catalogue, review)
    with pytest.raises(UserError, match="SYS-1, SYS-2, SYS-3, SYS-4, COM-2, STF-1, STF-2, EVA-1, EVA-2 have none"):
        close(stored, catalogue, review)
    for key in set(catalogue.commitments) - {"COM-1"}:
        judge(stored, catalogue, review, commitment=key)
    with pytest.raises(UserError, match="Ada Norfolk may not close a review"):
        close(stored, catalogue, review, OF_NORFOLK)
    action = decide(stored, catalogue, review)
    close(stored, catalogue, review)
    (line,) = queries.reviews(stored, 2, EAST).to_dict("records")
    assert (line["state"], line["ended_by"], line["ended_at"]) == ("closed", CHAIR.name, later(8).at)
    kept = queries.review_picture(stored, review).set_index("commitment")
    expected = picture(catalogue).set_index("commitment")[list(kept.columns)].sort_index()
    pd.testing.assert_frame_equal(kept, expected, check_dtype=False, check_index_type=False)
    pd.testing.assert_frame_equal(queries.review_agenda(stored, review), agenda(), check_dtype=False)
    before = everything(stored)
    deeds: list[Callable[[], object]] = [
        lambda: judge(stored, catalogue, review, seen=later(1).at),
        lambda: reply(stored, catalogue, review),
        lambda: decide(stored, catalogue, review),
        lambda: close(stored, catalogue, review),
        lambda: reviews.call_off(stored, CHAIR, review, "It was a mistake", later(9)),
    ]
    for deed in deeds:
        with pytest.raises(UserError, match="This review was closed on 10 November 2046 by Chair of the group"):
            deed()
    assert everything(stored) == before
    actions.change(
        stored, CHAIR, action, {"state": "done", "outcome": "Asked"}, "It was done", later(20), seen=later(1).at
    )


def test_a_review_is_open_at_a_version_before_it_closed(stored: Connection, catalogue: Catalogue, review: UUID) -> None:
    judge_all(stored, catalogue, review)
    send(stored, catalogue, facts(fact(numerator=60)))
    close(stored, catalogue, review)
    assert [queries.reviews(stored, version, EAST)["state"].tolist() for version in (1, 2, 3)] == [
        [],
        ["open"],
        ["closed"],
    ]


def test_what_a_review_called_off_decided_no_longer_shows(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    action = decide(stored, catalogue, review)
    assert len(queries.actions(stored, 2)) == 1
    with pytest.raises(UserError, match="may not call off"):
        reviews.call_off(stored, OF_NORFOLK, review, "Opened for the wrong place", later(2))
    with pytest.raises(UserError, match="a reason is needed"):
        reviews.call_off(stored, CHAIR, review, "", later(2))
    reviews.call_off(stored, CHAIR, review, "Opened for the wrong place", later(2))
    assert queries.actions(stored, 2).empty
    with pytest.raises(UserError, match="was called off, so the action no longer holds"):
        actions.change(stored, CHAIR, action, {"state": "dropped"}, "It is not needed", later(3), seen=later(1).at)


@pytest.mark.both_engines
def test_an_action_is_decided_followed_up_and_keeps_its_history(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    action = decide(stored, catalogue, review)
    send(stored, catalogue, facts(fact(numerator=60)))
    changed = {"state": "done", "owner": "Panel of service users", "outcome": "Three meetings were held"}
    actions.change(stored, CHAIR, action, changed, "Reported by the area", later(30), seen=later(1).at)
    (then,), (now,) = (queries.actions(stored, version).to_dict("records") for version in (2, 3))
    assert (then["state"], then["owner"], then["outcome"]) == ("open", DECIDED["owner"], None)
    assert (now["id"], now["state"], now["owner"]) == (action, "done", "Panel of service users")
    assert (now["outcome"], now["change_reason"]) == ("Three meetings were held", "Reported by the area")
    assert (now["description"], now["due"].date(), now["evidence"]) == (
        DECIDED["description"],
        DECIDED["due"],
        DECIDED["evidence"],
    )
    assert queries.actions(stored, 3, every=True)["state"].tolist() == ["open", "done"]
    assert [len(queries.actions(stored, 3, **asked)) for asked in ({"area": KENT}, {"commitment": "COM-1"})] == [0, 1]
    assert len(queries.actions(stored, 3, review=review)) == 1 and queries.actions(stored, 3, review=uuid4()).empty


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"area_code": KENT}, "Kent is not in the scope"),
        ({"commitment": "SYS-9"}, "not known here"),
        ({"description": ""}, "Write what is to be done"),
        ({"owner": "  "}, "Write the role or organisation"),
        ({"owner": "ada@example.org"}, "personal data"),
        ({"due": HELD_ON}, "due after the day of its review, 10 November 2046"),
        ({"due": None}, "due after the day of its review"),
        ({"evidence": "Call 07700 900123"}, "personal data"),
    ],
)
def test_a_fault_in_an_action_is_told_and_changes_nothing(
    stored: Connection, catalogue: Catalogue, review: UUID, changed: dict[str, Any], said: str
) -> None:
    before = everything(stored)
    with pytest.raises(UserError, match=said):
        decide(stored, catalogue, review, action=DECIDED | changed)
    assert everything(stored) == before


def test_a_fault_in_a_change_of_an_action_is_told_and_changes_nothing(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    action = decide(stored, catalogue, review)
    before = everything(stored)
    faults: list[tuple[dict[str, Any], str]] = [
        *(({"actor": actor}, "may not change an action") for actor in OTHERS),
        ({"changed": {"state": "done"}}, "Write what came of it"),
        ({"changed": {"state": "forgotten"}}, "open, done or dropped"),
        ({"changed": {}}, "Nothing is another"),
        ({"changed": {"due": HELD_ON}}, "due after the day of its review"),
        ({"reason": ""}, "a reason is needed"),
        ({"action": uuid4()}, "There is no action with this identifier"),
        ({"action": "x' OR 1=1 --"}, "There is no action with this identifier"),
        ({"seen": None}, "saved a change of this action in the meantime"),
    ]
    usual = {"actor": CHAIR, "action": action, "changed": {"state": "dropped"}, "reason": "Not needed any more"}
    for changed, said in faults:
        with pytest.raises(UserError, match=said):
            actions.change(stored, **usual | {"moment": later(5), "seen": later(1).at} | changed)
    for actor in OTHERS:
        with pytest.raises(UserError, match="may not record an action"):
            decide(stored, catalogue, review, actor=actor)
    assert everything(stored) == before


def test_rows_of_the_first_release_are_read_with_their_review(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    judge(stored, catalogue, review)
    action = decide(stored, catalogue, review)
    stored.execute("UPDATE review SET at_version = NULL, state = 'closed'")
    for table in ("judgement", "action"):
        stored.execute(f"UPDATE {table} SET made_by = NULL, made_at = NULL, at_version = NULL")
    assert queries.reviews(stored, 2)["state"].tolist() == ["closed"] and queries.reviews(stored, 1).empty
    assert len(queries.judgements(stored, LOCAL_ADMINISTRATOR, 2, review)) == 1
    assert len(queries.actions(stored, 2)) == 1 and queries.actions(stored, 1).empty
    actions.change(stored, CHAIR, action, {"state": "dropped"}, "Not needed any more", later(5), seen=None)
    assert queries.actions(stored, 2)["state"].tolist() == ["dropped"]


def test_words_of_the_store_are_those_of_the_methods(stored: Connection) -> None:
    assert list(reviews.GRADES) == JUDGEMENTS
    columns = [name for (name,) in rows(stored, "SELECT column_name FROM (DESCRIBE review_picture)")]
    assert columns == ["review", *reviews.PICTURE]
    columns = [name for (name,) in rows(stored, "SELECT column_name FROM (DESCRIBE review_agenda)")]
    assert columns == ["review", *reviews.AGENDA]


VIC, EVE = OTHERS[0], OTHERS[1]
DISSENTING = GIVEN | {"dissent": "One member sees it otherwise"}


def read(connection: Connection, actor: Actor, review: UUID) -> list[tuple[Any, ...]]:
    """What somebody reads of every saving of the judgements, and of the replies."""
    found = queries.judgements(connection, actor, 2, review, every=True).astype(object)
    found = found.where(found.notna(), None)
    replies = queries.replies(connection, actor, 2, review, every=True)
    return [
        *zip(found["commitment"], found["grade"], found["dissent"], strict=True),
        *zip(replies["reply"], strict=True),
    ]


def test_what_is_judged_is_read_by_those_who_take_part_and_by_everybody_at_the_end(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    judge_all(stored, catalogue, review)
    before = queries.judgements(stored, LOCAL_ADMINISTRATOR, 2, review).set_index("commitment").loc["COM-1", "made_at"]
    judge(stored, catalogue, review, judgement=DISSENTING | {"grade": "complete"}, moment=later(2), seen=before)
    reply(stored, catalogue, review, moment=later(2))
    every = read(stored, CHAIR, review)
    assert len(every) == 12 and every[:2] == [
        ("COM-1", "complete", "One member sees it otherwise"), ("COM-1", "limited", None),
    ]  # fmt: skip
    assert read(stored, EVE, review) == every and read(stored, LOCAL_ADMINISTRATOR, review) == every
    # Those who report for an area in the scope answer to what is judged, and read it without the group's own dissent.
    assert read(stored, OF_NORFOLK, review) == [("COM-1", "complete", None), *every[1:]]
    of_kent = Actor("Ken Kent", "contributor", frozenset({KENT}))
    outside = [VIC, of_kent, *OF_PARTS]
    assert [read(stored, actor, review) for actor in outside] == [[]] * len(outside)
    close(stored, catalogue, review)
    # The grade that counts, its reason and the reply; neither dissent nor what was saved before.
    closed = [("COM-1", "complete", None), *every[2:]]
    assert [read(stored, actor, review) for actor in outside] == [closed] * len(outside)
    assert queries.judgements(stored, VIC, 2, review)["reason"].tolist() == [GIVEN["reason"]] * 10
    assert read(stored, CHAIR, review) == every


def test_what_was_judged_at_a_review_that_was_called_off_stays_with_those_who_took_part(
    stored: Connection, catalogue: Catalogue, review: UUID
) -> None:
    judge(stored, catalogue, review, judgement=DISSENTING)
    reviews.call_off(stored, CHAIR, review, "Opened for the wrong place", later(2))
    assert read(stored, VIC, review) == [] and len(read(stored, CHAIR, review)) == 1

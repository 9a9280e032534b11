"""What is public takes a second person: who may check, what each reader sees, and what a check outlives."""

from datetime import timedelta
from typing import Any

import pytest

from data import differences, erasure, history, public_checks, publication, queries
from data.actor import ENGLAND, LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.demonstration import DEMONSTRATION, load_demonstration
from data.demonstration.checking import SECOND_READER
from data.errors import NotAllowed, UserError
from data.public_checks import AGREED, REFUSED
from data.settings import Settings
from data.store import Connection, TryAgain
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from reports.pack.content import content
from reports.pack.model import Voice
from reports.package import collect
from tests.integration.storing import KENT, MOMENT, NORFOLK, as_csv, everything, rows, voice
from tests.scopes import EVERYWHERE

LATER, LAST = (Moment(MOMENT.at + timedelta(days=days), MOMENT.as_of + timedelta(days=days)) for days in (1, 2))
WHY = "The street and the job name one person"
VIEWER, EVALUATOR = Actor("Vi Invented", "viewer"), Actor("Ev Invented", "evaluator", email="ev@example.org")
ADMIN = Actor("Eve Invented", "administrator", email="eve@example.org")


def contributor(name: str, *areas: str) -> Actor:
    return Actor(name, "contributor", frozenset(areas), f"{name.split()[0].lower()}@example.org")


ADA, BEN, CAT = (
    contributor("Ada Invented", NORFOLK),
    contributor("Ben Invented", NORFOLK),
    contributor("Cat Invented", KENT),
)
SAM = Actor("Sam Invented", "steering", frozenset({NORFOLK, "E12000006"}), "sam@example.org")
TEXT = voice(
    visibility="public", summary="Told to all", quote="They came", consent_to_publish="yes", participants=12, grade=4
)


def sent(connection: Connection, catalogue: Catalogue, *said: dict[str, Any], actor: Actor = ADA, **more: Any) -> int:
    prepared = prepare(connection, actor, catalogue, as_csv(list(said)), "voices.csv", **more)
    return confirm(actor, prepared, MOMENT, reason="A correction" if more else "")


@pytest.fixture
def told(empty: Connection, catalogue: Catalogue) -> Connection:
    """One public text of Norfolk, sent by Ada, that nobody has checked."""
    sent(empty, catalogue, TEXT)
    return empty


def check(
    connection: Connection,
    actor: Actor = BEN,
    state: str = AGREED,
    reason: str = "",
    moment: Moment = LATER,
    **more: Any,
) -> None:
    (text,) = public_checks.listed(connection, ADMIN)
    place = text["submission"], text["submission_row"]
    public_checks.decide(connection, actor, *place, state, reason, moment, **more)


def seen(connection: Connection, actor: Actor = VIEWER, version: int = 2, **more: Any) -> list[str]:
    return list(queries.insights(connection, actor, version, **more)["summary"])


# Until it is checked, and from then on


def test_an_unchecked_public_text_is_for_steering_groups_and_its_area_alone(
    told: Connection, catalogue: Catalogue
) -> None:
    for actor in (VIEWER, CAT, Actor("Ned", "steering", frozenset({KENT}))):
        assert seen(told, actor) == [] and seen(told, actor, find="told") == []
        assert differences.changed_insights(told, actor, 1, 2, [NORFOLK]).empty
    for actor in (ADA, BEN, SAM, EVALUATOR, ADMIN, LOCAL_ADMINISTRATOR):
        found = queries.insights(told, actor, 2)
        assert list(found["summary"]) == ["Told to all"] and list(found["visibility"]) == ["steering"]
        assert list(found["quote"]) == ["They came"] and list(found["participants"]) == [12]
    assert publication.insights(told, EVALUATOR, 2).empty
    assert collect(told, EVALUATOR, catalogue, 2, "empty").frames["insights"].empty


def test_from_the_check_on_it_is_public_for_every_reader(told: Connection, catalogue: Catalogue) -> None:
    check(told)
    assert seen(told) == seen(told, CAT) == seen(told, find="told") == ["Told to all"]
    assert list(queries.insights(told, VIEWER, 2)["visibility"]) == ["public"]
    assert list(differences.changed_insights(told, VIEWER, 1, 2, [NORFOLK])["summary"]) == ["Told to all"]
    assert list(publication.insights(told, EVALUATOR, 2)["quote"]) == ["They came"]
    assert list(collect(told, EVALUATOR, catalogue, 2, "empty").frames["insights"]["summary"]) == ["Told to all"]


def test_the_public_pack_waits_for_the_check(told: Connection, catalogue: Catalogue) -> None:
    def of_pack() -> list[str]:
        made = content(told, VIEWER, catalogue, ENGLAND, 2, audience="public")
        return [line.summary for line in made.of(Voice)]

    assert of_pack() == []
    check(told)
    assert of_pack() == ["Told to all"]


def test_a_refused_text_stays_for_steering_groups_and_says_why(told: Connection) -> None:
    check(told, state=REFUSED, reason=WHY)
    assert seen(told) == [] and seen(told, SAM) == ["Told to all"]
    (text,) = public_checks.listed(told, ADA)
    assert (text["check_state"], text["check_reason"], text["checked_by"]) == (REFUSED, WHY, "Ben Invented")
    assert rows(told, "SELECT actor, deed, subject FROM audit ORDER BY number DESC LIMIT 1") == [
        ("Ben Invented", "public text refused", f"{text['submission']} row 2")
    ]
    assert public_checks.listed(told, ADA, only_waiting=True) == []


def test_what_was_agreed_to_can_be_refused_later_at_every_version(told: Connection, catalogue: Catalogue) -> None:
    check(told)
    sent(told, catalogue, voice(KENT), actor=CAT)
    assert seen(told) == seen(told, version=3) == ["Told to all"]
    check(told, SAM, REFUSED, WHY, LAST, seen=LATER.at)
    assert seen(told) == seen(told, version=3) == []
    assert len(rows(told, "FROM public_check")) == 2


def test_a_check_raises_no_version_and_changes_no_row(told: Connection) -> None:
    before = everything(told)
    check(told)
    now = everything(told)
    assert {name for name in now if now[name] != before[name]} == {"public_check", "audit", "audit_head"}


# Who may check


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        (ADA, "because Ada Invented sent it"),
        (Actor("Another name", "administrator", email="ada@example.org"), "because Ada Invented sent it"),
        (Actor("ADA INVENTED", "administrator", email="else@example.org"), "because Ada Invented sent it"),
        (CAT, "may not check what is public for E23000024"),
        (Actor("Ned Invented", "steering", frozenset({KENT}), "ned@example.org"), "may not check what is public"),
        (EVALUATOR, "may not check what is public"),
        (Actor("Vi Invented", "viewer", EVERYWHERE, "vi@example.org"), "may not check what is public"),
        (Actor("Token “nightly” (Norfolk)", "contributor", frozenset({NORFOLK})), "that takes a person"),
    ],
    ids=lambda value: value.name if isinstance(value, Actor) else "",
)
@pytest.mark.parametrize("state", [AGREED, REFUSED])
def test_nobody_else_may_check(told: Connection, actor: Actor, why: str, state: str) -> None:
    before = everything(told)
    with pytest.raises(NotAllowed, match=why):
        check(told, actor, state, WHY)
    assert everything(told) == before
    assert not any(text["may_decide"] for text in public_checks.listed(told, actor))


@pytest.mark.parametrize(
    "actor",
    [BEN, SAM, Actor("All", "steering", EVERYWHERE, "all@example.org"), ADMIN, LOCAL_ADMINISTRATOR],
    ids=lambda actor: actor.name,
)
def test_another_person_of_the_area_its_steering_group_or_an_administrator_checks(
    told: Connection, actor: Actor
) -> None:
    assert [text["may_decide"] for text in public_checks.listed(told, actor)] == [True]
    check(told, actor)
    assert seen(told) == ["Told to all"]


def test_what_the_local_administrator_sent_waits_for_somebody_who_signs_in(
    empty: Connection, catalogue: Catalogue
) -> None:
    sent(empty, catalogue, TEXT, actor=LOCAL_ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="takes another person"):
        check(empty, LOCAL_ADMINISTRATOR)
    check(empty, BEN)
    assert seen(empty) == ["Told to all"]


@pytest.mark.parametrize(("actor", "texts"), [(ADA, 1), (SAM, 1), (ADMIN, 1), (CAT, 0), (EVALUATOR, 0), (VIEWER, 0)])
def test_each_is_listed_what_they_write_for(told: Connection, actor: Actor, texts: int) -> None:
    assert len(public_checks.listed(told, actor)) == texts


def test_refusing_takes_a_reason_and_only_marked_texts_are_checked(told: Connection, catalogue: Catalogue) -> None:
    before = everything(told)
    for state, reason in ((REFUSED, ""), (REFUSED, "no"), (REFUSED, "Ring 07700 900123"), ("perhaps", WHY)):
        with pytest.raises(UserError):
            check(told, BEN, state, reason)
    (text,) = public_checks.listed(told, BEN)
    for place in ((text["submission"], 99), ("nothing", 2)):
        with pytest.raises(UserError, match="holds no longer, or is not marked public"):
            public_checks.decide(told, BEN, *place, AGREED, "", LATER)
    assert everything(told) == before


def test_who_did_not_see_the_check_of_another_is_told(told: Connection) -> None:
    check(told, BEN)
    with pytest.raises(TryAgain, match="Ben Invented saved a check of this text in the meantime"):
        check(told, SAM, REFUSED, WHY, LAST)
    assert seen(told) == ["Told to all"]


# What outlives what


def test_a_check_outlives_a_correction_that_leaves_the_text_as_it_was(told: Connection, catalogue: Catalogue) -> None:
    check(told)
    first = public_checks.listed(told, BEN)[0]["submission"]
    more = voice(source_reference="N-2", visibility="public", summary="Another")
    sent(told, catalogue, TEXT, more, corrects=first)
    assert history.submission(told, first)["state"] == "superseded"
    assert seen(told, version=3) == ["Told to all"]
    assert [text["summary"] for text in public_checks.listed(told, BEN, only_waiting=True)] == ["Another"]


@pytest.mark.parametrize(
    "change",
    [{"summary": "Told to all, by Jo"}, {"quote": "He came"}, {"participants": 3}, {"barriers": "Jo"}, {"grade": 1}],
)
def test_a_text_that_changed_waits_again(told: Connection, catalogue: Catalogue, change: dict[str, Any]) -> None:
    check(told)
    sent(told, catalogue, TEXT | change)
    assert seen(told, version=3) == [] and seen(told, version=2) == ["Told to all"]
    assert len(public_checks.listed(told, BEN, only_waiting=True)) == 1


def test_what_comes_back_after_a_withdrawal_is_checked_as_it_was(told: Connection, catalogue: Catalogue) -> None:
    check(told)
    sent(told, catalogue, TEXT | {"summary": "Other words"})
    second = public_checks.listed(told, BEN, only_waiting=True)[0]["submission"]
    history.withdraw(told, ADA, second, "Sent too early", 3, MOMENT)
    assert seen(told, version=4) == ["Told to all"] and public_checks.listed(told, BEN, only_waiting=True) == []


def test_a_text_that_is_not_marked_public_any_more_is_not_public(told: Connection, catalogue: Catalogue) -> None:
    check(told)
    sent(told, catalogue, TEXT | {"visibility": "area"})
    assert seen(told, version=3) == [] and seen(told, SAM, 3) == [] and seen(told, BEN, 3) == ["Told to all"]
    sent(told, catalogue, TEXT)
    assert seen(told, version=4) == ["Told to all"]


def test_a_check_outlives_an_erasure_and_its_reason_is_erased(told: Connection) -> None:
    check(told)
    erasure.erase(told, ADMIN, "They came", "It names somebody", LAST)
    assert seen(told) == ["Told to all"]
    check(told, SAM, REFUSED, WHY, LAST, seen=LATER.at)
    assert erasure.erase(told, ADMIN, WHY, "It names somebody", LAST).kinds == (("public_check", 1),)
    assert WHY not in str(everything(told)["public_check"])


# The demonstration


def test_every_public_text_of_the_demonstration_is_checked_by_an_invented_person(
    demonstration: Connection, latest_version: int
) -> None:
    assert public_checks.listed(demonstration, ADMIN, only_waiting=True) == []
    marked = rows(
        demonstration, "SELECT count(DISTINCT (submission, submission_row)) FROM insight WHERE visibility = 'public'"
    )
    checks = "SELECT count(*), any_value(made_by), bool_and(invented), any_value(state) FROM public_check"
    assert rows(demonstration, checks) == [(marked[0][0], SECOND_READER.name, True, AGREED)]
    assert len(queries.insights(demonstration, VIEWER, latest_version)) > 100


def test_a_new_start_of_the_demonstration_checks_nothing_that_people_sent(
    demonstration_copy: Any, catalogue: Catalogue
) -> None:
    with open_workspace(Settings(str(demonstration_copy)), catalogue) as connection:
        refused = public_checks.listed(connection, ADMIN)[0]
        place = refused["submission"], refused["submission_row"]
        public_checks.decide(connection, ADMIN, *place, REFUSED, WHY, LAST, seen=refused["checked_at"])
        sent(connection, catalogue, TEXT | {"source_reference": "Ours"})
        before = everything(connection)
        load_demonstration(connection, catalogue)
        assert everything(connection) == before
        assert [text["summary"] for text in public_checks.listed(connection, BEN, only_waiting=True)] == ["Told to all"]
    assert DEMONSTRATION.name != SECOND_READER.name

"""Second pair of eyes: what waits, who may decide, what is stored then, and that nobody approves their own."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from data import approval_settings, approvals, erasure, history, queries, store
from data.actor import ENGLAND, LOCAL_ADMINISTRATOR, Actor
from data.approvals import Stored
from data.catalogue import Catalogue
from data.errors import NotAllowed, UserError
from data.originals import holds, unpacked
from data.settings import Settings
from data.store import Connection, TryAgain
from data.submission import Prepared, Provenance, confirm, prepare
from data.versions import Moment, current_version
from data.workspace import open_workspace
from tests.integration.storing import (
    KENT,
    MOMENT,
    NORFOLK,
    SUFFOLK,
    as_csv,
    everything,
    fact,
    facts,
    held_facts,
    rows,
    send,
    voice,
)
from tests.scopes import EVERYWHERE

EAST = "E12000006"
LATER = Moment(MOMENT.at + timedelta(days=1), MOMENT.as_of + timedelta(days=1))
WHY = "The figures of June are missing"


def contributor(name: str, *areas: str) -> Actor:
    return Actor(name, "contributor", frozenset(areas), f"{name.split()[0].lower()}@example.org")


ADA, BEN = contributor("Ada Invented", NORFOLK), contributor("Ben Invented", NORFOLK)
CAT, DAN = contributor("Cat Invented", KENT), contributor("Dan Invented", NORFOLK, KENT)
ADMIN = Actor("Eve Invented", "administrator", email="eve@example.org")
TOKEN = Actor("Token “nightly” (Norfolk)", "contributor", frozenset({NORFOLK}))


@pytest.fixture
def careful(empty: Connection, catalogue: Catalogue) -> Connection:
    """An empty workspace in which files for Norfolk wait for a second person."""
    approval_settings.choose(empty, ADMIN, catalogue, NORFOLK, True, MOMENT)
    return empty


def sent(
    connection: Connection, catalogue: Catalogue, content: bytes, actor: Actor = ADA, reason: str = "", **more: Any
) -> Stored:
    prepared = prepare(connection, actor, catalogue, content, "figures.csv", **more)
    return approvals.submit(connection, actor, catalogue, prepared, MOMENT, reason=reason)


def waits(connection: Connection, catalogue: Catalogue, content: bytes = b"", actor: Actor = ADA, **more: Any) -> UUID:
    stored = sent(connection, catalogue, content or facts(), actor, **more)
    assert stored.version is None and stored.waiting is not None
    return stored.waiting


def approved(connection: Connection, catalogue: Catalogue, waiting: UUID, actor: Actor = BEN) -> int:
    return approvals.approve(connection, actor, approvals.look(connection, actor, catalogue, waiting), LATER)


def deeds(connection: Connection) -> list[tuple[str, str]]:
    return [(who, deed) for who, deed in rows(connection, "SELECT actor, deed FROM audit ORDER BY number")][2:]


# Where files wait


@pytest.mark.parametrize(
    ("setting", "areas", "waiting"),
    [
        (NORFOLK, [NORFOLK], True),
        (EAST, [NORFOLK], True),
        (ENGLAND, [NORFOLK], True),
        (NORFOLK, [KENT], False),
        (EAST, [KENT], False),
        (NORFOLK, [KENT, NORFOLK], True),
        (KENT, [NORFOLK, SUFFOLK], False),
    ],
)
def test_a_file_waits_where_the_setting_of_an_area_or_of_what_it_lies_in_says_so(
    empty: Connection, catalogue: Catalogue, setting: str, areas: list[str], waiting: bool
) -> None:
    approval_settings.choose(empty, ADMIN, catalogue, setting, True, MOMENT)
    who = contributor("Ada Invented", *areas)
    stored = sent(empty, catalogue, facts(*map(fact, areas)), who)
    assert (stored.waiting is not None, stored.version) == (waiting, None if waiting else 2)
    assert current_version(empty) == (1 if waiting else 2)
    assert held_facts(empty, current_version(empty))["observations"] == (0 if waiting else len(areas))


def test_a_national_file_does_not_wait_for_the_setting_of_one_area(careful: Connection, catalogue: Catalogue) -> None:
    prepared = prepare(
        careful, ADMIN, catalogue, facts(fact() | {"area_code": ENGLAND, "area_name": "England"}), "f.csv"
    )
    assert approvals.would_wait_for(careful, catalogue, prepared) == []


def test_without_a_setting_and_after_it_was_switched_off_a_file_counts_at_once(
    careful: Connection, catalogue: Catalogue
) -> None:
    before = waits(careful, catalogue)
    approval_settings.choose(careful, ADMIN, catalogue, NORFOLK, False, LATER, seen=MOMENT.at)
    assert sent(careful, catalogue, facts(fact(numerator=3))).version == 2
    (line,) = approvals.listed(careful, BEN)
    assert line["id"] == before and line["may_decide"]
    assert approved(careful, catalogue, before) == 3


def test_only_an_administrator_sets_where_files_wait_and_each_setting_is_kept(
    empty: Connection, catalogue: Catalogue
) -> None:
    before = everything(empty)
    for actor in (ADA, Actor("Vi", "viewer"), Actor("Ev", "evaluator"), Actor("Sam", "steering", EVERYWHERE)):
        with pytest.raises(NotAllowed, match="may not say where files wait"):
            approval_settings.choose(empty, actor, catalogue, NORFOLK, True, MOMENT)
        with pytest.raises(NotAllowed, match="may not see where files wait"):
            approval_settings.settings(empty, actor)
    for area in ("W92000004", "E99999999"):
        with pytest.raises(UserError, match="not one that reports"):
            approval_settings.choose(empty, ADMIN, catalogue, area, True, MOMENT)
    with pytest.raises(UserError, match="set like this already"):
        approval_settings.choose(empty, ADMIN, catalogue, NORFOLK, False, MOMENT)
    assert everything(empty) == before
    approval_settings.choose(empty, ADMIN, catalogue, NORFOLK, True, MOMENT)
    with pytest.raises(TryAgain, match="Eve Invented saved this setting in the meantime"):
        approval_settings.choose(empty, LOCAL_ADMINISTRATOR, catalogue, NORFOLK, False, LATER)
    approval_settings.choose(empty, ADMIN, catalogue, NORFOLK, False, LATER, seen=MOMENT.at)
    (line,) = approval_settings.settings(empty, ADMIN).to_dict("records")
    assert (line["area_code"], line["needed"], line["made_by"]) == (NORFOLK, False, "Eve Invented")
    assert len(rows(empty, "FROM approval_setting")) == 2
    assert [deed for _, deed in deeds(empty)] == ["approval needed", "approval no longer needed"]


def test_a_setting_made_between_the_check_and_the_confirmation_holds(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(empty, ADA, catalogue, facts(), "figures.csv")
    answers = iter([[], [NORFOLK]])
    monkeypatch.setattr(approvals, "asking", lambda *_: next(answers))
    with pytest.raises(TryAgain, match="now wait for a second person"):
        approvals.submit(empty, ADA, catalogue, prepared, MOMENT)
    assert current_version(empty) == 1 and rows(empty, "FROM submission") == []


# What waits is no data


def test_what_waits_is_kept_whole_and_counts_nowhere(careful: Connection, catalogue: Catalogue) -> None:
    before = everything(careful)
    content = facts(fact(comment="cost £5"))
    waiting = waits(careful, catalogue, content)
    now = everything(careful)
    changed = {name for name in now if now[name] != before[name]}
    assert changed == {"waiting", "audit", "audit_head"}
    (line,) = approvals.listed(careful, BEN)
    assert (line["id"], line["sent_by"], line["areas"], line["facts"]) == (waiting, "Ada Invented", [NORFOLK], 1)
    assert line["state"] == "waiting" and "original" not in line
    ((kept,),) = rows(careful, "SELECT original FROM waiting")
    assert unpacked(kept) == content
    assert queries.submissions(careful, ADMIN).empty
    assert deeds(careful)[-1] == ("Ada Invented", "submission waits for approval")


def test_the_same_file_sent_again_waits_once(careful: Connection, catalogue: Catalogue) -> None:
    prepared = prepare(careful, ADA, catalogue, facts(), "figures.csv")
    first = approvals.submit(careful, ADA, catalogue, prepared, MOMENT)
    assert approvals.submit(careful, ADA, catalogue, prepared, LATER) == first
    assert waits(careful, catalogue) == first.waiting
    assert len(approvals.listed(careful, ADA)) == 1
    assert waits(careful, catalogue, facts(fact(numerator=7))) != first.waiting


def test_a_file_that_could_not_be_confirmed_does_not_wait(careful: Connection, catalogue: Catalogue) -> None:
    before = everything(careful)
    with pytest.raises(UserError, match="findings that must be mended"):
        sent(careful, catalogue, facts(fact(numerator=-1)))
    personal = as_csv([voice(summary="Ring 07700 900123 and ask")])
    with pytest.raises(UserError, match="findings that must be mended"):
        sent(careful, catalogue, personal)
    prepared = prepare(careful, DAN, catalogue, facts(fact(), fact(KENT)), "figures.csv")
    with pytest.raises(NotAllowed, match="may not report for E23000032"):
        approvals.submit(careful, ADA, catalogue, prepared, MOMENT)
    assert everything(careful) == before


# Who may decide


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        (ADA, "because Ada Invented sent it"),
        (replace(ADA, name="A. Invented", email="ADA@example.org"), "because Ada Invented sent it"),
        (replace(ADA, name="ada invented ", email="other@example.org"), "because Ada Invented sent it"),
        (replace(ADMIN, email="ada@example.org"), "because Ada Invented sent it"),
        (CAT, "may not report for E23000024"),
        (Actor("Vi", "viewer", frozenset({NORFOLK}), "vi@example.org"), "may not report for E23000024"),
        (Actor("Ev", "evaluator", email="ev@example.org"), "may not report for E23000024"),
        (Actor("Sam", "steering", EVERYWHERE, "sam@example.org"), "may not report for E23000024"),
        (TOKEN, "that takes a person"),
        (Actor("Token “backup” (administrator)", "administrator"), "that takes a person"),
    ],
    ids=lambda value: value.name if isinstance(value, Actor) else "",
)
def test_nobody_else_may_decide(careful: Connection, catalogue: Catalogue, actor: Actor, why: str) -> None:
    waiting = waits(careful, catalogue)
    looked = approvals.look(careful, BEN, catalogue, waiting)
    before = everything(careful)
    for decide in (
        lambda: approvals.look(careful, actor, catalogue, waiting),
        lambda: approvals.approve(careful, actor, looked, LATER),
        lambda: approvals.refuse(careful, actor, waiting, WHY, LATER),
    ):
        with pytest.raises(NotAllowed, match=why):
            decide()
    assert everything(careful) == before
    assert not any(line["may_decide"] for line in approvals.listed(careful, actor))


@pytest.mark.parametrize("actor", [BEN, DAN, ADMIN, LOCAL_ADMINISTRATOR], ids=lambda actor: actor.name)
def test_another_person_who_reports_for_all_its_areas_approves(
    careful: Connection, catalogue: Catalogue, actor: Actor
) -> None:
    waiting = waits(careful, catalogue)
    assert approved(careful, catalogue, waiting, actor) == 2
    assert held_facts(careful, 2)["observations"] == 1
    ((identifier, sender, email, at),) = rows(careful, "SELECT id, sent_by, sent_email, sent_at FROM submission")
    assert (identifier, sender, email, at) == (waiting, "Ada Invented", "ada@example.org", MOMENT.at)
    assert deeds(careful)[-2:] == [(actor.name, "submission accepted"), (actor.name, "submission approved")]
    assert queries.current(careful)["made_by"] == actor.name
    assert queries.current(careful)["reason"] == "Numbers from “figures.csv”, sent by Ada Invented"
    assert history.original(careful, BEN, waiting, LATER) == ("figures.csv", facts())
    assert rows(careful, "SELECT octet_length(original), sha256, mapping FROM waiting") == [(0, "", "")]


def test_a_file_of_two_areas_takes_somebody_who_reports_for_both(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue, facts(fact(), fact(KENT)), DAN)
    for one in (BEN, CAT):
        assert [line["may_decide"] for line in approvals.listed(careful, one)] == [False]
        with pytest.raises(NotAllowed, match="may not report for"):
            approvals.look(careful, one, catalogue, waiting)
    assert approved(careful, catalogue, waiting, ADMIN) == 2


def test_what_a_token_sent_takes_a_person(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue, actor=TOKEN)
    with pytest.raises(NotAllowed, match="takes a person"):
        approvals.look(careful, TOKEN, catalogue, waiting)
    with pytest.raises(NotAllowed, match="may not take back"):
        approvals.take_back(careful, TOKEN, waiting, LATER)
    assert approved(careful, catalogue, waiting, ADA) == 2


def test_the_local_administrator_does_not_approve_what_the_local_administrator_sent(
    careful: Connection, catalogue: Catalogue
) -> None:
    waiting = waits(careful, catalogue, actor=LOCAL_ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="Local administrator may not look at .* takes another person"):
        approvals.look(careful, LOCAL_ADMINISTRATOR, catalogue, waiting)
    approvals.take_back(careful, LOCAL_ADMINISTRATOR, waiting, LATER)
    assert current_version(careful) == 1


@pytest.mark.parametrize(
    ("actor", "seen"), [(ADA, 1), (BEN, 1), (CAT, 0), (ADMIN, 1), (Actor("Vi", "viewer"), 0), (TOKEN, 1)]
)
def test_each_sees_what_is_theirs_to_see(careful: Connection, catalogue: Catalogue, actor: Actor, seen: int) -> None:
    waits(careful, catalogue)
    assert len(approvals.listed(careful, actor)) == seen


def test_a_sender_whose_areas_were_taken_away_still_sees_and_takes_back(
    careful: Connection, catalogue: Catalogue
) -> None:
    waiting = waits(careful, catalogue)
    nobody = replace(ADA, role="viewer", areas=frozenset())
    assert [line["is_mine"] for line in approvals.listed(careful, nobody)] == [True]
    approvals.take_back(careful, nobody, waiting, LATER)
    assert approvals.listed(careful, ADMIN) == []


# How waiting ends


def test_what_is_refused_or_taken_back_is_not_kept(careful: Connection, catalogue: Catalogue) -> None:
    content = as_csv([voice(summary="Quince marmalade")])
    first, second = (
        waits(careful, catalogue, content),
        waits(careful, catalogue, content.replace(b"late", b"soon") + b"\n"),
    )
    approvals.refuse(careful, BEN, first, WHY, LATER)
    approvals.take_back(careful, ADA, second, LATER)
    assert rows(careful, "SELECT DISTINCT octet_length(original), sha256, mapping, size FROM waiting") == [
        (0, "", "", 0)
    ]
    assert rows(careful, "SELECT count(*) > 0 FROM rewrite_due") == [(True,)]
    ended = {line["id"]: line for line in approvals.listed(careful, ADA, ended=True)}
    assert (ended[first]["state"], ended[first]["ended_by"], ended[first]["end_reason"]) == (
        "refused",
        "Ben Invented",
        WHY,
    )
    assert (ended[second]["state"], ended[second]["ended_by"]) == ("taken back", "Ada Invented")
    assert approvals.listed(careful, ADA) == [] and current_version(careful) == 1
    for deed in (
        lambda: approvals.refuse(careful, BEN, first, WHY, LATER),
        lambda: approvals.take_back(careful, ADA, first, LATER),
    ):
        with pytest.raises(UserError, match="“figures.csv” was refused by Ben Invented on 3 November 2026 already"):
            deed()


def test_refusing_takes_a_reason_and_taking_back_its_sender(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue)
    before = everything(careful)
    for reason in ("", "no", "Ring 07700 900123 about it"):
        with pytest.raises(UserError):
            approvals.refuse(careful, BEN, waiting, reason, LATER)
    for actor in (BEN, ADMIN, CAT, replace(ADA, email="other@example.org")):
        with pytest.raises(NotAllowed, match="may not take back what Ada Invented sent"):
            approvals.take_back(careful, actor, waiting, LATER)
    for unknown in (uuid4(), "x' OR 1=1"):
        with pytest.raises(UserError, match="no file with this identifier that waits"):
            approvals.refuse(careful, BEN, unknown, WHY, LATER)
    assert everything(careful) == before


def test_a_file_is_compared_with_what_is_stored_on_the_day_of_the_approval(
    careful: Connection, catalogue: Catalogue
) -> None:
    waiting = waits(careful, catalogue, facts(fact(), fact(period="2025/26 Q2")))
    first = approvals.look(careful, BEN, catalogue, waiting)
    assert first.prepared and first.prepared.counts["new"] == 2
    send(careful, catalogue, facts(fact(numerator=50)))
    with pytest.raises(TryAgain, match="stored data changed since this file was checked"):
        approvals.approve(careful, BEN, first, LATER)
    assert held_facts(careful, 2)["observations"] == 1 and len(approvals.listed(careful, BEN)) == 1
    again = approvals.look(careful, BEN, catalogue, waiting)
    assert again.prepared and (again.prepared.counts["new"], again.prepared.counts["changed"]) == (1, 1)
    assert approvals.approve(careful, BEN, again, LATER) == 3
    assert rows(careful, "SELECT rows_new, rows_changed FROM submission WHERE version = 3") == [(1, 1)]


def test_a_file_that_says_nothing_new_any_more_can_only_be_refused(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue)
    send(careful, catalogue, facts(fact(), fact(KENT)))
    looked = approvals.look(careful, BEN, catalogue, waiting)
    assert looked.obstacle == "Everything in it is stored already, so there is nothing left to approve."
    with pytest.raises(UserError, match="can only be refused or taken back. Nothing was stored"):
        approvals.approve(careful, BEN, looked, LATER)
    approvals.refuse(careful, BEN, waiting, WHY, LATER)


def test_a_file_that_became_unacceptable_can_only_be_refused(careful: Connection, catalogue: Catalogue) -> None:
    """A definition that changed since: what was a known indicator is none any more."""
    waiting = waits(careful, catalogue)
    indicators = {key: item for key, item in catalogue.indicators.items() if key != "s136_health_based_place"}
    stricter = replace(catalogue, indicators=indicators)
    looked = approvals.look(careful, BEN, stricter, waiting)
    assert looked.obstacle == "Checked against today’s rules and data, it must be mended in one place first."
    assert looked.prepared and [one.code for one in looked.prepared.screening.findings] == ["indicator_unknown"]
    with pytest.raises(UserError, match="must be mended in one place first. It can only be refused"):
        approvals.approve(careful, BEN, looked, LATER)
    assert current_version(careful) == 1


# Corrections, other layouts, where figures come from


def test_a_correction_waits_like_a_submission_and_keeps_its_reason(careful: Connection, catalogue: Catalogue) -> None:
    first, version = send(careful, catalogue, facts(fact(), fact(period="2025/26 Q2")), ADA)
    waiting = waits(careful, catalogue, facts(fact(numerator=60)), reason="Two sites were left out", corrects=first.id)
    assert history.submission(careful, first.id)["state"] is None
    (line,) = approvals.listed(careful, BEN)
    assert (line["corrects_name"], line["reason"], line["facts"]) == ("figures.csv", "Two sites were left out", 2)
    assert approved(careful, catalogue, waiting) == version + 1
    ended = history.submission(careful, first.id)
    assert (ended["state"], ended["ended_by"]) == ("superseded", "Ben Invented")
    assert rows(careful, "SELECT reason, successor FROM submission_end") == [("Two sites were left out", waiting)]
    assert held_facts(careful, version + 1)["observations"] == 1


def test_a_correction_waits_for_the_areas_of_what_it_replaces(careful: Connection, catalogue: Catalogue) -> None:
    first, _ = send(careful, catalogue, facts(fact(), fact(KENT)), DAN)
    waiting = waits(careful, catalogue, facts(fact(KENT, 9)), DAN, reason="Norfolk was not ours", corrects=first.id)
    with pytest.raises(NotAllowed, match="may not report for E23000024"):
        approvals.look(careful, CAT, catalogue, waiting)
    assert approved(careful, catalogue, waiting, ADMIN) == 3


def test_a_correction_of_what_ended_meanwhile_can_only_be_refused(careful: Connection, catalogue: Catalogue) -> None:
    first, version = send(careful, catalogue, facts(), ADA)
    waiting = waits(careful, catalogue, facts(fact(numerator=60)), reason="Two sites were left out", corrects=first.id)
    history.withdraw(careful, ADA, first.id, "Sent too early", version, MOMENT)
    looked = approvals.look(careful, BEN, catalogue, waiting)
    assert looked.prepared is None and "“figures.csv” was withdrawn on 2 November 2026" in looked.obstacle
    with pytest.raises(UserError, match="can only be refused"):
        approvals.approve(careful, BEN, looked, LATER)
    approvals.refuse(careful, BEN, waiting, WHY, LATER)


def test_withdrawing_is_done_at_once(careful: Connection, catalogue: Catalogue) -> None:
    first, version = send(careful, catalogue, facts(), ADA)
    assert history.withdraw(careful, ADA, first.id, "Sent too early", version, MOMENT) == version + 1


def test_a_table_of_another_layout_is_read_again_as_its_sender_confirmed(
    careful: Connection, catalogue: Catalogue
) -> None:
    """For an administrator too only those rows are read that were read for the sender."""
    wide = b"Area,2024/25 Q4,2025/26 Q1\r\nNorfolk,63.1,62.8\r\nKent,51.0,52.5\r\n"
    asked = prepare(careful, ADA, catalogue, wide, "wide.csv")
    assert asked.screening.mapping is not None
    chosen = replace(asked.screening.mapping, indicator="s136_health_based_place")
    prepared = prepare(careful, ADA, catalogue, wide, "wide.csv", mapping=chosen)
    assert prepared.screening.acceptable, prepared.screening.findings
    stored = approvals.submit(careful, ADA, catalogue, prepared, MOMENT)
    assert stored.waiting
    looked = approvals.look(careful, ADMIN, catalogue, stored.waiting)
    assert looked.prepared and looked.prepared.screening.mapping == chosen
    assert looked.prepared.counts == prepared.counts and looked.prepared.counts["new"] == 2
    assert approvals.approve(careful, ADMIN, looked, LATER) == 2
    assert rows(careful, "SELECT DISTINCT area_code FROM observation") == [(NORFOLK,)]


def test_where_figures_come_from_goes_with_the_file(careful: Connection, catalogue: Catalogue) -> None:
    prepared = prepare(careful, ADA, catalogue, facts(), "figures.csv")
    published = Provenance("published", "National publication", "first", True)
    stored = approvals.submit(careful, ADA, catalogue, prepared, MOMENT, published)
    assert stored.waiting
    approved(careful, catalogue, stored.waiting)
    asked = "SELECT origin, source, edition, invented FROM submission"
    assert rows(careful, asked) == [("published", "National publication", "first", True)]


# Two at once, and killed in the middle


def test_of_two_who_approve_one_wins_and_the_other_is_told(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue)
    looks = {actor.name: (actor, approvals.look(careful, actor, catalogue, waiting)) for actor in (BEN, ADMIN)}
    start, outcomes = threading.Barrier(2), {}

    def act(actor: Actor, looked: approvals.Looked) -> None:
        with careful.cursor() as own:
            start.wait()
            try:
                outcomes[actor.name] = approvals.approve(own, actor, looked, LATER)
            except UserError as error:
                outcomes[actor.name] = str(error)

    threads = [threading.Thread(target=act, args=look) for look in looks.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name, outcome in outcomes.items() if outcome == 2]
    (told,) = [outcome for outcome in outcomes.values() if outcome != 2]
    assert f"was approved by {winner} on 3 November 2026 as data version 2 already" in str(told)
    assert current_version(careful) == 2 and len(rows(careful, "FROM submission")) == 1
    assert len(rows(careful, "FROM waiting_end")) == 1


def test_who_looked_before_somebody_else_approved_is_told(careful: Connection, catalogue: Catalogue) -> None:
    waiting = waits(careful, catalogue)
    late = approvals.look(careful, ADMIN, catalogue, waiting)
    approved(careful, catalogue, waiting)
    for deed in (
        lambda: approvals.approve(careful, ADMIN, late, LATER),
        lambda: approvals.refuse(careful, ADMIN, waiting, WHY, LATER),
        lambda: approvals.look(careful, ADMIN, catalogue, waiting),
    ):
        with pytest.raises(UserError, match="was approved by Ben Invented .* as data version 2 already"):
            deed()


@pytest.mark.parametrize("query", ["approvals/insert_end", "approvals/empty", "submission/insert_submission"])
def test_stopped_in_the_middle_it_still_waits(
    careful: Connection, catalogue: Catalogue, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = waits(careful, catalogue)
    looked = approvals.look(careful, BEN, catalogue, waiting)
    before, run = everything(careful), store.run

    def stopping(connection: Connection, name: str, **parameters: Any) -> Connection:
        if name == query:
            raise KeyboardInterrupt
        return run(connection, name, **parameters)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(store, "run", stopping)
        approvals.approve(careful, BEN, looked, LATER)
    assert everything(careful) == before
    assert approved(careful, catalogue, waiting) == 2


def test_what_waits_is_there_after_a_restart(tmp_path: Any, catalogue: Catalogue) -> None:
    settings = Settings(str(tmp_path / "kept.duckdb"), "empty")
    with open_workspace(settings, catalogue) as connection:
        approval_settings.choose(connection, ADMIN, catalogue, NORFOLK, True, MOMENT)
        waiting = waits(connection, catalogue)
    with open_workspace(settings, catalogue) as connection:
        assert approved(connection, catalogue, waiting) == 2


# Erasing


def test_an_erased_text_is_gone_from_files_that_wait(careful: Connection, catalogue: Catalogue) -> None:
    secret = "Quince Marmalade of the front desk"
    with_it, without = as_csv([voice(summary=secret, grade=2)]), as_csv([voice(summary="Calm", grade=3)])
    waiting, other = waits(careful, catalogue, with_it), waits(careful, catalogue, without)
    send(careful, catalogue, as_csv([voice(KENT, summary=secret)]))
    reach = erasure.erase(careful, ADMIN, secret, "It names somebody", LATER)
    assert len(reach.files) == 2
    kept = dict(rows(careful, "SELECT id, original FROM waiting"))
    assert not kept[waiting] and holds(unpacked(kept[other]), "Calm")
    looked = approvals.look(careful, BEN, catalogue, waiting)
    assert looked.obstacle == "A text in it was erased, so its bytes are gone."
    with pytest.raises(UserError, match="can only be refused or taken back"):
        approvals.approve(careful, BEN, looked, LATER)
    approvals.refuse(careful, BEN, waiting, WHY, LATER)
    listed = {(entry["submission"], entry["column_name"]) for entry in erasure.erasures(careful)}
    assert (waiting, "original") in listed and (other, "original") not in listed


def test_a_restored_backup_does_not_bring_back_what_waited_and_was_erased(
    careful: Connection, catalogue: Catalogue
) -> None:
    """Also where the text stood only in the file that waited when the backup was made, and was a submission later."""
    secret = "Quince Marmalade of the front desk"
    waiting = waits(careful, catalogue, as_csv([voice(summary=secret)]))
    with store.connect(":memory:") as backup:
        store.run(backup, "insert_current_version")
        columns = [
            line[0] for line in rows(careful, "SELECT column_name FROM duckdb_columns() WHERE table_name='waiting'")
        ]
        (values,) = rows(careful, "FROM waiting")
        backup.execute(f"INSERT INTO waiting VALUES ({', '.join('?' * len(columns))})", list(values))
        approved(careful, catalogue, waiting)
        erasure.erase(careful, ADMIN, secret, "It names somebody", LATER)
        assert rows(backup, "SELECT octet_length(original) > 0 FROM waiting") == [(True,)]
        assert erasure.apply(backup, ADMIN, erasure.erasures(careful), LATER) == 1
        assert rows(backup, "SELECT octet_length(original) > 0 FROM waiting") == [(False,)]


def test_the_name_of_a_file_that_waited_goes_with_the_name_of_the_submission(
    careful: Connection, catalogue: Catalogue
) -> None:
    waiting = waits(careful, catalogue)
    approved(careful, catalogue, waiting)
    erasure.erase_file(careful, ADMIN, waiting, "The name names somebody", LATER, name=True)
    assert rows(careful, "SELECT file_name FROM waiting") == rows(careful, "SELECT file_name FROM submission")
    assert not [line for lines in everything(careful).values() for line in lines if "figures.csv" in map(str, line)]


def test_both_ways_of_storing_a_file_agree(careful: Connection, empty: Connection, catalogue: Catalogue) -> None:
    """What was approved is what confirming would have stored."""
    content = facts(fact(), fact(period="2025/26 Q2", numerator=11))
    approved(careful, catalogue, waits(careful, catalogue, content))
    through = rows(careful, "SELECT * EXCLUDE (submission) FROM observation ORDER BY ALL")
    with open_workspace(Settings(":memory:", "empty"), catalogue) as other:
        prepared: Prepared = prepare(other, ADA, catalogue, content, "figures.csv")
        confirm(ADA, prepared, MOMENT)
        assert rows(other, "SELECT * EXCLUDE (submission) FROM observation ORDER BY ALL") == through

"""Every function of data/ that is told who asks: how a test calls it for a place, and by which rule it is allowed.

A call returns False where it answers with nothing of the place, which is how a restricted read refuses.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pandas as pd

from data import (
    actions,
    adaptations,
    agreements,
    approval_settings,
    approvals,
    backup,
    differences,
    erasure,
    history,
    people,
    practice,
    public_checks,
    publication,
    queries,
    rebases,
    reviews,
    rights,
    rulings,
    sending,
    store,
    submission,
    targets,
    tokens,
    trail,
)
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.adaptations import Adaptation
from data.catalogue import Catalogue
from data.people import Given
from data.practice import Practice
from data.rulings import Subject
from data.store import Connection
from data.targets import Standing, Target
from data.versions import Moment
from tests.integration.storing import INDICATOR, MOMENT, NORFOLK, as_csv, fact

EAST, ENGLAND, KENT = "E12000006", "E92000001", "E23000032"
PLACES = {"own": NORFOLK, "other": KENT, "region": EAST, "england": ENGLAND}
LATER = Moment(MOMENT.at + timedelta(days=9), MOMENT.as_of + timedelta(days=9))
AGREED = "actions_done_on_time"
HELD_ON, DUE, STRENGTHS = date(2027, 1, 10), date(2027, 6, 30), ("described", "counted")
# A ruling is about a force area: one inside the place, where that is none.
RULED = {NORFOLK: NORFOLK, KENT: KENT, EAST: "E23000025", ENGLAND: "E23000007"}
REASON = "Agreed with everybody who reports"
SENDER = Actor("Somebody else", "administrator", email="somebody.else@invented.example")
SUBJECT = "SYS-1", "user_voice", "not_applicable"
QUARTERS = {"2025/26 Q1": date(2025, 6, 30), "2025/26 Q2": date(2025, 9, 30), "2025/26 Q3": date(2025, 12, 31)}
JUDGED = {
    "grade": "limited",
    "confidence": "low",
    "reason": "Few areas report",
    "dissent": "One member sees it otherwise",
}


@dataclass(frozen=True)
class Made:
    """What an administrator stored for one place before anybody else asks."""

    file: UUID
    second: UUID
    review: UUID
    action: UUID
    adaptation: UUID
    entry: UUID
    rebase: UUID
    target_from: int
    token: UUID
    waiting: UUID


@dataclass(frozen=True)
class Asked:
    """One attempt: who asks of which place, on which store, and what is there."""

    connection: Connection
    actor: Actor
    catalogue: Catalogue
    place: str
    made: Made

    @property
    def here(self) -> tuple[Connection, Actor]:
        return self.connection, self.actor

    @property
    def known(self) -> tuple[Connection, Actor, Catalogue]:
        return self.connection, self.actor, self.catalogue

    @property
    def version(self) -> int:
        return int(queries.current(self.connection)["version"])


Call = Callable[[Asked], object]


def voices(place: str, *summaries: str) -> bytes:
    """A file with one insight for each of those who may read it; with other words where they are given."""
    row = {"area_code": place, "commitment": "COM-1", "period": "2025/26 Q1", "perspective": "service_user"}
    told = summaries or ("Kept to the area", "Kept to steering groups", "Marked public")
    return as_csv([
        row | {"summary": words, "visibility": kept, "source_reference": words}
        for words, kept in zip(told, ("area", "steering", "public"), strict=False)
    ])  # fmt: skip


def prepare(connection: Connection, actor: Actor, catalogue: Catalogue, content: bytes) -> submission.Prepared:
    return submission.prepare(connection, actor, catalogue, content, "voices.csv")


def confirm(connection: Connection, actor: Actor, catalogue: Catalogue, content: bytes) -> UUID:
    prepared = prepare(connection, actor, catalogue, content)
    submission.confirm(actor, prepared, MOMENT)
    return prepared.id


def make(connection: Connection, catalogue: Catalogue) -> dict[str, Made]:
    """One of everything for each place."""
    by = connection, LOCAL_ADMINISTRATOR, catalogue
    for place in (NORFOLK, KENT):
        quarters = [fact(place, 54, 86, area_name="", period=quarter) for quarter in QUARTERS]
        submission.confirm(LOCAL_ADMINISTRATOR, prepare(*by, as_csv(quarters)), MOMENT)
    agreements.agree(*by, AGREED, "The national group", REASON, MOMENT)
    approval_settings.choose(*by, ENGLAND, True, MOMENT)
    people.save(*by, Given("group", "those who left", "viewer"), MOMENT)
    return {place: _make(connection, catalogue, place) for place in PLACES.values()}


def _make(connection: Connection, catalogue: Catalogue, place: str) -> Made:
    by, known = (connection, LOCAL_ADMINISTRATOR), (connection, LOCAL_ADMINISTRATOR, catalogue)
    file = confirm(*known, voices(place))
    second = confirm(*known, voices(place, "Said later", "Said later to groups"))
    version = int(queries.current(connection)["version"])
    review = reviews.open_review(*by, place, "A review", HELD_ON, version, MOMENT)
    reviews.judge(*known, review, "COM-1", JUDGED, MOMENT, reason_rule=None)
    reviews.reply(*known, review, place, "", "We see it otherwise", MOMENT)
    rulings.rule(*known, Subject(RULED[place], *SUBJECT), REASON, MOMENT)
    return Made(
        file,
        second,
        review,
        actions.decide(*known, review, action(place), MOMENT),
        adaptations.record(*known, adaptation(place), MOMENT),
        practice.record(*known, STRENGTHS, entry(place), MOMENT),
        rebases.begin(*by, INDICATOR, place, QUARTERS["2025/26 Q2"], REASON, MOMENT),
        targets.set_target(*known, target(place), MOMENT),
        tokens.make(*by, f"Program of {place}", NORFOLK, MOMENT)[0],
        keep_waiting(connection, catalogue, place),
    )


def keep_waiting(connection: Connection, catalogue: Catalogue, place: str) -> UUID:
    """A file that waits for a second person, sent by somebody who is none of those who ask."""
    prepared = prepare(connection, SENDER, catalogue, voices(place, "Waits for the area", "Waits for the groups"))
    stored = approvals.submit(connection, SENDER, catalogue, prepared, MOMENT)
    assert stored.waiting is not None
    return stored.waiting


def action(place: str) -> dict[str, Any]:
    told = {"description": "Ask service users why", "owner": "Lived experience lead", "evidence": ""}
    return told | {"commitment": "COM-1", "area_code": place, "due": DUE}


def adaptation(place: str) -> Adaptation:
    return Adaptation("COM-1", place, "practice", "The panel sets an item", "Users are asked late", date(2026, 10, 1))


def another(place: str) -> Adaptation:
    return replace(adaptation(place), description="The panel sets two items")


def entry(place: str) -> Practice:
    return Practice(place, "A shared room", ("mental_health",), (), ("COM-2",), "Police and a library", "A room",
                    "described")  # fmt: skip


def target(place: str | None, value: float = 80.0, due: date = DUE) -> Target:
    return Target(INDICATOR, place, value, due, "The partnership board", REASON)


def _confirm(asked: Asked) -> None:
    """The write itself, of a file that somebody else had checked: the permission stands in it, too."""
    content = voices(asked.place, "Newly said", "Newly said to groups")
    prepared = prepare(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, content)
    submission.confirm(asked.actor, prepared, LATER)


def _must_be_confirmable(asked: Asked) -> None:
    content = voices(asked.place, "Newly said", "Newly said to groups")
    prepared = prepare(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, content)
    with closing(prepared.staged):
        submission.must_be_confirmable(asked.actor, prepared)


def _prepare(asked: Asked) -> bool:
    """A check stores nothing and refuses by a finding."""
    content = voices(asked.place, "Newly said", "Newly said to groups")
    prepared = prepare(*asked.known, content)
    prepared.staged.close()
    return not any(finding.code == "area_not_yours" for finding in prepared.screening.findings)


def _withdraw(asked: Asked) -> None:
    history.withdraw(*asked.here, asked.made.file, REASON, asked.version, LATER)


def _supersede(asked: Asked) -> None:
    with store.transaction(asked.connection):
        history.supersede(*asked.here, asked.made.file, asked.made.second, REASON, asked.version, LATER)


def _would_remove(asked: Asked) -> None:
    """Beside a file that somebody else had checked."""
    content = voices(asked.place, "Newly said", "Newly said to groups")
    prepared = prepare(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, content)
    with closing(prepared.staged):
        history.would_remove(prepared.staged, asked.actor, asked.made.file)


def _listed(name: str) -> Call:
    """A list of files: those of the place are in it, or not."""

    def call(asked: Asked) -> bool:
        if name == "submissions":
            return not queries.submissions(*asked.here, [asked.place]).empty
        return not differences.files_between(*asked.here, 1, asked.version, [asked.place]).empty

    return call


def _heard(visibility: str) -> Call:
    def call(asked: Asked) -> bool:
        found = queries.insights(*asked.here, asked.version, area=asked.place)
        return bool((found["visibility"] == visibility).any())

    return call


def _heard_anew(words: str) -> Call:
    def call(asked: Asked) -> bool:
        found = differences.changed_insights(*asked.here, 1, asked.version, [asked.place])
        return words in set(found["summary"])

    return call


def _dissent(asked: Asked) -> bool:
    return bool(queries.judgements(*asked.here, asked.version, asked.made.review)["dissent"].notna().any())


def _reader(name: str) -> Call:
    return lambda asked: queries.review_reader(*asked.here, asked.version, asked.made.review)[name]


def _shown(name: str) -> Call:
    """Judgements and replies of a review that is still open."""
    return lambda asked: not getattr(queries, name)(*asked.here, asked.version, asked.made.review).empty


def _made_at(asked: Asked, table: str, identifier: UUID) -> Any:
    question = f"SELECT max(made_at) FROM {table} WHERE id = ?"
    return asked.connection.execute(question, [identifier]).fetchall()[0][0]


def _target(asked: Asked) -> Standing:
    return Standing(INDICATOR, asked.place, DUE, asked.made.target_from)


def _judge(asked: Asked) -> None:
    reviews.judge(*asked.known, asked.made.review, "SYS-1", JUDGED, LATER, reason_rule=None)


def _close(asked: Asked) -> None:
    """With every commitment judged, so that nothing but the person could be in the way."""
    for key in asked.catalogue.commitments:
        if key != "COM-1" and asked.actor.may_review(asked.place):
            reviews.judge(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, asked.made.review, key, JUDGED, LATER,
                          reason_rule=None)  # fmt: skip
    reviews.close(*asked.known, asked.made.review, pd.DataFrame(columns=reviews.PICTURE),
                  pd.DataFrame(columns=reviews.AGENDA), LATER)  # fmt: skip


def _open(asked: Asked) -> None:
    """After the one that is open was called off."""
    if asked.actor.may_review(asked.place):
        reviews.call_off(asked.connection, LOCAL_ADMINISTRATOR, asked.made.review, REASON, LATER)
    reviews.open_review(*asked.here, asked.place, "Another", HELD_ON, asked.version, LATER)


def _change_entry(asked: Asked) -> None:
    told = replace(entry(asked.place), title="A shared room in the library")
    seen = _made_at(asked, "practice", asked.made.entry)
    practice.change(*asked.known, STRENGTHS, asked.made.entry, told, REASON, seen, LATER)


def _back_up(asked: Asked) -> object:
    with TemporaryDirectory() as folder:
        return backup.backup_live(*asked.here, Path(folder), LATER)


def _list_backups(asked: Asked) -> object:
    with TemporaryDirectory() as folder:
        return backup.listed(asked.actor, Path(folder))


def _end_person(asked: Asked) -> None:
    people.end(*asked.here, "group", "those who left", REASON, LATER, seen=MOMENT.at)


def _submit(asked: Asked) -> None:
    """Of a file that somebody else had checked; it waits, because England asks for a second person."""
    content = voices(asked.place, "Newly said", "Newly said to groups")
    prepared = prepare(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, content)
    approvals.submit(*asked.known, prepared, LATER)


def _sent(asked: Asked) -> sending.File:
    return sending.File(voices(asked.place, "Newly said", "Newly said to groups"), "voices.csv")


def _check(asked: Asked) -> bool:
    return sending.check(*asked.known, _sent(asked), 1_000_000).screening.acceptable


def _waits(asked: Asked) -> bool:
    return asked.made.waiting in [line["id"] for line in approvals.listed(*asked.here)]


def _may_decide(asked: Asked) -> bool:
    everything = approvals.listed(asked.connection, LOCAL_ADMINISTRATOR)
    return approvals.may_decide(asked.actor, next(line for line in everything if line["id"] == asked.made.waiting))


def _look(asked: Asked) -> None:
    looked = approvals.look(*asked.known, asked.made.waiting)
    assert looked.prepared is not None
    looked.prepared.staged.close()


def _approve(asked: Asked) -> None:
    """What somebody else looked at."""
    looked = approvals.look(asked.connection, LOCAL_ADMINISTRATOR, asked.catalogue, asked.made.waiting)
    assert looked.prepared is not None
    with closing(looked.prepared.staged):
        approvals.approve(*asked.here, looked, LATER)


def _public(asked: Asked, actor: Actor) -> list[dict[str, Any]]:
    return [line for line in public_checks.listed(asked.connection, actor) if line["area_code"] == asked.place]


def _may_check(asked: Asked) -> bool:
    return public_checks.may_decide(asked.actor, _public(asked, LOCAL_ADMINISTRATOR)[0])


def _check_text(asked: Asked) -> None:
    text = _public(asked, LOCAL_ADMINISTRATOR)[0]
    public_checks.decide(*asked.here, text["submission"], text["submission_row"], "agreed", "", LATER)


def _choose(asked: Asked) -> None:
    seen = MOMENT.at if asked.place == ENGLAND else None
    approval_settings.choose(*asked.known, asked.place, asked.place != ENGLAND, LATER, seen=seen)


CASES: dict[str, tuple[str, Call]] = {
    "data.submission.prepare": ("submit", _prepare),
    "data.submission.confirm": ("submit", _confirm),
    "data.sending.check": ("submit", _check),
    "data.sending.send": ("submit", lambda a: sending.send(*a.known, _sent(a), 1_000_000).outcome != "refused"),
    "data.approvals.submit": ("submit", _submit),
    "data.approvals.listed": ("submit", _waits),
    "data.approvals.may_decide": ("submit", _may_decide),
    "data.approvals.look": ("submit", _look),
    "data.approvals.approve": ("submit", _approve),
    "data.approvals.refuse": ("submit", lambda a: approvals.refuse(*a.here, a.made.waiting, REASON, LATER)),
    "data.approvals.take_back": ("sender", lambda a: approvals.take_back(*a.here, a.made.waiting, LATER)),
    "data.public_checks.listed": ("write", lambda a: bool(_public(a, a.actor))),
    "data.public_checks.may_decide": ("write", _may_check),
    "data.public_checks.decide": ("write", _check_text),
    "data.approval_settings.settings": ("administer", lambda a: approval_settings.settings(*a.here)),
    "data.approval_settings.choose": ("administer", _choose),
    "data.submission.must_be_confirmable": ("submit", _must_be_confirmable),
    "data.history.withdrawal": ("submit", lambda a: history.withdrawal(*a.here, a.made.file)),
    "data.history.withdraw": ("submit", _withdraw),
    "data.history.would_remove": ("submit", _would_remove),
    "data.history.supersede": ("submit", _supersede),
    "data.history.original": ("submit", lambda a: history.original(*a.here, a.made.file, LATER)),
    "data.history.findings": ("submit", lambda a: history.findings(*a.here, a.made.file)),
    "data.history.standing": ("submit", lambda a: history.standing(*a.here, a.made.file)),
    "data.queries.submissions": ("submit", _listed("submissions")),
    "data.differences.files_between": ("submit", _listed("files_between")),
    "data.queries.insights": ("steering rows", _heard("steering")),
    "data.queries.insights of an area alone": ("area rows", _heard("area")),
    "data.differences.changed_insights": ("steering rows", _heard_anew("Kept to steering groups")),
    "data.differences.changed_insights of an area alone": ("area rows", _heard_anew("Kept to the area")),
    "data.queries.judgements": ("open review", _shown("judgements")),
    "data.queries.judgements with dissent": ("dissent", _dissent),
    "data.queries.replies": ("open review", _shown("replies")),
    "data.queries.review_reader": ("open review", _reader("shown")),
    "data.queries.review_reader of dissent": ("dissent", _reader("of_group")),
    "data.reviews.open_review": ("review", _open),
    "data.reviews.call_off": ("review", lambda a: reviews.call_off(*a.here, a.made.review, REASON, LATER)),
    "data.reviews.judge": ("review", _judge),
    "data.reviews.close": ("review", _close),
    "data.reviews.must_review": ("review", lambda a: reviews.must_review(*a.here, a.made.review, "sit in it")),
    "data.reviews.reply": ("write", lambda a: reviews.reply(*a.known, a.made.review, a.place, "SYS-1", "Seen", LATER)),
    "data.actions.decide": ("review", lambda a: actions.decide(*a.known, a.made.review, action(a.place), LATER)),
    "data.actions.change": ("review", lambda a: actions.change(
        *a.here, a.made.action, {"owner": "The board"}, REASON, LATER, seen=MOMENT.at)),
    "data.adaptations.record": ("write", lambda a: adaptations.record(*a.known, another(a.place), LATER)),
    "data.adaptations.add_effect": ("write", lambda a: adaptations.add_effect(
        *a.here, a.made.adaptation, "Two items were decided", _made_at(a, "adaptation", a.made.adaptation), LATER)),
    "data.adaptations.withdraw": ("write", lambda a: adaptations.withdraw(
        *a.here, a.made.adaptation, REASON, _made_at(a, "adaptation", a.made.adaptation), LATER)),
    "data.practice.record": ("write", lambda a: practice.record(*a.known, STRENGTHS, entry(a.place), LATER)),
    "data.practice.change": ("write", _change_entry),
    "data.practice.withdraw": ("write", lambda a: practice.withdraw(
        *a.here, a.made.entry, REASON, _made_at(a, "practice", a.made.entry), LATER)),
    "data.rulings.rule": ("write", lambda a: rulings.rule(
        *a.known, Subject(RULED[a.place], "COM-1", *SUBJECT[1:]), REASON, LATER)),
    "data.rulings.end": ("write", lambda a: rulings.end(
        *a.known, Subject(RULED[a.place], *SUBJECT), REASON, LATER, seen=MOMENT.at)),
    "data.targets.may_set": ("write", lambda a: targets.may_set(a.actor, a.place)),
    "data.targets.may_set of every area": ("national", lambda a: targets.may_set(a.actor, None)),
    "data.targets.set_target": ("write", lambda a: targets.set_target(
        *a.known, target(a.place, due=date(2028, 6, 30)), LATER)),
    "data.targets.set_target of every area": ("national", lambda a: targets.set_target(*a.known, target(None), LATER)),
    "data.targets.change": ("write", lambda a: targets.change(*a.known, _target(a), target(a.place, 90.0), LATER)),
    "data.targets.end": ("write", lambda a: targets.end(*a.known, _target(a), REASON, LATER)),
    "data.rebases.may_rebase": ("rebase", lambda a: rebases.may_rebase(a.actor, a.place)),
    "data.rebases.begin": ("rebase", lambda a: rebases.begin(
        *a.here, INDICATOR, a.place, QUARTERS["2025/26 Q3"], REASON, LATER)),
    "data.rebases.end": ("rebase", lambda a: rebases.end(*a.here, a.made.rebase, REASON, LATER)),
    "data.agreements.agree": ("national", lambda a: agreements.agree(
        *a.known, "s136_health_based_place", "The national group", REASON, LATER)),
    "data.agreements.end": ("national", lambda a: agreements.end(*a.known, AGREED, REASON, LATER)),
    "data.publication.must_take_away": ("take away", lambda a: publication.must_take_away(a.actor)),
    "data.publication.observations": ("take away", lambda a: publication.observations(*a.here, a.version)),
    "data.publication.insights": ("take away", lambda a: publication.insights(*a.here, a.version)),
    "data.erasure.texts": ("administer", lambda a: erasure.texts(*a.here, a.made.file)),
    "data.erasure.texts_with": ("administer", lambda a: erasure.texts_with(*a.here, "Kept")),
    "data.erasure.reach": ("administer", lambda a: erasure.reach(*a.here, "Kept to the area")),
    "data.erasure.reach_of_text": ("administer", lambda a: erasure.reach_of_text(*a.here, a.made.file, 2, "summary")),
    "data.erasure.erase": ("administer", lambda a: erasure.erase(*a.here, "Kept to the area", REASON, LATER)),
    "data.erasure.erase_text": ("administer", lambda a: erasure.erase_text(
        *a.here, a.made.file, 2, "summary", REASON, LATER)),
    "data.erasure.erase_file": ("administer", lambda a: erasure.erase_file(*a.here, a.made.file, REASON, LATER)),
    "data.erasure.apply": ("administer", lambda a: erasure.apply(*a.here, [], LATER)),
    "data.people.everyone": ("administer", lambda a: people.everyone(*a.here)),
    "data.people.save": ("administer", lambda a: people.save(
        *a.known, Given("person", "new@invented.example", "viewer"), LATER)),
    "data.people.end": ("administer", _end_person),
    "data.tokens.make": ("administer", lambda a: tokens.make(*a.here, "Another program", NORFOLK, LATER)),
    "data.tokens.revoke": ("administer", lambda a: tokens.revoke(*a.here, a.made.token, LATER)),
    "data.tokens.listed": ("administer", lambda a: tokens.listed(*a.here, LATER)),
    "data.backup.backup_live": ("administer", _back_up),
    "data.backup.listed": ("administer", _list_backups),
    "data.rights.apply": ("administer", lambda a: rights.apply(*a.here, rights.Rights(), LATER)),
    "data.trail.may_read": ("trail", lambda a: trail.may_read(a.actor)),
    "data.trail.lines": ("trail", lambda a: trail.lines(*a.here, trail.Asked())),
    "data.trail.choices": ("trail", lambda a: trail.choices(*a.here)),
    "data.trail.checked": ("trail", lambda a: trail.checked(*a.here)),
    "data.trail.things": ("trail", lambda a: trail.things(*a.here, [str(a.made.review)])),
}  # fmt: skip

# They serve the functions above, which have checked by then whom they act for; called by nobody else.
INSIDE = {
    "data.versions.audit",
    "data.versions.raise_version",
    "data.screening.screen",
    "data.screening.lookup.look_up",
    "data.screening.staging.stage",
    "data.waiting.end",
    "data.waiting.keep",
    "data.waiting.prepared_anew",
    # Whether two people are one, which opens nothing by itself.
    "data.second_person.is_person",
    "data.second_person.is_sender",
    "data.second_person.may_be_sender",
    "data.second_person.must_be_another",
}

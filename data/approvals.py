"""Second pair of eyes: a file that waits for another person's approval before it counts.

`submit` is the one way in: it stores a file at once, or has it wait where the setting of one of its areas says so. What
waits is no data. It is checked and compared anew when another person looks at it, and stored in one transaction when
that person approves. When it ends otherwise its bytes go: what is refused is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from data import copies, history, store
from data.actor import Actor
from data.approval_settings import asking
from data.catalogue import Catalogue
from data.errors import NotAllowed, UserError
from data.findings import count
from data.screening import Progress, silent
from data.second_person import is_person, is_sender, may_be_sender, must_be_another
from data.submission import REPORTED, Prepared, Provenance, Sender, areas_of, confirm
from data.texts import checked_reason
from data.versions import Moment
from data.waiting import Line, end, keep, opened, prepared_anew

APPROVED, REFUSED, TAKEN_BACK = "approved", "refused", "taken back"
MOST = 200


@dataclass(frozen=True)
class Stored:
    """What became of a file: the data version that it is in, or the identifier under which it waits."""

    version: int | None
    waiting: UUID | None


@dataclass(frozen=True)
class Looked:
    """A file that waits, checked anew against what is stored today.

    `prepared` is missing where it could not be compared. `obstacle` says why it cannot be approved, if it cannot.
    """

    waiting: Line
    prepared: Prepared | None
    obstacle: str = ""


def submit(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    prepared: Prepared,
    moment: Moment,
    provenance: Provenance = REPORTED,
    reason: str = "",
) -> Stored:
    """Store what `prepare` showed, or have it wait where the setting of one of its areas asks for a second person.

    A second call with the same `prepared`, or the very same file sent again while it waits, adds nothing. Raises as
    `submission.confirm`; a correction needs a `reason` and may wait for the areas of the file that it replaces.
    """
    areas = _touched(connection, prepared)
    if asking(connection, catalogue, areas):
        return Stored(None, keep(connection, actor, prepared, areas, moment, provenance, reason))

    def still(own: store.Connection, _: int) -> None:
        if asking(own, catalogue, areas):
            raise store.TryAgain("Files for this area now wait for a second person. Nothing was stored; send it again.")

    return Stored(confirm(actor, prepared, moment, provenance, reason, within=still), None)


def would_wait_for(connection: store.Connection, catalogue: Catalogue, prepared: Prepared) -> list[str]:
    """The codes of the areas, regions or England because of whose setting a prepared file would wait; none: at once."""
    return asking(connection, catalogue, _touched(connection, prepared))


def listed(connection: store.Connection, actor: Actor, *, ended: bool = False, most: int = MOST) -> list[Line]:
    """Files that wait, oldest first, or that ended, newest first: sent by the actor or for areas that are the actor's.

    id, template, corrects_name, file_name, size, areas, facts, invented, reason, sent_by, sent_at, state (`waiting`,
    `approved`, `refused`, `taken back`), end_reason, ended_by, ended_at, version; and `may_decide` and `is_mine`.
    """
    everywhere = actor.role == "administrator"
    own = None if everywhere else sorted(filter(actor.may_submit_for, actor.areas))
    asked = {"still": not ended, "own_areas": own, "email": actor.email, "most": most}
    found = store.rows(connection, "approvals/listed", **asked)
    return [line | {"may_decide": may_decide(actor, line), "is_mine": is_sender(actor, line)} for line in found]


def may_decide(actor: Actor, found: Line) -> bool:
    """Whether the actor may approve or refuse a file: another person than its sender, who reports for all its areas."""
    others = is_person(actor) and not may_be_sender(actor, found)
    return others and all(map(actor.may_submit_for, found["areas"]))


def look(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    waiting: UUID | str,
    progress: Progress = silent,
) -> Looked:
    """A file that waits, checked and compared anew for somebody who may decide on it; stores nothing.

    `connection` is the store's own, as it has to outlive what was prepared. Raises `UserError` when there is no such
    file, it has ended, or the actor may not decide on it.
    """
    with connection.cursor() as own:
        found = opened(own, waiting)
        _must_decide(actor, found, "look at")
        obstacle = _lost(own, actor, found)
    about = {name: value for name, value in found.items() if name not in ("original", "mapping")}
    if obstacle:
        return Looked(about, None, obstacle)
    prepared = prepared_anew(connection, actor, catalogue, found, progress)
    return Looked(about, prepared, _obstacle(prepared))


def approve(connection: store.Connection, actor: Actor, looked: Looked, moment: Moment) -> int:
    """Store the file that was looked at, as sent by its sender, and return the new data version.

    Raises `UserError` as `look`, where something stands against it, or where somebody else decided first, and
    `TryAgain` when the stored data changed since it was looked at.
    """
    found = opened(connection, looked.waiting["id"])
    _must_decide(actor, found, "approve")
    if looked.prepared is None or looked.obstacle:
        raise UserError(f"{looked.obstacle} It can only be refused or taken back. Nothing was stored.")
    versions: list[int] = []

    def ended(own: store.Connection, version: int) -> None:
        end(own, actor, opened(own, found["id"]), APPROVED, "", moment, version)
        versions[:] = [version]  # of the attempt that lasts: one that lost to another writer is made again

    provenance = Provenance(*(found[name] for name in ("origin", "source", "edition", "invented")))
    sender = Sender(found["sent_by"], found["sent_email"], found["sent_at"])
    try:
        confirm(actor, looked.prepared, moment, provenance, found["reason"], sender=sender, within=ended)
    except store.TryAgain:
        opened(connection, found["id"])  # says so where somebody else decided at the same moment
        raise
    if not versions:
        opened(connection, found["id"])
    return versions[0]


@store.retrying
def refuse(connection: store.Connection, actor: Actor, waiting: UUID | str, reason: str, moment: Moment) -> None:
    """Refuse a file that waits, with a reason that its sender reads; its bytes are not kept.

    Raises `UserError` as `look`, and unless the reason is a real one.
    """
    reason = checked_reason(reason)
    with store.transaction(connection):
        found = opened(connection, waiting)
        _must_decide(actor, found, "refuse")
        _end_unstored(connection, actor, found, REFUSED, reason, moment)
    copies.checkpoint(connection)


@store.retrying
def take_back(connection: store.Connection, actor: Actor, waiting: UUID | str, moment: Moment) -> None:
    """Take back a file that the actor sent and that still waits; its bytes are not kept. Raises `UserError` else."""
    with store.transaction(connection):
        found = opened(connection, waiting)
        if not is_sender(actor, found):
            raise NotAllowed(
                f"{actor.name} may not take back what {found['sent_by']} sent. Refuse it instead. Nothing was changed."
            )
        _end_unstored(connection, actor, found, TAKEN_BACK, "", moment)
    copies.checkpoint(connection)


def _touched(connection: store.Connection, prepared: Prepared) -> set[str]:
    """The areas of a file, and of the file that it takes the place of: figures of both change."""
    if not prepared.screening.acceptable:
        return set()
    replaced = store.rows(connection, "history/submission_areas", submission=prepared.corrects)
    return areas_of(prepared) | {line["area_code"] for line in replaced}


def _lost(connection: store.Connection, actor: Actor, found: Line) -> str:
    """Why a file cannot even be compared, if it cannot."""
    if not found["original"]:
        return "A text in it was erased, so its bytes are gone."
    try:
        if found["corrects"]:
            history.standing(connection, actor, found["corrects"])
    except UserError as error:
        return str(error)
    return ""


def _obstacle(prepared: Prepared) -> str:
    wrong = count(prepared.screening.findings, "must_fix")
    if not prepared.screening.acceptable:
        places = "one place" if wrong == 1 else f"{wrong} places"
        return f"Checked against today’s rules and data, it must be mended in {places} first."
    if not prepared.confirmable:
        return "Everything in it is stored already, so there is nothing left to approve."
    return ""


def _must_decide(actor: Actor, found: Line, deed: str) -> None:
    must_be_another(actor, found, f"{deed} “{found['file_name']}”")
    actor.must_submit_for(set(found["areas"]))


def _end_unstored(
    connection: store.Connection, actor: Actor, found: Line, state: str, reason: str, moment: Moment
) -> None:
    end(connection, actor, found, state, reason, moment)
    copies.ask_rewrite(connection, moment)

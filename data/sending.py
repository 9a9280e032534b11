"""A file sent by a program: checked and stored in one go, with nobody there to look at what would change.

What a person does on the Upload page by looking is done here by rule: a file with something to mend is refused, the
very same file is not stored twice, and after a conflict with another writer the file is checked and stored anew.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from data import store
from data.actor import Actor
from data.approvals import submit
from data.catalogue import Catalogue
from data.submission import Prepared, prepare
from data.versions import Moment

ATTEMPTS = 3
"""After so many conflicts in a row the sender is asked to try again."""
Outcome = Literal["refused", "stored", "waiting", "already_stored", "nothing_to_change"]


@dataclass(frozen=True)
class File:
    """The bytes that were sent, the name of the file, and the template it is said to be of, if any."""

    content: bytes
    name: str
    template: str | None = None


@dataclass(frozen=True)
class Sent:
    """What became of a file. `version` is the one it is in, `waiting` where it waits for another person."""

    outcome: Outcome
    prepared: Prepared
    version: int | None = None
    waiting: UUID | None = None


def check(connection: store.Connection, actor: Actor, catalogue: Catalogue, file: File, limit: int) -> Prepared:
    """Check a file and compare it with what is stored; stores nothing. Raises `Unreadable` as `prepare` does."""
    prepared = prepare(connection, actor, catalogue, file.content, file.name, template=file.template, limit=limit)
    prepared.staged.close()
    return prepared


def send(
    connection: store.Connection, actor: Actor, catalogue: Catalogue, file: File, limit: int, *, again: bool = False
) -> Sent:
    """Check a file and, where nothing must be mended, store it or have it wait for approval.

    The very same bytes are stored a second time only where `again` asks for it, so that a sender that got no answer may
    send them again. Raises `Unreadable` as `prepare` does, and `TryAgain` when others stored something each time.
    """
    for left in reversed(range(ATTEMPTS)):
        prepared = prepare(connection, actor, catalogue, file.content, file.name, template=file.template, limit=limit)
        try:
            with closing(prepared.staged):
                return _send(connection, actor, catalogue, prepared, again)
        except store.TryAgain:
            if not left:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")


def _send(connection: store.Connection, actor: Actor, catalogue: Catalogue, prepared: Prepared, again: bool) -> Sent:
    if not prepared.screening.acceptable:
        return Sent("refused", prepared)
    earlier = store.row(connection, "submission/standing_by_hash", sha256=prepared.sha256)
    if earlier and not again:
        return Sent("already_stored", prepared, int(earlier["version"]))
    if not prepared.confirmable:
        return Sent("nothing_to_change", prepared, prepared.base_version)
    return _stored(connection, actor, catalogue, prepared)


def _stored(connection: store.Connection, actor: Actor, catalogue: Catalogue, prepared: Prepared) -> Sent:
    stored = submit(connection, actor, catalogue, prepared, Moment.now())
    return Sent("waiting" if stored.waiting else "stored", prepared, stored.version, stored.waiting)

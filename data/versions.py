"""Data versions: a whole number that goes up by one with each accepted change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import PROGRAM_VERSION, chain, store
from data.actor import Actor
from data.errors import UserError


@dataclass(frozen=True)
class Moment:
    """When something is stored: the time for the audit trail, and the as-of date of the data."""

    at: datetime
    as_of: date

    @classmethod
    def now(cls) -> Moment:
        """This moment, in UTC."""
        at = datetime.now(UTC).replace(tzinfo=None)
        return cls(at, at.date())


def current_version(connection: store.Connection) -> int:
    """The newest data version; 0 in a store without any."""
    return int((store.row(connection, "current_version") or {"version": 0})["version"])


def raise_version(
    connection: store.Connection, actor: Actor, moment: Moment, reason: str, digest: str | None = None
) -> int:
    """Start the next data version inside the open transaction and return its number.

    The as-of date never goes back; the catalogue's digest is the former version's unless a new one is given.
    """
    before = store.row(connection, "current_version") or {}
    store.run(connection, "raise_version")
    number = current_version(connection)
    store.run(
        connection,
        "insert_data_version",
        version=number,
        made_at=moment.at,
        as_of=max(moment.as_of, before.get("as_of") or moment.as_of),
        made_by=actor.name,
        reason=reason,
        catalogue_digest=digest or before["catalogue_digest"],
        program_version=PROGRAM_VERSION,
    )
    return number


def audit(
    connection: store.Connection,
    actor: Actor,
    moment: Moment,
    deed: str,
    subject: str,
    versions: tuple[int, int] | None = None,
) -> None:
    """Add a line to the audit trail inside the open transaction, chained to the one before it.

    `versions` are the data versions before and after, the newest both times where none was raised.
    """
    before, after = versions or (current_version(connection),) * 2
    words = {"actor": actor.name, "deed": deed, "subject": subject}
    append(connection, words | {"happened_at": moment.at, "from_version": before, "to_version": after})


def append(connection: store.Connection, about: dict[str, Any]) -> None:
    """Chain a line to the last one, inside the open transaction; `about` is as for `chain.line`.

    The head of the trail is changed by every line, so that of two who write at the same moment one has to try again.
    """
    made = chain.line(head(connection), about)
    store.run(connection, "audit/advance", number=made["number"], chain=made["chain"])
    store.run(connection, "insert_audit", **made)


def head(connection: store.Connection) -> chain.Head:
    """Where the audit trail ends; raises `UserError` where somebody took that away from outside."""
    found = store.rows(connection, "audit/head")
    if len(found) != 1:
        raise UserError(
            "The audit trail has lost its end, so nothing can be added to it. Somebody changed the store from outside: "
            "look at it with “python -m data.audit verify”, and restore a backup. Nothing was changed."
        )
    return chain.Head(**found[0])

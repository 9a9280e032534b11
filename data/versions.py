"""Data versions: a whole number that goes up by one with each accepted change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from data import PROGRAM_VERSION, store
from data.actor import Actor


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
    number = int(store.rows(connection, "raise_version")[0]["version"])
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
    """Add a line to the audit trail inside the open transaction.

    `versions` are the data versions before and after, the newest both times where none was raised.
    """
    before, after = versions or (current_version(connection),) * 2
    store.run(
        connection,
        "insert_audit",
        happened_at=moment.at,
        actor=actor.name,
        deed=deed,
        subject=subject,
        from_version=before,
        to_version=after,
    )


def one_at_a_time(connection: store.Connection) -> None:
    """Have writers at the same moment conflict, inside the open transaction; needed where no data version is raised."""
    store.run(connection, "one_at_a_time")

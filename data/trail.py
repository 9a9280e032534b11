"""What the page Audit trail reads: lines of the trail, and what their identifiers stand for today.

Administrators read all of it; evaluators read it without e-mail addresses; nobody else does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from data import audit, store
from data.actor import Actor, Role
from data.people import EMAIL

READERS: tuple[Role, ...] = ("evaluator", "administrator")
MASK = "[e-mail address]"


@dataclass(frozen=True)
class Asked:
    """Which lines: of a person, a deed, a month (`2026-11`), areas by their codes; None asks for all."""

    person: str | None = None
    deed: str | None = None
    month: str | None = None
    areas: tuple[str, ...] | None = None


def lines(
    connection: store.Connection, actor: Actor, asked: Asked, *, most: int | None = None, skipped: int = 0
) -> pd.DataFrame:
    """The lines that were asked for, newest first: at most `most`, after the first `skipped`.

    number, happened_at (UTC), actor, deed, subject, from_version, to_version, salt, name_digest, subject_salt,
    subject_digest, chain, and `found`, how many fit in all. For evaluators names that are e-mail addresses are masked,
    and there are no salts. Raises `NotAllowed` for anybody but `READERS`.
    """
    wanted = asdict(asked) | {"areas": None if asked.areas is None else list(asked.areas)}
    return store.frame(connection, "audit/lines", **wanted, **_masking(actor), most=most, skipped=skipped)


def choices(connection: store.Connection, actor: Actor) -> dict[str, Any]:
    """What the lines can be narrowed to: `people`, `deeds`, `months` (newest first), and `since`, the earliest time.

    Raises as `lines`.
    """
    found = store.rows(connection, "audit/choices", **_masking(actor))[0]
    return {name: value or [] for name, value in found.items() if name != "since"} | {"since": found["since"]}


def checked(connection: store.Connection, actor: Actor) -> audit.Checked:
    """Whether the trail is whole: see `audit.verify`. Raises as `lines`."""
    _must_read(actor)
    return audit.verify(connection)


def things(connection: store.Connection, actor: Actor, identifiers: Collection[str]) -> dict[str, tuple[str, str]]:
    """What identifiers stand for today: kind and words (a file's name, a review's title); not what is gone.

    Raises as `lines`.
    """
    _must_read(actor)
    found = store.rows(connection, "audit/things", ids=sorted(set(identifiers)))
    return {line["id"]: (line["kind"], line["words"]) for line in found}


def may_read(actor: Actor) -> bool:
    """Whether a person may read the trail."""
    return actor.role in READERS


def _must_read(actor: Actor) -> None:
    actor.must(may_read(actor), "read the audit trail")


def _masking(actor: Actor) -> dict[str, Any]:
    _must_read(actor)
    return {"masked": actor.role != "administrator", "address": EMAIL.pattern, "instead": MASK}

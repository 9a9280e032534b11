"""Bring a store of an earlier release to this release's tables: a whole copy first, then every step or none.

`sql/schema.sql` has the tables of today and makes those that are missing. A step changes tables that were there before,
and what they hold. The steps and the new format are one transaction: a start that was interrupted changed nothing, and
the next one takes up the copy that is there and begins the steps again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from data import backup, copies, manifests, snapshots, store
from data.actor import LOCAL_ADMINISTRATOR
from data.audit import chain_unchained
from data.errors import UserError
from data.lake import is_lake
from data.settings import Settings
from data.versions import Moment, audit

LOG = logging.getLogger("consensus")
OLDEST = 1
Step = Callable[[store.Connection], object]


@dataclass(frozen=True)
class Brought:
    """What became of a store: the format that it had, and where it is kept as it was."""

    before: int
    copy: Path | None


def bring_up(settings: Settings, moment: Moment, *, copy_first: bool = True) -> Brought | None:
    """Bring a store of an earlier format to today's; None where there was nothing to do.

    The copy stands beside a file, and in the folder of backups for a DuckLake. Raises `StoreLocked` when somebody has
    the store open, and `UserError` when it is that of a newer release or cannot be copied or changed; then it stays as
    it was.
    """
    database = settings.database
    if not is_lake(database) and not Path(database).is_file():  # also one in memory
        return None
    with store.open_as_it_is(database, files=settings.files) as connection:
        before = store.format_of(connection)
        store.refuse_newer(before, database)
        if before == store.FORMAT or not snapshots.tables(connection):
            return None
        copy = _copy(connection, settings, before, moment) if before and copy_first else None
        store.retried(lambda: take_steps(connection, moment))
    return Brought(before, copy) if before else None


def take_steps(connection: store.Connection, moment: Moment) -> None:
    """Every step from the format of an open store to today's, inside one transaction.

    A store that has tables and no format is that of a first start that was interrupted: it takes every step.
    """
    with store.transaction(connection):
        before = store.format_of(connection)
        store.run(connection, "schema")
        for number in range((before or OLDEST) + 1, store.FORMAT + 1):
            for step in STEPS[number]:
                step(connection)
        if before not in (None, store.FORMAT):  # on a DuckLake another process may have been first
            store.run(connection, "migrations/raise_format", format=store.FORMAT)
            words = f"from format {before} to format {store.FORMAT}"
            audit(connection, LOCAL_ADMINISTRATOR, moment, "store brought up to date", words)


def _copy(connection: store.Connection, settings: Settings, before: int, moment: Moment) -> Path:
    """The store as it was, in a file of its own; the copy of a start that was interrupted after it is taken up."""
    beside = Path(settings.backups) / "consensus.duckdb" if is_lake(settings.database) else Path(settings.database)
    beside.parent.mkdir(parents=True, exist_ok=True)
    held = manifests.about(connection, moment)
    for made in _names(beside, before, moment):
        if not made.exists():
            backup.keep(connection, made, moment)
            break
        if _is_whole_copy(made, held):
            break
    LOG.warning("The store is of format %s. It is kept as it is: %s", before, made)
    return made


def _names(beside: Path, before: int, moment: Moment) -> Iterator[Path]:
    """The names that the copy may have: the first tells the format and the day, those after it are numbered."""
    name = f"{beside.stem}-format-{before}-{moment.at:%Y-%m-%d}"
    yield beside.with_name(f"{name}{beside.suffix}")
    yield from (beside.with_name(f"{name}-{number}{beside.suffix}") for number in count(2))


def _is_whole_copy(made: Path, held: dict[str, Any]) -> bool:
    try:
        manifest = manifests.read(manifests.manifest_of(made))
        return bool(manifest["content"] == held["content"] and manifest["sha256"] == copies.sha256(made))
    except (UserError, OSError):
        return False


def _columns(connection: store.Connection) -> None:
    store.run(connection, "migrations/2_people_and_machines")


STEPS: dict[int, tuple[Step, ...]] = {2: (_columns, chain_unchained)}
"""What brings a store to each format, in this order."""

"""`python -m data.tidying`: the care that a store on DuckLake needs now and then; a scheduler may run it each night.

DuckLake keeps every snapshot and adds a file with every larger write. Data versions stand in the rows themselves, so
its snapshots are needed only by readers of this moment. Exit code 0 when it was done, 1 when it was not and why.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data import store
from data.errors import UserError
from data.settings import Settings

READERS = 3600.0
"""Seconds for which a snapshot and its files stay, so that nobody who reads at this moment misses one."""
MANY = 200
"""Snapshots from which on a start tidies."""
WHOLE = ("submission", "waiting")
"""Tables with files as they were sent."""


def main(arguments: list[str] | None = None) -> int:
    """Tidy the store that the settings name."""
    argparse.ArgumentParser(prog="python -m data.tidying", description=(__doc__ or "").splitlines()[0]).parse_args(
        arguments
    )
    settings = Settings.from_environment()
    try:
        with store.connect(settings.database, files=settings.files) as connection:
            if not on_lake(connection):
                raise UserError("The store is a DuckDB file, which tidies itself. Nothing was done.")
            before = snapshots(connection)
            tidy(connection)
            sys.stdout.write(f"Tidied: {before} snapshots of DuckLake before, {snapshots(connection)} now.\n")
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def on_lake(connection: store.Connection) -> bool:
    """Whether the open store is a DuckLake."""
    return bool((store.row(connection, "lake/is_lake") or {"is_lake": False})["is_lake"])


def snapshots(connection: store.Connection) -> int:
    """How many snapshots the lake keeps."""
    return int(store.rows(connection, "lake/snapshots")[0]["snapshots"])


def prepare(connection: store.Connection) -> None:
    """What a lake is told once, when its tables are made; changes nothing later."""
    if store.rows(connection, "lake/kept_whole")[0]["tables"] < len(WHOLE):
        for name in WHOLE:
            store.run(connection, "lake/keep_whole", table_name=name)


@contextmanager
def one_starts(connection: store.Connection) -> Iterator[None]:
    """One process at a time brings a lake up to date, and others wait; a file has one process anyhow."""
    if not on_lake(connection):
        yield
        return
    with connection.cursor() as holder, store.transaction(holder):
        store.rows(holder, "lake/one_starts")
        yield


def tidy_if_due(connection: store.Connection) -> None:
    """Tidy a lake that has many snapshots, unless somebody writes at the same moment: then another start does."""
    if snapshots(connection) < MANY:
        return
    try:
        tidy(connection)
    except store.TryAgain:
        return


def tidy(connection: store.Connection) -> None:
    """Write small files together, and let go of snapshots and files that nobody can be reading any more.

    Raises `TryAgain` when somebody stored something at the same moment.
    """
    _do(connection, "lake/flush")
    _do(connection, "lake/merge_files")
    _do(connection, "lake/expire", seconds=READERS)
    _do(connection, "lake/remove_files", seconds=READERS)


def forget(connection: store.Connection) -> None:
    """Leave nothing behind of rows that were changed or taken out: no file and no row of PostgreSQL holds them.

    Whoever reads at this very moment may be told that something went wrong, once. Raises as `tidy`.
    """
    _do(connection, "lake/flush")
    _do(connection, "lake/rewrite_files")
    _do(connection, "lake/expire", seconds=0.0)
    _do(connection, "lake/remove_files", seconds=0.0)


def _do(connection: store.Connection, name: str, **parameters: float) -> None:
    try:
        store.run(connection, name, **parameters)
    except duckdb.TransactionException as error:
        raise store.TryAgain("Somebody stored something at the same moment. Tidy again later.") from error


if __name__ == "__main__":
    sys.exit(main())

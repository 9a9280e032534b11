"""Whole copies of the store's file: for a backup, and to leave behind the freed space that still holds erased text.

DuckDB overwrites freed blocks of its file some day or never. A copy table by table holds only what the tables hold.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data import store, tidying
from data.errors import UserError
from data.lake import is_lake
from data.versions import Moment


@contextmanager
def copied(source: Path, target: Path) -> Iterator[dict[str, int]]:
    """Copy every table of a store that nobody has open into a new file, and give the rows of each table.

    Inside, the source is still held, so that nobody else opens it. Raises `StoreLocked` when somebody has it open, and
    `UserError` when it cannot be read or the copy is not whole; then no target is left.
    """
    connection = duckdb.connect()
    try:
        _attach_source(connection, source)
        yield _copy(connection, source, target)
    except BaseException:
        remove(target)
        raise
    finally:
        connection.close()


def _copy(connection: store.Connection, source: Path, target: Path) -> dict[str, int]:
    try:
        _attach(connection, "target", target)
        store.run(connection, "copies/copy_all")
        rows, copied_rows = _counts(connection, "source"), _counts(connection, "target")
        store.run(connection, "copies/detach_target")
    except duckdb.Error:
        rows, copied_rows = {}, {"": 0}
    if copied_rows != rows:
        raise UserError(
            f"{source} could not be copied whole to {target}, so the copy was not kept. Check that there is room on "
            "the disk and that you may write there."
        )
    _to_disk(target)
    return rows


def remove(path: Path) -> None:
    """Remove a store's file that is of no use, with what DuckDB keeps beside it."""
    path.unlink(missing_ok=True)
    log_of(path).unlink(missing_ok=True)


def log_of(path: Path) -> Path:
    """Where DuckDB keeps what it has not written into the file yet."""
    return path.with_name(path.name + ".wal")


def open_rewritten(database: str, files: str = "") -> store.Connection:
    """Open the store, written anew first where that is due; raises as `store.connect`.

    Where it cannot be written anew, for want of room or because somebody else has just opened it, it stays due.
    """
    connection = store.connect(database, files=files)
    if is_lake(database):
        return _tidied(connection)
    if database == ":memory:" or not rewrite_is_due(connection):
        return connection
    connection.close()
    try:
        rewrite(Path(database))
    except (UserError, OSError):
        pass
    return store.connect(database)


def _tidied(lake: store.Connection) -> store.Connection:
    tidying.prepare(lake)
    if rewrite_is_due(lake):
        checkpoint(lake)
    tidying.tidy_if_due(lake)
    return lake


def rewrite(database: Path) -> None:
    """Put a whole copy in the place of a store's file, so that nothing is left of its freed space.

    The former file stays as it was until the copy takes its place at once. Raises as `copied`.
    """
    fresh = database.with_name(database.name + ".rewriting")
    remove(fresh)
    with copied(database, fresh) as rows:
        _mark_rewritten(fresh, rows)
        if os.name != "nt":
            os.replace(fresh, database)
    if os.name == "nt":  # Windows lets nobody replace a file that is held
        os.replace(fresh, database)


def rewrite_is_due(connection: store.Connection) -> bool:
    """Whether the file still holds freed space with what was erased."""
    return bool(store.rows(connection, "copies/rewrite_due")[0]["due"])


def ask_rewrite(connection: store.Connection, moment: Moment) -> None:
    """Have the file written anew at the next start, inside the open transaction."""
    store.run(connection, "copies/ask_rewrite", asked_at=moment.at)


def checkpoint(connection: store.Connection) -> None:
    """Bring the log into the file where nobody is writing; otherwise DuckDB does so later by itself.

    In a lake nothing is left then of what was erased, unless somebody writes; otherwise the next start sees to it.
    """
    if tidying.on_lake(connection):
        return _forget(connection)
    try:
        store.run(connection, "copies/checkpoint")
    except duckdb.TransactionException:
        return


def _forget(lake: store.Connection) -> None:
    try:
        store.retried(lambda: tidying.forget(lake), after=store.TryAgain)
        store.run(lake, "copies/rewrite_done")
    except store.TryAgain:
        return


def rows_of(path: Path) -> dict[str, int]:
    """The rows of each table of a store's file that nobody has open; raises as `copied`."""
    with duckdb.connect() as connection:
        _attach_source(connection, path)
        return _counts(connection, "source")


def content(connection: store.Connection, database: str = "") -> dict[str, tuple[int, str]]:
    """The number of rows and a digest of each stored table of the open store, or of another database attached to it.

    The digest does not depend on the order of the rows, and is the same for the same rows on DuckDB and on DuckLake.
    """
    database = database or str(store.rows(connection, "copies/current_database")[0]["name"])
    columns: dict[str, list[str]] = {}
    for line in store.rows(connection, "copies/columns", database=database):
        columns.setdefault(line["name"], []).append(_as_kept(line["column_name"], line["data_type"]))
    quoted = database.replace('"', '""')
    whole = {name: f'"{quoted}".main."{name}"' for name in columns}
    found = {
        name: store.rows_on(connection, "copies/content", whole[name], ", ".join(columns[name]))[0] for name in whole
    }
    return {name: (line["rows"], line["digest"]) for name, line in found.items()}


def _as_kept(column: str, kind: str) -> str:
    """A column as it is digested: DuckLake keeps no sign of a zero."""
    return f'if("{column}" = 0, 0, "{column}") AS "{column}"' if kind == "DOUBLE" else f'"{column}"'


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark_rewritten(fresh: Path, rows: dict[str, int]) -> None:
    with duckdb.connect(str(fresh)) as connection:
        store.run(connection, "copies/rewrite_done")
    if rows_of(fresh) != rows | {"rewrite_due": 0}:
        raise UserError(f"The copy {fresh} is not whole, so the store was left as it is.")
    _to_disk(fresh)


def _attach_source(connection: store.Connection, path: Path) -> None:
    try:
        _attach(connection, "source", path)
    except duckdb.Error as error:
        raise store.cannot_open(str(path), str(error)) from None


def _attach(connection: store.Connection, name: str, path: Path) -> None:
    quoted = "'" + str(path).replace("'", "''") + "'"
    connection.execute(store.text(f"copies/attach_{name}").replace("$path", quoted))


def _counts(connection: store.Connection, database: str) -> dict[str, int]:
    tables = [line["name"] for line in store.rows(connection, "copies/tables", database=database)]
    counted = {name: connection.table(f"{database}.main.{name}").count("*").fetchone() for name in tables}
    return {name: int(count[0]) if count else 0 for name, count in counted.items()}


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

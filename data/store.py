"""The DuckDB file: opened once per server, one cursor per script run, every query one file of `data/sql/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pandas as pd
import pyarrow as pa

from data.errors import UserError
from data.faults import DiskFull, MemoryFull, commit, in_words, told_plainly

SQL = Path(__file__).parent / "sql"
FORMAT = 1
# How DuckDB, and Windows through it, say so; the path of a store may hold the word "lock" itself.
OWNED_BY_ANOTHER = ("Could not set lock on file", "being used by another process", "Unique file handle conflict")
Connection = duckdb.DuckDBPyConnection


class StoreLocked(UserError):
    """Another process has the store open; DuckDB lets one process own the file."""


class TryAgain(UserError):
    """Somebody else stored something at the same moment."""


def connect(database: str, *, read_only: bool = False) -> Connection:
    """Open the store's file, or `:memory:`, and make its tables where they are missing.

    `read_only` opens a file that is already a store and cannot change it. Raises `StoreLocked` when another process
    owns the file and `UserError` when it cannot be opened or the disk is full.
    """
    try:
        if database != ":memory:":
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(database, read_only=read_only)
        if not read_only:
            connection.execute(text("schema"))
        connection.execute(text("any_order"))
        _check_format(connection, database)
    except (duckdb.Error, OSError) as error:
        raise _not_opened(database, error) from None
    return connection


def _not_opened(database: str, error: Exception) -> UserError:
    lacking = in_words(error)
    return lacking if isinstance(lacking, DiskFull | MemoryFull) else cannot_open(database, str(error))


def cannot_open(database: str, reason: str) -> UserError:
    """What to say when DuckDB cannot open a file, for the reason that it gives: `StoreLocked` when it is in use."""
    if any(words in reason for words in OWNED_BY_ANOTHER):
        return StoreLocked("The store is in use by another process, most likely the running dashboard.")
    return UserError(
        f"The store {database} cannot be opened. Check that the file is a DuckDB database and may be written."
    )


def _check_format(connection: Connection, database: str) -> None:
    found = row(connection, "workspace")
    if found and found["format"] != FORMAT:
        raise UserError(f"The store {database} has format {found['format']}; this program reads format {FORMAT}.")


@cache
def text(name: str) -> str:
    """The text of `data/sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def run(connection: Connection, name: str, **parameters: Any) -> Connection:
    """Run one named query; a missing or unknown parameter raises, and `UserError` when the disk or memory is full."""
    with told_plainly():
        return connection.execute(text(name), parameters or None)


def frame(connection: Connection, name: str, **parameters: Any) -> pd.DataFrame:
    """The rows of one named query as a frame."""
    with told_plainly():
        return run(connection, name, **parameters).df()


def large_frame(connection: Connection, name: str, **parameters: Any) -> pd.DataFrame:
    """As `frame`, for tens of thousands of rows: Arrow hands texts over without a copy. No UUIDs, decimals or lists."""
    with told_plainly():
        found = run(connection, name, **parameters).to_arrow_table()
        whole: pd.DataFrame = found.to_pandas(date_as_object=False)
        return whole.astype({field.name: kind for field, kind in _kinds(found)})


def _kinds(found: pa.Table) -> Iterator[tuple[pa.Field, str]]:
    """The columns that `frame` gives another type than Arrow does."""
    for field, column in zip(found.schema, found.columns, strict=True):
        if pa.types.is_date(field.type):
            yield field, "datetime64[us]"
        elif pa.types.is_integer(field.type) and column.null_count:
            yield field, f"Int{field.type.bit_width}"


def rows(connection: Connection, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of one named query as dictionaries."""
    with told_plainly():
        result = run(connection, name, **parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def run_on(connection: Connection, name: str, table: str, column: str, **parameters: Any) -> None:
    """Run one named query in which `its_table` and `its_column` stand for these names: never words of a person."""
    with told_plainly():
        query = text(name).replace("its_table", table).replace("its_column", column)
        connection.execute(query, parameters or None)


def of_each(connection: Connection, names: Sequence[str], outer: str, **parameters: Any) -> pd.DataFrame:
    """The rows of the query `outer`, in which `all_of_them` stands for what the queries of these names find together.

    It has the columns of them all, null where a query has none of that name, and `query`, the name of each.
    """
    each = (text("named_query").replace("its_name", name).replace("its_text", text(name)) for name in names)
    with told_plainly():
        whole = text(outer).replace("all_of_them", "UNION ALL BY NAME\n".join(each))
        return connection.execute(whole, parameters or None).df()


def row(connection: Connection, name: str, **parameters: Any) -> dict[str, Any] | None:
    """The first row of one named query, or None."""
    return next(iter(rows(connection, name, **parameters)), None)


def identified(connection: Connection, name: str, identifier: UUID | str, missing: str) -> dict[str, Any]:
    """The row that a query by `$id` finds; raises `UserError`, saying what is `missing`, where there is none."""
    try:
        found = row(connection, name, id=UUID(str(identifier)))
    except ValueError:
        found = None
    if found is None:
        raise UserError(missing)
    return found


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """All of it or none; raises `TryAgain` after a conflict with another writer, `UserError` when the disk is full."""
    with told_plainly():
        connection.begin()
    try:
        yield connection
        with told_plainly():
            commit(connection)
    except BaseException as error:
        _roll_back(connection)
        if isinstance(error, duckdb.TransactionException):
            raise TryAgain(
                "Somebody else stored something at the same moment. Nothing of yours was stored; try again."
            ) from None
        raise


def _roll_back(connection: Connection) -> None:
    try:
        connection.rollback()
    except (duckdb.TransactionException, duckdb.FatalException):
        return  # a failed commit has already ended the transaction, and a store that is given up has none

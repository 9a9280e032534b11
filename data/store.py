"""The store, a DuckDB file or a DuckLake: opened once per server, a cursor per script run, queries in `data/sql/`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import duckdb
import pandas as pd
import pyarrow as pa

from data import lake
from data.errors import UserError
from data.faults import DiskFull, MemoryFull, commit, in_words, told_plainly

SQL = Path(__file__).parent / "sql"
FORMAT = 2
"""Of the tables, raised with each change that an older store does not get by itself; see `data/migrations.py`."""
# How DuckDB, and Windows through it, say so; the path of a store may hold the word "lock" itself.
OWNED_BY_ANOTHER = ("Could not set lock on file", "being used by another process", "Unique file handle conflict")
Connection = duckdb.DuckDBPyConnection
Done = TypeVar("Done")
Asked = ParamSpec("Asked")
ATTEMPTS = 6


class StoreLocked(UserError):
    """Another process has the store open; DuckDB lets one process own the file."""


class OlderFormat(UserError):
    """The store is that of an earlier release, and this command may not bring it up to date."""


class TryAgain(UserError):
    """Somebody else stored something at the same moment."""


class Lost(TryAgain):
    """A transaction conflicted with another writer's and left nothing; the same act may well succeed now."""


def connect(database: str, *, read_only: bool = False, files: str = "") -> Connection:
    """Open the store's file, a DuckLake, or `:memory:`, and make its tables where they are missing.

    `read_only` opens what is already a store and cannot change it; `files` is as in `lake.connect`. Raises
    `StoreLocked` when another process owns the file, `OlderFormat` when it is that of an earlier release, and
    `UserError` when it cannot be opened, is that of a newer release, or the disk is full.
    """
    connection = open_as_it_is(database, read_only=read_only, files=files)
    try:
        _check_format(connection, database)
        if not read_only:
            retried(lambda: _make_tables(connection))
    except duckdb.Error as error:
        raise _not_opened(database, error) from None
    return connection


def _make_tables(connection: Connection) -> None:
    with transaction(connection):
        run(connection, "schema")
        run(connection, "insert_current_version")
        run(connection, "audit/insert_head")


def open_as_it_is(database: str, *, read_only: bool = False, files: str = "") -> Connection:
    """Open the store, of whatever format and with what tables it has; raises as `connect`."""
    if lake.is_lake(database):
        return any_order(lake.connect(database, files, read_only=read_only))
    try:
        if database != ":memory:":
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        return any_order(duckdb.connect(database, read_only=read_only))
    except (duckdb.Error, OSError) as error:
        raise _not_opened(database, error) from None


def any_order(connection: Connection) -> Connection:
    """The connection, told that rows need no order but the one that a query asks for."""
    return connection.execute(text("any_order"))


def format_of(connection: Connection) -> int | None:
    """The format of the open store's tables; None where there is none yet, as nothing is stored."""
    try:
        found = row(connection, "workspace")
    except duckdb.CatalogException:
        return None
    return int(found["format"]) if found else None


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


def refuse_newer(found: int | None, database: str) -> None:
    """Raise `UserError` where the format that was found is that of a newer release."""
    if found is not None and found > FORMAT:
        raise UserError(
            f"The store {database} has format {found}, that of a newer release; this program reads format {FORMAT}. "
            "Install the release that wrote it, or restore a backup made before it. Nothing was changed."
        )


def _check_format(connection: Connection, database: str) -> None:
    found = format_of(connection)
    if found in (None, FORMAT):
        return
    connection.close()
    refuse_newer(found, database)
    raise OlderFormat(
        f"The store {database} has format {found}, that of an earlier release. Start the dashboard once: it makes a "
        f"whole copy beside the store first and brings it to format {FORMAT}. Nothing was changed."
    )


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


def rows_on(connection: Connection, name: str, table: str, column: str) -> list[dict[str, Any]]:
    """The rows of one named query in which `its_table` and `its_column` stand for these: never words of a person."""
    query = text(name).replace("its_table", table).replace("its_column", column)
    with told_plainly():
        result = connection.execute(query)
        names = [found[0] for found in result.description or ()]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


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
    """All of it or none; raises `Lost` after a conflict with another writer, `UserError` as `run` does."""
    with told_plainly():
        connection.begin()
    try:
        yield connection
        with told_plainly():
            commit(connection)
    except BaseException as error:
        _roll_back(connection)
        if isinstance(error, duckdb.Error) and lake.lost_to_another(error):
            raise Lost(
                "Somebody else stored something at the same moment. Nothing of yours was stored; try again."
            ) from None
        raise


def retried(act: Callable[[], Done], attempts: int = ATTEMPTS, after: type[TryAgain] = Lost) -> Done:
    """Do it again, a few times after a short random wait, where another writer was first.

    Only for an act that is one transaction and reads anew, inside it, all that it depends on: where a person was shown
    what the other writer has changed, the act itself raises `TryAgain`. Raises `TryAgain` when every attempt lost.
    """
    for attempt in range(attempts - 1):
        try:
            return act()
        except after:
            time.sleep(random.uniform(0.02, 0.1) * min(2**attempt, 10))
    return act()


def retrying(act: Callable[Asked, Done]) -> Callable[Asked, Done]:
    """A write that does itself again where its transaction lost to another writer; see `retried`."""

    @wraps(act)
    def again(*given: Asked.args, **named: Asked.kwargs) -> Done:
        return retried(lambda: act(*given, **named))

    return again


def _roll_back(connection: Connection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:
        return  # a failed commit has already ended the transaction, and a store that is given up has none

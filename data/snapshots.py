"""A whole copy of the store in a new file while it is open and people write to it: all of one moment.

The copy is made inside one transaction, so a write at the same time is either in it entirely or not at all. Readers and
writers go on meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from data import copies, store
from data.errors import UserError
from data.faults import told_plainly

ROOM = 100 * 1024 * 1024
"""Bytes that a disk must have free beside the copy, for everything else that writes there."""

Held = dict[str, Any]


def copied_open(connection: store.Connection, target: Path, describe: Callable[[store.Connection], Held]) -> Held:
    """Copy an open store into a new file: what `describe` says of it at that moment, its `content` by table among it.

    Raises `UserError` when the copy is not whole, and then leaves none.
    """
    name = f"copy_{uuid4().hex}"
    with connection.cursor() as cursor:
        try:
            _statement(cursor, "attach_copy", its_copy=name, path=_text(str(target)))
            try:
                held = _at_one_moment(cursor, name, describe)
            finally:
                _statement(cursor, "detach_copy", its_copy=name)
        except BaseException as error:
            copies.remove(target)
            if isinstance(error, duckdb.Error):
                raise not_whole(target) from None
            raise
    copies._to_disk(target)
    return held


def content_of(path: Path) -> dict[str, tuple[int, str]]:
    """The rows and the digest of each table of a store's file that nobody has open, of whatever format."""
    with store.open_as_it_is(str(path), read_only=True) as connection:
        return copies.content(connection)


def tables(connection: store.Connection) -> set[str]:
    """The names of the tables of an open store."""
    return set(_tables(connection, current_database(connection)))


def current_database(connection: store.Connection) -> str:
    """The name by which the connection knows the store it has open."""
    return str(store.rows(connection, "copies/current_database")[0]["name"])


def refuse_without_room(folder: Path, connection: store.Connection) -> None:
    """Raise `UserError` when the disk of a folder has no room for a copy of the store; a DuckLake tells no size."""
    size = int((store.row(connection, "copies/size") or {"size": 0})["size"])
    free = shutil.disk_usage(folder).free
    if free < size + ROOM:
        raise UserError(
            f"The disk of {folder} has {free // 1024**2:,} megabytes free, and the copy may need {size // 1024**2:,} "
            "besides room for everything else. Make room there, then try again. No backup was made."
        )


def not_whole(target: Path) -> UserError:
    """What to say of a copy that was not kept."""
    return UserError(
        f"The store could not be copied whole to {target}, so the copy was not kept. Check that there is room on the "
        "disk and that you may write there."
    )


def _at_one_moment(cursor: store.Connection, name: str, describe: Callable[[store.Connection], Held]) -> Held:
    database = current_database(cursor)
    with store.transaction(cursor):
        held = describe(cursor)
        _statement(cursor, "copy_open", its_store=_name(database), its_copy=name)
        if copies.content(cursor, name) != held["content"]:
            raise not_whole(Path(name))
    return held


def _tables(connection: store.Connection, database: str) -> list[str]:
    return [str(line["name"]) for line in store.rows(connection, "copies/tables", database=database)]


def _statement(connection: store.Connection, query: str, path: str = "", **names: str) -> list[tuple[Any, ...]]:
    """Run a query of `copies/` in which names that are the program's own stand in for those of its text."""
    text = store.text(f"copies/{query}")
    for stand_in, name in names.items():
        text = text.replace(stand_in, name)
    with told_plainly():
        return connection.execute(text.replace("$path", path)).fetchall()


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

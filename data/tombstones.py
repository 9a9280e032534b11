"""Tombstones in place of what was erased: in every row of every version, in files, and in the names of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from data import store
from data.periods import day
from data.templates import HEADINGS

Entry = Mapping[str, Any]
"""A place where something was erased: kind (`text` or `file`), submission, submission_row, column_name.

Of a text that stands in no file, submission is `NO_FILE` and column_name the table and the column, `action.owner`.
"""
NO_FILE = UUID(int=0)
TEMPLATES = ("insights", "observations")
BEGINS = "[erased on "
REPEATING = ("agendas", "targets", "versions")


@dataclass(frozen=True)
class Act:
    """One act of erasing: what its tombstones say, and the salted digest by which it knows its text."""

    id: UUID
    at: datetime
    salt: str
    digest: str

    @classmethod
    def of(cls, erased: bytes, at: datetime) -> Act:
        """A new act that erases these bytes."""
        salt = token_hex(16)
        return cls(uuid4(), at, salt, salted(salt, erased))

    @property
    def tombstone(self) -> str:
        """What stands in place of the text."""
        return f"{BEGINS}{day(self.at.date())}]"

    @property
    def numbered(self) -> str:
        """What stands in place of a text that tells facts apart."""
        return f"{BEGINS}{day(self.at.date())}, {self.id.int % 1_000_000:06d}]"


def salted(salt: str, erased: bytes) -> str:
    """The digest by which an erased text is known again, in hexadecimal."""
    return hashlib.sha256(salt.encode() + erased).hexdigest()


def places(connection: store.Connection, text: str) -> list[dict[str, Any]]:
    """Where exactly a text stands, with the number of stored cells; needs the view of stored texts."""
    return store.rows(connection, "erasure/places", text=text)


def place_entry(place: Entry) -> dict[str, Any]:
    """A place of a text as an entry of the list of erasures."""
    return {name: place[name] for name in ("submission", "submission_row", "column_name")} | {"kind": "text"}


def kept_files(connection: store.Connection) -> dict[UUID, str]:
    """The submissions whose bytes are still there, with the names of their files."""
    return {line["id"]: line["file_name"] for line in store.rows(connection, "erasure/kept_files")}


def replace_text(connection: store.Connection, places: Iterable[Entry], text: str, act: Act) -> None:
    """Put the act's tombstone in place of a text that stands in these places: in every row of every version."""
    for template in TEMPLATES:
        store.run(connection, f"erasure/erase_{template}", text=text, tombstone=act.tombstone, numbered=act.numbered)
    # These find what repeats a text by the text itself, so they come before it goes.
    for repeating in REPEATING:
        store.run(connection, f"erasure/erase_in_{repeating}", text=text, tombstone=act.tombstone)
    for place in places:
        if place["submission"] == NO_FILE:
            table, _, column = place["column_name"].partition(".")
            store.run_on(connection, "erasure/erase_written", table, column, text=text, tombstone=act.tombstone)


def empty_files(connection: store.Connection, files: Mapping[UUID, str], act: Act) -> list[dict[str, Any]]:
    """Take away the bytes of files and the words of what was found in them; an entry for each."""
    for one in files:
        store.run(connection, "approvals/empty", id=one)
        stored = store.row(connection, "history/findings", submission=one)
        if stored is None:  # the file only waits for another person, and nothing of it is stored
            continue
        digest = salted(act.salt, str(stored["sha256"]).encode())
        without_words = json.dumps([_without_words(item, act.tombstone) for item in json.loads(stored["findings"])])
        store.run(connection, "erasure/empty_file", submission=one, digest=digest, findings=without_words)
    return [{"kind": "file", "submission": one, "submission_row": None, "column_name": "original"} for one in files]


def _without_words(finding: dict[str, Any], tombstone: str) -> dict[str, Any]:
    column = finding["column"] if finding["column"] in ("", *HEADINGS) else tombstone
    return finding | {"column": column, "value": "", "message": tombstone, "fix": ""}


def forget_name(connection: store.Connection, submission_id: UUID, act: Act) -> list[dict[str, Any]]:
    """Take a file's name away where it stands: with the file, in data versions, in what was found in a later copy."""
    found = store.row(connection, "history/submission", submission=submission_id)
    if found is None:
        return []
    quoted, tombstone = f"“{found['file_name']}”", f"“{act.tombstone}”"
    store.run(
        connection,
        "erasure/erase_name_in_versions",
        submission=submission_id,
        quoted_name=quoted,
        quoted_tombstone=tombstone,
    )
    store.run(
        connection,
        "erasure/erase_name_in_findings",
        written_name=json.dumps(quoted)[1:-1],
        written_tombstone=json.dumps(tombstone)[1:-1],
    )
    for named in ("erase_name", "erase_name_waiting"):
        store.run(connection, f"erasure/{named}", submission=submission_id, tombstone=act.tombstone)
    return [{"kind": "file", "submission": submission_id, "submission_row": None, "column_name": "file_name"}]

"""What stands beside a backup as NAME.json: what it holds, to check it by, and what may not come back with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from data import PROGRAM_VERSION, copies, erasure, rights, snapshots, store
from data.errors import UserError
from data.tombstones import Entry
from data.versions import Moment, current_version, head

FORMAT = 2
READ = (1, FORMAT)
IDENTIFIERS = ("id", "kind", "submission", "submission_row", "column_name", "salt", "digest", "erased_at")


def manifest_of(made: Path) -> Path:
    """Where the manifest of a backup stands."""
    return made.with_name(made.name + ".json")


def about(connection: store.Connection, moment: Moment) -> dict[str, Any]:
    """What a manifest says of an open store, of this format or an earlier one, before it is copied.

    `rows` and `content` (rows and digest) by table, `data_version`, `store_format`, `program_version`, `made_at`, where
    the audit trail ends (`audit_head`), and what may not come back: `erasures` and `ended` rights, by identifiers and
    digests.
    """
    tables = snapshots.tables(connection)
    erased = erasure.erasures(connection) if "erasure" in tables else []
    content = copies.content(connection)
    return {
        "rows": {name: rows for name, (rows, _) in content.items()},
        "content": content,
        "data_version": current_version(connection) if "current_version" in tables else 0,
        "store_format": store.format_of(connection),
        "program_version": PROGRAM_VERSION,
        "made_at": moment.at.isoformat(),
        "erasures": [_by_identifiers(entry) for entry in erased],
        "ended": rights.ended(connection),
        "audit_head": asdict(head(connection)) if "audit_head" in tables else None,
    }


def write(made: Path, copy: Path, held: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest of the backup that `copy` will be under the name `made`, at once; what was written."""
    text = json.dumps({"format": FORMAT, "sha256": copies.sha256(copy)} | held, indent=2)
    part = manifest_of(made).with_name(manifest_of(made).name + ".part")
    part.write_text(f"{text}\n", encoding="utf-8")
    os.replace(part, manifest_of(made))
    written: dict[str, Any] = json.loads(text)
    return written


def read(path: Path) -> dict[str, Any]:
    """A manifest; raises `UserError` when it is none or of a newer release, `OSError` when it cannot be read."""
    text = path.read_text(encoding="utf-8")
    try:
        found: dict[str, Any] = json.loads(text)
        if found["format"] not in READ:
            raise UserError(f"{path} is of format {found['format']}; this program reads formats 1 to {FORMAT}.")
        content = {name: (int(rows), str(digest)) for name, (rows, digest) in found.get("content", {}).items()}
        checked = {"sha256": str(found["sha256"]), "rows": dict(found["rows"]), "content": content}
        return found | checked | {"erasures": [_entry(entry) for entry in found["erasures"]]}
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path} is not the manifest of a backup. It stands beside the backup, as NAME.json.") from None


def in_folder(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The backups of a folder that have a manifest of ours, with it, newest first; none where there is no folder."""
    found = []
    for path in folder.glob("*.json") if folder.is_dir() else ():
        made = path.with_name(path.name.removesuffix(".json"))
        try:
            found.append((made, read(path)))
        except (UserError, OSError):
            continue
    whole = [(made, manifest) for made, manifest in found if made.is_file()]
    yield from sorted(whole, key=lambda one: (str(one[1].get("made_at", "")), one[0].name), reverse=True)


def _by_identifiers(entry: Entry) -> dict[str, Any]:
    """An entry without who and why, in values that JSON has."""
    plain = {name: entry[name] for name in IDENTIFIERS}
    return plain | {name: str(entry[name]) for name in ("id", "submission", "erased_at")}


def _entry(entry: dict[str, Any]) -> Entry:
    return entry | {
        "id": UUID(entry["id"]),
        "submission": UUID(entry["submission"]),
        "erased_at": datetime.fromisoformat(entry["erased_at"]),
    }

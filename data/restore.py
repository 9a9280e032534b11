"""`python -m data.restore FILE`: put a backup in the place of the store, rid of everything erased since it was made.

Exit code 0 when it was restored, 1 when it was refused and why, 2 when a file cannot be read or written, 3 when the
running dashboard owns the store.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from data import copies, erasure, store
from data.actor import LOCAL_ADMINISTRATOR
from data.backup import FORMAT, manifest_of
from data.check import counted, print_any_letter
from data.errors import UserError
from data.settings import Settings
from data.tombstones import Entry
from data.versions import Moment, audit, current_version

RUNNING = (
    "The dashboard is running and owns the store. End it (Ctrl-C where it was started), restore, and start it again. "
    "Nothing was restored.\n"
)


@dataclass(frozen=True)
class Restored:
    """What was restored: its data version, how many acts of erasing were done again, and where the former store is."""

    version: int
    erased_again: int
    kept: Path | None


def main(arguments: list[str] | None = None) -> int:
    """Restore one backup and say what became of the former store."""
    options = _arguments(arguments)
    print_any_letter()
    database = Path(Settings.from_environment().database)
    lists = list(map(Path, options.erasures))
    try:
        done = restore(Path(options.file), database, lists, Moment.now(), replace=options.replace)
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.file}: {error.strerror}. Nothing was restored.\n")
        return 2
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(_words(database, done))
    return 0


def restore(file: Path, database: Path, lists: Iterable[Path], moment: Moment, *, replace: bool = False) -> Restored:
    """Check a backup against its manifest, erase in it what any list says, and put it in the place of the store.

    The lists are those of the backup, of the store that it replaces, and of `lists`: manifests of other backups. The
    former store is kept beside the new one. Until the last step it stays as it is. Raises `StoreLocked` when somebody
    has the store open, `UserError` when the backup is not whole or a store is there and `replace` is not asked for, and
    `OSError` when a file cannot be read or written.
    """
    manifest = _checked(file)
    listed = [entry for path in lists for entry in _manifest(path)["erasures"]]
    former = _of_former(database, replace, bool(listed)) if database.exists() else []
    fresh = database.with_name(database.name + ".restoring")
    database.parent.mkdir(parents=True, exist_ok=True)
    copies.remove(fresh)
    try:
        version, again = _prepare(file, fresh, manifest, [*listed, *former], moment)
        if database.exists() and _of_former(database, replace, bool(listed)) != former:
            raise UserError("Something was erased in the meantime. Nothing was restored; try again.")
        kept = _swap(fresh, database, moment)
    finally:
        copies.remove(fresh)
    return Restored(version, again, kept)


def _checked(file: Path) -> dict[str, Any]:
    """The manifest of a backup, once the file is what the manifest says."""
    digest = copies.sha256(file)
    if not manifest_of(file).exists():
        raise UserError(
            f"{manifest_of(file)} is not there. Put the manifest beside its backup; without it nobody can "
            "tell whether the backup is whole. Nothing was restored."
        )
    manifest = _manifest(manifest_of(file))
    if digest != manifest["sha256"]:
        raise UserError(f"{file} is not as it was made: its SHA-256 is not that of its manifest. Take another backup.")
    return manifest


def _prepare(file: Path, fresh: Path, manifest: dict[str, Any], listed: list[Entry], moment: Moment) -> tuple[int, int]:
    """A copy of the backup, checked and rid of what is listed: its data version and how many acts were done again."""
    with copies.copied(file, fresh) as rows:
        if rows != manifest["rows"]:
            raise UserError(f"{file} does not hold the rows that its manifest counts. Take another backup.")
    with store.connect(str(fresh)) as connection:
        version = current_version(connection)
        again = erasure.apply(connection, LOCAL_ADMINISTRATOR, [*manifest["erasures"], *listed], moment)
        audit(connection, LOCAL_ADMINISTRATOR, moment, "backup restored", manifest["sha256"], (version, version))
        due = copies.rewrite_is_due(connection)
    if due:
        copies.rewrite(fresh)
    return version, again


def _of_former(database: Path, replace: bool, have_list: bool) -> list[Entry]:
    """What the store to be replaced lists as erased."""
    if not replace:
        raise UserError(f"There is a store at {database}. Add --replace to put the backup in its place; it is kept.")
    try:
        with copies.open_rewritten(str(database)) as connection:
            return list(erasure.erasures(connection))
    except store.StoreLocked:
        raise
    except UserError:
        if have_list:
            return []
        raise UserError(
            f"The store {database} cannot be read, so what was erased in it is not known. Name the manifest of the "
            "newest backup with --erasures FILE, or move the store away if nothing was ever erased."
        ) from None


def _swap(fresh: Path, database: Path, moment: Moment) -> Path | None:
    """Put the copy in the place of the store at once, and keep the former one beside it."""
    kept = database.with_name(f"{database.stem}-replaced-{moment.at:%Y-%m-%d-%H%M%S}{database.suffix}")
    for path, copy in ((database, kept), (copies.log_of(database), copies.log_of(kept))):
        if path.exists():
            _keep(path, copy)
    # What the former store had not written yet belongs to it alone: beside the new one it would be taken for its own.
    copies.log_of(database).unlink(missing_ok=True)
    os.replace(fresh, database)
    return kept if kept.exists() else None


def _keep(path: Path, copy: Path) -> None:
    """A second name for the file, which takes no time, or a copy where the disk knows no second names."""
    try:
        os.link(path, copy)
    except OSError:
        shutil.copy2(path, copy)


def _manifest(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise UserError(f"{path} is of format {found['format']}; this program reads format {FORMAT}.")
        entries = [_entry(entry) for entry in found["erasures"]]
        return {"sha256": str(found["sha256"]), "rows": dict(found["rows"]), "erasures": entries}
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path} is not the manifest of a backup. It stands beside the backup, as NAME.json.") from None


def _entry(entry: dict[str, Any]) -> Entry:
    return entry | {
        "id": UUID(entry["id"]),
        "submission": UUID(entry["submission"]),
        "erased_at": datetime.fromisoformat(entry["erased_at"]),
    }


def _words(database: Path, done: Restored) -> str:
    acts = counted(done.erased_again, "act")
    again = f", and erased again what had been erased since ({acts})" if done.erased_again else ""
    kept = f"The former store is kept as {done.kept}.\n" if done.kept else ""
    return f"{database}: restored data version {done.version}{again}.\n{kept}"


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.restore", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", metavar="FILE", help="a backup, with its manifest beside it")
    parser.add_argument("--replace", action="store_true", help="put it in the place of the store that is there")
    parser.add_argument(
        "--erasures", action="append", default=[], metavar="FILE", help="manifest of a newer backup, for what it erased"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

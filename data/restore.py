"""`python -m data.restore FILE`: put a backup in the place of the store, rid of everything erased since it was made.

Exit code 0 when it was restored, 1 when it was refused and why, 2 when a file cannot be read or written, 3 when the
running dashboard owns the store.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import copies, erasure, manifests, migrations, rights, snapshots, store
from data.actor import LOCAL_ADMINISTRATOR
from data.check import counted, print_any_letter
from data.errors import UserError
from data.lake import is_lake
from data.manifests import manifest_of
from data.settings import Settings
from data.tombstones import Entry
from data.versions import Moment, audit, current_version

RUNNING = (
    "The dashboard is running and owns the store. End it (Ctrl-C where it was started), restore, and start it again. "
    "Nothing was restored.\n"
)
ON_POSTGRESQL = (
    "The store is on PostgreSQL; a backup is restored into a file. Set CONSENSUS_DATABASE to a new file and restore, "
    "with --erasures and the manifest of the newest backup; then bring that file into an empty database of PostgreSQL "
    "with python -m data.copy. Nothing was restored."
)


@dataclass(frozen=True)
class Restored:
    """What was restored: its data version, how many acts of erasing were done again, where the former store is, and how
    many roles and tokens were kept as they were before."""

    version: int
    erased_again: int
    kept: Path | None
    rights_kept: int = 0


@dataclass(frozen=True)
class Since:
    """What happened since a backup was made and is not turned back with it."""

    erasures: list[Entry]
    rights: rights.Rights


def main(arguments: list[str] | None = None) -> int:
    """Restore one backup and say what became of the former store."""
    options = _arguments(arguments)
    print_any_letter()
    try:
        sys.stdout.write(_restored(options))
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.file}: {error.strerror}. Nothing was restored.\n")
        return 2
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _restored(options: argparse.Namespace) -> str:
    settings = Settings.from_environment()
    if is_lake(settings.database):
        raise UserError(ON_POSTGRESQL)
    database, lists = Path(settings.database), list(map(Path, options.erasures))
    return _words(database, restore(Path(options.file), database, lists, Moment.now(), replace=options.replace))


def restore(file: Path, database: Path, lists: Iterable[Path], moment: Moment, *, replace: bool = False) -> Restored:
    """Check a backup against its manifest, erase in it what any list says, and put it in the place of the store.

    The lists are those of the backup, of the store that it replaces, and of `lists`: manifests of other backups. The
    former store is kept beside the new one. Until the last step it stays as it is. Raises `StoreLocked` when somebody
    has the store open, `UserError` when the backup is not whole or a store is there and `replace` is not asked for, and
    `OSError` when a file cannot be read or written.
    """
    manifest = _checked(file)
    listed = [manifests.read(path) for path in lists]
    former = _of_former(database, replace, bool(listed), moment) if database.exists() else _NOTHING
    fresh = database.with_name(database.name + ".restoring")
    database.parent.mkdir(parents=True, exist_ok=True)
    copies.remove(fresh)
    try:
        done = _prepare(file, fresh, manifest, _together(former, listed), moment)
        if database.exists() and _of_former(database, replace, bool(listed), moment) != former:
            raise UserError("Something was erased or ended in the meantime. Nothing was restored; try again.")
        kept = _swap(fresh, database, moment)
    finally:
        copies.remove(fresh)
    return Restored(done[0], done[1], kept, done[2])


_NOTHING = Since([], rights.Rights())


def _together(former: Since, listed: list[dict[str, Any]]) -> Since:
    """What the former store and the manifests know together; a manifest of format 1 lists no rights."""
    erasures = [*(entry for manifest in listed for entry in manifest["erasures"]), *former.erasures]
    ended = tuple(manifest["ended"] for manifest in listed if "ended" in manifest)
    return Since(erasures, rights.Rights(former.rights.savings, ended))


def _checked(file: Path) -> dict[str, Any]:
    """The manifest of a backup, once the file is what the manifest says."""
    digest = copies.sha256(file)
    if not manifest_of(file).exists():
        raise UserError(
            f"{manifest_of(file)} is not there. Put the manifest beside its backup; without it nobody can "
            "tell whether the backup is whole. Nothing was restored."
        )
    manifest = manifests.read(manifest_of(file))
    if digest != manifest["sha256"]:
        raise UserError(f"{file} is not as it was made: its SHA-256 is not that of its manifest. Take another backup.")
    return manifest


def _prepare(file: Path, fresh: Path, manifest: dict[str, Any], since: Since, moment: Moment) -> tuple[int, int, int]:
    """A copy of the backup, checked, of today's format and rid of what is listed.

    Its data version, how many acts of erasing were done again, and how many roles and tokens were kept.
    """
    with copies.copied(file, fresh) as rows:
        _refuse_unlike(file, manifest, rows)
    migrations.bring_up(Settings(str(fresh)), moment, copy_first=False)
    with store.connect(str(fresh)) as connection:
        version = current_version(connection)
        entries = [*manifest["erasures"], *since.erasures]
        again = erasure.apply(connection, LOCAL_ADMINISTRATOR, entries, moment)
        kept = rights.apply(connection, LOCAL_ADMINISTRATOR, since.rights, moment)
        audit(connection, LOCAL_ADMINISTRATOR, moment, "backup restored", manifest["sha256"], (version, version))
        due = copies.rewrite_is_due(connection)
    if due:
        copies.rewrite(fresh)
    return version, again, kept


def _refuse_unlike(file: Path, manifest: dict[str, Any], rows: dict[str, int]) -> None:
    """Raise `UserError` unless the backup holds the rows, and of format 2 on the content, that its manifest says."""
    if rows != manifest["rows"]:
        raise UserError(f"{file} does not hold the rows that its manifest counts. Take another backup.")
    found = snapshots.content_of(file) if manifest["content"] else {}
    unlike = sorted(name for name, content in manifest["content"].items() if found.get(name) != content)
    if unlike:
        raise UserError(
            f"{file} does not hold what its manifest says: {', '.join(unlike)} differ. Take another backup. "
            "Nothing was restored."
        )


def _of_former(database: Path, replace: bool, have_list: bool, moment: Moment) -> Since:
    """What the store to be replaced lists as erased, and who may do what in it."""
    if not replace:
        raise UserError(f"There is a store at {database}. Add --replace to put the backup in its place; it is kept.")
    try:
        migrations.bring_up(Settings(str(database)), moment)
        with copies.open_rewritten(str(database)) as connection:
            return Since(list(erasure.erasures(connection)), rights.Rights(rights.of(connection)))
    except store.StoreLocked:
        raise
    except UserError:
        if have_list:
            return _NOTHING
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


def _words(database: Path, done: Restored) -> str:
    acts = counted(done.erased_again, "act")
    again = f", and erased again what had been erased since ({acts})" if done.erased_again else ""
    same = f"Who may do what stays as it was: {counted(done.rights_kept, 'saving')} kept.\n" if done.rights_kept else ""
    kept = f"The former store is kept as {done.kept}.\n" if done.kept else ""
    return f"{database}: restored data version {done.version}{again}.\n{same}{kept}"


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

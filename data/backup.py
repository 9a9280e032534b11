"""`python -m data.backup FOLDER-OR-FILE`: a whole copy of the store in a new file, with a manifest to check it by.

While the dashboard runs it owns the store, and is asked for the copy: it makes one in its own folder of backups. Exit
code 0 when it was made, 1 when there is no store, the file is there already or the dashboard refused, 2 when it cannot
be written, 3 when the dashboard is running and cannot be asked.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data import copies, manifests, online, rotation, snapshots, store
from data.actor import Actor
from data.check import counted, print_any_letter
from data.errors import UserError
from data.lake import is_lake
from data.manifests import manifest_of
from data.settings import Settings
from data.versions import Moment, audit

ONE = threading.Lock()
"""Held while a running server makes a backup: two at once would take twice the disk and the time."""


@dataclass(frozen=True)
class Kept:
    """A backup that is there: its file's name, when it was made, data version, rows, and bytes."""

    name: str
    made_at: datetime
    version: int
    rows: int
    size: int


def main(arguments: list[str] | None = None) -> int:
    """Make one backup and say where it is."""
    options = _arguments(arguments)
    print_any_letter()
    try:
        return _made(options)
    except OSError as error:
        sys.stderr.write(f"{options.to} cannot be written ({error.strerror}). No backup was made.\n")
        return 2
    except store.StoreLocked:
        return online.ask(lambda server: _asked(server, options))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def backup(database: Path | str, to: Path, moment: Moment, files: str = "") -> tuple[Path, dict[str, Any]]:
    """Copy a store into a new file, or into a folder under a name of its own, and write its manifest beside it.

    Returns the file and the manifest (see `manifests.about`). A DuckLake may be in use, a file may not. Nothing is
    left when it fails. Raises `StoreLocked` when somebody has the file open, `UserError` when there is no
    store or the backup's file is there already, and `OSError` when it cannot be written.
    """
    if not is_lake(str(database)) and not Path(database).is_file():
        raise UserError(f"There is no store at {database}. Set CONSENSUS_DATABASE to the file to back up.")
    with store.open_as_it_is(str(database), files=files) as connection:
        store.refuse_newer(store.format_of(connection), str(database))
        return keep(connection, to, moment)


def keep(connection: store.Connection, to: Path, moment: Moment) -> tuple[Path, dict[str, Any]]:
    """Copy an open store, of this format or an earlier one; otherwise as `backup`."""
    part = _new_part(to / f"consensus-{moment.at:%Y-%m-%d-%H%M%S}.duckdb" if to.is_dir() else to)
    try:
        held = snapshots.copied_open(connection, part, lambda cursor: manifests.about(cursor, moment))
        made = to / name_of(held["data_version"], moment) if to.is_dir() else to
        _refuse_there(made)
        manifest = manifests.write(made, part, held)
        os.replace(part, made)
    finally:
        copies.remove(part)
    return made, manifest


def backup_live(
    connection: store.Connection, actor: Actor, folder: Path, moment: Moment
) -> tuple[Path, dict[str, Any]]:
    """Copy the open store into a file of its own in a folder, which is made where it is missing; as `backup` otherwise.

    What is written meanwhile is in the copy entirely or not at all. Raises `UserError` unless the actor is an
    administrator, there is room, and no other backup is being made.
    """
    actor.must_administer("make a backup")
    if not ONE.acquire(blocking=False):
        raise UserError("A backup is being made at this moment. Wait for it; no second one was begun.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        snapshots.refuse_without_room(folder, connection)
        made, manifest = keep(connection, folder, moment)
    except OSError as error:
        raise UserError(f"{folder} cannot be written ({error.strerror}). No backup was made.") from None
    finally:
        ONE.release()
    _note(connection, actor, made, manifest, moment)
    return made, manifest


def _note(connection: store.Connection, actor: Actor, made: Path, manifest: dict[str, Any], moment: Moment) -> None:
    def noted() -> None:
        with store.transaction(connection):
            audit(connection, actor, moment, "backup made", f"{made.name}, SHA-256 {manifest['sha256']}")

    store.retried(noted)


def listed(actor: Actor, folder: Path) -> list[Kept]:
    """The backups of a folder, newest first, for an administrator; raises `UserError` for anybody else."""
    actor.must_administer("see the backups")
    return [
        Kept(
            made.name,
            datetime.fromisoformat(manifest["made_at"]),
            int(manifest["data_version"]),
            sum(manifest["rows"].values()),
            made.stat().st_size,
        )
        for made, manifest in manifests.in_folder(folder)
    ]


def name_of(version: int, moment: Moment) -> str:
    """The name of a backup's file: the moment, and the data version that it holds."""
    return f"consensus-{moment.at:%Y-%m-%d-%H%M%S}-version-{version}.duckdb"


def _refuse_there(made: Path) -> None:
    if made.exists():
        raise UserError(f"{made} is there already. Name another file; a backup is never overwritten.")


def _new_part(made: Path) -> Path:
    """Where the copy grows until it is whole; raises `OSError` where nobody may write."""
    _refuse_there(made)
    part = made.with_name(made.name + ".part")
    copies.remove(part)
    part.touch(exist_ok=False)  # a folder that is not there or may not be written shows here, not as a fault of DuckDB
    part.unlink()
    return part


def _made(options: argparse.Namespace) -> int:
    to = Path(options.to)
    settings = Settings.from_environment()
    made, manifest = backup(settings.database, to, Moment.now(), settings.files)
    sys.stdout.write(f"{made}: {words(manifest)}, manifest in {manifest_of(made).name}\n")
    _rotate(made.parent, options.keep)
    return 0


def _rotate(folder: Path, keep: int | None) -> None:
    for gone in rotation.rotate(folder, keep) if keep else ():
        sys.stdout.write(f"{gone}: removed, as {counted(keep or 0, 'newer one')} stay\n")


def words(manifest: dict[str, Any]) -> str:
    """What a backup holds, in a few words."""
    return f"data version {manifest['data_version']}, {counted(sum(manifest['rows'].values()), 'row')}"


def _asked(server: online.Server, options: argparse.Namespace) -> int:
    """Have the running dashboard make the backup, and bring it here where this is the same machine."""
    answer = online.answered(server, "POST", "/api/v1/backups")
    made, manifest = Path(Settings.from_environment().backups) / str(answer["file"]), dict(answer["manifest"])
    here = _brought(made, manifest, Path(options.to))
    where = here or f"{answer['file']} on the machine of {server.address}"
    sys.stdout.write(f"{where}: {words(manifest)}, made by the running dashboard\n")
    if here:
        _rotate(here.parent, options.keep)
    return 0


def _brought(made: Path, manifest: dict[str, Any], to: Path) -> Path | None:
    """Put a backup that the dashboard made where it was asked for: None where its folder is not on this machine."""
    if not made.is_file() or copies.sha256(made) != manifest["sha256"]:
        return None
    target = to / made.name if to.is_dir() else to
    if target.resolve() == made.resolve():
        return made
    part = _new_part(target)
    shutil.copyfile(made, part)
    shutil.copyfile(manifest_of(made), manifest_of(target))
    os.replace(part, target)
    return target


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.backup", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("to", metavar="FOLDER-OR-FILE", help="a folder, or a new file in a folder that is there")
    parser.add_argument(
        "--keep", type=rotation.number, metavar="N", help="then remove all but the newest N backups of that folder"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m data.backup FOLDER-OR-FILE`: a whole copy of the store in a new file, with a manifest to check it by.

Exit code 0 when it was made, 1 when there is no store or the file is there already, 2 when it cannot be written, 3 when
the running dashboard owns the store.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from data import PROGRAM_VERSION, copies, erasure, store
from data.check import counted, print_any_letter
from data.errors import UserError
from data.settings import Settings
from data.tombstones import Entry
from data.versions import Moment, current_version

RUNNING = (
    "The dashboard is running and owns the store. End it (Ctrl-C where it was started), make the backup, start it.\n"
)
FORMAT = 1
IDENTIFIERS = ("id", "kind", "submission", "submission_row", "column_name", "salt", "digest", "erased_at")


def main(arguments: list[str] | None = None) -> int:
    """Make one backup and say where it is."""
    options = _arguments(arguments)
    print_any_letter()
    try:
        made, manifest = backup(Path(Settings.from_environment().database), Path(options.to), Moment.now())
    except OSError as error:
        sys.stderr.write(f"{options.to} cannot be written ({error.strerror}). No backup was made.\n")
        return 2
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    rows = counted(sum(manifest["rows"].values()), "row")
    sys.stdout.write(f"{made}: data version {manifest['data_version']}, {rows}, manifest in {manifest_of(made).name}\n")
    return 0


def backup(database: Path, to: Path, moment: Moment) -> tuple[Path, dict[str, Any]]:
    """Copy the store into a new file, or into a folder under a name of its own, and write its manifest beside it.

    Returns the file and the manifest: sha256, rows by table, data_version, program_version, made_at and the list of
    erasures by identifiers. Nothing is left when it fails. Raises `StoreLocked` when somebody has the store open,
    `UserError` when there is none or the file is there already, and `OSError` when it cannot be written.
    """
    if not database.is_file():
        raise UserError(f"There is no store at {database}. Set CONSENSUS_DATABASE to the file to back up.")
    held = _about(database, moment)
    made = to / _name(held, moment) if to.is_dir() else to
    if made.exists():
        raise UserError(f"{made} is there already. Name another file; a backup is never overwritten.")
    part = made.with_name(made.name + ".part")
    copies.remove(part)
    part.touch(exist_ok=False)  # a folder that is not there or may not be written shows here, not as a fault of DuckDB
    part.unlink()
    with copies.copied(database, part) as rows:
        manifest = {"format": FORMAT, "sha256": copies.sha256(part), "rows": rows} | held
        _write(manifest_of(made), json.dumps(manifest, indent=2) + "\n")
        os.replace(part, made)
    return made, manifest


def manifest_of(made: Path) -> Path:
    """Where the manifest of a backup stands."""
    return made.with_name(made.name + ".json")


def _about(database: Path, moment: Moment) -> dict[str, Any]:
    with store.connect(str(database)) as connection:
        version = current_version(connection)
        erased = [_by_identifiers(entry) for entry in erasure.erasures(connection)]
    about = {"data_version": version, "program_version": PROGRAM_VERSION, "made_at": moment.at.isoformat()}
    return about | {"erasures": erased}


def _by_identifiers(entry: Entry) -> dict[str, Any]:
    """An entry without who and why, in values that JSON has."""
    plain = {name: entry[name] for name in IDENTIFIERS}
    return plain | {name: str(entry[name]) for name in ("id", "submission", "erased_at")}


def _name(held: dict[str, Any], moment: Moment) -> str:
    return f"consensus-{moment.at:%Y-%m-%d-%H%M%S}-version-{held['data_version']}.duckdb"


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.backup", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("to", metavar="FOLDER-OR-FILE", help="a folder, or a new file in a folder that is there")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

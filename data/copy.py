"""`python -m data.copy FROM TO`: a whole workspace from a DuckDB file to DuckLake on PostgreSQL, or back.

FROM and TO are each the path of a file or an address as CONSENSUS_DATABASE has it; CONSENSUS_FILES says where a new
DuckLake keeps its files. What is copied is compared table by table. Exit code 0 when it was copied, 1 when it was
refused and why, 2 when a file cannot be written, 3 when the running dashboard owns a file.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from data import copies, lake, store, tidying
from data.check import counted, print_any_letter
from data.errors import UserError
from data.settings import Settings
from data.workspace import workspace_kind

Content = dict[str, tuple[int, str]]
RUNNING = (
    "The dashboard is running and owns the file. End it (Ctrl-C where it was started), copy, and start it again.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Copy one workspace and say what was copied."""
    options = _arguments(arguments)
    print_any_letter()
    source, target = lake.concealed(options.source), lake.concealed(options.target)
    try:
        version, content = copy(source, target, Settings.from_environment().files)
    except OSError as error:
        sys.stderr.write(f"{error.filename or target}: {error.strerror}. Nothing was copied.\n")
        return 2
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    rows = counted(sum(count for count, _ in content.values()), "row")
    sys.stdout.write(
        f"Copied data version {version}: {rows} in {counted(len(content), 'table')}, the same in both by count and by "
        "content. Set CONSENSUS_DATABASE to the copy and start the dashboard; keep the former store until it is seen.\n"
    )
    return 0


def copy(source: str, target: str, files: str = "") -> tuple[int, Content]:
    """Copy a workspace, all of one moment, and give its data version and the rows and digest of each table.

    Raises `StoreLocked` when another process has one of the files, `OSError` when a file cannot be written, and
    `UserError` when there is no workspace to copy, the target has one, or the copy is not the same. A file that was
    begun is removed then.
    """
    _must_be_there(source)
    if lake.is_lake(target):
        return _copied(source, target, files)
    path = Path(target)
    if path.exists():
        raise UserError(f"{path} is there already. Name another file; a store is never overwritten.")
    part = path.with_name(path.name + ".part")
    copies.remove(part)
    part.touch(exist_ok=False)  # a folder that is not there or may not be written shows here, not as a fault of DuckDB
    part.unlink()
    try:
        done = _copied(source, str(part), files)
        os.replace(part, path)
    finally:
        copies.remove(part)
    return done


def _must_be_there(source: str) -> None:
    """Raise `UserError` unless the source is a workspace that this release reads."""
    if not lake.is_lake(source) and not Path(source).is_file():
        raise UserError(f"There is no store at {source}. Nothing was copied.")
    with store.connect(source, read_only=True) as connection:
        if store.format_of(connection) is None:
            raise UserError("The store to copy is empty: no dashboard was started on it yet. Nothing was copied.")


def _copied(source: str, target: str, files: str) -> tuple[int, Content]:
    with store.connect(target, files=files) as connection:
        if workspace_kind(connection):
            raise UserError("There is a workspace in the target already. Name an empty database. Nothing was copied.")
        if lake.is_lake(target):
            tidying.prepare(connection)
    with lake.both(source, target, files) as connection:
        version, content = _at_one_moment(connection)
        if copies.content(connection, "target") != content:
            raise UserError(
                "The copy does not hold what the store holds, so it is of no use: do not start a dashboard on it. Copy "
                "again to another empty database. The store that was copied is as it was."
            )
    return version, content


def _at_one_moment(connection: store.Connection) -> tuple[int, Content]:
    with store.transaction(connection):
        content = copies.content(connection, "source")
        for table in content:
            store.run_on(connection, "copies/empty_table", table, "")
            store.run_on(connection, "copies/copy_table", table, "")
        version = connection.table("target.main.current_version").fetchone()
    return int(version[0]) if version else 0, content


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.copy", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", metavar="FROM", help="the path of a file, or ducklake:postgres:ADDRESS")
    parser.add_argument("target", metavar="TO", help="a new file, or an address whose database has no workspace")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

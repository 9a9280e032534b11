"""Processes in which something goes wrong while a file is stored; `test_faults.py` starts them and looks at the store.

Each deed is told its store, its file and one word more. What it has to say it prints as one JSON object a line.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.errors import UserError
from data.settings import Settings
from data.submission import Prepared, confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace

BEFORE, BEFORE_COMMIT, AFTER_COMMIT = "before the transaction", "before the commit", "after the commit"


def opened(database: str, file: str, corrects: str = "") -> tuple[store.Connection, Callable[[], Prepared]]:
    """The open workspace, and what checks the file there."""
    catalogue, content = load(), Path(file).read_bytes()
    connection = open_workspace(Settings(database, "empty"), catalogue)
    earlier = UUID(corrects) if corrects else None
    return connection, lambda: prepare(
        connection, LOCAL_ADMINISTRATOR, catalogue, content, "later.csv", corrects=earlier
    )


def stored(prepared: Prepared) -> int:
    return confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now(), reason="Invented: the count was wrong")


def say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(database: str, file: str, moment: str, corrects: str) -> None:
    """Die at a moment of the confirm: before, right after one of its steps, or on either side of the commit."""
    _, check = opened(database, file, corrects)
    prepared = check()
    run, commit = store.run, store.commit

    def dying(connection: store.Connection, name: str, **parameters: Any) -> store.Connection:
        done = run(connection, name, **parameters)
        if name in (moment, {BEFORE: "submission/upload_areas"}.get(moment)):
            die()
        return done

    after = lambda connection: (commit(connection), die())  # noqa: E731
    store.run = dying
    store.commit = {BEFORE_COMMIT: die, AFTER_COMMIT: after}.get(moment, commit)
    say(survived=stored(prepared))


def killed_while_brought_up(database: str, _: str, step: str) -> None:
    """Die while a store of an earlier release is brought up: once its copy is whole, or right after a step."""
    from data import migrations

    run, keep = store.run, migrations.backup.keep

    def dying(connection: store.Connection, name: str, **parameters: Any) -> store.Connection:
        done = run(connection, name, **parameters)
        if name == step:
            die()
        return done

    store.run = dying
    migrations.backup.keep = lambda *given: (keep(*given), die() if step == "copied" else None)
    migrations.bring_up(Settings(database), Moment(datetime(2026, 11, 22, 9, 30), date(2026, 11, 22)))
    say(survived=step)


def waiting(database: str, file: str, threshold: str) -> None:
    """Say when the storing begins and when it is over, for somebody who kills this process in between."""
    connection, check = opened(database, file)
    connection.execute(f"SET checkpoint_threshold = '{threshold}'")
    prepared = check()
    say(ready=True)
    sys.stdin.readline()
    say(version=stored(prepared))
    sys.stdin.readline()


def uploading(database: str, folder: str, name: str) -> None:
    """Check and store the files of a name one after the other, again where another process was first."""
    catalogue = load()
    connection = open_workspace(Settings(database, "empty"), catalogue)
    say(ready=True)
    sys.stdin.readline()
    for path in sorted(Path(folder).glob(f"{name}-*.csv")):
        say(version=until_stored(lambda path=path: prepare(
            connection, LOCAL_ADMINISTRATOR, catalogue, path.read_bytes(), path.name
        )))  # fmt: skip


def until_stored(check: Callable[[], Prepared]) -> int:
    while True:
        try:
            return stored(check())
        except store.TryAgain:
            continue


def attempt(deed: Callable[[], object]) -> None:
    """Say what came of it: a version, or a fault in words; anything else ends the process with a traceback."""
    try:
        said = deed()
        say(did=said if isinstance(said, int | str) else type(said).__name__)
    except UserError as error:
        say(fault=type(error).__name__, words=str(error))


def room(size: int = resource.RLIM_INFINITY) -> None:
    """Let no file of this process grow beyond a size in bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def full_at_commit(database: str, file: str, size: str) -> None:
    """Store and log may grow by little: nothing is stored, what was can be read, and with room the file goes in."""
    connection, check = opened(database, file)
    prepared = check()
    room(int(size))
    attempt(lambda: stored(prepared))
    attempt(lambda: store.rows(connection, "submission/submission_by_id", id=prepared.id) == [] and "not stored")
    room()
    attempt(lambda: stored(prepared))


def full_behind_commit(database: str, file: str, size: str) -> None:
    """The log takes the file, but DuckDB cannot tidy it into the store."""
    connection, check = opened(database, file)
    prepared = check()
    connection.execute("SET checkpoint_threshold = '1KB'; SET auto_checkpoint_skip_wal_threshold = 100000000")
    room(int(size))
    attempt(lambda: stored(prepared))
    attempt(lambda: store.rows(connection, "current_version"))
    attempt(check)


def full_while_checking(database: str, file: str, what: str) -> None:
    """Memory is short, and the disk has no room for what goes there in its place; later the file can be checked."""
    connection, check = opened(database, file)
    connection.execute("SET memory_limit = '60MB'")
    if what == "disk":
        room(1024**2)
    else:
        connection.execute("SET memory_limit = '30MB'; SET max_temp_directory_size = '1MB'")
    attempt(check)
    room()
    connection.execute("SET memory_limit = '2GB'; SET max_temp_directory_size = '2GB'")
    attempt(lambda: stored(check()))


def full_at_start(database: str, _: str, size: str) -> None:
    """There is no room even to make a store."""
    room(int(size))
    attempt(lambda: open_workspace(Settings(database, "empty"), load()))
    room()
    attempt(lambda: open_workspace(Settings(database, "empty"), load()))


def full_for_the_command(database: str, file: str, size: str) -> None:
    """`python -m data.submit` where the store and its log may not grow."""
    from data.submit import main

    os.environ |= {"CONSENSUS_DATABASE": database, "CONSENSUS_START": "empty"}
    room(int(size))
    sys.exit(main([file]))


def killed_dashboard(database: str, file: str, step: str) -> None:
    """Drop the file on the Upload page, press the button, and die after a step of the confirm."""
    from pytest import MonkeyPatch
    from streamlit.testing.v1 import AppTest

    from tests.conftest import ROOT, leave_pages_to_the_menu

    os.environ |= {"CONSENSUS_DATABASE": database, "CONSENSUS_START": "empty"}
    run = store.run

    def dying(connection: store.Connection, name: str, **parameters: Any) -> store.Connection:
        done = run(connection, name, **parameters)
        if name == step:
            die()
        return done

    leave_pages_to_the_menu(MonkeyPatch())
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).switch_page("pages/upload.py").run()
    app.file_uploader[0].set_value(("later.csv", Path(file).read_bytes(), "text/csv")).run()
    button = next(button for button in app.button if button.label.startswith("Confirm"))
    say(pressed=button.label)
    store.run = dying
    button.click().run()


DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed
    for deed in (
        killed, killed_while_brought_up, uploading, waiting, full_at_commit, full_behind_commit, full_while_checking,
        full_at_start, full_for_the_command, killed_dashboard,
    )
}  # fmt: skip

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])

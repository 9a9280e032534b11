"""Whatever goes wrong while a file is stored, all of it is there afterwards or none, and the next file goes in."""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from data import audit, queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.settings import Settings
from data.store import Connection, TryAgain
from data.submission import confirm, prepare
from data.workspace import open_workspace
from tests.integration.doomed import AFTER_COMMIT, BEFORE, BEFORE_COMMIT
from tests.integration.storing import KENT, MOMENT, NORFOLK, SUFFOLK, everything, fact, facts, rows, send

ROOT = Path(__file__).resolve().parents[2]
QUARTERS = [f"20{year}/{year + 1} Q{quarter}" for year in range(15, 25) for quarter in range(1, 5)]
AREAS = [f"E230000{number:02d}" for number in range(1, 37) if number not in (17, 34)]
FIRST = facts(fact(), fact(KENT), fact(SUFFOLK))
# Of the first file one fact is changed, one is said again and one is missing; one is new.
LATER = facts(fact(numerator=55), fact(KENT), fact(SUFFOLK, period="2025/26 Q2"))
WRITES = [
    "raise_version",
    "insert_data_version",
    "submission/observations_close",
    "submission/observations_insert",
    "submission/insert_submission",
    "history/insert_areas",
    "history/observations_restate",
    "history/observations_end",
    "history/observations_return",
    "history/insert_end",
    "audit/advance",
    "insert_audit",
]
MOMENTS = [BEFORE, *WRITES, BEFORE_COMMIT, AFTER_COMMIT]
KILLED = -signal.SIGKILL
DISK_FULL = (
    "The disk is full or the file may not grow. Nothing was stored, and nothing stored before is lost. Make room on "
    "the disk, then try again."
)
MEMORY_FULL = (
    "This needs more memory than the computer has free. Nothing was stored. Close other programs, make room on the "
    "disk, or split the file by period or by area; then try again."
)
RESTART = (
    "The store had to be closed, most likely because the disk is full. What was stored is safe. Make room on the "
    "disk, then stop the program and start it again."
)


def many(count: int, numerator: int = 54, of: str = "part") -> bytes:
    """A file of so many facts, all of them different, of the parts with this name."""
    lines = ["area_code,indicator,period,breakdown_type,breakdown,numerator,denominator,comment"]
    for number in range(count):
        area, period = AREAS[number % len(AREAS)], QUARTERS[number // len(AREAS) % len(QUARTERS)]
        part = number // len(AREAS) // len(QUARTERS)
        lines.append(f"{area},s136_health_based_place,{period},invented,{of} {part},{numerator},100000,Invented words")
    return "\n".join(lines).encode()


def doomed(deed: str, *words: object) -> subprocess.Popen[str]:
    """A process of `doomed.py`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.doomed", deed, *map(str, words)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


def ended(deed: str, *words: object) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code of a process, what it said, and what it complained of."""
    process = doomed(deed, *words)
    said, complaints = process.communicate(timeout=120)
    return process.returncode, [json.loads(line) for line in said.splitlines()], complaints


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, str]:
    """A closed store with one file in it, and the identifier of that submission."""
    path = tmp_path_factory.mktemp("started") / "store.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        prepared, _ = send(connection, catalogue, FIRST)
    return path, str(prepared.id)


@pytest.fixture
def database(started: tuple[Path, str], tmp_path: Path) -> Path:
    """A store with one file in it, of this test's own."""
    return Path(shutil.copy(started[0], tmp_path / "store.duckdb"))


def reopened(database: Path, catalogue: Catalogue) -> Connection:
    """The store as the program opens it after a fault."""
    return open_workspace(Settings(str(database), "empty"), catalogue)


def version_of(connection: Connection) -> int:
    return int(queries.current(connection)["version"])


def assert_in_step(connection: Connection) -> None:
    """Every version has its line, its file, its line of the audit trail and its facts, and no fact is of two minds."""
    version = version_of(connection)
    numbers = [(number,) for number in range(1, version + 1)]
    assert rows(connection, "SELECT version FROM data_version ORDER BY ALL") == numbers
    assert rows(connection, "SELECT version FROM submission ORDER BY ALL") == numbers[1:]
    assert rows(connection, "SELECT DISTINCT to_version FROM audit ORDER BY ALL") == [(0,), *numbers]
    assert audit.verify(connection).whole
    facts_of = "SELECT submission, from_version, count(*)::INTEGER FROM observation GROUP BY ALL ORDER BY from_version"
    # What a correction says again goes over to it from the file that it takes the place of.
    again = "CASE WHEN id IN (SELECT successor FROM submission_end) THEN rows_unchanged ELSE 0 END"
    told = f"SELECT id, version, rows_new + rows_changed + {again} FROM submission ORDER BY version"
    assert rows(connection, facts_of) == rows(connection, told)
    areas = "SELECT DISTINCT o.submission FROM observation o ANTI JOIN submission_area a USING (submission, area_code)"
    assert rows(connection, areas) == []
    twice = (
        "SELECT indicator FROM observation WHERE until_version IS NULL "
        "GROUP BY indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation "
        "HAVING count(*) > 1"
    )
    assert rows(connection, twice) == []


def assert_takes_the_next_file(connection: Connection, catalogue: Catalogue) -> None:
    version = version_of(connection)
    assert send(connection, catalogue, facts(fact(numerator=77, period="2023/24 Q3")))[1] == version + 1
    assert_in_step(connection)


# A process that is killed


@pytest.fixture(scope="module")
def after_death(started: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, int]]:
    """For each moment, the store that a process left behind that was killed then, and how the process ended."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "later.csv").write_bytes(LATER)

    def kill_at(moment: str) -> tuple[Path, int]:
        path = Path(shutil.copy(started[0], folder / f"{MOMENTS.index(moment)}.duckdb"))
        return path, ended("killed", path, folder / "later.csv", moment, started[1])[0]

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(MOMENTS, pool.map(kill_at, MOMENTS), strict=True))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_killed_while_it_confirms_leaves_all_or_nothing(
    moment: str, after_death: dict[str, tuple[Path, int]], started: tuple[Path, str], catalogue: Catalogue
) -> None:
    path, code = after_death[moment]
    assert code == KILLED
    with closing(reopened(path, catalogue)) as connection:
        if moment == AFTER_COMMIT:
            assert version_of(connection) == 3
            assert rows(connection, "SELECT state, version FROM submission_end") == [("superseded", 3)]
            held = "SELECT area_code, numerator, from_version FROM observation WHERE until_version IS NULL ORDER BY ALL"
            assert rows(connection, held) == [(NORFOLK, 55, 3), (SUFFOLK, 54, 3), (KENT, 54, 3)]
        else:
            with closing(store.connect(str(started[0]), read_only=True)) as untouched:
                assert everything(connection) == everything(untouched)
        assert_in_step(connection)
        assert_takes_the_next_file(connection, catalogue)


def test_the_moments_are_all_the_steps_that_write(
    database: Path, started: tuple[Path, str], catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    run = store.run

    def noting(connection: Connection, name: str, **parameters: Any) -> Connection:
        if re.search(r"(?m)^(INSERT|UPDATE|DELETE)\b", store.text(name)):
            taken.append(name)
        return run(connection, name, **parameters)

    with closing(reopened(database, catalogue)) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, LATER, "later.csv", corrects=started[1])
        monkeypatch.setattr(store, "run", noting)
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT, reason="Invented")
    assert list(dict.fromkeys(taken)) == WRITES


def test_a_process_killed_somewhere_in_a_large_file_leaves_all_or_nothing(
    started: tuple[Path, str], tmp_path: Path, catalogue: Catalogue
) -> None:
    """Killed from outside after a part of the time that the storing takes; every other time DuckDB also tidies up."""
    count, takes, states = 30_000, 0.0, []
    (tmp_path / "later.csv").write_bytes(many(count))
    chance = random.Random(7)
    for number, threshold in enumerate(["1GB", "1GB", "1MB", "1GB", "1MB"]):
        path = Path(shutil.copy(started[0], tmp_path / f"{number}.duckdb"))
        takes, whole = killed_within(path, tmp_path / "later.csv", threshold, takes * chance.random())
        with closing(reopened(path, catalogue)) as connection:
            stored = rows(connection, "SELECT count(*) FROM observation")[0][0] - 3
            states.append(stored)
            assert stored == (count if version_of(connection) == 3 else 0)
            assert version_of(connection) == 3 or not whole
            assert_in_step(connection)
            assert_takes_the_next_file(connection, catalogue)
    assert states[0] == count and 0 in states


def killed_within(path: Path, file: Path, threshold: str, delay: float) -> tuple[float, bool]:
    """Kill a process so many seconds after it begins to store, or let it end when told none; the seconds that it took,
    or the delay, and whether it had said that all was stored.
    """
    process = doomed("waiting", path, file, threshold)
    assert process.stdin and process.stdout and json.loads(process.stdout.readline()) == {"ready": True}
    begun = time.monotonic()
    process.stdin.write("store\n")
    process.stdin.flush()
    if not delay:
        assert json.loads(process.stdout.readline()) == {"version": 3}
    else:
        time.sleep(delay)
    took = time.monotonic() - begun
    process.send_signal(signal.SIGKILL)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == KILLED
    return took, not delay or bool(said)


def test_a_dashboard_killed_while_it_stores_leaves_nothing(
    database: Path, started: tuple[Path, str], tmp_path: Path, catalogue: Catalogue
) -> None:
    (tmp_path / "later.csv").write_bytes(LATER)
    code, said, complaints = ended(
        "killed_dashboard", database, tmp_path / "later.csv", "submission/observations_insert"
    )
    assert code == KILLED, complaints
    assert said == [{"pressed": "Confirm: store 2 changes as data version 3"}]
    with closing(reopened(database, catalogue)) as connection:
        with closing(store.connect(str(started[0]), read_only=True)) as untouched:
            assert everything(connection) == everything(untouched)
        assert_takes_the_next_file(connection, catalogue)


# Several at the same moment


def insistent(
    connection: Connection, catalogue: Catalogue, content: bytes, name: str, start: Callable[[], None]
) -> tuple[int, int]:
    """Check and confirm a file as a person does who is told to try again; the version, and how often they were told."""
    told = 0
    while True:
        prepared = prepare(connection.cursor(), LOCAL_ADMINISTRATOR, catalogue, content, name)
        if not told:
            start()
        try:
            return confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT), told
        except TryAgain:
            told += 1


def test_sessions_that_confirm_at_the_same_moment_all_arrive_and_never_mix(
    empty: Connection, catalogue: Catalogue
) -> None:
    """Eight rounds of two and of three files with the same facts, at once or one a moment after the other: each is
    stored whole, as a version of its own.
    """
    told = 0
    for turn in range(8):
        files = [many(120, 1_000 * turn + 100 * sender + 1, f"turn {turn // 2}") for sender in range(2 + turn % 2)]
        before, gate = version_of(empty), Barrier(len(files))
        pause = 0.05 if turn % 4 >= 2 else 0.0

        def start(after: float, gate: Barrier = gate) -> None:
            gate.wait()
            time.sleep(after)

        with ThreadPoolExecutor(len(files)) as pool:
            sent = [
                pool.submit(insistent, empty, catalogue, content, f"{turn} {place}.csv", partial(start, pause * place))
                for place, content in enumerate(files)
            ]
            outcomes = [one.result(timeout=120) for one in sent]
        assert sorted(version for version, _ in outcomes) == list(range(before + 1, before + 1 + len(files)))
        told += sum(times for _, times in outcomes)
        for sender, (version, _) in enumerate(outcomes):
            written = "SELECT DISTINCT file_name, numerator FROM observation o JOIN submission s ON o.submission = s.id"
            assert rows(empty, f"{written} WHERE from_version = {version}") == [
                (f"{turn} {sender}.csv", 1_000 * turn + 100 * sender + 1)
            ]
        assert_in_step(empty)
    assert told > 0


# A disk that is full


def full(deed: str, database: Path, content: bytes, *words: object) -> list[dict[str, Any]]:
    """What a process says of its attempts; it never ends with a traceback."""
    file = database.with_name("later.csv")
    file.write_bytes(content)
    code, said, complaints = ended(deed, database, file, *words)
    assert (code, complaints) == (0, "")
    return said


@pytest.mark.parametrize(("count", "size"), [(3, 200), (3_000, 50_000), (130_000, 100_000)])
def test_a_file_for_which_the_disk_has_no_room_leaves_nothing_and_goes_in_once_there_is(
    count: int, size: int, database: Path, catalogue: Catalogue
) -> None:
    """At the commit, or for a large file already while its rows are written."""
    assert full("full_at_commit", database, many(count), size) == [
        {"fault": "DiskFull", "words": DISK_FULL},
        {"did": "not stored"},
        {"did": 3},
    ]
    with closing(reopened(database, catalogue)) as connection:
        assert version_of(connection) == 3
        assert_takes_the_next_file(connection, catalogue)


def test_a_file_that_is_stored_but_cannot_be_tidied_away_is_stored(database: Path, catalogue: Catalogue) -> None:
    """DuckDB gives the store up then; the person is told to start the program again, and it opens without complaint."""
    size = database.stat().st_size
    assert full("full_behind_commit", database, many(300), size + 1) == [
        {"did": 3},
        {"fault": "RestartNeeded", "words": RESTART},
        {"fault": "RestartNeeded", "words": RESTART},
    ]
    with closing(reopened(database, catalogue)) as connection:
        assert version_of(connection) == 3
        assert_takes_the_next_file(connection, catalogue)


@pytest.mark.parametrize(
    ("lacking", "fault"), [("disk", ("DiskFull", DISK_FULL)), ("memory", ("MemoryFull", MEMORY_FULL))]
)
def test_a_file_that_cannot_be_checked_for_want_of_room_is_told_so(
    lacking: str, fault: tuple[str, str], database: Path, catalogue: Catalogue
) -> None:
    assert full("full_while_checking", database, many(150_000), lacking) == [
        {"fault": fault[0], "words": fault[1]},
        {"did": 3},
    ]
    with closing(reopened(database, catalogue)) as connection:
        assert_takes_the_next_file(connection, catalogue)


def test_a_store_for_which_there_is_no_room_is_made_later(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "new.duckdb"
    assert full("full_at_start", path, b"", 40_000) == [
        {"fault": "DiskFull", "words": DISK_FULL},
        {"did": "DuckDBPyConnection"},
    ]
    with closing(reopened(path, catalogue)) as connection:
        assert_takes_the_next_file(connection, catalogue)


def test_the_command_says_that_the_disk_is_full(database: Path, catalogue: Catalogue) -> None:
    (database.parent / "later.csv").write_bytes(LATER)
    process = doomed("full_for_the_command", database, database.parent / "later.csv", 0)
    said, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (1, f"{DISK_FULL}\n")
    assert said.splitlines()[1:] == ["would change: 1 new, 1 changed, 1 unchanged, 0 absent"]
    with closing(reopened(database, catalogue)) as connection:
        assert version_of(connection) == 2
        assert_takes_the_next_file(connection, catalogue)

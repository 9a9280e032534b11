"""A store on DuckLake and PostgreSQL: what it must do beyond what the tests marked `both_engines` show."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data import adaptations, audit, check, copies, erasure, lake, queries, store, tidying
from data import copy as copying
from data.actor import LOCAL_ADMINISTRATOR
from data.adaptations import Adaptation
from data.catalogue import Catalogue
from data.errors import UserError
from data.faults import NoAnswer
from data.settings import Settings
from data.store import Connection
from data.submission import confirm, prepare
from data.workspace import open_workspace, workspace_kind
from tests.integration.doomed import AFTER_COMMIT, BEFORE_COMMIT
from tests.integration.storing import KENT, MOMENT, NORFOLK, SUFFOLK, as_csv, fact, facts, rows, send, voice
from tests.integration.test_faults import KILLED, assert_in_step, assert_takes_the_next_file, doomed
from tests.postgres import Postgres, restart, stop

SECRET = "Quillon Vexmoor of Blackmarsh"
AREAS = {"first": NORFOLK, "second": KENT}


@pytest.fixture
def opened(lake: Settings, catalogue: Catalogue) -> Iterator[Connection]:
    """An empty workspace on a lake, open."""
    with closing(open_workspace(lake, catalogue)) as connection:
        yield connection


# Opening


def test_a_lake_is_made_where_there_is_none_and_opened_where_there_is(
    postgres: Postgres, tmp_path: Path, catalogue: Catalogue
) -> None:
    settings = postgres.lake(tmp_path / "files")
    with pytest.raises(UserError, match="Set CONSENSUS_FILES to a folder that every machine shares"):
        open_workspace(replace(settings, files=""), catalogue)
    open_workspace(settings, catalogue).close()
    with closing(open_workspace(replace(settings, files=""), catalogue)) as again:
        assert queries.current(again)["version"] == 1 and tidying.on_lake(again)
    with pytest.raises(UserError, match="Set it to the same place as on the machine that made the store"):
        open_workspace(replace(settings, files=str(tmp_path / "elsewhere")), catalogue)


def test_machines_that_start_at_once_make_one_workspace(
    postgres: Postgres, tmp_path: Path, catalogue: Catalogue
) -> None:
    settings = postgres.lake(tmp_path / "files")
    with ThreadPoolExecutor(3) as pool:
        made = [one.result() for one in [pool.submit(open_workspace, settings, catalogue) for _ in range(3)]]
    assert {workspace_kind(one) for one in made} == {"empty"}
    for table in ("workspace", "current_version", "data_version", "audit_head"):
        assert rows(made[0], f"SELECT count(*) FROM {table}") == [(1,)]
    assert audit.verify(made[0]).whole
    for one in made:
        one.close()


def test_one_machine_at_a_time_brings_a_workspace_up_to_date(lake: Settings, opened: Connection) -> None:
    done: list[str] = []

    def second() -> None:
        with closing(store.connect(lake.database)) as other, tidying.one_starts(other):
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with tidying.one_starts(opened):
            waiting = pool.submit(second)
            time.sleep(2)
            done.append("first")
        waiting.result(timeout=30)
    assert done == ["first", "second"]


def test_a_file_has_one_process_and_waits_for_nobody() -> None:
    with closing(store.connect(":memory:")) as connection, tidying.one_starts(connection):
        assert queries.data_versions(connection) == []


def test_the_commands_that_read_know_a_lake(
    lake: Settings, opened: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    send(opened, catalogue, facts())
    monkeypatch.setenv("CONSENSUS_DATABASE", lake.database)
    (tmp_path / "same.csv").write_bytes(facts())
    opened.close()  # in one process DuckDB opens an address for writing or for reading, not both
    assert check.main([str(tmp_path / "same.csv")]) == 0
    said = capsys.readouterr()
    assert "1 unchanged" in said.out, said
    assert audit.main(["verify"]) == 0


def test_nothing_is_downloaded_and_the_home_is_not_written_to(opened: Connection) -> None:
    asked = "SELECT current_setting('extension_directory'), current_setting('autoinstall_known_extensions')"
    assert rows(opened, asked) == [(str(lake.extension_folder()), False)]
    assert lake.own_folder() in lake.extension_folder().parents


def test_only_reading_changes_nothing(lake: Settings) -> None:
    with closing(store.connect(lake.database, read_only=True)) as connection:
        assert queries.current(connection)["version"] == 1
        with pytest.raises(duckdb.Error, match="read-only"):
            store.run(connection, "raise_version")


# PostgreSQL goes away


def test_a_server_that_goes_away_is_said_and_the_next_query_after_its_return_is_answered(
    postgres: Postgres, opened: Connection, catalogue: Catalogue
) -> None:
    prepared = prepare(opened, LOCAL_ADMINISTRATOR, catalogue, facts(), "figures.csv")
    stop(postgres)
    try:
        with pytest.raises(UserError, match="The PostgreSQL server of the store does not answer"):
            queries.current(opened)
        with pytest.raises(NoAnswer):
            confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    finally:
        restart(postgres)
    assert queries.current(opened)["version"] == 1
    assert confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT) == 2
    assert_in_step(opened)


def test_a_server_that_goes_away_in_the_middle_of_storing_leaves_nothing(
    postgres: Postgres, opened: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(opened, LOCAL_ADMINISTRATOR, catalogue, facts(), "figures.csv")
    run, gone = store.run, []

    def losing(connection: Connection, name: str, **parameters: object) -> Connection:
        if name == "submission/observations_insert" and not gone:
            gone.append(name)
            postgres.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        return run(connection, name, **parameters)

    monkeypatch.setattr(store, "run", losing)
    with pytest.raises(NoAnswer):
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    assert queries.current(opened)["version"] == 1
    assert confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT) == 2
    assert_in_step(opened)


# What was erased is gone


def held_anywhere(postgres: Postgres, lake: Settings, words: str) -> list[str]:
    """Where words still stand: a table of PostgreSQL, as text or as bytes, or a Parquet file, packed or not."""
    database = postgres.name_of(lake)
    dump = subprocess.run(
        [postgres.server.bin_path / "pg_dump", postgres.server.get_uri(database)], capture_output=True, check=True
    ).stdout
    asked = words.encode()
    found = ["PostgreSQL"] if asked in dump or asked.hex().encode() in dump else []
    for path in Path(lake.files).rglob("*.parquet"):
        with duckdb.connect() as reader:
            cells = reader.read_parquet(str(path)).fetchall()
        if asked in path.read_bytes() or any(words in as_text(cell) for line in cells for cell in line):
            found.append(str(path.relative_to(lake.files)))
    return found


def as_text(cell: object) -> str:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


@pytest.mark.parametrize("others", [0, 30], ids=["in PostgreSQL", "in a file"])
def test_an_erased_text_is_in_no_file_and_no_row_of_postgresql(
    others: int, postgres: Postgres, lake: Settings, opened: Connection, catalogue: Catalogue
) -> None:
    lines = [voice(summary=f"Invented words {number}", source_reference=str(number)) for number in range(others)]
    content = as_csv([voice(summary=SECRET, source_reference="x"), *lines])
    send(opened, catalogue, content)
    newer = as_csv([voice(summary=SECRET, source_reference="x", grade=2)])
    send(opened, catalogue, newer)
    assert held_anywhere(postgres, lake, SECRET)
    erasure.erase(opened, LOCAL_ADMINISTRATOR, SECRET, "the person asked for it", MOMENT)
    assert held_anywhere(postgres, lake, SECRET) == []
    assert not copies.rewrite_is_due(opened)
    assert rows(opened, "SELECT count(*) FROM insight WHERE summary LIKE '[erased%'") == [(2,)]
    assert rows(opened, "SELECT count(*) FROM insight") == [(others + 2,)]


def test_a_text_of_a_page_is_erased_and_a_start_finishes_what_was_interrupted(
    postgres: Postgres, lake: Settings, opened: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Adaptation("COM-1", NORFOLK, "practice", SECRET, "Invented evidence", MOMENT.as_of)
    adaptations.record(opened, LOCAL_ADMINISTRATOR, catalogue, written, MOMENT)

    def interrupted(connection: Connection) -> None:
        raise store.TryAgain("somebody writes")

    with monkeypatch.context() as patched:
        patched.setattr(tidying, "forget", interrupted)
        erasure.erase(opened, LOCAL_ADMINISTRATOR, SECRET, "the person asked for it", MOMENT)
    assert held_anywhere(postgres, lake, SECRET) and copies.rewrite_is_due(opened)
    open_workspace(lake, catalogue).close()
    assert held_anywhere(postgres, lake, SECRET) == []


def test_tidying_keeps_every_data_version_and_writes_small_files_together(
    lake: Settings, opened: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        send(opened, catalogue, facts(*[fact(period=f"{2010 + n}/{11 + n} Q1", numerator=number) for n in range(12)]))
    before, seen = copies.content(opened), [queries.observations(opened, version) for version in range(1, 5)]
    files = len(list(Path(lake.files).rglob("*.parquet")))
    monkeypatch.setattr(tidying, "READERS", 0.0)
    tidying.tidy(opened)
    assert copies.content(opened) == before and tidying.snapshots(opened) == 1
    assert len(list(Path(lake.files, "main", "observation").rglob("*.parquet"))) < files
    for version, then in enumerate(seen, 1):
        assert lines_of(queries.observations(opened, version)) == lines_of(then)


def lines_of(frame: pd.DataFrame) -> list[str]:
    """The rows of a frame in any order, to nine digits: sums come in another order from another engine."""
    return sorted(
        str([f"{cell:.9g}" if isinstance(cell, float) else str(cell) for cell in line])
        for line in frame.itertuples(index=False)
    )


def test_the_command_tidies_a_lake_and_leaves_a_file_alone(
    lake: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tidying.main([]) == 1
    assert "a DuckDB file, which tidies itself" in capsys.readouterr().err
    monkeypatch.setenv("CONSENSUS_DATABASE", lake.database)
    assert tidying.main([]) == 0
    assert "snapshots of DuckLake before" in capsys.readouterr().out


# Copies


def test_a_workspace_goes_to_a_lake_and_back_and_is_the_same(
    demonstration_copy: Path, postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with closing(store.connect(str(demonstration_copy))) as connection:
        connection.execute("UPDATE observation SET lower = -0.0 WHERE indicator = 'homicide'")
        before, version = copies.content(connection), queries.current(connection)["version"]
    there, back = postgres.lake(tmp_path / "files"), tmp_path / "back.duckdb"
    monkeypatch.setenv("CONSENSUS_FILES", there.files)
    assert copying.main([str(demonstration_copy), there.database]) == 0
    assert f"Copied data version {version}: " in capsys.readouterr().out
    assert copying.main([there.database, str(back)]) == 0
    with closing(store.connect(there.database)) as lake, closing(store.connect(str(back))) as file:
        assert copies.content(lake) == copies.content(file) == before
        assert queries.current(lake)["version"] == queries.current(file)["version"] == version
        assert audit.verify(lake).whole and audit.verify(file).whole
    assert copying.main([str(back), there.database]) == 1
    assert "There is a workspace in the target already" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.duckdb", "copy.duckdb", "files"]


@pytest.mark.parametrize(
    ("source", "target", "code", "said"),
    [
        ("missing.duckdb", "new.duckdb", 1, "There is no store at"),
        ("store.duckdb", "store.duckdb", 1, "is there already. Name another file"),
        ("store.duckdb", "nowhere/new.duckdb", 2, "No such file or directory. Nothing was copied."),
        ("blank.duckdb", "new.duckdb", 1, "no dashboard was started on it yet"),
        ("words.duckdb", "new.duckdb", 1, "cannot be opened"),
    ],
)
def test_a_copy_that_cannot_be_is_refused(
    source: str, target: str, code: int, said: str, tmp_path: Path, catalogue: Catalogue,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    open_workspace(Settings(str(tmp_path / "store.duckdb"), "empty"), catalogue).close()
    store.connect(str(tmp_path / "blank.duckdb")).close()
    (tmp_path / "words.duckdb").write_text("no database")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert copying.main([str(tmp_path / source), str(tmp_path / target)]) == code
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_copy_that_is_not_the_same_is_said(
    lake: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = copies.content
    monkeypatch.setattr(copies, "content", lambda *of: content(*of) | ({"area": (0, "0")} if "target" in of else {}))
    assert copying.main([lake.database, str(tmp_path / "new.duckdb")]) == 1
    assert "do not start a dashboard on it" in capsys.readouterr().err
    assert not list(tmp_path.glob("new*"))


def test_the_content_of_a_table_does_not_depend_on_the_order_of_rows_and_tells_any_change() -> None:
    def digest(*statements: str) -> dict[str, tuple[int, str]]:
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t (a VARCHAR, b DOUBLE, c VARCHAR[])")
            for statement in statements:
                connection.execute(statement)
            return copies.content(connection)

    one, two = "INSERT INTO t VALUES ('x', 0.1, ['p', 'q'])", "INSERT INTO t VALUES (NULL, NULL, NULL)"
    assert digest(one, two) == digest(two, one)
    changes = ["UPDATE t SET a = 'NULL' WHERE a IS NULL", "UPDATE t SET b = 0.1000000001", "UPDATE t SET c = ['p, q']"]
    all_of_them = [digest(one, two), digest(one), digest(one, one), digest(one, two, two), digest()]
    all_of_them += [digest(one, two, change) for change in changes]
    assert len({str(found) for found in all_of_them}) == len(all_of_them)


# What is asked of the store is answered alike


@pytest.fixture(scope="module")
def both(
    demonstration: Connection, demonstration_file: Path, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Connection, Connection]]:
    """The demonstration on a DuckDB file and on a lake."""
    folder = tmp_path_factory.mktemp("both")
    there, copied = postgres.lake(folder / "files"), shutil.copy(demonstration_file, folder / "store.duckdb")
    copying.copy(str(copied), there.database, there.files)
    with closing(store.connect(there.database)) as lake:
        yield demonstration, lake


ASKED = {
    "version": 18, "since": 3, "areas": [NORFOLK, KENT, SUFFOLK], "own_areas": [NORFOLK], "scope": [SUFFOLK],
    "area": None, "commitment": None, "every": True, "sees_every_area": True, "sees_steering": True, "fewest": 10,
    "find": None, "of_group": True, "shown": True, "earliest": None, "indicator": None, "only": None,
    "after": date(2025, 7, 31), "most": 500, "containing": "", "email": "", "still": False, "only_waiting": False,
}  # fmt: skip
STANDS_IN = ("all_of_them", "its_", "given", "INSERT")
FOLDERS = ("queries", "publication", "differences", "public_checks")


def questions() -> list[str]:
    """The queries that only read stored tables."""
    found = [path for folder in FOLDERS for path in sorted((store.SQL / folder).glob("*.sql"))]
    texts = {f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in found}
    return [name for name, text in texts.items() if not any(word in text for word in STANDS_IN)]


@pytest.mark.parametrize("name", questions())
def test_a_query_finds_the_same_on_both_engines(name: str, both: tuple[Connection, Connection]) -> None:
    usual = ASKED | {"review": rows(both[0], "SELECT id FROM review")[0][0]}
    wanted = set(re.findall(r"\$(\w+)", store.text(name)))
    of_file, of_lake = (store.frame(one, name, **{key: usual[key] for key in wanted}) for one in both)
    assert of_file.dtypes.to_dict() == of_lake.dtypes.to_dict()
    assert lines_of(of_file) == lines_of(of_lake)


def test_a_file_is_screened_and_compared_alike_on_both_engines(
    both: tuple[Connection, Connection], catalogue: Catalogue
) -> None:
    quarters = [f"20{15 + number // 4}/{16 + number // 4} Q{number % 4 + 1}" for number in range(36)]
    content = facts(*[fact(numerator=1 + 7 * number % 83, period=period) for number, period in enumerate(quarters)])
    one, other = (prepare(held, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv") for held in both)
    told = [[finding.as_dict() for finding in found.screening.findings] for found in (one, other)]
    assert told[0] and told[0] == told[1]
    assert one.counts == other.counts and lines_of(one.changes) == lines_of(other.changes)


# Two processes


def upload(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def told(process: "subprocess.Popen[str]") -> dict[str, object]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()
    return dict(json.loads(line))


def test_two_processes_upload_at_once_and_a_third_reads_what_they_stored(
    lake: Settings, opened: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    processes = []
    for name, area in AREAS.items():
        for number in range(4):
            content = facts(fact(area, numerator=20 + number), fact(area, period=f"202{number}/2{number + 1} Q2"))
            (tmp_path / f"{name}-{number}.csv").write_bytes(content)
        processes.append(doomed("uploading", lake.database, tmp_path, name))
    assert [told(process) for process in processes] == [{"ready": True}] * 2
    for process in processes:
        upload(process)
    stored = []
    for process in processes:
        for _ in range(4):
            said = told(process)
            # Whoever refreshes a page in another process once a file is confirmed sees it.
            assert queries.current(opened)["version"] >= said["version"]
            stored.append(said["version"])
        process.communicate(timeout=60)
    assert sorted(map(str, stored)) == [str(version) for version in range(2, 10)]
    assert [process.returncode for process in processes] == [0, 0]
    assert queries.current(opened)["version"] == 9
    assert rows(opened, "SELECT count(*) FROM submission") == [(8,)]
    assert audit.verify(opened).whole
    newest = "SELECT area_code, numerator FROM observation WHERE until_version IS NULL AND month(period_end) = 6"
    assert sorted(rows(opened, newest)) == [(NORFOLK, 23.0), (KENT, 23.0)]


@pytest.mark.parametrize("moment", ["submission/observations_insert", BEFORE_COMMIT, AFTER_COMMIT])
def test_a_process_killed_while_it_confirms_leaves_all_or_nothing_and_others_go_on(
    moment: str, lake: Settings, opened: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    first, _ = send(opened, catalogue, facts(fact(), fact(KENT)))
    before = copies.content(opened)
    (tmp_path / "later.csv").write_bytes(facts(fact(numerator=55), fact(SUFFOLK)))
    process = doomed("killed", lake.database, tmp_path / "later.csv", moment, first.id)
    process.communicate(timeout=120)
    assert process.returncode == KILLED
    if moment == AFTER_COMMIT:
        assert queries.current(opened)["version"] == 3
    else:
        assert copies.content(opened) == before
    assert_takes_the_next_file(opened, catalogue)


def test_a_process_killed_at_any_time_leaves_all_or_nothing(
    lake: Settings, opened: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "many.csv").write_bytes(
        facts(*[fact(period=f"{year}/{year - 1999} Q{q}") for year in range(2001, 2021) for q in (1, 2)])
    )
    before = copies.content(opened)
    process = doomed("waiting", lake.database, tmp_path / "many.csv", "1MB")
    assert told(process) == {"ready": True}
    upload(process)
    time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    if queries.current(opened)["version"] == 1:
        assert copies.content(opened) == before
    else:
        assert rows(opened, "SELECT count(*) FROM observation") == [(40,)]
    assert_takes_the_next_file(opened, catalogue)

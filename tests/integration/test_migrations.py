"""A store of the previous release is copied whole, then brought to today's format: all of it or none, and only so."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import audit, copies, manifests, migrations, queries, snapshots, store
from data.actor import LOCAL_ADMINISTRATOR
from data.backup import backup
from data.catalogue import Catalogue
from data.errors import UserError
from data.history import original
from data.restore import restore
from data.settings import Settings
from data.store import OlderFormat, StoreLocked
from data.versions import Moment
from data.workspace import open_workspace
from tests.integration.storing import fact, facts, rows, send
from tests.postgres import Postgres
from tests.source_files import ROOT

STORED = ROOT / "tests" / "fixtures" / "stored"
TEXTS = {"first": ("format_1",), "last": ("format_1", "format_1_later")}
"""What makes a store of the first, and of the last, release of format 1."""
MOMENT = Moment(datetime(2026, 11, 22, 9, 30), date(2026, 11, 22))
HOLDING = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(flush=True); input()"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_index FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database() ORDER BY ALL
"""


def made(path: Path, release: str) -> Path:
    """A closed store, as a release of format 1 left it."""
    with duckdb.connect(str(path)) as connection:
        for name in TEXTS[release]:
            connection.execute((STORED / f"{name}.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture(params=list(TEXTS))
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return made(tmp_path / "ours.duckdb", request.param)


def content(path: Path) -> dict[str, tuple[int, str]]:
    return snapshots.content_of(path)


def copy_of(older: Path) -> Path:
    return older.with_name("ours-format-1-2026-11-22.duckdb")


def bring_up(path: Path) -> migrations.Brought | None:
    return migrations.bring_up(Settings(str(path)), MOMENT)


def format_in(path: Path) -> int | None:
    with store.open_as_it_is(str(path), read_only=True) as connection:
        return store.format_of(connection)


def test_every_table_of_the_older_stores_has_rows(older: Path) -> None:
    """The fixture can show a loss: no table that people fill is empty."""
    empty = {name for name, (count, _) in content(older).items() if not count}
    assert empty <= {"rewrite_due"}


def test_an_older_store_is_copied_whole_and_then_brought_up(older: Path) -> None:
    before = content(older)
    assert bring_up(older) == migrations.Brought(1, copy_of(older))
    assert format_in(older) == store.FORMAT and format_in(copy_of(older)) == 1
    assert content(copy_of(older)) == before, "the copy is the store as it was"
    manifest = manifests.read(manifests.manifest_of(copy_of(older)))
    assert manifest["content"] == before and manifest["sha256"] == copies.sha256(copy_of(older))
    assert (manifest["store_format"], manifest["made_at"]) == (1, "2026-11-22T09:30:00")


def test_nothing_that_was_stored_is_lost_or_changed(older: Path) -> None:
    with store.open_as_it_is(str(older)) as connection:
        tables = [name for (name,) in rows(connection, "SELECT table_name FROM duckdb_tables()")]
        held = {name: rows(connection, f"SELECT * FROM {name}") for name in tables}
        columns = {name: [line[0] for line in rows(connection, f"DESCRIBE {name}")] for name in tables}
    bring_up(older)
    with store.connect(str(older)) as connection:
        kept = {name: rows(connection, f"SELECT {', '.join(columns[name])} FROM {name}") for name in tables}
    assert kept.pop("workspace") == [(store.FORMAT, "empty")] and held.pop("workspace") == [(1, "empty")]
    assert kept["audit"][: len(held["audit"])] == held["audit"]
    added = [line[2:4] for line in kept.pop("audit")[len(held.pop("audit")) :]]
    assert added[-1] == ("store brought up to date", f"from format 1 to format {store.FORMAT}")
    assert kept == held


def test_the_audit_trail_of_an_older_store_is_chained(older: Path) -> None:
    before = content(older)["audit"][0]
    bring_up(older)
    with store.connect(str(older)) as connection:
        found = audit.verify(connection)
        assert found.whole and found.head.lines == before + 2, "and the two lines of this start"
        connection.execute("UPDATE audit SET deed = 'something else' WHERE from_version = 1")
        assert not audit.verify(connection).whole


def test_an_older_store_ends_with_the_very_tables_of_a_new_one(older: Path, tmp_path: Path) -> None:
    """Also in the order of their columns: queries that insert a row by position would mix them up."""
    bring_up(older)
    with store.connect(str(older)) as connection, store.connect(str(tmp_path / "new.duckdb")) as new:
        assert rows(connection, COLUMNS) == rows(new, COLUMNS)


def test_a_second_start_does_nothing_more(older: Path) -> None:
    bring_up(older)
    before, there = content(older), sorted(older.parent.iterdir())
    assert bring_up(older) is None
    assert content(older) == before and sorted(older.parent.iterdir()) == there


def test_the_dashboards_start_brings_it_up_and_the_pages_can_ask(older: Path, catalogue: Catalogue) -> None:
    with open_workspace(Settings(str(older), "demonstration"), catalogue) as connection:
        version = int(queries.current(connection)["version"])
        assert queries.insights(connection, LOCAL_ADMINISTRATOR, version)["quote"].count() == 1
        assert len(queries.observations(connection, version)) == 3
        assert len(queries.targets(connection, version)) == 1 and len(queries.data_versions(connection)) == version
        kept = original(connection, LOCAL_ADMINISTRATOR, "11111111-1111-4111-8111-111111111111", MOMENT)
        assert kept == ("figures.csv", b"area_code;invented figures")
        assert send(connection, catalogue, facts(fact(numerator=61)))[1] == version + 1
    assert len(list(older.parent.glob("ours-format-1-*.duckdb"))) == 1


@pytest.mark.parametrize("release", TEXTS)
@pytest.mark.parametrize("step", ["copied", "schema", "migrations/2_people_and_machines", "migrations/raise_format"])
def test_a_start_that_is_killed_is_taken_up_by_the_next(tmp_path: Path, release: str, step: str) -> None:
    older = made(tmp_path / "ours.duckdb", release)
    before = content(older)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.integration.doomed", "killed_while_brought_up", str(older), "", step],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (killed.returncode, killed.stdout) == (-9, ""), killed.stderr
    assert content(older) == before and format_in(older) == 1, "the store is as it was"
    assert bring_up(older) == migrations.Brought(1, copy_of(older)), "the copy that is there is taken up"
    assert content(copy_of(older)) == before and format_in(older) == store.FORMAT
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".duckdb", ".duckdb", ".json"]


def test_a_step_that_fails_leaves_the_store_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: store.Connection) -> None:
        raise UserError("This step fails.")

    before = content(older)
    monkeypatch.setitem(migrations.STEPS, 2, (*migrations.STEPS[2], failing))
    with pytest.raises(UserError, match="This step fails"):
        bring_up(older)
    assert content(older) == before and format_in(older) == 1


def test_without_a_copy_nothing_is_changed(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, whole = content(older), copies.content
    lacking = {"insight": (1, "0-0")}
    monkeypatch.setattr(copies, "content", lambda at, name="": whole(at, name) | (lacking if name else {}))
    with pytest.raises(UserError, match="could not be copied whole"):
        bring_up(older)
    monkeypatch.undo()
    assert content(older) == before and list(older.parent.iterdir()) == [older]


@pytest.mark.parametrize("damage", ["bytes", "manifest"])
def test_a_copy_that_is_not_whole_is_left_and_another_is_made(older: Path, damage: str) -> None:
    before = content(older)
    bring_up(older)
    shutil.copy(copy_of(older), older)
    if damage == "bytes":
        copy_of(older).write_bytes(b"half a copy")
    else:
        manifests.manifest_of(copy_of(older)).unlink()
    done = bring_up(older)
    assert done and done.copy == older.with_name("ours-format-1-2026-11-22-2.duckdb")
    assert content(done.copy) == before


def test_a_copy_of_another_content_is_never_taken_for_this_one(older: Path) -> None:
    bring_up(older)
    shutil.copy(copy_of(older), older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("UPDATE observation SET numerator = numerator + 1")
    done = bring_up(older)
    assert done and done.copy == older.with_name("ours-format-1-2026-11-22-2.duckdb")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_command_that_may_not_bring_it_up_says_who_does(older: Path, read_only: bool) -> None:
    before = content(older)
    with pytest.raises(OlderFormat, match=r"has format 1, that of an earlier release\. Start the dashboard once"):
        store.connect(str(older), read_only=read_only)
    assert content(older) == before and list(older.parent.iterdir()) == [older]


def test_a_store_of_a_newer_release_is_refused_by_every_way_in(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "newer.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        connection.execute(f"UPDATE workspace SET format = {store.FORMAT + 1}")
    before = content(path)
    ways: list[Any] = [
        lambda: open_workspace(Settings(str(path)), catalogue),
        lambda: bring_up(path),
        lambda: backup(path, tmp_path, MOMENT),
        lambda: store.connect(str(path), read_only=True),
    ]
    for way in ways:
        with pytest.raises(UserError, match=f"has format {store.FORMAT + 1}, that of a newer release; this program"):
            way()
    assert content(path) == before and list(tmp_path.iterdir()) == [path]


def test_a_store_in_use_is_not_touched(older: Path) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(older)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert held.stdout and held.stdout.readline()
    try:
        with pytest.raises(StoreLocked):
            bring_up(older)
    finally:
        held.communicate("\n", timeout=20)
    assert format_in(older) == 1


def test_a_first_start_that_was_cut_short_long_ago_goes_on(tmp_path: Path, catalogue: Catalogue) -> None:
    """Its tables are those of the first release, and nothing says of which format; nothing is in them to be copied."""
    path = made(tmp_path / "ours.duckdb", "first")
    with duckdb.connect(str(path)) as connection:
        for (name,) in rows(connection, "SELECT table_name FROM duckdb_tables()"):
            connection.execute(f"DELETE FROM {name}")
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        assert store.format_of(connection) == store.FORMAT
        found = rows(connection, COLUMNS)
    with store.connect(str(tmp_path / "new.duckdb")) as new:
        assert found == rows(new, COLUMNS)
    assert not list(tmp_path.glob("*format*"))


def test_an_older_store_can_be_backed_up_as_it_is(older: Path, tmp_path: Path) -> None:
    before = content(older)
    made_backup, manifest = backup(older, tmp_path, MOMENT)
    assert content(made_backup) == before == content(older)
    assert manifest["store_format"] == 1 and len(manifest["erasures"]) == before.get("erasure", (0, ""))[0]


def test_a_backup_of_the_previous_release_is_restored_and_brought_up(older: Path, tmp_path: Path) -> None:
    """Its manifest is of format 1: it has no digests of tables, and lists no rights."""
    made_backup, _ = backup(older, tmp_path, MOMENT)
    path = manifests.manifest_of(made_backup)
    manifest = manifests.read(path)
    text = {name: manifest[name] for name in ("sha256", "rows", "data_version", "program_version", "made_at")}
    path.write_text(manifests.json.dumps(text | {"format": 1, "erasures": []}), encoding="utf-8")
    target = tmp_path / "restored" / "new.duckdb"
    done = restore(made_backup, target, [], MOMENT)
    assert done.version == manifest["data_version"] and format_in(target) == store.FORMAT
    assert list(target.parent.iterdir()) == [target], "the backup itself is the copy"


def test_an_older_store_is_replaced_by_a_backup_and_kept(older: Path, tmp_path: Path, empty: store.Connection) -> None:
    from data.backup import backup_live

    newer, _ = backup_live(empty, LOCAL_ADMINISTRATOR, tmp_path / "backups", MOMENT)
    done = restore(newer, older, [], MOMENT, replace=True)
    assert done.kept and format_in(done.kept) == store.FORMAT and copy_of(older).exists()


def test_whoever_runs_it_is_told_where_the_copy_is(older: Path, caplog: pytest.LogCaptureFixture) -> None:
    bring_up(older)
    assert f"It is kept as it is: {copy_of(older)}" in caplog.text


@pytest.mark.parametrize("release", TEXTS)
def test_a_lake_of_an_older_format_is_copied_into_a_file_and_brought_up(
    postgres: Postgres, tmp_path: Path, release: str, catalogue: Catalogue
) -> None:
    """Copied into the folder of backups, which every machine has of its own; restored from there like any backup."""
    settings = replace(postgres.lake(tmp_path / "files"), backups=str(tmp_path / "backups"))
    with store.open_as_it_is(settings.database, files=settings.files) as connection:
        for name in TEXTS[release]:
            connection.execute((STORED / f"{name}.sql").read_text(encoding="utf-8"))
        before = copies.content(connection)
    done = migrations.bring_up(settings, MOMENT)
    assert done == migrations.Brought(1, tmp_path / "backups" / "consensus-format-1-2026-11-22.duckdb")
    assert content(done.copy) == before
    assert migrations.bring_up(settings, MOMENT) is None
    with open_workspace(settings, catalogue) as lake, store.connect(str(tmp_path / "new.duckdb")) as new:
        assert store.format_of(lake) == store.FORMAT and audit.verify(lake).whole
        assert columns(lake) == columns(new)
        assert len(queries.observations(lake, int(queries.current(lake)["version"]))) == 3


def columns(connection: store.Connection) -> list[tuple[Any, ...]]:
    """Names and types in their order; what may be null is told by neither engine for the other."""
    return sorted((line[0], line[4], line[1], line[2]) for line in rows(connection, COLUMNS))

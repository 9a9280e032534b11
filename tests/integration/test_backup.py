"""Backup and restore by command: whole, checked, never over another file, and without what was erased since."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data import copies, erasure, history, queries, restore, store
from data.actor import LOCAL_ADMINISTRATOR
from data.backup import backup, manifest_of
from data.catalogue import Catalogue
from data.errors import UserError
from data.settings import Settings
from data.store import StoreLocked
from data.workspace import open_workspace
from tests.integration.storing import KENT, MOMENT, everything, fact, facts, rows, send, voice
from tests.integration.test_erasure import LATER, REASON, SECRET, TOMBSTONE, TRACES, erase, raw_traces, sent, traces

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def database(tmp_path: Path, catalogue: Catalogue) -> Path:
    """A closed store with an insight that holds the text, another that does not, and a number."""
    path = tmp_path / "store" / "consensus.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        sent(connection, catalogue, voice(summary=SECRET, grade=2), voice(KENT))
        sent(connection, catalogue, fact())
    return path


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def run(database: Path) -> Run:
    """Run one command on this test's store; a traceback never reaches the person."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("CONSENSUS_")}
    base |= {"CONSENSUS_START": "empty", "PYTHONIOENCODING": "utf-8"}

    def command(module: str, *arguments: object, at: Path = database) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "-m", f"data.{module}", *map(str, arguments)],
            cwd=ROOT, env=base | {"CONSENSUS_DATABASE": str(at)}, capture_output=True, encoding="utf-8",
            timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return command


@pytest.fixture
def held_open(database: Path) -> Iterator[None]:
    """Another process that owns the store, as a running dashboard does."""
    code = "import sys; from data import store; c = store.connect(sys.argv[1]); print('open', flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "open\n"
    yield
    process.communicate("\n", timeout=60)


def all_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with store.connect(str(path)) as connection:
        return everything(connection)


def without_audit(held: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: lines for name, lines in held.items() if name not in ("audit", "audit_head")}


def change(path: Path, catalogue: Catalogue) -> None:
    """One more file, so that the store is no longer what the backup holds."""
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        send(connection, catalogue, facts(fact(numerator=60)))


def erase_secret(path: Path, catalogue: Catalogue) -> None:
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        (file,) = rows(connection, "SELECT id FROM submission WHERE template = 'insights'")[0]
        erase(connection, file)


def in_folder(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Backup


def test_a_backup_holds_everything_and_its_manifest_says_what(database: Path, backups: Path, run: Run) -> None:
    done = run("backup", backups / "mine.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    held = all_of(database)
    assert done.stdout == (
        f"{backups / 'mine.duckdb'}: data version 3, {sum(map(len, held.values())):,} rows, "
        "manifest in mine.duckdb.json\n"
    )
    assert in_folder(backups) == ["mine.duckdb", "mine.duckdb.json"]
    manifest = json.loads((backups / "mine.duckdb.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == copies.sha256(backups / "mine.duckdb")
    assert manifest["rows"] == {name: len(lines) for name, lines in held.items()}
    assert (manifest["format"], manifest["data_version"], manifest["erasures"]) == (2, 3, [])
    assert manifest["program_version"] and manifest["made_at"].startswith("20")
    assert all_of(backups / "mine.duckdb") == held


def test_a_folder_gets_a_file_named_after_the_moment_and_the_version(database: Path, backups: Path) -> None:
    made, _ = backup(database, backups, MOMENT)
    assert made == backups / "consensus-2026-11-02-093000-version-3.duckdb"
    assert in_folder(backups) == [made.name, f"{made.name}.json"]


def test_a_backup_is_never_overwritten(database: Path, backups: Path, run: Run) -> None:
    (backups / "mine.duckdb").write_text("precious")
    done = run("backup", backups / "mine.duckdb")
    assert done.returncode == 1 and "is there already. Name another file; a backup is never overwritten" in done.stderr
    assert (backups / "mine.duckdb").read_text() == "precious" and in_folder(backups) == ["mine.duckdb"]


def test_without_a_store_there_is_nothing_to_back_up(tmp_path: Path, backups: Path, run: Run) -> None:
    done = run("backup", backups, at=tmp_path / "none.duckdb")
    assert done.returncode == 1 and f"There is no store at {tmp_path / 'none.duckdb'}." in done.stderr
    assert in_folder(backups) == [] and not (tmp_path / "none.duckdb").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    done = run("backup", tmp_path / "nowhere" / "mine.duckdb")
    assert (done.returncode, done.stdout) == (2, "") and "cannot be written (No such file or directory)" in done.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("held_open")
def test_with_the_dashboard_running_there_is_no_backup_and_it_says_what_to_do(backups: Path, run: Run) -> None:
    done = run("backup", backups)
    assert (done.returncode, done.stdout) == (3, "") and "set CONSENSUS_TOKEN to a token" in done.stderr
    assert "Or end the dashboard (Ctrl-C where it was started) and try again. Nothing was done." in done.stderr
    assert in_folder(backups) == []


def test_a_backup_that_fails_leaves_nothing(database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "_to_disk", full)
    with pytest.raises(OSError, match="No space left"):
        backup(database, backups, MOMENT)
    assert in_folder(backups) == []


def test_a_copy_that_lacks_rows_is_not_kept(database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = copies.content
    lacking = {"insight": (0, "0-0")}
    monkeypatch.setattr(copies, "content", lambda at, name="": content(at, name) | (lacking if name else {}))
    with pytest.raises(UserError, match="could not be copied whole"):
        backup(database, backups, MOMENT)
    assert in_folder(backups) == []


def test_a_backup_has_no_freed_space_and_lists_what_was_erased(
    database: Path, backups: Path, catalogue: Catalogue
) -> None:
    erase_secret(database, catalogue)
    assert raw_traces(database.parent), "the store itself is written anew only at the next start"
    made, manifest = backup(database, backups, MOMENT)
    assert raw_traces(backups) == [] and json.loads(manifest_of(made).read_text()) == manifest
    entry = manifest["erasures"][0]
    assert set(entry) == {"id", "kind", "submission", "submission_row", "column_name", "salt", "digest", "erased_at"}
    assert [(item["kind"], item["column_name"]) for item in manifest["erasures"]] == [
        ("text", "summary"), ("file", "original"),
    ]  # fmt: skip
    assert REASON not in manifest_of(made).read_text()


# Restore


def test_a_backup_is_restored_where_there_is_no_store(tmp_path: Path, database: Path, backups: Path, run: Run) -> None:
    made, _ = backup(database, backups, MOMENT)
    fresh = tmp_path / "elsewhere" / "new.duckdb"
    done = run("restore", made, at=fresh)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{fresh}: restored data version 3.\n"
    assert in_folder(fresh.parent) == ["new.duckdb"]
    assert without_audit(all_of(fresh)) == without_audit(all_of(database))
    assert [line[2] for line in all_of(fresh)["audit"] if line not in all_of(database)["audit"]] == ["backup restored"]


def test_a_store_is_replaced_only_when_asked_and_kept(
    database: Path, backups: Path, catalogue: Catalogue, run: Run
) -> None:
    made, _ = backup(database, backups, MOMENT)
    change(database, catalogue)
    before = all_of(database)
    refused = run("restore", made)
    assert refused.returncode == 1 and "Add --replace to put the backup in its place; it is kept." in refused.stderr
    assert all_of(database) == before and in_folder(database.parent) == ["consensus.duckdb"]

    done = run("restore", made, "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    kept, current = sorted(database.parent.iterdir())
    assert current == database and kept.name.startswith("consensus-replaced-20") and str(kept) in done.stdout
    assert all_of(kept) == before
    assert without_audit(all_of(database)) == without_audit(all_of(made))
    assert run("submit", write(database.parent.parent / "later.csv", facts(fact(numerator=61)))).returncode == 0


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_what_was_erased_after_the_backup_stays_erased(
    tmp_path: Path, database: Path, backups: Path, catalogue: Catalogue, run: Run
) -> None:
    made, _ = backup(database, backups, MOMENT)
    assert raw_traces(backups)
    erase_secret(database, catalogue)
    done = run("restore", made, "--replace")
    assert done.returncode == 0 and "erased again what had been erased since (1 act)" in done.stdout
    assert raw_traces(database.parent) == [], "neither in the restored store nor in the one that is kept"
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        assert traces(connection) == []
        for version in (2, 3):
            assert TOMBSTONE in queries.insights(connection, LOCAL_ADMINISTRATOR, version)["summary"].tolist()
        assert rows(connection, "SELECT octet_length(original) > 0 FROM submission ORDER BY version") == [
            (False,),
            (True,),
        ]
        assert [entry["column_name"] for entry in erasure.erasures(connection)] == ["summary", "original"]
        assert {entry["reason"] for entry in erasure.erasures(connection)} == {REASON}
        assert not copies.rewrite_is_due(connection)
    later, manifest = backup(database, backups, LATER)
    assert len(manifest["erasures"]) == 2 and later.exists(), "the list is handed on"


def test_the_list_of_a_newer_backup_is_enough_where_the_store_is_lost(
    database: Path, backups: Path, catalogue: Catalogue, run: Run
) -> None:
    made, _ = backup(database, backups, MOMENT)
    erase_secret(database, catalogue)
    newer, _ = backup(database, backups, LATER)
    shutil.rmtree(database.parent)
    assert run("restore", made, "--erasures", manifest_of(newer)).returncode == 0
    assert raw_traces(database.parent) == []
    with store.connect(str(database)) as connection:
        assert traces(connection) == [] and len(erasure.erasures(connection)) == 2


def test_a_text_that_stood_elsewhere_when_the_backup_was_made_is_known_by_its_digest(
    database: Path, backups: Path, catalogue: Catalogue
) -> None:
    """The row that was chosen came after the backup; the backup holds the same text in another row."""
    made, _ = backup(database, backups, MOMENT)
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        first = rows(connection, "SELECT id FROM submission WHERE template = 'insights'")[0][0]
        second = sent(connection, catalogue, voice(summary=SECRET, grade=5), voice(KENT, quote=SECRET, grade=1))
        history.withdraw(connection, LOCAL_ADMINISTRATOR, first, "wrong", 4, MOMENT)
        erase(connection, second, 3, "quote")
    done = restore.restore(made, database, [], LATER, replace=True)
    assert (done.version, done.erased_again) == (3, 1)
    assert raw_traces(database.parent) == []


def test_what_a_backup_has_erased_already_is_not_erased_twice(
    database: Path, backups: Path, catalogue: Catalogue
) -> None:
    """A text that was sent again after it was erased was sent on purpose, and comes back with its backup."""
    erase_secret(database, catalogue)
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        sent(connection, catalogue, voice(summary=SECRET, grade=4))
    made, _ = backup(database, backups, MOMENT)
    assert restore.restore(made, database, [manifest_of(made)], LATER, replace=True).erased_again == 0
    assert without_audit(all_of(database)) == without_audit(all_of(made))


def test_an_erased_name_stays_erased(database: Path, backups: Path, catalogue: Catalogue) -> None:
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        file = sent(connection, catalogue, fact(KENT), name="Quillon Vexmoor.csv")
    made, _ = backup(database, backups, MOMENT)
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        erasure.erase_file(connection, LOCAL_ADMINISTRATOR, file, REASON, MOMENT, name=True)
    restore.restore(made, database, [], LATER, replace=True)
    assert raw_traces(database.parent, ("Quillon Vexmoor.csv",)) == []
    with store.connect(str(database)) as connection:
        assert queries.data_versions(connection)[0]["reason"] == f"Numbers from “{TOMBSTONE}”"


def test_a_backup_that_was_tampered_with_is_refused(database: Path, backups: Path, run: Run) -> None:
    made, _ = backup(database, backups, MOMENT)
    before = all_of(database)
    with made.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\x00\x01\x02")
    done = run("restore", made, "--replace")
    assert done.returncode == 1 and "its SHA-256 is not that of its manifest" in done.stderr
    assert all_of(database) == before and in_folder(database.parent) == ["consensus.duckdb"]


def test_a_manifest_that_counts_other_rows_is_refused(database: Path, backups: Path, run: Run) -> None:
    made, manifest = backup(database, backups, MOMENT)
    manifest["rows"]["insight"] += 1
    manifest_of(made).write_text(json.dumps(manifest))
    done = run("restore", made, "--replace")
    assert done.returncode == 1 and "does not hold the rows that its manifest counts" in done.stderr
    assert in_folder(database.parent) == ["consensus.duckdb"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 3}', "not JSON"])
def test_what_is_no_manifest_is_refused(database: Path, backups: Path, run: Run, text: str) -> None:
    made, _ = backup(database, backups, MOMENT)
    manifest_of(made).write_text(text)
    done = run("restore", made, "--replace")
    assert done.returncode == 1 and ("is not the manifest of a backup" in done.stderr or "format 3" in done.stderr)
    assert in_folder(database.parent) == ["consensus.duckdb"]


def test_what_is_not_there_is_named(database: Path, backups: Path, run: Run) -> None:
    missing = run("restore", backups / "none.duckdb")
    assert missing.returncode == 2 and "none.duckdb: No such file or directory. Nothing was restored." in missing.stderr
    made, _ = backup(database, backups, MOMENT)
    manifest_of(made).unlink()
    alone = run("restore", made, "--replace")
    assert alone.returncode == 1 and "Put the manifest beside its backup" in alone.stderr


@pytest.mark.usefixtures("held_open")
def test_with_the_dashboard_running_nothing_is_restored(
    database: Path, backups: Path, run: Run, tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    store.connect(str(other)).close()
    made, _ = backup(other, backups, MOMENT)
    done = run("restore", made, "--replace")
    assert (done.returncode, done.stdout) == (3, "") and "Nothing was restored" in done.stderr
    assert [name for name in in_folder(database.parent) if "restor" in name or "replaced" in name] == []


def test_a_dashboard_started_in_the_middle_keeps_its_store(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = backup(database, backups, MOMENT)
    prepare, locked = restore._prepare, StoreLocked("in use")

    def started_meanwhile(*arguments: Any) -> Any:
        done = prepare(*arguments)

        def owned(_: str) -> None:
            raise locked

        monkeypatch.setattr(copies, "open_rewritten", owned)
        return done

    monkeypatch.setattr(restore, "_prepare", started_meanwhile)
    with pytest.raises(StoreLocked):
        restore.restore(made, database, [], LATER, replace=True)
    assert in_folder(database.parent) == ["consensus.duckdb"]


def test_a_store_that_cannot_be_read_is_replaced_only_with_a_list_of_erasures(
    database: Path, backups: Path, catalogue: Catalogue, run: Run
) -> None:
    made, _ = backup(database, backups, MOMENT)
    erase_secret(database, catalogue)
    newer, _ = backup(database, backups, LATER)
    database.write_bytes(b"half a file")
    copies.log_of(database).write_bytes(b"a log of another store")
    refused = run("restore", made, "--replace")
    assert refused.returncode == 1 and "with --erasures FILE" in refused.stderr
    assert database.read_bytes() == b"half a file"
    done = run("restore", made, "--replace", "--erasures", manifest_of(newer))
    assert done.returncode == 0, done.stderr
    with store.connect(str(database)) as connection:
        assert traces(connection) == [] and queries.current(connection)["version"] == 3
    kept = [path for path in database.parent.iterdir() if "replaced" in path.name]
    assert sorted(path.read_bytes() for path in kept) == [b"a log of another store", b"half a file"]


@pytest.mark.parametrize("step", ["_swap", "_prepare"])
def test_a_restore_that_fails_leaves_the_store_as_it_was(
    database: Path, backups: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    made, _ = backup(database, backups, MOMENT)
    before = all_of(database)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restore, step, full)
    with pytest.raises(OSError, match="No space left"):
        restore.restore(made, database, [], LATER, replace=True)
    assert all_of(database) == before and in_folder(database.parent) == ["consensus.duckdb"]


def test_traces_are_looked_for_as_they_are_stored(database: Path) -> None:
    """The tests above can fail: before anything is erased, the raw file holds every trace."""
    assert raw_traces(database.parent) == [f"consensus.duckdb: {word.encode()!r}" for word in TRACES]

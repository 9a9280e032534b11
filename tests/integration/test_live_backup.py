"""A backup of an open store: of one moment, while people write; older ones removed; what ended stays ended."""

import json
import shutil
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import audit, backup, copies, manifests, people, rights, rotation, snapshots, store, tokens
from data.actor import LOCAL_ADMINISTRATOR, ROLES, Actor
from data.backup import backup_live, manifest_of
from data.catalogue import Catalogue
from data.errors import UserError
from data.people import Given
from data.restore import restore
from data.settings import Settings
from data.store import Connection
from data.versions import Moment
from data.workspace import open_workspace
from tests.integration.storing import KENT, MOMENT, NORFOLK, everything, facts, rows, send

LATER = replace(MOMENT, at=MOMENT.at + timedelta(hours=1))
PERSON, OTHER = "invented.person@example.org", "invented.other@example.org"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def file_of_lake(lake: Settings, backups: Path, catalogue: Catalogue) -> tuple[Path, dict[str, Any]]:
    """A backup of a DuckLake that another connection has open, and what the lake holds."""
    backups.mkdir()
    with open_workspace(lake, catalogue) as connection:
        send(connection, catalogue, facts())
        made, _ = backup.backup(lake.database, backups, MOMENT, lake.files)
        return made, copies.content(connection)


def test_a_backup_of_a_lake_is_a_file_like_any_other(file_of_lake: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    made, held = file_of_lake
    assert snapshots.content_of(made) == held
    done = restore(made, tmp_path / "restored.duckdb", [], LATER)
    assert done.version == 2 and without(snapshots.content_of(tmp_path / "restored.duckdb")) == without(held)


def without(content: dict[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in content.items() if name not in ("audit", "audit_head")}


def all_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with store.connect(str(path), read_only=True) as connection:
        return everything(connection)


@pytest.mark.both_engines
def test_an_open_store_is_copied_whole(empty: Connection, catalogue: Catalogue, backups: Path) -> None:
    send(empty, catalogue, facts())
    before = everything(empty)
    made, manifest = backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    assert made == backups / "consensus-2026-11-02-093000-version-2.duckdb"
    assert sorted(path.name for path in backups.iterdir()) == [made.name, f"{made.name}.json"]
    assert all_of(made) == before
    assert json.loads(manifest_of(made).read_text()) == manifest and manifest["sha256"] == copies.sha256(made)
    assert manifest["rows"] == {name: len(lines) for name, lines in before.items()}
    assert manifest["audit_head"] == {
        "lines": len(before["audit"]),
        "chain": audit.head(store.connect(str(made))).chain,
    }


@pytest.mark.both_engines
def test_it_stands_in_the_audit_trail_with_its_checksum(empty: Connection, backups: Path) -> None:
    made, manifest = backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    found = rows(empty, "SELECT actor, deed, subject FROM audit ORDER BY number DESC LIMIT 1")
    assert found == [("Local administrator", "backup made", f"{made.name}, SHA-256 {manifest['sha256']}")]
    assert audit.verify(empty).whole


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_an_administrator_may(empty: Connection, backups: Path, role: Any) -> None:
    before = everything(empty)
    with pytest.raises(UserError, match="may not make a backup"):
        backup_live(empty, Actor("Somebody", role, frozenset({NORFOLK})), backups, MOMENT)
    assert not backups.exists() and everything(empty) == before


@pytest.mark.both_engines
def test_what_is_written_meanwhile_is_in_it_entirely_or_not_at_all(empty: Connection, backups: Path) -> None:
    """Each write adds to two tables in one transaction; a copy that saw half of one would count differently."""
    empty.execute("CREATE TABLE one_side (n INTEGER); CREATE TABLE other_side (n INTEGER)")
    empty.execute("INSERT INTO one_side SELECT 0 FROM range(400000)")
    stop, waits, failed = threading.Event(), [], []

    def write() -> None:
        with closing(empty.cursor()) as cursor:
            while not stop.is_set():
                began = time.monotonic()
                try:
                    with store.transaction(cursor):
                        cursor.execute("INSERT INTO one_side VALUES (1)")
                        time.sleep(0.002)
                        cursor.execute("INSERT INTO other_side VALUES (1)")
                except UserError as error:
                    failed.append(error)
                waits.append(time.monotonic() - began)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    made = [
        backup_live(empty, LOCAL_ADMINISTRATOR, backups, replace(MOMENT, at=MOMENT.at + timedelta(seconds=second)))[0]
        for second in range(3)
    ]
    stop.set()
    for writer in writers:
        writer.join()
    counted = [rows(copy, "SELECT count(*) FILTER (n = 1), (SELECT count(*) FROM other_side) FROM one_side")[0]
               for copy in map(opened, made)]  # fmt: skip
    assert all(one == other for one, other in counted) and counted[0][0] < counted[-1][0], "writers went on meanwhile"
    assert not failed and len(waits) > 20 and max(waits) < 10


def opened(path: Path) -> Connection:
    return store.open_as_it_is(str(path), read_only=True)


def test_a_second_one_at_the_same_time_is_refused(empty: Connection, backups: Path) -> None:
    with backup.ONE, pytest.raises(UserError, match="A backup is being made at this moment"):
        backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    assert not backups.exists()
    assert backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)[0].exists()


def test_one_of_the_same_second_is_not_overwritten(empty: Connection, backups: Path) -> None:
    made, _ = backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    digest = copies.sha256(made)
    with pytest.raises(UserError, match="is there already"):
        backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    assert copies.sha256(made) == digest == manifests.read(manifest_of(made))["sha256"]
    assert sorted(path.suffix for path in backups.iterdir()) == [".duckdb", ".json"]


def test_a_store_whose_path_has_every_kind_of_letter(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "it's “our” its_copy store; $path" / 'a "name" .duckdb'
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        before = everything(connection)
        made, _ = backup_live(connection, LOCAL_ADMINISTRATOR, path.parent / "its_copy's", MOMENT)
    assert all_of(made) == before


@pytest.mark.parametrize("fault", ["lacking rows", "full disk", "no room", "folder is a file"])
def test_one_that_fails_leaves_nothing_and_the_store_goes_on(
    empty: Connection, catalogue: Catalogue, backups: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = copies.content
    lacking = {"area": (0, "0-0")}

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    match fault:
        case "lacking rows":
            monkeypatch.setattr(copies, "content", lambda at, name="": whole(at, name) | (lacking if name else {}))
        case "full disk":
            monkeypatch.setattr(copies, "_to_disk", full)
        case "no room":
            usage = shutil.disk_usage(backups.parent)
            monkeypatch.setattr(snapshots.shutil, "disk_usage", lambda _: usage._replace(free=10_000_000))
        case "folder is a file":
            backups.write_text("precious")
    with pytest.raises(UserError, match="No backup was made|the copy was not kept"):
        backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    assert not backups.is_dir() or list(backups.iterdir()) == []
    assert rows(empty, "SELECT count(*) FROM duckdb_databases() WHERE NOT internal") == [(1,)], "nothing stays attached"
    assert send(empty, catalogue, facts())[1] == 2


# Older ones are removed


def made_at(connection: Connection, folder: Path, days: int) -> Path:
    return backup_live(connection, LOCAL_ADMINISTRATOR, folder, Moment(datetime(2026, 11, days), MOMENT.as_of))[0]


def test_the_newest_are_kept_and_whatever_is_not_ours(empty: Connection, backups: Path) -> None:
    made = [made_at(empty, backups, day) for day in (3, 1, 2, 4)]
    named = shutil.copy(made[0], backups / "before the upgrade.duckdb")
    shutil.copy(manifest_of(made[0]), manifest_of(Path(named)))
    (backups / "consensus-2020-01-01-000000-version-1.duckdb").write_text("without a manifest")
    (backups / "consensus-2020-01-02-000000-version-1.duckdb").write_text("with one of another program")
    (backups / "consensus-2020-01-02-000000-version-1.duckdb.json").write_text('{"format": 1}')
    (backups / "notes.json").write_text("{}")
    there = set(backups.iterdir())
    gone = rotation.rotate(backups, 2)
    assert gone == [made[2], made[1]], "by the moment in the manifest, newest first"
    assert there - set(backups.iterdir()) == {*gone, *map(manifest_of, gone)}
    assert rotation.rotate(backups, 2) == []


@pytest.mark.parametrize("keep", [0, -1])
def test_none_is_never_kept(empty: Connection, backups: Path, keep: int) -> None:
    made_at(empty, backups, 1)
    with pytest.raises(ValueError, match="at least one"):
        rotation.rotate(backups, keep)
    assert len(list(backups.iterdir())) == 2


# What ended stays ended


def given(
    connection: Connection, catalogue: Catalogue, name: str, role: Any, areas: frozenset[str], at: Moment
) -> None:
    seen = seen_of(connection, name)
    people.save(connection, LOCAL_ADMINISTRATOR, catalogue, Given("person", name, role, areas), at, seen=seen)


def seen_of(connection: Connection, name: str) -> Any:
    found = people.everyone(connection, LOCAL_ADMINISTRATOR)
    made = found.loc[found["who"] == name, "made_at"]
    return made.iloc[0].to_pydatetime() if len(made) else None


def ended(connection: Connection, name: str, at: Moment) -> None:
    seen = seen_of(connection, name)
    people.end(connection, LOCAL_ADMINISTRATOR, "person", name, "Invented: left the area", at, seen=seen)


@pytest.fixture
def with_rights(tmp_path: Path, catalogue: Catalogue) -> tuple[Path, Path, str, str]:
    """A store, a backup of it, and two secrets: after the backup one token, one person and one role are others."""
    path = tmp_path / "store" / "consensus.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        given(connection, catalogue, PERSON, "administrator", frozenset(), MOMENT)
        given(connection, catalogue, OTHER, "administrator", frozenset(), MOMENT)
        withdrawn, secret = tokens.make(connection, LOCAL_ADMINISTRATOR, "Invented one", NORFOLK, MOMENT)
        _, stands = tokens.make(connection, LOCAL_ADMINISTRATOR, "Invented two", KENT, MOMENT)
        made, _ = backup_live(connection, LOCAL_ADMINISTRATOR, tmp_path / "backups", MOMENT)
        tokens.revoke(connection, LOCAL_ADMINISTRATOR, withdrawn, LATER)
        given(connection, catalogue, OTHER, "contributor", frozenset({NORFOLK}), LATER)
        given(connection, catalogue, "invented.third@example.org", "administrator", frozenset(), LATER)
        ended(connection, PERSON, LATER)
    return path, made, secret, stands


def test_withdrawn_tokens_and_ended_roles_do_not_come_back_with_a_backup(
    with_rights: tuple[Path, Path, str, str],
) -> None:
    path, made, secret, stands = with_rights
    with store.connect(str(made), read_only=True) as connection:
        assert people.actor_of(connection, PERSON, "") is not None, "in the backup it may still do everything"
    done = restore(made, path, [], LATER, replace=True)
    assert done.rights_kept == 4
    with store.connect(str(path)) as connection:
        assert tokens.actor_of(connection, secret) is None and tokens.actor_of(connection, stands) is not None
        assert people.actor_of(connection, PERSON, "") is None
        lowered = people.actor_of(connection, OTHER, "")
        assert lowered and (lowered.role, lowered.areas) == ("contributor", {NORFOLK})
        assert audit.verify(connection).whole
        assert rows(connection, "SELECT subject FROM audit WHERE deed = 'rights kept at a restore'") == [
            ("4 roles and tokens",)
        ]


def test_where_the_store_is_lost_the_manifest_of_a_newer_backup_ends_them(
    with_rights: tuple[Path, Path, str, str], catalogue: Catalogue, tmp_path: Path
) -> None:
    path, made, secret, stands = with_rights
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        newer, _ = backup_live(connection, LOCAL_ADMINISTRATOR, tmp_path / "backups", LATER)
    text = manifest_of(newer).read_text()
    assert PERSON not in text and secret not in text, "told by digests and identifiers"
    shutil.rmtree(path.parent)
    assert restore(made, path, [manifest_of(newer)], LATER).rights_kept == 2
    with store.connect(str(path)) as connection:
        assert tokens.actor_of(connection, secret) is None and tokens.actor_of(connection, stands) is not None
        assert people.actor_of(connection, PERSON, "") is None
        assert audit.verify(connection).whole


def test_a_backup_of_the_same_rights_adds_nothing(
    with_rights: tuple[Path, Path, str, str], catalogue: Catalogue
) -> None:
    path, made, _, _ = with_rights
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        newer, manifest = backup_live(connection, LOCAL_ADMINISTRATOR, made.parent, LATER)
    assert restore(newer, path, [manifest_of(newer)], LATER, replace=True).rights_kept == 0
    assert len(manifest["ended"]["tokens"]) == len(manifest["ended"]["people"]) == 1


def test_content_that_the_manifest_does_not_know_is_refused(empty: Connection, backups: Path, tmp_path: Path) -> None:
    """The counts agree and the file is the one that was made: only the digests of the tables tell."""
    made, manifest = backup_live(empty, LOCAL_ADMINISTRATOR, backups, MOMENT)
    manifest["content"]["population"][1] = "1-1"
    manifest_of(made).write_text(json.dumps(manifest))
    with pytest.raises(UserError, match="does not hold what its manifest says: population differ"):
        restore(made, tmp_path / "new.duckdb", [], LATER)
    assert not (tmp_path / "new.duckdb").exists()


def test_every_table_that_tells_who_may_do_what_is_kept() -> None:
    """A table of rights that is added later must be named here, or a restore would turn it back."""
    schema = (store.SQL / "schema.sql").read_text(encoding="utf-8")
    with store.connect(":memory:") as connection:
        tables = snapshots.tables(connection)
    assert set(rights.TABLES) <= tables and "CREATE TABLE" in schema
    assert {name for name in tables if "token" in name or "role" in name} - {"token_use"} == set(rights.TABLES)

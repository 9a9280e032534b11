"""The whole way: killed, started again, backed up, restored, copied to DuckLake and back: always the same content."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import audit, copies, queries, snapshots, store
from data.actor import LOCAL_ADMINISTRATOR
from data.backup import backup_live
from data.catalogue import Catalogue
from data.copy import copy
from data.restore import restore
from data.settings import Settings
from data.store import Connection
from data.workspace import open_workspace
from tests.integration.storing import KENT, MOMENT, NORFOLK, fact, facts, send
from tests.postgres import Postgres
from tests.source_files import ROOT

TRAIL = ("audit", "audit_head")
LARGEST = "SELECT max(numerator) FROM observation"
NEVER_REPORTED = "2013/14 Q1"


def content(path: Path) -> dict[str, Any]:
    return snapshots.content_of(path)


def without_trail(held: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in held.items() if name not in TRAIL}


def killed_while_storing(database: Path, file: Path, step: str) -> None:
    """A process that is killed by SIGKILL right after a step of the storing."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.doomed", "killed", str(database), str(file), step, ""],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (-9, ""), done.stderr


def version_of(connection: Connection) -> int:
    return int(queries.current(connection)["version"])


@pytest.mark.parametrize("step", ["submission/observations_insert", "insert_audit"])
def test_killed_started_restored_and_copied_to_ducklake_and_back_it_is_the_same(
    demonstration_copy: Path, postgres: Postgres, catalogue: Catalogue, tmp_path: Path, step: str
) -> None:
    file = tmp_path / "later.csv"
    file.write_bytes(facts(fact(NORFOLK, period=NEVER_REPORTED), fact(KENT, period=NEVER_REPORTED)))
    before = content(demonstration_copy)
    killed_while_storing(demonstration_copy, file, step)

    with open_workspace(Settings(str(demonstration_copy)), catalogue) as started:
        assert copies.content(started) == before, "started again, with nothing of the file"
        version = version_of(started)
        made, manifest = backup_live(started, LOCAL_ADMINISTRATOR, tmp_path / "backups", MOMENT)
    assert content(made) == before and manifest["data_version"] == version

    restored = tmp_path / "restored.duckdb"
    assert restore(made, restored, [], MOMENT).version == version
    kept = content(restored)
    assert without_trail(kept) == without_trail(before)
    assert kept["audit"][0] == before["audit"][0] + 1, "with the one line that says so"

    lake = postgres.lake(tmp_path / "lake")
    copied = copy(str(restored), lake.database, lake.files)
    assert copied == (version, kept)
    with open_workspace(lake, catalogue) as on_lake:
        assert copies.content(on_lake) == kept and version_of(on_lake) == version
        assert audit.verify(on_lake).whole

    back = tmp_path / "back.duckdb"
    assert copy(lake.database, str(back), lake.files) == (version, kept)
    assert content(back) == kept
    with open_workspace(Settings(str(back)), catalogue) as at_home:
        assert copies.content(at_home) == kept and audit.verify(at_home).whole
        assert send(at_home, catalogue, file.read_bytes())[1] == version + 1, "and the file of then goes in"


def test_a_single_other_value_is_found(demonstration_copy: Path) -> None:
    """The test above can fail: neither the number of rows nor the data version tells this."""
    before = content(demonstration_copy)
    with store.connect(str(demonstration_copy)) as connection:
        connection.execute(f"UPDATE observation SET numerator = numerator + 1 WHERE numerator = ({LARGEST})")
    after = content(demonstration_copy)
    assert {name for name in before if before[name] != after[name]} == {"observation"}
    assert before["observation"][0] == after["observation"][0]

"""Opening a workspace: what a new one holds, that a restart changes nothing, and stores that cannot be opened."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import demonstration as demonstrating
from data import queries, store
from data.catalogue import Catalogue
from data.errors import UserError
from data.settings import Settings
from data.store import Connection, StoreLocked
from data.workspace import open_workspace, workspace_kind
from tests.integration.storing import KENT, NORFOLK, everything, fact, facts, held_facts, rows, send

FILES_OF_A_SHORT_LOAD = 3
# At which step of a start, taken for the nth time, it is interrupted, and how many files are stored by then.
STOPS = [
    ("catalogue/insert_indicator", 1, 0),
    ("submission/observations_insert", 1, 0),
    ("submission/insert_submission", 3, 2),
    ("demonstration/insert_target", 2, 3),
    ("demonstration/insert_action", 4, 3),
]


@contextmanager
def opened(path: Path, catalogue: Catalogue, start: str = "demonstration") -> Iterator[Connection]:
    """A workspace, as the program opens it at its start, and closed as at its end."""
    with open_workspace(Settings(str(path), start), catalogue) as connection:
        yield connection


def test_a_new_store_starts_empty(empty: Connection, catalogue: Catalogue) -> None:
    current = queries.current(empty)
    assert workspace_kind(empty) == "empty" and current["version"] == 1
    assert held_facts(empty, 1) == {"observations": 0, "insights": 0}
    assert queries.targets(empty, 1).empty and queries.actions(empty, 1).empty
    assert current["catalogue_digest"] == catalogue.digest
    held = rows(empty, "SELECT (SELECT count(*) FROM area), (SELECT count(*) FROM indicator)")
    assert held == [(len(catalogue.areas), len(catalogue.indicators))]


def test_a_new_store_starts_as_demonstration(demonstration: Connection, latest_version: int) -> None:
    assert workspace_kind(demonstration) == "demonstration"
    assert all(count > 0 for count in held_facts(demonstration, latest_version).values())
    assert not queries.targets(demonstration, latest_version).empty
    assert not queries.actions(demonstration, latest_version).empty


def test_a_store_may_be_kept_in_memory(catalogue: Catalogue) -> None:
    with open_workspace(Settings(":memory:", "empty"), catalogue) as connection:
        assert queries.current(connection)["version"] == 1


def test_the_folder_of_a_new_store_is_made(tmp_path: Path, catalogue: Catalogue) -> None:
    with opened(tmp_path / "a" / "b" / "consensus.duckdb", catalogue, "empty") as connection:
        assert workspace_kind(connection) == "empty"


def test_a_restart_changes_nothing_and_loads_nothing_twice(demonstration_copy: Path, catalogue: Catalogue) -> None:
    with store.connect(str(demonstration_copy), read_only=True) as connection:
        before = everything(connection)
    for _ in range(2):
        with opened(demonstration_copy, catalogue) as connection:
            assert everything(connection) == before
    names = [name for (name,) in rows_of(demonstration_copy, "SELECT file_name FROM submission")]
    assert len(names) == len(set(names)) == len(demonstrating._manifest()["files"])


def rows_of(path: Path, question: str) -> list[tuple[Any, ...]]:
    with store.connect(str(path)) as connection:
        return rows(connection, question)


@pytest.fixture
def short_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration of the first files only, which loads in a fraction of the time."""
    manifest = demonstrating._manifest()
    short = manifest | {"files": manifest["files"][:FILES_OF_A_SHORT_LOAD]}
    monkeypatch.setattr(demonstrating, "_manifest", lambda: short)


def without_identifiers(held: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """The tables that say what was loaded as which version, without identifiers and hours that differ by the start."""
    dated = ("observation", "target", "review", "judgement", "action", "workspace", "current_version")
    found = {name: held[name] for name in dated}
    found["observation"] = sorted((*row[:14], *row[15:]) for row in held["observation"])
    found["data_version"] = [(row[0], row[2], row[4]) for row in held["data_version"]]
    return found


@pytest.mark.usefixtures("short_load")
def test_a_load_interrupted_again_and_again_goes_on_where_it_stopped(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each start stops in the middle of a file, or of the review, until one goes through."""
    with opened(tmp_path / "whole.duckdb", catalogue) as connection:
        whole = everything(connection)
    path = tmp_path / "stopped.duckdb"
    for step, times, files in STOPS:
        with monkeypatch.context() as interrupted, pytest.raises(KeyboardInterrupt):
            interrupted.setattr(store, "run", stopping_at(step, times))
            open_workspace(Settings(str(path), "demonstration"), catalogue)
        assert rows_of(path, "SELECT count(*) FROM submission") == [(files,)]
        assert rows_of(path, "FROM target") == rows_of(path, "FROM review") == []
    with opened(path, catalogue) as connection:
        assert without_identifiers(everything(connection)) == without_identifiers(whole)


def test_a_faulty_file_of_the_demonstration_is_named(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = demonstrating._manifest()
    (entry, *_) = manifest["files"]
    monkeypatch.setattr(demonstrating, "FOLDER", tmp_path)
    monkeypatch.setattr(demonstrating, "_manifest", lambda: manifest | {"files": [entry]})
    (tmp_path / entry["file"]).write_bytes(facts(fact(), fact(KENT, -3)))
    with pytest.raises(UserError, match=f"file {entry['file']} has a fault in row 3: a count cannot be below zero"):
        open_workspace(Settings(str(tmp_path / "consensus.duckdb"), "demonstration"), catalogue)


def stopping_at(step: str, times: int) -> Any:
    """`store.run`, until a step is taken for the nth time."""
    taken: list[str] = []
    run = store.run

    def stopping(connection: Connection, name: str, **parameters: Any) -> Connection:
        taken.append(name)
        if taken.count(step) == times:
            raise KeyboardInterrupt
        return run(connection, name, **parameters)

    return stopping


def test_a_store_made_empty_never_gets_demonstration_rows(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "real.duckdb"
    with opened(path, catalogue, "empty") as connection:
        send(connection, catalogue, facts())
        before = everything(connection)
    settings = Settings.from_environment({"CONSENSUS_DATABASE": str(path), "CONSENSUS_START": "demonstration"})
    with open_workspace(settings, catalogue) as connection:
        assert workspace_kind(connection) == "empty" and everything(connection) == before


def test_a_demonstration_stays_one(demonstration_copy: Path, catalogue: Catalogue) -> None:
    with opened(demonstration_copy, catalogue, "empty") as connection:
        assert workspace_kind(connection) == "demonstration"


def changed(catalogue: Catalogue) -> Catalogue:
    """The catalogue after a review: Norfolk's name, everybody's population and the polarity of robbery are others."""
    norfolk = replace(catalogue.areas[NORFOLK], name="Norfolk and the Broads")
    robbery = replace(catalogue.indicators["robbery"], polarity="no_judgement")
    return replace(
        catalogue,
        areas=catalogue.areas | {NORFOLK: norfolk},
        indicators=catalogue.indicators | {"robbery": robbery},
        populations=catalogue.populations.assign(population=catalogue.populations["population"] + 1),
        digest="after the review",
    )


def test_a_changed_catalogue_is_a_new_version_and_earlier_ones_stay(empty: Connection, catalogue: Catalogue) -> None:
    path = Path(rows(empty, "SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")[0][0])
    offences = fact(indicator="robbery", period="year ending December 2024", numerator=412, denominator="")
    send(empty, catalogue, facts(offences))
    before = queries.observations(empty, 2)
    empty.close()
    with opened(path, changed(catalogue), "empty") as connection:
        assert queries.current(connection)["version"] == 3
        assert queries.observations(connection, 2).equals(before)
        after = queries.observations(connection, 3).iloc[0]
        old = before.iloc[0]
        assert (old["area_name"], after["area_name"]) == ("Norfolk", "Norfolk and the Broads")
        assert (old["denominator"], after["denominator"]) == (931_900, 931_901)
        assert (old["polarity"], after["polarity"]) == ("lower_is_better", "no_judgement")
        for table in ("area", "population", "indicator"):
            counts = rows(
                connection, f"SELECT from_version, until_version, count(*) FROM {table} GROUP BY ALL ORDER BY 1"
            )
            assert [line[:2] for line in counts] == [(1, 3), (3, None)] and counts[0][2] == counts[1][2]
        audit = rows(connection, "SELECT deed, subject, from_version, to_version FROM audit ORDER BY number")
        assert audit[:2] == [("workspace made", "empty", 0, 0), ("catalogue loaded", catalogue.digest, 0, 1)]
        assert audit[-1] == ("catalogue loaded", "after the review", 2, 3)


def test_an_unchanged_catalogue_raises_no_version(empty: Connection, catalogue: Catalogue) -> None:
    path = Path(rows(empty, "SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")[0][0])
    empty.close()
    for _ in range(2):
        with opened(path, changed(catalogue), "empty") as connection:
            assert queries.current(connection)["version"] == 2


def test_a_changed_catalogue_never_turns_the_as_of_date_back(demonstration_copy: Path, catalogue: Catalogue) -> None:
    with opened(demonstration_copy, changed(catalogue)) as connection:
        newest, former, *_ = queries.data_versions(connection)
        assert newest["version"] == former["version"] + 1
        assert newest["as_of"] == former["as_of"] == date(2026, 10, 31)


OWNER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owned_by_another(tmp_path: Path) -> Iterator[Path]:
    """A store that another process has open."""
    path = tmp_path / "owned.duckdb"
    command = [sys.executable, "-c", OWNER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None and owner.stdout.readline().strip() == "open"
        yield path
        owner.communicate("")


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_that_another_process_owns_is_locked(owned_by_another: Path, read_only: bool) -> None:
    with pytest.raises(StoreLocked, match="in use by another process"):
        store.connect(str(owned_by_another), read_only=read_only)


@pytest.mark.parametrize("name", ["notes.duckdb", "clock.duckdb"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path, name: str, read_only: bool) -> None:
    (tmp_path / name).write_text("Minutes of the meeting\n" * 400)
    with pytest.raises(UserError, match=rf"The store .*{name} cannot be opened. Check that the file is") as caught:
        store.connect(str(tmp_path / name), read_only=read_only)
    assert not isinstance(caught.value, StoreLocked)
    assert (tmp_path / name).read_text().startswith("Minutes")


def test_a_store_in_a_place_where_none_can_be_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "consensus.duckdb", tmp_path):
        with pytest.raises(UserError, match="cannot be opened"):
            store.connect(str(place))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_another_program_is_said_plainly(tmp_path: Path, read_only: bool) -> None:
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("CREATE TABLE workspace (colour VARCHAR)")
    with pytest.raises(UserError, match="cannot be opened"):
        store.connect(str(tmp_path / "other.duckdb"), read_only=read_only)


def test_a_store_of_a_later_format_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    with opened(tmp_path / "later.duckdb", catalogue, "empty") as connection:
        connection.execute("UPDATE workspace SET format = 3")
    with pytest.raises(UserError, match="has format 3, that of a newer release; this program reads format 2"):
        store.connect(str(tmp_path / "later.duckdb"))

"""Every write of data/ leaves a line in the audit trail: each deed of a person is tried, the program's own are read."""

import ast
import importlib
import inspect
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import audit, copies, queries, store
from data.actor import Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.store import Connection
from data.versions import current_version
from data.workspace import open_workspace
from tests.integration.role_cases import CASES, NORFOLK, SENDER, Asked, Made, make
from tests.integration.storing import rows
from tests.source_files import ROOT, python_files

SOMEBODY = Actor("Amy Administrator", "administrator", email="amy@police.example")
TRAIL = {"audit", "audit_head"}
# Told the moment to compare it with a day.
READS_OF_A_DAY = {"data.tokens.listed"}
# It reads the clock itself, for each time that it tries.
AT_ITS_OWN_MOMENT = {"data.sending.send"}
# Inside a restore these carry over what another store lists; here nothing is listed, and tests of restoring list much.
NOTHING_LISTED = {"data.erasure.apply", "data.rights.apply"}
# Transactions that are no deed of a person, and why each leaves no line.
WITHOUT_A_LINE = {
    "store._make_tables": "makes empty tables, before there is a trail",
    "tokens._note_use": "that a token was used, at most once a day: what was done with it leaves its own line",
    "tidying.one_starts": "holds a lock while a start goes on, whose writes leave lines of their own",
    "audit.verify": "only reads, all of one moment",
    "copy._at_one_moment": "copies every table as it is, the trail among them",
    "snapshots._at_one_moment": "only reads, all of one moment, and writes another file",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, dict[str, Made]]:
    """A closed store with one of everything for each place."""
    path = tmp_path_factory.mktemp("audited") / "consensus.duckdb"
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        return path, make(connection, catalogue)


@pytest.fixture
def own(filled: tuple[Path, dict[str, Made]], tmp_path: Path) -> Iterator[Connection]:
    """The filled store, as a test's own."""
    with store.connect(str(shutil.copy(filled[0], tmp_path / "audited.duckdb"))) as connection:
        yield connection


def is_write(name: str) -> bool:
    """Whether a function is told at what moment it acts: whatever writes is."""
    module, _, function = name.partition(" ")[0].rpartition(".")
    if f"{module}.{function}" in READS_OF_A_DAY | NOTHING_LISTED:
        return False
    if f"{module}.{function}" in AT_ITS_OWN_MOMENT:
        return True
    return "moment" in inspect.signature(getattr(importlib.import_module(module), function)).parameters


READS = sorted(name for name in CASES if not is_write(name))
WRITES = sorted(name for name in CASES if is_write(name))


def content(connection: Connection) -> dict[str, tuple[int, str]]:
    return {name: held for name, held in copies.content(connection).items() if name not in TRAIL}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_leaves_a_line_that_says_who_what_and_which_versions(
    name: str, own: Connection, filled: tuple[Path, dict[str, Made]], catalogue: Catalogue
) -> None:
    lines, before = queries.audit_lines(own), current_version(own)
    rule, act = CASES[name]
    who = SENDER if rule == "sender" else SOMEBODY
    act(Asked(own, who, catalogue, NORFOLK, filled[1][NORFOLK]))
    asked = f"SELECT actor, deed, subject, from_version, to_version FROM audit WHERE number > {lines} ORDER BY number"
    added = [line for line in rows(own, asked) if line[0] == who.name]
    assert added
    assert all(deed.strip() and subject.strip() for _, deed, subject, _, _ in added)
    after = current_version(own)
    assert {line[4] for line in added} == {after}
    assert {line[3] for line in added} <= {before, after - 1}
    assert audit.verify(own).whole


@pytest.mark.parametrize("name", READS)
def test_what_is_no_write_changes_nothing(
    name: str, own: Connection, filled: tuple[Path, dict[str, Made]], catalogue: Catalogue
) -> None:
    before = content(own)
    CASES[name][1](Asked(own, SOMEBODY, catalogue, NORFOLK, filled[1][NORFOLK]))
    assert content(own) == before


# The program's own writes, read from the code


Calls = dict[str, set[str]]


def calls_of(module: str, tree: ast.Module) -> tuple[Calls, set[str]]:
    """What each function of a module calls or hands on, by module and name, and which begin a transaction."""
    known = imported(tree) | {
        node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)
    }
    calls, transacting = {}, set()
    for node in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        names = {known[part.id] for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in known}
        names |= {
            f"{known[part.value.id]}.{part.attr}"
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known
        }
        calls[f"{module}.{node.name}"] = names
        if "store.transaction" in names:
            transacting.add(f"{module}.{node.name}")
    return calls, transacting


def imported(tree: ast.Module) -> dict[str, str]:
    """What names of data/ stand for in a module: modules and functions."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "data":
            inside = (node.module or "").removeprefix("data").lstrip(".")
            for alias in node.names:
                found[alias.asname or alias.name] = f"{inside}.{alias.name}".lstrip(".")
    return found


def reached(name: str, calls: Calls) -> set[str]:
    """Everything that a function calls, and what that calls."""
    found, left = set(), [name]
    while left:
        new = calls.get(left.pop(), set()) - found
        found |= new
        left += new
    return found


def test_every_transaction_ends_in_a_line_or_is_listed_here() -> None:
    calls: Calls = {}
    writing: set[str] = set()
    for path in (path for path in python_files() if path.parts[0] == "data"):
        module = ".".join(part for part in path.with_suffix("").parts[1:] if part != "__init__")
        own, transacting = calls_of(module, ast.parse((ROOT / path).read_text(encoding="utf-8")))
        calls, writing = calls | own, writing | transacting
    assert len(writing) > 25
    silent = {name for name in writing if "versions.audit" not in reached(name, calls)}
    assert silent == set(WITHOUT_A_LINE)


def test_a_transaction_without_a_line_is_found() -> None:
    source = """
from data import store
from data.versions import audit
def quiet(connection):
    with store.transaction(connection):
        helper(connection)
def loud(connection):
    with store.transaction(connection):
        other(connection)
def helper(connection): store.run(connection, "x")
def other(connection): audit(connection)
"""
    calls, writing = calls_of("m", ast.parse(source))
    assert {name for name in writing if "versions.audit" not in reached(name, calls)} == {"m.quiet"}

"""Workspaces under AppTest: the demonstration, read by all or copied for a test that writes, and an empty one."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.queries import audit_lines
from data.settings import Settings
from data.workspace import Workspace, shared
from tests.source_files import ROOT

Window = Callable[[], AppTest]


@pytest.fixture(scope="session")
def read_by_all(demonstration_file: Path) -> Workspace:
    """A demonstration workspace that tests read and none writes to: what pages work out of it is worked out once."""
    path = shutil.copy(demonstration_file, demonstration_file.with_name("read_by_all.duckdb"))
    return shared(Settings(database=str(path)))


@pytest.fixture
def demonstration(window: AppTest, read_by_all: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The dashboard on a demonstration workspace: read it, do not change it."""
    monkeypatch.setenv("CONSENSUS_DATABASE", read_by_all.settings.database)
    before = audit_lines(read_by_all.connection.cursor())
    yield window
    after = audit_lines(read_by_all.connection.cursor())
    assert after == before, "A test that writes asks for own_demonstration."


@pytest.fixture
def own_demonstration(dashboard: AppTest, demonstration_file: Path, tmp_path: Path) -> AppTest:
    """The dashboard on a demonstration workspace of this test's own."""
    shutil.copy(demonstration_file, tmp_path / "consensus.duckdb")
    return dashboard


@pytest.fixture
def new_window(window: AppTest) -> Window:
    """Opens one more browser window on the workspace of this test."""
    return lambda: AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=window.default_timeout)


@pytest.fixture
def empty(dashboard: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard on an empty workspace of this test's own."""
    monkeypatch.setenv("CONSENSUS_START", "empty")
    return dashboard

"""Workspaces under AppTest: the demonstration, loaded once and copied for each test, and an empty one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.catalogue import Catalogue, load
from data.settings import Settings
from data.workspace import open_workspace
from tests.source_files import ROOT

Window = Callable[[], AppTest]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The store of a demonstration workspace, closed: copy it, do not open it."""
    path = tmp_path_factory.mktemp("demonstration") / "consensus.duckdb"
    open_workspace(Settings(database=str(path)), catalogue).close()
    return path


@pytest.fixture
def demonstration(dashboard: AppTest, demonstration_file: Path, tmp_path: Path) -> AppTest:
    """The dashboard on a demonstration workspace of this test's own."""
    shutil.copy(demonstration_file, tmp_path / "consensus.duckdb")
    return dashboard


@pytest.fixture
def new_window(demonstration: AppTest) -> Window:
    """Opens one more browser window on the demonstration workspace of this test."""
    return lambda: AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=demonstration.default_timeout)


@pytest.fixture
def empty(dashboard: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard on an empty workspace of this test's own."""
    monkeypatch.setenv("CONSENSUS_START", "empty")
    return dashboard

"""Real stores to test on: the demonstration, made once and only read; copies of it, and empty ones, to write to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data import queries, store
from data.catalogue import Catalogue, load
from data.settings import Settings
from data.store import Connection
from data.workspace import open_workspace
from metrics.places import every_place
from metrics.values import evaluate
from reports.expected import areas_of, memberships


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """The file of a demonstration workspace, closed. Nobody writes to it."""
    path = tmp_path_factory.mktemp("demonstration") / "consensus.duckdb"
    open_workspace(Settings(str(path), "demonstration"), catalogue).close()
    return path


@pytest.fixture(scope="session")
def demonstration(demonstration_file: Path) -> Iterator[Connection]:
    """The demonstration workspace, open for reading only."""
    with store.connect(str(demonstration_file), read_only=True) as connection:
        yield connection


@pytest.fixture
def demonstration_copy(demonstration_file: Path, tmp_path: Path) -> Path:
    """A demonstration workspace of a test's own."""
    return Path(shutil.copy(demonstration_file, tmp_path / "copy.duckdb"))


@pytest.fixture
def empty(tmp_path: Path, catalogue: Catalogue) -> Iterator[Connection]:
    """An empty workspace of a test's own: the catalogue as data version 1, and nothing else."""
    with open_workspace(Settings(str(tmp_path / "empty.duckdb"), "empty"), catalogue) as connection:
        yield connection


@pytest.fixture(scope="session")
def latest_version(demonstration: Connection) -> int:
    return int(queries.current(demonstration)["version"])


@pytest.fixture(scope="session")
def places(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> pd.DataFrame:
    """Every figure of the demonstration, with those of regions and of England, made as the pages make them."""
    return every_place(evaluate(queries.observations(demonstration, latest_version)), memberships(areas_of(catalogue)))

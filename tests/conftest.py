"""What all tests share: settings of their own, and no skipping where every test must run."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from data.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent

# Speed is measured in benchmarks/: a busy machine must not fail a property.
settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-engine", action="store_true", help="run every integration test that writes on DuckLake as well"
    )


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings and the database of the person who runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("CONSENSUS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CONSENSUS_DATABASE", str(tmp_path / "consensus.duckdb"))


@pytest.fixture(scope="session")
def catalogue() -> "Catalogue":
    from data.catalogue import load

    return load()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, catalogue: "Catalogue") -> Path:
    """The store of a demonstration workspace, closed: copy it or read it, and never write to it."""
    from data.settings import Settings
    from data.workspace import open_workspace

    path = tmp_path_factory.mktemp("demonstration") / "consensus.duckdb"
    open_workspace(Settings(str(path), "demonstration"), catalogue).close()
    return path


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> "AppTest":
    """The dashboard in a browser window of Streamlit's AppTest."""
    from streamlit.testing.v1 import AppTest

    leave_pages_to_the_menu(monkeypatch)
    look_for_no_packages(monkeypatch)
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)


@pytest.fixture
def dashboard(window: "AppTest") -> "Iterator[AppTest]":
    """The dashboard on a database of this test's own, let go before and after: open workspaces outlive a test."""
    from components import session

    session._open.clear()
    yield window
    session._open.clear()


def leave_pages_to_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have AppTest run pages as server.py has them run: inside dashboard.py, and never as files of their own.

    Before each run AppTest lets Streamlit look for a folder pages/ again, and would then run a page without its frame.
    """
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.testing.v1 import app_test

    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", type("PagesOfTheMenu", (PagesManager,), {}))


def look_for_no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep AppTest from reading, for each window, what every installed package says of itself: none brings components,
    and it would take as long as drawing the page."""
    from streamlit.components.v2 import manifest_scanner

    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, and run them last: Playwright keeps an event loop running that others must not meet."""
    for item in items:
        if (ROOT / "tests" / "browser") in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def skipping_is_failing() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def fail_if_skipped(report: Any) -> None:
    """Turn a skip into a failure in CI, where a test that did not run would look like one that passed."""
    if report.skipped and not hasattr(report, "wasxfail") and skipping_is_failing():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped, and in CI nothing may be skipped. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report)
    return report

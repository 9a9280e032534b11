"""A dashboard of the tests' own, and a Chromium that opens its pages."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.pages import wait_until_still

ROOT = Path(__file__).resolve().parents[2]
STORE = "consensus.duckdb"
# Milliseconds that a page may take to say what a test expects of it: its speed is measured in benchmarks/.
expect.set_options(timeout=20_000)
OpenPage = Callable[..., Page]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("localhost", 0))
        return trial.getsockname()[1]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_for_health(process: subprocess.Popen, address: str, log: Path, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not answers(f"{address}/_stcore/health"):
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"The dashboard did not start. Its log:\n{log.read_text(errors='replace')}", pytrace=False)
        time.sleep(0.2)


@contextlib.contextmanager
def running_dashboard(
    folder: Path, start: str, port: int | None = None, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """A dashboard on a database of its own in the folder; gives its address.

    It signs people in as the file secrets.toml in the folder says, and without one not at all.
    """
    address, log = f"http://localhost:{port or free_port()}", folder / "server.log"
    settings = {"CONSENSUS_DATABASE": str(folder / STORE), "CONSENSUS_START": start} | dict(settings)
    options = {"port": address.rpartition(":")[2], "headless": "true", "fileWatcherType": "none"}
    flags = [word for name, value in options.items() for word in (f"--server.{name}", value)]
    flags += ["--secrets.files", str(folder / "secrets.toml")]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", *flags, "server.py"],
            cwd=ROOT, env=os.environ | settings, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for_health(process, address, log)
            yield address
        finally:
            stop(process)


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path) -> Iterator[str]:
    """The address of a dashboard on the demonstration workspace, the same for all tests: read it, do not change it."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(demonstration_file, folder / STORE)
    with running_dashboard(folder, "demonstration") as address:
        yield address


@pytest.fixture
def own_server(tmp_path: Path, demonstration_file: Path) -> Iterator[str]:
    """The address of a dashboard of this test's own, for journeys that store something."""
    shutil.copy(demonstration_file, tmp_path / STORE)
    with running_dashboard(tmp_path, "demonstration") as address:
        yield address


@pytest.fixture
def first_server(tmp_path: Path) -> Iterator[str]:
    """The address of a dashboard that was never opened: its first visitor has it make the demonstration."""
    with running_dashboard(tmp_path, "demonstration") as address:
        yield address


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[str]:
    """The address of a dashboard on an empty workspace of this test's own."""
    with running_dashboard(tmp_path, "empty") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        executable = chromium.obtain()
    except chromium.NoChromium as reason:
        pytest.skip(str(reason))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address in a tab of its own, and waits until it is still: `open_page(server, 390, "dark")`.

    The tabs of a test are those of one browser: what one has loaded of the program, the next need not load again.

    A test that uses it fails at its end if a page raised an error in the browser, asked another machine for anything,
    or was refused something by the server's own content security policy.
    """
    faults: list[str] = []
    with browser.new_context() as window:

        def open_one(address: str, width: int = 1440, theme: str = "light") -> Page:
            page = window.new_page()
            page.set_viewport_size({"width": width, "height": 1000})
            page.emulate_media(color_scheme=theme)
            note_faults(page, faults)
            page.goto(address)
            wait_until_still(page)
            return page

        yield open_one
    assert "\n".join(dict.fromkeys(faults)) == ""


def note_faults(page: Page, faults: list[str]) -> None:
    def note_far(address: str) -> None:
        if not is_near(address):
            faults.append(f"{page.url} asks another machine for {address}")

    def note_refused(words: str) -> None:
        if "Content Security Policy" in words or "Permissions-Policy" in words:
            faults.append(f"{page.url}: {words[:300]}")

    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda message: note_refused(message.text))
    page.on("request", lambda request: note_far(request.url))


def is_near(address: str) -> bool:
    """Whether the address is on this machine, or no address of a machine at all, such as data: and blob:."""
    return urlsplit(address).hostname in ("localhost", "127.0.0.1", None)

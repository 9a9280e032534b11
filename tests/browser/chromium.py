"""Finds a Chromium for the browser tests, or gets one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")

USUAL_PLACES = {
    "darwin": (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
        r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
    ),
}

HOW_TO_GET_ONE = (
    "The browser tests need a Chromium, Chrome or Edge: install one, or run "
    f"'{Path(sys.executable).as_posix()} -m playwright install chromium'."
)

# Headless, quiet, and without the background connections that a browser otherwise makes at its start.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoChromium(Exception):
    """No browser was found, and none could be got."""


def obtain() -> Path:
    """A browser that is there, or one fetched now."""
    found = find()
    for command in () if found else ways_to_get_one():
        if succeeds(command) and (found := find()):
            break
    if found is None:
        raise NoChromium(HOW_TO_GET_ONE)
    return found


def find() -> Path | None:
    return next(candidates(), None)


def candidates() -> Iterator[Path]:
    """Browsers that are there, best first."""
    yield from (Path(path) for name in NAMES if (path := shutil.which(name)))
    usual = (Path(os.path.expandvars(place)) for place in USUAL_PLACES.get(sys.platform, ()))
    yield from (place for place in usual if place.is_file())
    yield from (place for place in [playwrights_own()] if place.is_file())


def playwrights_own() -> Path:
    """Where Playwright keeps the browser that it downloads, whether or not it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def ways_to_get_one() -> Iterator[list[str]]:
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        yield ["apt-get", "update"]
        yield ["apt-get", "install", "--yes", "chromium"]


def succeeds(command: list[str], seconds: float = 600) -> bool:
    """Whether the command ended well, in time and without asking anything."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

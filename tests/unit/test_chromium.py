"""Finding a browser: what is there first, then fetching one, then one sentence."""

import sys
from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No browser anywhere; an empty folder in which one may turn up."""
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium, "USUAL_PLACES", {sys.platform: (str(tmp_path / "usual"),)})
    monkeypatch.setattr(chromium, "playwrights_own", lambda: tmp_path / "own")
    return tmp_path


def fetching(monkeypatch: pytest.MonkeyPatch, ways: dict[str, Path | None]) -> list[str]:
    """Ways to get a browser, by name, each putting it where it says, if anywhere; gives those that were tried."""
    tried: list[str] = []

    def succeeds(command: list[str]) -> bool:
        tried.append(command[0])
        if place := ways[command[0]]:
            place.touch()
        return place is not None

    monkeypatch.setattr(chromium, "ways_to_get_one", lambda: iter([[name] for name in ways]))
    monkeypatch.setattr(chromium, "succeeds", succeeds)
    return tried


def test_browser_on_the_path_comes_first(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/bin/{name}" if "chrom" in name else None)
    (bare_machine / "usual").touch()
    assert chromium.find() == Path("/bin/chromium")


@pytest.mark.parametrize("place", ["usual", "own"])
def test_browser_elsewhere_is_found(bare_machine: Path, place: str) -> None:
    (bare_machine / place).touch()
    assert chromium.obtain() == bare_machine / place


def test_ways_are_tried_until_one_works(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = fetching(monkeypatch, {"first": None, "second": bare_machine / "own", "third": None})
    assert chromium.obtain() == bare_machine / "own"
    assert tried == ["first", "second"]


def test_no_browser_is_one_sentence_on_how_to_get_one(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetching(monkeypatch, {"first": None})
    with pytest.raises(chromium.NoChromium, match="install one, or run .* -m playwright install chromium"):
        chromium.obtain()


@pytest.mark.parametrize(("user", "packages"), [(0, True), (1000, False)])
def test_system_packages_are_for_root(monkeypatch: pytest.MonkeyPatch, user: int, packages: bool) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user, raising=False)
    assert (["apt-get", "install", "--yes", "chromium"] in chromium.ways_to_get_one()) is packages


def test_failing_missing_and_slow_commands_do_not_succeed() -> None:
    assert chromium.succeeds([sys.executable, "-c", "pass"])
    assert not chromium.succeeds([sys.executable, "-c", "raise SystemExit(1)"])
    assert not chromium.succeeds(["a-command-that-nobody-has"])
    assert not chromium.succeeds([sys.executable, "-c", "import time; time.sleep(9)"], seconds=0.2)

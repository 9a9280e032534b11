"""Backups on the page People and access: made by a button, listed with what they hold; an older store opens."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from components.backups import answer, rows
from data import copies
from data.actor import Actor
from data.backup import Kept, listed, manifest_of
from data.errors import UserError
from tests.app.reading import PAGES, faults, open_page, said
from tests.source_files import ROOT

STORED = ROOT / "tests" / "fixtures" / "stored"
NOW = datetime(2026, 11, 22, 12, 0)


def kept(hours: float) -> Kept:
    return Kept("consensus.duckdb", NOW - timedelta(hours=hours), 18, 15_571, 7_876_608)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], "There is no backup yet."),
        ([0.5], "There is one backup; the newest was made less than an hour ago."),
        ([1.5, 30], "There are 2 backups; the newest was made an hour ago."),
        ([30, 90, 91], "There are 3 backups; the newest was made 30 hours ago."),
        ([49], "There is one backup; the newest was made 2 days ago."),
    ],
)
def test_the_answer_tells_how_old_the_newest_is(hours: list[float], words: str) -> None:
    assert answer([kept(one) for one in hours], NOW) == words


def test_a_line_tells_what_a_backup_holds() -> None:
    assert rows([kept(0)]) == [["22 November 2026, 12:00 UTC", "18", "15,571", "7.5", "consensus.duckdb"]]


def test_a_backup_is_made_by_the_button(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    monkeypatch.setenv("CONSENSUS_BACKUPS", str(folder))
    app = open_page(own_demonstration, "people")
    assert faults(app) == [] and "There is no backup yet." in said(app)
    app.button(key="backup_make").click().run()
    assert faults(app) == []
    (made,) = folder.glob("*.duckdb")
    assert f"Made: {made.name}, data version 18" in app.success[0].value
    assert "There is one backup" in said(app) and made.name in said(app)
    (shown,) = listed(Actor("Invented", "administrator"), folder)
    assert (shown.name, shown.version, shown.size) == (made.name, 18, made.stat().st_size)
    assert copies.sha256(made) in manifest_of(made).read_text()


def test_only_administrators_are_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="may not see the backups"):
        listed(Actor("Somebody", "evaluator"), tmp_path)


def test_a_fault_is_told_on_the_page(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONSENSUS_BACKUPS", str(tmp_path / "file"))
    app = open_page(own_demonstration, "people")
    app.button(key="backup_make").click().run()
    assert "No backup was made" in app.error[0].value.replace("\\", "")


@pytest.fixture(scope="module")
def older_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the last release of format 1 left it."""
    path = tmp_path_factory.mktemp("older") / "consensus.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in ("format_1", "format_1_later"):
            connection.execute((STORED / f"{name}.sql").read_text(encoding="utf-8"))
    return path


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_store_of_the_previous_release(
    dashboard: AppTest, older_file: Path, tmp_path: Path, page: str
) -> None:
    shutil.copy(older_file, tmp_path / "consensus.duckdb")
    app = open_page(dashboard, page)
    assert faults(app) == [] and app.title
    assert len(list(tmp_path.glob("consensus-format-1-*.duckdb"))) == 1

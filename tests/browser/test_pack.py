"""The pack's web page as a file in a browser: everybody can use it, narrow and wide, and it prints well."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.settings import Settings
from data.workspace import open_workspace
from reports.pack.content import content
from reports.pack.files import FORMS
from tests.browser.conftest import note_faults
from tests.browser.pages import axe_violations

EAST = "E12000006"
CUT_OFF = """() => [...document.querySelectorAll('h1, h2, h3, p, li, td, th, caption, figcaption, footer')]
    .filter(one => { const box = one.getBoundingClientRect();
        return box.width > 1 && box.right > document.documentElement.clientWidth + 1 && !one.closest('.scroll'); })
    .map(one => one.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of one region of the demonstration as a file."""
    folder, catalogue = tmp_path_factory.mktemp("pack"), load()
    database = str(folder / "consensus.duckdb")
    open_workspace(Settings(database), catalogue).close()
    with store.connect(database, read_only=True) as connection:
        version = int(queries.current(connection)["version"])
        pack = content(connection, LOCAL_ADMINISTRATOR, catalogue, EAST, version)
    path = folder / "pack.html"
    path.write_bytes(FORMS["html"].write(pack))
    return path


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_page(browser: Browser, page_file: Path, width: int) -> None:
    faults: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 1000})
    try:
        note_faults(page, faults)
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (page.evaluate(CUT_OFF), axe_violations(page), faults) == ([], [], [])
        page.get_by_role("navigation").get_by_role("link").last.click()
        assert page.locator("h2").last.evaluate("one => Math.abs(one.getBoundingClientRect().top) < 1000")
    finally:
        page.close()


def test_it_prints_on_pages_with_repeated_heads(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    try:
        page.goto(page_file.as_uri())
        page.emulate_media(media="print")
        shown = "getComputedStyle(one).display == 'table-header-group'"
        heads = f"[...document.querySelectorAll('thead')].every(one => {shown})"
        assert page.evaluate(heads)
        breaks = (
            "[...document.querySelectorAll('h2')].filter(one => getComputedStyle(one).breakBefore == 'page').length"
        )
        assert page.evaluate(breaks) > 10
    finally:
        page.close()

"""A thousand insights of hostile text in a real browser: nothing runs or is fetched, all of it is read as typed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from data.catalogue import Catalogue
from tests import hostile
from tests.browser.conftest import STORE, running_dashboard
from tests.browser.pages import EXCEPTION, axe_violations, make_tall, text_cut_off, wait_until_still

VIEWS = [
    "voices?area=Norfolk",
    "voices?area=Norfolk&find=window",
    "commitment?commitment=COM-1&area=E23000024",
    "area?area=E23000024",
    "?area=E23000024",
    "upload?area=E23000024",
    "what_changed?area=E23000024",
    "data",
]
INJECTED = f"""
() => [...document.querySelectorAll('script, img, svg, iframe, link, style, a, details, embed')].filter(one =>
    /{hostile.MARKER}|example\\.org|javascript:/.test(one.cloneNode(false).outerHTML)
    || (one.matches('script, style') && /{hostile.MARKER}/.test(one.textContent))
).map(one => one.outerHTML.slice(0, 90))
"""
# As people see it: blanks as they are drawn, and a text that is folded only as far as it is shown.
SHORT = [text.strip() for text in hostile.TEXTS if len(text) < 200 and "\u202e" not in text]


@pytest.fixture(scope="module")
def hostile_server(
    tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path, catalogue: Catalogue
) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    hostile.stored(shutil.copy(demonstration_file, folder / STORE), catalogue)
    with running_dashboard(folder, "demonstration") as address:
        yield address


def watched(page: Page) -> list[str]:
    """What the page opens to catch somebody's eye, from now on."""
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda popup: opened.append(popup.url))
    return opened


def unfold(page: Page) -> None:
    """Open everything that is folded, and show all that can be shown."""
    for summary in page.locator('[data-testid="stExpander"] summary').all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    for toggle in page.locator('[data-testid="stCheckbox"] label').all():
        toggle.click()
    wait_until_still(page)


def faults_of(page: Page) -> list[str]:
    ran = page.evaluate(f"window.{hostile.MARKER}")
    return [
        *([f"{hostile.MARKER} is {ran}"] if ran is not None else []),
        *(f"holds {element}" for element in page.evaluate(INJECTED)),
        *(f"shows an exception: {text}" for text in page.locator(EXCEPTION).all_inner_texts()),
        *(f"cuts off {text}" for text in text_cut_off(page)),
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_page_runs_nothing_and_shows_text_as_typed(hostile_server: str, open_page, view: str) -> None:
    page = open_page(f"{hostile_server}/{view}", 390)
    opened = watched(page)
    unfold(page)
    assert faults_of(page) == [] and opened == []
    if view in ("voices?area=Norfolk", "commitment?commitment=COM-1&area=E23000024"):
        shown = " ".join(page.locator("blockquote.voice").all_text_contents())
        assert [text for text in SHORT if text not in shown] == []
    if view.startswith("voices?area=Norfolk&find"):
        assert "have all the words of “window”" in page.locator("body").inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_long_and_turned_text_keeps_its_place(hostile_server: str, open_page, width: int) -> None:
    page = open_page(f"{hostile_server}/voices?area=Norfolk&find=longtext", width, "dark")
    rest = page.locator("blockquote.voice details").first
    rest.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rest.get_attribute("open") is not None
    wide = page.locator("blockquote.voice").evaluate_all(
        "all => Math.max(...all.map(one => one.scrollWidth - one.clientWidth))"
    )
    assert wide <= 1 and faults_of(page) == []
    turned = page.locator("blockquote.voice").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert set(turned) == {"ltr"} and not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(
        page.content()
    )
    make_tall(page)
    assert axe_violations(page) == []


def test_name_of_a_hostile_file_is_text_in_every_control(hostile_server: str, open_page) -> None:
    page = open_page(f"{hostile_server}/upload?area=E23000024")
    opened = watched(page)
    box = page.get_by_role("combobox", name="See, correct or withdraw a file")
    # The page is scrolled first: scrolling closes the list of options.
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box.fill("onerror")
    option = page.get_by_role("option").first
    assert f"<img src=x onerror=window.{hostile.MARKER}=7>=1+1 :red[name]" in option.inner_text()
    page.keyboard.press("Enter")
    wait_until_still(page)
    assert faults_of(page) == [] and opened == []


def test_fault_of_each_kind_is_found(browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(
        f"<main data-testid=stApp><script>window.{hostile.MARKER}=1</script><a href='javascript:1'>x</a></main>"
    )
    found = faults_of(page)
    page.close()
    assert [line.partition(" ")[0] for line in found] == [hostile.MARKER, "holds", "holds"]

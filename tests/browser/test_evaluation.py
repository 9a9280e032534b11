"""The page Evaluation commitment in a real browser: readable at both widths, and a ruling from the form to the grid."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acts import choose, row
from tests.browser.pages import OPENED, faults_in_both_themes, make_tall, wait_until_still

GRID = ".st-key-evaluation-grid"
REASON = "The panel looked at all of it in October"


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_the_grid_is_whole_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    page = open_page(f"{server}/evaluation?commitment=EVA-1", width, theme)
    make_tall(page)
    page.get_by_text("Table, CSV and method").first.click()
    wait_until_still(page)
    assert faults_in_both_themes(page) == []
    expect(page.locator("p.answer").first).to_contain_text("of 390 area-commitment pairs pass all seven tests")
    # Seven marks in each of 390 cells need a wide screen; a narrow one has one commitment at a time.
    wide, narrow = page.locator(GRID), page.locator(".st-key-evaluation-area_name")
    expect(wide).to_be_visible(visible=width == 1440)
    expect(page.get_by_text("This screen is too narrow")).to_be_visible(visible=width == 390)
    expect(narrow).to_be_visible()
    if width == 1440:
        assert wide.locator(".scatterlayer .point").count() == 390 * 7
    assert narrow.locator(".scatterlayer .point").count() == 39 * 7


def test_from_the_grid_to_a_ruling_and_to_its_evidence(own_server: str, open_page) -> None:
    page = open_page(f"{own_server}/evaluation?area=Norfolk")
    page.get_by_text("Rule on a test, or end a ruling").click()
    make_tall(page)  # A list of choices closes when the page scrolls under it.
    choose(page, "On which commitment?", "SYS-4")
    choose(page, "What is ruled?", "no action needed")
    page.get_by_label("Why? Everybody can read this.").fill(REASON)
    page.get_by_role("button", name="Record this ruling").click()
    expect(page.get_by_text("Recorded: Norfolk, SYS-4: no action needed.")).to_be_visible()
    expect(row(page, "Norfolk").filter(has_text=REASON)).to_be_visible()
    wait_until_still(page)
    page.get_by_text("Table, CSV and method").first.click()
    line = row(page, "SYS-4").first
    expect(line.locator("td").nth(7)).to_contain_text("passed")
    line.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SYS-4")
    assert re.search(r"area=Norfolk", page.url)

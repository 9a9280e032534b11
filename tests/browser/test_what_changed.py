"""What changed, in a real browser: from the overview, since a day that somebody types, and with every table open."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still

UNKNOWN = re.compile("is not known here, so the usual one is shown")


def since(page: Page, text: str) -> None:
    """Type a version or a day into the page's own control."""
    page.get_by_role("combobox", name="Since").fill(text)
    page.keyboard.press("Enter")
    wait_until_still(page)


def test_from_the_overview_to_a_day_that_is_typed_and_back_by_its_address(server: str, open_page) -> None:
    page = open_page(server)
    page.get_by_role("link", name="See what changed since that review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
    wait_until_still(page)
    expect(page.locator(".answer")).to_have_text(
        re.compile(r"^England, since version 15 \(10 July 2026\): \d+ new figures")
    )

    since(page, "27 July 2025")
    expect(page.locator(".answer")).to_have_text(re.compile(r"^England, since version 12 \("))
    assert "since=27+July+2025" in page.url
    again = open_page(page.url)
    assert again.locator(".answer").inner_text() == page.locator(".answer").inner_text()
    sent = page.get_by_role("link", name="Address of exactly this view").evaluate("a => a.href")
    assert "since=12" in sent and "version=18" in sent

    since(page, "yesterday")
    expect(page.get_by_text(UNKNOWN)).to_be_visible()
    expect(page.locator(".answer")).to_have_text(re.compile(r"^England, since version 15 \("))
    assert "since=" not in page.url
    expect(page.get_by_role("combobox", name="Since")).to_have_value(re.compile("^The last review"))


def test_sentence_leads_to_the_area_at_its_indicator(server: str, open_page) -> None:
    page = open_page(f"{server}/what_changed?area=E23000024")
    line = page.locator("table.facts tr").filter(has_text="newly worsened since July 2025").first
    indicator = line.locator("td").inner_text().strip("▼\xa0 ").partition(":")[0]
    line.get_by_role("link", name="Norfolk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Norfolk")
    expect(page.get_by_role("heading", name=f"{indicator} over time")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), OPENED)
@pytest.mark.parametrize("view", ["since=5&area=E23000024", "since=16&version=17&area=E23000034", "since=18"])
def test_every_state_is_whole_readable_and_usable(server: str, open_page, view: str, width: int, theme: str) -> None:
    page = open_page(f"{server}/what_changed?{view}", width, theme)
    for summary in page.locator('[data-testid="stExpander"] summary').all():
        summary.click()
    wait_until_still(page)
    assert faults_in_both_themes(page) == []

"""The Over time page in a real browser: read at phone width, re-based with a reason, and sent to a colleague."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, press, row
from tests.browser.pages import OPENED, faults_in_both_themes, faults_of, wait_until_still

THAMES_VALLEY = "over_time?area=E23000029&indicator=staff_jointly_trained"
REASON = "Invented: classroom days were replaced by an online course"
NEW, END = "Start a new calculation, or end one", "Start a new calculation"
VIEWS = [
    THAMES_VALLEY,
    "over_time?area=E23000014&indicator=handover_wait_hours",
    "over_time?area=E12000002&indicator=violence_with_injury",
    "over_time?area=E23000024&indicator=knife_offences",
]


def write(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=re.compile(f"^{label}")).fill(text)
    page.keyboard.press("Tab")
    wait_until_still(page)


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_every_kind_of_series_is_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    for view in VIEWS:
        page = open_page(f"{server}/{view}", width, theme)
        page.get_by_text("Table, CSV and method").first.click()
        wait_until_still(page)
        assert [view, *faults_in_both_themes(page)] == [view]
        page.close()


def test_a_chart_is_rebased_with_a_reason_and_the_reason_is_there_for_others(own_server: str, open_page) -> None:
    page = open_page(f"{own_server}/{THAMES_VALLEY}")
    page.get_by_text(NEW).click()
    wait_until_still(page)
    press(page, re.compile(f"{END}$"))
    expect(page.get_by_text("Choose the period with which the new calculation starts.")).to_be_visible()
    choose(page, "First period of the new calculation", "October to December 2025")
    write(page, "Why", "moved")
    press(page, re.compile(f"{END}$"))
    expect(page.get_by_text("is too short to understand later")).to_be_visible()
    assert faults_of(page) == []
    write(page, "Why", REASON)
    press(page, re.compile(f"{END}$"))
    expect(page.get_by_text("A new calculation starts with October to December 2025.")).to_be_visible()

    other = open_page(f"{own_server}/{THAMES_VALLEY}", 390)
    made = row(other, "October to December 2025").filter(has_text="in the chart")
    expect(made).to_contain_text(REASON)
    expect(made).to_contain_text("by Local administrator")
    expect(other.get_by_text("The limits are provisional").first).to_be_visible()


def test_the_address_of_the_view_gives_it_again(server: str, open_page) -> None:
    page = open_page(f"{server}/over_time?area=E23000024&indicator=knife_offences&version=11")
    href = page.get_by_role("link", name=re.compile("^Address of exactly this view")).evaluate("a => a.href")
    again = open_page(href)
    assert "version=" in href and page.locator("p.answer").inner_text() == again.locator("p.answer").inner_text()
    expect(again.get_by_text("No figure that can be shown in both editions was revised.")).to_be_visible()

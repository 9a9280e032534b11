"""Somebody looks for what others tried, sends the view on, and tells what their own area tried."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, press, row
from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still

TITLE = "One <b>shared</b> diary (invented)"


def pick(page: Page, label: str, text: str) -> None:
    """Take one option of a list of several."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(text, delay=50)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    # While the options are open, what is behind them is hidden from everybody.
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile(f"^Remove {text}"))).to_be_visible()


def test_what_was_tried_is_found_and_sent_on(server: str, open_page) -> None:
    page = open_page(f"{server}/practice")
    expect(page.locator("p.answer")).to_contain_text("56 entries on 8 of 8 topics")
    choose(page, "Evidence", "3 of 5")
    expect(page.locator("p.answer")).to_contain_text("3 entries on ")
    page.get_by_role("textbox", name="Find words").fill("section 136 nurse")
    page.keyboard.press("Enter")
    wait_until_still(page)
    expect(page.locator("p.answer")).to_contain_text("1 entry on 1 of 8 topics")
    expect(row(page, "A police officer and a nurse").first).to_contain_text("fell by 33% in the first three months")
    expect(page).to_have_url(re.compile("find=.*strength="))
    again = open_page(page.url)
    expect(again.locator("p.answer")).to_contain_text("1 entry on 1 of 8 topics")


def test_an_area_tells_what_it_tried(own_server: str, open_page) -> None:
    page = open_page(f"{own_server}/practice?area=E23000024")
    page.locator("summary", has_text="Tell what was tried in Norfolk").click()
    page.get_by_label("What is it called?").fill(TITLE)
    pick(page, "Topics", "Mental")
    pick(page, "Commitments that it speaks to", "SYS-2")
    page.get_by_label("Who took part?").fill("Police and two charities")
    page.get_by_label("What was done?").fill("One diary for all. Invented.")
    press(page, "Add to the library")
    expect(page.get_by_text("It is in the library.")).to_be_visible()
    mine = row(page, re.escape(TITLE)).first
    expect(mine).to_contain_text("no result reported")
    expect(mine.locator("b")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_forms_and_reminders_are_usable_by_everybody(server: str, open_page, width: int, theme: str) -> None:
    for view, opened in [
        ("practice?area=E23000024", ["Tell what was tried in Norfolk", "Change or withdraw what Norfolk told"]),
        ("area?area=E23000024", ["Each of them, most overdue first"]),
    ]:
        page = open_page(f"{server}/{view}", width, theme)
        for title in opened:
            page.locator("summary", has_text=title).click()
        wait_until_still(page)
        assert [view, *faults_in_both_themes(page)] == [view]
        page.close()

"""Voices and both sides of a commitment, in a real browser: searched, opened by the keyboard, sent by their address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still

VIEWS = [
    "voices?area=Norfolk&perspective=Service+users&find=asked",
    "commitment?commitment=COM-1&open=Norfolk",
]


def test_words_are_found_and_the_address_finds_them_again(server: str, open_page) -> None:
    page = open_page(f"{server}/voices")
    box = page.get_by_role("textbox", name="Find words")
    box.fill("housing named")
    box.press("Enter")
    wait_until_still(page)
    told = page.get_by_text(re.compile(r"^\d+ of 474 insights have all the words of “housing named”\.$"))
    expect(told).to_be_visible()
    assert "find=housing+named" in page.url or "find=housing%20named" in page.url
    again = open_page(page.url)
    expect(again.get_by_text(told.inner_text())).to_be_visible()
    expect(again.get_by_role("textbox", name="Find words")).to_have_value("housing named")

    box.fill("zebra")
    box.press("Enter")
    wait_until_still(page)
    expect(page.get_by_text("Try fewer words")).to_be_visible()
    box.fill("")
    box.press("Enter")
    wait_until_still(page)
    expect(page.get_by_role("heading", name="What was found")).to_have_count(0)
    assert "find=" not in page.url


def test_both_sides_are_opened_by_the_keyboard_and_come_into_sight_on_a_slow_machine(server: str, open_page) -> None:
    page = open_page(f"{server}/commitment?commitment=COM-1")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    expect(page.get_by_text(re.compile("the numbers improved while service users"))).to_be_visible()
    link = page.get_by_role("link", name="Open Norfolk")
    link.focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Both sides of Norfolk")
    expect(heading).to_be_visible(timeout=60_000)
    expect(page.get_by_text("What people in Norfolk said: insights by grade").first).to_be_visible(timeout=60_000)
    wait_until_still(page)
    expect(heading).to_be_in_viewport(timeout=20_000)
    assert "open=Norfolk" in page.url
    expect(page.get_by_role("combobox", name="Open both sides of")).to_have_value("Norfolk")


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_every_part_is_whole_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    for view in VIEWS:
        page = open_page(f"{server}/{view}", width, theme)
        for summary in page.locator('[data-testid="stExpander"] summary').all():
            summary.click()
        wait_until_still(page)
        assert [view, *faults_in_both_themes(page)] == [view]
        page.close()

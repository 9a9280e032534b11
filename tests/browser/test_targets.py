"""Targets and the adaptation log in a real browser: readable at both widths and themes, and written to by a person."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, press, row
from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still
from tests.browser.test_over_time import write

TARGETS = "targets?area=E23000024&indicator=s136_health_based_place"
LOG = "adaptations?area=E23000010"
REASON = "Invented: half of the services are there <b>already</b>"


def open_all(page: Page) -> None:
    for summary in page.locator('[data-testid="stExpander"] summary').all():
        summary.click()
    wait_until_still(page)


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_both_pages_are_readable_and_usable_with_every_form_open(
    server: str, open_page, width: int, theme: str
) -> None:
    for view in (TARGETS, LOG):
        page = open_page(f"{server}/{view}", width, theme)
        open_all(page)
        assert [view, *faults_in_both_themes(page)] == [view]
        page.close()


def test_a_target_is_set_and_an_adaptation_recorded_for_others_to_read(own_server: str, open_page) -> None:
    page = open_page(f"{own_server}/{TARGETS}")
    page.get_by_text("Set a target", exact=True).click()
    wait_until_still(page)
    page.get_by_role("spinbutton", name="Value, in %").fill("95")
    page.keyboard.press("Tab")
    day = page.get_by_test_id("stDateInput").first
    for part, digits in {"day": "31", "month": "03", "year": "2028"}.items():
        day.get_by_role("spinbutton", name=re.compile(part, re.IGNORECASE)).fill(digits)
    wait_until_still(page)
    write(page, "Agreed by whom", "Area partnership board (invented)")
    write(page, "Why", REASON)
    press(page, re.compile("Set the target$"))
    expect(page.get_by_text("The target stands from data version 19 on.")).to_be_visible()
    made = row(page, "Detentions under section 136").filter(has_text="95.0 % by 31 March 2028")
    expect(made).to_contain_text(REASON)
    over_time = open_page(f"{own_server}/over_time?area=E23000024&indicator=s136_health_based_place", 390)
    expect(over_time.get_by_text("95.0 % by 31 March 2028").first).to_be_visible()

    log = open_page(f"{own_server}/{LOG}")
    log.get_by_text("Record what was changed", exact=True).click()
    wait_until_still(log)
    choose(log, "What was changed?", "Policy")
    write(log, "What was changed, in plain", "A new rule (invented)")
    press(log, re.compile("Record it$"))
    expect(log.get_by_text("Choose what was changed, and the day on which it was.")).to_be_visible()
    log = open_page(f"{own_server}/{LOG}")
    log.get_by_text("Add a later effect, or withdraw", exact=True).click()
    wait_until_still(log)
    choose(log, "Which change", "No. 6")
    write(log, "What came of it", REASON)
    press(log, re.compile("Add this effect$"))
    expect(log.get_by_text("The effect is recorded.")).to_be_visible()
    commitment = open_page(f"{own_server}/commitment?area=E23000010&commitment=COM-1", 390)
    expect(commitment.get_by_text(REASON).first).to_be_visible()

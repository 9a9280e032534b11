"""The Regions page in a real browser: chosen, sent to a colleague, and usable by everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acts import choose, row
from tests.browser.pages import OPENED, faults_in_both_themes, make_tall

GAP = "regions?indicator=violence_with_injury&period=year+ending+December+2019"
CONTRAST = "regions?indicator=joint_problem_solving_plans&first=Norfolk&second=Essex"


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_regions_are_whole_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    for view in (GAP, CONTRAST):
        page = open_page(f"{server}/{view}", width, theme)
        assert [view, *faults_in_both_themes(page)] == [view]
        page.close()


def test_from_the_answer_to_a_view_to_send(server: str, open_page) -> None:
    page = open_page(f"{server}/regions?indicator=violence_with_injury")
    make_tall(page)
    expect(page.locator("p.answer").first).to_contain_text("the regions differ by more than chance")
    choose(page, "Period", "year ending December 2019")
    expect(page.get_by_text("England rests on 38 of 39 areas.").first).to_be_visible()
    choose(page, "Indicator", "Priority problems with a joint plan")
    choose(page, "First place", "Norfolk")
    choose(page, "Second place", "Essex")
    expect(page.get_by_text("Difference in change").first).to_be_visible()
    again = open_page(
        page.get_by_role("link", name=re.compile("^Address of exactly this view")).evaluate("a => a.href")
    )
    expect(again.get_by_role("heading", level=1)).to_have_text("Regions")
    expect(again.get_by_role("combobox", name="First place")).to_have_value("Norfolk")
    expect(again.get_by_role("combobox", name="Second place")).to_have_value("Essex")
    expect(again.get_by_text("Difference in change").first).to_be_visible()


def test_table_of_the_chart_says_how_many_areas(server: str, open_page) -> None:
    page = open_page(f"{server}/{GAP}")
    page.get_by_text("Table, CSV and method").first.click()
    expect(row(page, "North West").first).to_contain_text("4 of 5 areas")

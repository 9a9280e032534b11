"""An evaluator compares areas, then regions, opens the table from the keyboard and goes on to an area."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, read, row
from tests.browser.pages import OPENED, faults_in_both_themes, wait_until_still

VIEW = "compare?indicator=violence_with_injury"
TABLE = "Table, CSV and method"
# A region with a gap, regions, a count, a mean of one area's, and a year without any rate.
VIEWS = [
    f"{VIEW}&area=E12000002&period=year+ending+December+2019",
    f"{VIEW}&places=Regions",
    "compare?indicator=people_contributing_evidence",
    "compare?indicator=handover_wait_hours&area=E23000024",
    "compare?indicator=knife_offences&period=2021/22",
]


def open_table(page: Page, number: int) -> None:
    """Open one of the tables with the keyboard alone."""
    page.locator("summary", has_text=TABLE).nth(number).focus()
    page.keyboard.press("Enter")
    wait_until_still(page)


def test_from_the_answer_to_an_area(server: str, open_page) -> None:
    page = open_page(f"{server}/{VIEW}")
    answer = page.locator("p.answer")
    expect(answer).to_contain_text("33 of 38 areas differ from England by more than counting noise, none by more than")
    choose(page, "Period", "year ending December 2024")
    expect(answer).to_contain_text("year ending December 2024: 34 of 38 areas")
    open_table(page, 0)
    expect(row(page, "Norfolk").first).to_contain_text("844.5 per 100,000 residents")
    page.get_by_role("link", name="Norfolk").first.press("Enter")
    wait_until_still(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Norfolk")


def test_regions_stay_in_the_address(server: str, open_page) -> None:
    page = open_page(f"{server}/{VIEW}")
    page.get_by_role("radiogroup", name="Compare").get_by_text("Regions", exact=True).click()
    wait_until_still(page)
    expect(page.locator("p.answer")).to_contain_text("9 of 9 regions differ from England")
    expect(page).to_have_url(re.compile("places=Regions"))
    again = open_page(page.url)
    expect(again.locator("p.answer")).to_contain_text("9 of 9 regions")
    expect(again.get_by_role("radio", name="Regions")).to_be_checked()


def test_the_usual_period_has_figures_and_the_address_keeps_another(server: str, open_page) -> None:
    page = open_page(f"{server}/compare?indicator=knife_offences")
    box, answer = page.get_by_role("combobox", name="Period"), page.locator("p.answer")
    expect(box).to_have_value("2019/20")
    expect(answer).to_contain_text("areas differ from England")
    expect(page).not_to_have_url(re.compile("period="))
    choose(page, "Period", "2021/22")
    expect(page).to_have_url(re.compile("period=2021"))
    page.reload()
    wait_until_still(page)
    expect(box).to_have_value("2021/22")
    choose(page, "Period", "2019/20")
    expect(page).not_to_have_url(re.compile("period="))


def test_the_usual_period_follows_the_indicator_in_the_address_too(server: str, open_page) -> None:
    page = open_page(f"{server}/compare?indicator=shared_community_sites")
    box = page.get_by_role("combobox", name="Period")
    expect(box).to_have_value("2024/25")
    for indicator, usual in (
        ("Homicide", "year ending June 2025"),
        ("Knife offences", "2019/20"),
        ("Robbery", "year ending June 2025"),
    ):
        choose(page, "Indicator", indicator)
        expect(box).to_have_value(usual)
        expect(page.locator("p.answer")).to_contain_text(usual)
        again = open_page(page.url)
        expect(again.get_by_role("combobox", name="Period")).to_have_value(usual)
        expect(again.locator('[data-testid="stAlert"]').filter(has_text="has no figures")).to_have_count(0)
        again.close()
    choose(page, "Period", "year ending December 2024")
    choose(page, "Indicator", "Knife offences")
    expect(box).to_have_value("2019/20")
    page.reload()
    wait_until_still(page)
    expect(box).to_have_value("2019/20")


def test_a_table_is_taken_away_with_what_it_shows(server: str, open_page, tmp_path) -> None:
    page = open_page(f"{server}/{VIEW}&period=year+ending+December+2019")
    open_table(page, 0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").first.click()
    download.value.save_as(tmp_path / "areas.csv")
    rows = {line["area_code"]: line for line in read(tmp_path / "areas.csv")}
    assert len(rows) == 39 and rows["E23000005"]["value"] == "" and rows["E23000005"]["reason"] == "not available"
    assert {line["england_included"] for line in rows.values()} >= {"38"}


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_every_kind_of_comparison_is_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    faults = []
    for view in VIEWS:
        page = open_page(f"{server}/{view}", width, theme)
        open_table(page, 0)
        faults += [f"{view}: {fault}" for fault in faults_in_both_themes(page)]
        page.close()
    assert "\n".join(faults) == ""

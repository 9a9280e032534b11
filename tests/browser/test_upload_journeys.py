"""An area sends what it has: a wide table, a workbook, a file with personal data, and one that it takes back."""

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.acts import choose, drop, press, row, write
from tests.browser.pages import axe_violations, text_cut_off, wait_until_still
from tests.browser.test_journeys import FELT_HEARD

FOREIGN = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"
NHS_NUMBER = "943 476 5919"


def test_a_wide_table_is_read_as_confirmed_stored_and_taken_back(own_server: str, open_page) -> None:
    page = open_page(f"{own_server}/upload")
    drop(page, FOREIGN / "areas_across.csv")
    expect(page.get_by_text("We think that this is a wide table: one column for each area.")).to_be_visible()
    assert axe_violations(page) == [] == text_cut_off(page)
    press(page, "Read it like this")
    expect(page.get_by_text("Choose the indicator first.")).to_be_visible()
    choose(page, "Which indicator are the figures of?", "Robbery")
    press(page, "Read it like this")
    expect(page.get_by_text("Read as a wide table: one column for each area", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("^Nothing must be mended"))).to_be_visible()
    press(page, re.compile("^Confirm: store .* as data version 19"))
    expect(page.get_by_text(re.compile("^areas_across.csv: .* stored as data version 19"))).to_be_visible()
    expect(row(page, "areas_across.csv")).to_contain_text("in use")
    withdraw(page, "areas_across.csv")


def withdraw(page: Page, name: str) -> None:
    """Take a file back with a reason, from the list of what was sent."""
    choose(page, "See, correct or withdraw a file", name)
    page.get_by_role("radiogroup", name="What do you want to do?").get_by_text("Withdraw it", exact=True).click()
    wait_until_still(page)
    assert axe_violations(page) == [] == text_cut_off(page)
    page.get_by_role("textbox", name=re.compile("^Why")).fill("Invented: sent by mistake")
    page.keyboard.press("Tab")
    wait_until_still(page)
    press(page, re.compile("^Withdraw"))
    expect(row(page, name)).to_contain_text("withdrawn")
    expect(row(page, name)).to_contain_text("Invented: sent by mistake")


def test_a_filled_workbook_is_taken_back(own_server: str, open_page, tmp_path: Path) -> None:
    page = open_page(f"{own_server}/upload?area=Norfolk")
    with page.expect_download() as download:
        page.get_by_role("button", name="Filled for Norfolk").click()
    assert download.value.suggested_filename == "observations-norfolk.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    asked = next(line for line in sheet.iter_rows(min_row=2) if line[places["indicator"] - 1].value == FELT_HEARD)
    for name, number in (("numerator", 64), ("denominator", 100)):
        sheet.cell(asked[0].row, places[name], number)
    book.save(tmp_path / "filled.xlsx")
    drop(page, tmp_path / "filled.xlsx")
    expect(page.get_by_text("Excel workbook, headings in row 1")).to_be_visible()
    expect(row(page, ".*note").filter(has_text="rows were left blank and are skipped")).to_have_count(1)
    press(page, re.compile("^Confirm: store 1 change"))
    expect(page.get_by_text(re.compile("^filled.xlsx: 1 change stored"))).to_be_visible()


def test_personal_data_is_refused_and_gone_from_the_page(own_server: str, open_page, tmp_path: Path) -> None:
    place = {"area_code": "E23000024", "commitment": "COM-1", "period": "2026/27 Q2", "perspective": "community"}
    path = write(tmp_path / "said.csv", [place | {"summary": f"Invented: NHS number {NHS_NUMBER} was turned away"}])
    page = open_page(f"{own_server}/upload?area=Norfolk")
    page.locator('input[type="file"]').set_input_files(path)
    expect(row(page, ".*must fix").filter(has_text="NHS number")).to_contain_text("2summary")
    wait_until_still(page)
    assert NHS_NUMBER not in page.content() and NHS_NUMBER.replace(" ", "") not in page.content()
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Confirm"))).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download your file with the findings beside the cells").click()
    returned = download.value.path().read_text(encoding="utf-8-sig")
    assert "[removed]" in returned and NHS_NUMBER not in returned

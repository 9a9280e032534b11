"""What people come to do, from the first click to the last, in a real browser."""

import re
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

from charts.words import TURNING
from tests.browser.acts import choose, drop, press, read, row, write
from tests.browser.pages import EXCEPTION, PAGE_LINKS, axe_violations, text_cut_off, wait_until_still

BANNER = "Demonstration workspace."
COM_1 = "COM-1 Communities and lived experience shape services"
FELT_HEARD = "people_who_felt_heard"


def filled_template(page: Page, folder: Path) -> list[dict[str, str]]:
    """The rows of the template that the Upload page fills for Norfolk."""
    page.get_by_role("radiogroup", name="Kind of file").get_by_text("CSV", exact=True).click()
    wait_until_still(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Filled for Norfolk").click()
    assert download.value.suggested_filename == "observations-norfolk.csv"
    download.value.save_as(folder / "template.csv")
    return read(folder / "template.csv")


def with_figures(rows: list[dict[str, str]], latest: str) -> list[dict[str, str]]:
    """The template's row of one indicator with its figures, and before it the same for the baseline."""
    asked = next(row for row in rows if row["indicator"] == FELT_HEARD)
    before = asked | {"period": "2025/26 Q1", "numerator": "40", "denominator": "100"}
    return [before, asked | {"numerator": latest, "denominator": "100"}]


def test_from_template_to_changed_pages(own_server: str, open_page, tmp_path: Path) -> None:
    page = open_page(f"{own_server}/upload?area=Norfolk")
    rows = filled_template(page, tmp_path)
    assert {row["area_name"] for row in rows} == {"Norfolk"} and len(rows) > 10

    left_blank = next(row for row in rows if row["indicator"] == "staff_jointly_trained")
    drop(page, write(tmp_path / "faulty.csv", [*with_figures(rows, "8O"), left_blank]))
    expect(page.get_by_text("1 finding must be mended before anything can be stored.")).to_be_visible()
    expect(row(page, ".*must fix").filter(has_text="8O")).to_have_text(re.compile(r"must fix\s*3\s*numerator"))
    expect(row(page, ".*note").filter(has_text="1 row was left blank and is skipped")).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("Confirm"))).to_have_count(0)
    assert axe_violations(page) == [] == text_cut_off(page)

    drop(page, write(tmp_path / "mended.csv", with_figures(rows, "80")))
    expect(page.get_by_text("Nothing must be mended.")).to_be_visible()
    press(page, "Confirm: store 2 changes as data version 19")
    expect(page.get_by_text("mended.csv: 2 changes stored as data version 19.")).to_be_visible()
    check_links(page, open_page)


def check_links(page: Page, open_page) -> None:
    """Follow the links of the message to the pages that changed."""
    names = ("See Norfolk", f"See {COM_1}", "See the overview")
    area, commitment, overview = (
        open_page(page.get_by_role("link", name=name).evaluate("a => a.href")) for name in names
    )
    expect(area.get_by_role("heading", level=1)).to_have_text("Norfolk")
    expect(row(area, "People who felt heard")).to_contain_text("80.0 %(71.1 to 86.7) July to September 2026")
    expect(row(area, "People who felt heard")).to_contain_text("improved")
    expect(commitment.get_by_role("heading", level=1)).to_have_text(COM_1)
    expect(row(commitment, "Norfolk").filter(has_text="say it works")).to_contain_text("more improved")
    counts = re.compile("2 improved, 0 no clear change, 0 worsened|20 improved, 29 no clear change, 7 worsened")
    expect(commitment.locator("p.quiet").filter(has_text=counts).first).to_be_visible()
    expect(row(overview, "COM-1").first).to_contain_text("20 improved, 29 no clear change, 7 worsened")
    expect(overview.locator("p.quiet", has_text="Data version 19, as of").last).to_be_visible()


def test_first_visitor_may_follow_a_link(first_server: str, open_page) -> None:
    page = open_page(f"{first_server}/commitment?commitment=COM-1&area=Norfolk")
    expect(page.locator(EXCEPTION)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(COM_1)
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect(page.locator(PAGE_LINKS)).to_have_count(18)
    expect(page.get_by_role("combobox", name="Area")).to_have_value("Norfolk")
    expect(page.get_by_text("Norfolk: the numbers say")).to_be_visible()


def test_controls_are_kept_and_stand_in_the_address(server: str, open_page) -> None:
    page = open_page(f"{server}/area")
    choose(page, "Area", "Norfolk")
    assert page.url == f"{server}/area?area=Norfolk"
    page.get_by_role("link", name="Commitment", exact=True).click()
    wait_until_still(page)
    choose(page, "Commitment", "COM-1")
    expect(page.get_by_role("heading", level=1)).to_have_text(COM_1)
    expect(page.get_by_text("Norfolk: the numbers say")).to_be_visible()
    again = open_page(page.url)
    expect(again.get_by_role("heading", level=1)).to_have_text(COM_1)
    expect(again.get_by_role("combobox", name="Area")).to_have_value("Norfolk")
    page.get_by_role("link", name="Upload", exact=True).click()
    wait_until_still(page)
    expect(page.get_by_role("button", name="Filled for Norfolk")).to_be_visible()


def test_back_returns_to_the_view_before(server: str, open_page) -> None:
    page = open_page(f"{server}/area?area=E23000024")
    page.get_by_role("link", name=re.compile("^SYS-2")).first.click()
    wait_until_still(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("SYS-2 Ethical sharing of data between agencies")
    # The key in the first address was turned into words, which is one more step for the browser.
    for _ in range(2):
        page.go_back()
        wait_until_still(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Norfolk")
        expect(page.locator(EXCEPTION)).to_have_count(0)


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press the tab key until the focus is on what the selector finds."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} presses of the tab key do not lead to {selector}")


def test_keyboard_alone_opens_pages_and_tables(server: str, open_page) -> None:
    page = open_page(server)
    tab_to(page, 'a[href$="/area"]')
    page.keyboard.press("Enter")
    wait_until_still(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("England")
    tab_to(page, ".st-key-area input")
    page.keyboard.type("Norfolk")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    wait_until_still(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Norfolk")
    tab_to(page, "summary", most=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Lowest area")).to_be_visible()


def test_table_of_a_chart_opens_and_its_csv_names_the_version(server: str, open_page, tmp_path: Path) -> None:
    page = open_page(server)
    behind = page.get_by_test_id("stExpander").filter(has_text="Table, CSV and method")
    expect(behind.locator("table")).not_to_be_visible()
    behind.get_by_text("Table, CSV and method").click()
    expect(behind.locator("tbody tr")).to_have_count(10)
    with page.expect_download() as download:
        behind.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "overview-version-18.csv"
    download.value.save_as(tmp_path / "overview.csv")
    rows = read(tmp_path / "overview.csv")
    assert [row["commitment"] for row in rows] == behind.locator("tbody th").all_inner_texts()
    assert {(row["data_version"], row["as_of"]) for row in rows} == {("18", "2026-10-31")}
    assert all("invented" in row["workspace"] for row in rows)


def test_empty_workspace_leads_to_the_first_upload(empty_server: str, open_page) -> None:
    page = open_page(empty_server)
    expect(page.get_by_text("Nothing has been reported yet")).to_be_visible()
    expect(page.get_by_text(BANNER)).to_have_count(0)
    page.get_by_role("link", name="Go to Upload").click()
    wait_until_still(page)
    expect(page.get_by_role("button", name="With worked rows")).to_be_visible()
    expect(page.get_by_text("Nothing has been sent yet.")).to_be_visible()


HOSTILE = '<img src=x onerror="window.ran = 1"><script>window.ran = 1</script> **bold** \u202edesrever\u202c'
# Marks that turn the direction of what is around them are left out wherever text is shown.
SHOWN = HOSTILE.translate(TURNING)


def test_what_people_said_is_shown_and_never_run(own_server: str, open_page, tmp_path: Path) -> None:
    said = dict.fromkeys(("organisation", "summary", "quote", "barriers", "not_heard"), HOSTILE)
    place = {"area_code": "E23000024", "commitment": "COM-1", "period": "2026/27 Q2", "perspective": "community"}
    path = write(tmp_path / "said.csv", [place | said | {"grade": "1", "consent_to_publish": "yes"}])
    page = open_page(f"{own_server}/upload?area=Norfolk")
    drop(page, path)
    expect(page.locator("table td").filter(has_text=SHOWN).first).to_be_visible()
    press(page, re.compile("^Confirm: store 1 change"))
    page = open_page(f"{own_server}/commitment?area=Norfolk&commitment=COM-1")
    page.get_by_text(re.compile("^Read what people said")).click()
    wait_until_still(page)
    voice = page.locator("blockquote.voice").filter(has_text=SHOWN)
    # Both under “Both sides of Norfolk” and in the list of what people said.
    expect(voice.locator("q")).to_have_text([SHOWN, SHOWN])
    expect(page.locator("table th").filter(has_text=SHOWN).first).to_be_visible()
    expect(page.locator("img[src='x']")).to_have_count(0)
    assert page.evaluate("() => window.ran") is None


def test_a_chart_is_saved_as_svg_and_as_png(server: str, open_page, tmp_path: Path) -> None:
    page = open_page(f"{server}/area?area=E23000024")
    page.locator("summary", has_text="Table, CSV and method").first.click()
    saved = {}
    for kind in ("SVG", "PNG"):
        button = page.get_by_role("button", name=f"Download {kind}").first
        button.focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == f"spine-E23000024-version-18.{kind.lower()}"
        download.value.save_as(tmp_path / kind)
        saved[kind] = (tmp_path / kind).read_bytes()
    drawing = ElementTree.fromstring(saved["SVG"])
    words = [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text") if element.text]
    assert "Data version 18, as of 31 October 2026." in words and any("are invented" in text for text in words)
    assert "Burglary" in words
    # Twice as wide as drawn: the width stands in a PNG's first chunk.
    assert saved["PNG"].startswith(b"\x89PNG")
    assert int.from_bytes(saved["PNG"][16:20]) == 2 * round(float(drawing.attrib["width"]))

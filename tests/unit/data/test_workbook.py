"""The workbook to fill in: every text is text, choices come from lists, and the same rows give the same bytes."""

import io
import time
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.catalogue import Catalogue, load
from data.reading.excel import rows_of
from data.template_files import as_workbook, filled_rows, worked_rows
from data.templates import HEADINGS, INSIGHTS, LISTS, MEANINGS, OBSERVATIONS, READING_HELP, TEMPLATES, Template
from data.workbook import NO_XML, NUMBERS, workbook

BOTH = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
CATALOGUE = load()
ODD = [
    "=1+1", '=HYPERLINK("https://example.org")', "-5", "+44", "@name", "007", "1e5", "2024-25", "Jul-25", "1/4", "0.1",
    "54%", "TRUE", "#N/A", "'quoted", "_x0041_", "_x000D_", "a\nb", " padded ", "👩🏽‍⚕️🚓", "\u202edesrever\u202c",
    "]]>", "<script>&amp;</script>", "12345678901234567890", "1.50", "-0", "nan", "inf",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@BOTH
def test_workbook_has_the_sheet_to_fill_in_what_columns_mean_and_the_lists(
    template: Template, catalogue: Catalogue
) -> None:
    book = opened(workbook(template, catalogue, []))
    assert book.sheetnames == [template.title, MEANINGS, LISTS]
    sheet = book[template.title]
    assert [cell.value for cell in sheet[1]] == list(template.headings)
    assert sheet.freeze_panes == "A2" and all(cell.font.bold for cell in sheet[1])
    explained = list(book[MEANINGS].iter_rows(min_row=2, values_only=True))
    assert explained == [
        (column.name, "required" if column.required else "optional", column.meaning) for column in template.columns
    ]


@BOTH
def test_columns_that_help_are_explained_as_such(template: Template, catalogue: Catalogue) -> None:
    rows = filled_rows(template, catalogue, ["E23000024"], [datetime(2026, 6, 30).date()])
    book = opened(as_workbook(template, catalogue, rows))
    explained = {row[0]: row[2] for row in book[MEANINGS].iter_rows(min_row=2, values_only=True)}
    helping = [name for name in READING_HELP if name in rows[0]]
    assert helping and all(explained[name] == f"{READING_HELP[name]}; for reading only" for name in helping)


def offered(book: openpyxl.Workbook, template: Template) -> dict[str, list[tuple[str, str]]]:
    """What each column of the sheet to fill in offers, with what stands beside it in the lists."""
    sheet, found = book[template.title], {}
    for rule in sheet.data_validations.dataValidation:
        name, cells = rule.formula1.split("!")
        assert name == LISTS and rule.type == "list"
        first, last = cells.replace("$", "").split(":")
        pairs = [(code.value, code.offset(column=1).value) for (code,) in book[LISTS][f"{first}:{last}"]]
        (area,) = rule.sqref.ranges
        assert area.min_row == 2 and area.max_row > 1000 and area.min_col == area.max_col
        found[sheet.cell(1, area.min_col).value] = pairs
    return found


@BOTH
def test_cells_offer_exactly_what_may_be_filled_in(template: Template, catalogue: Catalogue) -> None:
    lists = offered(opened(workbook(template, catalogue, [])), template)
    keys = {"indicator": catalogue.indicators} if template is OBSERVATIONS else {"commitment": catalogue.commitments}
    assert set(lists) == {"area_code", *keys, *template.choices}
    for name, choices in template.choices.items():
        assert lists[name] == list(choices.items())
    for name, known in keys.items():
        assert [code for code, _ in lists[name]] == list(known)
    areas = {code: area.name for code, area in catalogue.areas.items() if not area.comparator_only}
    assert dict(lists["area_code"]) == areas and len(lists["area_code"]) == len(areas)
    assert lists["area_code"][0][0].startswith("E23")


def test_more_rows_than_usual_are_offered_choices_to_the_last(catalogue: Catalogue) -> None:
    rows = [{"area_code": "E23000024"}] * 6_000
    sheet = opened(workbook(OBSERVATIONS, catalogue, rows))[OBSERVATIONS.title]
    assert {area.max_row for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges} == {6_001}


@BOTH
def test_cells_still_blank_take_periods_as_text_and_counts_as_numbers(template: Template, catalogue: Catalogue) -> None:
    sheet = opened(workbook(template, catalogue, []))[template.title]
    for place, name in enumerate(template.headings, 1):
        column = sheet.column_dimensions[openpyxl.utils.get_column_letter(place)]
        assert column.number_format == ("General" if name in NUMBERS else "@")
        assert column.width >= 12


@BOTH
def test_same_rows_give_the_same_bytes_at_another_time(
    template: Template, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = as_workbook(template, catalogue, worked_rows(template))
    later = time.localtime(time.time() + 100_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    time.sleep(1.1)
    assert as_workbook(template, catalogue, worked_rows(template)) == first
    assert opened(first).properties.modified == opened(first).properties.created == datetime(2025, 7, 31)


def test_figures_are_numbers_and_due_dates_dates(catalogue: Catalogue) -> None:
    row = {"numerator": "54", "value": "3.4", "denominator": "007", "lower": "[x]", "date_due": "2026-08-14"}
    headings = [*OBSERVATIONS.headings, "date_due"]
    sheet = opened(workbook(OBSERVATIONS, catalogue, [row], headings))[OBSERVATIONS.title]
    cells = {heading: sheet.cell(2, place) for place, heading in enumerate(headings, 1)}
    assert {name: cells[name].value for name in row} == {
        "numerator": 54, "value": 3.4, "denominator": "007", "lower": "[x]", "date_due": datetime(2026, 8, 14),
    }  # fmt: skip
    assert cells["date_due"].number_format == "d mmmm yyyy"


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_text_and_reads_back_letter_by_letter(text: str, catalogue: Catalogue) -> None:
    content = workbook(INSIGHTS, catalogue, [{"area_code": "E23000024", "summary": text, "participants": text}])
    cell = opened(content)[INSIGHTS.title].cell(2, INSIGHTS.headings.index("summary") + 1)
    assert cell.data_type == "s" and cell.number_format == "@"
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))
    (heading, row), findings = rows_of(content, HEADINGS)
    assert row[heading.index("summary")] == row[heading.index("participants")] == text
    assert findings == []


def test_nothing_in_a_workbook_is_a_formula(catalogue: Catalogue) -> None:
    rows = [dict.fromkeys(OBSERVATIONS.headings, text) for text in ODD]
    with zipfile.ZipFile(io.BytesIO(workbook(OBSERVATIONS, catalogue, rows))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 3 and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_what_no_cell_can_hold_is_left_out_or_shortened(catalogue: Catalogue) -> None:
    rows = [{"area_code": "x", "summary": "a\x00b\x0bc\x1fd\ud800e\ufffff"}, {"summary": "b" * 40_000}]
    (heading, *read), _ = rows_of(workbook(INSIGHTS, catalogue, rows), HEADINGS)
    place = heading.index("summary")
    assert read[0][place] == "abcdef"
    assert len(read[1][place]) == 32_767 and read[1][place] == "b" * 32_766 + "…"


TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(ODD), st.text("=+-@_x0041D'\"\r\n\t %.,eE1207/:", max_size=12))


@given(cells=st.lists(st.fixed_dictionaries({"summary": TEXTS, "participants": TEXTS}), min_size=1, max_size=8))
def test_every_text_comes_back(cells: list[dict[str, str]]) -> None:
    rows = [{"area_code": "E23000024", "source_reference": "end"} | row for row in cells]
    (heading, *read), findings = rows_of(workbook(INSIGHTS, CATALOGUE, rows), HEADINGS)
    for name in ("summary", "participants"):
        kept = [NO_XML.sub("", row[name].replace("\r\n", "\n").replace("\r", "\n")) for row in rows]
        assert [row[heading.index(name)] for row in read] == kept
    assert findings == []

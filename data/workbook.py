"""A template as an Excel workbook: the sheet to fill in, the lists that its cells offer, and what each column means.

Every text is written as text, so that nothing in it is ever run, and the same rows always give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from data.catalogue import Catalogue
from data.export import DANGEROUS
from data.reading.excel.cells import plain
from data.templates import LISTS, MEANINGS, OBSERVATIONS, READING_HELP, Template

Row = Mapping[str, str]
Lists = dict[str, dict[str, str]]
NUMBERS = frozenset("numerator denominator value lower upper participants grade".split())
ROWS_TO_FILL = 5_000
"""Rows that offer a choice from the lists, however many are filled already."""
LONGEST_TEXT = 32_767
"""Letters that a spreadsheet keeps in a cell."""
SAVED = datetime(2025, 7, 31)
"""The day that every workbook says it was made, for its bytes not to change from one download to the next."""
WIDTHS = {
    "area_code": 12, "area_name": 22, "indicator": 34, "what_is_asked": 48, "date_due": 19, "last_value": 40,
    "comment": 40, "summary": 60, "quote": 40, "barriers": 30, "enablers": 30, "not_heard": 30,
}  # fmt: skip
HEADING = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="D9E2EC")}
HELP = {"font": Font(italic=True, color="4C5A63"), "alignment": Alignment(vertical="top", wrap_text=True)}
TEXT, DAY = "@", "d mmmm yyyy"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,14})?")


def workbook(template: Template, catalogue: Catalogue, rows: Sequence[Row], headings: Sequence[str] = ()) -> bytes:
    """The template as .xlsx with these rows, each column name to text; the template's own headings unless told.

    Numbers stand as numbers, due dates as dates and everything else as text, whatever it begins with. Control
    characters, which a workbook cannot hold, are left out.
    """
    made, headings = Workbook(), headings or template.headings
    lists = _lists(template, catalogue)
    _fill_in(made.active, template, rows, headings, lists)
    _meanings(made.create_sheet(MEANINGS), template, headings)
    _write_lists(made.create_sheet(LISTS), lists)
    made.properties.title = f"{template.title}: {template.one_row_is}"
    made.properties.creator = "Consensus tracker"
    made.properties.created = SAVED
    content = io.BytesIO()
    made.save(content)
    return _always_the_same(content.getvalue())


def _fill_in(sheet: Any, template: Template, rows: Sequence[Row], headings: Sequence[str], lists: Lists) -> None:
    sheet.title = template.title
    _head(sheet, headings)
    for place, name in enumerate(headings, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = WIDTHS.get(name, 16)
        column.number_format = "General" if name in NUMBERS else TEXT
    for number, row in enumerate(rows, 2):
        for place, name in enumerate(headings, 1):
            _write(sheet.cell(number, place), name, row.get(name, ""))
    last = max(ROWS_TO_FILL, len(rows)) + 1
    for place, name in enumerate(lists, 1):
        if name in headings:
            _offer(sheet, headings.index(name) + 1, last, _range(place, len(lists[name])), name)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"


def _head(sheet: Any, headings: Sequence[str]) -> None:
    for place, name in enumerate(headings, 1):
        cell = sheet.cell(1, place, name)
        cell.font, cell.fill = HEADING["font"], HEADING["fill"]
    sheet.freeze_panes = "A2"


def _write(cell: Any, name: str, text: str) -> None:
    if name in READING_HELP:
        cell.font, cell.alignment = HELP["font"], HELP["alignment"]
    if name == "date_due" and text:
        cell.value, cell.number_format = date.fromisoformat(text), DAY
    elif name in NUMBERS and PLAIN_NUMBER.fullmatch(text) and plain(float(text)) == text:
        cell.value = float(text) if "." in text else int(text)
    else:
        _write_text(cell, text)
        cell.number_format = "General" if name in NUMBERS else TEXT


def _write_text(cell: Any, text: str) -> None:
    """Write text as text; the apostrophe that spreadsheets hide keeps it so when somebody edits it."""
    text = LOOKS_ESCAPED.sub("_x005F_", NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if not text:
        return
    cell.value = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(DANGEROUS)


def _lists(template: Template, catalogue: Catalogue) -> Lists:
    """The columns that offer a choice: column name to each code and what it stands for."""
    areas = {code: area for code, area in catalogue.areas.items() if not area.comparator_only}
    order = {"police_force_area": 0, "region": 1, "country": 2}
    lists = {"area_code": {code: areas[code].name for code in sorted(areas, key=lambda code: order[areas[code].type])}}
    if template is OBSERVATIONS:
        lists["indicator"] = {key: f"{item.name} ({item.unit})" for key, item in catalogue.indicators.items()}
    else:
        lists["commitment"] = {key: item.title for key, item in catalogue.commitments.items()}
    return lists | template.choices


def _write_lists(sheet: Any, lists: Lists) -> None:
    """Two columns for each list: the code to fill in, and what it stands for."""
    _head(sheet, [heading for name in lists for heading in (f"{name} to choose from", "stands for")])
    for place, choices in enumerate(lists.values()):
        for number, pair in enumerate(choices.items(), 2):
            for beside, text in enumerate(pair, 1):
                _write_text(sheet.cell(number, 2 * place + beside), text)
        for beside, width in enumerate((26, 44), 1):
            sheet.column_dimensions[get_column_letter(2 * place + beside)].width = width


def _range(place: int, length: int) -> str:
    letter = get_column_letter(2 * place - 1)
    return f"{LISTS}!${letter}$2:${letter}${length + 1}"


def _offer(sheet: Any, place: int, last: int, cells: str, name: str) -> None:
    """Offer a list in a column. Something else may be typed after a warning: marks such as `..` are known, too."""
    offered = DataValidation("list", formula1=cells, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    offered.errorTitle = "Not in the list"
    offered.error = f"This is not one of the codes for {name}. The sheet “{LISTS}” says what each stands for."
    letter = get_column_letter(place)
    offered.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(offered)


def _meanings(sheet: Any, template: Template, headings: Sequence[str]) -> None:
    _head(sheet, ["column", "needed", "meaning"])
    known = {column.name: (column.required, column.meaning) for column in template.columns}
    for number, name in enumerate(headings, 2):
        required, meaning = known.get(name, (False, f"{READING_HELP.get(name, '')}; for reading only"))
        for place, text in enumerate((name, "required" if required else "optional", meaning), 1):
            _write_text(sheet.cell(number, place), text)
    for letter, width in {"A": 22, "B": 12, "C": 100}.items():
        sheet.column_dimensions[letter].width = width


def _always_the_same(content: bytes) -> bytes:
    """The workbook without the moment at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + SAVED.isoformat().encode() + b"Z", part)
            same.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()

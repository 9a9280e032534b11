"""From an Excel workbook to the rows of the one sheet that holds the data, as text, as a person reads them.

Nothing in a workbook is run: of a formula the result that the file holds is read, and macros are not looked at.
"""

from __future__ import annotations

from collections.abc import Collection

from data.findings import Finding
from data.reading.excel.archive import OLE, ZIP, opened, unreadable
from data.reading.excel.beside import texts_in
from data.reading.excel.book import Page, Workbook
from data.reading.excel.notes import findings_of
from data.reading.excel.sheet import NOTES_LIMIT, TEXT_LIMIT, Grid
from data.reading.heading import HEADING_WITHIN, heading_index, normalise_heading
from data.reading.refusal import refuse
from data.reading.rows import Rows

__all__ = ["is_workbook", "rows_and_texts", "rows_of"]

DAY_COLUMNS = ("period_start", "period_end")


def is_workbook(content: bytes) -> bool:
    """Whether the file is kept as workbooks are, which documents and archives are too: `rows_of` refuses those."""
    return content.startswith((*ZIP, OLE))


def rows_of(content: bytes, headings_known: Collection[str]) -> tuple[Rows, list[Finding]]:
    """The rows of a workbook's sheet as text, the first being the spreadsheet's row 1, and what is to be said of them.

    The sheet is the one with most of `headings_known` in a row; blank rows are empty lists, and rows end with their
    last cell that holds something. Numbers have at most 15 significant digits and no false `.0`; percentages keep
    their sign (`54%`); a date is `2025-07-01`, or `2025-07` where only month and year are shown; yes and no stand for
    true and false. Raises `Unreadable` for what is protected, damaged, no workbook, too large or without rows.
    """
    return rows_and_texts(content, headings_known)[:2]


def rows_and_texts(content: bytes, headings_known: Collection[str]) -> tuple[Rows, list[Finding], tuple[str, ...]]:
    """What `rows_of` gives, and every text that stands in the workbook beside that sheet."""
    known = frozenset(headings_known)
    with opened(content) as archive:
        workbook = Workbook(archive)
        tops = {page: workbook.grid(page, HEADING_WITHIN) for page in workbook.pages}
        page = _chosen(tops, known)
        grid = workbook.grid(page, whole_days=_day_places(tops[page].rows, known))
        beside = texts_in(archive, page.part)
    filled = _fill_merged(grid)
    _cut_blank_end(grid.rows)
    heading_at = heading_index(grid.rows, known)
    return grid.rows, findings_of(grid, heading_at, known, filled, page, _others(tops, page, known)), beside


def _chosen(tops: dict[Page, Grid], known: frozenset[str]) -> Page:
    """The sheet with a template’s headings and rows below them; else the first in sight with any rows."""
    written = [page for page in tops if any(any(map(str.strip, row)) for row in tops[page].rows)]
    if not written:
        message = f"No sheet of the workbook holds anything in its first {HEADING_WITHIN} rows."
        raise refuse(
            "file_empty", message, "Fill in a sheet, with its headings at the top, and save the workbook again."
        )
    return max(written, key=lambda page: (*_likeness(tops[page].rows, known), not page.hidden))


def _likeness(rows: Rows, known: frozenset[str]) -> tuple[bool, int]:
    """Whether the rows look like a filled-in template, and how many of its headings they have."""
    scores = [len(known.intersection(map(normalise_heading, row))) for row in rows[:HEADING_WITHIN]]
    most = max(scores, default=0)
    below = rows[scores.index(most) + 1 :] if scores else []
    return most >= 2 and any(any(map(str.strip, row)) for row in below), most


def _day_places(rows: Rows, known: frozenset[str]) -> frozenset[int]:
    headings = [*map(normalise_heading, rows[heading_index(rows, known)])]
    return frozenset(place for place, heading in enumerate(headings) if heading in DAY_COLUMNS)


def _others(tops: dict[Page, Grid], chosen: Page, known: frozenset[str]) -> dict[str, bool]:
    """The other sheets that hold anything, and whether they look like a filled-in template too."""
    return {
        page.name: _likeness(grid.rows, known)[0]
        for page, grid in tops.items()
        if page != chosen and any(any(map(str.strip, row)) for row in grid.rows)
    }


def _fill_merged(grid: Grid) -> list[int]:
    """Give each row of a merged area the text of its first, as a person reads it; returns the numbers of those rows."""
    filled: list[int] = []
    letters = 0
    for first, last, place in grid.merged:
        row = grid.rows[first - 1] if 1 <= first <= len(grid.rows) else []
        if place < len(row) and row[place].strip():
            numbers = range(first + 1, min(last, len(grid.rows)) + 1)
            filled.extend(numbers)
            letters += len(numbers) * len(row[place])
            if len(filled) > NOTES_LIMIT or letters > TEXT_LIMIT:
                raise unreadable("The workbook’s merged cells reach over too many rows to be read.")
            _fill(grid.rows, numbers, place, row[place])
    return sorted(set(filled))


def _fill(rows: Rows, numbers: range, place: int, text: str) -> None:
    for number in numbers:
        row = rows[number - 1]
        row.extend([""] * (place + 1 - len(row)))
        row[place] = text


def _cut_blank_end(rows: Rows) -> None:
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()

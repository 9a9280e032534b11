"""Which row of a foreign file holds the headings, and the sheet as it stands below that row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from data.mapping.measures import measure_of, spaced
from data.mapping.words import Words, period, tidy
from data.reading import HEADING_WITHIN, Sheet, normalise_heading
from data.templates import NOTE_MARKS

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,2})? ?%?")
COMMON = re.compile(
    r"\b(?:area|force|region|country|local authority|la|authority|partnership|district|code|name|geo ?code|geography|id"
    r"|year|years|period|time|date|month|quarter|sex|gender|age|ethnicity|indicator|measure|metric|offences?|category"
    r"|unit|units|notes?|comment|source|status|marker|value|count|rate|number|type|desc|description|datasource)\b"
    r"|^[A-Z]+\d\d(?:CD|NM)$",
    re.IGNORECASE,
)
LONGEST_HEADING = 150
MARGIN = 2
"""Another row must read so much more like headings than the one that was found by the template's."""


def is_number(text: str) -> bool:
    """Whether a cell is a number as published tables write it."""
    plain = text.strip()
    return any(map(str.isdigit, plain)) and bool(NUMBER.fullmatch(plain))


def is_mark(text: str) -> bool:
    """Whether a cell holds a published mark such as `[x]` or `..` in place of a number."""
    return text.strip("[]() ").lower() in NOTE_MARKS


def headed(sheet: Sheet, words: Words) -> Sheet:
    """The sheet below the row that reads most like headings; its own heading row when no other reads better."""
    rows = _first_rows(sheet)
    scores = {number: _score(cells, words) for number, cells in rows.items()}
    best = max(scores, key=lambda number: scores[number] + MARGIN * (number == sheet.heading_row))
    numbers = sorted(number for number in rows if number > best)
    for number in numbers[:2]:
        if not _goes_on(rows[number]):
            break
        best = number
    return at_heading(sheet, best)


def at_heading(sheet: Sheet, row: int) -> Sheet:
    """The sheet with its headings in another spreadsheet row; the sheet itself when it has no such row."""
    if row == sheet.heading_row:
        return sheet
    if row < sheet.heading_row:
        return _higher(sheet, row) if 0 < row <= len(sheet.above) else sheet
    return _lower(sheet, row)


def _first_rows(sheet: Sheet) -> dict[int, Sequence[str]]:
    below = sheet.table.slice(0, HEADING_WITHIN)
    rows = dict(enumerate((*sheet.above, sheet.titles), start=sheet.heading_row - len(sheet.above)))
    lines = zip(*(column.to_pylist() for column in below.columns), strict=True)
    return {number: row for number, row in rows.items() if any(map(str.strip, row))} | {
        number: cells for number, *cells in lines
    }


def _score(cells: Sequence[str], words: Words) -> int:
    return sum(_cell_score(tidy(cell), words) for cell in cells)


def _cell_score(text: str, words: Words) -> int:
    if not text or len(text) > LONGEST_HEADING:
        return 0
    if is_number(text) or is_mark(text):
        return 1 if period(text) == text else -2
    if COMMON.search(spaced(text)) or words.indicator(text):
        return 2
    return 1 if words.codes(text) or period(text) or measure_of(text).said else 0


def _goes_on(cells: Sequence[str]) -> bool:
    """Whether a row below the headings still belongs to them: words such as “Number” and “Rate” and nothing else."""
    texts = [tidy(cell) for cell in cells if cell.strip()]
    return len(texts) > 1 and all(len(text) < LONGEST_HEADING and _is_kind(text) for text in texts)


def _is_kind(text: str) -> bool:
    measure = measure_of(text)
    return not is_number(text) and not is_mark(text) and measure.said and not any(map(str.isdigit, measure.rest))


def _lower(sheet: Sheet, row: int) -> Sheet:
    numbers = sheet.table.column("row").to_pylist()
    if row not in numbers:
        return sheet
    at = numbers.index(row)
    passed = [tuple(line.values())[1:] for line in sheet.table.slice(0, at + 1).to_pylist()]
    blank: tuple[str, ...] = ()
    by_row = {sheet.heading_row: sheet.titles} | dict(zip(numbers, passed, strict=False))
    above = [*sheet.above, *(by_row.get(number, blank) for number in range(sheet.heading_row, row))]
    return _with_heading(sheet, sheet.table.slice(at + 1), passed[at], row, above)


def _higher(sheet: Sheet, row: int) -> Sheet:
    titles = sheet.above[row - 1]
    lines = {number: line for number, line in enumerate((*sheet.above, sheet.titles), 1) if number > row}
    filled = {number: line for number, line in lines.items() if any(map(str.strip, line))}
    below = sheet.plain()
    columns = [
        pa.array([line[place] if place < len(line) else "" for line in filled.values()], pa.string())
        for place in range(below.num_columns - 1)
    ]
    between = pa.Table.from_arrays([pa.array(filled, pa.int32()), *columns], schema=below.schema)
    return _with_heading(sheet, pa.concat_tables([between, below]), titles, row, sheet.above[: row - 1])


def _with_heading(
    sheet: Sheet, table: pa.Table, titles: Sequence[str], row: int, above: Sequence[Sequence[str]]
) -> Sheet:
    wide = (*titles, *[""] * table.num_columns)[: table.num_columns - 1]
    headings = tuple(map(normalise_heading, wide))
    lines = tuple(map(tuple, above))
    return replace(sheet, table=table, titles=wide, headings=headings, heading_row=row, above=lines)

"""A file as text: its headings, its rows with their spreadsheet row numbers, and what stood above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from data.findings import Finding, shorten
from data.reading.heading import normalise_heading

BLANKS = " \t\r\n\u00a0\u200b\ufeff"


@dataclass(frozen=True)
class Sheet:
    """A file as text. `table` has `row` (int32, the spreadsheet row) and a column of text `c0`, `c1`, … for each place.

    The columns are dictionary-encoded (cells repeat each other) or plain strings. Rows that hold nothing are left out;
    blank cells are empty. `headings` are normalised, `titles` as written, both by
    place and blank beyond the heading row; `above` are the rows over it. `separator` is empty for a workbook, whose
    texts anywhere, other sheets and comments too, are in `beside`. In a
    mapped file `table.row` counts its lines, and `places` says which cell each is from: sheet_row and sheet_column.
    """

    table: pa.Table
    headings: tuple[str, ...]
    titles: tuple[str, ...]
    heading_row: int
    encoding: str
    separator: str
    above: tuple[tuple[str, ...], ...] = ()
    places: pa.Table | None = None
    beside: tuple[str, ...] = ()

    @property
    def rows_read(self) -> int:
        """How many rows below the heading hold anything."""
        if self.places is None:
            return int(self.table.num_rows)
        return int(pc.count_distinct(self.places.column("sheet_row")).as_py())

    def column(self, heading: str) -> pa.ChunkedArray:
        """The trimmed cells below a heading, dictionary-encoded, null where blank; of the first if it stands twice."""
        return trimmed(self.table.column(f"c{self.headings.index(heading)}"))

    def plain(self) -> pa.Table:
        """The table with columns of plain strings."""
        kinds = [pa.field("row", pa.int32()), *(pa.field(name, pa.string()) for name in self.table.column_names[1:])]
        return self.table.cast(pa.schema(kinds))


def trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of text without what stands blank around each cell, dictionary-encoded; null where nothing is left."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return pa.chunked_array([_trimmed(chunk) for chunk in column.chunks], pa.dictionary(pa.int32(), pa.string()))


def _trimmed(chunk: pa.DictionaryArray) -> pa.DictionaryArray:
    texts = pc.utf8_trim(chunk.dictionary, BLANKS)
    blank = pc.equal(texts, "")
    if not pc.any(blank).as_py():
        return pa.DictionaryArray.from_arrays(chunk.indices, texts)
    codes = pc.if_else(blank.take(chunk.indices), pa.scalar(None, pa.int32()), chunk.indices)
    return pa.DictionaryArray.from_arrays(codes, texts)


def sheet_of(
    top: Sequence[Sequence[str]], body: pa.Table, encoding: str, separator: str
) -> tuple[Sheet, list[Finding]]:
    """The sheet with the rows down to its heading and the table below, and what is to be said of its rows."""
    heading, columns = top[-1], body.num_columns - 1
    titles = (*heading, *[""] * (columns - len(heading)))
    table = _filled_rows(body)
    above = tuple(map(tuple, top[:-1]))
    sheet = Sheet(table, tuple(map(normalise_heading, titles)), titles, len(top), encoding, separator, above)
    return sheet, _skipped(len(top)) + _too_long(table, len(heading)) + _swallowed(sheet)


def _filled_rows(table: pa.Table) -> pa.Table:
    """The rows in which any cell holds more than blanks: column after column, only rows blank so far are looked at."""
    blank = pa.arange(0, table.num_rows)
    for name in table.column_names[1:]:
        column = table.column(name)
        cells = column if len(blank) == len(column) else column.take(blank)
        blank = blank.take(pc.indices_nonzero(pc.is_null(trimmed(cells))))
        if not len(blank):
            return table
    return table.filter(pc.invert(pc.is_in(pa.arange(0, table.num_rows), value_set=blank)))


def _too_long(table: pa.Table, width: int) -> list[Finding]:
    beyond = [(row, shorten(cell)) for name in table.column_names[1 + width :] for row, cell in _written(table, name)]
    if not beyond:
        return []
    return [
        Finding(
            "must_fix",
            "row_too_long",
            "the row has more cells than there are headings",
            "put quotation marks around any text that holds a comma, or save the sheet as CSV again",
            value=min(beyond)[1],
            rows=sorted({row for row, _ in beyond}),
        )
    ]


def _swallowed(sheet: Sheet) -> list[Finding]:
    """Rows that a quotation mark left open, and closed by another further down, has put into one cell."""
    places = range(sheet.table.num_columns - 1)
    rows = sorted({row for place in places for row in _rows_with_lines_in(sheet, place)}) if sheet.separator else []
    if not rows:
        return []
    message = "a cell holds what looks like further rows of the file, which are then not read as rows"
    fix = "look for a quotation mark too many at the beginning of the cell"
    return [Finding("check", "rows_in_a_cell", message, fix, rows=rows)]


def _rows_with_lines_in(sheet: Sheet, place: int) -> list[int]:
    column, start, rows = sheet.table.column(place + 1), 0, []
    for chunk in column.chunks:
        several = pc.indices_nonzero(pc.match_substring(chunk.dictionary, "\n")).to_pylist()
        codes = [code for code in several if _looks_like_rows(chunk.dictionary[code].as_py(), sheet)]
        at = pc.indices_nonzero(pc.is_in(chunk.indices, value_set=pa.array(codes, pa.int32())))
        rows += sheet.table.column("row").slice(start, len(chunk)).take(at).to_pylist()
        start += len(chunk)
    return rows


def _looks_like_rows(text: str, sheet: Sheet) -> bool:
    usual = max(2, sum(map(bool, sheet.headings)) // 2)
    return any(line.count(sheet.separator) >= usual for line in text.splitlines()[1:])


def _written(table: pa.Table, name: str) -> list[tuple[int, str]]:
    """Row and text of each cell of a column that holds more than blanks."""
    cells = trimmed(table.column(name))
    there = pc.is_valid(cells)
    return list(zip(table.column("row").filter(there).to_pylist(), cells.filter(there).to_pylist(), strict=True))


def _skipped(heading_row: int) -> list[Finding]:
    if heading_row == 1:
        return []
    message = f"the headings are in row {heading_row}; what stands above was not read"
    return [Finding("note", "rows_above_heading", message, rows=list(range(1, heading_row)))]

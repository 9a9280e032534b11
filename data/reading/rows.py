"""From UTF-8 to rows of cells, each with the number that a spreadsheet shows beside it.

Arrow reads a large file in a fraction of the time of Python's own reader, but it is not lenient with quotation marks.
It is used where both agree; a file with odd quotation marks goes the careful way.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from data.reading.refusal import refuse

CELL_LIMIT = 1_000_000
COLUMN_LIMIT = 1_000
BLOCK = 8 * 1024**2
END = ["end of the file", uuid4().hex]
"""A last row that is added, which no file holds: where a quotation mark swallows it, it does not come back."""
TEXT = pa.dictionary(pa.int32(), pa.string())
"""Cells repeat each other, so each different text of a column is kept once."""
Rows = list[list[str]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int32]]


@dataclass(frozen=True)
class Head:
    """The first rows of a file, and for each the byte at which the next row begins."""

    rows: Rows
    ends: list[int]


def first_rows(utf8: bytes, separator: str, count: int) -> Head:
    """The first `count` rows; raises `Unreadable` when a quotation mark in them is never closed."""
    ends: list[int] = []
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for line in io.TextIOWrapper(io.BytesIO(utf8), "utf-8", newline=""):
            read += len(line.encode())
            yield line

    rows: Rows = []
    for row in islice(_records(lines(), separator), count):
        rows.append(row)
        ends.append(read)
    return Head(rows, ends)


def body_below(utf8: bytes, head: Head, heading_at: int, separator: str) -> pa.Table:
    """The rows below the heading as a table: `row` (int32) and a string column `c0`, `c1`, … for each place."""
    width = max(map(len, head.rows[heading_at:]))
    if width > COLUMN_LIMIT:
        raise too_wide(width)
    block, first = memoryview(utf8)[head.ends[heading_at] :], heading_at + 2
    table = _fast(block, first, width, separator) if _regular(utf8, separator) else None
    if table is None:
        text = io.TextIOWrapper(io.BytesIO(block), "utf-8", newline="")
        table = as_table(list(_records(text, separator, first)), first, width)
    pa.default_memory_pool().release_unused()
    return table


def as_table(rows: Sequence[Sequence[str]], first: int, width: int = 0) -> pa.Table:
    """Rows of text as a table, `first` being the number of the first; short rows are filled with blanks."""
    width = max(width, max(map(len, rows), default=0))
    if width > COLUMN_LIMIT:
        raise too_wide(width)
    numbers = np.arange(first, first + len(rows), dtype=np.int32)
    return _table(numbers, [_column(rows, place) for place in range(width)])


def too_wide(width: int) -> Exception:
    """The refusal of a table with too many columns to be one of figures."""
    return refuse(
        "file_too_wide",
        f"The file has {width:,} columns; at most {COLUMN_LIMIT:,} can be read.",
        "Check that the cells are separated by commas, semicolons or tabs, and that the table is not turned round.",
    )


def _records(lines: Iterator[str] | io.TextIOWrapper, separator: str, first: int = 1) -> Iterator[list[str]]:
    """The cells of each row. A quotation mark that is never closed swallows every row after it, so it is refused."""
    csv.field_size_limit(CELL_LIMIT)
    number, row = first, None
    try:
        for row in csv.reader(chain(lines, [separator.join(END)]), delimiter=separator, skipinitialspace=True):
            if row == END:
                return
            yield row
            number += 1
    except csv.Error as error:
        raise _not_csv(number, str(error)) from None
    raise not_closed(number - 1)


def _not_csv(number: int, reason: str) -> Exception:
    fix = "Look for a quotation mark that is opened and never closed, then save it as CSV again."
    if "field limit" in reason:
        message = f"A cell of row {number:,} has more than {CELL_LIMIT:,} characters, so the file cannot be read."
        return refuse("file_not_csv", message, fix, row=number)
    return refuse("file_not_csv", f"The file cannot be read as CSV ({reason}).", fix)


def not_closed(row: int) -> Exception:
    """The refusal of a file whose quotation mark swallows the rest of it."""
    return refuse(
        "quote_not_closed",
        f"A quotation mark opened in row {row} is never closed, so the rows after it cannot be read.",
        "Close it or take it out, then save the sheet as CSV again.",
        row=row,
    )


def _regular(utf8: bytes, separator: str) -> bool:
    """Whether each quotation mark opens or closes a whole cell or is doubled in one, so that every reader agrees."""
    if b'"' not in utf8:
        return True
    if utf8.count(b'"') % 2:
        return False
    mark = re.escape(separator).encode()
    # Written so that the search jumps from mark to mark; a blank before the mark that opens a cell is not regular.
    padded = rb"\"(?<=[%s\r\n] \")|\"(?<=  \")" % mark
    inside = rb"\"(?<=[^%s\r\n\"]\")(?![%s\r\n\"]|\Z)" % (mark, mark)
    return not utf8.startswith(b' "') and not re.search(padded, utf8) and not re.search(inside, utf8)


def _fast(block: memoryview, first: int, width: int, separator: str) -> pa.Table | None:
    """The table as Arrow reads it; None where the careful way must decide."""
    odd: list[pa.csv.InvalidRow] = []
    end = separator.join(END[:1] * width).encode()
    closed = pa.py_buffer(b"".join((block, b"\n", end)))
    try:
        table = _read(closed, width, separator)
    except pa.ArrowInvalid:
        try:
            table = _read(closed, width, separator, odd)
        except pa.ArrowInvalid:
            return None
    if any(len(row.text) > CELL_LIMIT for row in odd):
        return None
    if table.num_rows == 0 or table.column(0)[-1].as_py() != END[0] or _longest(table) > CELL_LIMIT:
        return None
    numbers = np.arange(first, first + table.num_rows - 1 + len(odd), dtype=np.int32)
    table = _without_end(table)
    return _with_odd_rows(table, numbers, odd, separator) if odd else _table(numbers, table.columns)


def _read(block: pa.Buffer, width: int, separator: str, odd: list[pa.csv.InvalidRow] | None = None) -> pa.Table:
    """The table with columns `c0`, `c1`, …; rows of another width are put into `odd`, or without it refused.

    Only a single thread knows the numbers of odd rows. Raises `ArrowInvalid` for what Arrow cannot read.
    """

    def keep(row: pa.csv.InvalidRow) -> str:
        if odd is None:
            return "error"
        odd.append(row)
        return "skip"

    names = [f"c{place}" for place in range(width)]
    return pa.csv.read_csv(
        pa.BufferReader(block),
        read_options=pa.csv.ReadOptions(column_names=names, use_threads=odd is None, block_size=BLOCK),
        parse_options=pa.csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        convert_options=pa.csv.ConvertOptions(column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False),
    )


def _without_end(table: pa.Table) -> pa.Table:
    """The table without its last row, whose words are in no dictionary any more."""
    *batches, last = table.to_batches()
    cells = [_text(column.cast(pa.string())) for column in last.slice(0, last.num_rows - 1).columns]
    return pa.Table.from_batches([*batches, pa.record_batch(cells, names=table.column_names)])


def _with_odd_rows(table: pa.Table, numbers: Numbers, odd: list[pa.csv.InvalidRow], separator: str) -> pa.Table:
    """The table with the rows that have more or fewer cells than the heading put back in their places."""
    places = np.array([row.number - 1 for row in odd])
    cells = list(csv.reader((row.text for row in odd), delimiter=separator, skipinitialspace=True))
    there = as_table(cells, 0, table.num_columns).drop_columns("row")
    blank = [_text([""] * table.num_rows)] * (there.num_columns - table.num_columns)
    even = _table(np.delete(numbers, places), [*table.columns, *blank])
    both = pa.concat_tables([even, _table(numbers[places], there.columns)])
    return both.take(np.argsort(both.column("row").to_numpy(), kind="stable"))


def _column(rows: Sequence[Sequence[str]], place: int) -> pa.Array:
    return _text([row[place] if place < len(row) else "" for row in rows])


def _text(cells: list[str] | pa.Array) -> pa.Array:
    return pa.array(cells, pa.string()).dictionary_encode()


def _table(numbers: Numbers, columns: Sequence[pa.Array | pa.ChunkedArray]) -> pa.Table:
    names = ["row", *(f"c{place}" for place in range(len(columns)))]
    return pa.Table.from_arrays([pa.array(numbers, pa.int32()), *columns], names=names)


def _longest(table: pa.Table) -> int:
    texts = (chunk.dictionary for column in table.columns for chunk in column.chunks)
    return max((pa.compute.max(pa.compute.binary_length(each)).as_py() or 0 for each in texts), default=0)

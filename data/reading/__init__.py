"""From the bytes of a file to rows of text with their spreadsheet row numbers.

Rows are numbered as a spreadsheet shows them: the first line is row 1, blank lines count, and a cell with line breaks
inside its quotation marks is part of one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.findings import Finding
from data.reading.encoding import refuse_size, refuse_what_is_no_text, to_utf8
from data.reading.excel import is_workbook, rows_and_texts
from data.reading.heading import HEADING_WITHIN, heading_index, normalise_heading, separator_of
from data.reading.refusal import Unreadable
from data.reading.rows import CELL_LIMIT, TEXT, as_table, body_below, first_rows
from data.reading.sheet import Sheet, sheet_of, trimmed

__all__ = [
    "CELL_LIMIT",
    "HEADING_WITHIN",
    "TEXT",
    "Sheet",
    "Unreadable",
    "normalise_heading",
    "read",
    "refuse_size",
    "trimmed",
]

START = 20_000
"""So many bytes show which mark separates the cells."""


def read(content: bytes, headings_known: Sequence[str], limit: int | None = None) -> tuple[Sheet, list[Finding]]:
    """Decode a file, find its heading row and number its rows.

    `headings_known` are the normalised headings of the templates: the row with most of them is the heading.
    Raises `Unreadable` for what is empty, over `limit` bytes, a web page, a document, a workbook
    that cannot be read, or not text.
    """
    refuse_size(len(content), limit)
    known = frozenset(headings_known)
    if is_workbook(content):
        return _workbook(content, known)
    refuse_what_is_no_text(content)
    utf8, encoding = to_utf8(content)
    separator = separator_of(utf8[:START].decode(errors="ignore"), known)
    head = first_rows(utf8, separator, HEADING_WITHIN)
    heading_at = heading_index(head.rows, known)
    body = body_below(utf8, head, heading_at, separator)
    return sheet_of(head.rows[: heading_at + 1], body, encoding, separator)


def _workbook(content: bytes, known: frozenset[str]) -> tuple[Sheet, list[Finding]]:
    rows, notes, beside = rows_and_texts(content, known)
    heading_at = heading_index(rows, known)
    body = as_table(rows[heading_at + 1 :], heading_at + 2, len(rows[heading_at]))
    sheet, findings = sheet_of(rows[: heading_at + 1], body, "Excel workbook", "")
    return replace(sheet, beside=beside), notes + findings

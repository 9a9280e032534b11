"""From the bytes of a file to rows of text with their spreadsheet row numbers.

Rows are numbered as a spreadsheet shows them: the first line is row 1, blank lines count, and a cell with line breaks
inside its quotation marks is part of one row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import pandas as pd

from data.findings import Finding, shorten

HEADING_WITHIN = 30
CELL_LIMIT = 1_000_000
BLANK = b"\xef\xbb\xbf \t\r\n"
WEB_PAGE = re.compile(rb"<(!--|(!doctype|\?xml|html|head|body|script|meta|title|div|table)\b)", re.IGNORECASE)
END = ["end", "of the file"]


@dataclass(frozen=True)
class Sheet:
    """A file as text: `frame` has `row` (the spreadsheet row, whole numbers) and one text column per heading."""

    frame: pd.DataFrame
    headings: tuple[str, ...]
    heading_row: int
    encoding: str
    separator: str


class Unreadable(Exception):
    """The file cannot be read at all; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read(content: bytes, headings_known: Sequence[str], limit: int | None = None) -> tuple[Sheet, list[Finding]]:
    """Decode a file, find its heading row and number its rows.

    `headings_known` are the normalised headings of the templates: the row with most of them is the heading.
    Raises `Unreadable` for what is empty, over `limit` bytes, a web page, a workbook or not text.
    """
    _refuse_what_is_no_csv(content, limit)
    text, encoding = _decode(content)
    known = frozenset(headings_known)
    separator = _separator(text, known)
    rows = _rows(text, separator)
    heading_at = _heading_index(rows, known)
    frame, headings, extra = _frame(rows, heading_at)
    findings = _skipped(heading_at) + extra
    return Sheet(frame, headings, heading_at + 1, encoding, separator), findings


def normalise_heading(text: str) -> str:
    """A heading without case, spaces, hyphens and surrounding marks: `Area Code ` becomes `area_code`."""
    return re.sub(r"[\s\-]+", "_", text.strip().strip("\ufeff").lower()).strip("_")


def _refuse(code: str, message: str, fix: str, row: int | None = None) -> Unreadable:
    return Unreadable(Finding("must_fix", code, message, fix, rows=[row] if row else ()))


def _refuse_what_is_no_csv(content: bytes, limit: int | None) -> None:
    if limit is not None and len(content) > limit:
        size, most = len(content) / 1024**2, limit / 1024**2
        raise _refuse(
            "file_too_large",
            f"The file has {size:,.1f} MB; the limit is {most:,.1f} MB.",
            "Split it into files by period or by area and upload them one after the other.",
        )
    start = content.lstrip(BLANK)[:2048]
    if not start:
        raise _refuse("file_empty", "The file is empty.", "Save your sheet as CSV again and upload that file.")
    if WEB_PAGE.match(start):
        raise _refuse(
            "file_html",
            "The file is a web page, not a CSV file.",
            "Open the address it came from, download the data itself and check that it opens as a table.",
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise _refuse(
            "file_not_csv",
            "The file is a workbook, document or archive, not a CSV file.",
            "Open it in your spreadsheet program and save the sheet as “CSV UTF-8”.",
        )


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}[encoding]
    raise _refuse(
        "file_not_text",
        "The file is not text, or its letters are in an encoding that is not known here.",
        "Save your sheet as “CSV UTF-8” and upload that file.",
    )


def _separator(text: str, known: frozenset[str]) -> str:
    """The mark that parts some line into most known headings; where none does, the one that is met most often."""
    lines = text[:20_000].splitlines()[:HEADING_WITHIN]

    def score(mark: str) -> tuple[int, int]:
        rows = [[normalise_heading(cell.strip(' "')) for cell in line.split(mark)] for line in lines]
        return max((len(known.intersection(row)) for row in rows), default=0), sum(map(len, rows))

    return max(",;\t", key=score)


def _rows(text: str, separator: str) -> list[list[str]]:
    """The cells of each row. A quotation mark that is never closed swallows every row after it, so it is refused."""
    csv.field_size_limit(CELL_LIMIT)
    lines = chain(io.StringIO(text, newline=""), [separator.join(END)])
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise _refuse(
            "file_not_csv",
            f"The file cannot be read as CSV ({error}).",
            "Look for a quotation mark that is opened and never closed, then save it as CSV again.",
        ) from None
    if rows.pop() != END:
        raise _refuse(
            "quote_not_closed",
            f"A quotation mark opened in row {len(rows) + 1} is never closed, so the rows after it cannot be read.",
            "Close it or take it out, then save the sheet as CSV again.",
            row=len(rows) + 1,
        )
    return rows


def _heading_index(rows: list[list[str]], known: frozenset[str]) -> int:
    """Index of the row among the first few with most known headings; without any, the first row that is not blank."""
    scores = [len(known.intersection(map(normalise_heading, row))) for row in rows[:HEADING_WITHIN]]
    if max(scores, default=0) > 0:
        return scores.index(max(scores))
    filled = (index for index, row in enumerate(rows) if any(cell.strip() for cell in row))
    index = next(filled, None)
    if index is None:
        raise _refuse("file_empty", "The file has no rows.", "Save your sheet as CSV again and upload that file.")
    return index


def _frame(rows: list[list[str]], heading_at: int) -> tuple[pd.DataFrame, tuple[str, ...], list[Finding]]:
    headings = tuple(map(normalise_heading, rows[heading_at]))
    numbers = [
        n for n, row in enumerate(rows[heading_at + 1 :], heading_at + 2) if any(row) and any(map(str.strip, row))
    ]
    body = [rows[number - 1] for number in numbers]
    columns = list(zip_longest(*body, fillvalue=""))[: len(headings)]
    columns += [("",) * len(body)] * (len(headings) - len(columns))
    frame = pd.DataFrame({"row": numbers}, dtype="int64")
    for name, column in zip(headings, columns, strict=True):
        if name and name not in frame:
            frame[name] = pd.array(column, dtype="str")
    return frame, headings, _too_long(body, numbers, len(headings))


def _too_long(body: list[list[str]], numbers: list[int], width: int) -> list[Finding]:
    long = [(number, row) for number, row in zip(numbers, body, strict=True) if any(map(str.strip, row[width:]))]
    if not long:
        return []
    value = shorten(next(filter(str.strip, long[0][1][width:])))
    return [
        Finding(
            "must_fix",
            "row_too_long",
            "the row has more cells than there are headings",
            "put quotation marks around any text that holds a comma, or save the sheet as CSV again",
            value=value,
            rows=[number for number, _ in long],
        )
    ]


def _skipped(heading_at: int) -> list[Finding]:
    if heading_at == 0:
        return []
    return [
        Finding(
            "note",
            "rows_above_heading",
            f"the headings are in row {heading_at + 1}; what stands above was not read",
            rows=list(range(1, heading_at + 1)),
        )
    ]

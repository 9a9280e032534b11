"""The uploaded file given back with the findings beside its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from data.export import lines_to_csv
from data.findings import LEVEL_WORDS, Finding
from data.reading import Sheet
from data.templates import RETURNED


def with_findings(sheet: Sheet, findings: Iterable[Finding]) -> bytes:
    """The whole file as CSV, with its spreadsheet rows and what was found in them in two columns in front.

    What concerns the headings or the file as a whole stands in a line of its own above.
    """
    notes: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        words = _words(finding)
        for row in finding.rows or (sheet.heading_row,):
            notes[row].append(words)
    whole = notes.pop(sheet.heading_row, [])
    lines = chain(
        [("file", "; ".join(whole))] if whole else [],
        _noted(notes, enumerate(sheet.above, 1)),
        [(*RETURNED, *sheet.titles)],
        _noted(notes, zip(sheet.table.column("row").to_pylist(), _cells(sheet), strict=True)),
    )
    return lines_to_csv(lines)


def _noted(notes: dict[int, list[str]], rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[object, ...]]:
    for number, cells in rows:
        yield number, "; ".join(notes.get(number, ())), *cells


def _cells(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    columns = [sheet.table.column(name).to_pylist() for name in sheet.table.column_names[1:]]
    return zip(*columns, strict=True)


def _words(finding: Finding) -> str:
    column = f"{finding.column}: " if finding.column else ""
    return f"{LEVEL_WORDS[finding.level]}: {column}{finding.words}"

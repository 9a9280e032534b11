"""The uploaded file given back with the findings beside its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from data.export import rows_to_csv
from data.findings import LEVEL_WORDS, Finding
from data.reading import Sheet


def with_findings(sheet: Sheet, findings: Iterable[Finding]) -> bytes:
    """The rows of the file as CSV, with its spreadsheet row and what was found in it in two columns in front."""
    notes: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        for row in finding.rows:
            notes[row].append(_words(finding))
    headings = [name for name in sheet.frame.columns if name != "row"]
    rows = (
        (number, "; ".join(notes.get(int(number), [])), *cells)
        for number, *cells in sheet.frame[["row", *headings]].itertuples(index=False, name=None)
    )
    return rows_to_csv(["row", "findings", *headings], rows)


def _words(finding: Finding) -> str:
    column = f"{finding.column}: " if finding.column else ""
    return f"{LEVEL_WORDS[finding.level]}: {column}{finding.words}"

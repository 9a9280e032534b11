"""What the screening found, as a page shows it: a count, a table of cells, what passed, and the file given back."""

from __future__ import annotations

import streamlit as st

from charts.words import plural
from components import html
from data.findings import LEVEL_WORDS, Finding, count
from data.returned import with_findings
from data.screening import Screening
from data.screening.checks import checks_for

SHOWN = 200
COLUMNS = [
    html.Column("Level"),
    html.Column("Row"),
    html.Column("Column"),
    html.Column("Found"),
    html.Column("What is wrong"),
    html.Column("How to mend it"),
]
ROWS_SHOWN = 8
SEPARATORS = {
    ",": ", separated by commas",
    ";": ", separated by semicolons",
    "\t": ", separated by tabs",
    "": "",
}


def show(screening: Screening, file_name: str) -> None:
    """The headline, the findings, what passed, and the download with notes beside the cells."""
    sheet = screening.sheet
    html.answer(headline(screening))
    if sheet is not None and screening.template is not None:
        html.quiet(
            f"{file_name}: {plural(screening.rows_read, 'row')} read as “{screening.template.title}”, "
            f"{sheet.encoding}{SEPARATORS[sheet.separator]}, headings in row {sheet.heading_row}."
        )
    if sheet is not None and screening.findings:
        table(screening.findings, f"Findings in {file_name}")
    if len(screening.findings) > SHOWN:
        html.quiet(f"{len(screening.findings) - SHOWN:,} more findings are in the file given back.")
    if sheet is not None and screening.staged:
        _passed(screening)
    if sheet is not None and screening.staged and screening.findings:
        st.download_button(
            "Download your file with the findings beside the cells",
            lambda: with_findings(sheet, screening.findings),
            f"findings-{file_name}",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def table(found: list[Finding], caption: str) -> None:
    """The first findings, one row each; where there are too many, the first of each kind."""
    html.table(COLUMNS, [_row(finding) for finding in some_of_each(found, SHOWN)], caption)


def some_of_each(found: list[Finding], most: int) -> list[Finding]:
    """At most so many findings in their order, and none of the kinds left out because another kind is so frequent."""
    if len(found) <= most:
        return found
    places: dict[str, int] = {}
    ranked = []
    for number, finding in enumerate(found):
        places[finding.code] = places.get(finding.code, 0) + 1
        ranked.append((places[finding.code], number))
    kept = sorted(number for _, number in sorted(ranked)[:most])
    return [found[number] for number in kept]


def only_layout_to_confirm(screening: Screening) -> bool:
    """Whether nothing is wrong with a file in another layout but that nobody has confirmed how to read it."""
    return {finding.code for finding in screening.findings if finding.level == "must_fix"} == {"layout_to_confirm"}


def headline(screening: Screening) -> str:
    """How many findings of each level there are, and whether the file can be confirmed."""
    must, check = (count(screening.findings, level) for level in ("must_fix", "check"))
    if screening.sheet is None:
        return f"{screening.findings[0].message} {screening.findings[0].fix} Nothing was stored."
    if must:
        return (
            f"{plural(must, 'finding')} must be mended before anything can be stored. "
            "Mend them in your file and drop it here again."
        )
    looked = f" {plural(check, 'finding')} to check first." if check else ""
    return f"Nothing must be mended.{looked}"


def _row(finding: Finding) -> list[str | html.Cell]:
    state = {"must_fix": "worsened", "check": "higher", "note": ""}[finding.level]
    return [
        html.Cell(LEVEL_WORDS[finding.level], state),
        _rows(finding),
        finding.column,
        finding.value,
        finding.message,
        finding.fix,
    ]


def _rows(finding: Finding) -> str:
    """The rows concerned: all of them when few, from the first to the last when they follow on each other."""
    rows = finding.rows
    if len(rows) > 2 and not finding.more_rows and rows[-1] - rows[0] + 1 == len(rows):
        return f"{rows[0]:,} to {rows[-1]:,}"
    more = finding.row_count - ROWS_SHOWN
    return (", ".join(map(str, rows[:ROWS_SHOWN])) or "whole file") + (f" and {more:,} more" if more > 0 else "")


def _passed(screening: Screening) -> None:
    assert screening.template is not None
    failed = {finding.code for finding in screening.findings}
    passed = [check for check in checks_for(screening.template) if check.level != "note" and check.code not in failed]
    with st.expander(f"{plural(len(passed), 'check')} passed"):
        html.bullets(f"In no row: {check.message.replace('{detail}', '…')}" for check in passed)

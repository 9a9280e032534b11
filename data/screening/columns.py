"""Which template a file follows, and whether its columns are there. What fails here stops the stages that follow."""

from __future__ import annotations

from collections import Counter

from data.findings import Finding
from data.reading import Sheet
from data.templates import HEADINGS, OBSERVATIONS, READING_HELP, RETURNED, Template

STOPPING = frozenset({"columns_unknown", "column_missing", "column_repeated", "no_rows"})
"""Findings after which the rows cannot be looked at."""


def check_columns(sheet: Sheet, template: Template | None) -> list[Finding]:
    """Findings about headings: unknown file, missing, repeated and unused columns, and a file without rows."""
    if template is None:
        return [_not_ours(sheet)]
    findings = [*_missing(sheet, template), *_repeated(sheet, template), *_unused(sheet, template)]
    if sheet.table.num_rows == 0:
        findings.append(
            Finding("must_fix", "no_rows", "there are headings but no rows", "fill in at least one row below them")
        )
    return findings


def _listed(headings: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{heading[:40]}”" for heading in headings[:12] if heading)
    return shown + (" …" if len(headings) > 12 else "") or "none"


def _not_ours(sheet: Sheet) -> Finding:
    return Finding(
        "must_fix",
        "columns_unknown",
        f"the headings are not those of a template; right now they are {_listed(sheet.headings)}",
        "download a template from the Upload page and copy your figures into it",
        rows=[sheet.heading_row],
    )


def _missing(sheet: Sheet, template: Template) -> list[Finding]:
    gone = [name for name in template.required if name not in sheet.headings]
    if template is OBSERVATIONS:
        if "period" not in sheet.headings and not {"period_start", "period_end"} <= set(sheet.headings):
            gone.append("period")
        if not {"numerator", "value"} & set(sheet.headings):
            gone.append("numerator")
    return [
        Finding(
            "must_fix",
            "column_missing",
            f"the file needs a column “{name}”; right now it has {_listed(sheet.headings)}",
            "add the column, or correct the heading that means it",
            column=name,
            rows=[sheet.heading_row],
        )
        for name in gone
    ]


def _repeated(sheet: Sheet, template: Template) -> list[Finding]:
    return [
        Finding(
            "must_fix",
            "column_repeated",
            f"{times} columns are headed “{name}”",
            "keep one of them",
            column=name,
            rows=[sheet.heading_row],
        )
        for name, times in Counter(sheet.headings).items()
        if times > 1 and name in template.headings
    ]


def _unused(sheet: Sheet, template: Template) -> list[Finding]:
    names = [name for name in sheet.headings if name and name not in (*template.headings, *READING_HELP, *RETURNED)]
    if not names:
        return []
    elsewhere = " (some belong to the other template)" if any(name in HEADINGS for name in names) else ""
    return [
        Finding(
            "note",
            "columns_unused",
            f"these columns are not part of the template and were not read: {_listed(tuple(names))}{elsewhere}",
            "nothing to mend unless a heading is misspelt",
            rows=[sheet.heading_row],
        )
    ]

"""What is wrong with a file, found in stages: file, columns, area, cells, duplicates.

Only the first two stop what follows; the others see every row, so that no fault hides another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.findings import Finding, count, ordered
from data.mapping import KINDS, Mapping, apply, describe, examine
from data.reading import Sheet, Unreadable, read
from data.screening.checks import checks_for, run_checks
from data.screening.columns import STOPPING, check_columns
from data.screening.places import in_cells
from data.screening.redaction import redacted, retold
from data.screening.staging import stage
from data.templates import HEADINGS, OBSERVATIONS, TEMPLATES, Template, recognise

__all__ = ["Progress", "Screening", "screen", "silent"]

Progress = Callable[[str], None]
"""Told what is being done, in words for a person, while a long file is worked on."""


def silent(_: str) -> None:
    """Progress for whom nobody waits."""


@dataclass(frozen=True)
class Screening:
    """The outcome: the template, the rows read and what was found. `sheet` is None when the file could not be read.

    `mapping` is how a file with a layout of its own is read. While it is only proposed, nothing is staged.
    """

    template: Template | None
    sheet: Sheet | None
    findings: list[Finding]
    staged: bool
    mapping: Mapping | None = None

    @property
    def acceptable(self) -> bool:
        """Whether nothing must be fixed before the file can be confirmed."""
        return self.staged and count(self.findings, "must_fix") == 0

    @property
    def rows_read(self) -> int:
        """How many rows below the heading hold anything."""
        return 0 if self.sheet is None else self.sheet.rows_read


def screen(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    content: bytes,
    *,
    template: str | None = None,
    mapping: Mapping | None = None,
    limit: int | None = None,
    progress: Progress = silent,
) -> Screening:
    """Screen a file and leave its rows in the connection's temporary views `upload_text` and `upload`.

    `template` is `observations` or `insights`; without it the headings decide, and a file with a layout of its own gets
    a proposal how to read it, which comes back confirmed as `mapping`. `limit` is the largest size in bytes. `progress`
    is told what is being done.
    """
    progress("Reading the file")
    try:
        sheet, findings = read(content, HEADINGS, limit)
    except Unreadable as error:
        return Screening(None, None, [error.finding], staged=False)
    clean, personal = redacted(sheet)
    findings, sheet = [*retold(findings, personal, sheet, clean), *personal], clean
    seen = None if template or mapping else examine(sheet, catalogue)
    if seen is not None:
        return _of_another_layout(sheet, findings, seen)
    lines = sheet
    if mapping:
        lines, told = apply(sheet, mapping, catalogue, _own_areas(actor))
        findings += [lines_read_as(mapping, catalogue), *told]
        template = OBSERVATIONS.key
    chosen = TEMPLATES[template] if template else recognise(sheet.headings)
    findings += check_columns(lines, chosen)
    if chosen is None or any(finding.code in STOPPING for finding in findings):
        return Screening(chosen, sheet, ordered(findings), staged=False, mapping=mapping)
    progress(f"Checking {sheet.rows_read:,} rows")
    findings += in_cells(_stage_and_check(connection, lines, chosen, catalogue, actor), lines.places, mapping)
    return Screening(chosen, sheet, ordered(findings), staged=True, mapping=mapping)


def _stage_and_check(
    connection: store.Connection, sheet: Sheet, template: Template, catalogue: Catalogue, actor: Actor
) -> list[Finding]:
    findings = stage(connection, sheet, template, catalogue, actor)
    findings += run_checks(connection, checks_for(template))
    store.run(connection, "staging/forget")
    return findings


def _of_another_layout(sheet: Sheet, findings: list[Finding], seen: Mapping | Finding) -> Screening:
    """The outcome for a file in another layout: refused with the reason, or to be confirmed how it is read."""
    if isinstance(seen, Finding):
        return Screening(None, sheet, ordered([*findings, seen]), staged=False)
    message = f"this is not one of the templates; we think it is {KINDS[seen.kind]}"
    fix = "confirm how it is read, or copy your figures into a template"
    proposed = Finding("must_fix", "layout_to_confirm", message, fix, rows=[sheet.heading_row])
    return Screening(None, sheet, ordered([*findings, proposed]), staged=False, mapping=seen)


def lines_read_as(mapping: Mapping, catalogue: Catalogue) -> Finding:
    """The note that keeps with the findings how the file was read."""
    read_as = "; ".join(f"{has}: {means}" for has, means in describe(mapping, catalogue))
    return Finding("note", "layout_confirmed", f"read as {KINDS[mapping.kind]}", read_as)


def _own_areas(actor: Actor) -> frozenset[str] | None:
    return actor.areas if actor.role == "contributor" else None

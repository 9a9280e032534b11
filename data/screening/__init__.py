"""What is wrong with a file, found in stages: file, columns, area, cells, duplicates.

Only the first two stop what follows; the others see every row, so that no fault hides another.
"""

from __future__ import annotations

from dataclasses import dataclass

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.findings import Finding, count, ordered
from data.reading import Sheet, Unreadable, read
from data.screening.checks import checks_for, run_check
from data.screening.columns import check_columns, recognise
from data.screening.staging import stage
from data.templates import HEADINGS, TEMPLATES, Template

__all__ = ["Screening", "screen"]


@dataclass(frozen=True)
class Screening:
    """The outcome: the template, the rows read and what was found. `sheet` is None when the file could not be read."""

    template: Template | None
    sheet: Sheet | None
    findings: list[Finding]
    staged: bool

    @property
    def acceptable(self) -> bool:
        """Whether nothing must be fixed before the file can be confirmed."""
        return self.staged and count(self.findings, "must_fix") == 0

    @property
    def rows_read(self) -> int:
        """How many rows below the heading hold anything."""
        return 0 if self.sheet is None else len(self.sheet.frame)


def screen(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    content: bytes,
    *,
    template: str | None = None,
    limit: int | None = None,
) -> Screening:
    """Screen a file and leave its rows in the connection's temporary tables `upload_text` and `upload`.

    `template` is `observations` or `insights`; without it the headings decide. `limit` is the largest size in bytes.
    """
    try:
        sheet, findings = read(content, HEADINGS, limit)
    except Unreadable as error:
        return Screening(None, None, [error.finding], staged=False)
    chosen = TEMPLATES[template] if template else recognise(sheet)
    findings += check_columns(sheet, chosen)
    if chosen is None or any(finding.code != "row_too_long" for finding in findings if finding.level == "must_fix"):
        return Screening(chosen, sheet, ordered(findings), staged=False)
    stage(connection, sheet, chosen, catalogue, actor)
    for check in checks_for(chosen):
        findings += run_check(connection, check)
    return Screening(chosen, sheet, ordered(findings), staged=True)

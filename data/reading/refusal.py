"""A file that cannot be read at all."""

from __future__ import annotations

from data.findings import Finding


class Unreadable(Exception):
    """The file cannot be read at all; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def refuse(code: str, message: str, fix: str, row: int | None = None) -> Unreadable:
    """The exception for a file that nothing can be read from; `row` is where the reading ended, if it began."""
    return Unreadable(Finding("must_fix", code, message, fix, rows=(row,) if row else ()))

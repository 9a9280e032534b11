"""What the screening says about a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Level = Literal["must_fix", "check", "note"]
LEVELS: tuple[Level, ...] = ("must_fix", "check", "note")
LEVEL_WORDS = {"must_fix": "must fix", "check": "check", "note": "note"}
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or worth a look, in one or many rows alike.

    `row` is the first spreadsheet row (the heading is counted), 0 when the finding is about the whole file;
    `rows` are all of them; `value` is what was found there.
    """

    level: Level
    code: str
    message: str
    fix: str = ""
    column: str = ""
    value: str = ""
    rows: Sequence[int] = field(default_factory=tuple)

    @property
    def row(self) -> int:
        """The first row concerned."""
        return self.rows[0] if self.rows else 0

    @property
    def words(self) -> str:
        """What is wrong and how to mend it."""
        between = " " if self.message.endswith(".") else "; "
        return f"{self.message}{between}{self.fix}" if self.fix else self.message

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values, in the order that `data.check --json` prints them."""
        values = asdict(self) | {"row": self.row, "rows": list(self.rows)}
        return {key: values[key] for key in ("level", "code", "row", "column", "value", "message", "fix", "rows")}


def shorten(value: str) -> str:
    """A value short enough to be shown beside its row."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings of a level there are; findings alike in many rows count once."""
    return sum(finding.level == level for finding in findings)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Must-fix first, then by row."""
    return sorted(findings, key=lambda finding: (LEVELS.index(finding.level), finding.row, finding.column))

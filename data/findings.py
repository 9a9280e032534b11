"""What the screening says about a file."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["must_fix", "check", "note"]
LEVELS: tuple[Level, ...] = ("must_fix", "check", "note")
LEVEL_WORDS = {"must_fix": "must fix", "check": "check", "note": "note"}
LONGEST_VALUE = 80
ORDERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
ROWS_KEPT = 1_000
AS_DICT = ("level", "code", "row", "column", "value", "message", "fix", "rows", "row_count")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or worth a look, in one or many rows alike.

    `row` is the first spreadsheet row (the heading is counted), 0 when the finding is about the whole file;
    `rows` are all of them, but for `more_rows` that are not listed; `value` is what was found there.
    """

    level: Level
    code: str
    message: str
    fix: str = ""
    column: str = ""
    value: str = ""
    rows: Sequence[int] = field(default_factory=tuple)
    more_rows: int = 0

    @property
    def row(self) -> int:
        """The first row concerned."""
        return self.rows[0] if self.rows else 0

    @property
    def row_count(self) -> int:
        """How many rows are concerned, listed or not."""
        return len(self.rows) + self.more_rows

    @property
    def words(self) -> str:
        """What is wrong and how to mend it."""
        between = " " if self.message.endswith(".") else "; "
        return f"{self.message}{between}{self.fix}" if self.fix else self.message

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values, in the order that `data.check --json` prints them, with its first rows."""
        values = {name: getattr(self, name) for name in AS_DICT}
        return values | {"rows": list(self.rows[:ROWS_KEPT])}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Finding:
        """The finding that `as_dict` gave as plain values; of very many rows only the first are listed."""
        names = [name for name in ("level", "code", "message", "fix", "column", "value", "rows") if name in values]
        listed = len(values.get("rows", ()))
        return cls(**{name: values[name] for name in names}, more_rows=values.get("row_count", listed) - listed)


def shorten(value: str) -> str:
    """A value short enough to be shown beside its row."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def printable(text: str) -> str:
    """A text without characters that give a terminal or a page orders, and without those that no encoding has."""
    return ORDERS.sub("\ufffd", text)


def compact(rows: Iterable[int]) -> Sequence[int]:
    """Ascending rows with little room for each: a range when none is left out between the first and the last."""
    kept = array("i", rows)
    if kept and kept[-1] - kept[0] + 1 == len(kept):
        return range(kept[0], kept[-1] + 1)
    return kept


def count(findings: Iterable[Finding], level: Level) -> int:
    """How many findings of a level there are; findings alike in many rows count once."""
    return sum(finding.level == level for finding in findings)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Must-fix first, then by row."""
    return sorted(findings, key=lambda finding: (LEVELS.index(finding.level), finding.row, finding.column))

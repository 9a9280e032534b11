"""A pack as plain blocks, made once and written three times: as HTML, as a tagged PDF and for Word.

Blocks hold text and figures, never markup: each writer escapes for its own format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from charts.cells import Cell, Column

Audience = Literal["steering", "public"]
LANGUAGE = "en-GB"
LONGEST = 1_200
"""Of a longer text the beginning is shown, and how much more there is: a pack is read at a meeting."""
# Marks that turn the direction of what stands around them, and characters that no file of text may hold.
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
KEPT = {"\n", "\t"}
Known = TypeVar("Known")


@dataclass(frozen=True)
class Heading:
    """A heading; one with `new_page` begins a page on paper."""

    text: str
    level: int = 2
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph: the `answer` to the question of a part, a `plain` sentence, or a `quiet` one about method."""

    text: str
    kind: Literal["answer", "plain", "quiet", "notice"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """What somebody told: a summary, a quote or nothing, and who, where and when."""

    summary: str
    quote: str
    who: str


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str


@dataclass(frozen=True)
class Stack:
    """Part of every bar of a stacked chart: its words, a tone of the palette, a pattern, and a count for each bar."""

    words: str
    tone: str
    pattern: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """Stacked bars of counts, one for each label."""

    labels: tuple[str, ...]
    stacks: tuple[Stack, ...]
    unit: str


@dataclass(frozen=True)
class Point:
    """A figure with its limits, in a state."""

    name: str
    value: float
    lower: float
    upper: float
    state: str


@dataclass(frozen=True)
class Intervals:
    """Figures with their limits, one row each, and a line to read them against; `words` say each state."""

    points: tuple[Point, ...]
    words: tuple[tuple[str, str], ...]
    unit: str
    line: float
    line_name: str


@dataclass(frozen=True)
class Figure:
    """A chart with its finding as title; `sentence` says in words what it shows, to those who cannot see it, too."""

    chart: Bars | Intervals
    title: str
    sentence: str


Block = Heading | Text | Bullets | Voice | Table | Figure


@dataclass(frozen=True)
class Pack:
    """A pack: what it is of, and its blocks. `made_at` is when its data version was stored, not when it was printed."""

    title: str
    scope: str
    version: int
    as_of: date
    made_at: datetime
    audience: Audience
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The beginning of the name of its files."""
        return f"pack-{self.scope}-version-{self.version}-{self.audience}"

    def of(self, kind: type[Known]) -> list[Known]:
        """The blocks of one kind, in order."""
        return [block for block in self.blocks if isinstance(block, kind)]


def table(columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], caption: str) -> Table:
    """A table from rows as pages make them; links are left out, as paper has none."""
    cells = tuple(tuple(_cell(one) for one in row) for row in rows)
    return Table(tuple(columns), cells, caption)


def _cell(one: str | Cell) -> Cell:
    return replace(one, href="") if isinstance(one, Cell) else Cell(one)


def plain(text: str, longest: int = LONGEST) -> str:
    """Text of a person as text and nothing else: without control characters and marks that turn the direction of
    writing, and cut, with the number of characters left out, where it is longer than a pack can show."""
    kept = "".join(mark for mark in text if mark in KEPT or _is_text(mark))
    kept = " ".join(kept.split())
    more = len(kept) - longest
    return kept if more <= 0 else f"{kept[:longest].rstrip()} … ({more:,} more characters, not shown here)"


def tidied(value: Any) -> Any:
    """A block, or whatever stands in one, with each text of it as `plain` leaves it."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(map(tidied, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: tidied(getattr(value, item.name)) for item in fields(value)})
    return value


def _is_text(mark: str) -> bool:
    return ord(mark) not in TURNING and unicodedata.category(mark) not in ("Cc", "Cs", "Cn")

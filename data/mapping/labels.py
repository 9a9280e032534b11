"""What stands over a column, group headings above the heading included, and what it says of the column's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from data.mapping.measures import measure_of
from data.mapping.words import CODE_INSIDE, Words, day_in, period, period_inside, tidy, without_notes
from data.reading import Sheet

HEADING_ROWS = 4
"""Group headings stand at most so many rows above the heading."""


@dataclass(frozen=True)
class Label:
    """What the texts over a column say: codes of areas, period, indicator, what it fills, and what is left unsaid.

    `coded` is whether a code says the area, which then counts for more than a name; `near` which of
    area, period and indicator the heading itself says, the others being said by a group heading above it.
    """

    codes: tuple[str, ...] = ()
    name: str = ""
    period: str = ""
    indicator: str = ""
    fills: str = ""
    per: float = 0
    labelled: bool = False
    series: str = ""
    coded: bool = False
    near: tuple[str, ...] = ()

    def __add__(self, other: Label) -> Label:
        """Both labels' meanings; where both speak of the same, the later one, which stands nearer to the cells."""
        said = {name: value for name, value in vars(other).items() if value and name not in ("series", "codes", "near")}
        codes = self.codes if self.coded and not other.coded else other.codes or self.codes
        near = tuple(name for name, value in other.dimensions.items() if value)
        return replace(self, **said, codes=codes, series=tidy(f"{self.series} {other.series}"), near=near)

    @property
    def dimensions(self) -> dict[str, bool]:
        """Of area, period and indicator, which it names."""
        return {"area": bool(self.codes), "period": bool(self.period), "indicator": bool(self.indicator)}


def stacks(sheet: Sheet) -> list[tuple[str, ...]]:
    """For each column the texts over it: the group headings above, carried to the right, and its own heading last."""
    width = len(sheet.titles)
    groups = [_carried(row, width) for row in sheet.above[-HEADING_ROWS:] if _is_group_row(row)]
    rows = [*groups, tuple(map(tidy, sheet.titles))]
    return [tuple(dict.fromkeys(text for text in texts if text)) for texts in zip(*rows, strict=True)]


def title_lines(sheet: Sheet) -> list[str]:
    """The lines above the table, each as one text."""
    return [tidy(" ".join(row)) for row in sheet.above if any(map(str.strip, row))]


def label_of(texts: Sequence[str], words: Words) -> Label:
    """What the texts over one column say together."""
    return reduce(Label.__add__, (_label(text, words) for text in _joined(texts)), Label())


def _is_group_row(row: Sequence[str]) -> bool:
    """Titles stand alone in the first column; a group heading stands elsewhere, or is one of several."""
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    return bool(filled) and filled != [0]


def _carried(row: Sequence[str], width: int) -> tuple[str, ...]:
    """A cell merged over several columns is written in the first of them only."""
    texts: list[str] = []
    for cell in (*row, *[""] * width)[:width]:
        texts.append(tidy(cell) or (texts[-1] if texts else ""))
    return tuple(texts)


def _label(text: str, words: Words) -> Label:
    """Whole texts first: an indicator's name may hold a word such as “rate” or even a period."""
    whole = _named(text, words)
    if whole:
        return whole
    when, around = period_inside(text)
    inside = _named(around, words) if around else Label()
    if when and inside:
        return replace(inside, period=when)
    measure = measure_of(around)
    named = _named(measure.rest, words) if measure.rest else None
    kind = Label(period=when, fills=measure.fills, per=measure.per, labelled=measure.said)
    return replace(kind, series=measure.rest) if named is None else kind + named


def _named(text: str, words: Words) -> Label | None:
    codes = words.codes(text)
    if codes:
        name = without_notes(CODE_INSIDE.sub(" ", text)).replace("_", " ").strip(" ()[]-–:")
        return Label(codes, name, coded=name != without_notes(text).replace("_", " "))
    if found := words.indicator(text):
        return Label(indicator=found)
    if found := period(text) or _month(text):
        return Label(period=found)
    return None


def _month(text: str) -> str:
    """The month that a spreadsheet keeps as its first day, such as 2021-01-01 for Jan-21."""
    found = day_in(text)
    return f"{found:%Y-%m}" if found and found.day == 1 else ""


def _joined(texts: Sequence[str]) -> list[str]:
    """The texts with two that make one period together put in one, such as “Year ending” over “Mar 2019”."""
    joined: list[str] = []
    for text in texts:
        before = joined[-1] if joined else ""
        found = before and next(filter(None, map(period, (f"{before} {text}", f"{text} {before}"))), "")
        joined = [*joined[:-1], found] if found else [*joined, text]
    return joined

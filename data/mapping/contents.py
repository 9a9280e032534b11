"""What stands in the columns of a file, seen on enough of its rows to tell figures from names and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.mapping.headings import is_mark, is_number
from data.mapping.measures import spaced
from data.mapping.words import day_in, period, tidy, without_notes
from data.reading import Sheet

LOOKED_AT = 2_000
MOSTLY = 0.7
ENOUGH = 100
"""So many different texts tell whether a column holds periods."""
FULL = 0.4
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Contents:
    """A column: its place, its heading in one line, and its filled cells in the rows that were looked at."""

    place: int
    title: str
    texts: tuple[str, ...]

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different texts, in the order met."""
        return tuple(dict.fromkeys(self.texts))

    @cached_property
    def plain_title(self) -> str:
        """The heading without notes glued to it, with blanks between its words."""
        return spaced(without_notes(self.title))

    @cached_property
    def numeric(self) -> bool:
        """Whether nearly every cell is a number or a published mark, and some are numbers."""
        numbers = sum(map(is_number, self.texts))
        marks = sum(is_mark(text) for text in self.texts if not is_number(text))
        return numbers > 0 and numbers + marks >= MOSTLY * len(self.texts)

    @cached_property
    def marks_only(self) -> bool:
        """Whether every cell is a published mark for a missing figure."""
        return bool(self.texts) and all(map(is_mark, self.texts))

    @cached_property
    def whole(self) -> bool:
        """Whether every number in it is a whole one, so that it may count something."""
        numbers = [text for text in self.texts if is_number(text)]
        return all(re.fullmatch(r"[-+\d,]*(?:\.0*)?", text) for text in numbers)

    @cached_property
    def percent(self) -> bool:
        """Whether its numbers are written with a percent sign."""
        numbers = [text for text in self.texts if is_number(text)]
        return sum(text.endswith("%") for text in numbers) > len(numbers) / 2

    @cached_property
    def periods(self) -> float:
        """The share of the first different texts that are periods or dates."""
        some = self.distinct[:ENOUGH]
        return sum(bool(period(text) or day_in(text)) for text in some) / len(some) if some else 0.0

    @cached_property
    def days(self) -> bool:
        """Whether its cells are dates of single days."""
        return bool(self.distinct) and all(day_in(text) for text in self.distinct)

    @cached_property
    def years(self) -> bool:
        """Whether every cell is a year, and so might be a period without a heading that says so."""
        return bool(self.distinct) and all(YEAR.fullmatch(text) for text in self.distinct)


def contents(sheet: Sheet, titles: list[str]) -> list[Contents]:
    """The columns of a sheet, looked at in the rows of the table; notes below it fill few cells."""
    some = sheet.table.take(_rows(sheet.table.num_rows))
    columns = [list(map(tidy, column.to_pylist())) for column in some.columns[1:]]
    filled = np.array([[bool(cell) for cell in column] for column in columns]).reshape(len(columns), some.num_rows)
    in_row = filled.sum(axis=0)
    full = in_row >= max(1.0, FULL * (np.percentile(in_row, 90) if len(in_row) else 0))
    return [
        Contents(place, title, tuple(cell for cell, table_row in zip(column, full, strict=True) if cell and table_row))
        for place, (title, column) in enumerate(zip(titles, columns, strict=True))
    ]


def _rows(number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The first rows, and as many spread over the rest."""
    spread = np.linspace(0, max(number - 1, 0), LOOKED_AT // 2, dtype=np.int64)
    return np.unique(np.concatenate([np.arange(min(number, LOOKED_AT)), spread]))[:number] if number else np.arange(0)

"""The rows of one sheet, read element by element so that a large one needs no more memory than its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from data.reading.excel.archive import Enough, unreadable
from data.reading.excel.cells import iso_text, number_text, text_of
from data.reading.refusal import refuse
from data.reading.rows import COLUMN_LIMIT, Rows, too_wide

ROW_LIMIT = 1_048_576
PLACES = 16_384
CELLS_LIMIT = 40_000_000
"""Cells of all rows, blank ones too: what memory must hold, and time must read."""
TEXT_LIMIT = 512 * 1024**2
"""Letters of all cells: one long text that many cells share is short in the file and long in the rows."""
NOTES_LIMIT = 1_000_000
"""Merged areas, formulas without a result, and hidden columns: more are not met in sheets that people make."""
TRUE = ("1", "true")
T = TypeVar("T")
AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Book:
    """What the cells of every sheet refer to: the shared texts, the number format of each style, the first day."""

    strings: list[str]
    formats: list[str]
    from_1904: bool

    def format_of(self, style: str) -> str:
        """The number format of a style; `General` when there is none."""
        number = int(style)
        return self.formats[number] if number < len(self.formats) else "General"


@dataclass
class Grid:
    """The rows of a sheet as text, the first being row 1, and what a person would not see in them.

    Places count from 0. `merged`: first and last row number and place of each merged area. `no_result`: row number and
    place of each formula whose result is not in the file.
    """

    rows: Rows = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_places: list[range] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    no_result: list[tuple[int, int]] = field(default_factory=list)


class SheetReader:
    """Fills a `Grid` from the XML of a sheet; stops after `most` rows.

    `whole_days` are the places of columns that hold days: a day that shows as a month is still one.
    """

    def __init__(self, book: Book, most: int = ROW_LIMIT, whole_days: frozenset[int] = frozenset()) -> None:
        self.grid = Grid()
        self._book, self._most, self._whole_days = book, most, whole_days
        self._row: list[str] = []
        self._number = self._place = self._cells = self._cells_above = self._letters = 0
        self._attributes: dict[str, str] = {}
        self._stored: list[str] | None = None
        self._formula = self._listening = self._spoken = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row, "c": self._start_cell, "f": self._start_formula, "v": self._listen,
            "t": self._listen, "rPh": self._start_spoken, "col": self._column, "mergeCell": self._merge,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "row": self._end_row, "c": self._end_cell, "v": self._silence, "t": self._silence, "rPh": self._end_spoken,
        }  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in self._starts:
            self._starts[name](attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in self._ends:
            self._ends[name]()

    def text(self, text: str) -> None:
        """Text inside an element: kept inside a value."""
        if self._listening and self._stored is not None:
            self._stored.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._number + 1))
        if not self._number < number <= ROW_LIMIT:
            raise unreadable("The rows of the workbook’s sheet are not in order.")
        if number > self._most:
            raise Enough
        self._number, self._place, self._row, self._cells_above = number, -1, [], self._cells
        if attributes.get("hidden") in TRUE:
            self.grid.hidden_rows.append(number)

    def _end_row(self) -> None:
        self._cells = max(self._cells, self._cells_above + len(self._row))
        self._letters += sum(map(len, self._row))
        if self._cells > CELLS_LIMIT or self._letters > TEXT_LIMIT:
            raise refuse(
                "file_too_large",
                "The sheet holds more than can be read at once.",
                "Split it into files by period or by area and upload them one after the other.",
            )
        if self._row:
            rows = self.grid.rows
            rows.extend([] for _ in range(self._number - 1 - len(rows)))
            rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        name = attributes.get("r")
        self._place = _place(name.rstrip("0123456789")) if name else self._place + 1
        if self._place >= PLACES:
            raise unreadable("The workbook’s sheet has cells beyond the last column that a sheet can have.")
        self._attributes, self._stored, self._formula = attributes, None, False

    def _start_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _start_spoken(self, _: dict[str, str]) -> None:
        self._spoken = True

    def _end_spoken(self) -> None:
        self._spoken = False

    def _listen(self, _: dict[str, str]) -> None:
        if self._number and not self._spoken:
            self._listening = True
            self._stored = self._stored or []

    def _silence(self) -> None:
        self._listening = False

    def _end_cell(self) -> None:
        stored = None if self._stored is None else "".join(self._stored)
        kind = self._attributes.get("t", "n")
        if not stored:
            if self._formula and (stored is None or kind != "str"):
                _note(self.grid.no_result, (self._number, self._place))
            return
        text = self._shown(kind, stored)
        if not text:
            return
        if self._place >= COLUMN_LIMIT:
            raise too_wide(self._place + 1)
        self._row.extend([""] * (self._place + 1 - len(self._row)))
        self._row[self._place] = text

    def _shown(self, kind: str, stored: str) -> str:
        if kind == "s":
            return self._book.strings[int(stored)]
        if kind in ("str", "inlineStr"):
            return text_of(stored)
        if kind == "b":
            return "yes" if stored.strip() in TRUE else "no"
        code, whole_day = self._book.format_of(self._attributes.get("s", "0")), self._place in self._whole_days
        if kind == "n":
            return number_text(stored.strip(), code, whole_day, self._book.from_1904)
        return iso_text(stored, code, whole_day) if kind == "d" else stored

    def _column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in TRUE:
            _note(self.grid.hidden_places, range(int(attributes["min"]) - 1, int(attributes["max"])))

    def _merge(self, attributes: dict[str, str]) -> None:
        if match := AREA.fullmatch(attributes.get("ref", "")):
            _note(self.grid.merged, (int(match[2]), int(match[4]), _place(match[1])))


def _note(notes: list[T], note: T) -> None:
    if len(notes) >= NOTES_LIMIT:
        raise unreadable("The workbook’s sheet has too many merged cells or unfinished formulas to be read.")
    notes.append(note)


def _place(letters: str) -> int:
    """The place of a column by its letters: A is 0, AA is 26."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - 64
    return place - 1

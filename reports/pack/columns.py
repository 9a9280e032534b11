"""How wide the columns of a table are, by what stands in them."""

from __future__ import annotations

from charts.cells import Cell
from reports.pack.model import Table

NARROW, SHORT, WIDE = 7.0, 17.0, 48.0
"""The least and the most that a column counts for when the width of a page is shared out, in letters; what is short is
not broken."""


def widths(block: Table) -> list[float]:
    """The share of the page's width for each column, by the letters in it: no word of usual length is broken."""
    return [_width([Cell(column.heading), *cells]) for column, *cells in zip(block.columns, *block.rows, strict=True)]


def _width(cells: list[Cell]) -> float:
    """Of a column with its heading, which is bold."""
    head, *rest = cells
    letters = [_letters(cell) for cell in rest if cell.text or cell.detail] or [0.0]
    words = [1.3 * len(word) for word in head.text.split()]
    words += [len(word) + 3.0 for cell in rest for word in cell.text.split()]
    longest = max(letters)
    usual = longest + 2 if longest <= SHORT else max(SHORT, 0.6 * sum(letters) / len(letters) + 0.4 * longest)
    return max(NARROW, min(WIDE, usual), min(max(words, default=0.0), SHORT))


def _letters(cell: Cell) -> float:
    """How wide a cell is on one line, in letters; its quiet line may be broken."""
    return max(len(cell.text) + (3 if cell.state else 0), 0.4 * len(cell.detail))

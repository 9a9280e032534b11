"""Which mark separates the cells, and which row holds the headings."""

from __future__ import annotations

import re

from data.reading.refusal import refuse

HEADING_WITHIN = 30
"""The headings are looked for in so many rows."""
SEPARATORS = ",;\t"
FULL = 0.8


def normalise_heading(text: str) -> str:
    """A heading without case, spaces, hyphens and surrounding marks: `Area Code ` becomes `area_code`."""
    return re.sub(r"[\s\-]+", "_", text.strip().strip("\ufeff").lower()).strip("_")


def separator_of(text: str, known: frozenset[str]) -> str:
    """The mark that parts some line into most known headings; where none does, the one that is met most often."""
    lines = text.splitlines()[:HEADING_WITHIN]

    def score(mark: str) -> tuple[int, int]:
        rows = [[normalise_heading(cell.strip(' "')) for cell in line.split(mark)] for line in lines]
        return max((len(known.intersection(row)) for row in rows), default=0), sum(map(len, rows))

    return max(SEPARATORS, key=score)


def heading_index(rows: list[list[str]], known: frozenset[str]) -> int:
    """Index of the row among the first few with most known headings.

    Without any it is the first row that is nearly as full as the fullest: titles above a table fill a cell or two.
    """
    scores = [len(known.intersection(map(normalise_heading, row))) for row in rows[:HEADING_WITHIN]]
    if max(scores, default=0) > 0:
        return scores.index(max(scores))
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADING_WITHIN]]
    if max(filled, default=0) == 0:
        raise refuse("file_empty", "The file has no rows.", "Save your sheet as CSV again and upload that file.")
    return next(index for index, cells in enumerate(filled) if cells >= FULL * max(filled))

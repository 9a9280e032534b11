"""Columns that part a figure, such as sex or age: found by rows of the same area and period that differ in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data.mapping.contents import Contents
from data.mapping.model import Column
from data.mapping.texts import Texts, Truths, texts, together
from data.reading import Sheet

MOST_PARTS = 200
TOTALS = frozenset(
    ("", "all", "total", "totals", "persons", "all persons", "people", "all people", "both", "both sexes", "all ages",
     "all age", "overall", "any", "t", "_t", "all categories", "all records", "not broken down", "none", "n/a",
     "all sexes")
)  # fmt: skip


def is_total(text: str) -> bool:
    """Whether a part is the whole."""
    return text.lower().strip(" .[]()") in TOTALS


def part_columns(sheet: Sheet, columns: Sequence[Contents], keys: Sequence[Column], kept: Truths) -> list[Column]:
    """Those columns in which rows alike in `keys` differ, one for each difference; only rows `kept` count."""
    same = [texts(sheet.table, key.place) for key in keys]
    found: list[Column] = []
    groups = _number(same, kept)
    for column in columns:
        cells = texts(sheet.table, column.place)
        if column.numeric or not 1 < len(cells.values) <= MOST_PARTS:
            continue
        finer = _number([*same, cells], kept)
        if finer > groups:
            found.append(Column(column.place, column.title, "breakdown"))
            same, groups = [*same, cells], finer
    return found


def _number(columns: Sequence[Texts], kept: Truths) -> int:
    _, which = together(columns, len(kept))
    return len(np.unique(which[kept]))

"""Columns whose heading names a period, an area or an indicator as those of figures do: figures, whatever they hold.

One cell that is no number, such as `1a`, must not decide that a column holds no figures: its figures would be lost
without a word. So where the headings tell, they are believed, and the cell is told of by the checks of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.mapping.contents import Contents
from data.mapping.figures import NO_FIGURE, Rows, across_of, may_be_figures
from data.mapping.labels import Label
from data.mapping.texts import texts
from data.mapping.view import View

UNREAD = "its heading names a period, an area or an indicator, but it is not read as figures"
"""Why a column is left out that a person would expect to be read."""


def by_heading(seen: View) -> list[Contents]:
    """The filled columns that are no numbers, but headed as figures are: alone, or as a column of numbers is."""
    numbers = {_kind(seen.labels[one.place]) for one in seen.columns if may_be_figures(one, seen.labels[one.place])}
    return [column for column in seen.columns if _is_headed(seen, column, numbers)]


def not_for_roles(seen: View, named: Sequence[Contents]) -> list[Contents]:
    """Those of the columns named that say nothing about their rows: they stand behind others and have their like.

    The corner of a wide table is headed “Robbery” or “2024” too, over the names of areas or of indicators.
    """
    first = next((column.place for column in seen.columns if _filled(seen, column)), 0)
    kinds = [_kind(seen.labels[one.place]) for one in seen.columns]
    return [column for column in named if column.place > first and kinds.count(_kind(seen.labels[column.place])) > 1]


def across(seen: View, numbers: Sequence[Contents], named: Sequence[Contents], rows: Rows) -> list[Contents]:
    """Those of the columns named that are figures, because the headings of this table name what theirs name."""
    kinds = across_of([seen.labels[column.place] for column in (*numbers, *named)], rows, seen.words)
    return [
        column
        for column in named
        if any(says and getattr(kinds, name) for name, says in seen.labels[column.place].dimensions.items())
    ]


def _is_headed(seen: View, column: Contents, numbers: set[tuple[object, ...]]) -> bool:
    label = seen.labels[column.place]
    if not label.near or NO_FIGURE.search(column.plain_title) or may_be_figures(column, label):
        return False
    return (not label.series or _kind(label) in numbers) and _filled(seen, column)


def _kind(label: Label) -> tuple[object, ...]:
    """What two headings must share to be alike: what they name, and what else they say."""
    return (*label.dimensions.values(), label.fills, label.series)


def _filled(seen: View, column: Contents) -> bool:
    """Whether a cell is filled, also in the rows that were not looked at."""
    return bool(column.texts) or any(texts(seen.sheet.table, column.place).values)

"""The native download of all data from Fingertips: its headings are fixed, so nothing needs to be guessed."""

from __future__ import annotations

from collections.abc import Sequence

from data.findings import Finding
from data.mapping import refusing
from data.mapping.contents import Contents
from data.mapping.model import Column, Figure, LeftOut, Mapping
from data.mapping.texts import texts
from data.mapping.view import View

TELLING = ("indicatorid", "areacode", "timeperiod", "value", "count")
COLUMNS = {"areacode": "area_code", "areaname": "area_name", "timeperiod": "period", "valuenote": "comment"}
FIGURES = {
    "count": "numerator",
    "denominator": "denominator",
    "value": "value",
    "lowerci95.0limit": "lower",
    "upperci95.0limit": "upper",
    "lowercilimit": "lower",
    "uppercilimit": "upper",
}
PARTS = ("sex", "age")
AREA_LEVEL = 2


def is_fingertips(headings: Sequence[str]) -> bool:
    """Whether these are the headings of such a download, with or without blanks between their words."""
    return set(TELLING) <= set(map(_squashed, headings))


def fingertips(seen: View) -> Mapping | Finding:
    """The mapping of a download; rows of categories, such as deprivation deciles, are not read.

    A finding when it holds several indicators and none of them is known here.
    """
    headings = list(map(_squashed, seen.sheet.headings))
    names = _names(seen, headings)
    keys = {key for text in names if (key := seen.words.indicator(text))}
    if len(names) > 1 and not keys:
        return refusing.several(seen.columns[headings.index("indicatorname")].title, names)
    columns = [column for pair in zip(headings, seen.columns, strict=True) for column in _column(*pair)]
    if len(names) > 1:
        columns.append(_indicators(seen.columns[headings.index("indicatorname")], names, seen))
    figures = [
        Figure(column.place, column.title, FIGURES[heading], labelled=True)
        for heading, column in zip(headings, seen.columns, strict=True)
        if heading in FIGURES
    ]
    taken = {column.place for column in columns} | {figure.place for figure in figures}
    left = [LeftOut(one.place, one.title, "not needed") for one in seen.columns if one.place not in taken]
    indicator = keys.pop() if len(names) == 1 and keys else ""
    ordered = tuple(sorted(columns, key=lambda column: column.place))
    return Mapping("fingertips", seen.sheet.heading_row, ordered, tuple(figures), tuple(left), indicator)


def _squashed(heading: str) -> str:
    return heading.replace("_", "")


def _names(seen: View, headings: Sequence[str]) -> list[str]:
    """The names of the indicators in the whole file."""
    if "indicatorname" not in headings:
        return []
    return [text for text in texts(seen.sheet.table, headings.index("indicatorname")).values if text]


def _column(heading: str, column: Contents) -> list[Column]:
    """The use of a column, if it has one. Sex and age part the figures only where the file has several of them."""
    if heading in COLUMNS:
        level = AREA_LEVEL if heading.startswith("area") else 0
        return [Column(column.place, column.title, COLUMNS[heading], level)]
    if heading in PARTS and len(column.distinct) > 1:
        return [Column(column.place, column.title, "breakdown")]
    return [Column(column.place, column.title, "only", keep=("",))] if heading == "category" else []


def _indicators(column: Contents, names: Sequence[str], seen: View) -> Column:
    return Column(column.place, column.title, "indicator", keep=tuple(filter(seen.words.indicator, names)))

"""Which of a file's number columns are figures, of what, and which template column they fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.mapping.contents import Contents
from data.mapping.labels import Label
from data.mapping.measures import Measure, measure_of
from data.mapping.model import Figure, LeftOut
from data.mapping.roles import types_meant
from data.mapping.words import Words

NO_FIGURE = re.compile(
    r"\b(?:id|code|lat|latitude|long|longitude|easting|northing|uprn|fid|object ?id|sortable|geo ?[xy]|rank|decile"
    r"|quintile|la number|row|(?:foot)?notes?|(?:date|day|month|year) of birth|birth ?(?:date|day|month|year)"
    r"|d\.? ?o\.? ?b|sources agreeing\b.*)\b|^[xy]$|^born$",
    re.IGNORECASE,
)
FEWEST_AREAS = 2
MANY_AREAS = 5
SAYS = {
    "area": "no area held here in its heading",
    "period": "no period in its heading",
    "indicator": "not an indicator held here",
}


@dataclass(frozen=True)
class Rows:
    """What the rows of a file say themselves, so that headings need not."""

    area: bool
    period: bool
    indicator: bool


@dataclass(frozen=True)
class Across:
    """What the headings of the figures say."""

    area: bool
    period: bool
    indicator: bool

    @property
    def kind(self) -> str:
        """The kind of layout, see KINDS."""
        named = {"areas_across": self.area, "periods_across": self.period, "indicators_across": self.indicator}
        return next((kind for kind, holds in named.items() if holds), "other_headings")


@dataclass(frozen=True)
class Found:
    """The figures of a file, the number columns that are none, and what the headings say."""

    across: Across
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]


def may_be_figures(column: Contents, label: Label) -> bool:
    """Whether a column holds numbers that may be figures; one of marks only counts when its heading says of what."""
    if NO_FIGURE.search(column.plain_title):
        return False
    return column.numeric or (column.marks_only and bool(label.codes or label.period or label.indicator))


def find_figures(
    columns: Sequence[Contents], labels: Sequence[Label], rows: Rows, words: Words, unit: Measure | None
) -> Found:
    """The figures among the number columns; `unit` is what a column of units says of all of them."""
    pairs = [(column, _sure(label, labels, words)) for column, label in zip(columns, labels, strict=True)]
    changes = [LeftOut(c.place, c.title, _no_figure(label.fills)) for c, label in pairs if _no_figure(label.fills)]
    pairs = [(column, label) for column, label in pairs if not _no_figure(label.fills)]
    across = _across([label for _, label in pairs], rows)
    near = {name for _, label in pairs for name in label.near}
    reasons = [_unsaid(label, across, words) or _above_only(label, across, near) for _, label in pairs]
    silent = [LeftOut(c.place, c.title, why) for (c, _), why in zip(pairs, reasons, strict=True) if why]
    figures = [_figure(*pair, across, unit) for pair, why in zip(pairs, reasons, strict=True) if not why]
    plain, unclear = _clear(figures)
    return Found(across, tuple(plain), (*changes, *silent, *unclear))


def across_of(labels: Sequence[Label], rows: Rows, words: Words) -> Across:
    """What the headings of columns of figures say of them together."""
    sure = [_sure(label, labels, words) for label in labels]
    return _across([label for label in sure if not _no_figure(label.fills)], rows)


def _sure(label: Label, labels: Sequence[Label], words: Words) -> Label:
    """The label with the areas that its heading can mean among these headings."""
    if not label.codes or label.coded:
        return label
    types = types_meant([other.name or other.series or "unknown" for other in labels], words)
    return replace(label, codes=tuple(code for code in label.codes if words.catalogue.areas[code].type in types))


def _no_figure(fills: str) -> str:
    reasons = {"change": "a change between periods, not a figure of one", "other": "limits other than 95 %"}
    return reasons.get(fills, "")


def _across(labels: Sequence[Label], rows: Rows) -> Across:
    named = sum(bool(label.codes) for label in labels)
    area = named > len(labels) / 2 and named >= (MANY_AREAS if rows.area else FEWEST_AREAS)
    # “Population 2023” beside a column of counts is no table of periods.
    counted = [label for label in labels if label.fills != "denominator"]
    dated = sum(bool(label.period) for label in counted)
    return Across(
        area=area,
        period=not rows.period and 0 < len(counted) <= 2 * dated,
        indicator=not rows.indicator and any(label.indicator for label in labels),
    )


def _unsaid(label: Label, across: Across, words: Words) -> str:
    """Why the figures of a heading have no place in the file's layout; empty when they have."""
    if across.area and len(label.codes) > 1:
        return "its name stands for more than one area"
    if label.codes and not across.area:
        return "about another area than its row"
    if across.area and label.codes and words.catalogue.areas[label.codes[0]].comparator_only:
        return "in Wales, which only serves comparison"
    return next((SAYS[name] for name, says in label.dimensions.items() if getattr(across, name) and not says), "")


def _above_only(label: Label, across: Across, near: set[str]) -> str:
    """Why a heading that is not understood does not take what the group heading above it says.

    Under “North East” over the headings “Cleveland” and “Northumberland”, the latter is no figure of the North East.
    """
    taken = [name for name, says in label.dimensions.items() if says and getattr(across, name) and name in near]
    strange = label.series and not label.labelled
    return next((SAYS[name] for name in taken if strange and name not in label.near), "")


def _figure(column: Contents, label: Label, across: Across, unit: Measure | None) -> Figure:
    kind = _of_unit(column, label, unit)
    return Figure(
        column.place,
        column.title,
        kind.fills or ("numerator" if column.whole else "value"),
        _series(column, label, across),
        kind.per,
        kind.labelled,
        area_code=label.codes[0] if across.area else "",
        area_name=label.name if across.area else "",
        period=label.period if across.period else "",
        indicator=label.indicator if across.indicator else "",
    )


def _of_unit(column: Contents, label: Label, unit: Measure | None) -> Label:
    """The label with what cells such as `45%`, a column of units or the title say where the heading does not."""
    if label.labelled:
        return label
    if column.percent:
        return replace(label, fills="value", per=100.0, labelled=True)
    return label if unit is None else replace(label, fills=unit.fills, per=unit.per, labelled=True)


def _series(column: Contents, label: Label, across: Across) -> str:
    """What tells a figure from another about the same; nothing for a heading that only says “value”."""
    if across != Across(area=False, period=False, indicator=False):
        return label.series
    return "" if not label.labelled and not label.series and not measure_of(column.title).rest else column.title


def _clear(figures: Sequence[Figure]) -> tuple[list[Figure], list[LeftOut]]:
    """Where some headings say count, rate or plain “value”, number columns that say nothing are not guessed at."""
    told = {(figure.about, figure.fills) for figure in figures if figure.labelled}
    plain = {figure.about for figure in figures if not figure.labelled and not figure.series}
    spoken = {about for about, fills in told if fills in ("numerator", "value")} | plain
    kept, unclear = [], []
    for figure in figures:
        if figure.labelled or figure.about not in spoken:
            kept.append(figure)
        elif not figure.series and (free := _free(figure, told)):
            kept.append(replace(figure, fills=free))
        else:
            unclear.append(LeftOut(figure.place, figure.title, "its heading does not say what it holds"))
    return kept, unclear


def _free(figure: Figure, told: set[tuple[tuple[str, str, str], str]]) -> str:
    """What a column headed “value” fills beside others: what its cells look like, or the value when that is taken."""
    return next((fills for fills in (figure.fills, "value") if (figure.about, fills) not in told), "")

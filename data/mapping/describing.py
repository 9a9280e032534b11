"""How a file would be read, in plain words: what it has, and how that is read."""

from __future__ import annotations

from collections.abc import Sequence

from data.catalogue import Catalogue
from data.mapping.fitting import computed, fitted
from data.mapping.model import KINDS, Column, Figure, Mapping, missing, series
from data.mapping.words import Words, period, read_period, words_of
from data.periods import day

Row = tuple[str, str]
FILLS = {
    "numerator": "the count",
    "denominator": "the denominator",
    "value": "the value",
    "lower": "the lower 95 % limit",
    "upper": "the upper 95 % limit",
}
USES = {
    "area_code": "the code",
    "area_name": "the name",
    "indicator": "the indicator",
    "period": "the period",
    "period_part": "the quarter or month of the period",
    "period_start": "the first day of the period",
    "period_end": "the last day of the period",
    "first_day": "the first day of a month or quarter, where they follow so, or of a period as long as the indicator’s",
    "last_day": "the last day of a period as long as the indicator’s",
    "status": "the note",
    "comment": "the comment",
    "breakdown": "what the figure is broken down by; the total where it says all",
}
LEVELS = ("of the country", "of the region", "of the area", "of a smaller place: rows that name one are left out")
ASKED = {
    "figure": "which of the columns of figures to read",
    "area": "the area that the file is about",
    "indicator": "the indicator that the figures are of",
    "period": "the period that the figures are of",
}


def describe(mapping: Mapping, catalogue: Catalogue) -> list[Row]:
    """Rows of two texts, for a table: what the file has, and how it is read. Titles are text from the file."""
    words = words_of(catalogue)
    fit = fitted(mapping, words)
    total = len(mapping.columns) + len(mapping.figures) + len(mapping.left_out)
    read = len(fit.columns) + len(fit.figures)
    layout = f"{KINDS[mapping.kind]}; {read:,} of {total:,} columns are read, headings in row {mapping.heading_row}"
    return [
        ("The file", layout),
        *((f"Column “{column.title}”", _use(column)) for column in fit.columns),
        *_figures(fit, words),
        *_constants(mapping, catalogue),
        *_left_out(fit),
        *(("To be chosen", ASKED[name]) for name in missing(mapping)),
    ]


def _use(column: Column) -> str:
    if column.use == "only":
        kept = " or ".join(f"“{text}”" if text else "blank" for text in column.keep)
        return f"only rows in which it is {kept} are read"
    if column.use == "indicator":
        return f"{USES['indicator']}; {len(column.keep)} of its texts are indicators held here"
    if column.use == "period":
        return f"{USES['period']}{_such_as(column.keep[0]) if column.keep else ''}"
    level = LEVELS[column.level] if column.use in ("area_code", "area_name") else ""
    return f"{USES[column.use]} {level}".strip()


def _figures(mapping: Mapping, words: Words) -> list[Row]:
    """One row for each way in which figures are read, with the first and last heading."""
    alike: dict[str, list[Figure]] = {}
    for figure in mapping.figures:
        alike.setdefault(_meaning(figure, mapping, words), []).append(figure)
    return [(_between([figure.title for figure in figures]), meaning) for meaning, figures in alike.items()]


def _meaning(figure: Figure, mapping: Mapping, words: Words) -> str:
    named = {"area": figure.area_code, "period": figure.period, "indicator": figure.indicator}
    over = " and ".join(name for name, said in named.items() if said)
    called = f" called “{figure.series}”" if figure.series and not figure.labelled and over else ""
    per = f", per {figure.per:,.0f}" if figure.per else ""
    made = "; read only where there is no count, because the program makes the rate from the count"
    said = f" of the {over} in the heading" if over else ""
    asked = " (one of these is to be chosen)" if figure.series in series(mapping) else ""
    example = _such_as(mapping.figures[0].period) if figure.period else ""
    return f"{FILLS[figure.fills]}{called}{per}{said}{example}{made if computed(figure, mapping, words) else ''}{asked}"


def _constants(mapping: Mapping, catalogue: Catalogue) -> list[Row]:
    indicator, area = catalogue.indicators.get(mapping.indicator), catalogue.areas.get(mapping.area_code)
    rows = [
        ("indicator", indicator.name if indicator else mapping.indicator),
        ("period", f"{mapping.period}{_such_as(mapping.period, '')}" if mapping.period else ""),
        ("area", f"{area.name} ({area.code})" if area else mapping.area_code),
    ]
    return [("The whole file", f"{name}: {text}") for name, text in rows if text]


def _such_as(text: str, begin: str = ", such as ") -> str:
    """A period from the file and the days it is read as, so that a person sees a year that is not the one meant."""
    found = read_period(period(text))
    days = f"{day(found.start)} to {day(found.end)}" if found else "cannot be read"
    return f"{begin}“{text}”: {days}" if begin else f": {days}"


def _left_out(mapping: Mapping) -> list[Row]:
    reasons = dict.fromkeys(column.why for column in mapping.left_out)
    titles = {why: [column.title for column in mapping.left_out if column.why == why] for why in reasons}
    return [(_between(titles[why]), f"left out: {why}") for why in reasons]


def _between(titles: Sequence[str], most: int = 3) -> str:
    if len(titles) == 1:
        return f"Column “{titles[0]}”"
    if len(titles) <= most:
        return "Columns " + ", ".join(f"“{title}”" for title in titles)
    return f"{len(titles):,} columns, from “{titles[0]}” to “{titles[-1]}”"

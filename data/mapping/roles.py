"""Which columns say what the rows are about: areas, periods, indicators, parts, notes. What is left may be figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from data.mapping.contents import Contents
from data.mapping.measures import measure_of
from data.mapping.model import AREA_TYPES, Column
from data.mapping.places import LEVELS, SMALLER_LEVEL, is_blank, level_of, pairs_with
from data.mapping.words import AREA_CODE, Words, day_in, period
from data.templates import NOTE_MARKS

HALF, MANY = 0.5, 0.6
AREA_HEADING = re.compile(
    r"\b(?:area|force|region|country|nation|geography|geo ?name|place|location|pfa|government office)\b", re.IGNORECASE
)
SMALLER_HEADING = re.compile(
    r"\b(?:local authorit(?:y|ies)|la|district|borough|wards?|partnership|csp|county|counties|ua|unitary|lad|ltla|utla"
    r"|[lm]soa|constituency|icb|ccg|trust|sub[- ]?area|basic command unit|bcu|policing area|neighbourhood|parish"
    r"|division)\b|^(?:LAD|LTLA|UTLA|CSP|WD|LSOA|MSOA|ICB|CCG|CTYUA)\d*NM$",
    re.IGNORECASE,
)
NO_AREA_HEADING = re.compile(r"\b(?:type|level|compared|parent|similar|neighbour|variants?|slug)\b", re.IGNORECASE)
PERIOD_HEADING = re.compile(
    r"\b(?:period|years?|time|dates?|month|quarter|ending|financial year|calendar year)\b", re.IGNORECASE
)
NO_PERIOD_HEADING = re.compile(
    r"\b(?:sortable|range|identifier|effective|published|updated|release|notes?|edition)\b", re.IGNORECASE
)
BIRTH_HEADING = re.compile(r"\b(?:birth(?: ?(?:date|day|month|year))?|born|dob)\b|\bd\. ?o\. ?b\b", re.IGNORECASE)
"""A date of birth is about a person, and never the period of a figure."""
PART_HEADING = re.compile(r"\b(?:quarter|month|time identifier)\b", re.IGNORECASE)
PART = re.compile(r"(?:q(?:uarter)? ?)?[1-4]|[a-z]{3,9}|academic year", re.IGNORECASE)
MEASURE_HEADING = re.compile(
    r"\b(?:indicator|measure|metric|offences?|data item|short desc|variable|statistic|crime type|category of)\b",
    re.IGNORECASE,
)
STATUS_HEADING = re.compile(r"\b(?:status|marker|flag|symbol|qualifier|shorthand|notes?)\b", re.IGNORECASE)
STATUSES = {
    "normal value": "",
    "normal": "",
    "low reliability": "u",
    "unreliable": "u",
    "provisional": "p",
    "provisional value": "p",
    "revised": "r",
    "missing value": "x",
    "not available": "x",
    "not applicable": "z",
    "confidential": "c",
    "suppressed": "c",
    "statistical disclosure control": "c",
}
COMMENT_HEADING = re.compile(r"\b(?:value notes?|comments?|remarks?)\b", re.IGNORECASE)


def area_columns(columns: Sequence[Contents], words: Words) -> list[Column]:
    """The columns of codes and names of areas, each with its level; one code and one name for each level."""
    coded = [column for column in columns if _share(column, lambda text: bool(AREA_CODE.fullmatch(text))) >= HALF]
    codes = [Column(one.place, one.title, "area_code", max(level_of(t, words) for t in one.distinct)) for one in coded]
    by_pair = {pairs_with(column.title): column.level for column in codes}
    others = [column for column in columns if column not in coded and column.distinct]
    names = [found for column in others if (found := _name(column, by_pair, bool(codes), words))]
    first: dict[tuple[str, int, int], Column] = {}
    # A heading such as “Parent Code” is taken only where no other column is of that level. Every column of smaller
    # places is kept, because a row that names one of them is not about the whole.
    for column in sorted([*codes, *names], key=lambda one: bool(NO_AREA_HEADING.search(one.title))):
        own = column.place if column.level >= SMALLER_LEVEL else 0
        first.setdefault((column.use, column.level, own), column)
    return sorted(first.values(), key=lambda column: column.place)


def types_meant(texts: Sequence[str], words: Words) -> tuple[str, ...]:
    """The types of area that a set of names may stand for.

    In a table of local authorities “Kent” and “Norfolk” are counties, not force areas; in one of force areas
    “West Midlands” is the force area, in one of regions the region.
    """
    found = [words.codes(text) for text in texts if not is_blank(text)]
    sure = {words.catalogue.areas[codes[0]].type for codes in found if len(codes) == 1}
    known = sum(map(bool, found))
    if known < MANY * len(found):
        return ("region", "country")
    if "police_force_area" in sure and "region" not in sure:
        return ("police_force_area", "country")
    return ("region", "country") if "region" in sure and "police_force_area" not in sure else AREA_TYPES


def period_columns(columns: Sequence[Contents]) -> list[Column]:
    """The column of periods, or of first and last days, and one of quarters or months beside a year."""
    known = [column for column in columns if _is_period(column)]
    days = [column for column in known if column.days]
    whole = [column for column in known if column not in days]
    if whole:
        best = max(
            whole, key=lambda column: (bool(PERIOD_HEADING.search(column.plain_title)), column.periods, -column.place)
        )
        main = Column(best.place, best.title, "period", keep=tuple(filter(period, best.distinct))[:1])
        return [main, *(part for column in columns if (part := _part(column, best)))][:2]
    first = [column for column in days if _is_first(column)]
    last = [column for column in days if column not in first]
    if first and last:
        return [
            Column(first[0].place, first[0].title, "period_start"),
            Column(last[0].place, last[0].title, "period_end"),
        ]
    return [Column(column.place, column.title, "first_day" if column in first else "last_day") for column in days[:1]]


def says_period(column: Contents) -> bool:
    """Whether a column holds periods under a heading that says so, and is no figure even where another one is used."""
    return bool(PERIOD_HEADING.search(column.plain_title)) and _is_period(column)


def measure_columns(columns: Sequence[Contents], words: Words) -> list[Column]:
    """The column that names the indicators, when there is one; `keep` lists its texts that are known here."""
    found = [
        Column(column.place, column.title, "indicator", keep=tuple(filter(words.indicator, column.distinct)))
        for column in columns
        if not column.numeric
    ]
    return sorted((column for column in found if column.keep), key=lambda column: -len(column.keep))[:1]


def several_measures(columns: Sequence[Contents]) -> Contents | None:
    """The column that names more than one measure, by its heading."""
    named = [column for column in columns if MEASURE_HEADING.search(column.plain_title) and not column.numeric]
    return next((column for column in named if len(column.distinct) > 1), None)


def note_columns(columns: Sequence[Contents]) -> list[Column]:
    """Columns of marks and of words such as “low reliability”, and of comments."""
    found = []
    for column in columns:
        known = _share(column, lambda text: text.strip("[]() ").lower() in NOTE_MARKS or text.lower() in STATUSES)
        if column.distinct and known == 1 and STATUS_HEADING.search(column.plain_title):
            found.append(Column(column.place, column.title, "status"))
        elif COMMENT_HEADING.search(column.plain_title) and not column.numeric:
            found.append(Column(column.place, column.title, "comment"))
    return list({column.use: column for column in reversed(found)}.values())


def unit_column(columns: Sequence[Contents]) -> Contents | None:
    """The column that says whether a row holds a count or a rate."""
    # A date such as 01/02/2001 looks like “per 2” to a reader of measures.
    words = [c for c in columns if c.distinct and not c.numeric and not c.days]
    return next((c for c in words if all(measure_of(text).said for text in c.distinct)), None)


def _share(column: Contents, holds: Callable[[str], bool]) -> float:
    return sum(map(holds, column.distinct)) / len(column.distinct) if column.distinct else 0.0


def _name(column: Contents, by_pair: dict[str, int], coded: bool, words: Words) -> Column | None:
    heading = column.plain_title
    if column.numeric or re.search(r"\b(?:type|level|compared|variants?|slug|number)\b", heading, re.IGNORECASE):
        return None
    level = by_pair.get(pairs_with(column.title))
    known = [text for text in column.distinct if words.codes(text)]
    smaller = bool(SMALLER_HEADING.search(heading))
    if (
        level is None
        and not smaller
        and not (known and (AREA_HEADING.search(heading) or len(known) >= 0.3 * len(column.distinct)))
    ):
        return None
    types = types_meant(column.distinct, words)
    if level is None:
        level = SMALLER_LEVEL if smaller else max((_level(text, types, words) for text in known), default=0)
    if level >= SMALLER_LEVEL:
        # A column of local authorities may hold regions, but what looks like a force area there is a county.
        types = () if coded else ("region", "country")
    return Column(column.place, column.title, "area_name", level, areas=types)


def _level(text: str, types: tuple[str, ...], words: Words) -> int:
    return max((LEVELS[words.catalogue.areas[code].type] for code in words.codes(text, types)), default=0)


def _is_period(column: Contents) -> bool:
    heading = column.plain_title
    if NO_PERIOD_HEADING.search(heading) or BIRTH_HEADING.search(heading) or column.periods < MANY:
        return False
    return bool(PERIOD_HEADING.search(heading)) or not column.numeric or (column.years and column.place == 0)


def _is_first(column: Contents) -> bool:
    if re.search(r"\b(?:start|from|first|begin\w*)\b", column.plain_title, re.IGNORECASE):
        return True
    ends = re.search(r"\b(?:end|ending|to|last)\b", column.plain_title, re.IGNORECASE)
    return not ends and all(day.day == 1 for text in column.distinct if (day := day_in(text)))


def _part(column: Contents, year: Contents) -> Column | None:
    heading = column.plain_title
    if column is year or not PART_HEADING.search(heading) or BIRTH_HEADING.search(heading) or not column.distinct:
        return None
    if column.numeric and not re.search("quarter", heading, re.IGNORECASE):
        return None
    first = period(year.distinct[0])
    fits = all(PART.fullmatch(text) and joined(first, text) for text in column.distinct)
    return Column(column.place, column.title, "period_part") if fits else None


def joined(year: str, part: str) -> str:
    """A year and its quarter or month as one period; empty when they make none."""
    if part.lower() == "academic year":
        return f"Sep {year[:4]} to Aug {int(year[:4]) + 1}" if re.fullmatch(r"\d{4}\D\d\d", year) else ""
    number = part.lower().removeprefix("quarter").removeprefix("q").strip()
    return next(filter(None, map(period, (f"{year} Q{number}", f"{part} {year}"))), "")

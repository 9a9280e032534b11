"""What a cell or heading means: an area, an indicator or a period, whatever notes are glued to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data import periods
from data.catalogue import Catalogue
from data.catalogue.names import area_names, plain_name
from data.mapping.model import AREA_TYPES
from data.periods import Period

AREA_CODE = re.compile(r"[A-Z]\d{8}", re.IGNORECASE)
CODE_INSIDE = re.compile(r"\b[A-Z]\d{8}\b")
GLUED = re.compile(
    r"(?:\s*[\[(]\s*(?:(?:see |foot)?notes?|fn|[a-z])?[\s\d,;&and.]*[\])]"
    r"|(?<!\d)(?:[\s,;]*\d{1,2}(?!\d))+|[\s,;.*†‡§#¹²³⁰⁴⁵⁶⁷⁸⁹]+)$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]$")
TYPE_WORDS = {
    "region": ("region", "regions", "government office region"),
    "police_force_area": ("police force area", "police force", "force area", "force", "police service", "police"),
}
PARTED = re.compile(r"([\s()\[\]:;|]+|,\s|_|(?<!\d)\s?[-–—]\s|\s[-–—]\s?(?!\d))")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?|(\d\d?)/(\d\d?)/(\d{4})")
SIX_FIGURES = re.compile(r"((?:19|20)\d\d)(\d\d)")
EARLIEST, LATEST = 1950, 2100
LONGEST_PERIOD = 9
LONGEST = 300
"""A longer text is prose, and no name, period or heading is looked for in it."""


@dataclass(frozen=True, eq=False)
class Words:
    """The names of the catalogue by their plain spelling: areas to codes, indicators to keys."""

    catalogue: Catalogue
    areas: dict[str, list[str]]
    indicators: dict[str, str]

    def codes(self, text: str, types: Iterable[str] = AREA_TYPES) -> tuple[str, ...]:
        """The codes of the areas of these types that a code or name may mean; none, one or more."""
        written = CODE_INSIDE.findall(text.upper()) if len(text) <= LONGEST else []
        if written:
            return tuple(code for code in written[:1] if code in self.catalogue.areas)
        found = next((codes for codes in map(self._named, spellings(text)) if codes), [])
        return tuple(code for code in found if self.catalogue.areas[code].type in types)

    def indicator(self, text: str) -> str:
        """The key of the indicator that a text names; empty when it names none."""
        return self.indicators.get(plain_measure(text), "")

    def _named(self, spelling: tuple[str, str]) -> list[str]:
        name, kind = spelling
        codes = self.areas.get(name, [])
        return [code for code in codes if not kind or self.catalogue.areas[code].type == kind]


@lru_cache(maxsize=4)
def words_of(catalogue: Catalogue) -> Words:
    """The words of a catalogue, made once for each."""
    named = {text: key for key, item in catalogue.indicators.items() for text in (item.name, key)}
    return Words(catalogue, area_names(catalogue), {plain_measure(text): key for text, key in named.items()})


def tidy(text: str) -> str:
    """A text in one line, without blanks around it."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def without_notes(text: str) -> str:
    """A name without the notes glued to its end: `Humberside [note 4]`, `Greater Manchester8,9`, `London10`."""
    plain = tidy(text)
    if AREA_CODE.fullmatch(plain) or len(plain) > LONGEST:
        return plain
    while plain and (shorter := GLUED.sub("", plain)) != plain:
        plain = shorter
    return plain


def spellings(text: str) -> Iterator[tuple[str, str]]:
    """Plain spellings of a name, most exact first, each with the type of area that its last words say, if any."""
    for name in dict.fromkeys((tidy(text), without_notes(text), without_notes(text).replace("_", " "))):
        plain = plain_name(name)
        yield plain, ""
        for kind, endings in TYPE_WORDS.items():
            for ending in endings:
                if plain.endswith(f" {ending}"):
                    yield plain.removesuffix(f" {ending}"), kind


def plain_measure(text: str) -> str:
    """A measure's name without case, notes, punctuation and a last word such as “offences”."""
    plain = re.sub(r"[\W_]+", " ", without_notes(text).lower().replace("&", " and ")).strip()
    return re.sub(r"(?<=\w) (?:offences?|crimes?|incidents?)$", "", plain)


def period(text: str) -> str:
    """The text of a period without notes glued to it, such as `Apr '07 to Mar '083`; empty when it is no period."""
    plain = tidy(text.replace("’", "'").replace("‘", "'"))
    if len(plain) > LONGEST or not any(map(str.isdigit, plain)):
        return ""
    if found := SIX_FIGURES.fullmatch(plain):
        return _of_six(*found.groups())
    for candidate in dict.fromkeys((plain, IN_BRACKETS.sub("", plain))):
        for shorter in _shortened(candidate):
            if read_period(shorter):
                return shorter
    return ""


def day_in(text: str) -> date | None:
    """The day that a cell holds as a date alone, ISO or British."""
    found = DAY.fullmatch(text)
    if not found:
        return None
    year, month, day, british_day, british_month, british_year = found.groups()
    try:
        return date(int(year or british_year), int(month or british_month), int(day or british_day))
    except ValueError:
        return None


def _of_six(year: str, more: str) -> str:
    """`202425` is the year 2024/25 and `202407` July 2024, as government files write them."""
    if (int(year) + 1) % 100 == int(more):
        return f"{year}/{more}"
    return f"{year}-{more}" if 1 <= int(more) <= 12 else year


def read_period(text: str) -> Period | None:
    """The period, when it is one that figures may be of; `Mar-2112` is March 2021 with a note rather than 2112."""
    found = periods.parse(text)
    return found if found and EARLIEST <= found.start.year and found.end.year <= LATEST else None


def period_inside(text: str) -> tuple[str, str]:
    """The longest period within a text and what stands around it; both empty-handed when there is none."""
    parts = PARTED.split(text) if len(text) <= LONGEST else [""]
    found = [(period("".join(parts[a:b]).replace("_", " ")), a - b, a) for a, b in _windows(len(parts))]
    best, length, first = max(found, key=lambda window: (len(window[0]), *window[1:]), default=("", 0, 0))
    if not best:
        return "", text
    around = tidy("".join(parts[:first]) + " " + "".join(parts[first - length :]))
    return best, re.sub(r"[(\[]\s*[)\]]", "", around).strip(" -–—:,;|_")


def periods_of_title(text: str) -> list[str]:
    """The periods that a title line names, in order. A bare month or year counts only after a word such as “in”."""
    plain = tidy(text)
    found, _ = period_inside(plain)
    before, met, after = plain.partition(found) if found else ("", "", "")
    if not met:
        return []
    here = [found] if _is_said(found, before) else []
    return [*periods_of_title(before), *here, *periods_of_title(after)]


def _is_said(found: str, before: str) -> bool:
    spoken = read_period(found)
    bare = re.fullmatch(r"\d{4}", found) or (spoken and spoken.months == 1)
    return not bare or bool(re.search(r"\b(in|for|during|month|year|quarter|period)[ :]*$", before, re.IGNORECASE))


def _shortened(text: str) -> Iterator[str]:
    yield text
    shorter = text
    while (cut := GLUED.sub("", shorter) if shorter.endswith(("]", ")")) else _last_cut(shorter)) != shorter:
        shorter = cut
        yield shorter


def _last_cut(text: str) -> str:
    """One glued mark less; at most the notes go, so that a year of four digits is never cut into."""
    cut = re.sub(r"(?:[\d¹²³⁰⁴⁵⁶⁷⁸⁹*†‡]|(?<=[\d\s])[pr]|[\s,;]+)$", "", text)
    return cut if re.search(r"\d{2}$|\d[\s,;]*\d*$", cut) else text


def _windows(length: int) -> Iterator[tuple[int, int]]:
    """First and last index of every short run of parts that begins and ends with a word; between words stand marks."""
    for first in range(0, length, 2):
        for last in range(first + 1, min(first + 2 * LONGEST_PERIOD, length + 1), 2):
            yield first, last

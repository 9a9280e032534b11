"""What a heading says of its figures: a count, a rate per so many, a limit, or a change that is no figure at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.mapping.words import LONGEST, tidy, without_notes

CHANGE = re.compile(
    r"(?:percent(?:age)?|per cent|%|pct)(?:[\s_]*points?)?[\s_]*(?:change|difference|increase)"
    r"|change[\s_(]*(?:%|percent|pct)|\brevision\b"
    r"|\b(?:change|difference|increase)[\s_]+(?:since|from|between|on|over|in|compared)\b|^change$|^difference$"
    r"|year[- ]on[- ]year",
    re.IGNORECASE,
)
PER = r"(?:per|/)[\s_]*(\d[\d,]*|thousand|million)"
RATE = re.compile(
    rf"(?:(?:crude|standardi[sz]ed|directly|age|rolling)[\s_-]+)*\brates?\b[\s_]*(?:{PER})?|{PER}", re.IGNORECASE
)
OF_PEOPLE = re.compile(r"^[\s_]*(?:population|people|residents|persons|households|inhabitants)\b", re.IGNORECASE)
SHARE = re.compile(r"%|\bper[\s_]?cent(?:age)?s?\b|(?<![a-z])pct(?![a-z])|\bproportion\b", re.IGNORECASE)
LIMIT = re.compile(
    r"\b(lower|upper|lcl|ucl|lci|uci)\b[\s_]*(?:(?:ci|cl|confidence|limit|interval|bound|\d\d(?:\.\d)?)[\s_%]*)*",
    re.IGNORECASE,
)
OTHER_LIMIT = re.compile(r"99[\s_.]?8|\b90\b")
COUNT = re.compile(
    r"\b(?:number|count|numerator|no\.|total number|volume|frequency)s?\b(?:[\s_]*of\b)?"
    r"|^(?:total|n|no|offences|incidents|cases)$",
    re.IGNORECASE,
)
DENOMINATOR = re.compile(r"\b(?:denominator|population(?: estimate)?)\b", re.IGNORECASE)
VALUE = re.compile(r"^(?:obs(?:ervation)?[\s_]*)?(?:values?|figures?|observations?|measure value|v4.*)$", re.IGNORECASE)
WORDS_FOR_MANY = {"thousand": 1_000.0, "million": 1_000_000.0}


@dataclass(frozen=True)
class Measure:
    """`fills` is a template column, `change` for what is no figure of a period, `other` for limits that are not read.

    It is empty where the words do not say; `rest` is the text without the words that said it.
    """

    fills: str
    rest: str
    per: float = 0
    said: bool = True


def measure_of(text: str) -> Measure:
    """What a heading says of its figures."""
    plain = spaced(without_notes(text))
    if len(plain) > LONGEST:
        return Measure("", plain, said=False)
    if CHANGE.search(plain):
        return Measure("change", "")
    for reader in (_limit, _rate, _share, _denominator, _count, _value):
        found = reader(plain)
        if found:
            return found
    return Measure("", plain, said=False)


def spaced(text: str) -> str:
    """A heading with blanks between its words: `Total_Count` and `CrudeRate` as people would write them."""
    return tidy(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("_", " ")))


def _limit(plain: str) -> Measure | None:
    found = LIMIT.search(plain)
    if not found:
        return None
    fills = "lower" if found[1].lower().startswith("l") else "upper"
    return Measure("other" if OTHER_LIMIT.search(plain) else fills, "")


def _rate(plain: str) -> Measure | None:
    found = RATE.search(plain)
    if not found:
        return None
    many = next(filter(None, found.groups()), "").lower().replace(",", "")
    per = WORDS_FOR_MANY.get(many) or float(many or 0)
    after = OF_PEOPLE.sub("", plain[found.end() :])
    return Measure("value", _rest(plain[: found.start()], after), per)


def _share(plain: str) -> Measure | None:
    found = SHARE.search(plain)
    return Measure("value", _rest(plain[: found.start()], plain[found.end() :]), 100.0) if found else None


def _denominator(plain: str) -> Measure | None:
    found = DENOMINATOR.search(plain)
    return Measure("denominator", _rest(plain[: found.start()], plain[found.end() :])) if found else None


def _count(plain: str) -> Measure | None:
    found = COUNT.search(plain)
    return Measure("numerator", _rest(plain[: found.start()], plain[found.end() :])) if found else None


def _value(plain: str) -> Measure | None:
    return Measure("", "", said=False) if VALUE.search(plain) else None


def _rest(before: str, after: str) -> str:
    """What is left around the words that were understood, without the small words that joined them."""
    joined = re.sub(r"[(\[]\s*[)\]]", " ", f"{before} {after}")
    return tidy(re.sub(r"^\W*(?:of|the|in|for|by|and)\b|\b(?:of|the|in|for|by|and)\W*$", " ", joined.strip())).strip(
        " -–—:,;|()"
    )

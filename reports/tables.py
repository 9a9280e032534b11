"""What the package holds: its tables and every column of them, with types, units, keys and words. Told only here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Type = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True)
class Field:
    """A column: its name, type, what it holds, its unit, whether it is never missing, and the values it may take."""

    name: str
    type: Type
    description: str
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A foreign key: columns whose values stand in columns of another table, or of its own when `table` is empty."""

    fields: tuple[str, ...]
    table: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the package: what one row says, its columns, its key and its links."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field.name for field in self.fields]


def text(name: str, description: str, *, required: bool = False, choices: Sequence[str] = ()) -> Field:
    """A column of text."""
    return Field(name, "string", description, required=required, choices=tuple(choices))


def whole(name: str, description: str, unit: str = "", *, required: bool = False) -> Field:
    """A column of whole numbers."""
    return Field(name, "integer", description, unit, required)


def number(name: str, description: str, unit: str = "") -> Field:
    """A column of numbers."""
    return Field(name, "number", description, unit)


def truth(name: str, description: str) -> Field:
    """A column of true and false, never missing."""
    return Field(name, "boolean", description, required=True)


def day(name: str, description: str, *, required: bool = False) -> Field:
    """A column of dates."""
    return Field(name, "date", description, required=required)


UNIT = "the indicator’s unit"
COUNTED = "people, events or things, as the indicator says"
AREAS = "police force areas"
BY_AREA = Link(("area_code",), "areas", ("code",))
BY_INDICATOR = Link(("indicator",), "indicators", ("key",))
BY_COMMITMENT = Link(("commitment",), "commitments", ("key",))
BY_VERSION = Link(("submission_version",), "versions", ("version",))
AREA_CODE = text("area_code", "ONS code of the area, region or country", required=True)
INDICATOR = text("indicator", "Key of the indicator", required=True)
START = day("period_start", "First day of the period", required=True)
END = day("period_end", "Last day of the period", required=True)
INVENTED = truth("invented", "Whether the row is invented, or made with invented rows, for demonstration")
VERSION = whole("submission_version", "Data version with which the row was accepted", required=True)
HIDDEN = truth("hidden", "Whether figures are left out so that no person can be recognised")
REASON = text("reason", "Why there is no figure; blank where there is one")
VALUE = number("value", "The figure; where counts are rounded, made from the rounded counts", UNIT)
LIMITS = (number("lower", "Lower 95 % limit", UNIT), number("upper", "Upper 95 % limit", UNIT))
INCLUDED = (
    whole("areas_included", "How many areas the sum is made of; blank where the figure is no sum", AREAS),
    whole("areas_expected", "How many areas it would be made of if all had reported", AREAS),
)


def earlier(*fields: Field) -> tuple[Field, ...]:
    """The same columns of the baseline period; they may be missing."""
    return tuple(
        replace(field, name=f"earlier_{field.name}", description=f"{field.description}, baseline", required=False)
        for field in fields
    )


def optional(*fields: Field) -> tuple[Field, ...]:
    """The same columns where they may be missing."""
    return tuple(replace(field, required=False) for field in fields)


OBSERVATIONS = Table(
    "observations",
    "Observations",
    "One fact as it was reported by an area or taken from a publication: one indicator, area, period and part",
    (
        INDICATOR,
        AREA_CODE,
        START,
        END,
        text("breakdown_type", "What the row is broken down by; “total” where it is not", required=True),
        text("breakdown", "The part; “total” for the whole", required=True),
        text("organisation", "The organisation that the row is about; “whole area” where it is none", required=True),
        number("numerator", "The count, or the top of the fraction", COUNTED),
        number("denominator", "The bottom of the fraction; blank where it is the resident population", COUNTED),
        VALUE,
        *LIMITS,
        HIDDEN,
        text("note", "Government symbol for a missing or special number: x, z, c, low, u, p or r"),
        text("comment", "Words of the sender; left out where small numbers are hidden"),
        text("origin", "Where it comes from", required=True, choices=("reported", "published")),
        text("source", "The publication, or that the area reported it", required=True),
        text("edition", "The edition of the publication, or when it was sent"),
        INVENTED,
        VERSION,
    ),
    ("indicator", "area_code", "period_start", "period_end", "breakdown_type", "breakdown", "organisation"),
    (BY_INDICATOR, BY_AREA, BY_VERSION),
)
COMPARISONS = ("better", "worse", "higher", "lower", "similar", "not_compared")
RESULTS = Table(
    "results",
    "Computed results",
    "One figure of an area, a region or England in one period, with its limits, method and comparison",
    (
        INDICATOR,
        AREA_CODE,
        START,
        END,
        number("numerator", "The count, or the top of the fraction; of a region, the sum of its areas", COUNTED),
        number("denominator", "The bottom of the fraction; for rates per resident, the population", COUNTED),
        whole("population_year", "Mid-year of the population estimate; blank where none is used", "year"),
        VALUE,
        *LIMITS,
        text(
            "method",
            "How value and limits were made: wilson (score interval), byar (10 events or more), exact (Poisson, "
            "fewer), sum over sum, or as reported",
        ),
        text("note", "Government symbol that came with the figure"),
        text("origin", "Where it comes from", required=True, choices=("reported", "published", "sum of areas")),
        INVENTED,
        *INCLUDED,
        HIDDEN,
        REASON,
        number("benchmark", "England’s value for the same period", UNIT),
        text(
            "comparison",
            "Beside England: better, worse, similar, or without judgement higher or lower; England’s value inside the "
            "95 % limits is similar",
            choices=COMPARISONS,
        ),
        text("comparison_reason", "Why it is not compared"),
        number("dispersion", "How far areas vary beyond counting noise, which alone is 1"),
        number("adjusted_lower_998", "Lower 99.8 % limit around England’s figure, with usual variation", UNIT),
        number("adjusted_upper_998", "Upper 99.8 % limit around England’s figure, with usual variation", UNIT),
        text(
            "attention",
            "Whether the value lies beyond the adjusted limits (Spiegelhalter 2005)",
            choices=("low", "within", "high"),
        ),
        text("attention_reason", "Why nothing is said of attention"),
    ),
    ("indicator", "area_code", "period_start", "period_end"),
    (BY_INDICATOR, BY_AREA),
)
CHANGES = Table(
    "changes",
    "Change since July 2025",
    "The latest figure of an indicator in one place against its baseline, the last period that ends by 31 July 2025",
    (
        INDICATOR,
        AREA_CODE,
        *optional(START, END),
        VALUE,
        *LIMITS,
        *earlier(START, END, VALUE, *LIMITS),
        number("difference", "Latest minus baseline", UNIT),
        number("difference_lower", "Lower 95 % limit of the difference", UNIT),
        number("difference_upper", "Upper 95 % limit of the difference", UNIT),
        text("method", "How the limits of the difference were made: mover (Newcombe 1998, method 10)"),
        text(
            "change",
            "What the limits allow to be said",
            choices=("improved", "worsened", "higher", "lower", "no_clear_change", "cannot_be_calculated"),
        ),
        REASON,
        *INCLUDED,
        INVENTED,
    ),
    ("indicator", "area_code"),
    (BY_INDICATOR, BY_AREA),
)
INSIGHTS = Table(
    "insights",
    "What people told us",
    "One piece of evidence from one group of people that may be published",
    (
        text("commitment", "Key of the commitment", required=True),
        AREA_CODE,
        START,
        END,
        text("perspective", "Whose view it is", required=True),
        text("organisation", "The organisation that asked, or that the people belong to"),
        text("sector", "The sector they belong to"),
        text("method", "How people were asked"),
        whole("participants", "How many took part; blank when fewer than 8, or not told", "people"),
        whole("grade", "How well it works in practice, from 1 to 5; blank when not asked", "grade, an order"),
        text("direction", "Whether it has got better or worse; blank when not asked"),
        text("summary", "What they said, in the words of those who asked", required=True),
        text("quote", "Their own words, with consent; blank when fewer than 8 took part, or not told"),
        text("barriers", "What gets in the way, separated by semicolons"),
        text("enablers", "What helps, separated by semicolons"),
        text("not_heard", "Who was not heard, and why"),
        INVENTED,
        VERSION,
    ),
    (),
    (BY_COMMITMENT, BY_AREA, BY_VERSION),
)

"""What the catalogue holds, as frozen records. Keys are stable: they appear in uploads, addresses and exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

# The denominator that the program fills in itself, from the populations of the catalogue.
RESIDENT_POPULATION = "resident population"

AREA_TYPES = ("police_force_area", "region", "country")
MEASURES = ("proportion", "rate", "count", "mean", "index")
POLARITIES = ("higher_is_better", "lower_is_better", "no_judgement")
FREQUENCIES = ("monthly", "quarterly", "yearly")
PERIOD_TYPES = ("month", "quarter", "calendar_year", "financial_year", "rolling_year")
DISCLOSURES = ("already_published", "no_people_counted", "threshold_7")
STATUSES = ("proposed", "agreed")


@dataclass(frozen=True)
class Commitment:
    """One of the ten commitments of July 2025; `section` and `position` say where it stands in the source."""

    key: str
    title: str
    summary: str
    section: str
    position: int
    forerunners: tuple[str, ...]


@dataclass(frozen=True)
class Forerunner:
    """One bullet of the consensus of February 2018, in our own words."""

    key: str
    position: int
    summary: str


@dataclass(frozen=True)
class Organisation:
    """A signatory of 2018 or 2025, or a kind of local partner that reports figures (signed neither)."""

    key: str
    name: str
    sector: str
    work: str
    signed_2018: bool
    signed_2025: bool


@dataclass(frozen=True)
class Topic:
    """A tag for indicators, insights and practice: a topic or a broader theme of the 2016 paper."""

    key: str
    name: str


@dataclass(frozen=True)
class Area:
    """A place with an ONS code. `parent` is the code of its region or country, empty for a country."""

    code: str
    name: str
    type: str
    parent: str
    comparator_only: bool
    rates_given: bool
    other_names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name; regions say that they are, because West Midlands is also a force area."""
        return f"{self.name} region" if self.type == "region" else self.name


@dataclass(frozen=True)
class Indicator:
    """One definition. `expected_areas` is an area type, or the codes of the areas that are expected to report."""

    key: str
    name: str
    definition: str
    numerator: str
    denominator: str
    measure: str
    multiplier: float
    unit: str
    polarity: str
    frequency: str
    period_type: str
    due_days_after_period: int
    first_period: str
    expected_areas: str | tuple[str, ...]
    commitments: tuple[str, ...]
    topics: tuple[str, ...]
    reported_by: tuple[str, ...]
    person_centred: bool
    counts_add_up: bool
    disclosure: str
    source: str
    caveats: tuple[str, ...]
    status: str
    reviewed_by: str
    reviewed_on: date
    predecessor: str


# Compared by identity: a frame has no single truth value, and `digest` already says whether two catalogues are equal.
@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every definition, in file order. `populations` has the columns area_code, mid_year, population, source."""

    commitments: dict[str, Commitment]
    forerunners: dict[str, Forerunner]
    organisations: dict[str, Organisation]
    topics: dict[str, Topic]
    themes: dict[str, Topic]
    areas: dict[str, Area]
    populations: pd.DataFrame
    indicators: dict[str, Indicator]
    digest: str

    def expected_codes(self, key: str) -> tuple[str, ...]:
        """Codes of the areas expected to report the indicator `key`; a type stands for its areas of England only."""
        expected = self.indicators[key].expected_areas
        if not isinstance(expected, str):
            return expected
        return tuple(area.code for area in self.areas.values() if area.type == expected and not area.comparator_only)

    def inside(self, code: str) -> frozenset[str]:
        """Codes of an area and of all that it is made of; those shown for comparison only are in no other area."""
        parts = [area.code for area in self.areas.values() if area.parent == code and not area.comparator_only]
        return frozenset({code} & self.areas.keys()).union(*map(self.inside, parts))

"""Who is expected to report what, and which places belong together: the frames that every method starts from.

`rules` are indicators with the columns of `rules_of`, `areas` places with those of `areas_of`: of the catalogue as it
is, or of a data version as `data.publication` returns them.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pandas as pd

from data import periods
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.errors import UserError
from data.template_files import reported_by_areas
from metrics.completeness import schedule, state
from metrics.evaluation import since

ENGLAND = "E92000001"
FACT = ["area_code", "indicator", "period_start", "period_end"]
NEEDED = ["measure", "multiplier", "polarity", "counts_add_up", "due_days_after_period", "commitments"]


def rules_of(catalogue: Catalogue) -> pd.DataFrame:
    """The indicators of the catalogue, one row each: `key` and every other field of its definition."""
    return pd.DataFrame([asdict(item) for item in catalogue.indicators.values()])


def areas_of(catalogue: Catalogue) -> pd.DataFrame:
    """The places of the catalogue, one row each: `code`, `name`, `type`, `parent`, `comparator_only`."""
    return pd.DataFrame([asdict(area) for area in catalogue.areas.values()])


def forces(areas: pd.DataFrame) -> pd.DataFrame:
    """The police force areas of England, without those shown for comparison only."""
    return areas[(areas["type"] == "police_force_area") & ~areas["comparator_only"]]


def memberships(areas: pd.DataFrame) -> pd.DataFrame:
    """Each force area once for its region and once for England: area_code, region_code."""
    codes, parents = forces(areas)["code"], forces(areas)["parent"]
    regional = pd.DataFrame({"area_code": codes, "region_code": parents})
    return pd.concat([regional, regional.assign(region_code=ENGLAND)], ignore_index=True)


def expected_pairs(rules: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator and area that is expected to report it, with what the methods need to know of it."""
    of_type = areas[~areas["comparator_only"]].groupby("type")["code"].agg(list)
    codes = rules["expected_areas"].map(lambda asked: of_type.get(asked, []) if isinstance(asked, str) else asked)
    pairs = rules[NEEDED].assign(
        indicator=rules["key"], area_code=codes, resident_population=rules["denominator"] == RESIDENT_POPULATION
    )
    pairs = pairs.explode("area_code", ignore_index=True)
    return pairs[pairs["area_code"].notna()].reset_index(drop=True)


def areas_within(catalogue: Catalogue, code: str) -> list[str]:
    """The force areas that make up England, a region, or the area itself."""
    found = [area for area in catalogue.areas.values() if area.type == "police_force_area" and not area.comparator_only]
    return [area.code for area in found if code in (ENGLAND, area.parent, area.code)]


def places_within(catalogue: Catalogue, code: str) -> set[str]:
    """The area itself, its force areas, and where it is England its regions."""
    return {
        code,
        *areas_within(catalogue, code),
        *(area.code for area in catalogue.areas.values() if area.parent == code),
    }


def expected_of(catalogue: Catalogue, codes: list[str]) -> list[Indicator]:
    """The indicators that at least one of the areas is expected to report."""
    return [item for item in catalogue.indicators.values() if set(codes) & set(catalogue.expected_codes(item.key))]


def first_periods(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator with the first period that is expected, of which areas (a list), how often and when due."""
    local = {item.key for item in reported_by_areas(catalogue)}
    return pd.DataFrame([_first_period(catalogue, item, item.key in local) for item in catalogue.indicators.values()])


def fates(first: pd.DataFrame, held: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What has become of each figure expected from the first periods on, given observations with `FACT`.

    One row per indicator, area and period: `FACT`, `reported_by_area` (false: taken from national publication),
    `due_date` and `state` as `metrics.completeness.state` adds them, and `fell_due`: received or overdue, due in the
    twelve months to the as-of date. A figure of another length than the indicator's is not the one expected.
    """
    expected = schedule(first, as_of).explode("area_code", ignore_index=True)
    found = state(expected, expected[FACT].merge(held[FACT], on=FACT), as_of)
    recent = since(found, "due_date", as_of)
    over = recent.index[recent["state"].isin(["received", "overdue"])]
    return found.assign(fell_due=found.index.isin(over)).drop(columns=["frequency", "due_days_after_period"])


def _first_period(catalogue: Catalogue, item: Indicator, local: bool) -> dict[str, object]:
    first = periods.parse(item.first_period)
    if first is None:
        raise UserError(f"{item.key}: the first period {item.first_period!r} is not a period. Mend its definition.")
    return {
        "indicator": item.key,
        "area_code": list(catalogue.expected_codes(item.key)),
        "period_start": first.start,
        "period_end": first.end,
        "frequency": item.frequency,
        "due_days_after_period": item.due_days_after_period,
        "reported_by_area": local,
    }

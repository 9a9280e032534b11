"""Computed frames that pages share, kept for as long as their data version: a version never changes.

What is kept is shared by everybody, and each caller gets a shallow copy of it: pandas copies a column before it is
written to, so nobody changes what others see, and nothing is copied while it is only read.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.series import GAP
from charts.words import PERSPECTIVE_WORDS
from components import session
from components.controls import ENGLAND, View
from components.every_place import figures, figures_before
from data import periods, queries
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.errors import UserError
from data.template_files import reported_by_areas
from metrics.baseline import change_of_sums, change_since
from metrics.comparison import against_benchmark
from metrics.completeness import schedule, state
from metrics.evaluation import since
from metrics.picture import by_area, by_commitment
from metrics.places import benchmarks, well_covered

COUNTS_DIFFER = "a count of an area is not compared with England’s total"
FACT = ["area_code", "indicator", "period_start", "period_end"]


def areas_within(catalogue: Catalogue, code: str) -> list[str]:
    """The force areas that make up England, a region, or the area itself."""
    forces = [
        area for area in catalogue.areas.values() if area.type == "police_force_area" and not area.comparator_only
    ]
    return [area.code for area in forces if code in (ENGLAND, area.parent, area.code)]


def places_within(catalogue: Catalogue, code: str) -> set[str]:
    """The area itself, its force areas, and where it is England its regions."""
    return {
        code,
        *areas_within(catalogue, code),
        *(area.code for area in catalogue.areas.values() if area.parent == code),
    }


def places(view: View) -> pd.DataFrame:
    """Every observation with value, limits, method and reason; regions and England added. See `metrics.places`."""
    return _places(session.workspace().settings.database, view.version).copy(deep=False)


def changes(view: View) -> pd.DataFrame:
    """Change since July 2025 of every expected pair of indicator and area. See `metrics.baseline`."""
    return _changes(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def changes_of_sums(view: View) -> pd.DataFrame:
    """Change since July 2025 of regions and England, over the areas that have both periods."""
    return _changes_of_sums(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def due(view: View) -> pd.DataFrame:
    """Every figure that is expected, one row per indicator, area and period, with what has become of it.

    `FACT`, `area_name`, `reported_by_area` (false: taken from national publication), `due_date` and `state` as
    `metrics.completeness.state` adds them, and `fell_due`: received or overdue, due in the twelve months to the as-of
    date. A figure of another length than the indicator's is not the one expected.
    """
    return _due(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def changes_here(view: View) -> dict[str, dict[Any, Any]]:
    """Change since July 2025 in the view's own place, by indicator: an area's own, or the sum over a region's areas."""
    single = session.catalogue().areas[view.area].type == "police_force_area"
    found = changes(view) if single else changes_of_sums(view)
    return {line["indicator"]: line for line in found[found["area_code"] == view.area].to_dict("records")}


def latest(view: View, area: str) -> pd.DataFrame:
    """The latest figure of each indicator in an area, with England's for the same period and the word between them."""
    everywhere = places(view)
    everywhere = everywhere[well_covered(everywhere)].sort_values("period_end")
    own = everywhere[everywhere["area_code"] == area].drop_duplicates("indicator", keep="last")
    keys = ["indicator", "period_start", "period_end"]
    england = benchmarks(everywhere, ENGLAND)[[*keys, "value"]].rename(columns={"value": "benchmark"})
    beside = own.merge(england, on=keys, how="left").assign(benchmark_area_code=ENGLAND)
    count = beside["measure"] == "count"
    compared = against_benchmark(beside.assign(benchmark=beside["benchmark"].mask(count)))
    return compared.assign(reason=beside["reason"], comparison_reason=compared["reason"].mask(count, COUNTS_DIFFER))


def levels(view: View, indicator: str) -> pd.DataFrame:
    """Every force area of the view in an indicator's latest period, beside England; `state` is the word between."""
    everywhere = places(view)
    own = everywhere.loc[everywhere["indicator"] == indicator]
    england = benchmarks(own, ENGLAND).sort_values("period_end").tail(1)
    if england.empty:
        return own.head(0).assign(benchmark=0.0, state="")
    codes = areas_within(session.catalogue(), view.area)
    same = own[(own["period_end"] == england["period_end"].max()) & own["area_code"].isin(codes)]
    compared = against_benchmark(same.assign(benchmark=float(england["value"].to_numpy()[0])))
    return compared.assign(state=compared["comparison"], reason=same["reason"])


def insights(view: View, commitment: str | None = None) -> pd.DataFrame:
    """What people told us in the view's area, as far as the person asking may see it."""
    found = queries.insights(session.cursor(), session.actor(), view.version, commitment=commitment)
    return found[found["area_code"].isin(places_within(session.catalogue(), view.area))]


def picture(view: View) -> pd.DataFrame:
    """The computed picture of each commitment in the view's area, in the catalogue's order. See `metrics.picture`."""
    found = by_commitment(*_evidence(view))
    return found.set_index("commitment").loc[list(session.catalogue().commitments)].reset_index()


def joint_display(view: View, commitment: str) -> pd.DataFrame:
    """Numbers beside voices for each force area of the view, for one commitment: disagreement first, silence last."""
    found = by_area(*_evidence(view))
    found = found[found["commitment"] == commitment]
    names = found["area_code"].map({code: area.name for code, area in session.catalogue().areas.items()})
    order = found["fit"].map({"dissonant": 0, "silent": 2}).fillna(1)
    return found.assign(order=order, name=names).sort_values(["order", "name"]).drop(columns=["order", "name"])


def _evidence(view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Changes and insights of the view's area, and every pair of commitment and area, whether or not there is any."""
    catalogue = session.catalogue()
    codes = areas_within(catalogue, view.area)
    pairs = pd.DataFrame(
        [(key, code) for key in catalogue.commitments for code in codes], columns=["commitment", "area_code"]
    )
    changed = commitment_pairs(changes(view))
    heard = insights(view)
    return changed[changed["area_code"].isin(codes)], heard, pairs


def commitment_pairs(changed: pd.DataFrame) -> pd.DataFrame:
    """Changes once for each commitment that their indicator informs, in the column `commitment`."""
    return changed.explode("commitments").rename(columns={"commitments": "commitment"})


def memberships(catalogue: Catalogue) -> pd.DataFrame:
    """Each force area once for its region and once for England: area_code, region_code."""
    codes = areas_within(catalogue, ENGLAND)
    return pd.DataFrame(
        [(code, larger) for code in codes for larger in (catalogue.areas[code].parent, ENGLAND)],
        columns=["area_code", "region_code"],
    )


def expected_of(catalogue: Catalogue, codes: list[str]) -> list[Indicator]:
    """The indicators that at least one of the areas is expected to report."""
    return [item for item in catalogue.indicators.values() if set(codes) & set(catalogue.expected_codes(item.key))]


def expected_pairs(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator and area that is expected to report it, with what the methods need to know of it."""
    return pd.DataFrame(
        [_expected(catalogue, key, code) for key in catalogue.indicators for code in catalogue.expected_codes(key)]
    )


def first_periods(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator with the first period that is expected, of which areas (a list), how often and when due."""
    local = {item.key for item in reported_by_areas(catalogue)}
    return pd.DataFrame([_first_period(catalogue, item, item.key in local) for item in catalogue.indicators.values()])


def fates(first: pd.DataFrame, held: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What has become of each figure expected from the first periods on, given observations with `FACT`. See `due`."""
    expected = schedule(first, as_of).explode("area_code", ignore_index=True)
    found = state(expected, expected[FACT].merge(held[FACT], on=FACT), as_of)
    recent = since(found, "due_date", as_of)
    over = recent.index[recent["state"].isin(["received", "overdue"])]
    return found.assign(fell_due=found.index.isin(over)).drop(columns=["frequency", "due_days_after_period"])


def period_label(start: Any, end: Any, indicator: str) -> str:
    """A period of an indicator in words; nothing when it is missing."""
    if pd.isna(start) or pd.isna(end):
        return ""
    kind = session.catalogue().indicators[indicator].period_type
    return periods.label(pd.Timestamp(start).date(), pd.Timestamp(end).date(), kind)


def with_gaps(series: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """A series with `period_label`, and an empty row wherever more than two periods' time lies between two figures."""
    if series.empty:
        return series.assign(period_label="")
    labels = [
        period_label(start, end, item.key)
        for start, end in series[["period_start", "period_end"]].itertuples(index=False)
    ]
    series = series.assign(period_label=labels)
    step = pd.Timedelta(days=31 * periods.LENGTHS[item.period_type] + 15)
    late = series["period_end"].diff() > step
    breaks = series.loc[late, ["period_end", "period_start"]] - pd.Timedelta(days=1)
    breaks = breaks.assign(period_end=breaks["period_start"], period_label=GAP, reason="a gap in the series")
    return pd.concat([series, breaks]).sort_values("period_end", ignore_index=True)


def grade_counts(heard: pd.DataFrame) -> pd.DataFrame:
    """How many insights gave each grade, for each perspective that was graded: perspective and columns 1 to 5."""
    graded = heard.dropna(subset=["grade"])
    counts = pd.crosstab(graded["perspective"], graded["grade"].astype(int)).reindex(columns=range(1, 6), fill_value=0)
    order = [name for name in PERSPECTIVE_WORDS if name in counts.index]
    return counts.loc[order].reset_index().rename_axis(columns=None)


def forget() -> None:
    """Let go of what was worked out: after something was erased, earlier versions are no longer what they were."""
    for kept in (_places, _changes, _changes_of_sums, _due):
        kept.clear()


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _places(database: str, version: int) -> pd.DataFrame:
    catalogue, connection = session.catalogue(), session.cursor()
    areas, newest = memberships(catalogue), int(queries.current(connection)["version"])
    if version >= newest:
        return figures(connection, catalogue, version, areas)
    return figures_before(connection, catalogue, version, areas, (newest, _places(database, newest)))


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes(database: str, version: int, as_of: date) -> pd.DataFrame:
    return change_since(_own(database, version), expected_pairs(session.catalogue()), as_of)


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes_of_sums(database: str, version: int, as_of: date) -> pd.DataFrame:
    return change_of_sums(_changes(database, version, as_of), memberships(session.catalogue()))


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _due(database: str, version: int, as_of: date) -> pd.DataFrame:
    catalogue = session.catalogue()
    names = {code: area.name for code, area in catalogue.areas.items()}
    found = fates(first_periods(catalogue), _own(database, version), as_of)
    return found.assign(area_name=found["area_code"].map(names))


def _own(database: str, version: int) -> pd.DataFrame:
    """What areas reported themselves, or was published of them: no sums."""
    everywhere = _places(database, version)
    return everywhere[everywhere["areas_included"].isna()]


def _expected(catalogue: Catalogue, key: str, code: str) -> dict[str, object]:
    item = catalogue.indicators[key]
    return {
        "indicator": key,
        "area_code": code,
        "measure": item.measure,
        "multiplier": item.multiplier,
        "polarity": item.polarity,
        "resident_population": item.denominator == RESIDENT_POPULATION,
        "counts_add_up": item.counts_add_up,
        "due_days_after_period": item.due_days_after_period,
        "commitments": list(item.commitments),
    }


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

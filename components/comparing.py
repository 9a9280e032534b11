"""The areas and regions of one indicator beside England, and how unusual each is: the frame of the Compare page.

Like with like: force areas stand with force areas and regions with regions, and England is what both are held against.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import pictures, session
from components.addressed import ADDRESS, settle
from components.controls import View
from data.catalogue import Catalogue, Indicator
from metrics.comparison import against_benchmark, funnel, quantile_group
from metrics.places import benchmarks
from metrics.variation import ATTENTION, attention, only_given
from reports.evidence import COUNTS_DIFFER
from reports.expected import ENGLAND, areas_within

PERIOD = ["period_start", "period_end"]
GROUP = [*PERIOD, "area_type"]
GROUPS = 5
TYPES = {"Areas": "police_force_area", "Regions": "region"}
JUDGED = ["average", "lower_95", "upper_95", "lower_998", "upper_998", "position"]
NO_ROW = "not reported"
NOT_EXPECTED = "not expected to report"


def compared(view: View) -> pd.DataFrame:
    """Every area and region of the view's indicator in every period, beside England. See `beside_england`."""
    database = session.workspace().settings.database
    return _compared(database, view.version, view.indicator, view).copy(deep=False)


@st.cache_resource(max_entries=8, show_spinner="Comparing areas …")
def _compared(database: str, version: int, indicator: str, _view: View) -> pd.DataFrame:
    catalogue, everywhere = session.catalogue(), pictures.places(_view)
    own = everywhere.loc[everywhere["indicator"] == indicator]
    return beside_england(own, catalogue.indicators[indicator], catalogue)


def forget() -> None:
    """Let go of what was worked out: it holds comments, which may be erased."""
    _compared.clear()


def beside_england(everywhere: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """One indicator's force areas and regions in every period, each beside England's figure for the same period.

    `everywhere` holds the indicator's rows as `metrics.places.every_place` leaves them. Added are `area_name`,
    `area_type`, `region_code`, England's figure as `benchmark` with `england_included` and `england_expected`, the word
    `comparison` with `comparison_reason`, for proportions and rates what `metrics.variation.funnel` and
    `attention` add (around England's figure, all areas of the type together), and `shade`, the group of five that
    the value falls into, the lowest first. What cannot be worked out is missing.
    """
    counted = everywhere["measure"] == "count"
    england = benchmarks(everywhere, ENGLAND)[[*PERIOD, "value", "areas_included", "areas_expected"]].rename(
        columns={"value": "benchmark", "areas_included": "england_included", "areas_expected": "england_expected"}
    )
    own = _described(everywhere, catalogue).merge(england, on=PERIOD, how="left")
    own["benchmark"] = own["benchmark"].mask(own["measure"] == "count")
    word = against_benchmark(own)
    why = word["reason"].mask(own["measure"] == "count", COUNTS_DIFFER) if counted.any() else word["reason"]
    found = own.assign(comparison=word["comparison"], comparison_reason=why)
    alike = found.groupby(GROUP, dropna=False).ngroup()
    return _unusual(found, item).assign(shade=quantile_group(found["value"], groups=GROUPS, by=alike))


def in_period(found: pd.DataFrame, kind: str, item: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """One period's places of a type, a row for each, with a reason for each that has no figure.

    `found` holds rows of one period as `beside_england` leaves them; `kind` is a value of `TYPES`. `state` is the word
    against England, `not_compared` where there is none.
    """
    codes = codes_of(catalogue, ENGLAND, kind)
    same = found[found["area_type"] == kind].drop_duplicates("area_code").set_index("area_code")
    whole = same.reindex(pd.Index(codes, name="area_code")).reset_index()
    expected = set(catalogue.expected_codes(item.key)) if kind == "police_force_area" else set(codes)
    why = pd.Series([NO_ROW if code in expected else NOT_EXPECTED for code in codes], index=whole.index)
    return whole.assign(
        area_name=[catalogue.areas[code].name for code in codes],
        region_code=[catalogue.areas[code].parent for code in codes],
        reason=whole["reason"].mask(whole["value"].isna() & whole["reason"].isna(), why),
        state=whole["comparison"].fillna("not_compared"),
    )


def codes_of(catalogue: Catalogue, area: str, kind: str) -> list[str]:
    """The force areas of England, or of the region that is looked at; or the nine regions."""
    if kind == "region":
        return [code for code, place in catalogue.areas.items() if place.type == "region" and place.parent == ENGLAND]
    inside = area if catalogue.areas[area].type == "region" else ENGLAND
    return areas_within(catalogue, inside)


def choose_places() -> str:
    """Ask whether areas or regions are compared: a key of `TYPES`, bound to the address under `places`."""
    settled = settle("places", dict(zip(TYPES, TYPES, strict=True)))
    chosen = st.radio("Compare", list(TYPES), key="places", bind="query-params", horizontal=True) or "Areas"
    if settled == ADDRESS:
        st.warning("The address asks to compare what is neither Areas nor Regions, so areas are shown.")
    return chosen


def why_no_england(england: pd.DataFrame, period: pd.Series) -> str:
    """Why places cannot be held against England in a period; `england` holds England's own rows."""
    same = england[(england[PERIOD] == period[PERIOD]).all(axis=1)]
    if same.empty:
        return "no area reported"
    if same["value"].notna().any():
        return f"too few areas reported ({int(same['areas_included'].iloc[0])})"
    return str(same["reason"].iloc[0])


def timeline(found: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """Every period that any place has a figure for, in order, with `period_label`, and a row for each break."""
    periods = found[PERIOD].drop_duplicates("period_end").sort_values("period_end", ignore_index=True)
    return pictures.with_gaps(periods, item)


def over_time(found: pd.DataFrame, codes: Sequence[str], times: pd.DataFrame) -> pd.DataFrame:
    """Values of places on a timeline: `period_end`, `period_label` and one column per code, missing left missing."""
    once = found.drop_duplicates(["area_code", "period_end"])
    wide = once.pivot(index="period_end", columns="area_code", values="value").reindex(columns=list(codes))
    dated = times[["period_end", "period_label"]].reset_index(drop=True)
    return pd.concat([dated, wide.reindex(dated["period_end"]).reset_index(drop=True)], axis=1)


def england_over_time(everywhere: pd.DataFrame, times: pd.DataFrame) -> pd.Series[float]:
    """England's figure at each time of a timeline, missing where there is none."""
    own = benchmarks(everywhere, ENGLAND).drop_duplicates("period_end").set_index("period_end")["value"]
    return own.reindex(times["period_end"]).reset_index(drop=True)


def _described(everywhere: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The force areas of England and the regions, with name, type and region, which sums do not have of themselves."""
    codes = [*codes_of(catalogue, ENGLAND, "police_force_area"), *codes_of(catalogue, ENGLAND, "region")]
    own = everywhere[everywhere["area_code"].isin(codes)].reset_index(drop=True)
    places = own["area_code"].map(catalogue.areas)
    return own.assign(
        area_name=[place.name for place in places],
        area_type=[place.type for place in places],
        region_code=[place.parent for place in places],
    )


def _unusual(found: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """The funnel around England's figure, and the limits that the usual variation between areas gives."""
    if item.measure not in ("proportion", "rate"):
        return found.assign(**dict.fromkeys([*JUDGED, *ATTENTION]))
    noise = funnel(only_given(found), item.measure, item.multiplier, by=GROUP, average="benchmark")
    usual = attention(found.assign(measure=item.measure, multiplier=item.multiplier), by=GROUP)
    return found.assign(**{name: noise[name] for name in JUDGED}, **{name: usual[name] for name in ATTENTION})

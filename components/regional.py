"""Regions of England beside one another: frames of one indicator, rows of tables, and the sentences between them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.words import COMPARISON_WORDS, decimals_for, listed, number, signed
from components import session
from components.addressed import settle
from components.controls import View
from components.period import PERIOD
from components.pictures import kept, period_label, places
from data.catalogue import Indicator
from metrics.baseline import BASELINE_ON
from metrics.chance import more_than_chance
from metrics.comparison import against_benchmark
from metrics.counts import KINDS
from metrics.places import benchmarks, well_covered
from metrics.regional import change_between, earlier_periods, separate_periods, spread_between
from metrics.spread import spread
from reports.expected import ENGLAND, areas_of, memberships
from reports.figure_cells import difference_unit

WITHOUT_SPREAD = {
    "count": "it is a count, and larger regions have larger counts",
    "mean": "a region’s mean, made of its areas’ sums, has no limits, so difference cannot be told from noise",
    "index": "an index has no counts to add up, so difference cannot be told from noise",
}
NOT_REPORTED = "nothing has been reported, so there is no figure of a region."
NOT_ADDED = (
    "its counts do not add up across areas, because one thing may be counted in several, so no figure of a region is "
    "made. Two areas can still be compared below."
)
CHANCE = (
    "More than chance: the figures of all regions together differ by more than the noise of counting would make them "
    "(chi-squared test, 95 %). Regions also differ in who lives there and in what is recorded."
)
DIFFER = {
    "more_than_chance": "the regions differ by more than chance",
    "no_more_than_chance": "the regions differ no more than chance alone would make them",
}
NARROWED = {
    "narrower": "the difference between regions has narrowed",
    "wider": "the difference between regions has widened",
    "no_clear_change": "the difference between regions shows no clear change",
}
WORDS = COMPARISON_WORDS | {"not_compared": "not compared with England"}


def figures(view: View, item: Indicator) -> pd.DataFrame:
    """Regions and England in every period of an indicator that enough areas reported, with its name in `region`."""
    return kept(view, "regions", lambda: figures_in(places(view), item), item.key)


def figures_in(everywhere: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """The same of every observation of a version, with regions and England added, as `components.pictures.places`."""
    catalogue = session.catalogue()
    everywhere = everywhere[everywhere["indicator"] == item.key]
    names = {code: area.name for code, area in catalogue.areas.items() if is_large(code)}
    large = everywhere[everywhere["area_code"].isin(names)]
    known = benchmarks(large, ENGLAND)
    england = large[(large["area_code"] == ENGLAND) & well_covered(large)] if known.empty else known
    both = large.merge(england[PERIOD].drop_duplicates(), on=PERIOD)
    return both.assign(region=both["area_code"].map(names)).sort_values("period_end", kind="stable")


def without_figure(view: View, item: Indicator, frame: pd.DataFrame) -> str:
    """Which later periods than those of `frame` have counts and no figure of England, and why."""
    everywhere = places(view)
    england = everywhere[(everywhere["indicator"] == item.key) & (everywhere["area_code"] == ENGLAND)]
    later = england[(england["period_end"] > frame["period_end"].max()) & england["value"].isna()]
    if later.empty or not item.counts_add_up:
        return ""
    names = [label(line, item) for _, line in later.sort_values("period_end").iterrows()]
    return f"Without a figure: {listed(names, 6)} ({later['reason'].mode().iat[0]})."


def is_large(code: str) -> bool:
    """Whether a code is of England or of one of its regions."""
    area = session.catalogue().areas[code]
    return code == ENGLAND or (area.type == "region" and area.parent == ENGLAND)


def beside_england(here: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """The regions of one period, named with how many areas they rest on, and in `state` the word against England."""
    england = benchmarks(here, ENGLAND)["value"]
    line = float(england.iloc[0]) if item.measure != "count" and not england.empty else float("nan")
    compared = against_benchmark(regions(here).assign(benchmark=line))
    named = [named_with_areas(row) for row in compared.to_dict("records")]
    return compared.assign(area_name=named, state=compared["comparison"], reason=regions(here)["reason"])


def regions(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without England's."""
    return frame[frame["area_code"] != ENGLAND]


def named_with_areas(row: dict[Any, Any]) -> str:
    """A region's name, with how many areas are in the sum where some are missing."""
    if pd.isna(row["areas_included"]) or row["areas_included"] == row["areas_expected"]:
        return str(row["region"])
    return f"{row['region']} ({int(row['areas_included'])} of {int(row['areas_expected'])})"


def over_time(frame: pd.DataFrame, item: Indicator, latest: pd.Timestamp) -> pd.DataFrame:
    """The spread between regions in periods that do not overlap, up to the one that ends on `latest`.

    As `charts.spread.spread_chart` needs it.
    """
    chain = separate_periods(frame[frame["period_end"] <= latest])
    found = chain.merge(spread(regions(frame), by=PERIOD), on=PERIOD, how="left")
    england = frame.loc[frame["area_code"] == ENGLAND, [*PERIOD, "areas_included", "areas_expected"]]
    found = found.merge(england, on=PERIOD, how="left")
    labels = [period_label(start, end, item.key) for start, end in found[PERIOD].itertuples(index=False)]
    whole = found["areas_included"].isna() | (found["areas_included"] == found["areas_included"].max())
    return found.assign(period_label=labels, whole=whole.astype(bool))


def chance(here: pd.DataFrame, item: Indicator) -> dict[Any, Any]:
    """Whether the regions of one period differ by more than counting noise, as `metrics.chance` says."""
    if item.measure not in KINDS:
        return {"differ": "cannot_be_calculated", "reason": WITHOUT_SPREAD[item.measure]}
    return {str(name): value for name, value in more_than_chance(regions(here), item.measure).iloc[0].items()}


def choose_earlier(frame: pd.DataFrame, later: pd.Series, item: Indicator) -> pd.Series | None:
    """Ask which period to compare with, of those that had ended before the later one began; nothing without any.

    The usual one is the baseline where the later period comes after it, otherwise the oldest that the chart of spread
    shows; it is offered first, the others newest first. Bound to the address as `earlier`.
    """
    periods = earlier_periods(frame, later["period_start"])
    labels = [period_label(start, end, item.key) for start, end in periods.itertuples(index=False)]
    if not labels:
        return None
    usual = labels[usual_earlier(periods, later)]
    options = [usual, *(label for label in labels if label != usual)]
    settle("earlier", dict(zip(options, options, strict=True)))
    chosen = st.selectbox("Compared with", options, key="earlier", bind="query-params", width=260)
    return periods.iloc[labels.index(chosen)]


def label(period: pd.Series | None, item: Indicator) -> str:
    """A period in words; nothing where there is none."""
    return "" if period is None else period_label(period["period_start"], period["period_end"], item.key)


def usual_earlier(periods: pd.DataFrame, later: pd.Series) -> int:
    """The place of the baseline among earlier periods, newest first, or of the oldest separate one without it."""
    baseline = pd.Timestamp(BASELINE_ON)
    usual = periods["period_end"] <= baseline
    if later["period_start"] <= baseline or not usual.any():
        usual = (periods == separate_periods(periods).iloc[0]).all(axis=1)
    return int(usual.to_numpy().argmax())


def change_of_regions(view: View, item: Indicator, later: pd.Series, earlier: pd.Series | None) -> pd.DataFrame | None:
    """Change of each region and of England between two periods, over the areas that have both, named in `region`.

    Nothing without an earlier period.
    """
    if earlier is None:
        return None
    catalogue = session.catalogue()
    everywhere = places(view)
    own = everywhere[(everywhere["indicator"] == item.key) & everywhere["areas_included"].isna()]
    found = change_between(own, memberships(areas_of(catalogue)), later, earlier)
    return found.assign(region=[catalogue.areas[code].name for code in found["area_code"]])


def as_intervals(moved: pd.DataFrame) -> pd.DataFrame:
    """Changes of regions as a chart of intervals needs them: value, limits and state; England’s stands last."""
    known = moved["change"] != "cannot_be_calculated"
    return moved.assign(
        area_name=[named_with_areas(row) for row in moved.to_dict("records")],
        value=moved["difference"].where(known),
        lower=moved["difference_lower"],
        upper=moved["difference_upper"],
        state=moved["change"],
    )


def narrowed(moved: pd.DataFrame | None, item: Indicator) -> dict[Any, Any]:
    """Whether the spread between regions narrowed, over the areas that have both periods; see `metrics.regional`."""
    if moved is None:
        return {"narrowing": "cannot_be_calculated", "reason": "no earlier period is separate from this one"}
    if item.measure in WITHOUT_SPREAD:
        return {"narrowing": "cannot_be_calculated", "reason": WITHOUT_SPREAD[item.measure]}
    found = spread_between(regions(moved))
    if found.empty:
        return {"narrowing": "cannot_be_calculated", "reason": "no area has both periods"}
    return {str(name): value for name, value in found.iloc[0].items()}


def answer(item: Indicator, period: str, differ: dict[Any, Any], narrow: dict[Any, Any], since: str) -> str:
    """The page's answer: whether regions differ by more than chance, and whether the difference narrows."""
    unsaid = f"whether the regions differ by more than chance cannot be said: {differ['reason']}"
    begins = f"{item.name}, {period}: {DIFFER.get(differ['differ'], unsaid)}"
    if narrow["narrowing"] in NARROWED:
        return f"{begins}. Since {since}, {narrowing_words(narrow, item)}."
    if narrow["reason"] == differ["reason"]:
        return f"{begins}; nor can it be said whether the difference narrows."
    return f"{begins}. Whether the difference narrows cannot be said: {narrow['reason']}."


def narrowing_words(narrow: dict[Any, Any], item: Indicator) -> str:
    """Whether the spread narrowed, with the change of the standard deviation and its limits."""
    decimals = decimals_for(item.measure)
    size = signed(narrow["spread_change"], decimals)
    low, high = (number(narrow[f"spread_change_{end}"], decimals) for end in ("lower", "upper"))
    return (
        f"{NARROWED[narrow['narrowing']]} (standard deviation {size} {difference_unit(item)}, "
        f"95\u00a0% limits {low} to {high})"
    )


def finding(item: Indicator, narrow: dict[Any, Any], since: str) -> str:
    """What the chart of spread shows, as its title."""
    words = NARROWED.get(narrow["narrowing"])
    return f"{item.name}: {words} since {since}" if words else f"{item.name}: how far regions differ"


def extremes_sentence(line: dict[Any, Any]) -> str:
    """Which regions are lowest and highest, and why their difference is not tested."""
    if pd.isna(line["lowest"]) or isinstance(line["reason"], str):
        return ""
    low, high = (session.catalogue().areas[line[end]].name for end in ("lowest", "highest"))
    return (
        f"Lowest: {low}; highest: {high}. They are named and not tested: whoever picks the lowest and the highest of "
        "several picks chance along with them, so the difference between the two flatters itself."
    )

"""The three pictures of regions: their figures beside England, the spread between them over time, and their change."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.intervals import intervals_chart
from charts.spread import areas, spread_chart, spread_sentence
from charts.words import POLARITY_WORDS, decimals_for, listed, number
from components import caveats, charts, html, regional, regional_rows
from components.controls import View
from data.catalogue import Indicator
from metrics.baseline import BASELINE_ON
from reports.expected import ENGLAND
from reports.figure_cells import METHOD_WORDS, STATES, difference_unit

# In pixels.
HEIGHT = 460
SUMS = "Sums over sums: the areas’ numerators over the areas’ denominators, never an average of their figures."
SPREAD_METHOD = (
    "Spread of the regions’ figures, each region counting once; limits by the delta method (Oehlert 1992), for "
    "counting noise alone. The spread holds that noise too, so where events are few a change of it may be noise."
)
PARTLY = " A region from which areas are missing has in brackets how many of how many are in it."
SEPARATE = "Shown are the chosen period and, going back from it, each next one that shares no month with those shown."


def show_figures(here: pd.DataFrame, item: Indicator, period: str, view: View) -> None:
    """Each region's figure in one period with limits, England as the line, and how many areas it rests on."""
    beside = regional.beside_england(here, item)
    line = here[here["area_code"] == ENGLAND].iloc[0].to_dict()
    sentence = (
        f"{begun(period)}: {states_sentence(beside, regional.WORDS)} England rests on {areas(line)}.{_partly(beside)}"
    )
    if beside["value"].isna().all():
        html.sentence(sentence)
        html.table(regional_rows.FIGURE_COLUMNS, regional_rows.figure_rows(beside, item), f"{item.name}, {period}")
        return
    decimals, benchmark = decimals_for(item.measure), beside["benchmark"].iloc[0]
    figure = charts.drawn(
        intervals_chart,
        beside,
        charts.colours(),
        title=f"{item.name}, {period}: {_counts(beside, regional.WORDS)}",
        unit=item.unit,
        words=regional.WORDS,
        line=None if pd.isna(benchmark) else float(benchmark),
        line_name=f"England {number(benchmark, decimals)}",
        decimals=decimals,
    )
    _roomy(figure)
    method = f"{SUMS} {METHOD_WORDS[item.measure]} {' '.join(item.caveats)}"
    charts.show(figure, sentence, view, key=f"regions-{item.key}", columns=regional_rows.FIGURE_COLUMNS,
                rows=regional_rows.figure_rows(beside, item), data=beside, method=method)  # fmt: skip


def show_spread(frame: pd.DataFrame, latest: pd.Timestamp, item: Indicator, finding: str, view: View) -> None:
    """How far regions differ in each separate period up to the latest; why not, where that has no meaning.

    `finding` is the chart's title.
    """
    if item.measure in regional.WITHOUT_SPREAD:
        html.sentence(f"No spread is given: {regional.WITHOUT_SPREAD[item.measure]}.")
        return
    spreads = regional.over_time(frame, item, latest)
    if spreads["standard_deviation"].isna().all():
        html.sentence(spread_sentence(spreads, ""))
        return
    decimals, unit = decimals_for(item.measure), difference_unit(item)
    figure = charts.drawn(
        spread_chart,
        spreads,
        charts.colours(),
        title=finding,
        unit=unit,
        baseline=pd.Timestamp(BASELINE_ON),
        decimals=decimals,
    )
    overlap = item.period_type == "rolling_year"
    charts.show(figure, spread_sentence(spreads, unit, decimals), view, key=f"spread-{item.key}",
                columns=regional_rows.SPREAD_COLUMNS, rows=regional_rows.spread_rows(spreads, item), data=spreads,
                method=SPREAD_METHOD)  # fmt: skip
    html.sentence(regional.extremes_sentence(spreads.dropna(subset=["lowest"]).iloc[-1].to_dict()))
    if overlap:
        html.quiet(f"{caveats.OVERLAP} {SEPARATE}")


def show_change(moved: pd.DataFrame, item: Indicator, since: str, period: str, view: View) -> None:
    """Each region's change between two periods, over the areas that have both."""
    frame = regional.as_intervals(moved)
    sentence = f"From {since} to {period}: {states_sentence(frame, STATES)} {_missing(frame)}".strip()
    if frame["value"].isna().all():
        html.sentence(sentence)
        return
    figure = charts.drawn(
        intervals_chart,
        frame,
        charts.colours(),
        title=f"{item.name}, {since} to {period}: {_counts(frame, STATES)}",
        unit=f"change, {difference_unit(item)}",
        words=STATES,
        line=0.0,
        line_name="no change",
        decimals=decimals_for(item.measure),
        signed=True,
    )
    _roomy(figure)
    method = (
        f"MOVER on 95 % limits, {POLARITY_WORDS[item.polarity]}. Only areas that have both periods are summed, so that "
        "an area that did not report is a gap and never a fall."
    )
    charts.show(figure, sentence, view, key=f"region-change-{item.key}", columns=regional_rows.CHANGE_COLUMNS,
                rows=regional_rows.change_rows(moved, item), data=moved, method=method)  # fmt: skip


def states_sentence(frame: pd.DataFrame, words: dict[str, str]) -> str:
    """Which regions are in which state, and which have no figure; England, where it stands among them, apart."""
    own = regional.regions(frame)
    known = own.dropna(subset=["value"])
    named = {state: list(known.loc[known["state"] == state, "region"]) for state in words}
    parts = [f"{words[state]}: {listed(names, 9)}" for state, names in named.items() if names]
    missing = list(own.loc[own["value"].isna(), "region"])
    parts += [f"without a figure: {listed(missing, 9)}"] if missing else []
    return f"{'; '.join(parts) or 'no region has a figure'}."


def begun(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _roomy(figure: go.Figure) -> None:
    """Room for every region's name, also under a title and a legend that a narrow window breaks into lines."""
    figure.update_layout(height=HEIGHT).update_yaxes(dtick=1)


def _counts(frame: pd.DataFrame, words: dict[str, str]) -> str:
    """How many regions are in which state, as a finding."""
    known = regional.regions(frame).dropna(subset=["value"])["state"].value_counts()
    return listed([f"{count} {words[str(state)]}" for state, count in known.items()], len(known)) or "no figures"


def _partly(frame: pd.DataFrame) -> str:
    """What the brackets behind some regions' names mean, where there are any."""
    return PARTLY if (frame["area_name"] != frame["region"]).any() else ""


def _missing(frame: pd.DataFrame) -> str:
    """How many areas England's change rests on, and the commonest reason of regions without one."""
    england: dict[Any, Any] = next(iter(frame[frame["area_code"] == ENGLAND].to_dict("records")), {})
    counted = f"England’s change rests on {areas(england)}." if england else ""
    why = regional.regions(frame).loc[frame["value"].isna(), "reason"].mode()
    return f"{counted} {'' if why.empty else f'Why not: {why.iat[0]}.'}".strip()

"""The three pictures of regions: their figures beside England, the spread between them over time, and their change."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.intervals import intervals_chart
from charts.palette import Palette
from charts.spread import areas, spread_chart, spread_sentence
from charts.words import POLARITY_WORDS, decimals_for, listed, number
from components import regional, regional_rows
from components.ready import Chart
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


def of_figures(here: pd.DataFrame, item: Indicator, period: str, colours: Palette) -> Chart:
    """Each region's figure in one period with limits, England as the line, and how many areas it rests on."""
    beside = regional.beside_england(here, item)
    line = here[here["area_code"] == ENGLAND].iloc[0].to_dict()
    return Chart(
        f"{begun(period)}: {states_sentence(beside, regional.WORDS)} England rests on {areas(line)}.{_partly(beside)}",
        None if beside["value"].isna().all() else _figures(beside, item, period, colours),
        key=f"regions-{item.key}",
        columns=regional_rows.FIGURE_COLUMNS,
        rows=regional_rows.figure_rows(beside, item),
        data=beside,
        method=f"{SUMS} {METHOD_WORDS[item.measure]} {' '.join(item.caveats)}",
        caption=f"{item.name}, {period}",
    )


def of_spread(spreads: pd.DataFrame, item: Indicator, finding: str, colours: Palette) -> Chart:
    """How far regions differ in each separate period, as `regional.over_time` has it; `finding` is the title."""
    if spreads["standard_deviation"].isna().all():
        return Chart(spread_sentence(spreads, ""))
    decimals, unit = decimals_for(item.measure), difference_unit(item)
    figure = spread_chart(
        spreads, colours, title=finding, unit=unit, baseline=pd.Timestamp(BASELINE_ON), decimals=decimals
    )
    return Chart(spread_sentence(spreads, unit, decimals), figure, key=f"spread-{item.key}",
                 columns=regional_rows.SPREAD_COLUMNS, rows=regional_rows.spread_rows(spreads, item), data=spreads,
                 method=SPREAD_METHOD)  # fmt: skip


def of_change(moved: pd.DataFrame, item: Indicator, since: str, period: str, colours: Palette) -> Chart:
    """Each region's change between two periods, over the areas that have both."""
    frame = regional.as_intervals(moved)
    sentence = f"From {since} to {period}: {states_sentence(frame, STATES)} {_missing(frame)}".strip()
    if frame["value"].isna().all():
        return Chart(sentence)
    figure = _roomy(
        frame,
        colours,
        title=f"{item.name}, {since} to {period}: {_counts(frame, STATES)}",
        unit=f"change, {difference_unit(item)}",
        words=STATES,
        line=0.0,
        line_name="no change",
        decimals=decimals_for(item.measure),
        signed=True,
    )
    method = (
        f"MOVER on 95 % limits, {POLARITY_WORDS[item.polarity]}. Only areas that have both periods are summed, so that "
        "an area that did not report is a gap and never a fall."
    )
    return Chart(sentence, figure, key=f"region-change-{item.key}", columns=regional_rows.CHANGE_COLUMNS,
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


def _figures(beside: pd.DataFrame, item: Indicator, period: str, colours: Palette) -> go.Figure:
    decimals, benchmark = decimals_for(item.measure), beside["benchmark"].iloc[0]
    return _roomy(
        beside,
        colours,
        title=f"{item.name}, {period}: {_counts(beside, regional.WORDS)}",
        unit=item.unit,
        words=regional.WORDS,
        line=None if pd.isna(benchmark) else float(benchmark),
        line_name=f"England {number(benchmark, decimals)}",
        decimals=decimals,
    )


def _roomy(frame: pd.DataFrame, colours: Palette, **words: Any) -> go.Figure:
    """Intervals with room for every region's name, also under a title and a legend that a narrow window breaks."""
    return intervals_chart(frame, colours, **words).update_layout(height=HEIGHT).update_yaxes(dtick=1)


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

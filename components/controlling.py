"""The control chart of a monthly or quarterly series: points, words, rows, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from charts.control import CAUSES, POINTS, VARIATION
from charts.words import decimals_for, interval, number, with_unit
from components import html
from components.pictures import with_gaps
from data.catalogue import Indicator
from metrics.control import ENOUGH_POINTS, summaries, xmr

COLUMNS = [
    html.Column("Period"),
    html.Column("Figure", numeric=True),
    html.Column("Mean", numeric=True),
    html.Column("Limits", numeric=True),
    html.Column("What it is"),
    html.Column("Why"),
    html.Column("Calculation"),
]
STATES = {
    "special_cause_improvement": "improved",
    "special_cause_concern": "worsened",
    "special_cause_neutral_high": "higher",
    "special_cause_neutral_low": "lower",
}
METHOD = (
    "XmR chart as in “Making Data Count”: the mean plus and minus 2.66 times the average step from one period to the "
    "next, steps of 3.267 times the average left out once. Outside the limits, seven in a row that rise or fall, two "
    "of three close to a limit, or seven on one side of the mean is a special cause. A new calculation starts only "
    "where a person decided so, with a reason."
)
Line = dict[Any, Any]


@dataclass(frozen=True)
class ControlChart:
    """One chart: its points in order of time, the same with an empty row for each gap, and what they say."""

    points: pd.DataFrame
    drawn: pd.DataFrame
    target: float | None
    variation: str
    assurance: str | None
    why_no_assurance: str | None


def why_none(series: pd.DataFrame) -> str:
    """Why a series of months or quarters has no control chart. `series` is as `trending.judged` leaves it."""
    points = int(series["value"].notna().sum())
    return (
        f"A control chart needs {ENOUGH_POINTS} periods with a figure that can be judged; there "
        f"{'is' if points == 1 else 'are'} {points}."
    )


def chart_of(
    series: pd.DataFrame, item: Indicator, kind: str, targets: pd.DataFrame, starts: Sequence[date]
) -> ControlChart | None:
    """The chart of a series as `trending.judged` leaves it; None where it is of another kind or has too few points.

    The target is the one that is due first; `starts` are the ends of the periods that begin a new calculation.
    """
    if kind != "control" or series["value"].notna().sum() < ENOUGH_POINTS:
        return None
    target = float(targets["target"].iloc[0]) if len(targets) else None
    dated = series.dropna(subset=["indicator"]).drop(columns="period_label").rename(columns={"reason": "why_not"})
    drawn = with_gaps(xmr(dated.reset_index(drop=True), item.polarity, target=target, rebase=starts), item)
    points = drawn.dropna(subset=["indicator"])
    found = summaries(points, by=()).iloc[0]
    assurance, why = (None if pd.isna(found[name]) else str(found[name]) for name in ("assurance", "reason"))
    return ControlChart(points, drawn, target, str(found["variation"]), assurance, why)


def headline(chart: ControlChart) -> str:
    """The finding, as the title of the chart."""
    return VARIATION[chart.variation]


def finding(chart: ControlChart | None) -> str:
    """Whether the latest figure is more than chance, for the answer at the top."""
    if chart is None:
        return "whether it moved by more than chance cannot be said, because there are too few periods"
    last = chart.points.dropna(subset=["value"]).iloc[-1].to_dict()
    anew = _anew(chart.points, last)
    if chart.variation == "common_cause":
        return f"no, not by more than chance{anew}: {VARIATION[chart.variation]} ({last['period_label']})"
    why = f"{last['period_label']}: {CAUSES[last['cause']]}"
    return f"yes, by more than chance{anew}: {VARIATION[chart.variation]} ({why})"


def _anew(points: pd.DataFrame, last: Line) -> str:
    """Since when the last calculation counts, where a person had it start: what was before is judged by itself."""
    if last["calculation"] == points["calculation"].min():
        return ""
    first = points[points["calculation"] == last["calculation"]].iloc[0]
    return f" since the new calculation that starts with {first['period_label']}"


def row(item: Indicator, line: Line) -> list[str | html.Cell]:
    """One point: figure, mean, limits, what it is and why, and which calculation it belongs to."""
    decimals = decimals_for(item.measure)
    if pd.isna(line["value"]):
        cells: list[str | html.Cell] = [html.Cell("no figure", "absent"), "", "", "", str(line["why_not"])]
        return [line["period_label"], *cells, ""]
    words, *_ = POINTS[line["point_type"]]
    return [
        line["period_label"],
        with_unit(number(line["value"], decimals), item.unit),
        number(line["centre"], decimals),
        interval(line["lower_limit"], line["upper_limit"], decimals),
        html.Cell(words, STATES.get(line["point_type"], "")),
        CAUSES[line["cause"]],
        f"{int(line['calculation']) + 1}{', provisional' if line['provisional'] else ''}",
    ]

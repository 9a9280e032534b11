"""A control chart: a series with its mean and limits, and each special cause by shape, colour and word."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.palette import Palette
from charts.words import number, plural, with_unit

POINTS = {
    "special_cause_improvement": ("special cause, improvement", "good", "triangle-up"),
    "special_cause_concern": ("special cause, concern", "bad", "triangle-down"),
    "special_cause_neutral_high": ("special cause, high, no judgement", "neutral", "triangle-up-open"),
    "special_cause_neutral_low": ("special cause, low, no judgement", "neutral", "triangle-down-open"),
    "common_cause": ("common cause", "neutral", "circle"),
}
CAUSES = {
    "above_upper_limit": "above the upper limit",
    "below_lower_limit": "below the lower limit",
    "seven_rising": "one of seven or more in a row that rise",
    "seven_falling": "one of seven or more in a row that fall",
    "two_of_three_high": "one of two of three in a row close to the upper limit",
    "two_of_three_low": "one of two of three in a row close to the lower limit",
    "seven_above_mean": "one of seven or more in a row above the mean",
    "seven_below_mean": "one of seven or more in a row below the mean",
    "common_cause": "within what the series does by itself",
}
VARIATION = {
    "special_cause_improvement": "the latest figure is a special cause of improvement",
    "special_cause_concern": "the latest figure is a special cause of concern",
    "special_cause_neutral_high": "the latest figure is a special cause, high, where no judgement is made",
    "special_cause_neutral_low": "the latest figure is a special cause, low, where no judgement is made",
    "common_cause": "the latest figure is within what the series does by itself",
}
ASSURANCE = {
    "consistent_pass": "the limits lie wholly on the better side of the target: it is met as a matter of course",
    "consistent_fail": "the limits lie wholly on the worse side of the target: it is missed as a matter of course",
    "inconsistent": "the target lies between the limits: chance alone decides whether it is met",
}
LINES = (("upper_limit", "limits", "dash"), ("lower_limit", "limits", "dash"), ("centre", "mean", "solid"))
ENOUGH = 12


def control_chart(
    points: pd.DataFrame, palette: Palette, *, title: str, unit: str, decimals: int, target: float | None = None
) -> go.Figure:
    """The series as a quiet line, mean and limits of each calculation as steps of their own, points by what they are.

    `points` is as `metrics.control.xmr` leaves one series, in order of time, with `period_label`; rows without a value
    stand where the line is to break.
    """
    figure = go.Figure([*_limits(points, palette), _series(points, palette)])
    for kind, group in points.dropna(subset=["value", "point_type"]).groupby("point_type", sort=False):
        figure.add_trace(_points(group, palette, str(kind), unit, decimals))
    if target is not None:
        figure.add_hline(
            y=target,
            line={"color": palette.text, "dash": "dashdot", "width": 1.5},
            annotation={
                "text": plain(f"target {with_unit(number(target, decimals), unit)}"),
                "font": {"color": palette.text, "size": 12},
                "x": 0,
                "xanchor": "left",
            },
        )
    axes(figure, palette, y=plain(unit))
    return framed(figure, palette, title, 430, legend=True)


def control_sentence(points: pd.DataFrame, variation: str, assurance: str | None, why_not: str | None) -> str:
    """Variation and assurance in words, how many points are special causes, and whether the last limits are firm."""
    known = points.dropna(subset=["value"])
    last = known.iloc[-1]
    special = int((known["point_type"] != "common_cause").sum())
    why = "" if variation == "common_cause" else f": {CAUSES[last['cause']]}"
    counted = plural(special, "is a special cause", "are special causes") if special else "none is a special cause"
    assured = ASSURANCE[assurance] if assurance else f"none, because {why_not}"
    return (
        f"Variation: {VARIATION[variation]} ({last['period_label']}{why}). Of {plural(len(known), 'point')}, "
        f"{counted}. Assurance: {assured}."
        f"{_provisional(points, last)}"
    )


def _provisional(points: pd.DataFrame, last: Any) -> str:
    """What is to be known of the limits of the last calculation: that there are none, or that they may still move."""
    if pd.isna(last["lower_limit"]):
        return f" The last calculation has no limits: {last['reason']}."
    if not bool(last["provisional"]):
        return ""
    same = points[points["calculation"] == last["calculation"]]
    return (
        f" The limits are provisional: the calculation from {same.iloc[0]['period_label']} on has "
        f"{plural(int(same['value'].notna().sum()), 'point')}, and {ENOUGH} make them firm."
    )


def _limits(points: pd.DataFrame, palette: Palette) -> list[go.Scatter]:
    """Mean and limits of each calculation; the legend names each kind of line once."""
    groups = [group for _, group in points.dropna(subset=["calculation"]).groupby("calculation")]
    return [
        _step(group, palette, *line, named=place == 0 and line[0] != "lower_limit")
        for place, group in enumerate(groups)
        for line in LINES
    ]


def _step(group: pd.DataFrame, palette: Palette, column: str, name: str, dash: str, *, named: bool) -> go.Scatter:
    return go.Scatter(
        x=group["period_end"],
        y=group[column],
        mode="lines",
        name=name,
        legendgroup=name,
        showlegend=named,
        line={"color": palette.quiet, "width": 1.2, "dash": dash},
        hoverinfo="skip",
    )


def _series(points: pd.DataFrame, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=points["period_end"],
        y=points["value"],
        mode="lines",
        connectgaps=False,
        showlegend=False,
        hoverinfo="skip",
        line={"color": palette.accent, "width": 1.5},
    )


def _points(group: pd.DataFrame, palette: Palette, kind: str, unit: str, decimals: int) -> go.Scatter:
    words, tone, symbol = POINTS[kind]
    text = [
        plain(f"{label}: {with_unit(number(value, decimals), unit)}, {CAUSES[cause]}")
        for label, value, cause in group[["period_label", "value", "cause"]].itertuples(index=False)
    ]
    return go.Scatter(
        x=group["period_end"],
        y=group["value"],
        mode="markers",
        name=words,
        marker={"color": palette.tone(tone), "symbol": symbol, "size": 8 if kind == "common_cause" else 12},
        text=text,
        hovertemplate="%{text}<extra></extra>",
    )

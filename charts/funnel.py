"""The funnel: each area by its size and its value, with the limits of counting noise and those of usual variation."""

from __future__ import annotations

from math import ceil, floor, log10

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.intervals import symbol_of
from charts.palette import Palette
from charts.words import TONES, listed, number, plural

POSITION_WORDS = {
    "low_998": "below England, beyond 99.8 %",
    "low_95": "below England, beyond 95 %",
    "within": "within counting noise",
    "high_95": "above England, beyond 95 %",
    "high_998": "above England, beyond 99.8 %",
}
ATTENTION_WORDS = {
    "low": "lower than areas usually vary",
    "within": "within usual variation",
    "high": "higher than areas usually vary",
}
OUTSIDE = "outside"
LIMITS = {
    "95": ("lower_95", "upper_95", "95 % limits, counting noise", "dot"),
    "998": ("lower_998", "upper_998", "99.8 % limits, counting noise", "dash"),
    "usual": ("adjusted_lower_998", "adjusted_upper_998", "99.8 % limits, usual variation added", "solid"),
}


def funnel_chart(
    frame: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    size: str,
    words: dict[str, str],
    average_name: str,
    highest: float | None = None,
) -> go.Figure:
    """Each area as a point over its denominator, with both pairs of limits of counting noise and the adjusted ones.

    `frame` has what `metrics.comparison.funnel` and `overdispersion` add, `value`, `denominator`, `state` (a key of
    `words`, or `OUTSIDE` for areas that are not looked at), `label` (a name to write beside the point, or nothing) and
    `hover`. Limits are drawn through the areas' own, and cut at nought and at `highest`.
    """
    known = frame.dropna(subset=["average", "value"]).sort_values("denominator")
    figure = go.Figure()
    for lower, upper, name, dash in LIMITS.values():
        for side in (lower, upper):
            figure.add_trace(_limit(known, palette, side, name, dash, side == lower, highest))
    named = {OUTSIDE: "other areas"} | words
    figure.add_traces(
        [_points(known[known["state"] == state], palette, state, named[state]) for state in named
         if (known["state"] == state).any()]
    )  # fmt: skip
    _mark_average(figure, palette, float(known["average"].iloc[0]), average_name)
    axes(figure, palette, x=plain(f"{size}, logarithmic scale"), y=plain(unit))
    values = ticks(known["denominator"].min(), known["denominator"].max())
    figure.update_xaxes(type="log", tickvals=values, ticktext=[short(value) for value in values])
    figure.update_yaxes(tickformat=",~f")
    return framed(figure, palette, title, 560, legend=True)


def funnel_sentence(frame: pd.DataFrame, noun: str = "area") -> str:
    """How many areas lie beyond each pair of limits, and which lie beyond the widest."""
    known = frame.dropna(subset=["position"])
    if known.empty:
        return f"No {noun} can be placed in a funnel."
    outer = int(known["position"].isin(["low_998", "high_998"]).sum())
    inner = int((known["position"] != "within").sum())
    beyond = known[known["attention"].isin(["low", "high"])]
    names = [f"{name}, {side}" for name, side in beyond[["area_name", "attention"]].values]
    usual = f"{len(beyond)} ({listed(names, 6)})" if names else "none"
    return (
        f"Of {plural(len(known), noun)}, {inner} lie beyond the 95 % limits of counting noise, {outer} of them beyond "
        f"its 99.8 % limits, and {usual} beyond the 99.8 % limits that allow for the usual variation between {noun}s."
    )


def ticks(low: float, high: float) -> list[float]:
    """Round numbers for a logarithmic axis: 1, 2, 5, 10, 20 and so on, in the range or just outside it."""
    powers = range(floor(log10(max(low, 1))), ceil(log10(max(high, 1))) + 1)
    round_numbers = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    return [value for value in round_numbers if low * 0.8 <= value <= high * 1.25]


def short(value: float) -> str:
    """A round number for an axis, such as `200,000` or `2 million`."""
    return f"{value / 1e6:g} million" if value >= 1e6 else number(value)


def _mark_average(figure: go.Figure, palette: Palette, average: float, name: str) -> None:
    figure.add_hline(y=average, line={"color": palette.text, "width": 1.5})
    figure.add_annotation(
        text=plain(name), x=1, xref="paper", xanchor="right", y=average, yanchor="bottom", showarrow=False
    )


def _limit(
    known: pd.DataFrame, palette: Palette, column: str, name: str, dash: str, first: bool, highest: float | None
) -> go.Scatter:
    return go.Scatter(
        x=known["denominator"],
        y=known[column].astype("float64").clip(lower=0, upper=highest),
        mode="lines",
        name=name,
        legendgroup=name,
        showlegend=first,
        hoverinfo="skip",
        line={"color": palette.accent if dash == "solid" else palette.quiet, "width": 1.5, "dash": dash},
    )


def _points(group: pd.DataFrame, palette: Palette, state: str, words: str) -> go.Scatter:
    return go.Scatter(
        x=group["denominator"],
        y=group["value"],
        mode="markers+text",
        name=plain(words),
        text=[plain(label) for label in group["label"]],
        textposition="top center",
        textfont={"color": palette.text, "size": 12},
        cliponaxis=False,
        marker={
            "color": palette.line if state == OUTSIDE else palette.tone(TONES.get(state, "neutral")),
            "symbol": symbol_of(state),
            "size": [15 if side in ("low", "high") else 10 for side in group["attention"]],
        },
        customdata=[plain(text) for text in group["hover"]],
        hovertemplate="%{customdata}<extra></extra>",
    )

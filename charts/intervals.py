"""Areas side by side: each area's figure with its limits, in order, and the benchmark as a line."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.palette import Palette
from charts.words import TONES, interval, listed, number, plural, with_unit

SYMBOLS = {"good": "triangle-up", "bad": "triangle-down", "missing": "circle-open", "neutral": "circle"}


def intervals_chart(
    frame: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    words: dict[str, str],
    line: float | None,
    line_name: str,
    decimals: int = 1,
    signed: bool = False,
) -> go.Figure:
    """One row per area with a value: a point, its limits, and its state as shape and colour.

    `frame` has `area_name`, `value`, `lower`, `upper` in `unit` and `state`; areas without a value are left to the
    sentence and the table. `words` says each state.
    """
    known = frame.dropna(subset=["value"]).sort_values("value")
    figure = go.Figure(
        [
            _points(known[known["state"] == state], palette, state, words[state], unit, decimals)
            for state in words
            if (known["state"] == state).any()
        ]
    )
    if line is not None:
        figure.add_vline(
            x=line,
            line={"color": palette.text, "width": 1.5, "dash": "dash"},
            annotation={"text": plain(line_name), "font": {"color": palette.text}, "yref": "paper", "y": 1.0},
        )
    axes(figure, palette, x=plain(unit))
    figure.update_yaxes(categoryorder="array", categoryarray=list(known["area_name"].map(plain)), tickfont={"size": 12})
    figure.update_xaxes(rangemode="normal" if signed else "tozero")
    return framed(figure, palette, title, 170 + 19 * max(len(known), 4), legend=True)


def intervals_sentence(frame: pd.DataFrame, words: dict[str, str], what: str = "figure") -> str:
    """How many areas are in each state, with the names of a few, and how many have no figure, or `what` it is."""
    known = frame.dropna(subset=["value"])
    parts = []
    for state, meaning in words.items():
        names = list(known.loc[known["state"] == state, "area_name"])
        if names:
            parts.append(
                f"{plural(len(names), 'area')} {meaning}" + (f" ({listed(names)})" if len(names) <= 12 else "")
            )
    missing = list(frame.loc[frame["value"].isna(), "area_name"])
    if missing:
        parts.append(f"{plural(len(missing), 'area')} without a {what} ({listed(missing)})")
    return "; ".join(parts) + "." if parts else "There are no figures to show."


def _points(frame: pd.DataFrame, palette: Palette, state: str, words: str, unit: str, decimals: int) -> go.Scatter:
    tone = TONES.get(state, "neutral")
    text = [
        plain(f"{with_unit(number(value, decimals), unit)} {interval(lower, upper, decimals)}")
        for value, lower, upper in frame[["value", "lower", "upper"]].itertuples(index=False)
    ]
    return go.Scatter(
        x=frame["value"],
        y=frame["area_name"].map(plain),
        mode="markers",
        name=words,
        marker={"color": palette.tone(tone), "size": 10, "symbol": SYMBOLS[tone]},
        error_x={
            "array": frame["upper"] - frame["value"],
            "arrayminus": frame["value"] - frame["lower"],
            "symmetric": False,
            "color": palette.tone(tone),
            "thickness": 1.5,
            "width": 0,
        },
        text=text,
        hovertemplate=f"%{{y}}: %{{text}}, {words}<extra></extra>",
    )

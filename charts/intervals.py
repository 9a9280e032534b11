"""Areas side by side: each area's figure with its limits, in order, and the benchmark as a line."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.palette import Palette
from charts.words import TONES, interval, listed, number, plural, with_unit

SYMBOLS = {"good": "triangle-up", "bad": "triangle-down", "missing": "circle-open", "neutral": "circle"}
# Where no judgement is made both sides are of one tone, and the shape alone tells them apart.
SHAPES = {"higher": "triangle-up-open", "lower": "triangle-down-open"}


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
    bands: Sequence[str] = (),
) -> go.Figure:
    """One row per area with a value: a point, its limits, and its state as shape and colour.

    `frame` has `area_name`, `value`, `lower`, `upper` in `unit` and `state`; areas without a value are left to the
    sentence and the table. `words` says each state. Rows stand by value; with `bands` (states, from the bottom) those
    of one state stand together under its words, and by value inside it.
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
        mark_line(figure, palette, line, line_name, known["upper"].fillna(known["value"]).max())
    axes(figure, palette, x=plain(unit))
    rows = banded(known, bands, words) if bands else list(known["area_name"].map(plain))
    figure.update_yaxes(categoryorder="array", categoryarray=rows, tickfont={"size": 12})
    if bands:
        # A heading has no point, so the axis would end below the topmost one.
        figure.update_yaxes(range=[-0.5, len(rows) - 0.5], tickvals=rows)
    figure.update_xaxes(rangemode="normal" if signed else "tozero")
    return framed(figure, palette, title, 170 + 19 * max(len(rows), 4), legend=not bands)


def mark_line(figure: go.Figure, palette: Palette, line: float, name: str, highest: float) -> None:
    """A line for the benchmark with its name at the top, on the side where there is room for it below `highest`."""
    figure.add_vline(
        x=line,
        line={"color": palette.text, "width": 1.5, "dash": "dash"},
        annotation={
            "text": plain(name),
            "font": {"color": palette.text},
            "yref": "paper",
            "y": 1.0,
            "xanchor": "right" if line > highest / 2 else "left",
        },
    )


def banded(known: pd.DataFrame, bands: Sequence[str], words: dict[str, str]) -> list[str]:
    """The rows from the bottom: the areas of each band by value, and above them its heading with their number."""
    rows: list[str] = []
    for state in bands:
        names = list(known.loc[known["state"] == state, "area_name"].map(plain))
        rows += [*names, f"<b>{plain(words[state])}: {len(names)}</b>"] if names else []
    return rows


def intervals_sentence(frame: pd.DataFrame, words: dict[str, str], what: str = "figure", noun: str = "area") -> str:
    """How many areas are in each state, with the names of a few, and how many have no figure, or `what` it is."""
    known = frame.dropna(subset=["value"])
    parts = []
    for state, meaning in words.items():
        names = list(known.loc[known["state"] == state, "area_name"])
        if names:
            parts.append(f"{plural(len(names), noun)} {meaning}" + (f" ({listed(names)})" if len(names) <= 12 else ""))
    missing = list(frame.loc[frame["value"].isna(), "area_name"])
    if missing:
        parts.append(f"{plural(len(missing), noun)} without a {what} ({listed(missing)})")
    return "; ".join(parts) + "." if parts else "There are no figures to show."


def symbol_of(state: str) -> str:
    """The shape of a state."""
    return SHAPES.get(state, SYMBOLS[TONES.get(state, "neutral")])


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
        marker={"color": palette.tone(tone), "size": 10, "symbol": symbol_of(state)},
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

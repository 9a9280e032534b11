"""How far regions differ from one another, over periods of which no two overlap."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, mark_baseline, plain
from charts.palette import Palette
from charts.words import interval, listed, number, with_unit

MEASURES = {
    "standard_deviation": ("Standard deviation", "circle", "solid"),
    "interquartile_range": ("Interquartile range", "diamond", "dot"),
}
MOST_LABELS = 3
ENDS = ("", "_lower", "_upper")


def spread_chart(
    frame: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    baseline: pd.Timestamp | None,
    decimals: int = 1,
) -> go.Figure:
    """The standard deviation and the interquartile range of the regions' figures, with limits, over time.

    `frame` has `period_end`, `period_label`, both measures with `_lower` and `_upper` in `unit`, `areas_included`,
    `areas_expected` and `whole`, in order of time. A period that is not whole, because it rests on fewer areas than
    the others, is drawn hollow, and no line leads to it: what looks like a move there may be the missing area.
    """
    figure = go.Figure()
    for name, (words, symbol, dash) in MEASURES.items():
        colour = palette.accent if name == "standard_deviation" else palette.neutral
        figure.add_trace(_line(frame, name, colour, dash))
        figure.add_trace(_points(frame, name, words, colour, symbol, unit, decimals))
    for line in _few_gaps(frame):
        figure.add_annotation(x=line["period_end"], y=0, text=plain(areas(line)), showarrow=False, yanchor="bottom")
    mark_baseline(figure, palette, baseline)
    axes(figure, palette, y=plain(unit))
    figure.update_yaxes(rangemode="tozero")
    return framed(figure, palette, title, 380, legend=True)


def spread_sentence(frame: pd.DataFrame, unit: str, decimals: int = 1) -> str:
    """The first and the latest standard deviation, and which periods rest on fewer areas than the others."""
    known = frame.dropna(subset=["standard_deviation"])
    if known.empty:
        return "In no period do three regions have a figure with limits, so there is no spread to show."
    first, last = known.iloc[0].to_dict(), known.iloc[-1].to_dict()
    text = f"Standard deviation between regions: {_said(last, unit, decimals)} in {last['period_label']}"
    if len(known) > 1:
        text += f"; it was {_said(first, unit, decimals)} in {first['period_label']}"
    return f"{text}. {_gaps(frame)}".strip()


def areas(line: dict[Any, Any]) -> str:
    """How many areas of how many a sum rests on."""
    if pd.isna(line["areas_included"]):
        return "as published"
    return f"{int(line['areas_included'])} of {int(line['areas_expected'])} areas"


def _few_gaps(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """The periods that are not whole, to be labelled; none where they are too many to be read."""
    gaps = [{str(name): value for name, value in line.items()} for line in frame[~frame["whole"]].to_dict("records")]
    return gaps if len(gaps) <= MOST_LABELS else []


def _gaps(frame: pd.DataFrame) -> str:
    """Which periods rest on fewer areas than the fullest one, or how many do."""
    fewer = [f"{areas(line)} in {line['period_label']}" for line in frame[~frame["whole"]].to_dict("records")]
    if not fewer:
        return ""
    named = listed(fewer) if len(fewer) <= MOST_LABELS else f"{len(fewer)} of {len(frame)} periods"
    return f"On fewer areas than in the fullest period, a gap that no line is drawn across: {named}."


def _said(line: dict[Any, Any], unit: str, decimals: int) -> str:
    size, lower, upper = (line[f"standard_deviation{end}"] for end in ENDS)
    return f"{with_unit(number(size, decimals), unit)} {interval(lower, upper, decimals)}"


def _line(frame: pd.DataFrame, name: str, colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=frame["period_end"],
        y=frame[name].where(frame["whole"]),
        mode="lines",
        connectgaps=False,
        showlegend=False,
        hoverinfo="skip",
        line={"color": colour, "width": 2, "dash": dash},
    )


def _points(
    frame: pd.DataFrame, name: str, words: str, colour: str, symbol: str, unit: str, decimals: int
) -> go.Scatter:
    size, lower, upper = (frame[f"{name}{end}"] for end in ENDS)
    text = [
        plain(f"{line['period_label']}: {with_unit(number(line[name], decimals), unit)} "
              f"{interval(line[f'{name}_lower'], line[f'{name}_upper'], decimals)}, {areas(line)}")
        for line in frame.to_dict("records")
    ]  # fmt: skip
    symbols = [symbol if whole else f"{symbol}-open" for whole in frame["whole"]]
    return go.Scatter(
        x=frame["period_end"],
        y=size,
        mode="markers",
        name=words,
        marker={"size": 10, "color": colour, "symbol": symbols, "line": {"width": 2, "color": colour}},
        error_y={
            "array": (upper - size).fillna(0),
            "arrayminus": (size - lower).fillna(0),
            "symmetric": False,
            "color": colour,
            "thickness": 1.5,
            "width": 3,
        },
        text=text,
        hovertemplate=f"{words}, %{{text}}<extra></extra>",
    )

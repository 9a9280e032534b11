"""One indicator over time: an area beside a benchmark, with limits, gaps left open and the baseline marked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, mark_baseline, plain
from charts.palette import Palette
from charts.words import interval, number, with_unit

GAP = "nothing published in between"


def series_chart(
    own: pd.DataFrame,
    benchmark: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    names: tuple[str, str],
    baseline: pd.Timestamp | None,
    decimals: int = 1,
) -> go.Figure:
    """Points with limits for the area, a quiet line for the benchmark; neither is drawn across a gap.

    Both frames have `period_end`, `period_label`, `value`, `lower`, `upper` in `unit`, in order of time, with a row
    without a value for each period that is missing.
    """
    figure = go.Figure()
    if not benchmark.empty:
        figure.add_trace(_line(benchmark, palette.quiet, names[1], unit, decimals, dash="dot"))
    figure.add_trace(_band(own, palette))
    figure.add_trace(_line(own, palette.accent, names[0], unit, decimals))
    mark_baseline(figure, palette, baseline)
    axes(figure, palette, y=plain(unit))
    figure.update_yaxes(rangemode="tozero")
    return framed(figure, palette, title, 400, legend=not benchmark.empty)


def series_sentence(own: pd.DataFrame, *, area: str, indicator: str, unit: str, decimals: int = 1) -> str:
    """The first and the latest figure of the area, and how many periods have none."""
    known = own.dropna(subset=["value"])
    if known.empty:
        return f"{area} has no figure for {indicator} that can be shown."
    first, last = known.iloc[0], known.iloc[-1]
    text = (
        f"{area}, {indicator}: {with_unit(number(last['value'], decimals), unit)} "
        f"{interval(last['lower'], last['upper'], decimals)} in {last['period_label']}"
    )
    if len(known) > 1:
        text += f"; it was {with_unit(number(first['value'], decimals), unit)} in {first['period_label']}"
    periods = own[own["period_label"] != GAP]
    missing = int(periods["value"].isna().sum())
    text += f". {missing} of {len(periods)} periods have no figure that can be shown" if missing else ""
    return text + (". The line is broken where years are not published." if len(periods) < len(own) else ".")


def _line(frame: pd.DataFrame, colour: str, name: str, unit: str, decimals: int, dash: str = "solid") -> go.Scatter:
    text = [
        plain(f"{label}: {with_unit(number(value, decimals), unit)} {interval(lower, upper, decimals)}")
        for label, value, lower, upper in frame[["period_label", "value", "lower", "upper"]].itertuples(index=False)
    ]
    return go.Scatter(
        x=frame["period_end"],
        y=frame["value"],
        mode="lines+markers",
        name=plain(name),
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"size": 7, "color": colour},
        text=text,
        hovertemplate=f"{plain(name)}, %{{text}}<extra></extra>",
    )


def _band(frame: pd.DataFrame, palette: Palette) -> go.Scatter:
    above = (frame["upper"] - frame["value"]).fillna(0)
    below = (frame["value"] - frame["lower"]).fillna(0)
    return go.Scatter(
        x=frame["period_end"],
        y=frame["value"],
        mode="markers",
        showlegend=False,
        hoverinfo="skip",
        marker={"size": 1, "color": palette.accent},
        error_y={
            "array": above,
            "arrayminus": below,
            "symmetric": False,
            "color": palette.accent,
            "thickness": 1.5,
            "width": 3,
        },
    )

"""What a chart over time is marked with: the baseline, numbered events, targets, earlier editions, partial sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from charts.frame import plain
from charts.palette import Palette
from charts.series import series_chart
from charts.words import day, number, with_unit

Drawn = Sequence[tuple[int, date]]


def marked_chart(
    own: pd.DataFrame,
    benchmark: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    names: tuple[str, str],
    decimals: int,
    baseline: date,
    events: Drawn,
    targets: pd.DataFrame,
    partial: pd.DataFrame,
    earlier: pd.DataFrame,
) -> go.Figure:
    """The chart of `charts.series.series_chart` with every mark on it, finished: a kept figure takes no more marks.

    `targets`, `partial` and `earlier` are as the functions below take them.
    """
    figure = series_chart(
        own, benchmark, palette, title=title, unit=unit, names=names, baseline=None, decimals=decimals
    )
    mark_baseline(figure, palette, baseline)
    mark_events(figure, palette, events)
    draw_targets(figure, palette, targets, unit, decimals)
    draw_partial(figure, palette, partial, unit, decimals)
    return draw_earlier(figure, palette, earlier, unit, decimals)


def mark_baseline(figure: go.Figure, palette: Palette, on: date) -> go.Figure:
    """A dashed line on the day of the baseline, named at the foot of the chart, where no number of an event stands."""
    _line(figure, palette, on, "dash")
    return figure.add_annotation(
        x=pd.Timestamp(on),
        y=0,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text="baseline ",
        showarrow=False,
        font={"color": palette.quiet, "size": 12},
    )


def mark_events(figure: go.Figure, palette: Palette, events: Drawn) -> go.Figure:
    """A dotted line for each event with its number at the top; the list below the chart says what happened."""
    for index, on in events:
        _line(figure, palette, on, "dot")
        figure.add_annotation(
            x=pd.Timestamp(on),
            y=1,
            yref="paper",
            yanchor="middle",
            text=f"<b>{index}</b>",
            showarrow=False,
            font={"color": palette.background, "size": 12},
            bgcolor=palette.quiet,
            borderpad=3,
        )
    # The numbers stand half above the plot, where the last line of a long title would touch them.
    return figure.update_layout(margin={"t": (figure.layout.margin.t or 0) + 10}) if events else figure


def draw_targets(figure: go.Figure, palette: Palette, targets: pd.DataFrame, unit: str, decimals: int) -> go.Figure:
    """A square for each agreed target on its date, with the straight path to it from the baseline where there is one.

    `targets` has `target` in `unit`, `target_date`, and `baseline` with `baseline_date` or missing.
    """
    for line in targets.to_dict("records"):
        path = pd.notna(line["baseline"])
        words = f"target {with_unit(number(line['target'], decimals), unit)} by {day(line['target_date'])}"
        figure.add_trace(
            go.Scatter(
                x=[line["baseline_date"], line["target_date"]] if path else [line["target_date"]],
                y=[line["baseline"], line["target"]] if path else [line["target"]],
                mode="lines+markers" if path else "markers",
                name=plain(words),
                line={"color": palette.neutral, "width": 1.5, "dash": "dashdot"},
                marker={"symbol": "square-open", "size": [0, 11] if path else 11, "color": palette.neutral},
                hovertemplate=f"{plain(words)}<extra></extra>",
            )
        )
    return figure.update_layout(showlegend=True) if len(targets) else figure


def draw_earlier(figure: go.Figure, palette: Palette, earlier: pd.DataFrame, unit: str, decimals: int) -> go.Figure:
    """A hollow diamond for each figure as an earlier edition had it.

    `earlier` has `period_end`, `period_label`, `earlier_value` in `unit` and `edition`.
    """
    return _hollow(
        figure, palette, earlier, "earlier_value", "edition", unit, decimals, "diamond-open", "before it was revised"
    )


def draw_partial(figure: go.Figure, palette: Palette, partial: pd.DataFrame, unit: str, decimals: int) -> go.Figure:
    """A hollow circle for each sum of fewer areas; `partial` has `period_end`, `period_label`, `value`, `coverage`."""
    return _hollow(figure, palette, partial, "value", "coverage", unit, decimals, "circle-open", "sum of fewer areas")


def _hollow(
    figure: go.Figure,
    palette: Palette,
    frame: pd.DataFrame,
    column: str,
    words: str,
    unit: str,
    decimals: int,
    symbol: str,
    name: str,
) -> go.Figure:
    known = frame.dropna(subset=[column])
    if known.empty:
        return figure
    text = [
        plain(f"{label}: {with_unit(number(value, decimals), unit)}, {more}")
        for label, value, more in known[["period_label", column, words]].itertuples(index=False)
    ]
    return figure.update_layout(showlegend=True).add_trace(
        go.Scatter(
            x=known["period_end"],
            y=known[column],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 10, "color": palette.text, "line": {"width": 1.5}},
            text=text,
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _line(figure: go.Figure, palette: Palette, on: date, dash: str) -> None:
    figure.add_vline(x=pd.Timestamp(on), line={"color": palette.quiet, "dash": dash, "width": 1})

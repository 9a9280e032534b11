"""Small multiples: a small panel for each area, all on the same scales, with England as a quiet line behind.

All panels of a figure are drawn on one pair of axes, each moved to its place: a figure with axes for every panel takes
ten times as long to make and to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from charts.frame import framed, plain, wrapped
from charts.palette import Palette
from charts.words import number

COLUMNS = 3
# In pixels: a panel, the room between two rows for years and names, and the room above the first row for its names.
PANEL, BETWEEN, ABOVE, BELOW = 110, 76, 46, 24
# Where a panel begins and ends in its column, in parts of the column: left of it stands its scale.
LEFT, RIGHT = 0.16, 0.97
# The longest line of a name over a panel.
LETTERS = 16


@dataclass(frozen=True)
class Panel:
    """One area's place: `column` and `foot` in the figure, its name, its values, and the value at its upper edge."""

    column: int
    foot: float
    name: str
    values: list[float]
    top: float

    def x(self, share: float) -> float:
        """Where a share of the time stands, from 0 at the left to 1 at the right."""
        return self.column + LEFT + (RIGHT - LEFT) * share

    def y(self, value: float) -> float | None:
        """Where a value stands; nothing when it is missing."""
        return None if pd.isna(value) else self.foot + value / self.top


def multiples_chart(
    wide: pd.DataFrame,
    names: Mapping[str, str],
    palette: Palette,
    *,
    title: str,
    top: float | None,
    decimals: int = 1,
    england: pd.Series[float] | None = None,
) -> go.Figure:
    """One panel per area, three beside each other; what is missing leaves its line open.

    `wide` has `period_end`, `period_label` and a column per code of `names`; `england` its figure at the same times.
    All panels reach from nought to `top`; without it each has a scale of its own.
    """
    panels, times = placed(wide, names, top), wide["period_end"]
    behind = [] if england is None else [_behind(panel, list(england.astype("float64"))) for panel in panels]
    headings = [(panel.x(0.5), panel.foot + 1, _heading(panel, decimals)) for panel in panels]
    at = _shares(times), list(wide["period_label"]), decimals
    figure = go.Figure(
        [
            _rules(panels, palette.line),
            _lines(behind, *at, colour=palette.quiet, dash="dot"),
            _lines(panels, *at, colour=palette.accent, dash="solid"),
            _texts(headings, palette.text, ["top center"], 11),
            _texts(_years(panels, times), palette.quiet, ["bottom right", "bottom left"], 10),
            _texts(_scales(panels, alike=top is not None), palette.quiet, ["middle left"], 10),
        ]
    )
    return _fitted(framed(figure, palette, title, PANEL), panels)


def placed(wide: pd.DataFrame, names: Mapping[str, str], top: float | None) -> list[Panel]:
    """The panel of each area, row by row from the top."""
    return [
        Panel(
            column=place % COLUMNS,
            foot=-(place // COLUMNS) * (1 + BETWEEN / PANEL),
            name=name,
            values=list(wide[code].astype("float64")),
            top=(top or _highest(wide[code])) * 1.05,
        )
        for place, (code, name) in enumerate(names.items())
    ]


def first_and_last(values: pd.Series[float]) -> tuple[int, int] | None:
    """Where the first and the last value stand; nothing when there is none."""
    known = [place for place, value in enumerate(values) if pd.notna(value)]
    return (known[0], known[-1]) if known else None


def round_step(top: float) -> float:
    """The largest of 1, 2, 5, 10, 20 … and their tenths that is at most half of `top`."""
    power = 10.0 ** (len(f"{int(top)}") if top >= 1 else 0)
    while True:
        for step in (5, 2, 1):
            if step * power <= top / 2:
                return step * power
        power /= 10


def _highest(values: pd.Series[float]) -> float:
    highest = values.max()
    return float(highest) if pd.notna(highest) and highest > 0 else 1.0


def _behind(panel: Panel, england: list[float]) -> Panel:
    """England in a panel; nothing in one whose area has no figure."""
    shown = england if any(pd.notna(value) for value in panel.values) else [float("nan")] * len(england)
    return Panel(panel.column, panel.foot, "England", shown, panel.top)


def _shares(ends: pd.Series[pd.Timestamp]) -> list[float]:
    first, last = ends.iloc[0], ends.iloc[-1]
    return [0.5] * len(ends) if first == last else list((ends - first) / (last - first))


def _heading(panel: Panel, decimals: int) -> str:
    known = [value for value in panel.values if pd.notna(value)]
    return f"{wrapped(panel.name, LETTERS)}<br>{number(known[-1], decimals) if known else 'no figure'}"


def _lines(
    panels: Sequence[Panel], shares: Sequence[float], labels: Sequence[str], decimals: int, *, colour: str, dash: str
) -> go.Scatter:
    """One line through all panels, open between them and wherever a value is missing."""
    quiet = dash != "solid"
    return go.Scatter(
        x=[place for panel in panels for place in (*map(panel.x, shares), None)],
        y=[place for panel in panels for place in (*map(panel.y, panel.values), None)],
        mode="lines" if quiet else "lines+markers",
        connectgaps=False,
        showlegend=False,
        line={"color": colour, "width": 1.5 if quiet else 2, "dash": dash},
        marker={"size": 4, "color": colour},
        text=[text for panel in panels for text in (*_told(panel, labels, decimals), "")],
        hovertemplate="%{text}<extra></extra>",
    )


def _told(panel: Panel, labels: Sequence[str], decimals: int) -> list[str]:
    name = plain(panel.name)
    return [f"{name}, {label}: {number(value, decimals)}" for label, value in zip(labels, panel.values, strict=True)]


def _rules(panels: Sequence[Panel], colour: str) -> go.Scatter:
    """Quiet lines at nought and at each step of the scale."""
    ends = [(panel, panel.y(value)) for panel in panels for value in (0.0, *_steps(panel))]
    return go.Scatter(
        x=[place for panel, _ in ends for place in (panel.x(0) - 0.02, panel.x(1) + 0.02, None)],
        y=[place for _, height in ends for place in (height, height, None)],
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        line={"color": colour, "width": 1},
    )


def _steps(panel: Panel) -> list[float]:
    step = round_step(panel.top)
    return [step * count for count in range(1, int(panel.top / step) + 1)]


def _years(panels: Sequence[Panel], times: pd.Series[pd.Timestamp]) -> list[tuple[float, float, str]]:
    """The first and the last year at the foot of each panel."""
    first, last = times.iloc[0].year, times.iloc[-1].year
    years = [(0.0, f"{first}"), (1.0, f"{last}" if last != first else "")]
    return [(panel.x(share), panel.foot, year) for panel in panels for share, year in years]


def _scales(panels: Sequence[Panel], alike: bool) -> list[tuple[float, float, str]]:
    """Nought and the steps beside each panel, or only beside the first of each row where all have one scale."""
    beside = [panel for panel in panels if (panel.column == 0 if alike else any(map(pd.notna, panel.values)))]
    return [
        (panel.x(0) - 0.02, panel.foot + value / panel.top, f"{value:,.10g}")
        for panel in beside
        for value in (0.0, *_steps(panel))
    ]


def _texts(placed: list[tuple[float, float, str]], colour: str, positions: list[str], size: int) -> go.Scatter:
    """Texts at places, taking the positions in turn."""
    return go.Scatter(
        x=[place for place, _, _ in placed],
        y=[place for _, place, _ in placed],
        text=[text for _, _, text in placed],
        mode="text",
        textposition=(positions * len(placed))[: len(placed)],
        textfont={"color": colour, "size": size},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _fitted(figure: go.Figure, panels: Sequence[Panel]) -> go.Figure:
    """The figure as high as its rows need, without axes of its own."""
    lowest = min(panel.foot for panel in panels) - BELOW / PANEL
    highest = 1 + ABOVE / PANEL
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        xaxis={**hidden, "range": [0, COLUMNS]},
        yaxis={**hidden, "range": [lowest, highest]},
        height=(highest - lowest) * PANEL + figure.layout.margin.t + figure.layout.margin.b,
        margin={"r": 4},
    )
    return figure

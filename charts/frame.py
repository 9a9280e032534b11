"""The look that every chart shares."""

from __future__ import annotations

from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from charts.palette import Palette
from charts.words import TURNING

FONT = '"Source Sans", "Source Sans 3", Arial, sans-serif'
DISARMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"}) | TURNING


def framed(figure: go.Figure, palette: Palette, title: str, height: int, *, legend: bool = False) -> go.Figure:
    """The figure with the project's fonts, margins and title; the title is the finding.

    It replaces what was said of the same before, whole: to merge the two would take five times as long.
    """
    return figure.update_layout(
        overwrite=True,
        title={
            "text": wrapped(title),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "font": {"size": 15},
            "pad": {"l": 4},
        },
        font={"family": FONT, "size": 13, "color": palette.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=height,
        margin={"l": 8, "r": 16, "t": 30 + 22 * (1 + wrapped(title).count("<br>")), "b": 8},
        showlegend=legend,
        legend={
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "xref": "container",
            "x": 0.01,
            "traceorder": "normal",
        },
        hoverlabel={"font": {"family": FONT, "size": 13}},
        dragmode=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": palette.quiet, "activecolor": palette.text},
    )


def axes(figure: go.Figure, palette: Palette, *, x: str = "", y: str = "") -> go.Figure:
    """Quiet grid lines and axis titles that say the unit; to be called before axes are told anything else."""
    shared = {
        "gridcolor": palette.line,
        "zerolinecolor": palette.quiet,
        "linecolor": palette.quiet,
        "automargin": True,
        "tickfont": {"color": palette.text},
        "fixedrange": True,
    }
    figure.update_xaxes(**shared, title={"text": broken(x, 28), "font": {"color": palette.quiet}}, overwrite=True)
    return figure.update_yaxes(**shared, title={"text": y, "font": {"color": palette.quiet}}, overwrite=True)


def patterned(palette: Palette, tone: str, shape: str) -> dict[str, object]:
    """The marker of a bar that its pattern tells apart as well as its colour."""
    return {
        "color": palette.tone(tone),
        "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": palette.background, "size": 7},
        "line": {"color": palette.background, "width": 1},
    }


def mark_baseline(figure: go.Figure, palette: Palette, baseline: pd.Timestamp | None) -> None:
    """A dashed line at the day of the baseline; nothing without one."""
    if baseline is not None:
        figure.add_vline(
            x=baseline,
            line={"color": palette.quiet, "dash": "dash", "width": 1},
            annotation={"text": "baseline", "font": {"color": palette.quiet}},
        )


def wrapped(text: str, width: int = 46) -> str:
    """Text with line breaks for Plotly; marks that Plotly would read are disarmed."""
    return broken(plain(text), width)


def broken(text: str, width: int) -> str:
    """Text with line breaks between its words for Plotly, which does not wrap by itself."""
    return "<br>".join(wrap(text, width, break_long_words=False, break_on_hyphens=False))


def plain(text: str) -> str:
    """Text in which Plotly finds no markup, and which does not turn the direction of what stands around it."""
    return text.translate(DISARMED)

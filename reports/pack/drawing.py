"""Charts on paper: drawn by matplotlib with the colours, shapes and words of the pages, and no browser.

The same chart gives the same bytes. Each mark differs by shape or pattern, too, so that a grey print can be read.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from threading import Lock
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from charts.intervals import symbol_of
from charts.palette import LIGHT
from charts.words import TONES
from reports.pack.fonts import FAMILY, printable
from reports.pack.model import Bars, Intervals, Stack

# Set once and for all: these are shared by every thread of the program, and nothing else in it draws with matplotlib.
matplotlib.rcParams.update(
    {
        "font.family": FAMILY,
        "font.size": 8.5,
        "hatch.linewidth": 0.8,
        "svg.fonttype": "path",
        "svg.hashsalt": "pack",
        "svg.id": None,
        "text.parse_math": False,
    }
)
# matplotlib keeps fonts in common and does not say that two threads may draw at once.
ONE_AT_A_TIME = Lock()
WIDTH = 7.1
PATTERNS = {"": "", "/": "////", ".": "..."}
MARKERS = {
    "triangle-up": ("^", True),
    "triangle-down": ("v", True),
    "triangle-up-open": ("^", False),
    "triangle-down-open": ("v", False),
    "circle": ("o", True),
    "circle-open": ("o", False),
}
DPI = 200
NARROWEST = 0.035
"""Of the whole width: a count is written into its part of a bar where there is room for it."""
PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)


@lru_cache(maxsize=48)
def svg(chart: Bars | Intervals) -> str:
    """The chart as one SVG element, its letters as outlines; kept for a while, as web page and PDF both draw it."""
    sink = io.StringIO()
    with ONE_AT_A_TIME:
        draw(chart).savefig(sink, format="svg", metadata={"Date": None, "Creator": None})
    return METADATA.sub("", PROLOGUE.sub("", sink.getvalue())).strip()


def png(chart: Bars | Intervals) -> bytes:
    """The chart as PNG, for Word, which prints SVG only in its newer releases."""
    sink = io.BytesIO()
    with ONE_AT_A_TIME:
        draw(chart).savefig(sink, format="png", dpi=DPI, metadata={"Software": None})
    return sink.getvalue()


def draw(chart: Bars | Intervals) -> Canvas:
    """The chart on a canvas as wide as a page."""
    rows = len(chart.labels) if isinstance(chart, Bars) else len(chart.points)
    canvas = Canvas(figsize=(WIDTH, 1.1 + 0.185 * max(rows, 4)), layout="constrained")
    FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    if isinstance(chart, Bars):
        _bars(axes, chart)
    else:
        _intervals(axes, chart)
    _quiet(axes, chart.unit)
    canvas.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=8, handlelength=1.6, labelcolor=LIGHT.text)
    return canvas


def _bars(axes: Axes, chart: Bars) -> None:
    places = list(range(len(chart.labels)))
    started = [0] * len(places)
    longest = max((sum(one.counts[place] for one in chart.stacks) for place in places), default=0)
    for stack in chart.stacks:
        _stack(axes, stack, places, started, longest)
        started = [before + count for before, count in zip(started, stack.counts, strict=True)]
    axes.set_yticks(places, [printable(label) for label in chart.labels])
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))


def _stack(axes: Axes, stack: Stack, places: list[int], started: list[int], longest: int) -> None:
    colour = LIGHT.tone(stack.tone)
    filled = not stack.pattern
    axes.barh(
        places,
        stack.counts,
        left=started,
        height=0.68,
        label=stack.words,
        facecolor=colour if filled else LIGHT.background,
        edgecolor=LIGHT.background if filled else colour,
        hatch=PATTERNS[stack.pattern],
        linewidth=0.8,
    )
    for place, start, count in zip(places, started, stack.counts, strict=True):
        if count and count >= NARROWEST * longest:
            _count(axes, start + count / 2, place, count, filled)


def _count(axes: Axes, across: float, down: int, count: int, filled: bool) -> None:
    """The count in its part of the bar; on a pattern it stands on a ground of its own."""
    ground = None if filled else {"facecolor": LIGHT.background, "edgecolor": "none", "pad": 0.6}
    colour = LIGHT.background if filled else LIGHT.text
    axes.text(across, down, f"{count:,}", ha="center", va="center", color=colour, fontsize=7.5, bbox=ground)


def _intervals(axes: Axes, chart: Intervals) -> None:
    axes.axvline(chart.line, color=LIGHT.text, linewidth=0.9, linestyle="--", label=printable(chart.line_name))
    for state, words in chart.words:
        own = [(place, point) for place, point in enumerate(chart.points) if point.state == state]
        if own:
            _points(axes, own, state, words)
    axes.set_yticks(range(len(chart.points)), [printable(point.name) for point in chart.points])
    axes.set_ylim(-0.7, len(chart.points) - 0.3)
    axes.tick_params(axis="y", labelsize=7.5 if len(chart.points) > 20 else 8.5)


def _points(axes: Axes, own: list[tuple[int, Any]], state: str, words: str) -> None:
    colour = LIGHT.tone(TONES.get(state, "neutral"))
    marker, filled = MARKERS[symbol_of(state)]
    axes.errorbar(
        [point.value for _, point in own],
        [place for place, _ in own],
        xerr=[[point.value - point.lower for _, point in own], [point.upper - point.value for _, point in own]],
        fmt=marker,
        color=colour,
        markerfacecolor=colour if filled else LIGHT.background,
        markersize=5.5,
        linewidth=0,
        elinewidth=1.1,
        label=words,
    )


def _quiet(axes: Axes, unit: str) -> None:
    """Quiet grid lines behind the marks, and the unit under the axis."""
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=LIGHT.line, linewidth=0.7)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LIGHT.quiet)
    axes.tick_params(colors=LIGHT.text, length=0)
    axes.set_xlabel(printable(unit), color=LIGHT.quiet)

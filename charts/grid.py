"""The grid of the evaluation commitment: seven marks for each area and commitment, by shape and colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.evaluated import BAND_WORDS, RESULT_WORDS, SHORT_WORDS, TEST_WORDS, missing_words
from charts.frame import axes, broken, framed, plain
from charts.palette import Palette
from charts.tiles import mixed, text_on

# How each result is drawn: tone, symbol and size in pixels.
DRAWN = {
    "passed": ("good", "circle", 8),
    "failed": ("bad", "circle-open", 7),
    "not_applicable": ("missing", "square-open", 7),
}
SHADES = (1.0, 0.72, 0.46, 0.24, 0.07)
# The place of one commitment is as wide as its seven marks and one more for the gap to the next.
STEP = len(TEST_WORDS) + 1
MIDDLE = (len(TEST_WORDS) - 1) / 2


@dataclass(frozen=True)
class Room:
    """The height of a row, and above the heads, in pixels; the places before and after the ends; how heads turn."""

    row: int
    above: int
    before: float
    after: float
    turn: int


WIDE, ROOMY = Room(24, 0, 1.2, 5.0, 0), Room(30, 64, 0.45, 1.25, -90)


def wide(frame: pd.DataFrame, rows: str = "area_name") -> pd.DataFrame:
    """Where each mark stands when rows are the column `rows` and columns commitments, with seven marks in each cell.

    `frame` has `area_name`, `commitment`, `reason`, `tests_passed` and the results of the seven tests; one row is added
    for each test, with `row`, `x`, `y`, `result` and `hover`.
    """
    return _placed(frame, rows, across=True)


def by_test(frame: pd.DataFrame, rows: str) -> pd.DataFrame:
    """Where each mark stands when rows are the column `rows` (areas or commitments) and columns the seven tests."""
    return _placed(frame, rows, across=False)


def wide_chart(
    frame: pd.DataFrame, palette: Palette, title: str, ends: Mapping[str, str], rows: str = "area_name"
) -> go.Figure:
    """All areas and commitments; a shaded cell passes all seven. `ends` are words after the last cell of each row."""
    marks = wide(frame, rows)
    columns = list(dict.fromkeys(frame["commitment"]))
    figure = go.Figure([_kept(marks, palette), *_traces(marks, palette)])
    figure.update_layout(shapes=[_edge(number * STEP - 1, palette) for number in range(1, len(columns))])
    heads = {place * STEP + MIDDLE: words for place, words in enumerate(columns)}
    return _framed(figure, marks, palette, title, heads, ends, WIDE)


def pair_chart(frame: pd.DataFrame, palette: Palette, title: str, rows: str, ends: Mapping[str, str]) -> go.Figure:
    """One commitment of many areas, or many commitments of one area: a row for each, a column for each test."""
    marks = by_test(frame, rows)
    heads = {float(place): words for place, words in enumerate(SHORT_WORDS.values())}
    figure = go.Figure(_traces(marks.assign(size=4), palette))
    return _framed(figure, marks, palette, title, heads, ends, ROOMY)


def bands_chart(found: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Stacked bars of pairs by how many of the seven tests they pass, one bar for each day.

    `found` has `label` and the columns of `BAND_WORDS`.
    """
    figure = go.Figure([_band(found, palette, band, share) for band, share in zip(BAND_WORDS, SHADES, strict=True)])
    figure.update_layout(barmode="stack", uniformtext={"mode": "hide", "minsize": 10})
    axes(figure, palette, x="Pairs, by tests passed")
    figure.update_yaxes(autorange="reversed", type="category")
    return framed(figure, palette, title, 230 + 38 * max(len(found), 3), legend=True)


def _edge(x: float, palette: Palette) -> dict[str, Any]:
    """A line between two commitments."""
    line = {"color": palette.line, "width": 1}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def _placed(frame: pd.DataFrame, rows: str, *, across: bool) -> pd.DataFrame:
    place = {test: number for number, test in enumerate(TEST_WORDS)}
    order = {name: number for number, name in enumerate(dict.fromkeys(frame[rows]))}
    column = {name: number for number, name in enumerate(dict.fromkeys(frame["commitment"]))}
    words = [broken(plain(missing_words(line)), 60) for line in frame.to_dict("records")]
    told = frame.assign(words=words, row=frame[rows])
    kept = ["row", "area_name", "commitment", "tests_passed", "words"]
    marks = told.melt(kept, list(TEST_WORDS), "test", "result")
    shift = marks["commitment"].map(column).astype("int64") * STEP if across else 0
    x, y = marks["test"].map(place).astype("int64") + shift, marks["row"].map(order).astype("int64")
    return marks.assign(x=x, y=y, hover=_hover(marks))


def _hover(marks: pd.DataFrame) -> list[str]:
    asked = marks[["area_name", "commitment", "test", "result", "tests_passed", "words"]]
    return [
        f"<b>{plain(area)}, {plain(commitment)}</b><br>{TEST_WORDS[test]}: {RESULT_WORDS[result]}"
        f"<br>{passed} of {len(TEST_WORDS)} tests passed<br>{words}"
        for area, commitment, test, result, passed, words in asked.itertuples(index=False)
    ]


def _traces(marks: pd.DataFrame, palette: Palette) -> list[go.Scatter]:
    more = marks["size"].iloc[0] if "size" in marks and len(marks) else 0
    return [
        _marks(marks[marks["result"] == result], palette.tone(tone), symbol, size + more, RESULT_WORDS[result])
        for result, (tone, symbol, size) in DRAWN.items()
    ]


def _marks(group: pd.DataFrame, colour: str, symbol: str, size: int, name: str) -> go.Scatter:
    return go.Scatter(
        x=group["x"],
        y=group["y"],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 1.5, "color": colour}},
        customdata=group["hover"],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _kept(marks: pd.DataFrame, palette: Palette) -> go.Bar:
    """A shade behind each cell that passes all seven tests."""
    cells = marks[marks["test"] == next(iter(TEST_WORDS))].reset_index(drop=True)
    cells = cells[cells["tests_passed"] == len(TEST_WORDS)]
    return go.Bar(
        x=[STEP - 0.6] * len(cells),
        base=cells["x"] - 0.7,
        y=cells["y"],
        width=0.86,
        orientation="h",
        name="all seven passed",
        marker={"color": mixed(palette.background, palette.accent, 0.22), "line": {"width": 0}},
        hoverinfo="skip",
    )


def _framed(
    figure: go.Figure,
    marks: pd.DataFrame,
    palette: Palette,
    title: str,
    heads: Mapping[float, str],
    ends: Mapping[str, str],
    room: Room,
) -> go.Figure:
    rows = marks.drop_duplicates("row").sort_values("y")
    last = float(marks["x"].max()) + room.before if len(marks) else 1.0
    axes(figure, palette)
    figure.update_xaxes(
        side="top",
        tickvals=list(heads),
        ticktext=list(heads.values()),
        tickangle=room.turn,
        showgrid=False,
        zeroline=False,
        range=[-1, last + room.after],
    )
    figure.update_yaxes(
        showgrid=False,
        tickvals=rows["y"],
        ticktext=[plain(name) for name in rows["row"]],
        range=[len(rows) - 0.4, -0.6],
        zeroline=False,
    )
    figure.add_trace(_ends(rows, last, ends, palette))
    framed(figure, palette, title, 210 + room.above + room.row * len(rows), legend=True)
    top = (figure.layout.margin.t or 0) + room.above
    return figure.update_layout(
        margin={"t": top}, title={"yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 12}}
    )


def _ends(rows: pd.DataFrame, x: float, ends: Mapping[str, str], palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=[x] * len(rows),
        y=rows["y"],
        mode="text",
        text=[plain(ends.get(name, "")) for name in rows["row"]],
        textposition="middle right",
        textfont={"color": palette.text, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _band(found: pd.DataFrame, palette: Palette, band: str, share: float) -> go.Bar:
    fill = mixed(palette.background, palette.accent, share)
    return go.Bar(
        y=found["label"].map(plain),
        x=found[band],
        name=BAND_WORDS[band],
        orientation="h",
        text=[f"{count:,}" if count else "" for count in found[band]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": text_on(palette, fill), "size": 12},
        marker={"color": fill, "line": {"color": palette.quiet, "width": 1}},
        hovertemplate=f"%{{y}}: %{{x}} pass {BAND_WORDS[band]}<extra></extra>",
    )

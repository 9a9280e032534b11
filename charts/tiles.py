"""The tile map: one tile for each area, all of one size, shaded by value; neighbours stand together where they can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import framed, plain
from charts.palette import Palette
from charts.words import listed, number, plural, with_unit

STEPS = (0.07, 0.27, 0.5, 0.76, 1.0)
GAP = 0.05
TILE = 52
NOT_SHOWN = {"missing": "no figure", "outside": "outside the region"}


def tiles_chart(frame: pd.DataFrame, palette: Palette, *, title: str, decimals: int = 1, beyond: str = "") -> go.Figure:
    """One tile per area with its short name and value; the stronger its shade the higher, hatched has no figure.

    `frame` has `short`, `column`, `row`, `area_name`, `value`, `shade` (1 lowest to 5 highest, missing when there are
    too few values), `kind` (`shown`, or a key of `NOT_SHOWN`), `beyond` and `chosen` (yes or no) and `hover`.
    `beyond` says in words what the diamond means.
    """
    known = frame[frame["kind"] == "shown"]
    names = shade_names(frame.dropna(subset=["value", "shade"]), decimals)
    figure = go.Figure(
        [
            _tiles(group, palette, int(shade), names.get(int(shade), "with a figure"), decimals)
            for shade, group in known.groupby(known["shade"].fillna(0))
        ]
        + [_blank(frame[frame["kind"] == kind], palette, kind) for kind in NOT_SHOWN if (frame["kind"] == kind).any()]
        + ([_diamonds(known[known["beyond"]], palette, beyond)] if known["beyond"].any() else [])
    )
    hidden = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**hidden, range=[-0.5, frame["column"].max() + 0.5])
    figure.update_yaxes(**hidden, range=[frame["row"].max() + 1, 0])
    figure.update_layout(barmode="overlay", uniformtext={"mode": False})
    height = TILE * (int(frame["row"].max()) + 1) + 240
    return framed(figure, palette, title, height, legend=True)


def tiles_sentence(frame: pd.DataFrame, *, unit: str, decimals: int = 1) -> str:
    """Which of the areas that are shown has the lowest and the highest value, and which have none and why."""
    inside = frame[frame["kind"] != "outside"]
    known = inside.dropna(subset=["value"]).sort_values("value")
    without = inside[inside["value"].isna()]
    missing = [f"{name} ({why})" for name, why in without[["area_name", "reason"]].values]
    ending = f" No figure: {listed(missing, 4)}." if missing else ""
    if known.empty:
        return f"None of {plural(len(inside), 'area')} has a figure.{ending}"
    ends = known.iloc[[0, -1]][["area_name", "value"]].values
    low, high = (f"{name} {number(value, decimals)}" for name, value in ends)
    return (
        f"{len(known)} of {plural(len(inside), 'area')} have a figure, from {low} to {with_unit(high, unit)}; the "
        f"stronger the shade, the higher. Shades say nothing about counting noise.{ending}"
    )


def shade_names(known: pd.DataFrame, decimals: int) -> dict[int, str]:
    """What each shade stands for, in words: the lowest and the highest value that it holds."""
    ends = {1: "lowest: ", len(STEPS): "highest: "}
    held = {int(str(shade)): group for shade, group in known.groupby("shade")["value"]}
    return {
        shade: f"{ends.get(shade, '')}{number(group.min(), decimals)} to {number(group.max(), decimals)}"
        for shade, group in held.items()
    }


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two, `share` of the way from the first to the second."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02X}" for a, b in zip(_parts(first), _parts(second), strict=True)
    )


def shade_colour(palette: Palette, shade: int) -> str:
    """The fill of a shade, from near the background to the accent; a neutral one where there are no shades."""
    return mixed(palette.background, palette.accent, STEPS[shade - 1] if shade else STEPS[1])


def text_on(palette: Palette, fill: str) -> str:
    """The colour of the theme that can be read best on a fill."""
    return max((palette.text, palette.background), key=lambda colour: _contrast(colour, fill))


def _tiles(group: pd.DataFrame, palette: Palette, shade: int, name: str, decimals: int) -> go.Bar:
    fill = shade_colour(palette, shade)
    texts = [f"{plain(short)}<br>{number(value, decimals)}" for short, value in group[["short", "value"]].values]
    return _bars(group, palette, name, texts, {"color": fill}, text_on(palette, fill))


def _blank(group: pd.DataFrame, palette: Palette, kind: str) -> go.Bar:
    shape = "/" if kind == "missing" else ""
    pattern = {"shape": shape, "fgcolor": palette.line, "bgcolor": palette.background, "size": 7}
    texts = [plain(short) + ("<br>none" if kind == "missing" else "") for short in group["short"]]
    marker = {"color": palette.background, "pattern": pattern}
    return _bars(group, palette, NOT_SHOWN[kind], texts, marker, palette.quiet)


def _bars(
    group: pd.DataFrame, palette: Palette, name: str, texts: list[str], marker: Mapping[str, Any], colour: str
) -> go.Bar:
    return go.Bar(
        x=group["column"],
        y=[1 - 2 * GAP] * len(group),
        base=group["row"] + GAP,
        width=1 - 2 * GAP,
        name=plain(name),
        marker={
            **marker,
            "line": {
                "color": [palette.text if chosen else palette.quiet for chosen in group["chosen"]],
                "width": [4 if chosen else 1 for chosen in group["chosen"]],
            },
        },
        text=texts,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": colour, "size": 12},
        customdata=[plain(text) for text in group["hover"]],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _diamonds(group: pd.DataFrame, palette: Palette, name: str) -> go.Scatter:
    return go.Scatter(
        x=group["column"] + 0.34,
        y=group["row"] + 0.24,
        mode="markers",
        name=plain(name),
        hoverinfo="skip",
        marker={
            "symbol": "diamond",
            "size": 11,
            "color": palette.text,
            "line": {"color": palette.background, "width": 1.5},
        },
    )


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in
              (part / 255 for part in _parts(colour))]  # fmt: skip
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as the accessibility guidelines (WCAG 2.2) define it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)

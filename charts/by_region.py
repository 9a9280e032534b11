"""How areas spread inside each region: every area a point, with the region's own figure and England's as lines."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.intervals import mark_line, symbol_of
from charts.palette import Palette
from charts.words import TONES, listed, number, with_unit


def by_region_chart(
    frame: pd.DataFrame,
    regions: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    unit: str,
    words: dict[str, str],
    line: float | None,
    line_name: str,
) -> go.Figure:
    """One row per region: a thin line from its lowest to its highest area, a point for each, a bar for the region.

    `frame` has `region`, `area_name`, `value`, `state` (a key of `words`) and `hover`; `regions` has `region`, `value`
    and `hover`, in the order in which they stand from the top.
    """
    known = frame.dropna(subset=["value"])
    figure = go.Figure([_reach(known, palette), _bars(regions.dropna(subset=["value"]), palette)])
    figure.add_traces(
        [_points(known[known["state"] == state], palette, state, words[state]) for state in words
         if (known["state"] == state).any()]
    )  # fmt: skip
    if line is not None:
        mark_line(figure, palette, line, line_name, known["value"].max())
    axes(figure, palette, x=plain(unit))
    order = [plain(name) for name in regions["region"]][::-1]
    figure.update_yaxes(categoryorder="array", categoryarray=order, range=[-0.6, len(order) + 0.2], dtick=1)
    figure.update_xaxes(rangemode="tozero")
    return framed(figure, palette, title, 200 + 40 * (len(order) + 1), legend=True)


def by_region_sentence(frame: pd.DataFrame, *, unit: str, decimals: int = 1) -> str:
    """In which region its areas lie furthest apart, from which area to which; regions with one area have no spread."""
    reach = reaches(frame)
    if reach.empty:
        return "No region has two areas with a figure, so there is no spread to show."
    widest, closest = reach.iloc[0], reach.iloc[-1]
    if len(reach) == 1:
        text = f"Areas differ in {_told(widest, unit, decimals)}."
    else:
        text = f"Areas lie furthest apart in {_told(widest, unit, decimals)} and closest together in "
        text += f"{_told(closest, unit, decimals)}."
    alone = sorted(set(frame["region"]) - set(reach["region"]))
    return f"{text} No spread: {listed(alone, 4)}, with fewer than two areas that have a figure." if alone else text


def by_region_finding(frame: pd.DataFrame) -> str:
    """Where areas lie furthest apart, as the title of a chart."""
    reach = reaches(frame)
    if reach.empty:
        return "no region has two areas with a figure"
    first = reach.iloc[0]
    if len(reach) == 1:
        return f"{first['lowest']} lowest, {first['highest']} highest"
    return f"areas lie furthest apart in {first['region']}"


def reaches(frame: pd.DataFrame) -> pd.DataFrame:
    """Each region with two figures or more: its lowest and highest area and value; the widest reach first."""
    known = frame.dropna(subset=["value"]).sort_values("value")
    ends = known.groupby("region")[["value", "area_name"]].agg(["first", "last", "size"])
    flat = pd.DataFrame({
        "low": ends["value", "first"], "high": ends["value", "last"],
        "lowest": ends["area_name", "first"], "highest": ends["area_name", "last"], "areas": ends["value", "size"],
    }).reset_index()  # fmt: skip
    flat = flat[flat["areas"] > 1]
    return flat.assign(apart=flat["high"] - flat["low"]).sort_values("apart", ascending=False, ignore_index=True)


def _told(line: pd.Series, unit: str, decimals: int) -> str:
    high = with_unit(number(line["high"], decimals), unit)
    return f"{line['region']} ({line['lowest']} {number(line['low'], decimals)} to {line['highest']} {high})"


def _reach(known: pd.DataFrame, palette: Palette) -> go.Scatter:
    """One broken line that runs from the lowest to the highest area of each region."""
    ends = known.groupby("region")["value"].agg(["min", "max"])
    across = [end for low, high in ends.values for end in (low, high, None)]
    return go.Scatter(
        x=across,
        y=[plain(str(region)) for region in ends.index for _ in range(3)],
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        line={"color": palette.line, "width": 6},
    )


def _bars(regions: pd.DataFrame, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=regions["value"],
        y=[plain(name) for name in regions["region"]],
        mode="markers",
        name="the region itself",
        marker={"symbol": "line-ns", "size": 22, "line": {"color": palette.text, "width": 3}},
        customdata=[plain(text) for text in regions["hover"]],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _points(group: pd.DataFrame, palette: Palette, state: str, words: str) -> go.Scatter:
    return go.Scatter(
        x=group["value"],
        y=[plain(name) for name in group["region"]],
        mode="markers",
        name=plain(words),
        marker={"color": palette.tone(TONES.get(state, "neutral")), "symbol": symbol_of(state), "size": 11},
        customdata=[plain(text) for text in group["hover"]],
        hovertemplate="%{customdata}<extra></extra>",
    )

"""A spine chart: each indicator of a place beside England and beside the range of all places of its kind."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, broken, framed, plain
from charts.palette import Palette
from charts.words import COMPARISON_WORDS, TONES, listed, plural

SYMBOLS = {"good": "triangle-up", "bad": "triangle-down", "neutral": "circle"}
MOVING = {
    "getting_better": "getting better",
    "getting_worse": "getting worse",
    "no_significant_change": "no significant change",
    "cannot_be_calculated": "",
}
DIRECTIONS = {"increasing": "rising", "decreasing": "falling"}
ARROWS = {"increasing": "↗", "decreasing": "↘", "no_significant_change": "→"}
TREND_TONES = {"getting_better": "good", "getting_worse": "bad"}


def spine_chart(frame: pd.DataFrame, palette: Palette, *, title: str) -> go.Figure:
    """One row per indicator, in the frame's order from the top: the range of all places, the middle half of them, the
    place itself as a shape, and an arrow for its recent trend; the line in the middle is England.

    `frame` has `name`, `words` (what the hover says), `comparison`, `direction` and `meaning` of the trend, and the
    `_at` columns of `metrics.spine.placed`.
    """
    rows = frame.iloc[::-1]
    names = [broken(plain(name), 30) for name in rows["name"]]
    figure = go.Figure(
        [
            _bar(rows, names, "lowest_at", "highest_at", palette.missing, 0.3, "all areas"),
            _bar(rows, names, "lower_quartile_at", "upper_quartile_at", palette.missing, 0.5, "middle half"),
            *_places(rows, names, palette),
            _trends(rows, names, palette),
        ]
    )
    figure.update_layout(barmode="overlay")
    figure.add_vline(x=0, line={"color": palette.text, "width": 1.5})
    axes(figure, palette, x="worse, or lower ◂ England ▸ better, or higher")
    figure.update_xaxes(range=[-1.08, 1.3], showticklabels=False, showgrid=False, zeroline=False)
    figure.update_yaxes(categoryorder="array", categoryarray=names, tickfont={"size": 11.5})
    return framed(figure, palette, title, 190 + 44 * max(len(rows), 3), legend=True)


def spine_sentence(frame: pd.DataFrame, where: str) -> str:
    """How many indicators are worse, similar and better than England, naming the worse ones."""
    compared = frame[frame["comparison"] != "not_compared"]
    if compared.empty:
        return f"No figure of {where} can be set beside England’s."
    parts = []
    for word in ("worse", "similar", "better", "higher", "lower"):
        names = list(compared.loc[compared["comparison"] == word, "name"])
        if names:
            named = f" ({listed(names, 4)})" if word in ("worse", "better") else ""
            parts.append(f"{len(names)} {COMPARISON_WORDS[word]}{named}")
    worsening = list(frame.loc[frame["meaning"] == "getting_worse", "name"])
    text = f"{where}: of {plural(len(compared), 'indicator')} beside England, {'; '.join(parts)}."
    return text + (f" Getting worse by more than chance: {listed(worsening, 4)}." if worsening else "")


def moving_words(line: dict[Any, Any]) -> str:
    """The recent trend in a word; nothing where there is none."""
    if line.get("meaning") == "no_judgement":
        return f"{DIRECTIONS[line['direction']]}, no judgement"
    return MOVING.get(str(line.get("meaning")), "")


def _bar(rows: pd.DataFrame, names: list[str], low: str, high: str, colour: str, opacity: float, name: str) -> go.Bar:
    ends = rows[[low, high]]
    return go.Bar(
        y=names,
        x=ends.max(axis=1) - ends.min(axis=1),
        base=ends.min(axis=1),
        orientation="h",
        name=name,
        width=0.5,
        marker={"color": colour, "opacity": opacity, "line": {"width": 0}},
        hoverinfo="skip",
    )


def _places(rows: pd.DataFrame, names: list[str], palette: Palette) -> list[go.Scatter]:
    named = rows.assign(label=names)
    return [
        _points(named[named["comparison"] == word], palette, word) for word in COMPARISON_WORDS
        if (named["comparison"] == word).any() and word != "not_compared"
    ]  # fmt: skip


def _trends(rows: pd.DataFrame, names: list[str], palette: Palette) -> go.Scatter:
    """Arrows at the right of the rows that have a trend of five years."""
    tones = [palette.tone(TREND_TONES.get(str(meaning), "neutral")) for meaning in rows["meaning"]]
    return go.Scatter(
        y=names,
        x=[1.2] * len(rows),
        mode="text",
        text=[ARROWS.get(str(direction), "") for direction in rows["direction"]],
        textfont={"size": 18, "color": tones},
        hovertext=[moving_words(line) for line in rows.to_dict("records")],
        hovertemplate="recent trend: %{hovertext}<extra></extra>",
        showlegend=False,
    )


def _points(rows: pd.DataFrame, palette: Palette, word: str) -> go.Scatter:
    tone = TONES.get(word, "neutral")
    return go.Scatter(
        y=rows["label"],
        x=rows["value_at"],
        mode="markers",
        name=COMPARISON_WORDS[word],
        marker={
            "symbol": SYMBOLS[tone],
            "size": 13,
            "color": palette.tone(tone),
            "line": {"color": palette.background, "width": 1.5},
        },
        text=rows["words"].map(plain),
        hovertemplate="%{text}<extra></extra>",
    )

"""How many figures are new, corrected and withdrawn between two data versions."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, wrapped
from charts.palette import Palette
from charts.words import listed, plural

STATES = {
    "new": ("new", "accent", ""),
    "corrected": ("corrected", "neutral", "/"),
    "withdrawn": ("withdrawn", "missing", "x"),
}
MOST = 12
# Up to so many, the axis counts one by one: there are no halves of a figure.
FEW = 10


def by_indicator(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, most first: `name`, the columns of `STATES`, and `facts`, their sum.

    `counts` has `name`, `state` and `facts`; states that are not drawn are left out.
    """
    drawn = counts[counts["state"].isin(list(STATES))]
    wide = drawn.pivot_table(index="name", columns="state", values="facts", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(STATES), fill_value=0).astype("int64")
    wide = wide.assign(facts=wide.sum(axis=1)).reset_index().rename_axis(columns=None)
    return wide.sort_values(["facts", "name"], ascending=[False, True], ignore_index=True)


def changed_chart(wide: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Stacked bars, one for each of the indicators with most changes; `wide` is as `by_indicator` makes it."""
    shown = wide.head(MOST)
    figure = go.Figure([_bar(shown, palette, state) for state in STATES])
    figure.update_layout(barmode="stack")
    axes(figure, palette, x="Figures that differ")
    figure.update_xaxes(tickformat=",d", dtick=1 if shown["facts"].max() <= FEW else None)
    figure.update_yaxes(autorange="reversed", tickfont={"size": 12})
    return framed(figure, palette, title, 170 + 54 * max(len(shown), 2), legend=True)


def changed_finding(wide: pd.DataFrame) -> str:
    """How many figures of how many indicators differ, as the title of the chart says it."""
    total = wide[list(STATES)].sum()
    counts = [f"{int(total[state]):,} {words}" for state, (words, _, _) in STATES.items() if total[state]]
    return f"{plural(len(wide), 'indicator')} with figures that differ: {listed(counts)}"


def changed_sentence(wide: pd.DataFrame) -> str:
    """What the bars say: which indicators changed most, and how many are not drawn."""
    first = [f"{line['name']} ({line['facts']:,})" for line in wide.head(3).to_dict("records")]
    rest = f" The chart shows the first {MOST}; the table has all." if len(wide) > MOST else ""
    return f"{changed_finding(wide)}. Most differ for {listed(first)}.{rest}"


def _bar(wide: pd.DataFrame, palette: Palette, state: str) -> go.Bar:
    words, tone, pattern = STATES[state]
    return go.Bar(
        y=wide["name"].map(lambda name: wrapped(name, 28)),
        x=wide[state],
        name=words,
        orientation="h",
        marker={
            "color": palette.accent if tone == "accent" else palette.tone(tone),
            "pattern": {"shape": pattern, "fillmode": "replace", "size": 6},
            "line": {"color": palette.background, "width": 1},
        },
        hovertemplate=f"%{{y}}: %{{x:,}} {words}<extra></extra>",
    )

"""The computed picture: how many indicators in how many areas moved, for each commitment."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, plain
from charts.palette import Palette
from charts.words import plural

STATES = {
    "improved": ("improved", "good", ""),
    "no_clear_change": ("no clear change", "neutral", ""),
    "worsened": ("worsened", "bad", ""),
    "not_judged": ("no judgement is made", "missing", "."),
    "not_calculable": ("cannot be calculated", "missing", "/"),
}


def picture_chart(counts: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Stacked bars of indicator-area pairs, one bar per commitment, on one scale of counts.

    `counts` has `commitment`, the columns of `STATES` and `pairs`, one row per commitment.
    """
    figure = go.Figure([_bar(counts, palette, state) for state in STATES])
    figure.update_layout(barmode="stack")
    axes(figure, palette, x="Indicators in areas (pairs)")
    figure.update_yaxes(autorange="reversed")
    return framed(figure, palette, title, 150 + 34 * max(len(counts), 3), legend=True)


def picture_sentence(counts: pd.DataFrame) -> str:
    """What the bars say in all."""
    total = counts[[*STATES, "pairs"]].sum()
    return (
        f"Across the commitments, {plural(int(total['improved']), 'indicator-area pair')} improved since July 2025, "
        f"{int(total['worsened']):,} worsened, {int(total['no_clear_change']):,} show no clear change and "
        f"{int(total['not_calculable']):,} of {int(total['pairs']):,} cannot be calculated. "
        "An indicator that informs two commitments counts under both."
    )


def _bar(counts: pd.DataFrame, palette: Palette, state: str) -> go.Bar:
    words, tone, pattern = STATES[state]
    return go.Bar(
        y=counts["commitment"].map(plain),
        x=counts[state],
        name=words,
        orientation="h",
        marker={
            "color": palette.tone(tone),
            "pattern": {"shape": pattern, "fillmode": "replace", "size": 6},
            "line": {"color": palette.background, "width": 1},
        },
        hovertemplate=f"%{{y}}: %{{x}} {words}<extra></extra>",
    )

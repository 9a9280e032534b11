"""Whether it gets better: how many insights of each quarter say better, the same, mixed or worse."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, patterned, plain
from charts.palette import Palette
from charts.words import plural

SAID = {
    "better": ("better", "good", ""),
    "same": ("the same", "neutral", "."),
    "mixed": ("mixed", "missing", "/"),
    "worse": ("worse", "bad", ""),
}

# Up to here Plotly would write halves of insights on the axis.
WHOLE = 6


def directions_chart(counts: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Stacked bars of insights, one bar per quarter; `counts` has `period_label`, `said` and those of `SAID`."""
    figure = go.Figure([_bar(counts, palette, word) for word in SAID])
    figure.update_layout(barmode="stack")
    axes(figure, palette, x="Insights that say a direction")
    figure.update_yaxes(autorange="reversed", type="category")
    if counts["said"].max() <= WHOLE:
        figure.update_xaxes(dtick=1)
    return framed(figure, palette, title, 190 + 30 * max(len(counts), 2), legend=True)


def directions_sentence(counts: pd.DataFrame) -> str:
    """What all quarters say together, what the newest does, and how many insights say nothing of it."""
    total = counts[[*SAID, "not_asked"]].sum()
    known, silent = int(total[list(SAID)].sum()), int(total["not_asked"])
    if not known:
        return f"No insight says whether it gets better or worse; {plural(silent, 'insight')} did not ask."
    newest = counts[counts["said"] > 0].iloc[-1]
    more = f" {plural(silent, 'more insight')} did not ask." if silent else ""
    return (
        f"Of {plural(known, 'insight')} that say a direction, {_told(total)}. In the newest quarter, "
        f"{newest['period_label']}, {_told(newest)}.{more}"
    )


def _told(line: pd.Series[int]) -> str:
    *first, last = [f"{int(line[word]):,} say {name}" for word, (name, *_) in SAID.items()]
    return f"{', '.join(first)} and {last}"


def _bar(counts: pd.DataFrame, palette: Palette, word: str) -> go.Bar:
    name, tone, pattern = SAID[word]
    return go.Bar(
        y=counts["period_label"].map(plain),
        x=counts[word],
        name=name,
        orientation="h",
        marker=patterned(palette, tone, pattern),
        hovertemplate=f"%{{y}}: %{{x}} say {name}<extra></extra>",
    )

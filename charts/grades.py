"""What people told us: how many insights gave each grade, by whose view it is. Grades are counted, never averaged."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, patterned
from charts.palette import Palette
from charts.words import PERSPECTIVE_WORDS, listed, plural

GRADES = {
    1: ("1 not at all", "bad", ""),
    2: ("2", "bad", "/"),
    3: ("3", "neutral", "."),
    4: ("4", "good", "/"),
    5: ("5 very well", "good", ""),
}


def grades_chart(counts: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Stacked bars of insights, one bar per perspective; `counts` has `perspective` and a column per grade, 1 to 5."""
    labels = counts["perspective"].map(PERSPECTIVE_WORDS)
    figure = go.Figure([_bar(counts, labels, palette, grade) for grade in GRADES])
    figure.update_layout(barmode="stack")
    axes(figure, palette, x="Insights with a grade")
    figure.update_yaxes(autorange="reversed")
    return framed(figure, palette, title, 180 + 40 * max(len(counts), 2), legend=True)


def grades_sentence(counts: pd.DataFrame) -> str:
    """For each perspective, how many of its insights say that it works and how many that it does not."""
    graded = counts[counts[list(GRADES)].sum(axis=1) > 0]
    parts = [_said(line) for line in graded.to_dict("records")]
    silent = [words.lower() for name, words in PERSPECTIVE_WORDS.items() if name not in set(graded["perspective"])]
    text = "; ".join(parts) if parts else "no insight has a grade"
    nothing = f" Nothing graded from {listed(silent)}." if silent and parts else ""
    return f"{text[0].upper()}{text[1:]}.{nothing}"


def _said(line: dict[Any, Any]) -> str:
    total = sum(int(line[grade]) for grade in GRADES)
    return (
        f"{PERSPECTIVE_WORDS[line['perspective']].lower()}: {int(line[4] + line[5])} of {plural(total, 'insight')} "
        f"say that it works (4 or 5), {int(line[1] + line[2])} that it does not (1 or 2)"
    )


def _bar(counts: pd.DataFrame, labels: pd.Series[str], palette: Palette, grade: int) -> go.Bar:
    name, tone, pattern = GRADES[grade]
    return go.Bar(
        y=labels,
        x=counts[grade],
        name=name,
        orientation="h",
        marker=patterned(palette, tone, pattern),
        hovertemplate=f"%{{y}}: %{{x}} with grade {name}<extra></extra>",
    )

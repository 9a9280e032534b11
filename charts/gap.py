"""Providers and users side by side: what share of each side's insights gave which grade, and how far they differ."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.frame import axes, framed, patterned, plain
from charts.grades import GRADES
from charts.palette import Palette
from charts.words import number, plural, signed

LIMITS_ARE = (
    "It runs from −1 to +1: of all pairs of one provider’s and one user’s insight, the share in which the provider "
    "grades higher less the share in which the user does. Its 95 % limits say how much it rests on these insights, "
    "each counted once. Insights are unequal units, from one interview to a survey of hundreds, so they describe "
    "and are no test."
)


def sides_chart(sides: pd.DataFrame, palette: Palette, title: str) -> go.Figure:
    """Two bars, each the whole of its side's graded insights; the number of insights stands at the side's name.

    `sides` has `name` and the counts `grade_1` to `grade_5`.
    """
    graded = sides[[f"grade_{grade}" for grade in GRADES]].sum(axis=1)
    labels = [plain(f"{name} (n {count:,})") for name, count in zip(sides["name"], graded, strict=True)]
    figure = go.Figure([_bar(sides, graded, labels, palette, grade) for grade in GRADES])
    figure.update_layout(barmode="stack")
    axes(figure, palette, x="% of the side’s graded insights")
    # The names are long, so they stand over their bars and not at their left.
    figure.update_yaxes(autorange="reversed", showticklabels=False)
    figure.update_xaxes(range=[0, 100])
    for label in labels:
        figure.add_annotation(
            x=0, y=label, text=label, xanchor="left", yshift=30, showarrow=False, font={"color": palette.text}
        )
    return framed(figure, palette, title, 300, legend=True)


def gap_sentence(line: dict[Any, Any]) -> str:
    """What the gap of all insights is, with its limits, or why there is none; insights and people on each side."""
    sides = f"{_side(line, 'provider', 'of providers')}, {_side(line, 'user', 'of users, families and communities')}"
    if pd.isna(line["cliffs_delta"]):
        return f"No gap can be given: {line['reason']}; {sides}."
    shares = [number(100 * line[name]) for name in ("providers_higher", "users_higher", "equal")]
    told = "Set each provider’s grade beside each user’s: in {} % of these pairs the provider’s is higher, in {} % the "
    return f"{told.format(*shares[:2])}user’s, in {shares[2]} % neither. Cliff’s delta {delta_words(line)}; {sides}."


def delta_words(line: dict[Any, Any]) -> str:
    """Delta with its limits in brackets, or the reason why it has none."""
    value = signed(line["cliffs_delta"], 2)
    if pd.isna(line["delta_lower"]):
        return f"{value} (no limits: {line['limits_reason']})"
    return f"{value} ({signed(line['delta_lower'], 2)} to {signed(line['delta_upper'], 2)})"


def _side(line: dict[Any, Any], side: str, words: str) -> str:
    people = plural(int(line[f"{side}_people"]), "person", "people")
    return f"{plural(int(line[f'{side}_insights']), 'graded insight')} {words} (at least {people})"


def _bar(sides: pd.DataFrame, graded: pd.Series[int], labels: list[str], palette: Palette, grade: int) -> go.Bar:
    name, tone, pattern = GRADES[grade]
    counts = sides[f"grade_{grade}"]
    return go.Bar(
        y=labels,
        x=(100 * counts / graded.where(graded > 0)).astype("float64"),
        customdata=counts,
        name=name,
        orientation="h",
        width=0.45,
        marker=patterned(palette, tone, pattern),
        hovertemplate=f"%{{y}}: %{{customdata}} with grade {name}, %{{x:.0f}} %<extra></extra>",
    )

"""What is missing, why, and how much of how much: never sorted as best or worst, never shown as nought."""

from __future__ import annotations

import pandas as pd

from charts.words import day
from components import html
from components.controls import View
from data.catalogue import Catalogue
from reports.evidence import commitment_pairs


def show_by_commitment(changed: pd.DataFrame, codes: list[str], catalogue: Catalogue) -> None:
    """How many pairs of indicator and area have a change since July 2025, and why the others have none."""
    pairs = commitment_pairs(changed[changed["area_code"].isin(codes)])
    counts = pd.crosstab(pairs["commitment"], pairs["reason"].fillna("has a change"))
    counts = counts.reindex(list(catalogue.commitments), fill_value=0)
    html.table(
        [html.Column("Commitment"), *(html.Column(str(reason), numeric=True) for reason in counts.columns)],
        [[str(key), *map(str, line.tolist())] for key, line in counts.iterrows()],
        "Pairs of indicator and area with a change since July 2025, and why the others have none",
    )


def show_by_reason(changed: pd.DataFrame, codes: list[str], catalogue: Catalogue, where: str, view: View) -> None:
    """Which indicators have no change since July 2025 in an area, reason by reason."""
    gaps = changed[changed["area_code"].isin(codes) & changed["reason"].notna()]
    if gaps.empty:
        html.sentence(f"Every indicator that is expected of {where} has a change since July 2025.")
        return
    names = gaps["indicator"].map({key: item.name for key, item in catalogue.indicators.items()})
    rows = [
        [str(reason), str(group.nunique()), ", ".join(sorted(group.unique()))]
        for reason, group in names.groupby(gaps["reason"])
    ]
    html.table(
        [
            html.Column("Why there is no change since July 2025"),
            html.Column("Indicators", numeric=True),
            html.Column("Which"),
        ],
        rows,
        f"Changes since July 2025 that are missing in {where} on {day(view.as_of)}, and why",
    )


def why_not(changed: pd.DataFrame) -> str:
    """The reasons why changes cannot be calculated, with how many areas each concerns, as a sentence."""
    reasons = changed.loc[changed["change"] == "cannot_be_calculated", "reason"].value_counts()
    if reasons.empty:
        return ""
    return "Cannot be calculated: " + ", ".join(f"{reason} ({count})" for reason, count in reasons.items()) + "."

"""What is missing, why, and how much of how much: never sorted as best or worst, never shown as nought."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.words import day, plural
from components import charts, html, pictures, session
from components.controls import View
from data.catalogue import Catalogue
from reports.evidence import commitment_pairs
from reports.expected import areas_within

CHANGED = "has a change"


def show_by_commitment(view: View) -> None:
    """How many pairs of indicator and area of the place have a change since July 2025, and behind a click why the
    others have none; the CSV has those of every place."""
    said, columns, rows = pictures.kept_whole(view, "missing by commitment", lambda: _by_commitment(view))
    html.sentence(said)
    with st.expander("Commitment by commitment, and why"):
        caption = "Pairs of indicator and area with a change since July 2025, and why the others have none"
        html.table(columns, rows, caption)
        charts.download(pictures.changes(view), view, "pairs")


def _by_commitment(view: View) -> tuple[str, list[html.Column], list[list[str | html.Cell]]]:
    """The sentence, the columns and the rows. They rest on the version's figures alone."""
    catalogue, changed = session.catalogue(), pictures.changes(view)
    own = changed[changed["area_code"].isin(areas_within(catalogue, view.area))]
    counts = by_commitment(own, list(catalogue.commitments))
    columns = [html.Column("Commitment"), *(html.Column(str(reason), numeric=True) for reason in counts.columns)]
    rows: list[list[str | html.Cell]] = [
        [str(key), *(f"{count:,}" for count in line)] for key, line in counts.iterrows()
    ]
    return missing_sentence(counts), columns, rows


def by_commitment(changed: pd.DataFrame, commitments: list[str]) -> pd.DataFrame:
    """Pairs counted by commitment (rows): first those that have a change, then by reason, the commonest first."""
    pairs = commitment_pairs(changed)
    counts = pd.crosstab(pairs["commitment"], pairs["reason"].fillna(CHANGED)).reindex(commitments, fill_value=0)
    reasons = counts.drop(columns=CHANGED, errors="ignore").sum().sort_values(ascending=False, kind="stable").index
    return counts.reindex(columns=[CHANGED, *reasons], fill_value=0)


def missing_sentence(counts: pd.DataFrame) -> str:
    """How many of how many pairs have a change, and why most of the others have none; `counts` by commitment."""
    totals = counts.sum()
    every = plural(int(totals.sum()), "pair")
    told = f"{totals[CHANGED]:,} of {every} of indicator and area have a change since July 2025"
    reasons = totals.drop(CHANGED)
    if not reasons.sum():
        return f"{told}."
    return f"{told}. The commonest reason why others have none: {reasons.index[0]} ({reasons.iloc[0]:,})."


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

"""What is due, overdue or stale in the place in view, beside the figures that `components.due` tells of."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day, listed, plural
from components import charts, html, pictures, session
from components.controls import View, area_label
from data import queries
from reports.reminders import KINDS, REVIEW_EVERY_MONTHS, SOON_DAYS, known, reminders

MOST = 40
# What pages tell of in tables of their own: figures in `components.due`, actions in `components.reviewing`.
FIGURES = ("figure_overdue", "figure_due")
ACTIONS = ("action_overdue", "action_due")
WORDS = {
    "action_overdue": ("action is overdue", "actions are overdue"),
    "review_overdue": ("review is overdue", "reviews are overdue"),
    "target_passed": ("target has passed its date", "targets have passed their date"),
    "voices_stale": (
        "pair of area and commitment has a side that was not heard for a year",
        "pairs of area and commitment have a side that was not heard for a year",
    ),
    "definition_review": ("definition is to be read again", "definitions are to be read again"),
    "action_due": (f"action is due within {SOON_DAYS} days", f"actions are due within {SOON_DAYS} days"),
}
SUMMARY = [html.Column("What"), html.Column("How many", numeric=True), html.Column("Areas", numeric=True),
           html.Column("Longest, or next")]  # fmt: skip
EACH = [html.Column("Since"), html.Column("Days late", numeric=True), html.Column("What, and what to do")]
RULES = (
    f"A review is overdue {REVIEW_EVERY_MONTHS} months after the last. On each commitment, providers and those who use "
    "services, or their families and communities, are to be heard within 12 months. Days are counted to the as-of date."
)
Line = dict[Any, Any]


def here(view: View) -> pd.DataFrame:
    """Every reminder of the place in view, figures among them. See `reports.reminders`."""
    connection, catalogue = session.cursor(), session.catalogue()

    def make() -> pd.DataFrame:
        return reminders(known(connection, view.version, pictures.due(view)), catalogue, view.area, view.as_of)

    return pictures.kept(view, "reminders", make, queries.audit_lines(connection))


def show(view: View) -> None:
    """What is late or soon due besides figures: a sentence, of a larger place by kind, each behind a click, the CSV."""
    found, where = here(view), area_label(session.catalogue(), view.area)
    others = found[~found["kind"].isin(FIGURES)]
    html.sentence(sentence(others, where))
    if len(others):
        if others["area_code"].nunique() > 1:
            html.table(SUMMARY, summary_rows(others), f"Due and overdue besides figures, {where}, on {day(view.as_of)}")
        _show_each(others[~others["kind"].isin(ACTIONS)], view, where)
    html.quiet(RULES)
    charts.download(found, view, f"reminders-{view.area}", RULES)


def sentence(others: pd.DataFrame, where: str) -> str:
    """How many of each kind there are, in one sentence."""
    counts = others["kind"].value_counts()
    parts = [plural(int(counts[kind]), *words) for kind, words in WORDS.items() if kind in counts]
    return f"Besides figures, in {where}: {listed(parts, len(parts)) if parts else 'nothing is due or overdue'}."


def summary_rows(others: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row for each kind: how many, in how many areas, and the one that is longest overdue, or else due next."""
    kinds = {kind: others[others["kind"] == kind] for kind in KINDS}
    return [
        [
            html.Cell(KINDS[kind], "silent" if kind in ("action_due", "voices_stale") else "worsened"),
            f"{len(rows):,}",
            f"{rows['area_code'].nunique():,}",
            _when(rows.iloc[0].to_dict()),
        ]
        for kind, rows in kinds.items()
        if len(rows)
    ]


def each_rows(rows: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row for each reminder, most overdue first."""
    return [
        [_when(line), "" if pd.isna(line["days_late"]) else f"{max(line['days_late'], 0):,}", line["sentence"]]
        for line in rows.to_dict("records")
    ]


def _show_each(rows: pd.DataFrame, view: View, where: str) -> None:
    if rows.empty:
        return
    with st.expander(f"Each of them, most overdue first ({len(rows):,} besides actions)"):
        html.table(EACH, each_rows(rows.head(MOST)), f"Reminders for {where}, on {day(view.as_of)}")
        if len(rows) > MOST:
            html.quiet(f"The first {MOST} of {len(rows):,} are shown; the CSV has them all.")


def _when(line: Line) -> str:
    if pd.isna(line["due_date"]):
        return "no date"
    return f"{'since' if line['days_late'] > 0 else 'by'} {day(line['due_date'])}"

"""What is due, overdue or stale in the place in view, beside the figures that `components.due` tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day, listed, plural
from components import charts, html, pictures, session
from components.controls import View, area_label
from components.ready import Rows
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

    return pictures.kept(view, "reminders", make, session.audit_lines())


@dataclass(frozen=True)
class _Shown:
    """Every reminder as it is taken away, and what is said of those besides figures: of an area without the summary,
    the first of each, and how many they are."""

    found: pd.DataFrame
    sentence: str
    summary: Rows
    each: Rows
    many: int


def _shown(view: View) -> _Shown:
    """It is alike for everybody, until somebody writes anything."""

    def make() -> _Shown:
        found, where = here(view), area_label(session.catalogue(), view.area)
        others = found[~found["kind"].isin(FIGURES)]
        each = others[~others["kind"].isin(ACTIONS)]
        summary = summary_rows(others) if others["area_code"].nunique() > 1 else []
        return _Shown(found, sentence(others, where), summary, each_rows(each.head(MOST)), len(each))

    return pictures.kept_whole(view, "reminders shown", make, session.audit_lines())


def show(view: View) -> None:
    """What is late or soon due besides figures: a sentence, of a larger place by kind, each behind a click, the CSV."""
    shown, where = _shown(view), area_label(session.catalogue(), view.area)
    html.sentence(shown.sentence)
    if shown.summary:
        html.table(SUMMARY, shown.summary, f"Due and overdue besides figures, {where}, on {day(view.as_of)}")
    if shown.each:
        with st.expander(f"Each of them, most overdue first ({shown.many:,} besides actions)"):
            html.table(EACH, shown.each, f"Reminders for {where}, on {day(view.as_of)}")
            if shown.many > MOST:
                html.quiet(f"The first {MOST} of {shown.many:,} are shown; the CSV has them all.")
    html.quiet(RULES)
    charts.download(shown.found, view, f"reminders-{view.area}", RULES)


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


def _when(line: Line) -> str:
    if pd.isna(line["due_date"]):
        return "no date"
    return f"{'since' if line['days_late'] > 0 else 'by'} {day(line['due_date'])}"

"""The joint display: numbers beside voices for each area of the view, and both sides of one of them opened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import beside
from charts.words import NOISE, plural
from components import addressed, html, joint_words, pictures, scripts, session, voices
from components.controls import View
from components.joint_words import Rows
from data.catalogue import Commitment
from reports.evidence import grade_counts, reading_order
from reports.voiced import GRADE_COLUMNS, grade_rows

NONE = ""
FIRST = 10
NOT_IN_VIEW = "The area that the address opens is not in view here, so none is open."


def areas_of(view: View, commitment: Commitment) -> pd.DataFrame:
    """The areas of the view on a commitment, what to read first on top. See `reports.evidence.reading_order`."""

    def make() -> pd.DataFrame:
        return reading_order(pictures.joint_display(view, commitment.key), pictures.insights(view, commitment.key))

    return pictures.kept(view, "areas to read first", make, commitment.key, pictures.heard(view))


def show(areas: pd.DataFrame, view: View, commitment: Commitment, heard: pd.DataFrame) -> None:
    """The table of areas, those with a silent side folded, and the evidence of the area that is asked for."""
    speaking, silent = _rows(view, commitment)
    if speaking:
        html.folded(joint_words.COLUMNS, speaking, f"{commitment.key} in each area, what to read first on top", FIRST)
    if silent:
        with st.expander(f"{plural(len(silent), 'area')} of {len(areas)} in which one side is silent"):
            html.table(joint_words.COLUMNS, silent, f"{commitment.key}: areas in which one side is silent")
    html.quiet(beside.LEGEND)
    opened = _choose(areas)
    if opened:
        show_both_sides(opened, view, commitment, heard)


def show_both_sides(code: str, view: View, commitment: Commitment, heard: pd.DataFrame) -> None:
    """The evidence of one area side by side: its indicators with their change, and what people said."""
    name = session.catalogue().areas[code].name
    scripts.heading(f"Both sides of {name}", joint_words.ANCHOR)
    numbers, people = st.columns(2, gap="large")
    own = heard[heard["area_code"] == code]
    with numbers:
        _show_numbers(code, name, view, commitment)
    with people:
        _show_people(own, name, commitment)


def _show_numbers(code: str, name: str, view: View, commitment: Commitment) -> None:
    changed = _changes(view, commitment)
    changed = changed[changed["area_code"] == code]
    moves = {line["indicator"]: line for line in changed.to_dict("records")}
    now = {line["indicator"]: line for line in pictures.latest(view, code).to_dict("records")}
    items = [item for item in session.catalogue().indicators.values() if commitment.key in item.commitments]
    rows = [joint_words.evidence_row(item, now.get(item.key), moves.get(item.key), view) for item in items]
    html.table(
        joint_words.EVIDENCE_COLUMNS, rows, f"What the numbers of {name} say: figure, baseline and change, 95 % limits"
    )
    html.quiet(NOISE)


def _show_people(own: pd.DataFrame, name: str, commitment: Commitment) -> None:
    if own.empty:
        html.sentence(f"Nobody in {name} has been heard on {commitment.key} yet.")
        return
    graded = grade_counts(own)
    if len(graded):
        html.table(GRADE_COLUMNS, grade_rows(graded), f"What people in {name} said: insights by grade")
    voices.list_insights(own, session.catalogue(), "both-sides")


def _choose(areas: pd.DataFrame) -> str:
    """The area whose sides are open: the only one there is, or the one chosen, bound to the address under `open`."""
    codes = list(areas["area_code"])
    if len(codes) == 1:
        return str(codes[0])
    words = {NONE: "No area yet"} | {code: session.catalogue().areas[code].name for code in codes}
    return addressed.choose("open", "Open both sides of", words, 300, NOT_IN_VIEW)


def _rows(view: View, commitment: Commitment) -> tuple[Rows, Rows]:
    """The rows of areas in which both sides speak, and of those in which one is silent; a single area is never apart.

    What people said is in them, so they are kept for those who see the same insights; and links are.
    """

    def make() -> tuple[Rows, Rows]:
        areas, heard = areas_of(view, commitment), pictures.insights(view, commitment.key)
        rows = joint_words.rows(areas, _changes(view, commitment), heard, view)
        apart = list(areas["fit"].eq("silent")) if len(areas) > 1 else [False] * len(areas)
        pairs = list(zip(rows, apart, strict=True))
        return [row for row, silent in pairs if not silent], [row for row, silent in pairs if silent]

    return pictures.kept_whole(view, "joint display rows", make, commitment.key, *view.in_links, pictures.heard(view))


def _changes(view: View, commitment: Commitment) -> pd.DataFrame:
    """Changes of the commitment's indicators, in every area."""
    changed = pictures.changes(view)
    informs = [item.key for item in session.catalogue().indicators.values() if commitment.key in item.commitments]
    return changed[changed["indicator"].isin(informs)]

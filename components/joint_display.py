"""The joint display: numbers beside voices for each area of the view, and both sides of one of them opened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import beside
from charts.words import NOISE, plural
from components import addressed, html, joint_words, session, voices
from components.controls import View
from components.pictures import changes, joint_display, latest
from data.catalogue import Commitment
from reports.evidence import grade_counts, reading_order
from reports.voiced import GRADE_COLUMNS, grade_rows

NONE = ""
FIRST = 10
NOT_IN_VIEW = "The area that the address opens is not in view here, so none is open."


def areas_of(view: View, commitment: Commitment, heard: pd.DataFrame) -> pd.DataFrame:
    """The areas of the view on a commitment, what to read first on top. See `reports.evidence.reading_order`."""
    return reading_order(joint_display(view, commitment.key), heard)


def show(areas: pd.DataFrame, view: View, commitment: Commitment, heard: pd.DataFrame) -> None:
    """The table of areas, those with a silent side folded, and the evidence of the area that is asked for."""
    silent = areas[areas["fit"] == "silent"]
    speaking = areas[areas["fit"] != "silent"] if len(areas) > 1 else areas
    if len(speaking):
        rows = _rows(speaking, view, commitment, heard)
        html.folded(joint_words.COLUMNS, rows, f"{commitment.key} in each area, what to read first on top", FIRST)
    if len(areas) > len(speaking):
        with st.expander(f"{plural(len(silent), 'area')} of {len(areas)} in which one side is silent"):
            rows = _rows(silent, view, commitment, heard)
            html.table(joint_words.COLUMNS, rows, f"{commitment.key}: areas in which one side is silent")
    html.quiet(beside.LEGEND)
    opened = _choose(areas)
    if opened:
        show_both_sides(opened, view, commitment, heard)


def show_both_sides(code: str, view: View, commitment: Commitment, heard: pd.DataFrame) -> None:
    """The evidence of one area side by side: its indicators with their change, and what people said."""
    name = session.catalogue().areas[code].name
    st.subheader(f"Both sides of {name}", anchor=joint_words.ANCHOR)
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
    now = {line["indicator"]: line for line in latest(view, code).to_dict("records")}
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


def _rows(areas: pd.DataFrame, view: View, commitment: Commitment, heard: pd.DataFrame) -> list[list[str | html.Cell]]:
    changed = _changes(view, commitment)
    return [
        joint_words.row(
            line,
            changed[(changed["area_code"] == line["area_code"]) & (changed["polarity"] != "no_judgement")],
            heard[heard["area_code"] == line["area_code"]],
            view,
        )
        for line in areas.to_dict("records")
    ]


def _changes(view: View, commitment: Commitment) -> pd.DataFrame:
    """Changes of the commitment's indicators, in every area."""
    changed = changes(view)
    informs = [item.key for item in session.catalogue().indicators.values() if commitment.key in item.commitments]
    return changed[changed["indicator"].isin(informs)]

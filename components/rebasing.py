"""Re-basing a control chart: who had it start anew, when and why, and the form to do so or to end it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from charts.words import day
from components import html, session
from components.controls import View
from data import queries, rebases
from data.catalogue import Indicator
from data.texts import LONGEST_REASON
from data.versions import Moment

COLUMNS = [
    html.Column("A new calculation starts with"),
    html.Column("Why"),
    html.Column("Made"),
    html.Column("State"),
]
DONE = "rebase_done"
ADVICE = (
    "Start a new calculation only where you know that the process itself changed, such as a new service or a new way "
    "of counting, and the series has settled at a new level. The chart never does so by itself."
)
Line = dict[Any, Any]


def made(view: View, item: Indicator) -> pd.DataFrame:
    """The re-bases of the indicator in the view's area, as they were known at the view's data version."""
    return queries.rebases(session.cursor(), view.version, item.key, view.area)


def starts(found: pd.DataFrame) -> list[date]:
    """The ends of the periods with which a new calculation starts."""
    return sorted({end.date() for end in found.loc[found["standing"], "period_end"]})


def show(view: View, item: Indicator, where: str, points: pd.DataFrame, found: pd.DataFrame) -> None:
    """Who re-based the chart and why, and the form to do so or to end it for those who may."""
    if DONE in st.session_state:
        st.success(st.session_state.pop(DONE), icon=":material/check_circle:")
    labels = dict(zip(points["period_end"], points["period_label"], strict=True))
    if found.empty:
        html.quiet("Nobody has had this chart start a new calculation.")
    else:
        rows = [_row(line, labels) for line in found.to_dict("records")]
        html.table(COLUMNS, rows, f"New calculations in the control chart of {item.name}, {where}")
    with st.expander("Start a new calculation, or end one"):
        if view.version != view.newest:
            html.sentence("You are looking at an earlier data version. Choose the newest to change its chart.")
        elif not rebases.may_rebase(session.actor(), view.area):
            html.sentence("Only those who report for this area, evaluators and administrators may do this.")
        else:
            _forms(view, item, points, found, labels)


def _forms(view: View, item: Indicator, points: pd.DataFrame, found: pd.DataFrame, labels: dict[Any, str]) -> None:
    html.sentence(ADVICE)
    standing = found[found["standing"]]
    with session.told_plainly():
        _start(view, item, points, set(standing["period_end"]), labels)
    if not standing.empty:
        with session.told_plainly():
            _end(view, item, standing, labels)


def _start(view: View, item: Indicator, points: pd.DataFrame, taken: set[Any], labels: dict[Any, str]) -> None:
    known = points.dropna(subset=["value"])["period_end"].iloc[1:]
    ends = [end for end in reversed(list(known)) if end not in taken]
    key = f"{view.area}_{item.key}"
    chosen = st.selectbox(
        "First period of the new calculation",
        ends,
        index=None,
        format_func=labels.__getitem__,
        placeholder="Choose a period",
        key=f"rebase_period_{key}",
        width=420,
    )
    reason = _reason("Why? Everybody who looks at the chart can read this.", f"rebase_reason_{key}")
    if st.button("Start a new calculation", key=f"rebase_{key}", icon=":material/restart_alt:"):
        if chosen is None:
            st.warning("Choose the period with which the new calculation starts.")
            return
        rebases.begin(session.cursor(), session.actor(), item.key, view.area, chosen.date(), reason, Moment.now())
        _done(f"A new calculation starts with {labels[chosen]}.")


def _end(view: View, item: Indicator, standing: pd.DataFrame, labels: dict[Any, str]) -> None:
    lines: dict[UUID, Line] = {line["id"]: line for line in standing.to_dict("records")}
    key = f"{view.area}_{item.key}"
    chosen = st.selectbox(
        "End a new calculation",
        list(lines),
        index=None,
        format_func=lambda one: f"from {_label(lines[one], labels)}, made by {lines[one]['made_by']}",
        placeholder="Choose one",
        key=f"rebase_end_{key}",
        width=420,
    )
    if chosen is None:
        return
    reason = _reason("Why is it ended? Everybody can read this too.", f"rebase_end_reason_{key}")
    if st.button("End it", key=f"rebase_end_button_{key}", icon=":material/undo:"):
        rebases.end(session.cursor(), session.actor(), chosen, reason, Moment.now())
        _done(f"The calculation no longer starts anew with {_label(lines[chosen], labels)}.")


def _reason(label: str, key: str) -> str:
    return st.text_area(label, key=key, max_chars=LONGEST_REASON, height=100)


def _done(words: str) -> None:
    """Remember what to say, and begin again with the chart as it is now."""
    st.session_state[DONE] = words
    st.rerun()


def _row(line: Line, labels: dict[Any, str]) -> list[str | html.Cell]:
    ended = "" if line["standing"] else f"ended on {day(line['ended_at'])} by {line['ended_by']}"
    state = html.Cell("ended" if ended else "in the chart", detail=f"{ended}: {line['end_reason']}" if ended else "")
    return [_label(line, labels), line["reason"], f"on {day(line['made_at'])} by {line['made_by']}", state]


def _label(line: Line, labels: dict[Any, str]) -> str:
    return labels.get(line["period_end"], f"the period that ends on {day(line['period_end'])}")

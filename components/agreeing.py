"""Which indicators are agreed as shared measures, by whom and why, and the form to agree one or to end that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day, plural
from components import html, pictures, session
from components.controls import View
from components.target_forms import DONE
from data import agreements, queries
from data.actor import ENGLAND
from data.catalogue import Catalogue, Indicator
from data.texts import LONGEST_REASON
from data.versions import Moment

COLUMNS = [
    html.Column("Indicator"),
    html.Column("Status"),
    html.Column("Agreed by, and why"),
    html.Column("From"),
]
Line = dict[Any, Any]


def catalogue(view: View) -> Catalogue:
    """The catalogue with every indicator's status as it is at the view's version."""
    connection, found = session.cursor(), session.catalogue()

    def make() -> Catalogue:
        known = agreements.statuses(connection, found, view.version)
        items = {
            key: item if item.status == known[key] else replace(item, status=known[key])
            for key, item in found.indicators.items()
        }
        return replace(found, indicators=items)

    return pictures.kept_whole(view, "catalogue with statuses", make, found.digest, session.audit_lines())


def sentence(items: Catalogue) -> str:
    """How many indicators are agreed and how many are proposed only."""
    agreed = sum(item.status == "agreed" for item in items.indicators.values())
    total = plural(len(items.indicators), "indicator")
    if not agreed:
        return f"None of {total} is agreed as a shared measure: all are proposed by this project."
    verb = "is agreed as a shared measure" if agreed == 1 else "are agreed as shared measures"
    return f"{agreed} of {total} {verb}; the rest are proposed by this project and agreed by nobody yet."


def show(view: View, item: Indicator) -> None:
    """Who agreed which indicators and why, with the form for the one in view; `item` has its status of the version."""
    found = queries.agreements(session.cursor(), view.version)
    if found.empty:
        html.quiet("No indicator has been agreed here yet.")
    else:
        names = {key: one.name for key, one in session.catalogue().indicators.items()}
        html.table(COLUMNS, rows(found, names), "Indicators that were agreed as shared measures, newest first")
    if view.version != view.newest:
        html.sentence("You are looking at an earlier data version. Choose the newest to agree an indicator.")
    elif not session.actor().may_review(ENGLAND):
        html.sentence("Only members of the national steering group and administrators may agree an indicator.")
    else:
        stands = not found.empty and bool(found.loc[found["indicator"] == item.key, "standing"].any())
        with session.told_plainly():
            _form(item, stands)


def rows(found: pd.DataFrame, names: dict[str, str]) -> list[list[str | html.Cell]]:
    """One row per agreement, also of those that were ended."""
    return [_row(line, names) for line in found.to_dict("records")]


def _row(line: Line, names: dict[str, str]) -> list[str | html.Cell]:
    name = html.Cell(
        names.get(line["indicator"], str(line["indicator"])), detail="invented" if line["invented"] else ""
    )
    state = html.Cell("agreed", "convergent")
    if not line["standing"]:
        ended = f"from version {int(line['until_version'])} on, by {line['ended_by']}: {line['end_reason']}"
        state = html.Cell("proposed again", "absent", detail=ended)
    since = html.Cell(f"version {line['from_version']}", detail=f"{day(line['as_of'])}, by {line['set_by']}")
    return [name, state, html.Cell(line["agreed_by"], detail=line["reason"]), since]


def _form(item: Indicator, stands: bool) -> None:
    if stands:
        with st.expander("End the agreement of this indicator"):
            _end(item)
    elif item.status == "proposed":
        with st.expander("Agree this indicator as a shared measure"):
            _agree(item)


def _agree(item: Indicator) -> None:
    html.sentence(
        f"{item.name} is proposed by this project. Once a group has agreed it, it counts as a shared measure from the "
        "next data version on."
    )
    agreed_by = st.text_input(
        "Agreed by whom, and when? Name a group, not a person.",
        max_chars=agreements.LONGEST_NAME,
        key=f"agree_who_{item.key}",
        width=520,
    )
    reason = _why(f"agree_why_{item.key}")
    if st.button("Record that it is agreed", key=f"agree_{item.key}", icon=":material/handshake:"):
        version = agreements.agree(
            session.cursor(), session.actor(), session.catalogue(), item.key, agreed_by, reason, Moment.now()
        )
        _done(f"The indicator counts as agreed from data version {version} on.")


def _end(item: Indicator) -> None:
    reason = _why(f"agree_end_why_{item.key}")
    if st.button("End it", key=f"agree_end_{item.key}", icon=":material/undo:"):
        version = agreements.end(session.cursor(), session.actor(), session.catalogue(), item.key, reason, Moment.now())
        _done(f"The indicator counts as proposed from data version {version} on.")


def _why(key: str) -> str:
    return st.text_area("Why? Everybody can read this.", key=key, max_chars=LONGEST_REASON, height=100)


def _done(words: str) -> None:
    st.session_state[DONE] = words
    st.rerun()

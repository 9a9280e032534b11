"""Tokens for programs: make one, see who uses which, withdraw one. Only administrators are shown this."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day
from components import html, session
from components.controls import area_label
from data import tokens
from data.tokens import LONGEST_LABEL, STANDING
from data.versions import Moment

ABOUT = (
    "A program shows a token to read the data and to send files: docs/how-to/api.md says how. A token of an area may "
    "do what those may who report for the area, and one for administration may make backups as well. It stands for a "
    "year, or until you withdraw it, whoever made it and wherever that person is by then: look through the list when "
    "somebody leaves."
)
ONCE = (
    "Copy the token now: it is not kept here and is shown this once. Give it to the person who runs the program by a "
    "way that only the two of you see."
)
ADMINISTRATION = "Administration (backups)"
COLUMNS = [
    html.Column("Label"),
    html.Column("For"),
    html.Column("Made"),
    html.Column("Last used"),
    html.Column("Stands"),
]
Line = dict[Any, Any]


def show() -> None:
    """The section of the page: what tokens are, a form to make one, the list, and how to withdraw one."""
    st.subheader("Tokens for programs")
    html.sentence(ABOUT)
    with session.told_plainly():
        _make()
        found = tokens.listed(session.cursor(), session.actor(), Moment.now())
        _list(found)
        _withdraw(found[found["state"] == STANDING])


def rows(found: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row per token: label, what it is for, who made it and when, when it was last used, until when it stands."""
    return [
        [
            html.Cell(line["label"]),
            line["area_name"] or ADMINISTRATION,
            html.Cell(day(line["made_at"]), detail=f"by {line['made_by']}"),
            day(line["used_on"]) if pd.notna(line["used_on"]) else "never",
            _stands(line),
        ]
        for line in found.to_dict("records")
    ]


def _stands(line: Line) -> str | html.Cell:
    if line["state"] == STANDING:
        return f"until {day(line['ends_on'])}"
    if line["state"] == "ended":
        return f"no longer, ended on {day(line['ends_on'])}"
    return html.Cell(f"no longer, withdrawn on {day(line['withdrawn_at'])}", detail=f"by {line['withdrawn_by']}")


def _list(found: pd.DataFrame) -> None:
    if found.empty:
        html.quiet("There is no token yet.")
    else:
        html.table(COLUMNS, rows(found), "Tokens, those that stand first")


def _make() -> None:
    catalogue = session.catalogue()
    codes = [code for code, area in catalogue.areas.items() if not area.comparator_only]
    codes.sort(key=lambda code: area_label(catalogue, code))
    with st.expander("Make a token", icon=":material/key:"):
        with st.form("token_make", border=False):
            label = st.text_input("Label: what uses it, not who", max_chars=LONGEST_LABEL, key="token_label", width=520)
            area = st.selectbox(
                "For",
                [*codes, ADMINISTRATION],
                index=None,
                format_func=lambda chosen: chosen if chosen == ADMINISTRATION else area_label(catalogue, chosen),
                placeholder="Choose an area, or administration",
                key="token_area",
                width=520,
            )
            made = st.form_submit_button("Make it", icon=":material/key:")
        if made and area is None:
            st.warning("Choose what the token is for.")
        elif made:
            _made(label, None if area == ADMINISTRATION else area)


def _made(label: str, area: str | None) -> None:
    """Make a token and show its secret in this run of the page alone."""
    _, secret = tokens.make(session.cursor(), session.actor(), label, area, Moment.now())
    st.success(ONCE, icon=":material/check_circle:")
    st.code(secret, language=None, wrap_lines=True)


def _withdraw(standing: pd.DataFrame) -> None:
    if standing.empty:
        return
    labels = {str(line["id"]): f"{line['label']} ({line['area_name'] or ADMINISTRATION})" for line in _lines(standing)}
    with st.expander("Withdraw a token", icon=":material/block:"):
        chosen = st.selectbox(
            "Which token", list(labels), index=None, format_func=labels.__getitem__, placeholder="Choose one",
            key="token_which", width=520,
        )  # fmt: skip
        if chosen is None:
            return
        sure = st.checkbox("Yes: what uses it is refused from the next request on", key=f"token_sure_{chosen}")
        if st.button("Withdraw it", key=f"token_withdraw_{chosen}", disabled=not sure, icon=":material/block:"):
            tokens.revoke(session.cursor(), session.actor(), chosen, Moment.now())
            st.rerun()


def _lines(found: pd.DataFrame) -> list[Line]:
    return found.to_dict("records")

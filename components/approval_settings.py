"""Where files wait for another person's approval: what is set, by whom and when, and a small form to set it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts.words import day
from components import html, review_forms, session
from components.controls import area_label
from components.waiting_words import alone
from data import approval_settings as stored
from data.actor import ENGLAND
from data.versions import Moment

ABOUT = (
    "A file for an area with this setting waits until another person than its sender approves it: somebody who may "
    "report for all its areas, or an administrator. What is set for a region or for England holds for every area in "
    "it. Withdrawing a file needs no second person; a correction does. docs/how-to/approve.md says more."
)
WORDS = {True: "Files wait for a second person", False: "Files count at once"}
COLUMNS = [html.Column("Area"), html.Column("Setting"), html.Column("Set")]
Line = dict[Any, Any]


def show() -> None:
    """The section of the page: what the setting does, where it is on, and the form. For administrators."""
    st.subheader("Second pair of eyes")
    html.sentence(ABOUT)
    if words := alone():
        html.sentence(words)
    with session.told_plainly():
        found = stored.settings(session.cursor(), session.actor()).to_dict("records")
        if found:
            html.table(COLUMNS, rows(found), "What is set")
        else:
            html.quiet("Nothing is set yet: files for every area count at once.")
        _choose({line["area_code"]: line for line in found})


def rows(found: list[Line]) -> list[list[str | html.Cell]]:
    """One row per area that something was set for: its name, whether files wait, who set it and when."""
    catalogue = session.catalogue()
    return [
        [
            area_label(catalogue, line["area_code"]),
            WORDS[bool(line["needed"])],
            html.Cell(day(line["made_at"]), detail=f"by {line['made_by']}"),
        ]
        for line in found
    ]


def _choose(lines: dict[str, Line]) -> None:
    catalogue = session.catalogue()
    inside = sorted(catalogue.inside(ENGLAND), key=lambda code: area_label(catalogue, code))
    codes = [ENGLAND, *(code for code in inside if code != ENGLAND)]
    area = st.selectbox(
        "Area, region or England",
        codes,
        index=None,
        format_func=lambda code: area_label(catalogue, code),
        placeholder="Choose an area",
        key="approval_area",
        width=520,
    )
    if area is None:
        return
    line = lines.get(area)
    draft = review_forms.begin(f"approval-{area}", line and line["made_at"])
    now = list(WORDS).index(bool(line and line["needed"]))
    needed = st.radio("Setting", list(WORDS), now, WORDS.__getitem__, key=f"{draft.key}-first")
    if st.button("Save the setting", key=f"{draft.key}-save", icon=":material/group:"):
        asked = session.cursor(), session.actor(), catalogue, area, bool(needed), Moment.now()
        stored.choose(*asked, seen=draft.seen)
        review_forms.done(draft, "The setting is saved. It holds for files that are sent from now on.")

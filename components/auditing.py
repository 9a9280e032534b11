"""The audit trail on its page: checked, narrowed by person, deed, month and area, a sheet at a time, and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import plural
from components import addressed, audit_rows, banner, charts, html, session
from components.controls import View
from data import audit, trail
from data.actor import Actor
from data.audit import Checked
from data.errors import UserError
from data.export import to_csv
from data.periods import MONTHS
from data.store import Connection
from data.trail import Asked
from reports.expected import ENGLAND, places_within

ALL = ""
ON_A_SHEET = 50
FRESH = 60
"""Seconds for which a check of every line is good, so that turning a sheet does not ask for another."""
METHOD = (
    "Each line has a chain value: the SHA-256 of the line before it and of this line’s number, time, deed, data "
    "versions and salted digests of name and subject. A line that is changed, missing or put in breaks the chain from "
    "there on."
)


def checked() -> Checked:
    """Whether the trail is whole, from at most a minute ago, or from now when somebody presses the button."""
    if st.session_state.pop("audit_again", False):
        _checked.clear()
    return _checked(session.workspace().settings.database, _end(session.cursor()), session.actor())


def say_checked(found: Checked) -> None:
    """What else is to be known of the check, the head to note elsewhere, and the button to check again."""
    html.quiet(
        f"{audit.words(found)} Note its head elsewhere: “python -m data.audit verify --head …” tells later whether the "
        "trail still holds it."
    )
    st.code(str(found.head), language=None, wrap_lines=True, width=520)
    st.button("Check every line again", key="audit_again_button", icon=":material/refresh:", on_click=_again)


def choose(view: View, found: dict[str, Any]) -> Asked:
    """Ask for a person, a deed and a month, each bound to the address; the area is the one of the shared controls."""
    people = {ALL: "Everybody"} | {name: name for name in found["people"]}
    deeds = {ALL: "Everything"} | {name: audit_rows.deed(name) for name in found["deeds"]}
    months = {ALL: "All the time"} | {month: _month(month) for month in found["months"]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = addressed.choose("person", "Who", people, 260)
        deed = addressed.choose("deed", "What was done", deeds, 280)
        month = addressed.choose("month", "When", months, 180)
    areas = None if view.area == ENGLAND else (view.area, *places_within(session.catalogue(), view.area))
    return Asked(person or None, deed or None, month or None, areas)


def show(asked: Asked, view: View) -> None:
    """One sheet of the lines that were asked for, newest first, and the way to the others."""
    place = st.container()
    total = _count(asked)
    sheets = max(1, -(-total // ON_A_SHEET))
    sheet = _sheet(sheets)
    found = trail.lines(session.cursor(), session.actor(), asked, most=ON_A_SHEET, skipped=(sheet - 1) * ON_A_SHEET)
    with place:
        if found.empty:
            html.sentence("No line fits. Choose everybody, everything, all the time or England above.")
            return
        things = trail.things(session.cursor(), session.actor(), audit_rows.identifiers(found))
        caption = f"Lines of the audit trail, newest first: {len(found):,} of {total:,}, sheet {sheet:,} of {sheets:,}"
        html.table(audit_rows.COLUMNS, audit_rows.rows(found, things, session.catalogue()), caption)
    _offer(asked, view, total)


def _count(asked: Asked) -> int:
    first = trail.lines(session.cursor(), session.actor(), asked, most=1)
    return 0 if first.empty else int(first["found"].iloc[0])


def _sheet(sheets: int) -> int:
    if sheets == 1:
        return 1
    words = {str(number): f"Sheet {number:,} of {sheets:,}" for number in range(1, sheets + 1)}
    return int(addressed.choose("sheet", "Sheet", words, 200, "There is no such sheet, so the first is shown."))


def _offer(asked: Asked, view: View, total: int) -> None:
    notes = {
        "how_made": METHOD,
        "shown_at": html.address("", **charts.chosen(view)),
        "workspace": banner.notice(session.workspace().kind),
    }
    st.download_button(
        f"Download {plural(total, 'line')} as CSV",
        partial(_csv, session.workspace().connection, session.asker(), asked, notes),
        "audit-trail.csv",
        "text/csv",
        key="audit-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _csv(connection: Connection, asker: Callable[[], Actor], asked: Asked, notes: dict[str, str]) -> bytes:
    """The lines, read when somebody asks for them: by then the cursor of the script run is closed."""
    with connection.cursor() as own:
        end = _end(own)
        found = trail.lines(own, asker(), asked)
    times = found["happened_at"].dt.strftime("%Y-%m-%dT%H:%M:%S.%f")
    whole: pd.DataFrame = found.drop(columns="found").assign(happened_at=times, head=end, **notes)
    return to_csv(whole)


def _end(connection: Connection) -> str:
    """The head as it is noted, also where it was lost: that is for the check to find, and to say."""
    try:
        return str(audit.head(connection))
    except UserError:
        return "lost"


def _again() -> None:
    st.session_state["audit_again"] = True


def _month(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1].capitalize()} {year}"


@st.cache_data(ttl=FRESH, max_entries=8, show_spinner="Checking every line …", hash_funcs={Actor: repr})
def _checked(database: str, head: str, actor: Actor) -> Checked:
    return trail.checked(session.cursor(), actor)

"""Telling what an area tried, telling it anew, and withdrawing it, for those who may."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from charts.words import day
from components import html, practising, session
from components.controls import View, area_label
from components.practising_rows import strength_words
from data import practice, queries
from data.catalogue.practice import NO_RESULT, NOT_STATED
from data.practice import LONGEST_TITLE, Practice
from data.texts import LONGEST, LONGEST_REASON
from data.versions import Moment

DONE, ROUND = "practice_done", "practice_round"
EARLIER = "You are looking at an earlier data version. Choose the newest to tell of practice."
NOT_ALLOWED = "Only those who report for this area, members of a steering group and administrators may tell of it."
ADVICE = (
    "Tell what was tried, also what did not work. Everybody can read it. Name no person: roles will do. Leave blank "
    "what was not reported or measured; the library then says so."
)
Line = dict[Any, Any]


def told() -> None:
    """What the last act did, once."""
    if DONE in st.session_state:
        st.success(st.session_state.pop(DONE), icon=":material/check_circle:")


def show(view: View) -> None:
    """The forms for the place in view, or why there are none."""
    actor = session.actor()
    if view.version != view.newest or not actor.may_write_for(view.area):
        html.sentence(NOT_ALLOWED if view.version == view.newest else EARLIER)
        return
    where = area_label(session.catalogue(), view.area)
    with st.expander(f"Tell what was tried in {where}", icon=":material/add:"), session.told_plainly():
        html.sentence(f"{ADVICE} This one is for {where}: choose another place above.")
        _record(view)
    own = queries.practice(session.cursor(), view.version, area=view.area).to_dict("records")
    if own:
        with st.expander(f"Change or withdraw what {where} told", icon=":material/edit_note:"), session.told_plainly():
            _change(view, own, where)


def _record(view: View) -> None:
    key = f"practice_{view.area}_{st.session_state.get(ROUND, 0)}"
    with st.form(key, border=False):
        wanted = _fields(view, {}, key)
        if st.form_submit_button("Add to the library", icon=":material/library_add:"):
            asked = session.cursor(), session.actor(), session.catalogue(), practising.reviewed().strengths
            practice.record(*asked, wanted, Moment.now())
            _done("It is in the library.")


def _change(view: View, own: list[Line], where: str) -> None:
    lines: dict[UUID, Line] = {line["id"]: line for line in own}
    # A number and a day, not the title: an option of a list is shown as Markdown.
    words = {one: f"Entry {n} of {where}, recorded on {day(line['first_made_at'])}"
             for n, (one, line) in enumerate(lines.items(), start=1)}  # fmt: skip
    chosen = st.selectbox("Which entry", list(words), index=None, format_func=words.__getitem__,
                          placeholder="Choose one", key=f"practice_which_{view.area}", width=520)  # fmt: skip
    if chosen is None:
        return
    line = lines[chosen]
    seen, key = line["made_at"].to_pydatetime(), f"practice_{chosen}_{line['made_at'].isoformat()}"
    html.sentence(f"This is “{line['title']}”.")
    asked = session.cursor(), session.actor()
    with st.form(key, border=False):
        wanted = _fields(view, line, key)
        reason = _reason("Why is it changed?", f"{key}_why")
        if st.form_submit_button("Save the change", icon=":material/save:"):
            known = session.catalogue(), practising.reviewed().strengths
            practice.change(*asked, *known, chosen, wanted, reason, seen, Moment.now())
            _done("The entry is changed; what it said before stays in its history.")
    why = _reason("Or, if it should not be there: why is it withdrawn?", f"{key}_gone")
    if st.button("Withdraw it", key=f"{key}_withdraw", icon=":material/undo:"):
        practice.withdraw(*asked, chosen, why, seen, Moment.now())
        _done("The entry is withdrawn: it is in the library no longer, and its history stays.")


def _fields(view: View, line: Line, key: str) -> Practice:
    """The fields of an entry, filled with what it says now."""
    catalogue = session.catalogue()
    topics = {one: item.name for one, item in catalogue.topics.items()}
    themes = {one: item.name for one, item in catalogue.themes.items()}
    return Practice(
        area=view.area,
        title=st.text_input("What is it called?", line.get("title", ""), LONGEST_TITLE, key=f"{key}_title"),
        topics=_several("Topics", topics, line, key),
        themes=_several("Themes", themes, line, key),
        commitments=_several("Commitments that it speaks to", dict(view.words["commitment"]), line, key),
        started_on=_started(line, key),
        partners=_text("Who took part?", line.get("partners", ""), key),
        done=_text("What was done?", line.get("done", ""), key),
        reported=_text("What was reported, with figures and their units?", _given(line, "reported"), key),
        measured=_text("How was it measured, when, and against what?", _given(line, "measured"), key),
        strength=_strength(line, key),
        source=_text("Where can it be read, or who knows of it?", _given(line, "source"), key),
    )


def _strength(line: Line, key: str) -> str:
    library = practising.reviewed()
    strengths = list(library.strengths)
    chosen: str = st.selectbox(
        "How strong is the evidence?",
        strengths,
        strengths.index(line["strength"]) if line else 0,
        format_func=lambda one: strength_words(one, library),
        key=f"{key}_strength",
        width=420,
    )
    return chosen


def _started(line: Line, key: str) -> date | None:
    before = line.get("started_on")
    return st.date_input(
        "Begun on, if it is known",
        before.date() if before is not None and before == before else None,
        format="DD/MM/YYYY",
        max_value=Moment.now().as_of,
        key=f"{key}_started",
        width=260,
    )


def _several(label: str, words: dict[str, str], line: Line, key: str) -> tuple[str, ...]:
    name = label.split()[0].lower()
    now = [one for one in line.get(name, ()) if one in words]
    return tuple(st.multiselect(label, list(words), now, format_func=words.__getitem__, key=f"{key}_{name}"))


def _given(line: Line, name: str) -> str:
    """What an entry says, blank where it says that there is nothing."""
    value = line.get(name, "")
    return "" if value in (NO_RESULT, NOT_STATED) else value


def _text(label: str, value: str, key: str) -> str:
    return st.text_area(label, value, key=f"{key}_{label[:12]}", max_chars=LONGEST, height=100)


def _reason(label: str, key: str) -> str:
    return st.text_area(label, key=key, max_chars=LONGEST_REASON, height=80)


def _done(words: str) -> None:
    """Remember what to say, and begin again with empty fields and the library as it is now."""
    st.session_state[DONE] = words
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()

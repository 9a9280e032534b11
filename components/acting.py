"""Actions on the page of a review: what was decided, what became of it, and the forms to decide and to follow up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day, plural
from components import html, review_forms, session
from components.controls import area_label
from components.review_agenda import evidence, label
from components.review_held import Held
from data import actions
from data.texts import LONGEST, LONGEST_REASON
from data.versions import Moment
from reports.decided import overdue, state_cell
from reports.expected import places_within

COLUMNS = [
    html.Column("Action"),
    html.Column("Area"),
    html.Column("Owner"),
    html.Column("Due"),
    html.Column("State"),
    html.Column("Outcome"),
]
STATE_WORDS = {"open": "Open", "done": "Done", "dropped": "Dropped: it will not be done"}
OWNER = "A role or an organisation, such as “Workforce lead, area partnership”. Do not name a person."
IN_A_QUARTER = timedelta(days=91)
NOTHING = 0
Line = dict[Any, Any]


def show_former(held: Held) -> None:
    """What the former review decided, and whether it was done."""
    if held.former is None:
        html.sentence("This is the first review of this place, so nothing was decided before.")
    elif held.former_actions.empty:
        html.sentence(f"The review of {day(held.former['held_on'])} decided on no action.")
    else:
        frame, on = held.former_actions, held.review["held_on"].date()
        done, late = int((frame["state"] == "done").sum()), len(overdue(frame, on))
        html.sentence(
            f"The review of {day(held.former['held_on'])} decided on {plural(len(frame), 'action')}: {done} done, "
            f"{late} overdue on {day(on)}."
        )
        _table(frame, on, f"Decided on {day(held.former['held_on'])}")


def show(held: Held) -> None:
    """What this review decided, and the forms to decide on more and to follow up."""
    if held.own_actions.empty:
        html.sentence("No action has been decided at this review.")
    else:
        on = max(held.review["held_on"].date(), held.view.as_of)
        _table(held.own_actions, on, f"Decided on {day(held.review['held_on'])}")
    if not (held.newest and session.actor().may_review(held.review["area_code"])):
        return
    if held.writable:
        with st.expander("Decide on an action", icon=":material/add_task:"), session.told_plainly():
            _decide(held)
    if len(held.decided):
        with st.expander("Say what became of an action, or change it", icon=":material/task_alt:"):
            with session.told_plainly():
                _change(held)


def _decide(held: Held) -> None:
    """The form of a new action; made from an item of the agenda it begins with what the item says."""
    listed = held.agenda[held.agenda["listed"].astype(bool)]
    items: dict[int, Line] = {int(line["place"]): line for line in listed.to_dict("records")}
    words = {NOTHING: "No item of the agenda"} | {place: label(line) for place, line in items.items()}
    name = f"act-{held.review['id']}"
    place: int = st.selectbox("Made from", list(words), format_func=words.__getitem__, key=f"{name}-from", width=620)
    draft = review_forms.begin(f"{name}-{place}")
    values = _fields(held, draft, items.get(place, {}))
    review_forms.say_done(draft)
    if st.button("Record the action", key=f"{draft.key}-save", type="primary", icon=":material/add_task:"):
        asked = session.cursor(), session.actor(), session.catalogue(), held.review["id"]
        actions.decide(*asked, values, Moment.now())
        review_forms.done(draft, f"The action on {values['commitment']} is recorded, due {day(values['due'])}.", True)


def _fields(held: Held, draft: review_forms.Draft, item: Line) -> dict[str, Any]:
    about, key = str(item.get("commitment") or held.view.commitment), draft.key
    catalogue = session.catalogue()
    described = st.text_area("What is to be done", max_chars=LONGEST, key=f"{key}-first")
    owner = st.text_input("Owner", max_chars=actions.LONGEST_OWNER, key=f"{key}-owner", help=OWNER, placeholder=OWNER)
    titles = {name: f"{name} {one.title}" for name, one in catalogue.commitments.items()}
    commitment = _choose("Commitment of the action", titles, about, f"{key}-commitment")
    names = {code: area_label(catalogue, code) for code in _areas(held)}
    area = _choose("Area of the action", names, str(item.get("area_code", held.review["area_code"])), f"{key}-area")
    first = held.review["held_on"].date() + timedelta(days=1)
    due: date = st.date_input(
        "Due", first + IN_A_QUARTER, min_value=first, key=f"{key}-due", format="DD/MM/YYYY", width=220
    )
    answered = st.text_area(
        "Evidence that it answers", evidence(item)[:LONGEST] if item else "", max_chars=LONGEST, key=f"{key}-evidence"
    )
    values = {"commitment": commitment, "area_code": area, "description": described, "owner": owner}
    return values | {"due": due, "evidence": answered}


def _change(held: Held) -> None:
    """The form to say what became of an action, of this review or of the one before, by its number."""
    lines: dict[int, Line] = {int(place) + 1: line for place, line in enumerate(held.decided.to_dict("records"))}
    words = {number: _words(number, line) for number, line in lines.items()}
    name = f"follow-{held.review['id']}"
    number: int = st.selectbox("Action", list(words), format_func=words.__getitem__, key=f"{name}-which", width=620)
    line = lines[number]
    draft = review_forms.begin(f"{name}-{line['id']}", line["made_at"])
    states = list(STATE_WORDS)
    state: str = st.radio(
        "State", states, states.index(line["state"]), STATE_WORDS.__getitem__, key=f"{draft.key}-first"
    )
    changed = {"state": state, **_followed(draft, line)}
    reason = st.text_area("Why is it changed?", max_chars=LONGEST_REASON, key=f"{draft.key}-reason")
    review_forms.say_done(draft)
    if st.button("Save the change", key=f"{draft.key}-save", icon=":material/task_alt:"):
        asked = session.cursor(), session.actor(), line["id"], changed, reason
        actions.change(*asked, Moment.now(), seen=draft.seen)
        review_forms.done(draft, f"Action {number} on {line['commitment']} is saved: {state}.", True)


def _followed(draft: review_forms.Draft, line: Line) -> dict[str, Any]:
    owner = st.text_input("Owner", line["owner"], max_chars=actions.LONGEST_OWNER, key=f"{draft.key}-owner", help=OWNER)
    due: date = st.date_input("Due", line["due"].date(), key=f"{draft.key}-due", format="DD/MM/YYYY", width=220)
    before = line["outcome"] if isinstance(line["outcome"], str) else ""
    outcome = st.text_area("What came of it", before, max_chars=LONGEST, key=f"{draft.key}-outcome")
    return {"owner": owner, "due": due, "outcome": outcome.strip() or None}


def _choose(title: str, words: dict[str, str], usual: str, key: str) -> str:
    options = list(words)
    place = options.index(usual) if usual in words else 0
    chosen: str = st.selectbox(title, options, place, format_func=words.__getitem__, key=key, width=520)
    return chosen


def _areas(held: Held) -> list[str]:
    """The places in the review's scope: the whole first, then regions, then areas by name."""
    catalogue, scope = session.catalogue(), held.review["area_code"]
    found = [catalogue.areas[code] for code in places_within(catalogue, scope)]
    found = [area for area in found if not area.comparator_only]
    order = sorted(found, key=lambda area: (area.code != scope, area.type != "region", area.name))
    return [area.code for area in order]


def _table(frame: pd.DataFrame, on: date, caption: str) -> None:
    late = set(overdue(frame, on).index)
    rows = [_row(int(str(index)) + 1, line, index in late) for index, line in frame.iterrows()]
    html.table(COLUMNS, rows, f"{caption}: {plural(len(rows), 'action')}, {len(late)} overdue on {day(on)}")


def _row(number: int, line: pd.Series[Any], late: bool) -> list[str | html.Cell]:
    because = f"Evidence: {line['evidence']}" if isinstance(line["evidence"], str) else ""
    what = html.Cell(f"{number}. {line['commitment']}: {line['description']}", detail=because)
    place = area_label(session.catalogue(), line["area_code"])
    why = f"Changed: {line['change_reason']}" if isinstance(line["change_reason"], str) else ""
    came = html.Cell(line["outcome"] if isinstance(line["outcome"], str) else "", detail=why)
    return [what, place, line["owner"], day(line["due"]), state_cell(line["state"], late), came]


def _words(number: int, line: Line) -> str:
    place = area_label(session.catalogue(), line["area_code"])
    return f"{number}. {line['commitment']}, {place}, due {day(line['due'])}, {line['state']}"

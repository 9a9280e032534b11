"""Recording an adaptation, saying what came of it, and withdrawing it, for those who may."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from charts.words import day
from components import adapting, html, review_forms, session
from components.controls import View, area_label
from data import adaptations, queries
from data.adaptations import EARLIEST, KINDS, Adaptation
from data.texts import LONGEST, LONGEST_REASON
from data.versions import Moment

DONE, RECORDED = "adaptation_done", "adaptations_recorded"
EARLIER = "You are looking at an earlier data version. Choose the newest to record what was changed."
NOT_ALLOWED = "Only those who report for this area, members of a steering group and administrators may record changes."
ADVICE = (
    "Record what was changed because of evidence, once it was changed. What came of it is added later, with its date; "
    "everybody can read both."
)
Line = dict[Any, Any]


def told() -> None:
    """What the last act did, once."""
    if DONE in st.session_state:
        st.success(st.session_state.pop(DONE), icon=":material/check_circle:")


def show(view: View, shown: pd.DataFrame) -> None:
    """The forms for the view's place, or why there are none; `shown` are the adaptations that the page lists."""
    actor = session.actor()
    if view.version != view.newest:
        html.sentence(EARLIER)
        return
    if actor.may_write_for(view.area):
        with st.expander("Record what was changed"), session.told_plainly():
            _record(view)
    else:
        html.sentence(NOT_ALLOWED)
    own = [line for line in shown.to_dict("records") if actor.may_write_for(line["area_code"])]
    if own:
        with st.expander("Add a later effect, or withdraw"), session.told_plainly():
            _add(own)


def _record(view: View) -> None:
    catalogue = session.catalogue()
    where, key = area_label(catalogue, view.area), _key(view)
    html.sentence(f"{ADVICE} This one is for {where}: choose another place above.")
    commitment = st.selectbox(
        "Commitment",
        list(catalogue.commitments),
        index=list(catalogue.commitments).index(view.commitment),
        format_func=lambda key: f"{key} {catalogue.commitments[key].title}",
        key=f"adaptation_commitment_{key}",
        width=520,
    )
    kind = st.selectbox(
        "What was changed?",
        KINDS,
        index=None,
        format_func=lambda one: adapting.KIND_WORDS[one].capitalize(),
        placeholder="Choose one",
        key=f"adaptation_kind_{key}",
        width=260,
    )
    changed_on = _changed_on(view)
    description = _text("What was changed, in plain words?", f"adaptation_what_{key}")
    evidence = _text("Which evidence does it answer?", f"adaptation_evidence_{key}")
    review = _review(view)
    if st.button("Record it", key=f"adaptation_record_{key}", icon=":material/edit_note:"):
        if kind is None or changed_on is None:
            st.warning("Choose what was changed, and the day on which it was.")
            return
        wanted = Adaptation(commitment, view.area, kind, description, evidence, changed_on, review)
        adaptations.record(session.cursor(), session.actor(), catalogue, wanted, Moment.now())
        st.session_state[RECORDED] = st.session_state.get(RECORDED, 0) + 1
        _done("The change is recorded.")


def _key(view: View) -> str:
    """What the keys of the form end in: another after each recording, so that the form is blank again."""
    recorded = st.session_state.get(RECORDED, 0)
    return f"{view.area}_{recorded}" if recorded else view.area


def _changed_on(view: View) -> date | None:
    return st.date_input(
        "Changed on",
        None,
        min_value=EARLIEST,
        max_value=Moment.now().as_of,
        format="DD/MM/YYYY",
        key=f"adaptation_day_{_key(view)}",
        width=260,
    )


def _review(view: View) -> UUID | None:
    """The review that asked for the change, of those of the place, its region and England."""
    catalogue = session.catalogue()
    held = [
        line
        for scope in adaptations.scopes(catalogue, view.area)
        for line in queries.reviews(session.cursor(), view.version, scope).to_dict("records")
        if line["state"] != "called_off"
    ]
    words = {line["id"]: _review_words(line) for line in held}
    chosen: UUID | None = st.selectbox(
        "Which review asked for it, if one did?",
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder="None",
        key=f"adaptation_review_{_key(view)}",
        width=420,
    )
    return chosen


def _review_words(line: Line) -> str:
    where = area_label(session.catalogue(), line["area_code"])
    return f"Review of {where}, {day(line['held_on'])} (data version {line['version']})"


def _add(own: list[Line]) -> None:
    catalogue = session.catalogue()
    lines: dict[UUID, Line] = {line["id"]: line for line in own}
    chosen = st.selectbox(
        "Which change",
        list(lines),
        index=None,
        format_func=lambda one: adapting.label(lines[one], catalogue),
        placeholder="Choose one",
        key="adaptation_which",
        width=520,
    )
    if chosen is None:
        return
    made_at = lines[chosen]["made_at"].to_pydatetime()
    draft = review_forms.begin(f"adaptation-{chosen}", made_at)
    asked = session.cursor(), session.actor(), chosen
    effect = _text("What came of it?", f"{draft.key}-first")
    if st.button("Add this effect", key=f"{draft.key}-add", icon=":material/add_comment:"):
        adaptations.add_effect(*asked, effect, draft.seen or made_at, Moment.now())
        review_forms.forget(draft)
        _done("The effect is recorded.")
    why = "Or, if it was recorded by mistake: why is it withdrawn?"
    reason = st.text_area(why, key=f"{draft.key}-reason", max_chars=LONGEST_REASON, height=100)
    if st.button("Withdraw it", key=f"{draft.key}-withdraw", icon=":material/undo:"):
        adaptations.withdraw(*asked, reason, draft.seen or made_at, Moment.now())
        review_forms.forget(draft)
        _done("The change is withdrawn: it counts no longer, and its history stays.")


def _text(label: str, key: str) -> str:
    return st.text_area(label, key=key, max_chars=LONGEST, height=100)


def _done(words: str) -> None:
    """Remember what to say, and begin again with the log as it is now."""
    st.session_state[DONE] = words
    st.rerun()

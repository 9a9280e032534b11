"""Texts that areas mark as public: a second person reads each whole, and agrees or keeps it for steering groups."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts.words import day, plural
from components import comparing, html, packaging, packing, pictures, session
from components.waiting_words import alone, done
from data import periods, public_checks
from data.public_checks import AGREED, REFUSED
from data.texts import LONGEST_REASON
from data.versions import Moment

LABEL_LENGTH = 60
COLUMNS = [html.Column("What"), html.Column("What would be public")]
KEPT = [html.Column("Text"), html.Column("Why it is not public")]
PARTS = {
    "summary": "Summary",
    "quote": "Quote",
    "barriers": "Barriers",
    "enablers": "Enablers",
    "not_heard": "Who was not heard",
    "organisation": "Organisation",
    "method": "How they were asked",
    "source_reference": "Reference",
}
Line = dict[str, Any]


def show(texts: list[Line]) -> None:
    """How many texts wait, and one of those that the person asking may decide on, whole."""
    waiting = [text for text in texts if not text["check_state"]]
    mine = [text for text in texts if text["may_decide"]]
    if waiting:
        html.sentence(_count(waiting))
        if words := alone():
            html.quiet(words)
    checked = [text for text in mine if text["check_state"]]
    again = bool(checked) and st.checkbox("Also texts that were checked already", key="public_again")
    offered = {_key(text): text for text in mine if again or not text["check_state"]}
    if offered:
        _choose(offered)
    kept = [text for text in texts if text["check_state"] == REFUSED]
    if kept:
        with st.expander(f"Texts that stay for steering groups ({len(kept)})"):
            html.table(KEPT, [_kept(text) for text in kept], "Texts that a second person refused, the last first")


def _kept(text: Line) -> list[str | html.Cell]:
    sent = f"sent by {text['sent_by']} in {text['file_name']}"
    said = html.Cell(text["check_reason"], detail=f"{text['checked_by']}, {day(text['checked_at'])}")
    return [html.Cell(text["summary"], detail=f"{text['area_name']}, {text['commitment']}, {sent}"), said]


def _count(waiting: list[Line]) -> str:
    own = sum(text["may_decide"] for text in waiting)
    verb = "waits" if len(waiting) == 1 else "wait"
    others = len(waiting) - own
    rest = f", {others:,} of them for another person than you" if others and own else ""
    rest = ", for another person than you" if others and not own else rest
    seen = "see it" if len(waiting) == 1 else "see them"
    until = f"Until then nobody but the area, steering groups and evaluators may {seen}."
    return f"{plural(len(waiting), 'public text')} {verb} for a check{rest}. {until}"


def _choose(offered: dict[str, Line]) -> None:
    chosen = st.selectbox(
        "Read a text that is to be public",
        list(offered),
        index=None,
        format_func=lambda one: _label(offered[one]),
        placeholder="Choose a text",
        key="public_text",
        width=620,
    )
    if chosen is not None:
        _decide(offered[chosen])


def _decide(text: Line) -> None:
    html.table(COLUMNS, _rows(text), f"Sent on {day(text['sent_at'])} by {text['sent_by']} in {text['file_name']}")
    html.sentence(
        "Can anybody be recognised, from a name, a place, a job, or what happened? Did whoever is quoted agree? If in "
        "doubt, keep it for steering groups."
    )
    if text["check_state"]:
        html.sentence(_said(text))
    key = _key(text)
    if st.button("It may be public", key=f"public_agree_{key}", type="primary", icon=":material/public:"):
        _save(text, AGREED, "")
    why = "Or why may it not be public? Its sender reads this."
    reason = st.text_area(why, key=f"public_reason_{key}", max_chars=LONGEST_REASON)
    if st.button("Keep it for steering groups", key=f"public_refuse_{key}", icon=":material/lock:"):
        _save(text, REFUSED, reason)


def _save(text: Line, state: str, reason: str) -> None:
    place = text["submission"], text["submission_row"]
    asked = session.cursor(), session.actor(), *place, state, reason, Moment.now()
    public_checks.decide(*asked, seen=text["checked_at"])
    for module in (pictures, comparing, packaging, packing):
        module.forget()
    done("The text is public now." if state == AGREED else "The text stays for steering groups.")


def _rows(text: Line) -> list[list[str | html.Cell]]:
    rows: list[list[str | html.Cell]] = [["Where and when", f"{text['area_name']}, {_period(text)}"]]
    rows.append(["Who, on which commitment", f"{_people(text)}, {text['commitment']}"])
    rows += [[words, str(text[name])] for name, words in PARTS.items() if text[name]]
    return [*rows, ["Consent to publish the quote", "yes"]] if text["quote"] and text["consent_to_publish"] else rows


def _people(text: Line) -> str:
    who = str(text["perspective"]).replace("_", " ")
    return who if text["participants"] is None else f"{who}, {int(text['participants'])} people"


def _period(text: Line) -> str:
    return periods.label(text["period_start"].date(), text["period_end"].date(), "")


def _label(text: Line) -> str:
    short = text["summary"] if len(text["summary"]) <= LABEL_LENGTH else f"{text['summary'][: LABEL_LENGTH - 1]}…"
    said = {None: "", AGREED: " (public)", REFUSED: " (kept)"}[text["check_state"]]
    return f"{text['area_name']}, {text['commitment']}, {_period(text)}{said}: {short}"


def _said(text: Line) -> str:
    word = "agreed to" if text["check_state"] == AGREED else "refused"
    why = f" Reason: {text['check_reason']}" if text["check_reason"] else ""
    return f"{text['checked_by']} {word} this text being public on {day(text['checked_at'])}.{why}"


def _key(text: Line) -> str:
    return f"{text['submission']}-{text['submission_row']}"

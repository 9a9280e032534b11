"""What people ruled on the seven tests: the list of what stands, and the forms to rule or to end a ruling."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from charts.evaluated import TEST_WORDS
from charts.words import day
from components import evaluating, html, session
from components.controls import View
from data import queries, rulings
from data.rulings import ACTED_UPON, NO_ACTION_NEEDED, NOT_APPLICABLE, Subject
from data.texts import LONGEST_REASON
from data.versions import Moment
from reports.expected import areas_within

KIND_WORDS = {NOT_APPLICABLE: "test not applicable", NO_ACTION_NEEDED: "no action needed"}
COLUMNS = [
    html.Column("Area"),
    html.Column("Commitment"),
    html.Column("Test"),
    html.Column("Ruling"),
    html.Column("Why"),
    html.Column("Made"),
]
ADVICE = (
    "“Not applicable” takes the place of a failure only, and the pair still counts: it is not passed by it. “No action "
    "needed” passes the test “acted upon” for 12 months. Write no names: everybody can read this."
)
DONE, SEEN = "ruling_done", "ruling_seen"
Line = dict[Any, Any]


def show(view: View) -> None:
    """What stands in the view's areas, what was ended, and the forms for those who may."""
    if DONE in st.session_state:
        st.success(st.session_state.pop(DONE), icon=":material/check_circle:")
    every = evaluating.kept(view, "rulings", lambda: queries.rulings(session.cursor(), view.version))
    here = every[every["area_code"].isin(areas_within(session.catalogue(), view.area))]
    _show_list(here)
    with st.expander("Rule on a test, or end a ruling"):
        writable = _writable(view)
        if view.version != view.newest:
            html.sentence("You are looking at an earlier data version. Choose the newest to rule on a test.")
        elif not writable:
            html.sentence("Only steering groups, those who report for an area here, and administrators may do this.")
        else:
            html.sentence(ADVICE)
            with session.told_plainly():
                _rule(every, writable)
            with session.told_plainly():
                _end(here[here["area_code"].isin(writable)])


def _show_list(here: pd.DataFrame) -> None:
    standing = here[here["standing"]]
    ended = here[here["newest"] & ~here["standing"]]
    if standing.empty:
        html.sentence("Nobody has ruled here that a test is not applicable, or that no action is needed.")
    else:
        html.table(
            COLUMNS, [_row(line) for line in standing.to_dict("records")], f"Rulings that stand: {len(standing)}"
        )
    if len(ended):
        with st.expander(f"Ended rulings ({len(ended)})"):
            html.table(COLUMNS, [_row(line) for line in ended.to_dict("records")], "Rulings that were ended, and why")


def _writable(view: View) -> list[str]:
    """The areas of the view that the person asking may write about, by name."""
    catalogue, actor = session.catalogue(), session.actor()
    codes = [code for code in areas_within(catalogue, view.area) if actor.may_write_for(code)]
    return sorted(codes, key=lambda code: catalogue.areas[code].name)


def _rule(every: pd.DataFrame, writable: list[str]) -> None:
    about = _subject(writable)
    if about is None:
        return
    before = _newest(every, about)
    if before is not None and before["standing"]:
        html.quiet(f"This stands already: {_made(before)}: {before['reason']} What you write now replaces it.")
    reason = _reason("Why? Everybody can read this.", "ruling_reason")
    seen = _seen(about, before)
    if st.button("Record this ruling", key="ruling_save", icon=":material/gavel:"):
        st.session_state.pop(SEEN, None)
        rulings.rule(session.cursor(), session.actor(), session.catalogue(), about, reason, Moment.now(), seen=seen)
        _done(f"Recorded: {_name(about)}.")


def _subject(writable: list[str]) -> Subject | None:
    """What is ruled on, as far as it is chosen."""
    catalogue = session.catalogue()
    area = _choose("For which area?", writable, {code: catalogue.areas[code].name for code in writable}, "ruling_area")
    commitments = {key: f"{key} {item.title}" for key, item in catalogue.commitments.items()}
    commitment = _choose("On which commitment?", list(commitments), commitments, "ruling_commitment")
    kind = _choose("What is ruled?", list(KIND_WORDS), KIND_WORDS, "ruling_kind")
    if kind == NOT_APPLICABLE:
        test = _choose("Which test?", list(TEST_WORDS), TEST_WORDS, "ruling_test")
    else:
        test = ACTED_UPON
    return Subject(area, commitment, test, kind) if area and commitment and kind and test else None


def _choose(label: str, options: list[str], words: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        label,
        options,
        index=0 if len(options) == 1 else None,
        format_func=words.__getitem__,
        placeholder="Choose one",
        key=key,
        width=520,
    )


def _end(standing: pd.DataFrame) -> None:
    lines: list[Line] = standing[standing["standing"]].to_dict("records")
    if not lines:
        return
    subjects = [_about(line) for line in lines]
    chosen = st.selectbox(
        "End a ruling",
        subjects,
        index=None,
        format_func=_name,
        placeholder="Choose one",
        key="ruling_end",
        width=520,
    )
    if chosen is None:
        return
    reason = _reason("Why is it ended? Everybody can read this too.", "ruling_end_reason")
    seen = _seen(chosen, lines[subjects.index(chosen)], ending=True)
    if st.button("End it", key="ruling_end_button", icon=":material/undo:"):
        st.session_state.pop(f"{SEEN}_end", None)
        rulings.end(session.cursor(), session.actor(), session.catalogue(), chosen, reason, Moment.now(), seen=seen)
        _done(f"Ended: {_name(chosen)}.")


def _seen(about: Subject, before: Line | None, *, ending: bool = False) -> datetime | None:
    """When the newest saving was made that the person was shown when this subject was chosen."""
    key = f"{SEEN}_end" if ending else SEEN
    now = None if before is None else before["made_at"].to_pydatetime()
    known, seen = st.session_state.get(key, (about, now))
    st.session_state[key] = (about, seen if known == about else now)
    found: datetime | None = st.session_state[key][1]
    return found


def _newest(every: pd.DataFrame, about: Subject) -> Line | None:
    found = [line for line in every[every["newest"]].to_dict("records") if _about(line) == about]
    return found[0] if found else None


def _about(line: Line) -> Subject:
    return Subject(line["area_code"], line["commitment"], line["test"], line["kind"])


def _name(about: Subject) -> str:
    area = session.catalogue().areas[about.area].name
    test = f", {TEST_WORDS[about.test]}" if about.kind == NOT_APPLICABLE else ""
    return f"{area}, {about.commitment}{test}: {KIND_WORDS[about.kind]}"


def _row(line: Line) -> list[str | html.Cell]:
    about = _about(line)
    area = session.catalogue().areas[about.area].name
    state = KIND_WORDS[about.kind] if line["standing"] else f"ended: {KIND_WORDS[about.kind]}"
    return [area, about.commitment, TEST_WORDS[about.test], state, line["reason"], _made(line)]


def _made(line: Line) -> str:
    invented = ", invented" if line["invented"] else ""
    return f"on {day(line['made_at'])} by {line['made_by']}, data of {day(line['ruled_on'])}{invented}"


def _reason(label: str, key: str) -> str:
    return st.text_area(label, key=key, max_chars=LONGEST_REASON, height=100)


def _done(words: str) -> None:
    """Remember what to say, empty the form, and begin again with the grid as it is now."""
    st.session_state[DONE] = words
    for key in ("ruling_reason", "ruling_end_reason", "ruling_end"):
        st.session_state.pop(key, None)
    st.rerun()

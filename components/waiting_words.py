"""What is said once after somebody decided on what waits, and why somebody may not decide."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import html, session
from data.actor import LOCAL_ADMINISTRATOR
from data.second_person import ALONE, may_be_sender

DONE = "second_pair_done"
Line = dict[str, Any]


def done(words: str) -> None:
    """Remember what to say, and begin again with the page as it is now."""
    st.session_state[DONE] = words
    st.rerun()


def say_done() -> None:
    """Say once what was done. A place of its own, so that what follows keeps its place."""
    with st.container():
        if DONE in st.session_state:
            st.success("Done.", icon=":material/check_circle:")
            html.sentence(st.session_state.pop(DONE))


def whose_turn(line: Line) -> str:
    """Who is to decide, as the person asking sees it."""
    if line["may_decide"]:
        return "you"
    if may_be_sender(session.actor(), line):
        return "another person than you, who sent it"
    return "somebody who may do so for all its areas"


def alone() -> str:
    """That there is no second person, where nobody signs in; empty otherwise."""
    return ALONE if session.actor() == LOCAL_ADMINISTRATOR else ""

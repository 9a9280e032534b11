"""What stands on every page: whether the workspace is a demonstration, and who is asking."""

from __future__ import annotations

import streamlit as st

from components import session
from data.actor import LOCAL_ADMINISTRATOR

DEMONSTRATION = (
    "**Demonstration workspace.** Recorded crime and knife offences are real figures of the Office for National "
    "Statistics. "
    "Process measures, insights, targets, the review and its actions are **invented** and marked so. "
    "To start your own, set `CONSENSUS_START=empty` and a new `CONSENSUS_DATABASE`."
)

NOBODY_SIGNED_IN = (
    "No sign-in is set up: this dashboard opens on this machine only, and whoever sits here is its administrator."
)


def show(kind: str) -> None:
    """The banner of the workspace, which one for real use has not, and that nobody is signed in where nobody can be."""
    if kind == "demonstration":
        st.info(DEMONSTRATION, icon=":material/science:")
    if session.actor() == LOCAL_ADMINISTRATOR:
        st.caption(NOBODY_SIGNED_IN)


def notice(kind: str) -> str:
    """The banner in a few words, for a column of an export."""
    return (
        "demonstration: process measures, insights and reviews are invented" if kind == "demonstration" else "real use"
    )

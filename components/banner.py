"""What stands on every page: whether the workspace is a demonstration, and who is asking."""

from __future__ import annotations

import streamlit as st

DEMONSTRATION = (
    "**Demonstration workspace.** Recorded crime and knife offences are real figures of the Office for National "
    "Statistics. "
    "Process measures, insights, targets, the review and its actions are **invented** and marked so. "
    "To start your own, set `CONSENSUS_START=empty` and a new `CONSENSUS_DATABASE`."
)


def show(kind: str) -> None:
    """The banner of the workspace; an empty workspace for real use has none."""
    if kind == "demonstration":
        st.info(DEMONSTRATION, icon=":material/science:")


def notice(kind: str) -> str:
    """The banner in a few words, for a column of an export."""
    return (
        "demonstration: process measures, insights and reviews are invented" if kind == "demonstration" else "real use"
    )

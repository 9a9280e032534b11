"""What a control of a page's own does when its choice, or what the address asks of it, cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

ADDRESS, CHOICE = "address", "choice"
ALL_SHOWN = "What the address asks for under “{}” is not known here, so all are shown."


def choose(key: str, label: str, words: Mapping[str, str], width: int, unknown: str = ALL_SHOWN) -> str:
    """A select box bound to the address under `key`: the chosen one of `words`, which says each, the usual first.

    `unknown` is said, with the label put in, where the address names something else. It stands below the control, which
    would leave the address if it moved.
    """
    settled = settle(key, words)
    chosen: str = st.selectbox(
        label, list(words), format_func=words.__getitem__, key=key, bind="query-params", width=width
    )
    if settled == ADDRESS:
        st.warning(unknown.format(label))
    return chosen


def settle(key: str, words: Mapping[Any, str]) -> str:
    """See to it, before a control is drawn, that it asks for one of its options; `words` says each, the usual first.

    Returns `ADDRESS` where the address named something else, which is forgotten, `CHOICE` where the choice made earlier
    is no longer offered and the usual one takes its place, and nothing otherwise. The usual one is the
    control's default, so that the address leaves it out.
    """
    if key in st.session_state:
        if st.session_state[key] in words:
            return ""
        # Set and not only forgotten: the browser would go on showing what it had.
        st.session_state[key] = next(iter(words))
        return CHOICE
    if st.query_params.get(key) in (None, *words.values()):
        return ""
    st.query_params.pop(key)
    return ADDRESS

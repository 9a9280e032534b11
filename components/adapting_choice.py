"""Which adaptations the log lists: of one commitment or every one, of one kind or every one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.adapting import KIND_WORDS
from components.addressed import ADDRESS, settle
from data.catalogue import Catalogue

EVERY = "every"


def choose(found: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Ask which to list, bound to the address, and return those of the frame."""
    commitments = {EVERY: "Every commitment"} | {
        key: f"{key} {one.title}" for key, one in catalogue.commitments.items()
    }
    kinds = {EVERY: "Every kind"} | {key: words.capitalize() for key, words in KIND_WORDS.items()}
    with st.container(horizontal=True):
        about = _ask("About", "log_about", commitments, 420)
        kind = _ask("Kind of change", "log_kind", kinds, 220)
    return narrowed(found, about, kind)


def narrowed(found: pd.DataFrame, commitment: str, kind: str) -> pd.DataFrame:
    """The adaptations of a commitment and a kind, or of `EVERY` one."""
    about = found["commitment"].eq(commitment) | (commitment == EVERY)
    return found[about & (found["kind"].eq(kind) | (kind == EVERY))]


def _ask(label: str, key: str, words: dict[str, str], width: int) -> str:
    if settle(key, words) == ADDRESS:
        st.warning(f"The choice under “{label}” that the address names is not known here, so the usual one is shown.")
    return str(
        st.selectbox(label, list(words), format_func=words.__getitem__, key=key, bind="query-params", width=width)
    )

"""Which adaptations the log lists: of one commitment or every one, of one kind or every one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components import addressed
from components.adapting import KIND_WORDS
from data.catalogue import Catalogue

EVERY = "every"
UNKNOWN = "The choice under “{}” that the address names is not known here, so the usual one is shown."


def choose(found: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Ask which to list, bound to the address, and return those of the frame."""
    commitments = {EVERY: "Every commitment"} | {
        key: f"{key} {one.title}" for key, one in catalogue.commitments.items()
    }
    kinds = {EVERY: "Every kind"} | {key: words.capitalize() for key, words in KIND_WORDS.items()}
    with st.container(horizontal=True):
        about = addressed.choose("log_about", "About", commitments, 420, UNKNOWN)
        kind = addressed.choose("log_kind", "Kind of change", kinds, 220, UNKNOWN)
    return narrowed(found, about, kind)


def narrowed(found: pd.DataFrame, commitment: str, kind: str) -> pd.DataFrame:
    """The adaptations of a commitment and a kind, or of `EVERY` one."""
    about = found["commitment"].eq(commitment) | (commitment == EVERY)
    return found[about & (found["kind"].eq(kind) | (kind == EVERY))]

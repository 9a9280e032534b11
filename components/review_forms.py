"""What the forms of a review share: a draft that knows what its writer saw, and what to say once something is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

DONE = "review_done"
SAID = "review_said"
TOP = ""
OTHERS = "Somebody else saved something here after you began. Read it above; saving yours is refused until you have."


@dataclass(frozen=True)
class Draft:
    """A form being filled in: the beginning of its widgets' keys, and when the row was made that its writer saw."""

    name: str
    key: str
    seen: datetime | None


def begin(name: str, newest: Any = None) -> Draft:
    """A draft that lasts until it is saved; `newest` is when the row that it would follow was made.

    The first widget of the form has the key of the draft with `-first`: once the browser lets go of it, the form is
    drawn afresh, and what its writer sees is what is there now.
    """
    key = f"{name}-{st.session_state.get(f'{name} turn', 0)}"
    made_at = None if newest is None or pd.isna(newest) else pd.Timestamp(newest).to_pydatetime()
    if f"{key}-first" not in st.session_state:
        st.session_state[f"{key} seen"] = made_at
    draft = Draft(name, key, st.session_state[f"{key} seen"])
    if draft.seen != made_at:
        st.warning(OTHERS, icon=":material/group:")
        if st.button("Begin again from what is there now", key=f"{key}-again"):
            forget(draft)
            st.rerun()
    return draft


def forget(draft: Draft) -> None:
    """Have the form begin again, empty or with what is stored."""
    st.session_state[f"{draft.name} turn"] = st.session_state.get(f"{draft.name} turn", 0) + 1


def done(draft: Draft, words: str, here: bool = False) -> None:
    """Remember what to say, and draw the page again with what is stored now.

    It is said at the top of the page, or `here`: where the form asks for it by `say_done`, if it is drawn again.
    """
    forget(draft)
    st.session_state[DONE] = (draft.name if here else TOP, words)
    st.rerun()


def begin_page() -> None:
    """Take up what was saved in the run before, to be said once, and say what belongs at the top."""
    st.session_state[SAID] = st.session_state.pop(DONE, (TOP, ""))
    _say(TOP)


def say_done(draft: Draft) -> None:
    """What was just saved with a form, beside the button that was pressed: the top of a long page is out of sight."""
    _say(draft.name)


def _say(name: str) -> None:
    # A place of its own, whether or not anything is said: what follows keeps its place, and what is unfolded stays so.
    with st.container():
        place, words = st.session_state[SAID]
        if words and place == name:
            # The words are the program's own, because Markdown is read in them.
            st.success(words, icon=":material/check_circle:")

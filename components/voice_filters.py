"""What the Voices page is asked for: which commitment, whose view, which sector, and words to find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from charts.words import PERSPECTIVE_WORDS
from components import addressed
from components.controls import View
from data.queries import LONGEST_SEARCH
from data.templates import SECTORS

ALL = ""


@dataclass(frozen=True)
class Asked:
    """The choices of the page; an empty text asks for all."""

    commitment: str = ALL
    perspective: str = ALL
    sector: str = ALL
    find: str = ""

    @property
    def searchable(self) -> bool:
        """Whether there is a letter or a digit to look for."""
        return any(mark.isalnum() for mark in self.find[:LONGEST_SEARCH])

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words to find leaves insights out."""
        return bool(self.commitment or self.perspective or self.sector)


def choose(view: View) -> Asked:
    """Ask for them in one row; each is bound to the address under `about`, `perspective`, `sector` and `find`."""
    options = {
        "about": ("About", {ALL: "All commitments"} | dict(view.words["commitment"]), 350),
        "perspective": ("Perspective", {ALL: "Everybody"} | PERSPECTIVE_WORDS, 180),
        "sector": ("Sector", {ALL: "All sectors"} | SECTORS, 180),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {key: _choose(key, *option) for key, option in options.items()}
        find = st.text_input(
            "Find words",
            key="find",
            bind="query-params",
            width=220,
            help="All of the words have to be there, each at least as it begins. Capitals and accents do not matter.",
        )
    return Asked(chosen["about"], chosen["perspective"], chosen["sector"], find.strip())


def _choose(key: str, label: str, words: Mapping[str, str], width: int) -> str:
    _read_key(key, words)
    return addressed.choose(key, label, words, width)


def _read_key(name: str, words: Mapping[str, str]) -> None:
    """Turn a key in the address (`about=COM-1`) into the control's words, once, before the control takes it over."""
    given = st.query_params.get(name, "")
    keys = {key.lower(): key for key in words if key}
    if name not in st.session_state and given not in words.values() and given.lower() in keys:
        st.query_params[name] = words[keys[given.lower()]]
        st.rerun()

"""What pages need of the browser that Streamlit does not do: small scripts that show nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).parent
# style.css takes what has a key of this kind out of the layout.
KEY = "script-{}"


def follow_theme() -> None:
    """Have the page drawn anew when the browser goes over to the other theme, as many do at dusk."""
    _mount("follow_theme")(key=KEY.format("theme"), on_theme_change=_nothing)


def heading(text: str, anchor: str) -> None:
    """A subheading that an address ending in `#` and the anchor leads to: it comes into sight also where a slow browser
    draws what stands above it later."""
    st.subheader(text, anchor=anchor)
    _mount("reach_heading")(key=KEY.format(anchor), data={"anchor": anchor})


def _mount(name: str) -> ComponentRenderer:
    return st.components.v2.component(name, js=(FOLDER / f"{name}.js").read_text(encoding="utf-8"))


def _nothing() -> None:
    """Streamlit takes a value from a script only where somebody waits for it; here the run itself is what is wanted."""

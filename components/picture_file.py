"""A chart as a file: SVG and PNG, made in the browser from what it shows, with its data version below."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from charts.palette import Palette

HTML = '<button type="button" class="svg">Download SVG</button> <button type="button" class="png">Download PNG</button>'
# The buttons look like the program's own; the colours are those of the theme.
CSS = """
button { font: inherit; color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color);
    border-radius: var(--st-button-radius, 0.5rem); padding: 0.4rem 0.75rem; min-height: 2.5rem; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
"""
SCRIPT = Path(__file__).with_name("download_picture.js")


def offer(chart: str, name: str, palette: Palette, notes: list[str]) -> None:
    """Two buttons that save the chart with this key under a name without its ending, with notes in small print."""
    mount = st.components.v2.component(
        "chart_as_picture", html=HTML, css=CSS, js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=True
    )
    colours = {"background": palette.background, "colour": palette.quiet}
    mount(key=f"{chart}-picture", data={"key": chart, "name": name, "notes": notes, **colours})

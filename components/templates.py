"""The templates to download: blank, with worked rows, filled for an area and periods, and what every column means."""

from __future__ import annotations

from datetime import date

import streamlit as st

from charts.words import day
from components.controls import View, area_label
from components.pictures import areas_within
from data.catalogue import Catalogue
from data.template_files import blank, dictionary, filled, recent_periods, worked
from data.templates import TEMPLATES, Template

RECENT = 8


def offer_templates(view: View, catalogue: Catalogue) -> None:
    """Choose numbers or insights, and download what is needed."""
    key = st.radio(
        "What do you want to send?",
        list(TEMPLATES),
        horizontal=True,
        key="template",
        format_func=lambda name: f"{TEMPLATES[name].title}: {TEMPLATES[name].one_row_is}",
    )
    template = TEMPLATES[key]
    row = st.container(horizontal=True)
    _button(row, "Blank", blank(template), f"{key}.csv")
    _button(row, "With worked rows", worked(template), f"{key}-worked.csv")
    _button(row, "What each column means", dictionary(template, catalogue), f"{key}-dictionary.csv")
    _offer_filled(template, view, catalogue)


def _offer_filled(template: Template, view: View, catalogue: Catalogue) -> None:
    quarters = [span.end for span in recent_periods("quarter", view.as_of, RECENT)]
    months = [span.end for span in recent_periods("month", view.as_of, RECENT)]
    ends = sorted({*quarters, *months}, reverse=True)
    chosen: list[date] = st.multiselect("Periods that end on", ends, default=quarters[:1], format_func=day, key="ends")
    name = area_label(catalogue, view.area)
    if chosen:
        st.download_button(
            f"Filled for {name}",
            lambda: filled(template, catalogue, areas_within(catalogue, view.area), chosen),
            f"{template.key}-{name.lower().replace(' ', '-')}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )


def _button(row: st.delta_generator.DeltaGenerator, label: str, data: bytes, name: str) -> None:
    row.download_button(label, data, name, "text/csv", on_click="ignore", icon=":material/download:")

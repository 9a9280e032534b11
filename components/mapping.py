"""A file with a layout of its own: how it would be read, what is still to be chosen, and the person's word for it."""

from __future__ import annotations

import streamlit as st

from components import checking, html
from components.controls import area_label
from data import mapping as layouts
from data import periods
from data.catalogue import Catalogue
from data.mapping import Mapping

COLUMNS = [html.Column("In the file"), html.Column("How it is read")]


def ask(mapping: Mapping, catalogue: Catalogue) -> None:
    """Show how the file would be read, ask for what it does not say, and read it so when that is confirmed."""
    html.answer(
        f"We think that this is {layouts.KINDS[mapping.kind]}. Nothing is read until you confirm how, or copy your "
        "figures into a template."
    )
    show(mapping, catalogue)
    with st.form("layout"):
        answered = _choices(mapping, catalogue)
        if st.form_submit_button("Read it like this", type="primary", icon=":material/check:"):
            missing = layouts.missing(answered)
            if missing:
                st.error(f"Choose the {' and the '.join(missing)} first.", icon=":material/error:")
            else:
                checking.read_as(answered)


def confirmed(mapping: Mapping, catalogue: Catalogue) -> None:
    """How the file is read, as it was confirmed, with a way back."""
    with st.expander(f"Read as {layouts.KINDS[mapping.kind]}"):
        show(mapping, catalogue)
        if st.button("Read it in another way", icon=":material/undo:"):
            checking.read_as(None)


def show(mapping: Mapping, catalogue: Catalogue) -> None:
    """What the file has, and how it is read."""
    rows = [[has, means] for has, means in layouts.describe(mapping, catalogue)]
    html.table(COLUMNS, rows, "How the file is read")


def _choices(mapping: Mapping, catalogue: Catalogue) -> Mapping:
    """The mapping with what is chosen so far."""
    missing = layouts.missing(mapping)
    figure = _one("Which measure do you want to send?", list(layouts.series(mapping))) if "figure" in missing else None
    names = {key: item.name for key, item in catalogue.indicators.items()}
    indicator = _one("Which indicator are the figures of?", names) if "indicator" in missing else None
    places = {code: area_label(catalogue, code) for code, item in catalogue.areas.items() if not item.comparator_only}
    area = _one("Which area are they of?", places) if "area" in missing else None
    period = _period() if "period" in missing else None
    parts = {column.place: column.title for column in mapping.columns}
    parts |= {figure.place: figure.title for figure in mapping.figures}
    left_out = st.multiselect("Columns to leave out", list(parts), format_func=parts.__getitem__, placeholder="None")
    mapping = layouts.without(mapping, left_out)
    return layouts.chosen(mapping, indicator=indicator, period=period, area=area, figure=figure)


def _one(question: str, answers: list[str] | dict[str, str]) -> str | None:
    words = answers if isinstance(answers, dict) else {answer: answer or "without a name" for answer in answers}
    return st.selectbox(question, list(words), index=None, format_func=words.__getitem__, placeholder="Choose one")


def _period() -> str | None:
    text = st.text_input("Which period are they for?", placeholder=periods.EXAMPLES)
    if text and periods.parse(text) is None:
        st.error(f"This is not a period that can be read. Write it as {periods.EXAMPLES}.", icon=":material/error:")
        return None
    return text or None

"""The templates to download, as Excel workbook or CSV: blank, with worked rows, filled, and what every column means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from charts.words import day, plural
from components import html
from components.controls import View, area_label
from components.pictures import places
from data.catalogue import Catalogue
from data.template_files import (
    Due,
    Rows,
    as_csv,
    as_workbook,
    dictionary,
    due_by_period,
    filled_rows,
    recent_periods,
    worked_rows,
)
from data.templates import OBSERVATIONS, TEMPLATES, Template
from reports.expected import areas_within

RECENT = 8
KINDS = {"xlsx": "Excel workbook, with lists to choose from", "csv": "CSV"}
MIMES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


def offer_templates(view: View, catalogue: Catalogue) -> None:
    """Choose numbers or insights and the kind of file, and download what is needed."""
    template = TEMPLATES[
        st.radio(
            "What do you want to send?",
            list(TEMPLATES),
            horizontal=True,
            key="template",
            format_func=lambda name: f"{TEMPLATES[name].title}: {TEMPLATES[name].one_row_is}",
        )
    ]
    kind = st.radio("Kind of file", list(KINDS), horizontal=True, key="kind", format_func=KINDS.__getitem__)
    row = st.container(horizontal=True)
    _button(row, "Blank", partial(_file, template, catalogue, kind, list), f"{template.key}.{kind}")
    worked = partial(_file, template, catalogue, kind, partial(worked_rows, template))
    _button(row, "With worked rows", worked, f"{template.key}-worked.{kind}")
    meanings = partial(dictionary, template, catalogue)
    _button(row, "What each column means", meanings, f"{template.key}-dictionary.csv")
    _offer_filled(template, view, catalogue, kind)


def due_words(due: Due, as_of: date) -> str:
    """A day on which periods end, and by when what is missing for them is due."""
    if due.due is None:
        return f"{day(due.end)}, all sent" if due.asked else day(due.end)
    return f"{day(due.end)}, {_when(due, due.due, as_of)}"


def missing_words(due: Due, as_of: date) -> str:
    """How much of what is asked for periods that end on a day has not been sent, as a sentence."""
    if due.due is None:
        return f"For {day(due.end)} all has been sent."
    some = f"{due.missing:,} of {plural(due.asked, 'figure')}"
    return f"For {day(due.end)}, {some} are missing, the first of them {_when(due, due.due, as_of)}."


def most_pressing(due: Due, as_of: date) -> tuple[int, int]:
    """The order in which periods are offered: overdue ones, the latest first, those due soonest, and those all sent."""
    if due.due is None:
        return 2, -due.end.toordinal()
    return (0, -due.end.toordinal()) if due.overdue(as_of) else (1, due.due.toordinal())


def _when(due: Due, on: date, as_of: date) -> str:
    return f"{'overdue since' if due.overdue(as_of) else 'due'} {day(on)}"


def _offer_filled(template: Template, view: View, catalogue: Catalogue, kind: str) -> None:
    areas, reported = areas_within(catalogue, view.area), places(view)
    quarters = [span.end for span in recent_periods("quarter", view.as_of, RECENT)]
    if template is OBSERVATIONS:
        months = [span.end for span in recent_periods("month", view.as_of, RECENT)]
        offered = due_by_period(catalogue, areas, sorted({*quarters, *months}), reported)
        chosen = _choose_ends(offered, quarters[:1], view.as_of)
    else:
        chosen = [st.selectbox("Period that ends on", quarters, format_func=day, key="quarter")]
    if chosen:
        name = area_label(catalogue, view.area)

        def rows() -> Rows:
            return filled_rows(template, catalogue, areas, chosen, reported)

        made = partial(_file, template, catalogue, kind, rows)
        file_name = f"{template.key}-{name.lower().replace(' ', '-')}.{kind}"
        _button(st.container(), f"Filled for {name}", made, file_name, main=True)


def _choose_ends(offered: list[Due], usual: list[date], as_of: date) -> list[date]:
    words = {due.end: due_words(due, as_of) for due in sorted(offered, key=lambda due: most_pressing(due, as_of))}
    chosen = st.multiselect(
        "Periods that end on", list(words), default=usual, format_func=words.__getitem__, key="ends"
    )
    html.quiet(" ".join(missing_words(due, as_of) for due in offered if due.end in chosen))
    return chosen


def _file(template: Template, catalogue: Catalogue, kind: str, rows: Callable[[], Rows]) -> bytes:
    """The file, made only when somebody asks for it."""
    return as_workbook(template, catalogue, rows()) if kind == "xlsx" else as_csv(template, rows())


def _button(
    place: st.delta_generator.DeltaGenerator, label: str, made: Callable[[], bytes], name: str, main: bool = False
) -> None:
    place.download_button(
        label,
        made,
        name,
        MIMES[name.rpartition(".")[2]],
        on_click="ignore",
        icon=":material/download:",
        type="primary" if main else "secondary",
    )

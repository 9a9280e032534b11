"""What is due, overdue and due next, as pages show it. Its words are in `due_words`, its rows in `due_rows`."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.words import day, plural
from components import charts, due_rows, due_words, html, pictures, session
from components.controls import View, area_label
from data.catalogue import Indicator
from reports.expected import places_within

RULES = """
A figure is expected from every area that the definition names, for the indicator’s first period and each one after it.
It is not yet due until its period has ended, then due until its due date, and overdue after that day. The day is the
as-of date of the data version, not today.

Only figures whose due date lies in the 12 months to the as-of date are counted as fallen due, here or overdue. Older
gaps stay visible in each series, but are not asked for again, so that the list stays short enough to be worked through.

What has come is here, however late, and also where an area says why there is no number: not available, not applicable,
or left out to protect people.

Figures taken from national publication are awaited from the Office for National Statistics (ONS). No area is asked for
them, and none is called overdue.
""".strip().split("\n\n")

WAITING_FIRST = 6
LEGEND = (
    "Here, of what fell due: figures that areas send themselves, of the 12 months to the as-of date; one that informs "
    "two commitments counts for both."
)


def here(view: View) -> pd.DataFrame:
    """The expected figures of the view's place and of the areas within it."""
    everywhere = pictures.due(view)
    return everywhere[everywhere["area_code"].isin(places_within(session.catalogue(), view.area))]


def example(item: Indicator, view: View) -> str:
    """The latest period of an indicator that has ended, and by when it is due; nothing before one has."""
    return due_words.example(pictures.due(view), item)


def say(view: View) -> None:
    """What is due in the view's place, in one sentence."""
    html.sentence(due_words.sentence(_where(view), here(view), view.as_of))


def show(view: View) -> None:
    """What is due in the view's place: the sentences, a table, its CSV, and the way to the template to fill in."""
    frame, where = here(view), _where(view)
    html.sentence(due_words.sentence(where, frame, view.as_of))
    _show_table(frame, view)
    awaited = due_words.published_sentence(frame, session.catalogue())
    if awaited:
        html.quiet(awaited)
    with st.container(horizontal=True, vertical_alignment="center"):
        _download(frame, view, view.area)
        st.page_link("pages/upload.py", label=f"Get the template filled for {where}", icon=":material/upload_file:")


def show_table(view: View) -> None:
    """The table of `show` and its CSV, for a page that says the sentence elsewhere."""
    frame = here(view)
    _show_table(frame, view)
    _download(frame, view, view.area)


def _show_table(frame: pd.DataFrame, view: View) -> None:
    """What an area has still to send; of a larger place, behind a click, its areas with something overdue."""
    if session.catalogue().areas[view.area].type == "police_force_area":
        _show_waiting(frame, view)
    else:
        _show_areas(frame, view)


def _show_areas(frame: pd.DataFrame, view: View) -> None:
    rows = due_rows.area_rows(frame, view)
    if rows:
        with st.expander(f"Overdue figures, area by area ({plural(len(rows), 'area')})"):
            html.table(
                due_rows.AREA_COLUMNS, rows, f"Areas in {_where(view)} with figures overdue on {day(view.as_of)}"
            )


def show_indicators(items: list[Indicator], name: str, view: View) -> None:
    """Indicator by indicator: how many areas have sent the latest period, and behind a click which are overdue."""
    frame, where = here(view), _where(view)
    frame = frame[frame["indicator"].isin([item.key for item in items])]
    html.sentence(due_words.sentence(f"{name}, {where}", frame, view.as_of))
    rows = due_rows.indicator_rows(items, frame, view)
    html.table(due_rows.INDICATOR_COLUMNS, rows, f"What has come of what fell due for {name}, {where}")
    _show_late(due_rows.overdue(frame), view)
    _download(frame, view, name)


def _show_waiting(frame: pd.DataFrame, view: View) -> None:
    rows = due_rows.waiting_rows(frame, session.catalogue(), view)
    if rows:
        html.folded(
            due_rows.WAITING_COLUMNS,
            rows,
            f"What {_where(view)} has still to send, overdue first, on {day(view.as_of)}",
            WAITING_FIRST,
        )


def _show_late(late: pd.DataFrame, view: View) -> None:
    if late.empty:
        return
    areas = plural(late["area_code"].nunique(), "area")
    with st.expander(f"Overdue figures, by area and indicator ({areas})"):
        rows = due_rows.late_rows(late, session.catalogue(), view)
        html.table(due_rows.LATE_COLUMNS, rows, f"Overdue on {day(view.as_of)}, of the 12 months before")


def _download(frame: pd.DataFrame, view: View, name: str) -> None:
    charts.download(due_rows.taken_away(frame, view.as_of), view, f"due-{name}")


def _where(view: View) -> str:
    return area_label(session.catalogue(), view.area)

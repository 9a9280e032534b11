"""What is due, overdue and due next, as pages show it. Its words are in `due_words`, its rows in `due_rows`."""

from __future__ import annotations

from dataclasses import dataclass

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
    html.sentence(_of_place(view).sentence)


def show(view: View) -> None:
    """What is due in the view's place: the sentences, a table, its CSV, and the way to the template to fill in."""
    found, where = _of_place(view), _where(view)
    html.sentence(found.sentence)
    _show_table(found, view)
    if found.awaited:
        html.quiet(found.awaited)
    with st.container(horizontal=True, vertical_alignment="center"):
        charts.download(found.taken_away, view, f"due-{view.area}")
        st.page_link("pages/upload.py", label=f"Get the template filled for {where}", icon=":material/upload_file:")


def show_table(view: View) -> None:
    """The table of `show` and its CSV, for a page that says the sentence elsewhere."""
    found = _of_place(view)
    _show_table(found, view)
    charts.download(found.taken_away, view, f"due-{view.area}")


@dataclass(frozen=True)
class _OfPlace:
    """What is due in a place, as it is shown: of an area what it has still to send, of a larger place its areas with
    something overdue."""

    sentence: str
    awaited: str
    rows: due_rows.Rows
    taken_away: pd.DataFrame


def _of_place(view: View) -> _OfPlace:
    """It rests on the figures of the version and its day alone; the rows hold links."""

    def make() -> _OfPlace:
        frame, catalogue = here(view), session.catalogue()
        return _OfPlace(
            due_words.sentence(_where(view), frame, view.as_of),
            due_words.published_sentence(frame, catalogue),
            due_rows.waiting_rows(frame, catalogue, view) if _single(view) else due_rows.area_rows(frame, view),
            due_rows.taken_away(frame, view.as_of),
        )

    return pictures.kept_whole(view, "due of the place", make, *view.in_links)


def _show_table(found: _OfPlace, view: View) -> None:
    """The table of an area; of a larger place it stands behind a click."""
    if not found.rows:
        return
    if _single(view):
        caption = f"What {_where(view)} has still to send, overdue first, on {day(view.as_of)}"
        html.folded(due_rows.WAITING_COLUMNS, found.rows, caption, WAITING_FIRST)
        return
    with st.expander(f"Overdue figures, area by area ({plural(len(found.rows), 'area')})"):
        caption = f"Areas in {_where(view)} with figures overdue on {day(view.as_of)}"
        html.table(due_rows.AREA_COLUMNS, found.rows, caption)


def _single(view: View) -> bool:
    return session.catalogue().areas[view.area].type == "police_force_area"


def show_indicators(items: list[Indicator], name: str, view: View) -> None:
    """Indicator by indicator: how many areas have sent the latest period, and behind a click which are overdue."""
    found = _of_indicators(items, name, view)
    html.sentence(found.sentence)
    html.table(due_rows.INDICATOR_COLUMNS, found.rows, f"What has come of what fell due for {name}, {_where(view)}")
    if found.late:
        with st.expander(f"Overdue figures, by area and indicator ({plural(found.late_areas, 'area')})"):
            caption = f"Overdue on {day(view.as_of)}, of the 12 months before"
            html.table(due_rows.LATE_COLUMNS, found.late, caption)
    charts.download(found.taken_away, view, f"due-{name}")


@dataclass(frozen=True)
class _OfIndicators:
    """What is due of some indicators, as it is shown."""

    sentence: str
    rows: due_rows.Rows
    late: due_rows.Rows
    late_areas: int
    taken_away: pd.DataFrame


def _of_indicators(items: list[Indicator], name: str, view: View) -> _OfIndicators:
    """It rests on the figures of the version and its day alone; the rows hold links."""
    keys = [item.key for item in items]

    def make() -> _OfIndicators:
        frame = here(view)
        frame = frame[frame["indicator"].isin(keys)]
        late = due_rows.overdue(frame)
        return _OfIndicators(
            due_words.sentence(f"{name}, {_where(view)}", frame, view.as_of),
            due_rows.indicator_rows(items, frame, view),
            due_rows.late_rows(late, session.catalogue(), view),
            late["area_code"].nunique(),
            due_rows.taken_away(frame, view.as_of),
        )

    return pictures.kept_whole(view, "due of indicators", make, name, *keys, *view.in_links)


def _where(view: View) -> str:
    return area_label(session.catalogue(), view.area)

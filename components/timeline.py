"""Events to mark on a chart of one indicator in one place, numbered, with the list that says what they are."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from components import html, session
from components.controls import View
from data.catalogue import Indicator
from data.catalogue.events import Event, load_events
from data.demonstration.events import demonstration_events

COLUMNS = [html.Column("Mark"), html.Column("When"), html.Column("What happened"), html.Column("Source")]
CAPTION = "Events marked on the chart. A mark explains no change by itself"


def events_for(view: View, item: Indicator, series: pd.DataFrame, until: date) -> list[tuple[int, Event]]:
    """The events from the first day of a series to its last, or to a day after it, with the numbers of their marks."""
    dated = series.dropna(subset=["indicator"])
    if dated.empty:
        return []
    first, last = dated["period_start"].min().date(), max(dated["period_end"].max().date(), until)
    found = [event for event in _known(session.workspace().kind) if event.concerns(view.area, item.key)]
    return list(enumerate([event for event in found if first <= event.date <= last], start=1))


def show(events: list[tuple[int, Event]]) -> None:
    """The list of what is marked; nothing where nothing is."""
    if events:
        html.table(COLUMNS, [row(index, event) for index, event in events], CAPTION)


def row(index: int, event: Event) -> list[str | html.Cell]:
    """One mark: its number, when, what happened and where that is from."""
    return [str(index), event.when, html.Cell(event.title, detail=event.words), event.source]


@st.cache_resource
def _known(kind: str) -> list[Event]:
    """Public events, and in a demonstration workspace its invented ones, oldest first."""
    invented = demonstration_events() if kind == "demonstration" else []
    return sorted([*load_events(session.catalogue()), *invented], key=lambda event: event.date)

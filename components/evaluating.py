"""The evaluation commitment on pages: the grid of a view, kept for as long as nothing that it rests on changes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from charts import evaluated
from components import html, session
from components.controls import View, area_label
from data import queries
from metrics.evaluation import gaps
from reports import evaluation
from reports.expected import ENGLAND, areas_within


def grid(view: View) -> pd.DataFrame:
    """The results of the seven tests for each force area of the view and each commitment. See `reports.evaluation`.

    It is the same for everybody, because it holds no text that people told us and no figure.
    """
    found = _grid(*_known_by(view))
    return found[found["area_code"].isin(_codes(view))].reset_index(drop=True)


def over_time(view: View) -> pd.DataFrame:
    """How many pairs of the view passed at each quarter end since July 2025. See `reports.evaluation.over_time`."""
    return _over_time(*_known_by(view), tuple(_codes(view))).copy(deep=False)


def single(view: View) -> bool:
    """Whether the view is of one police force area."""
    return session.catalogue().areas[view.area].type == "police_force_area"


def answer(view: View, found: pd.DataFrame) -> str:
    """The answer to the page's question, given the grid of the view."""
    where = "" if view.area == ENGLAND else area_label(session.catalogue(), view.area)
    return evaluated.answer(gaps(found), int(found["kept"].sum()), where)


def say(view: View) -> None:
    """The answer in one sentence, with the way to the page that has the grid."""
    html.linked(f"Evaluation commitment: {answer(view, grid(view))}", "See the grid", view.link("evaluation"))


Key = tuple[str, int, date, pd.DataFrame, pd.DataFrame]


def _known_by(view: View) -> Key:
    """What the grid rests on: a data version, which never changes, and what was done and ruled, which does."""
    connection = session.cursor()
    acts, rulings = queries.acted_upon(connection, view.version), queries.rulings(connection, view.version)
    return session.workspace().settings.database, view.version, view.as_of, acts, rulings


def _codes(view: View) -> list[str]:
    return areas_within(session.catalogue(), view.area)


@st.cache_resource(max_entries=8, show_spinner="Working out the grid …")
def _measured(database: str, version: int, as_of: date) -> evaluation.Known:
    return evaluation.measured(session.cursor(), session.catalogue(), version, as_of)


def _known(database: str, version: int, as_of: date, acts: pd.DataFrame, rulings: pd.DataFrame) -> evaluation.Known:
    return evaluation.with_acts(_measured(database, version, as_of), session.catalogue(), acts, rulings)


@st.cache_resource(max_entries=8, show_spinner="Working out the grid …")
def _grid(database: str, version: int, as_of: date, acts: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    return evaluation.grid(_known(database, version, as_of, acts, rulings), as_of)


@st.cache_resource(max_entries=16, show_spinner="Working out the earlier quarters …")
def _over_time(
    database: str, version: int, as_of: date, acts: pd.DataFrame, rulings: pd.DataFrame, areas: tuple[str, ...]
) -> pd.DataFrame:
    return evaluation.over_time(_known(database, version, as_of, acts, rulings), as_of, areas)

"""The evaluation commitment on pages: the grid of a view, kept for as long as nothing that it rests on changes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from charts import evaluated
from components import html, pictures, session
from components.controls import View, area_label
from data import queries
from metrics.evaluation import gaps
from reports import evaluation
from reports.expected import ENGLAND, areas_within


def grid(view: View) -> pd.DataFrame:
    """The results of the seven tests for each force area of the view and each commitment. See `reports.evaluation`.

    It is the same for everybody, because it holds no text that people told us and no figure.
    """

    def make() -> pd.DataFrame:
        found = evaluation.grid(_known(view), view.as_of)
        return found[found["area_code"].isin(_codes(view))].reset_index(drop=True)

    return pictures.kept(view, "evaluation grid", make, queries.audit_lines(session.cursor()))


def over_time(view: View) -> pd.DataFrame:
    """How many pairs of the view passed at each quarter end since July 2025. See `reports.evaluation.over_time`."""

    def make() -> pd.DataFrame:
        return evaluation.over_time(_known(view), view.as_of, tuple(_codes(view)))

    return pictures.kept(view, "evaluation over time", make, queries.audit_lines(session.cursor()))


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


def _codes(view: View) -> list[str]:
    return areas_within(session.catalogue(), view.area)


@st.cache_resource(max_entries=8, show_spinner="Working out the grid …")
def _measured(database: str, version: int, as_of: date) -> evaluation.Known:
    return evaluation.measured(session.cursor(), session.catalogue(), version, as_of)


def _known(view: View) -> evaluation.Known:
    """What the grid rests on: a data version, which never changes, and what was done and ruled, which does."""
    connection = session.cursor()
    measured = _measured(session.workspace().settings.database, view.version, view.as_of)
    acts, rulings = queries.acted_upon(connection, view.version), queries.rulings(connection, view.version)
    return evaluation.with_acts(measured, session.catalogue(), acts, rulings)

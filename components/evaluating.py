"""The evaluation commitment on pages: the grid of a view, kept for as long as nothing that it rests on changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pandas as pd
import streamlit as st

from charts import evaluated
from components import html, pictures, session
from components.controls import View, area_label
from data import queries
from metrics.evaluation import gaps, kept_by
from reports import evaluation
from reports.expected import ENGLAND, areas_within

T = TypeVar("T")


@dataclass(frozen=True)
class Counted:
    """The counts of a grid: `metrics.evaluation.gaps`, the pairs that pass all seven, and `kept_by` of its groups."""

    gaps: pd.DataFrame
    kept: int
    by_commitment: pd.DataFrame
    by_area: pd.DataFrame
    by_region: pd.DataFrame


def grid(view: View) -> pd.DataFrame:
    """The results of the seven tests for each force area of the view and each commitment. See `reports.evaluation`.

    It is the same for everybody, because it holds no text that people told us and no figure.
    """

    def make() -> pd.DataFrame:
        found = evaluation.grid(_known(view), view.as_of)
        return found[found["area_code"].isin(_codes(view))].reset_index(drop=True)

    return kept(view, "evaluation grid", make).copy(deep=False)


def kept(view: View, what: str, make: Callable[[], T], *asked: object) -> T:
    """What is made of the grid, which holds nothing that only some may see, kept until somebody writes something."""
    return pictures.kept_whole(view, what, make, *asked, session.audit_lines())


def over_time(view: View) -> pd.DataFrame:
    """How many pairs of the view passed at each quarter end since July 2025. See `reports.evaluation.over_time`."""

    def make() -> pd.DataFrame:
        return evaluation.over_time(_known(view), view.as_of, tuple(_codes(view)))

    return kept(view, "evaluation over time", make).copy(deep=False)


def counted(view: View) -> Counted:
    """What the grid of the view comes to."""

    def make() -> Counted:
        found = grid(view)
        groups = ("commitment", ["area_code", "area_name"], "region_code")
        return Counted(gaps(found), int(found["kept"].sum()), *(kept_by(found, by) for by in groups))

    return kept(view, "evaluation counted", make)


def single(view: View) -> bool:
    """Whether the view is of one police force area."""
    return session.catalogue().areas[view.area].type == "police_force_area"


def answer(view: View) -> str:
    """The answer to the page's question."""
    where = "" if view.area == ENGLAND else area_label(session.catalogue(), view.area)
    found = counted(view)
    return evaluated.answer(found.gaps, found.kept, where)


def say(view: View) -> None:
    """The answer in one sentence, with the way to the page that has the grid."""
    html.linked(f"Evaluation commitment: {answer(view)}", "See the grid", view.link("evaluation"))


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

"""What is kept between readers: nobody changes it, and nobody is shown what was kept for somebody else."""

import copy
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import charts, pictures, ready, session
from data import approval_settings, approvals
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.versions import Moment
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, said
from tests.app.test_second_pair import ADA, BEN, NORFOLK, stored, waits

VIEWER = Actor("Vi Invented", "viewer", email="vi@example.org")
GROUP = Actor("Sam Invented", "steering", frozenset({NORFOLK}), "sam@example.org")
WITH_CHARTS = ("area", "commitment", "compare", "evaluation", "over_time", "overview", "regions", "voices",
               "what_changed")  # fmt: skip
FILE_WAITS = "1 file waits for you as a second person."


class Figures:
    """Every figure that was kept or shown, as it was when it was first seen."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[go.Figure, dict[str, Any]]] = {}

    def note(self, figure: go.Figure) -> None:
        self.seen.setdefault(id(figure), (figure, copy.deepcopy(figure.to_dict())))

    def changed(self) -> list[str]:
        """The titles of those that are others by now."""
        return [figure.layout.title.text for figure, first in self.seen.values() if str(figure.to_dict()) != str(first)]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Figures:
    """Notes figures when they come out of `charts.drawn`, are put into a `ready.Chart`, and are shown."""
    found = Figures()
    drawn, made, shown = charts.drawn, ready.Chart.__init__, st.plotly_chart

    def note_drawn(*given: Any, **words: Any) -> go.Figure:
        figure = drawn(*given, **words)
        found.note(figure)
        return figure

    def note_made(self: ready.Chart, *given: Any, **words: Any) -> None:
        made(self, *given, **words)
        if self.figure is not None:
            found.note(self.figure)

    def note_shown(figure: go.Figure, **words: Any) -> Any:
        found.note(figure)
        return shown(figure, **words)

    monkeypatch.setattr(charts, "drawn", note_drawn)
    monkeypatch.setattr(ready.Chart, "__init__", note_made)
    monkeypatch.setattr(st, "plotly_chart", note_shown)
    return found


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Actor]]:
    """Who is asking: the last of the list."""
    people = [LOCAL_ADMINISTRATOR]
    monkeypatch.setattr(session, "actor", lambda: people[-1])
    yield people


def specs(app: AppTest) -> list[str]:
    return [chart.proto.spec for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("page", WITH_CHARTS)
def test_no_page_changes_a_figure_that_is_kept(
    page: str, demonstration: AppTest, new_window: Window, figures: Figures
) -> None:
    """Two readers at once would otherwise change it under each other's hands, and each would add to it."""
    for area in (NORFOLK, "E92000001"):
        first = specs(open_page(demonstration, page, area=area))
        again = open_page(new_window(), page, area=area)
        assert faults(again) == [] and specs(again) == first
        demonstration = new_window()
    assert figures.seen and figures.changed() == []


def test_many_may_read_a_kept_figure_at_once(demonstration: AppTest, figures: Figures) -> None:
    """Plotly's figures are no safer between threads than a list is, so threads only ever read finished ones."""
    open_page(demonstration, "over_time", area=NORFOLK)
    kept = [figure for figure, _ in figures.seen.values()]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            read = list(threads.map(lambda figure: str(figure.to_dict()), kept * 40))
    finally:
        sys.setswitchinterval(before)
    assert kept and len(set(read)) == len(kept) and figures.changed() == []


def test_a_figure_that_is_changed_would_be_noticed(figures: Figures) -> None:
    frame = pd.DataFrame({"value": [1.0]})
    figure = charts.drawn(lambda given: go.Figure(go.Bar(y=given["value"]), {"title": "One"}), frame)
    assert figures.changed() == []
    figure.update_layout(height=300)
    assert figures.changed() == ["One"]


def told(page: str, window: AppTest, **address: str) -> str:
    app = open_page(window, page, **address)
    assert faults(app) == []
    return "\n".join([said(app), str(html(app).links), *specs(app)])


@pytest.mark.usefixtures("demonstration")
def test_readers_of_the_same_page_are_each_told_their_own(new_window: Window, acting: list[Actor]) -> None:
    """Each is told, after others, what that person is told alone: of what only groups may read, and of files."""
    for page, address in (("what_changed", {"since": "1"}), ("overview", {}), ("commitment", {"commitment": "SYS-1"})):
        alone = {}
        for actor in (LOCAL_ADMINISTRATOR, VIEWER, GROUP):
            pictures.forget()
            acting.append(actor)
            alone[actor] = told(page, new_window(), area=NORFOLK, **address)
        assert alone[LOCAL_ADMINISTRATOR] != alone[VIEWER]
        for actor in (VIEWER, GROUP, LOCAL_ADMINISTRATOR, VIEWER):
            acting.append(actor)
            assert told(page, new_window(), area=NORFOLK, **address) == alone[actor], (page, actor.role)


def test_links_of_a_kept_table_are_those_of_the_view_that_asks(new_window: Window, demonstration: AppTest) -> None:
    """What is kept for one commitment, or for the newest version unpinned, is not shown to who asked for another."""
    for page in ("compare", "overview", "what_changed"):
        links = {}
        for address in ({}, {"commitment": "COM-2"}, {"version": "17"}):
            pictures.forget()
            links[str(address)] = html(open_page(new_window(), page, **address)).links
        assert links["{}"] != links[str({"commitment": "COM-2"})]
        for address in ({}, {"commitment": "COM-2"}, {"version": "17"}):
            assert html(open_page(new_window(), page, **address)).links == links[str(address)], (page, address)


def test_what_waits_is_counted_for_each_person_apart(
    own_demonstration: AppTest, new_window: Window, acting: list[Actor], catalogue: Catalogue, tmp_path: Path
) -> None:
    """Of two who report for the same area one sent the file: only the other is called, and only while it waits."""
    database = tmp_path / "consensus.duckdb"
    with stored(database, catalogue) as connection:
        approval_settings.choose(connection, LOCAL_ADMINISTRATOR, catalogue, NORFOLK, True, Moment.now())
    waiting = waits(database, catalogue)
    for actor, called in ((BEN, True), (ADA, False), (BEN, True)):
        acting.append(actor)
        assert (FILE_WAITS in said(open_page(new_window(), "overview"))) is called
    with session.workspace().connection.cursor() as connection:
        approvals.refuse(connection, BEN, waiting, "Invented reason", Moment.now())
    assert FILE_WAITS not in said(open_page(new_window(), "overview"))

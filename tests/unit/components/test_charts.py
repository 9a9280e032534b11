"""A figure is drawn once for the same frame and words, and anew when any of them is another."""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go
import pytest

from components import charts, pictures

FRAME = pd.DataFrame({"area_code": ["A", "B"], "value": [1.0, 2.0]})


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    pictures.forget()
    yield
    pictures.forget()


def bars(frame: pd.DataFrame, *, title: str) -> go.Figure:
    return go.Figure(go.Bar(x=frame["area_code"], y=frame["value"]), {"title": title})


def test_the_same_frame_and_words_give_the_figure_that_was_drawn() -> None:
    assert charts.drawn(bars, FRAME, title="Two") is charts.drawn(bars, FRAME.copy(), title="Two")


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (FRAME.assign(value=[1.0, 3.0]), "Two"),
        (FRAME.rename(columns={"value": "value "}).assign(value=FRAME["value"]), "Two"),
        (FRAME, "Another"),
    ],
)
def test_another_frame_or_word_gives_another_figure(frame: pd.DataFrame, title: str) -> None:
    first, other = charts.drawn(bars, FRAME, title="Two"), charts.drawn(bars, frame, title=title)
    assert other is not first
    assert other.layout.title.text == title and list(other.data[0].y) == list(frame["value"])


def test_what_is_forgotten_is_drawn_again() -> None:
    first = charts.drawn(bars, FRAME, title="Two")
    pictures.forget()
    assert charts.drawn(bars, FRAME, title="Two") is not first

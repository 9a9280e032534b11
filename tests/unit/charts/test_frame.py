"""The frame of every chart: titles that wrap, and text in which Plotly finds no markup."""

import plotly.graph_objects as go
import pytest

from charts.frame import axes, framed, plain, wrapped
from charts.palette import DARK, LIGHT, Palette
from tests.unit.charts.drawn import HOSTILE


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_no_markup_is_left_in_a_name(name: str, safe: str) -> None:
    assert plain(name) == safe


@pytest.mark.parametrize("name", ["Kent", "Devon and Cornwall", "people’s view: 54.2 %", ""])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert plain(name) == name


def test_a_long_title_is_broken_between_words() -> None:
    title = "Violence with injury: 12 improved, 3 worsened, 20 no clear change and 4 that cannot be calculated"
    lines = wrapped(title).split("<br>")
    assert " ".join(lines) == title and len(lines) > 1
    assert max(map(len, lines)) <= 46


def test_a_word_longer_than_a_line_is_kept_whole() -> None:
    assert wrapped("a " + "b" * 60 + " c") == f"a<br>{'b' * 60}<br>c"


def test_a_title_has_no_markup_but_its_line_breaks() -> None:
    assert wrapped("<b>all</b> is <br> well", width=100) == "&lt;b&gt;all&lt;/b&gt; is &lt;br&gt; well"


def test_no_title_is_no_line() -> None:
    assert wrapped("") == ""


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_frame_takes_its_colours_from_the_theme(palette: Palette) -> None:
    figure = axes(framed(go.Figure(), palette, "A finding", 300, legend=True), palette, x="%", y="Count")
    layout = figure.layout
    assert layout.title.text == "A finding" and layout.height == 300 and layout.showlegend
    assert layout.font.color == palette.text
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("%", "Count")
    assert layout.xaxis.gridcolor == layout.yaxis.gridcolor == palette.line


def test_a_title_of_more_lines_gets_more_room() -> None:
    short, long = (framed(go.Figure(), LIGHT, title, 300).layout.margin.t for title in ("One line", "word " * 30))
    assert long > short

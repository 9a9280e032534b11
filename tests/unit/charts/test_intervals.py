"""Areas side by side, with their limits."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.intervals import intervals_chart, intervals_sentence
from charts.palette import DARK, LIGHT
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

WORDS = {"improved": "improved", "worsened": "worsened", "no_clear_change": "no clear change"}
COLUMNS = ["area_name", "value", "lower", "upper", "state"]
ORDINARY = [
    ("Kent", 5.0, 2.0, 9.0, "improved"),
    ("Essex", -3.0, -5.5, -0.5, "worsened"),
    ("Dorset", 0.5, -1.0, 2.0, "no_clear_change"),
    ("Surrey", 7.0, 6.0, 8.5, "improved"),
    ("Cumbria", np.nan, np.nan, np.nan, "cannot_be_calculated"),
]


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(["value", "lower", "upper"], float))


def chart(rows: list[tuple[Any, ...]], **more: Any) -> go.Figure:
    settings = {
        "title": "A finding",
        "unit": "%",
        "words": WORDS,
        "line": 0.0,
        "line_name": "no change",
        "signed": True,
    }
    return intervals_chart(frame(rows), LIGHT, **settings | more)


def test_each_area_is_a_point_with_its_limits_under_the_name_of_its_state() -> None:
    traces = by_name(chart(ORDINARY))
    assert list(traces) == ["improved", "worsened", "no clear change"]
    improved = traces["improved"]
    assert (shown(improved.x), shown(improved.y)) == ([5, 7], ["Kent", "Surrey"])
    assert (shown(improved.error_x.arrayminus), shown(improved.error_x.array)) == ([3, 1], [4, 1.5])
    assert shown(improved.text) == ["5.0 % (2.0 to 9.0)", "7.0 % (6.0 to 8.5)"]
    assert shown(traces["worsened"].text) == ["−3.0 % (−5.5 to −0.5)"]


def test_areas_stand_in_the_order_of_their_values_and_one_without_is_left_to_the_sentence() -> None:
    assert list(chart(ORDINARY).layout.yaxis.categoryarray) == ["Essex", "Dorset", "Kent", "Surrey"]


def test_a_state_has_a_shape_beside_its_colour() -> None:
    markers = [trace.marker for trace in by_name(chart(ORDINARY)).values()]
    assert len({marker.symbol for marker in markers}) == len({marker.color for marker in markers}) == 3


def test_the_line_is_drawn_and_named() -> None:
    figure = chart(ORDINARY, line=2.5, line_name="England <2025>")
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 2.5
    assert figure.layout.annotations[0].text == "England &lt;2025&gt;"
    assert len(chart(ORDINARY, line=None).layout.shapes) == 0


def test_figures_start_at_zero_and_differences_do_not() -> None:
    assert chart(ORDINARY, signed=False).layout.xaxis.rangemode == "tozero"
    assert chart(ORDINARY).layout.xaxis.rangemode == "normal"


def test_decimals_and_unit_are_those_given() -> None:
    figure = chart([("Kent", 1204.0, 1100.0, 1300.0, "improved")], decimals=0, unit="people")
    assert shown(figure.data[0].text) == ["1,204 people (1,100 to 1,300)"]
    assert figure.layout.xaxis.title.text == "people"


def test_a_point_without_limits_says_so() -> None:
    figure = chart([("Kent", 5.0, np.nan, np.nan, "improved")])
    assert shown(figure.data[0].text) == ["5.0 % (no limits)"]
    assert shown(figure.data[0].error_x.array) == [None]


@pytest.mark.parametrize("rows", [[], [ORDINARY[-1]], [ORDINARY[-1], ("Bedfordshire", *ORDINARY[-1][1:])]])
def test_nothing_known_draws_no_point(rows: list[tuple[Any, ...]]) -> None:
    figure = chart(rows)
    assert len(figure.data) == 0 and list(figure.layout.yaxis.categoryarray) == []
    assert figure.layout.title.text == "A finding"


def test_more_areas_get_more_room() -> None:
    many = [(f"Area {number}", float(number), 0.0, 99.0, "improved") for number in range(39)]
    assert chart(many).layout.height > chart(ORDINARY).layout.height


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_is_a_name(name: str, safe: str) -> None:
    figure = chart([(name, 5.0, 2.0, 9.0, "improved")], title=name, unit=name)
    assert shown(figure.data[0].y) == list(figure.layout.yaxis.categoryarray) == [safe]
    assert shown(figure.data[0].text) == [f"5.0 {safe} (2.0 to 9.0)"]
    assert figure.layout.xaxis.title.text.replace("<br>", " ") == safe
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))


def test_colours_are_those_of_the_theme() -> None:
    settings = {"title": "A finding", "unit": "%", "words": WORDS, "line": 0.0, "line_name": "no change"}
    figure = intervals_chart(frame(ORDINARY), DARK, **settings)
    assert [trace.marker.color for trace in figure.data] == [DARK.good, DARK.bad, DARK.neutral]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ORDINARY,
            (
                "2 areas improved (Kent and Surrey); 1 area worsened (Essex); 1 area no clear change (Dorset); "
                "1 area without a figure (Cumbria)."
            ),
        ),
        (ORDINARY[:1], "1 area improved (Kent)."),
        ([ORDINARY[-1]], "1 area without a figure (Cumbria)."),
        ([], "There are no figures to show."),
    ],
)
def test_the_sentence_says_how_many_and_which(rows: list[tuple[Any, ...]], sentence: str) -> None:
    assert intervals_sentence(frame(rows), WORDS) == sentence


@pytest.mark.parametrize(("count", "names"), [(12, " (Area 0, Area 1, Area 2 and 9 more)"), (13, "")])
def test_many_areas_are_counted_and_not_named(count: int, names: str) -> None:
    many = frame([(f"Area {number}", 1.0, 0.5, 2.0, "improved") for number in range(count)])
    assert intervals_sentence(many, WORDS) == f"{count} areas improved{names}."


def test_the_sentence_says_what_it_is_that_is_missing() -> None:
    assert intervals_sentence(frame(ORDINARY[-1:]), WORDS, what="change") == "1 area without a change (Cumbria)."


def test_bands_keep_the_areas_of_one_word_together_under_its_heading() -> None:
    rows = [*ORDINARY, ("Rutland", 4.0, -2.0, 9.0, "no_clear_change")]
    figure = chart(rows, bands=("worsened", "no_clear_change", "improved"))
    assert list(figure.layout.yaxis.categoryarray) == [
        "Essex", "<b>worsened: 1</b>", "Dorset", "Rutland", "<b>no clear change: 2</b>", "Kent", "Surrey",
        "<b>improved: 2</b>",
    ]  # fmt: skip
    assert list(figure.layout.yaxis.range) == [-0.5, 7.5] and not figure.layout.showlegend


def test_a_band_without_areas_has_no_heading() -> None:
    figure = chart(ORDINARY[:1], bands=("worsened", "improved"))
    assert list(figure.layout.yaxis.categoryarray) == ["Kent", "<b>improved: 1</b>"]


def test_higher_and_lower_are_told_apart_by_their_shape() -> None:
    words = {"higher": "higher", "lower": "lower", "similar": "similar"}
    rows = [(state, 5.0, 2.0, 9.0, state) for state in words]
    markers = [trace.marker for trace in chart(rows, words=words).data]
    assert len({marker.symbol for marker in markers}) == 3 and len({marker.color for marker in markers}) == 1


@pytest.mark.parametrize(("line", "side"), [(8.0, "right"), (2.0, "left")])
def test_the_name_of_the_line_stands_where_there_is_room(line: float, side: str) -> None:
    assert chart(ORDINARY, line=line).layout.annotations[0].xanchor == side

"""How areas spread inside each region."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.by_region import by_region_chart, by_region_finding, by_region_sentence, reaches
from charts.palette import LIGHT
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

WORDS = {"better": "better than England", "worse": "worse than England", "similar": "similar to England"}
ROWS = [
    ("North", "Kent", 10.0, "better"),
    ("North", "Essex", 40.0, "worse"),
    ("North", "Dorset", 20.0, "similar"),
    ("South", "Surrey", 30.0, "similar"),
    ("South", "Norfolk", 31.0, "similar"),
    ("London", "Metropolitan", 50.0, "worse"),
    ("London", "City of London", np.nan, "not_compared"),
    ("East", "Suffolk", np.nan, "not_compared"),
]
REGIONS = [("London", 50.0), ("South", 30.5), ("North", 25.0), ("East", np.nan)]


def frame(rows: list[tuple[Any, ...]] = ROWS) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["region", "area_name", "value", "state"])
    return made.assign(hover=made["area_name"])


def chart(rows: list[tuple[Any, ...]] = ROWS, **more: Any) -> go.Figure:
    regions = pd.DataFrame(REGIONS, columns=["region", "value"]).assign(hover="sum")
    settings = {"title": "A finding", "unit": "%", "words": WORDS, "line": 28.0, "line_name": "England 28.0"}
    return by_region_chart(frame(rows), regions, LIGHT, **settings | more)


def test_each_area_is_a_point_in_the_row_of_its_region_with_the_shape_of_its_word() -> None:
    traces = by_name(chart())
    worse = traces["worse than England"]
    assert (shown(worse.x), shown(worse.y)) == ([40, 50], ["North", "London"])
    assert [traces[name].marker.symbol for name in WORDS.values()] == ["triangle-up", "triangle-down", "circle"]
    assert shown(traces["the region itself"].x) == [50, 30.5, 25]


def test_a_thin_line_runs_from_the_lowest_to_the_highest_area_of_each_region() -> None:
    reach = chart().data[0]
    assert shown(reach.x) == [50, 50, None, 10, 40, None, 30, 31, None]
    assert shown(reach.y) == ["London"] * 3 + ["North"] * 3 + ["South"] * 3


def test_every_region_has_its_row_in_the_order_given_also_without_a_figure() -> None:
    figure = chart()
    assert list(figure.layout.yaxis.categoryarray) == ["East", "North", "South", "London"]
    assert figure.layout.yaxis.range[0] < 0 and figure.layout.yaxis.range[1] > 3


def test_england_is_a_named_line_where_there_is_a_figure() -> None:
    figure = chart()
    assert figure.layout.shapes[0].x0 == 28 and figure.layout.annotations[0].text == "England 28.0"
    assert len(chart(line=None).layout.shapes) == 0


def test_the_widest_reach_comes_first_and_one_area_is_no_spread() -> None:
    found = reaches(frame())
    assert found["region"].tolist() == ["North", "South"] and found["apart"].tolist() == [30, 1]
    assert found.loc[0, ["lowest", "highest", "areas"]].tolist() == ["Kent", "Essex", 3]


def test_the_sentence_says_where_areas_lie_furthest_apart_and_where_there_is_no_spread() -> None:
    assert by_region_sentence(frame(), unit="%") == (
        "Areas lie furthest apart in North (Kent 10.0 to Essex 40.0 %) and closest together in South (Surrey 30.0 to "
        "Norfolk 31.0 %). No spread: East and London, with fewer than two areas that have a figure."
    )
    assert by_region_sentence(frame(ROWS[:3]), unit="%", decimals=0) == (
        "Areas differ in North (Kent 10 to Essex 40 %)."
    )
    assert by_region_sentence(frame(ROWS[-3:]), unit="%").startswith("No region has two areas")


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (ROWS, "areas lie furthest apart in North"),
        (ROWS[:3], "Kent lowest, Essex highest"),
        (ROWS[-2:], "no region has two areas with a figure"),
    ],
)
def test_the_finding_is_short(rows: list[tuple[Any, ...]], finding: str) -> None:
    assert by_region_finding(frame(rows)) == finding


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(name: str) -> None:
    figure = chart([(name, name, 5.0, "better")], title=name, unit=name, line_name=name)
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))

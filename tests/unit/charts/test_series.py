"""One indicator over time."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.palette import LIGHT
from charts.series import GAP, series_chart, series_sentence
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

COLUMNS = ["period_end", "period_label", "value", "lower", "upper"]
ORDINARY = [
    ("2024-03-31", "2023/24", 50.0, 45.0, 55.0),
    ("2025-03-31", "2024/25", np.nan, np.nan, np.nan),
    ("2026-03-31", "2025/26", 61.5, 58.0, 66.0),
]
ENGLAND = [("2024-03-31", "2023/24", 48.0, 47.5, 48.5), ("2026-03-31", "2025/26", 52.0, 51.5, 52.5)]
MISSING = [(end, label, np.nan, np.nan, np.nan) for end, label, *_ in ORDINARY]
BROKEN = [ORDINARY[0], ("2025-03-31", GAP, np.nan, np.nan, np.nan), ORDINARY[2]]


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(["value", "lower", "upper"], float))
    return found.assign(period_end=pd.to_datetime(found["period_end"]))


def chart(own: list[tuple[Any, ...]], england: list[tuple[Any, ...]] = (), **more: Any) -> go.Figure:
    settings = {"title": "A finding", "unit": "%", "names": ("Kent", "England"), "baseline": pd.Timestamp("2025-07-31")}
    return series_chart(frame(own), frame(list(england)), LIGHT, **settings | more)


def test_the_lines_hold_the_figures_of_the_area_and_of_england() -> None:
    traces = by_name(chart(ORDINARY, ENGLAND))
    assert shown(traces["Kent"].y) == [50, None, 61.5] and shown(traces["England"].y) == [48, 52]
    assert [str(end)[:10] for end in traces["Kent"].x] == ["2024-03-31", "2025-03-31", "2026-03-31"]
    assert traces["Kent"].text[0] == "2023/24: 50.0 % (45.0 to 55.0)"
    assert traces["Kent"].line.dash != traces["England"].line.dash


def test_the_limits_stand_above_and_below_each_figure() -> None:
    (band,) = [trace for trace in chart(ORDINARY, ENGLAND).data if not trace.name]
    assert (shown(band.error_y.arrayminus), shown(band.error_y.array)) == ([5, 0, 3.5], [5, 0, 4.5])
    assert shown(band.y) == [50, None, 61.5]


def test_no_line_is_drawn_across_a_gap() -> None:
    assert all(not trace.connectgaps for trace in by_name(chart(BROKEN, ENGLAND)).values())
    assert shown(by_name(chart(BROKEN))["Kent"].y) == [50, None, 61.5]


def test_the_baseline_is_marked_where_there_is_one() -> None:
    figure = chart(ORDINARY)
    assert figure.layout.shapes[0].x0 == pd.Timestamp("2025-07-31")
    assert figure.layout.annotations[0].text == "baseline"
    assert len(chart(ORDINARY, baseline=None).layout.shapes) == 0


def test_a_legend_stands_only_where_there_are_two_lines() -> None:
    assert chart(ORDINARY, ENGLAND).layout.showlegend and not chart(ORDINARY).layout.showlegend


def test_the_scale_starts_at_zero_and_says_its_unit() -> None:
    axis = chart(ORDINARY).layout.yaxis
    assert (axis.rangemode, axis.title.text) == ("tozero", "%")


@pytest.mark.parametrize("rows", [[], ORDINARY[:1], MISSING])
def test_few_figures_or_none_are_drawn_as_they_are(rows: list[tuple[Any, ...]]) -> None:
    figure = chart(rows)
    values = [None if np.isnan(row[2]) else row[2] for row in rows]
    assert list(by_name(figure)) == ["Kent"] and shown(by_name(figure)["Kent"].y) == values


def test_a_figure_without_limits_says_so() -> None:
    assert chart([("2024-03-31", "2023/24", 3.2, np.nan, np.nan)]).data[-1].text[0] == "2023/24: 3.2 % (no limits)"


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_is_a_name(name: str, safe: str) -> None:
    rows = [("2024-03-31", name, 50.0, 45.0, 55.0)]
    figure = chart(rows, ENGLAND, names=(name, name), title=name, unit=name)
    assert {trace.name for trace in figure.data if trace.name} == {safe}
    assert figure.data[-1].text[0] == f"{safe}: 50.0 {safe} (45.0 to 55.0)"
    assert figure.data[-1].hovertemplate == f"{safe}, %{{text}}<extra></extra>"
    assert figure.layout.yaxis.title.text == safe
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ORDINARY,
            (
                "Kent, people heard: 61.5 % (58.0 to 66.0) in 2025/26; it was 50.0 % in 2023/24. "
                "1 of 3 periods have no figure that can be shown."
            ),
        ),
        (ORDINARY[:1], "Kent, people heard: 50.0 % (45.0 to 55.0) in 2023/24."),
        (
            BROKEN,
            (
                "Kent, people heard: 61.5 % (58.0 to 66.0) in 2025/26; it was 50.0 % in 2023/24. "
                "The line is broken where years are not published."
            ),
        ),
        (
            [*ORDINARY[:2], BROKEN[1]],
            (
                "Kent, people heard: 50.0 % (45.0 to 55.0) in 2023/24. 1 of 2 periods have no figure that can be shown"
                ". The line is broken where years are not published."
            ),
        ),
        (MISSING, "Kent has no figure for people heard that can be shown."),
        ([], "Kent has no figure for people heard that can be shown."),
        ([("2024-03-31", "2023/24", -0.04, np.nan, np.nan)], "Kent, people heard: 0.0 % (no limits) in 2023/24."),
    ],
)
def test_the_sentence_says_first_latest_and_what_is_missing(rows: list[tuple[Any, ...]], sentence: str) -> None:
    assert series_sentence(frame(rows), area="Kent", indicator="people heard", unit="%") == sentence


def test_the_sentence_has_the_decimals_of_the_chart() -> None:
    said = series_sentence(frame(ORDINARY[:1]), area="Kent", indicator="people", unit="", decimals=0)
    assert said == "Kent, people: 50 (45 to 55) in 2023/24."

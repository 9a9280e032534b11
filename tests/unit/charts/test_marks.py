"""The baseline, events, targets, earlier editions and partial sums on a chart over time."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.marks import draw_earlier, draw_partial, draw_targets, mark_baseline, mark_events, marked_chart
from charts.palette import LIGHT
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

BASELINE = date(2025, 7, 31)
TARGET = {"target": 60.0, "target_date": pd.Timestamp("2027-03-31")}
PATH = {"baseline": 50.0, "baseline_date": pd.Timestamp("2025-06-30")}
NO_PATH = {"baseline": float("nan"), "baseline_date": pd.NaT}


def lines(figure: go.Figure) -> list[tuple[str, str]]:
    """The day and the dash of each upright line."""
    return [(str(shape.x0)[:10], shape.line.dash) for shape in figure.layout.shapes]


def targets(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[*TARGET, *PATH])


def test_the_baseline_is_a_dashed_line_named_at_the_foot() -> None:
    figure = mark_baseline(go.Figure(), LIGHT, BASELINE)
    assert lines(figure) == [("2025-07-31", "dash")]
    (name,) = figure.layout.annotations
    assert (name.text.strip(), name.y, name.yanchor) == ("baseline", 0, "bottom")


def test_each_event_is_a_dotted_line_with_its_number_at_the_top() -> None:
    figure = mark_events(go.Figure(), LIGHT, [(1, date(2018, 2, 15)), (2, date(2020, 3, 23))])
    assert lines(figure) == [("2018-02-15", "dot"), ("2020-03-23", "dot")]
    assert [(note.text, note.y) for note in figure.layout.annotations] == [("<b>1</b>", 1), ("<b>2</b>", 1)]


def test_numbers_of_events_get_room_above_the_plot_and_no_event_takes_none() -> None:
    figure = go.Figure(layout={"margin": {"t": 50}})
    assert mark_events(figure, LIGHT, []).layout.margin.t == 50
    assert mark_events(figure, LIGHT, [(1, BASELINE)]).layout.margin.t == 60


def test_a_target_stands_on_its_date_at_the_end_of_the_path_from_the_baseline() -> None:
    figure = draw_targets(go.Figure(), LIGHT, targets(TARGET | PATH), "%", 1)
    (drawn,) = figure.data
    assert drawn.name == "target 60.0 % by 31 March 2027"
    assert shown(drawn.y) == [50, 60] and [str(day)[:10] for day in drawn.x] == ["2025-06-30", "2027-03-31"]
    assert drawn.mode == "lines+markers" and list(drawn.marker.size) == [0, 11]
    assert figure.layout.showlegend


def test_a_target_without_a_baseline_has_no_path() -> None:
    (drawn,) = draw_targets(go.Figure(), LIGHT, targets(TARGET | NO_PATH), "%", 1).data
    assert drawn.mode == "markers" and shown(drawn.y) == [60]


def test_without_a_target_none_is_drawn() -> None:
    figure = draw_targets(go.Figure(), LIGHT, targets(), "%", 1)
    assert not figure.data and figure.layout.showlegend is None


EARLIER = {"period_end": pd.Timestamp("2018-03-31"), "period_label": "2017/18", "earlier_value": 24.7}


def test_an_earlier_edition_is_a_hollow_diamond_that_names_it() -> None:
    frame = pd.DataFrame([EARLIER | {"edition": "year ending September 2019"}])
    trace = by_name(draw_earlier(go.Figure(), LIGHT, frame, "per 100,000", 1))["before it was revised"]
    assert trace.marker.symbol == "diamond-open" and shown(trace.y) == [24.7]
    assert trace.text[0] == "2017/18: 24.7 per 100,000, year ending September 2019"


def test_a_partial_sum_is_a_hollow_circle_that_says_how_many_areas() -> None:
    line = {"period_end": pd.Timestamp("2019-09-30"), "period_label": "year ending September 2019", "value": 1059.0}
    frame = pd.DataFrame([line | {"coverage": "4 of 5 areas"}, line | {"value": None, "coverage": "0 of 5 areas"}])
    trace = by_name(draw_partial(go.Figure(), LIGHT, frame, "", 0))["sum of fewer areas"]
    assert trace.marker.symbol == "circle-open" and list(trace.text) == [
        "year ending September 2019: 1,059, 4 of 5 areas"
    ]


def test_nothing_is_drawn_where_nothing_was_revised() -> None:
    frame = pd.DataFrame(columns=[*EARLIER, "edition"])
    assert not draw_earlier(go.Figure(), LIGHT, frame, "", 0).data


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_edition_is_a_text(name: str, safe: str) -> None:
    figure = draw_earlier(go.Figure(), LIGHT, pd.DataFrame([EARLIER | {"edition": name}]), "", 1)
    assert figure.data[0].text[0] == f"2017/18: 24.7, {safe}"
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))


def test_a_marked_chart_is_the_series_with_every_mark_on_it_once() -> None:
    months = pd.to_datetime(["2018-03-31", "2026-03-31"])
    own = pd.DataFrame({"period_end": months, "period_label": ["2017/18", "2025/26"], "value": [25.0, 61.5]})
    own = own.assign(lower=own["value"] - 1, upper=own["value"] + 1, coverage="")
    figure = marked_chart(
        own,
        own.head(0),
        LIGHT,
        title="A finding",
        unit="%",
        names=("Kent", "England"),
        decimals=1,
        baseline=BASELINE,
        events=[(1, date(2018, 2, 15)), (2, date(2020, 3, 23))],
        targets=targets(TARGET | PATH),
        partial=own.tail(1).assign(coverage="3 of 5 areas"),
        earlier=pd.DataFrame([EARLIER | {"edition": "of September 2019"}]),
    )
    assert lines(figure) == [("2025-07-31", "dash"), ("2018-02-15", "dot"), ("2020-03-23", "dot")]
    assert len(figure.layout.annotations) == 3
    names = {"Kent", "target 60.0 % by 31 March 2027", "sum of fewer areas", "before it was revised"}
    assert names <= set(by_name(figure)) and len(figure.data) == len(names) + 1

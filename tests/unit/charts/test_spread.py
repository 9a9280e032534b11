"""The spread between regions over time."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.palette import DARK, LIGHT
from charts.spread import areas, spread_chart, spread_sentence
from tests.unit.charts.drawn import by_name, shown, texts

ROWS = [
    ("2018-12-31", "year ending December 2018", 116.3, 84.0, 39),
    ("2019-12-31", "year ending December 2019", 105.2, 114.0, 38),
    ("2023-12-31", "year ending December 2023", 136.0, 239.0, 39),
    ("2025-06-30", "year ending June 2025", 121.6, 179.0, 39),
]


def frame(rows: list[tuple[str, str, float, float, int]] = ROWS) -> pd.DataFrame:
    found = pd.DataFrame(
        rows, columns=["period_end", "period_label", "standard_deviation", "interquartile_range", "areas_included"]
    )
    limits = {
        f"{name}_{end}": found[name] + by
        for name in ("standard_deviation", "interquartile_range")
        for end, by in (("lower", -3.0), ("upper", 3.0))
    }
    whole = found["areas_included"] == found["areas_included"].max()
    return found.assign(period_end=pd.to_datetime(found["period_end"]), areas_expected=39, whole=whole, **limits)


def chart(rows: list[tuple[str, str, float, float, int]] = ROWS) -> go.Figure:
    baseline = pd.Timestamp("2025-07-31")
    return spread_chart(frame(rows), LIGHT, title="A finding", unit="per 100,000", baseline=baseline)


def test_every_period_is_a_point_with_its_limits() -> None:
    points = by_name(chart())["Standard deviation"]
    assert shown(points.y) == [116.3, 105.2, 136.0, 121.6]
    assert shown(points.error_y.array.round(6)) == shown(points.error_y.arrayminus.round(6)) == [3, 3, 3, 3]
    assert points.text[1] == "year ending December 2019: 105.2 per 100,000 (102.2 to 108.2), 38 of 39 areas"


def test_fewer_areas_are_a_gap_that_no_line_crosses() -> None:
    figure = chart()
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert [shown(line.y) for line in lines] == [[116.3, None, 136.0, 121.6], [84.0, None, 239.0, 179.0]]
    assert not any(line.connectgaps for line in lines)
    symbols = by_name(figure)["Standard deviation"].marker.symbol
    assert list(symbols) == ["circle", "circle-open", "circle", "circle"]
    assert [note.text for note in figure.layout.annotations] == ["38 of 39 areas", "baseline"]


def test_many_gaps_are_counted_and_not_labelled() -> None:
    rows = [(f"20{year}-12-31", f"20{year}", 5.0, 6.0, 20 + year) for year in range(10, 16)]
    assert [note.text for note in chart(rows).layout.annotations] == ["baseline"]
    assert "a gap that no line is drawn across: 5 of 6 periods." in spread_sentence(frame(rows), "%")


def test_the_two_measures_are_told_apart_without_colour() -> None:
    traces = by_name(chart())
    assert {traces[name].marker.symbol[0] for name in ("Standard deviation", "Interquartile range")} == {
        "circle",
        "diamond",
    }
    dashes = {trace.line.dash for trace in chart().data if trace.mode == "lines"}
    assert dashes == {"solid", "dot"}


def test_the_axis_begins_at_nothing_and_says_the_unit() -> None:
    layout = chart().layout
    assert layout.yaxis.rangemode == "tozero" and layout.yaxis.title.text == "per 100,000"


def test_dark_colours_are_those_of_the_theme() -> None:
    figure = spread_chart(frame(), DARK, title="A finding", unit="%", baseline=None)
    assert by_name(figure)["Standard deviation"].marker.color == DARK.accent and DARK.text in texts(figure)


def test_sentence_says_first_latest_and_the_gap() -> None:
    assert spread_sentence(frame(), "per 100,000") == (
        "Standard deviation between regions: 121.6 per 100,000 (118.6 to 124.6) in year ending June 2025; it was 116.3 "
        "per 100,000 (113.3 to 119.3) in year ending December 2018. On fewer areas than in the fullest period, a gap "
        "that no line is drawn across: 38 of 39 areas in year ending December 2019."
    )


def test_sentence_of_one_whole_period_says_no_more() -> None:
    assert spread_sentence(frame(ROWS[:1]), "%").endswith("(113.3 to 119.3) in year ending December 2018.")


def test_sentence_without_a_spread_says_so() -> None:
    nothing = frame().assign(standard_deviation=np.nan)
    assert spread_sentence(nothing, "%").startswith("In no period do three regions have a figure")


def test_a_published_figure_rests_on_no_count_of_areas() -> None:
    assert areas({"areas_included": np.nan, "areas_expected": np.nan}) == "as published"

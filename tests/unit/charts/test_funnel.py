"""The funnel: points by size, three pairs of limits, and names only where they are asked for."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.funnel import ATTENTION_WORDS, LIMITS, OUTSIDE, POSITION_WORDS, funnel_chart, funnel_sentence, short, ticks
from charts.palette import LIGHT
from metrics.comparison import funnel, overdispersion
from metrics.variation import POSITIONS, SIDES
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

WORDS = {"better": "better than England", "worse": "worse than England", "similar": "similar to England"}
NAMES = ["Kent", "Essex", "Dorset", "Surrey", "Norfolk"]


def frame(denominators: tuple[float, ...] = (9000, 400, 2000, 1000, 100)) -> pd.DataFrame:
    counts = pd.DataFrame({"numerator": [900.0, 90, 200, 95, 9], "denominator": denominators})
    noise = overdispersion(funnel(counts, "proportion", 100), "proportion", 100)
    noise["value"] = noise["numerator"] / noise["denominator"] * 100
    states = ["similar", "worse", "similar", OUTSIDE, "better"]
    return noise.assign(area_name=NAMES, state=states, label=["", "Essex", "", "", ""], hover=NAMES)


def chart(made: pd.DataFrame, **more: Any) -> go.Figure:
    settings = {"title": "A finding", "unit": "%", "size": "people", "words": WORDS, "average_name": "England 10.3"}
    return funnel_chart(made, LIGHT, **settings | more)


def test_each_area_stands_over_its_size_by_the_word_of_its_own_interval() -> None:
    traces = by_name(chart(frame()))
    assert (shown(traces["similar to England"].x), shown(traces["similar to England"].customdata)) == (
        [2000, 9000], ["Dorset", "Kent"],
    )  # fmt: skip
    assert shown(traces["worse than England"].text) == ["Essex"] and shown(traces["worse than England"].y) == [22.5]
    assert shown(traces["other areas"].customdata) == ["Surrey"]
    symbols = [traces[name].marker.symbol for name in WORDS.values()]
    assert symbols == ["triangle-up", "triangle-down", "circle"]


def test_limits_are_drawn_in_order_of_size_and_named_once() -> None:
    made = frame()
    figure = chart(made)
    sized = made.sort_values("denominator")
    for lower, upper, name, _ in LIMITS.values():
        low, high = [trace for trace in figure.data if trace.name == name]
        assert shown(low.x) == shown(high.x) == [100, 400, 1000, 2000, 9000]
        np.testing.assert_allclose(low.y, sized[lower].clip(lower=0))
        np.testing.assert_allclose(high.y, sized[upper])
        assert [low.showlegend, high.showlegend] == [True, False]


def test_limits_are_cut_at_nought_and_at_the_whole() -> None:
    made = frame().assign(upper_998=130.0, adjusted_lower_998=-5.0)
    drawn = {(trace.name, trace.showlegend): trace.y for trace in chart(made, highest=100.0).data[:6]}
    assert max(drawn["99.8 % limits, counting noise", False]) == 100
    assert min(drawn["99.8 % limits, usual variation added", True]) == 0


def test_an_area_beyond_usual_variation_is_larger() -> None:
    made = frame()
    made["attention"] = ["within", "high", "within", "within", "low"]
    traces = by_name(chart(made))
    assert list(traces["worse than England"].marker.size) == list(traces["better than England"].marker.size) == [15]
    assert list(traces["similar to England"].marker.size) == [10, 10]


def test_the_average_is_named_and_the_axes_say_their_units() -> None:
    figure = chart(frame())
    assert figure.layout.annotations[0].text == "England 10.3" and figure.layout.shapes[0].y0 == pytest.approx(10.352)
    assert figure.layout.xaxis.type == "log" and figure.layout.xaxis.title.text == "people, logarithmic scale"
    assert list(figure.layout.xaxis.ticktext) == ["100", "200", "500", "1,000", "2,000", "5,000", "10,000"]


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(500_000, 9_000_000, [500_000, 1e6, 2e6, 5e6, 1e7]), (30, 80, [50, 100]), (1, 1, [1]), (3, 3.2, [])],
)
def test_ticks_are_round(low: float, high: float, found: list[float]) -> None:
    assert ticks(low, high) == found


@pytest.mark.parametrize(("value", "text"), [(200_000, "200,000"), (1e6, "1 million"), (2.5e6, "2.5 million")])
def test_large_sizes_are_said_shortly(value: float, text: str) -> None:
    assert short(value) == text


def test_the_sentence_counts_each_pair_of_limits_and_names_the_outermost() -> None:
    made = pd.DataFrame({
        "area_name": ["Kent", "Essex", "Dorset", "City"], "position": ["high_998", "low_95", "within", None],
        "attention": ["high", "within", "within", None],
    })  # fmt: skip
    assert funnel_sentence(made) == (
        "Of 3 areas, 2 lie beyond the 95 % limits of counting noise, 1 of them beyond its 99.8 % limits, and 1 (Kent, "
        "high) beyond the 99.8 % limits that allow for the usual variation between areas."
    )
    assert "and none beyond" in funnel_sentence(made.assign(attention="within"))
    assert funnel_sentence(made.assign(position=None), "region") == "No region can be placed in a funnel."


def test_every_word_of_the_methods_has_words_here() -> None:
    assert list(POSITION_WORDS) == POSITIONS and list(ATTENTION_WORDS) == SIDES


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_is_a_name(name: str, safe: str) -> None:
    made = frame().assign(label=name, hover=name)
    figure = chart(made, title=name, unit=name, average_name=name, size=name)
    assert shown(by_name(figure)["worse than England"].text) == [safe]
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))

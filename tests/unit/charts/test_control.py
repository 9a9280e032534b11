"""A control chart: limits of each calculation, special causes by shape and word, and the sentence."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.control import ASSURANCE, CAUSES, POINTS, VARIATION, control_chart, control_sentence
from charts.palette import LIGHT
from metrics.control import ASSURANCES, ENOUGH_POINTS, POINT_TYPES, xmr
from metrics.control_rules import CAUSES as EVERY_CAUSE
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

# Invented: a stable year, then a jump that stays.
VALUES = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50, 70, 71, 69, 70]


def points(values: list[float] = VALUES, polarity: str = "higher_is_better", **more: object) -> pd.DataFrame:
    ends = pd.date_range("2024-01-31", periods=len(values), freq="ME")
    frame = pd.DataFrame({"period_start": ends.to_period("M").start_time, "period_end": ends, "value": values})
    return xmr(frame, polarity, **more).assign(period_label=[f"{end:%B %Y}" for end in ends])


def chart(frame: pd.DataFrame, **more: object) -> go.Figure:
    return control_chart(frame, LIGHT, **{"title": "A finding", "unit": "%", "decimals": 1} | more)


def test_every_word_of_the_method_has_its_words() -> None:
    assert list(POINTS) == list(VARIATION) == POINT_TYPES
    assert set(CAUSES) == set(EVERY_CAUSE) and set(ASSURANCE) == set(ASSURANCES)


def test_shapes_and_colours_differ_by_what_a_point_is() -> None:
    marks = {(tone, symbol) for _, tone, symbol in POINTS.values()}
    assert len({symbol for _, symbol in marks}) == len(POINTS)
    assert POINTS["special_cause_improvement"][1:] == ("good", "triangle-up")
    assert POINTS["special_cause_concern"][1:] == ("bad", "triangle-down")


def test_points_stand_under_their_word_with_their_reason() -> None:
    traces = by_name(chart(points()))
    improved = traces["special cause, improvement"]
    assert shown(improved.y) == [70, 71, 69, 70] and improved.marker.color == LIGHT.good
    assert improved.text[0] == "January 2025: 70.0 %, above the upper limit"


def test_mean_and_limits_are_lines_of_the_frame() -> None:
    frame = points()
    mean, upper = (by_name(chart(frame))[name] for name in ("mean", "limits"))
    assert set(mean.y) == {frame["centre"].iloc[0]} and mean.line.dash == "solid"
    lines = [trace for trace in chart(frame).data if trace.name == "limits"]
    assert {trace.y[0] for trace in lines} == {frame["upper_limit"].iloc[0], frame["lower_limit"].iloc[0]}
    assert upper.line.dash == "dash" and sum(bool(trace.showlegend) for trace in lines) == 1


def test_a_new_calculation_has_lines_of_its_own_that_are_not_joined() -> None:
    figure = chart(points(rebase=["2025-01-31"]))
    means = [trace for trace in figure.data if trace.name == "mean"]
    assert [len(trace.y) for trace in means] == [12, 4] and means[0].y[0] < 51 < 69 < means[1].y[0]
    assert [bool(trace.showlegend) for trace in means] == [True, False]


def test_the_line_is_not_drawn_across_a_gap() -> None:
    frame = points()
    gap = frame.iloc[[5]].assign(value=None, calculation=None, point_type=None, period_label="a gap")
    (line,) = [trace for trace in chart(pd.concat([frame.iloc[:5], gap, frame.iloc[6:]])).data if trace.mode == "lines"
               and trace.name is None]  # fmt: skip
    assert line.connectgaps is False and shown(line.y)[5] is None


def test_the_target_is_a_line_with_its_words() -> None:
    figure = chart(points(), target=60.0)
    assert figure.layout.shapes[0].y0 == 60 and figure.layout.annotations[0].text == "target 60.0 %"
    assert not chart(points()).layout.shapes


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_label_is_a_text(name: str, safe: str) -> None:
    figure = chart(points().assign(period_label=name), title=name, unit=name, target=60.0)
    assert figure.data[-1].text[0].startswith(f"{safe}: ")
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))


def test_the_sentence_says_variation_assurance_and_how_many() -> None:
    said = control_sentence(points(), "special_cause_improvement", "inconsistent", None)
    assert said == (
        "Variation: the latest figure is a special cause of improvement (April 2025: above the upper limit). "
        "Of 16 points, 16 are special causes. "
        "Assurance: the target lies between the limits: chance alone decides whether it is met."
    )


def test_a_common_cause_gives_no_rule_and_no_target_is_said_so() -> None:
    said = control_sentence(points(VALUES[:12]), "common_cause", None, "there is no target")
    assert said == (
        "Variation: the latest figure is within what the series does by itself (December 2024). "
        "Of 12 points, none is a special cause. Assurance: none, because there is no target."
    )


def test_a_short_calculation_is_provisional() -> None:
    said = control_sentence(points(rebase=["2025-01-31"]), "common_cause", None, "there is no target")
    assert said.endswith(
        f"The limits are provisional: the calculation from January 2025 on has 4 points, and {ENOUGH_POINTS} make "
        "them firm."
    )


def test_a_calculation_without_limits_says_why() -> None:
    said = control_sentence(points(rebase=["2025-04-30"]), "common_cause", None, "there is no target")
    assert said.endswith("The last calculation has no limits: fewer than two values give no limits.")
    flat = control_sentence(points([50.0] * 12), "common_cause", None, "there is no target")
    assert flat.endswith("The last calculation has no limits: the values do not vary, so there are no limits.")

"""Charts without Plotly and without a browser: every count and every area is drawn, the same each time."""

import struct
from dataclasses import replace

import pytest
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer, ErrorbarContainer

from charts.palette import LIGHT
from reports.pack.drawing import DPI, WIDTH, draw, png, svg
from reports.pack.model import Intervals, Point
from tests.unit.reports.pack.packs import BARS, INTERVALS


@pytest.mark.parametrize("chart", [BARS, INTERVALS])
def test_the_same_chart_gives_the_same_bytes(chart) -> None:
    first = (svg(chart), png(chart))
    svg.cache_clear()
    assert (svg(chart), png(chart)) == first
    assert first[0].startswith("<svg") and "<metadata" not in first[0] and "DOCTYPE" not in first[0]


def test_a_png_is_as_wide_as_a_page() -> None:
    assert struct.unpack(">I", png(BARS)[16:20])[0] == WIDTH * DPI


def test_bars_stand_for_their_counts_one_after_the_other() -> None:
    axes = draw(BARS).axes[0]
    stacks = [one for one in axes.containers if isinstance(one, BarContainer)]
    assert [[bar.get_width() for bar in stack] for stack in stacks] == [list(one.counts) for one in BARS.stacks]
    assert [stack[0].get_x() for stack in stacks] == [0, 12, 20]
    assert [label.get_text() for label in axes.get_yticklabels()] == list(BARS.labels)
    assert {text.get_text() for text in axes.texts} == {"12", "3", "8", "9", "4"}


def test_a_pattern_tells_stacks_of_one_tone_apart() -> None:
    stacks = draw(BARS).axes[0].containers
    assert len({stack[0].get_hatch() for stack in stacks}) == 3


def test_points_stand_at_their_values_with_shape_and_colour_of_their_state() -> None:
    axes = draw(INTERVALS).axes[0]
    drawn = {one.get_label(): one for one in axes.containers if isinstance(one, ErrorbarContainer)}
    worse, same = drawn["worsened"][0], drawn["no clear change"][0]
    assert worse.get_xdata().tolist() == [-2.0] and same.get_xdata().tolist() == [1.0]
    assert (worse.get_marker(), same.get_marker()) == ("v", "o")
    assert to_hex(worse.get_color()) == LIGHT.bad.lower()
    assert drawn["worsened"][2][0].get_segments()[0].tolist() == [[-3.5, 0.0], [-0.5, 0.0]]
    assert "improved" not in drawn, "a state in which no area is needs no entry"


def test_a_name_is_text_and_not_a_formula() -> None:
    odd = replace(INTERVALS.points[0], name="$x^2$ 🦄")
    axes = draw(Intervals((odd, Point("B", 0, 0, 0, "improved")), *list(vars(INTERVALS).values())[1:])).axes[0]
    label = axes.get_yticklabels()[0]
    assert label.get_text() == "$x^2$ [unicorn face]" and not label.get_parse_math()

"""The computed picture as bars and as a sentence."""

from typing import Any

import pandas as pd
import pytest

from charts.palette import LIGHT
from charts.picture import STATES, picture_chart, picture_sentence
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

COLUMNS = ["commitment", *STATES, "pairs"]
ORDINARY = [("SYS-1", 3, 10, 2, 1, 4, 20), ("COM-1", 1200, 0, 1, 0, 39, 1240)]
EMPTY_HANDED = [("SYS-1", 0, 0, 0, 0, 0, 0)]
INCALCULABLE = [("SYS-1", 0, 0, 0, 0, 39, 39)]


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize("rows", [ORDINARY, ORDINARY[:1], EMPTY_HANDED, INCALCULABLE, []])
def test_the_bars_hold_the_counts_of_each_state(rows: list[tuple[Any, ...]]) -> None:
    figure = picture_chart(frame(rows), LIGHT, "A finding")
    traces = by_name(figure)
    assert list(traces) == ["improved", "no clear change", "worsened", "no judgement is made", "cannot be calculated"]
    for place, trace in enumerate(traces.values(), start=1):
        assert (shown(trace.x), shown(trace.y)) == ([row[place] for row in rows], [row[0] for row in rows])
    assert figure.layout.barmode == "stack" and figure.layout.title.text == "A finding"


def test_no_two_states_look_alike() -> None:
    bars = picture_chart(frame(ORDINARY), LIGHT, "A finding").data
    assert len({(bar.marker.color, bar.marker.pattern.shape) for bar in bars}) == len(STATES)


def test_the_first_commitment_stands_on_top() -> None:
    assert picture_chart(frame(ORDINARY), LIGHT, "A finding").layout.yaxis.autorange == "reversed"


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_is_a_name(name: str, safe: str) -> None:
    figure = picture_chart(frame([(name, *ORDINARY[0][1:])]), LIGHT, name)
    assert all(shown(bar.y) == [safe] for bar in figure.data)
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))


@pytest.mark.parametrize(
    ("rows", "improved", "worsened", "no_clear_change", "not_calculable"),
    [
        (ORDINARY, "1,203 indicator-area pairs", "3", "10", "43 of 1,260"),
        ([("SYS-1", 1, 0, 0, 0, 0, 1)], "1 indicator-area pair", "0", "0", "0 of 1"),
        (INCALCULABLE, "0 indicator-area pairs", "0", "0", "39 of 39"),
        ([], "0 indicator-area pairs", "0", "0", "0 of 0"),
    ],
)
def test_the_sentence_adds_the_commitments_up(
    rows: list[tuple[Any, ...]], improved: str, worsened: str, no_clear_change: str, not_calculable: str
) -> None:
    assert picture_sentence(frame(rows)) == (
        f"Across the commitments, {improved} improved since July 2025, {worsened} worsened, {no_clear_change} show no "
        f"clear change and {not_calculable} cannot be calculated. "
        "An indicator that informs two commitments counts under both."
    )

"""A place's indicators beside England and the range of all places."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from charts.palette import DARK, LIGHT
from charts.spine import moving_words, spine_chart, spine_sentence
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "name": "Robbery",
        "words": "Robbery: 40.0",
        "comparison": "better",
        "direction": "decreasing",
        "meaning": "getting_better",
        "value_at": 0.5,
        "lowest_at": 0.9,
        "lower_quartile_at": 0.4,
        "upper_quartile_at": -0.3,
        "highest_at": -1.0,
    }
    return pd.DataFrame([usual | row for row in rows])


TWO = frame(
    {},
    {"name": "Staff trained", "comparison": "worse", "value_at": -0.4, "meaning": "getting_worse"},
    {"name": "Drug offences", "comparison": "higher", "value_at": 0.2, "meaning": np.nan, "direction": np.nan},
)


def test_each_word_has_its_own_shape_and_the_rows_stay_in_order() -> None:
    figure = spine_chart(TWO, LIGHT, title="One worse")
    points = by_name(figure)
    assert points["worse than England"].marker.symbol == "triangle-down"
    assert points["better than England"].marker.symbol == "triangle-up"
    assert points["higher than England"].marker.symbol == "circle"
    assert points["worse than England"].marker.color == LIGHT.bad
    order = list(figure.layout.yaxis.categoryarray)
    assert order[::-1] == ["Robbery", "Staff trained", "Drug offences"]


def test_ranges_reach_from_one_end_to_the_other_whichever_way_is_better() -> None:
    found = by_name(spine_chart(TWO, LIGHT, title=""))
    assert shown(found["all areas"].base) == [-1.0] * 3 and shown(found["all areas"].x) == [1.9] * 3
    assert shown(found["middle half"].x) == pytest.approx([0.7] * 3)


def test_a_trend_is_an_arrow_and_none_where_there_is_none() -> None:
    trends = spine_chart(TWO, DARK, title="").data[-1]
    assert list(trends.text) == ["", "↘", "↘"]
    assert list(trends.textfont.color) == [DARK.neutral, DARK.bad, DARK.good]


def test_the_sentence_names_the_worse_and_the_worsening_ones() -> None:
    assert spine_sentence(TWO, "Kent") == (
        "Kent: of 3 indicators beside England, 1 worse than England (Staff trained); 1 better than England (Robbery); "
        "1 higher than England. Getting worse by more than chance: Staff trained."
    )
    nothing = frame({"comparison": "not_compared"})
    assert spine_sentence(nothing, "Kent") == "No figure of Kent can be set beside England’s."


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("getting_worse", "getting worse"),
        ("no_judgement", "falling, no judgement"),
        ("cannot_be_calculated", ""),
        (np.nan, ""),
    ],
)
def test_words_of_a_trend(meaning: object, words: str) -> None:
    assert moving_words({"meaning": meaning, "direction": "decreasing"}) == words


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_markup(name: str) -> None:
    drawn = texts(spine_chart(frame({"name": name, "words": name}), LIGHT, title=name))
    assert "<b>" not in drawn and "<script" not in drawn and "\u202e" not in drawn

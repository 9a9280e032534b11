"""Figures that differ between two versions, as bars by indicator and as a sentence."""

import pandas as pd

from charts.changed import MOST, STATES, by_indicator, changed_chart, changed_finding, changed_sentence
from charts.palette import DARK, LIGHT
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts

COUNTS = [("Robbery", "new", 3), ("Robbery", "withdrawn", 2), ("Burglary", "corrected", 4), ("Homicide", "reworded", 9)]


def frame(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return by_indicator(pd.DataFrame(rows, columns=["name", "state", "facts"]))


def test_one_row_per_indicator_most_first_and_only_what_is_drawn() -> None:
    assert frame(COUNTS).to_dict("list") == {
        "name": ["Robbery", "Burglary"],
        "new": [3, 0],
        "corrected": [0, 4],
        "withdrawn": [2, 0],
        "facts": [5, 4],
    }
    assert frame(COUNTS[3:]).empty and frame([]).empty


def test_the_bars_hold_the_counts_of_each_state() -> None:
    figure = changed_chart(frame(COUNTS), LIGHT, "A finding")
    traces = by_name(figure)
    assert {name: shown(trace.x) for name, trace in traces.items()} == {
        "new": [3, 0],
        "corrected": [0, 4],
        "withdrawn": [2, 0],
    }
    assert shown(traces["new"].y) == ["Robbery", "Burglary"]
    assert figure.layout.barmode == "stack" and figure.layout.title.text == "A finding"
    assert figure.layout.yaxis.autorange == "reversed"


def test_states_differ_by_pattern_and_none_is_called_good_or_bad() -> None:
    for palette in (LIGHT, DARK):
        bars = changed_chart(frame(COUNTS), palette, "").data
        assert len({bar.marker.pattern.shape for bar in bars}) == len(STATES)
        assert not {palette.good, palette.bad} & {bar.marker.color for bar in bars}


def test_a_few_figures_are_counted_one_by_one() -> None:
    few, many = (changed_chart(frame([("a", "new", count)]), LIGHT, "") for count in (10, 11))
    assert few.layout.xaxis.dtick == 1 and many.layout.xaxis.dtick is None


def test_only_the_first_indicators_are_drawn_and_that_is_said() -> None:
    wide = frame([(f"Indicator {number:02}", "new", 100 - number) for number in range(MOST + 3)])
    assert len(changed_chart(wide, LIGHT, "").data[0].y) == MOST
    assert f"The chart shows the first {MOST}; the table has all." in changed_sentence(wide)
    assert "the first" not in changed_sentence(wide.head(MOST))


def test_finding_and_sentence_count_what_differs() -> None:
    assert changed_finding(frame(COUNTS)) == "2 indicators with figures that differ: 3 new, 4 corrected and 2 withdrawn"
    assert changed_finding(frame(COUNTS[:1])) == "1 indicator with figures that differ: 3 new"
    assert changed_sentence(frame(COUNTS)).endswith("Most differ for Robbery (5) and Burglary (4).")


def test_names_are_text() -> None:
    written = texts(changed_chart(frame([(name, "new", 1) for name in HOSTILE]), LIGHT, ""))
    assert "<b>" not in written and "<script>" not in written and "\u202e" not in written

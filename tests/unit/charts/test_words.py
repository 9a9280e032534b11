"""Numbers, limits, dates and lists in words."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from charts import words
from charts.words import day, decimals_for, interval, listed, number, plural, signed, with_unit

MISSING = [None, np.nan, pd.NA, pd.NaT]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (999, 0, "999"),
        (1000, 0, "1,000"),
        (497_951, 0, "497,951"),
        (1_234_567.891, 1, "1,234,567.9"),
        (863.142, 1, "863.1"),
        (99.96, 1, "100.0"),
        (-3, 0, "−3"),
        (-1234.5, 1, "−1,234.5"),
        (-0.05001, 1, "−0.1"),
        (-0.04, 1, "0.0"),
        (-0.0, 1, "0.0"),
        (-0.4, 0, "0"),
        (0.04, 1, "0.0"),
        (np.float64(12.34), 2, "12.34"),
        (np.int64(5), 0, "5"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize("missing", MISSING)
def test_a_missing_number_is_a_dash(missing: None) -> None:
    assert number(missing, 1) == signed(missing) == "–"


def test_a_number_has_no_decimals_unless_told_otherwise() -> None:
    assert number(12.6) == "13"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (3.21, 1, "+3.2"),
        (-3.21, 1, "−3.2"),
        (0.0, 1, "0.0"),
        (0.04, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (0.06, 1, "+0.1"),
        (0.4, 0, "0"),
        (1500, 0, "+1,500"),
        (-1500, 0, "−1,500"),
    ],
)
def test_a_difference_has_its_sign_unless_it_rounds_to_nothing(value: float, decimals: int, text: str) -> None:
    assert signed(value, decimals) == text


@pytest.mark.parametrize(
    ("limits", "decimals", "text"),
    [
        ((48.04, 60.06), 1, "(48.0 to 60.1)"),
        ((-3.21, 4.0), 1, "(−3.2 to 4.0)"),
        ((-0.04, 1200), 0, "(0 to 1,200)"),
        ((0.0, 0.0), 1, "(0.0 to 0.0)"),
    ],
)
def test_interval(limits: tuple[float, float], decimals: int, text: str) -> None:
    assert interval(*limits, decimals) == text


@pytest.mark.parametrize("missing", MISSING)
def test_one_limit_alone_is_no_interval(missing: None) -> None:
    assert interval(missing, 2.0) == interval(2.0, missing) == interval(missing, missing) == "(no limits)"


@pytest.mark.parametrize(
    ("text", "unit", "said"), [("54.2", "%", "54.2 %"), ("7", "", "7"), ("1.0", "per 100,000", "1.0 per 100,000")]
)
def test_with_unit(text: str, unit: str, said: str) -> None:
    assert with_unit(text, unit) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 areas"), (1, "1 area"), (2, "2 areas"), (1204, "1,204 areas"), (np.int64(1), "1 area")]
)
def test_plural(count: int, said: str) -> None:
    assert plural(count, "area") == said


def test_a_plural_of_its_own_may_be_given() -> None:
    assert plural(3, "person", "people") == "3 people" and plural(1, "person", "people") == "1 person"


@pytest.mark.parametrize("value", [date(2025, 7, 31), "2025-07-31", pd.Timestamp("2025-07-31 09:00")])
def test_day(value: object) -> None:
    assert day(value) == "31 July 2025"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Kent"], "Kent"),
        (["Kent", "Essex"], "Kent and Essex"),
        (["Kent", "Essex", "Dorset"], "Kent, Essex and Dorset"),
        (["Kent", "Essex", "Dorset", "Surrey"], "Kent, Essex, Dorset and 1 more"),
        (["Kent", "Essex", "Dorset", "Surrey", "Sussex"], "Kent, Essex, Dorset and 2 more"),
    ],
)
def test_listed(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_more_names_may_be_listed() -> None:
    assert listed(["A", "B", "C", "D"], most=4) == "A, B, C and D"


@pytest.mark.parametrize("measure", ["proportion", "rate", "mean", "index"])
def test_counts_have_no_decimals_and_the_rest_has_one(measure: str) -> None:
    assert decimals_for("count") == 0 and decimals_for(measure) == 1


@pytest.mark.parametrize("states", [words.CHANGE_WORDS, words.COMPARISON_WORDS])
def test_every_state_has_a_mark_so_that_colour_never_stands_alone(states: dict[str, str]) -> None:
    assert set(states) <= set(words.MARKS)
    coloured = {state for state in states if words.TONES.get(state) in ("good", "bad")}
    marks = {words.TONES[state]: words.MARKS[state] for state in coloured}
    assert len(set(marks.values())) == len(marks) == 2

"""Change between two periods, and the difference between two changes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.change import difference, difference_in_change
from metrics.errors import MetricError

FINITE = st.floats(-1e6, 1e6)
WIDTHS = st.floats(0, 1e6)
DAYS = {
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
    "earlier_period_start": "2024-01-01",
    "earlier_period_end": "2024-12-31",
}


def frame(
    later: tuple[float, ...] = (60, 55, 65),
    earlier: tuple[float, ...] = (40, 35, 45),
    polarity: str = "higher_is_better",
    **more: object,
) -> pd.DataFrame:
    columns = ["value", "lower", "upper", "earlier_value", "earlier_lower", "earlier_upper"]
    return pd.DataFrame([[*later, *earlier]], columns=columns, dtype=float).assign(polarity=polarity, **more)


def changes(own: tuple[float, ...], other: tuple[float, ...], polarity: str) -> pd.DataFrame:
    names = ["difference", "difference_lower", "difference_upper"]
    columns = [*names, *(f"other_{name}" for name in names)]
    return pd.DataFrame([[*own, *other]], columns=columns, dtype=float).assign(polarity=polarity)


def test_newcombes_example_of_two_independent_proportions() -> None:
    # 56 of 70 against 48 of 80, Newcombe 1998 table II row a, method 10: 0.0524 to 0.3339.
    row = difference(frame((0.8, 0.691840, 0.877304), (0.6, 0.490457, 0.700426))).iloc[0]
    assert row["difference_lower"] == pytest.approx(0.0524, abs=5e-4)
    assert row["difference_upper"] == pytest.approx(0.3339, abs=5e-4)


@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [
        ("higher_is_better", "improved", "worsened"),
        ("lower_is_better", "worsened", "improved"),
        ("no_judgement", "higher", "lower"),
    ],
)
def test_the_word_follows_the_polarity(polarity: str, up: str, down: str) -> None:
    high, low = (60.0, 55.0, 65.0), (40.0, 35.0, 45.0)
    assert difference(frame(high, low, polarity))["change"].tolist() == [up]
    assert difference(frame(low, high, polarity))["change"].tolist() == [down]


@pytest.mark.parametrize("later", [(42, 37, 47), (40, 40, 40), (45, 40, 50)])
def test_limits_that_include_zero_are_no_clear_change(later: tuple[float, ...]) -> None:
    assert difference(frame(later, (40, 35, 45)))["change"].tolist() == ["no_clear_change"]


def test_a_limit_at_zero_is_no_clear_change() -> None:
    row = difference(frame((5, 0, 5), (0, 0, 0))).iloc[0]
    assert (row["difference_lower"], row["change"]) == (0, "no_clear_change")


@pytest.mark.parametrize(
    ("later", "earlier", "reason"),
    [
        ((np.nan, np.nan, np.nan), (40, 35, 45), "the value is missing"),
        ((60, 55, 65), (np.nan, 35, 45), "the earlier value is missing"),
        ((np.inf, 55, np.inf), (40, 35, 45), "the value is not a finite number"),
        ((60, np.nan, 65), (40, 35, 45), "the limits are missing"),
        ((60, -np.inf, 65), (40, 35, 45), "the limits are not finite numbers"),
        ((60, 61, 65), (40, 35, 45), "the limits do not contain the value"),
        ((60, 55, 65), (40, 35, 39), "the earlier limits do not contain the earlier value"),
    ],
)
def test_what_cannot_be_calculated_says_why(later: tuple[float, ...], earlier: tuple[float, ...], reason: str) -> None:
    row = difference(frame(later, earlier)).iloc[0]
    assert (row["change"], row["reason"]) == ("cannot_be_calculated", reason)
    assert row[["difference_lower", "difference_upper"]].isna().all()


def test_two_values_without_limits_still_have_a_difference() -> None:
    row = difference(frame((60, np.nan, np.nan), (40, np.nan, np.nan))).iloc[0]
    assert (row["difference"], row["change"]) == (20, "cannot_be_calculated")


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ({"earlier_period_end": "2025-01-01"}, "the periods overlap"),
        ({"earlier_period_start": "2024-07-01", "earlier_period_end": "2025-06-30"}, "the periods overlap"),
        (
            {"earlier_period_start": "2026-01-01", "earlier_period_end": "2026-12-31"},
            "the periods are in the wrong order",
        ),
        ({"earlier_period_end": None}, "the dates of a period are missing"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(days: dict[str, str], reason: str) -> None:
    row = difference(frame(**{**DAYS, **days})).iloc[0]
    assert (row["change"], row["reason"]) == ("cannot_be_calculated", reason)
    assert np.isnan(row["difference"])


def test_periods_that_follow_each_other_are_compared() -> None:
    assert difference(frame(**DAYS))["change"].tolist() == ["improved"]


@pytest.mark.parametrize("polarity", ["up", None, "Higher_is_better"])
def test_a_polarity_that_is_not_one_of_three_is_refused(polarity: str) -> None:
    with pytest.raises(MetricError, match="'polarity' must hold higher_is_better, lower_is_better or no_judgement"):
        difference(frame(polarity=polarity))


@given(FINITE, WIDTHS, WIDTHS, FINITE, WIDTHS, WIDTHS)
def test_limits_contain_the_difference_and_turn_with_it(
    value: float, below: float, above: float, other: float, other_below: float, other_above: float
) -> None:
    one, two = (value, value - below, value + above), (other, other - other_below, other + other_above)
    row, turned = difference(frame(one, two)).iloc[0], difference(frame(two, one)).iloc[0]
    assert row["difference_lower"] <= row["difference"] <= row["difference_upper"]
    assert turned["difference_lower"] == pytest.approx(-row["difference_upper"])
    assert {row["change"], turned["change"]} in ({"improved", "worsened"}, {"no_clear_change"})


@given(FINITE, WIDTHS, FINITE, WIDTHS)
def test_polarity_flips_improved_and_worsened(value: float, width: float, other: float, other_width: float) -> None:
    one, two = (value, value - width, value + width), (other, other - other_width, other + other_width)
    words = [
        difference(frame(one, two, polarity))["change"].item() for polarity in ("higher_is_better", "lower_is_better")
    ]
    assert words in (["improved", "worsened"], ["worsened", "improved"], ["no_clear_change", "no_clear_change"])


@pytest.mark.parametrize(
    ("own", "polarity", "word"),
    [
        ((20, 13, 27), "higher_is_better", "better"),
        ((20, 13, 27), "lower_is_better", "worse"),
        ((20, 13, 27), "no_judgement", "higher"),
        ((-20, -27, -13), "no_judgement", "lower"),
        ((5, -2, 12), "higher_is_better", "no_clear_difference"),
        ((np.nan, np.nan, np.nan), "higher_is_better", "cannot_be_calculated"),
    ],
)
def test_difference_in_change_has_its_word(own: tuple[float, ...], polarity: str, word: str) -> None:
    assert difference_in_change(changes(own, (2, -5, 9), polarity))["contrast"].tolist() == [word]


def test_difference_in_change_is_mover_of_the_two_changes() -> None:
    row = difference_in_change(changes((20, 17, 26), (2, -2, 5), "no_judgement")).iloc[0]
    assert row["difference_in_change"] == 18
    assert row["difference_in_change_lower"] == pytest.approx(18 - np.hypot(3, 3))
    assert row["difference_in_change_upper"] == pytest.approx(18 + np.hypot(6, 4))

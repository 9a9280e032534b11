"""Means with limits by Student's t."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from metrics.means import student_t
from tests.unit.metrics.reference import assert_close, read


def frame(mean: float = 5.0, deviation: float = 3.0, count: float = 5) -> pd.DataFrame:
    return pd.DataFrame({"mean": [mean], "standard_deviation": [deviation], "count": [count]})


@pytest.mark.parametrize(("confidence", "name"), [(0.95, "95"), (0.998, "998")])
def test_equals_the_reference(confidence: float, name: str) -> None:
    expected = read("means.csv")
    found = student_t(expected, confidence=confidence)
    assert_close(found["value"], expected["mean"])
    assert_close(found["lower"], expected[f"lower_{name}"])
    assert_close(found["upper"], expected[f"upper_{name}"])


def test_equals_scipy() -> None:
    row = student_t(frame(10, 2, 17), confidence=0.9).iloc[0]
    assert (row["lower"], row["upper"]) == pytest.approx(t.interval(0.9, 16, 10, 2 / np.sqrt(17)))


def test_one_value_keeps_the_mean_and_has_no_limits() -> None:
    row = student_t(frame(7, np.nan, 1)).iloc[0]
    assert (row["value"], row["reason"]) == (7, "one value gives no limits")
    assert row[["lower", "upper"]].isna().all()


def test_no_standard_deviation_keeps_the_mean_and_has_no_limits() -> None:
    row = student_t(frame(7, np.nan, 4)).iloc[0]
    assert (row["value"], row["reason"]) == (7, "the standard deviation is missing")


@pytest.mark.parametrize(
    ("mean", "deviation", "count", "reason"),
    [
        (np.nan, 1, 5, "the mean is missing"),
        (np.inf, 1, 5, "the mean is not a finite number"),
        (5, 1, np.nan, "the count is missing"),
        (5, 1, np.inf, "the count is not a finite number"),
        (5, 1, 0, "the count is below one"),
        (5, -1, 5, "the standard deviation is below zero"),
        (5, np.inf, 5, "the standard deviation is not a finite number"),
    ],
)
def test_a_row_that_breaks_a_rule_has_no_value(mean: float, deviation: float, count: float, reason: str) -> None:
    row = student_t(frame(mean, deviation, count)).iloc[0]
    assert row["reason"] == reason
    assert row[["value", "lower", "upper", "method"]].isna().all()


def test_values_that_do_not_vary_have_limits_at_the_mean() -> None:
    row = student_t(frame(5, 0, 9)).iloc[0]
    assert (row["lower"], row["upper"]) == (5, 5)

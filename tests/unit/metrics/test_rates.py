"""Rates and their limits: equal to the reference and to SciPy, and sensible for any count."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from metrics.rates import byar
from tests.unit.metrics.reference import assert_close, read

COUNTS = st.integers(0, 10**6)
PEOPLE = st.integers(1, 10**8)


def frame(*pairs: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["numerator", "denominator"])


@pytest.mark.parametrize(("confidence", "name"), [(0.95, "95"), (0.998, "998")])
def test_equals_the_reference(confidence: float, name: str) -> None:
    expected = read("rates.csv")
    found = byar(expected[["numerator", "denominator"]], confidence=confidence)
    assert_close(found["value"], expected["value"])
    assert_close(found["lower"], expected[f"lower_{name}"])
    assert_close(found["upper"], expected[f"upper_{name}"])
    assert found["method"].tolist() == expected["method"].tolist()


def test_counts_under_ten_have_exact_limits_also_when_not_whole() -> None:
    x = np.array([0, 0.5, 3, 9, 9.99])
    found = byar(frame(*((count, 1) for count in x)), multiplier=1)
    np.testing.assert_allclose(
        found["lower"], np.where(x > 0, chi2.ppf(0.025, 2 * np.maximum(x, 0.1)) / 2, 0), rtol=1e-9
    )
    np.testing.assert_allclose(found["upper"], chi2.ppf(0.975, 2 * x + 2) / 2, rtol=1e-9)
    assert (found["method"] == "exact").all()


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        (-1, 10, "the numerator is below zero"),
        (1, 0, "the denominator is zero"),
        (np.inf, 10, "the numerator is not a finite number"),
        (None, 10, "the numerator is missing"),
    ],
)
def test_a_row_that_breaks_a_rule_has_a_reason_and_no_number(numerator: float, denominator: float, reason: str) -> None:
    found = byar(frame((numerator, denominator), (2, 1)))
    assert found.loc[0, "reason"] == reason
    assert found.loc[0, ["value", "lower", "upper", "method"]].isna().all()
    assert found.loc[1, "value"] == 200_000 and pd.isna(found.loc[1, "reason"])


@given(COUNTS, PEOPLE, st.floats(0.5, 0.9999))
def test_limits_contain_the_value_and_widen_with_confidence(x: int, n: int, confidence: float) -> None:
    narrow, wide = (byar(frame((x, n)), confidence=level).iloc[0] for level in (confidence, (1 + confidence) / 2))
    assert 0 <= wide["lower"] <= narrow["lower"] <= narrow["value"] <= narrow["upper"] <= wide["upper"]


@given(st.integers(1, 10**5), PEOPLE, st.integers(2, 50))
def test_limits_shrink_with_the_number_of_events(x: int, n: int, times: int) -> None:
    few, many = byar(frame((x, n))).iloc[0], byar(frame((x * times, n * times))).iloc[0]
    assert many["upper"] - many["lower"] < few["upper"] - few["lower"]


def test_more_events_never_lower_a_limit_where_the_method_changes() -> None:
    found = byar(frame(*((x, 100) for x in range(40))))
    assert found["lower"].is_monotonic_increasing and found["upper"].is_monotonic_increasing

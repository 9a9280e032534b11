"""Wilson limits: equal to the reference and to statsmodels, and sensible for any counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from metrics.errors import MetricError
from metrics.proportions import BLOCK, wilson
from tests.unit.metrics.reference import assert_close, read

PAIRS = st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CONFIDENCE = st.floats(0.5, 0.9999)


def frame(*pairs: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["numerator", "denominator"])


@pytest.mark.parametrize(("confidence", "name"), [(0.95, "95"), (0.998, "998")])
def test_equals_the_reference(confidence: float, name: str) -> None:
    expected = read("proportions.csv")
    found = wilson(expected[["numerator", "denominator"]], confidence=confidence)
    assert_close(found["value"], expected["value"])
    assert_close(found["lower"], expected[f"lower_{name}"])
    assert_close(found["upper"], expected[f"upper_{name}"])
    assert (found["method"] == "wilson").all() and found["reason"].isna().all()


def test_equals_statsmodels_over_more_rows_than_one_block() -> None:
    random = np.random.default_rng(1)
    n = random.integers(1, 10**6, BLOCK + 5)
    x = random.integers(0, n + 1)
    found = wilson(pd.DataFrame({"numerator": x, "denominator": n}), multiplier=1)
    lower, upper = proportion_confint(x, n, method="wilson")
    np.testing.assert_allclose(found["lower"], lower, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(found["upper"], upper, rtol=1e-9)


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        (-1, 10, "the numerator is below zero"),
        (11, 10, "the numerator is above the denominator"),
        (0, 0, "the denominator is zero"),
        (1, -5, "the denominator is below zero"),
        (np.nan, 10, "the numerator is missing"),
        (1, np.nan, "the denominator is missing"),
        (np.inf, 10, "the numerator is not a finite number"),
        (1, np.inf, "the denominator is not a finite number"),
    ],
)
def test_a_row_that_breaks_a_rule_has_a_reason_and_no_number(numerator: float, denominator: float, reason: str) -> None:
    found = wilson(frame((numerator, denominator), (1, 2)))
    assert found.loc[0, "reason"] == reason
    assert found.loc[0, ["value", "lower", "upper", "method"]].isna().all()
    assert found.loc[1, "value"] == 50 and pd.isna(found.loc[1, "reason"])


@given(PAIRS, CONFIDENCE)
def test_limits_contain_the_value_and_stay_between_0_and_100(pair: tuple[int, int], confidence: float) -> None:
    row = wilson(frame(pair), confidence=confidence).iloc[0]
    assert 0 <= row["lower"] <= row["value"] <= row["upper"] <= 100


@given(PAIRS, CONFIDENCE)
def test_limits_widen_with_confidence(pair: tuple[int, int], confidence: float) -> None:
    narrow, wide = (wilson(frame(pair), confidence=level).iloc[0] for level in (confidence, (1 + confidence) / 2))
    assert wide["lower"] <= narrow["lower"] and narrow["upper"] <= wide["upper"]


@given(PAIRS, st.integers(2, 50))
def test_limits_shrink_with_the_number_of_people(pair: tuple[int, int], times: int) -> None:
    few, many = wilson(frame(pair)).iloc[0], wilson(frame((pair[0] * times, pair[1] * times))).iloc[0]
    assert many["upper"] - many["lower"] < few["upper"] - few["lower"]


@given(PAIRS)
def test_the_opposite_share_has_the_mirrored_limits(pair: tuple[int, int]) -> None:
    own, other = wilson(frame(pair)).iloc[0], wilson(frame((pair[1] - pair[0], pair[1]))).iloc[0]
    assert own["lower"] == pytest.approx(100 - other["upper"], abs=1e-7)


@pytest.mark.parametrize("multiplier", [0, -1, np.inf, np.nan])
def test_the_multiplier_must_be_above_zero(multiplier: float) -> None:
    with pytest.raises(MetricError, match="'multiplier' must be a finite number above zero"):
        wilson(frame((1, 2)), multiplier=multiplier)


@pytest.mark.parametrize("confidence", [0, 1, 95, np.nan])
def test_the_confidence_must_be_a_share(confidence: float) -> None:
    with pytest.raises(MetricError, match="'confidence' must lie between 0 and 1"):
        wilson(frame((1, 2)), confidence=confidence)

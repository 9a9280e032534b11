"""The spread between regions and whether it narrows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MetricError
from metrics.spread import narrowing, spread

VALUES = st.lists(st.floats(0, 1000), min_size=3, max_size=12)


def regions(values: list[float], width: float = 1.0, **more: object) -> pd.DataFrame:
    value = pd.Series(values, dtype=float)
    names = [f"R{place}" for place in range(len(values))]
    return pd.DataFrame({"area_code": names, "value": value, "lower": value - width, "upper": value + width}).assign(
        **more
    )


@given(VALUES)
def test_equals_pandas(values: list[float]) -> None:
    row, value = spread(regions(values)).iloc[0], pd.Series(values)
    assert row["standard_deviation"] == pytest.approx(value.std(), abs=1e-9)
    assert row["interquartile_range"] == pytest.approx(value.quantile(0.75) - value.quantile(0.25), abs=1e-9)
    assert value[int(row["lowest"][1:])] == value.min() and value[int(row["highest"][1:])] == value.max()


def test_limits_are_those_of_the_delta_method() -> None:
    value, error = np.array([1.0, 4, 6, 11]), 1 / 1.959963984540054
    row = spread(regions(list(value))).iloc[0]
    deviation = value.std(ddof=1)
    half = 1.959963984540054 * error * np.sqrt((((value - value.mean()) / (3 * deviation)) ** 2).sum())
    assert row["standard_deviation_upper"] == pytest.approx(deviation + half)
    # The quartiles are 0.25, 0.75 of the way between the second and first, third and fourth value.
    half = np.sqrt(0.25**2 + 0.75**2 + 0.75**2 + 0.25**2)
    assert row["interquartile_range_lower"] == pytest.approx((7.25 - 3.25) - half)
    assert row["method"] == "delta" and pd.isna(row["reason"])


def test_limits_are_about_as_wide_as_simulated_noise() -> None:
    random, value = np.random.default_rng(2), np.arange(9) * 10.0
    simulated = (value + random.normal(0, 1, (20_000, 9))).std(axis=1, ddof=1)
    row = spread(regions(list(value), 1.959963984540054)).iloc[0]
    half = (row["standard_deviation_upper"] - row["standard_deviation_lower"]) / 2
    assert half / 1.959963984540054 == pytest.approx(simulated.std(), rel=0.05)


def test_series_are_worked_apart_and_gaps_left_out() -> None:
    both = pd.concat([regions([1, 2, 3], period="a"), regions([10, np.nan, 30, 50], period="b")])
    found = spread(both, by="period").set_index("period")
    assert found["regions"].tolist() == [3, 3]
    assert found["standard_deviation"].tolist() == [1, 20]
    assert found["highest"].tolist() == ["R2", "R3"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, 2], "fewer than three regions"),
        ([5, 5, 5], "the regions do not differ"),
        ([np.nan] * 4, "fewer than three regions"),
    ],
)
def test_no_spread_says_why(values: list[float], reason: str) -> None:
    row = spread(regions(values)).iloc[0]
    assert row["reason"] == reason
    assert row[["standard_deviation_lower", "interquartile_range_upper"]].isna().all()


def test_no_regions_have_no_spread() -> None:
    assert spread(regions([])).empty


@pytest.mark.parametrize("measure", ["standard_deviation", "interquartile_range"])
@pytest.mark.parametrize(("now", "then", "word"), [(10, 1, "wider"), (1, 10, "narrower"), (5, 5, "no_clear_change")])
def test_whether_the_spread_narrows(measure: str, now: float, then: float, word: str) -> None:
    later, earlier = (spread(regions([0, size, 2 * size, 3 * size], 0.5)) for size in (now, then))
    frame = later.join(earlier.add_prefix("earlier_"))
    found = narrowing(frame, measure)
    assert found["narrowing"].tolist() == [word]
    assert found["spread_change"].item() == pytest.approx(later[measure].item() - earlier[measure].item())


def test_a_spread_that_is_missing_cannot_narrow() -> None:
    frame = spread(regions([1, 2])).join(spread(regions([1, 2, 3])).add_prefix("earlier_"))
    assert narrowing(frame)[["narrowing", "reason"]].iloc[0].tolist() == [
        "cannot_be_calculated",
        "the spread is missing",
    ]
    with pytest.raises(MetricError, match="'measure' must be"):
        narrowing(frame, "range")

"""Comparison with a benchmark, and groups of equal size."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.comparison import (
    against_benchmark,
    against_benchmark_interval,
    against_benchmark_two_levels,
    quantile_bounds,
    quantile_group,
)
from metrics.errors import MetricError
from tests.unit.metrics.reference import read


def frame(value: float, lower: float, upper: float, benchmark: float, polarity: str = "no_judgement") -> pd.DataFrame:
    columns = ["value", "lower", "upper", "benchmark"]
    return pd.DataFrame([[value, lower, upper, benchmark]], columns=columns, dtype=float).assign(polarity=polarity)


@pytest.mark.parametrize(
    ("method", "compare"),
    [
        ("ci_overlapping_reference_value", against_benchmark),
        ("ci_overlap_two_levels", against_benchmark_two_levels),
        ("double_overlapping_cis", against_benchmark_interval),
    ],
)
def test_equals_the_reference(method: str, compare: object) -> None:
    cases = read("comparisons.csv").query("method == @method")
    assert len(cases) > 0
    assert compare(cases)["comparison"].tolist() == cases["expected"].tolist()  # type: ignore[operator]


@pytest.mark.parametrize("benchmark", [1, 2, 3])
def test_a_benchmark_inside_the_limits_is_similar_also_at_their_ends(benchmark: float) -> None:
    assert against_benchmark(frame(2, 1, 3, benchmark))["comparison"].tolist() == ["similar"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((np.nan, 1, 3, 2), "the value is missing"),
        ((2, np.nan, 3, 2), "the limits are missing"),
        ((2, 2.5, 3, 2), "the limits do not contain the value"),
        ((2, 1, 3, np.nan), "the benchmark is missing"),
    ],
)
def test_what_cannot_be_compared_says_why(row: tuple[float, ...], reason: str) -> None:
    for compare in (against_benchmark, against_benchmark_two_levels):
        found = compare(frame(*row).assign(lower_998=0.0, upper_998=4.0)).iloc[0]
        assert (found["comparison"], found["reason"]) == ("not_compared", reason)


def test_two_levels_need_both_limits() -> None:
    found = against_benchmark_two_levels(frame(2, 1, 3, 5).assign(lower_998=np.nan, upper_998=4.0)).iloc[0]
    assert (found["comparison"], found["reason"]) == ("not_compared", "the limits are missing")


def test_an_area_is_not_compared_with_itself() -> None:
    codes = pd.DataFrame({"area_code": ["E1", "E2", None], "benchmark_area_code": ["E1", "E1", None]})
    found = against_benchmark(pd.concat([frame(2, 1, 3, 9)] * 3, ignore_index=True).join(codes))
    assert found["comparison"].tolist() == ["not_compared", "lower", "lower"]
    assert found.loc[0, "reason"] == "an area is not compared with itself"


def test_a_benchmark_with_limits_needs_them() -> None:
    row = frame(2, 1, 3, 9).assign(benchmark_lower=np.nan, benchmark_upper=10.0)
    assert against_benchmark_interval(row)["reason"].tolist() == ["the benchmark's limits are missing"]


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(0, 1e5), st.floats(-1e6, 1e6))
def test_polarity_flips_better_and_worse(value: float, below: float, above: float, benchmark: float) -> None:
    row = (value, value - below, value + above, benchmark)
    words = [
        against_benchmark(frame(*row, polarity))["comparison"].item()
        for polarity in ("higher_is_better", "lower_is_better")
    ]
    assert words in (["better", "worse"], ["worse", "better"], ["similar", "similar"])


def test_quantile_groups_equal_the_reference() -> None:
    for (_, groups, invert), cases in read("quantile_groups.csv").groupby(["case", "groups", "invert"]):
        found = quantile_group(cases["value"], groups, invert)
        assert found.astype("float").fillna(-1).tolist() == cases["group"].fillna(-1).tolist()


def test_fifths_equal_the_reference() -> None:
    for case in read("quintiles.csv").itertuples():
        values = pd.Series(range(1, int(case.values.split("..")[1]) + 1), dtype=float)
        group = quantile_group(values, 5, invert=case.polarity == "higher_is_better")
        assert (0 if pd.isna(group[case.value - 1]) else group[case.value - 1]) == case.expected_category


def test_bounds_equal_the_reference() -> None:
    for case in read("percentiles.csv").itertuples():
        low, high = case.values.split("..")
        found = quantile_bounds(pd.Series(range(int(low), int(high) + 1)), 5 if "quintile" in case.kind else 4)
        assert found == pytest.approx([float(bound) for bound in case.expected.split(";")])


def test_no_values_have_no_bounds() -> None:
    assert quantile_bounds(pd.Series([np.nan])) == []


def test_too_few_values_have_no_group() -> None:
    assert quantile_group(pd.Series([1.0, 2, np.nan, 3, 4]), 5).isna().all()
    assert quantile_group(pd.Series([], dtype=float)).empty


def test_a_missing_value_has_no_group_and_keeps_its_place() -> None:
    found = quantile_group(pd.Series([3.0, np.nan, 1.0, 2.0], index=list("abcd")), 3)
    assert found["a"] == 3 and pd.isna(found["b"]) and list(found.index) == list("abcd")


def test_there_must_be_a_group() -> None:
    with pytest.raises(MetricError, match="'groups' must be a whole number above zero"):
        quantile_group(pd.Series([1.0]), 0)


@given(st.lists(st.integers(-50, 50), min_size=5, max_size=60), st.randoms(use_true_random=False))
def test_relabelling_areas_changes_no_group(values: list[int], random: "np.random.Generator") -> None:
    series = pd.Series(values, dtype=float)
    order = list(range(len(values)))
    random.shuffle(order)
    assert quantile_group(series.iloc[order]).sort_index().equals(quantile_group(series))


def test_groups_of_equal_size_are_made_apart() -> None:
    values = pd.Series([*range(1, 11), 7.0, 3.0, None, *range(20, 10, -1)], dtype="float64")
    by = pd.Series([*["all"] * 10, *["few"] * 3, *["turned"] * 10])
    found = quantile_group(values, by=by)
    alone = pd.concat([quantile_group(values[by == name]) for name in ("all", "few", "turned")])
    pd.testing.assert_series_equal(found, alone, check_names=False)
    assert found[10:13].isna().all() and found.iloc[13] == 5

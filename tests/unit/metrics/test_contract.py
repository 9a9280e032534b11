"""What holds for every method: frame in, the same frame out, whatever its index and whatever is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from metrics import (
    change,
    comparison,
    completeness,
    control,
    judgement,
    means,
    progress,
    proportions,
    rates,
    spread,
    targets,
    triangulation,
    variation,
)
from metrics.errors import MetricError

Call = Callable[[pd.DataFrame], pd.DataFrame]
TRIPLE = {"value": [5.0, 6.0, 7.0], "lower": [4.0, 5.0, 6.0], "upper": [6.0, 7.0, 8.0]}
POLARITY = {"polarity": ["higher_is_better", "lower_is_better", "no_judgement"]}
COUNTS = {"numerator": [5.0, 6.0, 70.0], "denominator": [50.0, 60.0, 80.0]}
SLOTS = {"area_code": list("ABC"), "indicator": "a", "period_end": "2026-03-31", "due_days_after_period": 5}
DATES = {"baseline_date": "2025-01-01", "latest_date": "2026-01-01", "target_date": "2027-01-01"}
OTHER = {"area_code": list("ABC"), "indicator": "a", "period_end": "2026-03-31"}


def prefixed(prefix: str, columns: dict[str, list[float]]) -> dict[str, list[float]]:
    return {f"{prefix}{name}": values for name, values in columns.items()}


def renamed(columns: dict[str, list[float]], name: str) -> dict[str, list[float]]:
    return dict(zip([name, f"{name}_lower", f"{name}_upper"], columns.values(), strict=True))


@dataclass(frozen=True)
class Method:
    """A call, a frame that it can use, and one of its columns of numbers."""

    call: Call
    columns: dict[str, object]
    number: str


PROGRESS = {"baseline": [4.0, 9.0, 5.0], "latest": [5.0, 8.0, 5.0], "target": [6.0, 2.0, 6.0], "change": "improved"}
CHANGES = renamed(TRIPLE, "difference")
METHODS = {
    "wilson": Method(proportions.wilson, {**COUNTS}, "numerator"),
    "byar": Method(rates.byar, {**COUNTS}, "denominator"),
    "student_t": Method(
        means.student_t, {"mean": [1.0, 2, 3], "standard_deviation": [1.0, 1, 1], "count": [5, 6, 7]}, "mean"
    ),
    "difference": Method(change.difference, {**TRIPLE, **prefixed("earlier_", TRIPLE), **POLARITY}, "earlier_value"),
    "difference_in_change": Method(
        change.difference_in_change, {**CHANGES, **prefixed("other_", CHANGES), **POLARITY}, "other_difference"
    ),
    "against_benchmark": Method(comparison.against_benchmark, {**TRIPLE, **POLARITY, "benchmark": 5.0}, "benchmark"),
    "two_levels": Method(
        comparison.against_benchmark_two_levels,
        {**TRIPLE, **POLARITY, "benchmark": 5.0, "lower_998": 1.0, "upper_998": 9.0},
        "lower_998",
    ),
    "interval": Method(
        comparison.against_benchmark_interval, {**TRIPLE, **POLARITY, **renamed(TRIPLE, "benchmark")}, "benchmark"
    ),
    "funnel": Method(lambda frame: comparison.funnel(frame, "proportion", 100), {**COUNTS}, "numerator"),
    "overdispersion": Method(lambda frame: comparison.overdispersion(frame, "rate", 1e5), {**COUNTS}, "numerator"),
    "attention": Method(
        lambda frame: variation.attention(frame, by="measure"),
        {**COUNTS, "measure": "rate", "multiplier": 1e5, "value": 5.0, "benchmark": 5.0},
        "numerator",
    ),
    "overdispersion_of_changes": Method(comparison.overdispersion_of_changes, {**CHANGES}, "difference"),
    "xmr": Method(
        lambda frame: control.xmr(frame, "higher_is_better"),
        {"value": [1.0, 2, 3], "period_end": ["2026-03-31", "2026-01-31", "2026-02-28"]},
        "value",
    ),
    "towards_target": Method(progress.towards_target, {**PROGRESS, **DATES, **POLARITY}, "latest"),
    "against_target": Method(targets.against_target, {**TRIPLE, **POLARITY, "target": 5.0}, "target"),
    "against_target_limits": Method(targets.against_target_limits, {**TRIPLE, **POLARITY, "target": 5.0}, "lower"),
    "against_target_range": Method(
        targets.against_target_range, {**TRIPLE, **POLARITY, "target_lower": 4.0, "target_upper": 5.0}, "target_upper"
    ),
    "narrowing": Method(
        spread.narrowing,
        {**renamed(TRIPLE, "standard_deviation"), **renamed(TRIPLE, "earlier_standard_deviation")},
        "standard_deviation",
    ),
    "reason_required": Method(
        judgement.reason_required,
        {"judgement": "limited", "improved": [1, 2, 3], "worsened": 0, "voices": "positive", "evidence": True},
        "improved",
    ),
    "state": Method(
        lambda frame: completeness.state(frame, pd.DataFrame(OTHER)[:1], "2026-05-01"), SLOTS, "due_days_after_period"
    ),
}
ALL = pytest.mark.parametrize("name", METHODS)


def frame(name: str) -> pd.DataFrame:
    return pd.DataFrame(METHODS[name].columns, index=[7, 7, 2])


@ALL
def test_the_input_stays_as_it_is_and_the_index_too(name: str) -> None:
    given, copy = frame(name), frame(name)
    found = METHODS[name].call(given)
    pd.testing.assert_frame_equal(given, copy)
    assert found.index.tolist() == [7, 7, 2]
    assert list(found.columns[: len(given.columns)]) == list(given.columns)
    found.loc[:, METHODS[name].number] = 0
    pd.testing.assert_frame_equal(given, copy)


@ALL
def test_an_empty_frame_comes_back_empty_with_the_same_columns(name: str) -> None:
    full = METHODS[name].call(frame(name))
    found = METHODS[name].call(frame(name)[:0])
    assert found.empty and list(found.columns) == list(full.columns)


@ALL
def test_one_row_is_enough(name: str) -> None:
    assert len(METHODS[name].call(frame(name)[:1])) == 1


@ALL
def test_rows_in_another_order_give_the_same(name: str) -> None:
    straight = METHODS[name].call(frame(name).reset_index(drop=True))
    mixed = METHODS[name].call(frame(name).reset_index(drop=True).iloc[[2, 0, 1]])
    pd.testing.assert_frame_equal(mixed.sort_index(), straight)


@ALL
def test_a_column_that_is_absent_or_double_is_named(name: str) -> None:
    number = METHODS[name].number
    with pytest.raises(MetricError, match=f"The column '{number}' is missing."):
        METHODS[name].call(frame(name).drop(columns=number))
    double = pd.concat([frame(name), frame(name)[[number]]], axis=1)
    with pytest.raises(MetricError, match=f"The column '{number}' appears more than once."):
        METHODS[name].call(double)


@ALL
def test_text_among_the_numbers_is_refused(name: str) -> None:
    number = METHODS[name].number
    broken = frame(name).astype({number: object})
    broken.iloc[1, list(broken.columns).index(number)] = "12"
    with pytest.raises(MetricError, match=f"The column '{number}' must hold numbers."):
        METHODS[name].call(broken)


@ALL
def test_numbers_may_be_of_any_kind(name: str) -> None:
    number = METHODS[name].number
    plain = METHODS[name].call(frame(name))
    for kind in ("Float64", object):
        found = METHODS[name].call(frame(name).astype({number: kind}))
        pd.testing.assert_frame_equal(found.drop(columns=number), plain.drop(columns=number))


@ALL
def test_missing_in_gives_missing_out_without_an_error(name: str) -> None:
    number = METHODS[name].number
    if name in ("reason_required", "state"):
        return
    holed = frame(name)
    holed[number] = np.nan
    found = METHODS[name].call(holed.astype({number: object}).assign(**{number: None}))
    assert found["reason"].notna().all()


def test_fit_keeps_rows_too() -> None:
    given = pd.DataFrame({"numbers": ["positive"] * 2, "voices": ["mixed"] * 2}, index=[7, 7])
    assert triangulation.fit(given).index.tolist() == [7, 7]

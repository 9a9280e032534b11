"""Every observation's value with its limits and method, or the reason why there is none."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.errors import MetricError
from metrics.values import NO_ESTIMATE, NOT_FROM_THESE, SMALL_POPULATION, evaluate

ROW = {
    "measure": "proportion",
    "multiplier": 100.0,
    "numerator": 8.0,
    "denominator": 80.0,
    "value": np.nan,
    "lower": np.nan,
    "upper": np.nan,
    "note": None,
    "resident_population": False,
    "rates_given": True,
}


def evaluated(*rows: dict[str, Any]) -> pd.DataFrame:
    return evaluate(pd.DataFrame([ROW | row for row in rows]))


@pytest.mark.parametrize(
    ("row", "value", "method"),
    [
        ({}, 10, "wilson"),
        ({"measure": "rate", "multiplier": 1e5}, 10_000, "exact"),
        ({"measure": "rate", "multiplier": 1e5, "numerator": 20.0}, 25_000, "byar"),
        ({"measure": "count", "multiplier": 1.0, "denominator": np.nan}, 8, "exact"),
        ({"measure": "mean", "multiplier": 1.0}, 0.1, "sum over sum"),
        ({"measure": "mean", "value": 3.0}, 3, "as reported"),
        ({"numerator": np.nan, "value": 12.0, "lower": 10.0, "upper": 15.0}, 12, "as reported"),
    ],
)
def test_each_measure_has_its_method(row: dict[str, Any], value: float, method: str) -> None:
    found = evaluated(row).iloc[0]
    assert found["value"] == pytest.approx(value)
    assert found["method"] == method and pd.isna(found["reason"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"numerator": np.nan, "note": "x"}, "not available"),
        ({"numerator": np.nan, "note": "z"}, "not applicable"),
        ({"numerator": np.nan, "note": "c"}, "left out to protect people"),
        ({"numerator": np.nan, "note": "low"}, "too small to show"),
        ({"numerator": np.nan}, "no number was reported"),
        ({"measure": "rate", "resident_population": True, "rates_given": False}, SMALL_POPULATION),
        ({"measure": "rate", "resident_population": True, "denominator": np.nan}, NO_ESTIMATE),
        ({"denominator": np.nan}, NOT_FROM_THESE),
        ({"numerator": 81.0}, "the numerator is above the denominator"),
    ],
)
def test_no_value_has_a_reason(row: dict[str, Any], reason: str) -> None:
    found = evaluated(row).iloc[0]
    assert found["reason"] == reason
    assert found[["value", "lower", "upper", "method"]].isna().all()


def test_measures_are_mixed_and_the_index_is_kept() -> None:
    rows = pd.DataFrame(
        [ROW, ROW | {"measure": "rate", "multiplier": 1000.0}, ROW | {"multiplier": 1.0}], index=[3, 3, 1]
    )
    found = evaluate(rows)
    assert found["value"].tolist() == [10, 100, 0.1] and found.index.tolist() == [3, 3, 1]


# Limits by hand, z = 1.959964. Wilson, 8 of 80: (16 + z² ∓ z√(z² + 32 × 0.9)) / (2 (80 + z²)). Byar, 20 events:
# 20 (1 − 1/180 − z/(3√20))³ and 21 (1 − 1/189 + z/(3√21))³. Exact, 8 events: half the χ² quantiles of 0.025 with 16 and
# of 0.975 with 18 degrees of freedom.
@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ({}, (5.15476, 18.51069)),
        ({"measure": "rate", "multiplier": 1e5, "numerator": 20.0}, (15_264.29, 38_612.35)),
        ({"measure": "rate", "multiplier": 1e5, "resident_population": True}, (4_317.29, 19_703.99)),
        ({"measure": "count"}, (3.453832, 15.763189)),
        ({"measure": "count", "numerator": 20.0, "multiplier": 1.0}, (12.211429, 30.889880)),
    ],
)
def test_limits_are_those_worked_out_by_hand(row: dict[str, Any], limits: tuple[float, float]) -> None:
    assert tuple(evaluated(row).iloc[0][["lower", "upper"]]) == pytest.approx(limits, rel=1e-6)


@pytest.mark.parametrize("measure", ["mean", "index"])
def test_a_mean_or_index_keeps_the_limits_it_came_with_and_is_given_none(measure: str) -> None:
    reported, worked_out = ({"measure": measure, "multiplier": 1.0} | more for more in ({"value": 3.0}, {}))
    found = evaluated(reported | {"lower": 2.5, "upper": 3.5}, reported, worked_out)
    assert found["value"].tolist() == [3, 3, 0.1]
    assert found["lower"].tolist()[0] == 2.5 and found["upper"].tolist()[0] == 3.5
    assert found[["lower", "upper"]].iloc[1:].isna().all(axis=None)
    assert found["method"].tolist() == ["as reported", "as reported", "sum over sum"]


def test_a_mean_over_nobody_is_not_worked_out() -> None:
    found = evaluated({"measure": "mean", "denominator": 0.0}).iloc[0]
    assert found["reason"] == NOT_FROM_THESE and pd.isna(found["method"])


def test_a_value_that_was_reported_gives_way_to_the_one_its_counts_make() -> None:
    found = evaluated({"value": 9.9, "lower": 9.0, "upper": 11.0}).iloc[0]
    assert (found["value"], found["method"]) == (10, "wilson") and found["lower"] < 9


@pytest.mark.parametrize("note", ["x", "z", "c", "low", "u", "p", "r"])
def test_a_number_beside_a_note_is_a_number(note: str) -> None:
    found = evaluated({"note": note}).iloc[0]
    assert found["value"] == 10 and pd.isna(found["reason"])


@pytest.mark.parametrize("note", ["u", "p", "r"])
def test_a_note_on_quality_does_not_explain_a_missing_number(note: str) -> None:
    assert evaluated({"numerator": np.nan, "note": note}).iloc[0]["reason"] == "no number was reported"


def test_limits_without_a_figure_are_not_shown() -> None:
    found = evaluated(
        {"numerator": np.nan, "note": "c", "lower": 5.0, "upper": 18.0},
        {"denominator": np.nan, "lower": 5.0, "upper": 18.0},
    )
    assert found["reason"].tolist() == ["left out to protect people", NOT_FROM_THESE]
    assert found[["value", "lower", "upper", "method"]].isna().all(axis=None)


@pytest.mark.parametrize("row", [{}, {"measure": "rate"}, {"measure": "count"}])
def test_few_residents_matter_only_to_rates_per_resident(row: dict[str, Any]) -> None:
    assert pd.notna(evaluated(row | {"rates_given": False}).iloc[0]["value"])


def test_zero_is_a_number() -> None:
    found = evaluated({"numerator": 0.0}, {"measure": "count", "numerator": 0.0})
    assert found["value"].tolist() == [0, 0] == found["lower"].tolist()
    assert found["reason"].isna().all()
    # The upper limit of no events is −ln 0.025.
    assert found["upper"].tolist()[1] == pytest.approx(-np.log(0.025))


def test_the_input_is_left_as_it_was_and_its_other_columns_are_kept() -> None:
    frame = pd.DataFrame([ROW, ROW | {"measure": "mean", "value": 2.0}]).assign(area_name=["A", "B"])
    before = frame.copy(deep=True)
    found = evaluate(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert set(found) == {*frame, "method", "reason"} and found["area_name"].tolist() == ["A", "B"]


def test_nothing_gives_nothing() -> None:
    found = evaluate(pd.DataFrame([ROW]).head(0))
    assert found.empty and {"value", "lower", "upper", "method", "reason"} <= set(found)


@pytest.mark.parametrize("name", ROW)
def test_a_column_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(MetricError, match=f"The column '{name}' is missing"):
        evaluate(pd.DataFrame([ROW]).drop(columns=name))

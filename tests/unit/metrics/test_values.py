"""Every observation's value with its limits and method, or the reason why there is none."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

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

"""Change since the baseline of July 2025."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.baseline import NO_BASELINE, NO_LATER_FIGURE, NOT_REPORTED, NOT_YET_DUE, change_of_sums, change_since
from metrics.values import evaluate

SETTINGS = {
    "indicator": "a",
    "measure": "proportion",
    "multiplier": 100.0,
    "polarity": "higher_is_better",
    "resident_population": False,
}
QUARTERS = {
    "before": ("2025-04-01", "2025-06-30"),
    "across": ("2025-07-01", "2025-09-30"),
    "after": ("2025-10-01", "2025-12-31"),
}
EMPTY = {"value": np.nan, "lower": np.nan, "upper": np.nan, "note": None, "rates_given": True}


def held(*rows: tuple[str, str, float]) -> pd.DataFrame:
    facts = [
        {
            "area_code": area,
            "period_start": QUARTERS[quarter][0],
            "period_end": QUARTERS[quarter][1],
            "numerator": count,
        }
        for area, quarter, count in rows
    ]
    columns = ["area_code", "period_start", "period_end", "numerator"]
    frame = (
        pd.DataFrame(facts, columns=columns).astype({"numerator": float}).assign(denominator=500.0, **SETTINGS, **EMPTY)
    )
    return evaluate(frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}))


def changed(*rows: tuple[str, str, float], as_of: date = date(2026, 6, 30), **more: Any) -> pd.DataFrame:
    expected = pd.DataFrame(
        {"area_code": ["A", "B"], "due_days_after_period": 30, "counts_add_up": True, **SETTINGS, **more}
    )
    return change_since(held(*rows), expected, as_of).set_index("area_code", drop=False)


def test_the_latest_figure_is_compared_with_the_last_period_before_august_2025() -> None:
    row = changed(("A", "before", 100), ("A", "across", 150), ("A", "after", 200)).loc["A"]
    assert row[["earlier_value", "value", "change"]].tolist() == [20, 40, "improved"]
    assert pd.isna(row["reason"])


@pytest.mark.parametrize(
    ("rows", "as_of", "reason"),
    [
        ([("A", "before", 100)], date(2025, 10, 29), NOT_YET_DUE),
        ([("A", "before", 100)], date(2025, 10, 30), NO_LATER_FIGURE),
        ([("A", "after", 100), ("B", "before", 100)], date(2026, 6, 30), NO_BASELINE),
        ([("B", "before", 100), ("B", "after", 100)], date(2026, 6, 30), NOT_REPORTED),
        ([("A", "before", 100), ("A", "after", 900)], date(2026, 6, 30), "the numerator is above the denominator"),
        ([], date(2026, 6, 30), NOT_REPORTED),
    ],
)
def test_no_change_has_a_reason(rows: list[tuple[str, str, float]], as_of: date, reason: str) -> None:
    row = changed(*rows, as_of=as_of).loc["A"]
    assert (row["change"], row["reason"]) == ("cannot_be_calculated", reason)


def test_a_sum_changes_over_the_areas_that_have_both_periods() -> None:
    areas = pd.DataFrame({"area_code": ["A", "B"], "region_code": "R"})
    pairs = changed(("A", "before", 100), ("A", "after", 200), ("B", "after", 300)).reset_index(drop=True)
    row = change_of_sums(pairs, areas).iloc[0]
    names = ["earlier_value", "value", "areas_included", "areas_expected", "change"]
    assert row[names].tolist() == [20, 40, 1, 2, "improved"]


def test_a_sum_that_may_not_be_made_says_so() -> None:
    areas = pd.DataFrame({"area_code": ["A", "B"], "region_code": "R"})
    pairs = changed(("A", "before", 100), ("A", "after", 200), counts_add_up=False).reset_index(drop=True)
    row = change_of_sums(pairs, areas).iloc[0]
    assert row["reason"] == "the indicator's counts do not add up across areas"

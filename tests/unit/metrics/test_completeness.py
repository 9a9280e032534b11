"""What is due, overdue and not yet due."""

from datetime import date

import pandas as pd
import pytest

from metrics.completeness import coverage, schedule, state
from metrics.errors import MetricError


def first(frequency: str, start: str, end: str) -> pd.DataFrame:
    return pd.DataFrame({"indicator": ["a"], "period_start": [start], "period_end": [end], "frequency": [frequency]})


@pytest.mark.parametrize(
    ("frequency", "end", "ends"),
    [
        ("monthly", "2025-12-31", ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31"]),
        ("quarterly", "2026-02-28", ["2026-02-28", "2026-05-31"]),
        ("yearly", "2026-11-30", ["2026-11-30"]),
    ],
)
def test_periods_run_to_the_one_that_is_running(frequency: str, end: str, ends: list[str]) -> None:
    found = schedule(first(frequency, "2025-12-01", end), date(2026, 3, 15))
    assert found["period_end"].dt.strftime("%Y-%m-%d").tolist() == ends
    assert (found["indicator"] == "a").all() and list(found.index) == list(range(len(ends)))


def test_nothing_is_expected_before_the_first_period() -> None:
    both = pd.concat([first("monthly", "2026-04-01", "2026-04-30"), first("yearly", "2025-04-01", "2026-03-31")])
    assert schedule(both, "2026-03-31")["frequency"].tolist() == ["yearly"]


@pytest.mark.parametrize(
    ("frequency", "start", "end"),
    [
        ("monthly", "2026-01-02", "2026-01-31"),
        ("monthly", "2026-01-01", "2026-01-30"),
        (None, "2026-01-01", "2026-01-31"),
    ],
)
def test_periods_are_whole_months_with_a_frequency(frequency: str, start: str, end: str) -> None:
    with pytest.raises(MetricError, match="must give whole months"):
        schedule(first(frequency, start, end), "2026-05-01")


@pytest.mark.parametrize(
    ("as_of", "word"),
    [("2026-03-31", "not_yet_due"), ("2026-04-01", "due"), ("2026-04-30", "due"), ("2026-05-01", "overdue")],
)
def test_the_day_decides_what_has_become_of_it(as_of: str, word: str) -> None:
    slot = pd.DataFrame({"area_code": ["A"], "indicator": ["a"], "period_end": ["2026-03-31"]})
    expected = slot.assign(due_days_after_period=30)
    found = state(expected, slot.assign(area_code="B"), as_of)
    assert found["state"].tolist() == [word]
    assert found["due_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-04-30"]
    assert state(expected, slot.assign(period_end=pd.Timestamp("2026-03-31")), as_of)["state"].tolist() == ["received"]


def test_coverage_counts_observations_and_areas() -> None:
    states = ["received", "overdue", "overdue", "not_yet_due", "due"]
    frame = pd.DataFrame({"indicator": list("aaaab"), "area_code": list("AABCA"), "state": states})
    found = coverage(frame, by="indicator").set_index("indicator")
    assert found.loc["a"].tolist() == [1, 2, 0, 1, 1, 3]
    assert found.loc["b"].tolist() == [0, 0, 1, 0, 0, 1]
    assert coverage(frame[:0], by="indicator").empty


def test_a_day_must_be_a_day() -> None:
    with pytest.raises(MetricError, match="'as_of' must hold dates"):
        schedule(first("monthly", "2026-01-01", "2026-01-31"), "today")

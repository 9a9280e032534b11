"""Progress towards a target, with each of its edge rules."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MetricError
from metrics.progress import towards_target, wrong_side

# Half of the time has passed: 1,000 of 2,000 days.
ROW = {
    "baseline": 40.0,
    "latest": 50.0,
    "target": 60.0,
    "baseline_date": "2025-01-01",
    "latest_date": "2027-09-28",
    "target_date": "2030-06-24",
    "polarity": "higher_is_better",
    "change": "improved",
}


def judged(**more: Any) -> pd.Series:
    return towards_target(pd.DataFrame([ROW | more])).iloc[0]


def test_halfway_in_half_the_time_is_on_track() -> None:
    row = judged()
    assert (row["progress"], row["expected"], row["pace"], row["status"]) == (0.5, 0.5, 1, "on_track")
    assert pd.isna(row["reason"])


@pytest.mark.parametrize(
    ("latest", "status"),
    [
        (49.5, "on_track"),
        (49.4999, "behind"),
        (46, "behind"),
        (45.9999, "well_behind"),
        (40, "well_behind"),
        (60, "achieved"),
        (61, "achieved"),
    ],
)
def test_the_pace_decides(latest: float, status: str) -> None:
    assert judged(latest=latest)["status"] == status


def test_lower_is_better_mirrors_it() -> None:
    lower = {"polarity": "lower_is_better", "target": 20.0}
    assert judged(**lower, latest=30)["status"] == "on_track"
    assert judged(**lower, latest=20)["status"] == "achieved"
    assert judged(**lower, latest=45, change="worsened")["status"] == "moving_away"


@pytest.mark.parametrize(
    ("change", "status"), [("worsened", "moving_away"), ("no_clear_change", "well_behind"), (None, "well_behind")]
)
def test_a_value_behind_its_baseline_moves_away_only_when_clearly_worse(change: str, status: str) -> None:
    row = judged(latest=38, change=change)
    assert row["progress"] < 0 and row["status"] == status


@pytest.mark.parametrize(("latest", "status"), [(60, "achieved"), (59, "not_met"), (30, "not_met")])
def test_after_the_target_date_it_is_met_or_not(latest: float, status: str) -> None:
    row = judged(latest=latest, latest_date="2030-06-25", change="worsened")
    assert (row["expected"], row["status"]) == (1, status)


def test_on_the_target_date_the_pace_still_decides() -> None:
    assert judged(latest=55, latest_date="2030-06-24")["status"] == "behind"


@pytest.mark.parametrize(
    ("latest", "change", "status"),
    [
        (40, "no_clear_change", "achieved"),
        (41, "improved", "achieved"),
        (39, "no_clear_change", "behind"),
        (39, "worsened", "moving_away"),
    ],
)
def test_a_target_equal_to_the_baseline(latest: float, change: str, status: str) -> None:
    row = judged(target=40.0, latest=latest, change=change)
    assert row["status"] == status and np.isnan(row["progress"]) and row["expected"] == 0.5


@pytest.mark.parametrize(
    ("more", "status", "reason"),
    [
        ({"target": np.nan}, "no_target", "no target has been agreed"),
        ({"target": np.inf}, "cannot_be_calculated", "the target is not a finite number"),
        ({"baseline": np.nan}, "cannot_be_calculated", "the baseline is missing"),
        ({"latest": np.nan}, "cannot_be_calculated", "the latest value is missing"),
        ({"polarity": "no_judgement"}, "cannot_be_calculated", "no judgement is made on this indicator"),
        ({"target": 39.0}, "cannot_be_calculated", "the target is on the wrong side of the baseline"),
        ({"target_date": None}, "cannot_be_calculated", "a date is missing"),
        ({"target_date": "2025-01-01"}, "cannot_be_calculated", "the target date is not after the baseline"),
        ({"latest_date": "2025-01-01"}, "cannot_be_calculated", "there are no data newer than the baseline"),
    ],
)
def test_what_cannot_be_judged_says_why(more: dict[str, Any], status: str, reason: str) -> None:
    row = judged(**more)
    assert (row["status"], row["reason"]) == (status, reason)
    assert row[["progress", "expected", "pace"]].isna().all()


def test_a_word_that_is_no_change_is_refused() -> None:
    with pytest.raises(MetricError, match="'change' must hold improved.*; it holds 'better'"):
        judged(change="better")


@given(st.floats(-100, 100), st.floats(0.1, 100), st.floats(-1, 2))
def test_polarity_and_sign_together_change_nothing(baseline: float, distance: float, share: float) -> None:
    latest = baseline + share * distance
    up = judged(baseline=baseline, target=baseline + distance, latest=latest, change="no_clear_change")
    down = judged(
        baseline=-baseline,
        target=-baseline - distance,
        latest=-latest,
        change="no_clear_change",
        polarity="lower_is_better",
    )
    assert up["status"] == down["status"]
    assert up["progress"] == pytest.approx(down["progress"])


def test_wrong_side_is_known_from_baseline_target_and_polarity_alone() -> None:
    sides = pd.DataFrame(
        [
            {"baseline": 40.0, "target": 39.0, "polarity": "higher_is_better"},
            {"baseline": 40.0, "target": 40.0, "polarity": "higher_is_better"},
            {"baseline": 40.0, "target": 41.0, "polarity": "lower_is_better"},
            {"baseline": 40.0, "target": 39.0, "polarity": "lower_is_better"},
            {"baseline": 40.0, "target": 39.0, "polarity": "no_judgement"},
            {"baseline": float("nan"), "target": 39.0, "polarity": "higher_is_better"},
        ]
    )
    assert wrong_side(sides).tolist() == [True, False, True, False, False, False]

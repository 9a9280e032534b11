"""A value beside a target."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.targets import against_target, against_target_limits, against_target_range
from tests.unit.metrics.reference import read

NAMES = {"benchmark": "target", "benchmark_lower": "target_lower", "benchmark_upper": "target_upper"}
ROW = {"value": 2.0, "lower": 1.0, "upper": 3.0, "target": 9.0, "target_lower": 8.0, "target_upper": 9.0}
CALLS = [against_target, against_target_limits, against_target_range]


@pytest.mark.parametrize(
    ("method", "compare"),
    [
        ("goal_single_value", against_target),
        ("goal_single_value_ci", against_target_limits),
        ("goal_range_1_2", against_target_range),
        ("goal_percentile_range", against_target_range),
    ],
)
def test_equals_the_reference(method: str, compare: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    cases = read("comparisons.csv").query("method == @method").rename(columns=NAMES)
    assert len(cases) > 0
    assert compare(cases)["comparison"].tolist() == cases["expected"].tolist()


@pytest.mark.parametrize("compare", CALLS)
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"value": np.nan, "lower": np.nan}, "missing"),
        ({"target": np.nan, "target_upper": np.nan}, "no target has been agreed"),
        ({"polarity": "no_judgement"}, "no judgement is made on this indicator"),
    ],
)
def test_what_cannot_be_compared_says_why(
    compare: Callable[[pd.DataFrame], pd.DataFrame], more: dict[str, Any], reason: str
) -> None:
    row = compare(pd.DataFrame([{"polarity": "higher_is_better", **ROW, **more}])).iloc[0]
    assert row["comparison"] == "not_compared" and row["reason"].endswith(reason)

"""The recent trend of yearly figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MetricError
from metrics.trend import Trend, recent_trend, recent_trends
from tests.unit.metrics.reference import read

CASES = read("trend_cases.csv").set_index("case_id")
POINTS = read("trend_points.csv")
VALUES = st.lists(st.floats(1, 100), min_size=5, max_size=5)


def series(case: str) -> pd.DataFrame:
    points = POINTS[POINTS["case_id"] == case]
    return points.assign(
        period_start=points["year"].map("{}-04-01".format), period_end=(points["year"] + 1).map("{}-03-31".format)
    )


def rising(values: list[float] | None = None, ends: list[str] | None = None) -> pd.DataFrame:
    value = pd.Series([10.0, 20, 30, 40, 50] if values is None else values)
    ends = ends or [f"{2020 + year}-12-31" for year in range(len(value))]
    return pd.DataFrame({"period_end": ends, "value": value, "lower": value - 1, "upper": value + 1})


@pytest.mark.parametrize("case", CASES.index)
def test_equals_the_reference(case: str) -> None:
    expected = CASES.loc[case]
    found = recent_trend(series(case).sample(frac=1, random_state=2), expected["measure"], expected["polarity"])
    assert (found.direction, found.meaning) == (expected["direction"], expected["meaning"])
    # Its statistic is printed to six decimals.
    np.testing.assert_allclose(found.statistic, expected["statistic"], atol=1e-6)


def test_many_series_at_once_equal_one_at_a_time() -> None:
    frames = [
        series(case).assign(measure=CASES.loc[case, "measure"], polarity=CASES.loc[case, "polarity"])
        for case in CASES.index
    ]
    found = (
        recent_trends(pd.concat(frames).sample(frac=1, random_state=4), by="case_id")
        .set_index("case_id")
        .loc[CASES.index]
    )
    assert found["direction"].tolist() == CASES["direction"].tolist()
    assert found["meaning"].tolist() == CASES["meaning"].tolist()


def test_only_the_last_five_periods_count() -> None:
    long = rising([99, 98, 97, 10, 20, 30, 40, 50])
    assert recent_trend(long, "rate", "no_judgement") == recent_trend(long.iloc[3:], "rate", "no_judgement")


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        (
            ["2020-12-31", "2021-12-31", "2022-12-31", "2024-12-31", "2025-12-31"],
            "the periods are not five years in a row",
        ),
        (
            ["2020-12-31", "2021-12-31", "2022-12-31", "2022-12-31", "2023-12-31"],
            "the periods are not five years in a row",
        ),
        (
            ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"],
            "the periods are not five years in a row",
        ),
        ([None, "2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"], "the end of a period is missing"),
    ],
)
def test_a_gap_is_never_bridged(ends: list[str], reason: str) -> None:
    found = recent_trend(rising(ends=ends), "rate", "no_judgement")
    assert (found.direction, found.meaning, found.reason) == ("cannot_be_calculated", "cannot_be_calculated", reason)
    assert np.isnan(found.statistic)


def test_the_last_day_of_february_is_a_year_after_the_last() -> None:
    ends = ["2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"]
    assert recent_trend(rising(ends=ends), "rate", "no_judgement").direction == "increasing"


@pytest.mark.parametrize(
    ("start", "reason"), [("{}-06-01", "a period is longer than a year"), ("{}-12-31", "the periods overlap")]
)
def test_periods_that_are_too_long_or_overlap_are_refused(start: str, reason: str) -> None:
    starts = [start.format(2019 + year) for year in range(5)]
    assert recent_trend(rising().assign(period_start=starts), "rate", "no_judgement").reason == reason


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("value", np.nan, "a value is missing"),
        ("lower", np.nan, "the limits of a period are missing"),
        ("upper", np.inf, "the limits of a period are missing"),
        ("upper", 9.0, "the limits of a period have no width"),
    ],
)
def test_a_value_or_limits_that_cannot_be_used_are_named(column: str, value: float, reason: str) -> None:
    broken = rising()
    broken.loc[0, column] = value
    found = recent_trend(broken, "mean", "higher_is_better")
    assert (found.direction, found.reason) == ("cannot_be_calculated", reason)


@pytest.mark.parametrize(
    ("numerator", "reason"),
    [
        (np.nan, "a numerator or denominator is missing"),
        (101, "a numerator is not between zero and its denominator"),
        (-1, "a numerator is not between zero and its denominator"),
        (0, "a numerator is zero or equals its denominator"),
        (100, "a numerator is zero or equals its denominator"),
    ],
)
def test_counts_of_a_proportion_must_keep_their_rules(numerator: float, reason: str) -> None:
    counts = rising()[["period_end"]].assign(numerator=[numerator, 20, 30, 40, 50], denominator=100)
    found = recent_trend(counts, "proportion", "higher_is_better")
    assert (found.direction, found.reason) == ("cannot_be_calculated", reason)


def test_one_year_that_carries_the_slope_is_no_trend() -> None:
    # Significant with all five years, and flat or turned without the last one.
    found = recent_trend(rising([10, 9, 10, 9, 40]), "rate", "higher_is_better")
    assert found.statistic > 9.5495
    assert found[:2] == ("no_significant_change", "no_significant_change")


@pytest.mark.parametrize(
    ("polarity", "meaning"),
    [("higher_is_better", "getting_better"), ("lower_is_better", "getting_worse"), ("no_judgement", "no_judgement")],
)
def test_the_meaning_follows_the_polarity(polarity: str, meaning: str) -> None:
    assert recent_trend(rising(), "index", polarity)[:2] == ("increasing", meaning)


def test_no_periods_have_no_trend() -> None:
    expected = Trend("cannot_be_calculated", "cannot_be_calculated", np.nan, "fewer than five periods")
    assert str(recent_trend(rising()[:0], "rate", "no_judgement")) == str(expected)
    assert str(recent_trend(rising()[:1], "rate", "no_judgement")) == str(expected)


def test_wrong_words_are_refused() -> None:
    with pytest.raises(MetricError, match="'measure' must be"):
        recent_trend(rising(), "percentage", "no_judgement")
    with pytest.raises(MetricError, match="'polarity' must be"):
        recent_trend(rising(), "rate", "up")
    with pytest.raises(MetricError, match="'measure' must hold .*; it holds 'share'"):
        recent_trends(rising().assign(measure="share", polarity="no_judgement"), by=())


@given(VALUES)
def test_turned_round_in_time_the_direction_turns(values: list[float]) -> None:
    turned = {"increasing": "decreasing", "decreasing": "increasing", "no_significant_change": "no_significant_change"}
    found = [recent_trend(rising(order), "rate", "no_judgement") for order in (values, values[::-1])]
    assert found[1].direction == turned[found[0].direction]
    assert found[0].statistic == pytest.approx(found[1].statistic, rel=1e-6, abs=1e-9)

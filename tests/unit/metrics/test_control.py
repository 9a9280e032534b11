"""XmR control charts: limits, special causes, variation, assurance, re-basing."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.control import Summary, assured, summaries, summary, xmr
from metrics.control_rules import long_runs, seven_trend, two_of_three
from metrics.errors import MetricError
from tests.unit.metrics.reference import assert_close, read, rules

CASES = read("control_cases.csv")
POINTS = read("control_points.csv")
KEYS = CASES["case_id"].unique()
SERIES = st.lists(st.integers(-100, 100) | st.none(), min_size=1, max_size=40)
CHART = ["centre", "lower_limit", "upper_limit", "cause", "point_type"]


def months(values: list[float | None], polarity: str = "higher_is_better", **more: Any) -> pd.DataFrame:
    ends = pd.date_range("2023-01-31", periods=len(values), freq="ME")
    starts = ends - pd.offsets.MonthBegin(1)
    return pd.DataFrame({"period_start": starts, "period_end": ends, "value": pd.Series(values, dtype=float)}).assign(
        **more
    )


def of_reference(case: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    settings, points = CASES[CASES["case_id"] == case].iloc[0], POINTS[POINTS["case_id"] == case]
    places = [] if pd.isna(settings["rebase_at"]) else str(settings["rebase_at"]).split(";")
    given_settings = {
        "polarity": settings["polarity"],
        "target": None if pd.isna(settings["target"]) else float(settings["target"]),
        "rebase": [points["period_end"].iloc[int(float(place)) - 1] for place in places],
        "screen": bool(settings["screen"]),
        "fix_after": None if pd.isna(settings["fix_after"]) else int(settings["fix_after"]),
    }
    return points, given_settings


@pytest.mark.parametrize("case", KEYS)
def test_equals_the_reference(case: str) -> None:
    points, settings = of_reference(case)
    frame = points[["period_end", "value"]]
    found = xmr(frame.sample(frac=1, random_state=5), **settings).loc[frame.index]
    for name in ("centre", "lower_limit", "upper_limit"):
        assert_close(found[name], points[name])
    for name in ("cause", "point_type", "calculation"):
        assert found[name].tolist() == points[name].tolist()
    last = CASES[CASES["case_id"] == case].iloc[-1]
    assert summary(found) == Summary(last["variation"], None if pd.isna(last["assurance"]) else last["assurance"])


def test_many_series_at_once_equal_one_at_a_time() -> None:
    plain = CASES[CASES["rebase_at"].isna() & CASES["fix_after"].isna() & CASES["screen"]].set_index("case_id")
    points = POINTS[POINTS["case_id"].isin(plain.index)]
    frame = points[["case_id", "period_end", "value"]].sample(frac=1, random_state=6)
    frame = frame.assign(better=frame["case_id"].map(plain["polarity"]), goal=frame["case_id"].map(plain["target"]))
    found = xmr(frame, "better", target="goal", by="case_id")
    assert found.index.equals(frame.index)
    for name in ("centre", "lower_limit", "upper_limit"):
        assert_close(found.loc[points.index, name], points[name])
    assert found.loc[points.index, "cause"].tolist() == points["cause"].tolist()
    words = summaries(found, by="case_id").set_index("case_id").loc[plain.index]
    assert words["variation"].tolist() == plain["variation"].tolist()
    assert words["assurance"].fillna("").tolist() == plain["assurance"].fillna("").tolist()


def test_assurance_equals_the_reference() -> None:
    cases = read("control_assurance.csv").query("polarity != 'no_judgement'")
    better = cases["polarity"].map({"higher_is_better": 1.0, "lower_is_better": -1.0}).to_numpy()
    lower, upper, target = (cases[name].to_numpy(float) for name in ("lower_limit", "upper_limit", "target"))
    words = np.array(["consistent_pass", "consistent_fail", "inconsistent"])
    assert words[assured(lower, upper, target, better)].tolist() == cases["assurance"].tolist()


def lasting(seventh: list[int]) -> list[bool]:
    """Which points belong to a run whose seventh or later point is marked."""
    return [any(seventh[place : place + 7]) for place in range(len(seventh))]


@pytest.mark.parametrize("case", [case for case in rules() if case["args"][0]])
def test_single_rules_equal_the_reference(case: dict[str, Any]) -> None:
    values = np.array(case["args"][0], dtype=float)
    joined = np.arange(len(values)) > 0
    match case["function"]:
        case "ptd_seven_point_one_side_mean":
            assert long_runs(values, joined, 7).tolist() == lasting(case["expected"])
        case "ptd_seven_point_trend":
            assert (seven_trend(values, joined) != 0).tolist() == lasting(case["expected"])
        case "ptd_part_of_seven_trend":
            assert lasting(case["args"][0]) == [bool(mark) for mark in case["expected"]]
        case "ptd_two_in_three":
            side = np.array(case["args"][1], dtype=float)
            expected = np.array(case["expected"], dtype=bool) & (values == 1)
            assert two_of_three(values == 1, side, joined).tolist() == expected.tolist()
        case _:
            marked = np.array(case["args"][0]) * np.array(case["args"][1])
            assert marked.tolist() == case["expected"]


def test_a_missing_period_breaks_a_run_when_the_starts_are_given() -> None:
    rising = [50, 40, 60, 45, 55, 41, 42, 43, 44, 45, 46, 47, 48, 40, 60]
    whole, holed = months(rising), months(rising).drop(index=8)
    assert (xmr(whole, "higher_is_better")["cause"] == "seven_rising").sum() == 8
    assert (xmr(holed, "higher_is_better")["cause"] == "seven_rising").sum() == 0
    unknown = holed.drop(columns="period_start")
    assert (xmr(unknown, "higher_is_better")["cause"] == "seven_rising").sum() == 7


def test_rolling_periods_are_refused() -> None:
    rolling = months([1.0, 2, 3, 4])
    rolling["period_start"] -= pd.DateOffset(months=11)
    found = xmr(rolling, "higher_is_better")
    assert (found["reason"] == "the periods overlap").all()
    assert found[CHART].isna().all(axis=None)
    assert summary(found) == Summary(None, None)


def test_a_period_given_twice_is_refused_in_its_own_series_only() -> None:
    frame = pd.concat([months([1.0, 2, 3], area="A"), months([1.0, 2, 3], area="B").assign(period_end="2023-01-31")])
    found = xmr(frame.drop(columns="period_start"), "higher_is_better", by=["area"])
    assert found["reason"].isna().tolist() == [True] * 3 + [False] * 3


def test_a_period_without_an_end_is_refused() -> None:
    frame = months([1.0, 2, 3])
    frame.loc[1, "period_end"] = pd.NaT
    assert (xmr(frame, "higher_is_better")["reason"] == "the end of a period is missing").all()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([5], "fewer than two values give no limits"),
        ([5, None], "fewer than two values give no limits"),
        ([5, None, 6], "no two values follow each other, so there are no limits"),
        ([5, 5, 5], "the values do not vary, so there are no limits"),
    ],
)
def test_no_limits_say_why(values: list[float | None], reason: str) -> None:
    found = xmr(months(values), "higher_is_better")
    assert found.loc[0, "reason"] == reason
    assert found[["lower_limit", "upper_limit"]].isna().all(axis=None)


def test_a_missing_value_is_named() -> None:
    found = xmr(months([5, 6, None, 7, np.inf]), "higher_is_better")
    assert found["reason"].fillna("").tolist() == ["", "", "the value is missing", "", "the value is missing"]


def test_fewer_than_twelve_points_are_provisional() -> None:
    assert xmr(months(list(range(11))), "no_judgement")["provisional"].all()
    assert not xmr(months(list(range(12))), "no_judgement")["provisional"].any()


def test_a_new_calculation_starts_at_the_period_named() -> None:
    values = [50.0, 52] * 6 + [80.0, 82] * 6
    frame = months(values)
    found = xmr(frame, "higher_is_better", rebase=["2024-01-31"])
    assert found["centre"].tolist() == [51.0] * 12 + [81.0] * 12
    assert found["calculation"].tolist() == [0] * 12 + [1] * 12
    assert (found["cause"] == "common_cause").all()
    with pytest.raises(MetricError, match="'rebase' must be a list of dates"):
        xmr(frame, "higher_is_better", rebase="2024-01-31")
    with pytest.raises(MetricError, match="'rebase' must hold dates"):
        xmr(frame, "higher_is_better", rebase=["soon"])


@pytest.mark.parametrize(
    ("values", "polarity", "target", "words", "reason"),
    [
        ([None, None], "higher_is_better", 5, (None, None), "no period has a value"),
        ([4, 6], "higher_is_better", None, ("common_cause", None), "there is no target"),
        ([4, 6], "no_judgement", 5, ("common_cause", None), "no judgement is made"),
        ([5, 5], "higher_is_better", 5, ("common_cause", None), "there are no limits"),
        ([4, 6], "higher_is_better", 5, ("common_cause", "inconsistent"), None),
        ([4, 6, None], "lower_is_better", 99, ("common_cause", "consistent_pass"), None),
    ],
)
def test_a_summary_says_why_there_is_no_assurance(
    values: list[float | None],
    polarity: str,
    target: float | None,
    words: tuple[str | None, str | None],
    reason: str | None,
) -> None:
    found = xmr(months(values), polarity, target=target)
    assert summary(found) == words
    told = summaries(found, by=())["reason"].iloc[0]
    assert (None if pd.isna(told) else told) == reason


def test_no_points_make_no_chart() -> None:
    found = xmr(months([]), "higher_is_better")
    assert found.empty and set(CHART) <= set(found.columns)
    assert summary(found) == Summary(None, None)


@pytest.mark.parametrize("polarity", ["upward", ""])
def test_the_polarity_is_a_word_or_a_column(polarity: str) -> None:
    with pytest.raises(MetricError, match="is missing"):
        xmr(months([1, 2]), polarity)


@given(SERIES)
def test_limits_lie_as_far_above_the_centre_as_below(values: list[int | None]) -> None:
    found = xmr(months(values), "higher_is_better").dropna(subset="lower_limit")
    np.testing.assert_allclose(
        found["upper_limit"] - found["centre"], found["centre"] - found["lower_limit"], atol=1e-9
    )
    assert (found["lower_limit"] <= found["upper_limit"]).all()


@given(SERIES)
def test_polarity_flips_improvement_and_concern(values: list[int | None]) -> None:
    flipped = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
    }
    up, down = (xmr(months(values), polarity)["point_type"] for polarity in ("higher_is_better", "lower_is_better"))
    assert up.replace(flipped).tolist() == down.tolist()


@given(SERIES)
def test_turned_upside_down_the_chart_turns(values: list[int | None]) -> None:
    up = xmr(months(values), "no_judgement")
    down = xmr(months([None if value is None else -value for value in values]), "no_judgement")
    np.testing.assert_allclose(up["upper_limit"], -down["lower_limit"])
    assert (up["cause"] == "common_cause").tolist() == (down["cause"] == "common_cause").tolist()

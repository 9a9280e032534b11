import numpy as np
import pandas as pd
import pytest

from metrics.control import xmr
from metrics.errors import MetricError
from metrics.movement import TOO_FEW_AREAS, TOO_FEW_POINTS, comparable, judged, movements
from metrics.spine import placed, ranges, worst_first


def row(**more: object) -> pd.DataFrame:
    usual = {
        "value": 3.0,
        "benchmark": 2.0,
        "lowest": 1.0,
        "lower_quartile": 1.5,
        "upper_quartile": 3.0,
        "highest": 6.0,
    }
    return pd.DataFrame([{**usual, "highest": 6.0, "polarity": "higher_is_better", **more}])


def test_ranges_leave_out_what_is_missing_and_keep_series_apart() -> None:
    frame = pd.DataFrame({"indicator": list("AAAAB"), "value": [4.0, 1, np.nan, 3, 9]})
    found = ranges(frame, "indicator").set_index("indicator")
    assert found.loc["A"].tolist() == [3, 1.0, 2.0, 3.5, 4.0]
    assert found.loc["B"].tolist() == [1, 9.0, 9.0, 9.0, 9.0]


def test_the_benchmark_is_the_middle_and_the_farthest_place_an_end() -> None:
    found = placed(row()).iloc[0]
    assert found[["lowest_at", "value_at", "highest_at"]].tolist() == [-0.25, 0.25, 1.0]


def test_better_stands_right_where_lower_is_better() -> None:
    found = placed(row(polarity="lower_is_better")).iloc[0]
    assert found[["lowest_at", "value_at", "highest_at"]].tolist() == [0.25, -0.25, -1.0]


def test_higher_stands_right_where_nothing_is_judged() -> None:
    assert placed(row(polarity="no_judgement")).iloc[0]["value_at"] == 0.25


@pytest.mark.parametrize("more", [{"benchmark": np.nan}, {"lowest": 2.0, "highest": 2.0, "value": 2.0}])
def test_without_a_benchmark_or_a_difference_there_is_no_place(more: dict[str, float]) -> None:
    assert np.isnan(placed(row(**more)).iloc[0]["value_at"])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MetricError, match="highest"):
        placed(row().drop(columns="highest"))


def test_worst_and_worsening_come_first() -> None:
    frame = pd.DataFrame(
        {
            "name": ["better", "worse", "worse and worsening", "higher", "none", "similar"],
            "comparison": ["better", "worse", "worse", "higher", "not_compared", "similar"],
            "meaning": [None, "getting_better", "getting_worse", None, None, "getting_worse"],
            "value_at": [0.9, -0.9, -0.1, 0.5, np.nan, 0.0],
        }
    )
    expected = ["worse and worsening", "worse", "similar", "better", "higher", "none"]
    assert worst_first(frame)["name"].tolist() == expected


def series(key: str, values: list[float], kind: str, months: int, polarity: str = "lower_is_better") -> pd.DataFrame:
    ends = pd.date_range("2010-01-31", periods=len(values), freq=pd.DateOffset(months=months)) + pd.offsets.MonthEnd(0)
    starts = (ends.to_period("M") - (months - 1)).start_time
    return pd.DataFrame(
        {
            "indicator": key,
            "period_type": kind,
            "measure": "rate",
            "polarity": polarity,
            "period_start": starts.to_numpy(),
            "period_end": ends.to_numpy(),
            "value": values,
            "lower": [value - 0.5 for value in values],
            "upper": [value + 0.5 for value in values],
        }
    )


def test_each_series_moves_by_the_method_of_its_periods() -> None:
    monthly = [5.0, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 30]
    frame = pd.concat(
        [
            series("years", [1.0, 3, 5, 7, 9], "calendar_year", 12),
            series("months", monthly, "month", 1),
            series("unjudged", monthly, "month", 1, "no_judgement"),
            series("few", [1.0, 2, 9], "quarter", 3),
        ]
    )
    found = movements(frame, "indicator").set_index("indicator")
    assert found.loc["years", ["direction", "meaning"]].tolist() == ["increasing", "getting_worse"]
    assert found.loc["months", ["direction", "meaning"]].tolist() == ["increasing", "getting_worse"]
    assert found.loc["unjudged", ["direction", "meaning"]].tolist() == ["increasing", "no_judgement"]
    assert found.loc["few"].tolist() == ["cannot_be_calculated", "cannot_be_calculated", TOO_FEW_POINTS]
    assert found.loc[["years", "months"], "reason"].isna().all()


def test_a_year_without_a_figure_is_not_reached_past() -> None:
    years = series("years", [1.0, 3, 5, 7, 9, np.nan], "calendar_year", 12)
    assert movements(years, "indicator")["meaning"].tolist() == ["cannot_be_calculated"]


def test_a_new_calculation_judges_what_comes_after_it_by_itself() -> None:
    months = series("months", [5.0, 6, 5, 6, 5, 6, 5, 6, 25, 26, 25, 26, 25, 26, 25, 26], "month", 1)
    start = months["period_end"].iloc[8]
    assert movements(months, "indicator")["meaning"].tolist() == ["getting_worse"]
    assert movements(months, "indicator", {"months": [start]})["meaning"].tolist() == ["no_significant_change"]
    assert xmr(months, "lower_is_better", rebase=[start])["point_type"].iloc[-1] == "common_cause"


def test_a_sum_of_few_areas_does_not_stand_beside_the_others() -> None:
    sums = series("sums", [5.0] * 4, "month", 1).assign(
        areas_included=[10, 9, 8, None], numerator=1.0, denominator=2.0, reason=None
    )
    assert comparable(sums, "indicator").tolist() == [True, True, False, True]
    assert comparable(sums.assign(measure="count"), "indicator").tolist() == [True, False, False, True]
    found = judged(sums, "indicator")
    assert found["value"].isna().tolist() == [False, False, True, False]
    assert found["reason"].tolist()[2] == TOO_FEW_AREAS

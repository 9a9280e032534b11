"""Regions over two periods, and two places' changes side by side."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.baseline import KEPT
from metrics.overlap import overlapping
from metrics.regional import (
    change_between,
    earlier_periods,
    in_contrast,
    separate_periods,
    spread_between,
    two_changes,
)
from metrics.values import evaluate

AREAS = pd.DataFrame(
    [(area, region) for area, region in zip("ABCDEF", "QQRRSS", strict=True)] + [(area, "ENG") for area in "ABCDEF"],
    columns=["area_code", "region_code"],
)
BEFORE = {"period_start": pd.Timestamp("2025-04-01"), "period_end": pd.Timestamp("2025-06-30")}
AFTER = {"period_start": pd.Timestamp("2026-04-01"), "period_end": pd.Timestamp("2026-06-30")}


def reported(counts: dict[str, float], period: dict[str, pd.Timestamp], measure: str = "proportion") -> pd.DataFrame:
    """What areas reported in a period: so many of a hundred."""
    frame = pd.DataFrame({"area_code": list(counts), "numerator": list(counts.values()), "denominator": 100.0})
    fixed = {
        "indicator": "heard", "measure": measure, "multiplier": 100.0, "polarity": "higher_is_better",
        "resident_population": False, "counts_add_up": True, "rates_given": True, "note": None,
        "value": np.nan, "lower": np.nan, "upper": np.nan,
    }  # fmt: skip
    return evaluate(frame.assign(**fixed, **period))


def both_periods(now: dict[str, float], before: dict[str, float]) -> pd.DataFrame:
    return pd.concat([reported(now, AFTER), reported(before, BEFORE)], ignore_index=True)


def years(*ends: str) -> pd.DataFrame:
    end = pd.to_datetime(list(ends))
    return pd.DataFrame({"period_start": end - pd.DateOffset(years=1) + pd.Timedelta(days=1), "period_end": end})


def test_the_newest_of_overlapping_periods_stays() -> None:
    found = separate_periods(years("2018-12-31", "2019-12-31", "2023-12-31", "2024-12-31", "2025-06-30"))
    assert list(found["period_end"].dt.strftime("%Y-%m")) == ["2018-12", "2019-12", "2023-12", "2025-06"]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 14)), min_size=1, max_size=25))
def test_separate_periods_never_overlap_and_nothing_more_fits_before_the_first(spans: list[tuple[int, int]]) -> None:
    start = pd.Series([pd.Timestamp("2020-01-01") + pd.DateOffset(months=first) for first, _ in spans])
    end = pd.Series(
        [s + pd.DateOffset(months=n) - pd.Timedelta(days=1) for s, (_, n) in zip(start, spans, strict=True)]
    )
    frame = pd.DataFrame({"period_start": start, "period_end": end})
    found = separate_periods(frame)
    assert not overlapping(found).any() and found["period_end"].max() == end.max()
    assert not (end < found["period_start"].min()).any()


def test_earlier_periods_had_ended_before() -> None:
    found = earlier_periods(years("2018-12-31", "2019-06-30", "2019-12-31"), pd.Timestamp("2019-01-01"))
    assert list(found["period_end"].dt.strftime("%Y-%m")) == ["2018-12"]


def changed(now: dict[str, float], before: dict[str, float]) -> pd.DataFrame:
    found = change_between(both_periods(now, before), AREAS, pd.Series(AFTER), pd.Series(BEFORE))
    return found.set_index("area_code")


def test_an_area_missing_in_one_period_is_a_gap_and_no_fall() -> None:
    everywhere = dict.fromkeys("ABCDEF", 40.0)
    without = dict.fromkeys("ACDEF", 50.0)
    found = changed(without, everywhere)
    assert found.loc["Q", ["areas_included", "areas_expected"]].tolist() == [1, 2]
    assert found.loc["Q", ["numerator", "denominator", "earlier_numerator"]].tolist() == [50, 100, 40]
    assert found.loc["ENG", "areas_included"] == 5
    assert found.loc["ENG", "difference"] == pytest.approx(10)
    assert set(found["change"]) <= {"improved", "no_clear_change"}


def test_periods_that_overlap_have_no_change() -> None:
    overlap = {"period_start": pd.Timestamp("2025-05-01"), "period_end": pd.Timestamp("2025-07-31")}
    own = pd.concat([reported({"A": 50, "B": 50}, overlap), reported({"A": 40, "B": 40}, BEFORE)])
    found = change_between(own, AREAS, pd.Series(overlap), pd.Series(BEFORE)).set_index("area_code")
    assert found.loc["Q", "reason"] == "the periods overlap" and pd.isna(found.loc["Q", "difference"])


def test_regions_that_move_together_narrow() -> None:
    wide = {"A": 10.0, "B": 10, "C": 50, "D": 50, "E": 90, "F": 90}
    found = changed({area: 50.0 + place for place, area in enumerate("ABCDEF")}, wide)
    row = spread_between(found.reset_index().query("area_code != 'ENG'")).iloc[0]
    assert row["narrowing"] == "narrower" and row["earlier_standard_deviation"] == pytest.approx(40)
    assert row["spread_change"] == pytest.approx(row["standard_deviation"] - 40) and row["spread_change_upper"] < 0


def test_a_region_without_one_period_is_left_out_of_both_spreads() -> None:
    found = changed({"A": 10, "B": 10, "C": 50, "D": 50}, dict.fromkeys("ABCDEF", 40.0)).reset_index()
    row = spread_between(found.query("area_code != 'ENG'")).iloc[0]
    assert row["regions"] == 2 and row["narrowing"] == "cannot_be_calculated"
    assert row["reason"] == "fewer than three regions"


def pairs(now: dict[str, float], before: dict[str, float], **more: object) -> pd.DataFrame:
    """Changes of areas as `baseline.change_since` leaves them."""
    later, earlier = reported(now, AFTER), reported(before, BEFORE)
    renamed = earlier[["area_code", *KEPT]].rename(columns={name: f"earlier_{name}" for name in KEPT})
    paired = later.drop(columns="reason").merge(renamed, on="area_code", how="outer")
    known = paired["difference"] = paired["value"] - paired["earlier_value"]
    half = known.abs() * 0 + 5
    added = {"difference_lower": known - half, "difference_upper": known + half, "change": "improved", "reason": None}
    filled = paired.assign(**added).assign(counts_add_up=True)
    fixed = ["indicator", "measure", "multiplier", "polarity", "resident_population"]
    return filled.assign(**{name: filled[name].bfill().ffill() for name in fixed}).assign(**more)


def test_two_single_areas_keep_their_own_changes() -> None:
    two = two_changes(pairs({"A": 60, "B": 45}, {"A": 40, "B": 40}), ["A"], ["B"])
    assert two["area_code"].tolist() == ["first", "second"] and two["difference"].tolist() == [20, 5]
    row = in_contrast(two, "higher_is_better").iloc[0]
    assert row["difference_in_change"] == 15 and row["contrast"] == "better"
    half = np.hypot(5, 5)
    assert row["difference_in_change_lower"] == pytest.approx(15 - half)


def test_polarity_decides_the_word() -> None:
    two = two_changes(pairs({"A": 60, "B": 45}, {"A": 40, "B": 40}), ["A"], ["B"])
    words = {
        polarity: in_contrast(two, polarity)["contrast"].iat[0] for polarity in ("lower_is_better", "no_judgement")
    }
    assert words == {"lower_is_better": "worse", "no_judgement": "higher"}


def test_more_areas_are_summed_over_those_with_both_periods() -> None:
    two = two_changes(pairs({"A": 60, "B": 50, "C": 45}, {"A": 40, "C": 40, "B": 30, "D": 99}), ["A", "B"], ["C", "D"])
    assert two["numerator"].tolist() == [110, 45] and two["earlier_numerator"].tolist() == [70, 40]
    assert two[["areas_included", "areas_expected"]].to_numpy().tolist() == [[2, 2], [1, 2]]
    assert in_contrast(two, "higher_is_better")["difference_in_change"].iat[0] == pytest.approx(15)


def test_what_is_not_yet_due_says_so() -> None:
    waiting = pairs({}, {"A": 40, "B": 40, "C": 40}).assign(reason="not yet due", indicator="heard")
    for first, second in ((["A"], ["B"]), (["A", "B"], ["C"])):
        row = in_contrast(two_changes(waiting, first, second), "higher_is_better").iloc[0]
        assert (row["contrast"], row["reason"]) == ("cannot_be_calculated", "not yet due")


def test_a_place_without_a_change_has_its_own_areas_reason() -> None:
    frame = pairs({"B": 50, "C": 45}, {"A": 40, "C": 40, "B": 30})
    frame = frame.assign(reason=np.where(frame["area_code"] == "A", "not reported", None))
    two = two_changes(frame, ["A"], ["B", "C"]).set_index("area_code")
    assert two.loc["first", "reason"] == "not reported" and pd.isna(two.loc["second", "reason"])


def test_a_place_that_nobody_expects_anything_of_says_so() -> None:
    two = two_changes(pairs({"B": 50}, {"B": 30}), ["A"], ["B"])
    assert two["reason"].iat[0] == "no area of it is expected to report this indicator"


def test_changes_over_other_periods_are_not_compared() -> None:
    frame = pairs({"A": 60, "B": 45}, {"A": 40, "B": 40})
    later = frame["period_end"] + pd.DateOffset(months=3)
    two = two_changes(
        frame.assign(period_end=later.where(frame["area_code"] == "A", frame["period_end"])), ["A"], ["B"]
    )
    row = in_contrast(two, "higher_is_better").iloc[0]
    assert row["reason"] == "the two changes are not over the same periods"
    assert row["contrast"] == "cannot_be_calculated" and pd.isna(row["difference_in_change"])

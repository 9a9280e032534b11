"""Areas, and the regions and England made from their sums, on one frame."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.errors import MetricError
from metrics.places import benchmarks, every_place, well_covered
from metrics.values import evaluate

AREAS = pd.DataFrame({"area_code": ["A", "B", "A", "B"], "region_code": ["R", "R", "E", "E"]})
ROW = {
    "indicator": "a",
    "measure": "proportion",
    "multiplier": 100.0,
    "polarity": "higher_is_better",
    "period_type": "quarter",
    "resident_population": False,
    "period_start": pd.Timestamp("2026-01-01"),
    "period_end": pd.Timestamp("2026-03-31"),
    "area_code": "A",
    "counts_add_up": True,
    "numerator": 8.0,
    "denominator": 80.0,
    "value": np.nan,
    "lower": np.nan,
    "upper": np.nan,
    "note": None,
    "rates_given": True,
}


def placed(*rows: dict[str, Any]) -> pd.DataFrame:
    return every_place(evaluate(pd.DataFrame([ROW | row for row in rows])), AREAS).set_index("area_code")


def test_regions_and_england_are_sums_with_their_completeness() -> None:
    found = placed({}, {"area_code": "B", "numerator": 2.0, "denominator": 20.0})
    assert found["value"].tolist() == [10, 10, 10, 10]
    assert found.loc["R", ["numerator", "denominator", "areas_included", "areas_expected"]].tolist() == [10, 100, 2, 2]


def test_counts_that_do_not_add_up_make_no_region() -> None:
    found = placed({"counts_add_up": False})
    assert found.loc["A", "value"] == 10
    assert found.loc["E", "reason"] == "the indicator's counts do not add up across areas"


def test_a_figure_that_england_reported_itself_is_kept() -> None:
    found = placed({}, {"area_code": "E", "numerator": 30.0})
    assert found.loc["E", "numerator"] == 30 and found.index.tolist().count("E") == 1


def test_a_sum_names_the_year_of_population_only_where_its_areas_share_it() -> None:
    other = {"area_code": "B", "population_year": 2024}
    assert placed({"population_year": 2024}, other).loc["R", "population_year"] == 2024
    assert pd.isna(placed({"population_year": 2023}, other).loc["R", "population_year"])


def test_a_missing_area_is_counted_and_left_out_of_both_sums() -> None:
    found = placed({}, {"area_code": "B", "numerator": np.nan, "denominator": np.nan, "note": "x"})
    assert pd.isna(found.loc["B", "value"]) and found.loc["B", "reason"] == "not available"
    assert found.loc["E", ["numerator", "denominator", "value"]].tolist() == [8, 80, 10]
    assert found.loc["E", ["areas_included", "areas_expected"]].tolist() == [1, 2]
    assert pd.isna(found.loc["E", "reason"])


def test_a_place_of_which_nobody_reported_says_so() -> None:
    apart = pd.DataFrame({"area_code": ["A", "B"], "region_code": ["R", "S"]})
    found = every_place(evaluate(pd.DataFrame([ROW])), apart).set_index("area_code")
    assert found.loc["S", ["areas_included", "areas_expected", "reason"]].tolist() == [0, 1, "no area reported"]
    assert found.loc["S", ["value", "lower", "upper", "method"]].isna().all()


def test_a_small_area_has_no_rate_of_its_own_and_stays_in_the_sums() -> None:
    """10 + 410 events among 90,000 + 10,000 residents are 420 per 100,000."""
    rate = {"measure": "rate", "multiplier": 1e5, "resident_population": True}
    large, small = {"numerator": 10.0, "denominator": 90_000.0}, {"numerator": 410.0, "denominator": 10_000.0}
    found = placed(rate | large, rate | small | {"area_code": "B", "rates_given": False})
    assert found.loc["B", ["numerator", "reason"]].tolist() == [410, "rate not given: small resident population"]
    assert pd.isna(found.loc["B", "value"]) and found.loc["A", "value"] == pytest.approx(100 / 9)
    assert found.loc["R", "value"] == found.loc["E", "value"] == pytest.approx(420)
    assert found.loc["E", ["areas_included", "areas_expected"]].tolist() == [2, 2]


def test_a_sum_of_counts_needs_no_denominator_and_has_limits() -> None:
    count = {"measure": "count", "multiplier": 1.0, "denominator": np.nan}
    found = placed(count | {"numerator": 3.0}, count | {"area_code": "B", "numerator": 5.0})
    assert found.loc["E", ["value", "method"]].tolist() == [8, "exact"]
    # Half the χ² quantiles of 0.025 with 16 and of 0.975 with 18 degrees of freedom.
    assert found.loc["E", ["lower", "upper"]].tolist() == pytest.approx([3.453832, 15.763189])


def test_a_sum_of_means_is_their_sum_over_their_number_without_limits() -> None:
    mean = {"measure": "mean", "multiplier": 1.0, "denominator": 10.0}
    found = placed(mean | {"numerator": 30.0}, mean | {"area_code": "B", "numerator": 50.0})
    assert found.loc["E", ["value", "method"]].tolist() == [4, "sum over sum"]
    assert found.loc["E", ["lower", "upper"]].isna().all()


def test_values_reported_without_counts_make_no_sum() -> None:
    found = placed({"numerator": np.nan, "denominator": np.nan, "value": 12.0})
    assert found.loc["A", "value"] == 12
    assert found.loc["E", "reason"] == "no area reported" and pd.isna(found.loc["E", "value"])


def test_each_indicator_and_period_has_sums_of_its_own() -> None:
    later = {"period_start": pd.Timestamp("2026-04-01"), "period_end": pd.Timestamp("2026-06-30"), "numerator": 16.0}
    found = placed({}, later, {"indicator": "b", "numerator": 24.0})
    sums = found.loc["E"].set_index(["indicator", "period_end"])["value"].to_dict()
    first, second = ROW["period_end"], later["period_end"]
    assert sums == {("a", first): 10, ("a", second): 20, ("b", first): 30}


def test_areas_that_belong_to_no_larger_place_are_kept_and_not_summed() -> None:
    found = placed({}, {"area_code": "W", "numerator": 70.0})
    assert found.loc["W", "numerator"] == 70 and found.loc["E", "numerator"] == 8


def test_a_gap_in_the_years_of_population_does_not_divide_a_sum() -> None:
    """An area without an estimate is left out; the rest still make one sum, of the year that they share."""
    rate = {"measure": "rate", "multiplier": 1e5, "resident_population": True}
    gap = {"area_code": "B", "denominator": np.nan, "population_year": None}
    found = placed(rate | {"population_year": 2023}, rate | gap)
    assert found.loc["E", ["areas_included", "population_year"]].tolist() == [1, 2023]
    assert found.index.tolist() == ["A", "B", "R", "E"]


def test_the_input_is_left_as_it_was() -> None:
    frame, areas = pd.DataFrame([ROW | {"population_year": 2023}, ROW | {"area_code": "B"}]), AREAS.copy(deep=True)
    before = frame.copy(deep=True)
    every_place(frame, areas)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(areas, AREAS)


def test_nothing_gives_nothing() -> None:
    found = every_place(evaluate(pd.DataFrame([ROW]).head(0)), AREAS)
    assert found.empty and {"value", "reason", "areas_included", "areas_expected"} <= set(found)


@pytest.mark.parametrize("name", ["indicator", "period_type", "area_code", "counts_add_up", "value"])
def test_a_column_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(MetricError, match=f"The column '{name}' is missing"):
        every_place(evaluate(pd.DataFrame([ROW])).drop(columns=name), AREAS)


def test_a_sum_of_few_areas_is_not_well_covered_and_a_figure_of_its_own_always_is() -> None:
    frame = pd.DataFrame(
        {"indicator": "a", "area_code": ["E", "E", "E", "N"], "areas_included": [39.0, 20.0, 1.0, np.nan]}
    )
    assert well_covered(frame).tolist() == [True, True, False, True]


def test_places_are_held_against_no_figure_of_one_area_or_of_few() -> None:
    rows = [
        ("E", 39.0, 5.0),
        ("E", 20.0, 6.0),
        ("E", 19.0, 7.0),
        ("E", 38.0, np.nan),
        ("E", np.nan, 8.0),
        ("R", 9.0, 9.0),
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "areas_included", "value"]).assign(indicator="a")
    assert benchmarks(frame, "E")["value"].tolist() == [5.0, 6.0, 8.0]
    assert benchmarks(benchmarks(frame, "E"), "E")["value"].tolist() == [5.0, 6.0, 8.0]
    alone = pd.DataFrame([("E", 1.0, 5.0)], columns=["area_code", "areas_included", "value"]).assign(indicator="a")
    assert benchmarks(alone, "E").empty and len(benchmarks(alone.assign(areas_included=2), "E")) == 1
    assert benchmarks(frame.head(0), "E").empty


def test_a_count_without_a_rate_does_not_push_out_the_sum() -> None:
    areas = pd.DataFrame({"area_code": ["A", "B"], "region_code": "E"})
    counts = pd.DataFrame({"area_code": ["A", "B", "E"], "numerator": [5.0, 5.0, 11.0]})
    frame = counts.assign(
        denominator=[1000.0, 1000.0, np.nan],
        indicator="a",
        measure="rate",
        multiplier=100_000.0,
        polarity="no_judgement",
        period_type="rolling_year",
        resident_population=True,
        counts_add_up=True,
        period_start=pd.Timestamp("2024-01-01"),
        period_end=pd.Timestamp("2024-12-31"),
        value=np.nan,
        lower=np.nan,
        upper=np.nan,
        note=None,
        rates_given=True,
    )
    england = every_place(evaluate(frame), areas).set_index("area_code").loc["E"]
    assert (england["numerator"], england["value"]) == (10.0, 500.0)

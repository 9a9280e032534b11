"""Sums of areas with their completeness."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.aggregation import sums, sums_of_both_periods

AREAS = pd.DataFrame({"area_code": ["A", "B", "C", "D"], "region_code": ["R", "R", "R", "S"]})
ENGLAND = AREAS.assign(region_code="E")
COUNTS = st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 10**6)), min_size=4, max_size=4)


def frame(numerator: list[float | None], denominator: list[float | None], **more: object) -> pd.DataFrame:
    columns = {"area_code": list("ABCD")[: len(numerator)], "numerator": numerator, "denominator": denominator}
    return (
        pd.DataFrame(columns)
        .astype({"numerator": float, "denominator": float})
        .assign(**{"counts_add_up": True, **more})
    )


def row(found: pd.DataFrame, code: str) -> pd.Series:
    return found.set_index("area_code").loc[code]


@given(COUNTS)
def test_a_region_equals_the_sums_of_its_areas(counts: list[tuple[int, int]]) -> None:
    x, n = zip(*counts, strict=True)
    found = sums(frame(list(x), list(n)), AREAS)
    assert row(found, "R")[["numerator", "denominator"]].tolist() == [sum(x[:3]), sum(n[:3])]
    whole = sums(frame(list(x), list(n)), ENGLAND).iloc[0]
    assert whole[["numerator", "denominator"]].tolist() == found[["numerator", "denominator"]].sum().tolist()
    assert found["areas_included"].tolist() == found["areas_expected"].tolist() == [3, 1]


@pytest.mark.parametrize(("x", "n"), [(np.nan, 10), (5, np.nan), (-5, 10), (5, 0), (np.inf, 10)])
def test_an_area_that_cannot_be_used_is_left_out_of_both_sums_and_counted(x: float, n: float) -> None:
    region = row(sums(frame([x, 2, 3, 4], [n, 20, 30, 40]), AREAS), "R")
    assert region[["numerator", "denominator", "areas_included", "areas_expected"]].tolist() == [5, 50, 2, 3]


def test_areas_that_are_not_expected_are_left_out() -> None:
    wales = pd.concat([frame([1, 2, 3, 4], [10, 20, 30, 40]), frame([9], [9]).assign(area_code="W")])
    assert sums(wales, AREAS)["numerator"].tolist() == [6, 4]


def test_plain_counts_need_no_denominator() -> None:
    region = row(sums(frame([1, 2, 3, 4], [None] * 4), AREAS), "R")
    assert region["numerator"] == 6 and np.isnan(region["denominator"]) and pd.isna(region["reason"])


@pytest.mark.parametrize("additive", [False, None, [True, False, True, True]])
def test_counts_that_do_not_add_up_make_no_figure(additive: object) -> None:
    region = row(sums(frame([1, 2, 3, 4], [10, 20, 30, 40], counts_add_up=additive), AREAS), "R")
    assert region["reason"] == "the indicator's counts do not add up across areas"
    assert region[["numerator", "denominator"]].isna().all()


def test_an_area_given_twice_makes_no_figure() -> None:
    twice = pd.concat([frame([1, 2], [10, 20]), frame([1], [10])])
    assert row(sums(twice, AREAS), "R")["reason"] == "an area is given more than once"


def test_a_region_of_which_nobody_reported_is_still_a_row() -> None:
    region = row(sums(frame([1, 2, 3], [10, 20, 30]), AREAS), "S")
    assert region[["areas_included", "areas_expected", "reason"]].tolist() == [0, 1, "no area reported"]
    assert np.isnan(region["numerator"])


def test_sums_are_made_apart_and_missing_keys_are_kept() -> None:
    both = pd.concat([frame([1, 2, 3, 4], [9] * 4, period="p"), frame([5, 6, 7, 8], [9] * 4, period=None)])
    found = sums(both, ENGLAND, by="period")
    assert found["numerator"].tolist() == [10, 26] and found["period"].isna().tolist() == [False, True]


def test_a_change_in_a_sum_uses_the_areas_there_in_both_periods() -> None:
    both = frame([1, 2, 3, 4], [10, 20, 30, 40]).assign(
        earlier_numerator=[5.0, np.nan, 7, 8], earlier_denominator=[50.0, 60, 70, 80]
    )
    region = row(sums_of_both_periods(both, AREAS), "R")
    names = ["numerator", "denominator", "earlier_numerator", "earlier_denominator", "areas_included", "areas_expected"]
    assert region[names].tolist() == [4, 40, 12, 120, 2, 3]
    nobody = row(sums_of_both_periods(both.assign(earlier_numerator=np.nan), AREAS), "R")
    assert nobody["reason"] == "no area reported both periods"


def test_nothing_given_makes_a_row_without_a_figure_for_each_region() -> None:
    found = sums(frame([], []), AREAS)
    assert found["areas_included"].tolist() == [0, 0] and (found["reason"] == "no area reported").all()
    assert sums(frame([], [], period=[]), AREAS, by="period").empty

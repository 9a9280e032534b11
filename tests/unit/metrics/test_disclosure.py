"""Small numbers: hidden, rounded, and not to be worked out from a table with its totals."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.disclosure import HIDDEN, protect
from metrics.errors import MetricError
from metrics.proportions import wilson
from metrics.rates import byar

SMALL = st.integers(0, 12) | st.integers(0, 60)
# Nine areas in three regions, of which one has a single area, in one country.
PARENTS = {
    "A": "R",
    "B": "R",
    "C": "R",
    "D": "R",
    "F": "S",
    "G": "S",
    "H": "S",
    "I": "S",
    "J": "T",
    "R": "E",
    "S": "E",
    "T": "E",
}
AREAS = list("ABCDFGHIJ")


def table(counts: dict[str, float], **more: Any) -> pd.DataFrame:
    """Areas with the totals of their regions and of the country."""
    whole = dict(counts)
    for code in [*AREAS, "R", "S", "T"]:
        whole[PARENTS[code]] = whole.get(PARENTS[code], 0) + whole.get(code, 0)
    rows = {
        "area_code": list(whole),
        "parent_code": [PARENTS.get(code) for code in whole],
        "numerator": list(whole.values()),
    }
    return pd.DataFrame(rows).astype({"numerator": float}).assign(**plain(more))


def plain(more: dict[str, Any]) -> dict[str, Any]:
    return {"disclosure": "threshold_7", "measure": "count", "multiplier": 1.0, "denominator": np.nan} | more


def parts_of(frame: pd.DataFrame) -> list[tuple[int, list[int]]]:
    """Each total's row with the rows that add up to it."""
    names = [name for name in ("area_code", "breakdown", "parent_code") if name in frame]
    rows = frame[names].astype("str").fillna("").reset_index(drop=True)
    keys = names[:-1]
    place = {tuple(row): number for number, row in enumerate(rows[keys].itertuples(index=False))}
    found: dict[tuple[str, int], list[int]] = {}
    for number, row in enumerate(rows.itertuples()):
        rest = (row.breakdown,) if "breakdown" in rows else ()
        above = [("area", (row.parent_code, *rest))] if row.parent_code else []
        above += [("part", (row.area_code, ""))] if rest and row.breakdown else []
        for kind, key in above:
            found.setdefault((kind, place[key]), []).append(number)
    return [(total, parts) for (_, total), parts in found.items()]


def worked_out(exact: pd.DataFrame, shown: pd.DataFrame) -> list[int]:
    """Hidden rows whose count an attacker with a linear program can tell.

    The attacker knows the rule: what is shown was rounded to 5 and is zero or above 7, what is hidden is at least 1.
    """
    hidden, values = shown["hidden"].to_numpy(), shown["numerator"].to_numpy()
    bounds = [
        (1, None) if secret else (0, 0) if value == 0 else (max(value - 2, 8), value + 2)
        for secret, value in zip(hidden, values, strict=True)
    ]
    sums = []
    for total, parts in parts_of(exact):
        line = np.zeros(len(exact))
        line[parts], line[total] = 1, -1
        sums.append(line)
    told = []
    for row in np.flatnonzero(hidden):
        goal = np.eye(len(exact))[row]
        ends = [linprog(way * goal, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=bounds) for way in (1, -1)]
        low, high = ends[0].fun, np.inf if ends[1].status == 3 else -ends[1].fun
        told += [int(row)] if high - low < 1 - 1e-6 else []
    return told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SMALL, min_size=9, max_size=9))
def test_nothing_hidden_can_be_worked_out_from_areas_regions_and_country(counts: list[int]) -> None:
    exact = table(dict(zip(AREAS, counts, strict=True)))
    shown = protect(exact, by=())
    assert worked_out(exact, shown) == []
    small = exact["numerator"].between(1, 7)
    assert shown.loc[small, "hidden"].all()
    assert (shown.loc[~shown["hidden"], "numerator"] % 5 == 0).all()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(SMALL, min_size=4, max_size=4), min_size=2, max_size=3))
def test_nothing_hidden_can_be_worked_out_from_a_breakdown_by_area(counts: list[list[int]]) -> None:
    parts = pd.DataFrame(counts, columns=list("ABCD")).assign(breakdown=[f"b{row}" for row in range(len(counts))])
    long = parts.melt("breakdown", var_name="area_code", value_name="numerator").assign(parent_code="R")
    regions = long.groupby("breakdown", as_index=False)["numerator"].sum().assign(area_code="R")
    cells = pd.concat([long, regions])
    totals = cells.groupby(["area_code", "parent_code"], as_index=False, dropna=False)["numerator"].sum()
    exact = pd.concat([cells, totals], ignore_index=True)
    exact = exact.assign(breakdown_type=exact["breakdown"].notna().map({True: "age", False: None}), **plain({}))
    shown = protect(exact, by=())
    assert worked_out(exact, shown) == []


def test_a_single_small_count_takes_the_smallest_other_with_it() -> None:
    exact = pd.DataFrame(
        {"area_code": list("ERST"), "parent_code": [None, "E", "E", "E"], "numerator": [47.0, 4, 30, 13]}
    )
    shown = protect(exact.assign(**plain({})), by=())
    assert shown["hidden"].tolist() == [False, True, False, True]
    assert shown["numerator"].fillna(-1).tolist() == [45, -1, 30, -1]
    assert shown["reason"].tolist()[1] == shown["reason"].tolist()[3] == HIDDEN


def test_rounding_that_would_give_two_ones_away_hides_more() -> None:
    # Rounded to 40 and 5 times 10, the total leaves the two hidden counts nothing but one each.
    counts = [42.0, 8, 8, 8, 8, 8, 1, 1]
    exact = pd.DataFrame({"area_code": list("EABCDFGH"), "parent_code": [None, *"EEEEEEE"], "numerator": counts})
    assert protect(exact.assign(**plain({})), by=())["hidden"].sum() > 2


def test_a_total_with_one_part_is_hidden_with_it() -> None:
    exact = pd.DataFrame({"area_code": list("ETJ"), "parent_code": [None, "E", "T"], "numerator": [9.0, 9, 9]})
    exact = exact.assign(**plain({}), hidden_before=[False, False, True])
    assert protect(exact, by=())["hidden"].tolist() == [True, True, True]


def test_what_an_earlier_version_hid_stays_hidden() -> None:
    exact = table(dict.fromkeys(AREAS, 50.0)).assign(hidden_before=lambda rows: rows["area_code"] == "B")
    shown = protect(exact, by=()).set_index("area_code")
    assert shown.loc["B", "hidden"] and shown["hidden"].sum() >= 2


def test_published_figures_stay_as_they_are() -> None:
    exact = table(dict.fromkeys(AREAS, 3.0), disclosure="already_published", value=3.0, lower=1.0, upper=8.0)
    shown = protect(exact.assign(hidden_before=True), by=())
    pd.testing.assert_frame_equal(shown[exact.columns], exact.assign(hidden_before=True)[exact.columns])
    assert not shown["hidden"].any()


def test_a_hidden_row_loses_every_figure_and_word() -> None:
    words = {"change": "improved", "comparison": "better", "status": "achieved", "difference": 5.0, "method": "exact"}
    exact = pd.DataFrame({"area_code": ["A"], "numerator": [3.0], "area_name": ["Avon"], "reason": [None]})
    shown = protect(exact.assign(**plain(words)), by=()).iloc[0]
    assert shown[["numerator", "denominator", "value", "lower", "upper", *words]].isna().all()
    assert shown[["area_name", "reason", "hidden"]].tolist() == ["Avon", HIDDEN, True]


def test_zero_and_missing_stay_and_hide_nothing() -> None:
    exact = pd.DataFrame({"area_code": list("EAB"), "parent_code": [None, "E", "E"], "numerator": [20.0, 0, np.nan]})
    shown = protect(exact.assign(**plain({"reason": ["", "", "not reported"]})), by=())
    assert shown["numerator"].fillna(-1).tolist() == [20, 0, -1]
    assert shown["reason"].tolist() == ["", "", "not reported"]


def test_values_and_limits_are_made_from_the_rounded_counts() -> None:
    proportion = plain(
        {"measure": "proportion", "multiplier": 100.0, "numerator": [12.0, 9.0], "denominator": [43.0, 9.0]}
    )
    shown = protect(pd.DataFrame({"area_code": ["A", "B"]}).assign(**proportion), by=())
    expected = wilson(pd.DataFrame({"numerator": [10.0, 10], "denominator": [45.0, 10]}))
    names = ["numerator", "denominator", "value", "lower", "upper"]
    pd.testing.assert_frame_equal(shown[names], expected[names])


def test_the_population_of_a_rate_is_public_and_its_method_follows_the_count() -> None:
    rate = plain(
        {"measure": "rate", "multiplier": 1e5, "numerator": [9.0, 0.0], "denominator": 12345.0, "method": "exact"}
    )
    shown = protect(pd.DataFrame({"area_code": ["A", "B"]}).assign(**rate), by=())
    expected = byar(pd.DataFrame({"numerator": [10.0, 0], "denominator": [12345.0] * 2}))
    assert shown["denominator"].tolist() == [12345, 12345]
    assert shown["method"].tolist() == ["byar", "exact"]
    np.testing.assert_allclose(shown[["value", "lower", "upper"]], expected[["value", "lower", "upper"]])


def test_few_people_behind_a_proportion_hide_it() -> None:
    proportion = plain(
        {"measure": "proportion", "multiplier": 100.0, "numerator": [0.0, 0.0], "denominator": [5.0, 50.0]}
    )
    assert protect(pd.DataFrame({"area_code": ["A", "B"]}).assign(**proportion), by=())["hidden"].tolist() == [
        True,
        False,
    ]


def test_a_mean_keeps_its_value_and_its_sum_follows_from_the_rounded_people() -> None:
    mean = plain({"measure": "mean", "numerator": [26.0, 3.0], "denominator": [13.0, 3.0], "value": [2.0, 1.0]})
    shown = protect(pd.DataFrame({"area_code": ["A", "B"]}).assign(**mean), by=())
    assert shown.loc[0, ["numerator", "denominator", "value"]].tolist() == [30, 15, 2]
    assert shown["hidden"].tolist() == [False, True]


def test_an_index_has_no_count_to_hide() -> None:
    index = plain({"measure": "index", "numerator": np.nan, "value": 3.0})
    shown = protect(pd.DataFrame({"area_code": ["A"]}).assign(**index), by=())
    assert shown[["value", "hidden"]].iloc[0].tolist() == [3, False]


def test_counts_that_break_their_rule_have_no_value() -> None:
    broken = plain({"measure": "proportion", "multiplier": 100.0, "numerator": [90.0], "denominator": [50.0]})
    assert protect(pd.DataFrame({"area_code": ["A"]}).assign(**broken), by=())["value"].isna().all()


def test_tables_are_looked_at_apart() -> None:
    one = table(dict.fromkeys(AREAS, 50.0)).assign(period_end="2025-03-31")
    two = table(dict.fromkeys(AREAS, 50.0) | {"A": 3.0}).assign(period_end="2026-03-31")
    shown = protect(pd.concat([one, two]).assign(indicator="a"))
    assert shown.groupby("period_end")["hidden"].sum().tolist() == [0, 2]


@pytest.mark.parametrize("rule", ["none", "", None, "threshold_", "threshold_seven"])
def test_the_rule_is_required(rule: str | None) -> None:
    with pytest.raises(MetricError, match="'disclosure' must hold already_published, no_people_counted or threshold_7"):
        protect(table({"A": 3.0}, disclosure=rule), by=())


def test_no_rows_need_no_protection() -> None:
    assert protect(table({"A": 3.0})[:0], by=()).empty


def test_the_input_stays_as_it_is_and_a_doubled_index_too() -> None:
    exact = table(dict.fromkeys(AREAS, 3.0), value=3.0).set_axis([1] * 13)
    copy = exact.copy(deep=True)
    assert protect(exact, by=()).index.tolist() == [1] * 13
    pd.testing.assert_frame_equal(exact, copy)

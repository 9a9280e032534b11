"""The small pieces that every method is made of."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from metrics.columns import (
    choose,
    dates,
    first_rule,
    group_codes,
    normal_quantile,
    numbers,
    series_keys,
    sign,
    totals,
    words,
)
from metrics.errors import MetricError


@pytest.mark.parametrize("values", [[1, 2], [1.0, 2.0], [Decimal(1), Decimal(2)], np.array([1, 2], dtype="int8")])
def test_numbers_of_any_kind_become_floats(values: list[object]) -> None:
    assert numbers(pd.DataFrame({"a": values}), "a").tolist() == [1, 2]


@pytest.mark.parametrize("values", [[1, None], [1, pd.NA], pd.array([1, None], dtype="Int64"), [Decimal(1), None]])
def test_missing_becomes_nan(values: list[object]) -> None:
    found = numbers(pd.DataFrame({"a": values}), "a")
    assert found[0] == 1 and np.isnan(found[1])


def test_a_column_without_any_value_is_all_missing() -> None:
    assert np.isnan(numbers(pd.DataFrame({"a": [None, None]}), "a")).all()
    assert numbers(pd.DataFrame({"a": []}), "a").size == 0


@pytest.mark.parametrize("values", [["1", "2"], [1, "2"], [date(2026, 1, 1)], pd.to_datetime(["2026-01-01"]), [[1]]])
def test_what_is_no_number_is_refused(values: list[object]) -> None:
    with pytest.raises(MetricError, match="The column 'a' must hold numbers."):
        numbers(pd.DataFrame({"a": values}), "a")


@pytest.mark.parametrize(
    "day", ["2026-01-31", date(2026, 1, 31), pd.Timestamp("2026-01-31 13:00"), np.datetime64("2026-01-31")]
)
def test_days_are_read_from_dates_and_iso_text(day: object) -> None:
    assert dates(pd.DataFrame({"a": [day, None]}), "a").astype(str).tolist() == ["2026-01-31", "NaT"]


@pytest.mark.parametrize(
    "values", [[2026], ["31/01/2026"], ["now"], ["2026-13-01"], [20260131.0], [date(2026, 1, 1), "now"]]
)
def test_what_is_no_day_is_refused(values: list[object]) -> None:
    with pytest.raises(MetricError, match="The column 'a' must hold dates."):
        dates(pd.DataFrame({"a": values}), "a")


def test_the_first_rule_broken_is_named() -> None:
    rules = [(np.array([False, True, False]), "first"), (np.array([True, True, False]), "second")]
    assert pd.Series(first_rule(rules, 3)).fillna("").tolist() == ["second", "first", ""]


def test_groups_are_numbered_in_order_of_appearance_with_missing_keys_kept() -> None:
    frame = pd.DataFrame({"a": ["x", None, "x", "y"]})
    codes, groups = group_codes(frame, ["a"])
    assert codes.tolist() == [0, 1, 0, 2] and groups == 3
    assert series_keys(frame, ["a"], groups)["a"].fillna("").tolist() == ["x", "", "y"]
    assert totals(np.array([1.0, 2, np.nan, 4]), codes, groups).tolist() == [1, 2, 4]


def test_no_rows_make_no_group() -> None:
    assert group_codes(pd.DataFrame({"a": []}), ["a"])[1] == 0
    assert group_codes(pd.DataFrame({"a": []}), [])[1] == 0


def test_the_normal_quantile_is_two_sided() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)


def test_words_outside_the_list_are_refused() -> None:
    with pytest.raises(MetricError, match="The column 'a' must hold x or y; it holds 'z'."):
        words(pd.DataFrame({"a": ["x", "z"]}), "a", ["x", "y"])
    with pytest.raises(MetricError, match="The argument 'kind' must be x or y; it is 'z'."):
        choose("z", ["x", "y"], "kind")


def test_a_polarity_has_a_sign() -> None:
    assert [sign(word) for word in ("higher_is_better", "lower_is_better", "no_judgement")] == [1, -1, 0]


def test_days_of_several_kinds_may_stand_in_one_column() -> None:
    mixed = [date(2026, 1, 31), pd.Timestamp("2026-01-31"), "2026-01-31", None]
    assert dates(pd.DataFrame({"a": pd.Series(mixed, dtype=object)}), "a").astype(str).tolist() == [
        "2026-01-31"
    ] * 3 + ["NaT"]


def test_a_column_of_days_may_be_missing_altogether() -> None:
    for values in ([None], [np.nan], [pd.NaT], []):
        assert np.isnat(dates(pd.DataFrame({"a": values}), "a")).all()

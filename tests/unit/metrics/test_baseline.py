"""Change since the baseline of July 2025."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics.baseline import (
    NO_BASELINE,
    NO_LATER_FIGURE,
    NOT_REPORTED,
    NOT_YET_DUE,
    change_of_sums,
    change_since,
)
from metrics.errors import MetricError
from metrics.values import NO_ESTIMATE, SMALL_POPULATION, evaluate

SETTINGS = {
    "indicator": "a",
    "measure": "proportion",
    "multiplier": 100.0,
    "polarity": "higher_is_better",
    "resident_population": False,
}
QUARTERS = {
    "before": ("2025-04-01", "2025-06-30"),
    "across": ("2025-07-01", "2025-09-30"),
    "after": ("2025-10-01", "2025-12-31"),
    "one odd month": ("2025-07-01", "2025-07-31"),
    "odd quarter": ("2025-05-01", "2025-07-31"),
}
EMPTY = {"value": np.nan, "lower": np.nan, "upper": np.nan, "note": None, "rates_given": True}


def held(*rows: tuple[str, str, float]) -> pd.DataFrame:
    facts = [
        {
            "area_code": area,
            "period_start": QUARTERS[quarter][0],
            "period_end": QUARTERS[quarter][1],
            "numerator": count,
        }
        for area, quarter, count in rows
    ]
    columns = ["area_code", "period_start", "period_end", "numerator"]
    frame = (
        pd.DataFrame(facts, columns=columns).astype({"numerator": float}).assign(denominator=500.0, **SETTINGS, **EMPTY)
    )
    return evaluate(frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}))


def changed(
    *rows: tuple[str, str, float],
    as_of: date = date(2026, 6, 30),
    areas: tuple[str, ...] = ("A", "B"),
    **more: Any,
) -> pd.DataFrame:
    expected = pd.DataFrame(
        {"area_code": list(areas), "due_days_after_period": 30, "counts_add_up": True, **SETTINGS, **more}
    )
    return change_since(held(*rows), expected, as_of).set_index("area_code", drop=False)


def test_the_latest_figure_is_compared_with_the_last_period_before_august_2025() -> None:
    row = changed(("A", "before", 100), ("A", "across", 150), ("A", "after", 200)).loc["A"]
    assert row[["earlier_value", "value", "change"]].tolist() == [20, 40, "improved"]
    assert pd.isna(row["reason"])


@pytest.mark.parametrize(
    ("rows", "as_of", "reason"),
    [
        ([("A", "before", 100)], date(2025, 10, 29), NOT_YET_DUE),
        ([("A", "before", 100)], date(2025, 10, 30), NO_LATER_FIGURE),
        ([("A", "after", 100), ("B", "before", 100)], date(2026, 6, 30), NO_BASELINE),
        ([("B", "before", 100), ("B", "after", 100)], date(2026, 6, 30), NOT_REPORTED),
        ([("A", "before", 100), ("A", "after", 900)], date(2026, 6, 30), "the numerator is above the denominator"),
        ([], date(2026, 6, 30), NOT_REPORTED),
    ],
)
def test_no_change_has_a_reason(rows: list[tuple[str, str, float]], as_of: date, reason: str) -> None:
    row = changed(*rows, as_of=as_of).loc["A"]
    assert (row["change"], row["reason"]) == ("cannot_be_calculated", reason)


def test_one_file_with_an_odd_period_moves_nobodys_baseline() -> None:
    usual = (("A", "before", 200.0), ("A", "across", 300.0), ("B", "before", 200.0), ("B", "across", 200.0))
    with_odd_month = changed(*usual, ("B", "one odd month", 90.0))
    assert with_odd_month["change"].tolist() == changed(*usual)["change"].tolist() == ["improved", "no_clear_change"]
    assert with_odd_month.loc["B", "earlier_period_end"] == pd.Timestamp("2025-06-30")


def test_a_period_that_few_areas_report_is_nobodys_baseline() -> None:
    areas = ["A", "B", "C", "D", "E"]
    usual = [(area, quarter, 200.0) for area in areas for quarter in ("before", "across")]
    assert changed(*usual, ("B", "odd quarter", 90.0)).loc["A", "earlier_period_end"] == pd.Timestamp("2025-06-30")


def test_an_area_that_reports_ahead_does_not_stand_alone_for_england() -> None:
    rows = [(area, quarter, 200.0) for area in ("A", "B") for quarter in ("before", "across")]
    frame = changed(*rows, *[("C", quarter, 200.0) for quarter in ("before", "across", "after")], areas=("A", "B", "C"))
    england = change_of_sums(
        frame.reset_index(drop=True), pd.DataFrame({"area_code": ["A", "B", "C"], "region_code": "E"})
    )
    assert england[["areas_included", "period_end"]].to_numpy().tolist() == [[2, pd.Timestamp("2025-09-30")]]


def test_a_sum_changes_over_the_areas_that_have_both_periods() -> None:
    areas = pd.DataFrame({"area_code": ["A", "B"], "region_code": "R"})
    pairs = changed(("A", "before", 100), ("A", "after", 200), ("B", "after", 300)).reset_index(drop=True)
    row = change_of_sums(pairs, areas).iloc[0]
    names = ["earlier_value", "value", "areas_included", "areas_expected", "change"]
    assert row[names].tolist() == [20, 40, 1, 2, "improved"]


def test_a_sum_that_may_not_be_made_says_so() -> None:
    areas = pd.DataFrame({"area_code": ["A", "B"], "region_code": "R"})
    pairs = changed(("A", "before", 100), ("A", "after", 200), counts_add_up=False).reset_index(drop=True)
    row = change_of_sums(pairs, areas).iloc[0]
    assert row["reason"] == "the indicator's counts do not add up across areas"


# 100 of 500 is 20 % (16.73 to 23.73), 200 of 500 is 40 % (35.80 to 44.36), by Wilson. MOVER: the lower limit is
# 20 − √((40 − 35.80)² + (23.73 − 20)²), the upper 20 + √((44.36 − 40)² + (20 − 16.73)²).
def test_the_limits_of_a_change_are_those_worked_out_by_hand() -> None:
    row = changed(("A", "before", 100), ("A", "after", 200)).loc["A"]
    assert row[["lower", "upper"]].tolist() == pytest.approx([35.79790, 44.35459], abs=1e-5)
    assert row[["earlier_lower", "earlier_upper"]].tolist() == pytest.approx([16.72855, 23.72891], abs=1e-5)
    names = ["difference", "difference_lower", "difference_upper"]
    assert row[names].tolist() == pytest.approx([20, 14.38196, 25.44654], abs=1e-5)


@pytest.mark.parametrize(
    ("polarity", "rise", "fall"),
    [
        ("higher_is_better", "improved", "worsened"),
        ("lower_is_better", "worsened", "improved"),
        ("no_judgement", "higher", "lower"),
    ],
)
def test_the_word_follows_the_polarity_of_the_pair(polarity: str, rise: str, fall: str) -> None:
    rows = [("A", "before", 100), ("A", "after", 200), ("B", "before", 200), ("B", "after", 100)]
    assert changed(*rows, polarity=polarity)["change"].tolist() == [rise, fall]
    assert changed(("A", "before", 100), ("A", "after", 101), polarity=polarity).loc["A", "change"] == "no_clear_change"


def period(start: str, end: str, area: str = "A", **more: Any) -> dict[str, Any]:
    """A fact of one area, in a period of any length."""
    dates = {"period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end)}
    return SETTINGS | EMPTY | dates | {"area_code": area, "numerator": 100.0, "denominator": 500.0} | more


def pairs(*areas: str, due: int = 30, **more: Any) -> pd.DataFrame:
    return pd.DataFrame([SETTINGS | {"area_code": area, "due_days_after_period": due} | more for area in areas])


def since(*rows: dict[str, Any], as_of: date = date(2026, 6, 30), **more: Any) -> pd.Series:
    """The change of area A over these facts."""
    return change_since(evaluate(pd.DataFrame(rows)), pairs("A", **more), as_of).iloc[0]


@pytest.mark.parametrize(
    ("ends", "baseline"),
    [
        (["2025-05-31", "2025-06-30", "2025-07-31"], "2025-07-31"),
        (["2025-06-30", "2025-07-31", "2025-08-01"], "2025-07-31"),
        (["2024-03-31", "2025-03-31", "2026-03-31"], "2025-03-31"),
    ],
)
def test_the_baseline_is_the_last_period_that_ends_by_the_end_of_july_2025(ends: list[str], baseline: str) -> None:
    first_days = [(pd.Timestamp(end) - pd.Timedelta(days=27)).isoformat() for end in ends]
    row = since(*(period(start, end) for start, end in zip(first_days, ends, strict=True)))
    assert row["earlier_period_end"] == pd.Timestamp(baseline)


def test_another_day_for_the_baseline_may_be_given() -> None:
    years = {2023: 100.0, 2024: 300.0, 2025: 200.0}
    frame = evaluate(
        pd.DataFrame([period(f"{year}-01-01", f"{year}-12-31", numerator=count) for year, count in years.items()])
    )
    found = [change_since(frame, pairs("A"), date(2026, 6, 30), *day).iloc[0] for day in ([], [date(2024, 12, 30)])]
    assert [(row["earlier_value"], row["value"], row["change"]) for row in found] == [
        (60, 40, "worsened"),
        (20, 40, "improved"),
    ]


def test_a_period_that_began_before_the_baseline_ended_is_not_compared_with_it() -> None:
    """Rolling years: July 2024 to June 2025 is the baseline; the year to June 2026 is the first to compare."""
    base, overlapping = period("2024-07-01", "2025-06-30"), period("2025-01-01", "2025-12-31", numerator=200.0)
    assert since(base, overlapping, as_of=date(2026, 10, 31))["reason"] == NO_LATER_FIGURE
    later = period("2025-07-01", "2026-06-30", numerator=300.0)
    assert since(base, overlapping, later, as_of=date(2026, 10, 31))[["value", "change"]].tolist() == [60, "improved"]


@pytest.mark.parametrize(
    ("start", "end", "first_end"),
    [
        ("2025-07-01", "2025-07-31", "2025-08-31"),
        ("2025-06-01", "2025-06-30", "2025-07-31"),
        ("2025-04-01", "2025-06-30", "2025-09-30"),
        ("2024-01-01", "2024-12-31", "2025-12-31"),
        ("2024-04-01", "2025-03-31", "2026-03-31"),
        ("2024-07-01", "2025-06-30", "2026-06-30"),
    ],
)
def test_the_first_figure_is_due_some_days_after_the_next_period_has_ended(
    start: str, end: str, first_end: str
) -> None:
    due = (pd.Timestamp(first_end) + pd.Timedelta(days=45)).date()
    day_before = (pd.Timestamp(due) - pd.Timedelta(days=1)).date()
    assert since(period(start, end), as_of=day_before, due=45)["reason"] == NOT_YET_DUE
    assert since(period(start, end), as_of=due, due=45)["reason"] == NO_LATER_FIGURE


def test_before_one_is_due_an_area_that_sent_nothing_is_not_late_either() -> None:
    frame = evaluate(pd.DataFrame([period("2025-04-01", "2025-06-30", "B")]))
    reasons = [change_since(frame, pairs("A"), day).iloc[0]["reason"] for day in (date(2025, 8, 1), date(2026, 1, 1))]
    assert reasons == [NOT_YET_DUE, NOT_REPORTED]


def test_figures_that_begin_after_the_baseline_day_are_shown_without_a_change() -> None:
    row = since(period("2025-10-01", "2025-12-31"), period("2026-01-01", "2026-03-31", numerator=200.0))
    assert (row["value"], row["change"], row["reason"]) == (40, "cannot_be_calculated", NO_BASELINE)
    assert pd.isna(row["earlier_value"]) and pd.isna(row["difference"])


def test_a_later_period_without_a_number_does_not_hide_the_one_before() -> None:
    base, known = period("2025-04-01", "2025-06-30"), period("2025-10-01", "2025-12-31", numerator=200.0)
    left_out = period("2026-01-01", "2026-03-31", numerator=np.nan, denominator=np.nan, note="c")
    row = since(base, left_out, known)
    assert (row["value"], row["period_end"]) == (40, pd.Timestamp("2025-12-31"))
    assert since(base, left_out)["reason"] == NO_LATER_FIGURE


@pytest.mark.parametrize(
    ("more", "reason"), [({"rates_given": False}, SMALL_POPULATION), ({"denominator": np.nan}, NO_ESTIMATE)]
)
def test_a_rate_that_is_not_given_keeps_its_count_and_its_reason(more: dict[str, Any], reason: str) -> None:
    rate = {"measure": "rate", "multiplier": 1e5, "resident_population": True, "polarity": "no_judgement"}
    row = since(period("2024-07-01", "2025-06-30", **rate), period("2025-07-01", "2026-06-30", **rate, **more))
    assert (row["numerator"], row["change"], row["reason"]) == (100, "cannot_be_calculated", reason)
    assert pd.isna(row["value"])


def test_means_without_limits_have_a_difference_and_no_word() -> None:
    mean = {"measure": "mean", "multiplier": 1.0, "numerator": np.nan, "denominator": np.nan}
    row = since(
        period("2025-07-01", "2025-07-31", **mean, value=3.0), period("2026-01-01", "2026-01-31", **mean, value=4.5)
    )
    assert (row["difference"], row["change"], row["reason"]) == (1.5, "cannot_be_calculated", "the limits are missing")


def test_each_indicator_has_a_baseline_of_its_own_and_each_pair_its_own_row() -> None:
    frame = evaluate(
        pd.DataFrame(
            [
                period("2025-07-01", "2025-07-31"),
                period("2025-08-01", "2025-08-31", numerator=200.0),
                period("2024-04-01", "2025-03-31", indicator="b", numerator=300.0),
                period("2025-04-01", "2026-03-31", indicator="b", numerator=400.0),
            ]
        )
    )
    expected = pd.concat([pairs("A", indicator="b"), pairs("A"), pairs("A", indicator="c")]).set_axis([7, 7, 2])
    before = frame.copy(deep=True), expected.copy(deep=True)
    found = change_since(frame, expected, date(2026, 6, 30))
    assert found.index.tolist() == [7, 7, 2] and found["indicator"].tolist() == ["b", "a", "c"]
    assert found["earlier_value"].tolist()[:2] == [60, 20] and found["value"].tolist()[:2] == [80, 40]
    assert found["reason"].tolist()[2] == NOT_REPORTED
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(expected, before[1])


def test_nothing_expected_gives_nothing() -> None:
    frame, expected = held(("A", "before", 100)), pairs("A").assign(counts_add_up=True).head(0)
    found = change_since(frame, expected, date(2026, 6, 30))
    assert found.empty and {"change", "reason", "earlier_value"} <= set(found)
    areas = pd.DataFrame({"area_code": ["A"], "region_code": ["R"]})
    assert change_of_sums(found, areas).empty


@pytest.mark.parametrize("name", ["indicator", "area_code", "period_start", "numerator", "value", "reason"])
def test_a_column_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(MetricError, match=f"The column '{name}' is missing"):
        change_since(held(("A", "before", 100)).drop(columns=name), pairs("A"), date(2026, 6, 30))


@pytest.mark.parametrize("name", ["indicator", "area_code", "polarity", "due_days_after_period"])
def test_an_expected_column_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(MetricError, match=f"The column '{name}' is missing"):
        change_since(held(("A", "before", 100)), pairs("A").drop(columns=name), date(2026, 6, 30))


BOTH = pd.DataFrame({"area_code": ["A", "B", "A", "B"], "region_code": ["R", "R", "E", "E"]})


def summed(*rows: dict[str, Any], areas: pd.DataFrame = BOTH, **more: Any) -> pd.DataFrame:
    """Change of region R and of England E over these facts of areas A and B."""
    known = {name: value for name, value in more.items() if name in SETTINGS}
    expected = pairs("A", "B", counts_add_up=True, **known)
    return change_of_sums(change_since(evaluate(pd.DataFrame(rows)), expected, date(2026, 6, 30)), areas)


def two_periods(area: str, earlier: float, later: float, **more: Any) -> list[dict[str, Any]]:
    return [
        period("2025-04-01", "2025-06-30", area, numerator=earlier, **more),
        period("2025-10-01", "2025-12-31", area, numerator=later, **more),
    ]


def test_a_sum_is_over_both_areas_for_the_region_and_for_england() -> None:
    found = summed(*two_periods("A", 100, 200), *two_periods("B", 150, 150))
    assert found["area_code"].tolist() == ["R", "E"]
    names = ["earlier_value", "value", "difference", "areas_included", "change"]
    assert found[names].values.tolist() == [[25, 35, 10, 2, "improved"]] * 2
    assert found["reason"].isna().all()
    assert found["period_end"].tolist() == [pd.Timestamp("2025-12-31")] * 2
    assert found["earlier_period_end"].tolist() == [pd.Timestamp("2025-06-30")] * 2


def test_an_area_that_is_a_period_behind_is_left_out_of_the_sum() -> None:
    ahead = period("2026-01-01", "2026-03-31", numerator=300.0)
    found = summed(*two_periods("A", 100, 200), ahead, *two_periods("B", 150, 150))
    assert found[["earlier_value", "value", "areas_included"]].values.tolist() == [[20, 60, 1]] * 2


def test_an_area_without_a_baseline_is_left_out_of_the_sum() -> None:
    found = summed(*two_periods("A", 100, 200), two_periods("B", 0, 150)[1])
    assert found[["earlier_value", "value", "areas_included"]].values.tolist() == [[20, 40, 1]] * 2


def test_a_sum_of_means_has_a_difference_and_no_word() -> None:
    mean = {"measure": "mean", "multiplier": 1.0, "denominator": 100.0}
    found = summed(*two_periods("A", 300, 400, **mean), *two_periods("B", 100, 400, **mean), **mean)
    assert found[["earlier_value", "value", "difference"]].values.tolist() == [[2, 4, 2]] * 2
    assert (found["reason"] == "the limits are missing").all()


def test_a_sum_without_populations_says_that_there_is_no_estimate() -> None:
    rate = {"measure": "rate", "multiplier": 1e5, "resident_population": True}
    (earlier, later), missing = two_periods("A", 100, 200, **rate), {"denominator": np.nan}
    assert summed(earlier, later | missing, **rate)["reason"].tolist() == [NO_ESTIMATE] * 2


def test_a_sum_of_small_areas_is_given_where_their_own_rates_are_not() -> None:
    rate = {"measure": "rate", "multiplier": 1e5, "resident_population": True, "rates_given": False}
    found = summed(*two_periods("A", 100, 200, **rate), *two_periods("B", 100, 100, **rate), **rate)
    assert found["value"].tolist() == [30_000, 30_000]


def test_no_area_with_both_periods_makes_no_sum() -> None:
    assert summed(two_periods("A", 100, 200)[0]).empty
    both = summed(*two_periods("A", 100, 200), areas=pd.DataFrame({"area_code": ["A", "B"], "region_code": ["R", "S"]}))
    assert both["reason"].isna().tolist() == [True, False]
    assert both["reason"].tolist()[1] == "no area reported both periods"


@pytest.mark.parametrize("name", ["measure", "counts_add_up", "earlier_period_end"])
def test_a_column_missing_for_the_sums_is_named(name: str) -> None:
    with pytest.raises(MetricError, match=f"The column '{name}' is missing"):
        change_of_sums(changed(("A", "before", 100)).drop(columns=name), BOTH)

"""The guard against periods that share days."""

import pandas as pd

from metrics.overlap import overlapping


def frame(*periods: tuple[str, str], **more: object) -> pd.DataFrame:
    return pd.DataFrame(periods, columns=["period_start", "period_end"]).assign(**more)


def test_years_that_follow_each_other_do_not_overlap() -> None:
    assert not overlapping(frame(("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31"))).any()


def test_one_shared_day_is_an_overlap() -> None:
    assert overlapping(frame(("2023-01-01", "2023-12-31"), ("2023-12-31", "2024-12-30"))).all()


def test_the_same_period_twice_overlaps() -> None:
    assert overlapping(frame(("2023-01-01", "2023-12-31"), ("2023-01-01", "2023-12-31"))).all()


def test_a_short_period_inside_a_long_one_overlaps_also_when_others_start_between() -> None:
    periods = frame(("2020-01-01", "2024-12-31"), ("2021-01-01", "2021-01-31"), ("2023-05-01", "2023-05-31"))
    assert overlapping(periods).all()


def test_series_are_looked_at_apart() -> None:
    periods = frame(("2023-01-01", "2023-12-31"), ("2023-07-01", "2024-06-30"), ("2023-01-01", "2023-12-31"))
    found = overlapping(periods.assign(area=["A", "A", "B"]).set_axis([5, 5, 7]), by="area")
    assert found.tolist() == [True, True, False] and found.index.tolist() == [5, 5, 7]


def test_no_periods_do_not_overlap() -> None:
    assert overlapping(frame()).empty

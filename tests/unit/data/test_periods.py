"""Periods as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import Period, label, parse


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024/25", "2024-04-01", "2025-03-31"),
        ("2024-25", "2024-04-01", "2025-03-31"),
        ("2024/2025", "2024-04-01", "2025-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2024 Q3", "2024-07-01", "2024-09-30"),
        ("Q3 2024", "2024-07-01", "2024-09-30"),
        ("2024/25 Q1", "2024-04-01", "2024-06-30"),
        ("2024/25 Q4", "2025-01-01", "2025-03-31"),
        ("2026-27 q2", "2026-07-01", "2026-09-30"),
        ("Jul-25", "2025-07-01", "2025-07-31"),
        ("July 2025", "2025-07-01", "2025-07-31"),
        ("Sept 2025", "2025-09-01", "2025-09-30"),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("Feb-24", "2024-02-01", "2024-02-29"),
        ("year ending June 2025", "2024-07-01", "2025-06-30"),
        ("YE Dec 2024", "2024-01-01", "2024-12-31"),
        ("Apr 2024 to Mar 2025", "2024-04-01", "2025-03-31"),
        ("Apr '07 to Mar '08", "2007-04-01", "2008-03-31"),
        ("July to September 2026", "2026-07-01", "2026-09-30"),
        ("2022 - 24", "2022-01-01", "2024-12-31"),
        ("2021/22 - 23/24", "2021-04-01", "2024-03-31"),
        ("2024-04-01 to 2025-03-31", "2024-04-01", "2025-03-31"),
        ("  2024/25 ", "2024-04-01", "2025-03-31"),
        ("2024–25", "2024-04-01", "2025-03-31"),
    ],
)
def test_reads_what_people_write(text, start, end):
    assert parse(text) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2024 Q5", "20245", "2024/26 Q1", "Foo-25", "13/2024", "2025-31-31 to 2025-12-31", "9999", "2024-13x"],
)
def test_refuses_what_is_no_period(text):
    assert parse(text) is None


@pytest.mark.parametrize("period_type", ["month", "quarter", "calendar_year", "financial_year", "rolling_year"])
@given(year=st.integers(1990, 2100), month=st.integers(1, 12))
def test_a_label_reads_back_as_its_period(period_type, year, month):
    months = {"month": 1, "quarter": 3}.get(period_type, 12)
    last = year * 12 + month - 1 + months
    period = Period(date(year, month, 1), date.fromordinal(date(last // 12, last % 12 + 1, 1).toordinal() - 1))
    assert parse(label(period.start, period.end, period_type)) == period


def test_labels_in_words():
    assert label(date(2024, 1, 1), date(2024, 12, 31), "rolling_year") == "year ending December 2024"
    assert label(date(2024, 4, 1), date(2025, 3, 31), "financial_year") == "2024/25"
    assert label(date(2026, 7, 1), date(2026, 9, 30), "quarter") == "July to September 2026"

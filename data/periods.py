"""Periods as people write them, and as the pages say them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LENGTHS = {"month": 1, "quarter": 3, "calendar_year": 12, "financial_year": 12, "rolling_year": 12}
EXAMPLES = "2024/25, 2024/25 Q1, 2024 Q3, 2025-07, Jul-25, year ending June 2025 or Apr 2024 to Mar 2025"


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, both ends included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Whole months covered; 0 when the span does not begin and end with a month."""
        whole = self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1 if whole else 0


def parse(text: str) -> Period | None:
    """Read a period in any of the forms that area files use; None when it is none of them.

    Financial years run from April to March. `2024-25` is a financial year, `2025-07` a month, `2022 - 24` three
    calendar years, `2021/22 - 23/24` three financial years; `Q1` after a financial year is April to June.
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().replace("–", "-").replace("—", "-")).rstrip(".")
    for pattern, build in FORMS:
        match = pattern.fullmatch(plain)
        if match:
            return _valid(build, *match.groups())
    return None


def label(start: date, end: date, period_type: str = "") -> str:
    """Say a period in words, such as `2024/25`, `July to September 2025` or `year ending June 2025`.

    `period_type` (see the catalogue) decides whether twelve months are called by their end.
    """
    months = Period(start, end).months
    if months == 1:
        return _month_label(start)
    if months == 12 and (period_type == "rolling_year" or start.month not in (1, 4)):
        return f"year ending {_month_label(end)}"
    if months and months % 12 == 0 and start.month == 4:
        return _financial_label(start, end, months // 12)
    if months and months % 12 == 0 and start.month == 1:
        return str(start.year) if months == 12 else f"{start.year} to {end.year}"
    if months and start.year == end.year:
        return f"{_month_label(start).split()[0]} to {_month_label(end)}"
    if months:
        return f"{_month_label(start)} to {_month_label(end)}"
    return f"{day(start)} to {day(end)}"


def span(first_month: int, months: int) -> Period:
    """The period of so many months from a month counted from year 0 (`year * 12 + month - 1`)."""
    last = first_month + months - 1
    year, month = last // 12, last % 12 + 1
    return Period(date(first_month // 12, first_month % 12 + 1, 1), date(year, month, monthrange(year, month)[1]))


def day(value: date) -> str:
    """A date in words, such as `31 July 2025`."""
    return f"{value.day} {_month_label(value)}"


def _valid(build: Callable[..., Period], *parts: str) -> Period | None:
    try:
        period = build(*parts)
    except (ValueError, StopIteration):
        return None
    return period if period.start <= period.end and 1900 <= period.start.year <= period.end.year <= 2200 else None


def _month_label(value: date) -> str:
    return f"{MONTHS[value.month - 1].capitalize()} {value.year}"


def _financial_label(start: date, end: date, years: int) -> str:
    first = f"{start.year}/{(start.year + 1) % 100:02d}"
    return first if years == 1 else f"{first} to {end.year - 1}/{end.year % 100:02d}"


def _span(first_year: int, first_month: int, months: int) -> Period:
    if not 1 <= first_month <= 12:
        raise ValueError("not a month")
    return span(first_year * 12 + first_month - 1, months)


def _month_number(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _two_years(first: str, second: str) -> Period:
    start, end = int(first), int(first[:2] + second) if len(second) == 2 else int(second)
    if (int(first) + 1) % 100 == int(second) % 100:
        return _span(start, 4, 12)
    if len(second) == 2 and 1 <= int(second) <= 12:
        return _span(start, int(second), 1)
    return _calendar_years(first, str(end))


def _calendar_year(year: str) -> Period:
    return _span(int(year), 1, 12)


def _calendar_years(first: str, last: str) -> Period:
    return _span(int(first), 1, (int(last) - int(first) + 1) * 12)


def _calendar_quarter(year: str, quarter: str) -> Period:
    return _span(int(year), int(quarter) * 3 - 2, 3)


def _month(name: str, year: str) -> Period:
    return _span(_year(year), _month_number(name), 1)


def _iso_days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _written_days(*parts: str) -> Period:
    """Day, month and year of the first and the last day, as a British spreadsheet writes them."""
    first, first_month, first_year, last, last_month, last_year = map(int, parts)
    return Period(date(first_year, first_month, first), date(last_year, last_month, last))


def _days(first: str, first_month: str, first_year: str, last: str, last_month: str, last_year: str) -> Period:
    start = date(int(first_year), _month_number(first_month), int(first))
    return Period(start, date(int(last_year), _month_number(last_month), int(last)))


def _financial_years(first: str, _: str, last: str, last_end: str) -> Period:
    return Period(date(_year(first), 4, 1), date(_year(last[:2] + last_end if len(last) == 4 else last_end), 3, 31))


def _financial_quarter(first: str, second: str, quarter: str) -> Period:
    if (int(first) + 1) % 100 != int(second) % 100:
        raise ValueError("not a financial year")
    return _span(int(first) + (1 if quarter == "4" else 0), (4, 7, 10, 1)[int(quarter) - 1], 3)


def _between(first_month: str, first_year: str | None, last_month: str, last_year: str) -> Period:
    end = _span(_year(last_year), _month_number(last_month), 1).end
    return Period(date(_year(first_year or last_year), _month_number(first_month), 1), end)


def _year_ending(month: str, year: str) -> Period:
    end = _span(_year(year), _month_number(month), 1)
    return Period(_span(end.start.year - 1, end.start.month, 2).end.replace(day=1), end.end)


NAME = r"([a-z]{3,9})\.?"
YEAR = r"'?(\d{4}|\d{2})"
SLASH = r" ?[/-] ?"
FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(?:calendar year )?(\d{4})"), _calendar_year),
    (re.compile(rf"(?:financial year |fy ?)?(\d{{4}}){SLASH}(\d{{4}}|\d{{2}})"), _two_years),
    (re.compile(r"(\d{4}) to (\d{4})"), _calendar_years),
    (re.compile(r"(\d{4})[/-](\d{2}) ?(?:-|to) ?(\d{4}|\d{2})[/-](\d{2})"), _financial_years),
    (re.compile(r"(\d{4}) ?-?q([1-4])"), _calendar_quarter),
    (re.compile(r"q([1-4]) (\d{4})"), lambda quarter, year: _calendar_quarter(year, quarter)),
    (re.compile(rf"(\d{{4}}){SLASH}(\d{{4}}|\d{{2}}) ?q([1-4])"), _financial_quarter),
    (
        re.compile(r"q([1-4]) (\d{4})[/-](\d{4}|\d{2})"),
        lambda quarter, first, second: _financial_quarter(first, second, quarter),
    ),
    (re.compile(rf"{NAME}[ -]?{YEAR}"), _month),
    (re.compile(r"(\d{2})/(\d{4})"), lambda month, year: _span(int(year), int(month), 1)),
    (re.compile(rf"(?:year|12 months) (?:ending|to|end) {NAME} {YEAR}"), _year_ending),
    (re.compile(rf"ye {NAME} {YEAR}"), _year_ending),
    (re.compile(rf"{NAME} ?{YEAR}? ?(?:to|-) ?{NAME} {YEAR}"), _between),
    (re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)"), _iso_days),
    (re.compile(r"(\d\d?)/(\d\d?)/(\d{4}) to (\d\d?)/(\d\d?)/(\d{4})"), _written_days),
    (re.compile(rf"(\d{{1,2}}) {NAME} (\d{{4}}) to (\d{{1,2}}) {NAME} (\d{{4}})"), _days),
)

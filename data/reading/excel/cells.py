"""What a cell of a workbook says, as a person reads it: a workbook stores dates and percentages as mere numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from data.periods import MONTHS

DIGITS = 15
"""So many significant digits a spreadsheet shows; what it stores beyond them is noise of the arithmetic."""
LONGEST_NUMBER = 21
DAY_SECONDS = 86_400
FIRST_DAY_AFTER = 2_958_466
"""The number of the day after 31 December 9999, the last one that a workbook can hold."""
BETWEEN_EPOCHS = 1462
"""Days from the first day of a workbook to that of one whose days count from 1904."""
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
"""The number formats that files name by number only, those that make a number something else."""

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")
LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
ELAPSED = re.compile(r"\[(h+|m+|s+)\]")


def text_of(stored: str) -> str:
    """A text as it reads: characters that XML cannot hold are stored as `_x000D_`; control characters are left out."""
    if "_x" in stored:
        stored = ESCAPED.sub(lambda match: chr(int(match[1], 16)), stored)
        if SURROGATE.search(stored):
            stored = stored.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return CONTROL.sub("", stored.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(maxsize=100_000)
def number_text(stored: str, code: str, whole_day: bool = False, from_1904: bool = False) -> str:
    """A number as its format `code` says: `1204`, `54%`, `2025-07-01`, `2025-07`, `13:30` or `007`.

    `whole_day` asks for the day even where only month and year are shown. `from_1904`: days count from 1904.
    """
    try:
        number = float(stored)
    except ValueError:
        return stored
    return _formatted(number, kind_of(code), whole_day, from_1904) if isfinite(number) else stored


def iso_text(stored: str, code: str, whole_day: bool = False) -> str:
    """A date stored in words, such as `2025-07-01T00:00:00`, as its format says; a time stays as it is."""
    try:
        day = date.fromisoformat(stored[:10])
    except ValueError:
        return stored
    kind = kind_of(code)
    return _dated(day, kind if kind in ("month", "year") else "day", whole_day)


def plain(number: float) -> str:
    """A number in digits, without a false `.0` and without noise: 0.1 + 0.2 is `0.3`."""
    text = format(number, f".{DIGITS}g")
    digits = format(Decimal(text), "f")
    return ("0" if number == 0 else digits) if len(digits) <= LONGEST_NUMBER else text


@lru_cache(maxsize=10_000)
def kind_of(code: str) -> str:
    """What a format makes of a number: number, percent, percent sign, elapsed, time, moment, day, month or year.

    A format of zeros alone gives how many digits are shown at least, as digits.
    """
    first = code.split(";")[0]
    bare = re.sub(r"\[[^\]]*\]", "", LITERAL.sub("", first)).lower()
    if "%" in bare:
        return "percent"
    if any("%" in "".join(words) for words in LITERAL.findall(first)):
        return "percent sign"
    if ELAPSED.search(first.lower()):
        return "elapsed"
    if re.fullmatch("0{2,}", bare):
        return str(len(bare))
    return "number" if "general" in bare else _kind_of_date(bare.replace("am/pm", "").replace("a/p", ""))


def _formatted(number: float, kind: str, whole_day: bool, from_1904: bool) -> str:
    if kind == "percent":
        return f"{_shifted(number)}%"
    if kind == "percent sign":
        return f"{plain(number)}%"
    if kind.isdigit():
        return plain(number).zfill(int(kind)) if number >= 0 else plain(number)
    first = 0 if kind in ("time", "elapsed") else 1
    if kind == "number" or not first <= number < FIRST_DAY_AFTER:
        return plain(number)
    return _moment(number, kind, whole_day, from_1904)


def _kind_of_date(bare: str) -> str:
    timed, dated = bool({"h", "s"} & set(bare)), bool({"d", "y"} & set(bare))
    if timed:
        return "moment" if dated else "time"
    if not dated and "m" not in bare:
        return "number"
    if "y" in bare and "d" not in bare:
        return "month" if "m" in bare else "year"
    return "day"


def _moment(number: float, kind: str, whole_day: bool, from_1904: bool) -> str:
    seconds = round(number * DAY_SECONDS)
    if kind == "elapsed":
        return _clock(seconds)
    if kind == "time":
        return _clock(seconds % DAY_SECONDS)
    days, rest = divmod(seconds, DAY_SECONDS)
    day = _day(days, from_1904)
    if kind == "moment" and rest:
        return f"{day.isoformat()} {_clock(rest)}"
    return _dated(day, kind, whole_day)


def _day(days: int, from_1904: bool) -> date:
    """The day with this number; counted from 1900, the numbers hold a 29 February 1900 that never was."""
    days = min(days + (BETWEEN_EPOCHS if from_1904 else 0), FIRST_DAY_AFTER - 1)
    return date(1899, 12, 30) + timedelta(days=days + (1 if days < 60 else 0))


def _dated(day: date, kind: str, whole_day: bool) -> str:
    if whole_day or kind not in ("month", "year"):
        return day.isoformat()
    if kind == "year":
        return str(day.year)
    if (day.year + 1) % 100 == day.month:
        # 2010-11 would read as the financial year 2010/11.
        return f"{MONTHS[day.month - 1].capitalize()} {day.year}"
    return f"{day.year}-{day.month:02d}"


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    text = f"{hours}:{rest // 60:02d}"
    return text if rest % 60 == 0 else f"{text}:{rest % 60:02d}"


def _shifted(number: float) -> str:
    """A hundred times the number, exactly as its digits say."""
    return format((Decimal(plain(number)) * 100).normalize(), "f")

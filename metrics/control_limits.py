"""Many series sorted into one line of points, and the XmR limits of each calculation on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.columns import DAY, Bools, Codes, Floats, check_above_zero, dates, group_codes, has, numbers, read_dates
from metrics.errors import MetricError

Value = TypeVar("Value", bound=np.generic)
LIMIT = 2.66
SCREEN = 3.267
NOT_A_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Chart:
    """Points sorted by series and period; ``rows`` says where each stands in the frame.

    A segment is one calculation of one series. ``joined`` points follow the one before them without a break.
    """

    rows: Codes
    y: Floats
    joined: Bools
    segment: Codes
    calculation: Codes
    undated: Bools
    overlapping: Bools

    def restore(self, values: NDArray[Value]) -> NDArray[Value]:
        """Values of the sorted points, in the order of the frame."""
        found = np.empty_like(values)
        found[self.rows] = values
        return found


def arrange(frame: pd.DataFrame, by: list[str], rebase: Sequence[str | date]) -> Chart:
    """Sort the points of all series, and find what follows what."""
    codes, series = group_codes(frame, by)
    y, end = numbers(frame, "value"), dates(frame, "period_end")
    start = dates(frame, "period_start") if has(frame, "period_start") else np.full(len(frame), NOT_A_DAY)
    rows = np.lexsort((end, codes))
    y, end, start, codes = y[rows], end[rows], start[rows], codes[rows]
    before = np.concatenate([[NOT_A_DAY], end])[: len(rows)]
    calculation = np.searchsorted(rebase_days(rebase), end, side="right")
    same = np.diff(codes, prepend=-1) == 0
    together = same & (np.diff(calculation, prepend=-1) == 0)
    shared = same & ((end == before) | (start <= before))
    return Chart(
        rows,
        np.where(np.isfinite(y), y, np.nan),
        together & ~(start - before > DAY),
        np.cumsum(~together) - 1,
        calculation,
        in_series(np.isnat(end), codes, series),
        in_series(shared, codes, series),
    )


def rebase_days(rebase: Sequence[str | date]) -> "NDArray[np.datetime64]":
    """The dates at which new calculations start, sorted."""
    if isinstance(rebase, str):
        raise MetricError("The argument 'rebase' must be a list of dates, not one text.")
    return np.sort(read_dates(pd.Series(list(rebase), dtype=object), "rebase"))


def in_series(found: Bools, codes: Codes, series: int) -> Bools:
    """For each point, whether any point of its series was found."""
    return np.asarray((np.bincount(codes, found, series) > 0)[codes])


def limits(chart: Chart, screen: bool, fix_after: int | None) -> tuple[Floats, Floats, Floats]:
    """Centre, lower and upper limit of each point's calculation."""
    y, segment = chart.y, chart.segment
    if fix_after is not None:
        check_above_zero(fix_after, "fix_after")
        y = np.where(place_in(segment) < fix_after, y, np.nan)
    centre = averages(y, segment)
    ranges = moving_ranges(y, chart.joined)
    average = averages(ranges, segment)
    if screen:
        average = averages(np.where(ranges < SCREEN * average[segment], ranges, np.nan), segment)
    centre, half = centre[segment], LIMIT * average[segment]
    return centre, centre - half, centre + half


def moving_ranges(y: Floats, joined: Bools) -> Floats:
    """How far each value is from the one before it, missing where none is."""
    return np.where(joined, np.abs(np.diff(y, prepend=np.nan)), np.nan)


def averages(values: Floats, segment: Codes) -> Floats:
    """Each segment's mean without missing values, NaN where it has none.

    The mean of what is left over is added, so that equal values have exactly their value as mean.
    """
    known = ~np.isnan(values)
    count = np.bincount(segment, known)
    with np.errstate(invalid="ignore"):
        first = np.bincount(segment, np.where(known, values, 0.0)) / count
        rest = np.bincount(segment, np.where(known, values - first[segment], 0.0)) / count
    return np.asarray(first + rest)


def place_in(segment: Codes) -> Codes:
    """Each point's place in its segment, from 0."""
    begins = np.flatnonzero(np.diff(segment, prepend=-1))
    return np.arange(len(segment)) - begins[segment]


def points_in(chart: Chart) -> Codes:
    """How many values each point's calculation has."""
    return np.bincount(chart.segment, ~np.isnan(chart.y))[chart.segment].astype(np.int64)


def ranges_in(chart: Chart) -> Codes:
    """How many moving ranges each point's calculation has."""
    known = ~np.isnan(moving_ranges(chart.y, chart.joined))
    return np.bincount(chart.segment, known)[chart.segment].astype(np.int64)

"""The last five periods of many series as arrays of one row per series, and the fits made on them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.columns import DAY, Bools, Codes, Floats, Rule, dates, group_codes, has, numbers, one_of, require, signs
from metrics.errors import MetricError

MEASURES = ("proportion", "rate", "count", "mean", "index")
POINTS = 5
HAIR = 1e-12
YEARS = np.arange(1.0, POINTS + 1)
LONGEST_YEAR = 366 * DAY
COUNTS, LIMITS = ("numerator", "denominator"), ("value", "lower", "upper")


@dataclass(frozen=True)
class Window:
    """The last five periods of each series, oldest first; NaN where there are fewer. Shapes (series, 5), (series,)."""

    figures: dict[str, Floats]
    start: "NDArray[np.datetime64]"
    end: "NDArray[np.datetime64]"
    periods: Codes
    proportion: Bools
    polarity: Floats

    @property
    def without_limits(self) -> Bools:
        """Series published without any limits: their values are known, their noise is not."""
        no_limits = np.isnan(self.figures["lower"]) & np.isnan(self.figures["upper"])
        return np.asarray(no_limits.all(axis=1) & ~self.proportion)


def last_five(frame: pd.DataFrame, names: list[str]) -> Window:
    """Take the last five periods of each series into arrays."""
    codes, series = group_codes(frame, names)
    end = dates(frame, "period_end")
    start = dates(frame, "period_start") if has(frame, "period_start") else np.full(len(frame), "NaT", "datetime64[D]")
    rows, place, periods = recent_rows(codes, end, series)
    proportion = is_proportion(frame)
    figures = {name: table(found, rows, place, series) for name, found in read_figures(frame, proportion).items()}
    ends, starts = (table(days, rows, place, series) for days in (end, start))
    judged = [table(found, rows, place, series)[:, -1] for found in (proportion * 1.0, signs(frame))]
    return Window(figures, starts, ends, periods, judged[0] == 1.0, np.nan_to_num(judged[1]))


def recent_rows(codes: Codes, end: NDArray[np.datetime64], series: int) -> tuple[Codes, tuple[Codes, Codes], Codes]:
    """The rows of the last five periods, the (series, column) each belongs in, and each series' number of periods."""
    order = np.lexsort((end, codes))
    periods = np.bincount(codes, minlength=series)
    from_end = np.cumsum(periods)[codes[order]] - 1 - np.arange(len(order))
    recent = from_end < POINTS
    rows = order[recent]
    return rows, (codes[rows], POINTS - 1 - from_end[recent]), periods


def table(values: NDArray[Any], rows: Codes, place: tuple[Codes, Codes], series: int) -> NDArray[Any]:
    """The chosen rows' values, one row per series, missing where a series has fewer than five periods."""
    spread = np.full((series, POINTS), np.nan if values.dtype == np.float64 else np.datetime64("NaT"), values.dtype)
    spread[place] = values[rows]
    return spread


def is_proportion(frame: pd.DataFrame) -> Bools:
    """Which rows belong to a proportion; a measure that is not known is refused."""
    require(frame, "measure")
    unknown = ~frame["measure"].isin(MEASURES)
    if unknown.any():
        wrong = frame["measure"].to_numpy()[unknown.to_numpy()][0]
        raise MetricError(f"The column 'measure' must hold {one_of(MEASURES)}; it holds '{wrong}'.")
    return (frame["measure"] == "proportion").to_numpy(dtype=bool)


def read_figures(frame: pd.DataFrame, proportion: Bools) -> dict[str, Floats]:
    """The columns that the measures need; the others are not asked for."""
    nothing = np.full(len(frame), np.nan)
    counts = {name: numbers(frame, name) if proportion.any() else nothing for name in COUNTS}
    return counts | {name: nothing if proportion.all() else numbers(frame, name) for name in LIMITS}


def broken_rules(window: Window) -> list[Rule]:
    """Why a series' trend cannot be calculated, most basic reason first."""
    months = window.end.astype("datetime64[M]").astype(np.int64)
    shared = (window.start[:, 1:] <= window.end[:, :-1]).any(axis=1)
    long = (window.end - window.start > LONGEST_YEAR).any(axis=1)
    return [
        (window.periods < POINTS, "fewer than five periods"),
        (np.isnat(window.end).any(axis=1), "the end of a period is missing"),
        (long, "a period is longer than a year"),
        (shared, "the periods overlap"),
        ((np.diff(months, axis=1) != 12).any(axis=1), "the periods are not five years in a row"),
        *count_rules(window),
        *value_rules(window),
    ]


def count_rules(window: Window) -> list[Rule]:
    """What a proportion's counts must keep: the logit of 0 and of 1 has no value."""
    x, n = (window.figures[name] for name in COUNTS)
    missing = (~np.isfinite(x) | ~np.isfinite(n)).any(axis=1)
    return [
        (window.proportion & missing, "a numerator or denominator is missing"),
        (window.proportion & ((x < 0) | (x > n)).any(axis=1), "a numerator is not between zero and its denominator"),
        (window.proportion & ((x == 0) | (x == n)).any(axis=1), "a numerator is zero or equals its denominator"),
    ]


def value_rules(window: Window) -> list[Rule]:
    """What other values must keep: each with limits that have a width, unless the series has no limits at all."""
    value, lower, upper = (window.figures[name] for name in LIMITS)
    other, limits = ~window.proportion, ~window.without_limits
    no_limit = (~np.isfinite(lower) | ~np.isfinite(upper)).any(axis=1)
    return [
        (other & ~np.isfinite(value).all(axis=1), "a value is missing"),
        (other & limits & no_limit, "the limits of a period are missing"),
        (other & (upper <= lower).any(axis=1), "the limits of a period have no width"),
    ]


def fit(window: Window) -> tuple[Floats, Floats]:
    """Each series' chi-squared, and the slopes of all five years and of each four of them, shape (series, 6)."""
    x, n, value, lower, upper = (window.figures[name] for name in COUNTS + LIMITS)
    share = x / n
    y = np.where(window.proportion[:, None], np.log(share / (1 - share)), value)
    weight = np.where(window.proportion[:, None], 1.0, ((upper - lower) / 3.92) ** -2.0)
    kept = np.vstack([np.ones(POINTS), 1 - np.eye(POINTS)])
    slopes, spread = slope(y[:, None, :], weight[:, None, :] * kept)
    # A slope of zero must not get a sign from rounding.
    slopes = np.where(np.abs(slopes) > HAIR * np.abs(y).max(axis=1, keepdims=True), slopes, 0.0)
    regression = slopes[:, 0] ** 2 * spread[:, 0]
    return np.where(window.proportion, cochran_armitage(x, n), regression), slopes


def slope(y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The weighted slope of y over the years, and the weighted spread of the years that its variance comes from."""
    total = weight.sum(axis=-1, keepdims=True)
    away = YEARS - (weight * YEARS).sum(axis=-1, keepdims=True) / total
    spread = (weight * away**2).sum(axis=-1)
    return (weight * away * y).sum(axis=-1) / spread, spread


def cochran_armitage(x: Floats, n: Floats) -> Floats:
    """Chi-squared with one degree of freedom for a linear trend in proportions."""
    total = n.sum(axis=1)
    share = x.sum(axis=1) / total
    trend = (x * YEARS).sum(axis=1) - share * (n * YEARS).sum(axis=1)
    variance = share * (1 - share) * ((n * YEARS**2).sum(axis=1) - (n * YEARS).sum(axis=1) ** 2 / total)
    return np.asarray(trend**2 / variance)

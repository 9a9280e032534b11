"""The recent trend of yearly figures: the direction of the last five years, where it is clearly more than chance."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.columns import Bools, Codes, Floats, any_broken, as_names, choose, first_rule, labels, series_keys, sign
from metrics.trend_window import MEASURES, broken_rules, fit, last_five

DIRECTIONS = ["no_significant_change", "increasing", "decreasing", "cannot_be_calculated"]
MEANINGS = ["getting_better", "getting_worse", "no_judgement", "no_significant_change", "cannot_be_calculated"]
SIGNIFICANT = 9.5495  # 99.8 % point of chi-squared with one degree of freedom
NO_LIMITS = "no limits are given, so a change cannot be told from chance"


class Trend(NamedTuple):
    """One series' recent trend; ``statistic`` is its chi-squared with one degree of freedom, NaN without one."""

    direction: str
    meaning: str
    statistic: float
    reason: str | None


def recent_trend(frame: pd.DataFrame, measure: str, polarity: str) -> Trend:
    """The recent trend of one yearly series, from its last five periods.

    Parameters
    ----------
    frame : ``period_end`` and, for a proportion, ``numerator`` and ``denominator``, otherwise ``value``, ``lower``,
        ``upper`` (95 %); in any order. Optional ``period_start``: with it, overlapping and longer periods are refused.
    measure : ``proportion``, ``rate``, ``count``, ``mean`` or ``index``.
    polarity : ``higher_is_better``, ``lower_is_better`` or ``no_judgement``.

    Returns
    -------
    Trend with ``direction`` (``increasing``, ``decreasing``, ``no_significant_change``, ``cannot_be_calculated``),
    ``meaning`` (``getting_better``, ``getting_worse``, ``no_judgement``, or as the direction), ``statistic`` and
    ``reason``.

    Notes
    -----
    Cochran-Armitage for proportions, weighted regression otherwise. Significant above 9.5495 (99.8 %) and only if
    the slope keeps its sign with each of the five periods left out.

    References
    ----------
    Fingertips technical guidance, "Recent trends". Armitage, Biometrics 1955;11:375.

    Examples
    --------
    >>> years = {"period_end": [f"{year}-12-31" for year in range(2014, 2019)]}
    >>> counts = {"numerator": [994, 1023, 1199, 1332, 1367], "denominator": [40299, 41527, 42811, 44064, 44701]}
    >>> recent_trend(pd.DataFrame({**years, **counts}), "proportion", "lower_is_better")[:2]
    ('increasing', 'getting_worse')
    """
    choose(measure, MEASURES, "measure")
    sign(polarity)
    found = recent_trends(frame.assign(measure=measure, polarity=polarity), by=())
    if found.empty:
        return Trend("cannot_be_calculated", "cannot_be_calculated", np.nan, "fewer than five periods")
    direction, meant, statistic, reason = found.iloc[0]
    return Trend(direction, meant, float(statistic), None if pd.isna(reason) else reason)


def recent_trends(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """The recent trend of many yearly series at once.

    Parameters
    ----------
    frame : the columns of ``recent_trend``, and ``measure`` and ``polarity``, constant within a series.
    by : columns that tell the series apart.

    Returns
    -------
    One row per series, in order of first appearance: the columns of ``by``, then ``direction``, ``meaning``,
    ``statistic`` and ``reason``.

    Examples
    --------
    >>> series = {"area": ["A", "A"], "period_end": ["2023-03-31", "2024-03-31"], "measure": "rate"}
    >>> limits = {"value": [1.0, 2.0], "lower": [0.5, 1.5], "upper": [1.5, 2.5], "polarity": "no_judgement"}
    >>> recent_trends(pd.DataFrame({**series, **limits}), by="area")["reason"].tolist()
    ['fewer than five periods']
    """
    names = as_names(by)
    window = last_five(frame, names)
    rules, silent = broken_rules(window), window.without_limits
    refused = any_broken(rules, len(silent))
    with np.errstate(all="ignore"):
        statistic, slopes = fit(window)
    statistic[refused | silent] = np.nan
    direction = np.where(statistic > SIGNIFICANT, steady_sign(slopes), 0.0)
    return series_keys(frame, names, len(silent)).assign(
        direction=labels(np.where(refused, 3, np.select([direction > 0, direction < 0], [1, 2], 0)), DIRECTIONS),
        meaning=labels(meaning(direction, window.polarity, refused), MEANINGS),
        statistic=statistic,
        reason=first_rule([*rules, (silent, NO_LIMITS)], len(silent)),
    )


def steady_sign(slopes: Floats) -> Floats:
    """The sign that all of a series' slopes share, 0 where they do not."""
    return np.where((slopes > 0).all(axis=1), 1.0, np.where((slopes < 0).all(axis=1), -1.0, 0.0))


def meaning(direction: Floats, polarity: Floats, refused: Bools) -> Codes:
    """What the direction means to people, as a place in ``MEANINGS``."""
    towards = direction * polarity
    return np.select([refused, direction == 0, towards > 0, towards < 0], [4, 3, 0, 1], 2)

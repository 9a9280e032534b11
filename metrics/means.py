"""Means of measured values, with limits by Student's t."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from metrics.columns import Floats, Rule, check_confidence, first_rule, labels, numbers, require


def student_t(frame: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Add each row's mean and its limits by Student's t.

    Parameters
    ----------
    frame : columns ``mean``, ``standard_deviation`` (of the values, not of the mean) and ``count`` (of values).
    confidence : two-sided level, between 0 and 1.

    Returns
    -------
    The frame with ``value``, ``lower``, ``upper`` (unit of the mean), ``method`` (``student_t``) and ``reason``.

    Notes
    -----
    One value, or no standard deviation, keeps the mean and gives no limits. A count below one or a negative
    standard deviation gives no value either.

    References
    ----------
    Student, Biometrika 1908;6:1. Altman et al., Statistics with Confidence, 2nd edition, 2000, chapter 4.

    Examples
    --------
    >>> scores = pd.DataFrame({"mean": [5.0], "standard_deviation": [3.0], "count": [5]})
    >>> student_t(scores)[["value", "lower", "upper"]].round(3)
       value  lower  upper
    0    5.0  1.275  8.725
    """
    check_confidence(confidence)
    require(frame, "mean", "standard_deviation", "count")
    mean, deviation, count = (numbers(frame, name) for name in ("mean", "standard_deviation", "count"))
    broken = broken_rules(mean, deviation, count)
    no_value = np.any([rows for rows, _ in broken], axis=0)
    value = np.where(no_value, np.nan, mean)
    half = half_width(deviation, count, confidence)
    reason = first_rule(broken + no_limits(deviation, count), len(frame))
    method = labels(-no_value.astype(np.int8), ["student_t"])
    return frame.assign(value=value, lower=value - half, upper=value + half, method=method, reason=reason)


def half_width(deviation: Floats, count: Floats, confidence: float) -> Floats:
    """Half the width of the interval; NaN where there are no two values to learn the spread from."""
    several = np.where(count > 1, count, np.nan)
    return np.asarray(stdtrit(several - 1, 0.5 + confidence / 2) * deviation / np.sqrt(several))


def broken_rules(mean: Floats, deviation: Floats, count: Floats) -> list[Rule]:
    """What leaves a row without a value."""
    return [
        (np.isnan(mean), "the mean is missing"),
        (np.isinf(mean), "the mean is not a finite number"),
        (np.isnan(count), "the count is missing"),
        (np.isinf(count), "the count is not a finite number"),
        (count < 1, "the count is below one"),
        (deviation < 0, "the standard deviation is below zero"),
        (np.isinf(deviation), "the standard deviation is not a finite number"),
    ]


def no_limits(deviation: Floats, count: Floats) -> list[Rule]:
    """What leaves a row with a value but without limits."""
    return [
        (count <= 1, "one value gives no limits"),
        (np.isnan(deviation), "the standard deviation is missing"),
    ]

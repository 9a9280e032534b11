"""Rates and counts of events, with exact Poisson limits for few events and Byar's limits for many."""

import numpy as np
import pandas as pd
from scipy.special import chdtri

from metrics.columns import Bools, Floats, check_above_zero, labels, normal_quantile
from metrics.counts import read_counts

EXACT_BELOW = 10


def byar(frame: pd.DataFrame, multiplier: float = 100_000.0, confidence: float = 0.95) -> pd.DataFrame:
    """Add each row's rate and its limits: exact Poisson below 10 events, Byar's approximation from 10.

    Parameters
    ----------
    frame : columns ``numerator`` (events) and ``denominator`` (population or exposure; 1 gives limits of a count).
    multiplier : 100,000 for a rate per 100,000.
    confidence : two-sided level, between 0 and 1.

    Returns
    -------
    The frame with ``value``, ``lower``, ``upper`` (multiplier's unit), ``method`` (``exact``, ``byar``), ``reason``.

    Notes
    -----
    A numerator below zero or a denominator not above zero gives no value and a reason. A rate may be above 100 %.

    References
    ----------
    Breslow and Day, Statistical Methods in Cancer Research II, 1987, p. 69. Garwood, Biometrika 1936;28:437.

    Examples
    --------
    >>> byar(pd.DataFrame({"numerator": [9, 20], "denominator": [900, 400]}))[["lower", "upper", "method"]].round(1)
        lower   upper method
    0   457.3  1898.3  exact
    1  3052.9  7722.5   byar
    """
    check_above_zero(multiplier, "multiplier")
    z = normal_quantile(confidence)
    x, n, usable, reason = read_counts(frame, "rate")
    few = x < EXACT_BELOW
    lower, upper = event_limits(x, few, z, confidence)
    per_event = multiplier / n
    method = labels(np.where(usable, 1 - few, -1), ["exact", "byar"])
    return frame.assign(
        value=x * per_event, lower=lower * per_event, upper=upper * per_event, method=method, reason=reason
    )


def event_limits(x: Floats, few: Bools, z: float, confidence: float) -> tuple[Floats, Floats]:
    """Limits of a count of events, before division by the population."""
    root = np.sqrt(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = x * (1 - 1 / (9 * x) - z / (3 * root)) ** 3
    more = x + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    lower[few], upper[few] = exact_limits(x[few], confidence)
    return lower, upper


def exact_limits(x: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Garwood's limits; quantiles are taken once per distinct count, because small counts repeat."""
    distinct, place = np.unique(x, return_inverse=True)
    tail = (1 - confidence) / 2
    lower = np.where(distinct > 0, chdtri(2 * distinct, 1 - tail) / 2, 0.0)
    upper = chdtri(2 * distinct + 2, tail) / 2
    return lower[place], upper[place]

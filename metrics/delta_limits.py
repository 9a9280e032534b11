"""How far Cliff's delta of two sets of graded insights may lie from what was seen: limits from the grades' spread."""

import numpy as np
from scipy.special import stdtrit

from metrics.columns import Bools, Floats, Rule, check_confidence

FEWEST = 10
"""Insights that each side needs: below that a single insight makes more than a tenth of the gap."""
ORDER = np.sign(np.subtract.outer(np.arange(5), np.arange(5))).astype(np.float64)


def limits(given: Floats, heard: Floats, delta: Floats, confidence: float = 0.95) -> tuple[Floats, Floats, list[Rule]]:
    """Lower and upper limit of each group's delta, and the rules that say where there are none.

    ``given`` and ``heard`` count the insights of the two sides by grade, one row per group and five columns.

    Notes
    -----
    The unbiased estimator of the variance of delta (Cliff 1993, 1996), never below (1 - delta²)/(nm - 1), and the
    asymmetric limits of Feng and Cliff 2004 on Student's t with n + m - 2 degrees of freedom; where every pair points
    the same way the bound of the same paper for the smaller side. As R's effsize 0.8 computes them by default.
    """
    check_confidence(confidence)
    one, two = given.sum(axis=1), heard.sum(axis=1)
    smaller = np.minimum(one, two)
    rules = [
        (smaller < FEWEST, f"fewer than {FEWEST} graded insights on one side"),
        (np.isclose(all_ties(given, heard), 1), "everybody gave the same grade"),
    ]
    quantile = stdtrit(np.maximum(one + two - 2, 1), 0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        lower, upper = asymmetric(delta, variance(given, heard, delta), quantile)
        bound = (smaller - quantile**2) / (smaller + quantile**2)
    lower, upper = np.where(delta == 1, bound, lower), np.where(delta == -1, -bound, upper)
    none: Bools = np.any([broken for broken, _ in rules], axis=0)
    ends = (np.where(none, np.nan, np.clip(limit, -1, 1)) for limit in (lower, upper))
    return next(ends), next(ends), rules


def asymmetric(delta: Floats, spread: Floats, quantile: Floats) -> tuple[Floats, Floats]:
    """The limits of Feng and Cliff 2004: they stay inside -1 and 1 and lean towards zero."""
    scale = 1 - delta**2 + quantile**2 * spread
    half = quantile * np.sqrt(spread) * np.sqrt((1 - delta**2) ** 2 + quantile**2 * spread)
    lower, upper = (delta - delta**3 - half) / scale, (delta - delta**3 + half) / scale
    return np.where(delta == -1, -1.0, lower), np.where(delta == 1, 1.0, upper)


def variance(given: Floats, heard: Floats, delta: Floats) -> Floats:
    """The unbiased estimator of delta's variance, from how far each insight's own share lies from the whole."""
    one, two = given.sum(axis=1), heard.sum(axis=1)
    own = heard @ ORDER.T / two[:, None] - delta[:, None]
    other = given @ ORDER / one[:, None] - delta[:, None]
    each = (ORDER[None] - delta[:, None, None]) ** 2
    rows, columns = (given * own**2).sum(axis=1), (heard * other**2).sum(axis=1)
    pairs = np.einsum("gi,gij,gj->g", given, each, heard)
    found = (two**2 * rows + one**2 * columns - pairs) / (one * two * (one - 1) * (two - 1))
    least = (1 - delta**2) / (one * two - 1)
    larger: Floats = np.maximum(found, least)
    return larger


def all_ties(given: Floats, heard: Floats) -> Floats:
    """The share of insights of both sides together that give the grade given most."""
    both = given + heard
    with np.errstate(invalid="ignore"):
        share: Floats = both.max(axis=1, initial=0) / both.sum(axis=1)
    return share

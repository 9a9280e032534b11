"""Whether places differ from one another by more than counting noise."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import chi2

from metrics.columns import (
    Bools,
    Codes,
    Floats,
    as_names,
    check_confidence,
    choose,
    first_rule,
    group_codes,
    labels,
    series_keys,
    totals,
)
from metrics.counts import KINDS, read_counts

FEWEST = 3
WORDS = ["more_than_chance", "no_more_than_chance", "cannot_be_calculated"]
TOO_FEW = "fewer than three places have a figure"
TOO_RARE = "too few events to tell a difference from chance"
NO_ROOM = "no place has any event, or every place has nothing else"


def more_than_chance(frame: pd.DataFrame, kind: str, by: str | Sequence[str] = (), level: float = 0.95) -> pd.DataFrame:
    """Whether the places of a group differ by more than counting noise would make them.

    Parameters
    ----------
    frame : one row per place: ``numerator``, ``denominator``, and the columns of ``by``.
    kind : ``proportion`` or ``rate``.
    by : columns that tell separate groups apart, such as indicator and period.
    level : the confidence level that the statistic must pass.

    Returns
    -------
    One row per group: ``by``, ``places``, ``statistic``, ``freedom`` (places less one), ``probability`` (of a
    statistic at least as large if all places were alike), ``differ`` (``more_than_chance``, ``no_more_than_chance``,
    ``cannot_be_calculated``) and ``reason``.

    Notes
    -----
    Nothing is said where an expected count is below 1 or more than a fifth below 5. Broken rows are left out.

    References
    ----------
    Pearson's chi-squared test of homogeneity; for rates as in Spiegelhalter, Stat Med 2005;24:1185. Smallest expected
    counts: Cochran, Biometrics 1954;10:417.

    Examples
    --------
    >>> areas = pd.DataFrame({"numerator": [50.0, 80, 50], "denominator": [1000.0, 1000, 1000]})
    >>> more_than_chance(areas, "rate")[["places", "statistic", "freedom", "differ"]]
       places  statistic  freedom            differ
    0       3       10.0        2  more_than_chance
    """
    choose(kind, KINDS, "kind")
    check_confidence(level)
    names = as_names(by)
    x, n, usable, _ = read_counts(frame, kind)
    codes, groups = group_codes(frame, names)
    places = totals(usable.astype(np.float64), codes, groups)
    statistic, rare = chi_squared(x, n, codes, groups, kind)
    probability = chi2.sf(statistic, places - 1)
    reason = first_rule([(places < FEWEST, TOO_FEW), (np.isnan(statistic), NO_ROOM), (rare, TOO_RARE)], groups)
    said = pd.isna(reason)
    return series_keys(frame, names, groups).assign(
        places=places.astype(np.int64),
        statistic=np.where(said, statistic, np.nan),
        freedom=places.astype(np.int64) - 1,
        probability=np.where(said, probability, np.nan),
        differ=labels(np.where(said, probability >= 1 - level, 2), WORDS),
        reason=reason,
    )


def chi_squared(x: Floats, n: Floats, codes: Codes, groups: int, kind: str) -> tuple[Floats, Bools]:
    """Pearson's statistic of each group around its own average, and whether its expected counts are too small."""
    with np.errstate(divide="ignore", invalid="ignore"):
        average = (totals(x, codes, groups) / totals(n, codes, groups))[codes]
        expected = n * average
        room = 1 - average if kind == "proportion" else 1.0
        part = (x - expected) ** 2 / (expected * room)
    smallest = np.minimum(expected, n - expected) if kind == "proportion" else expected
    known = np.isfinite(part)
    places = totals(known.astype(np.float64), codes, groups)
    statistic = np.where(places > 0, totals(np.where(known, part, 0.0), codes, groups), np.nan)
    below, none = (totals((smallest < least).astype(np.float64), codes, groups) for least in (5, 1))
    return statistic, np.asarray((below > 0.2 * places) | (none > 0))

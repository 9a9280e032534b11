"""How far areas lie from their average: by counting noise alone (funnel), and beyond the usual variation between areas.

Counting noise alone flags most police force areas, because they differ for many reasons; so attention rests on the
limits adjusted for overdispersion.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from scipy.special import chdtri

from metrics.columns import (
    Codes,
    Floats,
    as_names,
    beyond,
    first_rule,
    group_codes,
    labels,
    more_reasons,
    normal_quantile,
    numbers,
    require,
    totals,
)
from metrics.counts import KINDS, check_kind, read_counts
from metrics.proportions import wilson_limits
from metrics.rates import EXACT_BELOW, event_limits

LEVELS = {"95": 0.95, "998": 0.998}
SIDES = ["low", "within", "high"]
ATTENTION = ["dispersion", "adjusted_lower_998", "adjusted_upper_998", "attention"]
NO_AVERAGE = "the average is missing"
NO_BENCHMARK = "the benchmark is missing"
NO_KIND = "it is neither a proportion nor a rate"
NO_ROOM = "the average leaves no room for variation"
POSITIONS = ["low_998", "low_95", "within", "high_95", "high_998"]


def funnel(
    frame: pd.DataFrame, kind: str, multiplier: float, by: str | Sequence[str] = (), average: str | None = None
) -> pd.DataFrame:
    """Add the funnel limits around the average and each area's position.

    Parameters
    ----------
    frame : columns ``numerator`` and ``denominator``, one row per area.
    kind : ``proportion`` or ``rate``.
    multiplier : 100 for per cent, 100,000 for a rate per 100,000.
    by : columns that tell separate funnels apart, such as indicator and period.
    average : a column that holds the average to use; without it, sum of numerators over sum of denominators.

    Returns
    -------
    The frame with ``average``, ``lower_95``, ``upper_95``, ``lower_998``, ``upper_998`` (multiplier's unit),
    ``position`` (``low_998``, ``low_95``, ``within``, ``high_95``, ``high_998``) and ``reason``.

    Notes
    -----
    ``position`` comes from the area's own interval against the average, not from the drawn limits. Limits of a
    proportion are not cut at 0 and 100 %. Rows that break a rule are left out of the average.

    References
    ----------
    Spiegelhalter, Stat Med 2005;24:1185. PHEindicatormethods 2.1.0, ``assign_funnel_significance``.

    Examples
    --------
    >>> areas = pd.DataFrame({"numerator": [5, 50, 20], "denominator": [400, 400, 400]})
    >>> funnel(areas, "proportion", 100)[["average", "lower_95", "upper_95", "position"]].round(2)
       average  lower_95  upper_95  position
    0     6.25      3.88      8.62   low_998
    1     6.25      3.88      8.62  high_998
    2     6.25      3.88      8.62    within
    """
    check_kind(kind, multiplier)
    x, n, _, reason = read_counts(frame, kind)
    centre = centres(frame, x, n, multiplier, by, average)
    added = {"average": centre * multiplier}
    score = np.zeros(len(frame))
    for name, confidence in LEVELS.items():
        low, high = drawn_limits(centre, n, kind, confidence)
        added |= {f"lower_{name}": low * multiplier, f"upper_{name}": high * multiplier}
        score += side(x, n, centre, kind, confidence)
    place = np.where(np.isnan(centre), -1, score + 2).astype(np.int64)
    reason = more_reasons(reason, [(np.isnan(centre), NO_AVERAGE)])
    return frame.assign(**added, position=labels(place, POSITIONS), reason=reason)


def overdispersion(
    frame: pd.DataFrame, kind: str, multiplier: float, by: str | Sequence[str] = (), average: str | None = None
) -> pd.DataFrame:
    """Add 99.8 % limits widened by the usual variation between areas, and which areas lie beyond them.

    Parameters
    ----------
    frame, kind, multiplier, by, average : as for ``funnel``.

    Returns
    -------
    The frame with ``dispersion`` (mean square of the standardised scores; 1 is counting noise alone),
    ``adjusted_lower_998``, ``adjusted_upper_998`` (multiplier's unit), ``attention`` (``low``, ``within``, ``high``)
    and ``reason``.

    Notes
    -----
    Scores are winsorised at 10 % at each end; the additive variance is zero when the dispersion is not above 1.
    Limits are not cut at 0. An average of zero (or of 100 %) leaves no variation to measure: no limits, a reason.

    References
    ----------
    Spiegelhalter, Stat Med 2005;24:1185 and Qual Saf Health Care 2005;14:347.

    Examples
    --------
    >>> areas = pd.DataFrame({"numerator": [90, 95, 100, 105, 160], "denominator": [1000] * 5})
    >>> overdispersion(areas, "rate", 1000)[["dispersion", "adjusted_upper_998", "attention"]].round(2)
       dispersion  adjusted_upper_998 attention
    0        2.65               169.0    within
    1        2.65               169.0    within
    2        2.65               169.0    within
    3        2.65               169.0    within
    4        2.65               169.0    within
    """
    check_kind(kind, multiplier)
    x, n, _, reason = read_counts(frame, kind)
    centre = centres(frame, x, n, multiplier, by, average)
    codes, groups = group_codes(frame, as_names(by))
    phi, half = widened(x / n - centre, standard_error(centre, n, kind), codes, groups)
    return frame.assign(
        dispersion=phi,
        adjusted_lower_998=(centre - half) * multiplier,
        adjusted_upper_998=(centre + half) * multiplier,
        attention=sides(x / n - centre, half),
        reason=more_reasons(reason, [(np.isnan(centre), NO_AVERAGE), (np.isnan(half), NO_ROOM)]),
    )


def attention(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Add which places ask for attention: those beyond the usual variation around the benchmark.

    Parameters
    ----------
    frame : ``measure``, ``multiplier``, ``numerator``, ``denominator``, ``value``, and ``benchmark`` in the unit of
        ``value``, one row per place.
    by : columns that tell separate sets of limits apart, such as indicator and period.

    Returns
    -------
    The frame with ``ATTENTION`` and ``reason`` as ``overdispersion`` adds them.

    Notes
    -----
    The centre is the benchmark and not the places' own average, so that a place's word against the benchmark and its
    attention never disagree. A place whose figure is not given does not come in by its counts.

    References
    ----------
    As for ``overdispersion``.

    Examples
    --------
    >>> areas = pd.DataFrame({"numerator": [90, 95, 100, 105, 160], "denominator": [1000] * 5, "benchmark": 100.0})
    >>> areas = areas.assign(measure="rate", multiplier=1000, value=areas["numerator"].astype(float))
    >>> attention(areas, by="measure")["adjusted_upper_998"].round(2).tolist()
    [160.99, 160.99, 160.99, 160.99, 160.99]
    """
    require(frame, "measure", "multiplier", "value", "benchmark")
    plain = only_given(frame.reset_index(drop=True))
    judged = plain["measure"].isin(KINDS)
    parts = [
        overdispersion(part, str(part["measure"].iat[0]), float(part["multiplier"].to_numpy()[0]), by, "benchmark")
        for _, part in plain[judged].groupby(["measure", "multiplier"])
    ]
    made = pd.concat(parts or [overdispersion(plain.head(0), KINDS[0], 1.0, by, "benchmark")])
    made = made.reindex(plain.index)
    made["reason"] = made["reason"].replace(NO_AVERAGE, NO_BENCHMARK).where(judged, NO_KIND)
    return frame.assign(**{name: made[name].array for name in [*ATTENTION, "reason"]})


def only_given(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the numerators of places whose ``value`` is not given, though their counts are known."""
    require(frame, "numerator", "value")
    return frame.assign(numerator=frame["numerator"].where(frame["value"].notna()))


def overdispersion_of_changes(
    frame: pd.DataFrame, by: str | Sequence[str] = (), confidence: float = 0.95
) -> pd.DataFrame:
    """Add 99.8 % limits for changes, widened by the usual variation between areas' changes.

    Parameters
    ----------
    frame : columns ``difference``, ``difference_lower``, ``difference_upper`` as ``change.difference`` adds them.
    by : columns that tell separate comparisons apart, such as indicator and period.
    confidence : the level of the limits given.

    Returns
    -------
    The frame with ``average_change`` (weighted by precision), ``dispersion``, ``adjusted_lower_998``,
    ``adjusted_upper_998`` (unit of the difference), ``attention`` (``low``, ``within``, ``high``) and ``reason``.

    References
    ----------
    Spiegelhalter, Stat Med 2005;24:1185.

    Examples
    --------
    >>> limits = {"difference_lower": [-3.0, -2, -1, 8], "difference_upper": [1.0, 2, 3, 12]}
    >>> changes = pd.DataFrame({"difference": [-1.0, 0, 1, 10], **limits})
    >>> overdispersion_of_changes(changes)["average_change"].round(2).tolist()
    [2.5, 2.5, 2.5, 2.5]
    """
    names = ("difference", "difference_lower", "difference_upper")
    change, lower, upper = (numbers(frame, name) for name in names)
    error = (upper - lower) / (2 * normal_quantile(confidence))
    usable = np.isfinite(change) & np.isfinite(error) & (error > 0)
    change, error = np.where(usable, change, np.nan), np.where(usable, error, np.nan)
    codes, groups = group_codes(frame, as_names(by))
    with np.errstate(invalid="ignore"):
        centre = totals(change / error**2, codes, groups) / totals(1 / error**2, codes, groups)
    average = np.where(usable, centre[codes], np.nan)
    phi, half = widened(change - average, error, codes, groups)
    return frame.assign(
        average_change=average,
        dispersion=phi,
        adjusted_lower_998=average - half,
        adjusted_upper_998=average + half,
        attention=sides(change - average, half),
        reason=first_rule([(~usable, "the change or its limits are missing")], len(frame)),
    )


def centres(
    frame: pd.DataFrame, x: Floats, n: Floats, multiplier: float, by: str | Sequence[str], average: str | None
) -> Floats:
    """Each usable row's average as a fraction: the one given, or the sum over the sum of its group."""
    if average is not None:
        return np.where(np.isnan(x), np.nan, numbers(frame, average) / multiplier)
    codes, groups = group_codes(frame, as_names(by))
    with np.errstate(invalid="ignore"):
        found = totals(x, codes, groups) / totals(n, codes, groups)
    return np.where(np.isnan(x), np.nan, found[codes])


def drawn_limits(centre: Floats, n: Floats, kind: str, confidence: float) -> tuple[Floats, Floats]:
    """The funnel's limits around the average: normal for a proportion, exact chi-squared for a rate."""
    if kind == "proportion":
        half = normal_quantile(confidence) * standard_error(centre, n, kind)
        return centre - half, centre + half
    tail, expected = (1 - confidence) / 2, centre * n
    lower = np.where(expected > 0, chdtri(2 * expected, 1 - tail) / 2, expected)
    return lower / n, np.asarray(chdtri(2 * expected + 2, tail) / 2 / n)


def side(x: Floats, n: Floats, centre: Floats, kind: str, confidence: float) -> Floats:
    """1 where the area's own interval lies above the average, -1 where below, 0 where it holds it."""
    if kind == "proportion":
        _, lower, upper = wilson_limits(x, n, normal_quantile(confidence), 1.0)
    else:
        few, many = event_limits(x, x < EXACT_BELOW, normal_quantile(confidence), confidence)
        lower, upper = few / n, many / n
    return beyond(lower, upper, centre, centre)


def standard_error(centre: Floats, n: Floats, kind: str) -> Floats:
    """The counting noise of a value around the average."""
    # Rounding may leave an average of 100 % a hair above it.
    return np.sqrt(np.maximum(centre * (1 - centre), 0.0) / n if kind == "proportion" else centre / n)


def widened(gap: Floats, error: Floats, codes: Codes, groups: int) -> tuple[Floats, Floats]:
    """Each row's dispersion, and half the width of its 99.8 % limits with the variance between areas added."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(error > 0, gap / error, np.nan)
        count = totals(~np.isnan(score) * 1.0, codes, groups)
        phi = totals(winsorised(score, codes) ** 2, codes, groups) / count
        weight = np.where(np.isnan(score), np.nan, 1 / error**2)
        total = totals(weight, codes, groups)
        spare = total - totals(weight**2, codes, groups) / total
        between = np.where(phi > 1, (count * phi - (count - 1)) / spare, 0.0)
    half = normal_quantile(LEVELS["998"]) * np.sqrt(error**2 + between[codes])
    known = ~np.isnan(score)
    return np.where(known, phi[codes], np.nan), np.where(known, half, np.nan)


def winsorised(score: Floats, codes: Codes, share: float = 0.1) -> Floats:
    """The scores with the most extreme tenth at each end of each group drawn in to the tenth's bound."""
    groups = pd.Series(score).groupby(codes)
    low, high = (groups.quantile(q).reindex(codes).to_numpy() for q in (share, 1 - share))
    return np.clip(score, low, high)


def sides(gap: Floats, half: Floats) -> ExtensionArray:
    """Whether a value lies below, within or above its limits; missing where it has none."""
    place = np.where(np.isnan(gap) | np.isnan(half), -1, 1 + (gap > half) * 1 - (gap < -half))
    return labels(place, SIDES)

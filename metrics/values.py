"""Every observation's value with its limits and method, whatever its measure, or the reason why there is none."""

import numpy as np
import pandas as pd

from metrics.columns import first_rule, require
from metrics.proportions import wilson
from metrics.rates import byar

ADDED = ["value", "lower", "upper", "method", "reason"]
NEEDED = ["measure", "multiplier", "numerator", "denominator", *ADDED[:3], "note", "resident_population", "rates_given"]
MISSING = {
    "x": "not available",
    "z": "not applicable",
    "c": "left out to protect people",
    "low": "too small to show",
}
SMALL_POPULATION = "rate not given: small resident population"
NOT_FROM_THESE = "cannot be calculated from the numbers reported"
NO_ESTIMATE = "no mid-year population estimate within two years before the middle of the period"


def evaluate(frame: pd.DataFrame) -> pd.DataFrame:
    """Add each observation's value, limits and method.

    Parameters
    ----------
    frame : columns ``measure``, ``multiplier``, ``numerator``, ``denominator``, ``value``, ``lower``, ``upper`` (the
        last three as reported, in the indicator's unit), ``note``, ``resident_population`` and ``rates_given``.

    Returns
    -------
    The frame with ``value``, ``lower``, ``upper`` replaced by calculated ones where there are counts, ``method``
    (``wilson``, ``exact``, ``byar``, ``sum over sum``, ``as reported``) and ``reason`` (missing beside a value).

    Notes
    -----
    Proportions and rates without both counts, means and indices keep the value and limits that were reported. Counts
    get the limits of a number of events. A rate is not given for an area whose residents are too few.

    References
    ----------
    As in ``proportions.wilson`` and ``rates.byar``.

    Examples
    --------
    >>> row = {"measure": ["proportion"], "multiplier": [100.0], "numerator": [8.0], "denominator": [80.0]}
    >>> row |= {"value": [np.nan], "lower": [np.nan], "upper": [np.nan], "note": [None], "rates_given": [True]}
    >>> evaluate(pd.DataFrame({**row, "resident_population": [False]}))[["value", "lower", "method"]].round(2)
       value  lower  method
    0   10.0   5.15  wilson
    """
    require(frame, *NEEDED)
    place = pd.RangeIndex(len(frame))
    plain = frame.set_axis(place)
    reason = pd.Series(first_rule(_rules(plain), len(plain)), index=place)
    parts = [
        _calculated(group, str(group["measure"].iat[0]), float(group["multiplier"].to_numpy()[0]))
        for _, group in _calculable(plain[reason.isna()]).groupby(["measure", "multiplier"])
    ]
    added = pd.concat([*parts, _reported(plain)])
    added = added[~added.index.duplicated()].sort_index()
    added["reason"] = reason.fillna(added["reason"])
    added.loc[added["reason"].notna(), ADDED[:4]] = np.nan
    return frame.assign(**{name: added[name].array for name in ADDED})


def _rules(frame: pd.DataFrame) -> list[tuple["np.ndarray[tuple[int], np.dtype[np.bool_]]", str]]:
    no_number = frame["numerator"].isna() & frame["value"].isna()
    rate = (frame["measure"] == "rate") & frame["resident_population"]
    notes = [((no_number & (frame["note"] == note)).to_numpy(), words) for note, words in MISSING.items()]
    return [
        *notes,
        (no_number.to_numpy(), "no number was reported"),
        ((rate & ~frame["rates_given"]).to_numpy(), SMALL_POPULATION),
        ((rate & frame["denominator"].isna()).to_numpy(), NO_ESTIMATE),
    ]


def _calculable(frame: pd.DataFrame) -> pd.DataFrame:
    whole = frame["measure"].isin(["proportion", "rate"]) & frame["denominator"].notna()
    return frame[frame["numerator"].notna() & (whole | (frame["measure"] == "count"))]


def _calculated(group: pd.DataFrame, measure: str, multiplier: float) -> pd.DataFrame:
    if measure == "proportion":
        return wilson(group, multiplier)[ADDED]
    if measure == "rate":
        return byar(group, multiplier)[ADDED]
    return byar(group.assign(denominator=1.0), 1.0)[ADDED]


def _reported(frame: pd.DataFrame) -> pd.DataFrame:
    """Values as reported; a mean without one is its sum over its number, which gives no limits."""
    mean = frame["measure"].isin(["mean", "index"]) & frame["value"].isna() & (frame["denominator"] > 0)
    ratio = (frame["numerator"] / frame["denominator"] * frame["multiplier"]).where(mean)
    value = frame["value"].fillna(ratio)
    reason = pd.Series(None, index=frame.index, dtype="str").where(value.notna(), NOT_FROM_THESE)
    method = np.where(mean, "sum over sum", "as reported")
    return frame[["lower", "upper"]].assign(value=value, method=method, reason=reason)[ADDED]

"""How far regions differ from one another, and whether the difference narrows.

The extremes are named, not tested: picking the highest and the lowest makes their difference look larger than it is.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.change import contrast
from metrics.columns import (
    Codes,
    Floats,
    as_names,
    choose,
    first_rule,
    group_codes,
    labels,
    normal_quantile,
    numbers,
    require,
    series_keys,
    totals,
)
from metrics.overlap import pair_rules

FEWEST = 3
HAIR = 1e-12
NARROWING = ["better", "worse", "wider", "narrower", "no_clear_change", "cannot_be_calculated"]
MEASURES = ("standard_deviation", "interquartile_range")


def spread(frame: pd.DataFrame, by: str | Sequence[str] = (), confidence: float = 0.95) -> pd.DataFrame:
    """The spread of the regions' values with its limits, and which regions are lowest and highest.

    Parameters
    ----------
    frame : one row per region: ``area_code``, ``value``, ``lower``, ``upper``, and the columns of ``by``.
    by : columns that tell separate spreads apart, such as indicator and period.
    confidence : level of the limits given and of those returned.

    Returns
    -------
    One row per spread: ``by``, ``regions``, ``standard_deviation``, ``standard_deviation_lower``, ``..._upper``,
    ``interquartile_range`` with the same, ``lowest``, ``highest`` (area codes), ``method`` (``delta``), ``reason``.

    Notes
    -----
    Limits by the delta method, cut at zero, for counting noise alone. Regions without a value or limits are left
    out; fewer than three regions, or equal values, have no spread to speak of.

    References
    ----------
    Delta method: Oehlert, Am Stat 1992;46:27. Quartiles by linear interpolation.

    Examples
    --------
    >>> regions = pd.DataFrame({"area_code": list("ABC"), "value": [1.0, 2, 3], "lower": [0.9, 1.9, 2.9]})
    >>> spread(regions.assign(upper=[1.1, 2.1, 3.1]))[["standard_deviation", "lowest", "highest"]]
       standard_deviation lowest highest
    0                 1.0      A       C
    """
    names = as_names(by)
    require(frame, "area_code", *names)
    value, lower, upper = (numbers(frame, name) for name in ("value", "lower", "upper"))
    z = normal_quantile(confidence)
    known = np.isfinite(value + lower + upper)
    rows = frame[["area_code"]].reset_index(drop=True)
    rows = rows.assign(value=np.where(known, value, np.nan), noise=np.where(known, upper - lower, np.nan) / (2 * z))
    codes, groups = group_codes(frame, names)
    regions = totals(known * 1.0, codes, groups)
    found = series_keys(frame, names, groups).assign(regions=regions.astype(np.int64))
    for name, weights in (("standard_deviation", deviation_weights), ("interquartile_range", quartile_weights)):
        found = found.assign(**measured(name, weights(rows, codes, regions), rows, codes, regions, z))
    rules = [
        (regions < FEWEST, "fewer than three regions"),
        (found["standard_deviation_lower"].isna().to_numpy(), "the regions do not differ"),
    ]
    method = labels(np.where(regions < FEWEST, -1, 0), ["delta"])
    return found.assign(**extremes(rows, codes, groups), method=method, reason=first_rule(rules, groups))


def measured(
    name: str, weight: Floats, rows: pd.DataFrame, codes: Codes, regions: Floats, z: float
) -> dict[str, Floats]:
    """A spread that is a weighted sum of the values, with limits from the noise of each value."""
    groups = len(regions)
    size = np.where(regions < FEWEST, np.nan, totals(weight * from_mean(rows, codes, regions), codes, groups))
    half = z * np.sqrt(totals((weight * rows["noise"].to_numpy()) ** 2, codes, groups))
    half = np.where(size > 0, half, np.nan)
    return {name: size, f"{name}_lower": np.maximum(size - half, 0.0), f"{name}_upper": size + half}


def from_mean(rows: pd.DataFrame, codes: Codes, regions: Floats) -> Floats:
    """How far each value lies from the mean of its spread; what is only rounding counts as nothing."""
    value = rows["value"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        away = value - (totals(value, codes, len(regions)) / regions)[codes]
    return np.where(np.abs(away) <= HAIR * np.abs(value), 0.0, away)


def deviation_weights(rows: pd.DataFrame, codes: Codes, regions: Floats) -> Floats:
    """Each value's pull on the standard deviation; the sum of pull times distance is the standard deviation itself."""
    away = from_mean(rows, codes, regions)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(totals(away**2, codes, len(regions)) / (regions - 1))
        return np.where(deviation[codes] > 0, away / ((regions - 1) * deviation)[codes], 0.0)


def quartile_weights(rows: pd.DataFrame, codes: Codes, regions: Floats) -> Floats:
    """Each value's part in the upper quartile less its part in the lower, by linear interpolation."""
    rank = rows["value"].groupby(codes).rank(method="first").to_numpy() - 1
    last = (regions - 1)[codes]
    upper, lower = (np.clip(1 - np.abs(rank - share * last), 0.0, None) for share in (0.75, 0.25))
    return np.asarray(upper - lower)


def extremes(rows: pd.DataFrame, codes: Codes, groups: int) -> dict[str, "pd.Series[str]"]:
    """The names of the regions with the lowest and the highest value."""
    order = np.argsort(rows["value"].to_numpy(), kind="stable")
    known = pd.DataFrame({"code": codes[order], "area": rows["area_code"].to_numpy()[order]})[: rows["value"].count()]
    ends = known.groupby("code")["area"].agg(["first", "last"]).reindex(range(groups))
    return {"lowest": ends["first"], "highest": ends["last"]}


def narrowing(frame: pd.DataFrame, measure: str = "standard_deviation") -> pd.DataFrame:
    """Add whether the spread between regions has narrowed.

    Parameters
    ----------
    frame : ``standard_deviation`` with ``..._lower`` and ``..._upper`` as ``spread`` returns them, and the same three
        starting with ``earlier_``. Optional period columns as for ``change.difference``.
    measure : ``standard_deviation`` or ``interquartile_range``.

    Returns
    -------
    The frame with ``spread_change``, ``spread_change_lower``, ``spread_change_upper``, ``narrowing`` (``narrower``,
    ``wider``, ``no_clear_change``, ``cannot_be_calculated``) and ``reason``.

    Notes
    -----
    Change by MOVER, as for any two values with limits. It is only fair over the same regions in both periods.

    Examples
    --------
    >>> now = {"standard_deviation": [2.0], "standard_deviation_lower": [1.5], "standard_deviation_upper": [2.5]}
    >>> frame = pd.DataFrame({**now, **{f"earlier_{name}": [found[0] + 4] for name, found in now.items()}})
    >>> narrowing(frame)["narrowing"].tolist()
    ['narrower']
    """
    choose(measure, MEASURES, "measure")
    names = ("the spread", "the spread's limits", "the earlier spread", "the earlier spread's limits")
    own = (measure, f"{measure}_lower", f"{measure}_upper")
    other = (f"earlier_{own[0]}", f"earlier_{own[1]}", f"earlier_{own[2]}")
    judged = frame.assign(polarity="no_judgement")
    (change, lower, upper), word, reason = contrast(judged, own, other, names, pair_rules(frame))
    return frame.assign(
        spread_change=change,
        spread_change_lower=lower,
        spread_change_upper=upper,
        narrowing=labels(word, NARROWING),
        reason=reason,
    )

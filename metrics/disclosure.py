"""Small numbers: hidden, rounded, and hidden again where one could be worked out from its total.

Applied last, before anything leaves for a page, a download or a pack. What is promised: no hidden count can be worked
out from one table with its totals.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.columns import (
    Bools,
    Floats,
    as_names,
    group_codes,
    has,
    normal_quantile,
    numbers,
    one_of,
    require,
    translated,
)
from metrics.disclosure_cells import Groups, find_groups, first_bounds, rounded, worked_out
from metrics.errors import MetricError
from metrics.proportions import wilson_limits
from metrics.rates import EXACT_BELOW, event_limits

CONFIDENCE = 0.95
# The rules of indicators that are published already, or that count no people.
NOTHING_HIDDEN = ("already_published", "no_people_counted")
MADE = ("value", "lower", "upper")
HIDDEN = "hidden so that no person can be recognised"
COUNTED = ("proportion", "mean")
NO_COUNTS = ("mean", "index")
# Everything the methods add to a row that could tell a hidden figure, or how it compares.
FIGURES = (
    "numerator denominator value lower upper method earlier_numerator earlier_denominator earlier_value earlier_lower "
    "earlier_upper difference difference_lower difference_upper change difference_in_change difference_in_change_lower "
    "difference_in_change_upper contrast comparison position attention dispersion quantile_group centre lower_limit "
    "upper_limit cause point_type direction meaning statistic baseline latest progress expected pace status"
).split()


def protect(frame: pd.DataFrame, by: str | Sequence[str] = ("indicator", "period_end")) -> pd.DataFrame:
    """Hide and round the small numbers of a table, by each indicator's own rule.

    Parameters
    ----------
    frame : ``area_code``, ``disclosure`` (one of ``NOTHING_HIDDEN``, or ``threshold_7``), ``measure``,
        ``multiplier``, ``numerator``, ``denominator`` and the columns of ``by``. Optional ``parent_code`` (the
        ``area_code`` of the row that this one is a part of), ``breakdown_type`` and ``breakdown`` (missing on the
        total), ``hidden_before`` (true on rows that an earlier version hid: they stay hidden), and ``settled`` (of
        rows of which it is decided already: true hidden, false shown; missing on the others).
    by : columns that tell separate tables apart.

    Returns
    -------
    The frame with ``numerator`` and ``denominator`` rounded to 5, ``value``, ``lower``, ``upper`` made from them,
    every figure of a hidden row missing, ``hidden`` (true or false) and ``reason``.

    Notes
    -----
    Counts from 1 to the threshold are hidden; for proportions and means small denominators too. Populations of rates
    are public and stay as they are. Zero stays zero. Make changes and comparisons from the protected figures.

    References
    ----------
    NHS Digital, Hospital Episode Statistics disclosure control, September 2018.

    Examples
    --------
    >>> row = {"area_code": list("ABC"), "parent_code": [None, "A", "A"], "numerator": [28.0, 4, 24]}
    >>> table = pd.DataFrame({**row, "disclosure": "threshold_7", "measure": "count", "multiplier": 1.0})
    >>> protect(table.assign(denominator=np.nan), by=())[["numerator", "hidden"]]
       numerator  hidden
    0       30.0   False
    1        NaN    True
    2        NaN    True
    """
    names = as_names(by)
    require(frame, "area_code", "disclosure", "measure", "multiplier", "numerator", "denominator", *names)
    threshold = thresholds(frame)
    counts, before = protected_counts(frame, threshold), flagged(frame, "hidden_before") & (threshold > 0)
    least = np.where(before | frame["measure"].isin(COUNTED).to_numpy(), 0.0, 1.0)
    first = small(counts, threshold) | before | (flagged(frame, "settled") & (threshold > 0))
    open_ = ~flagged(frame, "settled", True, False)
    hidden = hidden_in(frame, names, counts, first, threshold, (least, open_))
    shown = remade(frame, counts)
    blank = {name: shown[name].where(~hidden) for name in FIGURES if name in shown.columns}
    reason = shown["reason"] if has(frame, "reason") else pd.Series(None, index=frame.index, dtype="str")
    return shown.assign(**blank, hidden=hidden, reason=reason.mask(hidden, HIDDEN))


def thresholds(frame: pd.DataFrame) -> Floats:
    """The largest count that each row's rule hides; 0 where nothing is to be hidden."""
    rules = {rule: threshold_of(rule) for rule in frame["disclosure"].unique()}
    return np.asarray(translated(frame["disclosure"], rules, "float64"), dtype=np.float64)


def threshold_of(rule: object) -> float:
    """The largest count that a rule hides; 0 where it hides nothing."""
    found = re.match(r"threshold_(\d+)$", str(rule))
    if rule not in NOTHING_HIDDEN and found is None:
        allowed = one_of([*NOTHING_HIDDEN, "threshold_7"])
        raise MetricError(f"The column 'disclosure' must hold {allowed}; it holds '{rule}'.")
    return float(found[1]) if found else 0.0


def protected_counts(frame: pd.DataFrame, threshold: Floats) -> dict[str, Floats]:
    """The counts that need protection: numerators of people or events, and denominators that are not populations."""
    measure, ruled = frame["measure"], threshold > 0
    counted = ruled & measure.isin(COUNTED).to_numpy()
    events = ruled & ~measure.isin(NO_COUNTS).to_numpy()
    return {
        "numerator": np.where(events, numbers(frame, "numerator"), np.nan),
        "denominator": np.where(counted, numbers(frame, "denominator"), np.nan),
    }


def small(counts: dict[str, Floats], threshold: Floats) -> Bools:
    """Which rows hold a count that is not zero and not above the threshold."""
    return np.asarray(np.any([(x > 0) & (x <= threshold) for x in counts.values()], axis=0))


def flagged(frame: pd.DataFrame, name: str, *values: bool) -> Bools:
    """On which rows a column, which may be absent or missing, holds one of the values, or else true."""
    if not has(frame, name):
        return np.zeros(len(frame), dtype=bool)
    return frame[name].isin(values or (True,)).to_numpy(dtype=bool)


def hidden_in(
    frame: pd.DataFrame,
    names: list[str],
    counts: dict[str, Floats],
    first: Bools,
    threshold: Floats,
    limits: tuple[Floats, Bools],
) -> Bools:
    """What is hidden in each table, given what is hidden first; a table in which nothing is needs no closer look."""
    hidden, table = first.copy(), group_codes(frame, names)[0]
    rows = np.flatnonzero(np.isin(table, np.unique(table[first])))
    part = {name: x[rows] for name, x in counts.items()}
    closer = find_groups(frame.iloc[rows], names), part, first[rows], threshold[rows]
    hidden[rows] = hide_more(*closer, (limits[0][rows], limits[1][rows]))
    return hidden


def hide_more(
    groups: Groups, counts: dict[str, Floats], hidden: Bools, threshold: Floats, limits: tuple[Floats, Bools]
) -> Bools:
    """Hide further cells until no hidden one can be worked out, or none that may be hidden is left.

    `limits` are the least that a hidden count may be, and which cells may be hidden.
    """
    least, open_ = limits
    size = np.where(np.isnan(counts["numerator"]), counts["denominator"], counts["numerator"])
    while True:
        weak = np.any([weak_groups(groups, x, hidden, threshold, least) for x in counts.values()], axis=0)
        more = next_cells(groups, size, hidden | ~open_, weak)
        if not more.any():
            return hidden
        hidden = hidden | more


def weak_groups(groups: Groups, x: Floats, hidden: Bools, threshold: Floats, least: Floats) -> Bools:
    """Groups in which a hidden count stands alone, or can be worked out from the rounded figures."""
    there = ~np.isnan(x)
    known, secret = groups.with_totals(there), hidden & there
    alone = known.sums(secret.astype(np.float64)) + secret[known.total] == 1
    low, high = worked_out(known, *first_bounds(x, secret, threshold, least))
    told = secret & (high - low < 1)
    weak = np.zeros(len(groups.total), dtype=bool)
    weak[there[groups.total]] = alone | (known.sums(told.astype(np.float64)) > 0) | told[known.total]
    return weak


def next_cells(groups: Groups, size: Floats, hidden: Bools, weak: Bools) -> Bools:
    """In each weak group the smallest part that is shown and not zero; where there is none, the total."""
    shown = ~hidden & (size > 0)
    usable = weak[groups.group] & shown[groups.part]
    part, group = groups.part[usable], groups.group[usable]
    order = np.lexsort((part, size[part], group))
    more = np.zeros(len(hidden), dtype=bool)
    more[part[order][np.diff(group[order], prepend=-1) != 0]] = True
    more[groups.total[weak & (np.bincount(group, minlength=len(weak)) == 0)]] = True
    return more & shown


def remade(frame: pd.DataFrame, counts: dict[str, Floats]) -> pd.DataFrame:
    """Rounded counts in place of exact ones, and values and limits made from them."""
    exact = {name: numbers(frame, name) for name in counts}
    x, n = (np.where(np.isnan(counts[name]), exact[name], rounded(counts[name])) for name in counts)
    figures = {name: numbers(frame, name).copy() if has(frame, name) else np.full(len(frame), np.nan) for name in MADE}
    ruled, measure = ~np.isnan(counts["numerator"]), frame["measure"]
    for kind in ("proportion", "rate", "count"):
        rows = ruled & (measure == kind).to_numpy()
        found = made(kind, x[rows], n[rows], numbers(frame, "multiplier")[rows])
        for name, values in zip(MADE, found, strict=True):
            figures[name][rows] = values
    # A mean is not made of counts: its sum follows from the rounded number of people, so that none gives the other.
    averaged = (measure == "mean").to_numpy() & ~np.isnan(counts["denominator"])
    x = np.where(averaged, figures["value"] * n, x)
    remade_frame = frame.assign(numerator=x, denominator=n, **figures)
    if has(frame, "method"):
        # A count under 10 that was rounded up to 10 has Byar's limits now.
        changed = (frame["method"] == "exact").to_numpy(dtype=bool) & ruled & (x >= EXACT_BELOW)
        remade_frame["method"] = frame["method"].mask(changed, "byar")
    return remade_frame


def made(kind: str, x: Floats, n: Floats, multiplier: Floats) -> tuple[Floats, Floats, Floats]:
    """Value and 95 % limits of rounded counts; NaN where they break the rule of their kind."""
    z = normal_quantile(CONFIDENCE)
    n = np.ones_like(n) if kind == "count" else n
    bad = ~((n > 0) & (x >= 0) & ((x <= n) | (kind != "proportion")))
    x, n = np.where(bad, np.nan, x), np.where(bad, np.nan, n)
    if kind == "proportion":
        value, lower, upper = wilson_limits(x, n, z, 1.0)
        return value * multiplier, lower * multiplier, upper * multiplier
    lower, upper = event_limits(x, x < EXACT_BELOW, z, CONFIDENCE)
    return x / n * multiplier, lower / n * multiplier, upper / n * multiplier

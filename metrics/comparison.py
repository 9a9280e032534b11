"""Comparing areas with a benchmark, and into groups of equal size.

A word rests on an area's own 95 % interval, for information. Attention rests on the limits of ``metrics.variation``.
"""

from typing import Any

import numpy as np
import pandas as pd

from metrics.columns import (
    Codes,
    Floats,
    Rule,
    any_broken,
    beyond,
    first_rule,
    has,
    judged,
    labels,
    more_reasons,
    numbers,
    require,
    series_numbers,
    signs,
    triple_rules,
)
from metrics.errors import MetricError
from metrics.variation import funnel, overdispersion, overdispersion_of_changes

__all__ = [
    "against_benchmark",
    "against_benchmark_interval",
    "against_benchmark_two_levels",
    "funnel",
    "overdispersion",
    "overdispersion_of_changes",
    "quantile_bounds",
    "quantile_group",
]

COMPARISONS = ["better", "worse", "higher", "lower", "similar", "not_compared"]
TWO_LEVELS = [*COMPARISONS, "much_better", "much_worse", "much_higher", "much_lower"]


def against_benchmark(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the word for each value beside its benchmark.

    Parameters
    ----------
    frame : columns ``value``, ``lower``, ``upper``, ``benchmark`` (one unit) and ``polarity``. Optional ``area_code``
        and ``benchmark_area_code``: an area is never compared with itself.

    Returns
    -------
    The frame with ``comparison`` (``better``, ``worse``, ``higher``, ``lower``, ``similar``, ``not_compared``)
    and ``reason``.

    Notes
    -----
    A benchmark inside the limits, ends included, is ``similar``. No limits: ``not_compared``.

    References
    ----------
    Fingertips technical guidance, "Comparing areas" (Office for Health Improvement and Disparities).

    Examples
    --------
    >>> row = {"value": [4.0], "lower": [2.9], "upper": [5.1], "benchmark": [1.0], "polarity": ["lower_is_better"]}
    >>> against_benchmark(pd.DataFrame(row))["comparison"].tolist()
    ['worse']
    """
    require(frame, "value", "lower", "upper", "benchmark")
    value, lower, upper, benchmark = (numbers(frame, name) for name in ("value", "lower", "upper", "benchmark"))
    rules = interval_rules(value, lower, upper) + benchmark_rules(frame, benchmark)
    place = judged(beyond(lower, upper, benchmark, benchmark), signs(frame))
    return named(frame, np.where(any_broken(rules, len(frame)), 5, place), COMPARISONS, rules)


def against_benchmark_two_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the word for each value beside its benchmark, from its 95 % and its 99.8 % limits.

    Parameters
    ----------
    frame : the columns of ``against_benchmark`` and ``lower_998``, ``upper_998``.

    Returns
    -------
    The frame with ``comparison``: the words of ``against_benchmark``, and ``much_better``, ``much_worse``,
    ``much_higher``, ``much_lower`` where the benchmark is outside the 99.8 % limits too; and ``reason``.

    Examples
    --------
    >>> row = {"value": [2.6], "lower": [2.5], "upper": [2.7], "lower_998": [2.3], "upper_998": [2.9]}
    >>> frame = pd.DataFrame({**row, "benchmark": [3.0], "polarity": ["lower_is_better"]})
    >>> against_benchmark_two_levels(frame)["comparison"].tolist()
    ['much_better']
    """
    require(frame, "lower_998", "upper_998")
    outer = [numbers(frame, name) for name in ("value", "lower_998", "upper_998")]
    benchmark, first = numbers(frame, "benchmark"), against_benchmark(frame)
    far = np.asarray(beyond(outer[1], outer[2], benchmark, benchmark) != 0)
    near = first["comparison"].map(dict(zip(COMPARISONS, range(6), strict=True))).to_numpy(dtype=np.int64)
    rules = interval_rules(outer[0], outer[1], outer[2])
    refused = (near == 5) | any_broken(rules, len(frame))
    place = np.where(refused, 5, np.where(far & (near < 4), near + 6, near))
    return first.assign(comparison=labels(place, TWO_LEVELS), reason=more_reasons(first["reason"].array, rules))


def against_benchmark_interval(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the word for each value beside a benchmark that has limits of its own.

    Parameters
    ----------
    frame : the columns of ``against_benchmark`` and ``benchmark_lower``, ``benchmark_upper``.

    Returns
    -------
    The frame with ``comparison`` (words of ``against_benchmark``) and ``reason``. Intervals that touch are ``similar``.

    Notes
    -----
    Stricter than a test of the difference: two intervals may overlap although ``change.difference`` is clear.

    Examples
    --------
    >>> row = {"value": [4.0], "lower": [3.5], "upper": [4.5], "benchmark": [3.0], "benchmark_lower": [2.7]}
    >>> frame = pd.DataFrame({**row, "benchmark_upper": [3.1], "polarity": ["lower_is_better"]})
    >>> against_benchmark_interval(frame)["comparison"].tolist()
    ['worse']
    """
    own, other = (
        [numbers(frame, f"{start}{end}") for end in ends]
        for start, ends in (("", ("value", "lower", "upper")), ("benchmark", ("", "_lower", "_upper")))
    )
    other_value, other_limits = triple_rules(other[0], other[1], other[2], "the benchmark", "the benchmark's limits")
    rules = interval_rules(own[0], own[1], own[2]) + benchmark_rules(frame, other[0]) + other_limits
    place = judged(beyond(own[1], own[2], other[1], other[2]), signs(frame))
    return named(frame, np.where(any_broken(rules, len(frame)), 5, place), COMPARISONS, rules)


def quantile_group(
    values: "pd.Series[float]", groups: int = 5, invert: bool = False, by: "pd.Series[Any] | None" = None
) -> "pd.Series[int]":
    """Number the groups of equal size that values fall into, the lowest values first.

    Parameters
    ----------
    values : numbers; a missing one has no group.
    groups : how many groups.
    invert : the highest values come first.
    by : on the same index, tells apart values that are grouped by themselves, such as those of each period.

    Returns
    -------
    A series of whole numbers from 1 to ``groups`` on the same index, missing where there is no group.

    Notes
    -----
    Ties share the lowest rank. Fewer values than groups: no value has a group.

    References
    ----------
    PHEindicatormethods 2.1.0, ``phe_quantile``.

    Examples
    --------
    >>> quantile_group(pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10])).tolist()
    [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    """
    if groups < 1:
        raise MetricError(f"The argument 'groups' must be a whole number above zero; it is {groups}.")
    found = pd.Series(series_numbers(values, "values"), index=values.index)
    apart = found.groupby(pd.Series(0, index=values.index) if by is None else by)
    count, rank = apart.transform("count"), apart.rank(method="min", ascending=not invert)
    group = np.floor((groups + 1) - np.ceil(((count + 1) - rank) / (count / groups)))
    numbered: pd.Series[int] = group.clip(lower=1).where(count >= groups).astype("Int64").rename(values.name)
    return numbered


def quantile_bounds(values: "pd.Series[float]", groups: int = 4) -> list[float]:
    """The ends and inner bounds of groups of equal size: minimum, quartiles and maximum for four groups.

    Missing values are left out; without any value there are no bounds. Linear interpolation between values.

    Examples
    --------
    >>> quantile_bounds(pd.Series([50.0, 52.0, 54.0, 56.0, 58.0, 60.0]))
    [50.0, 52.5, 55.0, 57.5, 60.0]
    """
    found = series_numbers(values, "values")
    found = found[~np.isnan(found)]
    return [float(bound) for bound in np.quantile(found, np.linspace(0, 1, groups + 1))] if len(found) else []


def interval_rules(value: Floats, lower: Floats, upper: Floats) -> list[Rule]:
    """Why a value with its limits cannot be compared."""
    value_rules, limit_rules = triple_rules(value, lower, upper, "the value", "the limits")
    return value_rules + limit_rules


def benchmark_rules(frame: pd.DataFrame, benchmark: Floats) -> list[Rule]:
    """Why a benchmark cannot serve: it is missing, or it is the area itself."""
    rules = [(~np.isfinite(benchmark), "the benchmark is missing")]
    if has(frame, "area_code", "benchmark_area_code"):
        same = (frame["area_code"] == frame["benchmark_area_code"]).fillna(False).to_numpy(dtype=bool)
        rules.append((same, "an area is not compared with itself"))
    return rules


def named(frame: pd.DataFrame, place: Codes, words: list[str], rules: list[Rule]) -> pd.DataFrame:
    """The frame with the word at each place and the reason for each row that has none."""
    return frame.assign(comparison=labels(place, words), reason=first_rule(rules, len(frame)))

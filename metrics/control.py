"""XmR control charts for monthly and quarterly series.

References: NHS England, "Making Data Count"; its implementation in R, NHSRplotthedots 0.2.2.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.columns import (
    POLARITIES,
    Codes,
    Floats,
    any_broken,
    as_names,
    beyond,
    dates,
    first_rule,
    group_codes,
    judged,
    labels,
    numbers,
    require,
    series_keys,
    signs,
)
from metrics.control_limits import Chart, arrange, limits, points_in, ranges_in
from metrics.control_rules import CAUSES, special_causes

POINT_TYPES = [
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
    "common_cause",
]
COMMON = CAUSES.index("common_cause")
LINES = ("centre", "lower_limit", "upper_limit")
ASSURANCES = ["consistent_pass", "consistent_fail", "inconsistent"]
ENOUGH_POINTS = 12


class Summary(NamedTuple):
    """One chart in two words: the last point's type, and whether the target is met as a matter of course."""

    variation: str | None
    assurance: str | None


def xmr(
    frame: pd.DataFrame,
    polarity: str,
    target: float | str | None = None,
    rebase: Sequence[str | date] = (),
    by: str | Sequence[str] = (),
    screen: bool = True,
    fix_after: int | None = None,
) -> pd.DataFrame:
    """Add the centre, the limits and the special causes of an XmR chart.

    Parameters
    ----------
    frame : ``period_end`` and ``value``, in any order; with ``period_start``, overlaps are refused and gaps break runs.
    polarity, target : a word and a number in the value's unit, or the names of columns that hold them.
    rebase : the ``period_end`` values at which a new calculation starts.
    by : columns that tell the series apart.
    screen : drop moving ranges of 3.267 times their average and more, once.
    fix_after : take the limits from the first so many points of each calculation only.

    Returns
    -------
    The frame with ``centre``, ``lower_limit``, ``upper_limit``, ``cause``, ``point_type`` (a missing value is
    ``common_cause``), ``calculation`` (0, 1 ...), ``provisional`` (under 12 points), ``target``, ``polarity`` and
    ``reason``.

    Examples
    --------
    >>> months = pd.DataFrame({"period_end": ["2026-01-31", "2026-02-28"], "value": [5.0, 7.0]})
    >>> xmr(months, "higher_is_better")[["centre", "lower_limit", "upper_limit"]].iloc[0].round(2).tolist()
    [6.0, 0.68, 11.32]
    """
    words, goal = given(frame, polarity, target)
    chart = arrange(frame, as_names(by), rebase)
    lines = limits(chart, screen, fix_after)
    refused = chart.undated | chart.overlapping
    cause = chart.restore(np.where(refused, -1, special_causes(chart.y, *lines, chart.joined)))
    drawn = {name: chart.restore(np.where(refused, np.nan, line)) for name, line in zip(LINES, lines, strict=True)}
    return frame.assign(
        **drawn,
        cause=labels(cause, CAUSES),
        point_type=labels(point_types(cause, signs(words.to_frame("polarity"))), POINT_TYPES),
        calculation=chart.restore(chart.calculation),
        provisional=chart.restore(points_in(chart) < ENOUGH_POINTS),
        target=goal,
        polarity=words,
        reason=reasons(chart, lines),
    )


def given(frame: pd.DataFrame, polarity: str, target: float | str | None) -> tuple["pd.Series[str]", Floats]:
    """Polarity and target for each row, from the words given or from the columns named."""
    if polarity in POLARITIES:
        words = pd.Series(polarity, index=frame.index, dtype="str")
    else:
        require(frame, polarity)
        words = frame[polarity]
    if isinstance(target, str):
        return words, numbers(frame, target)
    return words, np.full(len(frame), np.nan if target is None else float(target))


def point_types(cause: Codes, polarity: Floats) -> Codes:
    """What each cause means under its polarity, as a place in ``POINT_TYPES``; causes with even places are high."""
    direction = np.where((cause == COMMON) | (cause < 0), 0.0, np.where(cause % 2 == 0, 1.0, -1.0))
    return np.where(cause < 0, -1, judged(direction, polarity))


def reasons(chart: Chart, lines: tuple[Floats, Floats, Floats]) -> ExtensionArray:
    """Why a point has no limits or no value, in the order of the frame."""
    rules = [
        (chart.undated, "the end of a period is missing"),
        (chart.overlapping, "the periods overlap"),
        (np.isnan(chart.y), "the value is missing"),
        (points_in(chart) < 2, "fewer than two values give no limits"),
        (ranges_in(chart) == 0, "no two values follow each other, so there are no limits"),
        (np.isnan(lines[1]), "the values do not vary, so there are no limits"),
    ]
    return first_rule([(chart.restore(broken), text) for broken, text in rules], len(chart.y))


def summary(frame: pd.DataFrame) -> Summary:
    """The variation and the assurance of one chart.

    Parameters
    ----------
    frame : one series as ``xmr`` returns it.

    Returns
    -------
    Summary with ``variation`` (``point_type`` of the last point that has a value) and ``assurance``
    (``consistent_pass``, ``consistent_fail``, ``inconsistent``); None where there is no such word.

    Examples
    --------
    >>> months = pd.DataFrame({"period_end": ["2026-01-31", "2026-02-28"], "value": [5.0, 7.0]})
    >>> summary(xmr(months, "higher_is_better", target=12))
    Summary(variation='common_cause', assurance='consistent_fail')
    """
    found = summaries(frame, by=())
    if found.empty:
        return Summary(None, None)
    words = [None if pd.isna(word) else str(word) for word in found[["variation", "assurance"]].iloc[0]]
    return Summary(*words)


def summaries(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """The variation and the assurance of many charts.

    Parameters
    ----------
    frame : series as ``xmr`` returns them.
    by : columns that tell the series apart.

    Returns
    -------
    One row per series, in order of first appearance: the columns of ``by``, ``variation``, ``assurance``,
    ``provisional`` and ``reason`` (why there is no assurance).

    Notes
    -----
    Assurance compares the target with the last limits. No target, or no judgement: no assurance.
    """
    names = as_names(by)
    last = last_points(frame, names)
    known = last["value"].notna().to_numpy()
    lower, upper, goal = (numbers(last, name) for name in ("lower_limit", "upper_limit", "target"))
    better = signs(last)
    rules = [
        (~known, "no period has a value"),
        (np.isnan(goal), "there is no target"),
        (better == 0, "no judgement is made"),
        (np.isnan(lower), "there are no limits"),
    ]
    place = np.where(any_broken(rules, len(last)), -1, assured(lower, upper, goal, better))
    return series_keys(frame, names, len(last)).assign(
        variation=last["point_type"].where(known).array,
        assurance=labels(place, ASSURANCES),
        provisional=last["provisional"].array,
        reason=first_rule(rules, len(last)),
    )


def last_points(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Each series' last point that has a value; its last point where none has."""
    codes, series = group_codes(frame, by)
    known = np.isfinite(numbers(frame, "value"))
    rows = np.lexsort((dates(frame, "period_end"), known, codes))
    return frame.iloc[rows[np.cumsum(np.bincount(codes, minlength=series)) - 1]]


def assured(lower: Floats, upper: Floats, target: Floats, better: Floats) -> Codes:
    """Whether the limits lie wholly on the target's good side, on its bad side, or hold it."""
    # With a judgement made, the places are 0 for good, 1 for bad and 4 for neither.
    return np.minimum(judged(beyond(lower, upper, target, target), better), 2)

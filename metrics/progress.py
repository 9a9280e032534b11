"""Progress towards an agreed target along a straight line from the baseline."""

import numpy as np
import pandas as pd

from metrics.change import CHANGES
from metrics.columns import (
    Bools,
    Codes,
    Days,
    Floats,
    Rule,
    any_broken,
    dates,
    first_rule,
    labels,
    numbers,
    signs,
    words,
)

STATUSES = [
    "achieved",
    "not_met",
    "moving_away",
    "on_track",
    "behind",
    "well_behind",
    "no_target",
    "cannot_be_calculated",
]
ON_TRACK, BEHIND = 0.95, 0.60
HAIR = 1e-9  # so that a pace of exactly 0.95 is not lost to rounding


def towards_target(frame: pd.DataFrame) -> pd.DataFrame:
    """Add how far each row has come towards its target, and how that compares with a straight line.

    Parameters
    ----------
    frame : columns ``baseline``, ``latest``, ``target`` (one unit), ``baseline_date``, ``latest_date``,
        ``target_date``, ``polarity``, and ``change`` as ``change.difference`` adds it.

    Returns
    -------
    The frame with ``progress`` (share of the way), ``expected`` (share of the time, at most 1), ``pace`` (progress
    over expected), ``status`` (``achieved``, ``on_track``, ``behind``, ``well_behind``, ``moving_away``, ``not_met``,
    ``no_target``, ``cannot_be_calculated``) and ``reason``.

    Notes
    -----
    ``on_track`` from a pace of 0.95, ``behind`` from 0.60. Below zero it is ``moving_away`` only if ``change`` is
    ``worsened``. After the target date: ``achieved`` or ``not_met``. A target equal to the baseline has no
    ``progress``: ``achieved`` while met, otherwise ``behind``, or ``moving_away`` if ``worsened``.

    Examples
    --------
    >>> row = {"baseline": [40.0], "latest": [45.0], "target": [60.0], "polarity": ["higher_is_better"]}
    >>> days = {"baseline_date": ["2025-06-30"], "latest_date": ["2026-06-30"], "target_date": ["2027-06-30"]}
    >>> towards_target(pd.DataFrame({**row, **days, "change": ["improved"]}))[["progress", "pace", "status"]]
       progress  pace  status
    0      0.25   0.5  well_behind
    """
    baseline, latest, target = (numbers(frame, name) for name in ("baseline", "latest", "target"))
    days = tuple(dates(frame, name) for name in ("baseline_date", "latest_date", "target_date"))
    better = signs(frame)
    rules = value_rules(baseline, latest, target, better) + date_rules(*days)
    unset, refused = np.isnan(target), any_broken(rules, len(frame))
    with np.errstate(divide="ignore", invalid="ignore"):
        progress = np.where(refused | (target == baseline), np.nan, (latest - baseline) / (target - baseline))
        expected = np.where(refused, np.nan, np.minimum((days[1] - days[0]) / (days[2] - days[0]), 1.0))
        pace = progress / expected
    met, late = (latest - target) * better >= 0, days[1] > days[2]
    worsened = words(frame, "change", CHANGES) == CHANGES.index("worsened")
    place = np.where(unset, 6, np.where(refused, 7, judge(progress, pace, met, late, worsened)))
    return frame.assign(
        progress=progress,
        expected=expected,
        pace=pace,
        status=labels(place, STATUSES),
        reason=first_rule(rules, len(frame)),
    )


def wrong_side(frame: pd.DataFrame) -> Bools:
    """Whether each row's ``target`` is worse than its ``baseline`` by its ``polarity``; not where one is missing."""
    return (numbers(frame, "target") - numbers(frame, "baseline")) * signs(frame) < 0


def judge(progress: Floats, pace: Floats, met: Bools, late: Bools, worsened: Bools) -> Codes:
    """The status of each row that can be judged, as a place in ``STATUSES``."""
    same, back = np.isnan(progress), progress < 0
    away = worsened & (back | same)
    found = [met, late, away, pace >= ON_TRACK - HAIR, same | (pace >= BEHIND - HAIR)]
    return np.select(found, range(len(found)), 5)


def value_rules(baseline: Floats, latest: Floats, target: Floats, better: Floats) -> list[Rule]:
    """Why the values allow no judgement."""
    return [
        (np.isnan(target), "no target has been agreed"),
        (~np.isfinite(baseline), "the baseline is missing"),
        (~np.isfinite(latest), "the latest value is missing"),
        (np.isinf(target), "the target is not a finite number"),
        (better == 0, "no judgement is made on this indicator"),
        ((target - baseline) * better < 0, "the target is on the wrong side of the baseline"),
    ]


def date_rules(baseline: Days, latest: Days, target: Days) -> list[Rule]:
    """Why the dates allow no judgement."""
    return [
        (np.isnat(baseline) | np.isnat(latest) | np.isnat(target), "a date is missing"),
        (target <= baseline, "the target date is not after the baseline"),
        (latest <= baseline, "there are no data newer than the baseline"),
    ]

"""A value beside an agreed target: met, missed, or not clear. ``metrics.progress`` says how far there is to go."""

import numpy as np
import pandas as pd

from metrics.columns import Bools, Floats, any_broken, first_rule, labels, numbers, signs
from metrics.comparison import COMPARISONS

NO_JUDGEMENT = "no judgement is made on this indicator"
NO_TARGET = "no target has been agreed"
NO_VALUE = "the value is missing"
NO_LIMITS = "the limits are missing"


def against_target(frame: pd.DataFrame) -> pd.DataFrame:
    """Add whether each value meets its target; a value equal to the target meets it.

    Parameters
    ----------
    frame : ``value`` and ``target`` (one unit) and ``polarity``.

    Returns
    -------
    The frame with ``comparison`` (``better`` where met, ``worse`` where not, ``not_compared``) and ``reason``.

    References
    ----------
    Fingertips technical guidance, "Comparison with goals".

    Examples
    --------
    >>> row = {"value": [10.0], "target": [10.0], "polarity": ["lower_is_better"]}
    >>> against_target(pd.DataFrame(row))["comparison"][0]
    'better'
    """
    value, target, better = numbers(frame, "value"), numbers(frame, "target"), signs(frame)
    met = (value - target) * better >= 0
    return compared(frame, np.where(met, 1.0, -1.0), better, [value], [target])


def against_target_limits(frame: pd.DataFrame) -> pd.DataFrame:
    """Add whether each value's limits lie beyond its target, short of it, or hold it.

    Parameters
    ----------
    frame : ``lower``, ``upper`` and ``target`` (one unit) and ``polarity``.

    Returns
    -------
    The frame with ``comparison`` (``better``, ``worse``, ``similar``, ``not_compared``) and ``reason``.

    Notes
    -----
    Better only where both limits lie beyond the target; limits that end at the target are worse when they lie on its
    other side.

    Examples
    --------
    >>> row = {"lower": [9.0], "upper": [11.0], "target": [10.0], "polarity": ["lower_is_better"]}
    >>> against_target_limits(pd.DataFrame(row))["comparison"][0]
    'similar'
    """
    lower, upper, target = (numbers(frame, name) for name in ("lower", "upper", "target"))
    better = signs(frame)
    near, far = (
        np.where(better > 0, lower - target, target - upper),
        np.where(better > 0, upper - target, target - lower),
    )
    return compared(frame, np.where(near > 0, 1.0, np.where(far <= 0, -1.0, 0.0)), better, [lower, upper], [target])


def against_target_range(frame: pd.DataFrame) -> pd.DataFrame:
    """Add whether each value lies beyond its target range, short of it, or inside.

    Parameters
    ----------
    frame : ``value``, ``target_lower``, ``target_upper`` (one unit) and ``polarity``.

    Returns
    -------
    The frame with ``comparison`` (``better``, ``worse``, ``similar``, ``not_compared``) and ``reason``.

    Notes
    -----
    The range holds its lower end and not its upper.

    Examples
    --------
    >>> row = {"value": [2.0], "target_lower": [1.0], "target_upper": [2.0], "polarity": ["higher_is_better"]}
    >>> against_target_range(pd.DataFrame(row))["comparison"][0]
    'better'
    """
    value, low, high = (numbers(frame, name) for name in ("value", "target_lower", "target_upper"))
    better = signs(frame)
    above = np.where(value >= high, 1.0, np.where(value < low, -1.0, 0.0))
    return compared(frame, above * better, better, [value], [low, high])


def compared(
    frame: pd.DataFrame, place: Floats, better: Floats, own: list[Floats], target: list[Floats]
) -> pd.DataFrame:
    """The frame with the word for 1 (better), 0 (similar) or -1 (worse), and the reason where there is none."""
    rules = [
        (missing(own), NO_VALUE if len(own) == 1 else NO_LIMITS),
        (missing(target), NO_TARGET),
        (better == 0, NO_JUDGEMENT),
    ]
    word = np.select([any_broken(rules, len(frame)), place > 0, place < 0], [5, 0, 1], 4)
    return frame.assign(comparison=labels(word, COMPARISONS), reason=first_rule(rules, len(frame)))


def missing(values: list[Floats]) -> Bools:
    """Which rows lack one of the values."""
    return np.asarray(np.any([~np.isfinite(found) for found in values], axis=0))

"""Change between two periods, and the difference between two areas' changes, by MOVER.

MOVER (method of variance estimates recovery) makes limits of a difference from the limits of its two values, so it
serves proportions, rates and means alike.
"""

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.columns import (
    Codes,
    Floats,
    Rule,
    any_broken,
    beyond,
    first_rule,
    judged,
    labels,
    numbers,
    require,
    signs,
    triple_rules,
)
from metrics.overlap import pair_rules

LATER = ("value", "lower", "upper")
EARLIER = ("earlier_value", "earlier_lower", "earlier_upper")
OWN = ("difference", "difference_lower", "difference_upper")
OTHER = ("other_difference", "other_difference_lower", "other_difference_upper")
Names = tuple[str, str, str, str]
CHANGES = ["improved", "worsened", "higher", "lower", "no_clear_change", "cannot_be_calculated"]
CONTRASTS = ["better", "worse", "higher", "lower", "no_clear_difference", "cannot_be_calculated"]


def difference(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the change from the earlier to the later value, with limits and a word.

    Parameters
    ----------
    frame : columns ``value``, ``lower``, ``upper``, ``earlier_value``, ``earlier_lower``, ``earlier_upper``, all in
        one unit, and ``polarity``. Optional ``period_start``, ``period_end``, ``earlier_period_start``,
        ``earlier_period_end``: with them, periods that overlap are refused.

    Returns
    -------
    The frame with ``difference``, ``difference_lower``, ``difference_upper`` (later minus earlier, same unit),
    ``change`` (``improved``, ``worsened``, ``higher``, ``lower``, ``no_clear_change``, ``cannot_be_calculated``)
    and ``reason``.

    Notes
    -----
    Limits that include zero, also at their ends, mean ``no_clear_change``.

    References
    ----------
    Newcombe, Stat Med 1998;17:873, method 10. Zou and Donner, Stat Med 2008;27:1693.

    Examples
    --------
    >>> row = {"value": [60.0], "lower": [55.0], "upper": [65.0], "earlier_value": [40.0], "earlier_lower": [35.0]}
    >>> frame = pd.DataFrame({**row, "earlier_upper": [45.0], "polarity": ["higher_is_better"]})
    >>> difference(frame)[["difference", "difference_lower", "difference_upper", "change"]].round(2)
       difference  difference_lower  difference_upper    change
    0        20.0             12.93             27.07  improved
    """
    require(frame, *LATER, *EARLIER)
    names = ("the value", "the limits", "the earlier value", "the earlier limits")
    result, word, reason = contrast(frame, LATER, EARLIER, names, pair_rules(frame))
    return frame.assign(**dict(zip(OWN, result, strict=True)), change=labels(word, CHANGES), reason=reason)


def difference_in_change(frame: pd.DataFrame) -> pd.DataFrame:
    """Add how far an area's change differs from another area's change.

    Parameters
    ----------
    frame : columns ``difference``, ``difference_lower``, ``difference_upper`` (as ``difference`` adds them), the
        other area's ``other_difference``, ``other_difference_lower``, ``other_difference_upper``, and ``polarity``.

    Returns
    -------
    The frame with ``difference_in_change``, ``difference_in_change_lower``, ``difference_in_change_upper`` (own minus
    other), ``contrast`` (``better``, ``worse``, ``higher``, ``lower``, ``no_clear_difference``,
    ``cannot_be_calculated``) and ``reason``.

    Notes
    -----
    It assumes that the two areas do not contain one another. It describes; it does not show cause.

    References
    ----------
    Zou and Donner, Stat Med 2008;27:1693: MOVER applied to the two changes.

    Examples
    --------
    >>> own = {"difference": [20.0], "difference_lower": [13.0], "difference_upper": [27.0]}
    >>> other = {"other_difference": [2.0], "other_difference_lower": [-5.0], "other_difference_upper": [9.0]}
    >>> frame = pd.DataFrame({**own, **other, "polarity": ["higher_is_better"]})
    >>> difference_in_change(frame)[["difference_in_change", "contrast"]]
       difference_in_change contrast
    0                  18.0   better
    """
    require(frame, *OWN, *OTHER)
    names = ("the change", "the change's limits", "the other area's change", "the other area's limits")
    result, word, reason = contrast(frame, OWN, OTHER, names, [])
    added = dict(zip((name.replace("difference", "difference_in_change") for name in OWN), result, strict=True))
    return frame.assign(**added, contrast=labels(word, CONTRASTS), reason=reason)


def contrast(
    frame: pd.DataFrame, own: tuple[str, str, str], other: tuple[str, str, str], names: Names, rules: list[Rule]
) -> tuple[list[Floats], Codes, ExtensionArray]:
    """Own minus other by MOVER, the place of its word in a list of six, and the reason where there is none."""
    later, earlier = ([numbers(frame, name) for name in triple] for triple in (own, other))
    polarity, size = signs(frame), len(frame)
    later_value, later_limits = triple_rules(later[0], later[1], later[2], *names[:2])
    earlier_value, earlier_limits = triple_rules(earlier[0], earlier[1], earlier[2], *names[2:])
    no_value = later_value + earlier_value + rules
    no_word = no_value + later_limits + earlier_limits
    d, lower, upper = mover(later, earlier)
    d[any_broken(no_value, size)] = np.nan
    refused = any_broken(no_word, size)
    lower[refused] = upper[refused] = np.nan
    word = np.where(refused, 5, judged(beyond(lower, upper, 0.0, 0.0), polarity))
    return [d, lower, upper], word, first_rule(no_word, size)


def mover(later: list[Floats], earlier: list[Floats]) -> tuple[Floats, Floats, Floats]:
    """The difference of two values and its limits, each value given with its own limits."""
    (value, lower, upper), (earlier_value, earlier_lower, earlier_upper) = later, earlier
    with np.errstate(invalid="ignore"):
        d = value - earlier_value
        below = np.hypot(value - lower, earlier_upper - earlier_value)
        above = np.hypot(upper - value, earlier_value - earlier_lower)
        return d, d - below, d + above

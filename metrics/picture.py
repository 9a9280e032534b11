"""The computed picture of a commitment: counts of what the numbers and the voices say, never one status."""

import pandas as pd

from metrics.columns import require, words
from metrics.triangulation import OPINIONS, VOICES, fit, numbers_say, voices_say

MOVES = ["improved", "worsened", "no_clear_change", "not_calculable", "not_judged"]
SPOKEN = ["voices", "provider_voices", "user_voices"]
PAIR = ["commitment", "area_code"]


def by_area(changes: pd.DataFrame, insights: pd.DataFrame, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Numbers beside voices for each commitment and area: the joint display.

    Parameters
    ----------
    changes : one row per indicator and area: ``commitment``, ``indicator``, ``area_code``, ``polarity``, ``change``.
    insights : ``commitment``, ``area_code``, ``perspective``, ``grade``.
    pairs : ``commitment`` and ``area_code`` to show whether or not there is evidence; without it, those with evidence.

    Returns
    -------
    One row per pair: the counts of ``triangulation.numbers_say`` and ``voices_say``, ``numbers``, ``voices``,
    ``provider_voices``, ``user_voices``, ``fit``, ``silent_side``, ``pairs`` (indicators of the area), ``evidence``.
    """
    return joined(changes, insights, PAIR, pairs)


def by_commitment(
    changes: pd.DataFrame,
    insights: pd.DataFrame,
    pairs: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The computed picture of each commitment.

    Parameters
    ----------
    changes, insights, pairs : as for ``by_area``.
    areas : what ``by_area`` returns for the same, where it is known already.

    Returns
    -------
    One row per commitment: ``improved``, ``worsened``, ``no_clear_change``, ``not_calculable``, ``not_judged`` and
    ``pairs`` (indicator-area pairs, their sum); ``well``, ``middling``, ``badly``, ``not_asked`` (insights); in
    ``areas_positive``, ``areas_mixed``, ``areas_negative``, ``areas_silent`` how many areas' voices say so; over all
    areas ``numbers``, ``voices``, ``provider_voices``, ``user_voices``, ``fit``, ``silent_side``; and ``evidence``.

    Notes
    -----
    An indicator on which no judgement is made counts in ``not_judged`` whatever its change.

    Examples
    --------
    >>> changes = {"commitment": "SYS-1", "indicator": "a", "area_code": ["A", "B"], "polarity": "higher_is_better"}
    >>> heard = {"commitment": ["SYS-1"], "area_code": ["A"], "perspective": ["service_user"], "grade": [2]}
    >>> frame = pd.DataFrame({**changes, "change": ["improved", "improved"]})
    >>> by_commitment(frame, pd.DataFrame(heard))[["improved", "pairs", "voices", "areas_silent", "fit"]]
       improved  pairs    voices  areas_silent        fit
    0         2      2  negative             1  dissonant
    """
    commitments = None if pairs is None else pairs[["commitment"]].drop_duplicates()
    found = joined(changes, insights, ["commitment"], commitments)
    areas = by_area(changes, insights, pairs) if areas is None else areas
    place = words(areas, "voices", VOICES)
    for side, name in enumerate(("areas_positive", "areas_negative", "areas_mixed", "areas_silent")):
        counts = (place == side) * pd.Series(1, index=areas.index)
        found[name] = found["commitment"].map(counts.groupby(areas["commitment"]).sum()).fillna(0).astype("int64")
    return found


def joined(changes: pd.DataFrame, insights: pd.DataFrame, by: list[str], rows: pd.DataFrame | None) -> pd.DataFrame:
    """The numbers' and the voices' counts side by side, with how they fit."""
    require(changes, *PAIR, "indicator", "polarity", "change")
    require(insights, *PAIR, "perspective", "grade")
    told, heard = numbers_say(changes, by), voices_say(insights, by)
    if rows is None:
        rows = pd.concat([told[by], heard[by]]).drop_duplicates()
    found = rows[by].merge(told, on=by, how="left").merge(heard, on=by, how="left")
    found[[*MOVES, *OPINIONS]] = found[[*MOVES, *OPINIONS]].fillna(0).astype("int64")
    found = found.fillna({"numbers": "absent"} | dict.fromkeys(SPOKEN, "silent"))
    found["pairs"] = found[MOVES].sum(axis=1)
    # A change on which no judgement is made is evidence too; one that could not be calculated is none.
    known = found["pairs"] - found["not_calculable"]
    found["evidence"] = (known > 0) | (found[OPINIONS].sum(axis=1) > 0)
    return fit(found)

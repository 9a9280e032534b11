"""The guard that refuses change, trends and control charts on periods that overlap.

Two rolling years that share months share their events, so a real change between them hides and an interval for the
difference is wrong. A period runs from its first to its last day, both included.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.columns import Bools, Codes, Rule, as_names, dates, group_codes, has

PAIR = ("period_start", "period_end", "earlier_period_start", "earlier_period_end")


def pair_rules(frame: pd.DataFrame) -> list[Rule]:
    """Why two periods of one row cannot be compared; no rules where the frame does not carry their dates.

    Looks at ``period_start``, ``period_end``, ``earlier_period_start``, ``earlier_period_end``.
    """
    if not has(frame, *PAIR):
        return []
    start, end, earlier_start, earlier_end = (dates(frame, name) for name in PAIR)
    unknown = np.isnat(start) | np.isnat(end) | np.isnat(earlier_start) | np.isnat(earlier_end)
    return [
        (unknown, "the dates of a period are missing"),
        ((start <= earlier_end) & (earlier_start <= end), "the periods overlap"),
        (start < earlier_start, "the periods are in the wrong order"),
    ]


def overlapping(frame: pd.DataFrame, by: str | Sequence[str] = ()) -> "pd.Series[bool]":
    """For each row, whether any two periods of its series overlap.

    Parameters
    ----------
    frame : columns ``period_start`` and ``period_end``, in any order.
    by : columns that tell the series apart.

    Returns
    -------
    A boolean series on the frame's index, the same for every row of a series. The same period given twice overlaps.

    Examples
    --------
    >>> years = pd.DataFrame({"period_start": ["2023-01-01", "2023-07-01"], "period_end": ["2023-12-31", "2024-06-30"]})
    >>> overlapping(years).tolist()
    [True, True]
    """
    codes, series = group_codes(frame, as_names(by))
    return pd.Series(series_overlap(frame, codes, series)[codes], index=frame.index, dtype=bool)


def series_overlap(frame: pd.DataFrame, codes: Codes, series: int) -> Bools:
    """For each series, whether two of its periods overlap."""
    start, end = dates(frame, "period_start"), dates(frame, "period_end")
    order = np.lexsort((start, codes))
    same = codes[order][1:] == codes[order][:-1]
    shared = same & (start[order][1:] <= end[order][:-1])
    found = np.zeros(series, dtype=bool)
    found[codes[order][1:][shared]] = True
    return found

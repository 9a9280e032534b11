"""What is due, what is overdue and what is not yet due, at a given day."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from metrics.columns import (
    DAY,
    as_names,
    counted,
    dates,
    group_codes,
    labels,
    numbers,
    read_dates,
    require,
    words,
)
from metrics.errors import MetricError

STATES = ["received", "overdue", "due", "not_yet_due"]
STEPS = {"monthly": 1, "quarterly": 3, "yearly": 12}
SLOT = ["area_code", "indicator", "period_end"]
Day = str | date


def schedule(frame: pd.DataFrame, as_of: Day) -> pd.DataFrame:
    """Every period that each row's indicator covers, to the one that is running.

    Parameters
    ----------
    frame : ``period_start`` and ``period_end`` of the first period (whole months), ``frequency`` (``monthly``,
        ``quarterly``, ``yearly``) and any other columns, such as ``indicator`` and ``area_code``.
    as_of : the day the picture is of.

    Returns
    -------
    The rows once for each period that has started, with its ``period_start`` and ``period_end``; a new index.

    Examples
    --------
    >>> first = {"indicator": ["a"], "period_start": ["2026-01-01"], "period_end": ["2026-03-31"]}
    >>> schedule(pd.DataFrame({**first, "frequency": "quarterly"}), "2026-05-01")[["period_start", "period_end"]]
      period_start period_end
    0   2026-01-01 2026-03-31
    1   2026-04-01 2026-06-30
    """
    place = words(frame, "frequency", list(STEPS))
    start, end = dates(frame, "period_start"), dates(frame, "period_end")
    first, after = start.astype("datetime64[M]"), (end + DAY).astype("datetime64[M]")
    whole = (first.astype("datetime64[D]") == start) & (after.astype("datetime64[D]") == end + DAY)
    if not (whole & (place >= 0)).all():
        raise MetricError("The columns 'period_start', 'period_end' and 'frequency' must give whole months.")
    step = np.array(list(STEPS.values()), dtype=np.int64)[place]
    running = day(as_of).astype("datetime64[M]")
    times = np.maximum((running - first).astype(np.int64) // step + 1, 0)
    later = (np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)) * np.repeat(step, times)
    starts, ends = ((np.repeat(edge, times) + later).astype("datetime64[s]") for edge in (first, after))
    repeated = frame.iloc[np.repeat(np.arange(len(frame)), times)].reset_index(drop=True)
    return repeated.assign(period_start=starts, period_end=ends - DAY)


def state(expected: pd.DataFrame, received: pd.DataFrame, as_of: Day) -> pd.DataFrame:
    """Add what has become of each expected observation.

    Parameters
    ----------
    expected : ``area_code``, ``indicator``, ``period_end`` and ``due_days_after_period`` (days).
    received : ``area_code``, ``indicator``, ``period_end`` of what is there, whenever it came.
    as_of : the day the picture is of.

    Returns
    -------
    ``expected`` with ``due_date`` and ``state``: ``received``, ``overdue`` (the due date has passed), ``due`` (the
    period has ended, the due date has not passed), ``not_yet_due`` (the period has not ended).

    Examples
    --------
    >>> slot = {"area_code": ["A"], "indicator": ["a"], "period_end": ["2026-03-31"]}
    >>> expected = pd.DataFrame({**slot, "due_days_after_period": 30})
    >>> state(expected, pd.DataFrame(slot)[:0], "2026-05-01")["state"].tolist()
    ['overdue']
    """
    require(expected, *SLOT)
    require(received, *SLOT)
    end, today = dates(expected, "period_end"), day(as_of)
    due = end + numbers(expected, "due_days_after_period").astype(np.int64) * DAY
    there = slots(expected).isin(slots(received))
    place = np.select([there, today > due, today > end], [0, 1, 2], 3)
    return expected.assign(due_date=due.astype("datetime64[s]"), state=labels(place, STATES))


def slots(frame: pd.DataFrame) -> pd.MultiIndex:
    """Area, indicator and period of each row, comparable between frames whatever kind of dates they hold."""
    return pd.MultiIndex.from_arrays(
        [frame["area_code"], frame["indicator"], dates(frame, "period_end").astype("int64")]
    )


def coverage(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """How much of what is expected is there.

    Parameters
    ----------
    frame : ``area_code`` and ``state`` as ``state`` adds it, and the columns of ``by``.
    by : columns such as indicator and period.

    Returns
    -------
    One row per group: ``by``, ``received``, ``overdue``, ``due``, ``not_yet_due`` (observations), ``areas_included``
    (areas with at least one received) and ``areas_expected``.

    Examples
    --------
    >>> frame = pd.DataFrame({"indicator": "a", "area_code": ["A", "B"], "state": ["received", "overdue"]})
    >>> coverage(frame, by="indicator")[["received", "overdue", "areas_included", "areas_expected"]]
       received  overdue  areas_included  areas_expected
    0         1        1               1               2
    """
    names = as_names(by)
    require(frame, "area_code")
    place, (codes, groups) = words(frame, "state", STATES), group_codes(frame, names)
    found = counted(frame, names, place, STATES)
    rows = pd.DataFrame({"group": codes, "area": frame["area_code"].to_numpy(), "received": place == 0})
    areas = rows.groupby(["group", "area"])["received"].max().groupby("group").agg(["sum", "size"])
    areas = areas.reindex(range(groups)).astype("int64")
    return found.assign(areas_included=areas["sum"], areas_expected=areas["size"])


def day(as_of: Day) -> np.datetime64:
    """The day of a date or of its ISO text."""
    found: np.datetime64 = read_dates(pd.Series([as_of], dtype=object), "as_of")[0]
    return found

"""Change since the consensus: each area's latest figure against the baseline.

The baseline is the last period of the indicator that ends by 31 July 2025; the first period it may be compared with
starts after the baseline has ended.
"""

from datetime import date

import numpy as np
import pandas as pd

from metrics.aggregation import sums_of_both_periods
from metrics.change import difference
from metrics.columns import first_rule, require, tallied
from metrics.values import evaluate

BASELINE_ON = date(2025, 7, 31)
PAIR = ["indicator", "area_code"]
KEPT = ["period_start", "period_end", "numerator", "denominator", "value", "lower", "upper"]
LIMITS = ["value", "lower", "upper"]
SERIES = ["indicator", "measure", "multiplier", "polarity", "resident_population"]
PERIODS = ["period_start", "period_end", "earlier_period_start", "earlier_period_end"]
NOT_YET_DUE = "not yet due"
NOT_REPORTED = "not reported"
NO_LATER_FIGURE = "no figure for a period after the baseline"
NO_BASELINE = "no figure for the baseline period"


def change_since(
    frame: pd.DataFrame, expected: pd.DataFrame, as_of: date, baseline_on: date = BASELINE_ON
) -> pd.DataFrame:
    """Each expected pair of indicator and area with its baseline, its latest figure and the change between them.

    Parameters
    ----------
    frame : observations as ``values.evaluate`` leaves them, with ``indicator``, ``area_code`` and ``KEPT``.
    expected : one row per pair, with ``indicator``, ``area_code``, ``polarity`` and ``due_days_after_period`` (days).
    as_of : the day the picture is of; it tells "not yet due" from "not reported".

    Returns
    -------
    ``expected`` with ``KEPT`` (latest), the same after ``earlier_`` (baseline), and ``difference``, its limits,
    ``change`` and ``reason`` as ``change.difference`` adds.

    Notes
    -----
    Where the first period after the baseline is not yet due, some days after its end, the reason is "not yet due".
    The baseline is a period that more than half as many areas report as the best reported one, and periods of another
    length than most of an indicator's are left out, so that one odd file moves nobody's baseline.
    """
    require(frame, *PAIR, *KEPT, "reason")
    require(expected, *PAIR, "polarity", "due_days_after_period")
    held = _of_usual_length(frame)
    held = held.assign(baseline_end=_baseline_end(held, baseline_on))
    known = held[held["value"].notna() | held["numerator"].notna()]
    ended = known["baseline_end"].fillna(pd.Timestamp(baseline_on))
    later = known[known["period_start"] > ended].sort_values("period_end", kind="stable")
    earlier = known[known["period_end"] == known["baseline_end"]]
    paired = _beside(expected, *(rows.drop_duplicates(PAIR, keep="last") for rows in (earlier, later)))
    changed = difference(paired)
    return changed.assign(reason=_reason(changed, held, as_of)).drop(columns="own_reason")


def change_of_sums(changed: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Change since the baseline of each region and of England, over the areas that have both periods.

    Parameters
    ----------
    changed : as ``change_since`` returns it, with ``SERIES`` and ``counts_add_up`` for each pair.
    areas : ``area_code`` and ``region_code``, an area once for its region and once for England.

    Returns
    -------
    One row per indicator and larger place: ``SERIES``, ``area_code``, ``LIMITS`` (latest), the same after
    ``earlier_``, ``PERIODS``, ``areas_included``, ``areas_expected``, ``difference``, limits, ``change``, ``reason``.

    Notes
    -----
    Only areas whose latest figure is for one and the same period are summed: the latest that more than half as
    many areas have as the commonest one.
    """
    require(changed, *SERIES, "counts_add_up", *PERIODS)
    latest = _common_end(changed)
    both_known = (changed["period_end"] == latest) & changed["earlier_period_end"].notna()
    both = sums_of_both_periods(changed[both_known], areas, by=[*SERIES, *PERIODS])
    blank = both.assign(note=None, rates_given=True, **dict.fromkeys(LIMITS, np.nan))
    before = evaluate(blank.assign(numerator=blank["earlier_numerator"], denominator=blank["earlier_denominator"]))
    now = evaluate(blank)
    found = difference(now.assign(**{f"earlier_{name}": before[name] for name in LIMITS}))
    return found.assign(reason=both["reason"].fillna(now["reason"]).fillna(found["reason"]))


def _of_usual_length(frame: pd.DataFrame) -> pd.DataFrame:
    start, end = (frame[name].to_numpy().astype("datetime64[M]") for name in ("period_start", "period_end"))
    months, (series, keys) = (end - start).astype(np.int64), pd.factorize(frame["indicator"])
    # Of two lengths that are as common, the shorter one counts.
    usual = tallied(series, len(keys), months, int(months.max(initial=0)) + 1).argmax(axis=0)
    kept: pd.DataFrame = frame.loc[months == usual[series]]
    return kept


def _baseline_end(frame: pd.DataFrame, baseline_on: date) -> "pd.Series[pd.Timestamp]":
    """The end of each row's indicator's baseline period: the last, of any area, that ends by the day given."""
    before = frame[frame["period_end"] <= pd.Timestamp(baseline_on)]
    areas = before.groupby(["indicator", "period_end"])["area_code"].transform("size")
    before = before[areas * 2 > areas.groupby(before["indicator"]).transform("max")]
    return _looked_up(before.groupby("indicator")["period_end"].max(), frame["indicator"])


def _common_end(changed: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
    """The end of the latest period that enough areas have their latest figure for, for each row's indicator."""
    areas = changed.groupby(["indicator", "period_end"])["area_code"].transform("size")
    enough = changed[areas * 2 > areas.groupby(changed["indicator"]).transform("max")]
    return _looked_up(enough.groupby("indicator")["period_end"].max(), changed["indicator"])


def _beside(expected: pd.DataFrame, earlier: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    names = {name: f"earlier_{name}" for name in KEPT}
    latest = latest[[*PAIR, *KEPT, "reason"]].rename(columns={"reason": "own_reason"})
    paired = expected.merge(latest, on=PAIR, how="left")
    paired = paired.merge(earlier[PAIR + KEPT].rename(columns=names), on=PAIR, how="left")
    return paired.set_axis(expected.index)


def _reason(changed: pd.DataFrame, held: pd.DataFrame, as_of: date) -> "pd.Series[str]":
    reported = pd.MultiIndex.from_frame(held[PAIR].drop_duplicates())
    missing = ~pd.MultiIndex.from_frame(changed[PAIR]).isin(reported)
    no_later = changed["numerator"].isna().to_numpy() & changed["value"].isna().to_numpy()
    no_earlier = changed["earlier_numerator"].isna().to_numpy() & changed["earlier_value"].isna().to_numpy()
    rules = [
        (no_later & _not_yet_due(changed, held, as_of), NOT_YET_DUE),
        (missing, NOT_REPORTED),
        (no_later, NO_LATER_FIGURE),
        (no_earlier, NO_BASELINE),
    ]
    found = pd.Series(first_rule(rules, len(changed)), index=changed.index)
    return found.fillna(changed["own_reason"]).fillna(changed["reason"])


def _not_yet_due(
    changed: pd.DataFrame, held: pd.DataFrame, as_of: date
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    baseline = held[held["period_end"] == held["baseline_end"]].drop_duplicates("indicator").set_index("indicator")
    start, end = (baseline[name].dt.to_period("M") for name in ("period_start", "period_end"))
    months = end.astype("int64") - start.astype("int64") + 1
    first_end = (end + months).dt.end_time.dt.normalize()
    waited = pd.to_timedelta(changed["due_days_after_period"], unit="D")
    first_due = _looked_up(first_end, changed["indicator"]) + waited
    return (first_due > pd.Timestamp(as_of)).to_numpy()


def _looked_up(by_key: "pd.Series[pd.Timestamp]", keys: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """The value of each key, missing where there is none, also when there are none at all."""
    return pd.Series(by_key.reindex(keys).to_numpy(), index=keys.index, dtype="datetime64[us]")

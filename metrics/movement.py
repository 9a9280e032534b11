"""Which way many series are moving by more than chance, each by the method that suits its periods."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from metrics.columns import require
from metrics.control import ENOUGH_POINTS, summaries, xmr
from metrics.control_rules import CAUSES
from metrics.trend import recent_trends

YEARLY = ["financial_year", "calendar_year", "rolling_year"]
# A sum may stand beside others of its series when it holds at least so much of the most areas that one ever held.
COVERED = 0.9
FIGURES = ["numerator", "denominator", "value", "lower", "upper"]
TOO_FEW_AREAS = "the sum holds too few areas to stand beside the others"
TOO_FEW_POINTS = f"fewer than {ENOUGH_POINTS} points for a control chart"
HIGH = [cause for place, cause in enumerate(CAUSES[:-1]) if place % 2 == 0]
FOUND = {
    "special_cause_improvement": "getting_better",
    "special_cause_concern": "getting_worse",
    "special_cause_neutral_high": "no_judgement",
    "special_cause_neutral_low": "no_judgement",
    "common_cause": "no_significant_change",
}


def comparable(frame: pd.DataFrame, by: str) -> "pd.Series[bool]":
    """Which figures may be joined to the others of their series: all that are no sum, and sums of enough areas.

    A count grows with every area that is in it, so only sums of as many areas as the fullest are joined.

    Parameters
    ----------
    frame : ``areas_included`` (missing for what is no sum), ``measure`` and ``by``, the column that tells series apart.
    """
    require(frame, "areas_included", "measure", by)
    included = frame["areas_included"].astype("float64")
    share = (frame["measure"] == "count").map({True: 1.0, False: COVERED})
    return included.isna() | (included >= included.groupby(frame[by]).transform("max") * share)


def judged(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """The series without the figures that may not stand beside the others; their ``reason`` says so."""
    apart = ~comparable(frame, by)
    blank = {name: frame[name].mask(apart) for name in FIGURES}
    return frame.assign(**blank, reason=frame["reason"].mask(apart, TOO_FEW_AREAS))


def movements(frame: pd.DataFrame, by: str, starts: Mapping[str, Sequence[date]] | None = None) -> pd.DataFrame:
    """The recent trend of yearly series, and the last point of the control chart of monthly and quarterly ones.

    Parameters
    ----------
    frame : the columns of ``trend.recent_trends``, and ``period_start`` and ``period_type``, constant within a series;
        periods without a figure are rows without a value.
    by : the column that tells the series apart.
    starts : for a series, the ends of the periods at which a new calculation of its control chart begins.

    Returns
    -------
    One row per series: ``by``, ``direction`` (``increasing``, ``decreasing``, ``no_significant_change``,
    ``cannot_be_calculated``), ``meaning`` (``getting_better``, ``getting_worse``, ``no_judgement``, or as the
    direction) and ``reason`` (why it cannot be calculated).

    Notes
    -----
    A control chart of fewer than 12 points says nothing.

    References
    ----------
    Fingertips technical guidance, "Recent trends". NHS England, "Making Data Count".
    """
    require(frame, "period_type", "period_start", by)
    yearly = frame["period_type"].isin(YEARLY)
    trends = recent_trends(frame[yearly], by=by)[[by, "direction", "meaning", "reason"]]
    rest, anew = frame[~yearly], dict(starts or {})
    charts = [_charts(rest[~rest[by].isin(list(anew))], by)]
    charts += [_charts(rest[rest[by] == key], by, ends) for key, ends in anew.items()]
    return pd.concat([trends, *charts], ignore_index=True)


def _charts(frame: pd.DataFrame, by: str, rebase: Sequence[date] = ()) -> pd.DataFrame:
    """The words for the last point with a value of each control chart."""
    points = xmr(frame, "polarity", by=by, rebase=rebase)
    known = points[points["value"].notna()].sort_values("period_end", kind="stable")
    found = summaries(points, by).drop(columns="reason")
    found = found.merge(known.drop_duplicates(by, keep="last")[[by, "cause"]], on=by, how="left")
    usable = found["variation"].notna() & (found[by].map(known[by].value_counts()) >= ENOUGH_POINTS)
    meaning = found["variation"].map(FOUND).where(usable, "cannot_be_calculated")
    high = pd.Series("increasing", index=found.index).where(found["cause"].isin(HIGH), "decreasing")
    return found[[by]].assign(
        direction=high.where(meaning.isin(["getting_better", "getting_worse", "no_judgement"]), meaning),
        meaning=meaning,
        reason=pd.Series(TOO_FEW_POINTS, index=found.index).where(~usable),
    )

"""Which way many series are moving by more than chance, each by the method that suits its periods."""

from collections.abc import Sequence

import pandas as pd

from metrics.columns import as_names, require
from metrics.control import summaries, xmr
from metrics.control_rules import CAUSES
from metrics.trend import recent_trends

YEARLY = ["financial_year", "calendar_year", "rolling_year"]
TOO_FEW = "fewer than 12 points for a control chart"
HIGH = [cause for place, cause in enumerate(CAUSES[:-1]) if place % 2 == 0]
FOUND = {
    "special_cause_improvement": "getting_better",
    "special_cause_concern": "getting_worse",
    "special_cause_neutral_high": "no_judgement",
    "special_cause_neutral_low": "no_judgement",
    "common_cause": "no_significant_change",
}


def movements(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """The recent trend of yearly series, and the last point of the control chart of monthly and quarterly ones.

    Parameters
    ----------
    frame : the columns of ``trend.recent_trends``, and ``period_start`` and ``period_type``, constant within a series.
    by : columns that tell the series apart.

    Returns
    -------
    One row per series: ``by``, ``direction`` (``increasing``, ``decreasing``, ``no_significant_change``,
    ``cannot_be_calculated``), ``meaning`` (``getting_better``, ``getting_worse``, ``no_judgement``, or as the
    direction) and ``reason`` (why it cannot be calculated).

    Notes
    -----
    A control chart of fewer than 12 points is provisional, so nothing is said from it.

    References
    ----------
    Fingertips technical guidance, "Recent trends". NHS England, "Making Data Count".
    """
    names = as_names(by)
    require(frame, "period_type", "period_start")
    yearly = frame["period_type"].isin(YEARLY)
    trends = recent_trends(frame[yearly], by=names)[[*names, "direction", "meaning", "reason"]]
    return pd.concat([trends, _charts(frame[~yearly], names)], ignore_index=True)


def _charts(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The words for the last point of each control chart."""
    points = xmr(frame, "polarity", by=by)
    last = points.sort_values("period_end", kind="stable").drop_duplicates(by, keep="last")[[*by, "cause"]]
    found = summaries(points, by).drop(columns="reason").merge(last, on=by)
    usable = found["variation"].notna() & ~found["provisional"].eq(True)
    meaning = found["variation"].map(FOUND).where(usable, "cannot_be_calculated")
    high = pd.Series("increasing", index=found.index).where(found["cause"].isin(HIGH), "decreasing")
    return found[by].assign(
        direction=high.where(meaning.isin(["getting_better", "getting_worse", "no_judgement"]), meaning),
        meaning=meaning,
        reason=pd.Series(TOO_FEW, index=found.index).where(~usable),
    )

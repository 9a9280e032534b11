"""Which period of an indicator is looked at: the newest, or the one that the address names."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.addressed import ADDRESS, settle
from components.pictures import period_label
from data.catalogue import Indicator

PERIOD = ["period_start", "period_end"]


def choose(frame: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """Ask for one of the indicator's periods, newest first; the rows of `frame` in that period.

    `frame` holds one indicator's rows with `PERIOD`, at least one. The choice is bound to the address under `period`;
    a period that this indicator has not is said to be unknown, and the newest is taken.
    """
    periods = frame[PERIOD].drop_duplicates().sort_values(["period_end", "period_start"], ascending=False)
    labels = [period_label(start, end, item.key) for start, end in periods.itertuples(index=False)]
    settled = settle("period", dict(zip(labels, labels, strict=True)))
    chosen = st.selectbox("Period", labels, key="period", bind="query-params", width=260)
    # After the control, which would leave the address if it moved. The period of the indicator before this one was
    # asked for by nobody, so nothing is said of it.
    if settled == ADDRESS:
        st.warning(f"{item.name} has no figures for the period that the address names, so its newest is shown.")
    same = (frame[PERIOD] == periods.iloc[labels.index(chosen)]).all(axis=1)
    return frame.loc[same]

"""Which period of an indicator is looked at: the newest with a figure, or the one that the address names."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.addressed import ADDRESS, settle
from components.pictures import period_label
from data.catalogue import Indicator
from metrics.places import benchmarks
from reports.expected import ENGLAND

PERIOD = ["period_start", "period_end"]
USUAL = "usual period"


@dataclass(frozen=True)
class Listed:
    """The periods of an indicator, newest first: `PERIOD` a row each, in words, and the place of the usual one."""

    periods: pd.DataFrame
    labels: list[str]
    usual: int


def listed(frame: pd.DataFrame, item: Indicator, england: pd.DataFrame | None = None) -> Listed:
    """The periods of one indicator's rows; `england` holds England's, where the frame has none."""
    periods = frame[PERIOD].drop_duplicates().sort_values(["period_end", "period_start"], ascending=False)
    labels = [period_label(start, end, item.key) for start, end in periods.itertuples(index=False)]
    rows = frame if england is None else pd.concat([frame, england])
    return Listed(periods, labels, usual(periods, rows) if labels else 0)


def choose(known: Listed, item: Indicator) -> pd.Series:
    """Ask for one of the indicator's periods, of which there is at least one: its row of `PERIOD`.

    The choice is bound to the address under `period`; usually it is the period that `usual` says. A period that this
    indicator has not is said to be unknown, and the usual one is taken.
    """
    labels, place = known.labels, known.usual
    _follow(labels[place])
    settled = settle("period", {label: label for label in (labels[place], *labels)})
    chosen = st.selectbox("Period", labels, index=place, key="period", bind="query-params", width=260)
    # After the control, which would leave the address if it moved. The period of the indicator before this one was
    # asked for by nobody, so nothing is said of it.
    if settled == ADDRESS:
        st.warning(f"{item.name} has no figures for the period that the address names, so {chosen} is shown.")
    return known.periods.iloc[labels.index(chosen)]


def within(frame: pd.DataFrame, period: pd.Series) -> pd.DataFrame:
    """The rows of a frame in one period."""
    return frame.loc[(frame[PERIOD] == period[PERIOD]).all(axis=1)]


def usual(periods: pd.DataFrame, rows: pd.DataFrame) -> int:
    """The place, in periods newest first, of the first for which England has a figure; or lacking that, any place.

    `rows` are the indicator's as `metrics.places.every_place` leaves them; a sum of few areas does not stand for
    England. Without any figure it is the newest.
    """
    of_england = benchmarks(rows, ENGLAND)
    told = rows[rows["value"].notna()] if of_england.empty else of_england
    found = pd.MultiIndex.from_frame(periods).isin(pd.MultiIndex.from_frame(told[PERIOD]))
    return int(found.argmax())


def _follow(label: str) -> None:
    """Go on with what is usual where what was usual is shown: that of another indicator may be another period."""
    before = st.session_state.get(USUAL)
    if before != label and before is not None and st.session_state.get("period") == before:
        st.session_state["period"] = label
    st.session_state[USUAL] = label

"""Computed frames that pages share, kept for as long as their data version: a version never changes.

What is kept is shared by everybody, and each caller gets a shallow copy of it: pandas copies a column before it is
written to, so nobody changes what others see, and nothing is copied while it is only read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from charts.series import GAP
from components import charts, session
from components.controls import View
from data import periods, queries
from data.catalogue import Indicator
from metrics.comparison import against_benchmark
from metrics.places import benchmarks
from reports import evidence
from reports.expected import ENGLAND, areas_of, areas_within, memberships
from reports.places import figures, figures_before

T = TypeVar("T")


def places(view: View) -> pd.DataFrame:
    """Every observation with value, limits, method and reason; regions and England added. See `metrics.places`."""
    return _places(session.workspace().settings.database, view.version).copy(deep=False)


def changes(view: View) -> pd.DataFrame:
    """Change since July 2025 of every expected pair of indicator and area. See `metrics.baseline`."""
    return _changes(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def changes_of_sums(view: View) -> pd.DataFrame:
    """Change since July 2025 of regions and England, over the areas that have both periods."""
    return _changes_of_sums(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def due(view: View) -> pd.DataFrame:
    """Every figure that is expected, one row per indicator, area and period, with what has become of it.

    See `reports.expected.fates`; `area_name` stands beside.
    """
    return _due(session.workspace().settings.database, view.version, view.as_of).copy(deep=False)


def changes_here(view: View) -> dict[str, dict[Any, Any]]:
    """Change since July 2025 in the view's own place, by indicator: an area's own, or the sum over a region's areas."""
    single = session.catalogue().areas[view.area].type == "police_force_area"
    found = changes(view) if single else changes_of_sums(view)
    return {line["indicator"]: line for line in found[found["area_code"] == view.area].to_dict("records")}


def levels(view: View, indicator: str) -> pd.DataFrame:
    """Every force area of the view in an indicator's latest period, beside England; `state` is the word between."""
    everywhere = places(view)
    own = everywhere.loc[everywhere["indicator"] == indicator]
    england = benchmarks(own, ENGLAND).sort_values("period_end").tail(1)
    if england.empty:
        return own.head(0).assign(benchmark=0.0, state="")
    codes = areas_within(session.catalogue(), view.area)
    same = own[(own["period_end"] == england["period_end"].max()) & own["area_code"].isin(codes)]
    compared = against_benchmark(same.assign(benchmark=float(england["value"].to_numpy()[0])))
    return compared.assign(state=compared["comparison"], reason=same["reason"])


def latest(view: View, area: str) -> pd.DataFrame:
    """The latest figure of each indicator in an area, with England's for the same period and the word between them."""
    return kept(view, "latest", lambda: evidence.latest(places(view), area), area)


def insights(view: View, commitment: str | None = None) -> pd.DataFrame:
    """What people told us in the view's area, as far as the person asking may see it."""
    connection, actor, catalogue = session.cursor(), session.actor(), session.catalogue()

    def make() -> pd.DataFrame:
        return evidence.insights(connection, actor, catalogue, view.version, view.area, commitment)

    return kept(view, "insights", make, commitment, *sees())


def picture(view: View) -> pd.DataFrame:
    """The computed picture of each commitment in the view's area, in the catalogue's order. See `metrics.picture`."""
    asked = changes(view), insights(view), session.catalogue(), view.area, joint_displays(view)
    return kept(view, "picture", lambda: evidence.picture(*asked), *sees())


def joint_display(view: View, commitment: str) -> pd.DataFrame:
    """Numbers beside voices for each force area of the view, for one commitment: disagreement first, silence last."""
    found = joint_displays(view)
    return found[found["commitment"] == commitment]


def joint_displays(view: View) -> pd.DataFrame:
    """Numbers beside voices for each commitment and force area of the view. See `reports.evidence`."""
    asked = changes(view), insights(view), session.catalogue(), view.area
    return kept(view, "joint displays", lambda: evidence.joint_displays(*asked), *sees())


def sees() -> tuple[object, ...]:
    """What tells apart those who see different insights, and before from after whatever anybody wrote, in any process:
    a text that was erased, or that a second person has checked, changes what there is to see within a version."""
    return (*session.actor().sees, session.audit_lines())


def period_label(start: Any, end: Any, indicator: str) -> str:
    """A period of an indicator in words; nothing when it is missing."""
    if pd.isna(start) or pd.isna(end):
        return ""
    kind = session.catalogue().indicators[indicator].period_type
    return periods.label(pd.Timestamp(start).date(), pd.Timestamp(end).date(), kind)


def with_gaps(series: pd.DataFrame, item: Indicator) -> pd.DataFrame:
    """A series with `period_label`, and an empty row wherever more than two periods' time lies between two figures."""
    if series.empty:
        return series.assign(period_label="")
    labels = [
        period_label(start, end, item.key)
        for start, end in series[["period_start", "period_end"]].itertuples(index=False)
    ]
    series = series.assign(period_label=labels)
    step = pd.Timedelta(days=31 * periods.LENGTHS[item.period_type] + 15)
    late = series["period_end"].diff() > step
    breaks = series.loc[late, ["period_end", "period_start"]] - pd.Timedelta(days=1)
    breaks = breaks.assign(period_end=breaks["period_start"], period_label=GAP, reason="a gap in the series")
    return pd.concat([series, breaks]).sort_values("period_end", ignore_index=True)


def kept(view: View, what: str, make: Callable[[], pd.DataFrame], *asked: object) -> pd.DataFrame:
    """A frame that is made once for a view's place, version and day, and for whatever else it was `asked` by.

    `what` names it, unlike any other that is kept. A frame of evidence is also asked by what the actor sees.
    """
    return kept_whole(view, what, make, *asked).copy(deep=False)


def kept_whole(view: View, what: str, make: Callable[[], T], *asked: object) -> T:
    """What nobody changes, such as the rows of a table or a sentence, made once and kept as `kept` keeps frames."""
    database = session.workspace().settings.database
    found: T = _kept(database, what, (view.version, view.as_of, view.area, *asked), make)
    return found


def forget() -> None:
    """Let go of what was worked out: after something was erased, earlier versions are no longer what they were."""
    for function in (_places, _changes, _changes_of_sums, _due, _kept):
        function.clear()
    charts.forget()


@st.cache_resource(max_entries=512, show_spinner=False)
def _kept(database: str, what: str, asked: tuple[object, ...], _make: Callable[[], Any]) -> Any:
    return _make()


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _places(database: str, version: int) -> pd.DataFrame:
    catalogue, connection = session.catalogue(), session.cursor()
    areas, newest = memberships(areas_of(catalogue)), int(queries.current(connection)["version"])
    if version >= newest:
        return figures(connection, catalogue, version, areas)
    return figures_before(connection, catalogue, version, areas, (newest, _places(database, newest)))


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.changes(_places(database, version), session.catalogue(), as_of)


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes_of_sums(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.changes_of_sums(_changes(database, version, as_of), session.catalogue())


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _due(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.due(_places(database, version), session.catalogue(), as_of)

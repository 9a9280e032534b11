"""Computed frames that pages share, kept as long as their data version: little may change what one says.

What is kept is shared by everybody, and each caller gets a shallow copy of it: pandas copies a column before it is
written to, so nobody changes what others see, and nothing is copied while it is only read.

What rests on less than a whole version is kept by what that says, its fingerprint: an upload leaves what is drawn of
other indicators as it was, and figures leave what people told us.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype, is_object_dtype

from charts.series import GAP
from components import charts, session
from components.controls import View
from data import periods, queries
from data.catalogue import Indicator
from metrics.comparison import against_benchmark
from metrics.places import benchmarks
from reports import evidence
from reports.expected import ENGLAND, areas_of, areas_within, memberships
from reports.places import figures, figures_from

T = TypeVar("T")


def places(view: View) -> pd.DataFrame:
    """Every observation with value, limits, method and reason; regions and England added. See `metrics.places`."""
    return _places(session.workspace().settings.database, view.version, _amended()).copy(deep=False)


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
    whole = partial(evidence.insights, connection, actor, catalogue, view.version, view.area)
    found = kept(view, "insights", whole, *actor.sees)
    return found if commitment is None else found[found["commitment"] == commitment]


def heard(view: View) -> str:
    """A fingerprint of `insights`: what tells apart those who see different ones, for keys of what is made of them."""
    return kept_whole(view, "fingerprint of insights", lambda: fingerprint(insights(view)), *session.actor().sees)


def picture(view: View) -> pd.DataFrame:
    """The computed picture of each commitment in the view's area, in the catalogue's order. See `metrics.picture`."""

    def make() -> pd.DataFrame:
        asked = changes(view), insights(view), session.catalogue(), view.area, joint_displays(view)
        return evidence.picture(*asked)

    return kept(view, "picture", make, heard(view))


def joint_display(view: View, commitment: str) -> pd.DataFrame:
    """Numbers beside voices for each force area of the view, for one commitment: disagreement first, silence last."""
    found = joint_displays(view)
    return found[found["commitment"] == commitment]


def joint_displays(view: View) -> pd.DataFrame:
    """Numbers beside voices for each commitment and force area of the view. See `reports.evidence`."""

    def make() -> pd.DataFrame:
        return evidence.joint_displays(changes(view), insights(view), session.catalogue(), view.area)

    return kept(view, "joint displays", make, heard(view))


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

    `what` names it, unlike any other that is kept. A frame of evidence is also asked by what was `heard`.
    """
    return kept_whole(view, what, make, *asked).copy(deep=False)


def kept_whole(view: View, what: str, make: Callable[[], T], *asked: object) -> T:
    """What nobody changes, such as the rows of a table or a sentence, made once and kept as `kept` keeps frames."""
    return kept_by(what, make, view.version, view.as_of, view.area, _amended(), *asked)


def kept_while_same(view: View, indicator: str, what: str, make: Callable[[], T], *asked: object) -> T:
    """What rests on one indicator's figures and changes alone, made once for as long as they are the same.

    A version in which others changed finds it as it was left. A place, and what links hold, are in it as the view has
    them; it must not tell of the version or its day.
    """
    return kept_by(what, make, indicator, _figures_of(view, indicator), view.area, *asked)


def fingerprint(*frames: pd.DataFrame) -> str:
    """A text that is the same for frames of the same columns and rows, in whatever order, and another for any others.

    Whole and broken numbers are alike, and so is what is missing: a frame put together of parts says the same.
    """
    digest = sha256()
    for frame in frames:
        digest.update(repr([*frame.columns]).encode())
        plain = frame.apply(_plain)
        digest.update(pd.util.hash_pandas_object(plain, index=False).sort_values().to_numpy().tobytes())
    return digest.hexdigest()


def _plain(column: pd.Series[Any]) -> pd.Series[Any]:
    """A column in a type that does not depend on what else is in it."""
    if is_object_dtype(column):
        return column.where(column.notna(), None).map(repr)
    return column.astype("float64") if is_numeric_dtype(column) else column


def _figures_of(view: View, indicator: str) -> str:
    def make() -> str:
        return fingerprint(*(frame[frame["indicator"] == indicator] for frame in (places(view), changes(view))))

    return kept_whole(view, "fingerprint of figures", make, indicator)


def kept_by(what: str, make: Callable[[], T], *asked: object) -> T:
    """What rests on nothing but what it is `asked` by, made once. `what` names it, unlike any other that is kept."""
    found: T = _kept(session.workspace().settings.database, what, asked, make)
    return found


def _amended() -> tuple[int, int]:
    """What tells before from after what little may change within a version, whoever did it in whatever process."""
    return session.remembered("amendments", queries.amendments)


def forget() -> None:
    """Let go of what was worked out: after something was erased, earlier versions are no longer what they were."""
    for function in (_places, _changes, _changes_of_sums, _due, _kept):
        function.clear()
    _newest.clear()
    charts.forget()


@st.cache_resource(max_entries=512, show_spinner=False)
def _kept(database: str, what: str, asked: tuple[object, ...], _make: Callable[[], Any]) -> Any:
    return _make()


# The newest version that was worked out, with its figures: the next one's are made from them.
_newest: dict[tuple[str, tuple[int, int]], tuple[int, pd.DataFrame]] = {}


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _places(database: str, version: int, amended: tuple[int, int]) -> pd.DataFrame:
    catalogue, connection = session.catalogue(), session.cursor()
    areas, newest = memberships(areas_of(catalogue)), int(queries.current(connection)["version"])
    if version < newest:
        known = newest, _places(database, newest, amended)
        return figures_from(connection, catalogue, version, areas, known)
    former = _newest.get((database, amended))
    asked = connection, catalogue, version, areas
    found = figures_from(*asked, former) if former else figures(*asked)
    _newest.clear()
    _newest[database, amended] = version, found
    return found


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.changes(_places(database, version, _amended()), session.catalogue(), as_of)


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _changes_of_sums(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.changes_of_sums(_changes(database, version, as_of), session.catalogue())


@st.cache_resource(max_entries=8, show_spinner="Working out the picture …")
def _due(database: str, version: int, as_of: date) -> pd.DataFrame:
    return evidence.due(_places(database, version, _amended()), session.catalogue(), as_of)

"""What the Over time page shows of one indicator in one place, worked out once for everybody who looks at the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.control import control_chart, control_sentence
from charts.marks import marked_chart
from charts.words import decimals_for
from components import (
    charts,
    controlling,
    figures,
    pictures,
    rebasing,
    revising,
    separate,
    session,
    targeting,
    timeline,
    trending,
)
from components.controlling import ControlChart
from components.controls import View, area_label
from components.ready import Chart
from data.catalogue import Indicator
from data.catalogue.events import Event
from metrics.baseline import BASELINE_ON
from metrics.trend import Trend
from reports.expected import ENGLAND


@dataclass(frozen=True)
class Told:
    """What rests on the version's figures alone: the series, what of it may be judged and how, and its change since
    July 2025."""

    series: pd.DataFrame
    judged: pd.DataFrame
    kind: str
    moved: dict[Any, Any] | None
    trend: Trend
    apart: pd.DataFrame
    events: list[tuple[int, Event]]


@dataclass(frozen=True)
class Shown:
    """What also rests on what people did: targets, re-bases and editions, with the charts that they are marked in."""

    targets: pd.DataFrame
    made: pd.DataFrame
    editions: pd.DataFrame
    revised: pd.DataFrame
    over_time: Chart
    control: ControlChart | None
    control_chart: Chart | None


def told(view: View, item: Indicator) -> Told:
    """What the figures of the series of the view's place say, alike for everybody; there is at least one."""
    return pictures.kept_while_same(view, item.key, "series told", lambda: _told(view, item))


def shown(view: View, item: Indicator, own: Told) -> Shown:
    """The charts of a series, alike for everybody until its figures or targets, re-bases and editions are others."""

    def acted() -> list[pd.DataFrame]:
        return [targeting.agreed(view, item, own.moved), rebasing.made(view, item), revising.editions(view, item)]

    found = pictures.kept_whole(view, "series acted upon", acted, item.key, session.audit_lines())
    asked = pictures.fingerprint(*found), st.context.theme.type
    return pictures.kept_while_same(view, item.key, "series shown", lambda: _shown(view, item, own, *found), *asked)


def _told(view: View, item: Indicator) -> Told:
    series = trending.series_of(view, item, view.area)
    judged, kind = trending.judged(series, item.measure), trending.kind_of(item, series)
    return Told(
        series,
        judged,
        kind,
        pictures.changes_here(view).get(item.key),
        trending.trend_of(item, judged),
        separate.changes(view, item, judged.head(0) if kind == "control" else judged),
        timeline.events_for(view, item, series, BASELINE_ON),
    )


def _shown(
    view: View, item: Indicator, own: Told, targets: pd.DataFrame, made: pd.DataFrame, editions: pd.DataFrame
) -> Shown:
    revised = revising.revisions_of(view, item, own.series, editions)
    control = controlling.chart_of(own.judged, item, own.kind, targets, rebasing.starts(made))
    return Shown(
        targets,
        made,
        editions,
        revised,
        _over_time(view, item, own, targets, revised),
        control,
        None if control is None else _control(view, item, control),
    )


def _over_time(view: View, item: Indicator, own: Told, targets: pd.DataFrame, revised: pd.DataFrame) -> Chart:
    """The series with its marks; where no figure may be judged, its table alone."""
    where = area_label(session.catalogue(), view.area)
    drawn = not own.judged["value"].isna().all()
    return Chart(
        trending.sentence(item, where, own.series),
        _drawn(view, item, own, targets, revised) if drawn else None,
        key=f"over-time-{view.area}-{item.key}",
        columns=figures.SERIES_COLUMNS,
        rows=[figures.series_row(item, line) for line in own.series.iloc[::-1].to_dict("records")],
        data=own.series,
        method=figures.method_of(item, own.series),
        caption=f"{item.name}, {where}, newest first",
    )


def _drawn(view: View, item: Indicator, own: Told, targets: pd.DataFrame, revised: pd.DataFrame) -> go.Figure:
    where = area_label(session.catalogue(), view.area)
    return marked_chart(
        own.judged,
        _england(view, item, own),
        charts.colours(),
        title=f"{item.name}, {where}: {trending.title_words(item, own.moved)}",
        unit=item.unit,
        names=(where, "England"),
        decimals=decimals_for(item.measure),
        baseline=BASELINE_ON,
        events=[(index, event.date) for index, event in own.events],
        targets=targets,
        partial=trending.partial(own.series, item.measure),
        earlier=revised,
    )


def _england(view: View, item: Indicator, own: Told) -> pd.DataFrame:
    """England's series to stand behind an area's; a count is never held against England's."""
    if item.measure == "count" or view.area == ENGLAND:
        return own.series.head(0)
    return trending.judged(trending.series_of(view, item, ENGLAND), item.measure)


def _control(view: View, item: Indicator, chart: ControlChart) -> Chart:
    where = area_label(session.catalogue(), view.area)
    return Chart(
        control_sentence(chart.points, chart.variation, chart.assurance, chart.why_no_assurance),
        control_chart(
            chart.drawn,
            charts.colours(),
            title=f"{item.name}, {where}: {controlling.headline(chart)}",
            unit=item.unit,
            decimals=decimals_for(item.measure),
            target=chart.target,
        ),
        key=f"control-{view.area}-{item.key}",
        columns=controlling.COLUMNS,
        rows=[controlling.row(item, line) for line in chart.points.iloc[::-1].to_dict("records")],
        data=chart.points,
        method=controlling.METHOD,
    )

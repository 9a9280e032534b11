"""One indicator in one place: has it moved, and by more than chance?"""

import streamlit as st

from charts.control import control_chart, control_sentence
from charts.marks import draw_earlier, draw_partial, draw_targets, mark_baseline, mark_events
from charts.series import series_chart
from charts.words import NOISE, NOT_CAUSE, decimals_for
from components import (
    caveats,
    charts,
    controlling,
    figures,
    html,
    rebasing,
    revising,
    separate,
    session,
    targeting,
    timeline,
    trending,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import changes_here
from data.catalogue import RESIDENT_POPULATION
from metrics.baseline import BASELINE_ON
from reports.expected import ENGLAND

view = current()
catalogue = session.catalogue()
item, where = catalogue.indicators[view.indicator], area_label(catalogue, view.area)
decimals = decimals_for(item.measure)

st.title("Over time")
if offer_start(view):
    st.stop()

series = trending.series_of(view, item, view.area)
if series.empty:
    html.answer(f"{where} has not reported {item.name}, so whether it moved cannot be said.")
    html.sentence("Choose another indicator or place above, or send the figures.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
    charts.footer(view)
    st.stop()

judged = trending.judged(series, item.measure)
kind = trending.kind_of(item, series)
moved = changes_here(view).get(item.key)
targets = targeting.agreed(view, item, moved)
made = rebasing.made(view, item)
chart = controlling.chart_of(judged, item, kind, targets, rebasing.starts(made))
trend = trending.trend_of(item, judged)
apart = separate.changes(view, item, judged.head(0) if kind == "control" else judged)

if kind == "control":
    finding = controlling.finding(chart)
elif kind == "trend":
    finding = trending.trend_finding(trend, judged) + separate.instead(item, trend, apart)
else:
    finding = separate.finding(item, apart)
html.answer(f"{item.name}, {where}: {finding}.")
html.sentence(
    f"{trending.latest_words(item, judged)}. Change since July 2025: {trending.moved_words(item, moved)}. "
    f"{targeting.sentence(targets, item)}"
)
if item.denominator == RESIDENT_POPULATION and not catalogue.areas[view.area].rates_given:
    html.sentence(caveats.SMALL_POPULATION)
html.quiet(f"{NOISE if kind == 'control' and chart is None else trending.RESTS_ON[kind]} {NOT_CAUSE}")

st.subheader(f"{item.name} over time")
compared = item.measure != "count" and view.area != ENGLAND
england = trending.judged(trending.series_of(view, item, ENGLAND), item.measure) if compared else series.head(0)
events = timeline.events_for(view, item, series, BASELINE_ON)
editions = revising.editions(view, item)
revised = revising.revisions_of(view, item, series, editions)
rows = [figures.series_row(item, line) for line in series.iloc[::-1].to_dict("records")]
told = trending.sentence(item, where, series)
method = figures.method_of(item, series)
if judged["value"].isna().all():
    html.sentence(told)
    html.table(figures.SERIES_COLUMNS, rows, f"{item.name}, {where}, newest first")
    charts.download(series, view, f"over-time-{view.area}-{item.key}", method)
else:
    figure = charts.drawn(
        series_chart,
        judged,
        england,
        charts.colours(),
        title=f"{item.name}, {where}: {trending.title_words(item, moved)}",
        unit=item.unit,
        names=(where, "England"),
        baseline=None,
        decimals=decimals,
    )
    mark_baseline(figure, charts.colours(), BASELINE_ON)
    mark_events(figure, charts.colours(), [(index, event.date) for index, event in events])
    draw_targets(figure, charts.colours(), targets, item.unit, decimals)
    draw_partial(figure, charts.colours(), trending.partial(series, item.measure), item.unit, decimals)
    draw_earlier(figure, charts.colours(), revised, item.unit, decimals)
    key = f"over-time-{view.area}-{item.key}"
    charts.show(figure, told, view, key=key, columns=figures.SERIES_COLUMNS, rows=rows, data=series, method=method)
    timeline.show(events)

st.subheader("Trend or chance")
if kind == "rolling":
    html.sentence(trending.why_neither(item))
elif kind == "trend":
    html.table(trending.TREND_COLUMNS, [trending.trend_row(item, trend, judged)], f"Recent trend, {where}")
    html.quiet(trending.TREND_METHOD)
elif chart is None:
    html.sentence(controlling.why_none(judged))
else:
    charts.show(
        charts.drawn(
            control_chart,
            chart.drawn,
            charts.colours(),
            title=f"{item.name}, {where}: {controlling.headline(chart)}",
            unit=item.unit,
            decimals=decimals,
            target=chart.target,
        ),
        control_sentence(chart.points, chart.variation, chart.assurance, chart.why_no_assurance),
        view,
        key=f"control-{view.area}-{item.key}",
        columns=controlling.COLUMNS,
        rows=[controlling.row(item, line) for line in chart.points.iloc[::-1].to_dict("records")],
        data=chart.points,
        method=controlling.METHOD,
    )
    rebasing.show(view, item, where, chart.points, made)
if not apart.empty:
    html.table(
        *separate.table(item, apart),
        f"{item.name}, {where}: change between years that share no month, newest first, with 95 % limits",
    )
    charts.download(apart, view, f"separate-years-{view.area}-{item.key}", separate.METHOD)

st.subheader("Against the target")
if targets.empty:
    html.sentence(f"{targeting.NONE} {targeting.for_everybody(view, item)}".strip())
else:
    html.table(
        targeting.COLUMNS,
        [targeting.row(item, line, moved) for line in targets.to_dict("records")],
        f"Agreed targets of {item.name}, {where}",
    )
    charts.download(targets, view, f"targets-{view.area}-{item.key}", targeting.METHOD)
    html.quiet(targeting.METHOD)

st.subheader("Figures that were revised")
html.sentence(revising.sentence(revised, item, series))
if not revised.empty:
    html.table(
        revising.COLUMNS,
        [revising.row(item, line) for line in revised.iloc[::-1].to_dict("records")],
        f"{item.name}, {where}: the same period in two editions, newest first",
    )
    html.table(revising.EDITION_COLUMNS, revising.edition_rows(editions), "The editions that they came in")
    charts.download(revised, view, f"revisions-{view.area}-{item.key}", revising.METHOD)
    html.quiet(revising.METHOD)
charts.footer(view)

"""One indicator in one place: has it moved, and by more than chance?"""

import streamlit as st

from charts.words import NOISE, NOT_CAUSE
from components import (
    caveats,
    charts,
    controlling,
    html,
    over_time_ready,
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
from data.catalogue import RESIDENT_POPULATION

view = current()
catalogue = session.catalogue()
item, where = catalogue.indicators[view.indicator], area_label(catalogue, view.area)

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

told = over_time_ready.told(view, item)
shown = over_time_ready.shown(view, item, told)
judged, kind, moved, apart = told.judged, told.kind, told.moved, told.apart
chart, targets, revised = shown.control, shown.targets, shown.revised

if kind == "control":
    finding = controlling.finding(chart)
elif kind == "trend":
    finding = trending.trend_finding(told.trend, judged) + separate.instead(item, told.trend, apart)
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
shown.over_time.show(view)
if shown.over_time.figure:
    timeline.show(told.events)
else:
    charts.download(series, view, shown.over_time.key, shown.over_time.method)

st.subheader("Trend or chance")
if kind == "rolling":
    html.sentence(trending.why_neither(item))
elif kind == "trend":
    html.table(trending.TREND_COLUMNS, [trending.trend_row(item, told.trend, judged)], f"Recent trend, {where}")
    html.quiet(trending.TREND_METHOD)
elif chart is None or shown.control_chart is None:
    html.sentence(controlling.why_none(judged))
else:
    shown.control_chart.show(view)
    rebasing.show(view, item, where, chart.points, shown.made)
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
    html.table(revising.EDITION_COLUMNS, revising.edition_rows(shown.editions), "The editions that they came in")
    charts.download(revised, view, f"revisions-{view.area}-{item.key}", revising.METHOD)
    html.quiet(revising.METHOD)
charts.footer(view)

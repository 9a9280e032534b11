"""Areas or regions on one indicator: which differ by more than counting noise, and which by more than usual?"""

import streamlit as st

from components import caveats, charts, comparing, comparing_panels, comparing_ready, html, period, session
from components.controls import current
from components.empty import offer_start

view = current()
item = session.catalogue().indicators[view.indicator]

st.title("Compare")
if offer_start(view):
    st.stop()

periods = comparing_ready.periods(view, item)
if not periods.labels:
    html.answer(f"No area has reported {item.name} yet, so there is nothing to compare.")
    html.sentence("Choose another indicator above, or send the figures.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
    charts.footer(view)
    st.stop()

left, right = st.columns(2)
with left:
    chosen = period.choose(periods, item)
with right:
    kind = comparing.TYPES[comparing.choose_places()]
ready = comparing_ready.ready(view, item, chosen, kind)

html.answer(ready.answer)
for sentence in ready.sentences:
    html.sentence(sentence)
html.quiet(ready.limits)

left, right = st.columns(2, gap="medium") if ready.tiles else (st.container(), st.container())
if ready.tiles:
    with left:
        st.subheader("On the map")
        ready.tiles.show(view)
with right:
    if ready.intervals:
        st.subheader("Side by side")
        ready.intervals.show(view)

left, right = st.columns(2, gap="medium") if ready.regions else (right, right)
with left:
    st.subheader("By size")
    ready.funnel.show(view)
if ready.regions:
    with right:
        st.subheader("Inside the region" if ready.inside else "Inside each region")
        ready.regions.show(view)

st.subheader("Over time")
comparing_panels.show(ready.panels, view)
if item.period_type == "rolling_year":
    html.quiet(caveats.OVERLAP)
charts.footer(view)

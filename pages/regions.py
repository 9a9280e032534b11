"""Regions of England on one indicator: whether they differ by more than chance, and whether the difference narrows."""

import streamlit as st

from charts.words import NOT_CAUSE
from components import charts, contrast, html, period, regional, regional_ready, session
from components.controls import current
from components.empty import offer_start

view = current()
item = session.catalogue().indicators[view.indicator]

st.title("Regions")
if offer_start(view):
    st.stop()

periods = regional_ready.periods(view, item)
# However much stands in each part, the next begins in the same place: a control that moved would leave the address.
says, choices, regions, places, end = (st.container() for _ in range(5))
if not periods.labels or not item.counts_add_up:
    with says:
        html.answer(f"{item.name}: {regional.NOT_ADDED if periods.labels else regional.NOT_REPORTED}")
else:
    with choices.container(horizontal=True, vertical_alignment="bottom"):
        chosen = period.choose(periods, item)
        earlier = regional.choose_earlier(periods.periods, chosen, item)
    ready = regional_ready.ready(view, item, chosen, earlier)
    with says:
        html.answer(ready.answer)
        html.quiet(f"{regional.CHANCE} {NOT_CAUSE}")

    with regions:
        st.subheader(f"{item.name}, region by region")
        ready.figures.show(view)
        html.quiet(ready.without)

        st.subheader("How far regions differ from one another")
        ready.spread.show(view)
        if ready.spread.figure:
            html.sentence(ready.extremes)
            if ready.overlap:
                html.quiet(ready.overlap)

        st.subheader("Change on areas present in both periods")
        ready.change.show(view)

with places:
    st.subheader("Did one place change more than another?")
    html.quiet(contrast.ABOUT)
    contrast.show(item, view)
with end:
    charts.footer(view)

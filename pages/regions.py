"""Regions of England on one indicator: whether they differ by more than chance, and whether the difference narrows."""

import streamlit as st

from charts.words import NOT_CAUSE
from components import charts, contrast, html, period, regional, regional_charts, session
from components.controls import current
from components.empty import offer_start

view = current()
item = session.catalogue().indicators[view.indicator]

st.title("Regions")
if offer_start(view):
    st.stop()

frame = regional.figures(view, item)
# However much stands in each part, the next begins in the same place: a control that moved would leave the address.
says, choices, regions, places, end = (st.container() for _ in range(5))
if frame.empty or not item.counts_add_up:
    with says:
        html.answer(f"{item.name}: {regional.NOT_REPORTED if frame.empty else regional.NOT_ADDED}")
else:
    with choices.container(horizontal=True, vertical_alignment="bottom"):
        here = period.choose(frame, item)
        earlier = regional.choose_earlier(frame, here.iloc[0], item)
    label, since = regional.label(here.iloc[0], item), regional.label(earlier, item)
    moved = regional.change_of_regions(view, item, here.iloc[0], earlier)
    narrow = regional.narrowed(moved, item)
    with says:
        html.answer(regional.answer(item, label, regional.chance(here, item), narrow, since))
        html.quiet(f"{regional.CHANCE} {NOT_CAUSE}")

    with regions:
        st.subheader(f"{item.name}, region by region")
        regional_charts.show_figures(here, item, label, view)
        html.quiet(regional.without_figure(view, item, frame))

        st.subheader("How far regions differ from one another")
        finding = regional.finding(item, narrow, since)
        regional_charts.show_spread(frame, here["period_end"].max(), item, finding, view)

        st.subheader("Change on areas present in both periods")
        if moved is None:
            html.sentence(f"No period of {item.name} had ended before {label} began, so there is no change to show.")
        else:
            regional_charts.show_change(moved, item, since, label, view)

with places:
    st.subheader("Did one place change more than another?")
    html.quiet(contrast.ABOUT)
    contrast.show(item, view)
with end:
    charts.footer(view)

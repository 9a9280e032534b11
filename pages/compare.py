"""Areas or regions on one indicator: which differ by more than counting noise, and which by more than usual?"""

import streamlit as st

from charts.words import NOT_CAUSE
from components import caveats, charts, comparing, html, period, session
from components.comparing_charts import show_by_region, show_funnel, show_intervals, show_map
from components.comparing_panels import show_over_time
from components.comparing_words import (
    NO_FUNNEL,
    Compared,
    answer,
    england_sentence,
    limits,
    missing_sentence,
    place_sentence,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import period_label, places
from reports.expected import ENGLAND

view = current()
catalogue = session.catalogue()
item = catalogue.indicators[view.indicator]

st.title("Compare")
if offer_start(view):
    st.stop()

found = comparing.compared(view)
if found.empty:
    html.answer(f"No area has reported {item.name} yet, so there is nothing to compare.")
    html.sentence("Choose another indicator above, or send the figures.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
    charts.footer(view)
    st.stop()

everywhere = places(view)
england = everywhere[(everywhere["indicator"] == item.key) & (everywhere["area_code"] == ENGLAND)]
left, right = st.columns(2)
with left:
    same = period.choose(found, item, england)
with right:
    kind = comparing.TYPES[comparing.choose_places()]

chosen = same.iloc[0]
inside = kind == "police_force_area" and catalogue.areas[view.area].type == "region"
shown = Compared(
    item,
    period_label(chosen["period_start"], chosen["period_end"], item.key),
    kind,
    f" of the {area_label(catalogue, view.area)}" if inside else "",
    comparing.in_period(same, kind, item, catalogue),
    comparing.codes_of(catalogue, view.area, kind),
)

html.answer(answer(shown))
html.sentence(f"{england_sentence(shown, comparing.why_no_england(england, chosen))} {missing_sentence(shown)}")
for line in shown.rows[shown.rows["area_code"] == view.area].to_dict("records"):
    html.sentence(place_sentence(line, item))
html.quiet(f"{limits(shown)} {NOT_CAUSE}".strip())

compared = shown.benchmark is not None and shown.rows["value"].notna().any()
areas = kind == "police_force_area"
left, right = st.columns(2, gap="medium") if areas else (st.container(), st.container())
if areas:
    with left:
        st.subheader("On the map")
        show_map(shown, view)
with right:
    if compared:
        st.subheader("Side by side")
        show_intervals(shown, view)

left, right = st.columns(2, gap="medium") if areas and compared else (right, right)
with left:
    st.subheader("By size")
    if shown.has_funnel:
        show_funnel(shown, view)
    else:
        html.sentence(NO_FUNNEL.get(item.measure, "A funnel needs England’s figure and the areas’ counts."))
if areas and compared:
    with right:
        st.subheader("Inside the region" if inside else "Inside each region")
        show_by_region(shown, same, view)

st.subheader("Over time")
show_over_time(shown, found, england, view)
if item.period_type == "rolling_year":
    html.quiet(caveats.OVERLAP)
charts.footer(view)

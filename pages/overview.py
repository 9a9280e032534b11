"""Which commitments move, which do not, and where do numbers and voices disagree?"""

import streamlit as st

from charts import beside
from charts.words import NOISE, NOT_CAUSE
from components import (
    attention,
    charts,
    due,
    evaluating,
    html,
    missing,
    overview_ready,
    packing,
    reminding,
    reviewing,
    session,
    since,
)
from components.controls import area_label, current
from components.empty import offer_start

view = current()

st.title("Overview")
if offer_start(view):
    st.stop()

ready = overview_ready.ready(view)
review = ready.review

html.answer(ready.headline)
html.sentence(ready.since)
if review is not None and review["version"] < view.version:
    html.linked("", "See what changed since that review", since.link(view, int(review["version"])))
html.linked(
    "", "Hold the review" if session.actor().may_review(view.area) else "Read the reviews", view.link("reviews")
)
html.table(ready.columns, ready.rows, f"The ten commitments of July 2025, {area_label(session.catalogue(), view.area)}")
evaluating.say(view)
html.quiet(beside.LEGEND)
html.quiet(f"{due.LEGEND} {NOISE} {NOT_CAUSE}")

st.subheader("Needs attention")
attention.show(ready.attention, view)

st.subheader("Where the numbers moved")
ready.moved.show(view)

st.subheader("Due and overdue")
due.say(view)
due.show_table(view)
reminding.show(view)

st.subheader("What was decided")
reviewing.show_actions(ready.actions, view, "Actions of the reviews")

st.subheader("What is missing")
missing.show_by_commitment(view)

st.subheader("The pack to send round")
packing.show(view)
charts.footer(view)

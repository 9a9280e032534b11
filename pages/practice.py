"""What was tried elsewhere on this, what came of it, and how strong is the evidence?"""

import streamlit as st

from components import charts, html, practising, practising_forms, practising_rows, session
from components.controls import area_label, current
from components.empty import point_to_upload

view = current()
catalogue = session.catalogue()
where = area_label(catalogue, view.area)

st.title("Practice")
practising_forms.told()
# However long the answer is, the controls stand in the same place: one that moved would leave the address.
says, choices = st.container(), st.container()
with choices:
    asked = practising.choose(view)
everything = practising.everything(view)
frame = practising_rows.wanted(practising_rows.about(everything, catalogue, view.area), asked)
with says:
    strengths = {key: one.name for key, one in practising.reviewed().strengths.items()}
    html.answer(practising_rows.answer(frame, catalogue, strengths, where))
    html.sentence(
        "Joint work of police, health and others: from papers of 2016, on the way to the first consensus, and from "
        "what areas tell themselves."
    )
    point_to_upload(view)

st.subheader("What was tried")
if frame.empty:
    html.sentence("Take one of the choices back to all, or choose England above to see the whole library.")
else:
    practising.show_entries(frame, view)

st.subheader("Areas with a similar problem that tried something")
practising.show_near(practising_rows.wanted(everything, asked), view, asked.commitment)

st.subheader("By topic, and how strong the evidence is")
practising.show_topics(frame)

st.subheader("What your area tried")
practising_forms.show(view)
charts.footer(view)

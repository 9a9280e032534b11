"""What people told us: how well it works and for whom, what is in the way, who differs, and who was not heard."""

import streamlit as st

from components import charts, hearing, html, session, voice_counts, voice_filters, voice_sections, voice_themes, voices
from components.controls import current
from components.empty import offer_start

view = current()

st.title("Voices")
if offer_start(view):
    st.stop()

# However long the answer is, the controls stand in the same place: one that moved would leave the address.
says, choices = st.container(), st.container()
with choices:
    asked = voice_filters.choose(view)
heard, found = hearing.heard(view, asked), voice_counts.counted(view, asked)
with says:
    html.answer(found.answer)
    if len(heard):
        html.quiet(found.behind)

if heard.empty:
    if asked.narrowed:
        html.sentence("Nothing was heard that fits all the choices above. Take one of them back to all.")
    else:
        html.sentence("The insights template takes what people say: one row for each piece of evidence.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
    charts.footer(view)
    st.stop()

voice_sections.show_found(view, asked, len(heard))

st.subheader("How well it works")
voice_sections.show_grades(found.graded, view)

st.subheader("Providers and users")
voice_sections.show_sides(found, view)
voice_sections.show_gaps(found.gaps, view)

st.subheader("Better or worse")
voice_sections.show_directions(found.quarters, view)

st.subheader("What gets in the way and what helps")
voice_themes.show(found, view)

st.subheader("Who was not heard")
voice_themes.show_not_heard(found.not_heard, view)
voice_sections.show_silence(found, view)

st.subheader("How people were asked")
voice_themes.show_methods(found.methods, view)

st.subheader("What people said")
voices.list_insights(heard, session.catalogue(), "voices")
charts.download(
    heard, view, "insights", "Every insight that the page counts and that you may see; a quote only with consent."
)
charts.footer(view)

"""What people told us: how well it works and for whom, what is in the way, who differs, and who was not heard."""

import streamlit as st

from components import charts, hearing, html, session, voice_filters, voice_sections, voice_themes, voice_words, voices
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
heard = hearing.heard(view, asked)
_, silent, areas = hearing.missing(heard, view)
gaps = hearing.gaps(heard)
whole = dict(gaps.iloc[0]) if len(gaps) else None
with says:
    html.answer(voice_words.answer(heard, whole, silent, areas, voice_words.about(view, asked)))
    if len(heard):
        html.quiet(voice_words.behind(heard, whole))

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
voice_sections.show_grades(heard, view)

if whole is not None:
    st.subheader("Providers and users")
    voice_sections.show_sides(heard, whole, view)
    voice_sections.show_gaps(gaps, view)

st.subheader("Better or worse")
voice_sections.show_directions(heard, view)

st.subheader("What gets in the way and what helps")
voice_themes.show(heard, view)

st.subheader("Who was not heard")
voice_themes.show_not_heard(heard, view)
voice_sections.show_silence(heard, view)

st.subheader("How people were asked")
voice_themes.show_methods(heard, view)

st.subheader("What people said")
voices.list_insights(heard, session.catalogue(), "voices")
charts.download(
    heard, view, "insights", "Every insight that the page counts and that you may see; a quote only with consent."
)
charts.footer(view)

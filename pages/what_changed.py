"""What changed in the place in view between an earlier data version and the one shown: figures, words, ranks, files."""

import streamlit as st

from charts.words import NOISE, NOT_CAUSE
from components import changed, changed_judgements, changed_sections, changed_words, charts, html, since
from components.controls import current
from components.empty import offer_start

view = current()

st.title("What changed")
if offer_start(view):
    st.stop()

then = since.choose(view)
if then is None:
    html.answer("This is the first data version, so nothing came before it.")
    charts.footer(view)
    st.stop()
if then.version >= view.version:
    html.answer(f"Nothing to compare: {since.named(then)} is not earlier than {since.named(view)}, which is shown.")
    html.sentence("Choose an earlier one under “Since”, or a later one under “Data version”.")
    charts.footer(view, since=then.version)
    st.stop()

found = changed.between(then, view)
html.answer(changed_words.answer(found))
if found.nothing:
    html.sentence("No figure, insight, target, definition or word is another. Choose an earlier version under “Since”.")
    charts.footer(view, since=then.version)
    st.stop()
if also := changed_words.more(found):
    html.sentence(also)
html.quiet(f"{NOISE} {changed_words.BEYOND} {NOT_CAUSE}")

st.subheader("What matters most")
changed_sections.show_matters(found)

st.subheader("Figures")
changed_sections.show_figures(found)

st.subheader("Words of change since July 2025")
changed_sections.show_statuses(found)

st.subheader("Against England")
changed_sections.show_standing(found)

st.subheader("Numbers beside voices")
changed_sections.show_fits(found)

st.subheader("Judgements")
changed_judgements.show(found)

st.subheader("Ranks of attention")
changed_sections.show_attention(found)

st.subheader("What people told us")
changed_sections.show_insights(found)

st.subheader("What is due")
changed_sections.show_overdue(found)

st.subheader("Targets, definitions and populations")
changed_sections.show_others(found)

st.subheader("Files")
changed_sections.show_files(found)
charts.footer(view, since=then.version)

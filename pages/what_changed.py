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
if found.nothing:
    html.answer(changed_words.answer(found))
    html.sentence("No figure, insight, target, definition or word is another. Choose an earlier version under “Since”.")
    charts.footer(view, since=then.version)
    st.stop()
made = changed_sections.sections(found)
html.answer(made.answer)
if made.more:
    html.sentence(made.more)
html.quiet(f"{NOISE} {changed_words.BEYOND} {NOT_CAUSE}")

st.subheader("What matters most")
changed_sections.show_matters(made)

st.subheader("Figures")
changed_sections.show_figures(made, view)

st.subheader("Words of change since July 2025")
changed_sections.show_table(made.statuses, view)

st.subheader("Against England")
changed_sections.show_table(made.standing, view)

st.subheader("Numbers beside voices")
changed_sections.show_table(made.fits, view)

st.subheader("Judgements")
changed_judgements.show(found)

st.subheader("Ranks of attention")
changed_sections.show_attention(made, view)

st.subheader("What people told us")
changed_sections.show_table(made.insights, view)

st.subheader("What is due")
changed_sections.show_overdue(made, view)

st.subheader("Targets, definitions and populations")
changed_sections.show_others(made, found)

st.subheader("Files")
changed_sections.show_table(made.files, view)
charts.footer(view, since=then.version)

"""Who did what, when, and from which data version to which, and is this record whole?"""

import streamlit as st

from components import audit_rows, auditing, charts, html, session
from components.controls import current
from data import trail

view = current()
choices = trail.choices(session.cursor(), session.actor())
found = auditing.checked()

st.title("Audit trail")
html.answer(audit_rows.answer(found, choices["since"]))
html.sentence(
    "Whatever anybody writes leaves a line here, and no line is ever changed. What was written is not repeated: a line "
    "names it by its identifier, which is looked up below where it still exists."
)
auditing.say_checked(found)

st.subheader("Lines")
auditing.show(auditing.choose(view, choices), view)
html.quiet(auditing.METHOD)
charts.footer(view)

"""People and access: who has which role, what each role may do, and how that is given, changed and ended."""

import streamlit as st

from components import approval_settings, backups, charts, html, people, people_forms, review_forms, session, tokens
from components.controls import current
from data.people import everyone

view = current()

st.title("People and access")
review_forms.begin_page()
found = everyone(session.cursor(), session.actor())
html.answer(people.answer(found))
html.sentence(people.settings_say())

standing, ended = people.rows(found, True), people.rows(found, False)
if standing:
    html.table(people.COLUMNS, standing, f"People and groups with a role: {len(standing)}")
else:
    html.sentence("Give people, and groups of the sign-in provider, their roles below.")
people_forms.show(found)
if ended:
    with st.expander(f"Roles that were ended ({len(ended)})"):
        html.table(people.ENDED_COLUMNS, ended, "Roles that were ended; these people see nothing")

st.subheader("What each role may do")
html.table(people.DEED_COLUMNS, people.deed_rows(), "What each role may do, and where")
html.quiet("Every write and every restricted read is checked again where the data is kept, whatever the menu shows.")

approval_settings.show()
tokens.show()
backups.show()
charts.footer(view)

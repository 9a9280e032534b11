"""Is my file right, how do I mend it, and what will change if I confirm?"""

import streamlit as st

from charts.words import plural
from components import (
    checking,
    difference,
    due,
    erasing,
    findings,
    history,
    html,
    mapping,
    second_pair,
    session,
    turns,
    waiting_files,
)
from components.controls import current
from components.templates import offer_templates
from data import approvals
from data.submission import Prepared
from data.versions import Moment

view = current()
catalogue, actor = session.catalogue(), session.actor()


def store(prepared: Prepared, reason: str) -> None:
    """Confirm, or send for approval; remember what to say, and make room for the next file."""
    with session.told_plainly():
        with st.spinner("Storing …"), turns.aside():
            stored = approvals.submit(session.cursor(), actor, catalogue, prepared, Moment.now(), reason=reason)
        st.session_state["stored"] = (prepared.file_name, prepared.would_store, stored.version, prepared.changes)
        st.session_state.pop(history.CORRECTS, None)
        checking.forget()


st.title("Upload")
if not any(map(actor.may_submit_for, catalogue.areas)):
    html.answer("Here you check what areas mark as public, before everybody can read it.")
    second_pair.show(view)
    st.stop()
html.answer("Drop a file here: you see what is wrong with it, or what it would change, before anything is stored.")
at_start = "stored" not in st.session_state and not checking.has_file()
with st.expander("1. Get a template", expanded=at_start, icon=":material/description:"):
    due.say(view)
    offer_templates(view, catalogue)
st.subheader("2. Check your file")
corrects = history.correcting()
prepared = checking.checked(view, corrects)
if prepared is None:
    if "stored" in st.session_state:
        name, facts, version, changes = st.session_state["stored"]
        difference.show_stored(name, facts, version, changes, catalogue)
else:
    st.session_state.pop("stored", None)
    screening = prepared.screening
    if screening.mapping and screening.staged:
        mapping.confirmed(screening.mapping, catalogue)
    if findings.only_layout_to_confirm(screening) and screening.mapping:
        mapping.ask(screening.mapping, catalogue)
    else:
        findings.show(screening, prepared.file_name)
    if screening.acceptable:
        st.subheader("3. See what would change, and confirm")
        difference.show(prepared, catalogue)
        if prepared.confirmable:
            reason = st.text_input("Why does this file replace the other?", max_chars=1000) if corrects else ""
            changes = prepared.would_store + prepared.counts.get("withdrawn", 0)
            label = f"Confirm: store {plural(changes, 'change')} as data version {prepared.base_version + 1}"
            if waits := approvals.would_wait_for(session.cursor(), catalogue, prepared):
                html.sentence(waiting_files.waits_because(waits))
                label = f"Send for approval: {plural(changes, 'change')} to data version {prepared.base_version}"
            if st.button(label, type="primary", icon=":material/check:"):
                store(prepared, reason)
        else:
            st.info(
                "Everything in this file is stored already, so there is nothing to confirm.", icon=":material/info:"
            )

second_pair.show(view)
st.subheader("What has been sent")
history.show(view, catalogue)
erasing.show_written()

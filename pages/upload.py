"""Is my file right, how do I mend it, and what will change if I confirm?"""

import streamlit as st

from charts.words import plural
from components import difference, findings, html, session, submissions
from components.controls import ENGLAND, area_label, current
from components.pictures import places_within
from components.templates import offer_templates
from data import queries
from data.submission import Prepared, confirm, prepare
from data.versions import Moment

view = current()
catalogue, actor, connection = session.catalogue(), session.actor(), session.cursor()


def check(content: bytes, name: str) -> Prepared:
    """Screen the file once and keep the outcome while the file and the stored data stay the same."""
    kept = st.session_state.get("prepared")
    digest = (hash(content), name, view.newest)
    if kept is None or kept[0] != digest:
        with st.spinner("Checking the file …"):
            limit = session.workspace().settings.upload_limit
            kept = (digest, prepare(connection, actor, catalogue, content, name, limit=limit))
        st.session_state["prepared"] = kept
    prepared: Prepared = kept[1]
    return prepared


def store(content: bytes, prepared: Prepared) -> None:
    """Confirm, remember what to say, and make room for the next file."""
    with st.spinner("Storing …"):
        version = confirm(connection, actor, catalogue, content, prepared, Moment.now())
    st.session_state["stored"] = (prepared.file_name, prepared.would_store, version, prepared.changes)
    st.session_state["upload_number"] = st.session_state.get("upload_number", 0) + 1
    st.session_state.pop("prepared", None)
    st.rerun()


st.title("Upload")
html.answer("Drop a file here: you see what is wrong with it, or what it would change, before anything is stored.")
with st.expander("1. Get a template", expanded="stored" not in st.session_state, icon=":material/description:"):
    offer_templates(view, catalogue)
st.subheader("2. Check your file")
uploaded = st.file_uploader(
    "CSV file, numbers or insights",
    key=f"upload-{st.session_state.get('upload_number', 0)}",
    max_upload_size=session.workspace().settings.upload_limit // 1024**2,
    help="Commas, semicolons or tabs; UTF-8 or Windows-1252. Column order and the case of headings do not matter.",
)
if uploaded is None:
    if "stored" in st.session_state:
        name, facts, version, changes = st.session_state["stored"]
        difference.show_stored(name, facts, version, changes, catalogue)
else:
    st.session_state.pop("stored", None)
    content = uploaded.getvalue()
    prepared = check(content, uploaded.name)
    findings.show(prepared.screening, uploaded.name)
    if prepared.screening.acceptable:
        st.subheader("3. See what would change, and confirm")
        difference.show(prepared, catalogue)
        if prepared.confirmable:
            label = (
                f"Confirm: store {plural(prepared.would_store, 'change')} as data version {prepared.base_version + 1}"
            )
            if st.button(label, type="primary", icon=":material/check:"):
                store(content, prepared)
        else:
            st.info(
                "Everything in this file is stored already, so there is nothing to confirm.", icon=":material/info:"
            )

st.subheader("What has been sent")
whole = view.area == ENGLAND
history = queries.submissions(connection, actor, None if whole else places_within(catalogue, view.area))
scope = "" if whole else f" for {area_label(catalogue, view.area)}"
if history.empty:
    html.sentence(f"Nothing has been sent{scope} yet. Start with a template above.")
else:
    html.table(submissions.COLUMNS, submissions.rows(history), f"Accepted files{scope}, newest first")

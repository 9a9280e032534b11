"""What a page says while there is nothing to show: what belongs here, and the button that starts it."""

from __future__ import annotations

import streamlit as st

from components import html, session
from components.controls import View
from components.pictures import kept_whole
from components.roles import may_open
from data import queries


def offer_start(view: View) -> bool:
    """Say that nothing is stored yet and point to the upload; whether that was needed."""
    if _anything_held(view):
        return False
    html.answer("Nothing has been reported yet, so there is nothing to compare.")
    html.sentence(
        "This page shows figures and insights that areas report on the ten commitments of July 2025. Download a "
        "template, fill it in and upload it: the page fills as soon as a file is confirmed."
    )
    _link_to_upload()
    st.page_link("pages/methods.py", label="See the commitments and indicators", icon=":material/menu_book:")
    return True


def point_to_upload(view: View) -> None:
    """Say so and point to the upload while nothing is stored yet, on a page that has something to show even then."""
    if not _anything_held(view):
        html.sentence("Nothing has been reported yet, so there is no evidence to look at.")
        _link_to_upload()


def _anything_held(view: View) -> bool:
    def make() -> bool:
        return queries.anything_held(session.cursor(), view.version)

    return kept_whole(view, "anything held", make, session.audit_lines())


def _link_to_upload() -> None:
    """The way to Upload, for those in whose menu it is."""
    if may_open(session.actor().role, "upload"):
        st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")

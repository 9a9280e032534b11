"""The file that is dropped on the Upload page: checked once, and kept only while it may be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import session, turns
from components.controls import View
from data.mapping import Mapping
from data.submission import Prepared, prepare

KEPT, NUMBER, READ_AS = "prepared", "upload_number", "read_as"


@dataclass(frozen=True)
class Kept:
    """A checked file, and what it was checked for: the file, the data version, what it corrects, how it is read."""

    checked_for: Any
    prepared: Prepared


def has_file() -> bool:
    """Whether a file is in the uploader."""
    return bool(st.session_state.get(f"upload-{st.session_state.get(NUMBER, 0)}"))


def checked(view: View, corrects: UUID | None) -> Prepared | None:
    """The file in the uploader, checked; None when there is none.

    A file with personal data is taken out of the uploader at once: only what was found stays to be shown.
    """
    uploaded = st.file_uploader(
        "CSV file or Excel workbook, numbers or insights",
        key=f"upload-{st.session_state.get(NUMBER, 0)}",
        max_upload_size=session.workspace().settings.upload_limit // 1024**2,
        help="A template, or a table of another layout. The order of columns and the case of headings do not matter.",
    )
    kept: Kept | None = st.session_state.get(KEPT)
    if uploaded is None:
        return kept.prepared if kept and kept.checked_for is None else None
    read_as: Mapping | None = st.session_state.get(READ_AS, {}).get(uploaded.file_id)
    checked_for = (uploaded.file_id, view.newest, corrects, read_as)
    if kept is None or kept.checked_for != checked_for:
        kept = Kept(checked_for, _prepare(uploaded.getvalue(), uploaded.name, read_as, corrects))
        if any(finding.code == "personal_data" for finding in kept.prepared.screening.findings):
            forget(Kept(None, kept.prepared))
        st.session_state[KEPT] = kept
    return kept.prepared


def read_as(mapping: Mapping | None) -> None:
    """Check the file in the uploader again, read as a person has confirmed, or as it was proposed when that is None."""
    kept: Kept = st.session_state[KEPT]
    st.session_state[READ_AS] = {kept.checked_for[0]: mapping} if mapping else {}
    st.rerun()


def forget(left: Kept | None = None) -> None:
    """Empty the uploader and start the page anew; what was found in the file may be left to be shown."""
    _remove_from_server()
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    st.session_state[KEPT] = left
    st.session_state.pop(READ_AS, None)
    st.rerun()


def _remove_from_server() -> None:
    """Streamlit keeps the bytes of an uploader that is gone until the session ends; they are removed at once."""
    context, uploaded = get_script_run_ctx(), st.session_state.get(f"upload-{st.session_state.get(NUMBER, 0)}")
    manager = context.uploaded_file_mgr if context else None
    if context and uploaded and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(context.session_id, uploaded.file_id)


def _prepare(content: bytes, name: str, mapping: Mapping | None, corrects: UUID | None) -> Prepared:
    place = st.empty()
    with place.status("Reading the file …") as status, turns.aside():
        prepared = prepare(
            session.workspace().connection,  # its cursor outlives this run of the page
            session.actor(),
            session.catalogue(),
            content,
            name,
            mapping=mapping,
            limit=session.workspace().settings.upload_limit,
            corrects=corrects,
            progress=lambda words: status.update(label=f"{words} …"),
        )
    place.empty()
    return prepared

"""The review pack on a page: choose who is to read it, have it made, and take it away in three forms."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from components import html, session
from components.controls import View
from reports.pack.content import content
from reports.pack.gathering import must_see
from reports.pack.model import Audience

AUDIENCES: dict[Audience, str] = {"steering": "Steering group", "public": "Everybody"}
FOR_WHOM: dict[Audience, str] = {
    "steering": (
        "With what people told this group alone, reasons, dissent, replies, actions and adaptations. What areas keep "
        "to themselves stays out, so voices can be fewer than on the pages of an administrator."
    ),
    "public": (
        "Only insights marked public, a quote only with consent, neither quote nor number of people where fewer than 8 "
        "took part; nothing that was written for the steering group. Have a second person read it first."
    ),
}
MADE = "pack-made"


@dataclass(frozen=True)
class Made:
    """A file of a pack, with the words for its button."""

    label: str
    name: str
    mime: str
    content: bytes


Asked = tuple[str, str, int, date, UUID | None, Audience, int]


def show(view: View, review: UUID | None = None) -> None:
    """Offer the pack of the place and data version in view, or of one review: made when asked for, then to download."""
    with st.container(border=True):
        audience = _audience(view.area)
        html.quiet(FOR_WHOM[audience])
        asked = _asked(view, review, audience)
        if st.button("Make the pack", key="make-pack", icon=":material/picture_as_pdf:"):
            st.session_state[MADE] = asked
        if st.session_state.get(MADE) == asked:
            _offer(asked)


def forget() -> None:
    """Let go of the packs that were made: after something was erased, they are no longer what may be given."""
    _files.clear()


def _audience(area: str) -> Audience:
    """Who is to read it; those who may not see what is the steering group's make the public one."""
    may = [name for name in AUDIENCES if name == "public" or session.actor().sees_steering_of(area)]
    words = AUDIENCES.__getitem__
    chosen: Audience = st.radio("Who is to read it", may, format_func=words, key="pack-for", horizontal=True)
    return chosen


def _asked(view: View, review: UUID | None, audience: Audience) -> Asked:
    """What makes one pack differ from another, up to the newest thing that anybody wrote."""
    database = session.workspace().settings.database
    return database, view.area, view.version, view.as_of, review, audience, session.audit_lines()


def _offer(asked: Asked) -> None:
    """Make the files, saying what is being done, and a button for each."""
    must_see(session.actor(), asked[1], asked[5])
    with st.status("Making the pack: figures, charts, web page, PDF and Word …") as told:
        files = _files(asked, session.actor())
        told.update(label="The pack is made.", state="complete")
    with st.container(horizontal=True):
        for made in files:
            _button(made)


def _button(made: Made) -> None:
    label = f"{made.label}, {len(made.content) / 1_000_000:.1f} MB"
    key, icon = f"pack-{made.name.rpartition('.')[2]}", ":material/download:"
    st.download_button(label, made.content, made.name, made.mime, key=key, on_click="ignore", icon=icon)


@st.cache_resource(max_entries=4, show_spinner=False)
def _files(asked: Asked, _actor: Any) -> list[Made]:
    """The pack in every form; the same for everybody who may ask for it."""
    # What draws takes half a second to load: those who want no pack do not wait for it.
    from reports.pack.files import FORMS, file_name

    _, scope, version, as_of, review, audience, _ = asked
    workspace = session.workspace()
    with closing(workspace.connection.cursor()) as connection:
        pack = content(connection, _actor, workspace.catalogue, scope, version, as_of, review, audience)
    return [Made(known.label, file_name(pack, form), known.mime, known.write(pack)) for form, known in FORMS.items()]

"""What waits for a second person, on the Upload page: files that were sent, and texts that are marked public."""

from __future__ import annotations

import streamlit as st

from charts.words import plural
from components import html, pictures, public_texts, session, waiting_files
from components.controls import View
from components.waiting_words import say_done
from data import approvals, public_checks, queries
from data.actor import Actor

NOTHING = (
    "Nothing waits. A file waits here where an administrator has set, on the page People and access, that its area "
    "asks for a second person; a text waits when its area marks it as public."
)


def show(view: View) -> None:
    """Both lists, each with what the person asking may do; one sentence where nothing waits."""
    st.subheader("Waiting for a second person")
    say_done()
    with session.told_plainly():
        files = approvals.listed(session.cursor(), session.actor())
        texts = public_checks.listed(session.cursor(), session.actor())
        if not files and all(text["check_state"] for text in texts):
            html.sentence(NOTHING)
        waiting_files.show(view, files)
        public_texts.show(texts)


def call(view: View) -> None:
    """Say how much waits for the person asking, with the way there; nothing where nothing does."""
    files, texts = _files(), _texts(view)
    if not files and not texts:
        return
    parts = [plural(files, "file")] * bool(files) + [plural(texts, "public text")] * bool(texts)
    verb = "waits" if files + texts == 1 else "wait"
    html.linked(f"{' and '.join(parts)} {verb} for you as a second person.", "Look", view.link("upload"))


def _files() -> int:
    """How many files wait for the person asking to decide, until another is sent or decided on."""
    connection, actor = session.cursor(), session.actor()

    def make() -> int:
        return sum(line["may_decide"] for line in approvals.listed(connection, actor))

    sent = session.remembered("files that waited", queries.waiting_files)
    return pictures.kept_by("files that wait", make, sent, *_who(actor))


def _texts(view: View) -> int:
    """How many public texts of the newest version wait for the person asking."""
    connection, actor = session.cursor(), session.actor()

    def make() -> int:
        return sum(line["may_decide"] for line in public_checks.listed(connection, actor, only_waiting=True))

    return pictures.kept_whole(view, "texts that wait", make, view.newest, *_who(actor))


def _who(actor: Actor) -> tuple[object, ...]:
    """The person, told apart from others with the same role: no one decides on what is their own."""
    return actor.name, actor.email, *actor.sees

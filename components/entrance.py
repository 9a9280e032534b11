"""What stands before the pages: the page to sign in, and who is signed in beside the menu."""

from __future__ import annotations

import streamlit as st

from components import html, roles, session
from components.signing_in import Closed

PRODUCT = "Health and Policing Consensus tracker"
WHAT_HAPPENS = (
    "You are taken to the sign-in page of your organisation and come back here. This dashboard keeps no password: it "
    "is told your name, your e-mail address and perhaps your groups, and shows what your role here allows."
)


def show_closed(closed: Closed) -> None:
    """The only page for those who may see nothing: why, and one button that helps. Nothing of the data is on it."""
    st.title(PRODUCT)
    if closed.why:
        html.answer(closed.why)
    if closed.signed_in:
        html.sentence(f"You signed in as {closed.signed_in}.")
    if closed.offer:
        html.sentence(WHAT_HAPPENS)
        st.button("Sign in", type="primary", icon=":material/login:", key="sign-in", on_click=st.login)
    if closed.signed_in:
        st.button("Sign out", icon=":material/logout:", key="sign-out", on_click=st.logout)


def show_not_for(page: str, title: str) -> None:
    """What the address of a page answers to those in whose menu it is not."""
    words = [roles.ROLE_WORDS[role].lower() for role in roles.ONLY_FOR[page]]
    role = roles.ROLE_WORDS[session.actor().role].lower()
    st.title(title)
    html.answer(f"This page is not for your role, {role}. It is for: {', '.join(words)}.")
    html.sentence("Ask an administrator if you need it. Every other page is in the menu.")


def show_who() -> None:
    """Who is signed in, in which role, and the button that ends it; nothing where no sign-in is set up."""
    person = session.actor()
    if not person.email:
        return
    with st.sidebar:
        html.quiet(f"Signed in as {person.name}. Role: {roles.ROLE_WORDS[person.role].lower()}.")
        st.button("Sign out", icon=":material/logout:", key="sign-out", on_click=st.logout)

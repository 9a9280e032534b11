"""What every script run starts from: the open workspace, a cursor of its own, and who is asking."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import streamlit as st

from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue, load
from data.errors import UserError
from data.settings import Settings
from data.store import Connection
from data.workspace import open_workspace, workspace_kind

LOG = logging.getLogger("consensus")


@dataclass(frozen=True)
class Workspace:
    """The store, opened once per server, with the catalogue it was opened with."""

    connection: Connection
    catalogue: Catalogue
    settings: Settings
    kind: str


@st.cache_resource(
    hash_funcs={Settings: repr}, show_spinner="Opening the workspace; the first start takes a few seconds …"
)
def _open(settings: Settings) -> Workspace:
    catalogue = load()
    connection = open_workspace(settings, catalogue)
    _settle()
    return Workspace(connection, catalogue, settings, workspace_kind(connection))


@cache
def _settle() -> None:
    """Leave what lives as long as the server out of garbage collection, once.

    Looking through modules and catalogue for garbage held a page up for a tenth of a second every now and then.
    """
    gc.freeze()


def workspace() -> Workspace:
    """The workspace that the settings name, looked up once in a script run."""
    opened: Workspace | None = st.session_state.get("workspace")
    return opened or _open(Settings.from_environment())


def catalogue() -> Catalogue:
    """The catalogue of the open workspace."""
    return workspace().catalogue


@contextmanager
def one_cursor() -> Iterator[None]:
    """A cursor of its own for this script run, closed at its end: connections are not shared between threads."""
    opened = _open(Settings.from_environment())
    connection = opened.connection.cursor()
    st.session_state.update(workspace=opened, cursor=connection)
    try:
        yield
    finally:
        connection.close()


def cursor() -> Connection:
    """The cursor of this script run."""
    connection: Connection = st.session_state["cursor"]
    return connection


def actor() -> Actor:
    """Who is asking. Without a sign-in provider the person at this machine is the one local administrator."""
    return LOCAL_ADMINISTRATOR


@contextmanager
def told_plainly() -> Iterator[None]:
    """Show a `UserError` as it is; log any other fault with a reference and show one plain sentence."""
    try:
        yield
    except UserError as error:
        st.error(_text(str(error)), icon=":material/error:")
    except Exception:
        reference = uuid4().hex[:8]
        LOG.exception("Fault %s", reference)
        st.error(
            f"Something went wrong on our side. Nothing was changed. Reference {reference}.", icon=":material/error:"
        )


def _text(message: str) -> str:
    """A message in which Markdown finds no markup."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]()#+-.!|<>~$:" else mark for mark in message)

"""What every script run starts from: the open workspace, a cursor of its own, and who is asking."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import streamlit as st

from components.signing_in import AtThisMachine, Closed, Request, visitor
from data import people, queries
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import NotAllowed, UserError
from data.settings import Settings
from data.store import Connection
from data.workspace import Workspace, shared

LOG = logging.getLogger("consensus")
Found = TypeVar("Found")


@st.cache_resource(
    hash_funcs={Settings: repr}, show_spinner="Opening the workspace; the first start takes a few seconds …"
)
def _open(settings: Settings) -> Workspace:
    opened = shared(settings)
    _settle()
    return opened


@st.cache_resource(max_entries=64, show_spinner=False)
def _remembered(database: str, lines: int, what: str, _read: Callable[[], Any]) -> Any:
    return _read()


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
        st.session_state["asking"] = _asking(connection, opened.settings, _request(opened.settings))
        yield
    finally:
        st.session_state["asking"] = Closed("")
        connection.close()


def cursor() -> Connection:
    """The cursor of this script run."""
    connection: Connection = st.session_state["cursor"]
    return connection


def audit_lines() -> int:
    """How many lines the audit trail had when this script run first asked: whatever anybody writes adds one.

    It tells whether what is kept still holds. It is asked before what is kept is read, so that nothing old is ever kept
    under a newer number; and once, because on a DuckLake each question takes a way to PostgreSQL and back.
    """
    connection = cursor()
    asked: tuple[Connection, int] | None = st.session_state.get("audit_lines")
    if asked is None or asked[0] is not connection:
        asked = connection, queries.audit_lines(connection)
        st.session_state["audit_lines"] = asked
    return asked[1]


def remembered(what: str, read: Callable[[Connection], Found]) -> Found:
    """What the store says, asked once for all readers until anybody writes anything; nobody changes what is returned.

    `what` names it, unlike any other that is remembered.
    """
    found: Found = _remembered(workspace().settings.database, audit_lines(), what, lambda: read(cursor()))
    return found


def actor() -> Actor:
    """Who is asking, as the store has it in this script run; `NotAllowed` where nothing may be shown.

    Without a sign-in provider the person at this machine is the one local administrator.
    """
    return _let_in(st.session_state["asking"])


def asker() -> Callable[[], Actor]:
    """Who is asking, for what is done after the script run: the person of now, with the rights of that later moment."""
    opened = workspace()
    request = _request(opened.settings)

    def later() -> Actor:
        with closing(opened.connection.cursor()) as connection:
            return _let_in(_asking(connection, opened.settings, request))

    return later


def closed() -> Closed | None:
    """Why nothing may be shown to whoever asks; None where the person may come in."""
    asking: Actor | Closed = st.session_state["asking"]
    return asking if isinstance(asking, Closed) else None


def claims() -> dict[str, Any]:
    """What the sign-in provider says of the person; `is_logged_in` is in it only where a provider is set up."""
    return dict(st.user.to_dict())


def _let_in(asking: Actor | Closed) -> Actor:
    if isinstance(asking, Closed):
        raise NotAllowed(asking.why or "Nobody is signed in. Nothing was changed.")
    return asking


def _asking(connection: Connection, settings: Settings, request: Request) -> Actor | Closed:
    """Who is asking, read anew in every script run, so that a role that was taken away acts at once."""
    found = visitor(request, datetime.now(UTC), settings.groups_claim)
    if isinstance(found, AtThisMachine):
        return LOCAL_ADMINISTRATOR
    if isinstance(found, Closed):
        return found
    known = people.actor_of(
        connection,
        found.email,
        found.name,
        found.groups,
        administrator=settings.administrator,
        unknown="viewer" if settings.unknown_may_read else None,
    )
    return known or Closed(_ask(settings.administrator), offer=False, signed_in=found.email)


def _request(settings: Settings) -> Request:
    return Request(
        claims(),
        st.get_option("server.address"),
        st.context.headers.to_dict(),
        unreadable=_secrets_unreadable(),
        expected=bool(settings.administrator),
    )


def _secrets_unreadable() -> bool:
    """Whether there is a secrets file that cannot be read: with it, a sign-in that was set up would be gone unseen."""
    if not any(Path(path).exists() for path in st.get_option("secrets.files")):
        return False
    try:
        st.secrets.to_dict()
    except Exception:
        return True
    return False


def _ask(administrator: str) -> str:
    whom = administrator or "the administrator of this dashboard"
    return f"You are signed in, but nobody has given you a role here yet. Ask {whom} for one."


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

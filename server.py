"""The server: the pages, and the HTTP API beside them. `python3 run.py` starts it.

What the API does is in `reports/api/`, without a server: here are its routes, the reading of bodies, and the headers of
every answer. The work of a request is done in a thread, with a cursor of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from anyio import CapacityLimiter, Semaphore, WouldBlock, fail_after, move_on_after, to_thread
from anyio.lowlevel import RunVar
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Mounted
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from data import logs
from data.actor import Actor
from data.errors import UserError
from reports.api import calls
from reports.api.answers import PROBLEM, Answer, compressed, conditional, of_problem
from reports.api.calls import Call
from reports.api.desk import Desk, desk, fault
from reports.api.headers import OF_THE_API, headers, of_the_pages
from reports.api.operations import OPERATIONS, WITHOUT_STORE
from reports.api.problems import Problem, of_status, of_user_error
from reports.api.routes import Route, by_path

# Without this, the first visitor after a start who follows a link to a page would get that page's file alone, without
# the frame of dashboard.py: until st.navigation has run once, Streamlit takes the folder pages/ for its own.
PagesManager.uses_pages_directory = False
logs.guard()

PAGES = of_the_pages((Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
THREADS = 6
"""For requests of programs; people's pages have threads of their own, so that programs never keep them waiting."""
FILES_AT_ONCE = 3
"""So many files are in memory at the same moment; who sends another is asked to wait."""
SECONDS_TO_ARRIVE = 300
SECONDS_TO_BE_READY = 3
LARGEST_HEADERS = 32 * 1024
WATCHED = ("/healthz", "/readyz")
NOBODY = Actor("Nobody", "viewer")
T = TypeVar("T")


@dataclass
class Room:
    """What requests of one event loop share."""

    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))
    readiness: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    files: Semaphore = field(default_factory=lambda: Semaphore(FILES_AT_ONCE))


_room: RunVar[Room] = RunVar("room")


def room() -> Room:
    """The room of this event loop."""
    try:
        return _room.get()
    except LookupError:
        _room.set(Room())
        return _room.get()


@dataclass(frozen=True)
class Endpoint:
    """All methods of one address."""

    methods: Mapping[str, Route]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is a problem."""
        request = Request(scope, receive, send)
        try:
            answer = await self._answer(request)
        except Problem as problem:
            answer = of_problem(problem)
        except UserError as error:
            answer = of_problem(of_user_error(error))
        except Exception as error:
            answer = of_problem(fault(error))
        await response(request, answer)(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        if request.method == "OPTIONS":
            return Answer(204, headers={"Allow": self.allowed})
        route = self.methods.get("GET" if request.method == "HEAD" else request.method)
        if route is None:
            raise Problem("wrong-method", f"This address takes {self.allowed}.", headers={"Allow": self.allowed})
        query = calls.checked_query(route, request.query_params.multi_items())
        if route.name in WITHOUT_STORE:
            return WITHOUT_STORE[route.name]()
        if route.needs == "nothing":
            return await ready(route)
        return await signed(route, request, query)

    @property
    def allowed(self) -> str:
        """The methods, for the header Allow."""
        return ", ".join(sorted({*self.methods, *(["HEAD"] if "GET" in self.methods else []), "OPTIONS"}))


async def ready(route: Route) -> Answer:
    """Whether the store answers in time; the first to ask has it opened, which goes on when nobody waits any more."""
    with move_on_after(SECONDS_TO_BE_READY):
        work = partial(carried_out, desk(), route, NOBODY, {}, {})
        return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=room().readiness)
    detail = "The store is being opened, or does not answer in time. Ask again in a few seconds."
    raise Problem("not-available", detail, headers={"Retry-After": "5"})


async def signed(route: Route, request: Request, query: Mapping[str, str]) -> Answer:
    """The answer to somebody with a token; a body is read only once it is known whose it is."""
    found = desk()
    secret = calls.bearer(request.headers.getlist("authorization"))
    address = request.client.host if request.client else ""
    token = await in_thread(partial(signed_in, found, secret, address))
    work = partial(carried_out, found, route, token.actor, request.path_params, query)
    if route.needs == "administrator":
        token.actor.must_administer(f"use {route.path}")
    if not route.takes_file:
        return await in_thread(work)
    found.limits.count("files", str(token.id))
    async with one_file():
        body = await received(request, found.settings.upload_limit)
        return await in_thread(partial(work, body=body))


async def in_thread(work: Callable[[], T]) -> T:
    """Do a request's work in a thread kept for the API."""
    return await to_thread.run_sync(work, limiter=room().threads)


def signed_in(found: Desk, secret: str, address: str) -> Any:
    """The token of a secret."""
    with closing(found.workspace().connection.cursor()) as connection:
        return found.signed_in(connection, secret, address)


def carried_out(
    found: Desk, route: Route, actor: Actor, path: Mapping[str, str], query: Mapping[str, str], body: bytes = b""
) -> Answer:
    """Do what a route does, on a cursor of its own."""
    workspace = found.workspace()
    with closing(workspace.connection.cursor()) as connection:
        return OPERATIONS[route.name](Call(workspace, connection, found.kept, actor, path, query, body))


@asynccontextmanager
async def one_file() -> Any:
    """Room for one file; the problem `not-available` where there is none."""
    try:
        room().files.acquire_nowait()
    except WouldBlock:
        detail = f"{FILES_AT_ONCE} files are being checked at this moment. Send this one again in five seconds."
        raise Problem("not-available", detail, headers={"Retry-After": "5", "Connection": "close"}) from None
    try:
        yield
    finally:
        room().files.release()


async def received(request: Request, limit: int) -> bytes:
    """The body of a request; refused by its announced length, or once more than `limit` bytes came, or too slowly."""
    calls.refuse_media_type(request.headers.get("content-type", ""), request.headers.get("content-encoding", ""))
    calls.refuse_length(request.headers.get("content-length", ""), limit)
    body = bytearray()
    try:
        with fail_after(SECONDS_TO_ARRIVE):
            async for part in request.stream():
                body += part
                if len(body) > limit:
                    raise calls.too_large(limit)
    except TimeoutError:
        detail = f"The file did not arrive within {SECONDS_TO_ARRIVE} seconds. Nothing was stored."
        raise Problem("too-slow", detail, headers={"Connection": "close"}) from None
    return bytes(body)


def response(request: Request, answer: Answer) -> Response:
    """An answer as it goes out: 304 where the asker has it, compressed where that is asked for, no body for HEAD."""
    answer = conditional(answer, request.headers.get("if-none-match", ""))
    answer = compressed(answer, request.headers.get("accept-encoding", ""))
    if answer.status in (204, 304):
        return Response(None, answer.status, answer.headers)
    length = {"Content-Length": str(len(answer.body))}
    body = b"" if request.method == "HEAD" else answer.body
    return Response(body, answer.status, answer.headers | length, answer.media_type)


class Guard:
    """Puts the protecting headers on every answer, and has every refusal under /api/ be a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it comes under another name or in letters that nobody can read."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        of_api = is_api(scope["path"])
        guarded = partial(_send, send, scope, of_api)
        try:
            if of_api:
                _refuse(Request(scope))
        except Problem as problem:
            await response(Request(scope), of_problem(problem))(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


async def _send(send: Send, scope: MutableMapping[str, Any], of_api: bool, message: Message) -> None:
    """Send a part of an answer: its start with more headers, a bare refusal under /api/ as a problem."""
    if message["type"] == "http.response.start":
        kind = dict(message["headers"]).get(b"content-type", b"").decode("latin-1")
        if of_api and message["status"] >= 400 and not kind.startswith(PROBLEM):
            scope["consensus.problem"] = of_problem(of_status(message["status"]))
            plain = response(Request(scope), scope["consensus.problem"])
            message = {**message, "status": plain.status_code, "headers": plain.raw_headers}
        more = headers(OF_THE_API if of_api else PAGES, scope["scheme"])
        known = [(name.lower().encode(), words.encode()) for name, words in more.items()]
        message = {**message, "headers": [*_without(message["headers"], dict(known)), *known]}
    elif "consensus.problem" in scope:
        message = {**message, "body": scope["consensus.problem"].body, "more_body": False}
    await send(message)


def _without(found: list[tuple[bytes, bytes]], names: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    return [(name, words) for name, words in found if name.lower() not in names]


def _refuse(request: Request) -> None:
    path = request.scope["path"]
    # Those who watch over a server ask it by its number.
    if path not in WATCHED and not is_host_allowed(request.headers.get("host")):
        raise Problem("wrong-host")
    if sum(len(name) + len(words) for name, words in request.scope["headers"]) > LARGEST_HEADERS:
        raise Problem("headers-too-large", headers={"Connection": "close"})
    if not calls.readable_path(request.scope.get("raw_path") or path.encode(), path):
        raise Problem("bad-request", "The address is not UTF-8, or holds characters that nobody can read.")


def is_api(path: str) -> bool:
    """Whether programs are answered at this address, rather than people."""
    return path == "/api" or path.startswith("/api/") or path in WATCHED


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands at every other address under /api/."""
    await response(Request(scope), of_problem(Problem("not-found")))(scope, receive, send)


def routes() -> list[Mounted]:
    """The API's addresses, each with all its methods, and a plain no at every other one under /api/."""
    found = [Mounted(path, Endpoint(methods)) for path, methods in by_path().items()]
    return [*found, Mounted("/api", _Asgi(nothing_here)), Mounted("/api/{rest:path}", _Asgi(nothing_here))]


@dataclass(frozen=True)
class _Asgi:
    """An ASGI function as an object: Starlette passes every method on to those."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


async def broken(request: Request, _: Exception) -> Response:
    """What a fault outside the API answers with, as it comes past `Guard`; the log of the server has the details."""
    words = "Something went wrong on our side. Nothing was changed."
    return Response(words, 500, headers(PAGES, request.scope["scheme"]), "text/plain")


app = st.App("dashboard.py", routes=routes(), middleware=[Middleware(Guard)], exception_handlers={Exception: broken})

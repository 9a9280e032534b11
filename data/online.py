"""Ask the running dashboard for what only the owner of the store can do, through its HTTP API.

`CONSENSUS_SERVER` says where it is, `CONSENSUS_TOKEN` or a file named by `CONSENSUS_TOKEN_FILE` who asks.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from data import PROGRAM_VERSION
from data.errors import UserError
from data.findings import printable

ADDRESS = "http://localhost:{port}"
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
SECONDS = 600
MOST = 64 * 1024 * 1024
"""Bytes of an answer that are read: the findings of the worst file are far fewer."""
WORDS = {
    401: "The token is unknown or was withdrawn. Ask an administrator for another, on the page People and access.",
    403: "The token may not do this. A backup needs a token of the kind administrator, a file one of its area.",
    404: "It does not know what it was asked: it is another release, or no dashboard of this kind.",
    405: "It does not know what it was asked: it is another release, or no dashboard of this kind.",
    413: "The file is larger than the dashboard takes.",
    429: "It was asked too often. Wait a minute and try again.",
}
NO_TOKEN = (
    "The dashboard is running and owns the store. To ask it, set CONSENSUS_TOKEN to a token that an administrator made "
    "on the page People and access, or CONSENSUS_TOKEN_FILE to a file that holds one. Or end the dashboard (Ctrl-C "
    "where it was started) and try again. Nothing was done."
)


@dataclass(frozen=True)
class Server:
    """Where the running dashboard is, and the token that is shown to it."""

    address: str
    token: str = field(repr=False)


class NotAsked(UserError):
    """The dashboard cannot be asked: there is no token, or nothing answers as the dashboard would."""


class Refused(UserError):
    """The dashboard answered, and it was no: `status` is that of HTTP, `problem` what it said in JSON."""

    def __init__(self, words: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(words)
        self.status, self.problem = status, problem


class _NoRedirects(HTTPRedirectHandler):
    """A token is shown to the server that the person named and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def ask(deed: Callable[[Server], int]) -> int:
    """Do something with the running dashboard: its exit code, or 1 when it refused, 3 when it cannot be asked."""
    try:
        found = server()
        _refuse_other_release(found)
        return deed(found)
    except NotAsked as error:
        sys.stderr.write(f"{error}\n")
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def server(environment: Mapping[str, str] = os.environ) -> Server:
    """The dashboard that the environment names; raises `NotAsked` without a token or a fitting address."""
    port = environment.get("CONSENSUS_PORT", "").strip() or "8501"
    address = (environment.get("CONSENSUS_SERVER", "").strip() or ADDRESS.format(port=port)).rstrip("/")
    token = environment.get("CONSENSUS_TOKEN", "").strip() or _token_of(environment.get("CONSENSUS_TOKEN_FILE", ""))
    if not token:
        raise NotAsked(NO_TOKEN)
    _refuse_address(address)
    return Server(address, token)


def answered(server: Server, method: str, path: str, body: bytes | None = None, **query: str | None) -> dict[str, Any]:
    """The JSON object that the dashboard answers with, `status` among it.

    Raises `Refused` when it says no, and `NotAsked` when nothing answers, or not as the dashboard of this release does.
    """
    asked = {name: value for name, value in query.items() if value}
    url = f"{server.address}{path}{'?' if asked else ''}{urlencode(asked)}"
    headers = {"Content-Type": "application/octet-stream"}
    headers |= {"Authorization": f"Bearer {server.token}"} if server.token else {}
    request = Request(url, data=body or (b"" if method == "POST" else None), headers=headers, method=method)
    try:
        with _opener(server.address).open(request, timeout=SECONDS) as answer:
            return _object(server, answer.read(MOST)) | {"status": answer.status}
    except HTTPError as error:
        raise _refusal(server, error) from None
    except (URLError, OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise NotAsked(
            f"Nothing answers at {server.address} ({why}), though the store is in use. Set CONSENSUS_SERVER to the "
            "address of the running dashboard. Nothing was done."
        ) from None


def _refuse_other_release(server: Server) -> None:
    """Raise `NotAsked` unless the running dashboard is of this command's release."""
    found = answered(Server(server.address, ""), "GET", "/healthz").get("program_version")
    if found != PROGRAM_VERSION:
        raise NotAsked(
            f"The dashboard at {server.address} is of release {printable(str(found))}, and this command of release "
            f"{PROGRAM_VERSION}. Run the command of the same release. Nothing was done."
        )


def _opener(address: str) -> OpenerDirector:
    """Without redirects, and without a proxy to this machine itself."""
    direct = [ProxyHandler({})] if urlsplit(address).hostname in THIS_MACHINE else []
    return build_opener(_NoRedirects, *direct)


def _refusal(server: Server, error: HTTPError) -> UserError:
    try:
        problem = _object(server, error.read(MOST))
    except NotAsked:
        problem = {}
    if error.code in (404, 405) or 300 <= error.code < 400:
        return _strange(server)
    detail = str(problem.get("detail") or problem.get("title") or "")
    words = printable(detail) or WORDS.get(error.code, f"It answered with the status {error.code}.")
    return Refused(f"The dashboard at {server.address} refused: {words}", error.code, problem)


def _object(server: Server, answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        raise _strange(server) from None
    if not isinstance(found, dict):
        raise _strange(server)
    return found


def _strange(server: Server) -> NotAsked:
    return NotAsked(
        f"What answers at {server.address} does not answer as a dashboard of this release does: it is another release "
        "or another program. Set CONSENSUS_SERVER to its address, and run this command of the same release. Whether "
        "something was done is told by the dashboard’s pages."
    )


def _token_of(file: str) -> str:
    if not file.strip():
        return ""
    try:
        return Path(file.strip()).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise NotAsked(f"CONSENSUS_TOKEN_FILE names {file.strip()}, which cannot be read. Nothing was done.") from None


def _refuse_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotAsked(f"CONSENSUS_SERVER is “{address}”. Set it to an address such as https://tracker.example.org.")
    if parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
        raise NotAsked(
            f"CONSENSUS_SERVER is “{address}”. A token goes to another machine only over https. Nothing was done."
        )

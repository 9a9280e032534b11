"""A request as plain values, and what of it is refused before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from data.actor import Actor
from data.findings import printable
from data.store import Connection
from data.workspace import Workspace
from reports.api.kept import Kept
from reports.api.problems import Problem
from reports.api.routes import FILE_TYPES, Route

FOLDERS = ("/", "\\", ":")
BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Health and Policing Consensus tracker"'}
INVALID = {"WWW-Authenticate": f'{CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Call:
    """What an operation works with: the store and a cursor of its own, who asks, and what is asked."""

    workspace: Workspace
    connection: Connection
    kept: Kept
    actor: Actor
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def bearer(headers: Sequence[str]) -> str:
    """The token in a request's headers `Authorization`; raises the problem `no-token` unless there is just one."""
    if not headers:
        raise Problem("no-token", headers=CHALLENGE)
    found = BEARER.fullmatch(headers[0])
    if len(headers) > 1 or found is None:
        raise Problem(
            "no-token", "Send one header “Authorization: Bearer” with a token, and no other.", headers=INVALID
        )
    return found[1]


def refused_token() -> Problem:
    """What to say to the bearer of a token that opens nothing; not which of the reasons it is."""
    detail = (
        "This token is not known here, was withdrawn, or its year is over. Check that all of it was copied, or ask an "
        "administrator for another on the page People and access."
    )
    return Problem("no-token", detail, headers=INVALID)


def checked_query(route: Route, given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The values behind the question mark; raises the problem `bad-request` for any that the route does not take."""
    known, found = route.query, dict(given)
    if unknown := sorted(set(found) - set(known)):
        takes = f"takes {', '.join(known)}" if known else "takes nothing behind the question mark"
        raise Problem("bad-request", f"“{_shown(unknown[0])}” is not known: {route.path} {takes}.")
    if len(found) < len(given):
        raise Problem("bad-request", "A value behind the question mark is given twice. Give each once.")
    for name, parameter in known.items():
        if parameter.required and not found.get(name, "").strip():
            raise Problem("bad-request", f"“{name}” is missing. Add ?{name}=… to the address: {parameter.description}.")
        choices = parameter.schema.get("enum")
        if name in found and choices and found[name] not in choices:
            raise Problem("bad-request", f"“{name}” is “{_shown(found[name])}”. It may be {' or '.join(choices)}.")
    return found


def checked_name(name: str) -> str:
    """The name of a file; raises the problem `bad-request` where it leads to a folder or holds what nobody can read."""
    longest = 200
    if printable(name) != name or "\ufffd" in name:
        raise Problem(
            "bad-request", "“file_name” holds characters that cannot be shown. Send it in UTF-8, percent-encoded."
        )
    if any(mark in name for mark in FOLDERS) or name.strip(" .") == "":
        raise Problem("bad-request", "“file_name” is the name of a file alone, without a folder, such as figures.csv.")
    if len(name) > longest:
        raise Problem("bad-request", f"“file_name” has {len(name)} characters; at most {longest} are kept.")
    return name.strip()


def refuse_media_type(content_type: str, encoding: str) -> None:
    """Raise the problem `wrong-content-type` unless the body is sent as a file, and not compressed."""
    kind = content_type.partition(";")[0].strip().lower()
    accepts = {"Accept": ", ".join(FILE_TYPES)}
    if encoding.strip().lower() not in ("", "identity"):
        raise Problem("wrong-content-type", "Send the file as it is, without Content-Encoding.", headers=accepts)
    if kind in FILE_TYPES or not kind:
        return
    form = "multipart" in kind or "urlencoded" in kind
    why = "The body is a form" if form else f"The content type is “{_shown(kind)}”"
    detail = f"{why}. Send the file's bytes as the body with “Content-Type: text/csv”; in curl: --data-binary @FILE."
    raise Problem("wrong-content-type", detail, headers=accepts)


def refuse_length(announced: str, limit: int) -> None:
    """Raise the problem `too-large` where a request says beforehand that its body is."""
    if announced.isascii() and announced.isdecimal() and int(announced) > limit:
        raise too_large(limit)


def too_large(limit: int) -> Problem:
    """The problem of a body above the limit, in bytes."""
    size = f"{limit / 1024**2:,.0f} MB" if limit >= 1024**2 else f"{limit:,} bytes"
    detail = f"At most {size} are taken. Split the file: one for each indicator or each year is taken just as well."
    return Problem("too-large", detail, {"limit": limit}, {"Connection": "close"})


def readable_path(raw: bytes, path: str) -> bool:
    """Whether a path is UTF-8, and its letters are no orders to a terminal or a page."""
    try:
        return printable(unquote(raw.decode("ascii"), errors="strict")) == path
    except UnicodeDecodeError:
        return False


def _shown(text: str) -> str:
    return printable(text[:LONGEST_SHOWN])

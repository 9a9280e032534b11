"""What can go wrong with a request, as problem details (RFC 9457): a stable type, a title, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data.errors import NotAllowed, UserError
from data.faults import DiskFull, MemoryFull, NoAnswer, RestartNeeded
from data.store import TryAgain

TYPES = "/api/v1/problems"
"""Where `type` leads: a description of every kind, for programs and people."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its status, its title, and what one does about it."""

    status: int
    title: str
    advice: str


KINDS = {
    "bad-request": Kind(
        400, "The request is not one that can be answered", "Read the detail, which names what to change."
    ),
    "no-token": Kind(
        401,
        "A token that stands is needed",
        "Send “Authorization: Bearer” with a token. An administrator makes one on the page People and access.",
    ),
    "not-allowed": Kind(
        403, "This token may not do that", "Use a token of the area concerned, or ask an administrator for one."
    ),
    "not-found": Kind(
        404,
        "There is nothing at this address",
        "Take addresses from /api/v1/versions or from the description at /api/v1/openapi.json.",
    ),
    "wrong-method": Kind(405, "This address does not take that method", "Use one of those in the header Allow."),
    "too-slow": Kind(
        408, "The file took too long to arrive", "Send it again over a faster connection, or on the Upload page."
    ),
    "try-again": Kind(
        409,
        "Somebody else stored something at the same moment",
        "Send the same request again: nothing of it was stored.",
    ),
    "too-large": Kind(
        413, "The file is too large", "Split it: a file for each indicator or each year is taken just as well."
    ),
    "wrong-content-type": Kind(
        415,
        "The body is not sent as a file",
        "Send the file's bytes as the body, with the content type text/csv or that of an Excel workbook.",
    ),
    "wrong-host": Kind(
        421,
        "This server does not answer to that name",
        "Use the address that people use, or have server.allowedHosts name this one.",
    ),
    "not-acceptable": Kind(
        422,
        "The file cannot be accepted as it is",
        "Mend what the findings name, and send the file again. Nothing was stored.",
    ),
    "refused": Kind(
        422,
        "The request was understood and refused",
        "Read the detail, which says why and what to do. Nothing was stored.",
    ),
    "too-many-requests": Kind(
        429, "Too many requests in a short time", "Wait as many seconds as the header Retry-After says."
    ),
    "headers-too-large": Kind(
        431,
        "The headers of the request are too large",
        "Send “Authorization”, “Content-Type” and “If-None-Match” alone: no other header is read.",
    ),
    "fault": Kind(
        500,
        "Something went wrong on our side",
        "Give the reference to whoever runs this server: their log names the fault. Nothing was changed.",
    ),
    "not-available": Kind(
        503,
        "The server cannot answer just now",
        "Wait as many seconds as the header Retry-After says, then send the same request again.",
    ),
}
OF_STATUS = {401: "no-token", 403: "not-allowed", 404: "not-found", 405: "wrong-method", 413: "too-large"}


@dataclass
class Problem(Exception):
    """A request that is not answered as it was meant: its kind, a sentence or two, more members, and headers."""

    kind: str
    detail: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KINDS[self.kind].status

    def as_dict(self) -> dict[str, Any]:
        """The members of the problem details; `detail` is the kind's advice where there is nothing more to say."""
        kind = KINDS[self.kind]
        own = {"type": f"{TYPES}#{self.kind}", "title": kind.title, "status": kind.status}
        return own | {"detail": self.detail or kind.advice} | self.more


def of_user_error(error: UserError) -> Problem:
    """The problem that a message meant for a person stands for."""
    if isinstance(error, NotAllowed):
        return Problem("not-allowed", str(error))
    if isinstance(error, TryAgain):
        return Problem("try-again", str(error), headers={"Retry-After": "1"})
    if isinstance(error, DiskFull | MemoryFull | NoAnswer | RestartNeeded):
        return Problem("not-available", str(error), headers={"Retry-After": "60"})
    return Problem("refused", str(error))


def of_status(status: int) -> Problem:
    """The problem for a bare status, given by whatever refused the request before it came here."""
    return Problem(OF_STATUS.get(status) or ("bad-request" if status < 500 else "not-available"))


def described() -> list[dict[str, Any]]:
    """Every kind, as its type leads to it."""
    return [
        {"type": f"{TYPES}#{name}", "status": kind.status, "title": kind.title, "advice": kind.advice}
        for name, kind in KINDS.items()
    ]

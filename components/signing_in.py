"""Who is at the door: decided from what the sign-in provider and the request say, and from nothing else.

Nothing here asks Streamlit or the store, so that every case can be tried. `components.session` asks anew in every
script run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

GRACE = timedelta(hours=8)
"""How long a sign-in holds after the provider's own token has ended, usually within an hour or so: a working day."""
LONGEST_NAME = 120
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
NO_PROVIDER = "No sign-in is set up, so this dashboard opens on its own machine only"
HOW = "Set up the sign-in as docs/how-to/sign-in.md says. Nothing is shown until then."


@dataclass(frozen=True)
class Request:
    """What a script run knows of the person: the claims of the sign-in (`st.user`), where the server listens, and the
    headers of the request. `unreadable`: there is a secrets file, and it cannot be read. `expected`: the settings name
    an administrator, so a sign-in is meant to be set up."""

    claims: Mapping[str, Any]
    address: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    unreadable: bool = False
    expected: bool = False


@dataclass(frozen=True)
class Visitor:
    """Somebody whom the provider vouches for; `name` is the e-mail address where the provider tells no name."""

    email: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class AtThisMachine:
    """Whoever sits at the machine that the dashboard runs on, where no sign-in is set up."""


@dataclass(frozen=True)
class Closed:
    """Nothing is shown, and why. `offer`: signing in helps; `signed_in`: as whom somebody is signed in."""

    why: str
    offer: bool = True
    signed_in: str = ""


def visitor(request: Request, now: datetime, groups_claim: str) -> Visitor | AtThisMachine | Closed:
    """Who asks. `now` is in UTC with its zone; `groups_claim` names the claim that holds the groups."""
    if "is_logged_in" not in request.claims:
        why = _unsafe(request)
        return Closed(why, offer=False) if why else AtThisMachine()
    if request.claims["is_logged_in"] is not True:
        return Closed("")
    return _vouched_for(request.claims, now, groups_claim)


def _unsafe(request: Request) -> str:
    """Why nobody may look without a sign-in; nothing where the request can only come from this machine."""
    if request.unreadable:
        return f"The file with the settings of the sign-in cannot be read. {HOW}"
    if request.expected:
        return f"An administrator is named by CONSENSUS_ADMINISTRATOR, but no sign-in is set up. {HOW}"
    if not is_this_machine(request.address):
        return f"{NO_PROVIDER}, but the server listens on {request.address or 'every address'}. {HOW}"
    headers = {name.lower(): value for name, value in request.headers.items()}
    if any(name in headers for name in FORWARDED):
        return f"{NO_PROVIDER}, but this request was passed on by another server. {HOW}"
    if "host" in headers and not is_this_machine(_host(headers["host"])):
        return f"{NO_PROVIDER}, but it was asked for under another name. {HOW}"
    return ""


def is_this_machine(address: str | None) -> bool:
    """Whether an address is one that only this machine can reach."""
    if (address or "").lower() == "localhost":
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def _host(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]


def _vouched_for(claims: Mapping[str, Any], now: datetime, groups_claim: str) -> Visitor | Closed:
    email = _plain(claims.get("email")).lower()
    if not email:
        return Closed("The sign-in provider did not tell an e-mail address, so nobody can say what you may see.")
    verified = claims.get("email_verified", True)
    if verified is not True and verified != "true":
        return Closed("The sign-in provider has not verified your e-mail address.", signed_in=email)
    if _ended(claims.get("exp"), now):
        return Closed("Your sign-in has ended. Sign in again.", signed_in=email)
    return Visitor(email, _plain(claims.get("name")) or email, _groups(claims.get(groups_claim)))


def _ended(ends: Any, now: datetime) -> bool:
    """Whether the provider's token ended longer ago than `GRACE`; one without a number for its end has ended."""
    if ends is None:
        return False
    if isinstance(ends, bool) or not isinstance(ends, int | float):
        return True
    return not now.timestamp() <= ends + GRACE.total_seconds()


def _groups(claim: Any) -> tuple[str, ...]:
    """The groups of a claim: a list of texts, or one text."""
    listed = claim if isinstance(claim, list | tuple) else [claim]
    return tuple(one for one in listed if isinstance(one, str) and one)


def _plain(text: Any) -> str:
    """A text on one line without marks that cannot be seen; nothing where it is no text."""
    if not isinstance(text, str):
        return ""
    seen = "".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text)
    return " ".join(seen.split())[:LONGEST_NAME]

"""What requests share in one process: the open store, what was put together, and how much was asked for."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import cache
from uuid import uuid4

from data import tokens
from data.errors import UserError
from data.settings import Settings
from data.store import Connection
from data.tokens import Token
from data.versions import Moment
from data.workspace import Workspace, shared
from reports.api.calls import refused_token
from reports.api.kept import Kept
from reports.api.limits import Limits
from reports.api.problems import Problem

LOG = logging.getLogger("consensus")


@dataclass
class Desk:
    """Of one workspace."""

    settings: Settings
    limits: Limits
    kept: Kept = field(default_factory=Kept)
    opened: Workspace | None = None

    def workspace(self) -> Workspace:
        """The open workspace, the same as the pages'; the problem `not-available` where it cannot be opened."""
        if self.opened is None:
            try:
                self.opened = shared(self.settings)
            except Exception as error:
                raise not_available("the store cannot be opened", error) from None
        return self.opened

    def signed_in(self, connection: Connection, secret: str, address: str) -> Token:
        """The token of a secret, looked up with each request, so that withdrawing it acts at once.

        Raises the problem `no-token` where it opens nothing, and `too-many-requests` after too many of those from one
        address: only they are refused then, since others may share the address.
        """
        found = tokens.token_of(connection, secret, Moment.now())
        if found is None:
            self.limits.count("refusals", address)
            raise refused_token()
        self.limits.count("requests", str(found.id))
        return found


@cache
def _desk(settings: Settings) -> Desk:
    return Desk(settings, Limits.of(settings))


def desk() -> Desk:
    """The desk of the workspace that the settings name; the problem `not-available` where a setting is wrong."""
    try:
        return _desk(Settings.from_environment())
    except UserError as error:
        raise not_available("a setting is wrong", error) from None


def forget() -> None:
    """Let go of every workspace."""
    _desk.cache_clear()


def not_available(what: str, error: Exception) -> Problem:
    """The problem `not-available`; why is for the log alone, because it may name folders or machines."""
    reference = logged(error, what)
    detail = (
        f"The server runs, but {what}. Its log says why, under the reference {reference}. Try again in half a minute."
    )
    return Problem("not-available", detail, {"reference": reference}, {"Retry-After": "30"})


def fault(error: Exception) -> Problem:
    """The problem `fault`, after logging it under its reference."""
    reference = logged(error, "a request could not be answered")
    detail = f"Something went wrong on our side. Nothing was changed. Reference {reference}."
    return Problem("fault", detail, {"reference": reference})


def logged(error: Exception, what: str) -> str:
    """Log an error and return the reference to it."""
    reference = uuid4().hex[:8]
    plain = isinstance(error, UserError)
    LOG.error("Fault %s: %s: %s", reference, what, error, exc_info=None if plain else error)
    return reference

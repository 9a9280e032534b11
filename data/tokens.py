"""Tokens: secrets with which programs ask for data and send files, each for one area or for administration.

Only an administrator makes and withdraws them. A token belongs to its area, not to the person who made it: it stands
until it is withdrawn or its year is over, so that nobody's leaving stops an area's figures. Withdrawing acts at once
and everywhere, because the store is asked with each request. Of the secret, 256 random bits, only the SHA-256 is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pandas as pd

from data import store
from data.actor import Actor
from data.errors import UserError
from data.texts import checked
from data.versions import Moment, audit

AREA, ADMINISTRATOR = "area", "administrator"
STANDING, WITHDRAWN = "standing", "withdrawn"
LASTS = timedelta(days=365)
"""So that a secret that nobody remembers does not stay good for ever."""
LONGEST_LABEL = 60
SECRET = re.compile(r"hpc_[A-Za-z0-9_-]{43}")
_noted: set[tuple[UUID, date]] = set()


@dataclass(frozen=True)
class Token:
    """A token that stands: its identifier, and as whom it acts."""

    id: UUID
    actor: Actor


@store.retrying
def make(connection: store.Connection, actor: Actor, label: str, area: str | None, moment: Moment) -> tuple[UUID, str]:
    """Make a token for an area, or for administration where `area` is None; its identifier and its secret.

    The secret is given here and never again. Raises `UserError` unless the actor is an administrator, the area can
    report, and no other token that stands has the label.
    """
    actor.must_administer("make a token")
    label = checked(label, "the label", most=LONGEST_LABEL)
    identifier, secret = uuid4(), f"hpc_{secrets.token_urlsafe(32)}"
    with store.transaction(connection):
        _check(connection, actor, label, area, moment)
        kind, ends_on = (AREA if area else ADMINISTRATOR), moment.at.date() + LASTS
        values = {"kind": kind, "area_code": area or "", "label": label, "digest": _digest(secret), "ends_on": ends_on}
        _save(connection, actor, moment, identifier, "token made", values | {"state": STANDING})
    return identifier, secret


@store.retrying
def revoke(connection: store.Connection, actor: Actor, token_id: UUID | str, moment: Moment) -> None:
    """Withdraw a token: from the next request on it opens nothing, on every process.

    Raises `UserError` unless the actor is an administrator and the token stands.
    """
    actor.must_administer("withdraw a token")
    with store.transaction(connection):
        missing = "There is no such token. Choose one from the list. Nothing was changed."
        found = store.identified(connection, "tokens/token_by_id", token_id, missing)
        if found["state"] != STANDING:
            raise UserError(f"The token “{found['label']}” is withdrawn already. Nothing was changed.")
        # Later than what it replaces, whatever the clock says, because the newest saving counts.
        at = max(moment.at, found.pop("made_at") + timedelta(microseconds=1))
        values = found | {"state": WITHDRAWN}
        _save(connection, actor, Moment(at, moment.as_of), values.pop("id"), "token withdrawn", values)


def listed(connection: store.Connection, actor: Actor, moment: Moment) -> pd.DataFrame:
    """Every token, standing ones first, for an administrator; never a secret or its digest.

    Columns: id, kind, area_code, area_name, label, ends_on, made_by, made_at, state (`standing`, `withdrawn` or
    `ended`), withdrawn_by, withdrawn_at, used_on.
    """
    actor.must_administer("see the tokens")
    found = store.frame(connection, "tokens/listed")
    over = (found["ends_on"] < pd.Timestamp(moment.at.date())) & (found["state"] == STANDING)
    return found.assign(state=found["state"].mask(over, "ended"))


def actor_of(connection: store.Connection, secret: str) -> Actor | None:
    """As whom the bearer of a secret acts; None when it is unknown, withdrawn or over."""
    found = token_of(connection, secret, Moment.now())
    return found.actor if found else None


def token_of(connection: store.Connection, secret: str, moment: Moment) -> Token | None:
    """The token of a secret, and remembers the day; None when it is unknown, withdrawn or over."""
    if not SECRET.fullmatch(secret):
        return None
    digest = _digest(secret)
    found = store.row(connection, "tokens/by_digest", digest=digest)
    if found is None or not hmac.compare_digest(found["digest"], digest):
        return None
    if found["state"] != STANDING or found["ends_on"] < moment.at.date():
        return None
    _note_use(connection, found["id"], moment.at.date())
    return Token(found["id"], _actor(found))


def _actor(found: dict[str, Any]) -> Actor:
    if found["kind"] == ADMINISTRATOR:
        return Actor(f"Token “{found['label']}” (administrator)", "administrator")
    name = f"Token “{found['label']}” ({found['area_name'] or found['area_code']})"
    return Actor(name, "contributor", frozenset({found["area_code"]}))


def _check(connection: store.Connection, actor: Actor, label: str, area: str | None, moment: Moment) -> None:
    if area is not None and store.row(connection, "tokens/known_area", code=area) is None:
        raise UserError("This area is not one that reports. Choose one from the list. Nothing was changed.")
    known = listed(connection, actor, moment)
    if label.lower() in set(known.loc[known["state"] == STANDING, "label"].str.lower()):
        raise UserError(
            f"There is a token “{label}” already. Withdraw it first, or give this one another label: the audit trail "
            "tells tokens apart by it. Nothing was changed."
        )


def _save(
    connection: store.Connection, actor: Actor, moment: Moment, token_id: UUID, deed: str, values: dict[str, Any]
) -> None:
    own = {"id": token_id, "made_by": actor.name, "made_at": moment.at}
    store.run(connection, "tokens/insert_token", **own, **values)
    audit(connection, actor, moment, deed, str(token_id))


def _note_use(connection: store.Connection, token_id: UUID, today: date) -> None:
    """Remember that a token was used today, with one write a day; failing to never refuses a request."""
    if (token_id, today) in _noted:
        return
    try:
        before = (store.row(connection, "tokens/last_used", id=token_id) or {})["used_on"]
        if before is None or before < today:
            with store.transaction(connection):
                store.run(connection, "tokens/insert_use", id=token_id, used_on=today)
    except UserError:
        return  # another process wrote at the same moment, or the disk is full, which the pages say
    _noted.add((token_id, today))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

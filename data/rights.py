"""Who may do what is not turned back with the data: a restored backup gives nobody a right that ended since.

Roles and tokens are histories of savings of which the newest counts. Those of the store that a backup replaces are put
into it, so that everybody may do what they might before the restore. Where that store is lost, the manifest of a newer
backup knows which roles and tokens had ended: tokens by their identifiers, people by salted digests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex
from typing import Any

from data import snapshots, store
from data.actor import Actor
from data.people import ENDED, GIVEN
from data.tokens import STANDING, WITHDRAWN
from data.tombstones import salted
from data.versions import Moment, audit

Line = dict[str, Any]
TABLES = {"role_given": ("roles", "people/insert_role_given"), "token": ("tokens", "tokens/insert_token")}
"""Where rights are kept: the query that reads every saving, and the one that adds one."""


@dataclass(frozen=True)
class Rights:
    """Every saving of roles and tokens by its table; and what manifests list as ended."""

    savings: dict[str, list[Line]] = field(default_factory=dict)
    ended: tuple[Line, ...] = ()


def of(connection: store.Connection) -> dict[str, list[Line]]:
    """Every saving of an open store, of this format or an earlier one, by its table."""
    there = snapshots.tables(connection)
    return {
        table: store.rows(connection, f"rights/{query}") if table in there else []
        for table, (query, _) in TABLES.items()
    }


def ended(connection: store.Connection) -> Line:
    """What a manifest lists: `tokens` that were withdrawn, and `people` and groups whose role was ended, as digests."""
    savings, salt = of(connection), token_hex(16)
    tokens = [one for one in _newest(savings["token"], _token) if one["state"] == WITHDRAWN]
    roles = [one for one in _newest(savings["role_given"], _person) if one["state"] == ENDED]
    return {
        "tokens": sorted(str(one["id"]) for one in tokens),
        "salt": salt,
        "people": sorted(salted(salt, _person(one).encode()) for one in roles),
    }


@store.retrying
def apply(connection: store.Connection, actor: Actor, rights: Rights, moment: Moment) -> int:
    """Bring the rights of a restored store to what they were before; how many savings that took.

    Raises `NotAllowed` unless the actor is an administrator.
    """
    actor.must_administer("bring roles and tokens back")
    with store.transaction(connection):
        done = sum(_carry(connection, table, savings) for table, savings in rights.savings.items())
        done += sum(_end(connection, actor, listed, moment) for listed in rights.ended)
        if done:
            audit(connection, actor, moment, "rights kept at a restore", f"{done:,} roles and tokens")
    return done


def _carry(connection: store.Connection, table: str, savings: list[Line]) -> int:
    query, insert = TABLES[table]
    there = {_key(one) for one in store.rows(connection, f"rights/{query}")}
    missing = [one for one in savings if _key(one) not in there]
    for one in missing:
        store.run(connection, insert, **one)
    return len(missing)


def _end(connection: store.Connection, actor: Actor, listed: Line, moment: Moment) -> int:
    savings = of(connection)
    tokens = [
        one for one in _newest(savings["token"], _token) if one["state"] == STANDING and _token(one) in listed["tokens"]
    ]
    people = [
        one
        for one in _newest(savings["role_given"], _person)
        if one["state"] == GIVEN and salted(listed["salt"], _person(one).encode()) in listed["people"]
    ]
    for one in tokens:
        _save(connection, "token", one | {"state": WITHDRAWN}, actor, moment)
    for one in people:
        ending = {"state": ENDED, "reason": "Ended before the restore, as a newer backup lists"}
        _save(connection, "role_given", one | ending, actor, moment)
    return len(tokens) + len(people)


def _save(connection: store.Connection, table: str, one: Line, actor: Actor, moment: Moment) -> None:
    # Later than what it replaces, whatever the clock says, because the newest saving counts.
    at = max(moment.at, one["made_at"] + timedelta(microseconds=1))
    store.run(connection, TABLES[table][1], **one | {"made_by": actor.name, "made_at": at})


def _newest(savings: Iterable[Line], whose: Callable[[Line], str]) -> list[Line]:
    newest: dict[str, Line] = {}
    for one in sorted(savings, key=lambda one: one["made_at"]):
        newest[whose(one)] = one
    return list(newest.values())


def _token(one: Line) -> str:
    return str(one["id"])


def _person(one: Line) -> str:
    return f"{one['kind']} {one['who']}"


def _key(one: Line) -> tuple[str, ...]:
    return tuple(str(value) for _, value in sorted(one.items()))

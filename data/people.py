"""People and groups, and the role that each has: given, changed and ended by administrators, never deleted.

A person is known by the e-mail address that the sign-in provider vouches for; a group by the value of the provider's
claim. A person's own row counts before any group's, also where it was ended.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from data import store
from data.actor import ENGLAND, ROLES, Actor, Role
from data.catalogue import Catalogue
from data.errors import UserError
from data.reviews import after
from data.texts import checked_reason
from data.versions import Moment, audit

Kind = Literal["person", "group"]
GIVEN, ENDED = "given", "ended"
WITH_AREAS: tuple[Role, ...] = ("contributor", "steering")
LONGEST_NAME = 200
EMAIL = re.compile(r"[^\s@<>\"',;:()\\]+@[^\s@<>\"',;:()\\]+\.[^\s@<>\"',;:()\\.]+")
Line = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """A role of a person or a group. `areas` are those that a contributor reports for, or the scopes of a steering
    group (an area, a region, England), not what lies inside them."""

    kind: Kind
    who: str
    role: Role
    areas: frozenset[str] = frozenset()


def everyone(connection: store.Connection, actor: Actor) -> pd.DataFrame:
    """Every person and group that has or had a role, persons first. `UserError` unless the actor is an administrator.

    kind, who, role, areas (a list), state (`given`, `ended`), reason, invented, made_by, made_at.
    """
    actor.must_administer("read who has which role")
    return store.frame(connection, "people/newest", kind=None, names=None)


@store.retrying
def save(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    given: Given,
    moment: Moment,
    *,
    seen: Any = None,
    invented: bool = False,
) -> None:
    """Give a person or a group a role, or another one; what was before stays as history.

    `seen` is when the row that the administrator saw was made, None where there was none. Raises `UserError` unless the
    actor is an administrator, the name, the role and the areas are possible, something is another and one administrator
    stays; `TryAgain` when somebody else saved it in the meantime.
    """
    actor.must_administer("give a role")
    given = _checked(catalogue, given)
    with store.transaction(connection):
        newest, row = _newest(connection, given.kind, given.who), _row(given)
        if newest and {name: newest[name] for name in row} == row | {"state": GIVEN}:
            raise UserError(f"{given.who} has this role already. Nothing was changed.")
        _keep_one_administrator(connection, given.kind, given.who, given.role)
        reason = "Changed" if newest else "Given"
        _insert(connection, actor, newest, row | {"reason": reason, "invented": invented}, seen, moment)
        audit(connection, actor, moment, "role given", _subject(given))


@store.retrying
def end(
    connection: store.Connection, actor: Actor, kind: Kind, who: str, reason: str, moment: Moment, *, seen: Any
) -> None:
    """Take the role of a person or a group away; it acts with the next page that the person asks for.

    Raises `UserError` unless the actor is an administrator, there is such a role, the reason is a real one and one
    administrator stays; `TryAgain` as for `save`.
    """
    actor.must_administer("end a role")
    reason = checked_reason(reason)
    with store.transaction(connection):
        newest = _newest(connection, kind, who)
        if newest is None or newest["state"] == ENDED:
            raise UserError("There is no such role to end. Choose one from the list. Nothing was changed.")
        _keep_one_administrator(connection, kind, who, None)
        kept = {field: newest[field] for field in ("kind", "who", "role", "areas", "invented")}
        _insert(connection, actor, newest, kept | {"state": ENDED, "reason": reason}, seen, moment)
        audit(connection, actor, moment, "role ended", f"{kind} {who}")


def actor_of(
    connection: store.Connection,
    email: str,
    name: str,
    groups: Iterable[str] = (),
    *,
    administrator: str = "",
    unknown: Role | None = None,
) -> Actor | None:
    """Whom somebody who signed in acts as, read from the store as it is now.

    `email` has been verified by the provider. `administrator` is the address that the settings name: an administrator
    whatever the store says. Of several groups the role that may most counts, with the areas of every group of that
    role. `unknown` is the role of those of whom nothing is known; None: they are nobody, and so are those whose role
    was ended.
    """
    email = email.strip().lower()
    if administrator and email == administrator.strip().lower():
        return Actor(name or email, "administrator", email=email)
    own = _newest(connection, "person", email)
    if own is not None:
        return None if own["state"] == ENDED else _actor(connection, email, name, [own])
    of_groups = store.rows(connection, "people/newest", kind="group", names=sorted(set(groups)))
    found = _actor(connection, email, name, [line for line in of_groups if line["state"] == GIVEN])
    return found or (None if unknown is None else Actor(name or email, unknown, email=email))


def _actor(connection: store.Connection, email: str, name: str, given: list[Line]) -> Actor | None:
    """An actor with the highest role among the rows."""
    if not given:
        return None
    role: Role = max((line["role"] for line in given), key=ROLES.index)
    codes = sorted({code for line in given if line["role"] == role for code in line["areas"]})
    if role == "steering":
        codes = [line["code"] for line in store.rows(connection, "people/inside", scopes=codes)]
    return Actor(name or email, role, frozenset(codes), email)


def _checked(catalogue: Catalogue, given: Given) -> Given:
    """What is to be given, with its name as it is kept; raises `UserError` where it is not possible."""
    if given.kind not in get_args(Kind) or given.role not in ROLES:
        raise UserError("Choose a role from the list. Nothing was changed.")
    name = _email(given.who) if given.kind == "person" else _group(given.who)
    return Given(given.kind, name, given.role, _areas(catalogue, given.role, given.areas))


def _areas(catalogue: Catalogue, role: Role, areas: Collection[str]) -> frozenset[str]:
    if role not in WITH_AREAS:
        return frozenset()
    if not areas or not set(areas) <= catalogue.inside(ENGLAND):
        raise UserError(
            "A contributor reports for at least one area, and a steering group has at least one place as its scope. "
            "Choose from the list. Nothing was changed."
        )
    return frozenset(areas)


def _email(text: str) -> str:
    email = text.strip().lower()
    if len(email) > LONGEST_NAME or not EMAIL.fullmatch(email) or not email.isprintable():
        raise UserError("Write one e-mail address, such as name@organisation.example. Nothing was changed.")
    return email


def _group(text: str) -> str:
    name = text.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(
            f"Write the value of the group as the sign-in provider sends it, at most {LONGEST_NAME} characters. "
            "Nothing was changed."
        )
    return name


def _keep_one_administrator(connection: store.Connection, kind: Kind, who: str, role: Role | None) -> None:
    """Raise `UserError` where the person is the last administrator and would have another role, or none."""
    people = store.rows(connection, "people/newest", kind="person", names=None)
    left = {line["who"] for line in people if line["role"] == "administrator" and line["state"] == GIVEN}
    if kind == "person" and role != "administrator" and left == {who}:
        raise UserError(f"{who} is the last administrator. Make somebody else one first. Nothing was changed.")


def _newest(connection: store.Connection, kind: Kind, who: str) -> Line | None:
    return store.row(connection, "people/newest", kind=kind, names=[who])


def _row(given: Given) -> Line:
    return {"kind": given.kind, "who": given.who, "role": given.role, "areas": sorted(given.areas), "state": GIVEN}


def _insert(
    connection: store.Connection, actor: Actor, newest: Line | None, row: Line, seen: Any, moment: Moment
) -> None:
    made = {"made_by": actor.name, "made_at": after(newest, seen, moment, "this role")}
    store.run(connection, "people/insert_role_given", **row, **made)


def _subject(given: Given) -> str:
    return " ".join([given.kind, given.who, given.role, *sorted(given.areas)])

"""The adaptation log: what was changed because of evidence, and what came of it.

It changes no figure, so no data version begins; each saving is a row of its own, and the newest one counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from data import store
from data.actor import ENGLAND, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.periods import day
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version

KINDS = ("target", "indicator", "practice", "policy")
EARLIEST = date(2018, 1, 1)


@dataclass(frozen=True)
class Adaptation:
    """What was changed, because of which evidence; `review` is the one that asked for it, None where none did.

    `area` is a police force area, a region or England, `kind` one of `KINDS`; `effect` may come later.
    """

    commitment: str
    area: str
    kind: str
    description: str
    evidence: str
    changed_on: date
    review: UUID | None = None
    effect: str = ""


@store.retrying
def record(
    connection: store.Connection, actor: Actor, catalogue: Catalogue, adaptation: Adaptation, moment: Moment
) -> UUID:
    """Record an adaptation, and return its identifier.

    Raises `UserError` unless the actor may write about the area, commitment, area, kind, day and review are possible,
    what was changed and on which evidence is said, and the same is not recorded already.
    """
    _must(actor, adaptation.area)
    texts = _checked(catalogue, adaptation, moment)
    identifier = uuid4()
    with store.transaction(connection):
        _check_review(connection, catalogue, adaptation)
        _check_new(connection, adaptation, texts["description"])
        row = {
            "id": identifier,
            "commitment": adaptation.commitment,
            "area_code": adaptation.area,
            "kind": adaptation.kind,
            "review": adaptation.review,
            "changed_on": adaptation.changed_on,
            "state": "standing",
            "change_reason": "Recorded",
            "invented": False,
        }
        _save(connection, actor, moment, row | texts)
        audit(connection, actor, moment, "adaptation recorded", str(identifier))
    return identifier


@store.retrying
def add_effect(
    connection: store.Connection, actor: Actor, identifier: UUID | str, effect: str, seen: datetime, moment: Moment
) -> None:
    """Say what came of an adaptation; what was said before stays in its history.

    `seen` is `made_at` of the row that the person saw. Raises `UserError` unless there is such an adaptation that was
    not withdrawn, the actor may, and the effect is said; `TryAgain` when somebody else saved it in the meantime.
    """
    effect = checked(effect, "the effect")
    with store.transaction(connection):
        former = _standing(connection, actor, identifier, seen)
        if former["effect"] == effect:
            raise UserError("This effect is recorded already. Nothing was changed.")
        _save(connection, actor, moment, former | {"effect": effect, "change_reason": "Effect recorded"})
        audit(connection, actor, moment, "effect of an adaptation recorded", str(former["id"]))


@store.retrying
def withdraw(
    connection: store.Connection, actor: Actor, identifier: UUID | str, reason: str, seen: datetime, moment: Moment
) -> None:
    """Withdraw an adaptation that was recorded by mistake: it counts no longer, and its history stays.

    Raises as `add_effect` does, and `UserError` unless the reason is a real one.
    """
    reason = checked_reason(reason)
    with store.transaction(connection):
        former = _standing(connection, actor, identifier, seen)
        _save(connection, actor, moment, former | {"state": "withdrawn", "change_reason": reason})
        audit(connection, actor, moment, "adaptation withdrawn", str(former["id"]))


def scopes(catalogue: Catalogue, area: str) -> list[str]:
    """The places whose reviews may have asked for a change in an area: itself, its region, and England."""
    return list(dict.fromkeys([area, catalogue.areas[area].parent or ENGLAND, ENGLAND]))


def _must(actor: Actor, area: str) -> None:
    actor.must(actor.may_write_for(area), f"record what was changed in {area}")


def _checked(catalogue: Catalogue, adaptation: Adaptation, moment: Moment) -> dict[str, str | None]:
    """The texts, checked; raises `UserError` where the adaptation is not possible."""
    area = catalogue.areas.get(adaptation.area)
    if area is None or area.comparator_only or adaptation.commitment not in catalogue.commitments:
        raise UserError("This area or commitment is not known here. Choose one from the list. Nothing was changed.")
    if adaptation.kind not in KINDS:
        raise UserError("Say what was changed: a target, an indicator, practice or policy. Nothing was changed.")
    if not EARLIEST <= adaptation.changed_on <= moment.at.date():
        raise UserError(
            f"{day(adaptation.changed_on)} cannot be: the log is of changes that were made, from {day(EARLIEST)} until "
            "today. Nothing was changed."
        )
    return {
        "description": checked(adaptation.description, "what was changed"),
        "evidence": checked(adaptation.evidence, "the evidence that it answers"),
        "effect": checked(adaptation.effect, "the effect", required=False) or None,
    }


def _check_review(connection: store.Connection, catalogue: Catalogue, adaptation: Adaptation) -> None:
    if adaptation.review is None:
        return
    found = store.row(connection, "adaptations/review", id=adaptation.review)
    if found is None or found["area_code"] not in scopes(catalogue, adaptation.area):
        raise UserError(
            "There is no such review of this area, its region or England. Choose one from the list. "
            "Nothing was changed."
        )


def _check_new(connection: store.Connection, adaptation: Adaptation, description: str | None) -> None:
    made = store.row(
        connection,
        "adaptations/same",
        commitment=adaptation.commitment,
        area_code=adaptation.area,
        kind=adaptation.kind,
        changed_on=adaptation.changed_on,
        description=description,
    )
    if made:
        raise UserError(f"{made['made_by']} recorded the same change already. Nothing was changed.")


def _standing(connection: store.Connection, actor: Actor, identifier: UUID | str, seen: datetime) -> dict[str, Any]:
    """The newest row of an adaptation, which the actor may add to; raises `UserError` or `TryAgain` where not."""
    missing = "There is no adaptation with this identifier. Choose one from the list. Nothing was changed."
    found = store.identified(connection, "adaptations/newest", identifier, missing)
    _must(actor, found["area_code"])
    if found["state"] == "withdrawn":
        raise UserError("This adaptation was withdrawn already. Nothing was changed.")
    if found["made_at"] != seen:
        raise store.TryAgain(
            "Somebody else added to this adaptation in the meantime. Read it again, then try again. "
            "Nothing was changed."
        )
    return found


def _save(connection: store.Connection, actor: Actor, moment: Moment, row: dict[str, Any]) -> None:
    made = {"made_by": actor.name, "made_at": moment.at, "at_version": current_version(connection)}
    store.run(connection, "adaptations/insert_adaptation", **row | made)

"""What areas tell of their own practice: what they tried, what came of it, and how strong the evidence is.

It changes no figure, so no data version begins; each saving is a row of its own, and the newest one counts. What
published papers tell is a reviewed file instead: `data.catalogue.practice`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.catalogue.practice import DESCRIBED, NO_RESULT, NOT_STATED
from data.errors import UserError
from data.periods import day
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Practice:
    """What an area did, as it tells it; `started_on` is None where it is not said.

    `topics`, `themes`, `commitments` and `strength` are keys. Blank `reported` means that nothing is reported, blank
    `measured` that it is not stated.
    """

    area: str
    title: str
    topics: tuple[str, ...]
    themes: tuple[str, ...]
    commitments: tuple[str, ...]
    partners: str
    done: str
    strength: str
    started_on: date | None = None
    reported: str = ""
    measured: str = ""
    source: str = ""


@store.retrying
def record(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    strengths: Collection[str],
    practice: Practice,
    moment: Moment,
) -> UUID:
    """Record what an area tried, and return its identifier. `strengths` are the keys of the library's scale.

    Raises `UserError` unless the actor may write for the area, and what is told is possible and complete.
    """
    _must(actor, practice.area)
    told = _checked(catalogue, strengths, practice, moment)
    identifier = uuid4()
    row = {"id": identifier, "area_code": practice.area, "state": "standing", "invented": False}
    with store.transaction(connection):
        _save(connection, actor, moment, row | told | {"change_reason": "Recorded"})
        audit(connection, actor, moment, "practice recorded", str(identifier))
    return identifier


@store.retrying
def change(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    strengths: Collection[str],
    identifier: UUID | str,
    practice: Practice,
    reason: str,
    seen: datetime,
    moment: Moment,
) -> None:
    """Tell an entry anew; what was told before stays in its history. The area stays the same.

    `seen` is `made_at` of the row that the person saw. Raises `UserError` as `record` does, and unless there is such
    an entry that was not withdrawn and the reason is a real one; `TryAgain` when somebody else saved it meanwhile.
    """
    told, reason = _checked(catalogue, strengths, practice, moment), checked_reason(reason)
    with store.transaction(connection):
        former = _standing(connection, actor, identifier, seen)
        if practice.area != former["area_code"]:
            raise UserError("An entry stays with its area. Record another one instead. Nothing was changed.")
        if all(former[name] == value for name, value in told.items()):
            raise UserError("Everything is as it was told before. Nothing was changed.")
        _save(connection, actor, moment, former | told | {"change_reason": reason})
        audit(connection, actor, moment, "practice changed", str(former["id"]))


@store.retrying
def withdraw(
    connection: store.Connection, actor: Actor, identifier: UUID | str, reason: str, seen: datetime, moment: Moment
) -> None:
    """Take an entry out of the library; its history stays.

    Raises `UserError` unless there is such an entry that was not withdrawn, the actor may, and the reason is a real
    one; `TryAgain` when somebody else saved it meanwhile.
    """
    reason = checked_reason(reason)
    with store.transaction(connection):
        former = _standing(connection, actor, identifier, seen)
        _save(connection, actor, moment, former | {"state": "withdrawn", "change_reason": reason})
        audit(connection, actor, moment, "practice withdrawn", str(former["id"]))


def _must(actor: Actor, area: str) -> None:
    actor.must(actor.may_write_for(area), f"write about the practice of {area}")


def _checked(
    catalogue: Catalogue, strengths: Collection[str], practice: Practice, moment: Moment
) -> dict[str, str | list[str] | date | None]:
    """What is told, checked; raises `UserError` where it is not possible."""
    _check_choices(catalogue, strengths, practice)
    started = practice.started_on
    if started is not None and started > moment.at.date():
        raise UserError(f"{day(started)} is still to come. Tell what has begun. Nothing was changed.")
    reported = checked(practice.reported, "what was reported", required=False) or NO_RESULT
    if reported.casefold().rstrip(".") == NO_RESULT:
        reported = NO_RESULT
    if reported == NO_RESULT and practice.strength != DESCRIBED:
        raise UserError("Without a reported result the evidence can only be “described only”. Nothing was changed.")
    return {
        "title": checked(practice.title, "the title", most=LONGEST_TITLE),
        "topics": list(practice.topics),
        "themes": list(practice.themes),
        "commitments": list(practice.commitments),
        "started_on": started,
        "partners": checked(practice.partners, "the partners"),
        "done": checked(practice.done, "what was done"),
        "reported": reported,
        "measured": checked(practice.measured, "how it was measured", required=False) or NOT_STATED,
        "strength": practice.strength,
        "source": checked(practice.source, "the source", required=False) or NOT_STATED,
    }


def _check_choices(catalogue: Catalogue, strengths: Collection[str], practice: Practice) -> None:
    area = catalogue.areas.get(practice.area)
    if area is None or area.comparator_only:
        raise UserError("This area is not known here. Choose one from the list. Nothing was changed.")
    chosen: dict[str, tuple[tuple[str, ...], Collection[str], bool]] = {
        "topic": (practice.topics, catalogue.topics, True),
        "theme": (practice.themes, catalogue.themes, False),
        "commitment": (practice.commitments, catalogue.commitments, True),
        "strength of evidence": ((practice.strength,), strengths, True),
    }
    for name, (keys, known, needed) in chosen.items():
        if (needed and not keys) or not set(keys) <= set(known) or len(set(keys)) < len(keys):
            least = "at least one" if needed else "only a"
            raise UserError(f"Choose {least} {name} from the list, each once. Nothing was changed.")


def _standing(connection: store.Connection, actor: Actor, identifier: UUID | str, seen: datetime) -> dict[str, Any]:
    """The newest row of an entry, which the actor may save anew; raises `UserError` or `TryAgain` where not."""
    missing = "There is no entry with this identifier. Choose one from the list. Nothing was changed."
    found = store.identified(connection, "practice/newest", identifier, missing)
    _must(actor, found["area_code"])
    if found["state"] == "withdrawn":
        raise UserError("This entry was withdrawn already. Nothing was changed.")
    if found.pop("made_at") != seen:
        raise store.TryAgain(
            "Somebody else saved this entry in the meantime. Read it again, then try again. Nothing was changed."
        )
    return found


def _save(connection: store.Connection, actor: Actor, moment: Moment, row: dict[str, Any]) -> None:
    made = {"made_by": actor.name, "made_at": moment.at, "at_version": current_version(connection)}
    store.run(connection, "practice/insert_practice", **row | made)

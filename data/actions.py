"""Actions: what a review decided should be done, by whom and by when, and what became of it.

Each saving is a whole row, and the newest one counts. An action outlives its review: whether it was done is recorded
after the review has closed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.periods import day
from data.reviews import after, in_scope, must_review, opened
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version

STATES = ("open", "done", "dropped")
LONGEST_OWNER = 120
CHANGEABLE = ("state", "owner", "due", "outcome")
COPIED = ("commitment", "area_code", "description", "evidence", "invented")
Line = dict[str, Any]


@store.retrying
def decide(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    review: UUID | str,
    action: dict[str, Any],
    moment: Moment,
) -> UUID:
    """Record what an open review decided. `action` has commitment, area_code, description, owner, due and evidence.

    Raises `UserError` unless the actor may, the review is open, the area lies in its scope, the texts are there and
    hold no personal data, and the action is due after the day of the review. `evidence` may be empty.
    """
    must_review(connection, actor, review, "record an action")
    if action["commitment"] not in catalogue.commitments:
        raise UserError("This commitment is not known here. Choose one from the list. Nothing was changed.")
    texts = {
        "description": checked(action.get("description"), "what is to be done"),
        "owner": _owner(action.get("owner")),
        "evidence": checked(action.get("evidence"), "the evidence", required=False) or None,
    }
    identifier = uuid4()
    with store.transaction(connection):
        found, version = opened(connection, review), current_version(connection)
        in_scope(connection, action["area_code"], found["area_code"], version)
        fixed = {"commitment": action["commitment"], "area_code": action["area_code"], "review": found["id"]}
        due = _due(action.get("due"), found["held_on"])
        begun = {"id": identifier, "due": due, "state": "open", "outcome": None, "change_reason": None}
        made = {"made_by": actor.name, "made_at": moment.at, "version": version, "invented": False}
        store.run(connection, "actions/insert_action", **fixed, **texts, **begun, **made)
        audit(connection, actor, moment, "action decided", str(identifier), (version, version))
    return identifier


@store.retrying
def change(
    connection: store.Connection,
    actor: Actor,
    action: UUID | str,
    changed: dict[str, Any],
    reason: str,
    moment: Moment,
    *,
    seen: datetime | None = None,
) -> None:
    """Give an action another state, owner, due date or outcome, with a reason; whatever is left out stays.

    Raises `UserError` unless the actor may, something is another, the reason is a real one, and an action that is done
    says what came of it; `TryAgain` when somebody else changed it after `seen`, when the row that was seen was made.
    """
    must_review(connection, actor, _found(connection, action)["review"], "change an action")
    reason = checked_reason(reason)
    with store.transaction(connection):
        found, version = _found(connection, action), current_version(connection)
        made_at = after(found if found["made_at"] else None, seen, moment, "a change of this action")
        kept = {name: found[name] for name in CHANGEABLE}
        now = kept | _checked_change(kept | changed, found["held_on"])
        if now == kept:
            raise UserError("Nothing is another, so there is nothing to save. Nothing was changed.")
        made = {"made_by": actor.name, "made_at": made_at, "version": version, "change_reason": reason}
        copied = {name: found[name] for name in COPIED}
        store.run(connection, "actions/insert_action", id=found["id"], review=found["review"], **copied, **now, **made)
        audit(connection, actor, moment, "action changed", str(found["id"]), (version, version))


def _checked_change(values: Line, held_on: date) -> Line:
    state = values["state"]
    if state not in STATES:
        raise UserError("Choose whether the action is open, done or dropped. Nothing was changed.")
    outcome = checked(values["outcome"], "what came of it", required=state == "done")
    return {
        "state": state,
        "owner": _owner(values["owner"]),
        "due": _due(values["due"], held_on),
        "outcome": outcome or None,
    }


def _owner(owner: str | None) -> str:
    return checked(owner, "the role or organisation that owns it", most=LONGEST_OWNER)


def _due(due: date | None, held_on: date) -> date:
    if due is None or due <= held_on:
        raise UserError(
            f"An action is due after the day of its review, {day(held_on)}. Choose a later day. Nothing was changed."
        )
    return due


def _found(connection: store.Connection, action: UUID | str) -> Line:
    missing = "There is no action with this identifier. Choose one from the list. Nothing was changed."
    found = store.identified(connection, "actions/action", action, missing)
    if found["review_state"] == "called_off":
        raise UserError("The review of this action was called off, so the action no longer holds. Nothing was changed.")
    return found

"""What is public takes a second person: what an area marks so is for steering groups until another person agreed.

A check names a row of a file and holds for every row that says the very same, at whichever data version; every reader
of evidence goes by it (`sql/evidence/told.sql`). Each saving is a row, and the newest counts: a text that was agreed to
can be refused later, and is no longer public then at any version.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from data import store
from data.actor import Actor
from data.errors import UserError
from data.publication import told
from data.reviews import after
from data.second_person import is_person, may_be_sender, must_be_another
from data.texts import checked, checked_reason
from data.versions import Moment, audit

AGREED, REFUSED = "agreed", "refused"
Line = dict[str, Any]


def listed(connection: store.Connection, actor: Actor, *, only_waiting: bool = False) -> list[Line]:
    """What holds now and is marked public, of areas that the actor may write for: what waits first, longest first.

    submission, submission_row, commitment, area_code, area_name, period_start, period_end, perspective, organisation,
    participants, grade, direction, summary, quote, consent_to_publish, barriers, enablers, not_heard, … of the text;
    file_name, sent_by, sent_at, invented; check_state (None: it waits), check_reason, checked_by, checked_at;
    `may_decide`: whether the actor is another person than the sender.
    """
    own = None if actor.role == "administrator" else sorted(filter(actor.may_write_for, actor.areas))
    asked = {"own_areas": own, "only_waiting": only_waiting}
    lines = map(_plain, told(connection, "public_checks/listed", **asked).to_dict("records"))
    return [line | {"may_decide": may_decide(actor, line)} for line in lines]


def may_decide(actor: Actor, text: Mapping[str, Any]) -> bool:
    """Whether the actor may check a text: another person than who sent it, who writes for its area or reviews it."""
    return is_person(actor) and not may_be_sender(actor, text) and actor.may_write_for(text["area_code"])


@store.retrying
def decide(
    connection: store.Connection,
    actor: Actor,
    submission: UUID | str,
    row: int,
    state: str,
    reason: str,
    moment: Moment,
    *,
    seen: datetime | None = None,
) -> None:
    """Agree to a text being public, or refuse it: then it stays for steering groups.

    `state` is `AGREED` or `REFUSED`, which needs a reason; `seen` is when the check that the person saw was made, None
    if there was none. Raises `UserError` unless the text holds and is marked public, the actor may write for
    its area or review it, and is another person than its sender; `TryAgain` when somebody else checked it meanwhile.
    """
    if state not in (AGREED, REFUSED):
        raise UserError("Choose whether the text may be public. Nothing was changed.")
    reason = checked_reason(reason) if state == REFUSED else checked(reason, "the note", required=False)
    with store.transaction(connection):
        found = _text(connection, submission, row)
        actor.must(actor.may_write_for(found["area_code"]), f"check what is public for {found['area_code']}")
        must_be_another(actor, found, "check this text")
        newest = {"made_at": found["checked_at"], "made_by": found["checked_by"]} if found["check_state"] else None
        made = {"made_by": actor.name, "made_at": after(newest, seen, moment, "a check of this text")}
        place = {"submission": found["submission"], "submission_row": found["submission_row"]}
        store.run(connection, "public_checks/insert_check", **place, state=state, reason=reason, invented=False, **made)
        subject = f"{found['submission']} row {found['submission_row']}"
        audit(connection, actor, moment, f"public text {state}", subject)


def _text(connection: store.Connection, submission: UUID | str, row: int) -> Line:
    found = told(connection, "public_checks/listed", own_areas=None, only_waiting=False)
    place = (found["submission"].astype(str) == str(submission)) & (found["submission_row"] == row)
    lines = found[place].to_dict("records")
    if not lines:
        raise UserError(
            "This text holds no longer, or is not marked public. Choose one from the list. Nothing was changed."
        )
    return _plain(lines[0])


def _plain(line: Mapping[Any, Any]) -> Line:
    """A row as plain Python values, missing as None."""
    missing = {name for name, value in line.items() if value is None or value != value}
    return {name: None if name in missing else _value(value) for name, value in line.items()}


def _value(value: Any) -> Any:
    return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value

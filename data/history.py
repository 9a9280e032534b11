"""The history of submissions: withdrawing one, correcting one by another, and the file as it was sent.

A submission is never deleted. When it ends, each of its facts that holds gives way to what the latest other submission
that has not ended says of the same fact, or to nothing; every earlier data version stays as it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pandas as pd

from data import store
from data.actor import Actor
from data.errors import UserError
from data.findings import Finding
from data.originals import unpacked
from data.periods import day
from data.templates import TEMPLATES
from data.texts import checked_reason
from data.versions import Moment, audit, current_version, raise_version

LINES_SHOWN = 500
OWN_COLUMNS = {"observations": "indicator", "insights": "commitment"}
ENDED = {"withdrawn": "withdrawn", "superseded": "replaced by a correction"}


@dataclass(frozen=True)
class Withdrawal:
    """What withdrawing a submission would do.

    `goes` counts the facts that would hold no longer, `returns` the earlier ones that would hold again in place of some
    of them, `stays` those that another accepted file says too. `changes` has the first lines of what goes and returns,
    with the columns of the difference of a file: state `withdrawn` (nothing comes back) or `restored`, the old values
    under `old_…`, and beside them what would hold again.
    """

    submission: UUID
    file_name: str
    template: str
    base_version: int
    areas: tuple[str, ...]
    goes: int
    returns: int
    stays: int
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)


def withdrawal(connection: store.Connection, actor: Actor, submission_id: UUID | str) -> Withdrawal:
    """What `withdraw` would do; changes nothing. Raises `UserError` as `withdraw` does."""
    found = _standing(connection, submission_id)
    areas = _areas(connection, actor, found)
    counts = _compare(connection, found)
    return Withdrawal(
        found["id"],
        found["file_name"],
        found["template"],
        current_version(connection),
        tuple(sorted(areas)),
        counts["withdrawn"] + counts["restored"],
        counts["restored"],
        counts["kept"],
        store.frame(connection, "history/ending_rows", lines=LINES_SHOWN),
    )


@store.retrying
def withdraw(
    connection: store.Connection,
    actor: Actor,
    submission_id: UUID | str,
    reason: str,
    base_version: int,
    moment: Moment,
) -> int:
    """Withdraw a submission, whole or not at all, and return the new data version.

    Raises `UserError` when there is no such submission, it has ended, the reason is blank or too long, or the actor may
    not report for one of its areas, and `TryAgain` when the stored data is no longer at `base_version`.
    """
    reason = checked_reason(reason, shortest=1)
    with store.transaction(connection):
        found = _standing(connection, submission_id)
        _areas(connection, actor, found)
        version = raise_version(connection, actor, moment, f"Withdrawn: “{found['file_name']}”. Reason: {reason}")
        if version != base_version + 1:
            raise store.TryAgain(
                "The stored data changed since you looked. Nothing was withdrawn; see again what would change."
            )
        _end(connection, actor, found, "withdrawn", reason, version, moment)
        audit(connection, actor, moment, "submission withdrawn", str(found["id"]), (version - 1, version))
    return version


def would_remove(connection: store.Connection, actor: Actor, old_id: UUID | str) -> pd.DataFrame:
    """The facts that would go if the staged upload corrected a submission: those of it that the upload has not.

    Needs the temporary table `upload`. Columns as `Withdrawal.changes`. Raises `UserError` when there is no such
    submission, it has ended, the actor may not report for one of its areas, or the upload is of the other template.
    """
    found = _standing(connection, old_id)
    _areas(connection, actor, found)
    if not store.rows(connection, "history/upload_has", column_name=OWN_COLUMNS[found["template"]])[0]["found"]:
        raise UserError(_other_template(found))
    _compare(connection, found)
    return store.frame(connection, f"history/{found['template']}_removed")


def supersede(
    connection: store.Connection,
    actor: Actor,
    old_id: UUID | str,
    new_id: UUID | str,
    reason: str,
    version: int,
    moment: Moment,
) -> None:
    """Mark a submission as corrected by a new one and end its facts, inside the transaction that stores the new one.

    To be called once the new one's facts, its row in `submission` and, by `restate`, what it repeats are stored as
    `version`: what both say goes over to the new one. Raises `UserError` as `withdraw` does, and when the two are of
    different templates.
    """
    reason = checked_reason(reason, shortest=1)
    old, new = _standing(connection, old_id), _standing(connection, new_id)
    if old["id"] == new["id"] or old["template"] != new["template"]:
        raise UserError(_other_template(old))
    _areas(connection, actor, old)
    _end(connection, actor, old, "superseded", reason, version, moment, new["id"])
    audit(connection, actor, moment, "submission superseded", str(old["id"]), (version - 1, version))


def restate(connection: store.Connection, template: str, submission_id: UUID) -> None:
    """Note the areas that a file speaks of and which of its rows say again what is stored, as it is stored.

    Such rows add no fact, so without the note they would be lost with the file that said it first. Needs the temporary
    tables `upload` and `upload_state`, inside the transaction that stores the file.
    """
    store.run(connection, "history/insert_areas", submission=submission_id)
    store.run(connection, f"history/{template}_restate", submission=submission_id)


@store.retrying
def original(
    connection: store.Connection, actor: Actor, submission_id: UUID | str, moment: Moment
) -> tuple[str, bytes]:
    """The name and the bytes of a file as it was sent, for those who may report for all of its areas.

    It may hold what no page shows, so the audit trail says who took it. Raises `UserError` when the file was erased.
    """
    found = submission(connection, submission_id)
    _areas(connection, actor, found, f"may not download “{found['file_name']}”, which also reports for")
    if found["file_erased_at"]:
        raise UserError(f"The file was erased on {day(found['file_erased_at'].date())} and cannot be downloaded.")
    held = store.rows(connection, "history/original", submission=found["id"])[0]
    with store.transaction(connection):
        version = current_version(connection)
        audit(connection, actor, moment, "original downloaded", str(found["id"]), (version, version))
    return str(held["file_name"]), unpacked(bytes(held["original"]))


def findings(connection: store.Connection, actor: Actor, submission_id: UUID | str) -> list[Finding]:
    """What the check found in a file when it was sent, for those who may report for all of its areas."""
    found = submission(connection, submission_id)
    _areas(connection, actor, found, f"may not see the findings of “{found['file_name']}”, which also reports for")
    stored = json.loads(store.rows(connection, "history/findings", submission=found["id"])[0]["findings"])
    return [Finding.from_dict(entry) for entry in stored]


def submission(connection: store.Connection, submission_id: UUID | str) -> dict[str, Any]:
    """One submission without its bytes; raises `UserError` when there is none of that identifier."""
    try:
        found = store.row(connection, "history/submission", submission=UUID(str(submission_id)))
    except ValueError:
        found = None
    if found is None:
        raise UserError("There is no file with this identifier. Choose one from the list of what has been sent.")
    return found


def standing(connection: store.Connection, actor: Actor, submission_id: UUID | str) -> dict[str, Any]:
    """A submission that the actor may correct; raises `UserError` where there is none, or not for this actor."""
    found = _standing(connection, submission_id)
    _areas(connection, actor, found)
    return found


def _standing(connection: store.Connection, submission_id: UUID | str) -> dict[str, Any]:
    """A submission that has neither been withdrawn nor superseded."""
    found = submission(connection, submission_id)
    if found["state"]:
        raise UserError(
            f"“{found['file_name']}” was {ENDED[found['state']]} on {day(found['ended_at'].date())} by "
            f"{found['ended_by']} already. Nothing was changed."
        )
    return found


def _other_template(old: dict[str, Any]) -> str:
    kind = TEMPLATES[old["template"]].title.lower()
    return (
        f"“{old['file_name']}” holds {kind}, so only another file of {kind} can replace it. Leave the correction and "
        "send this file by itself. Nothing was stored."
    )


def _areas(
    connection: store.Connection, actor: Actor, found: dict[str, Any], refusal: str = "may not report for"
) -> set[str]:
    """The areas of a submission; raises `UserError` unless the actor may report for all of them."""
    areas = {line["area_code"] for line in store.rows(connection, "history/submission_areas", submission=found["id"])}
    refused = sorted(code for code in areas if not actor.may_submit_for(code))
    if refused or not (areas or actor.sees_every_area):
        raise UserError(f"{actor.name} {refusal} {', '.join(refused) or 'any area'}. Nothing was changed.")
    return areas


def _compare(connection: store.Connection, found: dict[str, Any]) -> dict[str, int]:
    store.run(connection, f"history/{found['template']}_ending", submission=found["id"])
    counts = {line["state"]: line["facts"] for line in store.rows(connection, "history/ending_counts")}
    return {state: counts.get(state, 0) for state in ("withdrawn", "restored", "kept")}


def _end(
    connection: store.Connection,
    actor: Actor,
    found: dict[str, Any],
    state: str,
    reason: str,
    version: int,
    moment: Moment,
    successor: UUID | None = None,
) -> None:
    _compare(connection, found)
    store.run(connection, f"history/{found['template']}_end", submission=found["id"], version=version)
    store.run(connection, f"history/{found['template']}_return", version=version)
    store.run(
        connection,
        "history/insert_end",
        submission=found["id"],
        state=state,
        reason=reason,
        ended_by=actor.name,
        ended_at=moment.at,
        version=version,
        successor=successor,
    )

"""Re-basing: having a control chart start a new calculation at a period, which a person does, with a reason.

It changes no figure, target or definition, so no new data version begins; it has its own history, and a chart shows
what was made up to its data version.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from data import store
from data.actor import Actor
from data.errors import UserError
from data.periods import day
from data.texts import checked_reason
from data.versions import Moment, audit, current_version

CHARTED = ("month", "quarter")


def may_rebase(actor: Actor, area: str) -> bool:
    """Whether this person may re-base an area's charts: whoever reports for it, evaluators and administrators."""
    return actor.role == "evaluator" or actor.may_submit_for(area)


@store.retrying
def begin(
    connection: store.Connection,
    actor: Actor,
    indicator: str,
    area: str,
    period_end: date,
    reason: str,
    moment: Moment,
) -> UUID:
    """Have the control chart of an indicator in an area start a new calculation with the period that ends on a day.

    Raises `UserError` unless the actor may, the reason is a real one, the indicator is monthly or quarterly, and the
    period is one of the area's and not its first, and does not start a new calculation already.
    """
    _must(actor, area)
    reason = checked_reason(reason)
    identifier = uuid4()
    with store.transaction(connection):
        version = current_version(connection)
        _check(connection, indicator, area, period_end, version)
        store.run(
            connection,
            "rebase/insert_rebase",
            id=identifier,
            indicator=indicator,
            area=area,
            period_end=period_end,
            reason=reason,
            made_by=actor.name,
            made_at=moment.at,
            version=version,
        )
        audit(connection, actor, moment, "re-base made", str(identifier), (version, version))
    return identifier


@store.retrying
def end(connection: store.Connection, actor: Actor, rebase_id: UUID | str, reason: str, moment: Moment) -> None:
    """End a re-base: from now on the chart calculates as if it had not been made.

    Raises `UserError` unless there is such a re-base, the actor may, it has not ended, and the reason is a real one.
    """
    found = _found(connection, rebase_id)
    _must(actor, found["area_code"])
    reason = checked_reason(reason)
    with store.transaction(connection):
        # Read again inside the transaction: somebody else may have ended it in the meantime.
        found, version = _found(connection, rebase_id), current_version(connection)
        if found["ended_at"]:
            raise UserError(
                f"This new calculation was ended on {day(found['ended_at'].date())} by {found['ended_by']} already. "
                "Nothing was changed."
            )
        store.run(
            connection,
            "rebase/end_rebase",
            id=found["id"],
            ended_by=actor.name,
            ended_at=moment.at,
            end_reason=reason,
            version=version,
        )
        audit(connection, actor, moment, "re-base ended", str(found["id"]), (version, version))


def _must(actor: Actor, area: str) -> None:
    if not may_rebase(actor, area):
        raise UserError(f"{actor.name} may not re-base charts of {area}. Nothing was changed.")


def _found(connection: store.Connection, rebase_id: UUID | str) -> dict[str, Any]:
    missing = "There is no new calculation with this identifier. Choose one from the list."
    return store.identified(connection, "rebase/rebase", rebase_id, missing)


def _check(connection: store.Connection, indicator: str, area: str, period_end: date, version: int) -> None:
    """Raise `UserError` unless a new calculation can start with this period."""
    place = store.rows(connection, "rebase/place", indicator=indicator, area=area, version=version)[0]
    if place["area_name"] is None or place["period_type"] is None:
        raise UserError("This area or indicator is not known here. Choose another above. Nothing was changed.")
    if place["period_type"] not in CHARTED:
        raise UserError(
            "Only monthly and quarterly figures have a control chart, so there is no calculation to start anew. "
            "Nothing was changed."
        )
    held = store.rows(connection, "rebase/periods", indicator=indicator, area=area, version=version)
    ends = [line["period_end"] for line in held]
    if period_end not in ends:
        raise UserError(
            f"{place['area_name']} has no figure for a period that ends on {day(period_end)}. Choose a period from the "
            "list. Nothing was changed."
        )
    if period_end == ends[0]:
        raise UserError("The calculation starts with the first period anyway. Choose a later one. Nothing was changed.")
    made = store.row(connection, "rebase/standing", indicator=indicator, area=area, period_end=period_end)
    if made:
        raise UserError(
            f"A new calculation starts there already: {made['made_by']} made it on {day(made['made_at'].date())}. "
            "Nothing was changed."
        )

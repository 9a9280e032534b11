"""Where a file waits for another person's approval: a setting of each area, region or of England, kept as history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import pandas as pd

from data import store
from data.actor import ENGLAND, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.reviews import after
from data.versions import Moment, audit


def settings(connection: store.Connection, actor: Actor) -> pd.DataFrame:
    """What was set last for each area that anything was set for: area_code, needed, made_by, made_at.

    `UserError` unless the actor is an administrator.
    """
    actor.must_administer("see where files wait for approval")
    return store.frame(connection, "approvals/settings", areas=None)


@store.retrying
def choose(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    area: str,
    needed: bool,
    moment: Moment,
    *,
    seen: datetime | None = None,
) -> None:
    """Have files for an area, a region or England wait for another person's approval, or no longer.

    What waits already goes on waiting. `seen` is when the setting that the person saw was made, None if there was none.
    Raises `UserError` unless the actor is an administrator, the area reports and something is another, and `TryAgain`
    when somebody else set it in the meantime.
    """
    actor.must_administer("say where files wait for approval")
    if area not in catalogue.inside(ENGLAND):
        raise UserError("This area is not one that reports. Choose one from the list. Nothing was changed.")
    with store.transaction(connection):
        newest = store.row(connection, "approvals/settings", areas=[area])
        made_at = after(newest, seen, moment, "this setting")
        if bool(newest and newest["needed"]) == needed:
            raise UserError("It is set like this already. Nothing was changed.")
        made = {"made_by": actor.name, "made_at": made_at}
        store.run(connection, "approvals/insert_setting", area_code=area, needed=needed, **made)
        audit(connection, actor, moment, "approval needed" if needed else "approval no longer needed", area)


def asking(connection: store.Connection, catalogue: Catalogue, areas: Collection[str]) -> list[str]:
    """The codes whose setting has a file for these areas wait: of the areas themselves, their regions, England."""
    holders = {holder for code in areas for holder in _holders(catalogue, code)}
    found = store.rows(connection, "approvals/settings", areas=sorted(holders))
    return [line["area_code"] for line in found if line["needed"]]


def _holders(catalogue: Catalogue, code: str) -> set[str]:
    """An area and everything that it is a part of."""
    found: set[str] = set()
    while code in catalogue.areas:
        found.add(code)
        code = catalogue.areas[code].parent
    return found

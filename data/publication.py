"""What may leave the program for a named data version, as it was stored: before small numbers are hidden in it.

Definitions, areas and populations are those of the version asked for, not today's.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from data import store
from data.actor import Actor
from data.errors import NotAllowed, UserError

FEWEST = 8
"""Of fewer people, neither their number nor their words are published."""
TAKES_ALL_AWAY = ("contributor", "evaluator", "steering", "administrator")


def must_take_away(actor: Actor) -> None:
    """Raise `UserError` unless this person may take all data of a version away."""
    if actor.role not in TAKES_ALL_AWAY:
        raise NotAllowed(
            f"{actor.name} may look at every page, but not take all of the data away. Ask an administrator for the "
            "role of an evaluator. Nothing was made."
        )


def versions(connection: store.Connection, version: int) -> pd.DataFrame:
    """Every data version up to this one: version, as_of, made_on. `UserError` when the store has no such version."""
    found = store.frame(connection, "publication/versions", version=version)
    if version not in set(found["version"]):
        raise UserError(f"There is no data version {version}. Choose one from the list of data versions.")
    return found


def observations(connection: store.Connection, actor: Actor, version: int) -> pd.DataFrame:
    """Every fact that held at a version, totals and parts (breakdowns, organisations), as it was reported.

    Beside its own columns: `origin`, `source`, `edition`, `invented` and `submission_version` of its submission; what
    its indicator says of it; and `smallest_before`. Exact: to be given to `metrics.disclosure.protect`. `UserError`
    when the person may not take it away.
    """
    must_take_away(actor)
    return store.frame(connection, "publication/observations", version=version)


def insights(connection: store.Connection, actor: Actor, version: int) -> pd.DataFrame:
    """Evidence that held at a version and may be published: public rows that a second person checked, a quote only
    with consent.

    Of fewer than `FEWEST` people, or where their number is not known, quote and number are missing. `UserError` when
    the person may not take it away.
    """
    must_take_away(actor)
    return told(connection, "publication/insights", version=version, fewest=FEWEST)


def told(connection: store.Connection, query: str, **asked: Any) -> pd.DataFrame:
    """What a query finds among evidence with who may read it, in which `all_of_them` stands for `evidence/told.sql`.

    Every reader of evidence goes this way, so that nothing is public that no second person has checked.
    """
    return store.of_each(connection, ["evidence/told"], query, **asked)


def areas(connection: store.Connection, version: int) -> pd.DataFrame:
    """Areas as they were at a version: code, name, type, parent, comparator_only, rates_given."""
    found = store.frame(connection, "publication/areas", version=version)
    return found.assign(parent=found["parent"].replace("", None))


def populations(connection: store.Connection, version: int) -> pd.DataFrame:
    """Mid-year estimates as they were at a version: area_code, mid_year, population, source."""
    return store.frame(connection, "publication/populations", version=version)


def definitions(connection: store.Connection, version: int) -> pd.DataFrame:
    """Indicators as they were defined at a version: the fields of `data.catalogue.Indicator`, in order of their keys.

    Empty, without columns, when there are none.
    """
    found = store.rows(connection, "publication/definitions", version=version)
    return pd.DataFrame([json.loads(line["definition"]) for line in found])

"""Open the workspace: make the store, bring the catalogue in, and load the demonstration when it is one."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pandas as pd

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.copies import open_rewritten
from data.demonstration import first_day, load_demonstration
from data.settings import Settings
from data.versions import Moment, audit, raise_version


def open_workspace(settings: Settings, catalogue: Catalogue) -> store.Connection:
    """Open the store and bring it up to date with the catalogue; a new one starts as the settings say.

    A start that was interrupted is taken up again where it stopped. What kind of workspace a store holds is written
    into it when it is made, so that a later setting never adds invented rows to real ones. After something was erased,
    the file is written anew first.
    """
    connection = open_rewritten(settings.database)
    store.run(connection, "memory_limit", limit=f"{settings.memory} bytes")
    start = workspace_kind(connection) or _make(connection, settings.start)
    moment = Moment.now()
    load_catalogue(connection, catalogue, Moment(moment.at, first_day()) if start == "demonstration" else moment)
    if start == "demonstration":
        load_demonstration(connection, catalogue)
    return connection


def workspace_kind(connection: store.Connection) -> str:
    """`demonstration`, `empty`, or nothing when the store is new."""
    return str((store.row(connection, "workspace") or {"start": ""})["start"])


def load_catalogue(connection: store.Connection, catalogue: Catalogue, moment: Moment) -> None:
    """Store areas, populations and definitions as a new data version when the catalogue's files have changed."""
    before = store.row(connection, "current_version") or {"version": 0}
    if before.get("catalogue_digest") == catalogue.digest:
        return
    with store.transaction(connection):
        version = raise_version(
            connection, LOCAL_ADMINISTRATOR, moment, "Areas, populations and definitions", catalogue.digest
        )
        for table, rows in _tables(catalogue).items():
            _replace(connection, table, rows, version)
        audit(
            connection, LOCAL_ADMINISTRATOR, moment, "catalogue loaded", catalogue.digest, (before["version"], version)
        )


def _make(connection: store.Connection, start: str) -> str:
    with store.transaction(connection):
        store.run(connection, "insert_workspace", format=store.FORMAT, start=start)
        store.run(connection, "insert_current_version")
    return start


def _replace(connection: store.Connection, table: str, rows: pd.DataFrame, version: int) -> None:
    connection.register("catalogue_rows", rows)
    store.run(connection, f"catalogue/close_{table}", version=version)
    store.run(connection, f"catalogue/insert_{table}", version=version)
    connection.unregister("catalogue_rows")


def _tables(catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    areas = pd.DataFrame([asdict(area) for area in catalogue.areas.values()])
    indicators = pd.DataFrame([_indicator_row(indicator) for indicator in catalogue.indicators.values()])
    return {"area": areas, "population": catalogue.populations, "indicator": indicators}


def _indicator_row(indicator: Indicator) -> dict[str, object]:
    return {
        "key": indicator.key,
        "name": indicator.name,
        "measure": indicator.measure,
        "multiplier": float(indicator.multiplier),
        "unit": indicator.unit,
        "polarity": indicator.polarity,
        "period_type": indicator.period_type,
        "resident_population": indicator.denominator == RESIDENT_POPULATION,
        "counts_add_up": indicator.counts_add_up,
        "commitments": list(indicator.commitments),
        "definition": json.dumps(asdict(indicator), default=date.isoformat),
    }

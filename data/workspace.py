"""Open the workspace: make the store, bring the catalogue in, and load the demonstration when it is one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from threading import Lock
from weakref import WeakValueDictionary

import pandas as pd

from data import migrations, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator, load
from data.copies import open_rewritten
from data.demonstration import first_day, load_demonstration
from data.settings import Settings
from data.tidying import one_starts
from data.versions import Moment, audit, raise_version

STARTS_AT_ONCE = 100
"""How often a start tries again while another process is making the same new workspace, step by step."""


@dataclass(frozen=True)
class Workspace:
    """The store, opened once per server, with the catalogue it was opened with."""

    connection: store.Connection
    catalogue: Catalogue
    settings: Settings
    kind: str


_opened: WeakValueDictionary[Settings, Workspace] = WeakValueDictionary()
_one_opens = Lock()


def shared(settings: Settings) -> Workspace:
    """The workspace that the settings name: the same for the pages and the HTTP API, as long as one of them holds it.

    The first who asks opens it, and others wait. Raises as `open_workspace` does; the next who asks tries again.
    """
    with _one_opens:
        found = _opened.get(settings)
        if found is None:
            catalogue = load()
            connection = open_workspace(settings, catalogue)
            found = _opened[settings] = Workspace(connection, catalogue, settings, workspace_kind(connection))
        return found


def open_workspace(settings: Settings, catalogue: Catalogue) -> store.Connection:
    """Open the store and bring it up to date with the catalogue; a new one starts as the settings say.

    A start that was interrupted is taken up again where it stopped. What kind of workspace a store holds is written
    into it when it is made, so that a later setting never adds invented rows to real ones. A store of an earlier
    release is copied and brought to today's format first; after something was erased, the file is written anew first.
    """
    migrations.bring_up(settings, Moment.now())
    connection = open_rewritten(settings.database, settings.files)
    store.run(connection, "memory_limit", limit=f"{settings.memory} bytes")
    with one_starts(connection):
        store.retried(lambda: _bring_up_to_date(connection, settings, catalogue), STARTS_AT_ONCE, store.TryAgain)
    return connection


def _bring_up_to_date(connection: store.Connection, settings: Settings, catalogue: Catalogue) -> None:
    start = workspace_kind(connection) or _make(connection, settings.start)
    moment = Moment.now()
    load_catalogue(connection, catalogue, Moment(moment.at, first_day()) if start == "demonstration" else moment)
    if start == "demonstration":
        load_demonstration(connection, catalogue)


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
        audit(connection, LOCAL_ADMINISTRATOR, Moment.now(), "workspace made", start)
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

"""The tables of a data version that may leave the program, each with the columns of `reports.tables`.

For the Data page, for a pack and for an HTTP interface alike: who asks is checked here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd

from data import agreements, publication, queries
from data.actor import Actor
from data.catalogue import Catalogue
from data.store import Connection
from metrics.disclosure import thresholds
from reports import figures
from reports.catalogue_tables import TABLES
from reports.tables import Table

SENT = "Reported by the area"
TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "bool", "date": "datetime64[us]"}


@dataclass(frozen=True)
class Package:
    """A data version to take away: its tables by name, and what it is of.

    `kind` is that of the workspace; `made_on` the day on which the version was stored, not today.
    """

    version: int
    as_of: date
    made_on: date
    kind: str
    frames: dict[str, pd.DataFrame]

    @property
    def demonstration(self) -> bool:
        """Whether invented rows stand beside real ones."""
        return self.kind == "demonstration"


def collect(connection: Connection, actor: Actor, catalogue: Catalogue, version: int, kind: str) -> Package:
    """Everything of a data version that may be taken away, after disclosure control.

    `UserError` when the person may not take it, or the store has no such version.
    """
    publication.must_take_away(actor)
    versions = publication.versions(connection, version)
    as_of, made_on = (pd.Timestamp(versions[name].iloc[-1]).date() for name in ("as_of", "made_on"))
    areas, rules = publication.areas(connection, version), _definitions(connection, catalogue, version)
    found = {
        **_figures(connection, actor, version, rules, areas, as_of),
        "insights": publication.insights(connection, actor, version),
        "indicators": rules,
        "commitments": pd.DataFrame([asdict(item) for item in catalogue.commitments.values()]),
        "areas": areas,
        "populations": publication.populations(connection, version),
        "targets": queries.targets(connection, version),
        "versions": versions,
    }
    return Package(version, as_of, made_on, kind, {table.name: shaped(found[table.name], table) for table in TABLES})


def _figures(
    connection: Connection, actor: Actor, version: int, rules: pd.DataFrame, areas: pd.DataFrame, as_of: date
) -> dict[str, pd.DataFrame]:
    raw = publication.observations(connection, actor, version)
    parts = raw[(raw["breakdown_type"] != "") | (raw["organisation"] != "")]
    found = figures.protected(queries.observations(connection, version), parts, rules, areas)
    totals = figures.totals_of(found)
    return {
        "observations": in_words(figures.reported(raw, found)),
        "results": figures.results(totals, areas).sort_values(["indicator", "area_code", "period_end"]),
        "changes": figures.changes(totals, rules, areas, as_of).sort_values(["indicator", "area_code"]),
    }


def in_words(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with words where a blank stood for the total, so that every part of their key is there, and for an area
    as the source."""
    words = {"breakdown_type": "total", "breakdown": "total", "organisation": "whole area", "source": SENT}
    return facts.assign(**{name: facts[name].replace("", word) for name, word in words.items()})


def _definitions(connection: Connection, catalogue: Catalogue, version: int) -> pd.DataFrame:
    """The definitions of the version, `agreed` where people had agreed one by then.

    A stricter rule for small numbers that came later holds for it, too.
    """
    found = publication.definitions(connection, version)
    today = found["key"].map({key: item.disclosure for key, item in catalogue.indicators.items()})
    today = today.fillna(found["disclosure"])
    stricter = thresholds(found.assign(disclosure=today)) > thresholds(found)
    agreed = found["key"].isin(agreements.standing(connection, version))
    return found.assign(
        disclosure=found["disclosure"].mask(stricter, today), status=found["status"].mask(agreed, "agreed")
    )


def shaped(found: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The columns of a table, in order and in its types; lists become text, blank text becomes missing."""
    shown = found[table.columns].reset_index(drop=True)
    texts = {field.name: _texts(shown[field.name]) for field in table.fields if field.type == "string"}
    return shown.assign(**texts).astype({field.name: TYPES[field.type] for field in table.fields})


def _texts(column: pd.Series[str]) -> pd.Series[str]:
    texts = column if column.dtype == "str" else column.map(_joined, na_action="ignore").astype("str")
    return texts.mask(texts == "")


def _joined(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

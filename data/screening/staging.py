"""Put an upload into the connection's own temporary tables, so that every check is one query over all rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from data import periods, store
from data.actor import Actor
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.reading import Sheet
from data.screening.lookup import look_up
from data.templates import OBSERVATIONS, Template

PERIOD_WORDS = {
    "month": "one month, such as July 2025",
    "quarter": "three months, such as 2025/26 Q1",
    "calendar_year": "a calendar year, such as 2024",
    "financial_year": "a year from April to March, such as 2024/25",
    "rolling_year": "twelve months, such as year ending June 2025",
}


def stage(connection: store.Connection, sheet: Sheet, template: Template, catalogue: Catalogue, actor: Actor) -> None:
    """Make the temporary tables `upload_text` (cells as written) and `upload` (codes, dates and numbers).

    Both have one row for each row of the file, with its spreadsheet row number in `row`.
    """
    store.run(connection, "staging/text_macro")
    store.run(connection, "staging/number_macro")
    with _registered(connection, "sheet", _all_columns(sheet.frame, template)):
        store.run(connection, f"staging/{template.key}_text")
    distinct = store.frame(connection, f"staging/{template.key}_distinct")
    with _registered(connection, "looked_up", look_up(distinct, catalogue, actor, template)):
        store.run(connection, "staging/upload_lookup")
    with _registered(connection, "definitions", definitions(catalogue)):
        store.run(connection, "staging/upload_definition")
    with _registered(connection, "estimates", _estimates(catalogue)):
        store.run(connection, "staging/upload_population")
    store.run(connection, f"staging/{template.key}_typed")
    if template is OBSERVATIONS:
        store.run(connection, "staging/upload_estimate")


def definitions(catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator with what the checks need: key, measure, multiplier, months and so on."""
    return pd.DataFrame([_definition(indicator) for indicator in catalogue.indicators.values()])


def _definition(indicator: Indicator) -> dict[str, object]:
    return {
        "key": indicator.key,
        "measure": indicator.measure,
        "multiplier": float(indicator.multiplier),
        "period_type": indicator.period_type,
        "months": periods.LENGTHS[indicator.period_type],
        "period_words": PERIOD_WORDS[indicator.period_type],
        "resident_population": indicator.denominator == RESIDENT_POPULATION,
    }


def _estimates(catalogue: Catalogue) -> pd.DataFrame:
    """Mid-year estimates of areas, and of regions and countries as the sums of theirs."""
    parents = {code: area.parent for code, area in catalogue.areas.items() if area.parent}
    sizes = [catalogue.populations[["area_code", "mid_year", "population"]]]
    for _ in ("regions", "countries"):
        parts = sizes[-1].assign(area_code=sizes[-1]["area_code"].map(parents)).dropna()
        sizes.append(parts.groupby(["area_code", "mid_year"], as_index=False)[["population"]].sum())
    return pd.concat(sizes, ignore_index=True)


def _all_columns(frame: pd.DataFrame, template: Template) -> pd.DataFrame:
    return frame.reindex(columns=["row", *template.headings], fill_value="")


@contextmanager
def _registered(connection: store.Connection, name: str, frame: pd.DataFrame) -> Iterator[None]:
    connection.register(name, frame)
    try:
        yield
    finally:
        connection.unregister(name)

"""Put an upload into the connection's own temporary tables, so that every check is one query over all rows."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import pyarrow as pa

from data import periods, store
from data.actor import Actor
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.findings import Finding
from data.reading import Sheet
from data.screening.cells import compact_columns, different_texts, texts
from data.screening.lookup import look_up
from data.screening.meanings import with_meanings
from data.screening.numbers import with_numbers
from data.templates import OBSERVATIONS, Template

PERIOD_WORDS = {
    "month": "one month, such as July 2025",
    "quarter": "three months, such as 2025/26 Q1",
    "calendar_year": "a calendar year, such as 2024",
    "financial_year": "a year from April to March, such as 2024/25",
    "rolling_year": "twelve months, such as year ending June 2025",
}
POINT_STEPS = (
    *("figure_macro", "shown_macro", "upload_part", "upload_stored"),
    *("upload_figure", "upload_series", "upload_point", "upload_scale"),
)


def stage(
    connection: store.Connection, sheet: Sheet, template: Template, catalogue: Catalogue, actor: Actor
) -> list[Finding]:
    """Make the temporary views `upload_text` (cells as written) and `upload` (codes, dates and numbers).

    Both have one row for each row of the file, told apart by `row`; its spreadsheet row is in `sheet_row`. Returns what
    is to be said of rows that were left out.
    """
    store.run(connection, "staging/upload_file", separator=sheet.separator)
    store.run(connection, "staging/text_macro")
    store.run(connection, "staging/number_macro")
    store.run(connection, "staging/whole_macro")
    findings = _hold(connection, sheet, template, catalogue, actor)
    pa.default_memory_pool().release_unused()
    store.run(connection, f"staging/{template.key}_shape")
    store.run(connection, "staging/upload_columns")
    for view in ("cells", "text", "typed"):
        store.run(connection, f"staging/{template.key}_{view}")
    if template is OBSERVATIONS:
        _keep(connection, "population", _estimates(catalogue))
        store.run(connection, "staging/upload_estimate")
        stage_points(connection, catalogue)
    return findings


def _hold(
    connection: store.Connection, sheet: Sheet, template: Template, catalogue: Catalogue, actor: Actor
) -> list[Finding]:
    """Put the cells and what they mean into `upload_held`, and what was looked up and defined beside it."""
    table, findings = texts(sheet, template)
    table, unread = with_numbers(connection, table, template.numbers)
    looked_up, defined = look_up(different_texts(table, unread), catalogue, actor, template), definitions(catalogue)
    table = compact_columns(with_meanings(table, looked_up, defined))
    _keep(connection, "lookup", looked_up)
    _keep(connection, "definition", defined)
    _keep(connection, "held", table)
    return findings


def stage_points(connection: store.Connection, catalogue: Catalogue) -> None:
    """Set the uploaded facts beside the stored ones, for the checks that compare: see the SQL of each step."""
    _keep(connection, "area", pd.DataFrame([asdict(area) for area in catalogue.areas.values()]))
    for step in POINT_STEPS:
        store.run(connection, f"staging/{step}")


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
        "counts_add_up": indicator.counts_add_up,
        "disclosure": indicator.disclosure,
    }


def _estimates(catalogue: Catalogue) -> pd.DataFrame:
    """Mid-year estimates of areas, and of regions and countries as the sums of theirs."""
    parents = {code: area.parent for code, area in catalogue.areas.items() if area.parent}
    sizes = [catalogue.populations[["area_code", "mid_year", "population"]]]
    for _ in ("regions", "countries"):
        parts = sizes[-1].assign(area_code=sizes[-1]["area_code"].map(parents)).dropna()
        sizes.append(parts.groupby(["area_code", "mid_year"], as_index=False)[["population"]].sum())
    return pd.concat(sizes, ignore_index=True)


def _keep(connection: store.Connection, name: str, given: pd.DataFrame | pa.Table) -> None:
    """Put a frame or table into the temporary table of its name, as the query of that name says."""
    connection.register("given", given)
    try:
        store.run(connection, f"staging/upload_{name}")
    finally:
        connection.unregister("given")

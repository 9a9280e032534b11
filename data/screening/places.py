"""Findings about the lines of a mapped file, told of the cells that the lines were made from."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from data.findings import Finding, compact
from data.mapping import PERIOD_USES, Mapping
from data.templates import NUMBERS

OF_THE_CELL = NUMBERS - {"denominator"} | {"note", ""}
"""Columns of the template that the cell itself fills; the others are filled from other cells of the row."""


def in_cells(findings: list[Finding], places: pa.Table | None, mapping: Mapping | None) -> list[Finding]:
    """The findings with spreadsheet rows and headings, each heading apart; as they are where no file was mapped."""
    if places is None or mapping is None:
        return findings
    titles = {column.use: column.title for column in reversed(mapping.columns)}
    titles["period"] = next((column.title for column in mapping.used(*PERIOD_USES)), "period")
    return [each for finding in findings for each in _in_cells(finding, places.take(_indices(finding)), titles)]


def _indices(finding: Finding) -> pa.Array:
    return pa.array([line - 1 for line in finding.rows], pa.int64())


def _in_cells(finding: Finding, cells: pa.Table, titles: dict[str, str]) -> list[Finding]:
    rows_by_column: dict[str, set[int]] = {}
    for row, column in zip(*(cells.column(name).to_pylist() for name in ("sheet_row", "sheet_column")), strict=True):
        named = column if finding.column in OF_THE_CELL else titles.get(finding.column, finding.column)
        rows_by_column.setdefault(named, set()).add(row)
    return [replace(finding, column=column, rows=compact(sorted(rows))) for column, rows in rows_by_column.items()]

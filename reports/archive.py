"""A package as files: one CSV and one Parquet for each table, and a ZIP of them all with what they mean."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from data.archive import to_arrow, to_parquet, to_tidy_csv, to_zip, with_constants
from reports.catalogue_tables import BY_NAME, TABLES
from reports.describing import about, as_json, citation, descriptor, readme, workspace
from reports.package import Package
from reports.tables import Table

SAMPLE = 400


def csv_file(package: Package, name: str) -> bytes:
    """A table of the package as CSV; away from its package each row repeats the version, the day and the workspace."""
    known = _arrow(package.frames[name], BY_NAME[name])
    marks = {"data_version": str(package.version), "as_of": package.as_of.isoformat(), "workspace": workspace(package)}
    return to_tidy_csv(with_constants(known, marks))


def parquet_file(package: Package, name: str) -> bytes:
    """A table of the package as Parquet; its columns carry their descriptions, the file what it is of."""
    return to_parquet(_arrow(package.frames[name], BY_NAME[name]), _about(package))


def zip_file(package: Package) -> bytes:
    """The whole package: README.txt, datapackage.json, every table as CSV in data/ and as Parquet in parquet/.

    The same version of the same store gives the same bytes.
    """
    csvs = _csvs(package)
    parquets = {f"parquet/{table.name}.parquet": parquet_file(package, table.name) for table in TABLES}
    words = {"README.txt": readme(package).encode(), "datapackage.json": _described(package, csvs)}
    return to_zip({**words, **csvs, **parquets})


def package_csv(package: Package, name: str) -> bytes:
    """A table of the package as CSV, as it is in the package."""
    return to_tidy_csv(_arrow(package.frames[name], BY_NAME[name]))


def package_descriptor(package: Package) -> bytes:
    """datapackage.json, as it is in the package."""
    return _described(package, _csvs(package))


def estimated_size(package: Package, name: str) -> int:
    """About how many bytes a table has as CSV in the package, from some of its rows: the file itself is not made."""
    found = package.frames[name]
    some = found.iloc[:: max(len(found) // SAMPLE, 1)]
    size = len(to_tidy_csv(_arrow(some, BY_NAME[name])))
    return round(size * len(found) / len(some)) if len(some) else size


def _csvs(package: Package) -> dict[str, bytes]:
    return {f"data/{table.name}.csv": package_csv(package, table.name) for table in TABLES}


def _described(package: Package, csvs: dict[str, bytes]) -> bytes:
    measures = {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in csvs.items()}
    return as_json(descriptor(package, measures))


def _about(package: Package) -> dict[str, str]:
    return {"title": about(package), "citation": citation(package), "workspace": workspace(package)}


def _arrow(found: pd.DataFrame, table: Table) -> Any:
    types = {field.name: str(field.type) for field in table.fields}
    return to_arrow(found, types, {field.name: field.description for field in table.fields})

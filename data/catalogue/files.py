"""The catalogue's files as bytes, and from bytes to tables and rows. No meaning yet: that is `records`."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from data.errors import UserError

TABLES = ("areas.csv", "commitments.toml", "organisations.toml", "populations.csv", "themes.toml")
Files = dict[str, bytes]


def read_files(folder: Path) -> Files:
    """Every catalogue file under `folder`: its name within the folder → its bytes, line ends as LF, sorted by name."""
    indicators = (f"indicators/{path.name}" for path in (folder / "indicators").glob("*.toml"))
    return {name: _bytes(folder, name) for name in sorted((*TABLES, *indicators))}


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256, in hexadecimal, over the sorted names and bytes of the files."""
    sha = hashlib.sha256()
    for name in sorted(files):
        # The length keeps two different sets of files from running together into the same bytes.
        sha.update(f"{name}\n{len(files[name])}\n".encode())
        sha.update(files[name])
    return sha.hexdigest()


def toml(files: Mapping[str, bytes], name: str) -> dict[str, object]:
    """The contents of one TOML file; raises UserError when it is not valid."""
    try:
        return tomllib.loads(_decoded(files, name))
    except tomllib.TOMLDecodeError as fault:
        raise UserError(f"{name}: the file is not valid TOML ({fault}); mend that line.") from None


def toml_tables(files: Mapping[str, bytes], name: str, headings: tuple[str, ...]) -> Iterator[list[dict[str, object]]]:
    """For each heading, the list of tables `[[heading]]` of one TOML file, which holds those and nothing else."""
    contents = toml(files, name)
    for heading in contents:
        if heading not in headings:
            raise UserError(f"{name}: {heading} is not a key that belongs here; remove it.")
    return (_tables(contents, name, heading) for heading in headings)


def csv_rows(files: Mapping[str, bytes], name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """For each row of one CSV file: its place, such as "areas.csv, row 2" (heading is 1), and its cells by column."""
    lines = csv.reader(_decoded(files, name).splitlines())
    heading = next(lines, [])
    if tuple(heading) != columns:
        raise UserError(f"{name}: the heading is {','.join(heading)}; write {','.join(columns)}.")
    return (_row(f"{name}, row {number}", columns, cells) for number, cells in enumerate(lines, start=2))


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes().replace(b"\r\n", b"\n")
    except FileNotFoundError:
        raise UserError(f"{name}: the file is missing from {folder}; put it back.") from None


def _decoded(files: Mapping[str, bytes], name: str) -> str:
    try:
        return files[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{name}: the file is not UTF-8; save it again as UTF-8.") from None


def _tables(contents: Mapping[str, object], name: str, heading: str) -> list[dict[str, object]]:
    tables = contents.get(heading, [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise UserError(f"{name}: {heading} is missing or not a list of tables; write each one under [[{heading}]].")
    return tables


def _row(where: str, columns: tuple[str, ...], cells: list[str]) -> tuple[str, dict[str, str]]:
    if len(cells) != len(columns):
        raise UserError(f"{where}: the row has {len(cells)} cells; give it {len(columns)}, one for each column.")
    return where, dict(zip(columns, cells, strict=True))

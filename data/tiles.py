"""Where each area stands on the tile map: a layout of our own, kept as a reviewed file, one tile for each area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data.catalogue import FOLDER, Catalogue
from data.catalogue.files import csv_rows
from data.errors import UserError

NAME = "tiles.csv"
COLUMNS = ("area_code", "short", "column", "row")
LONGEST = 4


@dataclass(frozen=True)
class Tile:
    """A place on the map: `column` counts from the west, `row` from the north, both from 0; `short` stands on it."""

    short: str
    column: int
    row: int


def load(catalogue: Catalogue, folder: Path = FOLDER) -> dict[str, Tile]:
    """The tile of each force area of England, by its code, in file order.

    Raises UserError, in one sentence that names the file and the fix, unless each area has exactly one tile with a
    short name of its own, and no two share a place.
    """
    rows = list(csv_rows({NAME: _bytes(folder)}, NAME, COLUMNS))
    tiles = {cells["area_code"]: _tile(where, cells) for where, cells in rows}
    _none_twice("area", (cells["area_code"] for _, cells in rows))
    _none_twice("short name", (tile.short for tile in tiles.values()))
    _none_twice("place", (f"column {tile.column}, row {tile.row}" for tile in tiles.values()))
    codes = {
        area.code for area in catalogue.areas.values() if area.type == "police_force_area" and not area.comparator_only
    }
    for code in sorted(codes ^ set(tiles)):
        raise UserError(f"{NAME}: {code} is {'missing; add it' if code in codes else 'not an area; remove it'}.")
    return tiles


def _bytes(folder: Path) -> bytes:
    try:
        return (folder / NAME).read_bytes()
    except FileNotFoundError:
        raise UserError(f"{NAME}: the file is missing from {folder}; put it back.") from None


def _tile(where: str, cells: dict[str, str]) -> Tile:
    column, row, short = cells["column"], cells["row"], cells["short"]
    if not (column.isdecimal() and row.isdecimal()):
        raise UserError(f"{where}: {column!r} and {row!r} are not a place; write two whole numbers from 0.")
    if not 0 < len(short) <= LONGEST:
        raise UserError(f"{where}: the short name {short!r} does not fit a tile; write 1 to {LONGEST} letters.")
    return Tile(short, int(column), int(row))


def _none_twice(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise UserError(f"{NAME}: the {what} {value} stands there twice; give each area one of its own.")
        seen.add(value)

"""Which areas count as similar: reviewed characteristics of areas, and groups that people chose instead.

They choose what is shown beside an area and change no figure, so they are no part of the catalogue's digest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.catalogue.fields import Check, Fault, Record, day, list_of, matching, one_of, positive, record, shown, text
from data.catalogue.files import csv_rows, toml
from data.catalogue.model import Catalogue
from data.catalogue.records import AREA_CODE, keyed
from data.errors import UserError

NAME, FACTS = "similar_areas.toml", "characteristics.csv"
FOLDER = Path(__file__).parent.parent
# What the program works out from populations.csv; every other key needs a fact of each area.
DERIVED = ("population", "density", "growth")
NEEDED = ("land_area",)
SCALES = ("plain", "log")


@dataclass(frozen=True)
class Characteristic:
    """One thing that areas are compared on, with its weight in the distance; `scale` is log where it is skewed."""

    key: str
    name: str
    unit: str
    scale: str
    weight: float
    why: str
    source: str


@dataclass(frozen=True)
class Group:
    """The areas that people chose to stand beside an area, instead of the nearest."""

    area: str
    neighbours: tuple[str, ...]
    decided_by: str
    decided_on: date
    why: str


@dataclass(frozen=True)
class MidYears:
    """The mid-years whose estimates of residents count: the latest, and the earlier one that growth begins with."""

    latest: int
    earlier: int


@dataclass(frozen=True, eq=False)
class Similar:
    """Characteristics and groups by key and area, and `facts`: area_code, characteristic, value, source."""

    residents: MidYears
    characteristics: dict[str, Characteristic]
    groups: dict[str, Group]
    facts: pd.DataFrame


def _number(value: object) -> float:
    try:
        found = float(str(value))
    except ValueError:
        raise Fault(f"is {shown(value)}; write a number, like 5383.6") from None
    return positive(found)


def _year(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1900 < value < 2200:
        raise Fault(f"is {shown(value)}; write a year without quotes, like 2023")
    return value


KEY = matching(r"[a-z]+(_[a-z]+)*", "land_area")
CHARACTERISTIC: dict[str, Check] = {
    "key": KEY,
    "name": text,
    "unit": text,
    "scale": one_of(SCALES),
    "weight": positive,
    "why": text,
    "source": text,
}
MID_YEARS: dict[str, Check] = {"latest": _year, "earlier": _year}
GROUP: dict[str, Check] = {
    "area": AREA_CODE,
    "neighbours": list_of(AREA_CODE),
    "decided_by": text,
    "decided_on": day,
    "why": text,
}
FACT: dict[str, Check] = {"area_code": AREA_CODE, "characteristic": KEY, "value": _number, "source": text}


def load_similar(catalogue: Catalogue, folder: Path = FOLDER) -> Similar:
    """Read `similar_areas.toml` and `characteristics.csv`.

    Raises `UserError`, in one sentence that names the file, the key and the fix, at the first thing that is wrong.
    """
    files = {name: _bytes(folder, name) for name in (NAME, FACTS)}
    contents = toml(files, NAME)
    for heading in contents.keys() - {"residents", "characteristic", "group"}:
        raise UserError(f"{NAME}: {heading} is not a key that belongs here; remove it.")
    characteristics = _listed(Characteristic, contents, "characteristic", CHARACTERISTIC, "key")
    groups = _listed(Group, contents, "group", GROUP, "area")
    if not characteristics:
        raise UserError(f"{NAME}: no characteristic is given; write at least one under [[characteristic]].")
    comparable = comparable_areas(catalogue)
    _check_groups(groups.values(), comparable)
    residents = _mid_years(contents)
    _check_mid_years(residents, characteristics, catalogue, comparable)
    return Similar(residents, characteristics, groups, _facts(files, characteristics, comparable))


def comparable_areas(catalogue: Catalogue) -> list[str]:
    """The force areas that can be similar to one another: those of England, without any too small to have rates."""
    return [
        area.code
        for area in catalogue.areas.values()
        if area.type == "police_force_area" and not area.comparator_only and area.rates_given
    ]


def _facts(files: dict[str, bytes], characteristics: Collection[str], comparable: list[str]) -> pd.DataFrame:
    rows = csv_rows(files, FACTS, tuple(FACT))
    found = keyed(
        (where, f"{row['characteristic']} of {row['area_code']}", record(dict[str, object], row, FACT, where))
        for where, row in rows
    )
    for key in (*NEEDED, *(name for name in characteristics if name not in DERIVED)):
        for code in comparable:
            if f"{key} of {code}" not in found:
                raise UserError(f"{FACTS}: {key} of {code} is missing; add it with its source.")
    return pd.DataFrame(list(found.values()), columns=list(FACT))


def _mid_years(contents: dict[str, object]) -> MidYears:
    table, where = contents.get("residents"), f"{NAME}, residents"
    if not isinstance(table, dict):
        raise UserError(f"{where}: the mid-years are missing; write latest and earlier under [residents].")
    found = record(MidYears, table, MID_YEARS, where)
    if found.earlier >= found.latest:
        raise UserError(f"{where}: earlier is {found.earlier}, which is not before latest, {found.latest}; correct it.")
    return found


def _check_mid_years(
    found: MidYears, characteristics: dict[str, Characteristic], catalogue: Catalogue, comparable: list[str]
) -> None:
    """Every area has an estimate for both years, and what is made of them says which they are."""
    for year in (found.latest, found.earlier):
        people = catalogue.populations
        missing = set(comparable) - set(people.loc[people["mid_year"] == year, "area_code"])
        if missing:
            raise UserError(f"{NAME}, residents: populations.csv has no {year} of {min(missing)}; choose another year.")
    named = {"population": (found.latest,), "growth": (found.earlier, found.latest)}
    for key, years in named.items():
        unit = characteristics[key].unit if key in characteristics else str(years)
        if not all(str(year) in unit for year in years):
            raise UserError(f"{NAME}, {key}: unit is {shown(unit)}; name {' and '.join(map(str, years))} in it.")


def _check_groups(groups: Collection[Group], comparable: list[str]) -> None:
    for group in groups:
        where = f"{NAME}, group of {group.area}"
        if group.area in group.neighbours:
            raise UserError(f"{where}: neighbours names the area itself; take it out.")
        for code in (group.area, *group.neighbours):
            if code not in comparable:
                raise UserError(f"{where}: {code} is no police force area of England that has rates; correct it.")


def _listed(
    make: Callable[..., Record], contents: dict[str, object], heading: str, checks: dict[str, Check], key: str
) -> dict[str, Record]:
    tables = contents.get(heading, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UserError(f"{NAME}: {heading} is not a list of tables; write each one under [[{heading}]].")
    places = [(f"{NAME}, {heading} {number}", table) for number, table in enumerate(tables, start=1)]
    return keyed((where, str(table.get(key)), record(make, table, checks, where)) for where, table in places)


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise UserError(f"{name}: the file is missing from {folder}; put it back.") from None

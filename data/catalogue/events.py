"""Events to mark on charts, kept as a reviewed file beside the catalogue.

They explain and change no figure, so they are no part of the catalogue's digest and raise no data version.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.catalogue.fields import Check, day, list_of, record, text
from data.catalogue.files import toml_tables
from data.catalogue.model import Catalogue
from data.catalogue.records import AREA_CODE
from data.errors import UserError

NAME = "events.toml"
FOLDER = Path(__file__).parent.parent
EVENT: dict[str, Check] = {
    "date": day,
    "when": text,
    "title": text,
    "words": text,
    "source": text,
    "areas": list_of(AREA_CODE, least=0),
}


@dataclass(frozen=True)
class Event:
    """What happened; `areas` and `indicators` are the only ones that it is for, where there are any."""

    date: date
    when: str
    title: str
    words: str
    source: str
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def concerns(self, area: str, indicator: str) -> bool:
        """Whether it belongs on a chart of an indicator in an area."""
        return (not self.areas or area in self.areas) and (not self.indicators or indicator in self.indicators)


def load_events(catalogue: Catalogue, folder: Path = FOLDER) -> list[Event]:
    """The events of `events.toml`, oldest first.

    Raises `UserError`, in one sentence that names the file, the key and the fix, at the first thing that is wrong.
    """
    path = folder / NAME
    if not path.exists():
        raise UserError(f"{NAME}: the file is missing from {folder}; put it back.")
    (tables,) = toml_tables({NAME: path.read_bytes()}, NAME, ("events",))
    found = [record(Event, table, EVENT, f"{NAME}, event {number}") for number, table in enumerate(tables, start=1)]
    _check_areas(found, catalogue.areas)
    return sorted(found, key=lambda event: event.date)


def _check_areas(events: list[Event], known: Collection[str]) -> None:
    for number, event in enumerate(events, start=1):
        for code in event.areas:
            if code not in known:
                raise UserError(f"{NAME}, event {number}: areas names {code}, which is not an area; correct it.")

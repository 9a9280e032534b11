"""The practice library: what published papers tell of joint working, kept as a reviewed file beside the catalogue.

It explains and changes no figure, so it is no part of the catalogue's digest and raises no data version.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from data.catalogue.fields import Check, Record, list_of, record, text
from data.catalogue.files import toml_tables
from data.catalogue.model import Catalogue
from data.catalogue.records import AREA_CODE, WORD_KEY, keyed
from data.errors import UserError

NAME = "practice.toml"
FOLDER = Path(__file__).parent.parent
NO_RESULT = "no result reported"
NOT_STATED = "not stated"
# The weakest strength: it alone may stand beside no result.
DESCRIBED = "described"


@dataclass(frozen=True)
class Source:
    """A published paper that the library is drawn from."""

    key: str
    title: str
    publisher: str
    published: str


@dataclass(frozen=True)
class Strength:
    """One step of our own scale of how strong the evidence is that is given for an entry."""

    key: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Entry:
    """One piece of joint work as a paper tells of it; `areas` are codes, empty where the place is not one of England's.

    `reported` is `NO_RESULT` where the paper gives none, `measured` begins with `NOT_STATED` where it does not say how.
    """

    key: str
    title: str
    place: str
    areas: tuple[str, ...]
    began: str
    topics: tuple[str, ...]
    themes: tuple[str, ...]
    commitments: tuple[str, ...]
    partners: str
    done: str
    reported: str
    measured: str
    strength: str
    source: str
    section: str


@dataclass(frozen=True)
class Library:
    """Sources, strengths (weakest first) and entries by key, in the order of the file."""

    sources: dict[str, Source]
    strengths: dict[str, Strength]
    entries: dict[str, Entry]


SOURCE: dict[str, Check] = {"key": WORD_KEY, "title": text, "publisher": text, "published": text}
STRENGTH: dict[str, Check] = {"key": WORD_KEY, "name": text, "meaning": text}
ENTRY: dict[str, Check] = {
    "key": WORD_KEY,
    "title": text,
    "place": text,
    "areas": list_of(AREA_CODE, least=0),
    "began": text,
    "topics": list_of(text),
    "themes": list_of(text),
    "commitments": list_of(text),
    "partners": text,
    "done": text,
    "reported": text,
    "measured": text,
    "strength": text,
    "source": text,
    "section": text,
}


def load_practice(catalogue: Catalogue, folder: Path = FOLDER) -> Library:
    """The library of `practice.toml`.

    Raises `UserError`, in one sentence that names the file, the key and the fix, at the first thing that is wrong.
    """
    path = folder / NAME
    if not path.exists():
        raise UserError(f"{NAME}: the file is missing from {folder}; put it back.")
    sources, strengths, entries = toml_tables({NAME: path.read_bytes()}, NAME, ("source", "strength", "entry"))
    found = Library(
        _listed(Source, sources, SOURCE, "source"),
        _listed(Strength, strengths, STRENGTH, "strength"),
        _listed(Entry, entries, ENTRY, "entry"),
    )
    if DESCRIBED not in found.strengths:
        raise UserError(f"{NAME}: there is no strength {DESCRIBED}; add it, as the first.")
    for entry in found.entries.values():
        _check(entry, found, catalogue)
    return found


def _listed(
    make: Callable[..., Record], tables: list[dict[str, object]], checks: dict[str, Check], heading: str
) -> dict[str, Record]:
    places = [(f"{NAME}, {heading} {number}", table) for number, table in enumerate(tables, start=1)]
    return keyed((where, str(table.get("key")), record(make, table, checks, where)) for where, table in places)


def _check(entry: Entry, library: Library, catalogue: Catalogue) -> None:
    """Raise `UserError` unless all that an entry names is there, and its strength agrees with its result."""
    own = {code for code, area in catalogue.areas.items() if not area.comparator_only and area.type != "country"}
    where = f"{NAME}, {entry.key}:"
    _known(f"{where} areas", entry.areas, own, "a region or police force area of England")
    _known(f"{where} topics", entry.topics, catalogue.topics, "a topic")
    _known(f"{where} themes", entry.themes, catalogue.themes, "a theme")
    _known(f"{where} commitments", entry.commitments, catalogue.commitments, "a commitment")
    _known(f"{where} strength", [entry.strength], library.strengths, "a strength")
    _known(f"{where} source", [entry.source], library.sources, "a source")
    if entry.reported == NO_RESULT and entry.strength != DESCRIBED:
        raise UserError(f"{where} strength is {entry.strength}, but {NO_RESULT}; make it {DESCRIBED} or add a result.")


def _known(where: str, named: Iterable[str], known: Collection[str], kind: str) -> None:
    for name in named:
        if name not in known:
            raise UserError(f"{where} names {name}, which is not {kind}; correct it.")

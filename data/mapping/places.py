"""Which place each row is about: the finest it names, so that a ward's figure is never taken for its force's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping.model import Column
from data.mapping.texts import Numbers, Texts, texts
from data.mapping.words import AREA_CODE, Words, tidy, without_notes

UNDECIDED, HELD, WIDER, WALES, SMALLER, OTHER, UNSURE, NOTHING = range(8)
LEVELS = {"country": 0, "region": 1, "police_force_area": 2}
SMALLER_LEVEL = 3
# The letter and two figures that begin a code tell the kind of place.
WIDE_CODES = re.compile(r"K0\d|[SN]92|J99")
REGION_CODES = re.compile(r"E1[23]|E40|E41")
FORCE_CODES = re.compile(r"E23|W15|E54|S32|N24|E4[2-9]|E5")
WIDE_NAMES = re.compile(
    r"england (?:and|&) wales|united kingdom|great britain|\buk\b|scotland|northern ireland|all areas", re.IGNORECASE
)
NO_PLACE = re.compile(r"\W*\d+\W|(?:sources?|notes?|table|link)\b|[\[*(]", re.IGNORECASE)
NOT_SMALLER = frozenset(
    (
        "",
        "all",
        "total",
        "totals",
        "all areas",
        "force total",
        "grand total",
        "n/a",
        "na",
        "none",
        "not applicable",
        "z",
        "x",
    )
)
LONGEST_NAME = 70


@dataclass(frozen=True, eq=False)
class Places:
    """For each row the code and name of its place as the file writes them, and what sort of place it is."""

    codes: pa.Array
    names: pa.Array
    sorts: Numbers


def level_of(code: str, words: Words) -> int:
    """How fine the place with a code is: 0 country, 1 region, 2 force area or as large, 3 smaller."""
    area = words.catalogue.areas.get(code.upper())
    if area:
        return LEVELS[area.type]
    patterns = (WIDE_CODES, REGION_CODES, FORCE_CODES)
    return next((level for level, pattern in enumerate(patterns) if pattern.match(code.upper())), SMALLER_LEVEL)


def places(table: pa.Table, columns: Sequence[Column], words: Words) -> Places:
    """The places of the rows, from the columns whose use is area_code or area_name."""
    codes = [(column, texts(table, column.place)) for column in columns if column.use == "area_code"]
    names = [(column, texts(table, column.place)) for column in columns if column.use == "area_name"]
    sorts = np.zeros(table.num_rows, dtype=np.int32)
    found = pa.repeat(pa.scalar("", pa.string()), table.num_rows)
    # Codes come before names of the same level, because the code decides.
    for column, cells in sorted([*codes, *names], key=lambda pair: (-pair[0].level, pair[0].use)):
        here = cells.numbers(partial(_sort, column, words))
        new = (sorts == UNDECIDED) & (here != UNDECIDED)
        found = pc.if_else(pa.array(new), cells.strings(partial(_code, column, words)), found)
        sorts = np.where(new, here, sorts).astype(np.int32)
    sorts[sorts == UNDECIDED] = NOTHING
    return Places(found, _names(names, table.num_rows), sorts)


def _names(columns: Sequence[tuple[Column, Texts]], rows: int) -> pa.Array:
    """The finest name of each row, without notes."""
    found = pa.repeat(pa.scalar("", pa.string()), rows)
    for _, cells in sorted(columns, key=lambda pair: pair[0].level):
        here = cells.strings(lambda text: "" if is_blank(text) else without_notes(text))
        found = pc.if_else(pc.equal(here, ""), found, here)
    return found


def is_blank(text: str) -> bool:
    """Whether a cell for a smaller place says that the row is about the whole."""
    return text.strip(" .:-–[]()").lower() in NOT_SMALLER


def _code(column: Column, words: Words, text: str) -> str:
    if column.use == "area_code":
        return text.upper()
    codes = words.codes(text, column.areas)
    return codes[0] if len(codes) == 1 else ""


def _sort(column: Column, words: Words, text: str) -> int:
    if is_blank(text):
        return UNDECIDED
    return _sort_of_code(column, words, text) if column.use == "area_code" else _sort_of_name(column, words, text)


def _sort_of_code(column: Column, words: Words, text: str) -> int:
    code = text.upper()
    if code in words.catalogue.areas:
        return _held(code, words)
    if not AREA_CODE.fullmatch(code):
        return SMALLER if column.level >= SMALLER_LEVEL and not NO_PLACE.match(text) else UNDECIDED
    return (WIDER, OTHER, OTHER, SMALLER)[level_of(code, words)]


def _sort_of_name(column: Column, words: Words, text: str) -> int:
    if len(text) > LONGEST_NAME or NO_PLACE.match(text):
        return UNDECIDED
    codes = words.codes(text, column.areas)
    if len(codes) == 1:
        return _held(codes[0], words)
    if codes:
        return UNSURE
    if WIDE_NAMES.search(text):
        return WIDER
    return SMALLER if column.level >= SMALLER_LEVEL else OTHER


def _held(code: str, words: Words) -> int:
    return WALES if words.catalogue.areas[code].comparator_only else HELD


def pairs_with(title: str) -> str:
    """What a heading says besides that it is a code or a name, to find the name that belongs to a code."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tidy(title).replace("_", " "))
    plain = re.sub(r"(\d\d)?(CD|NM)$", "", plain)
    return re.sub(r"\b(?:codes?|names?|id|old|new|ons|gss|\d+)\b", "", plain.lower()).strip().replace("  ", " ")

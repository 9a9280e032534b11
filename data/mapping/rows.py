"""Which rows of a foreign file are read, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.findings import Finding, compact, shorten
from data.mapping import places as sorts
from data.mapping.model import Mapping
from data.mapping.places import Places, places
from data.mapping.texts import Numbers, Truths, cells, texts
from data.mapping.words import Words
from data.reading.sheet import BLANKS

KEPT, OTHER_VALUES, MEASURE, EMPTY, NOT_YOURS = 0, 11, 12, 13, 14
WHY = {
    sorts.WIDER: "of wider places, such as England and Wales",
    sorts.WALES: "of Wales, which only serves comparison",
    sorts.SMALLER: "of smaller places, such as local authorities",
    sorts.OTHER: "of places not held here",
    sorts.NOTHING: "without a place, such as notes below the table",
    OTHER_VALUES: "of other categories",
    MEASURE: "of measures that are not indicators here",
    EMPTY: "without any figure",
    NOT_YOURS: "of areas you do not report for",
}
EXAMPLES = 3


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a table: the place of each, and why it is not read (0 when it is)."""

    places: Places
    why: Numbers

    @property
    def kept(self) -> Truths:
        """The rows that are read."""
        kept: Truths = self.why == KEPT
        return kept


def rows_of(table: pa.Table, mapping: Mapping, words: Words, areas: Collection[str] | None) -> Rows:
    """Look at every row; `areas` are the codes to keep, all when None."""
    by_row = mapping.used("area_code", "area_name")
    found = places(table, by_row, words)
    why = np.where(found.sorts == sorts.HELD, KEPT, found.sorts) if by_row else np.zeros(table.num_rows)
    if areas is not None and by_row:
        yours = pc.is_in(found.codes, pa.array(list(areas), pa.string())).to_numpy(zero_copy_only=False)
        why = _first(why, ~yours, NOT_YOURS)
    for column in mapping.used("only"):
        why = _first(why, ~texts(table, column.place).truths(column.keep.__contains__), OTHER_VALUES)
    for column in mapping.used("indicator"):
        why = _first(why, ~texts(table, column.place).truths(lambda text: bool(words.indicator(text))), MEASURE)
    why = _first(why, _nothing_in(table, mapping), EMPTY)
    return Rows(found, why.astype(np.int32))


def left_out(table: pa.Table, rows: Rows, mapping: Mapping, blank: int) -> list[Finding]:
    """The note that says how many rows, and single blank cells, are left out and of what kind."""
    times = Counter(rows.why[(rows.why != KEPT) & (rows.why != sorts.UNSURE)].tolist())
    parts = [f"{count:,} {WHY[why]}{_named(why, table, rows, mapping)}" for why, count in sorted(times.items())]
    total = sum(times.values())
    said = [f"{total:,} {'row is' if total == 1 else 'rows are'} left out: {'; '.join(parts)}"] if total else []
    if blank:
        said.append(
            f"{blank:,} blank {'cell says' if blank == 1 else 'cells say'} nothing and {_is(blank)} not read as zero"
        )
    if not said:
        return []
    numbers = table.column("row").filter(pa.array(np.isin(rows.why, list(times)))).to_pylist() if total else []
    return [Finding("note", "rows_left_out", "; ".join(said), "nothing to mend", rows=compact(numbers))]


def unsure(table: pa.Table, rows: Rows) -> list[Finding]:
    """The must-fix for rows whose name stands for a region and a force area alike, without a code to tell."""
    here = pa.array(rows.why == sorts.UNSURE)
    names = list(dict.fromkeys(rows.places.names.filter(here).to_pylist()))
    if not names:
        return []
    message = "the name stands for a region and for a police force area, and nothing in the file tells which"
    fix = "add a column with the area codes, or write for example West Midlands region and West Midlands Police"
    numbers = table.column("row").filter(here).to_pylist()
    return [Finding("must_fix", "place_ambiguous", message, fix, value=shorten(names[0]), rows=compact(numbers))]


def is_blank(cells: pa.Array) -> pa.Array:
    """Whether each cell holds nothing but blanks."""
    return pc.equal(pc.utf8_trim(cells, BLANKS), "")


def _first(why: Numbers, new: Truths, reason: int) -> Numbers:
    return np.where((why == KEPT) & new, reason, why)


def _nothing_in(table: pa.Table, mapping: Mapping) -> Truths:
    told = [part.place for part in mapping.figures] + [part.place for part in mapping.used("status", "comment")]
    nothing = np.ones(table.num_rows, dtype=bool)
    for place in told:
        nothing &= is_blank(cells(table, place)).to_numpy(zero_copy_only=False)
    return nothing


def _named(why: int, table: pa.Table, rows: Rows, mapping: Mapping) -> str:
    """A few examples of what is left out, where the kind alone does not tell."""
    here = pa.array(rows.why == why)
    if why == sorts.OTHER:
        found = rows.places.names.filter(here)
    elif why == MEASURE:
        found = cells(table, mapping.used("indicator")[0].place).filter(here)
    else:
        return ""
    names = [name for name in pc.unique(found).to_pylist() if name]
    shown = ", ".join(f"“{shorten(name)}”" for name in names[:EXAMPLES])
    return f" ({shown}{' …' if len(names) > EXAMPLES else ''})" if shown else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "are"

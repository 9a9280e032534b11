"""The cells of a table as lines of the template: one line for each row and each thing its headings are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping.fitting import computed
from data.mapping.model import Figure, Mapping
from data.mapping.rows import is_blank
from data.mapping.texts import Numbers, Truths, cells
from data.mapping.words import Words

NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
WITHHELD = re.compile(r"suppress|disclos|small (?:number|count)|confidential|withheld", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """The figures of a row that are about the same and so stand in one line."""

    figures: tuple[Figure, ...]

    @property
    def first(self) -> Figure:
        """The figure that the line is named after: the count, or the value where there is none."""
        return next(figure for fills in NUMBERS for figure in self.figures if figure.fills == fills)

    def filling(self, fills: str) -> Figure | None:
        """The figure that fills a template column."""
        return next((figure for figure in self.figures if figure.fills == fills), None)


def blocks(mapping: Mapping) -> list[Block]:
    """The figures by what they are about; a heading that stands twice makes two blocks."""
    found: dict[tuple[object, ...], list[Figure]] = {}
    for figure in mapping.figures:
        times = 0
        while any(other.fills == figure.fills for other in found.get((*figure.about, times), ())):
            times += 1
        found.setdefault((*figure.about, times), []).append(figure)
    return [Block(tuple(figures)) for figures in found.values()]


@dataclass(frozen=True, eq=False)
class Grid:
    """Lines in the order of the file: the blocks of the first row, then those of the second."""

    table: pa.Table
    blocks: list[Block]

    @cached_property
    def rows(self) -> Numbers:
        """For each line the index of its row."""
        return np.repeat(np.arange(self.table.num_rows, dtype=np.int32), len(self.blocks))

    @cached_property
    def which(self) -> Numbers:
        """For each line the index of its block."""
        return np.tile(np.arange(len(self.blocks), dtype=np.int32), self.table.num_rows)

    def of_rows(self, values: pa.Array) -> pa.Array:
        """A value of each row, for each line."""
        return values.take(pa.array(self.rows))

    def of_blocks(self, values: Sequence[str]) -> pa.Array:
        """A value of each block, for each line."""
        return pa.DictionaryArray.from_arrays(pa.array(self.which), pa.array(values, pa.string()))

    def of_cells(self, fills: str) -> pa.Array:
        """The cell that fills a template column, for each line; blank where a block has none."""
        blank = pa.repeat(pa.scalar("", pa.string()), self.table.num_rows)
        columns = [
            cells(self.table, figure.place) if (figure := block.filling(fills)) else blank for block in self.blocks
        ]
        at = self.which.astype(np.int64) * self.table.num_rows + self.rows
        return pa.concat_arrays(columns).take(pa.array(at))


def numbers(grid: Grid, mapping: Mapping, words: Words) -> dict[str, pa.Array]:
    """The number columns of the template that some figure fills; values that the program makes itself are blank."""
    filled = {figure.fills for figure in mapping.figures}
    found = {fills: without_sign(grid.of_cells(fills)) for fills in NUMBERS if fills in filled}
    if "numerator" in found:
        counted = pc.invert(is_blank(found["numerator"]))
        for fills in ("value", "lower", "upper"):
            if fills in found:
                ours = [bool(f and computed(f, mapping, words)) for f in (b.filling(fills) for b in grid.blocks)]
                drop = pc.and_(counted, pa.array(np.array(ours, dtype=bool)[grid.which]))
                found[fills] = pc.if_else(drop, "", found[fills])
    return found


def without_sign(column: pa.Array) -> pa.Array:
    """The cells without the percent sign behind a number, which the template does not have."""
    return pc.replace_substring_regex(column, r"^(\s*[-+]?[\d.,]+)\s*%\s*$", r"\1")


def nothing_in(columns: Sequence[pa.Array], lines: int) -> Truths:
    """The lines in which all of these columns are blank."""
    nothing = np.ones(lines, dtype=bool)
    for column in columns:
        nothing &= is_blank(column).to_numpy(zero_copy_only=False)
    return nothing


def reason_in(comment: str) -> str:
    """The note for a missing figure whose comment says why."""
    return ("c" if WITHHELD.search(comment) else "x") if comment.strip() else ""

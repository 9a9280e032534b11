"""The cells of a column as few different texts, so that each is looked at once however long the column is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.mapping.words import tidy
from data.reading.sheet import BLANKS

Numbers = np.ndarray[tuple[int], np.dtype[np.int32]]
Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Texts:
    """A column's different texts, without blanks around them, and for each row which of them stands there."""

    values: tuple[str, ...]
    which: Numbers

    def strings(self, meaning: Callable[[str], str]) -> pa.Array:
        """For each row what its text means."""
        return pa.array([meaning(value) for value in self.values], pa.string()).take(pa.array(self.which))

    def numbers(self, meaning: Callable[[str], int]) -> Numbers:
        """For each row the number that its text means."""
        return np.array([meaning(value) for value in self.values], dtype=np.int32)[self.which]

    def truths(self, holds: Callable[[str], bool]) -> Truths:
        """For each row whether something holds of its text."""
        return np.array([holds(value) for value in self.values], dtype=bool)[self.which]


def cells(table: pa.Table, place: int) -> pa.Array:
    """The cells of a column as written; blank ones when the file has no such column."""
    name = f"c{place}"
    if name not in table.column_names:
        return pa.repeat(pa.scalar("", pa.string()), table.num_rows)
    chunks = table.column(name).cast(pa.string()).chunks
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())


def texts(table: pa.Table, place: int) -> Texts:
    """The different texts of a column, each in one line."""
    encoded = pc.utf8_trim(cells(table, place), BLANKS).dictionary_encode()
    which = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    return Texts(tuple(map(tidy, encoded.dictionary.to_pylist())), which)


def together(columns: Sequence[Texts], rows: int) -> tuple[list[tuple[str, ...]], Numbers]:
    """The different combinations of texts of several columns, and for each row which of them stands there."""
    if not columns:
        return [()], np.zeros(rows, dtype=np.int32)
    combined = np.zeros(rows, dtype=np.int64)
    for column in columns:
        _, combined = np.unique(combined * len(column.values) + column.which, return_inverse=True)
    _, first, which = np.unique(combined, return_index=True, return_inverse=True)
    found = [tuple(column.values[column.which[row]] for column in columns) for row in first]
    return found, which.astype(np.int32)

"""The numbers in the cells of a file: each different text of a column is read once."""

from __future__ import annotations

import pyarrow as pa

from data import store

CELLS = "cells"


def with_numbers(connection: store.Connection, table: pa.Table, columns: tuple[str, ...]) -> pa.Table:
    """The table with a column of doubles `<name>_number` for each of the columns; null where there is no number."""
    for name in columns:
        table = table.append_column(f"{name}_number", _numbers(connection, table.column(name)))
    return table


def _numbers(connection: store.Connection, column: pa.ChunkedArray) -> pa.Array:
    whole = column.unify_dictionaries().combine_chunks()
    connection.register(CELLS, pa.table({"cell": whole.dictionary}))
    try:
        numbers = store.run(connection, "staging/numbers").to_arrow_table().column("number").combine_chunks()
    finally:
        connection.unregister(CELLS)
    return numbers.take(whole.indices)

"""The numbers in the cells of a file: each different text of a column is read once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data import store

CELLS = "cells"


def with_numbers(connection: store.Connection, table: pa.Table, columns: tuple[str, ...]) -> tuple[pa.Table, list[str]]:
    """The table with a column of doubles `<name>_number` for each of the columns that holds anything, and the texts
    that are no number, each once; null where there is no number.
    """
    unread: dict[str, None] = {}
    for name in columns:
        column = table.column(name)
        if column.null_count < len(column):
            whole = column.unify_dictionaries().combine_chunks()
            numbers = _numbers(connection, whole.dictionary)
            unread |= dict.fromkeys(whole.dictionary.filter(pc.is_null(numbers)).to_pylist())
            table = table.append_column(f"{name}_number", numbers.take(whole.indices))
    unread.pop("", None)
    return table, list(unread)


def _numbers(connection: store.Connection, texts: pa.Array) -> pa.Array:
    connection.register(CELLS, pa.table({"place": pa.arange(0, len(texts)), "cell": texts}))
    try:
        return store.run(connection, "staging/numbers").to_arrow_table().column("number").combine_chunks()
    finally:
        connection.unregister(CELLS)

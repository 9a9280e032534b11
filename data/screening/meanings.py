"""What the cells of a file mean, put beside them: each different text of a column is looked up once.

A join would compare the text of every row; here the rows of a text share its place in the column's dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

KEYS = (
    "area_code area_name indicator commitment perspective sector method direction consent_to_publish visibility".split()
)
DEFINED = {
    "measure": pa.string(),
    "multiplier": pa.float64(),
    "period_type": pa.string(),
    "resident_population": pa.bool_(),
}
"""What the checks need to know of the indicator of each row."""
NOTED = ("note", "numerator", "value", "denominator")
"""Where a note may stand, the first of them counting."""
Meanings = Mapping[str, Any]


def with_meanings(table: pa.Table, looked_up: pd.DataFrame, definitions: pd.DataFrame) -> pa.Table:
    """The table with `<field>_key` for each field of keys, `first_day` and `last_day` of the period, `note_key` and,
    for indicators, their measure, multiplier, period type and whether they are per resident.

    `looked_up` is what `look_up` gave; `definitions` has a row for each indicator. Null where nothing known is meant.
    """
    columns = {f"{field}_key": _keys(table, looked_up, field) for field in KEYS if field in table.column_names}
    for name, day in (("first_day", "period_start"), ("last_day", "period_end")):
        columns[name] = _mapped(table.column("period"), _meanings(looked_up, "period", day), pa.date32())
    if "indicator" in table.column_names:
        columns["note_key"] = _notes(table, _meanings(looked_up, "note", "key"))
        columns |= _defined(table, _meanings(looked_up, "indicator", "key"), definitions.set_index("key"))
    for name, column in columns.items():
        table = table.append_column(name, column)
    return table


def _meanings(looked_up: pd.DataFrame, field: str, what: str) -> Meanings:
    found = looked_up[(looked_up["field"] == field) & looked_up[what].notna()]
    return dict(zip(found["text"], found[what], strict=True))


def _keys(table: pa.Table, looked_up: pd.DataFrame, field: str) -> pa.ChunkedArray:
    return _mapped(table.column(field), _meanings(looked_up, field, "key"), pa.string())


def _defined(table: pa.Table, keys: Meanings, definitions: pd.DataFrame) -> dict[str, pa.ChunkedArray]:
    return {
        name: _mapped(table.column("indicator"), {text: definitions.at[key, name] for text, key in keys.items()}, kind)
        for name, kind in DEFINED.items()
    }


def _notes(table: pa.Table, marks: Meanings) -> pa.ChunkedArray:
    columns = [_mapped(table.column(name), marks, pa.string()) for name in NOTED]
    written = [column for column in columns if column.null_count < len(column)]
    if len(written) < 2:
        return written[0] if written else columns[0]
    return pc.coalesce(*(column.cast(pa.string()) for column in written))


def _mapped(column: pa.ChunkedArray, meanings: Meanings, kind: pa.DataType) -> pa.ChunkedArray:
    """The meaning of each cell: texts keep the codes of their dictionary, days and numbers take its places."""
    chunks = []
    for chunk in column.chunks:
        values = pa.array([meanings.get(text) for text in chunk.dictionary.to_pylist()], kind)
        coded = pa.types.is_string(kind)
        chunks.append(pa.DictionaryArray.from_arrays(chunk.indices, values) if coded else values.take(chunk.indices))
    return pa.chunked_array(chunks, pa.dictionary(pa.int32(), kind) if pa.types.is_string(kind) else kind)

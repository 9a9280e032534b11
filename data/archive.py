"""Frames as the bytes of files to take away: CSV and Parquet from one Arrow table, and a ZIP. Same in, same out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

from data.export import harmless

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
MARK = "\ufeff".encode()
"""In front of a CSV, so that spreadsheets read accents."""
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP, the oldest that it can say: the same data gives the same bytes."""


def to_arrow(frame: pd.DataFrame, types: Mapping[str, str], descriptions: Mapping[str, str] | None = None) -> pa.Table:
    """A frame as an Arrow table. `types` gives each column's type by the names in `TYPES`, and their order.

    `descriptions` travel with the columns, as Parquet keeps them.
    """
    words = descriptions or {}
    fields = [pa.field(name, TYPES[kind], metadata=_described(words.get(name))) for name, kind in types.items()]
    return pa.Table.from_pandas(frame, pa.schema(fields), preserve_index=False).replace_schema_metadata(None)


def to_parquet(table: pa.Table, about: Mapping[str, str] | None = None) -> bytes:
    """An Arrow table as Parquet; `about` are words on the whole that the file carries."""
    sink = io.BytesIO()
    parquet.write_table(table.replace_schema_metadata(about), sink, compression="zstd")
    return sink.getvalue()


def to_tidy_csv(table: pa.Table) -> bytes:
    """An Arrow table as UTF-8 CSV with a byte-order mark: dates ISO, missing blank, true and false in small letters.

    No cell is one that a spreadsheet runs as a formula: text that looks like one has an apostrophe in front.
    """
    sink = io.BytesIO()
    csv.write_csv(_harmless(table), sink)
    return MARK + sink.getvalue()


def with_constants(table: pa.Table, words: Mapping[str, str]) -> pa.Table:
    """The table with a column of text for each of these words, the same in every row."""
    for name, word in words.items():
        table = table.append_column(name, pa.repeat(pa.scalar(word), table.num_rows))
    return table


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by their names, in the order given."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, content)
    return sink.getvalue()


def _described(text: str | None) -> dict[str, str] | None:
    return {"description": text} if text else None


def _harmless(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if field.type == pa.string():
            column = table.column(place).dictionary_encode()
            table = table.set_column(place, field, _harmless_words(column))
    return table


def _harmless_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Each different text is looked at once; most columns repeat a few."""
    return pa.chunked_array([_harmless_chunk(chunk) for chunk in column.chunks], pa.string())


def _harmless_chunk(chunk: pa.DictionaryArray) -> pa.StringArray:
    words = pa.array([harmless(word) for word in chunk.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(chunk.indices, words).cast(pa.string())

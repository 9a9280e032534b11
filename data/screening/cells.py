"""The cells of a file in the columns of its template, as text."""

from __future__ import annotations

from functools import reduce

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.findings import Finding, compact
from data.reading import TEXT, Sheet
from data.templates import FILLED_IN, READING_HELP, Template

LOOKED_UP = (
    *("area_code", "area_name", "indicator", "commitment", "period", "period_days", "note"),
    *("perspective", "sector", "method", "direction", "consent_to_publish", "visibility"),
)
WHOLE_NUMBER = r"^(0|[1-9]\d{0,14})?$"
"""A number that is written in one way only."""


def texts(sheet: Sheet, template: Template) -> tuple[pa.Table, list[Finding]]:
    """The cells of each column of the template, trimmed, null where blank, with `row` and, once mapped, `sheet_row`.

    `period` is the text of the period wherever it stands, and `period_column` where; `period_days` are the first and
    last day where they stand beside another text. Columns are dictionary-encoded.
    Rows of a template with the names beside the keys that nobody filled in are left out, and the finding says so.
    """
    rows = sheet.table.column("row")
    sheet_rows = pa.nulls(len(rows), pa.int32()) if sheet.places is None else sheet.places.column("sheet_row")
    cells = {heading: _cells(sheet, heading) for heading in template.headings}
    table = pa.Table.from_pydict({"row": rows, "sheet_row": sheet_rows} | cells | _periods(cells))
    return _filled_in(table, template) if set(READING_HELP) & set(sheet.headings) else (table, [])


def different_texts(table: pa.Table, unread: list[str]) -> pd.DataFrame:
    """Columns field and text: each different text of the fields that have a meaning to be looked up, once.

    `unread` are texts in cells of numbers that are none: a note may stand there, too.
    """
    fields = [name for name in LOOKED_UP if name in table.column_names]
    pairs = dict.fromkeys((field, text) for field in fields for text in _different(table.column(field)))
    pairs |= dict.fromkeys(("note", text) for text in unread)
    return pd.DataFrame(list(pairs), columns=["field", "text"])


def compact_columns(table: pa.Table) -> pa.Table:
    """The table without columns that hold nothing, and without texts that say what the key or number beside them says.

    `upload_cells` gives the texts back from the key or the number.
    """
    names = [name for name in table.column_names if name == "row" or table.column(name).null_count < table.num_rows]
    return table.select([name for name in names if not _is_told_beside(table, name)])


def _is_told_beside(table: pa.Table, name: str) -> bool:
    if f"{name}_number" in table.column_names:
        texts = (chunk.dictionary for chunk in table.column(name).chunks)
        return all(pc.all(pc.match_substring_regex(each, WHOLE_NUMBER)).as_py() is not False for each in texts)
    if name in ("area_code", "indicator"):
        pairs = zip(table.column(name).chunks, table.column(f"{name}_key").chunks, strict=True)
        return all(_same(text.dictionary, key.dictionary) for text, key in pairs)
    return False


def _same(texts: pa.Array, keys: pa.Array) -> bool:
    return all(text in ("", key) for text, key in zip(texts.to_pylist(), keys.to_pylist(), strict=True))


def _different(column: pa.ChunkedArray) -> list[str]:
    texts = dict.fromkeys(text for chunk in column.chunks for text in chunk.dictionary.to_pylist())
    texts.pop("", None)
    return list(texts)


def _cells(sheet: Sheet, heading: str) -> pa.ChunkedArray:
    if heading in sheet.headings:
        return sheet.column(heading)
    return pa.chunked_array([pa.nulls(sheet.table.num_rows, TEXT)])


def _periods(cells: dict[str, pa.ChunkedArray]) -> dict[str, pa.ChunkedArray]:
    """The period as one text, from its own column or else from those of its first and last day."""
    period = cells["period"]
    if "period_start" not in cells or (
        cells["period_start"].null_count == cells["period_end"].null_count == len(period)
    ):
        return {}
    own, start, end = (cells[name].cast(pa.string()) for name in ("period", "period_start", "period_end"))
    there, starts, ends = (pc.is_valid(column) for column in (own, start, end))
    column = pc.case_when(
        pc.make_struct(there, pc.and_(starts, pc.invert(ends)), ends), "period", "period_end", "period_start", "period"
    )
    days = pc.binary_join_element_wise(start, end, " to ")
    beside = {} if own.null_count == len(own) else {"period_days": pc.if_else(there, days, None).dictionary_encode()}
    return beside | {
        "period": pc.coalesce(own, days).dictionary_encode(),
        "period_column": column.dictionary_encode(),
    }


def _filled_in(table: pa.Table, template: Template) -> tuple[pa.Table, list[Finding]]:
    blank = reduce(pc.and_, (pc.is_null(table.column(name)) for name in FILLED_IN[template.key]))
    rows = pc.coalesce(table.column("sheet_row"), table.column("row")).filter(blank).to_pylist()
    if not rows:
        return table, []
    if len(rows) == table.num_rows:
        return table.slice(0, 0), [_nothing_filled_in()]
    left = "1 row was left blank and is" if len(rows) == 1 else f"{len(rows):,} rows were left blank and are"
    fix = "fill them in if there is something to report"
    finding = Finding("note", "rows_not_filled_in", f"{left} skipped", fix, rows=compact(rows))
    return table.filter(pc.invert(blank)), [finding]


def _nothing_filled_in() -> Finding:
    message = "there are rows, but nothing was filled in"
    return Finding(
        "must_fix", "no_rows", message, "fill in at least one row, or put x in note to say that there is no figure"
    )

"""Personal data taken out of a file before anything else looks at it, so that no finding, download or store has it."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.findings import Finding, compact
from data.reading import Sheet, normalise_heading
from data.screening.personal import SUSPICIOUS, kinds
from data.templates import NUMBERS

REMOVED = "[removed]"
PLAIN_NUMBER = r"^[-+\d.,eE\s]*$"
Found = dict[tuple[str, str], set[int]]
"""Column and kind of personal data, with the rows where it stands."""


def redacted(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    """The sheet with “[removed]” for each cell that holds personal data, and a finding for each column and kind.

    Every cell is looked at: titles above the headings and columns that are not read are in the file, too. Digits in a
    column of numbers are figures.
    """
    found: Found = {}
    columns = [_column(sheet, place, found) for place in range(len(sheet.headings))]
    above = tuple(_row(cells, number, found) for number, cells in enumerate(sheet.above, 1))
    titles = _row(sheet.titles, sheet.heading_row, found)
    if not found:
        return sheet, []
    table = pa.Table.from_arrays([sheet.table.column("row"), *columns], names=sheet.table.column_names)
    headings = tuple(map(normalise_heading, titles))
    clean = replace(sheet, table=table, above=above, titles=titles, headings=headings)
    return clean, [personal_data(column, kind, sorted(rows)) for (column, kind), rows in found.items()]


def personal_data(column: str, kind: str, rows: list[int]) -> Finding:
    """The finding that names the cell and the kind, and not what stands there."""
    return Finding(
        "must_fix",
        "personal_data",
        f"this looks like personal data ({kind}); it is not shown again and the file was not kept",
        "take it out of your file: say what was meant without anything that tells who a person is",
        column,
        rows=compact(rows),
    )


def _column(sheet: Sheet, place: int, found: Found) -> pa.ChunkedArray:
    column = sheet.table.column(f"c{place}")
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    name, rows, chunks, start = sheet.headings[place], sheet.table.column("row"), [], 0
    for chunk in encoded.chunks:
        personal = _personal(chunk.dictionary, name in NUMBERS)
        for code, found_kinds in personal.items():
            at = pc.indices_nonzero(pc.equal(chunk.indices, code))
            numbers = rows.slice(start, len(chunk)).take(at).to_pylist()
            for kind in found_kinds:
                found.setdefault((name or f"column {place + 1}", kind), set()).update(numbers)
        chunks.append(_without(chunk, personal) if personal else chunk)
        start += len(chunk)
    return pa.chunked_array(chunks, encoded.type)


def _personal(texts: pa.Array, numbers: bool) -> dict[int, tuple[str, ...]]:
    """Place among different texts, and the kinds of personal data in it."""
    suspicious = pc.match_substring_regex(texts, SUSPICIOUS)
    if numbers:
        suspicious = pc.and_(suspicious, pc.invert(pc.match_substring_regex(texts, PLAIN_NUMBER)))
    places = pc.indices_nonzero(suspicious).to_pylist()
    looked_at = {place: kinds(texts[place].as_py()) for place in places}
    return {place: found for place, found in looked_at.items() if found}


def _without(chunk: pa.DictionaryArray, personal: dict[int, tuple[str, ...]]) -> pa.DictionaryArray:
    texts = [REMOVED if place in personal else text for place, text in enumerate(chunk.dictionary.to_pylist())]
    return pa.DictionaryArray.from_arrays(chunk.indices, pa.array(texts, pa.string()))


def _row(cells: tuple[str, ...], number: int, found: Found) -> tuple[str, ...]:
    """The cells of a row above the body, those with personal data removed."""
    personal = [kinds(cell) for cell in cells]
    for place, found_kinds in enumerate(personal, 1):
        for kind in found_kinds:
            found.setdefault((f"column {place}", kind), set()).add(number)
    return tuple(REMOVED if each else cell for each, cell in zip(personal, cells, strict=True))

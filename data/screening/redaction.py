"""Personal data taken out of a file before anything else looks at it, so that no finding, download or store has it."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.findings import Finding, compact, shorten
from data.reading import Sheet, normalise_heading, trimmed
from data.screening.personal import SUSPICIOUS, kinds, kinds_under, personal_heading, tells
from data.templates import NUMBERS

REMOVED = "[removed]"
PLAIN_NUMBER = r"^[-+\d.,eE\s]*$"
BESIDE = "elsewhere in the workbook"
NAMES = "names of people"
Found = dict[tuple[str, str], set[int]]
"""Column and kind of personal data, with the rows where it stands."""


def redacted(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    """The sheet with “[removed]” for each cell that holds personal data, and a finding for each column and kind.

    Every cell is looked at: titles above the headings and columns that are not read are in the file, too. Digits in a
    column of numbers are figures.
    """
    found: Found = {}
    above = tuple(_row(cells, number, found) for number, cells in enumerate(sheet.above, 1))
    titles = _row(sheet.titles, sheet.heading_row, found)
    headings = tuple(map(normalise_heading, titles))
    names = [_name(heading, place) for place, heading in enumerate(headings, 1)]
    columns = [_column(sheet, place, name, found) for place, name in enumerate(names)]
    beside = _beside(sheet, found)
    if not found:
        return sheet, []
    table = pa.Table.from_arrays([sheet.table.column("row"), *columns], names=sheet.table.column_names)
    clean = replace(sheet, table=table, above=above, titles=titles, headings=headings, beside=beside)
    return clean, [personal_data(column, kind, sorted(rows)) for (column, kind), rows in found.items()]


def retold(findings: list[Finding], personal: list[Finding], before: Sheet, after: Sheet) -> list[Finding]:
    """Findings made before anything was removed, without the values and headings that then were."""
    headings = [old for old, new in zip(before.headings, after.headings, strict=True) if old != new]
    beside = set(before.beside).difference(after.beside)
    rows = {row for finding in personal for row in finding.rows}
    return [_retold(finding, [*headings, *beside], rows) for finding in findings]


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


def _retold(finding: Finding, headings: list[str], rows: set[int]) -> Finding:
    message = finding.message
    for heading in headings:
        message = message.replace(f"“{shorten(heading)}”", f"“{REMOVED}”")
    column = REMOVED if finding.column in headings else finding.column
    value = REMOVED if finding.value and rows.intersection(finding.rows) else finding.value
    return replace(finding, message=message, column=column, value=value)


def _name(heading: str, number: int) -> str:
    """What a column is called in a finding: its heading, or its number where it has none that may be said."""
    return heading if heading not in ("", REMOVED) else f"column {number}"


def _column(sheet: Sheet, place: int, name: str, found: Found) -> pa.ChunkedArray:
    column = sheet.table.column(f"c{place}")
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    title, rows, chunks, start = sheet.titles[place], sheet.table.column("row"), [], 0
    for chunk in encoded.chunks:
        personal = _personal(chunk.dictionary, title, name in NUMBERS)
        for kind in sorted({kind for found_kinds in personal.values() for kind in found_kinds}):
            of_kind = pa.array([place for place, found_kinds in personal.items() if kind in found_kinds], pa.int32())
            there = pc.is_in(chunk.indices, value_set=of_kind)
            found.setdefault((name, kind), set()).update(rows.slice(start, len(chunk)).filter(there).to_pylist())
        chunks.append(_without(chunk, personal) if personal else chunk)
        start += len(chunk)
    return pa.chunked_array(chunks, encoded.type)


def _personal(texts: pa.Array, title: str, numbers: bool) -> dict[int, tuple[str, ...]]:
    """Place among the different texts below a heading, and the kinds of personal data in it."""
    if personal_heading(title):
        return {place: (NAMES,) for place, text in enumerate(texts.to_pylist()) if text.strip()}
    if tells(title):
        looked_at = {place: kinds_under(title, text) for place, text in enumerate(texts.to_pylist())}
        return {place: found for place, found in looked_at.items() if found}
    suspicious = pc.match_substring_regex(texts, SUSPICIOUS)
    if numbers:
        suspicious = pc.and_(suspicious, pc.invert(pc.match_substring_regex(texts, PLAIN_NUMBER)))
    places = pc.indices_nonzero(suspicious).to_pylist()
    looked_at = {place: kinds(texts[place].as_py()) for place in places}
    return {place: found for place, found in looked_at.items() if found}


def _beside(sheet: Sheet, found: Found) -> tuple[str, ...]:
    """The texts elsewhere in a workbook that are not personal; one that stands in the sheet is told of its cell."""
    personal = _personal(pa.array(sheet.beside, pa.string()), "", numbers=False)
    for place, found_kinds in personal.items():
        if not _in_sheet(sheet, sheet.beside[place]):
            for kind in found_kinds:
                found.setdefault((BESIDE, kind), set())
    return tuple(text for place, text in enumerate(sheet.beside) if place not in personal)


def _in_sheet(sheet: Sheet, text: str) -> bool:
    columns = (trimmed(sheet.table.column(name)) for name in sheet.table.column_names[1:])
    in_cells = (pc.any(pc.equal(chunk.dictionary, text)).as_py() for column in columns for chunk in column.chunks)
    return any(text in row for row in (sheet.titles, *sheet.above)) or any(in_cells)


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

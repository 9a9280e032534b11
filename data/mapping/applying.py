"""A foreign file as lines of the observations template, each knowing the cell it came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.catalogue import Catalogue
from data.findings import Finding
from data.mapping.dates import period_strings
from data.mapping.fitting import fitted, misfits
from data.mapping.headings import at_heading
from data.mapping.lines import Grid, blocks, nothing_in, numbers, reason_in
from data.mapping.measures import spaced
from data.mapping.model import LeftOut, Mapping, without
from data.mapping.named import UNREAD
from data.mapping.parts import is_total
from data.mapping.refusing import other_places, unclear
from data.mapping.roles import STATUSES
from data.mapping.rows import KEPT, Rows, left_out, rows_of, unsure
from data.mapping.texts import texts, together
from data.mapping.words import Words, words_of
from data.reading import Sheet
from data.reading.heading import normalise_heading
from data.templates import NOTE_MARKS, OBSERVATIONS

ALWAYS = ("area_code", "area_name", "indicator")
LOST = "if it holds figures, give it a heading like those of the other figures and leave only numbers in its cells"
Columns = dict[str, pa.Array]


def apply(
    sheet: Sheet, mapping: Mapping, catalogue: Catalogue, areas: Collection[str] | None = None
) -> tuple[Sheet, list[Finding]]:
    """The sheet under the template's headings, one line for each figure, and what is to be said of the rest.

    `table.row` counts the lines from 1; `places` has for each the `sheet_row` and `sheet_column` (the heading) of its
    cell. `areas` are the codes whose figures are read, all when None. The rows of the findings are spreadsheet rows.
    """
    words = words_of(catalogue)
    sheet = at_heading(sheet, mapping.heading_row)
    mapping = _of_areas(fitted(mapping, words), areas)
    rows = rows_of(sheet.table, mapping, words, areas)
    grid = Grid(sheet.table.filter(pa.array(rows.kept)), blocks(mapping))
    columns = _columns(grid, rows, mapping, words) if grid.blocks else {}
    there = _filled(columns, len(grid.which))
    blank = len(grid.which) - int(there.sum())
    found = [*misfits(mapping, words), *unsure(sheet.table, rows), *left_out(sheet.table, rows, mapping, blank)]
    found += [*_columns_left_out(mapping.left_out, sheet), *_nothing_left(there, rows, mapping)]
    return _sheet(sheet, grid, {name: column.filter(pa.array(there)) for name, column in columns.items()}, there), found


def _of_areas(mapping: Mapping, areas: Collection[str] | None) -> Mapping:
    if areas is None:
        return mapping
    others = [figure.place for figure in mapping.figures if figure.area_code and figure.area_code not in areas]
    return without(mapping, others, "of an area you do not report for")


def _columns(grid: Grid, rows: Rows, mapping: Mapping, words: Words) -> Columns:
    figures = numbers(grid, mapping, words)
    said = _notes(grid, mapping, figures)
    return (
        _areas(grid, rows, mapping)
        | _measures(grid, mapping, words)
        | _periods(grid, mapping, words)
        | (_parts(grid, mapping) | figures | said)
    )


def _areas(grid: Grid, rows: Rows, mapping: Mapping) -> Columns:
    if mapping.used("area_code", "area_name"):
        kept = pa.array(rows.kept)
        found = {"area_code": rows.places.codes.filter(kept), "area_name": rows.places.names.filter(kept)}
        return {name: grid.of_rows(column) for name, column in found.items()}
    firsts = [block.first for block in grid.blocks]
    return {
        "area_code": grid.of_blocks([figure.area_code or mapping.area_code for figure in firsts]),
        "area_name": grid.of_blocks([figure.area_name for figure in firsts]),
    }


def _measures(grid: Grid, mapping: Mapping, words: Words) -> Columns:
    for column in mapping.used("indicator"):
        return {"indicator": grid.of_rows(texts(grid.table, column.place).strings(words.indicator))}
    return {"indicator": grid.of_blocks([block.first.indicator or mapping.indicator for block in grid.blocks])}


def _periods(grid: Grid, mapping: Mapping, words: Words) -> Columns:
    if any(block.first.period for block in grid.blocks):
        return {"period": grid.of_blocks([block.first.period or mapping.period for block in grid.blocks])}
    by_row = period_strings(grid.table, mapping, words)
    if by_row:
        return {name: grid.of_rows(column) for name, column in by_row.items()}
    return {"period": grid.of_blocks([mapping.period] * len(grid.blocks))}


def _parts(grid: Grid, mapping: Mapping) -> Columns:
    """What the row is broken down by and the part; several at once are joined, and the total is blank."""
    columns = mapping.used("breakdown")
    if not columns:
        return {}
    found, which = together([texts(grid.table, column.place) for column in columns], grid.table.num_rows)
    titles = [spaced(column.title).lower() for column in columns]
    parts = [[(title, text) for title, text in zip(titles, one, strict=True) if not is_total(text)] for one in found]
    kinds = pa.array([" and ".join(title for title, _ in pairs) for pairs in parts], pa.string())
    names = pa.array([", ".join(text for _, text in pairs) for pairs in parts], pa.string())
    at = pa.array(which)
    return {"breakdown_type": grid.of_rows(kinds.take(at)), "breakdown": grid.of_rows(names.take(at))}


def _notes(grid: Grid, mapping: Mapping, figures: Columns) -> Columns:
    """Notes and comments; where a comment says why there is no figure, the note says that it is missing."""
    said = {
        "note": [grid.of_rows(texts(grid.table, one.place).strings(_mark)) for one in mapping.used("status")],
        "comment": [grid.of_rows(texts(grid.table, one.place).strings(str)) for one in mapping.used("comment")],
    }
    found = {name: columns[0] for name, columns in said.items() if columns}
    if "comment" in found and "note" not in found:
        missing = pa.array(nothing_in(list(figures.values()), len(grid.which)))
        comments = found["comment"].dictionary_encode()
        reasons = pa.array([reason_in(text) for text in comments.dictionary.to_pylist()], pa.string())
        found["note"] = pc.if_else(missing, reasons.take(comments.indices), "")
    return found


def _mark(text: str) -> str:
    known = STATUSES.get(text.lower())
    if known is not None:
        return known
    return text if text.strip("[]() ").lower() in NOTE_MARKS else ""


def _filled(columns: Columns, lines: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    told = [columns[name] for name in ("numerator", "value", "lower", "upper", "note") if name in columns]
    return ~nothing_in(told, lines)


def _sheet(sheet: Sheet, grid: Grid, columns: Columns, there: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Sheet:
    """The lines under the template's headings, in its order."""
    lines = int(there.sum())
    blank = pa.repeat(pa.scalar("", pa.string()), lines)
    names = [name for name in OBSERVATIONS.headings if name in columns or name in ALWAYS]
    if not {"numerator", "value"} & set(names):
        names.append("numerator")
    if not {"period", "period_start"} & set(names):
        names.append("period")
    table = pa.table({"row": pa.array(np.arange(1, lines + 1, dtype=np.int32))})
    for place, name in enumerate(names):
        table = table.append_column(f"c{place}", columns.get(name, blank))
    titles = pa.array([block.first.title for block in grid.blocks], pa.string())
    at = pa.array(there)
    rows = grid.table.column("row").take(pa.array(grid.rows).filter(at)) if lines else pa.array([], pa.int32())
    places = pa.table({"sheet_row": rows, "sheet_column": titles.take(pa.array(grid.which).filter(at))})
    headings = tuple(map(normalise_heading, names))
    return replace(sheet, table=table, headings=headings, titles=tuple(names), places=places)


def _columns_left_out(columns: Sequence[LeftOut], sheet: Sheet) -> list[Finding]:
    lost = [column for column in columns if column.why == UNREAD]
    told, told_lost = _left_out([column for column in columns if column not in lost]), _left_out(lost)
    rows = [sheet.heading_row]
    found = [Finding("note", "columns_left_out", told, "nothing to mend", rows=rows)] if told else []
    return [*found, Finding("check", "columns_left_out", told_lost, LOST, rows=rows)] if told_lost else found


def _left_out(columns: Sequence[LeftOut]) -> str:
    """How many columns are left out, which and why; empty when there are none."""
    reasons = dict.fromkeys(column.why for column in columns)
    parts = [f"{why}: {_listed([column.title for column in columns if column.why == why])}" for why in reasons]
    many = "1 column is" if len(columns) == 1 else f"{len(columns):,} columns are"
    return f"{many} left out ({'; '.join(parts)})" if parts else ""


def _listed(titles: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(f"“{title[:60]}”" for title in titles[:most])
    return f"{shown} and {len(titles) - most:,} more" if len(titles) > most else shown


def _nothing_left(there: np.ndarray[tuple[int], np.dtype[np.bool_]], rows: Rows, mapping: Mapping) -> list[Finding]:
    if there.any():
        return []
    areas = mapping.used("area_code", "area_name")
    return [other_places(areas)] if areas and not (rows.why == KEPT).any() else [unclear("figures")]

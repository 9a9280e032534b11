"""What is to be said of a sheet beside its rows: what a person looking at the workbook would not see or not expect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from data.findings import Finding, shorten
from data.reading.excel.book import Page
from data.reading.excel.sheet import Grid
from data.reading.heading import normalise_heading
from data.templates import OWN_SHEETS

NAMES_SHOWN = 8


def findings_of(
    grid: Grid, heading_at: int, known: frozenset[str], filled: list[int], page: Page, others: Mapping[str, bool]
) -> list[Finding]:
    """Findings about a sheet whose headings stand at the index `heading_at`.

    `filled` are the rows that took a merged cell's text; `others` the sheets not read, and whether each looks alike.
    """
    headings = [normalise_heading(cell) for cell in grid.rows[heading_at]]
    rows = range(heading_at + 2, len(grid.rows) + 1)
    found = [_other_sheets(page, others), _hidden_sheet(page), _hidden_columns(grid, headings)]
    found += [_hidden_rows(grid, rows), _merged(filled, rows), *_without_result(grid, headings, known, heading_at)]
    return [finding for finding in found if finding]


def _other_sheets(page: Page, others: Mapping[str, bool]) -> Finding | None:
    alike = [name for name, same in others.items() if same]
    names = alike or [name for name in others if name not in OWN_SHEETS]
    if not names:
        return None
    message = f"only the sheet {_quoted([page.name])} was read, not {_quoted(names)}"
    if alike:
        fix = "their headings are those of a template too: save each as a file of its own and upload it"
        return Finding("check", "sheets_not_read", message, fix)
    return Finding("note", "sheets_not_read", message, "nothing to mend unless they hold data too")


def _hidden_sheet(page: Page) -> Finding | None:
    if not page.hidden:
        return None
    message = f"the sheet {_quoted([page.name])} is hidden in the workbook; it was read because its headings fit best"
    return Finding("note", "hidden_read", message, "check that it is the one you mean")


def _hidden_columns(grid: Grid, headings: list[str]) -> Finding | None:
    hidden = {place for places in grid.hidden_places for place in range(places.start, min(places.stop, len(headings)))}
    names = [headings[place] for place in sorted(hidden) if headings[place]]
    if not names:
        return None
    message = f"these columns are hidden in the workbook and were read like the others: {_quoted(names)}"
    return Finding("note", "hidden_read", message, "check that they belong to what you send")


def _hidden_rows(grid: Grid, rows: range) -> Finding | None:
    hidden = [number for number in grid.hidden_rows if number in rows and any(grid.rows[number - 1])]
    if not hidden:
        return None
    message = "these rows are hidden or filtered out in the workbook and were read like the others"
    return Finding("note", "hidden_read", message, "take them out if you do not mean to send them", rows=hidden)


def _merged(filled: list[int], rows: range) -> Finding | None:
    below = [number for number in filled if number in rows]
    if not below:
        return None
    message = "a merged cell reaches over several rows; its text was taken for each of them"
    return Finding(
        "check", "cells_merged", message, "unmerge the cells and fill in each row if that is wrong", rows=below
    )


def _without_result(grid: Grid, headings: list[str], known: frozenset[str], heading_at: int) -> Iterator[Finding]:
    """Formulas without a result in the columns that are read; in a foreign file any column may be."""
    foreign = len(known.intersection(headings)) < 2
    by_column: dict[str, list[int]] = defaultdict(list)
    for number, place in grid.no_result:
        heading = headings[place] if place < len(headings) else ""
        if number > heading_at + 1 and heading and (foreign or heading in known):
            by_column[heading].append(number)
    for column, numbers in by_column.items():
        yield Finding(
            "must_fix",
            "cell_without_result",
            "the cell holds a formula whose result is not in the file",
            "open the workbook in your spreadsheet program and save it, or replace the formula by its value",
            column=column,
            rows=numbers,
        )


def _quoted(names: Iterable[str]) -> str:
    names = list(names)
    shown = ", ".join(f"“{shorten(name)}”" for name in names[:NAMES_SHOWN])
    return shown + (f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else "")

"""From a file to the way it is thought to be read, or to the words that say why it cannot be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.catalogue import Catalogue
from data.findings import Finding
from data.mapping import named, refusing, roles
from data.mapping.contents import Contents
from data.mapping.figures import Found, Rows, find_figures, may_be_figures
from data.mapping.fingertips import fingertips, is_fingertips
from data.mapping.measures import Measure, measure_of
from data.mapping.model import PERIOD_USES, Column, LeftOut, Mapping
from data.mapping.parts import part_columns
from data.mapping.places import HELD, places
from data.mapping.texts import texts
from data.mapping.view import View, view
from data.reading import Sheet
from data.templates import OBSERVATIONS, recognise

OWN_HEADINGS = 0.6
"""A file with so large a share of the template's headings is the template with faults, not a layout of its own."""


def examine(sheet: Sheet, catalogue: Catalogue) -> Mapping | Finding | None:
    """How a file is read, why it cannot be, or None for a template of ours and for what holds no figures."""
    if sheet.table.num_rows == 0 or is_ours(sheet):
        return None
    seen = view(sheet, catalogue)
    if is_fingertips(seen.sheet.headings):
        found = fingertips(seen)
        return _held_in(seen, found) if isinstance(found, Mapping) else found
    return _general(seen)


def is_ours(sheet: Sheet) -> bool:
    """Whether the headings are a template's: all that it needs, or nearly nothing else and a column of figures."""
    template = recognise(sheet.headings)
    written = [heading for heading in sheet.headings if heading]
    if template is not OBSERVATIONS:
        return template is not None and bool(set(written) & (set(template.headings) - set(OBSERVATIONS.headings)))
    shared = set(written) & set(template.headings)
    return bool(shared & {"numerator", "value"}) and (
        set(template.required) <= shared or len(shared) > OWN_HEADINGS * len(written)
    )


def _general(seen: View) -> Mapping | Finding | None:
    headed = named.by_heading(seen)
    columns, rest, unit = _roles(seen, named.not_for_roles(seen, headed))
    headed = [column for column in headed if column in rest]
    numbers = [
        column for column in rest if may_be_figures(column, seen.labels[column.place]) and not roles.says_period(column)
    ]
    uses = {column.use for column in columns}
    rows = Rows("area_code" in uses or "area_name" in uses, bool(uses & set(PERIOD_USES)), "indicator" in uses)
    numbers = _in_order([*numbers, *named.across(seen, numbers, headed, rows)])
    found = find_figures(numbers, [seen.labels[column.place] for column in numbers], rows, seen.words, unit)
    refused = refusing.refusal(seen, found, columns, rest)
    told = refusing.told_by(seen, found, columns)
    if refused or not told["figure"] or not (told["area"] or (told["period"] and told["indicator"])):
        return refused
    rest = [column for column in rest if column not in numbers and column not in headed]
    return _held_in(seen, _mapping(seen, found, columns, rest, headed))


def _in_order(columns: list[Contents]) -> list[Contents]:
    return sorted(columns, key=lambda column: column.place)


def _roles(seen: View, headed: list[Contents]) -> tuple[list[Column], list[Contents], Measure | None]:
    """The columns that say what rows are about, the columns that are left, and what a column of units says of all.

    The columns `headed` as figures are always left.
    """
    free = [column for column in seen.columns if column not in headed]
    columns: list[Column] = [*roles.area_columns(free, seen.words)]
    columns += roles.period_columns(_but(free, columns))
    columns += [
        replace(column, keep=tuple(filter(seen.words.indicator, texts(seen.sheet.table, column.place).values)))
        for column in roles.measure_columns(_but(free, columns), seen.words)
    ]
    units = roles.unit_column(_but(free, columns))
    rest = [column for column in _but(free, columns) if column is not units]
    notes = roles.note_columns(rest)
    kept = _kept_units(units)
    told = [text for column in kept for text in column.keep] or list(units.distinct if units else ())
    unit = measure_of(told[0]) if told else seen.unit
    return [*columns, *kept, *notes], _in_order([*_but(rest, notes), *headed]), unit


def _but(columns: list[Contents], taken: list[Column]) -> list[Contents]:
    places = {column.place for column in taken}
    return [column for column in columns if column.place not in places]


def _kept_units(units: Contents | None) -> list[Column]:
    """Where rows hold counts and rates in turn, the counts are read."""
    if units is None or len(units.distinct) < 2:
        return []
    measures: dict[str, Measure] = {text: measure_of(text) for text in units.distinct}
    fills = "numerator" if any(measure.fills == "numerator" for measure in measures.values()) else "value"
    kept = [text for text, measure in measures.items() if measure.fills == fills]
    return [Column(units.place, units.title, "only", keep=tuple(kept[:1]))]


def _mapping(seen: View, found: Found, columns: list[Column], rest: list[Contents], headed: list[Contents]) -> Mapping:
    across = found.across
    if across.area:
        columns = [column for column in columns if column.use not in ("area_code", "area_name")]
    may_part = [column for column in rest if not roles.BIRTH_HEADING.search(column.plain_title)]
    parts = part_columns(seen.sheet, may_part, _keys(columns), _read(seen, columns))
    used = sorted([*columns, *parts], key=lambda column: column.place)
    taken = {one.place for one in used} | {one.place for one in found.figures} | {one.place for one in found.left_out}
    others = [
        LeftOut(one.place, one.title, named.UNREAD if one in headed else _why(one))
        for one in seen.columns
        if one.place not in taken
    ]
    says_indicator = across.indicator or any(column.use == "indicator" for column in columns)
    says_period = across.period or any(column.use in PERIOD_USES for column in columns)
    return Mapping(
        across.kind,
        seen.sheet.heading_row,
        tuple(used),
        found.figures,
        tuple(sorted([*found.left_out, *others], key=lambda column: column.place)),
        indicator="" if says_indicator else seen.indicator,
        period="" if says_period else seen.period,
    )


def _keys(columns: list[Column]) -> list[Column]:
    return [column for column in columns if column.use not in ("status", "comment", "only")]


def _read(seen: View, columns: list[Column]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The rows of places held here; all rows where the rows name none."""
    areas = [column for column in columns if column.use in ("area_code", "area_name")]
    kept = (
        places(seen.sheet.table, areas, seen.words).sorts == HELD if areas else np.ones(seen.sheet.table.num_rows, bool)
    )
    for column in columns:
        if column.use == "only":
            kept &= texts(seen.sheet.table, column.place).truths(column.keep.__contains__)
    return kept


def _why(column: Contents) -> str:
    return "says nothing that is read" if column.texts else "holds nothing"


def _held_in(seen: View, mapping: Mapping) -> Mapping | Finding | None:
    """The mapping, when some row or heading is about a place held here, or it may be asked for."""
    areas = mapping.used("area_code", "area_name")
    if areas and not _read(seen, list(mapping.columns)).any():
        return refusing.other_places(areas)
    return mapping

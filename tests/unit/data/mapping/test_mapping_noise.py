"""Whatever a sheet holds, it is proposed, refused or passed over, and every line made of it has a cell behind it."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.mapping import Mapping, apply, chosen, describe, missing, series
from data.mapping.proposing import examine
from data.reading import Sheet, Unreadable, read
from data.templates import HEADINGS
from tests.unit.data.mapping.sheets import CATALOGUE, refusal

QUIET = settings(
    max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
HEADS = st.sampled_from(
    ["Area Code", "Area name", "Year", "Police force", "Region", "Local authority", "2019/20", "Apr '07 to Mar '083",
     "Cleveland", "West Midlands", "E23000014", "Robbery", "Homicide2", "Number", "Rate per 1,000 population", "Count",
     "Value", "% change", "Sex", "Measure", "Status", "Time period", "Indicator ID", "Category", "Month", "Quarter", ""]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "E23000013", "E92000001", "E06000047", "W15000001", "K04000001", "Cleveland", "West Midlands", "Kent",
         "England", "North East8,9", "British Transport Police", "2019", "2019/20", "202021", "Jan-21", "2020-03-31",
         "01/04/2020", "Q1", "March", "Robbery", "Bicycle theft", "[x]", "..", "+", "-00", "170,002 ", "4.5%", "-3",
         "Female", "Persons", "Provisional", "1. A note below the table", "Count", "Rate per 100,000"]
    ),
    st.integers(-5, 99999).map(str),
    st.floats(allow_nan=True).map(str),
    st.text(max_size=10),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=9), max_size=9)
TABLES = st.tuples(
    st.lists(st.lists(st.one_of(HEADS, CELLS), max_size=9), max_size=3), st.lists(HEADS, min_size=1, max_size=9), ROWS
)


def read_as(rows: list[list[str]]) -> Sheet | None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    try:
        return read(out.getvalue().encode(), HEADINGS)[0]
    except Unreadable:
        return None


def settled(mapping: Mapping) -> Mapping:
    """The mapping with everything chosen that may be asked."""
    choices = {"area": "E23000013", "indicator": "robbery", "period": "2019", "figure": (*series(mapping), "")[0]}
    mapping = chosen(mapping, **{name: choices[name] for name in missing(mapping)})
    assert not {"area", "indicator", "period"} & set(missing(mapping))
    return mapping


def assert_lines_have_cells(sheet: Sheet, mapping: Mapping) -> None:
    """Each number of each line stands in the row that the line names."""
    own, findings = apply(sheet, mapping, CATALOGUE)
    assert own.places is not None and own.places.num_rows == own.table.num_rows
    assert own.table.column("row").to_pylist() == list(range(1, own.table.num_rows + 1))
    rows = {row: list(cells) for row, *cells in zip(*(column.to_pylist() for column in all_rows(sheet)), strict=True)}
    numbers = [f"c{own.headings.index(name)}" for name in ("numerator", "value") if name in own.headings]
    for line, place in zip(own.table.to_pylist(), own.places.to_pylist(), strict=True):
        cells = {cell.strip().removesuffix("%").strip() for cell in rows[place["sheet_row"]]}
        assert all(line[name].strip() in cells | {""} for name in numbers)
    assert all(finding.message and list(finding.rows) == sorted(set(finding.rows)) for finding in findings)


def all_rows(sheet: Sheet) -> list[object]:
    return sheet.plain().columns


@QUIET
@given(table=TABLES)
def test_any_table_is_answered(table: tuple[list[list[str]], list[str], list[list[str]]]) -> None:
    above, headings, rows = table
    sheet = read_as([*above, headings, *rows])
    if sheet is None:
        return
    found = examine(sheet, CATALOGUE)
    if not isinstance(found, Mapping):
        assert found == refusal(sheet, CATALOGUE) and (found is None or (found.message and found.fix))
        return
    for mapping in (found, settled(found)):
        assert all(left and right for left, right in describe(mapping, CATALOGUE))
        assert_lines_have_cells(sheet, mapping)


@QUIET
@given(table=TABLES, other=TABLES)
def test_a_mapping_never_fails_on_another_file(
    table: tuple[list[list[str]], list[str], list[list[str]]], other: tuple[list[list[str]], list[str], list[list[str]]]
) -> None:
    first, second = (read_as([*above, headings, *rows]) for above, headings, rows in (table, other))
    found = examine(first, CATALOGUE) if first else None
    if isinstance(found, Mapping) and second:
        apply(second, found, CATALOGUE)


AREA_ROWS = st.lists(
    st.tuples(st.sampled_from(["E23000013", "E23000008", "E92000001", "E06000047"]), *[st.integers(0, 99999)] * 3),
    min_size=3,
    max_size=20,
)


@QUIET
@given(rows=AREA_ROWS)
def test_wide_tables_give_each_figure_once(rows: list[tuple[object, ...]]) -> None:
    sheet = read_as([["Area code", "2018/19", "2019/20", "2020/21"], *[[str(cell) for cell in row] for row in rows]])
    assert sheet is not None
    found = examine(sheet, CATALOGUE)
    held = [row for row in rows if row[0] != "E06000047"]
    if not held:
        assert not isinstance(found, Mapping)
        return
    assert isinstance(found, Mapping)
    own, _ = apply(sheet, found, CATALOGUE)
    numbers = own.table.column(f"c{own.headings.index('numerator')}").to_pylist()
    assert numbers == [str(cell) for row in held for cell in row[1:]]

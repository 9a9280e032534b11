"""Findings about lines of a mapped file, told of its cells, and never too many of them."""

import time

import numpy as np
import pyarrow as pa

from data.findings import Finding
from data.mapping import Column, Mapping
from data.screening.places import MOST, in_cells

MAPPING = Mapping("periods_across", 1, (Column(0, "Area code", "area_code"),), ())


def placed(rows: int, *titles: str) -> pa.Table:
    """The cells of a wide table: each row under each heading, from spreadsheet row 2."""
    sheet_rows = np.repeat(np.arange(2, rows + 2, dtype=np.int32), len(titles))
    return pa.table({"sheet_row": sheet_rows, "sheet_column": list(titles) * rows})


def years(number: int) -> list[str]:
    return [f"Y{year}" for year in range(number)]


def finding(lines: list[int], value: str = "1a", column: str = "numerator", message: str = "not a number") -> Finding:
    return Finding("must_fix", "number_unreadable", message, "type digits only", column, value, lines)


def told(findings: list[Finding]) -> list[tuple[str, str, list[int]]]:
    return [(item.column, item.value, list(item.rows)) for item in findings]


def test_few_headings_are_told_apart() -> None:
    found = in_cells([finding([1, 2, 4])], placed(2, "2023", "2024"), MAPPING)
    assert told(found) == [("2023", "1a", [2]), ("2024", "1a", [2, 3])]


def test_many_headings_are_told_once_with_the_first_three() -> None:
    found = in_cells([finding(list(range(1, 201)))], placed(2, *years(100)), MAPPING)
    assert told(found) == [("Y0, Y1, Y2 and 97 more", "1a", [2, 3])]


def test_a_case_in_few_headings_names_them_all() -> None:
    cases = [finding(list(range(1, 7))), finding([7, 10], "x")]
    assert told(in_cells(cases, placed(2, *years(7)), MAPPING)) == [
        ("Y0, Y1, Y2 and 3 more", "1a", [2]),
        ("Y2, Y6", "x", [2, 3]),
    ]


def test_the_same_case_in_two_template_columns_is_one() -> None:
    found = in_cells([finding([1]), finding([3], column="value")], placed(2, "2023", "2024"), MAPPING)
    assert told(found) == [("2023", "1a", [2, 3])]


def test_what_other_cells_of_the_row_fill_has_their_heading() -> None:
    found = in_cells([finding(list(range(1, 15)), column="area_code")], placed(2, *years(7)), MAPPING)
    assert told(found) == [("Area code", "1a", [2, 3])]


def test_never_more_than_the_most_of_a_code() -> None:
    places = placed(100, "2021", "2022", "2023", "2024", "2025")
    found = in_cells([finding([line], str(line)) for line in range(1, 501)], places, MAPPING)
    assert len(found) == MOST
    *listed, rest = found
    assert [item.value for item in listed] == [str(line) for line in range(1, MOST)]
    assert rest.message == "… (301 more different cases)" and rest.value == ""
    assert rest.column == "2021, 2022, 2023 and 2 more" and list(rest.rows) == list(range(41, 102))


def test_cases_that_were_not_listed_before_are_counted_too() -> None:
    cases = [finding([line], str(line)) for line in range(2, 202)]
    further = finding([1, *range(300, 401)], "", message="… (1,200 more different cases)")
    found = in_cells([*cases, further], placed(100, "2021", "2022", "2023", "2024"), MAPPING)
    assert len(found) == MOST and found[-1].message == "… (1,201 more different cases)"
    assert 2 in found[-1].rows and found[0].value == "2"


def test_levels_and_codes_are_counted_by_themselves() -> None:
    other = Finding("note", "small_number", "small", "nothing to mend", "numerator", "3", [1])
    found = in_cells([finding([2]), other], placed(1, "2023", "2024"), MAPPING)
    assert {(item.level, item.column) for item in found} == {("must_fix", "2024"), ("note", "2023")}


def test_a_file_that_is_not_mapped_keeps_its_findings() -> None:
    assert in_cells([finding([1])], None, MAPPING) == [finding([1])]
    assert in_cells([finding([])], placed(1, "2023"), MAPPING) == [finding([])]


def test_two_million_lines_take_little_time() -> None:
    lines = 2_000_000
    places = placed(lines // 100, *years(100))
    cases = [finding(list(range(first, lines + 1, 200)), str(first)) for first in range(1, 201)]
    began = time.perf_counter()
    found = in_cells(cases, places, MAPPING)
    assert len(found) == MOST and sum(len(item.rows) for item in found) == lines
    assert time.perf_counter() - began < 20

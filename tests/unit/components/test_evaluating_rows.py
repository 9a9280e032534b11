"""Rows of the tables of the evaluation commitment: every number with its denominator, every cell with its link."""

from datetime import date

import pandas as pd
import pytest

from components import evaluating_rows
from components.controls import View
from metrics.evaluation import TESTS, gaps, kept_by

WORDS = {"p": "passed", "f": "failed", "n": "not_applicable"}
NAMES = {"E23000024": "Norfolk", "E23000032": "Kent"}


@pytest.fixture
def view() -> View:
    words = {
        "area": {"E92000001": "England"} | NAMES,
        "commitment": {"SYS-1": "SYS-1 Prevention", "SYS-2": "SYS-2 Sharing"},
        "indicator": {"robbery": "Robbery"},
        "version": {0: "Newest"},
    }
    return View("E92000001", "SYS-1", "robbery", 1, date(2026, 10, 31), 1, words)


@pytest.fixture
def grid() -> pd.DataFrame:
    texts = {("E23000024", "SYS-1"): "ppppppp", ("E23000024", "SYS-2"): "ppfpppp",
             ("E23000032", "SYS-1"): "ppffppp", ("E23000032", "SYS-2"): "fffnfff"}  # fmt: skip
    lines = [
        {"area_code": code, "area_name": NAMES[code], "commitment": key, "proposed_only": key == "SYS-1"}
        | dict(zip(TESTS, (WORDS[letter] for letter in text), strict=True))
        for (code, key), text in texts.items()
    ]
    found = pd.DataFrame(lines).assign(reason=[None, None, None, "on time: nothing fell due"])
    passed = found[TESTS].eq("passed").sum(axis=1)
    return found.assign(tests_passed=passed, kept=passed == 7)


def texts(rows: evaluating_rows.Rows) -> list[list[str]]:
    return [[cell if isinstance(cell, str) else cell.text for cell in row] for row in rows]


def test_each_area_has_its_commitments_with_what_they_lack_and_where_to_read_on(grid: pd.DataFrame, view: View) -> None:
    assert [column.heading for column in evaluating_rows.grid_columns(grid)][2:] == ["SYS-1", "SYS-2"]
    norfolk, kent = evaluating_rows.grid_rows(grid, view)
    assert texts([norfolk, kent]) == [
        ["Norfolk", "1\u00a0of\u00a02", "7 of 7", "6 of 7"],
        ["Kent", "0\u00a0of\u00a02", "5 of 7", "0 of 7"],
    ]
    assert norfolk[3].detail == "lacks user voice" and norfolk[2].detail == ""
    assert norfolk[3].href == "commitment?area=Norfolk&commitment=SYS-2+Sharing"
    assert kent[3].detail.endswith("; not applicable: on time: nothing fell due")


def test_each_pair_has_every_result_in_words(grid: pd.DataFrame, view: View) -> None:
    rows = evaluating_rows.pair_rows(grid[grid["commitment"] == "SYS-1"], view, "area_name")
    assert texts(rows)[1] == [
        "Kent", "5 of 7", "passed", "passed", "failed", "failed", "passed", "passed", "passed", "",
    ]  # fmt: skip
    assert rows[0][6].detail == "proposed only" and rows[0][6].state == "passed"
    assert len(rows[0]) == len(evaluating_rows.TEST_COLUMNS) + 1


def test_counts_have_their_denominators(grid: pd.DataFrame) -> None:
    rows = evaluating_rows.counted_rows(kept_by(grid, "area_name"), ["Norfolk", "Kent"])
    assert rows[1][:3] == ["Kent", "0 of 2", "1 of 2"] and rows[1][-1] == "5 of 14"
    assert len(rows[0]) == len(evaluating_rows.COUNTED) + 1


def test_what_would_complete_most_stands_first(grid: pd.DataFrame) -> None:
    rows = evaluating_rows.gap_rows(gaps(grid))
    assert rows[0][0].text == "user voice" and rows[0][1:] == [
        "1\u00a0of\u00a04", "3\u00a0of\u00a04", "0\u00a0of\u00a04", "2", "1 pair in 1 area",
    ]  # fmt: skip
    assert rows[1][-1] == "no pair"


def test_areas_that_one_test_would_complete_are_marked(grid: pd.DataFrame) -> None:
    assert evaluating_rows.marked(grid, "user_voice") == {"Norfolk"}
    assert evaluating_rows.marked(grid, "on_time") == set() == evaluating_rows.marked(grid, "")
    assert evaluating_rows.area_ends(grid, "area_name") == {"Norfolk": "1 of 2", "Kent": "0 of 2"}

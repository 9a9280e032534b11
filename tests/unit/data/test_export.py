"""What leaves as CSV is the same text, and no spreadsheet runs anything in it."""

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.export import harmless, rows_to_csv, to_csv


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20 7946 0000",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=",
        "--5",
        "-1%",
        "- a point",
        "+a",
        "-5 people",
    ],
)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert cells(rows_to_csv(["comment"], [[text]])) == [["comment"], [f"'{text}"]]


@pytest.mark.parametrize(
    "text", ["-5", "+5", "-0.5", "-1e5", "-00", "-.5", "-", "+", "5-2", "a=b", "", " ", "'=1", "x"]
)
def test_numbers_marks_and_plain_text_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_headings_are_harmless_too() -> None:
    assert cells(rows_to_csv(["=cmd()", "value"], []))[0] == ["'=cmd()", "value"]
    assert cells(to_csv(pd.DataFrame({"@name": ["a"]})))[0] == ["'@name"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (-5, "-5"),
        (-5.0, "-5"),
        (1204.0, "1204"),
        (12.5, "12.5"),
        (0.0, "0"),
        (np.float64(3), "3"),
        (1e15, "1000000000000000.0"),
        (float("nan"), ""),
        (None, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (pd.Timestamp("2025-07-31 10:00"), "2025-07-31"),
        (date(2025, 7, 31), "2025-07-31"),
        (True, "True"),
        (["SYS-1", "COM-2"], "SYS-1; COM-2"),
        (["=1", "a"], "'=1; a"),
        ((), ""),
    ],
)
def test_cells_are_written_plainly(cell: object, written: str) -> None:
    assert cells(rows_to_csv(["a", "b"], [[cell, "x"]]))[1] == [written, "x"]


def test_text_comes_back_as_it_went() -> None:
    text = ["a, b", 'said "yes"', "two\nlines", "café – £5", "  blanks  ", "a;b", "<b>&amp;</b>", "😀"]
    assert cells(rows_to_csv(["text"], [[item] for item in text]))[1:] == [[item] for item in text]


def test_file_begins_with_the_mark_that_spreadsheets_read_accents_by() -> None:
    assert rows_to_csv(["é"], []) == b"\xef\xbb\xbf\xc3\xa9\r\n"


def test_frame_is_written_with_its_version_on_each_row_and_is_not_changed() -> None:
    frame = pd.DataFrame({"area": ["Norfolk", "Suffolk"], "value": [1.0, np.nan]})
    assert cells(to_csv(frame, 7, date(2026, 10, 31))) == [
        ["area", "value", "data_version", "as_of"],
        ["Norfolk", "1", "7", "2026-10-31"],
        ["Suffolk", "", "7", "2026-10-31"],
    ]
    assert list(frame) == ["area", "value"]
    assert cells(to_csv(frame))[0] == ["area", "value"]

"""Workbooks with one fault each, made when they are needed: a text file cannot show what is wrong with them."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("area_code", "area_name", "indicator", "period", "numerator", "denominator", "value", "comment")
NORFOLK, INDICATOR = ("E23000024", "Norfolk"), "s136_health_based_place"
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that holds a workbook with a password, or one from before 2007."""


def figures() -> list[tuple[Any, ...]]:
    """Three rows of the template that nothing is wrong with."""
    periods = ("2026/27 Q1", "2026/27 Q2", "2025/26 Q4")
    return [(*NORFOLK, INDICATOR, period, 54, 86, 62.8, "Invented") for period in periods]


def filled(book: openpyxl.Workbook, title: str = "Numbers") -> Worksheet:
    """A new sheet of a workbook with those rows."""
    sheet = book.create_sheet(title)
    for row in (HEADINGS, *figures()):
        sheet.append(row)
    return sheet


def book_of(*changes: Callable[[Worksheet], object]) -> openpyxl.Workbook:
    """A workbook with those rows, changed."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = filled(book)
    for change in changes:
        change(sheet)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def protected() -> bytes:
    """As Excel keeps a workbook with a password: only the names of its parts can be read."""
    return CONTAINER + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 96 + b"Invented"


def cut_off() -> bytes:
    """A workbook whose second half was lost on the way."""
    content = saved(book_of())
    return content[: len(content) // 2] + b"Invented: the rest never came"


def with_formula() -> bytes:
    """A share that was to be worked out, in a file that was never opened by a program that does so."""
    return saved(book_of(lambda sheet: sheet.cell(3, 7, "=100*E3/F3")))


def with_merged_cells() -> bytes:
    """One comment beside two rows."""
    return saved(book_of(lambda sheet: sheet.merge_cells("H3:H4")))


def with_another_sheet() -> bytes:
    """A sheet of notes after the one with the rows."""
    book = book_of()
    book.create_sheet("Invented notes").append(["These figures are invented"])
    return saved(book)


def with_two_filled_sheets() -> bytes:
    """Two sheets that were filled in."""
    book = book_of()
    filled(book, "Numbers of last year")
    return saved(book)


def with_hidden_cells() -> bytes:
    """Rows in a hidden sheet beside one that holds nothing, with a hidden column and a hidden row."""
    book = book_of(lambda sheet: setattr(sheet, "sheet_state", "hidden"))
    book["Numbers"].column_dimensions["B"].hidden = True
    book["Numbers"].row_dimensions[3].hidden = True
    book.create_sheet("Blank")
    book.active = 1
    return saved(book)


FAULTY = {
    "file_protected": protected,
    "file_workbook_unreadable": cut_off,
    "cell_without_result": with_formula,
    "cells_merged": with_merged_cells,
    "sheets_not_read": with_another_sheet,
    "hidden_read": with_hidden_cells,
}
"""By code of the fault."""

"""Frames as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
SIGNS = ("-", "+")
"""Marks that published files put in place of a number; alone they are no formula."""


def harmless(value: object) -> object:
    """A cell that no spreadsheet runs as a formula: text that looks like one gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(DANGEROUS) and not _is_number(value) and value not in SIGNS:
        return f"'{value}"
    return value


def to_csv(frame: pd.DataFrame, version: int | None = None, as_of: date | None = None) -> bytes:
    """A frame as UTF-8 CSV with a byte-order mark, so that spreadsheets read accents.

    With a version, each row repeats the data version and the as-of date it is from.
    """
    if version is not None and as_of is not None:
        frame = frame.assign(data_version=version, as_of=as_of.isoformat())
    return rows_to_csv(list(map(str, frame.columns)), frame.itertuples(index=False, name=None))


def rows_to_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Headings and rows as CSV bytes; missing values are blank, dates ISO, whole numbers without a decimal point."""
    return lines_to_csv(chain([headings], rows))


def lines_to_csv(lines: Iterable[Sequence[Any]]) -> bytes:
    """Lines of cells as CSV bytes, in the way of `rows_to_csv`."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(_plain(cell)) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> object:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and pd.isna(cell)) or cell is pd.NA:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, pd.Timestamp | date):
        return cell.isoformat()[:10]
    if isinstance(cell, list | tuple):
        return "; ".join(map(str, cell))
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

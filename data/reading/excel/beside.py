"""Texts anywhere in a workbook: other sheets and their names, comments, text boxes, and what is known of the file."""

from __future__ import annotations

import re
from html import unescape

from data.reading.excel.archive import opened

TAG = re.compile(r"<(/?)(?:\w+:)?(\w+)[^>]*>")
# Parts of one text that differ in how they look; every other tag ends a text.
RUNS = frozenset(
    "r t rPr b i u sz color rFont family scheme charset vertAlign strike latin ea cs solidFill srgbClr".split()
)
SHEET_NAME = re.compile(r'<(?:\w+:)?sheet [^>]*?\bname="([^"]*)"')
PLAIN = re.compile(r"[-+\d.,eE\s]*")


def texts_of(content: bytes) -> tuple[str, ...]:
    """Each different text in any part of a workbook once, figures left out; raises `Unreadable` as `rows_of` does."""
    found: dict[str, None] = {}
    with opened(content) as archive:
        for part in archive.names():
            if part.endswith((".xml", ".vml")):
                found |= dict.fromkeys(_texts(archive.bytes_of(part).decode("utf-8", errors="replace")))
    return tuple(found)


def _texts(part: str) -> list[str]:
    if "<sheetData" in part and not re.search(r"<(?:\w+:)?t[ >]|t=\"str\"", part):
        return []  # a sheet of numbers and of places in the list of shared texts
    plain = TAG.sub(lambda tag: "" if tag[2] in RUNS else "\n", part)
    lines = [unescape(line).strip() for line in (*SHEET_NAME.findall(part), *plain.split("\n"))]
    return [line for line in lines if not PLAIN.fullmatch(line)]

"""Texts of a workbook beside the sheet that is read: other sheets and their names, comments, links, and its author."""

from __future__ import annotations

import re
from html import unescape

from data.reading.excel.archive import Archive

TAG = re.compile(r"<(/?)(?:\w+:)?(\w+)[^>]*>")
# Parts of one text that differ in how they look; every other tag ends a text.
RUNS = frozenset(
    "r t rPr b i u sz color rFont family scheme charset vertAlign strike latin ea cs solidFill srgbClr".split()
)
NAMED = re.compile(r'<(?:\w+:)?sheet [^>]*?\bname="([^"]*)"|\bTarget="([^"]*)"')
"""Names of sheets, and what links lead to."""


def texts_in(archive: Archive, read: str) -> tuple[str, ...]:
    """Each different text in any part of a workbook but the sheet that is read, once, figures of other sheets too."""
    found: dict[str, None] = {}
    for part in archive.names():
        if part.endswith((".xml", ".vml", ".rels")) and not archive.is_same(part, read):
            found |= dict.fromkeys(_texts(archive.bytes_of(part).decode("utf-8", errors="replace")))
    return tuple(found)


def _texts(part: str) -> list[str]:
    plain = TAG.sub(lambda tag: "" if tag[2] in RUNS else "\n", part)
    named = (name or target for name, target in NAMED.findall(part))
    lines = (unescape(line).strip() for line in (*named, *plain.split("\n")))
    return [line for line in lines if line]

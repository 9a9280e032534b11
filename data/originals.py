"""The bytes of a file as it was sent: kept in little room, given back whole, and searched for a text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import pyarrow as pa

PACKED = b"\x28\xb5\x2f\xfd"
"""How Zstandard begins; no table of text or workbook does."""
WORKBOOK = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What may stand before and after the text of a cell: the file's start or end, a separator, a quotation mark, a line
# break, blanks, a tag of a workbook, and the mark that keeps a spreadsheet from running a text.
BEFORE = r"(?:\A|[,;\t\"\r\n>])[\s'\u200b\ufeff]*"
AFTER = r"[\s\u200b\ufeff]*(?:\Z|[,;\t\"\r\n<])"


def packed(content: bytes) -> bytes:
    """The bytes in little room: a table of a million rows takes a twentieth of its size."""
    return bytes(pa.compress(content, codec="zstd", asbytes=True))


def unpacked(kept: bytes) -> bytes:
    """The bytes as they were sent; what an older release kept as it was is given back so."""
    if not kept.startswith(PACKED):
        return kept
    with pa.input_stream(pa.py_buffer(kept), compression="zstd") as stream:
        return bytes(stream.read())


def holds(content: bytes, text: str) -> bool:
    """Whether a cell of the file is this text, in whichever encoding, separated, quoted or in a workbook.

    A text that stands between commas or quotation marks inside a longer cell is found too: rather one file too many.
    """
    # Looking for a word of it first is many times as fast, and most files do not hold it.
    word = max(re.findall(r"[A-Za-z0-9]+", text), key=len, default="")
    quoted = text.replace('"', '""')
    pattern = re.compile(f"{BEFORE}(?:{_written(text)}|{_written(quoted)}){AFTER}")
    return any(word in words and pattern.search(words) is not None for words in _readings(content, word.encode()))


def _written(text: str) -> str:
    """The text as a pattern; a line break may be written as one sign or as two."""
    return r"\s+".join(map(re.escape, text.split()))


def _readings(content: bytes, word: bytes) -> Iterator[str]:
    if content.startswith(WORKBOOK):
        yield from _parts(content)
    elif content.startswith(UTF_16):
        yield content.decode("utf-16", errors="replace")
    elif word in content:
        yield content.decode("utf-8", errors="replace")
        yield content.decode("cp1252", errors="replace")


def _parts(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield unescape(archive.read(name).decode("utf-8", errors="replace"))
    except (zipfile.BadZipFile, NotImplementedError):
        return

"""The parts of an .xlsx file: XML in a zip, opened with care because anybody may have made it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from lzma import LZMAError
from typing import Protocol
from xml.parsers import expat

from data.reading.refusal import Unreadable, refuse

ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
UNPACKED_LIMIT = 1024**3
"""In bytes. A sheet of a million rows unpacks to half of it; a file made to fill the memory unpacks to far more."""
WHAT_BREAKS = (
    zipfile.BadZipFile, zlib.error, LZMAError, expat.ExpatError,
    ArithmeticError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
ELEMENTS_LIMIT = 1_000_000
"""Elements of a part that is held whole: the list of sheets, the styles."""
SAVE_AGAIN = "Open it in your spreadsheet program and save it as an Excel workbook (.xlsx), or as “CSV UTF-8”."


class Reader(Protocol):
    """What is told of each element of an XML part, by its name without prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside the element."""


class Enough(Exception):
    """Raised by a `Reader` that needs no more of its part."""


class Archive:
    """The parts of a workbook by name; names differ in case and slashes from writer to writer."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self._names = {_plain(name): name for name in zipped.namelist()}

    def __contains__(self, part: str) -> bool:
        return _plain(part) in self._names

    def read(self, part: str, reader: Reader) -> None:
        """Read an XML part; raises `Unreadable` where it declares entities, which can swell to any size."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.StartElementHandler = _without_prefix(reader.start)
        parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
        parser.CharacterDataHandler = reader.text
        with self._zipped.open(self._names[_plain(part)]) as stream:
            try:
                parser.ParseFile(stream)
            except Enough:
                pass

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def is_same(self, part: str, other: str) -> bool:
        """Whether two names, however they are written, are of one part."""
        return _plain(part) == _plain(other)

    def bytes_of(self, part: str) -> bytes:
        """A part as it is."""
        return self._zipped.read(self._names[_plain(part)])

    def elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """Every element of a small part, in order, with its attributes; nothing when the part is not there."""
        found = _Elements()
        if part in self:
            self.read(part, found)
        return found.all

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: identifier to the kind of part and its name."""
        folder, name = posixpath.split(part)
        links = self.elements(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            link.get("Id", ""): (posixpath.basename(link.get("Type", "")), _joined(folder, link.get("Target", "")))
            for element, link in links
            if element == "Relationship" and link.get("TargetMode") != "External"
        }


@contextmanager
def opened(content: bytes) -> Iterator[Archive]:
    """The parts of a workbook; whatever turns out to be broken while they are read becomes `Unreadable`."""
    if content.startswith(OLE):
        raise _old_or_protected(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            _refuse_protected(zipped)
            _refuse_swollen(zipped)
            yield Archive(zipped)
    except Unreadable:
        raise
    except WHAT_BREAKS:
        raise unreadable("The workbook is damaged, so it cannot be read.") from None


def unreadable(message: str, fix: str = SAVE_AGAIN) -> Unreadable:
    """The refusal of a workbook that nothing can be read from."""
    return refuse("file_workbook_unreadable", message, fix)


class _Elements:
    def __init__(self) -> None:
        self.all: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.all) >= ELEMENTS_LIMIT:
            raise unreadable("The workbook’s styles or its list of sheets are too long to be read.")
        self.all.append((name, attributes))

    def end(self, name: str) -> None:
        """Nothing: only beginnings count."""

    def text(self, text: str) -> None:
        """Nothing: these parts say all in attributes."""


def _without_prefix(start: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    return lambda name, attributes: start(name.rpartition(":")[2], attributes)


def _refuse_declaration(*_: object) -> None:
    raise unreadable("The workbook declares entities, which no spreadsheet program writes, so it was not read.")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _old_or_protected(content: bytes) -> Unreadable:
    """A container of the old kind holds a workbook with a password, or one from before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _protected()
    return unreadable("The file is an old workbook (.xls) or document, which cannot be read.")


def _protected() -> Unreadable:
    return refuse(
        "file_protected",
        "The workbook is protected with a password, so it cannot be read.",
        "Take the password out (in Excel: File, Info, Protect Workbook, Encrypt with Password) and save it as .xlsx.",
    )


def _refuse_protected(zipped: zipfile.ZipFile) -> None:
    if any(entry.flag_bits & 1 for entry in zipped.infolist()):
        raise _protected()


def _refuse_swollen(zipped: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than memory holds; no part yields more than it declares here."""
    size = sum(entry.file_size for entry in zipped.infolist())
    if size > UNPACKED_LIMIT:
        raise refuse(
            "file_too_large",
            f"Unpacked, the workbook has {size / 1024**2:,.0f} MB; the limit is {UNPACKED_LIMIT / 1024**2:,.0f} MB.",
            "Split it by period or by area, and take out sheets that do not belong to it.",
        )

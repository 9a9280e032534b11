"""A workbook: its sheets, and what the cells of all of them refer to."""

from __future__ import annotations

from dataclasses import dataclass

from data.reading.excel.archive import SAVE_AGAIN, Archive, unreadable
from data.reading.excel.cells import BUILT_IN, text_of
from data.reading.excel.sheet import CELLS_LIMIT, ROW_LIMIT, TRUE, Book, Grid, SheetReader
from data.reading.refusal import refuse


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An opened workbook. Raises `Unreadable` for an archive that is none."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        part = _workbook_part(archive)
        elements, links = archive.elements(part), archive.related(part)
        parts = dict(links.values())
        self.pages = _pages(elements, links)
        self._book = Book(
            _strings(archive, parts.get("sharedStrings", "")),
            _formats(archive, parts.get("styles", "")),
            any(name == "workbookPr" and values.get("date1904") in TRUE for name, values in elements),
        )

    def grid(self, page: Page, most: int = ROW_LIMIT, whole_days: frozenset[int] = frozenset()) -> Grid:
        """The first `most` rows of a sheet; `whole_days` are the places of columns that hold days, not months."""
        reader = SheetReader(self._book, most, whole_days)
        self._archive.read(page.part, reader)
        return reader.grid


class _Strings:
    """The texts that cells share, each of one or more runs; how it is spoken is no part of it."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._runs: list[str] = []
        self._listening = self._spoken = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._runs = []
        elif name == "rPh":
            self._spoken = True
        elif name == "t":
            self._listening = not self._spoken

    def end(self, name: str) -> None:
        if name == "si":
            self._keep()
        elif name == "rPh":
            self._spoken = False
        elif name == "t":
            self._listening = False

    def text(self, text: str) -> None:
        if self._listening:
            self._runs.append(text)

    def _keep(self) -> None:
        if len(self.all) >= CELLS_LIMIT:
            raise unreadable("The workbook holds more texts than a sheet has cells.")
        self.all.append(text_of("".join(self._runs)))


def _workbook_part(archive: Archive) -> str:
    kinds = dict(archive.related("").values())
    part = kinds.get("officeDocument", "xl/workbook.xml")
    if part.lower().endswith(".bin"):
        raise unreadable("The file is a binary workbook (.xlsb), which cannot be read.")
    if part not in archive or not any(name == "sheets" for name, _ in archive.elements(part)):
        message = "The file is a document or archive, not a CSV file or an Excel workbook."
        raise refuse("file_not_csv", message, SAVE_AGAIN)
    return part


def _pages(elements: list[tuple[str, dict[str, str]]], links: dict[str, tuple[str, str]]) -> list[Page]:
    """The sheets in their order; charts that fill a sheet are none."""
    pages = []
    for element, values in elements:
        if element == "sheet":
            identifier = next((value for name, value in values.items() if name.endswith(":id")), "")
            kind, part = links.get(identifier, ("", ""))
            if kind == "worksheet":
                pages.append(Page(values.get("name", ""), part, values.get("state", "visible") != "visible"))
    return pages


def _strings(archive: Archive, part: str) -> list[str]:
    found = _Strings()
    if part in archive:
        archive.read(part, found)
    return found.all


def _formats(archive: Archive, part: str) -> list[str]:
    """The number format of each style that cells may have, by its number."""
    codes, styles, counted = dict(BUILT_IN), [], False
    for element, values in archive.elements(part):
        if element == "dxfs":
            # What follows is for cells that stand out under some condition.
            break
        if element in ("cellXfs", "cellStyleXfs"):
            counted = element == "cellXfs"
        elif element == "numFmt":
            codes[int(values.get("numFmtId", "0"))] = values.get("formatCode", "")
        elif element == "xf" and counted:
            styles.append(int(values.get("numFmtId", "0")))
    return [codes.get(number, "General") for number in styles]

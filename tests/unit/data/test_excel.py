"""Excel workbooks as people and programs save them: cells read as on the screen, and nothing harmful is opened."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.findings import Finding
from data.reading import Unreadable
from data.reading.excel import archive, is_workbook, rows_of, sheet
from data.reading.excel.cells import kind_of, number_text, plain
from data.templates import HEADINGS, OBSERVATIONS

HEADING = ["area_code", "indicator", "period", "numerator", "comment"]
ROW = ["E23000024", "people_who_felt_heard", "2025/26 Q1", "40", "Invented"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def book_of(*rows: list[Any], title: str = "Data") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped(parts: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return content.getvalue()


def raw(data: str, before: str = "", after: str = "", **parts: str) -> dict[str, bytes | str]:
    """The parts of a workbook with one sheet, whose cells are given as XML."""
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{KINDS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{KINDS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{KINDS}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}'
        "</worksheet>",
    } | {f"xl/{name}.xml": f'<{name} xmlns="{MAIN}">{part}</{name}>' for name, part in parts.items()}


def heading_row() -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADING)
    return f'<row r="1">{cells}</row>'


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def read(content: bytes) -> tuple[list[list[str]], list[Finding]]:
    return rows_of(content, HEADINGS)


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.level, finding.code) for finding in found]


def refused(content: bytes) -> Finding:
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert caught.value.finding.level == "must_fix" and caught.value.finding.fix
    return caught.value.finding


def shown(value: Any, number_format: str = "General", heading: str = "numerator") -> str:
    """How one cell reads."""
    book = book_of([*HEADING, heading], [*ROW, value])
    book.active.cell(2, 6).number_format = number_format
    rows, found = read(saved(book))
    assert found == []
    return rows[1][5] if len(rows[1]) > 5 else ""


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1204, "General", "1204"),
        (1204, "#,##0", "1204"),
        (12.0, "General", "12"),
        (12.5, "0", "12.5"),
        (-3, "General", "-3"),
        (0, "General", "0"),
        (0.1 + 0.2, "General", "0.3"),
        (17.1, "0.0", "17.1"),
        (1 / 3, "General", "0.333333333333333"),
        (1e15, "General", "1000000000000000"),
        (123456789012345678, "General", "123456789012346000"),
        (1.5e-7, "0.00E+00", "0.00000015"),
        (1e300, "General", "1e+300"),
        (0.54, "0%", "54%"),
        (0.545, "0.0%", "54.5%"),
        (0.07, "0%", "7%"),
        (1, "0%", "100%"),
        (-0.054, "0.0%;[Red]-0.0%", "-5.4%"),
        (0, "0%", "0%"),
        (54, '0"%"', "54%"),
        (54, r"0\%", "54%"),
        (7, "000", "007"),
        (-7, "000", "-7"),
        (1204, '"£"#,##0', "1204"),
        (12, "[Red]0", "12"),
        (12, '0 "days"', "12"),
        (12, r"0\ \d", "12"),
        (True, "General", "yes"),
        (False, "General", "no"),
        ("007", "General", "007"),
        ("54 %", "@", "54 %"),
        (date(2025, 7, 1), "dd/mm/yyyy", "2025-07-01"),
        (date(2025, 7, 1), "d-mmm", "2025-07-01"),
        (date(2025, 7, 1), "[$-809]d mmmm yyyy;@", "2025-07-01"),
        (date(2025, 7, 31), "mmm-yy", "2025-07"),
        (date(2025, 7, 1), "mmmm yyyy", "2025-07"),
        (date(2025, 7, 1), "yyyy", "2025"),
        (date(2010, 11, 1), "mmm-yy", "November 2010"),
        (date(2000, 1, 1), "mm/yyyy", "January 2000"),
        (date(2012, 1, 1), "yyyy-mm", "2012-01"),
        (date(1900, 1, 1), "dd/mm/yyyy", "1900-01-01"),
        (datetime(2025, 7, 1, 13, 30), "dd/mm/yyyy h:mm", "2025-07-01 13:30"),
        (datetime(2025, 7, 1), "dd/mm/yyyy h:mm", "2025-07-01"),
        (clock(13, 30), "h:mm", "13:30"),
        (clock(1, 30, 5), "h:mm:ss AM/PM", "1:30:05"),
        (timedelta(hours=36, minutes=4), "[h]:mm:ss", "36:04"),
        (-5, "dd/mm/yyyy", "-5"),
        (4_000_000, "dd/mm/yyyy", "4000000"),
        (0, "dd/mm/yyyy", "0"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_cell_reads_as_on_the_screen(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_day_that_shows_as_a_month_is_a_day_where_days_are_asked() -> None:
    first = date(2025, 7, 1)
    assert shown(first, "mmm-yy", "period_start") == "2025-07-01" == shown(first, "mmm-yy", "period_end")
    book = book_of(HEADING, ROW)
    book.active.cell(2, 3).value, book.active.cell(2, 3).number_format = first, "mmm-yy"
    assert read(saved(book))[0][1][2] == "2025-07"


@pytest.mark.parametrize("days", [0, 1, 45_839])
def test_days_may_count_from_1904(days: int) -> None:
    book = book_of([*HEADING, "x"], [*ROW, days])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.cell(2, 6).number_format = "dd/mm/yyyy"
    text = read(saved(book))[0][1][5]
    assert text == ((date(1904, 1, 1) + timedelta(days=days)).isoformat() if days else "0")


@pytest.mark.parametrize("last", ["2958465.9999999", "2958465"])
def test_last_day_of_all_is_read(last: str) -> None:
    assert number_text(last, "dd/mm/yyyy") == "9999-12-31"
    assert number_text(last, "dd/mm/yyyy", from_1904=True) == "9999-12-31"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"), ("", "number"), ("@", "number"), ("# ?/?", "number"), ("0.00E+00", "number"),
        ("mm:ss", "time"), ("[mm]:ss", "elapsed"), ("[$-F800]dddd, mmmm dd, yyyy", "day"), ("mmmm", "day"),
        ("yyyy/mm", "month"), ("m/d/yy h:mm", "moment"), ("00", "2"), ("_-* #,##0_-;-* #,##0_-", "number"),
    ],
)  # fmt: skip
def test_format_says_what_a_number_is(code: str, kind: str) -> None:
    assert kind_of(code) == kind


@pytest.mark.parametrize("stored", ["", "abc", "nan", "-inf", "1 2"])
def test_what_is_no_number_stays_as_it_is(stored: str) -> None:
    assert number_text(stored, "0%") == stored


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_digits_are_those_of_the_number(number: float) -> None:
    assert float(plain(number)) == float(f"{number:.15g}")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_are_exact(number: int) -> None:
    assert plain(float(number)) == str(number)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)), st.booleans())
def test_every_day_comes_back(day: date, from_1904: bool) -> None:
    if from_1904 and day.year < 1905:
        day = day.replace(year=1905)
    number = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))).days
    assert number_text(str(number), "dd/mm/yyyy", from_1904=from_1904) == day.isoformat()


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    book = book_of(["Invented figures"], [], HEADING)
    for place, text in enumerate(ROW, 1):
        book.active.cell(7, place, text)
    book.active.cell(9, 2, " ")
    assert read(saved(book))[0] == [["Invented figures"], [], HEADING, [], [], [], ROW]


def test_formatted_blank_cells_and_a_wrong_size_hold_nothing() -> None:
    parts = raw(
        heading_row() + '<row r="2"><c r="C2" t="s"/><c r="XFD2" s="3"/></row><row r="3"><c r="E3"><v>1</v></c></row>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    assert read(zipped(parts))[0] == [HEADING, [], ["", "", "", "", "1"]]


def test_cells_without_address_stand_one_after_the_other() -> None:
    data = heading_row().replace(' r="1"', "") + '<row><c><v>1</v></c><c r="D2"><v>4</v></c><c><v>5</v></c></row>'
    assert read(zipped(raw(data)))[0][1] == ["1", "", "", "4", "5"]


def test_shared_texts_runs_and_spoken_forms() -> None:
    strings = (
        "<si><t>plain</t></si><si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space='preserve'> and not</t></r>"
        "<rPh sb='0' eb='1'><t>spoken</t></rPh></si><si><t>a_x000D_\nb_x005F_x0041__x0007_</t></si><si/>"
        "<si><t>_xD83D__xDE93__xD83D_</t></si>"
    )
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(5))
    rows, _ = read(zipped(raw(heading_row() + f'<row r="2">{cells}</row>', sharedStrings=f"{strings}")))
    assert rows[1] == ["plain", "bold and not", "a\nb_x0041_", "", "\U0001f693\ufffd"]


def test_names_with_prefixes_of_the_strict_kind_and_in_other_cases() -> None:
    parts = raw(heading_row() + f'<row r="2">{cell("x")}</row>')
    text = str(parts.pop("xl/worksheets/sheet1.xml"))
    text = text.replace("xmlns=", "xmlns:x=").replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    for name in ("worksheet", "sheetData", "row", "c ", "c>", "is>", "t>"):
        text = text.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    parts["xl\\Worksheets\\Sheet1.xml"] = text
    assert read(zipped(parts))[0] == [HEADING, ["x"]]


def test_iso_dates_and_errors_of_other_programs() -> None:
    data = '<c t="d" s="1"><v>2025-07-01T00:00:00</v></c><c t="d" s="2"><v>2025-07-01</v></c><c t="e"><v>#REF!</v></c>'
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="mmm\\-yy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="0" formatCode="0%"/></dxf></dxfs>'
    )
    data += '<c s="3"><v>0.5</v></c><c s="99"><v>5</v></c><c t="d"><v>soon</v></c><c s="0"><v>0.5</v></c>'
    parts = raw(heading_row() + f'<row r="2">{data}</row>')
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    assert read(zipped(parts))[0][1] == ["2025-07-01", "2025-07", "#REF!", "50%", "5", "soon", "0.5"]


def test_formula_gives_the_result_that_the_file_holds() -> None:
    data = '<c t="str"><f>A1</f><v>text</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c>'
    data += '<c t="e"><f>NA()</f><v>#N/A</v></c><c t="b"><f>TRUE()</f><v>1</v></c>'
    rows, found = read(zipped(raw(heading_row() + f'<row r="2">{data}</row>')))
    assert rows[1] == ["text", "2", "", "#N/A", "yes"] and found == []


def test_formula_without_a_result_must_be_mended() -> None:
    book = book_of([*HEADING, "my_sum"], [*ROW, "=1+1"], [*ROW[:3], "=D2", "", ""], [*ROW[:3], "=D3"])
    rows, (found,) = read(saved(book))
    assert rows[2] == ROW[:3]
    assert (found.level, found.code, found.column, found.rows) == (
        "must_fix", "cell_without_result", "numerator", [3, 4],
    )  # fmt: skip


def test_row_of_nothing_but_unfinished_formulas_is_not_lost() -> None:
    _, (found,) = read(saved(book_of(HEADING, ROW, ["=A2"])))
    assert (found.code, found.column, found.rows) == ("cell_without_result", "area_code", [3])


def test_in_a_foreign_file_any_unfinished_formula_counts() -> None:
    _, (found,) = read(saved(book_of(["Area", "2024", "2025"], ["Norfolk", 3, "=B2"])))
    assert (found.code, found.column, found.rows) == ("cell_without_result", "2025", [2])


def test_the_sheet_with_the_headings_is_read_and_the_others_named() -> None:
    book = book_of(["Read me"], title="Notes")
    book.create_sheet("Empty")
    data = book.create_sheet("Figures")
    data.append(HEADING)
    data.append(ROW)
    rows, found = read(saved(book))
    assert rows == [HEADING, ROW]
    assert codes(found) == [("note", "sheets_not_read")]
    assert found[0].message == "only the sheet “Figures” was read, not “Notes”"


def test_another_sheet_of_the_same_kind_is_asked_about() -> None:
    book = book_of(HEADING, ROW, title="Q1")
    for name, rows in {"Q2": [HEADING, ROW], "Only headings": [HEADING], "Notes": [["Read me"]]}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    rows, found = read(saved(book))
    assert rows == [HEADING, ROW]
    assert codes(found) == [("check", "sheets_not_read")]
    assert found[0].message == "only the sheet “Q1” was read, not “Q2”"


def test_filled_sheet_goes_before_one_with_more_headings_and_no_rows() -> None:
    book = book_of(list(OBSERVATIONS.headings), title="Template")
    sheet = book.create_sheet("Mine")
    sheet.append(HEADING)
    sheet.append(ROW)
    assert read(saved(book))[0] == [HEADING, ROW]


def test_sheet_in_sight_goes_before_a_hidden_one() -> None:
    book = book_of(HEADING, ["hidden"], title="Old")
    sheet = book.create_sheet("New")
    sheet.append(HEADING)
    sheet.append(ROW)
    book["Old"].sheet_state = "hidden"
    rows, found = read(saved(book))
    assert rows == [HEADING, ROW] and codes(found) == [("check", "sheets_not_read")]


def test_hidden_sheet_rows_and_columns_are_read_and_said() -> None:
    book = book_of(HEADING, ROW, ROW, ROW)
    book.create_sheet("Front").append(["Welcome"])
    sheet = book["Data"]
    sheet.sheet_state = "veryHidden"
    for number in (3, 5):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.active = 1
    rows, found = read(saved(book))
    assert rows == [HEADING, ROW, ROW, ROW]
    assert codes(found) == [("note", "sheets_not_read"), *[("note", "hidden_read")] * 3]
    assert "“Data” is hidden" in found[1].message and "“numerator”" in found[2].message and found[3].rows == [3]


def test_merged_cell_counts_for_each_of_its_rows() -> None:
    book = book_of(["Title", "", ""], HEADING, ROW, ["", *ROW[1:]], ["", *ROW[1:]], ["", ""])
    for cells in ("A1:E1", "A3:A5", "B7:C9"):
        book.active.merge_cells(cells)
    rows, found = read(saved(book))
    assert rows == [["Title"], HEADING, ROW, ROW, ROW]
    assert codes(found) == [("check", "cells_merged")] and found[0].rows == [4, 5]


def test_no_rows_are_refused() -> None:
    book = book_of()
    book.create_sheet("Blank").append([" ", None])
    assert refused(saved(book)).code == "file_empty"


def replaced(part: str, old: str, new: str) -> bytes:
    parts = raw(heading_row() + f'<row r="2">{cell("x")}</row>')
    assert old in parts[part]
    return zipped(parts | {part: str(parts[part]).replace(old, new)})


LAUGHS = "<!DOCTYPE worksheet [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE worksheet [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, "<!DOCTYPE worksheet>"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused_wherever_they_are_declared(declared: str, part: str) -> None:
    parts = raw(heading_row() + f'<row r="2">{cell("x")}</row>')
    found = refused(zipped(parts | {part: declared + str(parts[part])}))
    assert found.code == "file_workbook_unreadable" and "entities" in found.message


def test_entities_in_utf_16_are_refused() -> None:
    parts = raw(heading_row() + f'<row r="2">{cell("x")}</row>')
    text = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + str(parts[SHEET])
    assert "entities" in refused(zipped(parts | {SHEET: text.encode("utf-16")})).message


def encrypted() -> bytes:
    parts = bytearray(zipped(raw(heading_row())))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts[parts.index(mark) + offset] |= 1
    return bytes(parts)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file_protected", "password"),
        (encrypted(), "file_protected", "password"),
        (OLE + "Workbook".encode("utf-16-le"), "file_workbook_unreadable", "old workbook (.xls)"),
        (zipped({"word/document.xml": "<document/>"}), "file_not_csv", "document or archive"),
        (zipped({"a.csv": "area_code\n"}), "file_not_csv", "document or archive"),
        (zipped({}), "file_not_csv", "document or archive"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "file_not_csv", "document or archive"),
        (replaced("_rels/.rels", "workbook.xml", "workbook.bin"), "file_workbook_unreadable", "(.xlsb)"),
        (replaced("_rels/.rels", "workbook.xml", "nowhere.xml"), "file_not_csv", "document or archive"),
        (replaced("xl/_rels/workbook.xml.rels", "sheet1.xml", "nowhere.xml"), "file_workbook_unreadable", "damaged"),
        (replaced("xl/workbook.xml", 'r:id="r1"', 'r:id="r7"'), "file_empty", "No sheet"),
        (replaced(SHEET, "</worksheet>", ""), "file_workbook_unreadable", "damaged"),
        (replaced(SHEET, 'r="2"', 'r="two"'), "file_workbook_unreadable", "damaged"),
        (replaced(SHEET, 'r="2"', 'r="1"'), "file_workbook_unreadable", "not in order"),
        (replaced(SHEET, 'r="2"', 'r="1048577"'), "file_workbook_unreadable", "not in order"),
        (saved(book_of(HEADING, ROW))[:-40], "file_workbook_unreadable", "damaged"),
        (saved(book_of(HEADING, ROW))[:300], "file_workbook_unreadable", "damaged"),
        (b"PK\x03\x04", "file_workbook_unreadable", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(content: bytes, code: str, told: str) -> None:
    assert is_workbook(content)
    found = refused(content)
    assert found.code == code and told in found.message


def test_csv_is_no_workbook() -> None:
    assert not is_workbook(b"area_code,indicator\n") and not is_workbook(b"")


def test_every_cut_of_a_workbook_is_refused_or_read() -> None:
    content = saved(book_of(HEADING, ROW))
    for end in range(4, len(content), 97):
        refused(content[:end])


# Stored without compression, so that damage reaches the XML and not only the archive.
PLAIN = io.BytesIO()
with zipfile.ZipFile(PLAIN, "w") as written:
    for name, part in raw(heading_row() + f'<row r="2">{cell("x")}<c r="C2" s="1"><v>5</v></c></row>').items():
        written.writestr(name, part)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=5), st.booleans())
def test_damaged_workbook_never_fails_otherwise(damage: list[tuple[int, int]], compressed: bool) -> None:
    content = bytearray(saved(book_of(HEADING, ROW)) if compressed else PLAIN.getvalue())
    for place, byte in damage:
        content[4 + place % (len(content) - 4)] = byte
    try:
        read(bytes(content))
    except Unreadable as error:
        assert error.finding.code.startswith("file_")


@given(st.text(alphabet="<>/cvfrowt is=\"'0129AZ&;!", max_size=80))
def test_strange_cells_never_fail_otherwise(text: str) -> None:
    try:
        read(zipped(raw(heading_row() + f'<row r="2">{text}</row>')))
    except Unreadable as error:
        assert error.finding.code.startswith("file_")


def bomb(fill: Callable[[], str]) -> bytes:
    return zipped(raw(heading_row() + fill()))


def test_archive_that_swells_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 2 * 1024**2)
    content = bomb(lambda: "<row/>" * 500_000)
    assert len(content) < 20_000
    found = refused(content)
    assert found.code == "file_too_large" and "the limit is 2 MB" in found.message


def test_part_that_declares_less_than_it_holds_is_cut_there() -> None:
    content = bytearray(bomb(lambda: "<row/>" * 10_000))
    name = SHEET.encode()
    size = content.rindex(name) - 46 + 24
    content[size : size + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(content)).code == "file_workbook_unreadable"


def test_text_shared_by_many_cells_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "TEXT_LIMIT", 1_000_000)
    strings = f"<si><t>{'a' * 10_000}</t></si>"
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(200))
    found = refused(zipped(raw(heading_row() + rows, sharedStrings=strings)))
    assert found.code == "file_too_large"


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "CELLS_LIMIT", 1_000)
    wide = "".join(f'<row r="{number}"><c r="CV{number}"><v>1</v></c></row>' for number in range(2, 20))
    blank = f"<row>{'<c/>' * 500}</row>" * 3
    for rows in (wide, blank):
        assert refused(zipped(raw(heading_row() + rows))).code == "file_too_large"


def test_cells_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "CELLS_LIMIT", 15)
    assert len(read(saved(book_of(HEADING, ROW, ROW)))[0]) == 3
    assert refused(saved(book_of(HEADING, ROW, ROW, ["x"]))).code == "file_too_large"


def test_too_many_columns_are_refused() -> None:
    assert refused(zipped(raw(heading_row() + '<row r="2"><c r="XFD2"><v>1</v></c></row>'))).code == "file_too_wide"
    beyond = zipped(raw(heading_row() + f"<row>{'<c/>' * 16_385}</row>"))
    assert refused(beyond).code == "file_workbook_unreadable"


@pytest.mark.parametrize(
    ("before", "data", "after"),
    [
        ("", "", '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>' * 30),
        ("", '<row r="2">' + "<c><f>1</f></c>" * 30 + "</row>", ""),
        ("<cols>" + '<col min="1" max="2" hidden="1"/>' * 30 + "</cols>", "", ""),
    ],
)
def test_more_notes_than_people_make_are_refused(
    monkeypatch: pytest.MonkeyPatch, before: str, data: str, after: str
) -> None:
    monkeypatch.setattr(sheet, "NOTES_LIMIT", 20)
    assert refused(zipped(raw(heading_row() + data, before, after))).code == "file_workbook_unreadable"


def test_merged_cells_that_reach_too_far_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import data.reading.excel as excel

    monkeypatch.setattr(excel, "NOTES_LIMIT", 20)
    data = heading_row() + f'<row r="2">{cell("x")}</row><row r="30">{cell("y")}</row>'
    merged = '<mergeCells><mergeCell ref="A2:A29"/></mergeCells>'
    assert refused(zipped(raw(data, after=merged))).code == "file_workbook_unreadable"


def test_styles_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ELEMENTS_LIMIT", 50)
    parts = raw(heading_row())
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 60}</cellXfs></styleSheet>'
    assert "too long" in refused(zipped(parts)).message


def test_macros_links_and_comments_are_not_looked_at() -> None:
    parts = parts_of(saved(book_of(HEADING, ROW)))
    parts |= {"xl/vbaProject.bin": b"\x00\xff", "xl/comments1.xml": b"<not xml", "docProps/core.xml": b"<not xml"}
    parts["xl/theme/theme1.xml"] = LAUGHS.encode()
    assert read(zipped(parts)) == ([HEADING, ROW], [])


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12), st.text("abc =é_x\n1", max_size=8)), max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_reads_what_openpyxl_reads(rows: list[list[Any]]) -> None:
    book = book_of(HEADING, ROW, *rows)
    for row in book.active.iter_rows():
        for one in row:
            one.data_type = "s" if isinstance(one.value, str) else one.data_type
    content = saved(book)
    expected = [
        ["" if value is None else str(value) for value in row]
        for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    ]
    read_rows, found = read(content)
    width = len(expected[0])
    padded = [row + [""] * (width - len(row)) for row in read_rows]
    padded += [[""] * width] * (len(expected) - len(padded))
    assert [row for row in padded if any(map(str.strip, row))] == [row for row in expected if any(map(str.strip, row))]
    assert found == []

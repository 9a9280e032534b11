"""Bytes become rows with the numbers a spreadsheet shows, and what is no CSV file is refused in one sentence."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.reading import CELL_LIMIT, HEADING_WITHIN, Sheet, Unreadable, normalise_heading, read, rows
from data.reading.rows import END

KNOWN = ("area_code", "indicator", "period", "value", "comment")


def sheet(content: bytes | str, **options: object) -> Sheet:
    return read(content.encode() if isinstance(content, str) else content, KNOWN, **options)[0]


def table(content: bytes | str) -> list[tuple[object, ...]]:
    return list(zip(*sheet(content).plain().to_pydict().values(), strict=True))


def refusal(content: bytes, limit: int | None = None) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read(content, KNOWN, limit)
    finding = caught.value.finding
    assert finding.level == "must_fix" and finding.message.endswith(".") and finding.fix.endswith(".")
    return finding.code, finding.message


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("area_code", "area_code"),
        (" Area Code ", "area_code"),
        ("AREA-CODE", "area_code"),
        ("\ufeffarea_code", "area_code"),
        ("Area\nCode", "area_code"),
        ("area  -  code", "area_code"),
        ("_value_", "value"),
        ("Rate (%)", "rate_(%)"),
        ("  ", ""),
    ],
)
def test_headings_lose_case_blanks_and_hyphens(written: str, read_as: str) -> None:
    assert normalise_heading(written) == read_as


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        ("area_code,value\né,1\n".encode(), "UTF-8", ","),
        ("area_code;value\né;1\n".encode("utf-8-sig"), "UTF-8", ";"),
        ("area_code\tvalue\né\t1\n".encode("cp1252"), "Windows-1252", "\t"),
        ("area_code\tvalue\né\t1\n".encode("utf-16"), "UTF-16", "\t"),
        ("area_code,value\né,1\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "UTF-16", ","),
    ],
)
def test_encoding_and_separator_are_found_and_told(content: bytes, encoding: str, separator: str) -> None:
    found = sheet(content)
    assert (found.encoding, found.separator) == (encoding, separator)
    assert table(content) == [(2, "é", "1")]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a, b, c; d\narea_code;value\n1;2\n", ";"),
        ("area_code;comment\n1;one, two, three, four\n", ";"),
        ("area_code,comment\n1,one; two; three; four\n", ","),
        ('"area_code"\t"value"\n1\t"1,2,3,4"\n', "\t"),
        ("nothing;known;here\n1;2;3,4\n", ";"),
    ],
)
def test_the_separator_is_the_one_that_parts_the_headings(text: str, separator: str) -> None:
    assert sheet(text).separator == separator


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'Area code,Value,Comment\n\n1,2,"two\nlines"\n   ,,\n\n3,4,last'
    assert table(text) == [(3, "1", "2", "two\nlines"), (6, "3", "4", "last")]


def test_short_rows_are_filled_and_blank_cells_stay_text() -> None:
    assert table("area_code,value,comment\n1\n,2\n") == [(2, "1", "", ""), (3, "", "2", "")]


def test_quotation_marks_are_read_as_spreadsheets_write_them() -> None:
    assert table('area_code, "comment"\n1, "a ""word"", and 5"" more"\n2,6" pipe\n') == [
        (2, "1", 'a "word", and 5" more'),
        (3, "2", '6" pipe'),
    ]


def test_the_heading_is_the_row_with_most_known_headings() -> None:
    text = "Value of the comment\nPeriod,\n\narea_code,indicator,period,value\n1,2,3,4\n"
    found, findings = read(text.encode(), KNOWN)
    assert (found.heading_row, found.headings) == (4, ("area_code", "indicator", "period", "value"))
    assert [(item.code, list(item.rows)) for item in findings] == [("rows_above_heading", [1, 2, 3])]


def test_the_heading_is_sought_near_the_top_only() -> None:
    def heading_row(titles: int) -> int:
        return sheet("title,\n" * titles + "area_code,value\n").heading_row

    assert (heading_row(HEADING_WITHIN - 1), heading_row(HEADING_WITHIN)) == (HEADING_WITHIN, 1)


def test_without_a_known_heading_the_first_row_with_anything_in_it_is_the_heading() -> None:
    found, findings = read(b"\n ,\nname,number\n1,2\n", KNOWN)
    assert (found.heading_row, found.headings, found.rows_read) == (3, ("name", "number"), 1)
    assert [item.code for item in findings] == ["rows_above_heading"]


def test_columns_without_heading_repeated_ones_and_cells_beyond_the_headings_are_kept_in_their_places() -> None:
    found = sheet("Row,area_code,,value,value\n9,1,x,2,3\n9,1,x,2,3,,more\n")
    assert found.headings == ("row", "area_code", "", "value", "value", "", "")
    assert found.titles[:2] == ("Row", "area_code")
    rows = list(zip(*found.plain().to_pydict().values(), strict=True))
    assert rows == [(2, "9", "1", "x", "2", "3", "", ""), (3, "9", "1", "x", "2", "3", "", "more")]
    assert found.column("value").to_pylist() == ["2", "2"]


def test_cells_beyond_the_headings_are_told_once_for_all_rows() -> None:
    _, findings = read(b"area_code,value\n1,2,,\n1,2,a\n1,2\n1,2,,b\n", KNOWN)
    assert [(item.code, list(item.rows), item.value) for item in findings] == [("row_too_long", [3, 5], "a")]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n", b",,,\n,,", b"\xff\xfe"]
)
def test_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content)[0] == "file_empty"


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE html>", "<html>", "\n\n  <HTML lang='en'>", "<?xml version='1.0'?>", "<!-- saved -->", "<table><tr>"],
)
def test_web_page_is_refused(start: str) -> None:
    for content in (start.encode(), start.encode("utf-8-sig"), b"\n" * 5000 + start.encode()):
        assert refusal(content + b"area_code,value\n1,2\n") == ("file_html", "The file is a web page, not a CSV file.")


@pytest.mark.parametrize("text", ["<5,area_code,value\n1,2,3\n", "<tablet>,area_code,value\n1,2,3\n"])
def test_an_angle_bracket_alone_makes_no_web_page(text: str) -> None:
    assert len(table(text)) == 1


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"PK\x03\x04", "file_workbook_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file_workbook_unreadable"),
        (b"%PDF-1.7", "file_not_csv"),
    ],
)
def test_documents_archives_and_damaged_workbooks_are_refused(start: bytes, code: str) -> None:
    assert refusal(start + b"\x00rest")[0] == code


# Arrow reads what both readers agree on; the rest goes the careful way, and nobody can tell which

PIECES = st.lists(
    st.sampled_from(["a", " ", '"', '""', ",", "\n", "\r\n", "\r", "é", "x y", '"b,c"', '"d\ne"', "1,2,3"]), max_size=25
)


def by_the_careful_way(text: str) -> list[tuple[object, ...]] | str:
    """The rows as Python's own reader gives them, without those that hold nothing."""
    with patch.object(rows, "_regular", return_value=False):
        return outcome(text)


def outcome(text: str) -> list[tuple[object, ...]] | str:
    try:
        return [
            (number, *(cell.strip() for cell in cells)) for number, *cells in table("area_code,value,comment\n" + text)
        ]
    except Unreadable as error:
        return error.finding.code


@settings(max_examples=400, derandomize=True, database=None)
@given(PIECES)
def test_both_ways_of_reading_rows_agree(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert outcome(text) == by_the_careful_way(text)


def test_a_large_regular_file_takes_the_fast_way() -> None:
    text = "area_code,value,comment\n" + '1,2,"three ""four"""\n' * 50 + "short\n\nlong,2,3,4\n"
    with patch.object(rows, "as_table", wraps=rows.as_table) as careful:
        assert len(table(text)) == 52
    assert [len(call.args[0]) for call in careful.call_args_list] == [2]


@pytest.mark.parametrize(
    "content",
    [
        b"area_code\x00,value",
        b"\x81\x8d\x8f",
        b"\xff\xfea",
        "area_code,value\n".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(content)[0] == "file_not_text"


@pytest.mark.parametrize(
    ("text", "row"),
    [('"', 1), ('area_code,value\n1,"2\n3,4\n', 2), ('area_code,value\n\n1,"2"\n3,"4', 4), ('a,b\n1,2\n3,"', 3)],
)
def test_quotation_mark_that_is_never_closed_is_refused_with_its_row(text: str, row: int) -> None:
    code, message = refusal(text.encode())
    assert code == "quote_not_closed" and f"opened in row {row} " in message


def test_cell_without_end_is_refused() -> None:
    code, message = refusal(b'area_code,value\n1,"' + b"x" * (CELL_LIMIT + 1))
    assert code == "file_not_csv" and "A cell of row 2 has more than 1,000,000 characters" in message


def test_size_limit_is_the_largest_size_that_is_taken() -> None:
    content = b"area_code,value\n1,2\n"
    assert sheet(content, limit=len(content)).rows_read == 1
    assert refusal(content, limit=len(content) - 1)[0] == "file_too_large"
    assert refusal(b"x" * 3_500_000, limit=2 * 1024**2)[1] == "The file has 3.3 MB; the limit is 2.0 MB."


@pytest.mark.parametrize("rows", ["1,2\n3,4\n", "1,2\n3,4,5\n", '1,"2"\n3,4'])
def test_no_column_knows_the_words_that_mark_the_end(rows: str) -> None:
    """Where they stayed in a dictionary, they were taken for a text of the file."""
    table = read(f"area_code,value\n{rows}".encode(), ("area_code", "value"))[0].table
    columns = (table.column(name) for name in ("c0", "c1"))
    words = {word for column in columns for chunk in column.chunks for word in chunk.dictionary.to_pylist()}
    assert "3" in words and END[0] not in words

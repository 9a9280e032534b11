"""The file comes back with its own rows, and with what was found beside them."""

import csv
import io

from data.findings import Finding
from data.reading import Sheet, read
from data.returned import with_findings

FILE = b'Area code,Indicator,Value,Comment\nE1,robbery,-5,=1+1\n\nE2,robery,6,"two\nlines"\nE3,robbery,-,fine\n'


def sheet() -> Sheet:
    return read(FILE, ("area_code", "indicator", "value", "comment"))[0]


def returned(*findings: Finding) -> list[list[str]]:
    content = with_findings(sheet(), findings)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


HEADING = ["row", "findings", "Area code", "Indicator", "Value", "Comment"]


def test_rows_come_back_with_the_numbers_of_the_spreadsheet() -> None:
    assert returned() == [
        HEADING,
        ["2", "", "E1", "robbery", "-5", "'=1+1"],
        ["4", "", "E2", "robery", "6", "two\nlines"],
        ["5", "", "E3", "robbery", "-", "fine"],
    ]


def test_each_row_has_all_its_findings_in_words() -> None:
    unknown = Finding("must_fix", "a", "no indicator has this key", "did you mean robbery?", "indicator", "robery", [4])
    twice = Finding("check", "b", "a count is usually a whole number", "enter the count", "value", "", [2, 4])
    known = Finding("note", "c", "seen before", "", "", "", [5])
    first = "must fix: indicator: no indicator has this key; did you mean robbery?"
    second = "check: value: a count is usually a whole number; enter the count"
    notes = [row[1] for row in returned(unknown, twice, known)[1:]]
    assert notes == [second, f"{first}; {second}", "note: seen before"]


def test_findings_about_the_file_or_its_headings_stand_in_a_line_above() -> None:
    whole = [Finding("must_fix", "no_rows", "no rows"), Finding("note", "columns_unused", "unused", rows=[1])]
    assert returned(*whole) == [["file", "must fix: no rows; note: unused"], *returned()]


def test_everything_in_the_file_comes_back() -> None:
    content = b"Title; twice\n\narea_code,,value,value\nE1,x,1,2,,beyond\n"
    odd = read(content, ("area_code", "value"))[0]
    long = Finding("must_fix", "row_too_long", "too long", rows=[4])
    assert list(csv.reader(io.StringIO(with_findings(odd, [long]).decode("utf-8-sig")))) == [
        ["1", "", "Title; twice"],
        ["2", ""],
        ["row", "findings", "area_code", "", "value", "value", "", ""],
        ["4", "must fix: too long", "E1", "x", "1", "2", "", "beyond"],
    ]


def test_what_people_wrote_is_no_formula_beside_the_findings_either() -> None:
    odd = read(b"area_code,=cmd(),value\nE1,@x,+1\n", ("area_code", "value"))[0]
    finding = Finding("must_fix", "a", "=1", rows=[2])
    rows = with_findings(odd, [finding]).decode("utf-8-sig").splitlines()
    assert rows == ["row,findings,area_code,'=cmd(),value", "2,must fix: =1,E1,'@x,+1"]


def test_file_given_back_is_read_again_as_it_was() -> None:
    again = read(with_findings(sheet(), []), ("area_code", "indicator", "value", "comment"))[0]
    for name in ("area_code", "indicator", "value"):
        assert again.column(name).to_pylist() == sheet().column(name).to_pylist()

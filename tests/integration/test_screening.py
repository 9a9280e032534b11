"""Every rule of the screening has a file that breaks it and nothing else, and no fault hides another.

The files stand in `tests/fixtures/faulty/`, each named after the code it shows; workbooks are made in `workbooks.py`.
The sender reports for Norfolk. What is stored before a file comes stands under the same name in
`tests/fixtures/stored/`. A file in another layout is screened as it was proposed to be read, with what a person
chooses. Some codes are made by the commands alone: of no file, or of a setting.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from data import check, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.faults import MemoryFull
from data.findings import Finding
from data.mapping import chosen
from data.screening import Screening, screen
from data.screening.checks import CHECKS
from data.screening.numbers import with_numbers
from data.screening.personal import KINDS
from data.settings import Settings
from data.submission import prepare
from data.workspace import open_workspace
from tests.finding_codes import codes
from tests.integration import workbooks
from tests.integration.storing import send

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
FAULTY, GOOD, STORED = FIXTURES / "faulty", FIXTURES / "good", FIXTURES / "stored"
NORFOLK, SUFFOLK, WEST_MIDLANDS = "E23000024", "E23000025", "E23000014"
SENDER = Actor("Sender", "contributor", frozenset({NORFOLK}))
SENDERS = {"national_outside_regions": LOCAL_ADMINISTRATOR, "place_ambiguous": LOCAL_ADMINISTRATOR}
LIMITS = {"file_too_large": 1_500}
"""In bytes. A limit that one small file can be over; workbooks of a few rows are larger."""
CHOSEN = {
    "columns_left_out": "people_contributing_evidence",
    "layout_confirmed": "people_contributing_evidence",
    "place_ambiguous": "people_contributing_evidence",
    "rate_per_another_number": "robbery",
    "rows_left_out": "people_contributing_evidence",
}
"""The indicator that is chosen when it is confirmed how a file in another layout is read."""

MUST, CHECK, NOTE = "must_fix", "check", "note"
FAULTS = {
    "file_empty": [(MUST, [], "", "")],
    "file_html": [(MUST, [], "", "")],
    "file_not_csv": [(MUST, [], "", "")],
    "file_not_text": [(MUST, [], "", "")],
    "file_too_large": [(MUST, [], "", "")],
    "file_too_wide": [(MUST, [], "", "")],
    "file_protected": [(MUST, [], "", "")],
    "file_workbook_unreadable": [(MUST, [], "", "")],
    "file_seen_before": [(NOTE, [], "", "")],
    "cell_without_result": [(MUST, [3], "value", "")],
    "cells_merged": [(CHECK, [4], "", "")],
    "sheets_not_read": [(NOTE, [], "", "")],
    "hidden_read": [(NOTE, [], "", ""), (NOTE, [], "", ""), (NOTE, [3], "", "")],
    "quote_not_closed": [(MUST, [3], "", "")],
    "rows_above_heading": [(NOTE, [1, 2], "", "")],
    "rows_in_a_cell": [(CHECK, [3], "", "")],
    "row_too_long": [(MUST, [3], "", "twice")],
    "columns_unknown": [(MUST, [1], "", "")],
    "column_missing": [(MUST, [1], name, "") for name in ("indicator", "numerator", "period")],
    "column_repeated": [(MUST, [1], "numerator", "")],
    "columns_unused": [(NOTE, [1], "", "")],
    "no_rows": [(MUST, [], "", "")],
    "rows_not_filled_in": [(NOTE, [3, 5], "", "")],
    "layout_to_confirm": [(MUST, [1], "", "")],
    "layout_confirmed": [(NOTE, [], "", "")],
    "layout_not_figures": [(MUST, [], "", "")],
    "layout_unclear": [(MUST, [], "", "")],
    "layout_other_places": [(MUST, [], "", "")],
    "layout_several_measures": [(MUST, [], "", "")],
    "columns_left_out": [(NOTE, [1], "", "")],
    "rows_left_out": [(NOTE, [3, 4, 5], "", "")],
    "place_ambiguous": [(MUST, [4, 6], "", "West Midlands")],
    "rate_per_another_number": [(MUST, [], "Rate per 1,000 population", "")],
    "personal_data": [(MUST, [row], "comment", "") for row in range(3, 9)],
    "area_code_missing": [(MUST, [3], "area_code", "")],
    "area_code_unknown": [(MUST, [3], "area_code", "E23000099"), (MUST, [4], "area_code", "E23000098")],
    "area_not_yours": [(MUST, [3], "area_code", SUFFOLK)],
    "area_name_of_another_area": [(MUST, [3], "area_name", "Suffolk")],
    "area_name_unknown": [(CHECK, [3], "area_name", "Norfolk Polis")],
    "indicator_missing": [(MUST, [3], "indicator", "")],
    "indicator_unknown": [(MUST, [3], "indicator", "robery"), (MUST, [4], "indicator", "cats rescued")],
    "commitment_missing": [(MUST, [3], "commitment", "")],
    "commitment_unknown": [(MUST, [3], "commitment", "COM-9")],
    "period_missing": [(MUST, [3], "period", "")],
    "period_unreadable": [(MUST, [3, 5], "period", "Spring 2026")],
    "period_disagrees": [(MUST, [3], "period", "2026/27 Q2"), (MUST, [4], "period", "2024/25 Q3")],
    "period_length": [(CHECK, [3], "period", "2025/26"), (CHECK, [4], "period", "2026-07-01 to 2026-10-12")],
    "period_misaligned": [(CHECK, [3], "period", "May 2025 to July 2025")],
    "period_not_over": [(CHECK, [3], "period", "2096/97 Q1")],
    "part_not_shown": [(NOTE, [3], "breakdown", "female"), (NOTE, [4], "organisation", "NHS trust")],
    "area_comparator_only": [(MUST, [3], "area_code", "W15000001")],
    "proportion_above_whole": [(MUST, [3], "value", "140")],
    "number_unreadable": [
        (MUST, [3], "numerator", "1O2"),
        (MUST, [4], "numerator", "l2"),
        (MUST, [5], "numerator", "12,5"),
        (MUST, [6], "value", "54%"),
        (MUST, [7], "denominator", "1 204"),
        (MUST, [8], "lower", "fifty"),
        (MUST, [8], "upper", "seventy"),
        (MUST, [9], "value", "\u22121.5"),
        (MUST, [10], "value", "\u20132.5"),
        (MUST, [11], "numerator", "1\u00a0204"),
    ],
    "comma_may_be_decimal": [
        (CHECK, [3], "value", "3,750"),
        (CHECK, [4], "lower", "1,125"),
        (CHECK, [4], "upper", "3,875"),
        (CHECK, [4], "value", "2,500"),
    ],
    "count_negative": [(MUST, [3], "numerator", "-5"), (MUST, [4], "denominator", "-86"), (MUST, [5], "value", "-3")],
    "count_not_whole": [(CHECK, [3], "numerator", "54.50")],
    "numerator_above_denominator": [(MUST, [3], "numerator", "1,300")],
    "denominator_zero": [(MUST, [3], "denominator", "0")],
    "denominator_missing": [(MUST, [3, 4], "denominator", "")],
    "number_missing": [(MUST, [3, 4], "numerator", "")],
    "value_contradicts": [(MUST, [row], "value", value) for row, value in enumerate(["26", "44", "3.0", "99.9"], 3)],
    "limits_disagree": [
        (MUST, [3], "lower", "65"),
        (MUST, [4], "upper", "55"),
        (MUST, [5], "upper", ""),
        (MUST, [6], "lower", "63.0"),
        (MUST, [8], "upper", "101.2"),
        (MUST, [9], "lower", "-0.8"),
    ],
    "note_unknown": [(MUST, [3], "note", "q")],
    "number_beside_note": [(CHECK, [3], "note", "[c]"), (CHECK, [4], "denominator", "*"), (CHECK, [5], "value", "..")],
    "breakdown_half": [(MUST, [3], "breakdown", "sex"), (MUST, [4], "breakdown", "female")],
    "denominator_not_used": [(NOTE, [3], "denominator", "")],
    "population_used": [(NOTE, [3, 4], "denominator", "")],
    "population_missing": [(NOTE, [3], "period", "2020/21")],
    "perspective_missing": [(MUST, [3], "perspective", "")],
    "choice_unknown": [
        (MUST, [3], "perspective", "bystander"),
        (MUST, [4], "consent_to_publish", "maybe"),
        (MUST, [4], "direction", "upwards"),
        (MUST, [4], "method", "seance"),
        (MUST, [4], "sector", "sport"),
        (MUST, [5], "visibility", "everybody"),
    ],
    "grade_unreadable": [(MUST, [row], "grade", value) for row, value in enumerate(["6", "good", "2.5"], 3)],
    "participants_unreadable": [
        (MUST, [row], "participants", value) for row, value in enumerate(["about ten", "0", "2.5"], 3)
    ],
    "summary_missing": [(MUST, [3], "summary", "")],
    "public_without_consent": [(MUST, [3], "visibility", "Public")],
    "duplicate_fact": [(MUST, [4], "", "")],
    "duplicate_insight": [(MUST, [3], "", "")],
    "small_number": [(NOTE, [3, 4], "numerator", ""), (NOTE, [4], "denominator", "")],
    "wrong_multiplier": [(CHECK, [row], "value", value) for row, value in ((2, "0.63"), (3, "0.58"), (6, "6.44"))],
    "jump_beyond_limits": [(CHECK, [14], "numerator", "142")],
    "large_revision": [(CHECK, [3], "numerator", "74"), (CHECK, [4], "value", "31")],
    "national_outside_regions": [(CHECK, [3], "value", "81.4")],
    "parts_do_not_add_up": [(CHECK, [2], "numerator", "54")],
    "same_numbers_as_last_period": [(CHECK, [6, 7, 8], "", "")],
}
UNREAD = {code for code in FAULTS if code.startswith("file_")} - {"file_seen_before"} | {"quote_not_closed"}
BY_COMMAND = {
    "file_unreadable": (MUST, 2, "nowhere.csv cannot be opened"),
    "file_not_checked": (MUST, 2, "This needs more memory than the computer has free."),
    "setting_wrong": (MUST, 2, "CONSENSUS_START is “tomorrow”."),
    "not_compared": (NOTE, 0, "not compared with stored data"),
}
"""Code that `data.check` makes itself: its level, the exit code, and what is said."""
PASSING_NOTES = {"part_not_shown", "population_used", "layout_confirmed"}
"""What a right row of a rate per resident population brings with it, and a file in another layout."""


@pytest.fixture(scope="module")
def connection() -> store.Connection:
    return store.connect(":memory:")


@pytest.fixture
def screened(connection: store.Connection, catalogue: Catalogue) -> Callable[..., Screening]:
    """Screen bytes, or text, as the sender for Norfolk."""

    def run(content: bytes | str, actor: Actor = SENDER, **options: object) -> Screening:
        content = content.encode() if isinstance(content, str) else content
        return screen(connection, actor, catalogue, content, **options)

    return run


@pytest.fixture(scope="module")
def faulty(connection: store.Connection, catalogue: Catalogue) -> dict[str, Screening]:
    """What the screening says of each faulty file."""
    return {code: screen_faulty(connection, catalogue, code) for code in FAULTS}


def screen_faulty(connection: store.Connection, catalogue: Catalogue, code: str) -> Screening:
    """Screen one faulty file, in a store of its own where something is stored before it."""
    content, actor = content_of(code), SENDERS.get(code, SENDER)
    if (STORED / f"{code}.csv").exists():
        connection = open_workspace(Settings(":memory:", "empty"), catalogue)
        send(connection, catalogue, (STORED / f"{code}.csv").read_bytes())
        return prepare(connection, actor, catalogue, content, f"{code}.csv").screening
    screening = screen(connection, actor, catalogue, content, limit=LIMITS.get(code))
    if code not in CHOSEN:
        return screening
    assert screening.mapping is not None and not screening.acceptable
    mapping = chosen(screening.mapping, indicator=CHOSEN[code])
    return screen(connection, actor, catalogue, content, mapping=mapping)


def content_of(code: str) -> bytes:
    return workbooks.FAULTY[code]() if code in workbooks.FAULTY else (FAULTY / f"{code}.csv").read_bytes()


def found(screening: Screening) -> list[tuple[str, str, list[int]]]:
    return [(finding.code, finding.column, list(finding.rows)) for finding in screening.findings]


def words(screening: Screening) -> str:
    return "\n".join(f"{finding.row} {finding.column}: {finding.words}" for finding in screening.findings)


# One file for each rule


@pytest.mark.parametrize("code", FAULTS)
def test_faulty_file_shows_its_own_fault_and_no_other(code: str, faulty: dict[str, Screening]) -> None:
    screening = faulty[code]
    own = [item for item in screening.findings if item.code == code]
    assert [(item.level, list(item.rows), item.column, item.value) for item in own] == FAULTS[code]
    assert [item for item in screening.findings if item.code not in {code, *PASSING_NOTES}] == []
    assert screening.acceptable == all(level != MUST for level, *_ in FAULTS[code])
    assert (screening.sheet is None) == (code in UNREAD)


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_says_what_is_wrong_and_how_to_mend_it(code: str, faulty: dict[str, Screening]) -> None:
    for finding in faulty[code].findings:
        assert len(finding.message) > 10 and "{" not in finding.words
        assert len(finding.fix) > 10 or code == "rows_above_heading"


def test_every_rule_has_a_file_that_breaks_it() -> None:
    files = {path.stem for path in FAULTY.glob("*")}
    assert set(FAULTS) == files | set(workbooks.FAULTY) and not files & set(workbooks.FAULTY)
    assert set(codes()) == set(FAULTS) | set(BY_COMMAND) and len(codes()) > 80


def test_every_code_is_shown_at_its_level() -> None:
    shown = {code: {level for level, *_ in found} for code, found in FAULTS.items()}
    shown |= {code: {level} for code, (level, *_) in BY_COMMAND.items()}
    assert {code for code in shown if shown[code] != codes()[code]} == {"columns_left_out", "sheets_not_read"}
    assert codes()["sheets_not_read"] == {CHECK, NOTE} >= codes()["columns_left_out"]


def test_every_rule_is_shown_at_the_level_of_its_row_in_the_table() -> None:
    assert {check.code: check.level for check in CHECKS} == {check.code: FAULTS[check.code][0][0] for check in CHECKS}


@pytest.mark.parametrize("path", sorted(FAULTY.glob("*.csv")), ids=lambda path: path.stem)
def test_faulty_file_says_that_it_is_invented(path: Path) -> None:
    assert b"Invented" in path.read_bytes() or path.stem in ("file_empty", "no_rows")


@pytest.mark.parametrize("code", workbooks.FAULTY)
def test_faulty_workbook_says_that_it_is_invented(code: str) -> None:
    content = workbooks.FAULTY[code]()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(map(parts.read, parts.namelist()))
    assert b"Invented" in content


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.csv")), ids=lambda path: path.stem)
def test_good_file_has_no_finding(path: Path, screened: Callable[..., Screening]) -> None:
    screening = screened(path.read_bytes())
    assert screening.findings == []
    assert screening.acceptable and screening.rows_read > 0


# Words that help to mend


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("area_code_unknown", ["3 area_code: no area has this code; Norfolk is E23000024", "4 area_code: no area has"]),
        ("area_name_of_another_area", ["E23000024 is Norfolk; correct the code or the name"]),
        ("area_name_unknown", ["the code was used; E23000024 is Norfolk"]),
        ("indicator_unknown", ["3 indicator: no indicator has this key or name; did you mean robbery?", "use one of"]),
        ("period_unreadable", ["write it as 2024/25, 2024/25 Q1"]),
        ("period_length", ["this indicator is reported for three months, such as 2025/26 Q1"]),
        ("numerator_above_denominator", ["the numerator is above the denominator, 100"]),
        ("value_contradicts", [f"{n} value: the value contradicts the numbers beside it, which give {figure};"
                               for n, figure in enumerate(["62.7907", "41", "3.1", "42.9231"], 3)]),
        ("number_unreadable", ["3 numerator: the letter O stands among digits", "4 numerator: a letter stands for the",
                               "5 numerator: a comma stands for the decimal point", "6 value: a unit stands in the",
                               "7 denominator: a space stands among digits", "8 lower: not a number; type digits",
                               "9 value: a dash stands where a hyphen is read as minus; t", "10 value: a dash stands",
                               "11 numerator: a no-break space stands among digits; type digits"]),
        ("comma_may_be_decimal", ["3 value: the comma is read as one between thousands, so the number as 3750, but it",
                                  "write decimals with a point and thousands without a comma"]),
        ("period_disagrees", ["3 period: the period means other days than period_start and period_end beside it,",
                              " 2025-07-01 to 2025-09-30; correct the one that is wrong", "2024-10-01 to 2024-12-32;"]),
        ("limits_disagree", ["3 lower: the limits do not enclose the value; give both", "5 upper: only one of the two",
                             "6 lower: the limits do not enclose the figure that the counts give, 62.7907; give both",
                             "8 upper: a limit of this share lies outside 0 to 100", "9 lower: a limit of this share"]),
        ("choice_unknown", ["use one of service_provider, service_user, carer_or_family, community", "yes, no"]),
        ("duplicate_fact", ["the same fact already stands in row 2"]),
        ("duplicate_insight", ["already stands in row 2", "give each its own source_reference"]),
        ("population_used", ["the resident population of mid-2023"]),
        ("columns_unused", ["were not read: “colour”"]),
        ("column_missing", ["the file needs a column “indicator”; right now it has “area_code”, “area_name”, “com"]),
        ("columns_unknown", ["right now they are “name”, “district”"]),
        ("rows_above_heading", ["the headings are in row 3"]),
        ("file_too_large", ["The file has 0.0 MB; the limit is 0.0 MB. Split it into files"]),
        ("jump_beyond_limits", ["142, where the 12 periods before lead to expect 33.8 to 50.2; check the figure"]),
        ("wrong_multiplier", ["2 value: the unit looks wrong: it looks 100 times too small, as every share of this",
                              "6 value: the unit looks wrong: it looks 10 times too small beside the area’s other"]),
        ("large_revision", ["3 numerator: the stored number, 57, changes by more than 20 %", "number, 62, changes"]),
        ("national_outside_regions", ["81.4, while its 3 areas lie between 58.6 and 71.9"]),
        ("parts_do_not_add_up", ["the 2 parts by sex give 63, the total is 54; correct the number"]),
        ("same_numbers_as_last_period", ["3 of 4 indicators of Norfolk; check that last period’s rows"]),
        ("small_number", ["3 numerator: a count from 1 to 7 is accepted"]),
        ("rows_in_a_cell", ["3 : a cell holds what looks like further rows of the file", "a quotation mark too many"]),
        ("file_too_wide", ["The file has 1,001 columns; at most 1,000 can be read. Check that the cells"]),
        ("file_protected", ["The workbook is protected with a password", "Take the password out (in Excel: File"]),
        ("file_workbook_unreadable", ["The workbook is damaged, so it cannot be read. Open it in your spreadsheet"]),
        ("file_seen_before", ["the very same file was accepted on 2 November 2026 as data version 2 (“figures.csv”"]),
        ("cell_without_result", ["holds a formula whose result is not in the file; open the workbook in your"]),
        ("cells_merged", ["its text was taken for each of them; unmerge the cells and fill in each row"]),
        ("sheets_not_read", ["only the sheet “Numbers” was read, not “Invented notes”; nothing to mend unless"]),
        ("hidden_read", ["the sheet “Numbers” is hidden", "and were read like the others: “area_name”",
                         "3 : these rows are hidden or filtered out"]),
        ("rows_not_filled_in", ["3 : 2 rows were left blank and are skipped; fill them in if there is something"]),
        ("layout_to_confirm", ["we think it is a wide table: one column for each period; confirm how it is read, or"]),
        ("layout_confirmed", ["read as a wide table: one column for each period; The file: ", "1 April 2026 to 30 June",
                              "The whole file: indicator: People who contributed"]),
        ("layout_not_figures", ["the file holds changes between two periods, not the figures of a period; upload the"]),
        ("layout_unclear", ["neither its headings nor its rows name an area known here; name areas by th"]),
        ("layout_other_places", ["the places in “Invented district” are none of England", "upload the table by polic"]),
        ("layout_several_measures", ["2 measures in the column “Measure” (“Invented cats rescued”, “Invented dog",
                                     "keep the rows of one measure only"]),
        ("columns_left_out", ["1 column is left out (says nothing that is read: “Latitude”)"]),
        ("rows_left_out", ["3 rows are left out: 1 of Wales", "1 without a place", "1 of areas you do not report for"]),
        ("place_ambiguous", ["stands for a region and for a police force area", "add a column with the area codes"]),
        ("rate_per_another_number", ["are per 1,000, but Robbery is kept per 100,000 residents; choose the indicator"]),
        ("personal_data", [f"{row} comment: this looks like personal data ({kind}); it is not shown again"
                           for row, kind in enumerate(KINDS, 3)]),
    ],
)  # fmt: skip
def test_finding_says_how_to_mend(code: str, said: list[str], faulty: dict[str, Screening]) -> None:
    spoken = words(faulty[code])
    assert [part for part in said if part not in spoken] == []


def test_nothing_filled_in_is_told_as_no_rows(screened: Callable[..., Screening]) -> None:
    text = "area_code,indicator,what_is_asked,period,numerator,comment\n" + 2 * (
        "E23000024,people_contributing_evidence,Invented words,2026/27 Q1,,\n"
    )
    screening = screened(text)
    assert found(screening) == [("no_rows", "", [])] and not screening.acceptable
    assert "there are rows, but nothing was filled in; fill in at least one row" in words(screening)


def test_second_filled_sheet_is_asked_about(screened: Callable[..., Screening]) -> None:
    screening = screened(workbooks.with_two_filled_sheets())
    assert [(item.level, item.code) for item in screening.findings] == [(CHECK, "sheets_not_read")]
    assert "only the sheet “Numbers” was read, not “Numbers of last year”" in words(screening)
    assert screening.acceptable and screening.rows_read == 3


# What the commands say of no file in particular


def set_up(code: str, patch: pytest.MonkeyPatch) -> Path:
    """Bring a fault about that no file can show; returns the file to check."""
    if code == "setting_wrong":
        patch.setenv("CONSENSUS_START", "tomorrow")
    if code == "file_not_checked":
        patch.setattr(check, "prepare", without_memory)
    return Path("nowhere.csv") if code == "file_unreadable" else GOOD / "observations.csv"


def without_memory(*_: object, **__: object) -> None:
    raise MemoryFull("This needs more memory than the computer has free. Close other programs.")


@pytest.mark.parametrize("code", BY_COMMAND)
def test_command_says_what_no_file_can_show(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    level, exit_code, said = BY_COMMAND[code]
    assert check.main(["--json", str(set_up(code, monkeypatch))]) == exit_code
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(item["level"], item["code"], item["rows"], item["column"]) for item in findings] == [(level, code, [], "")]
    assert findings[0]["message"].startswith(said) and len(findings[0]["fix"]) > 10


# No fault hides another

MANY = """area_code,area_name,indicator,period,breakdown_type,breakdown,numerator,denominator,value,lower,upper,note,\
comment
E23000099,Norfolk,robery,Spring,sex,,abc,1 2,5%,x1,y,q,"Invented, twice",again
E23000024,Suffolk,s136_health_based_place,2025/26,sex,,54.5,-2,3,9,8,,Invented
E23000025,Norfolk,s136_health_based_place,2025/26,sex,,130,100,3,9,8,z,Invented
E23000025,Norfolk,s136_health_based_place,2025/26,sex,,0,0,,,8,q,Invented
,,,,,,,,,,,,Invented
"""


def test_every_fault_of_a_row_is_found(screened: Callable[..., Screening]) -> None:
    by_row: dict[int, set[str]] = {}
    for code, column, rows in found(screened(MANY)):
        for row in rows:
            by_row.setdefault(row, set()).add(f"{code} {column}".strip())
    assert by_row == {
        2: {"row_too_long", "area_code_unknown area_code", "indicator_unknown indicator", "period_unreadable period",
            "breakdown_half breakdown", "number_unreadable numerator", "number_unreadable denominator",
            "number_unreadable value", "number_unreadable lower", "number_unreadable upper", "note_unknown note"},
        3: {"area_name_of_another_area area_name", "period_length period", "breakdown_half breakdown",
            "count_not_whole numerator", "count_negative denominator", "value_contradicts value",
            "limits_disagree lower"},
        4: {"area_not_yours area_code", "area_name_of_another_area area_name", "period_length period",
            "breakdown_half breakdown", "numerator_above_denominator numerator", "value_contradicts value",
            "limits_disagree lower", "number_beside_note note"},
        5: {"area_not_yours area_code", "area_name_of_another_area area_name", "period_length period",
            "breakdown_half breakdown", "denominator_zero denominator", "limits_disagree lower", "note_unknown note",
            "duplicate_fact"},
        6: {"area_code_missing area_code", "indicator_missing indicator", "period_missing period",
            "number_missing numerator"},
    }  # fmt: skip


def test_every_fault_of_an_insight_is_found(screened: Callable[..., Screening]) -> None:
    text = (
        "area_code,commitment,period,perspective,sector,participants,grade,summary,quote,visibility\n"
        "E23000025,COM-9,never,bystander,sport,many,9,,Invented words,public\n"
        ",,,,,,,,,Invented\n"
    )
    assert {(code, row) for code, _, rows in found(screened(text)) for row in rows} == {
        ("area_not_yours", 2), ("commitment_unknown", 2), ("period_unreadable", 2), ("choice_unknown", 2),
        ("participants_unreadable", 2), ("grade_unreadable", 2), ("summary_missing", 2), ("summary_missing", 3),
        ("public_without_consent", 2), ("area_code_missing", 3), ("commitment_missing", 3), ("period_missing", 3),
        ("perspective_missing", 3), ("choice_unknown", 3),
    }  # fmt: skip


def test_missing_and_repeated_columns_are_told_together(screened: Callable[..., Screening]) -> None:
    screening = screened("area_code,area_code,indicator,colour\nE23000024,E23000024,robbery,Invented\n")
    assert found(screening) == [
        ("column_repeated", "area_code", [1]),
        ("column_missing", "numerator", [1]),
        ("column_missing", "period", [1]),
        ("columns_unused", "", [1]),
    ]


def test_findings_come_gravest_first_and_then_by_row(screened: Callable[..., Screening]) -> None:
    findings = screened(MANY).findings
    order = [(["must_fix", "check", "note"].index(item.level), item.row, item.column) for item in findings]
    assert order == sorted(order) and len({level for level, *_ in order}) > 1


# Rows that are alike

HEADINGS = "area_code,indicator,period,numerator,denominator,comment\n"
ROW = "E23000024,s136_health_based_place,2026/27 Q1,54,86,Invented\n"


def test_rows_with_the_same_fault_come_as_one_finding(screened: Callable[..., Screening]) -> None:
    wrong = "".join(f"E23000024,robery,{year},{year},,Invented\n" for year in range(1901, 2026))
    findings = screened(HEADINGS + wrong + ROW.replace("54", "abc") + wrong).findings
    assert [(item.code, item.value, len(item.rows)) for item in findings] == [
        ("indicator_unknown", "robery", 250),
        ("number_unreadable", "abc", 1),
    ]
    assert list(findings[0].rows) == [*range(2, 127), *range(128, 253)] and findings[0].row == 2


def test_each_later_duplicate_names_the_first(screened: Callable[..., Screening]) -> None:
    findings = screened(HEADINGS + ROW + ROW.replace("Q1", "Q2") + ROW + ROW + ROW.replace("Q1", "Q2")).findings
    assert [(list(item.rows), item.message[-5:]) for item in findings] == [([4, 5], "row 2"), ([6], "row 3")]


# Spreadsheet rows


def test_blank_lines_and_line_breaks_in_cells_keep_the_rows_of_the_spreadsheet(
    screened: Callable[..., Screening],
) -> None:
    second = ROW.replace("Q1,54", "Q2,abc").replace("Invented", '"Invented,\nin two lines\r\nor three"')
    text = f"{HEADINGS}\n   \n{ROW},,,,,\n{second}\n{ROW.replace('2026/27 Q1,54', '2025/26 Q3,-1')}"
    assert found(screened(text)) == [("number_unreadable", "numerator", [6]), ("count_negative", "numerator", [8])]
    assert screened(text).rows_read == 3


def test_rows_below_title_lines_keep_their_numbers(screened: Callable[..., Screening]) -> None:
    text = f'"Invented figures, by area\n(draft)",,,,,\n\nSource: nobody,,,,,\n{HEADINGS}{ROW.replace("54", "abc")}'
    assert found(screened(text)) == [("number_unreadable", "numerator", [5]), ("rows_above_heading", "", [1, 2, 3])]


# The same figures, however the file was saved


def parted(text: str, separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def turned_round(text: str) -> str:
    rows = csv.reader(io.StringIO(text))
    return "\n".join(",".join(f'"{cell}"' for cell in reversed(row)) for row in rows)


def with_headings(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: change(text.partition("\n")[0]) + "\n" + text.partition("\n")[2]


SAVED = {
    "UTF-8": str.encode,
    "UTF-8 with a byte-order mark": lambda text: text.encode("utf-8-sig"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "UTF-16, little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "semicolons": lambda text: parted(text, ";").encode(),
    "tabs": lambda text: parted(text, "\t").encode(),
    "tabs in UTF-16": lambda text: parted(text, "\t").encode("utf-16"),
    "lines that end with a carriage return": lambda text: text.replace("\n", "\r").encode(),
    "lines that end as on Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "columns in another order, all in quotation marks": lambda text: turned_round(text).encode(),
    "headings in capitals": lambda text: with_headings(str.upper)(text).encode(),
    "headings with spaces": lambda text: with_headings(lambda line: line.replace("_", " "))(text).encode(),
    "headings with hyphens and blanks": lambda text: with_headings(
        lambda line: line.replace("_", "-").replace(",", " , ")
    )(text).encode(),
    "blanks around cells": lambda text: with_headings(str)(text.replace(",", " , ")).encode(),
    "no-break spaces around cells": lambda text: parted(text, ",").replace(",", "\u00a0,\u00a0").encode(),
    "tabs around cells": lambda text: parted(text, ",").replace(",E23", ",\tE23").replace("\n", "\t\n").encode(),
    "a blank row below each row": lambda text: text.replace("\n", "\n\n").encode(),
}
PLAIN = """area_code,area_name,indicator,period,numerator,denominator,value,note,comment
E23000024,Norfolk,s136_health_based_place,2026/27 Q1,54,86,62.8,p,Invented: café; £5 – “quoted”
E23000024,Norfolk,people_contributing_evidence,2026/27 Q1,41,,,,Invented
E23000024,Norfolk,staff_jointly_trained,2026/27 Q1,,,,x,Invented
"""


def staged(connection: store.Connection) -> list[tuple[object, ...]]:
    """What the screening read of each row, without its number."""
    frame = connection.table("upload").df().drop(columns=["row", "sheet_row"])
    return list(frame.astype("str").itertuples(index=False, name=None))


@pytest.mark.parametrize("saved", SAVED)
def test_the_same_figures_are_read_however_they_were_saved(
    saved: str, screened: Callable[..., Screening], connection: store.Connection
) -> None:
    assert screened(PLAIN).findings == []
    plain = staged(connection)
    content = SAVED[saved](PLAIN)
    assert content != PLAIN.encode() or saved == "UTF-8"
    screening = screened(content)
    assert screening.findings == [] and screening.acceptable
    assert staged(connection) == plain and len(plain) == 3


def test_commas_in_the_text_of_a_file_with_semicolons_do_not_mislead(screened: Callable[..., Screening]) -> None:
    comment = "Invented, with more commas, in its one comment, than semicolons, in the row, as it happens, in English"
    text = (HEADINGS + ROW).replace(",", ";").replace("Invented", comment)
    assert text.count(",") > text.count(";") / 2
    assert screened(text).acceptable


def test_template_may_be_named_and_is_then_not_guessed(screened: Callable[..., Screening]) -> None:
    screening = screened(HEADINGS + ROW, template="insights")
    assert screening.template is not None and screening.template.key == "insights"
    assert {"commitment", "perspective", "summary"} == {item.column for item in screening.findings if item.column}


# Permission


def test_contributor_reports_for_own_areas_only(screened: Callable[..., Screening]) -> None:
    rows = "".join(ROW.replace(NORFOLK, code) for code in (NORFOLK, SUFFOLK, SUFFOLK.lower(), WEST_MIDLANDS))
    text = (HEADINGS + rows).replace("e23000025,s136_health_based_place", "e23000025,staff_jointly_trained")
    findings = screened(text).findings
    assert [(item.code, item.value, list(item.rows)) for item in findings] == [
        ("area_not_yours", SUFFOLK, [3, 4]),
        ("area_not_yours", WEST_MIDLANDS, [5]),
    ]
    both = Actor("Two areas", "contributor", frozenset({NORFOLK, SUFFOLK}))
    assert [item.value for item in screened(text, both).findings] == [WEST_MIDLANDS]
    assert screened(text, LOCAL_ADMINISTRATOR).findings == []


@pytest.mark.parametrize("role", ["viewer", "evaluator", "steering"])
def test_other_roles_report_for_no_area(role: str, screened: Callable[..., Screening]) -> None:
    actor = Actor("Reader", role, frozenset({NORFOLK}))
    assert found(screened(HEADINGS + ROW, actor)) == [("area_not_yours", "area_code", [2])]


# Edges of single rules


def one_row(**cells: str) -> str:
    row = {"area_code": NORFOLK, "indicator": "s136_health_based_place", "period": "2026/27 Q1", "comment": "Invented"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row | cells))
    writer.writeheader()
    writer.writerow(row | cells)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"numerator": "86", "denominator": "86"}, []),
        ({"numerator": "0", "denominator": "86", "value": "0", "lower": "0", "upper": "4.3"}, []),
        ({"numerator": " 1,204 ", "denominator": "2,000.0"}, []),
        ({"numerator": "1e3", "denominator": "2000"}, []),
        ({"numerator": "1,20", "denominator": "2000"}, ["number_unreadable"]),
        ({"numerator": "9" * 400, "denominator": "86"}, ["number_unreadable"]),
        ({"numerator": "nan", "denominator": "86"}, ["number_unreadable"]),
        ({"numerator": "", "denominator": "86", "value": "62.8"}, []),
        ({"numerator": "10", "denominator": "30", "value": "33"}, []),
        ({"numerator": "10", "denominator": "30", "value": "33.3"}, []),
        ({"numerator": "10", "denominator": "30", "value": "33.333333333333336"}, []),
        ({"numerator": "11", "denominator": "33", "value": "33.4"}, ["value_contradicts"]),
        ({"numerator": "11", "denominator": "30", "value": "33"}, ["value_contradicts"]),
        ({"numerator": "15", "denominator": "40", "value": "34.1"}, []),
        ({"numerator": "15", "denominator": "40", "value": "30.9"}, ["value_contradicts"]),
        ({"numerator": "15", "denominator": "40", "value": "31.0"}, []),
        ({"numerator": "15", "denominator": "40", "value": "44.7"}, []),
        ({"numerator": "15", "denominator": "40", "value": "44.9"}, ["value_contradicts"]),
        ({"numerator": "0", "denominator": "40", "value": "4.8"}, []),
        ({"numerator": "40", "denominator": "40", "value": "95.2"}, []),
        ({"numerator": "40", "denominator": "40", "value": "101"}, ["value_contradicts"]),
        ({"numerator": "10", "denominator": "30", "value": "0.33"}, ["value_contradicts"]),
        ({"value": "60", "lower": "60", "upper": "60"}, []),
        ({"value": "60%"}, ["number_unreadable"]),
        ({"value": "60", "lower": "0", "upper": "100"}, []),
        ({"value": "60", "lower": "0", "upper": "100.1"}, ["limits_disagree"]),
        ({"numerator": "54", "denominator": "86", "lower": "62.8", "upper": "70"}, []),
        ({"numerator": "54", "denominator": "86", "lower": "62.9", "upper": "70"}, ["limits_disagree"]),
        ({"numerator": "54", "denominator": "86", "lower": "50", "upper": "62.7"}, ["limits_disagree"]),
        ({"numerator": "54", "denominator": "86", "lower": "70", "upper": "50"}, ["limits_disagree"]),
        ({"indicator": "robbery", "period": "year ending June 2024", "numerator": "400", "lower": "2", "upper": "3"},
         ["limits_disagree", "population_used"]),
        ({"indicator": "robbery", "period": "year ending June 2024", "numerator": "400", "lower": "38", "upper": "48"},
         ["population_used"]),
        ({"indicator": "handover_wait_hours", "period": "Jun-26", "value": "2", "lower": "-1", "upper": "9"}, []),
        ({"numerator": "54", "denominator": "86", "value": "0,628"}, ["comma_may_be_decimal", "value_contradicts"]),
        ({"indicator": "people_contributing_evidence", "numerator": "1,204"}, []),
        ({"indicator": "robbery", "period": "some time", "numerator": "400"}, ["period_unreadable"]),
        ({"value": "60", "period_start": "2026-04-01", "period_end": "2026-06-30"}, []),
        ({"value": "60", "period_start": "2025-04-01", "period_end": "2025-06-30"}, ["period_disagrees"]),
        ({"value": "60", "period_start": "2025-04-01"}, []),
        ({"value": "60", "period": "never", "period_start": "2026-04-01", "period_end": "2026-06-30"},
         ["period_unreadable"]),
        ({"value": "60", "lower": "50", "upper": "abc"}, ["number_unreadable"]),
        ({"value": "", "note": "u"}, ["number_missing"]),
        ({"value": "[X]"}, []),
        ({"value": ":", "note": "c"}, []),
        ({"numerator": "54", "denominator": "86", "note": "(R)"}, []),
        ({"value": "60", "period": "2026/27 Q5"}, ["period_unreadable"]),
        ({"value": "60", "area_name": "West Midlands"}, ["area_name_of_another_area"]),
        ({"value": "60", "area_name": "NORFOLK  constabulary"}, []),
        ({"value": "60", "area_code": WEST_MIDLANDS, "area_name": "West Midlands"}, ["area_not_yours"]),
        ({"value": "60", "indicator": "S136 health-based place"}, []),
        ({"value": "60", "indicator": "Detentions under section 136 that go to a health-based place of safety"}, []),
        ({"indicator": "handover_wait_hours", "period": "Jun-26", "value": "-1"}, []),
        ({"indicator": "handover_wait_hours", "period": "2026-06", "numerator": "0", "denominator": "0"},
         ["denominator_zero"]),
        ({"indicator": "robbery", "period": "year ending June 2024", "numerator": "400", "denominator": "0"},
         ["population_used", "denominator_not_used"]),
    ],
    ids=str,
)  # fmt: skip
def test_edge_of_a_rule(cells: dict[str, str], codes: list[str], screened: Callable[..., Screening]) -> None:
    assert sorted(code for code, *_ in found(screened(one_row(**cells)))) == sorted(codes)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-04-01", "2026-06-30", []),
        ("01/04/2026", "30/06/2026", []),
        ("2026-04-01", "", [("period_missing", "period_end", [2])]),
        ("", "2026-06-30", [("period_missing", "period_start", [2])]),
        ("2026-06-30", "2026-04-01", [("period_unreadable", "period_start", [2])]),
        ("31/02/2026", "30/06/2026", [("period_unreadable", "period_start", [2])]),
        ("2026-04-01", "2026-06-29", [("period_length", "period_start", [2])]),
    ],
)
def test_first_and_last_day_in_place_of_a_period(
    start: str, end: str, expected: list[object], screened: Callable[..., Screening]
) -> None:
    text = one_row(value="60", period_start=start, period_end=end).replace("2026/27 Q1", "")
    assert found(screened(text)) == expected


@pytest.mark.parametrize(("separator", "codes"), [(",", []), ("\t", []), (";", ["comma_may_be_decimal"])])
def test_comma_in_a_number_is_asked_about_where_semicolons_separate_cells(
    separator: str, codes: list[str], screened: Callable[..., Screening], connection: store.Connection
) -> None:
    text = parted(one_row(indicator="people_contributing_evidence", numerator="1,204"), separator)
    assert [code for code, *_ in found(screened(text))] == codes
    assert connection.table("upload").df()["numerator"].tolist() == [1_204.0]


def test_participants_with_a_comma_between_thousands_are_stored_as_read(
    screened: Callable[..., Screening], connection: store.Connection
) -> None:
    content = (GOOD / "insights.csv").read_text(encoding="utf-8").replace(",120,", ',"1,200",')
    assert screened(content).findings == []
    assert 1_200 in connection.table("upload").df()["participants"].dropna().tolist()


def test_numbers_stay_with_their_cells_in_a_file_of_many_different_ones(connection: store.Connection) -> None:
    chunks = [pa.array([str(number) for number in range(first, first + 90_000)]) for first in (0, 50_000, 300_000)]
    column = pa.chunked_array([chunk.dictionary_encode() for chunk in chunks])
    store.run(connection, "staging/number_macro")
    table, unread = with_numbers(connection, pa.table({"value": column}), ("value",))
    expected = [float(text) for chunk in chunks for text in chunk.to_pylist()]
    assert unread == [] and table.column("value_number").to_pylist() == expected


def test_value_shown_is_short(screened: Callable[..., Screening]) -> None:
    findings: list[Finding] = screened(one_row(value="60", note="q" * 300)).findings
    assert [len(item.value) for item in findings] == [80]

"""Whatever arrives, the screening answers with findings or takes the file; it never fails."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.returned import with_findings
from data.screening import Screening, screen
from data.templates import HEADINGS, INSIGHTS, NOTE_MARKS, OBSERVATIONS, TEMPLATES, Template
from data.workbook import workbook
from tests.unit.data.megabytes import MARKS, UNITS

ROOT = Path(__file__).resolve().parents[3]

EXAMPLES = 25
QUIET = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "E23000024", "W15000001", "e12000005", "Norfolk", "West Midlands", "COM-1", "yes", "public"]
    ),
    st.sampled_from(["robbery", "handover_wait_hours", "people_contributing_evidence", "s136_health_based_place"]),
    st.sampled_from(
        ["2024/25", "2024-25 Q1", "Jul-25", "year ending June 2025", "9999", "0000/01", "31/02/2024 to 1/1/25"]
    ),
    st.sampled_from(
        [*NOTE_MARKS, "[x]", "service_user", "focus_group", "better", "5", "0", "-0", "1e99", "1E-9", "1,204"]
    ),
    st.floats().map(str),
    st.integers().map(str),
)


def files(headings: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """Files with some of these headings, in any order, over rows of any length."""
    chosen = st.lists(st.one_of(st.sampled_from(headings), st.text(max_size=8)), min_size=1, max_size=24)
    rows = st.lists(st.lists(CELLS, max_size=26), max_size=6)
    encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
    return st.builds(as_file, st.one_of(chosen, st.permutations(headings)), rows, st.sampled_from(",;\t"), encodings)


def as_file(headings: list[str], rows: list[list[str]], separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def assert_answered(screening: Screening) -> None:
    """An outcome that a page can show: a finding of its own for what is refused, and a file to give back."""
    must_fix = [finding for finding in screening.findings if finding.level == "must_fix"]
    assert screening.acceptable == (not must_fix)
    for finding in screening.findings:
        assert finding.message and list(finding.rows) == sorted(set(finding.rows))
    if screening.sheet is not None:
        last = max([screening.sheet.heading_row, *screening.sheet.table.column("row").to_pylist()])
        assert all(1 <= row <= last for finding in screening.findings for row in finding.rows)
        assert with_findings(screening.sheet, screening.findings)


@pytest.fixture(scope="module")
def answer() -> Callable[..., Screening]:
    """Screen, look at the outcome as a page does, and hand it on."""
    catalogue, connection = load(), store.connect(":memory:")

    def screened(content: bytes, template: str | None = None) -> Screening:
        screening = screen(connection, LOCAL_ADMINISTRATOR, catalogue, content, template=template)
        assert_answered(screening)
        return screening

    return screened


Answer = Callable[..., Screening]


@QUIET
@given(content=st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes, answer: Answer) -> None:
    answer(content)


@QUIET
@given(start=st.sampled_from(["", "area_code,indicator,period,value\n", '"', "\ufeff"]), text=st.text(max_size=300))
def test_any_text_is_answered(start: str, text: str, answer: Answer) -> None:
    answer((start + text).encode())


@QUIET
@given(content=files(HEADINGS), template=st.sampled_from([None, *TEMPLATES]))
def test_any_table_is_answered(content: bytes, template: str | None, answer: Answer) -> None:
    answer(content, template=template)


def rows_below(template: Template) -> st.SearchStrategy[list[list[str]]]:
    """Rows of the template's width. A file with a null character in it is refused as no text, so there is none."""
    cells = CELLS.map(lambda cell: cell.replace("\0", ""))
    return st.lists(st.lists(cells, min_size=len(template.headings), max_size=len(template.headings)), max_size=5)


def assert_rows_are_read(template: Template, rows: list[list[str]], answer: Answer) -> None:
    screening = answer(as_file(list(template.headings), rows, ",", "utf-8"))
    assert screening.template is template
    assert screening.rows_read == sum(any(cell.strip() for cell in row) for row in rows)


@QUIET
@given(rows=rows_below(OBSERVATIONS))
def test_any_numbers_are_answered(rows: list[list[str]], answer: Answer) -> None:
    assert_rows_are_read(OBSERVATIONS, rows, answer)


@QUIET
@given(rows=rows_below(INSIGHTS))
def test_any_insights_are_answered(rows: list[list[str]], answer: Answer) -> None:
    assert_rows_are_read(INSIGHTS, rows, answer)


# Files that are broken


RIGHT = (
    "area_code,area_name,indicator,period,numerator,denominator,comment\r\n"
    'E23000024,Norfolk,s136_health_based_place,2026/27 Q1,54,86,"Invented, ""twice"""\r\n'
    "E23000025,Suffolk,s136_health_based_place,2026/27 Q1,64,96,Invented – £5\r\n"
)
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp500",
    "shift_jis",
    "utf-7",
]
PIECES = st.one_of(
    st.sampled_from(
        ['"', '""', ",", ";", "\t", "\r", "\n", "\r\n", " ", "'", "|", "\\", "\ufeff", "\x00", "\x1a", "\x85"]
    ),
    st.sampled_from(
        ["area_code", "indicator", "period", "numerator", "E23000024", "54", "2026/27 Q1", "\u2028", "=1+1"]
    ),
    st.text(max_size=4),
)
STARTS = [
    b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF", b"<", b"{", b"[",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"sep=;\n", b"\x89PNG",
    b"SQLite format 3\x00",
]  # fmt: skip


def changed(content: bytes, changes: list[tuple[int, bytes]], end: int) -> bytes:
    """The bytes with others written over them at some places, cut off before the end."""
    whole = bytearray(content)
    for place, new in changes:
        whole[place % len(whole) : place % len(whole) + len(new)] = new
    return bytes(whole[: len(whole) - end % len(whole)])


CHANGES = st.lists(st.tuples(st.integers(0, 100_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6)


@QUIET
@given(encoding=st.sampled_from(ENCODINGS), changes=CHANGES, end=st.integers(0, 30))
def test_any_broken_encoding_is_answered(
    encoding: str, changes: list[tuple[int, bytes]], end: int, answer: Answer
) -> None:
    answer(changed(RIGHT.encode(encoding, errors="replace"), changes, end))


@QUIET
@given(pieces=st.lists(PIECES, max_size=60), below=st.booleans())
def test_any_broken_quoting_is_answered(pieces: list[str], below: bool, answer: Answer) -> None:
    answer(((RIGHT if below else "") + "".join(pieces)).encode())


@QUIET
@given(units=st.lists(st.integers(0, 0xFFFF), max_size=200), big=st.booleans(), below=st.booleans())
def test_any_units_of_utf_16_are_answered(units: list[int], big: bool, below: bool, answer: Answer) -> None:
    """Lone surrogates among them, which are no letters in any encoding."""
    order = "big" if big else "little"
    noise = b"".join(unit.to_bytes(2, order) for unit in [*units, 0xD800, 0x0A, 0xDC00])
    mark, name = (b"\xfe\xff", "utf-16-be") if big else (b"\xff\xfe", "utf-16-le")
    answer(mark + (RIGHT.encode(name) if below else b"") + noise)


@QUIET
@given(start=st.sampled_from(STARTS), content=st.binary(max_size=300), below=st.booleans())
def test_any_start_of_another_kind_of_file_is_answered(
    start: bytes, content: bytes, below: bool, answer: Answer
) -> None:
    answer(start + (RIGHT.encode() if below else b"") + content)


@QUIET
@given(widths=st.lists(st.integers(0, 1_500), min_size=1, max_size=6), separator=st.sampled_from(",;\t"))
def test_rows_of_any_width_are_answered(widths: list[int], separator: str, answer: Answer) -> None:
    rows = [["E23000024"] * width for width in widths]
    answer(as_file(list(OBSERVATIONS.headings), rows, separator, "utf-8"))


@QUIET
@given(
    length=st.sampled_from([999_999, 1_000_000, 1_000_001, 3_000_000]),
    letter=st.sampled_from(["x", "9", " ", "é", "\n", '"']),
    heading=st.sampled_from([*HEADINGS, "other"]),
    template=st.sampled_from([*TEMPLATES, None]),
)
def test_cells_of_any_length_are_answered(
    length: int, letter: str, heading: str, template: str | None, answer: Answer
) -> None:
    headings = list(dict.fromkeys([*OBSERVATIONS.required, heading]))
    row = [letter * length if name == heading else "Invented" for name in headings]
    screening = answer(as_file(headings, [row], ",", "utf-8"), template=template)
    assert not screening.acceptable


@pytest.fixture(scope="module")
def book() -> bytes:
    """A right workbook, as the Upload page gives it away."""
    row = {"area_code": "E23000024", "indicator": "s136_health_based_place", "period": "2026/27 Q1"}
    return workbook(OBSERVATIONS, load(), [row | {"numerator": "54", "denominator": "86"}])


@QUIET
@given(changes=CHANGES, end=st.integers(0, 40))
def test_any_broken_workbook_is_answered(
    changes: list[tuple[int, bytes]], end: int, book: bytes, answer: Answer
) -> None:
    answer(changed(book, changes, end))


# A megabyte of noise


@pytest.fixture(scope="module")
def answered() -> dict[str, tuple[bool, list[str]]]:
    """Kind of noise to whether it was acceptable and the codes found; fails where one is not answered in time."""
    command = [sys.executable, "-m", "tests.unit.data.megabytes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600, check=False)
    kinds = {name: (acceptable, codes) for name, acceptable, codes in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, f"after {list(kinds)[-1:]}:\n{done.stderr}"
    return kinds


def test_a_megabyte_of_any_noise_is_answered_in_time(answered: dict[str, tuple[bool, list[str]]]) -> None:
    expected = len(UNITS) + 2 * len(MARKS) + 20
    assert len(answered) >= expected
    for name, (acceptable, codes) in answered.items():
        assert acceptable == name.startswith("one cell of "), name
        assert codes or acceptable, name


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("random bytes", "file_not_text"),
        ("null characters", "file_not_text"),
        ("UTF-16 with lone surrogates", "file_not_text"),
        ("line ends", "file_empty"),
        ("line ends below headings", "no_rows"),
        ("commas below headings", "file_too_wide"),
        ("an odd number of quotes", "quote_not_closed"),
        ("quotes twice as many in each line", "quote_not_closed"),
        ("very many headings", "file_too_wide"),
        ("a broken archive", "file_workbook_unreadable"),
        ("indicators that are nearly right", "indicator_unknown"),
        ("the same fact again and again", "duplicate_fact"),
        ("cells that are all different", "number_unreadable"),
    ],
)
def test_noise_is_called_what_it_is(kind: str, code: str, answered: dict[str, tuple[bool, list[str]]]) -> None:
    assert code in answered[kind][1]

"""Whatever arrives, the screening answers with findings or takes the file; it never fails."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.returned import with_findings
from data.screening import Screening, screen
from data.templates import HEADINGS, INSIGHTS, NOTE_MARKS, OBSERVATIONS, TEMPLATES, Template

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
        last = screening.sheet.frame["row"].max() if len(screening.sheet.frame) else screening.sheet.heading_row
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

"""The filled workbook out and back: filled in as people do it, checked, stored, and its figures in the next one."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from data import queries
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.store import Connection
from data.submission import Prepared, prepare
from data.template_files import as_workbook, filled_rows
from data.templates import INSIGHTS, OBSERVATIONS, Template
from tests.integration.storing import NORFOLK, held_facts, send

JUNE = date(2026, 6, 30)
Cells = dict[str, Any]


def filled_in(template: Template, catalogue: Catalogue, *rows: Cells, formats: dict[str, str] | None = None) -> bytes:
    """The filled workbook with these cells typed into its first rows, and number formats as the typing leaves them."""
    book = openpyxl.load_workbook(
        io.BytesIO(as_workbook(template, catalogue, filled_rows(template, catalogue, [NORFOLK], [JUNE])))
    )
    sheet = book[template.title]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, cells in enumerate(rows, 2):
        for name, value in cells.items():
            cell = sheet.cell(number, places[name])
            cell.value, cell.number_format = value, (formats or {}).get(name, "General")
            # A cell for text keeps what begins like a formula as it is typed.
            cell.data_type = "s" if cell.number_format == "@" else cell.data_type
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def levels(prepared: Prepared, level: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.column) for finding in prepared.screening.findings if finding.level == level]


@pytest.mark.parametrize(
    ("template", "cells"),
    [(OBSERVATIONS, {"numerator": 40, "denominator": 100}), (INSIGHTS, {"summary": "=They say: “asked late”"})],
    ids=lambda value: value.key if isinstance(value, Template) else "",
)
def test_half_filled_workbook_is_stored_as_far_as_it_is_filled_in(
    empty: Connection, catalogue: Catalogue, template: Template, cells: Cells
) -> None:
    content = filled_in(template, catalogue, cells, cells, formats={"summary": "@"})
    prepared, version = send(empty, catalogue, content)
    assert prepared.screening.sheet.encoding == "Excel workbook"
    assert levels(prepared, "must_fix") == [] == levels(prepared, "check")
    assert prepared.counts["new"] == 2
    held = held_facts(empty, version)
    assert held[template.key] == 2


def test_what_was_sent_stands_in_the_next_workbook(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, filled_in(OBSERVATIONS, catalogue, {"numerator": 40, "denominator": 100}))
    held = queries.observations(empty, version).assign(hidden=False)
    september = filled_rows(OBSERVATIONS, catalogue, [NORFOLK], [date(2026, 9, 30)], held)
    first = filled_rows(OBSERVATIONS, catalogue, [NORFOLK], [JUNE])[0]
    told = {row["indicator"]: row["last_value"] for row in september}
    assert {key: words for key, words in told.items() if words} == {first["indicator"]: f"40 of 100, {first['period']}"}


Prepare = Callable[..., Prepared]


@pytest.fixture
def prepared(empty: Connection, catalogue: Catalogue) -> Prepare:
    def made(*rows: Cells, formats: dict[str, str] | None = None) -> Prepared:
        content = filled_in(OBSERVATIONS, catalogue, *rows, formats=formats)
        return prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "norfolk.xlsx")

    return made


def test_percentage_is_asked_about_and_not_taken_for_a_small_number(prepared: Prepare) -> None:
    found = prepared({"value": 0.54}, formats={"value": "0%"})
    assert levels(found, "must_fix") == [("number_unreadable", "value")]
    assert next(finding.value for finding in found.screening.findings if finding.level == "must_fix") == "54%"


def test_day_typed_for_a_fraction_is_asked_about(prepared: Prepare) -> None:
    found = prepared({"numerator": date(2026, 4, 3), "denominator": 100}, formats={"numerator": "d-mmm"})
    assert levels(found, "must_fix") == [("number_unreadable", "numerator")]


def test_month_that_the_spreadsheet_made_a_date_is_still_that_month(prepared: Prepare) -> None:
    typed = {"indicator": "handover_wait_hours", "period": date(2026, 6, 1), "value": 3.4}
    found = prepared(typed, formats={"period": "mmm-yy"})
    assert levels(found, "must_fix") == [] == levels(found, "check")
    assert found.counts["new"] == 1


def test_unfinished_formula_is_found_beside_the_faults_of_other_rows(prepared: Prepare) -> None:
    found = prepared({"numerator": "=20+20", "denominator": 100}, {"numerator": "8O", "denominator": 100})
    assert ("cell_without_result", "numerator") in levels(found, "must_fix")
    assert ("number_unreadable", "numerator") in levels(found, "must_fix")
    assert not found.confirmable

"""A real file: published counts of one indicator for all 39 areas, put into the template; then with four faults."""

import csv
import io
from pathlib import Path

import pytest

from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.findings import Finding
from data.returned import with_findings
from data.settings import Settings
from data.submission import Prepared, confirm, prepare
from data.template_files import blank
from data.templates import OBSERVATIONS
from data.versions import Moment
from data.workspace import open_workspace
from tests.integration.storing import held_facts

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "demonstration"
EDITION = PUBLISHED / "recorded_crime_year_ending_december_2024.csv"
INDICATOR, PERIOD = "violence_with_injury", "year ending December 2024"


@pytest.fixture
def connection(catalogue: Catalogue) -> store.Connection:
    """An empty workspace."""
    return open_workspace(Settings(":memory:", "empty"), catalogue)


@pytest.fixture(scope="module")
def figures() -> list[dict[str, str]]:
    """The published counts, one row per area, in the columns of the template."""
    with EDITION.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["indicator"], row["period"]) == (INDICATOR, PERIOD)]
    return rows


def in_the_template(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, OBSERVATIONS.headings)
    writer.writerows(rows)
    return blank(OBSERVATIONS) + text.getvalue().encode()


def prepared(connection: store.Connection, catalogue: Catalogue, content: bytes) -> Prepared:
    return prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")


def spreadsheet_row(figures: list[dict[str, str]], area: str) -> int:
    return 2 + [row["area_name"] for row in figures].index(area)


def spoilt(figures: list[dict[str, str]]) -> list[dict[str, str]]:
    """Cumbria's code is no code, Norfolk's number no number, Kent's count below zero, and Surrey stands twice."""
    rows = [dict(row) for row in figures]
    by_name = {row["area_name"]: row for row in rows}
    by_name["Cumbria"]["area_code"] = "E23000099"
    by_name["Norfolk"]["numerator"] = "abc"
    by_name["Kent"]["numerator"] = "-" + by_name["Kent"]["numerator"]
    return [*rows, by_name["Surrey"]]


def test_the_figures_cover_every_area_of_england_once(figures: list[dict[str, str]], catalogue: Catalogue) -> None:
    assert sorted(row["area_code"] for row in figures) == sorted(catalogue.expected_codes(INDICATOR))
    assert len(figures) == 39


def test_real_file_is_accepted_and_stored_as_it_is(
    connection: store.Connection, catalogue: Catalogue, figures: list[dict[str, str]]
) -> None:
    content = in_the_template(figures)
    ready = prepared(connection, catalogue, content)
    assert ready.screening.acceptable and ready.confirmable
    assert [(item.level, item.code, len(item.rows)) for item in ready.screening.findings] == [
        ("note", "population_used", 39)
    ]
    assert ready.counts == {"new": 39, "changed": 0, "unchanged": 0, "absent": 0}

    version = confirm(LOCAL_ADMINISTRATOR, ready, Moment.now())
    held = queries.observations(connection, version, indicator=INDICATOR)
    published = {row["area_code"]: float(row["numerator"]) for row in figures}
    assert dict(zip(held["area_code"], held["numerator"], strict=True)) == published
    assert set(held["population_year"]) == {2023} and not held["invented"].any()


def test_four_faults_give_exactly_four_findings(
    connection: store.Connection, catalogue: Catalogue, figures: list[dict[str, str]]
) -> None:
    ready = prepared(connection, catalogue, in_the_template(spoilt(figures)))
    must_fix = {item.code: item for item in ready.screening.findings if item.level == "must_fix"}
    kent = next(row["numerator"] for row in figures if row["area_name"] == "Kent")
    surrey = spreadsheet_row(figures, "Surrey")
    expected = [
        ("area_code_unknown", "area_code", "E23000099", [spreadsheet_row(figures, "Cumbria")]),
        ("number_unreadable", "numerator", "abc", [spreadsheet_row(figures, "Norfolk")]),
        ("count_negative", "numerator", f"-{kent}", [spreadsheet_row(figures, "Kent")]),
        ("duplicate_fact", "", "", [41]),
    ]
    assert [
        (code, must_fix[code].column, must_fix[code].value, list(must_fix[code].rows)) for code, *_ in expected
    ] == expected
    assert len([item for item in ready.screening.findings if item.level != "note"]) == 4
    assert must_fix["area_code_unknown"].fix == "Cumbria is E23000002"
    assert must_fix["duplicate_fact"].message == f"the same fact already stands in row {surrey}"


def test_file_with_faults_stores_nothing(
    connection: store.Connection, catalogue: Catalogue, figures: list[dict[str, str]]
) -> None:
    content = in_the_template(spoilt(figures))
    before = queries.current(connection)
    ready = prepared(connection, catalogue, content)
    assert not ready.confirmable and ready.counts == {}
    with pytest.raises(UserError, match="findings that must be mended first. Nothing was stored."):
        confirm(LOCAL_ADMINISTRATOR, ready, Moment.now())
    assert queries.current(connection) == before
    assert held_facts(connection, before["version"]) == {"observations": 0, "insights": 0}
    assert queries.submissions(connection, LOCAL_ADMINISTRATOR).empty


def test_file_comes_back_with_the_findings_beside_their_rows(
    connection: store.Connection, catalogue: Catalogue, figures: list[dict[str, str]]
) -> None:
    screening = prepared(connection, catalogue, in_the_template(spoilt(figures))).screening
    findings: list[Finding] = [item for item in screening.findings if item.level == "must_fix"]
    rows = csv.reader(io.StringIO(with_findings(screening.sheet, findings).decode("utf-8-sig")))
    noted = {int(number): note for number, note, *_ in list(rows)[1:] if note}
    assert sorted(noted) == sorted(
        [*(spreadsheet_row(figures, area) for area in ("Cumbria", "Norfolk", "Kent")), len(figures) + 2]
    )
    assert noted[spreadsheet_row(figures, "Cumbria")] == (
        "must fix: area_code: no area has this code; Cumbria is E23000002"
    )


def test_checked_file_is_not_stored_by_somebody_who_may_not_report_for_its_areas(
    connection: store.Connection, catalogue: Catalogue, figures: list[dict[str, str]]
) -> None:
    content = in_the_template(figures)
    ready = prepared(connection, catalogue, content)
    before = queries.current(connection)
    with pytest.raises(UserError, match="Nothing was stored"):
        confirm(Actor("Norfolk", "contributor", frozenset({"E23000024"})), ready,
                Moment.now())  # fmt: skip
    assert queries.current(connection) == before

"""Every template that can be downloaded is read back by the screening, and asks for nothing that does not exist."""

import csv
import io
from datetime import date

import pytest

from data import periods, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import RESIDENT_POPULATION, Catalogue, load
from data.screening import Screening, screen
from data.template_files import blank, dictionary, filled, recent_periods, reported_by_areas, worked
from data.templates import HEADINGS, INSIGHTS, OBSERVATIONS, TEMPLATES, Template

NORFOLK, SUFFOLK = "E23000024", "E23000025"
JUNE, MARCH = date(2026, 6, 30), date(2026, 3, 31)
BOTH = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def screened(content: bytes, catalogue: Catalogue) -> Screening:
    return screen(store.connect(":memory:"), LOCAL_ADMINISTRATOR, catalogue, content)


def completed(rows: list[dict[str, str]], **cells: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(row | cells for row in rows)
    return out.getvalue().encode()


@BOTH
def test_blank_template_is_its_headings_and_is_recognised(template: Template, catalogue: Catalogue) -> None:
    assert blank(template).decode("utf-8-sig").splitlines() == [",".join(template.headings)]
    screening = screened(blank(template), catalogue)
    assert screening.template is template
    assert [finding.code for finding in screening.findings] == ["no_rows"]


@BOTH
def test_worked_rows_are_right_and_say_that_they_are_invented(template: Template, catalogue: Catalogue) -> None:
    screening = screened(worked(template), catalogue)
    assert screening.template is template and screening.findings == []
    rows = table(worked(template))
    assert rows and all("invented" in row["comment" if template is OBSERVATIONS else "summary"] for row in rows)


def test_worked_rows_show_a_fraction_a_mean_a_count_and_a_note() -> None:
    filled_in = [{name for name in ("numerator", "denominator", "value", "note") if row[name]} for row in table(
        worked(OBSERVATIONS))]  # fmt: skip
    assert filled_in == [{"numerator", "denominator"}, {"value"}, {"numerator"}, {"note"}]


@BOTH
def test_filled_template_names_the_areas_and_only_what_exists(template: Template, catalogue: Catalogue) -> None:
    rows = table(filled(template, catalogue, [NORFOLK, SUFFOLK], [JUNE]))
    assert list(rows[0]) == list(template.headings)
    assert {(row["area_code"], row["area_name"]) for row in rows} == {(NORFOLK, "Norfolk"), (SUFFOLK, "Suffolk")}
    for name, choices in template.choices.items():
        assert {row[name] for row in rows} <= {"", *choices}
    keys = catalogue.indicators if template is OBSERVATIONS else catalogue.commitments
    assert {row["indicator" if template is OBSERVATIONS else "commitment"] for row in rows} <= set(keys)
    assert all(periods.parse(row["period"]) for row in rows)


def test_filled_numbers_ask_for_each_indicator_whose_period_ends_on_a_day(catalogue: Catalogue) -> None:
    rows = table(filled(OBSERVATIONS, catalogue, [NORFOLK], [JUNE, MARCH]))
    asked = [(row["indicator"], periods.parse(row["period"])) for row in rows]
    assert len(set(asked)) == len(asked)
    ends = {"month": [JUNE, MARCH], "quarter": [JUNE, MARCH], "financial_year": [MARCH]}
    expected = {(item.key, end) for item in reported_by_areas(catalogue) for end in ends[item.period_type]}
    assert {(key, period.end) for key, period in asked} == expected
    months = {key: period.months for key, period in asked}
    assert months == {key: periods.LENGTHS[catalogue.indicators[key].period_type] for key in months}
    assert all(catalogue.indicators[row["indicator"]].name in row["comment"] for row in rows)


def test_filled_insights_ask_every_perspective_on_every_commitment_in_the_last_quarter(catalogue: Catalogue) -> None:
    rows = table(filled(INSIGHTS, catalogue, [NORFOLK], [MARCH, JUNE]))
    asked = [(row["commitment"], row["perspective"]) for row in rows]
    assert asked == [(key, view) for key in catalogue.commitments for view in INSIGHTS.choices["perspective"]]
    assert {periods.parse(row["period"]) for row in rows} == {periods.Period(date(2026, 4, 1), JUNE)}


def test_filled_numbers_are_acceptable_once_numbers_are_in(catalogue: Catalogue) -> None:
    empty = filled(OBSERVATIONS, catalogue, [NORFOLK, SUFFOLK], [JUNE, MARCH])
    findings = screened(empty, catalogue).findings
    assert [(finding.code, len(finding.rows)) for finding in findings] == [("number_missing", len(table(empty)))]
    screening = screened(completed(table(empty), numerator="1", denominator="2"), catalogue)
    assert screening.acceptable and {finding.level for finding in screening.findings} == {"note"}


def test_filled_insights_are_acceptable_once_summaries_are_in(catalogue: Catalogue) -> None:
    empty = filled(INSIGHTS, catalogue, [NORFOLK], [JUNE])
    assert [finding.code for finding in screened(empty, catalogue).findings] == ["summary_missing"]
    assert screened(completed(table(empty), summary="Invented"), catalogue).findings == []


def test_areas_report_what_is_not_taken_from_national_publication(catalogue: Catalogue) -> None:
    keys = {item.key for item in reported_by_areas(catalogue)}
    assert {"s136_health_based_place", "handover_wait_hours", "shared_community_sites"} <= keys
    assert not keys & {"robbery", "violence_with_injury", "knife_offences"}
    assert catalogue.indicators["shared_community_sites"].denominator == RESIDENT_POPULATION


@BOTH
def test_dictionary_explains_every_column_and_value(template: Template, catalogue: Catalogue) -> None:
    rows = [(row["kind"], row["name"], row["detail"], row["meaning"]) for row in table(dictionary(template, catalogue))]
    columns = [row for row in rows if row[0] == "column"]
    assert [(name, detail == "required") for _, name, detail, _ in columns] == [
        (column.name, column.required) for column in template.columns
    ]
    values = {(kind, name) for kind, name, *_ in rows if kind.startswith("value of ")}
    assert values == {(f"value of {name}", key) for name, choices in template.choices.items() for key in choices}
    keys = catalogue.indicators if template is OBSERVATIONS else catalogue.commitments
    kind = "indicator" if template is OBSERVATIONS else "commitment"
    assert [name for what, name, *_ in rows if what == kind] == list(keys)
    assert [name for what, name, *_ in rows if what == "area"] == list(catalogue.areas)
    assert all(len(meaning) > 1 for *_, meaning in rows)


def test_headings_of_both_templates_are_known_once() -> None:
    assert len(HEADINGS) == len(set(HEADINGS))
    assert set(HEADINGS) == {*OBSERVATIONS.headings, *INSIGHTS.headings}


@pytest.mark.parametrize(
    ("period_type", "as_of", "spans"),
    [
        ("month", date(2026, 6, 30), [("2026-06-01", "2026-06-30"), ("2026-05-01", "2026-05-31")]),
        ("month", date(2026, 6, 29), [("2026-05-01", "2026-05-31"), ("2026-04-01", "2026-04-30")]),
        ("month", date(2024, 3, 1), [("2024-02-01", "2024-02-29"), ("2024-01-01", "2024-01-31")]),
        ("quarter", date(2026, 6, 30), [("2026-04-01", "2026-06-30"), ("2026-01-01", "2026-03-31")]),
        ("quarter", date(2026, 2, 1), [("2025-10-01", "2025-12-31"), ("2025-07-01", "2025-09-30")]),
        ("calendar_year", date(2026, 12, 30), [("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")]),
        ("financial_year", date(2026, 3, 31), [("2025-04-01", "2026-03-31"), ("2024-04-01", "2025-03-31")]),
        ("rolling_year", date(2026, 7, 15), [("2025-07-01", "2026-06-30"), ("2025-04-01", "2026-03-31")]),
    ],
)
def test_recent_periods_have_ended_and_come_newest_first(
    period_type: str, as_of: date, spans: list[tuple[str, str]]
) -> None:
    found = recent_periods(period_type, as_of, 2)
    assert [(str(span.start), str(span.end)) for span in found] == spans

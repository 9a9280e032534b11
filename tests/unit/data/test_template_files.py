"""Every template that can be downloaded is read back by the screening, and asks for nothing that does not exist."""

import csv
import io
from datetime import date, timedelta

import pandas as pd
import pytest

from data import periods, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import RESIDENT_POPULATION, Catalogue
from data.reading.excel import rows_of
from data.screening import Screening, screen
from data.template_files import (
    Due,
    Rows,
    as_csv,
    as_workbook,
    blank,
    date_due,
    dictionary,
    due_by_period,
    filled_rows,
    recent_periods,
    reported_by_areas,
    worked,
    worked_rows,
)
from data.templates import FILLED_IN, HEADINGS, INSIGHTS, OBSERVATIONS, READING_HELP, TEMPLATES, Template

NORFOLK, SUFFOLK = "E23000024", "E23000025"
JUNE, MARCH = date(2026, 6, 30), date(2026, 3, 31)
BOTH = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def filled(template: Template, catalogue: Catalogue, areas: list[str], ends: list[date]) -> bytes:
    return as_csv(template, filled_rows(template, catalogue, areas, ends))


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
    helping = {"observations": [*READING_HELP], "insights": ["what_is_asked"]}[template.key]
    assert [name for name in rows[0] if name not in helping] == list(template.headings)
    assert set(helping) <= set(rows[0])
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
    for row in rows:
        item, period = catalogue.indicators[row["indicator"]], periods.parse(row["period"])
        assert row["what_is_asked"] == f"{item.name} ({item.unit})"
        assert date.fromisoformat(row["date_due"]) - period.end == timedelta(days=item.due_days_after_period)


def test_filled_insights_ask_every_perspective_on_every_commitment_in_the_last_quarter(catalogue: Catalogue) -> None:
    rows = table(filled(INSIGHTS, catalogue, [NORFOLK], [MARCH, JUNE]))
    asked = [(row["commitment"], row["perspective"]) for row in rows]
    assert asked == [(key, view) for key in catalogue.commitments for view in INSIGHTS.choices["perspective"]]
    assert {periods.parse(row["period"]) for row in rows} == {periods.Period(date(2026, 4, 1), JUNE)}


@BOTH
def test_filled_template_leaves_blank_what_people_fill_in(template: Template, catalogue: Catalogue) -> None:
    rows = filled_rows(template, catalogue, [NORFOLK, SUFFOLK], [JUNE, MARCH])
    assert set(FILLED_IN[template.key]) <= set(template.headings)
    assert not [row for row in rows if any(row.get(name) for name in FILLED_IN[template.key])]


def test_filled_numbers_are_acceptable_once_numbers_are_in(catalogue: Catalogue) -> None:
    empty = table(filled(OBSERVATIONS, catalogue, [NORFOLK, SUFFOLK], [JUNE, MARCH]))
    rows = [row | {"numerator": str(20 + n), "denominator": str(400 + 3 * n)} for n, row in enumerate(empty)]
    screening = screened(completed(rows), catalogue)
    assert screening.acceptable and {finding.level for finding in screening.findings} == {"note"}
    assert "columns_unused" not in {finding.code for finding in screening.findings}


def test_filled_insights_are_acceptable_once_summaries_are_in(catalogue: Catalogue) -> None:
    empty = filled(INSIGHTS, catalogue, [NORFOLK], [JUNE])
    assert screened(completed(table(empty), summary="Invented"), catalogue).findings == []


def test_headings_that_help_are_no_columns_of_a_template() -> None:
    assert not set(READING_HELP) & set(HEADINGS)


def reported(*lines: dict[str, object]) -> pd.DataFrame:
    """Observations of Norfolk as the store gives them."""
    usual = {
        "area_code": NORFOLK, "period_start": "2026-01-01", "period_end": "2026-03-31", "numerator": None,
        "denominator": None, "value": None, "note": None, "invented": False, "hidden": False,
    }  # fmt: skip
    frame = pd.DataFrame([usual | line for line in lines])
    for name in ("period_start", "period_end"):
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype(dict.fromkeys(["numerator", "denominator", "value"], "float64"))


def last_value(catalogue: Catalogue, indicator: str, *lines: dict[str, object]) -> str:
    rows = filled_rows(OBSERVATIONS, catalogue, [NORFOLK], [JUNE], reported(*lines))
    return next(row["last_value"] for row in rows if row["indicator"] == indicator)


@pytest.mark.parametrize(
    ("indicator", "line", "words"),
    [
        ("joint_problem_solving_plans", {"numerator": 4, "denominator": 9}, "4 of 9, January to March 2026"),
        ("people_who_felt_heard", {"numerator": 40, "denominator": 100}, "about 40 of 100, January to March 2026"),
        (
            "people_who_felt_heard",
            {"hidden": True, "note": "c"},
            "hidden so that no person can be recognised, January to March 2026",
        ),
        ("people_who_felt_heard", {"value": 40.5}, "40.5 %, January to March 2026"),
        ("people_who_felt_heard", {"note": "x"}, "not available, January to March 2026"),
        ("people_who_felt_heard", {}, "no number, January to March 2026"),
        (
            "people_contributing_evidence",
            {"numerator": 40, "invented": True},
            "about 40, January to March 2026 (invented)",
        ),
        (
            "handover_wait_hours",
            {"numerator": 86.5, "denominator": 25, "value": 3.4567, "period_start": "2026-03-01"},
            "3.46 hours, March 2026",
        ),
    ],
)
def test_last_value_is_said_as_the_template_asks_for_it(
    catalogue: Catalogue, indicator: str, line: dict[str, object], words: str
) -> None:
    assert last_value(catalogue, indicator, {"indicator": indicator} | line) == words


def test_count_per_resident_is_said_without_the_population(catalogue: Catalogue) -> None:
    year = {"period_start": "2025-04-01", "numerator": 12, "denominator": 900_000}
    frame = reported({"indicator": "shared_community_sites"} | year)
    rows = filled_rows(OBSERVATIONS, catalogue, [NORFOLK], [MARCH], frame)
    assert [row["last_value"] for row in rows if row["indicator"] == "shared_community_sites"] == ["12, 2025/26"]


def test_last_value_is_the_areas_own_of_the_latest_period_by_the_one_asked(catalogue: Catalogue) -> None:
    felt = {"indicator": "people_who_felt_heard", "denominator": 100}
    lines = [
        felt | {"numerator": 1, "period_start": "2025-10-01", "period_end": "2025-12-31"},
        felt | {"numerator": 2},
        felt | {"numerator": 3, "period_start": "2026-07-01", "period_end": "2026-09-30"},
        felt | {"numerator": 4, "area_code": SUFFOLK, "period_start": "2026-04-01", "period_end": "2026-06-30"},
    ]
    assert last_value(catalogue, "people_who_felt_heard", *lines) == "about 2 of 100, January to March 2026"
    assert last_value(catalogue, "staff_jointly_trained", *lines) == ""


def test_what_is_missing_is_due_with_the_first_of_it(catalogue: Catalogue) -> None:
    asked = {item.key: item for item in reported_by_areas(catalogue) if item.period_type in ("month", "quarter")}
    june = {"period_start": "2026-04-01", "period_end": "2026-06-30", "numerator": 1}
    months = [key for key, item in asked.items() if item.period_type == "month"]
    for sent in ([], months, list(asked)):
        frame = reported({"indicator": "robbery"}, *({"indicator": key} | june for key in sent))
        dues = [date_due(item, JUNE) for key, item in asked.items() if key not in sent]
        found = due_by_period(catalogue, [NORFOLK], [JUNE], frame)
        assert found == [Due(JUNE, len(asked), len(dues), min(dues, default=None))]


def test_what_other_areas_sent_is_still_missing(catalogue: Catalogue) -> None:
    june = {"indicator": "people_who_felt_heard", "period_start": "2026-04-01", "period_end": "2026-06-30"}
    one, two = (
        due_by_period(catalogue, codes, [JUNE, MARCH], reported(june | {"area_code": SUFFOLK}))
        for codes in ([NORFOLK], [NORFOLK, SUFFOLK])
    )
    assert one[0].asked == one[0].missing and two[0].missing == two[0].asked - 1 == 2 * one[0].asked - 1
    assert [due.end for due in one] == [JUNE, MARCH]


@pytest.mark.parametrize(
    ("due", "overdue"),
    [(None, False), (date(2026, 8, 13), True), (date(2026, 8, 14), False), (date(2026, 8, 15), False)],
)
def test_nothing_is_overdue_on_the_day_it_is_due(due: date | None, overdue: bool) -> None:
    assert Due(JUNE, 3, 2, due).overdue(date(2026, 8, 14)) is overdue


@BOTH
@pytest.mark.parametrize("kind", ["blank", "worked", "filled"])
def test_workbook_reads_back_as_the_csv(template: Template, kind: str, catalogue: Catalogue) -> None:
    rows: Rows = {
        "blank": list,
        "worked": lambda: worked_rows(template),
        "filled": lambda: filled_rows(template, catalogue, [NORFOLK, SUFFOLK], [JUNE, MARCH], reported(
            {"indicator": "people_who_felt_heard", "numerator": 40, "denominator": 100})),
    }[kind]()  # fmt: skip
    written = list(csv.reader(io.StringIO(as_csv(template, rows).decode("utf-8-sig"), newline="")))
    read, findings = rows_of(as_workbook(template, catalogue, rows), HEADINGS)
    assert [row + [""] * (len(written[0]) - len(row)) for row in read] == written
    assert findings == []


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

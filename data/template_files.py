"""Templates to download: blank with worked rows, filled for one's areas and periods, and the data dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data import periods
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.export import rows_to_csv
from data.templates import INSIGHTS, OBSERVATIONS, Template

EXAMPLE_AREA = ("E23000024", "Norfolk")


def blank(template: Template) -> bytes:
    """The template with its headings only."""
    return rows_to_csv(template.headings, [])


def worked(template: Template) -> bytes:
    """The template with rows that show how it is filled in; the figures are invented and the rows say so."""
    rows = _worked_observations() if template is OBSERVATIONS else _worked_insights()
    return rows_to_csv(template.headings, [[row.get(name, "") for name in template.headings] for row in rows])


def filled(template: Template, catalogue: Catalogue, areas: Sequence[str], period_ends: Sequence[date]) -> bytes:
    """The template with a row for each thing to report for these areas, names beside keys.

    Numbers: one row per indicator that an area reports and per period of its length that ends on one of the days given.
    Insights: one row per commitment and perspective, for the last of the days.
    """
    rows = (_observation_rows if template is OBSERVATIONS else _insight_rows)(catalogue, areas, period_ends)
    return rows_to_csv(template.headings, [[row.get(name, "") for name in template.headings] for row in rows])


def dictionary(template: Template, catalogue: Catalogue) -> bytes:
    """What each column means, and every key that may be used with its name."""
    rows: list[list[str]] = [
        ["column", column.name, "required" if column.required else "optional", column.meaning]
        for column in template.columns
    ]
    rows += [
        ["value of " + name, key, "", words]
        for name, choices in template.choices.items()
        for key, words in choices.items()
    ]
    if template is OBSERVATIONS:
        rows += [
            ["indicator", key, item.unit, f"{item.name}: {item.definition}"]
            for key, item in catalogue.indicators.items()
        ]
    else:
        rows += [["commitment", key, "", item.title] for key, item in catalogue.commitments.items()]
    rows += [["area", code, area.type, area.name] for code, area in catalogue.areas.items()]
    return rows_to_csv(["kind", "name", "detail", "meaning"], rows)


def reported_by_areas(catalogue: Catalogue) -> list[Indicator]:
    """The indicators that areas report themselves: those not taken from national publication."""
    return [
        item for item in catalogue.indicators.values() if item.denominator != RESIDENT_POPULATION or _is_local(item)
    ]


def recent_periods(period_type: str, as_of: date, count: int) -> list[periods.Period]:
    """The latest periods of a type that have ended by a day, newest first."""
    months = periods.LENGTHS[period_type]
    month = as_of.year * 12 + as_of.month - 1
    ends = [number for number in range(month, month - 12 * 20, -1) if _ends_here(number, period_type)]
    spans = [periods.span(end - months + 1, months) for end in ends]
    return [span for span in spans if span.end <= as_of][:count]


def _is_local(indicator: Indicator) -> bool:
    return "Office for National Statistics" not in indicator.source


def _ends_here(month: int, period_type: str) -> bool:
    last = month % 12 + 1
    return {
        "month": True,
        "quarter": last % 3 == 0,
        "calendar_year": last == 12,
        "financial_year": last == 3,
        "rolling_year": last % 3 == 0,
    }[period_type]


def _observation_rows(catalogue: Catalogue, areas: Sequence[str], ends: Sequence[date]) -> list[dict[str, str]]:
    return [
        {
            "area_code": code,
            "area_name": catalogue.areas[code].name,
            "indicator": item.key,
            "period": periods.label(span.start, span.end, item.period_type),
            "comment": f"{item.name} ({item.unit})",
        }
        for code in areas
        for item in reported_by_areas(catalogue)
        for end in ends
        for span in recent_periods(item.period_type, end, 1)
        if span.end == end
    ]


def _insight_rows(catalogue: Catalogue, areas: Sequence[str], ends: Sequence[date]) -> list[dict[str, str]]:
    quarter = recent_periods("quarter", max(ends), 1)[0]
    period = periods.label(quarter.start, quarter.end, "quarter")
    return [
        {
            "area_code": code,
            "area_name": catalogue.areas[code].name,
            "commitment": key,
            "period": period,
            "perspective": perspective,
            "visibility": "steering",
        }
        for code in areas
        for key in catalogue.commitments
        for perspective in INSIGHTS.choices["perspective"]
    ]


def _worked_observations() -> list[dict[str, str]]:
    code, name = EXAMPLE_AREA
    place = {"area_code": code, "area_name": name, "comment": "Worked example, invented: replace it"}
    return [
        place
        | {"indicator": "s136_health_based_place", "period": "2026/27 Q1", "numerator": "54", "denominator": "86"},
        place
        | {"indicator": "handover_wait_hours", "period": "2026-06", "value": "3.4", "lower": "3.1", "upper": "3.7"},
        place | {"indicator": "people_contributing_evidence", "period": "2026/27 Q1", "numerator": "41"},
        place | {"indicator": "staff_jointly_trained", "period": "2026/27 Q1", "note": "x"},
    ]


def _worked_insights() -> list[dict[str, str]]:
    code, name = EXAMPLE_AREA
    return [
        {
            "area_code": code,
            "area_name": name,
            "commitment": "COM-1",
            "period": "2026/27 Q1",
            "perspective": "service_user",
            "organisation": "Voluntary partner",
            "sector": "voluntary",
            "method": "focus_group",
            "participants": "9",
            "grade": "2",
            "direction": "worse",
            "summary": "Worked example, invented: people say that they are asked late and hear nothing back",
            "quote": "They ask us once it is all decided",
            "consent_to_publish": "yes",
            "visibility": "steering",
            "barriers": "asked too late; no reply",
            "enablers": "a named contact",
            "not_heard": "people who work nights",
            "source_reference": "EXAMPLE-1",
        }
    ]

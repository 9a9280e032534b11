"""Templates to download: blank with worked rows, filled for one's areas and periods, and the data dictionary.

Each is a list of rows, column name to text, which `as_csv` and `as_workbook` turn into a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from data import periods
from data.catalogue import RESIDENT_POPULATION, Catalogue, Indicator
from data.export import rows_to_csv
from data.last_values import LastValues
from data.templates import INSIGHTS, OBSERVATIONS, READING_HELP, Template
from data.workbook import workbook

EXAMPLE_AREA = ("E23000024", "Norfolk")
BESIDE: dict[str, dict[str, tuple[str, ...]]] = {
    "observations": {"indicator": ("what_is_asked",), "period": ("date_due", "last_value")},
    "insights": {"commitment": ("what_is_asked",)},
}
"""By template, the columns that help, each after the column whose cell it explains."""
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Due:
    """What is asked for the periods that end on a day: `asked` rows, `missing` of which have not been sent.

    `due` is the day by which the first of those missing is due; None when nothing is missing.
    """

    end: date
    asked: int
    missing: int
    due: date | None

    def overdue(self, as_of: date) -> bool:
        """Whether something missing was due before a day."""
        return self.due is not None and self.due < as_of


def blank(template: Template) -> bytes:
    """The template with its headings only, as CSV."""
    return as_csv(template, [])


def worked(template: Template) -> bytes:
    """The template with worked rows, as CSV."""
    return as_csv(template, worked_rows(template))


def as_csv(template: Template, rows: Rows) -> bytes:
    """Rows of the template as CSV, with the columns that help where the rows have any."""
    headings = headings_of(template, rows)
    return rows_to_csv(headings, [[row.get(name, "") for name in headings] for row in rows])


def as_workbook(template: Template, catalogue: Catalogue, rows: Rows) -> bytes:
    """Rows of the template as an Excel workbook that offers what may be filled in. See `data.workbook`."""
    return workbook(template, catalogue, rows, headings_of(template, rows))


def headings_of(template: Template, rows: Rows) -> tuple[str, ...]:
    """The columns of the template, and where the rows have any of the columns that help, those beside them."""
    helped = any(name in row for row in rows[:1] for name in READING_HELP)
    beside = BESIDE[template.key] if helped else {}
    return tuple(name for heading in template.headings for name in (heading, *beside.get(heading, ())))


def worked_rows(template: Template) -> Rows:
    """Rows that show how the template is filled in; the figures are invented and the rows say so."""
    return _worked_observations() if template is OBSERVATIONS else _worked_insights()


def filled_rows(
    template: Template,
    catalogue: Catalogue,
    areas: Sequence[str],
    period_ends: Sequence[date],
    protected: pd.DataFrame | None = None,
) -> Rows:
    """A row for each thing to report for these areas, with the columns that help beside the keys.

    Numbers: one row per indicator that an area is to report and per period of its length that ends on one of the days,
    with the day it is due and the latest figure in `protected`: observations that `metrics.disclosure.protect` has been
    over. Insights: one row per commitment and perspective, for the quarter that ends by the last of the days.
    """
    if template is INSIGHTS:
        return _insight_rows(catalogue, areas, period_ends)
    last = LastValues(None if protected is None else protected[protected["area_code"].isin(areas)])
    return [_observation_row(catalogue, last, *slot) for slot in _slots(catalogue, areas, period_ends)]


def due_by_period(
    catalogue: Catalogue, areas: Sequence[str], period_ends: Sequence[date], reported: pd.DataFrame
) -> list[Due]:
    """For each day on which periods end, how much is asked of the areas, how much is missing and when it is due."""
    ended = pd.to_datetime(reported["period_end"])
    own = reported[reported["area_code"].isin(areas) & ended.isin(pd.to_datetime(list(period_ends)))]
    there = set(zip(own["area_code"], own["indicator"], map(_day, own["period_end"]), strict=True))
    asked: dict[date, int] = dict.fromkeys(period_ends, 0)
    missing: dict[date, list[date]] = {end: [] for end in period_ends}
    for code, item, span in _slots(catalogue, areas, period_ends):
        asked[span.end] += 1
        if (code, item.key, span.end) not in there:
            missing[span.end].append(date_due(item, span.end))
    return [Due(end, asked[end], len(missing[end]), min(missing[end], default=None)) for end in period_ends]


def date_due(item: Indicator, period_end: date) -> date:
    """The day by which an indicator's figure for a period is due."""
    return period_end + timedelta(days=item.due_days_after_period)


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


def _day(value: date) -> date:
    return pd.Timestamp(value).date()


def _slots(
    catalogue: Catalogue, areas: Sequence[str], ends: Sequence[date]
) -> list[tuple[str, Indicator, periods.Period]]:
    """Area, indicator and period of everything that the areas are to report for periods ending on these days."""
    items = [(item, set(catalogue.expected_codes(item.key))) for item in reported_by_areas(catalogue)]
    spans = {
        kind: [span for end in ends for span in recent_periods(kind, end, 1) if span.end == end]
        for kind in {item.period_type for item, _ in items}
    }
    return [
        (code, item, span)
        for code in areas
        for item, expected in items
        if code in expected
        for span in spans[item.period_type]
    ]


def _observation_row(
    catalogue: Catalogue, last: LastValues, code: str, item: Indicator, span: periods.Period
) -> dict[str, str]:
    return {
        "area_code": code,
        "area_name": catalogue.areas[code].name,
        "indicator": item.key,
        "what_is_asked": f"{item.name} ({item.unit})",
        "period": periods.label(span.start, span.end, item.period_type),
        "date_due": date_due(item, span.end).isoformat(),
        "last_value": last.words(code, item, span.end),
    }


def _insight_rows(catalogue: Catalogue, areas: Sequence[str], ends: Sequence[date]) -> Rows:
    quarter = recent_periods("quarter", max(ends), 1)[0]
    period = periods.label(quarter.start, quarter.end, "quarter")
    return [
        {
            "area_code": code,
            "area_name": catalogue.areas[code].name,
            "commitment": key,
            "what_is_asked": commitment.title,
            "period": period,
            "perspective": perspective,
            "visibility": "steering",
        }
        for code in areas
        for key, commitment in catalogue.commitments.items()
        for perspective in INSIGHTS.choices["perspective"]
    ]


def _worked_observations() -> Rows:
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


def _worked_insights() -> Rows:
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

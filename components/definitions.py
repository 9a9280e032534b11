"""Definitions as rows of tables: indicators, targets, populations, commitments and signatories."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import POLARITY_WORDS, day, listed, number, plural, with_unit
from components import html
from components.controls import View, area_label
from data import periods
from data.catalogue import Catalogue, Indicator
from data.screening.staging import PERIOD_WORDS
from reports.figure_cells import figure_cell

TARGET_COLUMNS = [
    html.Column("Target"),
    html.Column("For"),
    html.Column("By"),
    html.Column("Agreed by, and why"),
]
INDICATOR_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Commitments"),
    html.Column("Measure"),
    html.Column("What is better"),
    html.Column("Due after the period", numeric=True),
    html.Column("Status"),
    html.Column("Areas with a change since July 2025", numeric=True),
]
POPULATION_COLUMNS = [
    html.Column("Area"),
    html.Column("Residents", numeric=True),
    html.Column("Estimate"),
    html.Column("Figure", numeric=True),
]
COMMITMENT_COLUMNS = [
    html.Column("Commitment"),
    html.Column("In our own words"),
    html.Column("Forerunners of 2018"),
    html.Column("Source"),
]
ORGANISATION_COLUMNS = [
    html.Column("Organisation"),
    html.Column("2018"),
    html.Column("2025"),
    html.Column("What it leads"),
]
SMALL_NUMBERS = {
    "already_published": "nothing is hidden: the figures are published already",
    "no_people_counted": "nothing is hidden: the figures do not count people",
    "threshold_7": "counts from 1 to 7 are to be hidden before anything is published",
}
HOW_OFTEN = {"monthly": "every month", "quarterly": "every quarter", "yearly": "once a year"}
AREA_TYPE_WORDS = {"police_force_area": "police force area", "region": "region"}
Rows = list[list[str | html.Cell]]


def definition_rows(item: Indicator, catalogue: Catalogue, held: pd.DataFrame, due_example: str = "") -> Rows:
    """Every field of an indicator in words; `held` are its observations, `due_example` a period and when it is due."""
    fields = _what(item) | _when(item, catalogue, due_example) | _who(item, catalogue) | _state(item, catalogue, held)
    return [[name, text] for name, text in fields.items()]


def target_rows(targets: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> Rows:
    """One row per target, invented ones marked."""
    return [_target(line, item, catalogue) for line in targets.to_dict("records")]


def indicator_rows(catalogue: Catalogue, changed: pd.DataFrame, view: View) -> Rows:
    """One row per indicator, with how many of its areas have a change since July 2025."""
    known = (changed["change"] != "cannot_be_calculated").groupby(changed["indicator"]).agg(["sum", "size"])
    return [
        [
            html.Cell(one.name, href=view.link("methods", indicator=key), detail=key),
            ", ".join(one.commitments),
            html.Cell(f"{one.measure}, {one.unit}", detail="person-centred" if one.person_centred else ""),
            POLARITY_WORDS[one.polarity],
            html.Cell(plural(one.due_days_after_period, "day"), detail=f"from {_first_period(one)} on"),
            one.status,
            f"{known['sum'][key]} of {known['size'][key]}",
        ]
        for key, one in catalogue.indicators.items()
    ]


def populations_used(held: pd.DataFrame) -> pd.DataFrame:
    """The latest figure of each force area that rests on a mid-year estimate."""
    used = held[held["population_year"].notna()].sort_values("period_end")
    latest = used.drop_duplicates("area_code", keep="last").sort_values("area_name")
    return latest[["area_code", "area_name", "denominator", "population_year", "value", "lower", "upper", "reason"]]


def population_rows(used: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> Rows:
    """Residents, the year of the estimate, and the figure made with it."""
    return [
        [
            area_label(catalogue, line["area_code"]),
            number(line["denominator"]),
            f"mid-{int(line['population_year'])}",
            figure_cell(item, line, line["reason"] if pd.isna(line["value"]) else ""),
        ]
        for line in used.to_dict("records")
    ]


def commitment_rows(catalogue: Catalogue) -> Rows:
    """Each commitment with its forerunners and its place in the source."""
    return [
        [
            f"{key} {one.title}",
            one.summary,
            " ".join(f"{code}: {catalogue.forerunners[code].summary}" for code in one.forerunners) or "none",
            f"{one.section}, position {one.position}",
        ]
        for key, one in catalogue.commitments.items()
    ]


def organisation_rows(catalogue: Catalogue) -> Rows:
    """The signatories of either consensus."""
    signed = {True: "signed", False: "no"}
    return [
        [one.name, signed[one.signed_2018], signed[one.signed_2025], one.work]
        for one in catalogue.organisations.values()
        if one.signed_2018 or one.signed_2025
    ]


def _what(item: Indicator) -> dict[str, str]:
    return {
        "Definition": item.definition,
        "Numerator": item.numerator,
        "Denominator": item.denominator or "none: a plain count",
        "Measure and unit": f"{item.measure}, {item.unit}",
        "What is better": POLARITY_WORDS[item.polarity],
        "Person-centred": "yes" if item.person_centred else "no",
    }


def _when(item: Indicator, catalogue: Catalogue, due_example: str) -> dict[str, str]:
    """How often it is reported, by when each figure is due, and from which period on which areas are expected to."""
    waited = f"{plural(item.due_days_after_period, 'day')} after the period ends"
    return {
        "Reported": f"{item.frequency}, each figure covers {PERIOD_WORDS[item.period_type]}",
        "Due": f"{waited}: {due_example}" if due_example else waited,
        "Expected": f"from {_first_period(item)} on, {HOW_OFTEN[item.frequency]}, of {_expected_of(item, catalogue)}",
    }


def _who(item: Indicator, catalogue: Catalogue) -> dict[str, str]:
    tags = catalogue.topics | catalogue.themes
    return {
        "Reported by": ", ".join(catalogue.organisations[key].name for key in item.reported_by),
        "Commitments": "; ".join(f"{key} {catalogue.commitments[key].title}" for key in item.commitments),
        "Topics": ", ".join(tags[key].name for key in item.topics) or "none",
        "Source": item.source,
    }


def _state(item: Indicator, catalogue: Catalogue, held: pd.DataFrame) -> dict[str, str]:
    shown = held.loc[held["value"].notna() & (held["area_type"] == "police_force_area"), "area_code"].nunique()
    summed = "summed from the areas" if item.counts_add_up else "no figure is made, because the counts do not add up"
    return {
        "Regions and England": summed,
        "Small numbers": SMALL_NUMBERS[item.disclosure],
        "Read with care": " ".join(item.caveats) or "nothing known",
        "Status": f"{item.status}, reviewed by the {item.reviewed_by.lower()} on {day(item.reviewed_on)}",
        "Figures held": f"{len(held):,}; {shown} of {len(catalogue.expected_codes(item.key))} areas have one",
    }


def _first_period(item: Indicator) -> str:
    first = periods.parse(item.first_period)
    return periods.label(first.start, first.end, item.period_type) if first else item.first_period


def _expected_of(item: Indicator, catalogue: Catalogue) -> str:
    codes, kind = catalogue.expected_codes(item.key), str(item.expected_areas)
    if kind in AREA_TYPE_WORDS:
        return plural(len(codes), AREA_TYPE_WORDS[kind])
    return listed([area_label(catalogue, code) for code in codes], 5)


def _target(line: dict[Any, Any], item: Indicator, catalogue: Catalogue) -> list[str | html.Cell]:
    area = area_label(catalogue, line["area_code"]) if isinstance(line["area_code"], str) else "all areas"
    why = f"{line['agreed_by']}: {line['reason']}" + (" (invented)" if line["invented"] else "")
    return [with_unit(number(line["value"], 1), item.unit), area, day(line["due"]), why]

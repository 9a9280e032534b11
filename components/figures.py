"""Rows of figures: latest, baseline, change and comparison of an indicator, with limits, words and reasons."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import CHANGE_WORDS, COMPARISON_WORDS, decimals_for, number, plural, with_unit
from components import html
from components.controls import View
from data.catalogue import Indicator
from reports.figure_cells import (
    CANNOT,
    METHOD_WORDS,
    areas_summed,
    change_cells,
    dated_cell,
    difference_cell,
    figure_cell,
    name_cell,
    reason_text,
    word_cell,
)

SHOWN_FIRST = 12
AREA_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest", numeric=True),
    html.Column("Against England"),
    html.Column("Change since July 2025", numeric=True),
    html.Column("Word"),
]
SERIES_COLUMNS = [
    html.Column("Period"),
    html.Column("Figure", numeric=True),
    html.Column("Count", numeric=True),
    html.Column("Out of", numeric=True),
    html.Column("Why not, or note"),
    html.Column("Source"),
]
FIRST = {"worsened": 0, "improved": 1, "no_clear_change": 2, "higher": 3, "lower": 3}
NOT_COMPARED = {"the benchmark is missing": "England has no figure", "the value is missing": "no figure to compare"}


def change_row(
    item: Indicator,
    figure: dict[Any, Any] | None,
    change: dict[Any, Any] | None,
    pairs: pd.DataFrame,
    view: View,
) -> list[str | html.Cell]:
    """One indicator with a link to its definition, and its `reports.figure_cells.change_cells`."""
    name = name_cell(item, view.link("methods", indicator=item.key))
    return [name, *change_cells(item, figure, change, pairs)]


def area_row(
    item: Indicator, figure: dict[Any, Any] | None, change: dict[Any, Any] | None, view: View
) -> list[str | html.Cell]:
    """One indicator of one area: latest figure, comparison with England, change and its word."""
    name = name_cell(item, view.link("area", indicator=item.key))
    if figure is None:
        return [name, html.Cell("not reported", "absent"), "", "", ""]
    latest = dated_cell(item, figure)
    if change is None:
        return [name, latest, comparison_cell(item, figure), "", ""]
    return [name, latest, comparison_cell(item, figure), difference_cell(item, change), word_cell(change)]


def series_row(item: Indicator, line: dict[Any, Any]) -> list[str | html.Cell]:
    """One period of a series: figure, count, denominator, why there is none, and where it is from."""
    year = f" (mid-{int(line['population_year'])})" if pd.notna(line["population_year"]) else ""
    notes = [reason_text(line["reason"]), reason_text(line["comment"]), areas_summed(line)]
    source = " ".join(filter(None, (reason_text(line["source"]), reason_text(line["edition"]))))
    return [
        line["period_label"],
        figure_cell(item, line, ""),
        number(line["numerator"], 0 if item.measure != "mean" else 1),
        number(line["denominator"]) + year,
        ". ".join(filter(None, notes)),
        source,
    ]


def comparison_cell(item: Indicator, line: Any) -> html.Cell:
    """How a figure compares with England's for the same period."""
    if line["comparison"] == "not_compared":
        why = reason_text(line["comparison_reason"])
        return html.Cell(COMPARISON_WORDS["not_compared"], "not_compared", detail=NOT_COMPARED.get(why, why))
    benchmark = with_unit(number(line["benchmark"], decimals_for(item.measure)), item.unit)
    return html.Cell(COMPARISON_WORDS[line["comparison"]], line["comparison"], detail=f"England {benchmark}")


def moves_sentence(where: str, moved: dict[str, Any], expected: int) -> str:
    """How many of a place's indicators moved which way since July 2025."""
    states = [line["change"] for line in moved.values() if line["change"] != "cannot_be_calculated"]
    if not states:
        return (
            f"{where}: of {plural(expected, 'indicator')}, none has figures before and after July 2025 to compare yet."
        )
    return (
        f"{where}: since July 2025, {states.count('improved')} of {plural(expected, 'indicator')} improved, "
        f"{states.count('worsened')} worsened and {states.count('no_clear_change')} show no clear change; "
        "for the rest a change cannot be calculated or is not judged."
    )


def against_england_sentence(own: pd.DataFrame, insights: int) -> str:
    """How many of a place's latest figures differ from England's, and how many insights came from it."""
    counts = own["comparison"].value_counts()
    better, worse, similar, higher, lower = (
        int(counts.get(word, 0)) for word in ("better", "worse", "similar", "higher", "lower")
    )
    if not better + worse + similar + higher + lower:
        return f"No figure can be compared with England yet. {plural(insights, 'insight')} came from here."
    return (
        f"Against England {better} are better, {worse} worse, {similar} similar, and {higher + lower} differ where no "
        f"judgement is made. {plural(insights, 'insight')} came from here."
    )


def worsened_first(items: list[Indicator], moved: dict[str, Any], reported: set[str]) -> list[Indicator]:
    """Indicators in the order in which an area should read them: worsened, improved, the rest, not reported."""
    return sorted(items, key=lambda item: (_order(moved.get(item.key)), item.key not in reported, item.name))


def method_of(item: Indicator, series: pd.DataFrame) -> str:
    """How an indicator's figures are made, with the populations used and what to read with care."""
    years = sorted({int(year) for year in series["population_year"].dropna()})
    populations = f"Rates use the mid-year populations of {', '.join(map(str, years))}. " if years else ""
    return f"{METHOD_WORDS[item.measure]} {populations}{' '.join(item.caveats)}"


def change_finding(line: Any) -> str:
    """What moved since July 2025, as the title of a chart says it."""
    if line is None:
        return "no change since July 2025 is expected"
    if line["change"] == "cannot_be_calculated":
        return f"change since July 2025 {reason_text(line['reason']) or CANNOT}"
    return f"{CHANGE_WORDS[line['change']]} since July 2025"


def _order(line: Any) -> int:
    return 4 if line is None else FIRST.get(line["change"], 4)

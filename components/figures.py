"""Rows of figures: latest, baseline, change and comparison of an indicator, with limits, words and reasons."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import CHANGE_WORDS, COMPARISON_WORDS, decimals_for, interval, number, plural, signed, with_unit
from components import html
from components.controls import View
from components.pictures import period_label
from data.catalogue import Catalogue, Indicator

CHANGE_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest", numeric=True),
    html.Column("Baseline", numeric=True),
    html.Column("Change", numeric=True),
    html.Column("Word"),
    html.Column("Areas"),
]
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
BY_AREA_COLUMNS = [
    html.Column("Area"),
    html.Column("Change", numeric=True),
    html.Column("Word"),
    html.Column("From"),
    html.Column("To"),
    html.Column("Why not"),
]
METHOD_WORDS = {
    "proportion": "Limits are Wilson score limits.",
    "rate": "Limits are exact Poisson below 10 events and Byar’s from 10.",
    "count": "Limits are exact Poisson below 10 events and Byar’s from 10.",
    "mean": "Values and limits are as reported; a sum over areas has no limits.",
    "index": "Values and limits are as reported.",
}
STATES = {state: words for state, words in CHANGE_WORDS.items() if state != "cannot_be_calculated"}
FIRST = {"worsened": 0, "improved": 1, "no_clear_change": 2, "higher": 3, "lower": 3}
CANNOT = "cannot be calculated"
NOT_COMPARED = {"the benchmark is missing": "England has no figure", "the value is missing": "no figure to compare"}


def figure_cell(item: Indicator, line: dict[Any, Any], detail: str, prefix: str = "") -> html.Cell:
    """A figure in its unit with its limits, over a quiet line; without one, its count or that there is none.

    `line` has `value`, `lower`, `upper` and where known `numerator`, each after `prefix`.
    """
    decimals = decimals_for(item.measure)
    value, lower, upper, count = (line.get(f"{prefix}{name}") for name in ("value", "lower", "upper", "numerator"))
    if pd.notna(value):
        limits = interval(lower, upper, decimals)
        return html.Cell(with_unit(number(value, decimals), item.unit), detail=f"{limits} {detail}".strip())
    shown = f"count {number(count)}" if pd.notna(count) else CANNOT
    return html.Cell(shown, "cannot_be_calculated", detail=detail)


def difference_unit(item: Indicator) -> str:
    """The unit of a difference: percentage points for per cent."""
    return "percentage points" if item.unit == "%" else item.unit


def difference_cell(item: Indicator, line: Any) -> html.Cell:
    """A change with its limits."""
    if pd.isna(line["difference"]) or line["change"] == "cannot_be_calculated":
        return html.Cell(CANNOT, "cannot_be_calculated", detail=_reason(line["reason"]))
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    return html.Cell(signed(line["difference"], decimals), detail=f"{limits} {difference_unit(item)}")


def change_row(
    item: Indicator,
    figure: dict[Any, Any] | None,
    change: dict[Any, Any] | None,
    pairs: pd.DataFrame,
    view: View,
) -> list[str | html.Cell]:
    """One indicator: latest, baseline and change in the chosen place, and how many of its areas moved which way.

    The latest figure is the one that the change is of; without a change, the latest `figure` there is. `pairs` are the
    changes of the place's own areas.
    """
    own = pairs[pairs["indicator"] == item.key]
    compared = change is not None and pd.notna(change["value"])
    return [
        _name(item, view.link("methods", indicator=item.key)),
        _dated_cell(item, change if compared else figure),
        _dated_cell(item, change, "earlier_") if compared else "",
        _change_cell(item, change, own),
        _word_cell(change),
        f"{_counts(own)}{_included(change)}",
    ]


def area_row(
    item: Indicator, figure: dict[Any, Any] | None, change: dict[Any, Any] | None, view: View
) -> list[str | html.Cell]:
    """One indicator of one area: latest figure, comparison with England, change and its word."""
    name = _name(item, view.link("area", indicator=item.key))
    if figure is None:
        return [name, html.Cell("not reported", "absent"), "", "", ""]
    latest = _dated_cell(item, figure)
    if change is None:
        return [name, latest, comparison_cell(item, figure), "", ""]
    return [name, latest, comparison_cell(item, figure), difference_cell(item, change), _word_cell(change)]


def series_row(item: Indicator, line: dict[Any, Any]) -> list[str | html.Cell]:
    """One period of a series: figure, count, denominator, why there is none, and where it is from."""
    year = f" (mid-{int(line['population_year'])})" if pd.notna(line["population_year"]) else ""
    notes = [_reason(line["reason"]), _reason(line["comment"]), _areas(line)]
    source = " ".join(filter(None, (_reason(line["source"]), _reason(line["edition"]))))
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
        why = _reason(line["comparison_reason"])
        return html.Cell(COMPARISON_WORDS["not_compared"], "not_compared", detail=NOT_COMPARED.get(why, why))
    benchmark = with_unit(number(line["benchmark"], decimals_for(item.measure)), item.unit)
    return html.Cell(COMPARISON_WORDS[line["comparison"]], line["comparison"], detail=f"England {benchmark}")


def changes_by_area(changed: pd.DataFrame, item: Indicator, codes: list[str], catalogue: Catalogue) -> pd.DataFrame:
    """The changes of one indicator as a chart of intervals needs them: value, limits, state and area_name."""
    own = changed[(changed["indicator"] == item.key) & changed["area_code"].isin(codes)]
    known = own["change"] != "cannot_be_calculated"
    return own.assign(
        area_name=own["area_code"].map({code: area.name for code, area in catalogue.areas.items()}),
        value=own["difference"].where(known),
        lower=own["difference_lower"],
        upper=own["difference_upper"],
        state=own["change"],
    )


def by_area_rows(by_area: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per area, the largest change first and areas without one last."""
    ordered = by_area.sort_values("value", ascending=False, na_position="last")
    return [_by_area(line, item) for line in ordered.to_dict("records")]


def title_of_changes(by_area: pd.DataFrame, item: Indicator) -> str:
    """How many areas moved which way, as a finding."""
    counts = by_area["change"].value_counts()
    return f"{item.name}: " + ", ".join(
        f"{counts[state]} {words}" for state, words in STATES.items() if state in counts
    )


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
        return f"change since July 2025 {_reason(line['reason']) or CANNOT}"
    return f"{CHANGE_WORDS[line['change']]} since July 2025"


def _by_area(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    decimals = decimals_for(item.measure)
    moved = f"{signed(line['value'], decimals)} {interval(line['lower'], line['upper'], decimals)}"
    return [
        line["area_name"],
        moved if pd.notna(line["value"]) else CANNOT,
        html.Cell(CHANGE_WORDS[line["change"]], line["change"]),
        period_label(line["earlier_period_start"], line["earlier_period_end"], item.key),
        period_label(line["period_start"], line["period_end"], item.key),
        _reason(line["reason"]),
    ]


def _order(line: Any) -> int:
    return 4 if line is None else FIRST.get(line["change"], 4)


def _name(item: Indicator, href: str) -> html.Cell:
    return html.Cell(item.name, href=href, detail=f"{'person-centred, ' if item.person_centred else ''}{item.status}")


def _dated_cell(item: Indicator, line: dict[Any, Any] | None, prefix: str = "") -> html.Cell:
    if line is None:
        return html.Cell("not reported", "absent")
    period = period_label(line[f"{prefix}period_start"], line[f"{prefix}period_end"], item.key)
    why = "" if pd.notna(line[f"{prefix}value"]) else _reason(line["reason"])
    return figure_cell(item, line, ". ".join(filter(None, [period, why, "" if prefix else _areas(line)])), prefix)


def _change_cell(item: Indicator, change: dict[Any, Any] | None, own: pd.DataFrame) -> html.Cell:
    if change is not None:
        return difference_cell(item, change)
    why = own["reason"].mode().iat[0] if own["reason"].notna().any() else ""
    return html.Cell(CANNOT, "cannot_be_calculated", detail=str(why))


def _word_cell(change: dict[Any, Any] | None) -> html.Cell | str:
    """The word of a change; nothing where the change itself says that there is none."""
    if change is None or change["change"] == "cannot_be_calculated":
        return ""
    return html.Cell(CHANGE_WORDS[change["change"]], change["change"])


def _counts(own: pd.DataFrame) -> str:
    moved = own["change"].value_counts()
    words = [f"{count} {CHANGE_WORDS[str(state)]}" for state, count in moved.items()]
    return "; ".join(words)


def _included(line: dict[Any, Any] | None) -> str:
    if line is None:
        return ""
    return f". {_areas(line)}" if _areas(line) else ""


def _areas(line: Any) -> str:
    if "areas_included" not in line or pd.isna(line["areas_included"]):
        return ""
    return f"Sum of {int(line['areas_included'])} of {int(line['areas_expected'])} areas"


def _reason(reason: object) -> str:
    return reason if isinstance(reason, str) else ""

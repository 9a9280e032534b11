"""Rows of figures as pages and packs show them: latest, baseline and change of an indicator, with their limits."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.cells import Cell, Column
from charts.words import CHANGE_WORDS, decimals_for, interval, number, signed, with_unit
from data import periods
from data.catalogue import Catalogue, Indicator

CHANGE_COLUMNS = [
    Column("Indicator"),
    Column("Latest", numeric=True),
    Column("Baseline", numeric=True),
    Column("Change", numeric=True),
    Column("Word"),
    Column("Areas"),
]
BY_AREA_COLUMNS = [
    Column("Area"),
    Column("Change", numeric=True),
    Column("Word"),
    Column("From"),
    Column("To"),
    Column("Why not"),
]
METHOD_WORDS = {
    "proportion": "Limits are Wilson score limits.",
    "rate": "Limits are exact Poisson below 10 events and Byar’s from 10.",
    "count": "Limits are exact Poisson below 10 events and Byar’s from 10.",
    "mean": "Values and limits are as reported; a sum over areas has no limits.",
    "index": "Values and limits are as reported.",
}
STATES = {state: words for state, words in CHANGE_WORDS.items() if state != "cannot_be_calculated"}
CANNOT = "cannot be calculated"


def figure_cell(item: Indicator, line: dict[Any, Any], detail: str, prefix: str = "") -> Cell:
    """A figure in its unit with its limits, over a quiet line; without one, its count or that there is none.

    `line` has `value`, `lower`, `upper` and where known `numerator`, each after `prefix`.
    """
    decimals = decimals_for(item.measure)
    value, lower, upper, count = (line.get(f"{prefix}{name}") for name in ("value", "lower", "upper", "numerator"))
    if pd.notna(value):
        limits = interval(lower, upper, decimals)
        return Cell(with_unit(number(value, decimals), item.unit), detail=f"{limits} {detail}".strip())
    shown = f"count {number(count)}" if pd.notna(count) else CANNOT
    return Cell(shown, "cannot_be_calculated", detail=detail)


def difference_unit(item: Indicator) -> str:
    """The unit of a difference: percentage points for per cent."""
    return "percentage points" if item.unit == "%" else item.unit


def difference_cell(item: Indicator, line: Any) -> Cell:
    """A change with its limits."""
    if pd.isna(line["difference"]) or line["change"] == "cannot_be_calculated":
        return Cell(CANNOT, "cannot_be_calculated", detail=reason_text(line["reason"]))
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    return Cell(signed(line["difference"], decimals), detail=f"{limits} {difference_unit(item)}")


def name_cell(item: Indicator, href: str = "") -> Cell:
    """An indicator by its name, and whether it is person-centred and agreed."""
    return Cell(item.name, href=href, detail=f"{'person-centred, ' if item.person_centred else ''}{item.status}")


def change_cells(
    item: Indicator, figure: dict[Any, Any] | None, change: dict[Any, Any] | None, pairs: pd.DataFrame
) -> list[str | Cell]:
    """Latest, baseline and change of one indicator in a place, and how many of its areas moved which way.

    The latest figure is the one that the change is of; without a change, the latest `figure` there is. `pairs` are the
    changes of the place's own areas.
    """
    own = pairs[pairs["indicator"] == item.key]
    compared = change is not None and pd.notna(change["value"])
    return [
        dated_cell(item, change if compared else figure),
        dated_cell(item, change, "earlier_") if compared else "",
        _change_cell(item, change, own),
        word_cell(change),
        f"{_counts(own)}{_included(change)}",
    ]


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


def by_area_rows(by_area: pd.DataFrame, item: Indicator) -> list[list[str | Cell]]:
    """One row per area, the largest change first and areas without one last."""
    ordered = by_area.sort_values("value", ascending=False, na_position="last")
    return [_by_area(line, item) for line in ordered.to_dict("records")]


def title_of_changes(by_area: pd.DataFrame, item: Indicator) -> str:
    """How many areas moved which way, as a finding."""
    counts = by_area["change"].value_counts()
    return f"{item.name}: " + ", ".join(
        f"{counts[state]} {words}" for state, words in STATES.items() if state in counts
    )


def dated_cell(item: Indicator, line: dict[Any, Any] | None, prefix: str = "") -> Cell:
    """A figure over its period, why there is none, and how many areas a sum covers."""
    if line is None:
        return Cell("not reported", "absent")
    period = _label(line, prefix, item)
    why = "" if pd.notna(line[f"{prefix}value"]) else reason_text(line["reason"])
    return figure_cell(item, line, ". ".join(filter(None, [period, why, "" if prefix else areas_summed(line)])), prefix)


def word_cell(change: dict[Any, Any] | None) -> Cell | str:
    """The word of a change; nothing where the change itself says that there is none."""
    if change is None or change["change"] == "cannot_be_calculated":
        return ""
    return Cell(CHANGE_WORDS[change["change"]], change["change"])


def areas_summed(line: Any) -> str:
    """How many areas a sum covers; nothing where the figure is none."""
    if "areas_included" not in line or pd.isna(line["areas_included"]):
        return ""
    return f"Sum of {int(line['areas_included'])} of {int(line['areas_expected'])} areas"


def reason_text(reason: object) -> str:
    """A reason, or nothing where there is none."""
    return reason if isinstance(reason, str) else ""


def _change_cell(item: Indicator, change: dict[Any, Any] | None, own: pd.DataFrame) -> Cell:
    if change is not None:
        return difference_cell(item, change)
    why = own["reason"].mode().iat[0] if own["reason"].notna().any() else ""
    return Cell(CANNOT, "cannot_be_calculated", detail=str(why))


def _counts(own: pd.DataFrame) -> str:
    moved = own["change"].value_counts()
    words = [f"{count} {CHANGE_WORDS[str(state)]}" for state, count in moved.items()]
    return "; ".join(words)


def _included(line: dict[Any, Any] | None) -> str:
    if line is None:
        return ""
    return f". {areas_summed(line)}" if areas_summed(line) else ""


def _by_area(line: dict[Any, Any], item: Indicator) -> list[str | Cell]:
    decimals = decimals_for(item.measure)
    moved = f"{signed(line['value'], decimals)} {interval(line['lower'], line['upper'], decimals)}"
    return [
        line["area_name"],
        moved if pd.notna(line["value"]) else CANNOT,
        Cell(CHANGE_WORDS[line["change"]], line["change"]),
        _label(line, "earlier_", item),
        _label(line, "", item),
        reason_text(line["reason"]),
    ]


def _label(line: Any, prefix: str, item: Indicator) -> str:
    """A period of a line in words; nothing when it is missing."""
    start, end = (line[f"{prefix}period_{edge}"] for edge in ("start", "end"))
    if pd.isna(start) or pd.isna(end):
        return ""
    return periods.label(pd.Timestamp(start).date(), pd.Timestamp(end).date(), item.period_type)

"""What is due in rows: the cells and table rows of `components.due`, without a page.

Frames are as `pictures.due` gives them. Only figures whose due date lies in the twelve months to the as-of date count
as fallen due, here or overdue, so that what is asked for stays short enough to be worked through.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from components import html
from components.controls import View
from components.due_words import AWAITED, is_coming, is_late, period
from data.catalogue import Catalogue, Indicator
from metrics.completeness import coverage

WAITING_COLUMNS = [
    html.Column("Due"),
    html.Column("Indicator"),
    html.Column("Figures", numeric=True),
    html.Column("Periods"),
]
AREA_COLUMNS = [
    html.Column("Area"),
    html.Column("Fell due", numeric=True),
    html.Column("Here", numeric=True),
    html.Column("Overdue", numeric=True),
    html.Column("Longest overdue"),
    html.Column("Falls due next", numeric=True),
]
INDICATOR_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest period that fell due"),
    html.Column("Areas that have it", numeric=True),
    html.Column("Not here, of 12 months"),
    html.Column("Next"),
]
LATE_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Figures", numeric=True),
    html.Column("Due"),
    html.Column("Periods"),
]
TAKEN_AWAY = ["area_code", "area_name", "indicator", "period_start", "period_end", "due_date", "state", "sent_by"]
SENT_BY = {True: "the area", False: "national publication"}
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def overdue(frame: pd.DataFrame) -> pd.DataFrame:
    """What areas should have sent and have not, of what fell due in the twelve months; longest overdue first."""
    return _in_order(frame[is_late(frame) & frame["reported_by_area"]])


def falls_due(frame: pd.DataFrame) -> pd.DataFrame:
    """What areas have still to send for periods that have ended, soonest due first."""
    return _in_order(frame[is_coming(frame) & frame["reported_by_area"]])


def taken_away(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """A row per figure that fell due in the twelve months or is due on the day or later, as it is downloaded."""
    rows = frame[frame["fell_due"] | (frame["due_date"] >= pd.Timestamp(as_of))]
    awaited = ~rows["reported_by_area"] & rows["state"].isin(["overdue", "due"])
    found = rows.assign(state=rows["state"].mask(awaited, AWAITED), sent_by=rows["reported_by_area"].map(SENT_BY))
    return _in_order(found)[TAKEN_AWAY]


def waiting_rows(frame: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per indicator that is overdue, longest first, then one per indicator and period that falls due next."""
    groups = [*_grouped(overdue(frame), "indicator"), *_grouped(falls_due(frame), "indicator", "period_end")]
    groups.sort(key=lambda lines: (lines[0]["state"] != "overdue", lines[0]["due_date"]))
    return [
        [_due_cell(lines), _name(item, view), f"{len(lines):,}", _periods(lines, item)]
        for lines in groups
        for item in [catalogue.indicators[lines[0]["indicator"]]]
    ]


def late_rows(late: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per area and indicator of what `overdue` found, area by area."""
    return [
        [_area(lines[0], view), item.name, f"{len(lines):,}", _due_cell(lines), _periods(lines, item)]
        for lines in _grouped(late, "area_name", "indicator")
        for item in [catalogue.indicators[lines[0]["indicator"]]]
    ]


def area_rows(frame: pd.DataFrame, view: View) -> Rows:
    """One row per area with something overdue, most first."""
    own = frame[frame["reported_by_area"]]
    found = coverage(own[own["fell_due"]], by=["area_code", "area_name"])
    found = found[found["overdue"] > 0].sort_values(["overdue", "area_name"], ascending=[False, True])
    longest = own[is_late(own)].groupby("area_code")["due_date"].min()
    coming = own.loc[is_coming(own), "area_code"].value_counts()
    return [
        [
            _area(line, view),
            f"{line['received'] + line['overdue']:,}",
            f"{line['received']:,}",
            html.Cell(f"{line['overdue']:,}", "worsened"),
            f"since {day(longest[line['area_code']])}",
            f"{coming.get(line['area_code'], 0):,}",
        ]
        for line in found.to_dict("records")
    ]


def indicator_rows(items: list[Indicator], frame: pd.DataFrame, view: View) -> Rows:
    """One row per indicator: the latest period that fell due, areas that have it, what is not here, what is next."""
    fell = frame[frame["fell_due"]]
    latest = fell[fell["period_end"] == fell.groupby("indicator")["period_end"].transform("max")]
    counts = {line["indicator"]: line for line in coverage(latest, by="indicator").to_dict("records")}
    firsts = {line["indicator"]: line for line in latest.drop_duplicates("indicator").to_dict("records")}
    late, coming = (_by_indicator(frame[chosen(frame)]) for chosen in (is_late, is_coming))
    running = frame[frame["state"] == "not_yet_due"].groupby("indicator")["due_date"].min().to_dict()
    return [
        [
            _name(item, view),
            _latest_cell(item, firsts.get(item.key)),
            _areas_cell(counts.get(item.key)),
            _late_cell(late.get(item.key, []), item.key in firsts),
            _next_cell(coming.get(item.key, []), running.get(item.key)),
        ]
        for item in items
    ]


def commitment_cells(frame: pd.DataFrame, catalogue: Catalogue) -> dict[str, html.Cell]:
    """By commitment, how many of the figures that fell due and inform it are here."""
    found = coverage(frame[frame["fell_due"]], by=["indicator", "reported_by_area"]).to_dict("records")
    return {
        key: _commitment_cell([line for line in found if key in catalogue.indicators[line["indicator"]].commitments])
        for key in catalogue.commitments
    }


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["due_date", "area_name", "indicator", "period_end"])


def _grouped(frame: pd.DataFrame, *keys: str) -> Iterable[list[Line]]:
    """The rows that share their keys, in the order of the keys, period after period."""
    lines = frame.sort_values([*keys, "period_end"]).to_dict("records")
    return (list(group) for _, group in groupby(lines, key=lambda line: [line[key] for key in keys]))


def _by_indicator(frame: pd.DataFrame) -> dict[str, list[Line]]:
    needed = frame[["indicator", "area_code", "period_end", "due_date", "reported_by_area"]]
    return {lines[0]["indicator"]: lines for lines in _grouped(needed, "indicator")}


def _area(line: Line, view: View) -> html.Cell:
    return html.Cell(line["area_name"], href=view.link("area", area=line["area_code"]))


def _name(item: Indicator, view: View) -> html.Cell:
    return html.Cell(item.name, href=view.link("methods", indicator=item.key))


def _first(lines: list[Line]) -> str:
    return day(min(line["due_date"] for line in lines))


def _due_cell(lines: list[Line]) -> html.Cell:
    if lines[0]["state"] == "overdue":
        return html.Cell(f"overdue since {_first(lines)}", "worsened")
    return html.Cell(f"due by {_first(lines)}", "silent")


def _periods(lines: list[Line], item: Indicator) -> str:
    """The periods in words, or the first and the last of more than three."""
    if len(lines) > 3:
        return f"first {period(lines[0], item)}, last {period(lines[-1], item)}"
    return listed([period(line, item) for line in lines])


def _latest_cell(item: Indicator, line: Line | None) -> html.Cell:
    if line is None:
        return html.Cell("none in the 12 months")
    return html.Cell(period(line, item), detail=f"due {day(line['due_date'])}")


def _areas_cell(count: Line | None) -> str:
    return f"{count['areas_included']} of {plural(int(count['areas_expected']), 'area')}" if count else ""


def _late_cell(late: list[Line], fell_due: bool) -> html.Cell | str:
    if not late:
        return "none" if fell_due else ""
    if not late[0]["reported_by_area"]:
        return html.Cell(AWAITED, "absent", detail=f"{plural(len(late), 'figure')}, since {_first(late)}")
    areas = plural(len({line["area_code"] for line in late}), "area")
    return html.Cell(f"{len(late):,} overdue", "worsened", detail=f"in {areas}, the longest since {_first(late)}")


def _next_cell(coming: list[Line], running: Any) -> html.Cell | str:
    """What falls due next of one indicator: for the period that has ended, or else for the one that runs."""
    soonest = [line for line in coming if line["due_date"] == coming[0]["due_date"]]
    if coming and not coming[0]["reported_by_area"]:
        return html.Cell("not yet published", "absent", detail=f"due from ONS by {_first(soonest)}")
    if coming:
        later = len(coming) - len(soonest)
        return html.Cell(
            f"{len(soonest):,} due by {_first(soonest)}", "silent", detail=f"{later:,} later" if later else ""
        )
    return f"not yet due, by {day(running)}" if running is not None else ""


def _commitment_cell(lines: list[Line]) -> html.Cell:
    """How much of what areas send is here; what is overdue, and what is awaited from national publication, apart."""
    own = [line for line in lines if line["reported_by_area"]]
    received, late = (sum(line[state] for line in own) for state in ("received", "overdue"))
    waiting = {"overdue": late, AWAITED: sum(line["overdue"] for line in lines) - late}
    detail = ", ".join(f"{count:,} {words}" for words, count in waiting.items() if count)
    text = f"{received:,} of {received + late:,}" if own else "nothing fell due"
    return html.Cell(text, detail=detail)

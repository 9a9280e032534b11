"""What differs between two data versions, in rows: figures, insights, files, targets, definitions, populations."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from charts.words import (
    PERSPECTIVE_WORDS,
    day,
    decimals_for,
    listed,
    number,
    plural,
    signed,
    with_unit,
)
from components import html, session
from components.changed_states import Line, Rows, area_cell
from components.controls import View, area_label
from components.pictures import period_label
from data import periods
from data.catalogue import Catalogue, Indicator
from metrics.disclosure import HIDDEN
from reports.figure_cells import figure_cell

FIGURE_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Period"),
    html.Column("What happened"),
    html.Column("Was", numeric=True),
    html.Column("Is", numeric=True),
    html.Column("Difference", numeric=True),
]
INSIGHT_COLUMNS = [
    html.Column("Area"),
    html.Column("Commitment"),
    html.Column("Who"),
    html.Column("What happened"),
    html.Column("Was"),
    html.Column("Is"),
]
FILE_COLUMNS = [
    html.Column("File"),
    html.Column("Version", numeric=True),
    html.Column("What happened"),
    html.Column("When"),
    html.Column("Changes"),
    html.Column("Source"),
]
OTHER_COLUMNS = [html.Column("What"), html.Column("Where"), html.Column("Was"), html.Column("Is"), html.Column("Why")]
DID = {
    "new": "new",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
    "reworded": "only its comment is another",
}
EVENTS = {"sent": "sent", "withdrawn": "withdrawn", "superseded": "replaced by a correction"}
NOT_SHOWN = "not shown: the parts of an area may be few people"


def figure_rows(figures: pd.DataFrame, view: View) -> Rows:
    """One row per figure that differs: where, when, what happened, what it was and is, and how far it moved."""
    return [_figure(line, view) for line in figures.to_dict("records")]


def insight_rows(found: pd.DataFrame) -> Rows:
    """One row per insight that differs: where, on what, who spoke, what happened, and both texts."""
    return [_insight(line, session.catalogue()) for line in found.to_dict("records")]


def file_rows(files: pd.DataFrame) -> Rows:
    """One row per thing that happened to a file: what, when, by whom and why."""
    return [
        [
            html.Cell(line["file_name"], detail="invented" if line["invented"] else ""),
            str(line["version"]),
            html.Cell(EVENTS[line["event"]], detail=line["reason"] if isinstance(line["reason"], str) else ""),
            html.Cell(day(line["happened_at"]), detail=f"by {line['who']}"),
            f"{line['rows_new']:,} new, {line['rows_changed']:,} changed, {plural(line['areas'], 'area')}",
            ", ".join(filter(None, (line["source"], line["edition"]))),
        ]
        for line in files.to_dict("records")
    ]


def other_rows(
    targets: pd.DataFrame, agreements: pd.DataFrame, definitions: pd.DataFrame, populations: pd.DataFrame
) -> Rows:
    """Targets, agreed indicators, definitions and estimates of residents that differ, each with what it was and is."""
    return [
        *(_target(line) for line in targets.to_dict("records")),
        *(_agreement(line) for line in agreements.to_dict("records")),
        *(_definition(line) for line in definitions.to_dict("records")),
        *(_population(line) for line in populations.to_dict("records")),
    ]


def named(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """A frame as it is taken away: with the names of its areas, and of its indicators where it has any."""
    found = frame
    if "area_code" in frame:
        found = found.assign(
            area_name=frame["area_code"].map({code: area.name for code, area in catalogue.areas.items()})
        )
    if "indicator" in frame:
        names = {key: item.name for key, item in catalogue.indicators.items()}
        found = found.assign(indicator_name=frame["indicator"].map(names))
    return found


def _figure(line: Line, view: View) -> list[str | html.Cell]:
    item = session.catalogue().indicators.get(line["indicator"])
    if item is None:
        return [area_cell(line, view), line["indicator"], day(line["period_end"]), DID[line["state"]], "", "", ""]
    part = ", ".join(filter(None, (line["breakdown_type"], line["breakdown"], line["organisation"])))
    if line["hidden"]:
        shown: list[str | html.Cell] = ["", html.Cell(NOT_SHOWN if part else HIDDEN, "absent"), ""]
    else:
        shown = [_side(item, line, "was_", "new"), _side(item, line, "", "withdrawn"), _moved(item, line)]
    period = period_label(line["period_start"], line["period_end"], item.key)
    return [area_cell(line, view), html.Cell(item.name, detail=part), period, DID[line["state"]], *shown]


def _side(item: Indicator, line: Line, prefix: str, absent: str) -> html.Cell | str:
    """The figure at one of the versions; nothing where there was none, its note where it has no number."""
    if line["state"] == absent:
        return ""
    value, counts = line[f"{prefix}value"], (line[f"{prefix}numerator"], line[f"{prefix}denominator"])
    if pd.isna(value) and pd.isna(counts[0]):
        note = line[f"{prefix}note"]
        return html.Cell(f"note {note}" if isinstance(note, str) else "no number", "absent")
    of = " of ".join(number(count) for count in counts if pd.notna(count))
    return figure_cell(item, line, of, prefix) if pd.notna(value) else of


def _moved(item: Indicator, line: Line) -> html.Cell | str:
    if line["state"] != "corrected" or pd.isna(line["moved"]):
        return ""
    decimals = decimals_for(item.measure)
    return html.Cell(signed(line["moved"], decimals), detail="by more than a fifth" if line["much"] else "")


def _insight(line: Line, catalogue: Catalogue) -> list[str | html.Cell]:
    who = PERSPECTIVE_WORDS[line["perspective"]]
    period = periods.label(line["period_start"].date(), line["period_end"].date())
    return [
        catalogue.areas[line["area_code"]].name,
        line["commitment"],
        html.Cell(who, detail=period),
        html.Cell(DID[line["state"]], detail="invented" if line["invented"] else ""),
        _told(line, "was_"),
        _told(line, ""),
    ]


def _told(line: Line, prefix: str) -> html.Cell | str:
    summary, grade = line[f"{prefix}summary"], line[f"{prefix}grade"]
    if not isinstance(summary, str):
        return ""
    return html.Cell(summary, detail=f"grade {int(grade)}" if pd.notna(grade) else "not graded")


def _target(line: Line) -> list[str | html.Cell]:
    item = session.catalogue().indicators.get(line["indicator"])
    was, now = (_asked(line[name], item) for name in ("was_value", "value"))
    where = area_label(session.catalogue(), line["area_code"]) if isinstance(line["area_code"], str) else "every area"
    name = item.name if item else line["indicator"]
    made = html.Cell(f"Target: {name}", detail=f"by {day(line['due'])}{', invented' if line['invented'] else ''}")
    return [
        made,
        where,
        "" if line["state"] == "new" else was,
        "ended" if line["state"] == "withdrawn" else now,
        html.Cell(line["reason"], detail=f"agreed by {line['agreed_by']}"),
    ]


def _agreement(line: Line) -> list[str | html.Cell]:
    """An indicator that was agreed as a shared measure, or is so no longer."""
    item = session.catalogue().indicators.get(line["indicator"])
    sides = ("proposed", "agreed") if line["state"] == "new" else ("agreed", "proposed")
    name = html.Cell(
        f"Status: {item.name if item else line['indicator']}", detail="invented" if line["invented"] else ""
    )
    why = html.Cell(_plain_text(line["reason"]), detail=f"agreed by {line['agreed_by']}")
    return [name, "everywhere", *sides, why]


def _plain_text(text: object) -> str:
    return text if isinstance(text, str) else ""


def _asked(value: float, item: Indicator | None) -> str:
    """The value of a target in its indicator's unit; as it is where the indicator is no longer known."""
    if item is None:
        return number(value, 0 if pd.isna(value) or float(value).is_integer() else 2)
    return with_unit(number(value, decimals_for(item.measure)), item.unit)


def _definition(line: Line) -> list[str | html.Cell]:
    was, now = (_fields(line[name]) for name in ("was_definition", "definition"))
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    if not was or not now:
        return [
            f"Definition: {line['name']}",
            "everywhere",
            "" if not was else "there",
            "there" if now else "ended",
            "",
        ]
    both = [", ".join(f"{_plain(name)}: {_short(side.get(name))}" for name in names[:3]) for side in (was, now)]
    return [
        f"Definition: {line['name']}",
        "everywhere",
        *both,
        f"differs in {listed([_plain(name) for name in names])}",
    ]


def _fields(text: object) -> dict[str, Any]:
    return dict(json.loads(text)) if isinstance(text, str) else {}


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"


def _population(line: Line) -> list[str | html.Cell]:
    where = area_label(session.catalogue(), line["area_code"])
    sides = [number(line[name]) if pd.notna(line[name]) else "" for name in ("was_population", "population")]
    return [f"Residents, mid-{line['mid_year']}", where, *sides, line["source"]]

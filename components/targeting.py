"""Agreed targets of one indicator in one place, and how far it has come towards them. None is ever invented."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import day, decimals_for, listed, number, with_unit
from components import html, session
from components.controls import View
from components.pictures import period_label
from data import queries
from data.catalogue import Indicator
from metrics.progress import towards_target
from reports.figure_cells import figure_cell

COLUMNS = [
    html.Column("Target"),
    html.Column("Status"),
    html.Column("Covered of the way", numeric=True),
    html.Column("Passed of the time", numeric=True),
    html.Column("Pace", numeric=True),
    html.Column("Baseline", numeric=True),
    html.Column("Latest", numeric=True),
    html.Column("Agreed by, and why"),
]
STATUSES = {
    "achieved": ("improved", "achieved"),
    "on_track": ("improved", "on track"),
    "behind": ("neutral", "behind"),
    "well_behind": ("worsened", "well behind"),
    "moving_away": ("worsened", "moving away"),
    "not_met": ("worsened", "not met"),
    "no_target": ("absent", "no target"),
    "cannot_be_calculated": ("cannot_be_calculated", "cannot be calculated"),
}
METHOD = (
    "Progress runs along a straight line from the baseline to the target: on track from 0.95 of the pace that the line "
    "asks for, behind from 0.60, well behind below. The change beside it rests on 95 % limits for counting noise."
)
NONE = "No agreed target. The consensus sets none, and this dashboard never invents one."
Line = dict[Any, Any]


def agreed(view: View, item: Indicator, moved: Line | None) -> pd.DataFrame:
    """The targets of the view's own area, soonest first, with progress as `metrics.progress.towards_target` adds it.

    A target for every area is each area's own, where it has none besides, and none of a region or of England: their
    sums were promised nothing. `moved` is the change since July 2025.
    """
    found = queries.targets(session.cursor(), view.version, item.key)
    single = session.catalogue().areas[view.area].type == "police_force_area"
    own = found[found["area_code"] == view.area]
    kept = found[found["area_code"].isna()] if own.empty and single else own
    return progress(kept.sort_values("due", ignore_index=True), item, moved)


def progress(targets: pd.DataFrame, item: Indicator, moved: Line | None) -> pd.DataFrame:
    """Targets with their baseline, latest figure and status."""
    line = moved or {}
    dates = {"baseline_date": "earlier_period_end", "latest_date": "period_end"}
    return towards_target(
        targets.assign(
            agreed_because=targets["reason"],
            target=targets["value"],
            target_date=targets["due"],
            baseline=float(line.get("earlier_value", float("nan"))),
            latest=float(line.get("value", float("nan"))),
            **{name: pd.to_datetime(line.get(source, pd.NaT)) for name, source in dates.items()},
            polarity=item.polarity,
            change=line.get("change", "cannot_be_calculated"),
        )
    )


def for_everybody(view: View, item: Indicator) -> str:
    """What is agreed for every area while the view is of a region or of England; nothing where nothing is."""
    found = queries.targets(session.cursor(), view.version, item.key)
    each = found[found["area_code"].isna()]
    if each.empty or session.catalogue().areas[view.area].type == "police_force_area":
        return ""
    told = [f"{_value(item, line['value'])} by {day(line['due'])}" for line in each.to_dict("records")]
    return f"Each area has one ({listed(told)}), which is not a target for their sum: choose an area to see it."


def sentence(targets: pd.DataFrame, item: Indicator) -> str:
    """The soonest target and where it stands, or that there is none."""
    if targets.empty:
        return "No agreed target."
    line = targets.iloc[0].to_dict()
    why = f" ({line['reason']})" if line["status"] == "cannot_be_calculated" else ""
    return f"Target: {_words(item, line)}: {STATUSES[line['status']][1]}{why}."


def row(item: Indicator, line: Line, moved: Line | None) -> list[str | html.Cell]:
    """One target: what was agreed, status, progress, expected and pace, and the two figures it rests on."""
    state, words = STATUSES[line["status"]]
    why = line["reason"] if line["status"] == "cannot_be_calculated" else ""
    invented = "Invented for demonstration. " if line["invented"] else ""
    return [
        _words(item, line),
        html.Cell(words, state, detail=str(why)),
        _share(line["progress"]),
        _share(line["expected"]),
        number(line["pace"], 2),
        _dated(item, moved, "earlier_"),
        _dated(item, moved, ""),
        html.Cell(line["agreed_by"], detail=f"{invented}{line['agreed_because']}"),
    ]


def _words(item: Indicator, line: Line) -> str:
    return f"{_value(item, line['target'])} by {day(line['target_date'])}"


def _value(item: Indicator, value: float) -> str:
    return with_unit(number(value, decimals_for(item.measure)), item.unit)


def _share(value: float) -> str:
    return "–" if pd.isna(value) else f"{number(value * 100)} %"


def _dated(item: Indicator, line: Line | None, prefix: str) -> html.Cell | str:
    if line is None or pd.isna(line[f"{prefix}value"]):
        return "–"
    period = period_label(line[f"{prefix}period_start"], line[f"{prefix}period_end"], item.key)
    return figure_cell(item, line, period, prefix)

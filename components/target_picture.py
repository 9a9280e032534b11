"""The areas of a target for every area beside it: the latest figure of each, with its limits and its status."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.intervals import intervals_chart, intervals_sentence
from charts.words import decimals_for, plural
from components import charts, html, target_rows
from components.controls import View
from components.targeting import METHOD, STATUSES
from data.catalogue import Catalogue

# Several statuses share a shape and a colour; the table below the picture tells them apart.
STATES = {
    "improved": "achieved, or on track",
    "neutral": "behind",
    "worsened": "well behind, moving away, or not met",
    "cannot_be_calculated": "cannot be calculated",
}


def show(line: dict[Any, Any], places: pd.DataFrame, catalogue: Catalogue, view: View) -> None:
    """One target for every area: its picture, sentence, table and CSV; `places` are its own."""
    item = catalogue.indicators[line["indicator"]]
    frame = pictured(places, catalogue)
    columns, rows = target_rows.PLACE_COLUMNS, target_rows.place_rows(places, catalogue)
    key = f"target-{item.key}-{line['due']:%Y-%m-%d}"
    if frame["value"].isna().all():
        html.sentence(f"No area has a figure of {item.name} for a period after the baseline yet.")
        return
    charts.show(
        intervals_chart(
            frame,
            charts.colours(),
            title=title(frame, target_rows.label(line, catalogue)),
            unit=item.unit,
            words=STATES,
            line=float(line["value"]),
            line_name="target",
            decimals=decimals_for(item.measure),
        ),
        intervals_sentence(frame, STATES),
        view,
        key=key,
        columns=columns,
        rows=rows,
        data=places,
        method=METHOD,
    )


def pictured(places: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The places as `charts.intervals.intervals_chart` takes them."""
    return pd.DataFrame(
        {
            "area_name": places["area_code"].map(lambda code: catalogue.areas[code].name),
            "value": places["latest"],
            "lower": places["latest_lower"],
            "upper": places["latest_upper"],
            "state": places["status"].map(lambda status: STATUSES[status][0]),
            "status": places["status"],
        }
    )


def title(frame: pd.DataFrame, target: str) -> str:
    """How many areas have reached a target, of those that have a figure."""
    known = frame[frame["value"].notna()]
    reached = int((known["status"] == "achieved").sum())
    return f"{reached} of {plural(len(known), 'area')} with a figure have achieved it ({target})"

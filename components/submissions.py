"""The files that were accepted, as a page lists them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import day, plural
from components import html

COLUMNS = [
    html.Column("File"),
    html.Column("Version", numeric=True),
    html.Column("Sent"),
    html.Column("What"),
    html.Column("New", numeric=True),
    html.Column("Changed", numeric=True),
    html.Column("Source"),
]


def rows(history: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row per accepted file: name, version, when and by whom, what it holds, and where its figures are from."""
    return [_row(line) for line in history.to_dict("records")]


def _row(line: dict[Any, Any]) -> list[str | html.Cell]:
    what = f"{line['template']}, {plural(len(line['area_codes']), 'area')}" + (
        " (invented)" if line["invented"] else ""
    )
    source = ", ".join(filter(None, (line["source"], line["edition"])))
    return [
        line["file_name"],
        str(line["version"]),
        html.Cell(day(line["sent_at"]), detail=f"by {line['sent_by']}"),
        what,
        f"{line['rows_new']:,}",
        f"{line['rows_changed']:,}",
        source,
    ]

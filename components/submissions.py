"""The files that were accepted, as a page lists them, each with its state in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import day, plural
from components import html
from data.templates import TEMPLATES

COLUMNS = [
    html.Column("File"),
    html.Column("Version", numeric=True),
    html.Column("State"),
    html.Column("Sent"),
    html.Column("What"),
    html.Column("Changes"),
    html.Column("Source"),
]


def rows(history: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row per accepted file: name, version, state, when and by whom, what it holds, and where it is from."""
    return [_row(line) for line in history.to_dict("records")]


def size(number: int) -> str:
    """A size in words, such as `1.2 kB`."""
    if number < 1000:
        return f"{number:,} bytes"
    return f"{number / 1000:,.1f} kB" if number < 1_000_000 else f"{number / 1_000_000:,.1f} MB"


def state(line: dict[Any, Any]) -> html.Cell:
    """Whether a file is in use, or how, when, by whom and why it ended."""
    if line["state"] == "accepted":
        return html.Cell("in use")
    words = "withdrawn" if line["state"] == "withdrawn" else f"replaced by {line['successor_name']}"
    return html.Cell(words, detail=f"{day(line['ended_at'])} by {line['ended_by']}: {line['reason']}")


def found(line: dict[Any, Any]) -> str:
    """How much was found in a file when it was checked, in words."""
    parts = [plural(line[name], word) for name, word in (("checks", "check"), ("notes", "note")) if line[name]]
    return " and ".join(parts) if parts else "nothing"


def _row(line: dict[Any, Any]) -> list[str | html.Cell]:
    areas = plural(_count(line["area_codes"]), "area")
    source = ", ".join(filter(None, (line["source"], line["edition"])))
    return [
        html.Cell(line["file_name"], detail="file erased" if pd.notna(line["file_erased_at"]) else size(line["size"])),
        str(line["version"]),
        state(line),
        html.Cell(day(line["sent_at"]), detail=f"by {line['sent_by']}"),
        f"{TEMPLATES[line['template']].title}, {areas}" + (" (invented)" if line["invented"] else ""),
        html.Cell(f"{line['rows_new']:,} new, {line['rows_changed']:,} changed", detail=f"found: {found(line)}"),
        source,
    ]


def _count(codes: Any) -> int:
    return 0 if codes is None or codes is pd.NA else len(codes)

"""What confirming a file would change, beside what is stored."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.words import number, plural
from components import html
from components.controls import area_label
from data import periods
from data.catalogue import Catalogue
from data.history import LINES_SHOWN
from data.submission import Prepared

PLACES = 3
STATE_WORDS = {
    "new": "new",
    "changed": "changed",
    "absent": "not in this file; it stays",
    "withdrawn": "goes",
    "restored": "goes; an earlier one holds again",
}


def summary(counts: dict[str, int]) -> str:
    """The counts in one sentence."""
    gone = counts.get("withdrawn", 0)
    goes = f", and {plural(gone, 'fact')} of the file that it replaces {'ends' if gone == 1 else 'end'}" if gone else ""
    return (
        f"Confirming stores {plural(counts['new'], 'new fact')} and changes {plural(counts['changed'], 'fact')}{goes}; "
        f"{counts['unchanged']:,} are unchanged and {counts['absent']:,} stored ones are not in this file and stay."
    )


def show(prepared: Prepared, catalogue: Catalogue, after: str = "In your file") -> None:
    """The counts, and a line for each fact that is new, changed or absent; `after` heads what the file says."""
    html.sentence(summary(prepared.counts))
    if prepared.changes.empty:
        return
    columns, rows = lines(prepared.changes, catalogue, after)
    with st.expander(f"See what changes ({plural(len(rows), 'line')})", expanded=len(rows) <= 60):
        html.table(columns, rows, "What changes when you confirm")
        if len(rows) == LINES_SHOWN:
            html.quiet(f"Only the first {LINES_SHOWN} lines are shown; every change is stored.")


def lines(
    changes: pd.DataFrame, catalogue: Catalogue, after: str
) -> tuple[list[html.Column], list[list[str | html.Cell]]]:
    """The columns and rows of a table of changes; `after` is the heading above what would hold then."""
    numbers = "indicator" in changes
    heads = ["Area", "Indicator" if numbers else "Commitment", "Period", "State", "Stored now", after]
    columns = [html.Column(head, numeric=numbers and head in heads[4:]) for head in heads]
    return columns, [_row(line, catalogue, numbers) for line in changes.to_dict("records")]


def show_stored(name: str, facts: int, version: int | None, changes: pd.DataFrame, catalogue: Catalogue) -> None:
    """What the last confirmation stored, and where to see it; without a version, that the file waits for approval."""
    if version is None:
        st.success("Sent.", icon=":material/hourglass_top:")
        html.answer(f"{name} waits for another person’s approval. Until then nothing of it counts or is shown.")
        return
    st.success("Stored.", icon=":material/check_circle:")
    html.answer(f"{name}: {plural(facts, 'change')} stored as data version {version}.")
    for code in changes["area_code"].unique()[:PLACES]:
        html.linked("", f"See {catalogue.areas[code].name}", html.address("area", area=area_label(catalogue, code)))
    for key in _commitments(changes, catalogue)[:PLACES]:
        title = catalogue.commitments[key].title
        html.linked("", f"See {key} {title}", html.address("commitment", commitment=f"{key} {title}"))
    html.linked("", "See the overview", html.address("."))


def _commitments(changes: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    if "commitment" in changes:
        return [str(key) for key in changes["commitment"].unique()]
    informed = {key for name in changes["indicator"].unique() for key in catalogue.indicators[name].commitments}
    return [key for key in catalogue.commitments if key in informed]


def _row(line: dict[Any, Any], catalogue: Catalogue, numbers: bool) -> list[str | html.Cell]:
    key = line["indicator"] if numbers else line["commitment"]
    kind = catalogue.indicators[key].period_type if numbers else ""
    period = periods.label(line["period_start"].date(), line["period_end"].date(), kind)
    words = _fact if numbers else _evidence
    old = "" if line["state"] == "new" else words(line, "old_")
    new = "" if line["state"] in ("absent", "withdrawn") else words(line, "")
    name = catalogue.indicators[key].name if numbers else f"{key} {line['perspective'].replace('_', ' ')}"
    state = STATE_WORDS[line["state"]] + (" in another column" if line["state"] == "changed" and old == new else "")
    return [catalogue.areas[line["area_code"]].name, name, period, state, old, new]


def _fact(line: dict[Any, Any], prefix: str) -> str:
    numerator, denominator, value = (line[f"{prefix}{name}"] for name in ("numerator", "denominator", "value"))
    if pd.notna(line[f"{prefix}note"]) and pd.isna(numerator) and pd.isna(value):
        return f"note {line[f'{prefix}note']}"
    if pd.isna(numerator):
        return number(value, 2)
    return number(numerator) + (f" of {number(denominator)}" if pd.notna(denominator) else "")


def _evidence(line: dict[Any, Any], prefix: str) -> str:
    grade = line[f"{prefix}grade"]
    summary_text = str(line[f"{prefix}summary"])
    return (f"grade {int(grade)}: " if pd.notna(grade) else "") + summary_text

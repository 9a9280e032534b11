"""Areas side by side in the latest period of an indicator, with England as the line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.intervals import intervals_chart, intervals_sentence
from charts.words import COMPARISON_WORDS, decimals_for, listed, number, plural
from components import charts, html, pictures
from components.controls import View
from data.catalogue import Indicator
from reports.figure_cells import METHOD_WORDS, figure_cell

COLUMNS = [
    html.Column("Area"),
    html.Column("Figure", numeric=True),
    html.Column("Against England"),
    html.Column("Why not"),
]
CAUTION = (
    "Words against England rest on each area’s own 95 % limits for counting noise. Areas usually vary by more than "
    "that, so a difference is not out of the ordinary by itself."
)
WORDS = {state: words for state, words in COMPARISON_WORDS.items() if state != "not_compared"}


def show(item: Indicator, view: View) -> None:
    """The chart of the latest figures with its sentence and table; nothing where there is no figure of England."""
    frame = pictures.levels(view, item.key)
    if frame.empty or item.measure == "count":
        return
    first = frame.iloc[0]
    period = pictures.period_label(first["period_start"], first["period_end"], item.key)
    figure = charts.drawn(
        intervals_chart,
        frame,
        charts.colours(),
        title=f"{item.name}, {period}: {finding(frame)}",
        unit=item.unit,
        words=WORDS,
        line=first["benchmark"],
        line_name=f"England {number(first['benchmark'], decimals_for(item.measure))}",
        decimals=decimals_for(item.measure),
    )
    sentence = f"Latest figures, {period}: {intervals_sentence(frame, WORDS)}"
    method = f"{METHOD_WORDS[item.measure]} {CAUTION} {' '.join(item.caveats)}"
    charts.show(figure, sentence, view, key=f"levels-{item.key}", columns=COLUMNS, rows=rows(frame, item), data=frame,
                method=method)  # fmt: skip


def finding(frame: pd.DataFrame, noun: str = "area") -> str:
    """How many areas differ from England which way."""
    counts = frame["state"].value_counts()
    parts = [f"{counts[state]} {state}" for state in WORDS if state in counts]
    return f"{listed(parts, len(parts))} against England, {plural(int(frame['value'].notna().sum()), noun)}"


def rows(frame: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per area, highest figure first, areas without one last."""
    ordered = frame.sort_values("value", ascending=False, na_position="last")
    return [_row(line, item) for line in ordered.to_dict("records")]


def _row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    word = html.Cell(COMPARISON_WORDS[line["state"]], line["state"])
    why = line["reason"] if isinstance(line["reason"], str) else ""
    return [line["area_name"], figure_cell(item, line, ""), word, why]

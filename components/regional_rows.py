"""Rows of the tables of regions: figures, spread over time, and changes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.spread import areas
from charts.words import CHANGE_WORDS, decimals_for, interval, number, with_unit
from components import html, session
from components.regional import WORDS
from data.catalogue import Indicator
from reports.figure_cells import CANNOT, difference_cell, difference_unit, figure_cell

FIGURE_COLUMNS = [
    html.Column("Region"),
    html.Column("Figure", numeric=True),
    html.Column("Areas", numeric=True),
    html.Column("Against England"),
    html.Column("Why not"),
]
SPREAD_COLUMNS = [
    html.Column("Period"),
    html.Column("Standard deviation", numeric=True),
    html.Column("Interquartile range", numeric=True),
    html.Column("Regions", numeric=True),
    html.Column("Areas", numeric=True),
    html.Column("Lowest"),
    html.Column("Highest"),
]
CHANGE_COLUMNS = [
    html.Column("Region"),
    html.Column("Change", numeric=True),
    html.Column("Word"),
    html.Column("Later", numeric=True),
    html.Column("Earlier", numeric=True),
    html.Column("Areas in both", numeric=True),
    html.Column("Why not"),
]


def figure_rows(here: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per region, highest figure first, regions without one last, and England under them."""
    ordered = here.sort_values("value", ascending=False, na_position="last")
    return [_figure_row(line, item) for line in ordered.to_dict("records")]


def spread_rows(frame: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per separate period, newest first."""
    return [_spread_row(line, item) for line in frame.iloc[::-1].to_dict("records")]


def change_rows(moved: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per region and England, the largest change first and those without one last."""
    ordered = moved.sort_values("difference", ascending=False, na_position="last")
    return [_change_row(line, item) for line in ordered.to_dict("records")]


def _figure_row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    word = html.Cell(WORDS[line["state"]], line["state"])
    return [line["region"], figure_cell(item, line, ""), areas(line), word, _text(line["reason"])]


def _spread_row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    areas_known = session.catalogue().areas
    ends = ["" if pd.isna(line[end]) else areas_known[line[end]].name for end in ("lowest", "highest")]
    sizes = [_size_cell(line, name, item) for name in ("standard_deviation", "interquartile_range")]
    return [line["period_label"], *sizes, number(line["regions"]), areas(line), *ends]


def _size_cell(line: dict[Any, Any], name: str, item: Indicator) -> html.Cell:
    if pd.isna(line[name]):
        return html.Cell(CANNOT, "cannot_be_calculated", detail=_text(line["reason"]))
    decimals = decimals_for(item.measure)
    limits = interval(line[f"{name}_lower"], line[f"{name}_upper"], decimals)
    return html.Cell(with_unit(number(line[name], decimals), difference_unit(item)), detail=limits)


def _change_row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    counted = f"{int(line['areas_included'])} of {int(line['areas_expected'])} areas"
    return [
        line["region"],
        difference_cell(item, line),
        html.Cell(CHANGE_WORDS[line["change"]], line["change"]),
        figure_cell(item, line, ""),
        figure_cell(item, line, "", "earlier_"),
        counted,
        _text(line["reason"]),
    ]


def _text(reason: object) -> str:
    return reason if isinstance(reason, str) else ""

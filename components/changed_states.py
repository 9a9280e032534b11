"""Words that differ between two data versions, in rows: change, against England, fit, rank; what each was and is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.beside import FIT_WORDS, SIDE_WORDS, VOICE_WORDS
from charts.words import CHANGE_WORDS, COMPARISON_WORDS, number
from components import html, session
from components.changed_words import SIDES, area_link
from components.controls import View, area_label
from components.pictures import period_label
from data.catalogue import Indicator
from reports.figure_cells import difference_cell, figure_cell

STATUS_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Was"),
    html.Column("Is"),
    html.Column("Change since July 2025", numeric=True),
    html.Column("Why"),
]
STANDING_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Was"),
    html.Column("Is"),
    html.Column("Figure", numeric=True),
    html.Column("Why"),
]
FIT_COLUMNS = [
    html.Column("Place"),
    html.Column("Commitment"),
    html.Column("Was"),
    html.Column("Is"),
    html.Column("Numbers and voices"),
]
RANK_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Rank was", numeric=True),
    html.Column("Rank is", numeric=True),
    html.Column("Figure", numeric=True),
    html.Column("Why"),
]
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def status_rows(found: pd.DataFrame, view: View) -> Rows:
    """One row per change with another word: the words before and now, the change and why."""
    return [
        [
            area_cell(line, view),
            _indicator(line).name,
            _word(line["was_change"], CHANGE_WORDS),
            _word(line["change"], CHANGE_WORDS),
            difference_cell(_indicator(line), line) if isinstance(line["change"], str) else "",
            line["why"],
        ]
        for line in found.to_dict("records")
    ]


def standing_rows(found: pd.DataFrame, view: View) -> Rows:
    """One row per latest figure that stands otherwise against England."""
    return [
        [
            area_cell(line, view),
            _indicator(line).name,
            _word(line["was_comparison"], COMPARISON_WORDS),
            _word(line["comparison"], COMPARISON_WORDS),
            _dated(line),
            line["why"],
        ]
        for line in found.to_dict("records")
    ]


def fit_rows(found: pd.DataFrame, view: View) -> Rows:
    """One row per commitment and place whose numbers and voices fit otherwise."""
    return [_fit(line, view) for line in found.to_dict("records")]


def rank_rows(found: pd.DataFrame, view: View) -> Rows:
    """One row per area that moved among those beyond the usual variation, newcomers and leavers included."""
    return [
        [area_cell(line, view), _indicator(line).name, _rank(line, "was_"), _rank(line, ""), _dated(line), line["why"]]
        for line in found.to_dict("records")
    ]


def area_cell(line: Line, view: View) -> html.Cell:
    """The place of a row, with a link to its page at the indicator of the row."""
    known = line["indicator"] in session.catalogue().indicators
    href = area_link(line, view) if known else view.link("area", area=line["area_code"])
    return html.Cell(area_label(session.catalogue(), line["area_code"]), href=href)


def _fit(line: Line, view: View) -> list[str | html.Cell]:
    key = line["commitment"]
    title = f"{key} {session.catalogue().commitments[key].title}"
    place = area_label(session.catalogue(), line["area_code"])
    return [
        html.Cell(place, href=view.link("area", area=line["area_code"])),
        html.Cell(title, href=view.link("commitment", commitment=key, area=line["area_code"])),
        _word(line["was_fit"], FIT_WORDS),
        _word(line["fit"], FIT_WORDS),
        html.Cell(
            f"numbers: {_sides(line, 'numbers', SIDE_WORDS)}", detail=f"voices: {_sides(line, 'voices', VOICE_WORDS)}"
        ),
    ]


def _sides(line: Line, side: str, words: dict[str, str]) -> str:
    was, now = (words.get(line[name], "") for name in (f"was_{side}", side))
    return now if was == now else f"{was}, now {now}"


def _rank(line: Line, prefix: str) -> html.Cell | str:
    rank = line[f"{prefix}rank"]
    if pd.isna(rank):
        return "within the limits" if isinstance(line[f"{prefix}attention"], str) else "not compared"
    return html.Cell(
        str(rank), detail=f"{SIDES[line[f'{prefix}attention']]}, {number(line[f'{prefix}distance'], 1)} times the limit"
    )


def _dated(line: Line) -> html.Cell | str:
    if pd.isna(line["period_end"]):
        return html.Cell("no figure any more", "absent")
    item = _indicator(line)
    return figure_cell(item, line, period_label(line["period_start"], line["period_end"], item.key))


def _indicator(line: Line) -> Indicator:
    return session.catalogue().indicators[line["indicator"]]


def _word(state: object, words: dict[str, str]) -> html.Cell:
    if not isinstance(state, str):
        return html.Cell("no word", "absent")
    return html.Cell(words[state], state)

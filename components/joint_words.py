"""The joint display of one commitment in words: each area's numbers beside its voices, with what stands behind both."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import beside
from charts.words import CHANGE_WORDS, decimals_for, interval, number, plural, with_unit
from components import figures, html, session
from components.controls import View
from components.pictures import period_label
from data.catalogue import Indicator
from metrics.triangulation import PROVIDERS, voices_say
from reports.figure_cells import difference_cell, figure_cell

COLUMNS = [
    html.Column("Area"),
    html.Column("What the numbers say"),
    html.Column("What people said"),
    html.Column("How they fit"),
    html.Column("Both sides"),
]
EVIDENCE_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest", numeric=True),
    html.Column("Change since July 2025"),
]
# By whether it is the side of providers, in the order in which they are read.
SIDES = {False: "users, families and communities", True: "providers"}
SIDE = ["area_code", "side"]
TOLD = ["area_code", "indicator", "change", "value", "lower", "upper", "earlier_value"]
ANCHOR = "both-sides"
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def headline(areas: pd.DataFrame) -> str:
    """`charts.beside.read_first` of areas as `reports.evidence.reading_order` leaves them."""
    return beside.read_first(areas, {code: area.name for code, area in session.catalogue().areas.items()})


def rows(areas: pd.DataFrame, changed: pd.DataFrame, heard: pd.DataFrame, view: View) -> Rows:
    """One row per area of the display; `changed` are the commitment's changes, `heard` its insights, of any area."""
    moves, told = moved(changed[changed["polarity"] != "no_judgement"]), said(heard)
    return [
        _row(line, moves.get(line["area_code"], ""), told.get(line["area_code"]) or _both({}), view)
        for line in areas.to_dict("records")
    ]


def link(view: View, name: str) -> str:
    """The address of the commitment with both sides of an area open."""
    return f"{view.link('commitment', {'open': name})}#{ANCHOR}"


def moved(changed: pd.DataFrame, most: int = 3) -> dict[str, str]:
    """In each area that has any, the indicators that improved or worsened, with figure, limits and what it was; and how
    many others there are. `changed` holds the indicators on which a judgement is made."""
    every = changed["area_code"].value_counts()
    found: dict[str, list[Line]] = {}
    for line in changed.loc[changed["change"].isin(["improved", "worsened"]), TOLD].to_dict("records"):
        found.setdefault(line["area_code"], []).append(line)
    return {code: _most_moved(lines[:most], int(every[code])) for code, lines in found.items()}


def evidence_row(item: Indicator, figure: Line | None, change: Line | None, view: View) -> list[str | html.Cell]:
    """One indicator of one area: its latest figure, and how far it moved from which baseline, each with its limits."""
    name, latest, *_ = figures.area_row(item, figure, None, view)
    if change is None:
        return [name, latest, html.Cell("not expected of this area", "absent")]
    moved_by = difference_cell(item, change)
    if moved_by.state:
        return [name, latest, moved_by]
    was = figure_cell(item, change, _period(item, change), "earlier_")
    word = f"{CHANGE_WORDS[change['change']]} {moved_by.text}"
    return [name, latest, html.Cell(word, change["change"], detail=f"{moved_by.detail}; was {was.text} {was.detail}")]


def said(heard: pd.DataFrame) -> dict[str, str]:
    """What each side says in each area where anybody was heard: how many say that it works and that it does not, and
    people; or that it was not heard."""
    asked = heard.assign(side=heard["perspective"].isin(PROVIDERS), people=heard["participants"].fillna(0))
    counts = voices_say(asked, by=SIDE).merge(asked.groupby(SIDE, as_index=False)["people"].sum(), on=SIDE)
    found: dict[str, dict[str, str]] = {}
    for line in counts.to_dict("records"):
        found.setdefault(line["area_code"], {})[SIDES[line["side"]]] = _said(line, SIDES[line["side"]])
    return {code: _both(words) for code, words in found.items()}


def _row(line: Line, changes: str, told: str, view: View) -> list[str | html.Cell]:
    name = session.catalogue().areas[line["area_code"]].name
    numbers, voices = beside.numbers_cell(line), beside.voices_cell(line)
    return [
        html.Cell(name, href=view.link("area", area=line["area_code"])),
        html.Cell(numbers.text, numbers.state, detail=changes or numbers.detail),
        html.Cell(voices.text, voices.state, detail=told),
        beside.fit_cell(line),
        html.Cell(f"Open {name}", href=link(view, name)),
    ]


def _both(told: dict[str, str]) -> str:
    """Users first, then providers."""
    return "; ".join(told.get(words, f"{words}: not heard") for words in SIDES.values())


def _said(line: Line, words: str) -> str:
    graded = int(line["well"] + line["middling"] + line["badly"])
    if not graded:
        return f"{words}: {plural(int(line['not_asked']), 'insight')}, none graded"
    people = int(line["people"])
    behind = f" (at least {plural(people, 'person', 'people')})" if people else ""
    return f"{words}: {line['well']} of {graded} say it works, {line['badly']} that it does not{behind}"


def _most_moved(lines: list[Line], every: int) -> str:
    others = every - len(lines)
    rest = f"; {plural(others, 'other indicator')}" if others else ""
    return "; ".join(map(_moved, lines)) + rest


def _moved(line: Line) -> str:
    item = session.catalogue().indicators[line["indicator"]]
    decimals = decimals_for(item.measure)
    now = f"{with_unit(number(line['value'], decimals), item.unit)} {interval(line['lower'], line['upper'], decimals)}"
    return f"{CHANGE_WORDS[line['change']]}: {item.name}, {now}, was {number(line['earlier_value'], decimals)}"


def _period(item: Indicator, change: Line) -> str:
    return period_label(change["earlier_period_start"], change["earlier_period_end"], item.key)

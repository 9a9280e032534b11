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
from metrics.triangulation import PROVIDERS, USERS, voices_say
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
SIDES = {"users, families and communities": USERS, "providers": PROVIDERS}
ANCHOR = "both-sides"


def headline(areas: pd.DataFrame) -> str:
    """`charts.beside.read_first` of areas as `reports.evidence.reading_order` leaves them."""
    return beside.read_first(areas, {code: area.name for code, area in session.catalogue().areas.items()})


def row(line: dict[Any, Any], changed: pd.DataFrame, heard: pd.DataFrame, view: View) -> list[str | html.Cell]:
    """One area of the display; `changed` are its changes, `heard` its insights on the commitment."""
    name = session.catalogue().areas[line["area_code"]].name
    numbers, voices = beside.numbers_cell(line), beside.voices_cell(line)
    return [
        html.Cell(name, href=view.link("area", area=line["area_code"])),
        html.Cell(numbers.text, numbers.state, detail=moved(changed) or numbers.detail),
        html.Cell(voices.text, voices.state, detail=said(heard)),
        beside.fit_cell(line),
        html.Cell(f"Open {name}", href=link(view, name)),
    ]


def link(view: View, name: str) -> str:
    """The address of the commitment with both sides of an area open."""
    return f"{view.link('commitment', {'open': name})}#{ANCHOR}"


def moved(changed: pd.DataFrame, most: int = 3) -> str:
    """The indicators that improved or worsened, with figure, limits and what it was; and how many others there are."""
    lines = changed[changed["change"].isin(["improved", "worsened"])].to_dict("records")
    if not lines:
        return ""
    others = len(changed) - min(len(lines), most)
    rest = f"; {plural(others, 'other indicator')}" if others else ""
    return "; ".join(map(_moved, lines[:most])) + rest


def evidence_row(
    item: Indicator, figure: dict[Any, Any] | None, change: dict[Any, Any] | None, view: View
) -> list[str | html.Cell]:
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


def said(heard: pd.DataFrame) -> str:
    """What each side says: how many say that it works and that it does not, and people; or that it was not heard."""
    return "; ".join(_said(heard[heard["perspective"].isin(who)], words) for words, who in SIDES.items())


def _said(heard: pd.DataFrame, words: str) -> str:
    if heard.empty:
        return f"{words}: not heard"
    line = voices_say(heard, by=()).iloc[0]
    graded = int(line["well"] + line["middling"] + line["badly"])
    if not graded:
        return f"{words}: {plural(len(heard), 'insight')}, none graded"
    people = int(heard["participants"].sum())
    behind = f" (at least {plural(people, 'person', 'people')})" if people else ""
    return f"{words}: {line['well']} of {graded} say it works, {line['badly']} that it does not{behind}"


def _moved(line: dict[Any, Any]) -> str:
    item = session.catalogue().indicators[line["indicator"]]
    decimals = decimals_for(item.measure)
    now = f"{with_unit(number(line['value'], decimals), item.unit)} {interval(line['lower'], line['upper'], decimals)}"
    return f"{CHANGE_WORDS[line['change']]}: {item.name}, {now}, was {number(line['earlier_value'], decimals)}"


def _period(item: Indicator, change: dict[Any, Any]) -> str:
    return period_label(change["earlier_period_start"], change["earlier_period_end"], item.key)

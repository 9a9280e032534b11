"""The agenda of a review on its page: made from exceptions, each with its sentence and a link to its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components import charts, html, session
from components.changed_rows import named
from components.controls import View, area_label
from components.pictures import changes, due, heard, joint_displays, picture, places
from reports.agenda import KIND_WORDS, RANKING, Evidence, agenda, counted, exceptions, of_actions

COLUMNS = [html.Column("Item"), html.Column("Where"), html.Column("Why")]
STATES = {
    "worse": "worse",
    "worsening": "worsened",
    "dissonant": "dissonant",
    "silent": "silent",
    "overdue": "absent",
    "action": "absent",
    "newly_changed": "neutral",
}
FIGURES = ("worse", "worsening", "newly_changed")
Line = dict[Any, Any]


def made(pinned: View, former: Line | None, actions: pd.DataFrame, held_on: date) -> pd.DataFrame:
    """The agenda worked out at the version that a review looks at; `actions` are those of the former review."""
    then = None if former is None else replace(pinned, version=int(former["version"]), as_of=former["as_of"].date())
    asked = pinned.area, pinned.version, pinned.as_of, then and then.version, heard(pinned)
    found = _exceptions(session.workspace().settings.database, asked, pinned, then)
    return agenda(found, of_actions(actions, held_on))


def show(items: pd.DataFrame, pinned: View, former_link: Callable[[], str]) -> None:
    """The items that are listed, how many more there are of each kind, and how they were ranked."""
    listed = items[items["listed"].astype(bool)]
    if listed.empty:
        html.sentence("No exception was found, so the agenda is empty.")
        return
    rows = [row(line, pinned, former_link) for line in listed.to_dict("records")]
    html.table(COLUMNS, rows, f"Agenda: {len(listed)} of {len(items)} exceptions, in the order to speak about them")
    if rest := counted(items):
        html.quiet(rest)
    html.quiet(RANKING)
    charts.download(named(items, session.catalogue()), pinned, "agenda", RANKING)


def label(line: Line) -> str:
    """An item in few words of the program's own: its place, kind, subject and area."""
    return f"{line['place']}. {_subject(line)}, {_place(line)}"


def evidence(line: Line) -> str:
    """What an action says that it answers, when it is made from an item."""
    return f"{_place(line)}: {line['sentence']}"


def row(line: Line, pinned: View, former_link: Callable[[], str]) -> list[str | html.Cell]:
    """An item of the agenda with the way to its evidence, where it is, and why it is listed."""
    words = f"{line['place']}. {KIND_WORDS[line['kind']]}"
    kind = html.Cell(words, STATES[line["kind"]], href=_href(line, pinned, former_link))
    return [kind, _place(line), line["sentence"]]


def _subject(line: Line) -> str:
    item = session.catalogue().indicators.get(line["indicator"])
    subject = item.name if item else line["commitment"]
    return f"{KIND_WORDS[line['kind']]}: {subject}" if subject else KIND_WORDS[line["kind"]]


def _place(line: Line) -> str:
    return area_label(session.catalogue(), line["area_code"])


def _href(line: Line, pinned: View, former_link: Callable[[], str]) -> str:
    """Where the evidence of an item stands, at the version that the review looks at."""
    if line["kind"] == "action":
        return former_link()
    if line["kind"] in FIGURES and line["indicator"] in session.catalogue().indicators:
        return pinned.link("area", area=line["area_code"], indicator=line["indicator"])
    if line["kind"] in ("dissonant", "silent"):
        return pinned.link("commitment", area=line["area_code"], commitment=line["commitment"])
    return pinned.link("area", area=line["area_code"])


@st.cache_resource(max_entries=8, show_spinner="Making the agenda …")
def _exceptions(database: str, asked: tuple[object, ...], _pinned: View, _then: View | None) -> pd.DataFrame:
    """What asks for attention, without any text that a person wrote. `asked`: of which place, versions and reader."""
    now = Evidence(places(_pinned), changes(_pinned), due(_pinned), picture(_pinned), joint_displays(_pinned))
    return exceptions(session.catalogue(), _pinned.area, now, None if _then is None else changes(_then))

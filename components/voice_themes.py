"""What people name: barriers and enablers by perspective, who was not heard, and how people were asked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import PERSPECTIVE_WORDS, plural, shortened
from components import charts, html
from components.controls import View
from components.voice_counts import Counted
from data.templates import METHODS

SHOWN = 8
COLUMNS = [
    html.Column("Theme"),
    html.Column("Insights", numeric=True),
    *(html.Column(words, numeric=True) for words in PERSPECTIVE_WORDS.values()),
]
METHOD_COLUMNS = [
    html.Column("How people were asked"),
    html.Column("Insights", numeric=True),
    html.Column("People", numeric=True),
    html.Column("Insights that do not say how many", numeric=True),
]


def show(found: Counted, view: View) -> None:
    """What gets in the way and what helps, with who names it."""
    kinds = {"barrier": found.barriers, "enabler": found.enablers}
    if not any(map(len, kinds.values())):
        html.sentence("No insight here names a barrier or an enabler.")
        return
    html.sentence(" ".join(_most(frame, word) for word, frame in kinds.items()))
    for word, frame in kinds.items():
        _table(frame, f"{word.capitalize()}s, most often named first, by who names them", word)
    both = pd.concat([frame.assign(kind=word) for word, frame in kinds.items()], ignore_index=True)
    charts.download(both, view, "voices-themes", "An insight that names a theme twice counts once.")


def show_not_heard(found: pd.DataFrame, view: View) -> None:
    """Who, according to those who asked, was not heard; `found` is as `voice_counts.named`."""
    if found.empty:
        html.sentence("No insight here says who was not heard. That does not mean that everybody was.")
        return
    html.sentence(_most(found, "group that was not heard"))
    _table(found, "Who was not heard, most often named first, by who names them", "group")
    charts.download(found, view, "voices-not-heard", "As the senders of the insights wrote it, split at semicolons.")


def show_methods(found: pd.DataFrame, view: View) -> None:
    """How people were asked, and how many they were; `found` is as `hearing.by_method`."""
    words = {key: word.lower() for key, word in METHODS.items()} | {"": "not said"}
    rows: list[list[str | html.Cell]] = [
        [words[line["method"]].capitalize(), *(f"{line[name]:,}" for name in ("insights", "people", "people_unknown"))]
        for line in found.to_dict("records")
    ]
    html.table(METHOD_COLUMNS, rows, "Methods, with the people behind the insights that say how many")
    charts.download(
        found, view, "voices-methods", "People are added up over insights; one person may stand behind several."
    )


def _table(found: pd.DataFrame, caption: str, noun: str) -> None:
    if found.empty:
        return
    lines: list[dict[Any, Any]] = found.head(SHOWN).to_dict("records")
    rows: list[list[str | html.Cell]] = [
        [shortened(line["theme"]), f"{line['insights']:,}", *(f"{line[name]:,}" for name in PERSPECTIVE_WORDS)]
        for line in lines
    ]
    html.table(COLUMNS, rows, caption)
    if len(found) > SHOWN:
        html.quiet(f"{SHOWN} of {plural(len(found), noun)} are shown; the CSV has all.")


def _most(found: pd.DataFrame, noun: str) -> str:
    if found.empty:
        return f"No {noun} is named."
    first = found.iloc[0]
    theme, count = shortened(str(first["theme"]), 60), plural(int(first["insights"]), "insight")
    return f"The {noun} named most often: {theme} ({count})."

"""Lines of the audit trail in plain words: when, who, what, to what, and which data versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pandas as pd

from charts.words import day, plural, shortened
from components import html
from data.audit import Checked
from data.catalogue import Catalogue

COLUMNS = [
    html.Column("When (UTC)"),
    html.Column("Who"),
    html.Column("What was done"),
    html.Column("To what"),
    html.Column("Data version"),
]
DEEDS = {
    "re-base made": "Control chart began anew",
    "re-base ended": "New calculation of a control chart ended",
    "reply to a review": "Replied to a review",
}
"""Where the words of a deed are not plain by themselves."""
DIGEST = 64
Things = Mapping[str, tuple[str, str]]


def rows(lines: pd.DataFrame, things: Things, catalogue: Catalogue) -> list[list[str | html.Cell]]:
    """One row per line of the trail."""
    return [_row(line, things, catalogue) for line in lines.to_dict("records")]


def deed(words: str) -> str:
    """A deed in plain words."""
    return DEEDS.get(words) or words[:1].upper() + words[1:]


def identifiers(lines: pd.DataFrame) -> set[str]:
    """The identifiers with which subjects begin."""
    firsts = {str(subject).partition(" ")[0] for subject in lines["subject"]}
    return {first for first in firsts if _is_identifier(first)}


def subject(text: str, things: Things, catalogue: Catalogue) -> str:
    """What something was done to, in words, as far as it is still there; otherwise as the trail has it."""
    first, _, rest = text.partition(" ")
    if first not in things:
        return shortened(" ".join(_word(word, catalogue) for word in text.split()))
    kind, words = things[first]
    named = " ".join(_word(word, catalogue) for word in words.split()) if kind == "control chart" else words
    beside = ", ".join(_word(word, catalogue) for word in rest.split())
    return f"{kind.capitalize()} “{shortened(named)}”" + (f", {beside}" if beside else "")


def versions(line: Mapping[Any, Any]) -> str:
    """From which data version to which; one number where none was raised."""
    before, after = int(line["from_version"]), int(line["to_version"])
    return f"{after:,}" if before == after else f"{before:,} to {after:,}"


def answer(found: Checked, since: Any) -> str:
    """How many lines there are, from when on, and whether the trail is whole, in a sentence."""
    if not found.whole:
        return (
            f"The audit trail is broken at line {found.broken:,}: {found.fault}. It has {plural(found.lines, 'line')}. "
            "Tell whoever runs the program: compare it with a backup before anything else is done."
        )
    if not found.lines:
        return "Nothing has been written yet, and the audit trail is whole."
    began = f"{plural(found.lines, 'line')} since {day(since)}"
    return f"{began}. The audit trail is whole: no line is missing and none was changed."


def _row(line: Mapping[Any, Any], things: Things, catalogue: Catalogue) -> list[str | html.Cell]:
    number = "no number" if pd.isna(line["number"]) else f"line {int(line['number']):,}"
    return [
        html.Cell(f"{day(line['happened_at'])}, {line['happened_at']:%H:%M}", detail=number),
        line["actor"],
        deed(line["deed"]),
        subject(line["subject"], things, catalogue),
        versions(line),
    ]


def _word(word: str, catalogue: Catalogue) -> str:
    if word in catalogue.areas:
        return catalogue.areas[word].name
    if word in catalogue.indicators:
        return catalogue.indicators[word].name
    if len(word) == DIGEST and word.isalnum():
        return f"{word[:12]}…"
    return word.replace("_", " ") if word.islower() else word


def _is_identifier(word: str) -> bool:
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False

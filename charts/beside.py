"""Numbers beside voices in words: what each side of a commitment says, and how the two fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.cells import Cell, Column
from charts.words import listed, plural

SIDE_WORDS = {
    "positive": "more improved",
    "negative": "more worsened",
    "neutral": "as many either way",
    "absent": "no judgement possible",
}
VOICE_WORDS = {"positive": "mostly works", "negative": "mostly does not", "mixed": "divided", "silent": "nobody heard"}
NOT_GRADED = "heard, but not graded"
IN_BETWEEN = "in between"
FIT_WORDS = {
    "convergent": "convergent: both say the same",
    "complementary": "complementary: they add to each other",
    "dissonant": "dissonant: they disagree",
    "silent": "silent",
}
LEGEND = (
    "▲ improved or works · ▼ worsened or does not · ▬ no clear change, divided or in between · ▨ missing · ○ silent · "
    "● convergent · ◇ complementary · ◆ dissonant. Numbers count pairs of indicator and area since July 2025 on which "
    "a judgement is made; voices count insights with grades 4 and 5 against 1 and 2. The two are shown side by side, "
    "never fused into a score."
)
COLUMNS = [Column("Commitment"), Column("Numbers since July 2025"), Column("Voices"), Column("How they fit")]
AREA_COLUMNS = [
    Column("Area"),
    Column("What the numbers say"),
    Column("What people said"),
    Column("Providers and users"),
    Column("How they fit"),
]
Line = dict[Any, Any]


def answer(line: Line, where: str) -> str:
    """What numbers and voices say about one commitment, and how they fit, in one sentence."""
    return (
        f"{where}: the numbers say “{numbers_cell(line).text}”, people say “{voices_cell(line).text}”. "
        f"Together they are {fit_cell(line).text}."
    )


def details(line: Line) -> str:
    """How many indicators and insights stand behind what numbers and voices say of one commitment."""
    return f"Numbers: {numbers_cell(line).detail}. Voices: {voices_cell(line).detail or 'none'}."


def headline(counts: pd.DataFrame, where: str) -> str:
    """How many commitments have both sides, and where the two disagree."""
    both = int((counts["fit"] != "silent").sum())
    apart = list(counts.loc[counts["fit"] == "dissonant", "commitment"])
    text = f"{where}: {both} of {plural(len(counts), 'commitment')} have both numbers and voices"
    if not apart:
        return f"{text}, and on none of these do they disagree." if both else f"{text} so far."
    return f"{text}; on {len(apart)} of them they disagree ({', '.join(apart)})."


def read_first(areas: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Where to read first, and in how many areas the two sides disagree.

    `areas` are as `reports.evidence.reading_order` leaves them, `names` theirs by code.
    """
    relief = areas[(areas["numbers"] == "negative") & (areas["user_voices"] == "positive")]
    apart = areas[areas["fit"] == "dissonant"]
    told_by = "service users, families or communities"
    parts = [
        f"In {_areas(found, names)} the numbers {moved} while {told_by} told us that it {told}."
        for found, moved, told in (
            (areas[areas["against"]], "improved", "does not work or got worse"),
            (relief, "worsened", "works"),
        )
        if len(found)
    ]
    parts += [f"Numbers and voices as a whole disagree in {_areas(apart, names)}."] if len(apart) else []
    return f"{' '.join(parts)} Read these first." if parts else "In no area do numbers and voices disagree."


def cells(line: Line) -> list[Cell]:
    """One commitment: numbers, voices and how they fit."""
    return [numbers_cell(line), voices_cell(line), fit_cell(line)]


def area_cells(line: Line) -> list[Cell]:
    """One area: numbers, voices, providers and users apart, and how they fit."""
    return [numbers_cell(line), voices_cell(line), perspectives_cell(line), fit_cell(line)]


def numbers_cell(line: Line) -> Cell:
    """What the numbers say, with how many of how many."""
    state = _state(line["numbers"], "absent")
    detail = (
        f"{line['improved']} improved, {line['no_clear_change']} no clear change, {line['worsened']} worsened, "
        f"{line['not_calculable']} cannot be calculated"
    )
    if line["not_judged"]:
        detail += f", {line['not_judged']} without judgement"
    return Cell(SIDE_WORDS[state], state, detail=f"{detail}, of {line['pairs']}")


def voices_cell(line: Line) -> Cell:
    """What people say, with how many insights stand behind it."""
    state = _state(line["voices"], "silent")
    heard = line["well"] + line["middling"] + line["badly"] + line["not_asked"]
    if not heard:
        return Cell(VOICE_WORDS["silent"], "silent")
    detail = (
        f"{line['well']} works, {line['middling']} in between, {line['badly']} does not, {line['not_asked']} not graded"
    )
    sides = line["well"] + line["badly"]
    words = NOT_GRADED if state == "silent" else VOICE_WORDS[state] if sides else IN_BETWEEN
    return Cell(words, state, detail=f"{plural(heard, 'insight')}: {detail}")


def fit_cell(line: Line) -> Cell:
    """How the two fit; silent names the side that is missing."""
    words = FIT_WORDS[line["fit"]]
    if line["fit"] == "silent":
        side = line["silent_side"].replace("voices", "graded voices") if line["not_asked"] else line["silent_side"]
        words = f"silent: no {side.replace(' and ', ' and no ')}"
    return Cell(words, line["fit"])


def perspectives_cell(line: Line) -> Cell:
    """Providers and users apart."""
    return Cell(
        f"providers: {VOICE_WORDS[_state(line['provider_voices'], 'silent')]}",
        detail=f"users, families and communities: {VOICE_WORDS[_state(line['user_voices'], 'silent')]}",
    )


def _state(value: object, missing: str) -> str:
    return value if isinstance(value, str) else missing


def _areas(found: pd.DataFrame, names: Mapping[str, str]) -> str:
    return f"{plural(len(found), 'area')} ({listed([names[code] for code in found['area_code']], 8)})"

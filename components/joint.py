"""Numbers beside voices in words: the cells that the Overview and the Commitment page share."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import plural
from components import html, session
from components.controls import View
from data.catalogue import Catalogue, Commitment

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
COLUMNS = [
    html.Column("Commitment"),
    html.Column("Numbers since July 2025"),
    html.Column("Voices"),
    html.Column("How they fit"),
]


def origin(commitment: Commitment, catalogue: Catalogue) -> str:
    """Where a commitment stands in its source, and what stood in its place in 2018."""
    before = " ".join(f"{key}: {catalogue.forerunners[key].summary}" for key in commitment.forerunners)
    return (
        f"Source: consensus of July 2025, “{commitment.section}”, position {commitment.position}, in our own words. "
        + (f"Forerunner in February 2018: {before}" if before else "No forerunner in February 2018.")
    )


def answer(line: dict[Any, Any], where: str) -> str:
    """What numbers and voices say about one commitment, and how they fit, in one sentence."""
    return (
        f"{where}: the numbers say “{numbers_cell(line).text}”, people say “{voices_cell(line).text}”. "
        f"Together they are {fit_cell(line).text}."
    )


def headline(counts: pd.DataFrame, where: str) -> str:
    """How many commitments have both sides, and where the two disagree."""
    both = int((counts["fit"] != "silent").sum())
    apart = list(counts.loc[counts["fit"] == "dissonant", "commitment"])
    text = f"{where}: {both} of {plural(len(counts), 'commitment')} have both numbers and voices"
    if not apart:
        return f"{text}, and on none of these do they disagree." if both else f"{text} so far."
    return f"{text}; on {len(apart)} of them they disagree ({', '.join(apart)})."


def commitment_row(line: dict[Any, Any], view: View) -> list[str | html.Cell]:
    """One commitment: its title with a link, numbers, voices and how they fit."""
    key = line["commitment"]
    title = session.catalogue().commitments[key].title
    link = view.link("commitment", commitment=key)
    return [html.Cell(f"{key} {title}", href=link), numbers_cell(line), voices_cell(line), fit_cell(line)]


def numbers_cell(line: dict[Any, Any]) -> html.Cell:
    """What the numbers say, with how many of how many."""
    state = _state(line["numbers"], "absent")
    detail = (
        f"{line['improved']} improved, {line['no_clear_change']} no clear change, {line['worsened']} worsened, "
        f"{line['not_calculable']} cannot be calculated"
    )
    if line["not_judged"]:
        detail += f", {line['not_judged']} without judgement"
    return html.Cell(SIDE_WORDS[state], state, detail=f"{detail}, of {line['pairs']}")


def voices_cell(line: dict[Any, Any]) -> html.Cell:
    """What people say, with how many insights stand behind it."""
    state = _state(line["voices"], "silent")
    heard = line["well"] + line["middling"] + line["badly"] + line["not_asked"]
    if not heard:
        return html.Cell(VOICE_WORDS["silent"], "silent")
    detail = (
        f"{line['well']} works, {line['middling']} in between, {line['badly']} does not, {line['not_asked']} not graded"
    )
    sides = line["well"] + line["badly"]
    words = NOT_GRADED if state == "silent" else VOICE_WORDS[state] if sides else IN_BETWEEN
    return html.Cell(words, state, detail=f"{plural(heard, 'insight')}: {detail}")


def fit_cell(line: dict[Any, Any]) -> html.Cell:
    """How the two fit; silent names the side that is missing."""
    words = FIT_WORDS[line["fit"]]
    if line["fit"] == "silent":
        side = line["silent_side"].replace("voices", "graded voices") if line["not_asked"] else line["silent_side"]
        words = f"silent: no {side.replace(' and ', ' and no ')}"
    return html.Cell(words, line["fit"])


def _state(value: object, missing: str) -> str:
    return value if isinstance(value, str) else missing

"""The sentences of the Voices page."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.gap import delta_words
from charts.words import PERSPECTIVE_WORDS, listed, plural, shortened
from components import session
from components.controls import View, area_label
from components.hearing import ALL_OF_THEM
from components.voice_filters import Asked
from data.queries import LONGEST_SEARCH
from data.templates import SECTORS
from metrics.triangulation import voices_say

LEANS = {
    "higher": "providers grade it higher than users, families and communities do",
    "lower": "users, families and communities grade it higher than providers do",
    "no_clear_change": "providers and users do not clearly differ",
}
NO_WORDS = "There is no letter or digit among what is to be found, so nothing was searched."
TRY_ELSE = "Try fewer words, the beginning of a word, another spelling, or take a choice above back to all."


def about(view: View, asked: Asked) -> str:
    """The place and what the choices leave, for a sentence: `England, COM-1, service users, policing`."""
    parts = [area_label(session.catalogue(), view.area), asked.commitment or "all commitments"]
    parts += [PERSPECTIVE_WORDS[asked.perspective].lower()] if asked.perspective else []
    parts += [SECTORS[asked.sector].lower()] if asked.sector else []
    return ", ".join(parts)


def answer(heard: pd.DataFrame, whole: dict[Any, Any] | None, silent: list[str], areas: int, where: str) -> str:
    """How much was heard from where, what it says, and whether providers and users say the same.

    `whole` is the first row of `hearing.gaps`, or nothing where nobody gave a grade.
    """
    if heard.empty:
        return f"{where}: nobody has been heard yet."
    line = voices_say(heard, by=()).iloc[0]
    from_where = f"from {areas - len(silent)} of {plural(areas, 'area')}"
    graded = (
        f"{line['well']:,} say that it works, {line['badly']:,} that it does not, {line['middling']:,} are in between"
    )
    differ = LEANS.get(whole["state"], "") if whole else ""
    return f"{where}: {plural(len(heard), 'insight')} {from_where}. {graded}{'; ' + differ if differ else ''}."


def behind(heard: pd.DataFrame, whole: dict[Any, Any] | None) -> str:
    """How many people stand behind the insights, and the gap with its limits."""
    known = heard["participants"].notna()
    people = plural(int(heard.loc[known, "participants"].sum()), "person", "people")
    ungraded = plural(int(heard["grade"].isna().sum()), "insight has", "insights have")
    told = (
        f"{int(known.sum()):,} of {plural(len(heard), 'insight')} say how many people stand behind them, {people} in "
        f"all; {ungraded} no grade."
    )
    if not whole or pd.isna(whole["cliffs_delta"]):
        return told
    return f"{told} Gap between providers and users (Cliff’s delta): {delta_words(whole)}."


def found(hits: int, among: int, asked: Asked) -> str:
    """How many insights have the words, or what to do where none has."""
    cut = f" Only the first {LONGEST_SEARCH} characters are looked for." if len(asked.find) > LONGEST_SEARCH else ""
    if not asked.searchable:
        return NO_WORDS + cut
    words = f"“{shortened(' '.join(asked.find.split()), 80)}”"
    if not hits:
        return f"Nothing among {plural(among, 'insight')} has all the words of {words}. {TRY_ELSE}{cut}"
    return f"{hits:,} of {plural(among, 'insight')} {'has' if hits == 1 else 'have'} all the words of {words}.{cut}"


def gaps_sentence(gaps: pd.DataFrame) -> str:
    """On which commitments each side grades higher, on which neither clearly does, and which have too few grades."""
    each = gaps[gaps["area_name"] != ALL_OF_THEM]
    words = {
        "higher": "Providers grade higher on {}.",
        "lower": "Users, families and communities grade higher on {}.",
        "no_clear_change": "It may be either way on {}.",
        "cannot_be_calculated": "There are too few grades, or only one, for limits on {}.",
    }
    named = {state: list(each.loc[each["state"] == state, "area_name"]) for state in words}
    return " ".join(text.format(listed(named[state], 10)) for state, text in words.items() if named[state])


def silence(silent: list[str], missing: pd.DataFrame, areas: int) -> str:
    """In how many areas nobody was heard, and which perspective is heard in the fewest."""
    nobody = f": {listed(silent, 8)}" if silent else ""
    least = missing.sort_values("areas_heard", kind="stable").iloc[0]
    return (
        f"In {len(silent)} of {plural(areas, 'area')} nobody has been heard{nobody}. "
        f"Least heard: {PERSPECTIVE_WORDS[least['perspective']].lower()}, in {least['areas_heard']} of {areas}."
    )

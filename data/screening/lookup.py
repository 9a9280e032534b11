"""What each different text of a file means: codes for areas and keys, dates for periods, marks for notes.

A file of a million rows has few different texts, so they are looked up once each and joined back as sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import partial
from typing import Any

import pandas as pd

from data import periods
from data.actor import Actor
from data.catalogue import Catalogue
from data.catalogue.names import area_names, plain_name
from data.reading import normalise_heading
from data.templates import NOTE_MARKS, Template

COLUMNS = ["field", "text", "key", "detail", "period_start", "period_end"]
Meaning = dict[str, Any]
GUESSED = 1_000
"""Of more different texts in a column of keys no nearest key is looked for: that would take minutes, to no use."""
LONGEST_GUESSED = 300


def look_up(distinct: pd.DataFrame, catalogue: Catalogue, actor: Actor, template: Template) -> pd.DataFrame:
    """Columns field, text, key (None when nothing known is meant), detail, period_start, period_end.

    `distinct` has the columns field and text. Codes that the actor may not report for come again under the field
    `forbidden_area`, codes of areas that only serve comparison under `comparator_area`.
    """
    guess = int(distinct["field"].isin(["indicator", "commitment"]).sum()) <= GUESSED
    meanings = _meanings(catalogue, template, guess)
    found = [
        {"field": field, "text": text} | meanings[field](text)
        for field, text in distinct.dropna().itertuples(index=False, name=None)
    ]
    codes = {entry["key"] for entry in found if entry["field"] == "area_code" and entry.get("key")}
    comparators = {code for code in codes if catalogue.areas[code].comparator_only}
    forbidden = {code for code in codes - comparators if not actor.may_submit_for(code)}
    more = [{"field": "comparator_area", "text": code} for code in comparators]
    more += [{"field": "forbidden_area", "text": code} for code in forbidden]
    frame = pd.DataFrame([*found, *more], columns=COLUMNS)
    return frame.astype(dict.fromkeys(COLUMNS[:4], "str")).astype(
        {"period_start": "datetime64[s]", "period_end": "datetime64[s]"}
    )


def _meanings(catalogue: Catalogue, template: Template, guess: bool) -> dict[str, Callable[[str], Meaning]]:
    choices = {name: partial(_choice, values) for name, values in template.choices.items() if name != "note"}
    indicators = {key: definition.name for key, definition in catalogue.indicators.items()}
    commitments = {key: commitment.title for key, commitment in catalogue.commitments.items()}
    return choices | {
        "area_code": partial(_area_code, catalogue),
        "area_name": partial(_area_name, area_names(catalogue), catalogue),
        "indicator": partial(_key, _keys_by_text(indicators), indicators, guess),
        "commitment": partial(_key, _keys_by_text(commitments), commitments, guess),
        "period": _period,
        "period_days": _period,
        "note": _note,
    }


def _area_code(catalogue: Catalogue, text: str) -> Meaning:
    code = text.upper()
    return {"key": code, "detail": catalogue.areas[code].name} if code in catalogue.areas else {}


def _area_name(names: dict[str, list[str]], catalogue: Catalogue, text: str) -> Meaning:
    codes = names.get(plain_name(text), [])
    forces = [code for code in codes if catalogue.areas[code].type == "police_force_area"] or codes
    if not codes:
        return {}
    return {"key": "|".join(codes), "detail": " or ".join(f"{catalogue.areas[code].name} is {code}" for code in forces)}


def _keys_by_text(names: dict[str, str]) -> dict[str, str]:
    return {normalise_heading(text): key for key, name in names.items() for text in (name, key)}


def _key(by_text: dict[str, str], names: dict[str, str], guess: bool, text: str) -> Meaning:
    plain = normalise_heading(text)
    if plain in by_text:
        return {"key": by_text[plain]}
    near = get_close_matches(plain, by_text, n=1, cutoff=0.6) if guess and len(plain) <= LONGEST_GUESSED else []
    return {"detail": f"did you mean {by_text[near[0]]}?" if near else f"use one of {_listed(names)}"}


def _listed(keys: Iterable[str], most: int = 6) -> str:
    keys = list(keys)
    return ", ".join(keys[:most]) + (f" … ({len(keys)} in all; the template lists them)" if len(keys) > most else "")


def _choice(values: dict[str, str], text: str) -> Meaning:
    plain = normalise_heading(text)
    by_text = {normalise_heading(word): key for key, word in values.items()} | {key: key for key in values}
    by_text |= {"y": "yes", "n": "no", "true": "yes", "false": "no"} if "yes" in values else {}
    return {"key": by_text[plain]} if plain in by_text else {"detail": f"use one of {_listed(values, most=12)}"}


def _period(text: str) -> Meaning:
    period = periods.parse(text)
    return {"key": text, "period_start": period.start, "period_end": period.end} if period else {}


def _note(text: str) -> Meaning:
    mark = text.strip("[]() ").lower()
    return {"key": NOTE_MARKS[mark]} if mark in NOTE_MARKS else {}

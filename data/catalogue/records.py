"""From tables and rows to records: which keys each file holds, and what each value may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pandas as pd

from data.catalogue import model
from data.catalogue.fields import (
    Check,
    Fault,
    Record,
    day,
    list_of,
    matching,
    one_of,
    positive,
    record,
    shown,
    text,
    text_or_empty,
    whole,
    yes_or_no,
)
from data.catalogue.files import Files, csv_rows, toml, toml_tables
from data.errors import UserError

T = TypeVar("T")

FORERUNNER_KEY = matching(r"2018-[1-9]", "2018-1")
WORD_KEY = matching(r"[a-z][a-z0-9_]*", "mental_health")
AREA_CODE = matching(r"[A-Z]\d{8}", "E23000024")


def _number(value: object) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or int(value) < 1:
        raise Fault(f"is {shown(value)}; write a whole number of 1 or more, digits only")
    return int(value)


def _mid_year(value: object) -> int:
    found = _number(value)
    if not 1900 <= found <= 2200:
        raise Fault(f"is {shown(value)}; write a year of four digits, like 2023")
    return found


def _true_or_false(value: object) -> bool:
    if value not in ("true", "false"):
        raise Fault(f"is {shown(value)}; write true or false")
    return value == "true"


def _names(value: object) -> object:
    return list_of(text, least=0)(value.split("|") if isinstance(value, str) and value else [])


def _expected_areas(value: object) -> object:
    return one_of(model.AREA_TYPES)(value) if isinstance(value, str) else list_of(AREA_CODE)(value)


COMMITMENT: dict[str, Check] = {
    "key": matching(r"[A-Z]{3}-[1-9]", "SYS-1"),
    "title": text,
    "summary": text,
    "section": text,
    "position": whole,
    "forerunners": list_of(FORERUNNER_KEY, least=0),
}
FORERUNNER: dict[str, Check] = {"key": FORERUNNER_KEY, "position": whole, "summary": text}
ORGANISATION: dict[str, Check] = {
    "key": WORD_KEY,
    "name": text,
    "sector": text,
    "work": text,
    "signed_2018": yes_or_no,
    "signed_2025": yes_or_no,
}
TOPIC: dict[str, Check] = {"key": WORD_KEY, "name": text}
AREA: dict[str, Check] = {
    "code": AREA_CODE,
    "name": text,
    "type": one_of(model.AREA_TYPES),
    "parent": text_or_empty,
    "comparator_only": _true_or_false,
    "rates_given": _true_or_false,
    "other_names": _names,
}
POPULATION: dict[str, Check] = {"area_code": AREA_CODE, "mid_year": _mid_year, "population": _number, "source": text}
INDICATOR: dict[str, Check] = {
    "key": WORD_KEY,
    "name": text,
    "definition": text,
    "numerator": text,
    "denominator": text_or_empty,
    "measure": one_of(model.MEASURES),
    "multiplier": positive,
    "unit": text,
    "polarity": one_of(model.POLARITIES),
    "frequency": one_of(model.FREQUENCIES),
    "period_type": one_of(model.PERIOD_TYPES),
    "due_days_after_period": whole,
    "first_period": text,
    "expected_areas": _expected_areas,
    "commitments": list_of(text),
    "topics": list_of(text, least=0),
    "reported_by": list_of(text),
    "person_centred": yes_or_no,
    "counts_add_up": yes_or_no,
    "disclosure": one_of(model.DISCLOSURES),
    "source": text,
    "caveats": list_of(text, least=0),
    "status": one_of(model.STATUSES),
    "reviewed_by": text,
    "reviewed_on": day,
    "predecessor": text_or_empty,
}


def commitments(files: Files) -> tuple[dict[str, model.Commitment], dict[str, model.Forerunner]]:
    """The commitments of 2025 and their forerunners of 2018, by key."""
    name = "commitments.toml"
    new, old = toml_tables(files, name, ("commitment", "forerunner"))
    return (
        _listed(model.Commitment, new, COMMITMENT, f"{name}, commitment"),
        _listed(model.Forerunner, old, FORERUNNER, f"{name}, forerunner"),
    )


def organisations(files: Files) -> dict[str, model.Organisation]:
    """Signatories and kinds of local partner, by key."""
    name = "organisations.toml"
    (tables,) = toml_tables(files, name, ("organisation",))
    return _listed(model.Organisation, tables, ORGANISATION, f"{name}, organisation")


def tags(files: Files) -> tuple[dict[str, model.Topic], dict[str, model.Topic]]:
    """The topics and the broader themes of the 2016 paper, by key."""
    name = "themes.toml"
    topics, themes = toml_tables(files, name, ("topic", "theme"))
    return _listed(model.Topic, topics, TOPIC, f"{name}, topic"), _listed(model.Topic, themes, TOPIC, f"{name}, theme")


def areas(files: Files) -> dict[str, model.Area]:
    """Areas by ONS code."""
    rows = csv_rows(files, "areas.csv", tuple(AREA))
    return keyed((where, row["code"], record(model.Area, row, AREA, where)) for where, row in rows)


def populations(files: Files) -> pd.DataFrame:
    """Resident population (people, mid-year estimate) by area_code and mid_year, with its source."""
    rows = csv_rows(files, "populations.csv", tuple(POPULATION))
    found = [(where, _area_and_year(row), record(dict[str, object], row, POPULATION, where)) for where, row in rows]
    return pd.DataFrame(list(keyed(found).values()), columns=list(POPULATION))


def indicators(files: Files) -> dict[str, model.Indicator]:
    """Indicators by key, in order of key: one file for each."""
    found = [_indicator(files, name) for name in files if name.startswith("indicators/")]
    return {item.key: item for item in found}


def keyed(records: Iterable[tuple[str, str, T]]) -> dict[str, T]:
    """Records (place, key, record) by key, in order; raises UserError, naming the later place, on a repeat."""
    found: dict[str, T] = {}
    for where, key, item in records:
        if key in found:
            raise UserError(f"{where}: {key} is already in this file; remove one of the two.")
        found[key] = item
    return found


def _listed(
    make: Callable[..., Record], tables: list[dict[str, object]], checks: dict[str, Check], label: str
) -> dict[str, Record]:
    places = [(f"{label} {number}", table) for number, table in enumerate(tables, start=1)]
    found = [(where, record(make, table, checks, where), table) for where, table in places]
    return keyed((where, str(table["key"]), item) for where, item, table in found)


def _area_and_year(row: dict[str, str]) -> str:
    return f"{row['area_code']} in mid-{row['mid_year']}"


def _indicator(files: Files, name: str) -> model.Indicator:
    found = record(model.Indicator, toml(files, name), INDICATOR, name)
    if name != f"indicators/{found.key}.toml":
        raise UserError(f"{name}: key is {shown(found.key)}, unlike the file's name; make the two the same.")
    return found

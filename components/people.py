"""Who has which role, and what each role may do, as tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from components import html, session
from components.controls import area_label
from components.roles import ROLE_WORDS, allowed
from data.actor import ROLES
from data.people import GIVEN

KIND_WORDS = {"person": "Person", "group": "Group"}
COLUMNS = [html.Column("Person or group"), html.Column("Role"), html.Column("Areas or scope"), html.Column("Given")]
ENDED_COLUMNS = [*COLUMNS[:3], html.Column("Ended")]
DEED_COLUMNS = [html.Column("What"), *(html.Column(ROLE_WORDS[role]) for role in ROLES)]
Line = dict[Any, Any]


def answer(found: pd.DataFrame) -> str:
    """How many people and groups have a role, and how many of the people are administrators."""
    standing = found[found["state"] == GIVEN]
    people, groups = (int((standing["kind"] == kind).sum()) for kind in ("person", "group"))
    if not people + groups:
        return "Nobody has been given a role yet."
    several = people + groups > 1
    have = f"{plural(people, 'person', 'people')} and {plural(groups, 'group')} {'have' if several else 'has'} a role"
    count = int(((standing["kind"] == "person") & (standing["role"] == "administrator")).sum())
    return f"{have}; {plural(count, 'person is an administrator', 'people are administrators')}."


def settings_say() -> str:
    """What the settings of the server say about people, beside what stands in the table."""
    settings = session.workspace().settings
    named = settings.administrator
    told = [f"The settings of the server make {named} an administrator whatever stands here."] if named else []
    unknown = "reads as a viewer" if settings.unknown_may_read else "sees nothing"
    return " ".join([*told, f"Whoever signs in without a role {unknown}."])


def rows(found: pd.DataFrame, standing: bool) -> list[list[str | html.Cell]]:
    """A row for each role that stands, or that was ended."""
    return [_row(line) for line in found[(found["state"] == GIVEN) == standing].to_dict("records")]


def deed_rows() -> list[list[str | html.Cell]]:
    """What each role may do: a row for each deed, a column for each role, from the checks of the data layer."""
    of_roles = [allowed(role) for role in ROLES]
    return [[deed, *(of_role[deed] for of_role in of_roles)] for deed in of_roles[0]]


def where(areas: list[str]) -> str:
    """The names of areas; nothing where the role has none."""
    catalogue = session.catalogue()
    return listed([area_label(catalogue, code) if code in catalogue.areas else code for code in areas])


def _row(line: Line) -> list[str | html.Cell]:
    kind = KIND_WORDS[line["kind"]] + (", invented" if line["invented"] else "")
    why = f"by {line['made_by']}" + ("" if line["state"] == GIVEN else f": {line['reason']}")
    areas = where(list(line["areas"])) or "Everywhere"
    return [
        html.Cell(line["who"], detail=kind),
        ROLE_WORDS[line["role"]],
        areas,
        html.Cell(day(line["made_at"]), detail=why),
    ]

"""The forms of administrators: give a person or a group a role, change it, and end it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import html, people, review_forms, session
from components.controls import area_label
from components.people import KIND_WORDS
from components.roles import ROLE_WORDS
from data import people as stored
from data.actor import ENGLAND, ROLES, Role
from data.people import GIVEN, WITH_AREAS, Given, Kind
from data.texts import LONGEST_REASON
from data.versions import Moment

NEW: dict[str, Kind] = {"Somebody new": "person", "A new group": "group"}
HINTS = {
    "person": "The e-mail address with which the person signs in.",
    "group": "The value that the sign-in provider sends for the group: often an identifier, not its name.",
}
AREAS = {
    "contributor": "Areas that it reports for",
    "steering": "Scope of the steering group: an area, a region or England, with everything inside",
}
Line = dict[Any, Any]


def show(found: pd.DataFrame) -> None:
    """The form to give or change a role and, where any stands, the one to end it."""
    lines = {_label(line): line for line in found.to_dict("records")}
    with st.expander("Give a role, or change one", icon=":material/person_add:"), session.told_plainly():
        _give(lines)
    standing = {label: line for label, line in lines.items() if line["state"] == GIVEN}
    if standing:
        with st.expander("End a role", icon=":material/person_remove:"), session.told_plainly():
            _end(standing)


def _give(lines: dict[str, Line]) -> None:
    whom = st.selectbox("Whom", [*NEW, *lines], key="role-whom", width=520)
    line = lines.get(whom)
    kind: Kind = line["kind"] if line else NEW[whom]
    draft = review_forms.begin(f"role-{whom}", line and line["made_at"])
    who = line["who"] if line else _who(kind, draft)
    roles = list(ROLES)
    now = roles.index(line["role"]) if line else 0
    role: Role = st.radio("Role", roles, now, ROLE_WORDS.__getitem__, key=_first(draft, line))
    areas = _areas(role, line, draft) if role in WITH_AREAS else []
    if st.button("Save the role", key=f"{draft.key}-save", type="primary", icon=":material/how_to_reg:"):
        given = Given(kind, who, role, frozenset(areas))
        seen = draft.seen or _seen(lines, kind, who)
        stored.save(session.cursor(), session.actor(), session.catalogue(), given, Moment.now(), seen=seen)
        review_forms.done(draft, "The role is saved. It holds from the next page that is asked for.")


def _first(draft: review_forms.Draft, line: Line | None) -> str:
    """The key by which the form knows that it was begun: of its first widget."""
    return f"{draft.key}-first" if line else f"{draft.key}-role"


def _who(kind: Kind, draft: review_forms.Draft) -> str:
    title = "E-mail address" if kind == "person" else "Group"
    return st.text_input(
        title, max_chars=stored.LONGEST_NAME, key=f"{draft.key}-first", help=HINTS[kind], width=520, autocomplete="off"
    )


def _areas(role: Role, line: Line | None, draft: review_forms.Draft) -> list[str]:
    catalogue = session.catalogue()
    inside = catalogue.inside(ENGLAND)
    codes = [area.code for area in catalogue.areas.values() if area.code in inside]
    before = [code for code in line["areas"] if code in inside] if line and line["role"] == role else []
    labels = {code: area_label(catalogue, code) for code in codes}
    return st.multiselect(
        AREAS[role],
        codes,
        before,
        labels.__getitem__,
        key=f"{draft.key}-{role}",
        width=520,
        placeholder="Choose places",
    )


def _seen(lines: dict[str, Line], kind: Kind, who: str) -> Any:
    """When the row was made that the administrator has in view, of somebody whose name was written anew."""
    names = {who.strip(), who.strip().lower()} if kind == "person" else {who.strip()}
    return next((line["made_at"] for line in lines.values() if line["kind"] == kind and line["who"] in names), None)


def _end(standing: dict[str, Line]) -> None:
    html.sentence("It acts with the next page that the person asks for. What the person did stays as it is recorded.")
    whom = st.selectbox("Whose role", list(standing), None, key="end-whom", width=520, placeholder="Choose one")
    if whom is None:
        return
    line = standing[whom]
    draft = review_forms.begin(f"end-role-{whom}", line["made_at"])
    reason = st.text_area("Why does it end?", max_chars=LONGEST_REASON, key=f"{draft.key}-first")
    if st.button("End the role", key=f"{draft.key}-end", icon=":material/person_off:"):
        asked = session.cursor(), session.actor(), line["kind"], line["who"], reason, Moment.now()
        stored.end(*asked, seen=draft.seen)
        review_forms.done(draft, "The role is ended.")


def _label(line: Line) -> str:
    ended = "" if line["state"] == GIVEN else ", ended"
    role, areas = ROLE_WORDS[line["role"]].lower(), people.where(list(line["areas"]))
    return f"{KIND_WORDS[line['kind']]} {line['who']}: {role}{f', {areas}' if areas else ''}{ended}"

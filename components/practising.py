"""The practice library as pages show it: choices, entries, and areas with a similar problem that tried something."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.words import plural
from components import addressed, charts, html, pictures, practising_near, session
from components.controls import View, area_label
from components.practising_rows import (
    ENTRY,
    NOT_SHOWN_TO_WORK,
    Wanted,
    about,
    entry_rows,
    library_frame,
    strength_words,
    taken_away,
    topic_columns,
    topic_rows,
)
from data import queries
from data.catalogue.practice import Library, load_practice

ALL = ""
FIRST = 12
OF_PLACES_FIRST = 5
HELP = "All of the words have to be there, each at least as it begins. Capitals and accents do not matter."
METHOD = (
    "Entries of published papers, in our own words, and of areas as they tell them. Strength is a scale of our own: of "
    "the evidence that is given, not of the work itself."
)


@st.cache_resource
def reviewed() -> Library:
    """The reviewed library of what papers tell."""
    return load_practice(session.catalogue())


def everything(view: View) -> pd.DataFrame:
    """Every entry as it was known at the view's version. See `practising_rows`.

    Entries change within a version, so they are kept for as long as nobody writes anything.
    """
    connection, catalogue = session.cursor(), session.catalogue()

    def make() -> pd.DataFrame:
        return library_frame(reviewed(), queries.practice(connection, view.version), catalogue)

    return pictures.kept(view, "practice library", make, session.audit_lines())


def choose(view: View) -> Wanted:
    """Ask which entries are wanted; the address has it under `topic`, `theme`, `about`, `strength` and `find`."""
    catalogue, library = session.catalogue(), reviewed()
    strengths = {key: strength_words(key, library) for key in library.strengths}
    options = {
        "topic": ("Topic", {ALL: "All topics"} | {key: one.name for key, one in catalogue.topics.items()}, 230),
        "theme": ("Theme", {ALL: "All themes"} | {key: one.name for key, one in catalogue.themes.items()}, 230),
        "about": ("Speaks to", {ALL: "All commitments"} | dict(view.words["commitment"]), 350),
        "strength": ("Evidence", {ALL: "Any strength"} | strengths, 230),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {key: addressed.choose(key, *option) for key, option in options.items()}
        find = st.text_input("Find words", key="find", bind="query-params", width=220, help=HELP)
    return Wanted(chosen["topic"], chosen["theme"], chosen["about"], chosen["strength"], find.strip())


def show_entries(frame: pd.DataFrame, view: View) -> None:
    """The entries with all their facts, strongest evidence first, the first few until more are asked for; the CSV."""
    catalogue, library = session.catalogue(), reviewed()
    rows = entry_rows(frame, library, catalogue, view)
    whole = len(rows) <= FIRST or st.toggle("Show all", key="whole", bind="query-params")
    shown = rows if whole else rows[:FIRST]
    html.table(
        ENTRY, shown, f"Practice, strongest evidence first: {len(shown):,} of {plural(len(rows), 'entry', 'entries')}"
    )
    html.quiet(NOT_SHOWN_TO_WORK)
    charts.download(taken_away(frame, library), view, "practice", METHOD)


def show_topics(frame: pd.DataFrame) -> None:
    """How many entries there are on each topic and of each strength, and what the strengths mean."""
    library = reviewed()
    if len(frame):
        caption = "Entries by topic and by strength of evidence; one on two topics counts for both"
        html.table(topic_columns(library), topic_rows(frame, library, session.catalogue()), caption)
    html.bullets(f"{strength_words(key, library)}. {one.meaning}" for key, one in library.strengths.items())


def show_near(frame: pd.DataFrame, view: View, commitment: str = ALL) -> None:
    """Areas with a similar problem that tried something on a commitment, or on any, and why each is listed."""
    commitments = [commitment] if commitment else list(session.catalogue().commitments)
    near = practising_near.found(view, frame, commitments)
    html.sentence(near_sentence(near, commitment or "any commitment", area_label(session.catalogue(), view.area)))
    if len(near):
        rows = practising_near.rows(near, reviewed(), view)
        caption = f"Tried elsewhere: {plural(len(rows), 'entry', 'entries')}"
        html.folded(practising_near.COLUMNS, rows, caption, OF_PLACES_FIRST)
    html.quiet(practising_near.RULE)


def near_sentence(near: pd.DataFrame, on: str, where: str) -> str:
    """Which areas are listed, or that none is."""
    if near.empty:
        return f"No area with a similar problem to {where}, or like it, has an entry on {on}."
    count, names = plural(near["area_code"].nunique(), "area"), practising_near.names(near)
    return f"{count} with a similar problem to {where}, or like it, tried something on {on}: {names}."


def show_for(commitment: str, view: View) -> None:
    """For the page of a commitment: what was tried on it here and elsewhere, and the way to the library."""
    frame = everything(view)
    on = frame.loc[[commitment in keys for keys in frame["commitments"]]]
    here, where = about(on, session.catalogue(), view.area), area_label(session.catalogue(), view.area)
    told = f"{plural(len(on), 'entry speaks', 'entries speak')} to {commitment}"
    html.sentence(f"{told}, {len(here)} of them in {where}.")
    show_near(on, view, commitment)
    html.linked(
        "", f"All practice on {commitment}", view.link("practice", {"about": view.words["commitment"][commitment]})
    )


def show_here(view: View) -> None:
    """For the page of an area: what was tried there, and the way to the library."""
    frame, catalogue = everything(view), session.catalogue()
    here, where = about(frame, catalogue, view.area), area_label(catalogue, view.area)
    html.sentence(f"The practice library has {plural(len(here), 'entry', 'entries')} about {where}.")
    if len(here) and catalogue.areas[view.area].type == "police_force_area":
        rows = entry_rows(here, reviewed(), catalogue, view)
        html.folded(ENTRY, rows, f"Practice in {where}, strongest evidence first", OF_PLACES_FIRST)
        html.quiet(NOT_SHOWN_TO_WORK)
    html.linked("", "The practice library, and areas with a similar problem", view.link("practice"))

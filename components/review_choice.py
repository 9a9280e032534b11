"""Which review is looked at, and the form that opens a new one."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from charts.words import day
from components import addressed, html, review_forms, session
from components.controls import NEWEST, View, area_label
from components.review_held import link, named
from data import queries, reviews
from data.versions import Moment
from reports.expected import ENGLAND

NEXT = "review_next"
UNKNOWN = "The review that the address names is not known here, so the usual one is shown."
AFTER = timedelta(days=366)


def choose(found: pd.DataFrame) -> str | None:
    """The identifier of the review to look at, bound to the address under `review`; nothing where there is none."""
    if found.empty:
        return None
    words = named(found)
    if st.session_state.get(NEXT) in words:
        st.session_state["review"] = st.session_state.pop(NEXT)
    return addressed.choose("review", "Review held on", words, 420, UNKNOWN)


def show_elsewhere(view: View) -> None:
    """Links to the newest review of every other place that has one."""
    found = queries.reviews(session.cursor(), view.version)
    found = found[(found["area_code"] != view.area) & (found["state"] != "called_off")]
    newest = found.drop_duplicates("area_code").sort_values("area_code", key=lambda codes: codes != ENGLAND)
    for line in newest.to_dict("records"):
        own = found[found["area_code"] == line["area_code"]]
        place = area_label(session.catalogue(), line["area_code"])
        href = link(view, named(own)[str(line["id"])], area=line["area_code"])
        html.linked("Elsewhere:", f"review of {place}, {day(line['held_on'])}", href)


def show_opening(view: View, found: pd.DataFrame) -> None:
    """The form that opens a review of the place in view; why not, where one cannot be opened."""
    where = area_label(session.catalogue(), view.area)
    if (found["state"] == "open").any():
        html.quiet("A review is open. Close it or call it off before you open another.")
        return
    with st.expander(f"Open a review of {where}", icon=":material/add:"), session.told_plainly():
        if view.version != view.newest:
            html.sentence("You are looking at an earlier data version. Choose the newest to open a review.")
        elif not session.actor().may_review(view.area):
            html.sentence("Only members of its steering group and administrators may open a review of this place.")
        else:
            _form(view, where)


def _form(view: View, where: str) -> None:
    html.sentence(
        "A review looks at one data version from beginning to end, so that what the group saw can be shown again. Data "
        "that arrives later is for the next review."
    )
    draft = review_forms.begin(f"open-{view.area}")
    title = st.text_input("Title", key=f"{draft.key}-first", max_chars=reviews.LONGEST_TITLE, width=520,
                          placeholder="Such as: Autumn review")  # fmt: skip
    today = max(Moment.now().as_of, view.as_of)
    held_on: date = st.date_input("Held on", today, max_value=today + AFTER, key=f"{draft.key}-held", width=220,
                                  format="DD/MM/YYYY")  # fmt: skip
    words = {number: text for number, text in view.words["version"].items() if number != NEWEST}
    version: int = st.selectbox("Data version that it looks at", list(words), format_func=words.__getitem__,
                                key=f"{draft.key}-version", width=420)  # fmt: skip
    if st.button("Open the review", key=f"{draft.key}-open", type="primary", icon=":material/groups:"):
        moment = Moment.now()
        opened = reviews.open_review(session.cursor(), session.actor(), view.area, title, held_on, version, moment)
        st.session_state[NEXT] = str(opened)
        review_forms.done(draft, f"The review of {where} is open. It looks at data version {version}.")

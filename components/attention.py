"""What asks for attention in the place in view: what the next review would have on its agenda, on the Overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from components import html, pictures, review_agenda, review_held, second_pair, session
from components.controls import View, area_label
from components.ready import Rows
from data import queries
from reports.agenda import counted

FIRST = 5
RANKED = "They are found and ranked by the rules of a review’s agenda, which stand on the page"
Line = dict[Any, Any]


@dataclass(frozen=True)
class Asked:
    """What asks for attention: the sentence, a row for each exception that a review would list, and the rest."""

    sentence: str
    rows: Rows
    counted: str


def asked(view: View, review: Line | None, actions: pd.DataFrame) -> Asked:
    """How many exceptions there are, and those that a review would list.

    `review` is the last that was closed, `actions` are the place's.
    """
    items, where = ranked(view, review, actions), area_label(session.catalogue(), view.area)
    listed = items[items["listed"].astype(bool)]
    former = _former_link(view, review) if len(listed) else ""
    rows = [review_agenda.row(line, view, lambda: former) for line in listed.to_dict("records")]
    return Asked(sentence(len(listed), len(items), where), rows, counted(items))


def show(found: Asked, view: View) -> None:
    """How many exceptions there are, the first of them, the rest that a review would list behind a click, the way to
    Reviews, and what waits for the person asking."""
    html.sentence(found.sentence)
    if found.rows:
        caption = f"What asks for attention first, {area_label(session.catalogue(), view.area)}"
        html.folded(review_agenda.COLUMNS, found.rows, caption, FIRST)
    html.linked(f"{found.counted} {RANKED}".strip(), "Reviews", view.link("reviews"))
    second_pair.call(view)


def ranked(view: View, review: Line | None, actions: pd.DataFrame) -> pd.DataFrame:
    """The agenda that a review of the place would have at the view's version: `reports.agenda.AGENDA`."""
    of_review = actions if review is None else actions[actions["review"] == review["id"]]

    def make() -> pd.DataFrame:
        return review_agenda.made(view, review, of_review, view.as_of)

    return pictures.kept(view, "attention", make, session.audit_lines(), *session.actor().sees)


def sentence(listed: int, every: int, where: str) -> str:
    """How many exceptions there are in words, and how many of them a review would list."""
    if not every:
        return f"{where}: nothing asks for attention by the rules of a review’s agenda."
    asks = "thing asks" if every == 1 else "things ask"
    more = f"; the first {listed} are ranked, {every - listed:,} more are counted" if every > listed else ", ranked"
    return f"{where}: {every:,} {asks} for attention{more}."


def _former_link(view: View, review: Line | None) -> str:
    """The page of the review whose actions are listed."""
    if review is None:
        return view.link("reviews")
    area = str(review["area_code"])
    reviews = queries.reviews(session.cursor(), view.version, area)
    return review_held.link(view, review_held.named(reviews)[str(review["id"])], area=area)

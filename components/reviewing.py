"""What the last review judged and decided, beside what the data says now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from charts.words import day, plural
from components import html, session
from components.controls import View, area_label
from components.pictures import changes, insights, kept_whole
from data import queries
from reports import decided
from reports.expected import ENGLAND, areas_within

ACTIONS_SHOWN = 5
Line = dict[Any, Any]


def last_review(view: View) -> Line | None:
    """The newest closed review of the place in view, or else of England, as it was known at the view's version."""
    connection = session.cursor()

    def make() -> Line | None:
        found = queries.reviews(connection, view.version)
        return decided.last_closed(found, view.area) or decided.last_closed(found, ENGLAND)

    return kept_whole(view, "last review", make, session.audit_lines())


def named(review: Line | None) -> str:
    """A review by whose it is: the national one, or the one of a region or an area."""
    return decided.review_name(review, session.catalogue())


def since_review(view: View, review: Line | None, actions: pd.DataFrame) -> str:
    """What moved since the version that the last review looked at, and what is overdue."""
    if review is None:
        return "No review has been held yet."
    then = replace(view, version=int(review["version"]), as_of=review["as_of"].date())
    moved = newly(changes(view), changes(then), areas_within(session.catalogue(), view.area))
    voices = len(insights(view)) - len(insights(then))
    return (
        f"Since the {named(review)} of {day(review['held_on'])} (data version {then.version}): "
        f"{moved['worsened']} newly worsened, {moved['improved']} newly improved, {plural(voices, 'more insight')}; "
        f"{plural(len(decided.overdue(actions, view.as_of)), 'action')} overdue."
    )


def newly(now: pd.DataFrame, before: pd.DataFrame, codes: list[str]) -> dict[str, int]:
    """How many pairs of indicator and area are worsened or improved now and were not before."""
    keys = ["indicator", "area_code"]
    words, former = (frame.set_index(keys)["change"] for frame in (now[now["area_code"].isin(codes)], before))
    moved = words[words != former.reindex(words.index)].value_counts()
    return {state: int(moved.get(state, 0)) for state in ("worsened", "improved")}


def judgements(review: Line | None, view: View) -> dict[str, Line]:
    """The judgements of a review by commitment, as they were known at the view's version; empty without a review."""
    if review is None:
        return {}
    connection, actor, key = session.cursor(), session.actor(), review["id"]

    def make() -> dict[str, Line]:
        found = queries.judgements(connection, actor, view.version, key)
        return {line["commitment"]: line for line in found.to_dict("records")}

    return kept_whole(view, "judgements", make, str(key), session.audit_lines(), *actor.sees)


def show_judgement(commitment: str, view: View) -> None:
    """What the last review judged of a commitment, with reason, confidence and dissent; nothing without one."""
    review = last_review(view)
    judgement = judgements(review, view).get(commitment)
    if judgement is not None:
        html.sentence(f"The last {named(review)} judged it {decided.judgement_words(judgement)}")


def show_actions(actions: pd.DataFrame, view: View, caption: str) -> None:
    """A table of actions, open ones first, with what is overdue marked and all but a few folded; or that none is."""
    if actions.empty:
        html.sentence("No action has been recorded here yet. Reviews record them.")
        return
    late = set(decided.overdue(actions, view.as_of).index)
    rows = [
        decided.action_cells(line, area_label(session.catalogue(), line["area_code"]), index in late)
        for index, line in actions.iterrows()
    ]
    counts = f"{plural(len(actions), 'action')}, {len(late)} overdue on {day(view.as_of)}"
    html.folded(decided.ACTION_COLUMNS, rows, f"{caption}: {counts}", ACTIONS_SHOWN)

"""What the last review judged and decided, beside what the data says now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from charts.words import GRADE_WORDS, day, plural
from components import html, session
from components.controls import View, area_label
from components.pictures import changes, insights
from data import queries
from reports.expected import ENGLAND, areas_within

ACTION_COLUMNS = [
    html.Column("Action"),
    html.Column("Area"),
    html.Column("Owner"),
    html.Column("Due"),
    html.Column("State"),
]
Line = dict[Any, Any]


def last_review(view: View) -> Line | None:
    """The newest closed review of the place in view, or else of England, as it was known at the view's version."""
    for area in dict.fromkeys((view.area, ENGLAND)):
        found = closed(queries.reviews(session.cursor(), view.version, area))
        if len(found):
            return dict(found.iloc[0])
    return None


def closed(reviews: pd.DataFrame) -> pd.DataFrame:
    """The reviews that were held and closed."""
    return reviews[reviews["state"] == "closed"]


def named(review: Line | None) -> str:
    """A review by whose it is: the national one, or the one of a region or an area."""
    if review is None or review["area_code"] == ENGLAND:
        return "national review"
    return f"review of {area_label(session.catalogue(), review['area_code'])}"


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
        f"{plural(len(overdue(actions, view.as_of)), 'action')} overdue."
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
    found = queries.judgements(session.cursor(), view.version, review["id"])
    return {line["commitment"]: line for line in found.to_dict("records")}


def show_judgement(commitment: str, view: View) -> None:
    """What the last review judged of a commitment, with reason, confidence and dissent; nothing without one."""
    review = last_review(view)
    judgement = judgements(review, view).get(commitment)
    if judgement is not None:
        html.sentence(f"The last {named(review)} judged it {judgement_words(judgement)}")


def judgement_words(judgement: Line) -> str:
    """A judgement in a sentence: the grade, how sure the group was, why, and who saw it otherwise."""
    dissent = f" Dissent: {judgement['dissent']}" if isinstance(judgement["dissent"], str) else ""
    grade = f"“{GRADE_WORDS[judgement['grade']]}”, with {judgement['confidence']} confidence."
    return f"{grade} {judgement['reason']}{dissent}".strip()


def judgement_cell(judgement: Line | None) -> html.Cell:
    """The group's grade, or that there is none yet."""
    if judgement is None:
        return html.Cell("none yet", "absent")
    return html.Cell(GRADE_WORDS[judgement["grade"]], detail=f"confidence {judgement['confidence']}")


def overdue(actions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Actions that are open after their due date."""
    return actions[(actions["state"] == "open") & (actions["due"] < pd.Timestamp(as_of))]


def show_actions(actions: pd.DataFrame, view: View, caption: str) -> None:
    """A table of actions with what is overdue marked, or that there are none."""
    if actions.empty:
        html.sentence("No action has been recorded here yet. Reviews record them.")
        return
    late = set(overdue(actions, view.as_of).index)
    rows = [_action(index, line, index in late) for index, line in actions.iterrows()]
    html.table(
        ACTION_COLUMNS, rows, f"{caption}: {plural(len(actions), 'action')}, {len(late)} overdue on {day(view.as_of)}"
    )


def _action(index: Any, line: pd.Series[Any], late: bool) -> list[str | html.Cell]:
    outcome = isinstance(line["outcome"], str)
    told = line["outcome"] if outcome else line["evidence"]
    detail = f"{'Outcome' if outcome else 'Evidence'}: {told}" if isinstance(told, str) else ""
    text = html.Cell(f"{line['commitment']}: {line['description']}", detail=detail)
    place = area_label(session.catalogue(), line["area_code"])
    return [text, place, line["owner"], day(line["due"]), state_cell(line["state"], late)]


def state_cell(state: str, late: bool) -> html.Cell:
    """What became of an action: done, dropped, open, or overdue."""
    if state == "open" and late:
        return html.Cell("overdue", "worsened")
    return html.Cell(state, {"done": "improved", "dropped": "neutral"}.get(state, ""))

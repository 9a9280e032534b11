"""What the last review judged and decided, beside what the data says now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from charts.words import GRADE_WORDS, day, plural
from components import html, session
from components.controls import ENGLAND, View, area_label
from components.pictures import areas_within, changes, insights
from data import queries

ACTION_COLUMNS = [
    html.Column("Action"),
    html.Column("Area"),
    html.Column("Owner"),
    html.Column("Due"),
    html.Column("State"),
]


def last_review(view: View) -> dict[Any, Any] | None:
    """The newest national review held by the as-of date of the view, or None."""
    found = queries.reviews(session.cursor(), ENGLAND)
    held = found[found["held_on"] <= pd.Timestamp(view.as_of)]
    return None if held.empty else dict(held.iloc[0])


def since_review(view: View, review: dict[Any, Any] | None, actions: pd.DataFrame) -> str:
    """What moved since the version that the last review looked at, and what is overdue."""
    if review is None:
        return "No review has been held yet."
    then = replace(view, version=int(review["version"]), as_of=review["as_of"].date())
    moved = newly(changes(view), changes(then), areas_within(session.catalogue(), view.area))
    voices = len(insights(view)) - len(insights(then))
    return (
        f"Since the national review of {day(review['held_on'])} (data version {then.version}): "
        f"{moved['worsened']} newly worsened, {moved['improved']} newly improved, {plural(voices, 'more insight')}; "
        f"{plural(len(overdue(actions, view.as_of)), 'action')} overdue."
    )


def newly(now: pd.DataFrame, before: pd.DataFrame, codes: list[str]) -> dict[str, int]:
    """How many pairs of indicator and area are worsened or improved now and were not before."""
    keys = ["indicator", "area_code"]
    words, former = (frame.set_index(keys)["change"] for frame in (now[now["area_code"].isin(codes)], before))
    moved = words[words != former.reindex(words.index)].value_counts()
    return {state: int(moved.get(state, 0)) for state in ("worsened", "improved")}


def judgements(review: dict[Any, Any] | None) -> dict[str, dict[Any, Any]]:
    """The judgements of a review by commitment; empty without a review."""
    if review is None:
        return {}
    return {line["commitment"]: line for line in queries.judgements(session.cursor(), review["id"]).to_dict("records")}


def show_judgement(commitment: str, view: View) -> None:
    """What the last review judged of a commitment, with reason, confidence and dissent; nothing without one."""
    judgement = judgements(last_review(view)).get(commitment)
    if judgement is None:
        return
    dissent = f" Dissent: {judgement['dissent']}" if isinstance(judgement["dissent"], str) else ""
    html.sentence(
        f"The last national review judged it “{GRADE_WORDS[judgement['grade']]}”, "
        f"with {judgement['confidence']} confidence. {judgement['reason']}{dissent}"
    )


def judgement_cell(judgement: dict[Any, Any] | None) -> html.Cell:
    """The group's grade, or that there is none yet."""
    if judgement is None:
        return html.Cell("none yet", "absent")
    return html.Cell(GRADE_WORDS[judgement["grade"]], detail=f"confidence {judgement['confidence']}")


def overdue(actions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Actions that are open after their due date."""
    return actions[(actions["state"] != "done") & (actions["due"] < pd.Timestamp(as_of))]


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
    done = line["state"] == "done"
    state = (
        html.Cell("done", "improved") if done else html.Cell("overdue" if late else "open", "worsened" if late else "")
    )
    outcome = line["outcome"] if isinstance(line["outcome"], str) else line["evidence"]
    text = html.Cell(
        f"{line['commitment']}: {line['description']}", detail=f"{'Outcome' if done else 'Evidence'}: {outcome}"
    )
    return [text, area_label(session.catalogue(), line["area_code"]), line["owner"], day(line["due"]), state]

"""A place's reviews in a sentence each: what was judged and decided, and what is still to do."""

from __future__ import annotations

from charts.words import GRADE_WORDS, day, plural
from components import session
from components.controls import area_label
from components.review_held import Held
from metrics.judgement import JUDGEMENTS
from reports.decided import overdue


def nothing(where: str) -> str:
    """That a place has had no review."""
    return f"{where}: no review has been held. Open one to judge the ten commitments on what is known."


NOT_YET = (
    "What the group judges and what areas reply is shown here once the review is closed; until then the group, "
    "evaluators and those who report for an area in its scope read it."
)


def answer(held: Held) -> str:
    """Where an open review stands, what a closed one concluded, or that it was called off."""
    where = area_label(session.catalogue(), held.review["area_code"])
    review = f"the review of {day(held.review['held_on'])}"
    if held.review["state"] == "called_off":
        return f"{where}: {review} was called off."
    if not held.readable:
        return f"{where}: {review} is open. {plural(len(held.own_actions), 'action')} decided so far."
    if held.review["state"] == "open":
        return f"{where}: {review} is open. {_so_far(held)}"
    grades = [line["grade"] for line in held.judgements.values()]
    counts = {grade: grades.count(grade) for grade in reversed(JUDGEMENTS)}
    told = ", ".join(f"{count} {GRADE_WORDS[grade].lower()}" for grade, count in counts.items() if count)
    return f"{where}: {review} judged {plural(len(grades), 'commitment')}: {told}. {_actions(held)}"


def pinned(held: Held) -> str:
    """What the review looks at."""
    return f"It looks at data version {held.pinned.version}, as of {day(held.pinned.as_of)}, whatever arrived later."


def _so_far(held: Held) -> str:
    every, listed = len(session.catalogue().commitments), int(held.agenda["listed"].sum())
    return (
        f"{len(held.judgements)} of {every} commitments are judged, {plural(len(held.own_actions), 'action')} decided; "
        f"{listed} of {plural(len(held.agenda), 'exception')} are on the agenda."
    )


def _actions(held: Held) -> str:
    frame = held.own_actions
    if frame.empty:
        return "It decided on no action."
    done, late = int((frame["state"] == "done").sum()), len(overdue(frame, held.view.as_of))
    return f"Of its {plural(len(frame), 'action')} {done} {'is' if done == 1 else 'are'} done and {late} overdue."

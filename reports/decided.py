"""What was judged and decided in words: judgements, actions and adaptations, as pages and packs show them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from charts.cells import Cell, Column
from charts.words import GRADE_WORDS, day
from data.catalogue import Catalogue

ACTION_COLUMNS = [Column("Action"), Column("Area"), Column("Owner"), Column("Due"), Column("State")]
ADAPTATION_COLUMNS = [Column("What was changed"), Column("Where"), Column("Kind"), Column("On"), Column("Effect")]
Line = dict[Any, Any]


def closed(reviews: pd.DataFrame) -> pd.DataFrame:
    """The reviews that were held and closed."""
    return reviews[reviews["state"] == "closed"]


def last_closed(reviews: pd.DataFrame, area: str) -> Line | None:
    """The newest closed review of a place; `reviews` are newest first, as `queries.reviews` returns them."""
    own = closed(reviews[reviews["area_code"] == area])
    return None if own.empty else dict(own.iloc[0])


def review_name(review: Line | None, catalogue: Catalogue) -> str:
    """A review by whose it is: the national one, or the one of a region or an area."""
    if review is None or catalogue.areas[review["area_code"]].type == "country":
        return "national review"
    return f"review of {catalogue.areas[review['area_code']].label}"


def judgement_words(judgement: Line) -> str:
    """A judgement in a sentence: the grade, how sure the group was, why, and who saw it otherwise."""
    dissent = f" Dissent: {judgement['dissent']}" if isinstance(judgement["dissent"], str) else ""
    return f"{graded(judgement)} {judgement['reason']}{dissent}".strip()


def graded(judgement: Line) -> str:
    """A judgement without what people wrote: the grade and how sure the group was."""
    return f"“{GRADE_WORDS[judgement['grade']]}”, with {judgement['confidence']} confidence."


def judgement_cell(judgement: Line | None) -> Cell:
    """The group's grade, or that there is none yet."""
    if judgement is None:
        return Cell("none yet", "absent")
    return Cell(GRADE_WORDS[judgement["grade"]], detail=f"confidence {judgement['confidence']}")


def overdue(actions: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Actions that are open after their due date."""
    return actions[(actions["state"] == "open") & (actions["due"] < pd.Timestamp(as_of))]


def action_cells(line: Line | pd.Series[Any], where: str, late: bool) -> list[Cell]:
    """One action: what, with its outcome or the evidence it answers; where, whose, by when, and what became of it."""
    outcome = isinstance(line["outcome"], str)
    told = line["outcome"] if outcome else line["evidence"]
    detail = f"{'Outcome' if outcome else 'Evidence'}: {told}" if isinstance(told, str) else ""
    what = Cell(f"{line['commitment']}: {line['description']}", detail=detail)
    return [what, Cell(where), Cell(line["owner"]), Cell(day(line["due"])), state_cell(line["state"], late)]


def state_cell(state: str, late: bool) -> Cell:
    """What became of an action: done, dropped, open, or overdue."""
    if state == "open" and late:
        return Cell("overdue", "worsened")
    return Cell(state, {"done": "improved", "dropped": "neutral"}.get(state, ""))


def adaptation_cells(line: Line, where: str) -> list[Cell]:
    """One adaptation: what was changed because of which evidence, where, of what kind, when, and what came of it."""
    effect = line["effect"] if isinstance(line["effect"], str) else "none recorded yet"
    what = Cell(f"{line['commitment']}: {line['description']}", detail=f"Evidence: {line['evidence']}")
    return [what, Cell(where), Cell(line["kind"]), Cell(day(line["changed_on"])), Cell(effect)]

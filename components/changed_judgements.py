"""What a later review judged otherwise than the review before it, as both were known at two data versions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import day, plural
from components import charts, html, reviewing, session
from components.changed import Changed
from reports import decided

COLUMNS = [
    html.Column("Commitment"),
    html.Column("Was judged"),
    html.Column("Is judged"),
    html.Column("Reason given now"),
]
NO_REVIEW = "No review of this place or of England was closed by either version."
SAME = "No review was closed in between, so the judgements are those of the {} of {} still."
UNCHANGED = "The {} of {} judged every commitment as the review before it."
Line = dict[Any, Any]


def show(found: Changed) -> None:
    """Commitments that the last review judged otherwise than the last one known at the earlier version."""
    before, now = reviewing.last_review(found.then), reviewing.last_review(found.now)
    if now is None:
        html.sentence(NO_REVIEW)
        return
    said = reviewing.named(now), day(now["held_on"])
    if before is not None and before["id"] == now["id"]:
        html.sentence(SAME.format(*said))
        return
    judged, commitments = reviewing.judgements(now, found.now), session.catalogue().commitments
    judged = {key: judged[key] for key in commitments if key in judged}
    frame = differing(reviewing.judgements(before, found.then), judged)
    if frame.empty:
        html.sentence(UNCHANGED.format(*said))
        return
    titles = {key: f"{key} {item.title}" for key, item in commitments.items()}
    caption = f"Judgements of the {said[0]} of {said[1]} that differ: {plural(len(frame), 'commitment')}"
    html.table(COLUMNS, [row(line, titles) for line in frame.to_dict("records")], caption)
    charts.download(frame, found.now, "changed-judgements")


def differing(before: dict[str, Line], now: dict[str, Line]) -> pd.DataFrame:
    """One row per commitment with another grade: `commitment`, `was` (may be missing), `grade`, `confidence`, `reason`.

    Both are judgements by commitment.
    """
    rows = [
        {"commitment": key, "was": before.get(key, {}).get("grade"),
         **{name: line[name] for name in ("grade", "confidence", "reason")}}
        for key, line in now.items()
        if before.get(key, {}).get("grade") != line["grade"]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["commitment", "was", "grade", "confidence", "reason"])


def row(line: Line, titles: dict[str, str]) -> list[str | html.Cell]:
    """One commitment: the grade before, the grade now with its confidence, and the reason."""
    was = {"grade": line["was"], "confidence": ""} if isinstance(line["was"], str) else None
    return [
        titles[line["commitment"]],
        html.Cell(decided.judgement_cell(was).text, "" if was else "absent"),
        decided.judgement_cell(line),
        line["reason"],
    ]

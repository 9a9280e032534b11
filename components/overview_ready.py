"""What the Overview shows of one place, worked out once for everybody who sees the same, until somebody writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts import beside
from charts.picture import STATES, picture_chart, picture_sentence
from components import attention, charts, due, due_rows, html, joint, pictures, reviewing, session
from components.controls import View, area_label
from components.ready import Chart, Rows, drawn_for
from data import queries
from reports.decided import judgement_cell
from reports.expected import areas_within

MOVED = [
    html.Column("Commitment"),
    *(html.Column(words, numeric=True) for words, _, _ in STATES.values()),
    html.Column("of", numeric=True),
]
METHOD = "Latest figure against the last period ending by 31 July 2025, by MOVER on 95 % limits."


@dataclass(frozen=True)
class Ready:
    """The last review, the place's actions, and what is said and shown of the commitments, exceptions and changes."""

    review: dict[str, Any] | None
    actions: pd.DataFrame
    headline: str
    since: str
    columns: list[html.Column]
    rows: Rows
    attention: attention.Asked
    moved: Chart


def ready(view: View) -> Ready:
    """What the page shows. Judgements and insights are in it, which not everybody reads, and links."""
    asked = session.audit_lines(), *drawn_for(view), *session.actor().sees
    return pictures.kept_whole(view, "overview", lambda: _ready(view), *asked)


def _ready(view: View) -> Ready:
    where, counts = area_label(session.catalogue(), view.area), pictures.picture(view)
    review, actions = reviewing.last_review(view), _actions(view)
    judged = html.Column(f"Judgement of the {reviewing.named(review)}")
    return Ready(
        review,
        actions,
        beside.headline(counts, where),
        reviewing.since_review(view, review, actions),
        [*beside.COLUMNS, judged, html.Column("Here, of what fell due")],
        _rows(view, counts, review),
        attention.asked(view, review, actions),
        _moved(counts),
    )


def _actions(view: View) -> pd.DataFrame:
    found = queries.actions(session.cursor(), view.version)
    return found[found["area_code"].isin([view.area, *areas_within(session.catalogue(), view.area)])]


def _rows(view: View, counts: pd.DataFrame, review: dict[str, Any] | None) -> Rows:
    """A row for each commitment: its numbers and voices, how the review judged it, and how much of it is here."""
    judged = reviewing.judgements(review, view)
    complete = due_rows.commitment_cells(due.here(view), session.catalogue())
    return [
        [
            *joint.commitment_row(line, view),
            judgement_cell(judged.get(line["commitment"])),
            complete[line["commitment"]],
        ]
        for line in counts.to_dict("records")
    ]


def _moved(counts: pd.DataFrame) -> Chart:
    title = f"{counts['improved'].sum():,} pairs improved, {counts['worsened'].sum():,} worsened since July 2025"
    rows = [
        [line["commitment"], *(f"{line[state]:,}" for state in STATES), f"{line['pairs']:,}"]
        for line in counts.to_dict("records")
    ]
    figure = picture_chart(counts, charts.colours(), title)
    return Chart(picture_sentence(counts), figure, key="overview", columns=MOVED, rows=rows, data=counts,
                 method=METHOD)  # fmt: skip

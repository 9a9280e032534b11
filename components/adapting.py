"""The adaptation log as rows and sentences: what was changed because of evidence, and what came of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import NOT_CAUSE, day, plural
from components import html, pictures, session
from components.controls import View, area_label
from data import queries
from data.catalogue import Catalogue
from reports.expected import places_within

KIND_WORDS = {"target": "a target", "indicator": "an indicator", "practice": "practice", "policy": "policy"}
COLUMNS = [
    html.Column("What was changed"),
    html.Column("Commitment, area and kind"),
    html.Column("The evidence it answers"),
    html.Column("Changed on"),
    html.Column("Later effect"),
    html.Column("Since then"),
]
COMMITMENT_COLUMNS = [
    html.Column("Commitment"),
    html.Column("Adaptations", numeric=True),
    html.Column("With a later effect", numeric=True),
    html.Column("Latest change"),
]
HISTORY_COLUMNS = [
    html.Column("Adaptation"),
    html.Column("Saved"),
    html.Column("What was saved"),
    html.Column("By"),
]
BESIDE = f"A later effect is what people say came of it. {NOT_CAUSE}"
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def found(view: View, commitment: str | None = None) -> pd.DataFrame:
    """The adaptations of the view's place as they were known at its version, each with its `number` in the log."""
    connection = session.cursor()

    def make() -> pd.DataFrame:
        every = queries.adaptations(connection, view.version, commitment=commitment)
        return _here(every.assign(number=every["id"].map(numbers(_saved(view)))), view)

    # They change within a version, so they are kept for as long as nobody writes anything.
    return pictures.kept(view, "adaptations", make, commitment, session.audit_lines())


def history(view: View) -> pd.DataFrame:
    """Every saving of the adaptations of the view's place, as it was known at its version, each with its `number`."""
    saved = _saved(view)
    return _here(saved.assign(number=saved["id"].map(numbers(saved))), view)


def numbers(saved: pd.DataFrame) -> dict[Any, int]:
    """A number for each adaptation by its identifier, the first one recorded first: it never becomes another."""
    first = saved.sort_values("made_at", kind="stable").drop_duplicates("id")["id"]
    return {identifier: number for number, identifier in enumerate(first, start=1)}


def answer(shown: pd.DataFrame, where: str, catalogue: Catalogue) -> str:
    """How many adaptations there are, on how many of the commitments, and how many have an effect."""
    total = len(catalogue.commitments)
    if shown.empty:
        return f"{where}: no adaptation has been recorded on any of the {total} commitments."
    on, effects = shown["commitment"].nunique(), int(shown["effect"].notna().sum())
    has = "has a later effect" if effects == 1 else "have a later effect"
    made = plural(len(shown), "adaptation")
    return f"{where}: {made}, on {on} of {total} commitments; {effects} of them {has} recorded."


def commitment_rows(shown: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per commitment, also for those without any."""
    of = dict(iter(shown.groupby("commitment")))
    return [
        [
            html.Cell(f"{key} {one.title}", href=view.link("commitment", commitment=key)),
            *_counts(of.get(key)),
        ]
        for key, one in catalogue.commitments.items()
    ]


def rows(shown: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per adaptation, in the order of the frame."""
    return [_row(line, catalogue, view) for line in shown.to_dict("records")]


def history_rows(saved: pd.DataFrame, catalogue: Catalogue) -> Rows:
    """One row per saving, in the order of the frame."""
    return [_saving(line, catalogue) for line in saved.to_dict("records")]


def label(line: Line, catalogue: Catalogue) -> str:
    """An adaptation as a list of them names it: nothing that somebody typed."""
    what = f"{KIND_WORDS[line['kind']]}, {line['commitment']}, {area_label(catalogue, line['area_code'])}"
    return f"No. {line['number']}: {what}, changed on {day(line['changed_on'])}"


def show_for(commitment: str, view: View) -> None:
    """What was changed for a commitment in the view's place, and the way to the log."""
    catalogue, shown = session.catalogue(), found(view, commitment)
    where = area_label(catalogue, view.area)
    if shown.empty:
        html.sentence(f"No change because of evidence has been recorded for {commitment} in {where}.")
    else:
        caption = f"Changed because of evidence on {commitment}, {where}: {plural(len(shown), 'adaptation')}"
        html.table(COLUMNS[:-1], [row[:-1] for row in rows(shown, catalogue, view)], caption)
        html.quiet(BESIDE)
    html.linked(
        "Every change because of evidence, and the form to record one:", "Adaptation log", view.link("adaptations")
    )


def _saved(view: View) -> pd.DataFrame:
    return queries.adaptation_history(session.cursor(), view.version)


def _here(every: pd.DataFrame, view: View) -> pd.DataFrame:
    return every[every["area_code"].isin(places_within(session.catalogue(), view.area))]


def _counts(shown: pd.DataFrame | None) -> list[str | html.Cell]:
    if shown is None:
        return ["0", "0", html.Cell("none recorded", "absent")]
    return [str(len(shown)), str(int(shown["effect"].notna().sum())), day(shown["changed_on"].max())]


def _row(line: Line, catalogue: Catalogue, view: View) -> list[str | html.Cell]:
    since = view.link("commitment", commitment=line["commitment"], area=line["area_code"])
    kind = f"{KIND_WORDS[line['kind']]}{', invented' if line['invented'] else ''}"
    return [
        html.Cell(line["description"], detail=f"No. {line['number']}, recorded on {day(line['first_made_at'])}"),
        html.Cell(f"{line['commitment']}, {area_label(catalogue, line['area_code'])}", detail=kind),
        html.Cell(line["evidence"], detail=_review(line)),
        day(line["changed_on"]),
        _effect(line),
        html.Cell("See the picture", href=since),
    ]


def _effect(line: Line) -> html.Cell:
    if not isinstance(line["effect"], str):
        return html.Cell("none recorded yet", "absent")
    return html.Cell(line["effect"], detail=f"recorded on {day(line['made_at'])} by {line['made_by']}")


def _review(line: Line) -> str:
    return f"asked for by: {line['review_title']}" if isinstance(line["review_title"], str) else ""


def _saving(line: Line, catalogue: Catalogue) -> list[str | html.Cell]:
    what = html.Cell(line["change_reason"], detail=line["effect"] if isinstance(line["effect"], str) else "")
    if line["state"] == "withdrawn":
        what = html.Cell("withdrawn", "absent", detail=line["change_reason"])
    name = html.Cell(label(line, catalogue), detail=line["description"])
    return [name, day(line["made_at"]), what, line["made_by"]]

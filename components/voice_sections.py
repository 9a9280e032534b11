"""The parts of the Voices page, each a sentence, a picture or table, and its CSV."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.directions import SAID, directions_chart, directions_sentence
from charts.gap import LIMITS_ARE, gap_sentence, sides_chart
from charts.grades import grades_chart, grades_sentence
from charts.intervals import intervals_chart
from charts.words import PERSPECTIVE_WORDS, listed, number, plural, signed
from components import charts, hearing, html, session, voice_words, voices
from components.controls import View
from components.voice_counts import Counted
from components.voice_filters import Asked
from metrics.insight import GRADES
from reports.voiced import COUNTED, GRADE_COLUMNS, grade_rows

GAP_COLUMNS = [
    html.Column("About"),
    html.Column("Cliff’s delta", numeric=True),
    html.Column("95 % limits", numeric=True),
    html.Column("Providers: insights (people)", numeric=True),
    html.Column("Users: insights (people)", numeric=True),
    html.Column("Word, or why not"),
]
SIDE_COLUMNS = [
    html.Column("Side"),
    *(html.Column(f"Grade {grade}", numeric=True) for grade in range(1, 6)),
    html.Column("Not graded", numeric=True),
    html.Column("People", numeric=True),
]
QUARTER_COLUMNS = [
    html.Column("Quarter"),
    *(html.Column(name.capitalize(), numeric=True) for name, _, _ in SAID.values()),
    html.Column("Did not ask", numeric=True),
]


def show_found(view: View, asked: Asked, among: int) -> None:
    """What has the words that were asked for; nothing where no words were."""
    if not asked.find:
        return
    hits = hearing.with_words(view, asked) if asked.searchable else pd.DataFrame()
    st.subheader("What was found")
    html.sentence(voice_words.found(len(hits), among, asked))
    if len(hits):
        voices.list_insights(hits, session.catalogue(), "found")
        charts.download(
            hits, view, "insights-found", "Insights that have each of the words, as the beginning of a word."
        )


def show_grades(graded: pd.DataFrame, view: View) -> None:
    """How many insights of each perspective gave each grade; `graded` is as `reports.evidence.grade_counts`."""
    if graded.empty:
        html.sentence("No insight here has a grade.")
        return
    total = int(graded.drop(columns="perspective").to_numpy().sum())
    charts.show(
        charts.drawn(
            grades_chart, graded, charts.colours(), f"How well it works, according to {plural(total, 'graded insight')}"
        ),
        grades_sentence(graded),
        view,
        key="voices-grades",
        columns=GRADE_COLUMNS,
        rows=grade_rows(graded),
        data=graded.rename(columns={grade: f"grade_{grade}" for grade in range(1, 6)}),
        method=COUNTED,
    )


def show_sides(found: Counted, view: View) -> None:
    """Providers and users side by side, as shares of each side, and how far apart they are."""
    sides = found.sides.assign(name=found.sides["side"].map(hearing.SIDES))
    charts.show(
        charts.drawn(sides_chart, sides, charts.colours(), "Which grades each side gives"),
        gap_sentence(found.whole),
        view,
        key="voices-sides",
        columns=SIDE_COLUMNS,
        rows=[
            [line["name"], *(number(line[name]) for name in (*GRADES, "not_asked", "people"))]
            for line in sides.to_dict("records")
        ],
        data=sides,
        method=f"{COUNTED} {LIMITS_ARE}",
    )


def show_gaps(gaps: pd.DataFrame, view: View) -> None:
    """The gap of each commitment with its limits; nothing where there is only one commitment."""
    if len(gaps) < 3:
        return
    charts.show(
        charts.drawn(
            intervals_chart,
            gaps.dropna(subset=["value"]),
            charts.colours(),
            title="How far apart providers and users are, commitment by commitment",
            unit="Cliff’s delta",
            words=hearing.STATES,
            line=0.0,
            line_name="no gap",
            decimals=2,
            signed=True,
        ),
        voice_words.gaps_sentence(gaps),
        view,
        key="voices-gaps",
        columns=GAP_COLUMNS,
        rows=[_gap_row(line) for line in gaps.to_dict("records")],
        data=gaps.drop(columns=["area_name", "value", "lower", "upper"]),
        method=f"{LIMITS_ARE} Source: Cliff 1993; limits of Feng and Cliff 2004, from 10 graded insights on each side.",
    )


def show_directions(quarters: pd.DataFrame, view: View) -> None:
    """Whether it gets better, quarter by quarter; `quarters` are as `hearing.by_quarter`."""
    known = int(quarters["said"].sum())
    if not known:
        html.sentence(directions_sentence(quarters))
        return
    charts.show(
        charts.drawn(
            directions_chart, quarters, charts.colours(), f"Is it getting better? {plural(known, 'insight')} say"
        ),
        directions_sentence(quarters),
        view,
        key="voices-directions",
        columns=QUARTER_COLUMNS,
        rows=[
            [line["period_label"], *(number(line[name]) for name in (*SAID, "not_asked"))]
            for line in quarters.to_dict("records")
        ],
        data=quarters.drop(columns=["said"]),
        method="Each insight counts once, in the quarter in which its period ends; what is not said is not guessed.",
    )


def show_silence(found: Counted, view: View) -> None:
    """In how many areas each perspective was heard, strictly of all areas, and where it was not."""
    missing, areas = found.unheard, found.areas
    html.sentence(voice_words.silence(found.silent, missing, areas))
    html.table(
        [html.Column("Perspective"), html.Column("Areas that heard it"), html.Column("Nobody heard in")],
        [
            [
                PERSPECTIVE_WORDS[line["perspective"]],
                f"{line['areas_heard']} of {plural(areas, 'area')}",
                listed(line["unheard"], 8) if line["unheard"] else "heard everywhere",
            ]
            for line in missing.to_dict("records")
        ],
        "Where each perspective has been heard, of all areas in view",
    )
    charts.download(
        missing, view, "voices-areas", "An area counts as heard when one insight of the perspective is there."
    )


def _gap_row(line: dict[Any, Any]) -> list[str | html.Cell]:
    sides = [f"{line[f'{side}_insights']:,} ({line[f'{side}_people']:,})" for side in hearing.SIDES]
    if pd.isna(line["value"]):
        return [line["area_name"], "", "", *sides, html.Cell(line["reason"], "cannot_be_calculated")]
    limits = "" if pd.isna(line["lower"]) else f"{signed(line['lower'], 2)} to {signed(line['upper'], 2)}"
    why = line["limits_reason"] if pd.isna(line["lower"]) else ""
    word = html.Cell(hearing.STATES[line["state"]], line["state"], detail=why)
    return [line["area_name"], signed(line["value"], 2), limits, *sides, word]

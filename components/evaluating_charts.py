"""The pictures of the evaluation commitment, each with its sentence, its table in words and its CSV."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.evaluated import (
    BAND_WORDS,
    LEGEND,
    MARKED,
    STRICT,
    TEST_WORDS,
    area_sentence,
    closing_test,
    over_time_sentence,
)
from charts.grid import bands_chart, pair_chart, wide_chart
from charts.words import day, plural
from components import charts, evaluating, evaluating_rows, html
from components.controls import View
from metrics.evaluation import gaps

NARROW_HINT = (
    "This screen is too narrow for the grid of all commitments. Its table is one click away, and the picture below "
    "shows one commitment at a time: choose it above."
)
# In pixels: seven columns of marks need no more.
WIDTH = 760
DRAWN_FROM = ["area_name", "commitment", *TEST_WORDS, "tests_passed", "reason"]
AS_NOW = (
    "Each day is worked out from what the data version in view knows: a figure that came late counts as there, an "
    "action or a ruling from the day of the data version it was recorded at."
)


@dataclass(frozen=True)
class Drawn:
    """The pairs `found`, the `frame` that a picture of them is drawn from, and what stands beside it."""

    found: pd.DataFrame
    frame: pd.DataFrame
    ends: dict[str, str]
    sentence: str
    columns: list[html.Column]
    rows: evaluating_rows.Rows


def show_grid(view: View, where: str) -> None:
    """All areas and commitments of the view, seven marks in each cell."""
    own = evaluating.kept(view, "evaluation grid drawn", lambda: _grid(view), *view.in_links)
    kept, pairs = int(own.found["kept"].sum()), plural(len(own.found), "area-commitment pair")
    with st.container(key="narrow_hint"):
        html.quiet(NARROW_HINT)
    title = f"{kept:,} of {pairs} pass all seven tests, {where}"
    charts.show(
        charts.drawn(wide_chart, own.frame, charts.colours(), title, own.ends, "label"),
        own.sentence,
        view,
        key="evaluation-grid",
        columns=own.columns,
        rows=own.rows,
        data=evaluating_rows.taken_away(own.found),
        method=STRICT,
    )


def show_pairs(view: View, head: str, begins: str, things: str) -> None:
    """The pairs of the view's commitment (`head` is `area_name`), or of its one area (`commitment`), a row for each,
    with the tests as columns. The title `begins` so, and counts `things` that pass."""
    own = evaluating.kept(view, "evaluation pairs drawn", lambda: _pairs(view, head), head, *view.in_links)
    title = f"{begins}: {int(own.found['kept'].sum())} of {len(own.found)} {things} pass all seven tests"
    with st.container(width=WIDTH):
        charts.show(
            charts.drawn(pair_chart, own.frame, charts.colours(), title, head, own.ends),
            own.sentence,
            view,
            key=f"evaluation-{head}",
            columns=own.columns,
            rows=own.rows,
            data=evaluating_rows.taken_away(own.found),
            method=STRICT,
        )


def _grid(view: View) -> Drawn:
    found = evaluating.grid(view)
    near = evaluating_rows.marked(found, closing_test(gaps(found)))
    names = found["area_name"].where(~found["area_name"].isin(near), found["area_name"] + f" {MARKED}")
    shown = found.assign(label=names)
    return Drawn(
        found,
        shown[["label", *DRAWN_FROM]],
        evaluating_rows.area_ends(shown, "label"),
        f"{LEGEND} {area_sentence(found.to_dict('records'))}".strip(),
        evaluating_rows.grid_columns(found),
        evaluating_rows.grid_rows(found, view),
    )


def _pairs(view: View, head: str) -> Drawn:
    found = evaluating.grid(view)
    found = found[found["commitment"] == view.commitment] if head == "area_name" else found
    counted = {words: int((found[test] == "passed").sum()) for test, words in TEST_WORDS.items()}
    passed = ", ".join(f"{words} {count:,}" for words, count in counted.items())
    return Drawn(
        found,
        found[DRAWN_FROM],
        evaluating_rows.pair_ends(found, head),
        f"Passed, of {len(found):,}: {passed}.",
        [html.Column("Area" if head == "area_name" else "Commitment"), *evaluating_rows.TEST_COLUMNS],
        evaluating_rows.pair_rows(found, view, head),
    )


def show_over_time(found: pd.DataFrame, view: View) -> None:
    """How many pairs passed how many tests at each quarter end since July 2025 and at the as-of date."""
    labels = [day(one) for one in found["day"]]
    last = found.iloc[-1]
    charts.show(
        charts.drawn(
            bands_chart,
            found.assign(label=labels),
            charts.colours(),
            f"{last['kept']:,} of {plural(int(last['pairs']), 'pair')} pass all seven tests on {labels[-1]}",
        ),
        over_time_sentence(found, labels[0], labels[-1]),
        view,
        key="evaluation-over-time",
        columns=[html.Column("12 months to"), *evaluating_rows.COUNTED],
        rows=evaluating_rows.counted_rows(found, list(labels)),
        data=found[["day", "kept", "pairs", *TEST_WORDS, "passed", "tests", *BAND_WORDS]],
        method=AS_NOW,
    )

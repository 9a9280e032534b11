"""The pictures of the evaluation commitment, each with its sentence, its table in words and its CSV."""

from __future__ import annotations

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
from components import charts, evaluating_rows, html
from components.controls import View
from metrics.evaluation import gaps

NARROW_HINT = (
    "This screen is too narrow for the grid of all commitments. Its table is one click away, and the picture below "
    "shows one commitment at a time: choose it above."
)
# In pixels: seven columns of marks need no more.
WIDTH = 760
AS_NOW = (
    "Each day is worked out from what the data version in view knows: a figure that came late counts as there, an "
    "action or a ruling from the day of the data version it was recorded at."
)


def show_grid(found: pd.DataFrame, view: View, where: str) -> None:
    """All areas and commitments of the view, seven marks in each cell."""
    near = evaluating_rows.marked(found, closing_test(gaps(found)))
    names = found["area_name"].where(~found["area_name"].isin(near), found["area_name"] + f" {MARKED}")
    shown = found.assign(label=names)
    kept, pairs = int(found["kept"].sum()), plural(len(found), "area-commitment pair")
    with st.container(key="narrow_hint"):
        html.quiet(NARROW_HINT)
    charts.show(
        wide_chart(
            shown,
            charts.colours(),
            f"{kept:,} of {pairs} pass all seven tests, {where}",
            evaluating_rows.area_ends(shown, "label"),
            "label",
        ),
        f"{LEGEND} {area_sentence(found.to_dict('records'))}".strip(),
        view,
        key="evaluation-grid",
        columns=evaluating_rows.grid_columns(found),
        rows=evaluating_rows.grid_rows(found, view),
        data=evaluating_rows.taken_away(found),
        method=STRICT,
    )


def show_pairs(found: pd.DataFrame, view: View, head: str, title: str) -> None:
    """The pairs of one commitment or of one area, a row for each, with the tests as columns."""
    counted = {words: int((found[test] == "passed").sum()) for test, words in TEST_WORDS.items()}
    passed = ", ".join(f"{words} {count:,}" for words, count in counted.items())
    with st.container(width=WIDTH):
        charts.show(
            pair_chart(found, charts.colours(), title, head, evaluating_rows.pair_ends(found, head)),
            f"Passed, of {len(found):,}: {passed}.",
            view,
            key=f"evaluation-{head}",
            columns=[html.Column("Area" if head == "area_name" else "Commitment"), *evaluating_rows.TEST_COLUMNS],
            rows=evaluating_rows.pair_rows(found, view, head),
            data=evaluating_rows.taken_away(found),
            method=STRICT,
        )


def show_over_time(found: pd.DataFrame, view: View) -> None:
    """How many pairs passed how many tests at each quarter end since July 2025 and at the as-of date."""
    labels = [day(one) for one in found["day"]]
    last = found.iloc[-1]
    charts.show(
        bands_chart(
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

"""Tables of the evaluation commitment: their columns and rows, given what `reports.evaluation` found."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.evaluated import PASSED_BY, RESULT_WORDS, SHORT_WORDS, TEST_WORDS, missing_words
from charts.words import plural
from components import html, session
from components.controls import View
from metrics.evaluation import last_gap

UNBROKEN = "\u00a0"
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]
COUNTED = [
    html.Column("Pass all seven", numeric=True),
    *(html.Column(words.capitalize(), numeric=True) for words in SHORT_WORDS.values()),
    html.Column("Tests passed", numeric=True),
]
TEST_COLUMNS = [
    html.Column("Tests passed", numeric=True),
    *(html.Column(words.capitalize()) for words in SHORT_WORDS.values()),
    html.Column("Why not applicable"),
]
GAP_COLUMNS = [
    html.Column("Test"),
    html.Column("Passed", numeric=True),
    html.Column("Failed", numeric=True),
    html.Column("Not applicable", numeric=True),
    html.Column("Areas that fail it", numeric=True),
    html.Column("Would complete"),
]
TAKEN_AWAY = ["area_code", "area_name", "commitment", *TEST_WORDS, "tests_passed", "kept", "proposed_only", "reason"]


def grid_columns(found: pd.DataFrame) -> list[html.Column]:
    """Area, pairs that pass all seven, and one column for each commitment."""
    return [html.Column("Area"), html.Column("Pass all seven"), *map(html.Column, dict.fromkeys(found["commitment"]))]


def grid_rows(found: pd.DataFrame, view: View) -> Rows:
    """One row per area: for each commitment how many of seven tests it passes, which it lacks, and where to read on."""
    return [_grid_row(group.to_dict("records"), view) for _, group in found.groupby("area_name", sort=False)]


def pair_rows(found: pd.DataFrame, view: View, head: str) -> Rows:
    """One row per pair, headed by its area or its commitment, with the result of each test in words."""
    return [
        [
            _linked(line, view, line[head]),
            _passed(line),
            *(_result(line, test) for test in TEST_WORDS),
            line["reason"] if isinstance(line["reason"], str) else "",
        ]
        for line in found.to_dict("records")
    ]


def counted_rows(counts: pd.DataFrame, names: list[str | html.Cell]) -> Rows:
    """One row per group as `metrics.evaluation.kept_by` counts it, every number with its strict denominator."""
    return [
        [
            name,
            f"{line['kept']:,} of {line['pairs']:,}",
            *(f"{line[test]:,} of {line['pairs']:,}" for test in TEST_WORDS),
            f"{line['passed']:,} of {line['tests']:,}",
        ]
        for name, line in zip(names, counts.to_dict("records"), strict=True)
    ]


def gap_rows(gaps: pd.DataFrame) -> Rows:
    """One row per test, that which would complete most pairs first."""
    ordered = gaps.sort_values(["would_complete", "failed"], ascending=False, kind="stable")
    return [
        [
            html.Cell(TEST_WORDS[line["test"]], detail=PASSED_BY[line["test"]]),
            *(f"{line[result]:,}{UNBROKEN}of{UNBROKEN}{line['of']:,}" for result in RESULT_WORDS),
            f"{line['failed_areas']:,}",
            _complete(line),
        ]
        for line in ordered.to_dict("records")
    ]


def area_links(counts: pd.DataFrame, view: View) -> list[str | html.Cell]:
    """Each area of the counts, leading to this page for it alone."""
    pairs = counts[["area_code", "area_name"]].itertuples(index=False)
    return [html.Cell(name, href=view.link("evaluation", area=code)) for code, name in pairs]


def region_links(counts: pd.DataFrame, view: View) -> list[str | html.Cell]:
    """Each region of the counts, leading to this page for it alone."""
    areas = session.catalogue().areas
    return [html.Cell(areas[code].name, href=view.link("evaluation", area=code)) for code in counts["region_code"]]


def area_ends(found: pd.DataFrame, head: str) -> dict[str, str]:
    """Behind each row of the grid, named by the column `head`, how many of its pairs pass all seven tests."""
    kept = found.groupby(head)["kept"].agg(["sum", "size"])
    return {str(name): f"{row['sum']} of {row['size']}" for name, row in kept.iterrows()}


def pair_ends(found: pd.DataFrame, head: str) -> dict[str, str]:
    """Behind each row of the marks of a pair, how many of its seven tests it passes."""
    return {line[head]: _passed(line) for line in found.to_dict("records")}


def marked(found: pd.DataFrame, test: str) -> set[str]:
    """The areas with a pair that lacks this one test only."""
    return set(found.loc[last_gap(found) == test, "area_name"])


def taken_away(found: pd.DataFrame) -> pd.DataFrame:
    """The grid as it is downloaded: one row per pair, each test a column."""
    return found[TAKEN_AWAY]


def _complete(line: Line) -> str:
    if not line["would_complete"]:
        return "no pair"
    return f"{plural(line['would_complete'], 'pair')} in {plural(line['completed_areas'], 'area')}"


def _grid_row(lines: list[Line], view: View) -> list[str | html.Cell]:
    kept = sum(bool(line["kept"]) for line in lines)
    cells = [_linked(line, view, _passed(line), missing_words(line)) for line in lines]
    return [lines[0]["area_name"], f"{kept}{UNBROKEN}of{UNBROKEN}{len(lines)}", *cells]


def _linked(line: Line, view: View, text: str, detail: str = "") -> html.Cell:
    """A text that leads to all that is known of a pair."""
    address = view.link("commitment", commitment=line["commitment"], area=line["area_code"])
    return html.Cell(text, href=address, detail=detail)


def _passed(line: Line) -> str:
    return f"{line['tests_passed']} of {len(TEST_WORDS)}"


def _result(line: Line, test: str) -> html.Cell:
    proposed = test == "shared_measure" and bool(line["proposed_only"])
    return html.Cell(RESULT_WORDS[line[test]], line[test], detail="proposed only" if proposed else "")

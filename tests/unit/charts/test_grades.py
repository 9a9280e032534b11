"""What people told us: grades counted, never averaged."""

from typing import Any

import pandas as pd
import pytest

from charts.grades import GRADES, grades_chart, grades_sentence
from charts.palette import LIGHT
from tests.unit.charts.drawn import by_name, shown, texts

COLUMNS = ["perspective", *GRADES]
ORDINARY = [("service_provider", 0, 1, 2, 5, 4), ("service_user", 6, 3, 1, 1, 0)]
NOBODY = [("service_provider", 0, 0, 0, 0, 0)]
ALL = [(name, 1, 0, 0, 0, 0) for name in ("service_provider", "service_user", "carer_or_family", "community")]


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (ORDINARY, ["Service providers", "Service users"]),
        (ORDINARY[1:], ["Service users"]),
        (NOBODY, ["Service providers"]),
        ([], []),
    ],
)
def test_the_bars_hold_the_number_of_insights_with_each_grade(rows: list[tuple[Any, ...]], labels: list[str]) -> None:
    figure = grades_chart(frame(rows), LIGHT, "A finding")
    traces = by_name(figure)
    assert list(traces) == ["1 not at all", "2", "3", "4", "5 very well"]
    for grade, trace in enumerate(traces.values(), start=1):
        assert (shown(trace.x), shown(trace.y)) == ([row[grade] for row in rows], labels)
    assert figure.layout.barmode == "stack" and figure.layout.title.text == "A finding"


def test_no_two_grades_look_alike() -> None:
    bars = grades_chart(frame(ORDINARY), LIGHT, "A finding").data
    assert len({(bar.marker.color, bar.marker.pattern.shape) for bar in bars}) == len(GRADES)


def test_markup_in_the_title_is_text() -> None:
    assert "<b>" not in texts(grades_chart(frame(ORDINARY), LIGHT, "<b>Kent</b>"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ORDINARY,
            (
                "Service providers: 9 of 12 insights say that it works (4 or 5), 1 that it does not (1 or 2); "
                "service users: 1 of 11 insights say that it works (4 or 5), 9 that it does not (1 or 2). "
                "Nothing graded from carers and families and community."
            ),
        ),
        (
            [("community", 0, 0, 1, 0, 0), *NOBODY],
            (
                "Community: 0 of 1 insight say that it works (4 or 5), 0 that it does not (1 or 2). "
                "Nothing graded from service providers, service users and carers and families."
            ),
        ),
        (NOBODY, "No insight has a grade."),
        ([], "No insight has a grade."),
    ],
)
def test_the_sentence_counts_each_side_and_names_who_is_silent(rows: list[tuple[Any, ...]], sentence: str) -> None:
    assert grades_sentence(frame(rows)) == sentence


def test_where_everybody_was_heard_nobody_is_named_as_silent() -> None:
    assert "Nothing graded" not in grades_sentence(frame(ALL))

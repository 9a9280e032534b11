"""The charts of the pages as a pack draws them: the same frames, states and words, without Plotly."""

from __future__ import annotations

import pandas as pd

from charts.grades import GRADES
from charts.picture import STATES as MOVES
from charts.words import PERSPECTIVE_WORDS
from data.catalogue import Indicator
from reports.figure_cells import STATES, difference_unit
from reports.pack.model import Bars, Intervals, Point, Stack


def picture(counts: pd.DataFrame) -> Bars:
    """Indicator-area pairs that moved, a bar for each commitment; `counts` as `charts.picture` takes it."""
    stacks = [Stack(words, tone, pattern, _whole(counts[state])) for state, (words, tone, pattern) in MOVES.items()]
    return Bars(tuple(counts["commitment"]), tuple(stacks), "Indicators in areas (pairs)")


def grades(counts: pd.DataFrame) -> Bars:
    """Insights by grade, a bar for each perspective; `counts` as `charts.grades.grades_chart` takes it."""
    stacks = [Stack(words, tone, pattern, _whole(counts[grade])) for grade, (words, tone, pattern) in GRADES.items()]
    return Bars(tuple(counts["perspective"].map(PERSPECTIVE_WORDS)), tuple(stacks), "Insights with a grade")


def changes(by_area: pd.DataFrame, item: Indicator) -> Intervals:
    """Change since July 2025 by area; `by_area` as `reports.figure_cells.changes_by_area` gives it."""
    known = by_area.dropna(subset=["value"]).sort_values("value")
    known = known.assign(lower=known["lower"].fillna(known["value"]), upper=known["upper"].fillna(known["value"]))
    points = (
        Point(line["area_name"], float(line["value"]), float(line["lower"]), float(line["upper"]), line["state"])
        for line in known.to_dict("records")
    )
    unit = f"change since July 2025, {difference_unit(item)}"
    return Intervals(tuple(points), tuple(STATES.items()), unit, 0.0, "no change")


def _whole(counts: pd.Series[int]) -> tuple[int, ...]:
    return tuple(int(count) for count in counts)

"""Small multiples: one panel each, on one scale, with gaps left open."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.multiples import COLUMNS, PANEL, first_and_last, multiples_chart, placed, round_step
from charts.palette import LIGHT
from tests.unit.charts.drawn import HOSTILE, shown, texts

NAMES = {"A": "Kent", "B": "Devon and Cornwall", "C": "Essex", "D": "City of London"}
WIDE = pd.DataFrame({
    "period_end": pd.to_datetime(["2022-12-31", "2023-12-31", "2024-12-31"]),
    "period_label": ["2022", "2023", "2024"],
    "A": [10.0, 12.0, 14.0], "B": [5.0, np.nan, 7.0], "C": [1000.0, 1050.0, np.nan], "D": [np.nan] * 3,
})  # fmt: skip
ENGLAND = pd.Series([8.0, 9.0, 10.0])
RULES, BEHIND, OWN, HEADINGS, YEARS, SCALES = range(6)


def chart(wide: pd.DataFrame = WIDE, **more: Any) -> go.Figure:
    settings = {"title": "A finding", "top": 1000.0, "england": ENGLAND}
    return multiples_chart(wide, NAMES, LIGHT, **settings | more)


def panel(trace: Any, number: int) -> list[float | None]:
    """The heights of one panel's points above its foot, in parts of the panel; each panel ends with an open place."""
    size = len(WIDE) + 1
    own = shown(trace.y)[number * size : (number + 1) * size]
    assert own[-1] is None
    foot = placed(WIDE, NAMES, 1000.0)[number].foot
    return [None if value is None else round(value - foot, 6) for value in own[:-1]]


def test_each_place_has_a_panel_headed_by_its_name_and_latest_figure() -> None:
    assert shown(chart().data[HEADINGS].text) == [
        "Kent<br>14.0", "Devon and<br>Cornwall<br>7.0", "Essex<br>1,050.0", "City of London<br>no figure",
    ]  # fmt: skip


def test_a_panel_holds_its_own_line_over_englands() -> None:
    figure = chart()
    england, own = figure.data[BEHIND], figure.data[OWN]
    assert panel(own, 0) == [round(value / 1050, 6) for value in (10, 12, 14)]
    assert panel(england, 0) == [round(value / 1050, 6) for value in (8, 9, 10)]
    assert england.line.dash == "dot" and own.line.color == LIGHT.accent
    assert shown(own.text)[0] == "Kent, 2022: 10.0" and shown(england.text)[2] == "England, 2024: 10.0"


def test_a_missing_period_leaves_the_line_open() -> None:
    own = chart().data[OWN]
    assert [value is None for value in panel(own, 1)] == [False, True, False] and own.connectgaps is False
    assert shown(own.text)[5] == "Devon and Cornwall, 2023: –"


def test_a_place_without_any_figure_has_an_empty_panel() -> None:
    figure = chart()
    assert panel(figure.data[OWN], 3) == panel(figure.data[BEHIND], 3) == [None, None, None]


def test_all_panels_have_one_scale_told_once_in_each_row() -> None:
    panels = placed(WIDE, NAMES, 1000.0)
    assert {own.top for own in panels} == {1050.0}
    assert shown(chart().data[SCALES].text) == ["0", "500", "1,000"] * 2


def test_without_a_common_height_each_panel_has_a_scale_of_its_own() -> None:
    panels = placed(WIDE, NAMES, None)
    assert [round(own.top, 2) for own in panels] == [14.7, 7.35, 1102.5, 1.05]
    assert shown(chart(top=None).data[SCALES].text) == [
        "0", "5", "10", "0", "2", "4", "6", "0", "500", "1,000",
    ]  # fmt: skip


def test_panels_stand_in_rows_of_three_and_time_runs_to_the_right() -> None:
    panels = placed(WIDE, NAMES, 1000.0)
    assert [own.column for own in panels] == [0, 1, 2, 0] and panels[3].foot < panels[0].foot == panels[2].foot
    across = shown(chart().data[OWN].x)
    assert 0 < across[0] < across[1] < across[2] < 1 < across[4] and across[3] is None


def test_without_england_only_the_places_are_drawn() -> None:
    assert shown(chart(england=None).data[BEHIND].y) == []


@pytest.mark.parametrize(("rows", "years"), [(3, ["2022", "2024"]), (1, ["2022", ""])])
def test_the_first_and_the_last_year_stand_at_the_foot(rows: int, years: list[str]) -> None:
    figure = chart(WIDE.head(rows), england=ENGLAND.head(rows))
    assert shown(figure.data[YEARS].text) == years * 4


@pytest.mark.parametrize("count", [1, COLUMNS, COLUMNS + 1, 3 * COLUMNS])
def test_a_panel_is_of_one_height_however_many_there_are(count: int) -> None:
    names = {f"{number}": f"Area {number}" for number in range(count)}
    figure = multiples_chart(WIDE.assign(**dict.fromkeys(names, 1.0)), names, LIGHT, title="A finding", top=1.0)
    low, high = figure.layout.yaxis.range
    drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert drawn / (high - low) == pytest.approx(PANEL)


@pytest.mark.parametrize(
    ("top", "step"), [(0.05, 0.02), (1, 0.5), (4.2, 2), (9, 2), (10, 5), (99, 20), (1250, 500), (1e6, 5e5)]
)
def test_scales_have_round_steps(top: float, step: float) -> None:
    assert round_step(top) == pytest.approx(step)


@pytest.mark.parametrize(
    ("values", "ends"), [([np.nan, 1, np.nan, 2, np.nan], (1, 3)), ([5], (0, 0)), ([np.nan], None), ([], None)]
)
def test_where_the_first_and_the_last_figure_stand(values: list[float], ends: tuple[int, int] | None) -> None:
    assert first_and_last(pd.Series(values, dtype=float)) == ends


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(name: str) -> None:
    figure = multiples_chart(WIDE, {"A": name}, LIGHT, title=name, top=1.0)
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))

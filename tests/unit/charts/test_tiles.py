"""The tile map: where tiles stand, what they say, and that their text can be read."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.palette import DARK, LIGHT, Palette
from charts.tiles import STEPS, mixed, shade_colour, shade_names, text_on, tiles_chart, tiles_sentence
from tests.unit.charts.drawn import HOSTILE, by_name, shown, texts
from tests.unit.test_theme import contrast, encoded

COLUMNS = ["area_name", "short", "column", "row", "value", "shade", "kind", "beyond", "chosen", "reason"]
ORDINARY = [
    ("Kent", "KEN", 4, 2, 10.0, 1, "shown", False, False, None),
    ("Essex", "ESX", 5, 1, 20.5, 1, "shown", False, True, None),
    ("Surrey", "SUR", 3, 1, 1234.56, 5, "shown", True, False, None),
    ("City of London", "CITY", 5, 0, np.nan, None, "missing", False, False, "few residents"),
    ("Cumbria", "CUM", 0, 0, 15.0, 2, "outside", False, False, None),
]


def frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=COLUMNS).astype({"value": float, "shade": "Int64"})
    return made.assign(hover=made["area_name"] + " in words")


def chart(rows: list[tuple[Any, ...]], palette: Palette = LIGHT, **more: Any) -> go.Figure:
    return tiles_chart(frame(rows), palette, **({"title": "A finding", "beyond": "out of the ordinary"} | more))


def test_each_area_is_one_tile_at_its_place_with_its_short_name_and_value() -> None:
    figure = chart(ORDINARY)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    placed = {
        text: (x, int(base))
        for bar in bars
        for x, base, text in zip(bar.x, bar.base, bar.text, strict=True)
    }  # fmt: skip
    assert placed == {
        "KEN<br>10.0": (4, 2), "ESX<br>20.5": (5, 1), "SUR<br>1,234.6": (3, 1), "CITY<br>none": (5, 0), "CUM": (0, 0),
    }  # fmt: skip
    assert all(bar.width == y for bar in bars for y in bar.y), "tiles are of one size"


def test_shades_are_named_by_what_they_hold_and_missing_is_hatched() -> None:
    traces = by_name(chart(ORDINARY))
    assert list(traces) == [
        "lowest: 10.0 to 20.5", "highest: 1,234.6 to 1,234.6", "no figure", "outside the region", "out of the ordinary",
    ]  # fmt: skip
    assert traces["no figure"].marker.pattern.shape == "/"
    assert traces["outside the region"].marker.pattern.shape in ("", None)
    assert shown(traces["no figure"].customdata) == ["City of London in words"]


def test_a_shade_is_named_by_all_areas_of_england_also_where_one_region_is_looked_at() -> None:
    rows = [("Kent", "KEN", 4, 2, 10.0, 1, "shown", False, False, None),
            ("Essex", "ESX", 5, 1, 12.0, 1, "outside", False, False, None)]  # fmt: skip
    assert "lowest: 10.0 to 12.0" in by_name(chart(rows))


def test_attention_is_a_shape_with_words_and_the_chosen_area_is_outlined() -> None:
    figure = chart(ORDINARY)
    diamonds = by_name(figure)["out of the ordinary"]
    assert diamonds.marker.symbol == "diamond" and len(diamonds.x) == 1 and 3 < diamonds.x[0] < 3.5
    assert list(by_name(figure)["lowest: 10.0 to 20.5"].marker.line.width) == [1, 4]
    assert all(trace.type == "bar" for trace in chart(ORDINARY[:2]).data)


def test_too_few_values_for_shades_stand_in_one_neutral_shade() -> None:
    rows = [(*row[:5], None, *row[6:]) for row in ORDINARY[:2]]
    (trace,) = chart(rows).data
    assert trace.name == "with a figure" and trace.marker.color == shade_colour(LIGHT, 0)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_text_of_every_shade_can_be_read(palette: Palette) -> None:
    fills = [shade_colour(palette, shade) for shade in range(len(STEPS) + 1)]
    assert len(set(fills)) == len(STEPS)
    assert [fill for fill in fills if contrast(encoded(text_on(palette, fill)), encoded(fill)) < 4.5] == []


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_shades_grow_steadily_away_from_the_background(palette: Palette) -> None:
    away = [
        contrast(encoded(palette.background), encoded(shade_colour(palette, shade)))
        for shade in range(1, len(STEPS) + 1)
    ]
    assert away == sorted(away) and all(later / earlier > 1.15 for earlier, later in zip(away, away[1:], strict=False))


def test_a_colour_between_two() -> None:
    assert [mixed("#000000", "#FF8000", share) for share in (0, 0.5, 1)] == ["#000000", "#804000", "#FF8000"]


def test_shade_names_leave_out_what_is_not_there() -> None:
    held = pd.DataFrame({"value": [1.0, 3.0, 9.0], "shade": [2, 2, 4]})
    assert shade_names(held, 0) == {2: "1 to 3", 4: "9 to 9"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ORDINARY,
            (
                "3 of 4 areas have a figure, from Kent 10.0 to Surrey 1,234.6 hours; the stronger the shade, the "
                "higher. Shades say nothing about counting noise. No figure: City of London (few residents)."
            ),
        ),
        ([ORDINARY[3]], "None of 1 area has a figure. No figure: City of London (few residents)."),
    ],
)
def test_the_sentence_says_the_ends_and_what_is_missing(rows: list[tuple[Any, ...]], sentence: str) -> None:
    assert tiles_sentence(frame(rows), unit="hours") == sentence


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_hostile_name_is_a_name(name: str, safe: str) -> None:
    figure = chart([(name, name, 0, 0, 10.0, 1, "shown", True, False, None)], beyond=name, title=name)
    assert shown(figure.data[0].text) == [f"{safe}<br>10.0"]
    assert shown(figure.data[0].customdata) == [f"{safe} in words"] and figure.data[1].name == safe
    assert not any(mark in texts(figure) for mark in ("<b>", "<a ", "<script", "\u202e", "\u2066"))

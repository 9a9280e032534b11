"""The charts of the Compare page, each with its sentence, table, data and method, to be kept and shown."""

from __future__ import annotations

from functools import cache

import pandas as pd

from charts.by_region import by_region_chart, by_region_finding, by_region_sentence, reaches
from charts.funnel import funnel_chart, funnel_sentence
from charts.intervals import intervals_chart, intervals_sentence
from charts.palette import Palette
from charts.tiles import tiles_chart, tiles_sentence
from charts.words import COMPARISON_WORDS, decimals_for, number
from components import levels, session
from components.comparing_rows import (
    FUNNEL_COLUMNS,
    REGION_COLUMNS,
    columns,
    funnel_frame,
    funnel_rows,
    region_frames,
    region_rows,
    rows,
    taken,
    tile_frame,
)
from components.comparing_words import Compared, method, short_finding
from components.controls import View
from components.ready import Chart
from data import tiles
from data.catalogue import RESIDENT_POPULATION

# From the bottom, so that the highest values stand at the top whichever way is better.
BANDS = {
    "higher_is_better": ("not_compared", "worse", "similar", "better"),
    "lower_is_better": ("not_compared", "better", "similar", "worse"),
    "no_judgement": ("not_compared", "lower", "similar", "higher"),
}
BEYOND = "beyond usual variation"


@cache
def _tiles() -> dict[str, tiles.Tile]:
    return tiles.load(session.catalogue())


def of_map(shown: Compared, view: View, colours: Palette) -> Chart:
    """The tile map of the areas; its table holds every area with a link to its page."""
    frame, item = tile_frame(shown, _tiles(), view.area), shown.item
    decimals = decimals_for(item.measure)
    figure = tiles_chart(
        frame, colours, title=f"{_heading(shown)}, {item.unit}: {short_finding(shown)}", decimals=decimals,
        beyond=BEYOND,
    )  # fmt: skip
    sentence = tiles_sentence(frame, unit=item.unit, decimals=decimals)
    made = f"Tiles are shaded in fifths of all areas of England, ties in the lower one. {method(shown)}"
    return Chart(sentence, figure, key=f"map-{item.key}", columns=columns(shown), rows=rows(shown, view),
                 data=taken(shown.rows), method=made)  # fmt: skip


def of_intervals(shown: Compared, view: View, colours: Palette) -> Chart:
    """Every place with its limits, those that are better, similar and worse standing together."""
    item, frame = shown.item, shown.rows
    decimals = decimals_for(item.measure)
    figure = intervals_chart(
        frame,
        colours,
        title=f"{_heading(shown)}: {levels.finding(frame, shown.noun)}",
        unit=item.unit,
        words=COMPARISON_WORDS,
        line=shown.benchmark,
        line_name=_england(shown),
        decimals=decimals,
        bands=BANDS[item.polarity],
    )
    sentence = intervals_sentence(frame, levels.WORDS, noun=shown.noun)
    return Chart(sentence, figure, key=f"intervals-{shown.kind}-{item.key}", columns=columns(shown),
                 rows=rows(shown, view), data=taken(frame), method=method(shown))  # fmt: skip


def of_funnel(shown: Compared, view: View, colours: Palette) -> Chart:
    """Every place by its size, with the limits of counting noise and those of usual variation."""
    item = shown.item
    frame = funnel_frame(shown, view.area)
    sentence = funnel_sentence(shown.rows, shown.noun)
    figure = funnel_chart(
        frame,
        colours,
        title=f"{_heading(shown)}: {short_finding(shown)}",
        unit=item.unit,
        size="residents" if item.denominator == RESIDENT_POPULATION else "out of",
        words=COMPARISON_WORDS,
        average_name=_england(shown),
        highest=item.multiplier if item.measure == "proportion" else None,
    )
    return Chart(sentence, figure, key=f"funnel-{shown.kind}-{item.key}", columns=FUNNEL_COLUMNS,
                 rows=funnel_rows(shown, view), data=taken(shown.rows), method=method(shown))  # fmt: skip


def of_regions(shown: Compared, same: pd.DataFrame, colours: Palette) -> Chart:
    """How areas spread inside each region; `same` holds all rows of the period."""
    item, catalogue = shown.item, session.catalogue()
    areas, regions = region_frames(shown, same, catalogue)
    decimals = decimals_for(item.measure)
    sentence = by_region_sentence(areas, unit=item.unit, decimals=decimals)
    figure = by_region_chart(
        areas,
        regions,
        colours,
        title=f"{_heading(shown)}: {by_region_finding(areas)}",
        unit=item.unit,
        words=COMPARISON_WORDS,
        line=shown.benchmark,
        line_name=_england(shown),
    )
    return Chart(sentence, figure, key=f"by-region-{item.key}", columns=REGION_COLUMNS,
                 rows=region_rows(reaches(areas), regions, item), data=taken(areas), method=method(shown))  # fmt: skip


def _heading(shown: Compared) -> str:
    return f"{shown.item.name}, {shown.period}"


def _england(shown: Compared) -> str:
    return f"England {number(shown.benchmark, decimals_for(shown.item.measure))}"

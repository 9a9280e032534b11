"""Rows of the tables of the Compare page, and the frames that its charts are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.funnel import OUTSIDE
from charts.multiples import first_and_last
from charts.series import GAP
from charts.words import decimals_for, interval, number, with_unit
from components import html
from components.comparing_words import Compared, attention_words, place_sentence, position_words
from components.controls import View
from components.figures import comparison_cell
from data.catalogue import Catalogue, Indicator
from data.tiles import Tile
from reports.figure_cells import figure_cell

AREA = html.Column("Area")
FIGURE = html.Column("Figure", numeric=True)
WORD = html.Column("Against England")
WHY = html.Column("Why not, or note")
UNUSUAL = [html.Column("Counting noise"), html.Column("Usual variation")]
FUNNEL_COLUMNS = [
    AREA,
    html.Column("Out of", numeric=True),
    FIGURE,
    html.Column("95 % limits", numeric=True),
    html.Column("99.8 % limits", numeric=True),
    html.Column("With usual variation", numeric=True),
    *UNUSUAL,
]
TIME_COLUMNS = [
    AREA,
    html.Column("First", numeric=True),
    html.Column("Latest", numeric=True),
    html.Column("Periods without a figure", numeric=True),
]
REGION_COLUMNS = [
    html.Column("Region"),
    html.Column("The region itself", numeric=True),
    html.Column("Lowest area", numeric=True),
    html.Column("Highest area", numeric=True),
    html.Column("Areas", numeric=True),
]
TAKEN = (
    "indicator area_code area_name area_type region_code period_start period_end numerator denominator population_year "
    "value lower upper method reason areas_included areas_expected benchmark england_included england_expected "
    "comparison comparison_reason average lower_95 upper_95 lower_998 upper_998 position dispersion adjusted_lower_998 "
    "adjusted_upper_998 attention note comment origin source edition invented"
).split()
POSITION_STATES = {
    "low_998": "lower",
    "low_95": "lower",
    "within": "similar",
    "high_95": "higher",
    "high_998": "higher",
}
ATTENTION_STATES = {"low": "beyond", "within": "similar", "high": "beyond"}


def columns(shown: Compared) -> list[html.Column]:
    """The columns of the table of all places: those of the funnel only where there is one."""
    return [AREA, FIGURE, WORD, *(UNUSUAL if shown.has_funnel else []), WHY]


def rows(shown: Compared, view: View) -> list[list[str | html.Cell]]:
    """One row per place, the highest figure first and those without one last, each with a link to its page."""
    return [_row(line, shown, view) for line in ordered(shown.rows)]


def funnel_rows(shown: Compared, view: View) -> list[list[str | html.Cell]]:
    """One row per place in the funnel, the largest first: its size, figure, three pairs of limits and words."""
    placed = shown.rows.dropna(subset=["position"]).sort_values("denominator", ascending=False)
    return [_funnel_row(line, shown, view) for line in placed.to_dict("records")]


def time_rows(wide: pd.DataFrame, names: Mapping[str, str], item: Indicator, view: View) -> list[list[str | html.Cell]]:
    """One row per place: its first and its latest figure, and in how many periods it has none."""
    return [_time_row(wide, code, name, item, view) for code, name in names.items()]


def region_rows(spread: pd.DataFrame, regions: pd.DataFrame, item: Indicator) -> list[list[str | html.Cell]]:
    """One row per region: its own figure, and its lowest and highest area as `charts.by_region.reaches` finds them."""
    found = {line["region"]: line for line in spread.to_dict("records")}
    return [_region_row(line, found.get(line["region"]), item) for line in regions.to_dict("records")]


def ordered(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Rows by value, the highest first; those without a value stand last, by name."""
    return frame.sort_values("area_name").sort_values("value", ascending=False, kind="stable").to_dict("records")


def taken(frame: pd.DataFrame) -> pd.DataFrame:
    """What a download holds of a comparison."""
    return frame[[name for name in TAKEN if name in frame]]


def tile_frame(shown: Compared, tiles: Mapping[str, Tile], chosen: str) -> pd.DataFrame:
    """The areas as the tile map draws them: each at its place, outside the region, hatched or shaded."""
    own = shown.everyone
    places = [tiles[code] for code in own["area_code"]]
    outside = ~own["area_code"].isin(shown.codes)
    kind = pd.Series("shown", index=own.index).mask(own["value"].isna(), "missing").mask(outside, "outside")
    return own.assign(
        short=[tile.short for tile in places],
        column=[tile.column for tile in places],
        row=[tile.row for tile in places],
        kind=kind,
        beyond=own["attention"].isin(["low", "high"]),
        chosen=own["area_code"] == chosen,
        hover=shown.hover,
    )


def funnel_frame(shown: Compared, chosen: str) -> pd.DataFrame:
    """All places of the type as the funnel draws them; those beyond usual variation and the chosen one are named."""
    own = shown.everyone
    inside = own["area_code"].isin(shown.codes)
    named = inside & (own["attention"].isin(["low", "high"]) | (own["area_code"] == chosen))
    return own.assign(
        state=own["state"].where(inside, OUTSIDE),
        label=own["area_name"].where(named, ""),
        hover=shown.hover,
    )


def region_frames(shown: Compared, same: pd.DataFrame, catalogue: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The areas looked at with their region's name, and their regions, highest first; `same` is the period's."""
    own = shown.rows
    areas = own.assign(region=[catalogue.areas[code].name for code in own["region_code"]], hover=shown.hover)
    codes = list(dict.fromkeys(own["region_code"]))
    figures = same[same["area_type"] == "region"].drop_duplicates("area_code").set_index("area_code").reindex(codes)
    regions = figures.assign(
        region=[catalogue.areas[code].name for code in codes],
        area_name=[catalogue.areas[code].label for code in codes],
        state=figures["comparison"].fillna("not_compared"),
        reason=figures["reason"].fillna("no area reported"),
    )
    told = [place_sentence(line, shown.item) for line in regions.to_dict("records")]
    regions = regions.assign(hover=told).reset_index()
    return areas, regions.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def _row(line: dict[Any, Any], shown: Compared, view: View) -> list[str | html.Cell]:
    unusual = [_position_cell(line), _attention_cell(line)] if shown.has_funnel else []
    return [_name(line, view), _figure(line, shown.item), comparison_cell(shown.item, line | _why(line)), *unusual,
            _note(line)]  # fmt: skip


def _why(line: dict[Any, Any]) -> dict[str, Any]:
    """The word of a place without any row of its own."""
    known = isinstance(line["comparison"], str)
    return {} if known else {"comparison": "not_compared", "comparison_reason": "the value is missing"}


def _figure(line: dict[Any, Any], item: Indicator) -> html.Cell:
    if pd.isna(line["value"]) and pd.isna(line["numerator"]):
        return html.Cell("no figure", "absent")
    return figure_cell(item, line, "")


def _note(line: dict[Any, Any]) -> str:
    parts = [line["reason"], line["comment"], _included(line)]
    return ". ".join(part for part in parts if isinstance(part, str) and part)


def _included(line: dict[Any, Any]) -> str:
    if pd.isna(line["areas_included"]):
        return ""
    return f"sum of {int(line['areas_included'])} of {int(line['areas_expected'])} areas"


def _name(line: dict[Any, Any], view: View) -> html.Cell:
    return html.Cell(line["area_name"], href=view.link("area", area=line["area_code"], indicator=view.indicator))


def _position_cell(line: dict[Any, Any]) -> html.Cell | str:
    words = position_words(line)
    return html.Cell(words, POSITION_STATES[line["position"]]) if words else ""


def _attention_cell(line: dict[Any, Any]) -> html.Cell | str:
    words = attention_words(line)
    return html.Cell(words, ATTENTION_STATES[line["attention"]]) if words else ""


def _funnel_row(line: dict[Any, Any], shown: Compared, view: View) -> list[str | html.Cell]:
    decimals = decimals_for(shown.item.measure)
    pairs = [("lower_95", "upper_95"), ("lower_998", "upper_998"), ("adjusted_lower_998", "adjusted_upper_998")]
    limits = [interval(line[lower], line[upper], decimals).strip("()") for lower, upper in pairs]
    return [_name(line, view), number(line["denominator"]), number(line["value"], decimals), *limits,
            _position_cell(line), _attention_cell(line)]  # fmt: skip


def _time_row(wide: pd.DataFrame, code: str, name: str, item: Indicator, view: View) -> list[str | html.Cell]:
    periods = wide[wide["period_label"] != GAP]
    ends = first_and_last(wide[code])
    cells = [_dated(wide.iloc[place], code, item) for place in ends] if ends else [html.Cell("no figure", "absent")] * 2
    missing = f"{int(periods[code].isna().sum())} of {len(periods)}"
    link = html.Cell(name, href=view.link("area", area=code, indicator=item.key))
    return [link, *cells, missing]


def _dated(line: pd.Series, code: str, item: Indicator) -> html.Cell:
    return html.Cell(number(line[code], decimals_for(item.measure)), detail=line["period_label"])


def _region_row(line: dict[Any, Any], spread: dict[Any, Any] | None, item: Indicator) -> list[str | html.Cell]:
    decimals = decimals_for(item.measure)
    own = html.Cell(with_unit(number(line["value"], decimals), item.unit), detail=_included(line))
    if spread is None:
        return [line["region"], own, "", "", html.Cell("fewer than two with a figure", "absent")]
    ends = [html.Cell(number(spread[end], decimals), detail=spread[f"{end}est"]) for end in ("low", "high")]
    return [line["region"], own, *ends, f"{spread['areas']}"]

"""Change between years that share no month: what can be said where periods overlap and carry no trend."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import CHANGE_WORDS, decimals_for, interval, signed
from components import html, session
from components.controls import View
from components.pictures import period_label, places
from components.trending import moved_words
from data.catalogue import Indicator
from metrics.baseline import change_of_sums
from metrics.change import difference
from metrics.trend import Trend
from reports.expected import areas_of, areas_within, memberships
from reports.figure_cells import difference_unit

COLUMNS = [
    html.Column("From"),
    html.Column("To"),
    html.Column("Change", numeric=True),
    html.Column("Word"),
]
OF_AREAS = html.Column("Areas with both years")
METHOD = "MOVER on 95 % limits, only between years that share no month; a sum over the areas that have both years."
PERIOD = ["period_start", "period_end"]
KEPT = [*PERIOD, "numerator", "denominator", "value", "lower", "upper"]
Line = dict[Any, Any]
Pair = tuple[Line, Line]


def changes(view: View, item: Indicator, series: pd.DataFrame) -> pd.DataFrame:
    """Changes from the newest figure back, each from the latest period before it that shares no day with it.

    `series` is one place's as `trending.judged` leaves it. Columns as `metrics.change.difference` needs and adds them;
    a sum is compared over the areas that have both periods, and says how many in `areas_included`.
    """
    found = pairs(series)
    if not found or series["areas_included"].isna().all():
        return difference(beside(series, found))
    codes = areas_within(session.catalogue(), view.area)
    everywhere = places(view)
    own = everywhere[(everywhere["indicator"] == item.key) & everywhere["area_code"].isin(codes)]
    sums = [change_of_sums(_of_areas(own, *pair), memberships(areas_of(session.catalogue()))) for pair in found]
    both = pd.concat(sums, ignore_index=True)
    return both[both["area_code"] == view.area].reset_index(drop=True)


def pairs(series: pd.DataFrame) -> list[Pair]:
    """Each figure beside the one before it, of those that share no day, newest first."""
    chosen: list[Line] = []
    for line in series.dropna(subset=["value"]).sort_values("period_end", ascending=False).to_dict("records"):
        if not chosen or line["period_end"] < chosen[-1]["period_start"]:
            chosen.append(line)
    return list(zip(chosen, chosen[1:], strict=False))


def beside(series: pd.DataFrame, found: list[Pair]) -> pd.DataFrame:
    """Pairs as rows: the later figure with the earlier one after `earlier_`."""
    later = pd.DataFrame([one for one, _ in found], columns=series.columns)
    earlier = pd.DataFrame([other for _, other in found], columns=series.columns)
    return later.assign(**{f"earlier_{name}": earlier[name] for name in KEPT})


def table(item: Indicator, found: pd.DataFrame) -> tuple[list[html.Column], list[list[str | html.Cell]]]:
    """The changes as columns and rows, newest first; those of sums say how many areas they hold."""
    lines = found.to_dict("records")
    if found["areas_included"].isna().all():
        return COLUMNS, [row(item, line) for line in lines]
    return [*COLUMNS, OF_AREAS], [[*row(item, line), _areas(line)] for line in lines]


def row(item: Indicator, line: Line) -> list[str | html.Cell]:
    """One change between separate years."""
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    return [
        _period(item, line, "earlier_"),
        _period(item, line, ""),
        html.Cell(signed(line["difference"], decimals), detail=f"{limits} {difference_unit(item)}"),
        html.Cell(CHANGE_WORDS[line["change"]], line["change"]),
    ]


def finding(item: Indicator, found: pd.DataFrame) -> str:
    """The newest change between years that share no month, for the answer at the top."""
    if found.empty:
        return "whether it moved cannot be said, because no two of its years with a figure are separate"
    line = found.iloc[0].to_dict()
    told = {"no_clear_change": "no, not by more than chance", "cannot_be_calculated": "whether it moved cannot be said"}
    return f"{told.get(line['change'], 'yes, by more than chance')}: {newest(item, found)}"


def instead(item: Indicator, trend: Trend, found: pd.DataFrame) -> str:
    """What can be said where a trend cannot be calculated: the newest change between two years, if there is one."""
    if trend.direction != "cannot_be_calculated" or found.empty:
        return ""
    return f"; between the two newest years with a figure: {newest(item, found)}"


def newest(item: Indicator, found: pd.DataFrame) -> str:
    """The newest change with the two years that it is between."""
    line = found.iloc[0].to_dict()
    years = f"from {_period(item, line, 'earlier_')} to {_period(item, line, '')}, which share no month"
    return f"{moved_words(item, line)}, {years}"


def _of_areas(own: pd.DataFrame, later: Line, earlier: Line) -> pd.DataFrame:
    """The areas' own figures of two periods side by side, for those that have both."""
    now, before = ([own[name].eq(line[name]) for name in PERIOD] for line in (later, earlier))
    then = own.loc[before[0] & before[1], ["area_code", *KEPT]].set_index("area_code").add_prefix("earlier_")
    return own[now[0] & now[1]].merge(then, left_on="area_code", right_index=True)


def _period(item: Indicator, line: Line, prefix: str) -> str:
    return period_label(line[f"{prefix}period_start"], line[f"{prefix}period_end"], item.key)


def _areas(line: Line) -> str:
    if pd.isna(line["areas_included"]):
        return ""
    return f"{int(line['areas_included'])} of {int(line['areas_expected'])} areas"

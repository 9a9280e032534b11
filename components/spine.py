"""The Area page's spine chart: every indicator of a place beside England and beside all places of its kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from charts.spine import moving_words, spine_chart, spine_sentence
from charts.words import COMPARISON_WORDS, decimals_for, number, plural, with_unit
from components import charts, html, pictures, session
from components.controls import View
from components.figures import comparison_cell
from data import queries
from data.catalogue import Indicator
from metrics.movement import judged, movements
from metrics.spine import RANGE, placed, ranges, worst_first
from reports.figure_cells import figure_cell

COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest", numeric=True),
    html.Column("Against England"),
    html.Column("Lowest area", numeric=True),
    html.Column("Highest area", numeric=True),
    html.Column("Recent trend"),
]
PERIOD = ["indicator", "period_start", "period_end"]
METHOD = (
    "Each row has its own scale: England in the middle, the place farthest from it at an end, and better to the right, "
    "or higher where no judgement is made. Words rest on the place’s own 95 % limits. The trend is that "
    "of the last five yearly figures, or of the control chart where twelve months or quarters and more are known."
)


def show(own: pd.DataFrame, view: View) -> None:
    """The spine chart of a place's latest figures (`pictures.latest`), worst and worsening first; none for England."""
    catalogue = session.catalogue()
    area = catalogue.areas[view.area]
    like = [code for code, other in catalogue.areas.items() if other.type == area.type and not other.comparator_only]
    anew = queries.rebases(session.cursor(), view.version, None, view.area)
    starts = {str(key): list(ends) for key, ends in anew[anew["standing"]].groupby("indicator")["period_end"]}
    began = tuple((key, *map(str, ends)) for key, ends in starts.items())
    frame = pictures.kept(view, "spine", lambda: beside_all(own, pictures.places(view), like, starts), began)
    if area.type == "country" or frame.empty:
        return
    frame = frame.assign(
        name=[catalogue.indicators[key].name for key in frame["indicator"]],
        words=[hover(catalogue.indicators[line["indicator"]], line) for line in frame.to_dict("records")],
    )
    worse = int((frame["comparison"] == "worse").sum())
    charts.show(
        charts.drawn(
            spine_chart,
            frame,
            charts.colours(),
            title=f"{plural(worse, 'indicator')} worse than England in {area.name}",
        ),
        spine_sentence(frame, area.name),
        view,
        key=f"spine-{view.area}",
        columns=COLUMNS,
        rows=[row(catalogue.indicators[line["indicator"]], line, view) for line in frame.to_dict("records")],
        data=frame.drop(columns="words"),
        method=METHOD,
    )


def beside_all(
    own: pd.DataFrame, everywhere: pd.DataFrame, like: list[str], starts: dict[str, list[date]]
) -> pd.DataFrame:
    """A place's latest figures with England's, the range of all places of its kind, and its recent trend.

    `like` are the codes of the places of its kind, `starts` where control charts begin anew. One row per indicator that
    has a value, a benchmark and a range; worst and worsening first.
    """
    known = own[own["value"].notna() & own["benchmark"].notna()]
    if known.empty:
        return known
    same = everywhere[everywhere["area_code"].isin(like)].merge(known[PERIOD], on=PERIOD)
    spread = ranges(same, by=PERIOD)
    beside = placed(known.merge(spread, on=PERIOD))
    series = judged(everywhere[everywhere["area_code"] == known["area_code"].iat[0]], by="indicator")
    moving = movements(series, "indicator", starts).rename(columns={"reason": "trend_reason"})
    return worst_first(beside.merge(moving, on="indicator", how="left")).dropna(subset=["value_at"])


def row(item: Indicator, line: dict[Any, Any], view: View) -> list[str | html.Cell]:
    """One indicator: figure, word, range, trend."""
    period = pictures.period_label(line["period_start"], line["period_end"], item.key)
    return [
        html.Cell(item.name, href=view.link("area", indicator=item.key)),
        figure_cell(item, line, period),
        comparison_cell(item, line),
        html.Cell(end_words(item, line, RANGE[0]), detail=f"of {plural(int(line['places']), 'place')}"),
        end_words(item, line, RANGE[-1]),
        html.Cell(moving_words(line) or "none", detail=line["trend_reason"] if not moving_words(line) else ""),
    ]


def hover(item: Indicator, line: dict[Any, Any]) -> str:
    """What the tooltip says of an indicator."""
    value = with_unit(number(line["value"], decimals_for(item.measure)), item.unit)
    words = [
        f"{item.name}: {value}",
        COMPARISON_WORDS[line["comparison"]],
        f"places from {end_words(item, line, RANGE[0])} to {end_words(item, line, RANGE[-1])}",
        moving_words(line),
    ]
    return ", ".join(filter(None, words))


def end_words(item: Indicator, line: dict[Any, Any], end: str) -> str:
    """The lowest or the highest figure of all places of the kind."""
    return number(line[end], decimals_for(item.measure))

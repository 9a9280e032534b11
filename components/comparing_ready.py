"""What the Compare page shows of one period, worked out once for everybody who looks at the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.words import NOT_CAUSE
from components import charts, comparing, comparing_charts, comparing_panels, period, pictures, session
from components.comparing_words import (
    NO_FUNNEL,
    Compared,
    answer,
    england_sentence,
    limits,
    missing_sentence,
    place_sentence,
)
from components.controls import View, area_label
from components.ready import Chart, drawn_for
from data.catalogue import Indicator
from reports.expected import ENGLAND


@dataclass(frozen=True)
class Ready:
    """The sentences and charts of one period. The map and the spread inside regions are of areas alone; the intervals
    need a figure of England.

    `inside` is whether only the areas of one region are looked at.
    """

    answer: str
    sentences: list[str]
    limits: str
    inside: bool
    tiles: Chart | None
    intervals: Chart | None
    funnel: Chart
    regions: Chart | None
    panels: comparing_panels.Panels


def periods(view: View, item: Indicator) -> period.Listed:
    """The periods in which any place has reported the indicator."""

    def make() -> period.Listed:
        return period.listed(comparing.compared(view), item, _england(view, item))

    return pictures.kept_while_same(view, item.key, "compared periods", make)


def ready(view: View, item: Indicator, chosen: pd.Series, kind: str) -> Ready:
    """Everything that is shown of one period; `chosen` has its start and end, `kind` is a value of `comparing.TYPES`.

    It rests on the indicator's figures, which everybody sees; the place in view is marked in it, and rows hold links.
    """
    asked = kind, str(chosen["period_start"]), str(chosen["period_end"]), *drawn_for(view)
    return pictures.kept_while_same(view, item.key, "compared", lambda: _ready(view, item, chosen, kind), *asked)


def _ready(view: View, item: Indicator, chosen: pd.Series, kind: str) -> Ready:
    found, england, colours = comparing.compared(view), _england(view, item), charts.colours()
    same = period.within(found, chosen)
    shown = _compared(view, item, same, kind)
    own = shown.rows[shown.rows["area_code"] == view.area].to_dict("records")
    why = comparing.why_no_england(england, same.iloc[0])
    areas = kind == "police_force_area"
    beside = shown.benchmark is not None and bool(shown.rows["value"].notna().any())
    return Ready(
        answer(shown),
        [f"{england_sentence(shown, why)} {missing_sentence(shown)}", *(place_sentence(line, item) for line in own)],
        f"{limits(shown)} {NOT_CAUSE}".strip(),
        _inside(view, kind),
        comparing_charts.of_map(shown, view, colours) if areas else None,
        comparing_charts.of_intervals(shown, view, colours) if beside else None,
        _funnel(shown, view),
        comparing_charts.of_regions(shown, same, colours) if areas and beside else None,
        comparing_panels.of_time(shown, found, england, view, colours),
    )


def _compared(view: View, item: Indicator, same: pd.DataFrame, kind: str) -> Compared:
    catalogue, first = session.catalogue(), same.iloc[0]
    return Compared(
        item,
        pictures.period_label(first["period_start"], first["period_end"], item.key),
        kind,
        f" of the {area_label(catalogue, view.area)}" if _inside(view, kind) else "",
        comparing.in_period(same, kind, item, catalogue),
        comparing.codes_of(catalogue, view.area, kind),
    )


def _funnel(shown: Compared, view: View) -> Chart:
    if shown.has_funnel:
        return comparing_charts.of_funnel(shown, view, charts.colours())
    return Chart(NO_FUNNEL.get(shown.item.measure, "A funnel needs England’s figure and the areas’ counts."))


def _inside(view: View, kind: str) -> bool:
    return kind == "police_force_area" and session.catalogue().areas[view.area].type == "region"


def _england(view: View, item: Indicator) -> pd.DataFrame:
    everywhere = pictures.places(view)
    return everywhere[(everywhere["indicator"] == item.key) & (everywhere["area_code"] == ENGLAND)]

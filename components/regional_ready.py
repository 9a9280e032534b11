"""What the Regions page shows of two periods, worked out once for everybody who looks at the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components import caveats, charts, period, pictures, regional, regional_charts
from components.controls import View
from components.ready import Chart
from data.catalogue import Indicator

NO_SPREAD = "No spread is given: {}."
NO_CHANGE = "No period of {} had ended before {} began, so there is no change to show."


@dataclass(frozen=True)
class Ready:
    """The answer, and the three charts; `extremes` and `overlap` stand below the spread, where it is drawn."""

    answer: str
    figures: Chart
    without: str
    spread: Chart
    extremes: str
    overlap: str
    change: Chart


def periods(view: View, item: Indicator) -> period.Listed:
    """The periods in which enough areas reported the indicator."""

    def make() -> period.Listed:
        return period.listed(regional.figures(view, item), item)

    return pictures.kept_while_same(view, item.key, "periods of regions", make)


def ready(view: View, item: Indicator, chosen: pd.Series, earlier: pd.Series | None) -> Ready:
    """Everything that is shown of a period and an earlier one, each with its start and end.

    It rests on the indicator's figures, which everybody sees, and holds no link.
    """
    both = [None if one is None else (str(one["period_start"]), str(one["period_end"])) for one in (chosen, earlier)]
    asked = *both, st.context.theme.type
    return pictures.kept_while_same(
        view, item.key, "regions shown", lambda: _ready(view, item, chosen, earlier), *asked
    )


def _ready(view: View, item: Indicator, chosen: pd.Series, earlier: pd.Series | None) -> Ready:
    frame, colours = regional.figures(view, item), charts.colours()
    here, label, since = period.within(frame, chosen), regional.label(chosen, item), regional.label(earlier, item)
    moved = regional.change_of_regions(view, item, chosen, earlier)
    narrow = regional.narrowed(moved, item)
    spreads = None if item.measure in regional.WITHOUT_SPREAD else regional.over_time(frame, item, chosen["period_end"])
    spread = _spread(spreads, item, regional.finding(item, narrow, since))
    return Ready(
        regional.answer(item, label, regional.chance(here, item), narrow, since),
        regional_charts.of_figures(here, item, label, colours),
        regional.without_figure(view, item, frame),
        spread,
        "" if spreads is None or spread.figure is None else _extremes(spreads),
        f"{caveats.OVERLAP} {regional_charts.SEPARATE}" if item.period_type == "rolling_year" else "",
        Chart(NO_CHANGE.format(item.name, label))
        if moved is None
        else regional_charts.of_change(moved, item, since, label, colours),
    )


def _spread(spreads: pd.DataFrame | None, item: Indicator, finding: str) -> Chart:
    if spreads is None:
        return Chart(NO_SPREAD.format(regional.WITHOUT_SPREAD[item.measure]))
    return regional_charts.of_spread(spreads, item, finding, charts.colours())


def _extremes(spreads: pd.DataFrame) -> str:
    return regional.extremes_sentence(spreads.dropna(subset=["lowest"]).iloc[-1].to_dict())

"""How indicators moved since July 2025 on the page of a commitment: all of them in a table, and one by area."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from charts.intervals import intervals_chart, intervals_sentence
from charts.words import POLARITY_WORDS, decimals_for
from components import charts, figures, html, levels, missing, pictures, session
from components.controls import View, area_label
from data.catalogue import Indicator
from reports.expected import areas_within
from reports.figure_cells import (
    BY_AREA_COLUMNS,
    CHANGE_COLUMNS,
    STATES,
    by_area_rows,
    changes_by_area,
    difference_unit,
    title_of_changes,
)

Rows = list[list[str | html.Cell]]


@dataclass(frozen=True)
class ByArea:
    """The changes of one indicator by area, with what is said of them."""

    frame: pd.DataFrame
    title: str
    sentence: str
    rows: Rows


def show_table(items: list[Indicator], name: str, view: View) -> None:
    """The indicators that inform something of this name, with their change in the view's own place."""
    where = area_label(session.catalogue(), view.area)
    caption = f"Indicators that inform {name}, {where}: latest figure against the baseline, with 95 % limits"
    html.table(CHANGE_COLUMNS, _rows(items, view), caption)


def show_by_area(item: Indicator, view: View) -> None:
    """The change of an indicator by area; its latest figures where no change can be calculated."""
    found = _by_area(item, view)
    if found.frame["value"].isna().all():
        html.sentence(found.sentence)
        levels.show(item, view)
        return
    figure = charts.drawn(
        intervals_chart,
        found.frame,
        charts.colours(),
        title=found.title,
        unit=f"change since July 2025, {difference_unit(item)}",
        words=STATES,
        line=0.0,
        line_name="no change",
        decimals=decimals_for(item.measure),
        signed=True,
    )
    method = f"MOVER on 95 % limits, {POLARITY_WORDS[item.polarity]}; the baseline ends by 31 July 2025."
    charts.show(figure, found.sentence, view, key=f"change-{item.key}", columns=BY_AREA_COLUMNS, rows=found.rows,
                data=found.frame, method=method)  # fmt: skip


def _rows(items: list[Indicator], view: View) -> Rows:
    """They rest on the figures of the version alone, and hold links and whether an indicator is agreed."""

    def make() -> Rows:
        here, own = pictures.changes_here(view), _own(view)
        now = {line["indicator"]: line for line in pictures.latest(view, view.area).to_dict("records")}
        return [figures.change_row(item, now.get(item.key), here.get(item.key), own, view) for item in items]

    asked = [word for item in items for word in (item.key, item.status)]
    return pictures.kept_whole(view, "changes of indicators", make, *view.in_links, *asked)


def _by_area(item: Indicator, view: View) -> ByArea:
    def make() -> ByArea:
        catalogue = session.catalogue()
        found = changes_by_area(pictures.changes(view), item, areas_within(catalogue, view.area), catalogue)
        sentence = f"{intervals_sentence(found, STATES, 'change')} {missing.why_not(found)}".strip()
        return ByArea(found, title_of_changes(found, item), sentence, by_area_rows(found, item))

    return pictures.kept_whole(view, "changes by area", make, item.key)


def _own(view: View) -> pd.DataFrame:
    changed = pictures.changes(view)
    return changed[changed["area_code"].isin(areas_within(session.catalogue(), view.area))]

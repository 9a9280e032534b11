"""Places over time on the Compare page: a small panel for each, region by region, with one sentence and one table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.multiples import multiples_chart
from charts.palette import Palette
from charts.series import GAP
from charts.words import decimals_for, listed, number, plural
from components import banner, charts, comparing, html, levels, picture_file, session
from components.comparing_rows import TIME_COLUMNS, taken, time_rows
from components.comparing_words import Compared, method
from components.controls import View
from components.ready import Rows
from data.catalogue import Catalogue, Indicator

WIDTH = 308


@dataclass(frozen=True)
class Panels:
    """The figure of each region with what it says to those who do not see it, and the sentence and table of all."""

    figures: dict[str, tuple[go.Figure, str]]
    sentence: str
    rows: Rows
    data: pd.DataFrame
    key: str
    method: str


def of_time(shown: Compared, found: pd.DataFrame, england: pd.DataFrame, view: View, colours: Palette) -> Panels:
    """A small panel for each place, region by region; `found` holds all periods, `england` England's own rows."""
    item, catalogue = shown.item, session.catalogue()
    times = comparing.timeline(found, item)
    wide = comparing.over_time(found[found["area_type"] == shown.kind], shown.codes, times)
    names = {code: catalogue.areas[code].name for code in shown.codes}
    return Panels(
        _figures(shown, wide, england, colours),
        over_time_sentence(wide, shown, england),
        time_rows(wide, names, item, view),
        taken(found[found["area_code"].isin(shown.codes)]),
        f"over-time-{shown.kind}-{item.key}",
        method(shown),
    )


def show(made: Panels, view: View) -> None:
    """The panels beside one another, their sentence, and behind a click their table, CSV, pictures and method."""
    with st.container(horizontal=True):
        for region, (figure, alt) in made.figures.items():
            with st.container(width=WIDTH if len(made.figures) > 1 else "stretch"):
                charts.picture(figure, _key(region), alt)
    html.sentence(made.sentence)
    with st.expander("Table, CSV and method"):
        html.table(TIME_COLUMNS, made.rows, caption=made.sentence)
        charts.download(made.data, view, made.key, made.method)
        for region in made.figures:
            _offer_picture(region, view)
        html.quiet(f"{made.method} {charts.version_line(view)}")


def panels(shown: Compared, catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """The places of each figure, code and name: the areas of each region together, or all regions in one."""
    if shown.kind == "region":
        return {"Regions": {code: catalogue.areas[code].name for code in shown.codes}}
    regions = dict.fromkeys(catalogue.areas[code].parent for code in shown.codes)
    return {
        catalogue.areas[region].name: {
            code: catalogue.areas[code].name for code in shown.codes if catalogue.areas[code].parent == region
        }
        for region in sorted(regions)
    }


def over_time_sentence(wide: pd.DataFrame, shown: Compared, england: pd.DataFrame) -> str:
    """From when to when, which places have gaps, and how many areas England's line is the sum of."""
    periods = wide[wide["period_label"] != GAP]
    missing = periods[shown.codes].isna().sum()
    names = shown.rows.set_index("area_code")["area_name"]
    some = [
        f"{names[code]} ({missing[code]} of {len(periods)})" for code in shown.codes if 0 < missing[code] < len(periods)
    ]
    text = f"{plural(len(shown.codes), shown.noun)}, {plural(len(periods), 'period')} from {_ends(periods)}. "
    text += f"The number over a panel is its latest, the words over a region are those of {shown.period}. "
    text += "All panels have one scale, from nought. " if shown.item.measure != "count" else "Each has its own scale. "
    if some:
        text += f"A gap is a period without a figure, never a fall: {listed(some, 4)}. "
    return f"{text}{_coverage(england)}".strip() if shown.item.measure != "count" else text.strip()


def _figures(
    shown: Compared, wide: pd.DataFrame, england: pd.DataFrame, colours: Palette
) -> dict[str, tuple[go.Figure, str]]:
    """The figure of each region and what it says to those who do not see it."""
    count = shown.item.measure == "count"
    behind = None if count else comparing.england_over_time(england, wide)
    top = None if count else _top(wide[shown.codes], behind)
    decimals = decimals_for(shown.item.measure)
    found = {}
    for region, names in panels(shown, session.catalogue()).items():
        told = f"{region}: {panel_finding(shown.everyone[shown.everyone['area_code'].isin(list(names))])}"
        figure = multiples_chart(wide, names, colours, title=told, top=top, decimals=decimals, england=behind)
        latest = _latest(wide, names, shown.item)
        found[region] = (figure, f"{shown.item.name} over time, {told}. Latest: {latest}.")
    return found


def _latest(wide: pd.DataFrame, names: dict[str, str], item: Indicator) -> str:
    known = {name: wide[code].dropna() for code, name in names.items()}
    decimals = decimals_for(item.measure)
    return ", ".join(
        f"{name} {number(values.iloc[-1], decimals) if len(values) else 'no figure'}" for name, values in known.items()
    )


def _key(region: str) -> str:
    return f"panels-{region.lower().replace(' ', '-')}"


def _offer_picture(region: str, view: View) -> None:
    """The panels of a region as a picture to save, as `charts.show` offers every other chart."""
    html.quiet(f"{region}, as a picture:")
    notes = [charts.version_line(view), banner.notice(session.workspace().kind).capitalize()]
    key = _key(region)
    picture_file.offer(key, f"{key}-{view.indicator}-version-{view.version}", charts.colours(), notes)


def panel_finding(own: pd.DataFrame) -> str:
    """How the places of a figure stand against England in the period chosen."""
    counts = own["state"].value_counts()
    parts = [f"{counts[state]} {state}" for state in levels.WORDS if state in counts]
    return ", ".join(parts) if parts else "not compared with England"


def _top(values: pd.DataFrame, behind: pd.Series[float] | None) -> float:
    highest = values.max().max() if behind is None else max(values.max().max(), behind.max())
    return float(highest) if pd.notna(highest) and highest > 0 else 1.0


def _ends(periods: pd.DataFrame) -> str:
    return f"{periods['period_label'].iloc[0]} to {periods['period_label'].iloc[-1]}"


def _coverage(england: pd.DataFrame) -> str:
    included, expected = england["areas_included"].dropna(), england["areas_expected"].dropna()
    if included.empty:
        return ""
    low, high = int(included.min()), int(included.max())
    some = f"{low}" if low == high else f"{low} to {high}"
    return f"England’s quiet line is the sum of {some} of {int(expected.max())} areas, period by period."

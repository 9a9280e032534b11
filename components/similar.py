"""An area beside the areas most like it: which they are, why, how far apart they are, and their latest figures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.intervals import intervals_chart
from charts.palette import Palette
from charts.words import COMPARISON_WORDS, NOISE, NOT_CAUSE, day, decimals_for, listed, number, plural
from components import charts, html, session
from components.controls import View
from components.period import PERIOD
from components.pictures import kept, period_label, places
from data.catalogue import Catalogue, Indicator
from data.catalogue.similar import Characteristic, Similar, comparable_areas, load_similar
from metrics.change import difference
from metrics.comparison import against_benchmark
from metrics.places import benchmarks
from metrics.similar import Measured, growth, nearest, per_square_kilometre
from reports.expected import ENGLAND
from reports.figure_cells import METHOD_WORDS, figure_cell

MOST = 5
# A standard deviation apart on average: no longer much alike.
FAR = 1.0
WORDS = COMPARISON_WORDS | {"not_compared": "not compared with England"}
BESIDE = {
    "improved": "better than",
    "worsened": "worse than",
    "higher": "higher than",
    "lower": "lower than",
    "no_clear_change": "not clearly different from",
}
TOO_SMALL = (
    "{} has so few residents beside those who come to work there that it is like no other area. It is compared with "
    "none, and is nobody’s neighbour."
)
ABOUT = (
    "Similar means alike in what the table below shows and in nothing else: not in history, in money or in how "
    "services are run."
)


def show(view: View) -> None:
    """The view's indicator in the view's area and in the areas most like it; nothing for a region or England."""
    catalogue = session.catalogue()
    area, item = catalogue.areas[view.area], catalogue.indicators[view.indicator]
    if area.type != "police_force_area":
        return
    if not area.rates_given:
        html.sentence(TOO_SMALL.format(area.name))
        return
    known = reviewed()
    table = kept(view, "neighbours", lambda: neighbours(catalogue, known, view.area))
    html.sentence(chosen_sentence(known, table, area.name))
    html.quiet(f"{ABOUT} {too_small_names(catalogue)}")
    beside = list(table["area_code"])
    show_figures(
        kept(view, "similar areas", lambda: latest_of(places(view), item, beside, catalogue), item.key), item, view
    )
    html.table(columns(known), [row(line, known, view) for line in table.to_dict("records")], caption(known, area.name))
    charts.download(table, view, f"similar-{view.area}", method(known))
    with st.expander("Why these characteristics"):
        html.bullets(f"{item.name} (weight {item.weight:g}): {item.why}" for item in known.characteristics.values())
        html.quiet(method(known))


def show_figures(frame: pd.DataFrame, item: Indicator, view: View) -> None:
    """The latest figures of an area, which stands first in the frame, and of its neighbours, as intervals."""
    own = frame.iloc[0].to_dict()
    if frame["value"].isna().all():
        html.sentence(f"{item.name}: neither {own['name']} nor the areas like it have a figure.")
        return
    period = period_label(own["period_start"], own["period_end"], item.key)
    line = frame["benchmark"].iloc[0]
    figure = charts.drawn(
        _roomy,
        frame,
        charts.colours(),
        title=f"{item.name}, {period}: {beside_sentence(frame)}",
        unit=item.unit,
        words=WORDS,
        line=None if pd.isna(line) else float(line),
        line_name=f"England {number(line, decimals_for(item.measure))}",
        decimals=decimals_for(item.measure),
    )
    sentence = f"{item.name}, {period}: {beside_sentence(frame)}. {missing_sentence(frame)}{NOISE} {NOT_CAUSE}"
    charts.show(figure, sentence, view, key=f"similar-{view.area}-{item.key}", columns=FIGURES,
                rows=[figure_row(line, item) for line in frame.to_dict("records")], data=frame,
                method=f"{METHOD_WORDS[item.measure]} Differences between areas by MOVER on 95 % limits.")  # fmt: skip


def _roomy(frame: pd.DataFrame, colours: Palette, **words: Any) -> go.Figure:
    """Intervals with room for every name; the figure is finished here, because it is kept and shared."""
    return intervals_chart(frame, colours, **words).update_layout(height=380).update_yaxes(dtick=1)


FIGURES = [
    html.Column("Area"),
    html.Column("Figure", numeric=True),
    html.Column("Against England"),
    html.Column("This area is"),
    html.Column("Why not"),
]


@st.cache_resource
def reviewed() -> Similar:
    """The reviewed characteristics, groups and facts."""
    return load_similar(session.catalogue())


def neighbours(catalogue: Catalogue, known: Similar, area: str) -> pd.DataFrame:
    """The area and the five most like it, or those that people chose: characteristics, distance, `chosen`, name."""
    measured = {key: Measured(item.scale, item.weight) for key, item in known.characteristics.items()}
    found = nearest(characteristics(catalogue, known), area, measured)
    found = found.assign(name=found["area_code"].map({code: item.name for code, item in catalogue.areas.items()}))
    group = known.groups.get(area)
    beside = found[found["rank"] <= MOST] if group is None else found[found["area_code"].isin(group.neighbours)]
    return pd.concat([found[found["area_code"] == area], beside.sort_values("distance")], ignore_index=True)


def characteristics(catalogue: Catalogue, known: Similar) -> pd.DataFrame:
    """Every force area of England with its characteristics; those too small to have rates are marked left out."""
    comparable = comparable_areas(catalogue)
    areas = [code for code, area in catalogue.areas.items() if area.type == "police_force_area"]
    areas = [code for code in areas if not catalogue.areas[code].comparator_only]
    people = catalogue.populations.pivot(index="area_code", columns="mid_year", values="population").reindex(areas)
    facts = known.facts.pivot(index="area_code", columns="characteristic", values="value").reindex(areas)
    return facts.assign(
        population=people[known.residents.latest],
        density=per_square_kilometre(people[known.residents.latest], facts["land_area"]),
        growth=growth(people[known.residents.latest], people[known.residents.earlier]),
        left_out=~facts.index.isin(comparable),
    ).reset_index()


def latest_of(everywhere: pd.DataFrame, item: Indicator, codes: list[str], catalogue: Catalogue) -> pd.DataFrame:
    """The figures of some areas in the newest period of the first of them, beside England and beside the first.

    `state` is the word against England, `beside` that of the first area against each other one, `benchmark` England's
    figure. An area that did not report is there without a value.
    """
    own = everywhere[(everywhere["indicator"] == item.key) & everywhere["area_code"].isin([*codes, ENGLAND])]
    period = newest_period(own[own["area_code"].isin(codes) & own["value"].notna()], codes)
    same = own.merge(period, on=PERIOD).set_index("area_code")
    found = same.reindex(codes).rename_axis("area_code").reset_index()
    dates = found[PERIOD].ffill().bfill()
    found = found.assign(period_start=dates["period_start"], period_end=dates["period_end"])
    england = benchmarks(own, ENGLAND).merge(period, on=PERIOD)["value"]
    line = float(england.iloc[0]) if item.measure != "count" and not england.empty else float("nan")
    compared = against_benchmark(found.assign(benchmark=line, polarity=item.polarity))
    names = [catalogue.areas[code].name for code in codes]
    return compared.assign(
        name=names,
        area_name=[f"{names[0]} (this area)", *names[1:]],
        state=compared["comparison"],
        beside=None if item.measure == "count" else _beside(found, item.polarity),
        reason=found["reason"].fillna("not reported").where(found["value"].isna()),
    )


def newest_period(known: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The newest period in which the first area and most of the others have a figure.

    Where there is none: the newest of the first area, else of most of the others, else of anybody.
    """
    areas = known.groupby(PERIOD)["area_code"].agg(set)
    own = pd.Series([codes[0] in found for found in areas], index=areas.index, dtype=bool)
    most = pd.Series([len(found) * 2 > len(codes) for found in areas], index=areas.index, dtype=bool)
    found = next((areas[kind] for kind in (own & most, own, most) if kind.any()), areas)
    return found.index.to_frame(index=False).tail(1)


def _beside(found: pd.DataFrame, polarity: str) -> pd.Series[str]:
    """How the first area's figure differs from each of the others; nothing for itself."""
    first = {name: found[name].iloc[0] for name in ("value", "lower", "upper")}
    others = {f"earlier_{name}": found[name] for name in first}
    words = difference(pd.DataFrame({**first, **others, "polarity": polarity}, index=found.index))["change"]
    return words.where(found.index != 0)


def chosen_sentence(known: Similar, table: pd.DataFrame, name: str) -> str:
    """Which areas stand beside an area, and whether people or the distance chose them."""
    others = listed(list(table["name"].iloc[1:]), 12)
    group = known.groups.get(str(table["area_code"].iloc[0]))
    if group is not None:
        who = f"{group.decided_by} on {day(group.decided_on)}"
        return f"Beside {name} stand {others}, chosen by {who} instead of the nearest: {group.why}"
    far = int((table["distance"].iloc[1:] > FAR).sum())
    note = f" {plural(far, 'of them is', 'of them are')} more than one standard deviation away, so not very alike."
    return f"The areas most like {name} are {others}.{note if far else ''}"


def beside_sentence(frame: pd.DataFrame) -> str:
    """How many of the neighbours the first area is better, worse or not clearly different from."""
    counts = frame["beside"].iloc[1:].value_counts()
    parts = [f"{words} {counts[state]}" for state, words in BESIDE.items() if state in counts]
    name, of = frame["name"].iloc[0], plural(len(frame) - 1, "similar area")
    return f"{name} is {listed(parts, len(parts))} of {of}" if parts else f"{name} beside {of}, not compared"


def missing_sentence(frame: pd.DataFrame) -> str:
    """Which of the areas have no figure."""
    names = list(frame.loc[frame["value"].isna(), "name"])
    return f"Without a figure: {listed(names, 12)}. " if names else ""


def figure_row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    """One area: its figure, the words against England and of the first area beside it, and why there is no figure."""
    word = "" if pd.isna(line["beside"]) else BESIDE.get(line["beside"], "")
    against = html.Cell(WORDS[line["state"]], line["state"])
    return [
        line["area_name"],
        figure_cell(item, line, ""),
        against,
        word,
        line["reason"] if pd.notna(line["reason"]) else "",
    ]


def columns(known: Similar) -> list[html.Column]:
    """The columns of the table of neighbours: one for each characteristic."""
    inner = [html.Column(f"{item.name} ({item.unit})", numeric=True) for item in known.characteristics.values()]
    return [html.Column("Area"), html.Column("Distance", numeric=True), *inner]


def row(line: dict[Any, Any], known: Similar, view: View) -> list[str | html.Cell]:
    """One area with its distance and the characteristics that made it."""
    own = line["area_code"] == view.area
    name = html.Cell(line["name"], detail="this area") if own else html.Cell(
        line["name"], href=view.link("area", area=line["area_code"]))  # fmt: skip
    inner = [_value(line[key], item) for key, item in known.characteristics.items()]
    return [name, "" if own else number(line["distance"], 2), *inner]


def _value(value: float, item: Characteristic) -> str:
    return number(value, 1 if item.scale == "plain" else 0)


def caption(known: Similar, name: str) -> str:
    """What the table of neighbours shows."""
    return f"{name} and its similar areas: distance in standard deviations, and the characteristics that make it"


def method(known: Similar) -> str:
    """How the distance is made, with the weights and the sources of the characteristics."""
    parts = [f"{item.name.lower()} {item.weight:g}{' (log)' if item.scale == 'log' else ''}"
             for item in known.characteristics.values()]  # fmt: skip
    sources = list(dict.fromkeys(item.source for item in known.characteristics.values()))
    return (
        f"Distance: root of the weighted mean of squared differences in standard deviations. Weights: "
        f"{listed(parts, len(parts))}. The characteristics are today’s, whichever data version is shown. "
        f"Sources: {'; '.join(sources)}."
    )


def too_small_names(catalogue: Catalogue) -> str:
    """Which areas are nobody's neighbour, because they have too few residents."""
    comparable = comparable_areas(catalogue)
    names = [
        area.name
        for code, area in catalogue.areas.items()
        if area.type == "police_force_area" and not area.comparator_only and code not in comparable
    ]
    return f"{listed(names)} is left out: small resident population." if names else ""

"""The same period as it was first published or reported, and as it stands now. Small numbers are hidden in both."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.words import day, decimals_for, interval, number, plural, signed, with_unit
from components import html, session
from components.controls import View
from data import differences, queries
from data.catalogue import Indicator
from reports.expected import areas_of, areas_within, memberships
from reports.places import figures

COLUMNS = [
    html.Column("Period"),
    html.Column("As it was", numeric=True),
    html.Column("Now", numeric=True),
    html.Column("Difference", numeric=True),
    html.Column("Edition then"),
    html.Column("Edition now"),
]
EDITION_COLUMNS = [
    html.Column("Edition"),
    html.Column("Source"),
    html.Column("Stored"),
    html.Column("Data version", numeric=True),
    html.Column("Figures of areas", numeric=True),
]
PERIOD = ["period_start", "period_end"]
SHOWN = ["value", "lower", "upper", "numerator"]
KEPT = [*PERIOD, *SHOWN, "areas_included"]
METHOD = (
    "Each earlier figure is as the data version before its correction showed it, with the same method and the "
    "population that stood then. A revision is new knowledge of the same period, not a change in it."
)
Line = dict[Any, Any]


def editions(view: View, item: Indicator) -> pd.DataFrame:
    """Every stored edition of the facts of the view's place and its areas that were stored more than once."""
    areas = {view.area, *areas_within(session.catalogue(), view.area)}
    return queries.revisions(session.cursor(), view.version, item.key, areas)


def revisions_of(view: View, item: Indicator, series: pd.DataFrame, stored: pd.DataFrame) -> pd.DataFrame:
    """Each figure of the series that was revised, once for each earlier edition of it, by period and oldest first.

    `stored` are the `editions`. Returned are `KEPT` (as it stands now), the same after `earlier_`, `earlier_version`
    (the last one that showed it so), `period_label`, and in words `edition` (where it came from then) and
    `edition_now`. A sum counts as revised only where it holds as many areas as it does now. What is hidden now, or was
    then, is left out.
    """
    now = series.dropna(subset=["indicator"]).set_index(PERIOD, drop=False)
    found = [
        _beside(now, _then(view, item.key, ended - 1), stored, ended)
        for ended in sorted(map(int, stored["until_version"].dropna().unique()))
    ]
    found = found or [_beside(now.head(0), now.head(0), stored, 1)]
    return pd.concat(found).sort_values(["period_end", "earlier_version"], ignore_index=True)


def sentence(found: pd.DataFrame, item: Indicator, series: pd.DataFrame) -> str:
    """How many of the figures were revised, and which by most."""
    figures = int((series["value"].notna() | series["numerator"].notna()).sum())
    if found.empty:
        return "No figure that can be shown in both editions was revised."
    first = found.drop_duplicates(PERIOD)
    sizes = _difference(first).abs()
    were = "was revised since it was" if len(first) == 1 else "were revised since they were"
    text = f"{len(first)} of {plural(figures, 'figure')} {were} first stored."
    if sizes.isna().all():
        return text
    line = first.iloc[int(sizes.argmax())].to_dict()
    was, now = (_figure(item, line, prefix) for prefix in ("earlier_", ""))
    return f"{text} The largest revision is of {line['period_label']}: {was} before, {now} now."


def row(item: Indicator, line: Line) -> list[str | html.Cell]:
    """One period in two editions, with the difference between them."""
    return [
        line["period_label"],
        html.Cell(_figure(item, line, "earlier_"), detail=_detail(item, line, "earlier_")),
        html.Cell(_figure(item, line, ""), detail=_detail(item, line, "")),
        _moved(item, line),
        line["edition"],
        line["edition_now"],
    ]


def edition_rows(stored: pd.DataFrame) -> list[list[str | html.Cell]]:
    """The `editions` that revised figures came in: source, who stored it and when."""
    named = stored.assign(edition=stored["edition"].where(stored["edition"] != "", stored["file_name"]))
    return [_edition_row(rows) for _, rows in named.groupby(["from_version", "edition"], sort=True)]


def _edition_row(rows: pd.DataFrame) -> list[str | html.Cell]:
    first = rows.iloc[0].to_dict()
    stored = f"on {day(first['sent_at'])} by {first['sent_by']}"
    return [first["edition"], first["source"], stored, str(first["from_version"]), number(len(rows))]


def _beside(now: pd.DataFrame, then: pd.DataFrame, stored: pd.DataFrame, ended: int) -> pd.DataFrame:
    """The figures that were corrected by one data version, as they are and as they were before it."""
    corrected, holding = stored[stored["until_version"] == ended], stored[stored["until_version"].isna()]
    own = now[now.index.isin(pd.MultiIndex.from_frame(corrected[PERIOD]))]
    area = str(own["area_code"].iat[0]) if len(own) else ""
    before = then[then["area_code"] == area].set_index(PERIOD, drop=False)[KEPT].reindex(own.index)
    both = own.assign(**{f"earlier_{name}": before[name] for name in KEPT}, earlier_version=ended - 1)
    both = both.loc[_shown(both) & _differ(both)].reset_index(drop=True)
    lines = both.to_dict("records")
    return both.assign(
        edition=[_edition(_rows(corrected, line)) for line in lines],
        edition_now=[_edition(_rows(holding, line)) for line in lines],
    )


def _shown(both: pd.DataFrame) -> pd.Series[bool]:
    """Which rows have a figure both then and now, and as a sum hold as many areas."""
    known = both["earlier_value"].notna() | both["earlier_numerator"].notna()
    held, before = (both[name].astype("float64").fillna(0) for name in ("areas_included", "earlier_areas_included"))
    return known & (both["value"].notna() | both["numerator"].notna()) & (held == before)


def _differ(both: pd.DataFrame) -> pd.Series[bool]:
    pairs = [
        (both[name].astype("float64"), both[f"earlier_{name}"].astype("float64")) for name in ("value", "numerator")
    ]
    value, count = ((now != then) & ~(now.isna() & then.isna()) for now, then in pairs)
    return value | count


def _rows(stored: pd.DataFrame, line: Line) -> pd.DataFrame:
    same: pd.Series[bool] = stored["period_start"].eq(line["period_start"]) & stored["period_end"].eq(
        line["period_end"]
    )
    return stored.loc[same]


def _edition(rows: pd.DataFrame) -> str:
    """The edition that figures came from, or where none is named their file."""
    return str(rows.iloc[-1]["edition"] or rows.iloc[-1]["file_name"]) if len(rows) else ""


def _figure(item: Indicator, line: Line, prefix: str) -> str:
    decimals = decimals_for(item.measure)
    value, count = line[f"{prefix}value"], line[f"{prefix}numerator"]
    return with_unit(number(value, decimals), item.unit) if pd.notna(value) else f"count {number(count)}"


def _detail(item: Indicator, line: Line, prefix: str) -> str:
    """The limits of a figure, and its count where it is a share or a rate."""
    if pd.isna(line[f"{prefix}value"]):
        return ""
    limits = interval(line[f"{prefix}lower"], line[f"{prefix}upper"], decimals_for(item.measure))
    count = line[f"{prefix}numerator"]
    return limits if item.measure == "count" or pd.isna(count) else f"{limits}, count {number(count)}"


def _difference(both: pd.DataFrame) -> pd.Series[float]:
    """Now minus then: of values, or of counts where no value is given."""
    values = both["value"] - both["earlier_value"]
    return values.fillna(both["numerator"] - both["earlier_numerator"]).astype("float64")


def _moved(item: Indicator, line: Line) -> html.Cell:
    count = line["numerator"] - line["earlier_numerator"]
    if pd.isna(line["value"]) or pd.isna(line["earlier_value"]):
        return html.Cell(f"count {signed(count, 0)}")
    moved = signed(line["value"] - line["earlier_value"], decimals_for(item.measure))
    detail = "" if item.measure == "count" or pd.isna(count) else f"count {signed(count, 0)}"
    return html.Cell(moved, detail=detail)


def _then(view: View, indicator: str, version: int) -> pd.DataFrame:
    return _shown_then(session.workspace().settings.database, version, indicator, view.version)


@st.cache_resource(max_entries=64, show_spinner="Looking up earlier editions …")
def _shown_then(database: str, version: int, indicator: str, later: int) -> pd.DataFrame:
    """One indicator in every place as a data version showed it, small numbers hidden; figures only, no texts.

    Only of the periods in which a fact differs from the later version: a figure, its sums and what is hidden beside it
    depend on nothing but their indicator and period.
    """
    catalogue, connection = session.catalogue(), session.cursor()
    touched = differences.touched_periods(connection, version, later)
    only = {"indicator": indicator, "periods": touched[touched["indicator"] == indicator]}
    return figures(connection, catalogue, version, memberships(areas_of(catalogue)), **only)[["area_code", *KEPT]]

"""Targets as sentences and rows: those that stand, each place of one, and those that were changed or ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from charts.words import day, decimals_for, number, plural, with_unit
from components import html
from components.controls import View, area_label
from components.pictures import period_label
from components.targeting import STATUSES
from data.catalogue import Catalogue

STANDING_COLUMNS = [
    html.Column("Indicator"),
    html.Column("For"),
    html.Column("Target"),
    html.Column("Where it stands"),
    html.Column("Agreed by, and why"),
    html.Column("Stands from"),
]
PLACE_COLUMNS = [
    html.Column("Area"),
    html.Column("Where it stands"),
    html.Column("Covered of the way", numeric=True),
    html.Column("Passed of the time", numeric=True),
    html.Column("Baseline", numeric=True),
    html.Column("Latest", numeric=True),
]
ENDED_COLUMNS = [
    html.Column("Indicator"),
    html.Column("For"),
    html.Column("Target"),
    html.Column("Agreed by, and why"),
    html.Column("Stood"),
    html.Column("Ended by, and why"),
]
NONE = "No target stands. The consensus sets none, and this dashboard never invents one."
EVERY = "every area"
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def answer(targets: pd.DataFrame, places: pd.DataFrame) -> str:
    """How many targets stand, and where they stand place by place."""
    if targets.empty:
        return NONE
    every = int(targets["area_code"].isna().sum())
    spread = f", {every} of them for every area. Counted place by place that is {len(places)}" if every else ""
    stand = "target stands" if len(targets) == 1 else "targets stand"
    return f"{len(targets)} {stand}{spread}: {counts(places)}."


def within(places: pd.DataFrame, codes: Collection[str], place: str) -> str:
    """How many targets stand in a place that is not the whole country, and how they stand; `codes` are its areas."""
    own = places[places["area_code"].isin(codes)]
    return f"{place}: {len(own)} of these {len(places)}: {counts(own)}." if len(own) else f"{place} has none of them."


def counts(places: pd.DataFrame) -> str:
    """How many places have achieved their target, are on track, and so on, the best first."""
    found = places["status"].value_counts()
    return ", ".join(f"{found[status]} {words}" for status, (_, words) in STATUSES.items() if found.get(status, 0))


def standing_rows(targets: pd.DataFrame, places: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per target; one for every area counts where they stand."""
    of = dict(iter(places.groupby("number")))
    return [_standing(line, of.get(line["number"]), catalogue, view) for line in targets.to_dict("records")]


def place_rows(places: pd.DataFrame, catalogue: Catalogue) -> Rows:
    """One row per place that a target is for, in the order of `components.targeting.STATUSES`."""
    order = places["status"].map({status: at for at, status in enumerate(STATUSES)})
    names = places["area_code"].map(lambda code: area_label(catalogue, code))
    found = places.assign(order=order, name=names).sort_values(["order", "name"])
    return [_place(line, catalogue) for line in found.to_dict("records")]


def ended_rows(ended: pd.DataFrame, catalogue: Catalogue) -> Rows:
    """One row per target that stands no longer."""
    return [
        [
            html.Cell(_name(line, catalogue), detail=_invented(line)),
            where(line["area_code"], catalogue),
            _target(line, catalogue),
            html.Cell(line["agreed_by"], detail=line["reason"]),
            f"versions {line['from_version']} to {int(line['until_version']) - 1}",
            html.Cell(_text(line["ended_by"]) or "not known", detail=_text(line["end_reason"])),
        ]
        for line in ended.to_dict("records")
    ]


def where(code: object, catalogue: Catalogue) -> str:
    """The place of a target in words."""
    return area_label(catalogue, code) if isinstance(code, str) and code in catalogue.areas else EVERY


def label(line: Line, catalogue: Catalogue) -> str:
    """A target as a list of them names it: its place, value and day, nothing that somebody typed."""
    return f"{where(line['area_code'], catalogue)}: {_target(line, catalogue)}"


def without(catalogue: Catalogue, targets: pd.DataFrame) -> str:
    """How many indicators have no target, and how many may have none."""
    none = [item for item in catalogue.indicators.values() if item.polarity == "no_judgement"]
    have = set(targets["indicator"])
    free = len(catalogue.indicators) - len(none) - len(have & set(catalogue.indicators))
    return (
        f"{plural(free, 'indicator')} that may have a target {'has' if free == 1 else 'have'} none. {len(none)} must "
        "not have one, because nobody can say whether more of them or less is better."
    )


def overtaken(beyond: int, places: int, place: str) -> str:
    """That a target would be on the wrong side of the baseline; nothing where it would not."""
    if not beyond:
        return ""
    at = place if places == 1 else f"{beyond} of {plural(places, 'area')}"
    return (
        f"This value is on the wrong side of the baseline in {at}: they start beyond it already, so their progress "
        "cannot be calculated. You may set it all the same."
    )


def _standing(line: Line, places: pd.DataFrame | None, catalogue: Catalogue, view: View) -> list[str | html.Cell]:
    name = html.Cell(_name(line, catalogue), href=_link(line, view), detail=_invented(line))
    made = html.Cell(line["agreed_by"], detail=line["reason"])
    since = html.Cell(f"version {line['from_version']}", detail=_since(line))
    return [name, where(line["area_code"], catalogue), _target(line, catalogue), _progress(line, places), made, since]


def _progress(line: Line, places: pd.DataFrame | None) -> html.Cell:
    """Where a target stands: how many of its areas where it is for every one."""
    if places is None or places.empty:
        return html.Cell("every area has a target of its own", "absent")
    if not isinstance(line["area_code"], str):
        return html.Cell(counts(places), detail=f"of {plural(len(places), 'area')}")
    single = places.iloc[0].to_dict()
    state, words = STATUSES[single["status"]]
    way = f"{_share(single['progress'])} of the way in {_share(single['expected'])} of the time"
    return html.Cell(words, state, detail=_why(single) or ("" if pd.isna(single["progress"]) else way))


def _single(line: Line) -> list[str | html.Cell]:
    state, words = STATUSES[line["status"]]
    return [html.Cell(words, state, detail=_why(line)), _share(line["progress"]), _share(line["expected"])]


def _why(line: Line) -> str:
    return _text(line["reason"]) if line["status"] == "cannot_be_calculated" else ""


def _place(line: Line, catalogue: Catalogue) -> list[str | html.Cell]:
    name = area_label(catalogue, line["area_code"])
    return [name, *_single(line), _figure(line, "baseline", catalogue), _figure(line, "latest", catalogue)]


def _figure(line: Line, which: str, catalogue: Catalogue) -> str | html.Cell:
    if pd.isna(line[which]):
        return "–"
    item = catalogue.indicators[line["indicator"]]
    period = period_label(line[f"{which}_start"], line[f"{which}_date"], item.key)
    return html.Cell(with_unit(number(line[which], decimals_for(item.measure)), item.unit), detail=period)


def _target(line: Line, catalogue: Catalogue) -> str:
    item = catalogue.indicators.get(line["indicator"])
    decimals, unit = (decimals_for(item.measure), item.unit) if item else (1, "")
    return f"{with_unit(number(line['value'], decimals), unit)} by {day(line['due'])}"


def _name(line: Line, catalogue: Catalogue) -> str:
    item = catalogue.indicators.get(line["indicator"])
    return item.name if item else str(line["indicator"])


def _link(line: Line, view: View) -> str:
    if line["indicator"] not in view.words["indicator"]:
        return ""
    area = line["area_code"] if isinstance(line["area_code"], str) else view.area
    return view.link("over_time", indicator=line["indicator"], area=area)


def _since(line: Line) -> str:
    when: str = "" if pd.isna(line["as_of"]) else day(line["as_of"])
    who = f"set by {line['set_by']}" if _text(line["set_by"]) else ""
    return ", ".join(part for part in (when, who) if part)


def _invented(line: Line) -> str:
    return "invented for demonstration" if line["invented"] else ""


def _share(value: float) -> str:
    return "–" if pd.isna(value) else f"{number(value * 100)} %"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

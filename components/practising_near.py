"""Areas with a similar problem that tried something: what they tried, and why each is listed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from charts.words import listed
from components import html, pictures, session, similar
from components.controls import View, area_label
from components.practising_rows import of_area, strength_words
from data.catalogue import Catalogue
from data.catalogue.practice import Library
from data.catalogue.similar import comparable_areas
from reports.evidence import latest
from reports.expected import ENGLAND, areas_within

WORSENED, WORSE = "worsened since July 2025", "worse than England"
ALIKE = "one of the areas most like {}"
MOST = 3
COLUMNS = [
    html.Column("Area"),
    html.Column("What it tried"),
    html.Column("How strong the evidence is"),
    html.Column("Speaks to"),
    html.Column("Why it is listed"),
]
RULE = (
    "Listed are areas that have an entry on the commitment and where one of its indicators worsened since July 2025 or "
    "stands worse than England, as it does here; and those among the areas most like this one. What a paper of 2016 "
    "tells of answered earlier figures than these."
)
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


def problems(view: View) -> pd.DataFrame:
    """What is not well in each place: area_code, indicator, and `how`: worsened since July 2025, worse than England."""
    return pictures.kept(view, "problems", lambda: _problems(view))


def _problems(view: View) -> pd.DataFrame:
    changed = pd.concat([pictures.changes(view), pictures.changes_of_sums(view)])
    worsened = changed.loc[changed["change"] == "worsened", ["area_code", "indicator"]].assign(how=WORSENED)
    now = latest(pictures.places(view))
    worse = now.loc[now["comparison"] == "worse", ["area_code", "indicator"]].assign(how=WORSE)
    return pd.concat([worsened, worse], ignore_index=True)


def found(view: View, frame: pd.DataFrame, commitments: Collection[str]) -> pd.DataFrame:
    """The entries of other areas on the commitments, with `area_code` and `why`, where there is a reason to list it."""
    catalogue = session.catalogue()
    others = [code for code in areas_within(catalogue, ENGLAND) if code != view.area]
    asked = frame.loc[[bool(set(keys) & set(commitments)) for keys in frame["commitments"]]]
    tried = of_area(asked, others)
    if tried.empty:
        return tried.assign(why="")
    shared = pictures.kept_whole(view, "shared problems", lambda: _shared(view, catalogue))
    alike = pictures.kept_whole(view, "alike areas", lambda: alike_areas(catalogue, view.area))
    why = [
        _why(line["area_code"], set(line["commitments"]) & set(commitments), shared, alike, catalogue, view.area)
        for line in tried.to_dict("records")
    ]
    tried = tried.assign(why=why, name=[catalogue.areas[code].name for code in tried["area_code"]])
    return tried[tried["why"] != ""].sort_values(["name", "title"], kind="stable")


def shared_problems(found: pd.DataFrame, area: str, catalogue: Catalogue) -> pd.DataFrame:
    """What is not well here and there: area_code (of the other), indicator, `here` and `there`, how; `commitments`."""
    merged = found.groupby(["area_code", "indicator"])["how"].agg(" and ".join).reset_index()
    here = merged[merged["area_code"] == area][["indicator", "how"]].rename(columns={"how": "here"})
    both = merged[merged["area_code"] != area].merge(here, on="indicator").rename(columns={"how": "there"})
    return both.assign(
        commitments=both["indicator"].map({key: one.commitments for key, one in catalogue.indicators.items()})
    )


def _shared(view: View, catalogue: Catalogue) -> dict[str, list[Line]]:
    """What `shared_problems` finds, by area."""
    found: dict[str, list[Line]] = {}
    for line in shared_problems(problems(view), view.area, catalogue).to_dict("records"):
        found.setdefault(line["area_code"], []).append(line)
    return found


def alike_areas(catalogue: Catalogue, area: str) -> set[str]:
    """The areas that stand beside an area as similar; none for a region, England or one too small to be compared."""
    if area not in comparable_areas(catalogue):
        return set()
    return set(similar.neighbours(catalogue, similar.reviewed(), area)["area_code"]) - {area}


def rows(near: pd.DataFrame, library: Library, view: View) -> Rows:
    """One row for each entry of another area, with why the area is listed."""
    return [
        [
            html.Cell(line["name"], href=view.link("area", area=line["area_code"])),
            html.Cell(line["title"], detail=f"Reported: {line['reported']}"),
            strength_words(line["strength"], library),
            ", ".join(line["commitments"]),
            line["why"],
        ]
        for line in near.to_dict("records")
    ]


def _why(
    other: str,
    commitments: Collection[str],
    shared: dict[str, list[Line]],
    alike: set[str],
    catalogue: Catalogue,
    area: str,
) -> str:
    same = [line for line in shared.get(other, []) if set(line["commitments"]) & set(commitments)]
    where = area_label(catalogue, area)
    parts = [_both(line, catalogue, where) for line in same[:MOST]]
    parts += [f"{len(same) - MOST} more indicators"] if len(same) > MOST else []
    parts += [ALIKE.format(where)] if other in alike else []
    return "; ".join(parts)


def _both(line: Line, catalogue: Catalogue, where: str) -> str:
    name = catalogue.indicators[line["indicator"]].name
    if line["here"] == line["there"]:
        return f"{name}: {line['here']}, as in {where}"
    return f"{name}: {line['there']} (in {where}: {line['here']})"


def names(near: pd.DataFrame) -> str:
    """The areas that are listed, in a sentence."""
    return listed(sorted(near["name"].unique()), 8)

"""What differs between two data versions, in sentences: the answer, and one for each change that matters most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.words import CHANGE_WORDS, decimals_for, interval, listed, number, plural, signed, with_unit
from components import html, session
from components.changed import Changed
from components.controls import View, area_label
from components.pictures import period_label
from components.since import named
from metrics.changed import concerning
from reports.figure_cells import difference_unit

MOST, NAMED = 15, 3
BEYOND = (
    "“Beyond the usual variation” rests on 99.8 % limits adjusted for overdispersion, because areas usually vary by "
    "more than counting noise."
)
SIDES = {"high": "above", "low": "below"}
Line = dict[Any, Any]


@dataclass(frozen=True)
class Matter:
    """What matters: its order, how large it is within that, its mark, its sentence with a link, and how many changes it
    tells of."""

    order: int
    size: float
    state: str
    where: str
    href: str
    text: str
    changes: int


def answer(found: Changed) -> str:
    """How many figures, words and fits are others now, in one sentence."""
    where = area_label(session.catalogue(), found.now.area)
    if found.nothing:
        return f"{where}: nothing changed between {named(found.then)} and {named(found.now)}."
    counts = found.counts.groupby("state")["facts"].sum()
    values = [plural(int(counts.get("new", 0)), "new figure"), f"{counts.get('corrected', 0):,} corrected",
              f"{counts.get('withdrawn', 0):,} withdrawn"]  # fmt: skip
    return f"{where}, since {named(found.then)}: {', '.join(values)}; {', '.join(_moved(found))}."


def more(found: Changed) -> str:
    """What else differs: insights, ranks, what became overdue, and what is not a figure; empty if nothing."""
    told, agreed = (frame["state"].value_counts() for frame in (found.insights, found.agreements))
    counts = {
        ("new insight", "new insights"): int(told.get("new", 0)),
        ("insight corrected", "insights corrected"): int(told.get("corrected", 0)),
        ("insight withdrawn", "insights withdrawn"): int(told.get("withdrawn", 0)),
        ("figure newly beyond the usual variation", "figures newly beyond the usual variation"): int(
            newcomers(found.attention).sum()
        ),
        ("figure newly overdue", "figures newly overdue"): int(found.overdue["state"].notna().sum()),
        ("target changed", "targets changed"): len(found.targets),
        ("indicator agreed", "indicators agreed"): int(agreed.get("new", 0)),
        ("indicator no longer agreed", "indicators no longer agreed"): int(agreed.get("withdrawn", 0)),
        ("definition changed", "definitions changed"): len(found.definitions),
        ("population estimate changed", "population estimates changed"): len(found.populations),
    }
    parts = [plural(count, one, many) for (one, many), count in counts.items() if count]
    return f"Also: {', '.join(parts)}." if parts else ""


def matters(found: Changed) -> list[Matter]:
    """Every change that deserves a sentence, the gravest first; several areas of one kind share a sentence."""
    every = [*_status_matters(found), *_fit_matters(found), *_attention_matters(found), *_correction_matters(found)]
    return sorted(every, key=lambda matter: (matter.order, -matter.size, matter.where, matter.text))


def matter_rows(found: list[Matter]) -> list[list[str | html.Cell]]:
    """The first of them as rows: where, with a link, and the sentence with its mark."""
    return [[html.Cell(line.where, href=line.href), html.Cell(line.text, line.state)] for line in found[:MOST]]


def newcomers(attention: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of `Changed.attention` are beyond the limits now and were not."""
    return attention["rank"].notna() & attention["was_rank"].isna()


def own_areas(found: Changed) -> pd.DataFrame:
    """The statuses of single areas, without the sum over them."""
    single = session.catalogue().areas[found.now.area].type == "police_force_area"
    return found.statuses if single else found.statuses[found.statuses["area_code"] != found.now.area]


def area_link(line: Line, view: View) -> str:
    """The Area page of a row at its indicator, or the Commitment page of its place."""
    if "commitment" in line:
        return view.link("commitment", commitment=line["commitment"], area=line["area_code"])
    return view.link("area", area=line["area_code"], indicator=line["indicator"])


def _moved(found: Changed) -> list[str]:
    words = own_areas(found)["change"].value_counts()
    here = found.fits[found.fits["area_code"] == found.now.area]["fit"].value_counts()
    return [
        f"{words.get('worsened', 0)} newly worsened",
        f"{words.get('improved', 0)} newly improved",
        f"{plural(int(here.get('dissonant', 0)), 'commitment')} newly dissonant",
    ]


def _status_matters(found: Changed) -> Iterable[Matter]:
    """A sentence for each indicator that moved one way: of the place itself, of one area, or of several."""
    beyond = concerning(found.statuses, "beyond")
    lines = [
        line | {"order": _status_order(line, bool(grave)), "clear": _clearness(line)}
        for grave, line in zip(beyond, found.statuses.to_dict("records"), strict=True)
    ]
    keys = ("order", "indicator", "was_change", "change", "why")
    for group in _alike([line for line in lines if line["order"]], found.now, *keys):
        yield _status_matter(group, found.now)


def _status_order(line: Line, grave: bool) -> int:
    """Where a word of change stands among what matters; 0 is nowhere."""
    if line["change"] == "worsened":
        return 1 if grave else 3
    if line["change"] == "improved":
        return 7
    return 8 if line["was_change"] in ("worsened", "improved") else 0


def _status_matter(group: list[Line], view: View) -> Matter:
    first = max(group, key=lambda line: line["clear"])
    item = session.catalogue().indicators[first["indicator"]]
    newly = first["change"] in ("worsened", "improved")
    word = f"newly {first['change']}" if newly else f"no longer {first['was_change']}"
    was = "" if not newly else f", before “{CHANGE_WORDS[first['was_change']]}”"
    now = "" if newly else f", now “{CHANGE_WORDS[first['change']]}”"
    beyond = " Beyond the usual variation between areas’ changes." if first["order"] == 1 else ""
    told = f"{item.name}: {word} since July 2025{_in_areas(group)}{was}{now}.{_difference(first, group)}{beyond}"
    return _matter(first["order"], first["clear"], first["change"], group, view, f"{told} Why: {first['why']}.")


def _alike(lines: list[Line], view: View, *keys: str) -> list[list[Line]]:
    """The lines that share these keys; the place in view itself stays apart from its areas."""
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault((line["area_code"] == view.area, *(line[key] for key in keys)), []).append(line)
    return list(groups.values())


def _matter(order: int, size: float, state: str, group: list[Line], view: View, text: str) -> Matter:
    """A sentence with its link: one area's own page, or the commitment that the indicator of several areas informs."""
    first = group[0]
    areas = len({line["area_code"] for line in group})
    if areas == 1:
        return Matter(order, size, state, _place(first), area_link(first, view), text, len(group))
    commitment = first.get("commitment") or session.catalogue().indicators[first["indicator"]].commitments[0]
    chosen = {"commitment": commitment} | ({"indicator": first["indicator"]} if "indicator" in first else {})
    return Matter(order, size, state, f"{areas} areas", view.link("commitment", **chosen), text, len(group))


def _in_areas(group: list[Line]) -> str:
    return f" in {listed(sorted(map(_place, group)), NAMED)}" if len(group) > 1 else ""


def _difference(line: Line, group: list[Line]) -> str:
    """The change with its limits and the period it ends with, where there is one; of several areas the clearest."""
    if pd.isna(line["difference"]):
        return ""
    item = session.catalogue().indicators[line["indicator"]]
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    period = period_label(line["period_start"], line["period_end"], item.key)
    which = f" Clearest in {_place(line)}:" if len(group) > 1 else ""
    return f"{which} {signed(line['difference'], decimals)} {limits} {difference_unit(item)}, {period}."


def _clearness(line: Line) -> float:
    """How large a change is beside its own limits."""
    width = line["difference_upper"] - line["difference_lower"]
    return abs(line["difference"]) / width if pd.notna(width) and width > 0 else 0.0


def _fit_matters(found: Changed) -> Iterable[Matter]:
    """A sentence for each commitment whose numbers and voices disagree, or agree, as they did not."""
    newly = found.fits[found.fits["fit"].isin(["dissonant", "convergent"])]
    for group in _alike(newly.to_dict("records"), found.now, "commitment", "fit"):
        here, apart = group[0]["area_code"] == found.now.area, group[0]["fit"] == "dissonant"
        order = (2 if here else 5) if apart else 9
        yield _matter(order, len(group), group[0]["fit"], group, found.now, _fit_sentence(group, apart))


def _fit_sentence(group: list[Line], apart: bool) -> str:
    key = group[0]["commitment"]
    word = "now disagree (dissonant)" if apart else "now say the same (convergent)"
    before = listed(sorted({line["was_fit"] for line in group}))
    title = session.catalogue().commitments[key].title
    return f"{key} {title}: numbers and voices {word}{_in_areas(group)}; before {before}."


def _attention_matters(found: Changed) -> Iterable[Matter]:
    """A sentence for each area that is newly beyond the usual variation, on the side that is worse."""
    worse = concerning(found.attention) & newcomers(found.attention).to_numpy(dtype=bool)
    for line in found.attention[worse].to_dict("records"):
        item = session.catalogue().indicators[line["indicator"]]
        period = period_label(line["period_start"], line["period_end"], item.key)
        figure = with_unit(number(line["value"], decimals_for(item.measure)), item.unit)
        side = f"now {SIDES[line['attention']]} the usual variation between areas"
        text = f"{item.name}: {figure}, {period}, {side}. Why: {line['why']}."
        yield _matter(4, line["distance"], "worse", [line], found.now, text)


def _correction_matters(found: Changed) -> Iterable[Matter]:
    """A sentence for each indicator with figures of whole areas that were corrected by more than a fifth."""
    figures, known = found.figures, list(session.catalogue().indicators)
    whole = (figures["breakdown_type"] == "") & (figures["organisation"] == "") & figures["indicator"].isin(known)
    much = figures[whole & (figures["state"] == "corrected") & figures["much"]]
    share = much["moved"].abs() / much["was_value"].abs()
    for _, lines in much.assign(share=share).sort_values("share", ascending=False).groupby("indicator"):
        group = lines.to_dict("records")
        yield _matter(6, group[0]["share"], "", group, found.now, _correction_sentence(group))


def _correction_sentence(group: list[Line]) -> str:
    first, item = group[0], session.catalogue().indicators[group[0]["indicator"]]
    decimals = decimals_for(item.measure)
    was, now = (number(first[name], decimals) for name in ("was_value", "value"))
    period = period_label(first["period_start"], first["period_end"], item.key)
    moved = f"from {was} to {with_unit(now, item.unit)} ({signed(first['moved'], decimals)}), {period}"
    if len(group) == 1:
        return f"{item.name}: corrected by more than a fifth, {moved}."
    return f"{item.name}: {len(group)} figures corrected by more than a fifth, most in {_place(first)}: {moved}."


def _place(line: Line) -> str:
    return area_label(session.catalogue(), line["area_code"])

"""Whether one place changed more than another since July 2025: two choices, a sentence, and three intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.intervals import intervals_chart
from charts.words import CHANGE_WORDS, NOT_CAUSE, decimals_for, interval, signed
from components import charts, html, session
from components.addressed import settle
from components.controls import View, area_label
from components.pictures import changes, kept_while_same, period_label
from components.ready import Chart
from data.catalogue import Catalogue, Indicator
from metrics.regional import in_contrast, two_changes
from reports.expected import ENGLAND, areas_within
from reports.figure_cells import CANNOT, STATES, difference_unit

REST = "rest"
# Measures whose sums over areas have limits.
SUMMED = ("proportion", "rate", "count")
CONTRAST_WORDS = {
    "better": "improved more, or worsened less,",
    "worse": "improved less, or worsened more,",
    "higher": "rose more, or fell less,",
    "lower": "rose less, or fell more,",
    "no_clear_difference": "no clear difference",
}
WORDS = STATES | {state: words.rstrip(",") for state, words in CONTRAST_WORDS.items()}
COLUMNS = [
    html.Column("What"),
    html.Column("Change", numeric=True),
    html.Column("Word"),
    html.Column("From"),
    html.Column("To"),
    html.Column("Areas", numeric=True),
    html.Column("Why not"),
]
# In pixels: three rows under a long title.
HEIGHT = 330
ENDS = {"value": "", "lower": "_lower", "upper": "_upper"}
METHOD = (
    "MOVER (Zou and Donner 2008) applied to the two changes, on 95 % limits for counting noise. Sums cover only areas "
    "with both periods."
)
ABOUT = (
    "The change since the baseline of July 2025 in one place beside the change in another over the same periods. It "
    "describes; many other things differ between two places, so it does not show what caused the difference."
)
UNKNOWN = {
    "first": "The first place that was asked for cannot be chosen here, so the usual one is shown.",
    "second": (
        "The second place that was asked for cannot be chosen here, or shares areas with the first, so the usual one "
        "is shown."
    ),
}


def show(item: Indicator, view: View) -> None:
    """Ask for two places and show how far the first one's change differs from the second's, with limits."""
    catalogue = session.catalogue()
    first, second = choose(catalogue, view, sums=item.counts_add_up and item.measure in SUMMED)
    asked = first, second, st.context.theme.type
    kept_while_same(view, item.key, "contrast", lambda: _chart(item, view, first, second), *asked).show(view)


def _chart(item: Indicator, view: View, first: str, second: str) -> Chart:
    """The two changes and their difference; the sentence alone, where neither place has a change."""
    catalogue, own = session.catalogue(), changes(view)
    names = name_of(catalogue, first), name_of(catalogue, second)
    two = two_changes(own[own["indicator"] == item.key], *members(catalogue, first, second))
    found = {str(name): value for name, value in in_contrast(two, item.polarity).iloc[0].items()}
    said = sentence(two, found, item, names)
    if two["difference"].isna().all():
        return Chart(said)
    frame = three_rows(two, found, names)
    figure = intervals_chart(
        frame,
        charts.colours(),
        title=f"{item.name}: {finding(found, names)}",
        unit=f"change since July 2025, {difference_unit(item)}",
        words=WORDS,
        line=0.0,
        line_name="no change",
        decimals=decimals_for(item.measure),
        signed=True,
    ).update_layout(height=HEIGHT)
    return Chart(f"{said} {NOT_CAUSE}", figure, key=f"contrast-{item.key}", columns=COLUMNS,
                 rows=[row(line, item) for line in frame.to_dict("records")], data=frame, method=METHOD)  # fmt: skip


def choose(catalogue: Catalogue, view: View, *, sums: bool) -> tuple[str, str]:
    """Ask for two places that share no area, bound to the address as `first` and `second`.

    Usually the view's own place, or the first of all, and the rest of England. Without `sums` only single areas can be
    compared.
    """
    kinds = ("region", "police_force_area") if sums else ("police_force_area",)
    places = [code for code, area in catalogue.areas.items() if area.type in kinds and not area.comparator_only]
    columns = st.container(horizontal=True, vertical_alignment="bottom")
    places = sorted(places, key=lambda code: code != view.area)
    first = _ask(columns, "First place", "first", {code: name_of(catalogue, code) for code in places})
    others = [REST, *places] if sums else places
    words = {code: name_of(catalogue, code) for code in others if apart(catalogue, first, code)}
    return first, _ask(columns, "Second place", "second", words)


def apart(catalogue: Catalogue, first: str, second: str) -> bool:
    """Whether two places share no area; a region shares its own areas."""
    return second == REST or not set(areas_within(catalogue, first)) & set(areas_within(catalogue, second))


def members(catalogue: Catalogue, first: str, second: str) -> tuple[list[str], list[str]]:
    """The areas that make up each of two places; the rest of England is all that the first is not."""
    own = areas_within(catalogue, first)
    others = areas_within(catalogue, ENGLAND if second == REST else second)
    return own, [code for code in others if code not in own]


def name_of(catalogue: Catalogue, code: str) -> str:
    """A place's name; the rest of England has no code of its own."""
    return "The rest of England" if code == REST else area_label(catalogue, code)


def three_rows(two: pd.DataFrame, found: dict[str, Any], names: tuple[str, str]) -> pd.DataFrame:
    """The two changes and the difference between them, as a chart of intervals needs them."""
    known = two["change"].fillna("cannot_be_calculated") != "cannot_be_calculated"
    changed = two.assign(
        area_name=list(names),
        value=two["difference"].where(known),
        lower=two["difference_lower"],
        upper=two["difference_upper"],
        state=two["change"].fillna("cannot_be_calculated"),
    )
    limits = {name: found[f"difference_in_change{end}"] for name, end in ENDS.items()}
    last = {"area_name": "Difference", "state": found["contrast"], "reason": found["reason"], **limits}
    return pd.concat([changed, pd.DataFrame([last])], ignore_index=True)


def sentence(two: pd.DataFrame, found: dict[str, Any], item: Indicator, names: tuple[str, str]) -> str:
    """What the comparison says; that it is not yet due; or why else it cannot be made."""
    if found["contrast"] == "cannot_be_calculated":
        return f"{item.name}, change since July 2025 in {_both(names)}: {_why(two, found, names)}."
    decimals = decimals_for(item.measure)
    size = signed(found["difference_in_change"], decimals)
    limits = interval(found["difference_in_change_lower"], found["difference_in_change_upper"], decimals)
    return f"{item.name}: {finding(found, names)}. Difference in change {size} {difference_unit(item)} {limits}."


def finding(found: dict[str, Any], names: tuple[str, str]) -> str:
    """The word of the comparison between two places, as a title says it."""
    if found["contrast"] == "cannot_be_calculated":
        return f"no difference can be given between {_both(names)}"
    if found["contrast"] == "no_clear_difference":
        return f"no clear difference between {_both(names)} in their change since July 2025"
    second = names[1].replace("The rest", "the rest")
    return f"{names[0]} {CONTRAST_WORDS[found['contrast']]} than {second} since July 2025"


def row(line: dict[Any, Any], item: Indicator) -> list[str | html.Cell]:
    """A change, or the difference between two, with its limits, word, periods and areas."""
    decimals = decimals_for(item.measure)
    word = (CHANGE_WORDS | WORDS)[line["state"]]
    limits = f"{interval(line['lower'], line['upper'], decimals)} {difference_unit(item)}"
    known = pd.notna(line["value"])
    return [
        line["area_name"],
        html.Cell(signed(line["value"], decimals), detail=limits) if known else CANNOT,
        html.Cell(word, "similar" if line["state"] == "no_clear_difference" else line["state"]),
        period_label(line["earlier_period_start"], line["earlier_period_end"], item.key),
        period_label(line["period_start"], line["period_end"], item.key),
        _counted(line),
        line["reason"] if isinstance(line["reason"], str) else "",
    ]


def _ask(place: st.delta_generator.DeltaGenerator, label: str, key: str, words: dict[str, str]) -> str:
    if settle(key, words):
        st.warning(UNKNOWN[key])
    return place.selectbox(label, list(words), format_func=words.__getitem__, key=key, bind="query-params", width=300)


def _why(two: pd.DataFrame, found: dict[str, Any], names: tuple[str, str]) -> str:
    """Why there is no difference, with the place that has no change where it is only one of them."""
    without = [name for name, reason in zip(names, two["reason"], strict=True) if isinstance(reason, str)]
    if len(without) != 1:
        return str(found["reason"])
    place = without[0].replace("The rest", "the rest")
    return f"no difference can be given, because {place} has no change ({found['reason']})"


def _both(names: tuple[str, str]) -> str:
    return f"{names[0]} and {names[1].replace('The rest', 'the rest')}"


def _counted(line: dict[Any, Any]) -> str:
    included = line.get("areas_included")
    return "" if included is None or pd.isna(included) else f"{int(included)} of {int(line['areas_expected'])}"

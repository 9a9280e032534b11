"""The agenda of a review: exceptions as sentences with their figures, and the limits that each rests on.

`metrics.agenda` finds and ranks them; here they are put into words. Pages and the pack both call `exceptions` and
`of_actions`, and `agenda` for the order of both together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from charts.words import CHANGE_WORDS, day, decimals_for, interval, number, plural, signed, with_unit
from data import periods
from data.catalogue import Catalogue, Indicator
from metrics import agenda as rules
from reports.expected import ENGLAND, areas_within

AGENDA = ["place", "kind", *rules.SUBJECT, "sentence", "listed"]
ITEM = ["kind", *rules.SUBJECT, "tier", "size", "sentence"]
KIND_WORDS = {
    "worse": "Worse",
    "worsening": "Worsening",
    "dissonant": "Numbers and voices disagree",
    "newly_changed": "Newly changed",
    "action": "Action not done",
    "overdue": "Figures overdue",
    "silent": "Silent",
}
RANKING = (
    "At most 15 items are listed, the rest is counted. The kinds take turns, in this order: worse, worsening, "
    "dissonant, newly changed, actions not done, overdue, silent. Within a kind, what is an exception in more than one "
    "way comes first, then the largest. Worse and worsening rest on 99.8 % limits adjusted for overdispersion, newly "
    "changed on 95 % limits for counting noise; the other kinds are counted."
)
SIDES = {"high": "above", "low": "below"}
NUMBERS = {"positive": "more improved", "negative": "more worsened"}
VOICES = {"positive": "mostly works", "negative": "mostly does not"}
Line = dict[Any, Any]


@dataclass(frozen=True)
class Evidence:
    """What an agenda of a place is made from, of one data version: `figures` of `reports.places`, `changed` and `fates`
    of `evidence.changes` and `evidence.due`, and its `evidence.picture` and `evidence.joint_displays`."""

    figures: pd.DataFrame
    changed: pd.DataFrame
    fates: pd.DataFrame
    picture: pd.DataFrame
    joint_displays: pd.DataFrame


def exceptions(catalogue: Catalogue, area: str, now: Evidence, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every exception in a place but the actions, not ranked yet: `ITEM`. It holds no text that a person wrote.

    `before` are the changes at the version of the former review; without it nothing is newly changed.
    """
    codes, everyone = areas_within(catalogue, area), areas_within(catalogue, ENGLAND)
    areas, whole = now.joint_displays, now.picture.assign(area_code=area)
    fits = areas if codes == [area] else pd.concat([whole, areas], ignore_index=True)
    found: list[tuple[pd.DataFrame, Callable[[Line, Catalogue], str]]] = [
        (rules.worse(now.figures, everyone, codes, ENGLAND), _worse),
        (rules.worsening(now.changed, codes), _worsening),
        (rules.dissonant(fits, area), _dissonant),
        (rules.overdue(now.fates, codes), _overdue),
        (rules.silent(areas, area), _silent),
    ]
    if before is not None:
        found.append((rules.newly_changed(before, now.changed, codes), _newly_changed))
    return pd.concat([_items(frame, catalogue, words) for frame, words in found], ignore_index=True)


def of_actions(actions: pd.DataFrame, held_on: date) -> pd.DataFrame:
    """The actions of the former review that are still open on the day of a review, overdue ones first: `ITEM`."""
    kept = actions[actions["state"] == "open"]
    waits = (pd.Timestamp(held_on) - kept["due"]).dt.days
    sentences = [_action(line, held_on) for line in kept.to_dict("records")]
    made = {"kind": "action", "indicator": "", "tier": (waits <= 0).astype("int64"), "size": waits.astype("float64")}
    return kept.assign(**made, sentence=pd.Series(sentences, index=kept.index, dtype="str"))[ITEM]


def agenda(*parts: pd.DataFrame, most: int = rules.MOST) -> pd.DataFrame:
    """Exceptions and actions in one order: `AGENDA`, with `place` from 1; the first `most` are `listed`."""
    return rules.ranked(pd.concat([part[ITEM] for part in parts], ignore_index=True), most)


def counted(agenda: pd.DataFrame) -> str:
    """How many items of each kind are not listed, in a sentence; nothing where all are."""
    rest = agenda.loc[~agenda["listed"].astype(bool), "kind"].value_counts()
    parts = [f"{words.lower()} {rest[kind]:,}" for kind, words in KIND_WORDS.items() if kind in rest]
    return f"Not listed: {plural(int(rest.sum()), 'more item')} ({'; '.join(parts)})." if parts else ""


def _items(frame: pd.DataFrame, catalogue: Catalogue, words: Callable[[Line, Catalogue], str]) -> pd.DataFrame:
    """What the rules found with subject and sentence; an indicator stands for the first commitment it informs."""
    made = frame.assign(
        sentence=pd.Series([words(line, catalogue) for line in frame.to_dict("records")], frame.index, "str")
    )
    if "indicator" not in made:
        return made.assign(indicator="").assign(commitment=made.get("commitment", ""))[ITEM]
    first = {key: item.commitments[0] for key, item in catalogue.indicators.items()}
    return made.assign(commitment=made["indicator"].map(first))[ITEM]


def _worse(line: Line, catalogue: Catalogue) -> str:
    item = catalogue.indicators[line["indicator"]]
    decimals = decimals_for(item.measure)
    figure = (
        f"{with_unit(number(line['value'], decimals), item.unit)} {interval(line['lower'], line['upper'], decimals)}"
    )
    limits = _limits(line, decimals, least=0.0)
    return (
        f"{item.name}: {figure}, {_period(line, item)}, {SIDES[line['attention']]} the usual variation between areas "
        f"{limits}; England {number(line['benchmark'], decimals)}."
    )


def _worsening(line: Line, catalogue: Catalogue) -> str:
    item = catalogue.indicators[line["indicator"]]
    limits = _limits(line, decimals_for(item.measure))
    return f"{item.name}: worsened since July 2025 by {_change(line, item)}, beyond the usual variation {limits}."


def _newly_changed(line: Line, catalogue: Catalogue) -> str:
    item = catalogue.indicators[line["indicator"]]
    return (
        f"{item.name}: newly {line['change']} since July 2025, before “{CHANGE_WORDS[line['was_change']]}”: "
        f"{_change(line, item)} (95 % limits)."
    )


def _dissonant(line: Line, catalogue: Catalogue) -> str:
    title = catalogue.commitments[line["commitment"]].title
    return (
        f"{line['commitment']} {title}: numbers say “{NUMBERS[line['numbers']]}” ({line['improved']} improved, "
        f"{line['worsened']} worsened, by 95 % limits), people say “{VOICES[line['voices']]}” ({line['well']} works, "
        f"{line['badly']} does not, counted)."
    )


def _silent(line: Line, catalogue: Catalogue) -> str:
    title = catalogue.commitments[line["commitment"]].title
    sides = {"numbers": line["no_numbers"], "graded voices": line["no_voices"]}
    if line["areas"] == 1:
        return f"{line['commitment']} {title}: no {' and no '.join(name for name, count in sides.items() if count)}."
    missing = "; ".join(f"no {name} in {count}" for name, count in sides.items() if count)
    return f"{line['commitment']} {title}: silent in {line['silent']} of {line['areas']} areas ({missing})."


def _overdue(line: Line, catalogue: Catalogue) -> str:
    late = plural(line["figures"], "figure")
    return (
        f"{late} of {plural(line['indicators'], 'indicator')} overdue, of {line['fell_due']} that fell due in 12 "
        f"months; the longest since {day(line['since'])}."
    )


def _action(line: Line, held_on: date) -> str:
    due = line["due"]
    when = f"Overdue since {day(due)}" if due < pd.Timestamp(held_on) else f"Open, due {day(due)}"
    return f"{when}: {line['description']} Owner: {line['owner']}."


def _change(line: Line, item: Indicator) -> str:
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    unit = "percentage points" if item.unit == "%" else item.unit
    return f"{signed(line['difference'], decimals)} {limits} {unit}, {_period(line, item)}"


def _limits(line: Line, decimals: int, least: float = float("-inf")) -> str:
    """The limits in words; no count, share or rate is below the `least`, whatever the method says."""
    lower, upper = max(line["adjusted_lower_998"], least), line["adjusted_upper_998"]
    return f"(99.8 % limits adjusted for overdispersion: {number(lower, decimals)} to {number(upper, decimals)})"


def _period(line: Line, item: Indicator) -> str:
    return periods.label(line["period_start"].date(), line["period_end"].date(), item.period_type)

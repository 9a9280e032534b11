"""What the Compare page says: which places differ from England, by how much more than what, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from charts.funnel import ATTENTION_WORDS, POSITION_WORDS
from charts.words import COMPARISON_WORDS, decimals_for, interval, listed, number, plural, with_unit
from data.catalogue import Indicator
from reports.figure_cells import METHOD_WORDS

NOUNS = {"police_force_area": "area", "region": "region"}
COUNTING = "“Counting noise” rests on each place’s own 95 % limits against England’s figure."
USUAL = (
    "“As much as areas usually vary” rests on 99.8 % limits around England’s figure, adjusted for overdispersion: "
    "areas differ for many lasting reasons, so most large ones lie outside counting noise and few are out of the "
    "ordinary."
)
NO_FUNNEL = {
    "count": "A count has no denominator, so there is no funnel and no usual variation to hold it against.",
    "mean": "A funnel is drawn for proportions and rates: for a mean, usual variation between areas is not worked out.",
    "index": "A funnel is drawn for proportions and rates: for an index, usual variation is not worked out.",
}
COUNT_SHOWN = (
    "A count of an area is not compared with England’s total: larger areas count more. It is shown on the map, in the "
    "table and over time, and nothing is called better or worse."
)


@dataclass(frozen=True)
class Compared:
    """One indicator in one period: `everyone` of a type as `comparing.in_period` gives them, and those looked at."""

    item: Indicator
    period: str
    kind: str
    where: str
    everyone: pd.DataFrame
    codes: list[str]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The places that are looked at: all of the type, or the areas of one region."""
        return self.everyone[self.everyone["area_code"].isin(self.codes)]

    @cached_property
    def hover(self) -> pd.Series[str]:
        """What each place says when it is pointed at."""
        told = [place_sentence(line, self.item) for line in self.everyone.to_dict("records")]
        return pd.Series(told, index=self.everyone.index)

    @property
    def noun(self) -> str:
        """What one of the places is called."""
        return NOUNS[self.kind]

    @cached_property
    def benchmark(self) -> float | None:
        """England's figure; nothing where places cannot be held against one."""
        known = self.everyone["benchmark"].dropna()
        return float(known.iloc[0]) if len(known) else None

    @cached_property
    def has_funnel(self) -> bool:
        """Whether at least one of the places looked at can be placed in a funnel."""
        return bool(self.rows["position"].notna().any())


def answer(shown: Compared) -> str:
    """The page's answer: how many places differ by more than counting noise, and which by more than is usual."""
    rows = shown.rows
    begins = f"{shown.item.name}, {shown.period}"
    if rows["value"].isna().all():
        return f"{begins}: no {shown.noun}{shown.where} has a figure that can be shown."
    compared = rows[rows["state"] != "not_compared"]
    if compared.empty:
        return f"{begins}: {_held(rows, shown)}, and none can be compared with England."
    differ = int((compared["state"] != "similar").sum())
    of = f"{differ} of {plural(len(compared), shown.noun)}{shown.where}"
    noise = f"{begins}: {of} {'differs' if differ == 1 else 'differ'} from England by more than counting noise"
    return f"{noise}, {_unusual(shown)}." if shown.has_funnel else f"{noise}."


def england_sentence(shown: Compared, why: str) -> str:
    """England's figure and how many areas it is the sum of, or why there is none to compare with."""
    if shown.item.measure == "count":
        return COUNT_SHOWN
    if shown.benchmark is None:
        return f"There is no figure of England to compare with: {why}."
    first = shown.everyone.dropna(subset=["benchmark"]).iloc[0]
    value = with_unit(number(shown.benchmark, decimals_for(shown.item.measure)), shown.item.unit)
    return f"England: {value}{_sum_of(first['england_included'], first['england_expected'])}."


def missing_sentence(shown: Compared) -> str:
    """How many places have a figure, and which have none and why; nothing when all have one."""
    rows = shown.rows
    without = rows[rows["value"].isna()]
    if without.empty:
        return ""
    parts = [
        f"{listed(list(group['area_name']), 4)} ({reason})" for reason, group in without.groupby("reason", sort=True)
    ]
    return f"{_held(rows, shown, capital=True)}. No figure: {'; '.join(parts)}.{_small(without)}"


def place_sentence(line: dict[Any, Any], item: Indicator) -> str:
    """One place's figure with its limits, its word against England, and its place in the funnel."""
    name = line["area_name"]
    if pd.isna(line["value"]):
        return f"{name}: no figure, {line['reason']}."
    decimals = decimals_for(item.measure)
    figure = with_unit(number(line["value"], decimals), item.unit)
    words = [COMPARISON_WORDS[line["state"]], attention_words(line)]
    return f"{name}: {figure} {interval(line['lower'], line['upper'], decimals)}, {', '.join(filter(None, words))}."


def position_words(line: dict[Any, Any]) -> str:
    """Where the place lies in the funnel; nothing where it has no place."""
    return "" if pd.isna(line["position"]) else POSITION_WORDS[line["position"]]


def attention_words(line: dict[Any, Any]) -> str:
    """Whether the place lies beyond usual variation; nothing where that is not known."""
    return "" if pd.isna(line["attention"]) else ATTENTION_WORDS[line["attention"]]


def short_finding(shown: Compared) -> str:
    """How many places have a figure and how many are beyond usual variation, as the title of a chart."""
    rows = shown.rows
    text = _held(rows, shown)
    if not shown.has_funnel:
        return text
    count = int(rows["attention"].isin(["low", "high"]).sum())
    return f"{text}, {count or 'none'} beyond usual variation"


def limits(shown: Compared) -> str:
    """Which limits the words on the page rest on."""
    parts = [COUNTING if shown.benchmark is not None else "", USUAL if shown.has_funnel else ""]
    return " ".join(filter(None, parts))


def method(shown: Compared) -> str:
    """How the figures and the words were made."""
    years = sorted({int(year) for year in shown.everyone["population_year"].dropna()})
    populations = f" Rates use the mid-year populations of {', '.join(map(str, years))}." if years else ""
    return f"{METHOD_WORDS[shown.item.measure]}{populations} {limits(shown)} {' '.join(shown.item.caveats)}"


def _held(rows: pd.DataFrame, shown: Compared, capital: bool = False) -> str:
    known = int(rows["value"].notna().sum())
    verb = "has" if known == 1 else "have"
    text = f"{known} of {plural(len(rows), shown.noun)}{shown.where} {verb} a figure"
    return text if not capital else text[0].upper() + text[1:]


def _unusual(shown: Compared) -> str:
    beyond = shown.rows[shown.rows["attention"].isin(["low", "high"])]
    sides = {"low": "lower", "high": "higher"}
    names = [f"{name}, {sides[side]}" for name, side in beyond[["area_name", "attention"]].values]
    which = f"{len(names)} ({'; '.join(names)})" if names else "none"
    return f"{which} by more than {shown.noun}s usually vary"


def _sum_of(included: Any, expected: Any) -> str:
    return "" if pd.isna(included) else f", the sum of {int(included)} of {int(expected)} areas"


def _small(without: pd.DataFrame) -> str:
    small = without["reason"].str.contains("small resident population", na=False).any()
    return " Its count stays in the table, and inside London and England." if small else ""

"""The methods in plain words, each with an example that the program computes while the page is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from charts.words import CHANGE_WORDS, COMPARISON_WORDS, interval, number, signed
from components import html
from metrics.change import difference
from metrics.comparison import against_benchmark
from metrics.proportions import wilson
from metrics.rates import byar

Rows = list[list[str | html.Cell]]
COLUMNS = [html.Column("Worked example, computed now"), html.Column("Figure", numeric=True)]
LATER, EARLIER = (54, 86), (43, 84)


@dataclass(frozen=True)
class Example:
    """A method: its name, what it does in plain words, where it comes from, and a worked example."""

    title: str
    plain_words: str
    source: str
    compute: Callable[[], Rows]


def _proportion(count: int, whole: int) -> pd.DataFrame:
    return wilson(pd.DataFrame({"numerator": [count], "denominator": [whole]}))


def _proportion_rows() -> Rows:
    count, whole = LATER
    line = _proportion(count, whole).iloc[0]
    return [
        ["Part and whole", f"{count} of {whole}"],
        ["Share", f"{number(line['value'], 1)} %"],
        ["95 % limits", interval(line["lower"], line["upper"])],
    ]


def _rate_rows() -> Rows:
    line = byar(pd.DataFrame({"numerator": [7], "denominator": [931_900]})).iloc[0]
    return [
        ["Events and residents", "7 among 931,900"],
        ["Rate per 100,000", number(line["value"], 2)],
        ["95 % limits", interval(line["lower"], line["upper"], 2)],
        ["Method", str(line["method"])],
    ]


def _change_rows() -> Rows:
    later, earlier = _proportion(*LATER), _proportion(*EARLIER)
    named = {f"earlier_{name}": earlier[name] for name in ("value", "lower", "upper")}
    line = difference(later.assign(**named, polarity="higher_is_better")).iloc[0]
    return [
        ["Earlier and later share", f"{number(line['earlier_value'], 1)} % and {number(line['value'], 1)} %"],
        ["Difference in percentage points", signed(line["difference"])],
        ["95 % limits", interval(line["difference_lower"], line["difference_upper"])],
        ["Word (higher is better)", CHANGE_WORDS[line["change"]]],
    ]


def _comparison_rows() -> Rows:
    later = _proportion(*LATER).assign(benchmark=71.5, polarity="higher_is_better")
    line = against_benchmark(later).iloc[0]
    return [
        ["Area", f"{number(line['value'], 1)} % {interval(line['lower'], line['upper'])}"],
        ["England", "71.5 %"],
        ["Word (higher is better)", COMPARISON_WORDS[line["comparison"]]],
    ]


EXAMPLES = (
    Example(
        "Proportions: how sure a share is",
        "A share of few people says less than the same share of many. The limits show the range that counting noise "
        "alone would make likely: with 95 % confidence the underlying share lies between them.",
        "Wilson score interval (Wilson 1927; Newcombe, Stat Med 1998;17:857).",
        _proportion_rows,
    ),
    Example(
        "Rates and counts: how sure a number of events is",
        "Events are counted and divided by the residents. Below 10 events the limits are exact Poisson limits, from 10 "
        "on Byar’s approximation, which agrees closely and is quick.",
        "Breslow and Day 1987; as in the public health methods of the Office for Health Improvement and Disparities.",
        _rate_rows,
    ),
    Example(
        "Change: is it more than noise?",
        "The later figure minus the earlier one, with limits made from the limits of both. Where they include zero "
        "there is no clear change. Periods that overlap share events, so between them no change is calculated.",
        "MOVER: Newcombe, Stat Med 1998;17:873, method 10; Zou and Donner, Stat Med 2008;27:1693.",
        _change_rows,
    ),
    Example(
        "Comparison with England",
        "When England’s figure lies inside an area’s limits the area is similar. Outside, it is better or worse where "
        "one direction is better, and higher or lower where no judgement is made. This rests on counting noise only.",
        "Fingertips technical guidance, comparing areas (Office for Health Improvement and Disparities).",
        _comparison_rows,
    ),
)

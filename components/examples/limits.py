"""How sure a figure is: the limits of a share, of a number of events and of a mean."""

from __future__ import annotations

import pandas as pd

from charts.words import number
from components.examples.example import INVENTED, Example, Rows, counted, figure, share
from metrics.means import student_t
from metrics.rates import byar

METHODS = {"exact": "exact Poisson limits", "byar": "Byar’s limits"}
RESIDENTS = 931_900


def _proportion_rows() -> Rows:
    few, many, wrong = share(54, 86), share(540, 860), share(91, 86)
    return [
        (INVENTED, f"{counted(few)} people felt heard; elsewhere {counted(many)}"),
        (f"{counted(few)}, with 95 % limits", figure(few)),
        (f"{counted(many)}: the same share of ten times as many", figure(many)),
        (f"{counted(wrong)}", figure(wrong)),
    ]


def _events(count: float, residents: float | None, multiplier: float = 100_000.0) -> pd.DataFrame:
    return byar(pd.DataFrame({"numerator": [count], "denominator": [residents]}), multiplier)


def _rate(frame: pd.DataFrame) -> str:
    return f"{figure(frame, 'per 100,000', 2)}, {METHODS[frame['method'].iloc[0]]}"


def _rate_rows() -> Rows:
    few, many = _events(7, RESIDENTS), _events(70, RESIDENTS)
    return [
        (INVENTED, f"7 events among {number(RESIDENTS)} residents; in another year 70"),
        ("7 events, rate with 95 % limits", _rate(few)),
        ("70 events", _rate(many)),
        ("A count on its own: no event in a year", figure(_events(0, 1, 1), "events", 1)),
        ("7 events, residents not known", figure(_events(7, None))),
    ]


def _mean(mean: float, deviation: float | None, count: int) -> str:
    return figure(
        student_t(pd.DataFrame({"mean": [mean], "standard_deviation": [deviation], "count": [count]})), "hours"
    )


def _mean_rows() -> Rows:
    return [
        (INVENTED, "waits of 2, 2, 5, 8 and 8 hours: their mean is 5, their standard deviation 3"),
        ("Mean of these 5 waits, with 95 % limits", _mean(5, 3, 5)),
        ("The same mean and deviation of 20 waits", _mean(5, 3, 20)),
        ("One wait of 5 hours", _mean(5, None, 1)),
    ]


LIMITS = (
    Example(
        "Proportions: how sure a share is",
        "A share of few people says less than the same share of many, so each share has limits: the range that "
        "counting noise alone makes likely, at 95 %. Words such as improved or worse rest on these limits. No share is "
        "calculated when a count is missing or negative, the whole is zero, or the part is larger than the whole.",
        "Wilson score interval: Wilson, J Am Stat Assoc 1927;22:209; Newcombe, Stat Med 1998;17:857.",
        _proportion_rows,
    ),
    Example(
        "Rates and counts: how sure a number of events is",
        "Events come by chance too, so a count and its rate for each 100,000 residents have 95 % limits for counting "
        "noise: exact ones below 10 events, from 10 on Byar’s approximation, which agrees closely. No rate is "
        "calculated without residents, or for a negative count.",
        "Exact Poisson: Garwood, Biometrika 1936;28:437. Byar: Breslow and Day, Statistical Methods in Cancer Research "
        "II, 1987.",
        _rate_rows,
    ),
    Example(
        "Means: how sure an average is",
        "The limits of a mean, at 95 %, become narrower the more values there are and the less they differ. One value "
        "has no limits, because it does not show how values differ. Where an area reports a mean without saying how "
        "the values differ, its figure is shown with the limits that it reported, or with none.",
        "Student’s t: Student, Biometrika 1908;6:1.",
        _mean_rows,
    ),
)

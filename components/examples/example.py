"""What a worked example is, and how its results are put in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from charts.words import CHANGE_WORDS, interval, number, signed, with_unit
from metrics.proportions import wilson

Rows = list[tuple[str, str]]
INVENTED = "Invented numbers"


@dataclass(frozen=True)
class Example:
    """A method: what it answers, what it does in plain words, its source, and a worked example."""

    title: str
    plain_words: str
    source: str
    compute: Callable[[], Rows]


def share(count: float, whole: float) -> pd.DataFrame:
    """A part of a whole in per cent, with its limits."""
    return wilson(pd.DataFrame({"numerator": [count], "denominator": [whole]}))


def around(value: float, half: float) -> pd.DataFrame:
    """A value with limits that lie equally far on both sides."""
    return pd.DataFrame({"value": [value], "lower": [value - half], "upper": [value + half]})


def beside(later: pd.DataFrame, earlier: pd.DataFrame, polarity: str = "higher_is_better") -> pd.DataFrame:
    """A later figure with the earlier one beside it."""
    named = {f"earlier_{name}": earlier[name] for name in ("value", "lower", "upper")}
    return later.assign(**named, polarity=polarity)


def counted(frame: pd.DataFrame) -> str:
    """Numerator and denominator, such as `54 of 86`."""
    line = frame.iloc[0]
    return f"{number(line['numerator'])} of {number(line['denominator'])}"


def figure(frame: pd.DataFrame, unit: str = "%", decimals: int = 1) -> str:
    """A value with its limits, and the reason where a value or its limits are missing."""
    line = frame.iloc[0]
    if pd.isna(line["value"]):
        return cannot(line["reason"])
    text = f"{with_unit(number(line['value'], decimals), unit)} {interval(line['lower'], line['upper'], decimals)}"
    return text if pd.isna(line["reason"]) else f"{text}: {line['reason']}"


def moved(frame: pd.DataFrame, name: str, unit: str = "percentage points") -> str:
    """A difference with its limits; `name` is its column, to which the columns of the limits add their ends."""
    line = frame.iloc[0]
    limits = interval(line[f"{name}_lower"], line[f"{name}_upper"])
    return f"{with_unit(signed(line[name]), unit)} {limits}"


def cannot(reason: object) -> str:
    """That a figure cannot be calculated, and why."""
    return f"{CHANGE_WORDS['cannot_be_calculated']}: {reason}".replace("'", "’")


def plain(word: object) -> str:
    """A method's word as people read it."""
    return str(word).replace("_", " ")

"""Small pieces every method needs: reading columns, checking arguments, writing labels and reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray
from scipy.special import ndtri

from metrics.errors import MetricError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]
Days = NDArray[np.datetime64]
Rule = tuple[Bools, str]

POLARITIES = {"higher_is_better": 1.0, "lower_is_better": -1.0, "no_judgement": 0.0}
NUMBERS = {"integer", "floating", "mixed-integer-float", "decimal", "boolean", "empty"}
YEAR = r"\d{4}-"
DATES = {"date", "datetime", "datetime64"}
DAY = np.timedelta64(1, "D")


def require(frame: pd.DataFrame, *names: str) -> None:
    """Raise when one of the columns is absent or appears more than once."""
    for name in names:
        found = int((frame.columns == name).sum())
        if found != 1:
            problem = "is missing" if found == 0 else "appears more than once"
            raise MetricError(f"The column '{name}' {problem}.")


def has(frame: pd.DataFrame, *names: str) -> bool:
    """Whether the frame holds every one of these optional columns."""
    return set(names) <= set(frame.columns)


def numbers(frame: pd.DataFrame, name: str) -> Floats:
    """The column as floats, missing as NaN; text is refused rather than guessed at."""
    require(frame, name)
    return series_numbers(frame[name], name)


def series_numbers(column: "pd.Series[float]", name: str) -> Floats:
    """A series as floats, missing as NaN."""
    if column.dtype == np.float64:
        return np.asarray(column, dtype=np.float64)
    if pd.api.types.infer_dtype(column, skipna=True) not in NUMBERS:
        raise MetricError(f"The column '{name}' must hold numbers.")
    # An object column may hold pd.NA, which NumPy cannot turn into a float by itself.
    return np.asarray(column.where(column.notna(), np.nan).astype("float64"), dtype=np.float64)


def dates(frame: pd.DataFrame, name: str) -> Days:
    """The column as days."""
    require(frame, name)
    return read_dates(frame[name], name)


def read_dates(column: "pd.Series[Any]", name: str) -> Days:
    """A series as days; date objects, time stamps and ISO text are read, numbers and other text are refused."""
    try:
        if not holds_days(column):
            raise ValueError(name)
        return pd.to_datetime(column, format="ISO8601").to_numpy().astype("datetime64[D]")
    except ValueError as error:
        raise MetricError(f"The column '{name}' must hold dates.") from error


def holds_days(column: "pd.Series[Any]") -> bool:
    """Whether every value is a date, a time stamp or text that begins with a year."""
    kind, given = pd.api.types.infer_dtype(column, skipna=True), column.dropna()
    if kind in DATES or given.empty:
        return True
    # pandas reads the words "now" and "today" from the clock, so text must begin with a year.
    if kind == "string":
        return bool(given.astype("str").str.match(YEAR).all())
    return all(isinstance(day, date) or (isinstance(day, str) and re.match(YEAR, day)) for day in given)


def signs(frame: pd.DataFrame, name: str = "polarity") -> Floats:
    """Polarity as 1 (higher is better), -1 (lower is better) or 0 (no judgement)."""
    require(frame, name)
    found = np.asarray(frame[name].map(POLARITIES), dtype=np.float64)
    if np.isnan(found).any():
        wrong = frame[name].to_numpy()[np.isnan(found)][0]
        raise MetricError(f"The column '{name}' must hold {one_of(POLARITIES)}; it holds '{wrong}'.")
    return found


def sign(polarity: str) -> float:
    """One polarity as 1, -1 or 0."""
    choose(polarity, POLARITIES, "polarity")
    return POLARITIES[polarity]


def choose(value: str, allowed: Iterable[str], name: str) -> None:
    """Raise when an argument is not one of the words allowed for it."""
    if value not in allowed:
        raise MetricError(f"The argument '{name}' must be {one_of(allowed)}; it is '{value}'.")


def one_of(words: Iterable[str]) -> str:
    """The words as a list for a sentence: a, b or c."""
    *first, last = words
    return f"{', '.join(first)} or {last}"


def normal_quantile(confidence: float) -> float:
    """The two-sided standard normal quantile of a confidence level between 0 and 1."""
    check_confidence(confidence)
    return float(ndtri(0.5 + confidence / 2))


def check_confidence(confidence: float) -> None:
    """Raise unless 0 < confidence < 1."""
    if not 0 < confidence < 1:
        raise MetricError(f"The argument 'confidence' must lie between 0 and 1; it is {confidence}.")


def check_above_zero(value: float, name: str) -> None:
    """Raise unless the argument is a finite number above zero."""
    if not 0 < value < np.inf:
        raise MetricError(f"The argument '{name}' must be a finite number above zero; it is {value}.")


def labels(codes: "NDArray[np.integer]", words: Sequence[str]) -> ExtensionArray:
    """Words chosen by position, -1 for missing, as a text column."""
    place = np.where(codes < 0, len(words), codes).astype(np.int8)
    return pd.array([*words, None], dtype="str").take(place)


def no_reasons(size: int) -> ExtensionArray:
    """A column of reasons for rows that need none."""
    return pd.Series(np.nan, index=range(size), dtype="str").array


def first_rule(rules: Sequence[Rule], size: int) -> ExtensionArray:
    """For each row the text of the first rule that it breaks, missing where it breaks none."""
    codes = np.full(size, -1, dtype=np.int64)
    for place, (broken, _) in reversed(list(enumerate(rules))):
        codes[broken] = place
    return labels(codes, [text for _, text in rules])


def group_codes(frame: pd.DataFrame, by: Sequence[str]) -> tuple[Codes, int]:
    """A number per row that says which series it belongs to, and how many series there are.

    Missing keys form a series of their own, so that no row is lost.
    """
    if not by:
        return np.zeros(len(frame), dtype=np.int64), min(len(frame), 1)
    require(frame, *by)
    codes = np.asarray(frame.groupby(list(by), sort=False, dropna=False).ngroup(), dtype=np.int64)
    return codes, int(codes.max(initial=-1)) + 1


def translated(column: "pd.Series[str]", words: Mapping[str, object], dtype: str = "str") -> "pd.Series[Any]":
    """What stands for each text, missing where nothing does; each different text is looked up once."""
    codes, texts = pd.factorize(column)
    found: pd.Series[Any] = pd.Series([words.get(text) for text in texts], dtype=dtype)
    return found.reindex(codes).set_axis(column.index)


def as_names(by: str | Sequence[str]) -> list[str]:
    """One column name or several, as a list."""
    return [by] if isinstance(by, str) else list(by)


def beyond(lower: Floats, upper: Floats, low: Floats | float, high: Floats | float) -> Floats:
    """1 where the interval lies above the range from low to high, -1 where below, 0 where they touch."""
    return np.subtract(lower > high, upper < low, dtype=np.float64)


def judged(direction: Floats, polarity: Floats) -> Codes:
    """Where a direction (1, -1, 0) points under a polarity: 0 good, 1 bad, 2 high, 3 low, 4 neither."""
    towards = direction * polarity
    return np.select([towards > 0, towards < 0, direction > 0, direction < 0], [0, 1, 2, 3], 4)


def triple_rules(value: Floats, lower: Floats, upper: Floats, name: str, limits: str) -> tuple[list[Rule], list[Rule]]:
    """Why a value cannot be used at all, and why its limits cannot; ``name`` and ``limits`` go into the sentences."""
    value_rules = [(np.isnan(value), f"{name} is missing"), (np.isinf(value), f"{name} is not a finite number")]
    limit_rules = [
        (np.isnan(lower) | np.isnan(upper), f"{limits} are missing"),
        (np.isinf(lower) | np.isinf(upper), f"{limits} are not finite numbers"),
        ((lower > value) | (upper < value), f"{limits} do not contain {name}"),
    ]
    return value_rules, limit_rules


def any_broken(rules: Sequence[Rule], size: int) -> Bools:
    """Which rows break at least one of the rules."""
    found: Bools = np.any([np.zeros(size, dtype=bool), *(broken for broken, _ in rules)], axis=0)
    return found


def more_reasons(reason: ExtensionArray, rules: Sequence[Rule]) -> ExtensionArray:
    """The reasons given so far, and for rows without one the first of these rules that they break."""
    found: ExtensionArray = pd.Series(reason).fillna(pd.Series(first_rule(rules, len(reason)))).array
    return found


def series_keys(frame: pd.DataFrame, by: list[str], series: int) -> pd.DataFrame:
    """One row per series with the columns that name it, in order of first appearance."""
    return frame[by].drop_duplicates().reset_index(drop=True) if by else pd.DataFrame(index=range(series))


def words(frame: pd.DataFrame, name: str, allowed: Sequence[str]) -> Codes:
    """A column of words as places in the list of those allowed, -1 for missing; any other word is refused."""
    require(frame, name)
    found = pd.Index(allowed).get_indexer(pd.Index(frame[name]))
    wrong = (found < 0) & frame[name].notna().to_numpy()
    if wrong.any():
        raise MetricError(
            f"The column '{name}' must hold {one_of(allowed)}; it holds '{frame[name].to_numpy()[wrong][0]}'."
        )
    return found.astype(np.int64)


def totals(values: Floats, codes: Codes, groups: int) -> Floats:
    """The sum of each group, missing values left out."""
    return np.bincount(codes, np.nan_to_num(values, nan=0.0), groups).astype(np.float64)


def counted(frame: pd.DataFrame, by: list[str], place: Codes, columns: list[str]) -> pd.DataFrame:
    """How many rows of each group stand at each place; places below 0 are left out."""
    codes, groups = group_codes(frame, by)
    counts = tallied(codes, groups, place, len(columns))
    return series_keys(frame, by, groups).assign(**dict(zip(columns, counts, strict=True)))


def tallied(codes: Codes, groups: int, place: Codes, places: int) -> Codes:
    """How many rows of each group stand at each place, a line per place; places below 0 are left out."""
    cell = (codes * places + place)[place >= 0]
    return np.bincount(cell, minlength=groups * places).reshape(groups, places).T

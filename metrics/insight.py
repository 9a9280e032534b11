"""What people said, counted: grades, the gap between providers and users, barriers, enablers and who was not heard.

Grades are ordinal, so they are counted and never averaged. A survey of 200 people and one interview are not equal,
independent units, so no p-value is given; the numbers of insights and of people stand beside every figure.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd

from metrics.columns import (
    Bools,
    Floats,
    as_names,
    counted,
    first_rule,
    group_codes,
    numbers,
    require,
    totals,
    words,
)
from metrics.delta_limits import limits
from metrics.triangulation import PERSPECTIVES, opinions

GRADES = [f"grade_{grade}" for grade in range(1, 6)]
DIRECTIONS = ["better", "same", "worse", "mixed", "not_asked"]


def distribution(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """How many insights give each grade.

    Parameters
    ----------
    frame : ``grade`` (1 to 5, missing where not asked), ``participants`` (people, missing where unknown), columns of
        ``by``.
    by : columns such as commitment and perspective.

    Returns
    -------
    One row per group: ``by``, ``grade_1`` to ``grade_5``, ``not_asked``, ``insights``, ``people`` (of the insights
    that say how many) and ``people_unknown`` (insights that do not).

    Examples
    --------
    >>> heard = pd.DataFrame({"area": "A", "grade": [4, 4, None], "participants": [12, None, 3]})
    >>> distribution(heard, by="area")[["grade_4", "not_asked", "insights", "people"]].iloc[0].tolist()
    [2, 1, 3, 15]
    """
    names = as_names(by)
    opinions(frame)
    place = np.nan_to_num(numbers(frame, "grade"), nan=6).astype(np.int64) - 1
    found = counted(frame, names, place, [*GRADES, "not_asked"])
    return found.assign(insights=found[[*GRADES, "not_asked"]].sum(axis=1), **people(frame, names))


def people(frame: pd.DataFrame, by: list[str]) -> dict[str, Floats]:
    """The people behind each group's insights, and how many insights do not say."""
    codes, groups = group_codes(frame, by)
    taking_part = numbers(frame, "participants")
    unknown = totals(np.isnan(taking_part).astype(np.float64), codes, groups)
    return {
        "people": totals(taking_part, codes, groups).astype(np.int64),
        "people_unknown": unknown.astype(np.int64),
    }


def gap(frame: pd.DataFrame, by: str | Sequence[str], confidence: float = 0.95) -> pd.DataFrame:
    """How differently providers and users grade the same thing.

    Parameters
    ----------
    frame : ``grade``, ``perspective``, ``participants`` and the columns of ``by``.
    by : columns such as commitment and area.

    Returns
    -------
    One row per group: ``by``; ``provider_insights``, ``provider_people``, ``user_insights``, ``user_people`` (insights
    with a grade); ``cliffs_delta`` (from -1 to 1, above zero where providers grade higher); ``delta_lower`` and
    ``delta_upper``; ``providers_higher``, ``equal``, ``users_higher`` (shares of all pairs of one provider's and one
    user's insight); ``reason`` (why there is no gap) and ``limits_reason`` (why it has no limits).

    Notes
    -----
    Users are service users, carers and families, and communities. Fewer than ten graded insights on one side, or one
    grade for all: no limits, which describe these insights, each counted once; as these are unequal units, no test.

    References
    ----------
    Cliff, Psychol Bull 1993;114:494. Feng and Cliff, J Mod Appl Stat Methods 2004;3:322.

    Examples
    --------
    >>> who = {"perspective": ["service_provider", "service_user", "community"], "participants": [12, 30, 11]}
    >>> heard = pd.DataFrame({"area": "A", **who, "grade": [4, 2, 4]})
    >>> gap(heard, by="area")[["cliffs_delta", "providers_higher", "equal", "users_higher"]].iloc[0].tolist()
    [0.5, 0.5, 0.5, 0.0]
    """
    names, who = as_names(by), words(frame, "perspective", PERSPECTIVES)
    provider, user = (graded(frame, names, rows) for rows in (who == 0, who > 0))
    found = provider.rename(columns={"insights": "provider_insights", "people": "provider_people"})
    found = found.assign(user_insights=user["insights"], user_people=user["people"])
    given, heard = (side[GRADES].to_numpy(dtype=np.float64) for side in (provider, user))
    order = np.sign(np.subtract.outer(np.arange(5), np.arange(5)))
    with np.errstate(invalid="ignore"):
        pairs = given.sum(axis=1) * heard.sum(axis=1)
        shares = {
            name: np.einsum("gi,ij,gj->g", given, (order == side) * 1.0, heard) / pairs
            for name, side in (("providers_higher", 1), ("equal", 0), ("users_higher", -1))
        }
    delta = shares["providers_higher"] - shares["users_higher"]
    lower, upper, no_limits = limits(given, heard, delta, confidence)
    rules = [(given.sum(axis=1) == 0, "no provider gave a grade"), (heard.sum(axis=1) == 0, "no user gave a grade")]
    reason, limits_reason = (first_rule(each, len(found)) for each in (rules, [*rules, *no_limits]))
    return found.drop(columns=GRADES).assign(
        cliffs_delta=delta, delta_lower=lower, delta_upper=upper, **shares, reason=reason, limits_reason=limits_reason
    )


def graded(frame: pd.DataFrame, by: list[str], rows: Bools) -> pd.DataFrame:
    """The grades that these rows give in every group, with their insights and people; also in groups without any."""
    opinions(frame)
    grade, codes = numbers(frame, "grade"), group_codes(frame, by)
    chosen = rows & ~np.isnan(grade)
    found = counted(frame, by, np.where(chosen, np.nan_to_num(grade) - 1, -1).astype(np.int64), GRADES)
    taking_part = np.where(chosen, numbers(frame, "participants"), 0.0)
    return found.assign(insights=found[GRADES].sum(axis=1), people=totals(taking_part, *codes).astype(np.int64))


def unheard(frame: pd.DataFrame, areas: Sequence[str]) -> pd.DataFrame:
    """In how many of the areas each perspective has been heard, strictly: of all areas, whether or not any reports.

    ``frame`` holds ``area_code`` and ``perspective``. One row per perspective, heard or not: ``perspective``,
    ``areas_heard``, ``areas_expected`` and ``unheard``, a list of the areas in which nobody of it was heard.

    Examples
    --------
    >>> heard = pd.DataFrame({"area_code": ["A", "A", "X"], "perspective": "community"})
    >>> unheard(heard, ["A", "B"])[["perspective", "areas_heard", "unheard"]].tail(1)
      perspective  areas_heard unheard
    3   community            1     [B]
    """
    words(frame, "perspective", PERSPECTIVES)
    require(frame, "area_code")
    of = {name: set(frame.loc[frame["perspective"] == name, "area_code"]) for name in PERSPECTIVES}
    missing = [[code for code in areas if code not in of[name]] for name in PERSPECTIVES]
    counts = [len(areas) - len(codes) for codes in missing]
    return pd.DataFrame(
        {"perspective": list(PERSPECTIVES), "areas_heard": counts, "areas_expected": len(areas), "unheard": missing}
    )


def directions(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """How many insights say that it is getting better, staying the same, getting worse, mixed, or were not asked.

    ``frame`` holds ``direction`` (missing counts as not asked). One row per group of ``by``, one column per word.

    Examples
    --------
    >>> directions(pd.DataFrame({"area": ["A", "A"], "direction": ["worse", None]}), by="area")
      area  better  same  worse  mixed  not_asked
    0    A       0     0      1      0          1
    """
    place = words(frame, "direction", DIRECTIONS)
    return counted(frame, as_names(by), np.where(place < 0, 4, place), DIRECTIONS)


def themes(frame: pd.DataFrame, column: str, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """How often each barrier, enabler or missing voice is named.

    Parameters
    ----------
    frame : ``participants``, ``column`` with entries separated by semicolons, and the columns of ``by``.
    column : ``barriers``, ``enablers`` or ``not_heard``.
    by : columns such as perspective.

    Returns
    -------
    One row per group and entry, most often named first: ``by``, ``theme`` (as first written), ``insights``, ``people``.

    Notes
    -----
    Capitals and spaces do not make two themes of one; an insight that names a theme twice counts once.

    Examples
    --------
    >>> heard = pd.DataFrame({"barriers": ["Staff time; IT", "staff  time"], "participants": [5, 7]})
    >>> themes(heard, "barriers")
            theme  insights  people
    0  Staff time         2      12
    1          IT         1       5
    """
    names = as_names(by)
    require(frame, column, *names)
    found: dict[tuple[Any, ...], list[Any]] = {}
    groups = zip(*(frame[name] for name in names), strict=True) if names else repeat(())
    for group, text, people in zip(groups, frame[column], np.nan_to_num(numbers(frame, "participants")), strict=False):
        for key, theme in named_themes(text).items():
            line = found.setdefault((*group, key), [theme, 0, 0])
            line[1] += 1
            line[2] += int(people)
    rows = [(*group[:-1], *line) for group, line in found.items()]
    counts = pd.DataFrame(rows, columns=[*names, "theme", "insights", "people"])
    counts = counts.astype({"theme": "str", "insights": "int64", "people": "int64"})
    order = [True] * len(names) + [False, True]
    return counts.sort_values([*names, "insights", "theme"], ascending=order, ignore_index=True)


def named_themes(text: object) -> dict[str, str]:
    """The entries of one insight as they are first written in it, by what makes two of them the same."""
    parts = [" ".join(part.split()) for part in text.split(";")] if isinstance(text, str) else []
    return {part.casefold(): part for part in reversed(parts) if part}

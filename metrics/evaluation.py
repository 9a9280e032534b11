"""The seven tests of the evaluation commitment, for each area and commitment, in the twelve months to a day."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from metrics.columns import Bools, dates, labels, require, words
from metrics.completeness import STATES, Day, day
from metrics.errors import MetricError
from metrics.triangulation import PERSPECTIVES

TESTS = [
    "numbers",
    "provider_voice",
    "user_voice",
    "on_time",
    "shared_measure",
    "person_centred",
    "acted_upon",
]
RESULTS = ["passed", "failed", "not_applicable"]
NOTHING_DUE = "nothing fell due"
PAIR = ["area_code", "commitment"]


def nothing(*columns: str) -> pd.DataFrame:
    """A frame with these columns and no row."""
    return pd.DataFrame({name: [] for name in [*PAIR, *columns]}, dtype="object")


@dataclass(frozen=True)
class Evidence:
    """What the tests look at; each frame holds ``area_code`` and ``commitment``, and by default no row.

    ``observations`` : ``indicator``, ``period_end``, ``reported_by_area``, ``person_centred`` (true or false),
    ``status`` (``proposed``, ``agreed``); one row for each commitment that an observation informs.
    ``insights`` : ``perspective``, ``period_end``.
    ``expected`` : ``due_date``, ``state``, as ``completeness.state`` adds them.
    ``actions`` : ``recorded_on`` of an action, an adaptation or a recorded "no action needed".
    """

    observations: pd.DataFrame = field(
        default_factory=lambda: nothing("indicator", "period_end", "reported_by_area", "person_centred", "status")
    )
    insights: pd.DataFrame = field(default_factory=lambda: nothing("perspective", "period_end"))
    expected: pd.DataFrame = field(default_factory=lambda: nothing("due_date", "state"))
    actions: pd.DataFrame = field(default_factory=lambda: nothing("recorded_on"))


def seven_tests(
    pairs: pd.DataFrame, evidence: Evidence, as_of: Day, not_applicable: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Add the result of each test to each area and commitment.

    Parameters
    ----------
    pairs : ``area_code`` and ``commitment``.
    evidence : what is there; rows before the twelve months and after the day are left out.
    as_of : the last day of the twelve months.
    not_applicable : ``area_code``, ``commitment``, ``test``, ``reason``; takes the place of a failure only.

    Returns
    -------
    ``pairs`` with ``numbers``, ``provider_voice``, ``user_voice``, ``on_time``, ``shared_measure``,
    ``person_centred``, ``acted_upon`` (``passed``, ``failed``, ``not_applicable``), ``tests_passed`` (of seven),
    ``kept`` (all seven passed), ``proposed_only`` (every shared measure is only proposed) and ``reason`` (why a test
    is not applicable).

    Notes
    -----
    What is not applicable stays in the denominator. Where nothing fell due, ``on_time`` is not applicable.

    Examples
    --------
    >>> pairs = pd.DataFrame({"area_code": ["A"], "commitment": ["SYS-1"]})
    >>> heard = pairs.assign(perspective="service_user", period_end="2026-03-31")
    >>> seven_tests(pairs, Evidence(insights=heard), "2026-10-31")[["user_voice", "numbers", "on_time", "tests_passed"]]
      user_voice numbers         on_time  tests_passed
    0     passed  failed  not_applicable             1
    """
    require(pairs, *PAIR)
    found, fell_due, agreed = results(pairs, evidence, as_of)
    excused = excuses(pairs, fell_due, not_applicable)
    needed = [rows[~among(rows, pairs[found[test]])] for test in TESTS for rows in [rows_of(excused, test)]]
    excused = pd.concat([excused[:0], *needed])
    place = {test: np.where(found[test], 0, np.where(among(pairs, rows_of(excused, test)), 2, 1)) for test in TESTS}
    passed = np.sum(list(found.values()), axis=0)
    return pairs.assign(
        **{test: labels(places, RESULTS) for test, places in place.items()},
        tests_passed=passed,
        kept=passed == len(TESTS),
        proposed_only=found["shared_measure"] & ~agreed,
        reason=joined_reasons(pairs, excused),
    )


def results(pairs: pd.DataFrame, evidence: Evidence, as_of: Day) -> tuple[dict[str, Bools], Bools, Bools]:
    """Which pairs pass each test; for which something fell due; which have a shared measure that is agreed."""
    own = since(evidence.observations, "period_end", as_of)
    own = own[own["reported_by_area"].eq(True)]
    shared = own[own.groupby("indicator")["area_code"].transform("nunique") >= 2]
    heard, fell_due = since(evidence.insights, "period_end", as_of), since(evidence.expected, "due_date", as_of)
    who, late = words(heard, "perspective", PERSPECTIVES), words(fell_due, "state", STATES) != 0
    due = among(pairs, fell_due)
    found = {
        "numbers": among(pairs, own),
        "provider_voice": among(pairs, heard[who == 0]),
        "user_voice": among(pairs, heard[who > 0]),
        "on_time": due & ~among(pairs, fell_due[late]),
        "shared_measure": among(pairs, shared),
        "person_centred": among(pairs, own[own["person_centred"].eq(True)]),
        "acted_upon": among(pairs, since(evidence.actions, "recorded_on", as_of)),
    }
    return found, due, among(pairs, shared[shared["status"] == "agreed"])


def since(frame: pd.DataFrame, column: str, as_of: Day) -> pd.DataFrame:
    """The rows of the twelve months that end on the day."""
    found, last = dates(frame, column), day(as_of)
    first = np.datetime64(pd.Timestamp(last) - pd.DateOffset(years=1), "D")
    return frame[(found > first) & (found <= last)]


def among(pairs: pd.DataFrame, rows: pd.DataFrame) -> Bools:
    """Which pairs have at least one of the rows."""
    there = pd.MultiIndex.from_frame(pairs[PAIR]).isin(pd.MultiIndex.from_frame(rows[PAIR]))
    return np.asarray(there, dtype=bool)


def rows_of(excused: pd.DataFrame, test: str) -> pd.DataFrame:
    """What was said of one test."""
    return excused[excused["test"] == test]


def excuses(pairs: pd.DataFrame, fell_due: Bools, given: pd.DataFrame | None) -> pd.DataFrame:
    """Every test that does not apply, with its reason: those given, and on time where nothing fell due."""
    nothing = pairs.loc[~fell_due, PAIR].assign(test="on_time", reason=NOTHING_DUE)
    if given is None:
        return nothing
    if (words(given, "test", TESTS) < 0).any() or given["reason"].fillna("").str.strip().eq("").any():
        raise MetricError("The column 'reason' must not be empty: a test that is not applicable needs a reason.")
    return pd.concat([given[[*PAIR, "test", "reason"]], nothing]).drop_duplicates([*PAIR, "test"])


def joined_reasons(pairs: pd.DataFrame, excused: pd.DataFrame) -> "pd.Series[str]":
    """The reasons of each pair in one text, missing where every test applies."""
    text = excused.assign(text=excused["test"].str.replace("_", " ") + ": " + excused["reason"])
    joined = text.groupby(PAIR)["text"].agg("; ".join)
    found = joined.reindex(pd.MultiIndex.from_frame(pairs[PAIR])).astype("str")
    return found.set_axis(pairs.index)


def gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """How often each test is passed, and what passing it alone would complete.

    Parameters
    ----------
    frame : as ``seven_tests`` returns it.

    Returns
    -------
    One row per test: ``test``, ``passed``, ``failed``, ``not_applicable``, ``of`` (all pairs, strictly) and
    ``would_complete`` (pairs for which this is the only test not passed), the most frequent failure first.
    """
    place = pd.DataFrame({test: words(frame, test, RESULTS) for test in TESTS})
    last_one = place.ne(0).sum(axis=1) == 1
    counts = {result: place.eq(code).sum() for code, result in enumerate(RESULTS)}
    found = pd.DataFrame(counts).rename_axis("test").reset_index()
    complete = place.ne(0)[last_one].sum()
    found = found.assign(of=len(frame), would_complete=found["test"].map(complete))
    return found.sort_values("failed", ascending=False, kind="stable", ignore_index=True)

"""The seven tests of the evaluation commitment, for each area and commitment, in the twelve months to a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from metrics.columns import Bools, Codes, as_names, counted, dates, group_codes, labels, require, series_keys, words
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
BANDS = ["all_seven", "five_or_six", "three_or_four", "one_or_two", "none"]
# Which band a pair is in, by how many tests it passes: none, one, and so on to seven.
PLACE_OF_BAND = [4, 3, 3, 2, 2, 1, 1, 0]
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
    numbered = Numbered.of(pairs)
    found, fell_due, agreed = results(numbered, evidence, as_of)
    excused = excuses(pairs, fell_due, not_applicable)
    number, test = numbered.numbers(excused), words(excused, "test", TESTS)
    needed = ~_holds(numbered, found, number, test)
    excused, number, test = excused[needed], number[needed], test[needed]
    spared = {name: numbered.among(number[test == code]) for code, name in enumerate(TESTS)}
    place = {name: np.where(found[name], 0, np.where(spared[name], 2, 1)) for name in TESTS}
    passed = np.sum(list(found.values()), axis=0)
    return pairs.assign(
        **{name: labels(places, RESULTS) for name, places in place.items()},
        tests_passed=passed,
        kept=passed == len(TESTS),
        proposed_only=found["shared_measure"] & ~agreed,
        reason=joined_reasons(pairs, excused.iloc[test.argsort(kind="stable")]),
    )


@dataclass(frozen=True)
class Numbered:
    """Areas and commitments with a number for each pair of them.

    ``keys`` : the areas and the commitments. ``asked`` : the number of each pair, in its order.
    """

    keys: list["pd.Index[str]"]
    asked: Codes

    @classmethod
    def of(cls, pairs: pd.DataFrame) -> "Numbered":
        """The pairs of a frame."""
        keys = [pd.Index(pairs[name].unique()) for name in PAIR]
        return cls(keys, _pair_numbers(pairs, keys))

    def numbers(self, frame: pd.DataFrame) -> Codes:
        """The number of the pair of each row, -1 where its area or its commitment is not among the keys."""
        return _pair_numbers(frame, self.keys)

    def among(self, numbers: Codes) -> Bools:
        """Which pairs have at least one of the numbers."""
        there = np.zeros(len(self.keys[0]) * len(self.keys[1]), dtype=bool)
        there[numbers[numbers >= 0]] = True
        found: Bools = there[self.asked]
        return found


def results(pairs: Numbered, evidence: Evidence, as_of: Day) -> tuple[dict[str, Bools], Bools, Bools]:
    """Which pairs pass each test; for which something fell due; which have a shared measure that is agreed."""
    own = since(evidence.observations, "period_end", as_of)
    own = own[own["reported_by_area"].eq(True)]
    shared = own.groupby("indicator")["area_code"].transform("nunique").to_numpy() >= 2
    centred, agreed = (own[name].eq(word).to_numpy() for name, word in (("person_centred", True), ("status", "agreed")))
    heard, fell_due = since(evidence.insights, "period_end", as_of), fallen_due(evidence.expected, as_of)
    who, late = words(heard, "perspective", PERSPECTIVES), words(fell_due, "state", STATES) != 0
    sent, told, owed = (pairs.numbers(frame) for frame in (own, heard, fell_due))
    due = pairs.among(owed)
    found = {
        "numbers": pairs.among(sent),
        "provider_voice": pairs.among(told[who == 0]),
        "user_voice": pairs.among(told[who > 0]),
        "on_time": due & ~pairs.among(owed[late]),
        "shared_measure": pairs.among(sent[shared]),
        "person_centred": pairs.among(sent[centred]),
        "acted_upon": pairs.among(pairs.numbers(since(evidence.actions, "recorded_on", as_of))),
    }
    return found, due, pairs.among(sent[shared & agreed])


def since(frame: pd.DataFrame, column: str, as_of: Day) -> pd.DataFrame:
    """The rows of the twelve months that end on the day."""
    found, last = dates(frame, column), day(as_of)
    first = np.datetime64(pd.Timestamp(last) - pd.DateOffset(years=1), "D")
    return frame[(found > first) & (found <= last)]


def fallen_due(expected: pd.DataFrame, as_of: Day) -> pd.DataFrame:
    """What fell due in the twelve months; what has not come may still come on the day itself."""
    recent = since(expected, "due_date", as_of)
    here, over = words(recent, "state", STATES) == 0, dates(recent, "due_date") < day(as_of)
    found: pd.DataFrame = recent[here | over]
    return found


def _pair_numbers(frame: pd.DataFrame, keys: Sequence["pd.Index[str]"]) -> Codes:
    area, commitment = (index.get_indexer(pd.Index(frame[name])) for index, name in zip(keys, PAIR, strict=True))
    return np.where((area < 0) | (commitment < 0), -1, area * len(keys[1]) + commitment).astype(np.int64)


def _holds(pairs: Numbered, found: dict[str, Bools], number: Codes, test: Codes) -> Bools:
    """Which excuses are of a test that their pair passes."""
    passed = np.zeros((len(TESTS), len(pairs.keys[0]) * len(pairs.keys[1])), dtype=bool)
    passed[:, pairs.asked] = [found[name] for name in TESTS]
    holds: Bools = (number >= 0) & passed[test, number]
    return holds


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
    One row per test: ``test``, ``passed``, ``failed``, ``not_applicable``, ``of`` (all pairs, strictly),
    ``failed_areas`` (areas that fail it at least once), ``would_complete`` (pairs for which it is failed and the only
    test not passed) and ``completed_areas`` (areas with such a pair), the most frequent failure first.
    """
    place, only = _places(frame), last_gap(frame)
    counts = {result: place.eq(code).sum() for code, result in enumerate(RESULTS)}
    areas = {test: frame.loc[place[test].eq(1), "area_code"].nunique() for test in TESTS}
    last = pd.DataFrame({"test": only, "area_code": frame["area_code"]}).groupby("test")["area_code"]
    found = pd.DataFrame(counts).reindex(TESTS).rename_axis("test").reset_index()
    found = found.assign(of=len(frame), failed_areas=found["test"].map(areas))
    for name, alone in {"would_complete": last.size(), "completed_areas": last.nunique()}.items():
        found[name] = found["test"].map(alone).fillna(0).astype("int64")
    return found.sort_values("failed", ascending=False, kind="stable", ignore_index=True)


def last_gap(frame: pd.DataFrame) -> "pd.Series[str]":
    """The one test that each pair fails where it passes all the others, missing elsewhere.

    ``frame`` is as ``seven_tests`` returns it. A pair with a test that is not applicable has no last gap: passing
    another test does not complete it.
    """
    place = _places(frame)
    alone = place.eq(1).sum(axis=1).eq(1) & place.ne(2).all(axis=1)
    code = np.where(alone, np.argmax(place.eq(1).to_numpy(), axis=1) if len(place) else 0, -1)
    return pd.Series(labels(code, TESTS), index=frame.index)


def kept_by(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """How many pairs of each group pass, with strict denominators.

    Parameters
    ----------
    frame : as ``seven_tests`` returns it, and the columns of ``by``; no column gives one row for them all.

    Returns
    -------
    One row per group, in order of first appearance: ``by``, ``kept`` (pairs that pass all seven), ``pairs``, how many
    pairs pass each test (by its name), ``passed`` (tests passed) and ``tests`` (seven for each pair).

    Examples
    --------
    >>> pairs = pd.DataFrame({"area_code": ["A", "B"], "commitment": "SYS-1"})
    >>> kept_by(seven_tests(pairs, Evidence(), "2026-10-31"), by="commitment")[["kept", "pairs", "passed", "tests"]]
       kept  pairs  passed  tests
    0     0      2       0     14
    """
    names = as_names(by)
    place, (codes, groups) = _places(frame), group_codes(frame, names)
    keys = series_keys(frame, names, groups)
    each = {test: np.bincount(codes[place[test].eq(0)], minlength=groups) for test in TESTS}
    pairs = np.bincount(codes, minlength=groups)
    kept = np.bincount(codes[place.eq(0).all(axis=1)], minlength=groups)
    return keys.assign(kept=kept, pairs=pairs, **each, passed=sum(each.values()), tests=pairs * len(TESTS))


def bands_by(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """How many pairs of each group pass how many of the seven tests.

    Parameters
    ----------
    frame : as ``seven_tests`` returns it, and the columns of ``by``.

    Returns
    -------
    One row per group, in order of first appearance: ``by``, ``all_seven``, ``five_or_six``, ``three_or_four``,
    ``one_or_two`` and ``none`` (pairs), and ``pairs``, their sum.
    """
    names = as_names(by)
    place = np.array(PLACE_OF_BAND)[_places(frame).eq(0).sum(axis=1).to_numpy()]
    found = counted(frame, names, place, BANDS)
    return found.assign(pairs=found[BANDS].sum(axis=1))


def _places(frame: pd.DataFrame) -> pd.DataFrame:
    """The result of each test as its place in the list of results."""
    return pd.DataFrame({test: words(frame, test, RESULTS) for test in TESTS}, index=frame.index)

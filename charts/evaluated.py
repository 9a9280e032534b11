"""The words of the evaluation commitment: its seven tests, what each is passed by, and what the grid says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.words import MARKS, listed, plural

TEST_WORDS = {
    "numbers": "numbers",
    "provider_voice": "provider voice",
    "user_voice": "user voice",
    "on_time": "on time",
    "shared_measure": "shared measure",
    "person_centred": "person-centred",
    "acted_upon": "acted upon",
}
SHORT_WORDS = {**TEST_WORDS, "provider_voice": "providers", "user_voice": "users", "shared_measure": "shared"}
RESULT_WORDS = {"passed": "passed", "failed": "failed", "not_applicable": "not applicable"}
PASSED_BY = {
    "numbers": "The area itself sent a number, shown or hidden. Nationally published figures do not pass.",
    "provider_voice": "Somebody who provides the service was heard.",
    "user_voice": "A service user, a carer or family member, or the community was heard.",
    "on_time": "Every figure that fell due from the area is here. Not applicable where nothing fell due.",
    "shared_measure": "At least one other area sent the same indicator, too. One that is only proposed is marked.",
    "person_centred": "The area sent a person-centred indicator.",
    "acted_upon": "An action, an adaptation, or that no action is needed was recorded. One for a region or England "
    "counts for every area within it.",
}
THINGS = {
    "numbers": "sending a first number",
    "provider_voice": "asking those who provide services",
    "user_voice": "a user survey",
    "on_time": "sending what is overdue",
    "shared_measure": "sending an indicator that another area sends, too",
    "person_centred": "sending a person-centred indicator",
    "acted_upon": "recording what is done about it, or that nothing need be,",
}
BAND_WORDS = {
    "all_seven": "all seven tests",
    "five_or_six": "five or six",
    "three_or_four": "three or four",
    "one_or_two": "one or two",
    "none": "none",
}
LEGEND = (
    f"{MARKS['passed']} passed, {MARKS['failed']} failed, {MARKS['not_applicable']} not applicable. "
    f"In each cell from the left: {', '.join(TEST_WORDS.values())}."
)
STRICT = (
    "Every police force area counts with every commitment, also one that reports nothing. A test that is not "
    "applicable needs a reason, is not passed, and stays in the denominator. Counted is evidence of the 12 months to "
    "the as-of date."
)
MARKED = "◄"
Line = dict[Any, Any]


def answer(gaps: pd.DataFrame, kept: int, where: str) -> str:
    """How many pairs pass all seven tests, and which test is missing most often.

    `gaps` is as `metrics.evaluation.gaps` returns it; `where` is empty for England, or names the place.
    """
    pairs = int(gaps["of"].max())
    place = f"{where}: " if where else ""
    return f"{place}{kept:,} of {plural(pairs, 'area-commitment pair')} pass all seven tests; {_commonest(gaps)}."


def gap_sentence(gaps: pd.DataFrame, kept: int, *, marked: bool = True) -> str:
    """What one thing would close most gaps: the test that would complete most pairs, in how many areas.

    `gaps` is as `metrics.evaluation.gaps` returns it; the areas are `marked` where the grid shows more than one.
    """
    lacking = int(gaps["of"].max()) - kept
    if not lacking:
        return "No gap is left to close."
    test = closing_test(gaps)
    if not test:
        return "No one thing would complete a pair: each that lacks a test lacks two or more, or one not applicable."
    best = gaps[gaps["test"] == test].to_dict("records")[0]
    areas = f" in the {plural(int(best['completed_areas']), 'area')} marked {MARKED}" if marked else ""
    return (
        f"What one thing closes most gaps: {THINGS[test]}{areas} would complete {best['would_complete']:,} of the "
        f"{plural(lacking, 'pair')} that {'lacks' if lacking == 1 else 'lack'} a test."
    )


def closing_test(gaps: pd.DataFrame) -> str:
    """The test that would complete most pairs if it alone were passed; empty where none would."""
    best = gaps.sort_values(["would_complete", "failed"], ascending=False, kind="stable").iloc[0]
    return str(best["test"]) if best["would_complete"] else ""


def of_tests(results: Line, result: str) -> list[str]:
    """The names of the tests with a result, in the order of the tests."""
    return [words for test, words in TEST_WORDS.items() if results[test] == result]


def missing_words(results: Line) -> str:
    """What one pair lacks, and what is not applicable to it and why."""
    failed = listed(of_tests(results, "failed"), len(TEST_WORDS))
    excused = results["reason"] if isinstance(results["reason"], str) else ""
    parts = [f"lacks {failed}" if failed else "", f"not applicable: {excused}" if excused else ""]
    return "; ".join(filter(None, parts))


def area_sentence(results: Sequence[Line]) -> str:
    """Which areas report nothing at all: no number of their own and no voice for any commitment."""
    silent = [name for name, heard in _heard(results).items() if not heard]
    if not silent:
        return ""
    verb = "has" if len(silent) == 1 else "have"
    return f"{plural(len(silent), 'area')} {verb} no number and no voice at all: {listed(sorted(silent), 10)}."


def over_time_sentence(found: pd.DataFrame, first: str, last: str) -> str:
    """How the number of pairs that pass all seven tests moved from the first day to the last."""
    begin, end = found.iloc[0], found.iloc[-1]
    pairs, tests = plural(int(end["pairs"]), "pair"), plural(int(end["tests"]), "test")
    if len(found) == 1:
        return f"{end['kept']:,} of {pairs} passed all seven tests on {last}; no quarter has ended before it."
    return (
        f"{begin['kept']:,} of {pairs} passed all seven tests in the 12 months to {first}, {end['kept']:,} in those to "
        f"{last}; of {tests}, {begin['passed']:,} were passed then and {end['passed']:,} now."
    )


def _commonest(gaps: pd.DataFrame) -> str:
    most = gaps["failed"].max()
    if not most:
        return "none of them is failed"
    names = [TEST_WORDS[test] for test in TEST_WORDS if (gaps.loc[gaps["test"] == test, "failed"] == most).any()]
    return f"the commonest missing {'one is' if len(names) == 1 else 'ones are'} {listed(names, len(names))}"


def _heard(results: Sequence[Line]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for line in results:
        any_here = any(line[test] == "passed" for test in ("numbers", "provider_voice", "user_voice"))
        found[line["area_name"]] = found.get(line["area_name"], False) or any_here
    return found

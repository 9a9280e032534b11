"""What evidence there is and what may be said of it: sums, small numbers, voices, tests, judgements, due dates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.words import GRADE_WORDS, day, listed, number, plural, signed
from components.examples.example import INVENTED, Example, Rows, cannot, counted, figure, plain, share
from data import periods
from metrics.aggregation import sums, sums_of_both_periods
from metrics.completeness import coverage, schedule, state
from metrics.disclosure import protect
from metrics.evaluation import TESTS, Evidence, seven_tests
from metrics.insight import GRADES, distribution, gap
from metrics.judgement import reason_required
from metrics.triangulation import fit, numbers_say, voices_say

AREAS = pd.DataFrame({"area_code": ["North", "South", "West"], "region_code": "Region"})
COUNTS = pd.DataFrame(
    {
        "area_code": ["North", "South", "West"],
        "numerator": [30.0, 90.0, None],
        "denominator": [100.0, 400.0, None],
        "earlier_numerator": [20.0, None, 50.0],
        "earlier_denominator": [100.0, None, 100.0],
    }
)
PARTS = pd.DataFrame(
    {
        "area_code": ["Region", "North", "South", "West"],
        "parent_code": [None, "Region", "Region", "Region"],
        "numerator": [40.0, 4.0, 12.0, 24.0],
        "denominator": None,
        "measure": "count",
        "multiplier": 1.0,
    }
)
HEARD = pd.DataFrame(
    {
        "side": ["providers"] * 3 + ["users"] * 3,
        "perspective": ["service_provider"] * 3 + ["service_user", "carer_or_family", "community"],
        "participants": [12, 8, 20, 1, 18, 6],
        "grade": [4, 4, 5, 2, 3, 4],
    }
)
MOVES = ["improved", "improved", "improved", "worsened", "higher"]
POLARITY = ["higher_is_better"] * 4 + ["no_judgement"]
PLACE = {"area_code": "A", "commitment": "SYS-1"}
AS_OF = "2026-10-31"
QUARTERLY = pd.DataFrame(
    {
        "area_code": ["A"],
        "indicator": "a",
        "period_start": "2026-01-01",
        "period_end": "2026-03-31",
        "frequency": "quarterly",
        "due_days_after_period": 30,
    }
)
HOW_FIT = {
    "convergent": "convergent: both say the same",
    "dissonant": "dissonant: they say opposite things",
    "complementary": "complementary: they add to each other",
    "silent": "silent: nothing from the",
}


def _sums_rows() -> Rows:
    added = sums(COUNTS.assign(counts_add_up=True), AREAS)
    both = sums_of_both_periods(COUNTS.assign(counts_add_up=True), AREAS).iloc[0]
    refused = sums(COUNTS.assign(counts_add_up=False), AREAS)
    line = added.iloc[0]
    return [
        (INVENTED, "North 30 of 100, South 90 of 400; West of the same region did not report"),
        ("Region, with 95 % limits", figure(share(line["numerator"], line["denominator"]))),
        ("What it is made of", f"{counted(added)}, {line['areas_included']} of {line['areas_expected']} areas"),
        ("A year before: North 20 of 100, West 50 of 100", _both_years(both)),
        ("Where the counts do not add up", cannot(refused["reason"].iloc[0])),
    ]


def _both_years(line: pd.Series[Any]) -> str:
    years = [f"{number(line[f'{when}numerator'])} of {number(line[f'{when}denominator'])}" for when in ("earlier_", "")]
    areas = f"{number(line['areas_included'])} of {number(line['areas_expected'])} areas"
    return f"change from {' to '.join(years)}, over {areas}"


def _shown(table: pd.DataFrame) -> list[str]:
    """Each row's count, or why it is hidden."""
    return [
        str(line["reason"]) if line["hidden"] else number(line["numerator"])
        for line in protect(table, by=()).to_dict("records")
    ]


def _disclosure_rows() -> Rows:
    secret, open_counts = _shown(PARTS.assign(disclosure="threshold_7")), PARTS.assign(disclosure="already_published")
    exact = [number(count) for count in PARTS["numerator"]]
    names = PARTS["area_code"].iloc[1:]
    return [
        (INVENTED, f"people in three areas: {listed(exact[1:])}; in their region {exact[0]}"),
        *((f"{name}: {count}", shown) for name, count, shown in zip(names, exact[1:], secret[1:], strict=True)),
        (f"Region: {exact[0]}", secret[0]),
        ("The same counts, already published, the region first", ", ".join(_shown(open_counts))),
    ]


def _graded(side: str) -> str:
    line = distribution(HEARD[HEARD["side"] == side], by="side").iloc[0]
    grades = {name.replace("_", " "): int(line[name]) for name in GRADES if line[name]}
    given = listed([f"{count} × {grade}" for grade, count in grades.items()], len(GRADES))
    return f"{given}; {plural(line['insights'], 'insight')}, {plural(line['people'], 'person', 'people')}"


def _gap_rows() -> Rows:
    line = gap(HEARD.assign(area="A"), by="area").iloc[0]
    alone = gap(HEARD[HEARD["side"] == "providers"].assign(area="A"), by="area")
    pairs = [f"{number(100 * line[name])} %" for name in ("providers_higher", "equal", "users_higher")]
    return [
        (INVENTED, "how well does it work, from 1 to 5? Six insights on one commitment"),
        ("Providers", _graded("providers")),
        ("Users, families and communities", _graded("users")),
        ("Pairs in which providers grade higher, the same, lower", ", ".join(pairs)),
        ("Cliff’s delta, from −1 to +1", f"{signed(line['cliffs_delta'], 2)}; no limits: {line['limits_reason']}"),
        ("Where no user was asked", cannot(alone["reason"].iloc[0])),
    ]


def _numbers() -> pd.DataFrame:
    return numbers_say(pd.DataFrame({"area": "A", "change": MOVES, "polarity": POLARITY}), by="area")


def _voices(grades: list[int | None]) -> pd.DataFrame:
    return voices_say(pd.DataFrame({"area": "A", "grade": grades, "perspective": "service_user"}), by="area")


def _together(numbers: pd.DataFrame, voices: pd.DataFrame) -> str:
    line = fit(numbers.assign(voices=voices["voices"])).iloc[0]
    silent = "" if pd.isna(line["silent_side"]) else f" {line['silent_side']}"
    return HOW_FIT[line["fit"]] + silent


def _triangulation_rows() -> Rows:
    numbers, voices = _numbers(), _voices([2, 2, 4, None])
    told, heard = numbers.iloc[0], voices.iloc[0]
    return [
        (INVENTED, "3 indicators improved, 1 worsened, 1 is not judged; grades 2, 2 and 4, one insight not graded"),
        ("Numbers", f"{told['numbers']}: {told['improved']} improved, {told['worsened']} worsened"),
        ("Voices", f"{heard['voices']}: {plural(heard['well'], 'insight')} at 4 or 5, {heard['badly']} at 1 or 2"),
        ("Side by side", _together(numbers, voices)),
        ("With grades 2 and 4", _together(numbers, _voices([2, 4]))),
        ("With nobody asked", _together(numbers, _voices([None]))),
    ]


def _evidence(perspectives: list[str], **more: pd.DataFrame) -> Evidence:
    own = {"indicator": "a", "period_end": "2026-06-30", "status": "proposed"}
    observations = pd.DataFrame([PLACE | own, PLACE | own | {"area_code": "B"}])
    observations = observations.assign(reported_by_area=True, person_centred=True)
    insights = pd.DataFrame({**PLACE, "perspective": perspectives, "period_end": "2026-09-30"})
    actions = pd.DataFrame([PLACE | {"recorded_on": "2026-10-01"}])
    return Evidence(observations, insights, actions=actions, **more)


def _tested(evidence: Evidence) -> pd.Series[Any]:
    return seven_tests(pd.DataFrame([PLACE]), evidence, AS_OF).iloc[0]


def _kept(line: pd.Series[Any]) -> str:
    return f"{line['tests_passed']} of {len(TESTS)}: {'kept' if line['kept'] else 'not kept'}"


def _test_name(test: str) -> str:
    return "person-centred" if test == "person_centred" else plain(test)


def _tests_rows() -> Rows:
    on_time = pd.DataFrame([PLACE | {"due_date": "2026-07-30", "state": "received"}])
    line = _tested(_evidence(["service_provider"]))
    whole = _tested(_evidence(["service_provider", "service_user"], expected=on_time))
    passed, failed = ([_test_name(test) for test in TESTS if line[test] == word] for word in ("passed", "failed"))
    return [
        (INVENTED, f"one area and commitment in the twelve months to {day(AS_OF)}; no user was asked"),
        ("Passed", listed(passed, len(TESTS))),
        ("Failed", listed(failed, len(TESTS))),
        ("Not applicable", str(line["reason"])),
        ("Tests passed", _kept(line)),
        ("With a user’s insight, and all that fell due received", _kept(whole)),
    ]


def _judged(judgement: str | None, improved: int, worsened: int, voices: str) -> tuple[str, str]:
    counts = {"improved": improved, "worsened": worsened, "voices": voices, "evidence": True}
    line = reason_required(pd.DataFrame([{"judgement": judgement, **counts}]).astype({"judgement": "str"})).iloc[0]
    said = GRADE_WORDS[judgement] if judgement else "No judgement yet"
    told = f"{said}; {improved} improved, {worsened} worsened, voices {voices}"
    return told, f"reason needed: {line['reason']}" if line["reason_required"] else "no reason needed"


def _judgement_rows() -> Rows:
    return [
        (INVENTED, "what a group says of a commitment, beside the picture that the program computes"),
        _judged("substantial", 2, 4, "positive"),
        _judged("substantial", 5, 1, "silent"),
        _judged("limited", 5, 1, "positive"),
        _judged("limited", 2, 4, "negative"),
        _judged("no_evidence_available", 2, 4, "negative"),
    ]


def _stood(as_of: str, received: bool = False) -> str:
    """What has become of each quarter that has begun."""
    expected = schedule(QUARTERLY, as_of)
    stood = state(expected, expected.head(1) if received else expected.head(0), as_of)
    ends = zip(*(stood[name].dt.date for name in ("period_start", "period_end")), strict=True)
    quarters = [periods.label(start, end, "quarter") for start, end in ends]
    return "; ".join(f"{quarter} {plain(word)}" for quarter, word in zip(quarters, stood["state"], strict=True))


def _completeness_rows() -> Rows:
    due = state(QUARTERLY, QUARTERLY.head(0), "2026-01-01")["due_date"].iloc[0]
    two = pd.DataFrame({"indicator": "a", "area_code": ["A", "B"], "state": ["received", "overdue"]})
    line = coverage(two, by="indicator").iloc[0]
    return [
        (INVENTED, f"a quarterly figure from January 2026 on, the first due by {day(due)}"),
        ("On 20 March 2026", _stood("2026-03-20")),
        ("On 20 April 2026", _stood("2026-04-20")),
        ("On 1 May 2026", _stood("2026-05-01")),
        ("On 1 May 2026, with the first figure there", _stood("2026-05-01", received=True)),
        ("Two areas, one with its figure", f"{line['areas_included']} of {line['areas_expected']} areas"),
    ]


EVIDENCE = (
    Example(
        "Regions and England: what the figure of many areas together is",
        "The counts of the areas are added up and divided by the sum of what they are out of; percentages are never "
        "averaged, and how many areas are in the sum stands beside it. A change uses the areas there in both periods, "
        "so that a gap never looks like a fall. Where an indicator’s counts do not add up, no figure is made.",
        "Rule of this project, 2026. Limits of the sum as for any share or rate, counting noise at 95 %.",
        _sums_rows,
    ),
    Example(
        "Small numbers: what is hidden, so that nobody can be recognised",
        "Where an indicator’s rule asks for it, counts from 1 to 7 are hidden with everything made from them, other "
        "counts are rounded to 5, and a second count is hidden where the first could be worked out from its total. "
        "Nothing hidden can be worked out from one table with its totals. It is the last step before publication; "
        "these pages are for the partners themselves and show exact counts.",
        "Hospital Episode Statistics disclosure control, NHS Digital, September 2018.",
        _disclosure_rows,
    ),
    Example(
        "Providers and users: how far apart their grades are",
        "Grades are counted side by side and never averaged. Of all pairs of one provider’s and one user’s insight, "
        "Cliff’s delta is the share in which the provider grades higher less the share in which the user does. From "
        "ten graded insights on each side it has 95 % limits, which are no test, because a survey of 200 and one "
        "interview do not weigh the same; without a grade from both sides it cannot be calculated.",
        "Cliff, Psychol Bull 1993;114:494; limits: Feng and Cliff, J Mod Appl Stat Methods 2004;3:322.",
        _gap_rows,
    ),
    Example(
        "Numbers beside voices: whether they say the same",
        "Numbers are positive where more indicators improved than worsened (95 % limits for counting noise), voices "
        "where more insights give grades 4 and 5 than 1 and 2. They stand side by side, disagreement first, and are "
        "never made into one score. Where one of them is absent the answer is silent, and says which.",
        "Triangulation: O’Cathain, Murphy and Nicholl, BMJ 2010;341:c4587.",
        _triangulation_rows,
    ),
    Example(
        "The seven tests: whether the evaluation commitment is kept",
        "For each area and commitment the last twelve months are asked for the area’s own numbers, a provider’s and a "
        "user’s voice, punctual figures, a shared measure, a person-centred one, and something done in response. A "
        "test that does not apply needs a reason and still counts among the seven. The tests say whether evidence is "
        "there, not what it shows.",
        "Rule of this project, 2026, for the evaluation commitment of the consensus of July 2025.",
        _tests_rows,
    ),
    Example(
        "Judgement: when a grade needs a reason",
        "The judgement is the group’s, never the program’s. A reason is asked for where it does not follow from the "
        "picture: high though as many indicators worsened as improved or voices are negative or silent, low though "
        "both are good, or at odds with whether there is any evidence. Improved and worsened rest on 95 % limits for "
        "counting noise.",
        "Rule of this project, 2026.",
        _judgement_rows,
    ),
    Example(
        "Completeness: what is due, overdue or not yet due",
        "A figure is not yet due until its period has ended, then due until its due date, then overdue. Whatever has "
        "come is received, late or not, and missing figures are counted, never filled in.",
        "Rule of this project, 2026, with the due days of each indicator’s definition.",
        _completeness_rows,
    ),
)

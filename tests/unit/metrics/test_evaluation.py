"""The seven tests of the evaluation commitment, on planted data."""

import pandas as pd
import pytest

from metrics.errors import MetricError
from metrics.evaluation import BANDS, TESTS, Evidence, bands_by, gaps, kept_by, last_gap, seven_tests

AS_OF = "2026-10-31"
PAIRS = pd.DataFrame({"area_code": ["A", "B", "C"], "commitment": "SYS-1"}, index=[4, 4, 9])


def observations(*rows: tuple[str, str, str], **more: object) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "indicator", "period_end"]).assign(commitment="SYS-1")
    return frame.assign(**{"reported_by_area": True, "person_centred": False, "status": "agreed", **more})


def insights(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "perspective", "period_end"]).assign(commitment="SYS-1")


def expected(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "due_date", "state"]).assign(commitment="SYS-1")


def actions(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "recorded_on"]).assign(commitment="SYS-1")


def row(evidence: Evidence, area: str = "A", not_applicable: pd.DataFrame | None = None) -> pd.Series:
    return seven_tests(PAIRS, evidence, AS_OF, not_applicable).set_index("area_code").loc[area]


def everything() -> Evidence:
    return Evidence(
        observations(("A", "a", "2026-06-30"), ("B", "a", "2026-06-30"), person_centred=True),
        insights(("A", "service_provider", "2026-06-30"), ("A", "carer_or_family", "2026-06-30")),
        expected(("A", "2026-07-30", "received"), ("B", "2026-07-30", "overdue"), ("C", "2026-07-30", "overdue")),
        actions(("A", "2026-09-01")),
    )


def test_an_area_with_everything_keeps_the_commitment() -> None:
    found = row(everything())
    assert found[TESTS].eq("passed").all()
    assert (found["tests_passed"], found["kept"], found["proposed_only"]) == (7, True, False)
    assert pd.isna(found["reason"])


def test_an_area_that_reports_nothing_fails_all_seven() -> None:
    found = row(everything(), "C")
    assert found[TESTS].eq("failed").all() and (found["tests_passed"], found["kept"]) == (0, False)


def test_the_grid_keeps_its_rows() -> None:
    found = seven_tests(PAIRS, everything(), AS_OF)
    assert found.index.tolist() == [4, 4, 9] and found["tests_passed"].tolist() == [7, 3, 0]


@pytest.mark.parametrize(
    ("end", "result"),
    [("2025-10-31", "failed"), ("2025-11-01", "passed"), ("2026-10-31", "passed"), ("2026-11-01", "failed")],
)
def test_only_the_last_twelve_months_count(end: str, result: str) -> None:
    assert row(Evidence(observations(("A", "a", end))))["numbers"] == result
    assert row(Evidence(insights=insights(("A", "community", end))))["user_voice"] == result


def test_nationally_published_figures_pass_no_test() -> None:
    national = observations(
        ("A", "a", "2026-06-30"), ("B", "a", "2026-06-30"), reported_by_area=False, person_centred=True
    )
    found = row(Evidence(national))
    assert found[["numbers", "shared_measure", "person_centred"]].tolist() == ["failed"] * 3


def test_a_measure_is_shared_by_two_areas_and_marked_when_only_proposed() -> None:
    alone = observations(("A", "a", "2026-06-30"), ("A", "a", "2026-03-31"), ("B", "b", "2026-06-30"))
    assert row(Evidence(alone))["shared_measure"] == "failed"
    proposed = observations(("A", "a", "2026-06-30"), ("B", "a", "2026-06-30"), status="proposed")
    assert row(Evidence(proposed))[["shared_measure", "proposed_only"]].tolist() == ["passed", True]


def test_one_late_observation_fails_on_time() -> None:
    due = expected(("A", "2026-01-30", "received"), ("A", "2026-07-30", "overdue"), ("A", "2026-11-30", "not_yet_due"))
    assert row(Evidence(expected=due))["on_time"] == "failed"
    assert row(Evidence(expected=due.drop(index=1)))["on_time"] == "passed"


def test_nothing_due_is_not_applicable_and_stays_in_the_denominator() -> None:
    found = row(Evidence())
    assert (found["on_time"], found["reason"], found["kept"]) == ("not_applicable", "on time: nothing fell due", False)


def test_not_applicable_takes_the_place_of_a_failure_only() -> None:
    said = pd.DataFrame(
        {"area_code": ["A", "C"], "commitment": "SYS-1", "test": "user_voice", "reason": "no service yet"}
    )
    assert row(everything(), "A", said)["user_voice"] == "passed"
    assert pd.isna(row(everything(), "A", said)["reason"])
    found = row(everything(), "C", said)
    assert (found["user_voice"], found["reason"]) == ("not_applicable", "user voice: no service yet")


@pytest.mark.parametrize(
    ("test", "reason"), [("user_voice", ""), ("user_voice", None), ("user_voice", "  "), (None, "because")]
)
def test_not_applicable_needs_a_reason(test: str, reason: str) -> None:
    said = pd.DataFrame({"area_code": ["A"], "commitment": ["SYS-1"], "test": [test], "reason": [reason]})
    with pytest.raises(MetricError, match="a test that is not applicable needs a reason"):
        row(everything(), "A", said)


def test_gaps_name_what_one_thing_would_complete() -> None:
    found = gaps(seven_tests(PAIRS, everything(), AS_OF)).set_index("test")
    assert found.loc["user_voice", ["passed", "failed", "not_applicable", "of"]].tolist() == [1, 2, 0, 3]
    assert found["would_complete"].sum() == 0
    nearly = seven_tests(PAIRS, everything(), AS_OF).assign(on_time="failed").iloc[:1]
    assert gaps(nearly).set_index("test").loc["on_time", "would_complete"] == 1


def test_what_falls_due_on_the_day_itself_is_not_late_yet() -> None:
    today, before = ("A", AS_OF, "due"), ("A", "2026-07-30", "received")
    assert row(Evidence(expected=expected(today, before)))["on_time"] == "passed"
    assert row(Evidence(expected=expected(today)))["on_time"] == "not_applicable"
    assert row(Evidence(expected=expected(("A", AS_OF, "received"))))["on_time"] == "passed"
    # Seen from a later day it is overdue; the earlier day is worked out from the same rows.
    assert row(Evidence(expected=expected(("A", AS_OF, "overdue"), before)))["on_time"] == "passed"


def test_pairs_are_told_apart_by_area_and_commitment() -> None:
    pairs = pd.DataFrame({"area_code": ["A", "A", "B", "B"], "commitment": ["X", "Y", "X", "Y"]})
    heard = pd.DataFrame({"area_code": ["A", "B", "C", None], "commitment": ["Y", "X", "X", "Y"]})
    heard = heard.assign(perspective="community", period_end="2026-06-30")
    found = seven_tests(pairs, Evidence(insights=heard), AS_OF)
    assert found["user_voice"].tolist() == ["failed", "passed", "passed", "failed"]


def grid_of(*results: str) -> pd.DataFrame:
    """A grid with a row for each text of seven letters: p passed, f failed, n not applicable."""
    words = {"p": "passed", "f": "failed", "n": "not_applicable"}
    cells = [[words[letter] for letter in text] for text in results]
    codes = [f"{number // 2}" for number in range(len(results))]
    return pd.DataFrame(cells, columns=TESTS).assign(area_code=codes, commitment="SYS-1")


def test_the_last_gap_is_the_one_test_failed_where_all_others_are_passed() -> None:
    found = last_gap(grid_of("ppppppp", "ppfpppp", "ppfpppf", "ppnpppp", "ppnpppf", "pppfppp"))
    assert found.fillna("").tolist() == ["", "user_voice", "", "", "", "on_time"]
    assert last_gap(grid_of()).empty


def test_gaps_count_areas_and_what_closing_one_would_complete() -> None:
    found = gaps(grid_of("ppfpppp", "ppfpppp", "ppfpppp", "ppfpppf", "ppnpppp", "ppppppp")).set_index("test")
    assert found.index[0] == "user_voice"
    counts = ["failed", "not_applicable", "of", "failed_areas", "would_complete", "completed_areas"]
    assert found.loc["user_voice", counts].tolist() == [4, 1, 6, 2, 3, 2]
    assert found.loc["acted_upon", counts].tolist() == [1, 0, 6, 1, 0, 0]
    assert found.loc["numbers", counts].tolist() == [0, 0, 6, 0, 0, 0]


def test_kept_is_counted_with_strict_denominators() -> None:
    grid = grid_of("ppppppp", "ppnpppp", "fffffff").assign(region=["East", "East", "West"])
    found = kept_by(grid, "region").set_index("region")
    assert found.loc["East", ["kept", "pairs", "user_voice", "passed", "tests"]].tolist() == [1, 2, 1, 13, 14]
    assert found.loc["West", ["kept", "pairs", "user_voice", "passed", "tests"]].tolist() == [0, 1, 0, 0, 7]
    assert kept_by(grid, [])[["kept", "pairs", "passed", "tests"]].to_numpy().tolist() == [[1, 3, 13, 21]]


def test_bands_count_every_pair_once() -> None:
    texts = ["p" * passed + "f" * (7 - passed) for passed in range(8)]
    found = bands_by(grid_of(*texts).assign(day="2026-10-31"), "day").iloc[0]
    assert found[BANDS].tolist() == [1, 2, 2, 2, 1] and found["pairs"] == 8


def test_no_pairs_have_no_results() -> None:
    assert seven_tests(PAIRS[:0], everything(), AS_OF).empty

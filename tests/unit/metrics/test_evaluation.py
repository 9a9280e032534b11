"""The seven tests of the evaluation commitment, on planted data."""

import pandas as pd
import pytest

from metrics.errors import MetricError
from metrics.evaluation import TESTS, Evidence, gaps, seven_tests

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


def test_no_pairs_have_no_results() -> None:
    assert seven_tests(PAIRS[:0], everything(), AS_OF).empty

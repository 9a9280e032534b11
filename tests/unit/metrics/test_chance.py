"""Whether places differ by more than counting noise."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, chi2_contingency

from metrics.chance import more_than_chance
from metrics.errors import MetricError


def counts(numerator: list[float], denominator: list[float] | float = 1000.0, **more: object) -> pd.DataFrame:
    return pd.DataFrame({"numerator": numerator, "denominator": denominator, **more})


def test_statistic_of_proportions_is_that_of_a_table_of_counts() -> None:
    frame = counts([30, 45, 61, 20], [200, 210, 190, 180])
    row = more_than_chance(frame, "proportion").iloc[0]
    table = [frame["numerator"], frame["denominator"] - frame["numerator"]]
    expected = chi2_contingency(table, correction=False)
    assert row["statistic"] == pytest.approx(expected.statistic)
    assert row["probability"] == pytest.approx(expected.pvalue)
    assert (row["places"], row["freedom"], row["differ"]) == (4, expected.dof, "more_than_chance")


def test_statistic_of_rates_by_hand() -> None:
    # 180 events over 3,000 residents: 60 expected in each, 10, 20 and 10 away.
    row = more_than_chance(counts([50, 80, 50]), "rate").iloc[0]
    assert row["statistic"] == pytest.approx((100 + 400 + 100) / 60)
    assert row["probability"] == pytest.approx(chi2.sf(10, 2))


def test_alike_places_differ_no_more_than_chance() -> None:
    row = more_than_chance(counts([60, 62, 58]), "rate").iloc[0]
    assert row["differ"] == "no_more_than_chance" and pd.isna(row["reason"])


def test_one_in_twenty_of_alike_groups_is_said_to_differ() -> None:
    drawn = np.random.default_rng(5).poisson(40, (4000, 9)).ravel().astype(float)
    frame = counts(list(drawn), group=np.repeat(np.arange(4000), 9))
    share = (more_than_chance(frame, "rate", by="group")["differ"] == "more_than_chance").mean()
    assert share == pytest.approx(0.05, abs=0.012)


def test_groups_are_worked_apart_and_places_that_break_a_rule_left_out() -> None:
    both = pd.concat([counts([50, 80, 50], period="a"), counts([60, np.nan, 62, 58], period="b")])
    found = more_than_chance(both, "rate", by="period").set_index("period")
    assert found["places"].tolist() == [3, 3]
    assert found["differ"].tolist() == ["more_than_chance", "no_more_than_chance"]


@pytest.mark.parametrize(
    ("frame", "kind", "reason"),
    [
        (counts([50, 80]), "rate", "fewer than three places have a figure"),
        (counts([np.nan] * 4), "rate", "fewer than three places have a figure"),
        (counts([0, 0, 0]), "rate", "no place has any event, or every place has nothing else"),
        (counts([9, 9, 9], 9.0), "proportion", "no place has any event, or every place has nothing else"),
        (counts([4, 5, 3]), "rate", "too few events to tell a difference from chance"),
        (counts([96, 97, 99], 100.0), "proportion", "too few events to tell a difference from chance"),
    ],
)
def test_what_cannot_be_told_says_why(frame: pd.DataFrame, kind: str, reason: str) -> None:
    row = more_than_chance(frame, kind).iloc[0]
    assert row["differ"] == "cannot_be_calculated" and row["reason"] == reason
    assert pd.isna(row["statistic"]) and pd.isna(row["probability"])


def test_a_fifth_of_small_expected_counts_is_allowed() -> None:
    frame = counts([60, 55, 58, 61, 4], [1000, 1000, 1000, 1000, 50])
    assert more_than_chance(frame, "rate")["differ"].tolist() == ["no_more_than_chance"]


def test_no_places_no_rows() -> None:
    assert more_than_chance(counts([]), "rate").empty


@pytest.mark.parametrize("wrong", [{"kind": "mean"}, {"kind": "rate", "level": 1.0}])
def test_wrong_argument_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(MetricError):
        more_than_chance(counts([1, 2, 3]), **wrong)

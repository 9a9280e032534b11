"""Funnels, and limits adjusted for the usual variation between areas."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from metrics.comparison import funnel, overdispersion, overdispersion_of_changes
from metrics.errors import MetricError
from metrics.variation import ATTENTION, attention
from tests.unit.metrics.reference import assert_close, read

AREAS = st.lists(st.tuples(st.integers(0, 500), st.integers(500, 10**6)), min_size=2, max_size=45)
LIMITS = ["lower_95", "upper_95", "lower_998", "upper_998"]
WORDS = {"low_998": -2, "low_95": -1, "within": 0, "high_95": 1, "high_998": 2}


def frame(pairs: list[tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["numerator", "denominator"], dtype=float)


def test_funnel_of_proportions_equals_the_reference() -> None:
    expected = read("funnel_proportions.csv")
    found = funnel(expected[["numerator", "denominator"]], "proportion", 100)
    for name in ["average", *LIMITS]:
        assert_close(found[name], expected[name])
    assert found["position"].tolist() == expected["position"].tolist()


def test_funnel_of_rates_equals_the_reference() -> None:
    expected = read("funnel_rates.csv")
    found = funnel(expected[["numerator", "denominator"]], "rate", 100_000)
    assert found["position"].tolist() == expected["position"].tolist()
    events = found["average"] / 100_000 * expected["denominator"]
    assert_close(found["lower_95"] * expected["denominator"] / 100_000, pd.Series(chi2.ppf(0.025, 2 * events) / 2))
    assert_close(found["upper_998"] * expected["denominator"] / 100_000, pd.Series(chi2.ppf(0.999, 2 * events + 2) / 2))


@pytest.mark.parametrize(("method", "kind"), [("spc_proportion", "proportion"), ("spc_dsr", "rate")])
def test_drawn_limits_around_a_given_average_equal_the_reference(method: str, kind: str) -> None:
    cases = read("comparisons.csv").query("method == @method").reset_index(drop=True)
    counts = cases.assign(numerator=cases["value"] * cases["denominator"] / cases["unit"])
    found = funnel(counts, kind, cases["unit"].iloc[0], average="benchmark")
    inner = cases["z_or_p"].isin([1.96, 0.025])
    lower, upper = (found[f"{side}_95"].where(inner, found[f"{side}_998"]) for side in ("lower", "upper"))
    word = np.select([cases["value"] < lower, cases["value"] > upper], ["better", "worse"], "similar")
    assert word.tolist() == cases["expected"].tolist()


@pytest.mark.parametrize("call", [funnel, overdispersion])
def test_a_row_that_breaks_a_rule_is_left_out_of_the_average(call: Callable[..., pd.DataFrame]) -> None:
    good, mixed = [(5.0, 100.0), (9, 100), (7, 120)], [(-5.0, 100.0), (5, 100), (9, 100), (np.nan, 50), (7, 120)]
    alone, found = call(frame(good), "rate", 1000), call(frame(mixed), "rate", 1000)
    added = [name for name in alone.columns if name not in ("numerator", "denominator")]
    assert found.loc[[1, 2, 4], added].reset_index(drop=True).equals(alone[added])
    assert found.loc[0, "reason"] == "the numerator is below zero"
    assert found.loc[0, [name for name in added if name != "reason"]].isna().all()


@pytest.mark.parametrize("call", [funnel, overdispersion])
def test_groups_are_worked_apart(call: Callable[..., pd.DataFrame]) -> None:
    one, two = frame([(5, 100), (9, 100), (40, 300)]), frame([(50, 100), (90, 110), (40, 300)])
    both = pd.concat([one.assign(group=None), two.assign(group="b")]).sample(frac=1, random_state=3)
    found = call(both, "proportion", 100, by="group")
    for part, name in ((one, None), (two, "b")):
        alone = call(part, "proportion", 100)
        own = found[found["group"].isna() if name is None else found["group"] == name].sort_index()
        pd.testing.assert_frame_equal(own.drop(columns="group"), alone)


@pytest.mark.parametrize("call", [funnel, overdispersion])
def test_a_given_average_that_is_missing_is_named(call: Callable[..., pd.DataFrame]) -> None:
    found = call(
        frame([(5, 100), (9, 100), (8, 100)]).assign(england=[5.0, np.nan, 5.0]), "rate", 100, average="england"
    )
    assert found["reason"].tolist()[1] == "the average is missing"
    assert found["reason"].isna().tolist() == [True, False, True]


def test_no_events_anywhere_leave_no_room_for_variation() -> None:
    found = overdispersion(frame([(0, 100), (0, 200)]), "rate", 100)
    assert (found["reason"] == "the average leaves no room for variation").all()
    assert found[["dispersion", "adjusted_upper_998", "attention"]].isna().all(axis=None)
    assert funnel(frame([(0, 100), (0, 200)]), "rate", 100)["position"].tolist() == ["within", "within"]


def test_everybody_counted_leaves_no_room_for_variation() -> None:
    assert overdispersion(frame([(3, 3), (7, 7)]), "proportion", 100)["attention"].isna().all()


def test_adjusted_limits_are_the_published_formula() -> None:
    x, n = np.array([80.0, 85, 120, 125, 190, 10, 99, 101, 97, 103]), np.full(10, 1000.0)
    found = overdispersion(pd.DataFrame({"numerator": x, "denominator": n}), "rate", 1)
    average = x.sum() / n.sum()
    error = np.sqrt(average / n)
    score = (x / n - average) / error
    winsorised = np.clip(score, np.quantile(score, 0.1), np.quantile(score, 0.9))
    phi, weight = (winsorised**2).mean(), 1 / error**2
    between = (len(x) * phi - (len(x) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    half = 3.090232306167813 * np.sqrt(error**2 + between)
    assert phi > 1
    np.testing.assert_allclose(found["dispersion"], phi)
    np.testing.assert_allclose(found["adjusted_lower_998"], average - half)
    np.testing.assert_allclose(found["adjusted_upper_998"], average + half)
    assert found["attention"].tolist() == ["within"] * 4 + ["high", "low"] + ["within"] * 4


def test_without_more_than_counting_noise_nothing_is_added() -> None:
    found = overdispersion(frame([(100, 1000), (101, 1000), (99, 1000)]), "rate", 1)
    half = 3.090232306167813 * np.sqrt(0.1 / 1000)
    assert found["dispersion"].iloc[0] < 1
    np.testing.assert_allclose(found["adjusted_upper_998"], 0.1 + half)


@given(AREAS)
def test_adjusted_limits_are_never_narrower_than_counting_noise(pairs: list[tuple[int, int]]) -> None:
    found = overdispersion(frame(pairs), "rate", 1)
    average = found["numerator"].sum() / found["denominator"].sum()
    noise = 3.0902 * np.sqrt(average / found["denominator"])
    assert (found["adjusted_upper_998"].fillna(np.inf) >= average + noise - 1e-12).all()


@given(AREAS, st.randoms(use_true_random=False))
def test_relabelling_areas_changes_nothing(pairs: list[tuple[int, int]], random: np.random.Generator) -> None:
    order = list(range(len(pairs)))
    random.shuffle(order)
    for call in (funnel, overdispersion):
        straight, mixed = call(frame(pairs), "rate", 1e5), call(frame(pairs).iloc[order], "rate", 1e5).sort_index()
        pd.testing.assert_frame_equal(straight, mixed)


@given(AREAS)
def test_position_never_contradicts_the_own_value(pairs: list[tuple[int, int]]) -> None:
    found = funnel(frame(pairs), "rate", 1e5)
    side = found["position"].map(WORDS)
    gap = found["numerator"] / found["denominator"] * 1e5 - found["average"]
    assert (side * gap >= 0).all()


def test_changes_have_limits_of_their_own() -> None:
    difference = pd.Series([-1.0, 0, 1, 0.5, -0.5, 0.2, 9, np.nan, 1])
    changes = pd.DataFrame(
        {"difference": difference, "difference_lower": difference - 2, "difference_upper": difference + 2}
    )
    changes.loc[8, "difference_upper"] = changes.loc[8, "difference_lower"]
    found = overdispersion_of_changes(changes)
    assert found["attention"].fillna("-").tolist() == ["within"] * 6 + ["high", "-", "-"]
    assert found["reason"].tolist()[7:] == ["the change or its limits are missing"] * 2
    assert found["average_change"].iloc[0] == pytest.approx(difference[:7].mean())


def beside(benchmark: float, **more: object) -> pd.DataFrame:
    """Ten areas of 1,000 people each with their rates beside a benchmark that is not their own average."""
    counts = frame([(count, 1000) for count in (80, 85, 120, 125, 190, 10, 99, 101, 97, 103)])
    of_kind = {"measure": "rate", "multiplier": 1000.0, "indicator": "a", "benchmark": benchmark}
    return counts.assign(value=counts["numerator"], **{**of_kind, **more})


def test_attention_rests_on_limits_around_the_benchmark() -> None:
    given = beside(60.0)
    found = attention(given, by="indicator")
    expected = overdispersion(given, "rate", 1000, average="benchmark")
    pd.testing.assert_frame_equal(found[ATTENTION], expected[ATTENTION])
    assert ((found["adjusted_lower_998"] + found["adjusted_upper_998"]) / 2).tolist() == pytest.approx([60.0] * 10)
    own = overdispersion(given, "rate", 1000)
    assert own["dispersion"].iat[0] != pytest.approx(found["dispersion"].iat[0])
    assert found["reason"].isna().all() and found[given.columns.tolist()].equals(given)


def test_a_place_whose_figure_is_not_given_does_not_come_in_by_its_counts() -> None:
    given = beside(100.0)
    city = pd.DataFrame([{**given.iloc[0], "numerator": 900.0, "value": np.nan}])
    found = attention(pd.concat([city, given]), by="indicator")
    assert found[ATTENTION].iloc[1:].equals(attention(given, by="indicator")[ATTENTION])
    assert found.iloc[0][ATTENTION].isna().all() and found["numerator"].iat[0] == 900.0
    assert found["reason"].iat[0] == "the numerator is missing"


def test_measures_and_multipliers_are_worked_apart_and_others_have_no_limits() -> None:
    parts = [beside(100.0), beside(10.0, multiplier=100.0), beside(10.0, measure="proportion", multiplier=100.0)]
    shares = [part.assign(value=part["numerator"] / 1000 * part["multiplier"]) for part in parts]
    found = attention(pd.concat([*shares, beside(5.0, measure="mean")]), by="indicator")
    for place, part in enumerate(shares):
        alone = attention(part, by="indicator")[ATTENTION]
        assert found[ATTENTION].iloc[place * 10 : place * 10 + 10].equals(alone) and alone.notna().all(axis=None)
    rest = found.iloc[30:]
    assert len(rest) == 10 and rest[ATTENTION].isna().all(axis=None)
    assert set(rest["reason"]) == {"it is neither a proportion nor a rate"}
    assert attention(beside(5.0, measure="mean"), by="indicator")["attention"].isna().all()


def test_without_a_benchmark_nothing_is_said_of_attention() -> None:
    found = attention(beside(np.nan), by="indicator")
    assert found[ATTENTION].isna().all(axis=None)
    assert set(found["reason"]) == {"the benchmark is missing"}


@pytest.mark.parametrize("call", [funnel, overdispersion])
def test_the_kind_must_be_known(call: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(MetricError, match="'kind' must be proportion or rate; it is 'mean'"):
        call(frame([(1, 2)]), "mean", 100)

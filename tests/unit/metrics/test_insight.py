"""What people said, counted."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.delta_limits import FEWEST
from metrics.errors import MetricError
from metrics.insight import directions, distribution, gap, themes, unheard

GRADES = st.lists(st.integers(1, 5), min_size=1, max_size=15)


def heard(providers: list[float | None], users: list[float | None], **more: object) -> pd.DataFrame:
    who = ["service_provider"] * len(providers) + ["service_user"] * len(users)
    frame = pd.DataFrame({"grade": [*providers, *users], "perspective": who, "participants": 10.0}).assign(**more)
    return frame.astype({"grade": float})


def test_distribution_counts_insights_and_people() -> None:
    frame = heard([5, 5, None], [1], area=["A", "A", "A", "B"])
    frame["participants"] = [12, np.nan, 3, 40]
    found = distribution(frame, by="area").set_index("area")
    assert found.loc["A", ["grade_5", "not_asked", "insights", "people", "people_unknown"]].tolist() == [2, 1, 3, 15, 1]
    assert found.loc["B", ["grade_1", "grade_5", "insights", "people"]].tolist() == [1, 0, 1, 40]


@pytest.mark.parametrize("grade", [0, 6, 2.5])
def test_a_grade_outside_the_scale_is_refused(grade: float) -> None:
    for count in (distribution, gap):
        with pytest.raises(MetricError, match="'grade' must hold whole numbers from 1 to 5"):
            count(heard([grade], [3]), by=())


@given(GRADES, GRADES)
def test_the_gap_is_cliffs_delta(providers: list[int], users: list[int]) -> None:
    row = gap(heard(providers, users), by=()).iloc[0]
    pairs = [np.sign(one - two) for one, two in itertools.product(providers, users)]
    assert row["cliffs_delta"] == pytest.approx(np.mean(pairs))
    assert row[["providers_higher", "equal", "users_higher"]].sum() == pytest.approx(1)
    assert row[["provider_insights", "user_insights"]].tolist() == [len(providers), len(users)]
    assert row[["provider_people", "user_people"]].tolist() == [10 * len(providers), 10 * len(users)]


def test_one_side_alone_makes_no_gap() -> None:
    found = gap(heard([4], [None, 2, None], area=["A", "A", "B", "C"]), by="area").set_index("area")
    assert found["reason"].tolist() == ["no user gave a grade", "no provider gave a grade", "no provider gave a grade"]
    assert found["cliffs_delta"].isna().all()


# The worked example of R's effsize 0.8, its values of 10 to 50 as grades 1 to 5: -0.25, from -0.7265846 to 0.3890062.
TREATMENT, CONTROL = [1, 1, 2, 2, 2, 3, 3, 3, 4, 5], [1, 2, 3, 4, 4, 5]


def limits_of(frame: pd.DataFrame, **more: float) -> list[float]:
    return [float(value) for value in gap(frame, by=(), **more).iloc[0][["cliffs_delta", "delta_lower", "delta_upper"]]]


def test_limits_of_the_gap_are_those_published_of_the_same_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics.delta_limits.FEWEST", 6)
    assert limits_of(heard(TREATMENT, CONTROL)) == pytest.approx([-0.25, -0.7265846, 0.3890062], abs=5e-8)
    assert limits_of(heard(CONTROL, TREATMENT)) == pytest.approx([0.25, -0.3890062, 0.7265846], abs=5e-8)


def test_limits_of_the_gap_by_hand() -> None:
    """Ten a side, five at 4 and five at 2 against ten at 3: each pair is +1 or -1, half of them each.

    Delta is 0; each provider's own share is +1 or -1, so the variance is (100 * 10 + 100 * 0 - 100) / (100 * 81) =
    1/9, and with t = 2.100922 of 18 degrees of freedom the limits are t/3 * sqrt(1 + t²/9) / (1 + t²/9).
    """
    half = 2.100922 / 3
    limit = half / (1 + half**2) ** 0.5
    assert limits_of(heard([4] * 5 + [2] * 5, [3] * 10)) == pytest.approx([0, -limit, limit], abs=1e-6)


def test_limits_where_every_pair_points_one_way() -> None:
    """The bound of Feng and Cliff: (n - t²)/(n + t²), n the smaller side, t of 22 degrees of freedom = 2.073873."""
    bound = (12 - 2.073873**2) / (12 + 2.073873**2)
    assert limits_of(heard([5] * 12, [1] * 12)) == pytest.approx([1, bound, 1], abs=1e-6)
    assert limits_of(heard([1] * 12, [5] * 12)) == pytest.approx([-1, -1, -bound], abs=1e-6)


@pytest.mark.parametrize(
    ("providers", "users", "reason"),
    [
        ([4] * (FEWEST - 1), [1, 2] * FEWEST, "fewer than 10 graded insights on one side"),
        ([1, 2] * FEWEST, [4] * (FEWEST - 1), "fewer than 10 graded insights on one side"),
        ([3] * FEWEST, [3] * FEWEST, "everybody gave the same grade"),
        ([3] * FEWEST, [], "no user gave a grade"),
    ],
)
def test_without_limits_there_is_a_reason(providers: list[float], users: list[float], reason: str) -> None:
    row = gap(heard(providers, users), by=()).iloc[0]
    assert pd.isna(row["delta_lower"]) and pd.isna(row["delta_upper"]) and row["limits_reason"] == reason


@given(st.lists(st.integers(1, 5), min_size=10, max_size=25), st.lists(st.integers(1, 5), min_size=10, max_size=25))
def test_limits_hold_the_gap_and_stay_on_the_scale(providers: list[int], users: list[int]) -> None:
    delta, lower, upper = limits_of(heard(providers, users))
    wide = limits_of(heard(providers, users), confidence=0.99)
    assert np.isnan(lower) or -1 <= wide[1] <= lower <= delta <= upper <= wide[2] <= 1
    assert np.isnan(lower) == (len({*providers, *users}) == 1)


def test_limits_hold_the_true_gap_about_as_often_as_they_say() -> None:
    """400 draws of 10 and 30 insights from known grades: 95 % limits hold the known gap in 91 % to 99 % of them."""
    chances = np.array([[0.1, 0.2, 0.3, 0.25, 0.15], [0.2, 0.3, 0.25, 0.15, 0.1]])
    true = chances[0] @ np.sign(np.subtract.outer(np.arange(5), np.arange(5))) @ chances[1]
    draw = np.random.default_rng(20250731)
    frames = [
        heard(*(list(draw.choice(range(1, 6), size, p=chance)) for size, chance in zip((10, 30), chances, strict=True)))
        for _ in range(400)
    ]
    found = gap(pd.concat(frames, keys=range(400), names=["draw", None]).reset_index("draw"), by="draw")
    assert 0.91 <= ((found["delta_lower"] <= true) & (true <= found["delta_upper"])).mean() <= 0.99


def test_areas_in_which_nobody_was_heard_are_counted_strictly() -> None:
    frame = pd.DataFrame({"area_code": ["A", "A", "C", "E12"], "perspective": ["community"] * 3 + ["service_user"]})
    found = unheard(frame, ["A", "B", "C"]).set_index("perspective")
    assert found.loc["community"].tolist() == [2, 3, ["B"]]
    assert found["areas_heard"].tolist() == [0, 0, 0, 2] and found.loc["service_user", "unheard"] == ["A", "B", "C"]
    assert unheard(frame.head(0), ["A"])["areas_heard"].tolist() == [0, 0, 0, 0]


def test_carers_and_communities_count_as_users() -> None:
    frame = heard([5], [1, 1]).assign(perspective=["service_provider", "carer_or_family", "community"])
    assert gap(frame, by=())["user_insights"].tolist() == [2]
    with pytest.raises(MetricError, match="'perspective' must hold .*; it holds 'police'"):
        gap(frame.assign(perspective="police"), by=())


def test_directions_are_counted() -> None:
    frame = pd.DataFrame({"area": list("AAB"), "direction": ["better", None, "worse"]})
    found = directions(frame, by="area").set_index("area")
    assert found.loc["A"].tolist() == [1, 0, 0, 0, 1] and found.loc["B"].tolist() == [0, 0, 1, 0, 0]


def test_themes_are_told_apart_by_their_words_only() -> None:
    barriers = ["Staff time; IT ", "staff  time;;Staff Time", None, " ", "IT"]
    frame = pd.DataFrame({"side": list("ppuup"), "barriers": barriers, "participants": [5, np.nan, 9, 9, 2.0]})
    found = themes(frame, "barriers", by="side")
    assert found.to_numpy().tolist() == [["p", "IT", 2, 7], ["p", "Staff time", 2, 5]]


def test_no_insights_have_no_themes() -> None:
    assert themes(pd.DataFrame({"barriers": [None], "participants": [1.0]}), "barriers").empty
    assert distribution(heard([], [], area=[]), by="area").empty

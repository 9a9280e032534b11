"""What people said, counted."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MetricError
from metrics.insight import directions, distribution, gap, themes

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

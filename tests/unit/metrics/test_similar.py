"""How alike areas are, against distances worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import MetricError
from metrics.similar import Measured, growth, nearest, per_square_kilometre

PLAIN = {"people": Measured("plain", 1.0)}


def towns(people: list[float], **more: object) -> pd.DataFrame:
    names = [f"T{place}" for place in range(len(people))]
    return pd.DataFrame({"area_code": names, "left_out": False, "people": people}).assign(**more)


def test_distance_by_hand() -> None:
    # People: mean 20, deviation 10, scores -1, 0, 1. Land: mean 3, deviation 2, scores -1, 1, 0.
    frame = towns([10.0, 20, 30], land=[1.0, 5.0, 3.0])
    weights = {"people": Measured("plain", 3.0), "land": Measured("plain", 1.0)}
    found = nearest(frame, "T0", weights)
    assert found["people_score"].tolist() == [-1, 0, 1] and found["land_score"].tolist() == [-1, 1, 0]
    # T1: √((3·1² + 1·2²) / 4); T2: √((3·2² + 1·1²) / 4).
    assert found["distance"].tolist() == pytest.approx([0, np.sqrt(7 / 4), np.sqrt(13 / 4)])
    assert found["rank"].tolist()[1:] == [1, 2] and np.isnan(found["rank"].iloc[0])


def test_log_scale_looks_at_ratios() -> None:
    found = nearest(towns([10.0, 100, 1000]), "T1", {"people": Measured("log", 1.0)})
    assert found["people_score"].tolist() == pytest.approx([-1, 0, 1])
    assert found["distance"].tolist() == pytest.approx([1, 0, 1])


def test_an_area_left_out_moves_nobody_and_has_no_distance() -> None:
    frame = towns([10.0, 20, 30, 1e9])
    found = nearest(frame.assign(left_out=frame["people"] > 100), "T0", PLAIN)
    assert found["distance"].tolist()[:3] == [0, 1, 2] and np.isnan(found["distance"].iloc[3])
    assert (
        found["reason"].tolist()[3] == "left out of the comparison"
        and found["reason"].isna().tolist()[:3] == [True] * 3
    )


def test_an_area_left_out_has_no_neighbours() -> None:
    frame = towns([10.0, 20, 30])
    found = nearest(frame.assign(left_out=frame["area_code"] == "T0"), "T0", PLAIN)
    assert found["distance"].isna().all() and set(found["reason"]) == {"left out of the comparison"}


@pytest.mark.parametrize(
    ("value", "scale", "reason"),
    [
        (np.nan, "plain", "a characteristic is missing"),
        (np.nan, "log", "a characteristic is missing"),
        (0.0, "log", "a characteristic on a log scale is not above zero"),
    ],
)
def test_what_cannot_be_compared_says_why(value: float, scale: str, reason: str) -> None:
    found = nearest(towns([10.0, 20, 30, value]), "T0", {"people": Measured(scale, 1.0)})
    assert found["reason"].iloc[3] == reason and np.isnan(found["distance"].iloc[3])
    assert found["rank"].count() == 2


def test_a_characteristic_that_does_not_vary_tells_nobody_apart() -> None:
    weights = {**PLAIN, "same": Measured("plain", 1.0)}
    found = nearest(towns([10.0, 20, 30], same=7.0), "T0", weights)
    assert found["same_score"].tolist() == [0, 0, 0]
    assert found["distance"].tolist() == pytest.approx([0, np.sqrt(1 / 2), np.sqrt(4 / 2)])


@given(st.lists(st.floats(1, 1e6), min_size=3, max_size=12, unique=True))
def test_distance_is_the_same_both_ways_and_knows_no_unit(people: list[float]) -> None:
    there = nearest(towns(people), "T0", PLAIN)["distance"].iloc[1]
    back = nearest(towns(people), "T1", PLAIN)["distance"].iloc[0]
    other = nearest(towns([1000 * value for value in people]), "T0", PLAIN)["distance"].iloc[1]
    assert there == pytest.approx(back) == pytest.approx(other)


def test_the_frame_is_left_as_it_was() -> None:
    frame = towns([10.0, 20, 30]).set_axis([7, 3, 5])
    found = nearest(frame, "T1", PLAIN)
    assert list(frame.columns) == ["area_code", "left_out", "people"] and found.index.tolist() == [7, 3, 5]


@pytest.mark.parametrize(
    ("area", "how"),
    [("T9", PLAIN), ("T0", {"people": Measured("cube", 1.0)}), ("T0", {"people": Measured("log", 0.0)})],
)
def test_wrong_argument_is_refused(area: str, how: dict[str, Measured]) -> None:
    with pytest.raises(MetricError):
        nearest(towns([10.0, 20, 30]), area, how)


def test_density_and_growth() -> None:
    assert per_square_kilometre(pd.Series([931_900.0]), pd.Series([5383.6])).round(1).tolist() == [173.1]
    assert growth(pd.Series([110.0]), pd.Series([100.0])).round(6).tolist() == [10.0]

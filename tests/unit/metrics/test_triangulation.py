"""Numbers beside voices."""

import itertools

import numpy as np
import pandas as pd
import pytest

from metrics.triangulation import NUMBERS, VOICES, fit, numbers_say, voices_say


def changes(*words: str | None, polarity: str = "higher_is_better") -> pd.DataFrame:
    return pd.DataFrame({"change": list(words), "polarity": polarity, "area": "A"})


def voices(*grades: float, who: str = "service_user") -> pd.DataFrame:
    return pd.DataFrame({"grade": list(grades), "perspective": who, "area": "A"}).astype({"grade": float})


@pytest.mark.parametrize(
    ("words", "side"),
    [
        (["improved", "improved", "worsened"], "positive"),
        (["improved", "worsened", "worsened"], "negative"),
        (["improved", "worsened"], "neutral"),
        (["no_clear_change"], "neutral"),
        (["cannot_be_calculated", None], "absent"),
    ],
)
def test_numbers_point_where_most_indicators_moved(words: list[str | None], side: str) -> None:
    assert numbers_say(changes(*words), by="area")["numbers"].tolist() == [side]


def test_indicators_without_a_judgement_do_not_count() -> None:
    both = pd.concat(
        [changes("higher", "no_clear_change", "cannot_be_calculated", polarity="no_judgement"), changes("worsened")]
    )
    row = numbers_say(both, by="area").iloc[0]
    counts = ["improved", "worsened", "no_clear_change", "not_calculable", "not_judged"]
    assert row[counts].tolist() == [0, 1, 0, 0, 3] and row["numbers"] == "negative"
    assert numbers_say(both[:3], by="area")["numbers"].tolist() == ["absent"]


@pytest.mark.parametrize(
    ("grades", "side"),
    [([5, 4, 1], "positive"), ([1, 2, 5], "negative"), ([5, 1], "mixed"), ([3, 3], "mixed"), ([np.nan], "silent")],
)
def test_voices_point_where_most_grades_lie(grades: list[float], side: str) -> None:
    assert voices_say(voices(*grades), by="area")["voices"].tolist() == [side]


def test_providers_and_users_are_heard_apart() -> None:
    frame = pd.concat(
        [voices(5, 5, who="service_provider"), voices(1, who="community"), voices(2, who="carer_or_family")]
    )
    row = voices_say(frame, by="area").iloc[0]
    assert row[["voices", "provider_voices", "user_voices"]].tolist() == ["mixed", "positive", "negative"]
    alone = voices_say(voices(5, who="service_provider"), by="area").iloc[0]
    assert alone["user_voices"] == "silent"


def test_every_pair_of_sides_has_its_fit() -> None:
    pairs = pd.DataFrame(itertools.product(NUMBERS, VOICES), columns=["numbers", "voices"])
    found = fit(pairs).pivot(index="numbers", columns="voices", values="fit").loc[NUMBERS, VOICES]
    assert found.to_numpy().tolist() == [
        ["convergent", "dissonant", "complementary", "silent"],
        ["dissonant", "convergent", "complementary", "silent"],
        ["complementary", "complementary", "convergent", "silent"],
        ["silent"] * 4,
    ]


def test_the_silent_side_is_named() -> None:
    pairs = pd.DataFrame(
        {"numbers": ["absent", "positive", None, "positive"], "voices": ["mixed", "silent", None, "positive"]}
    )
    assert fit(pairs)["silent_side"].fillna("").tolist() == ["numbers", "voices", "numbers and voices", ""]

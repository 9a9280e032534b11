"""Providers and users side by side, and the direction that insights say."""

import pandas as pd
import pytest

from charts.directions import SAID, directions_chart, directions_sentence
from charts.gap import delta_words, gap_sentence, sides_chart
from charts.palette import LIGHT

LINE = {
    "provider_insights": 20, "provider_people": 1_200, "user_insights": 10, "user_people": 1, "cliffs_delta": 0.2,
    "delta_lower": -0.05, "delta_upper": 0.4, "providers_higher": 0.5, "equal": 0.2, "users_higher": 0.3,
    "reason": None, "limits_reason": None,
}  # fmt: skip


def test_gap_is_said_with_its_limits_and_who_stands_behind_it() -> None:
    assert gap_sentence(LINE) == (
        "Set each provider’s grade beside each user’s: in 50 % of these pairs the provider’s is higher, in 30 % the "
        "user’s, in 20 % neither. Cliff’s delta +0.20 (−0.05 to +0.40); 20 graded insights of providers (at least "
        "1,200 people), 10 graded insights of users, families and communities (at least 1 person)."
    )


def test_gap_without_limits_or_without_a_side_says_why() -> None:
    none = LINE | {"delta_lower": None, "delta_upper": None, "limits_reason": "too few"}
    assert delta_words(none) == "+0.20 (no limits: too few)"
    silent = LINE | {"cliffs_delta": None, "reason": "no user gave a grade", "user_insights": 0, "user_people": 0}
    assert gap_sentence(silent).startswith("No gap can be given: no user gave a grade; 20 graded insights of providers")


def test_sides_are_shares_of_their_own_and_carry_their_number() -> None:
    counts = {f"grade_{grade}": [grade, 0] for grade in range(1, 6)}
    figure = sides_chart(pd.DataFrame({"name": ["Providers", "<b>Users"], **counts}), LIGHT, "Title")
    first, second = (pd.Series([bar.x[side] for bar in figure.data]) for side in (0, 1))
    assert first.sum() == pytest.approx(100) and first.iloc[4] == pytest.approx(500 / 15) and second.isna().all()
    notes = [note.text for note in figure.layout.annotations]
    assert notes == ["Providers (n 15)", "&lt;b&gt;Users (n 0)"] and figure.data[0].y == tuple(notes)


QUARTERS = pd.DataFrame(
    {
        "period_label": ["Jan to Mar 2026", "Apr to Jun 2026", "Jul to Sep 2026"],
        "better": [5, 1_000, 0], "same": [0, 2, 0], "mixed": [1, 0, 0], "worse": [2, 3, 0], "not_asked": [1, 0, 4],
    }
).assign(said=[8, 1_005, 0])  # fmt: skip


def test_directions_are_counted_in_all_and_in_the_newest_quarter_that_says() -> None:
    assert directions_sentence(QUARTERS) == (
        "Of 1,013 insights that say a direction, 1,005 say better, 2 say the same, 1 say mixed and 5 say worse. In the "
        "newest quarter, Apr to Jun 2026, 1,000 say better, 2 say the same, 0 say mixed and 3 say worse. 5 more "
        "insights did not ask."
    )
    assert directions_sentence(QUARTERS.tail(1)) == (
        "No insight says whether it gets better or worse; 4 insights did not ask."
    )


def test_directions_are_told_apart_by_pattern_as_well() -> None:
    figure = directions_chart(QUARTERS, LIGHT, "Title")
    assert [list(bar.x) for bar in figure.data] == [list(QUARTERS[word]) for word in SAID]
    assert len({(bar.marker.color, bar.marker.pattern.shape) for bar in figure.data}) == 4

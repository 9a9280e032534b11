"""What remains of a total beside its parts, and parts that are more than their total."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.disclosure import protect
from metrics.errors import MetricError
from metrics.remainders import REST, with_remainders
from tests.unit.metrics.test_disclosure import worked_out


def table(*rows: tuple[str, str | None, str | None, float, float], measure: str = "proportion") -> pd.DataFrame:
    """Rows of area, larger place, part of `sex`, numerator and denominator."""
    found = pd.DataFrame(rows, columns=["area_code", "parent_code", "breakdown", "numerator", "denominator"])
    kind = found["breakdown"].where(found["breakdown"].isna(), "sex")
    ours = found["breakdown"].notna() | found["area_code"].str.contains("|", regex=False)
    ruled = found.assign(breakdown_type=kind, disclosure="threshold_7", measure=measure, multiplier=100.0)
    return ruled.assign(part_of_area=ours)


def added(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    rest = with_remainders(frame, by=()).iloc[len(frame) :]
    return list(
        rest[["area_code", "parent_code", "breakdown", "numerator", "denominator"]]
        .astype(object)
        .fillna("")
        .itertuples(False, None)
    )


def hidden(frame: pd.DataFrame) -> list[bool]:
    return protect(with_remainders(frame, by=()), by=()).head(len(frame))["hidden"].tolist()


def test_what_remains_of_a_breakdown_is_a_part_of_it() -> None:
    assert added(table(("A", None, None, 80, 120), ("A", None, "female", 31, 40))) == [("A", "", REST, 49, 80)]


def test_what_remains_of_organisations_is_a_part_of_the_area() -> None:
    assert added(table(("A", None, None, 80, 120), ("A|x", "A", None, 31, 40))) == [(f"A{REST}", "A", "", 49, 80)]


def test_parts_that_fill_their_total_leave_nothing() -> None:
    whole = table(("A", None, None, 80, 120), ("A", None, "female", 31, 40), ("A", None, "male", 49, 80))
    assert added(whole) == []
    pd.testing.assert_frame_equal(with_remainders(whole, by=()), whole, check_dtype=False)


def test_part_that_was_not_reported_is_in_what_remains() -> None:
    assert added(table(("A", None, None, 80, 120), ("A", None, "female", np.nan, np.nan))) == [("A", "", REST, 80, 120)]


def test_total_that_is_not_known_leaves_nothing() -> None:
    assert added(table(("A", None, None, np.nan, np.nan), ("A", None, "female", 3, 40))) == []


def test_areas_of_a_region_are_left_alone() -> None:
    assert added(table(("R", None, None, 80, 120), ("A", "R", None, 31, 40))) == []


def test_small_remainder_hides_the_part_that_would_tell_it() -> None:
    assert hidden(table(("A", None, None, 35, 60), ("A", None, "male", 31, 40))) == [False, True]
    assert hidden(table(("A", None, None, 80, 120), ("A", None, "male", 31, 40))) == [False, False]


def test_overlapping_parts_are_no_parts_and_hide_no_total() -> None:
    overlapping = table(("A", None, None, 50, 60), ("A", None, "one", 4, 50), ("A", None, "other", 50, 60))
    assert added(overlapping) == []
    assert hidden(overlapping) == [False, True, False]
    assert hidden(table(("A", None, None, 50, 60), ("A|x", "A", None, 4, 50), ("A|y", "A", None, 50, 60))) == [
        False,
        True,
        False,
    ]


def test_of_means_only_the_people_remain() -> None:
    rows = table(("A", None, None, np.nan, 60), ("A", None, "female", np.nan, 55), measure="mean")
    assert added(rows) == [("A", "", REST, "", 5)]
    assert hidden(rows) == [False, True]


def test_input_is_not_changed_and_a_column_must_be_there() -> None:
    frame = table(("A", None, None, 50, 60), ("A", None, "one", 4, 50), ("A", None, "other", 50, 60))
    before = frame.copy(deep=True)
    with_remainders(frame, by=())
    pd.testing.assert_frame_equal(frame, before)
    with pytest.raises(MetricError, match="part_of_area"):
        with_remainders(frame.drop(columns="part_of_area"), by=())


def test_frame_without_rows_stays_empty() -> None:
    assert with_remainders(table(("A", None, None, 1, 2)).head(0), by=()).empty


SMALL = st.integers(0, 12) | st.integers(0, 60)


def incomplete(others: list[int], parts: list[int], rest: int, organisations: list[int], more: int) -> pd.DataFrame:
    """A region of three areas, one of which reports some parts of its figure and some of its organisations."""
    own = max(sum(parts) + rest, sum(organisations) + more)
    areas = {"A": own, "B": others[0], "C": others[1]}
    rows = [("R", None, None, sum(areas.values()), np.nan)]
    rows += [(code, "R", None, count, np.nan) for code, count in areas.items()]
    rows += [("A", None, f"b{number}", count, np.nan) for number, count in enumerate(parts)]
    rows += [(f"A|{number}", "A", None, count, np.nan) for number, count in enumerate(organisations)]
    return table(*rows, measure="count")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(SMALL, min_size=2, max_size=2),
    st.lists(SMALL, min_size=1, max_size=3),
    SMALL,
    st.lists(SMALL, min_size=1, max_size=2),
    SMALL,
)
def test_nothing_hidden_can_be_worked_out_from_parts_that_are_not_all(
    others: list[int], parts: list[int], rest: int, organisations: list[int], more: int
) -> None:
    exact = incomplete(others, parts, rest, organisations, more)
    whole = with_remainders(exact, by=())
    shown = protect(whole, by=())
    small = exact["numerator"].between(1, 7).to_numpy()
    assert shown.head(len(exact)).loc[small, "hidden"].all()
    # Nobody is told what remains: an attacker knows only that there is something.
    unseen = shown.assign(hidden=shown["hidden"] | (shown.index >= len(exact)))
    assert [row for row in worked_out(whole, unseen) if shown["hidden"].iloc[row]] == []


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(SMALL, min_size=2, max_size=2),
    st.lists(SMALL, min_size=1, max_size=3),
    SMALL,
    st.lists(SMALL, min_size=1, max_size=2),
    SMALL,
)
def test_parts_give_way_to_totals_that_are_settled_and_still_tell_nothing(
    others: list[int], parts: list[int], rest: int, organisations: list[int], more: int
) -> None:
    exact = incomplete(others, parts, rest, organisations, more)
    whole = ~exact["part_of_area"]
    settled = exact.assign(settled=protect(exact[whole], by=())["hidden"])
    both = with_remainders(settled, by=())
    shown = protect(both, by=())
    assert shown.head(len(exact)).loc[whole, "hidden"].tolist() == settled.loc[whole, "settled"].tolist()
    unseen = shown.assign(hidden=shown["hidden"] | (shown.index >= len(exact)))
    assert [row for row in worked_out(both, unseen) if shown["hidden"].iloc[row]] == []


def test_total_that_is_settled_stays_and_its_part_is_hidden() -> None:
    exact = table(("A", None, None, 35, np.nan), ("A", None, "female", 31, np.nan), measure="count")
    assert hidden(exact.assign(settled=[False, None])) == [False, True]
    assert hidden(exact.assign(settled=[True, None])) == [True, False]
    other = table(("A", None, None, 35, np.nan), ("A", None, "female", 4, np.nan), measure="count")
    assert hidden(other.assign(settled=[False, None])) == [False, True]

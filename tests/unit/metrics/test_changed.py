"""Two pictures compared: which states differ, why, who moved in a ranking, and which figures may stand side by side."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics import changed
from metrics.errors import MetricError

PERIODS = {"period_start": pd.Timestamp("2026-04-01"), "period_end": pd.Timestamp("2026-06-30")}
LATER = {"period_start": pd.Timestamp("2026-07-01"), "period_end": pd.Timestamp("2026-09-30")}


def states(**by_area: object) -> pd.DataFrame:
    return pd.DataFrame({"area": list(by_area), "state": list(by_area.values())})


def test_only_states_that_differ_are_listed_with_what_they_were() -> None:
    before = states(A="similar", B="worse", C="worse", D=None)
    after = states(B="better", A="similar", D=None, E="worse")
    found = changed.compared(before, after, "area", "state")
    assert found.fillna("-").to_dict("list") == {
        "area": ["B", "E", "C"],
        "state": ["better", "worse", "-"],
        "was_state": ["worse", "-", "worse"],
    }


def test_nothing_differs_between_a_picture_and_itself() -> None:
    one = states(A="similar", B=None)
    assert changed.compared(one, one, "area", "state").empty
    assert changed.compared(one.head(0), one.head(0), "area", "state").empty


def test_from_nothing_everything_is_another() -> None:
    one = states(A="similar", B="worse")
    assert changed.compared(one.head(0), one, "area", "state")["area"].tolist() == ["A", "B"]
    assert changed.compared(one, one.head(0), "area", "state")["was_state"].tolist() == ["similar", "worse"]


def test_input_is_left_as_it_was() -> None:
    before, after = states(A="similar"), states(A="worse")
    changed.compared(before, after, ["area"], "state")
    assert before.equals(states(A="similar")) and after.equals(states(A="worse"))


def test_a_key_that_two_rows_share_and_a_missing_column_are_refused() -> None:
    twice = pd.concat([states(A="similar"), states(A="worse")])
    with pytest.raises(ValueError, match="not a one-to-one"):
        changed.compared(twice, states(A="worse"), "area", "state")
    with pytest.raises(MetricError, match="'state' is missing"):
        changed.compared(states(A="x")[["area"]], states(A="x"), "area", "state")


CHANGE: dict[str, Any] = {
    **{name: PERIODS[name] for name in PERIODS},
    "numerator": 50.0,
    "value": 50.0,
    "earlier_period_end": pd.Timestamp("2025-06-30"),
    "earlier_numerator": 40.0,
    "earlier_value": 40.0,
    "areas_included": 39.0,
}
NO_FIGURE = {"period_end": pd.NaT, "numerator": np.nan, "value": np.nan}


def why(before: dict[str, Any], after: dict[str, Any], resident: bool = False) -> str:
    was = {f"was_{name}": value for name, value in {**CHANGE, **before}.items()}
    frame = pd.DataFrame([{**CHANGE, **after, **was, "resident_population": resident}])
    return str(changed.cause(frame)["why"].iat[0])


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {**LATER, "value": 70.0}, changed.NEW_FIGURE),
        (NO_FIGURE, {}, changed.NEW_FIGURE),
        ({}, NO_FIGURE, changed.GONE),
        (LATER, {}, changed.GONE),
        ({}, {"numerator": 60.0, "value": 60.0}, changed.CORRECTED),
        ({}, {"earlier_value": 60.0}, changed.BASELINE_CORRECTED),
        ({"earlier_period_end": pd.NaT, "earlier_value": np.nan, "earlier_numerator": np.nan}, {}, changed.NEW_FIGURE),
        ({}, {"earlier_period_end": pd.NaT, "earlier_value": np.nan, "earlier_numerator": np.nan}, changed.GONE),
        ({}, {"earlier_period_end": pd.Timestamp("2025-03-31")}, changed.NEW_BASELINE),
        ({}, {}, changed.OTHERWISE),
    ],
)
def test_what_differs_in_the_data_is_named(before: dict[str, Any], after: dict[str, Any], told: str) -> None:
    assert why(before, after) == told


def test_another_population_is_no_correction_of_the_count() -> None:
    assert why({}, {"value": 48.0}, resident=True) == changed.POPULATION
    assert why({}, {"value": 48.0}, resident=False) == changed.CORRECTED
    assert why({}, {"value": 48.0, "numerator": 48.0}, resident=True) == changed.CORRECTED


def test_a_sum_that_another_area_joined_was_not_corrected() -> None:
    joined = {"numerator": 55.0, "value": 52.0, "areas_included": 40.0}
    assert why({}, joined) == changed.OTHER_AREAS == why({}, {**joined, "earlier_value": 41.0})
    assert why({}, {**joined, "numerator": 50.0}, resident=True) == changed.OTHER_AREAS
    assert why({}, {**joined, "areas_included": 39.0}) == changed.CORRECTED
    assert why({}, {**joined, **LATER}) == changed.NEW_FIGURE
    no_sum = {"areas_included": np.nan}
    assert why(no_sum, {**joined, **no_sum}) == changed.CORRECTED


FIGURE: dict[str, Any] = {
    **PERIODS,
    "numerator": 50.0,
    "value": 5.0,
    "lower": 4.0,
    "upper": 6.0,
    "benchmark": 7.0,
}
REPORTED = {"numerator": np.nan}


def why_of_figure(before: dict[str, Any], after: dict[str, Any], resident: bool = False) -> tuple[str, str]:
    """Why its word and why its rank is another."""
    was = {f"was_{name}": value for name, value in {**FIGURE, **before}.items()}
    frame = pd.DataFrame([{**FIGURE, **after, **was, "resident_population": resident}])
    return changed.cause_of_figure(frame)["why"].iat[0], changed.cause_of_rank(frame)["why"].iat[0]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, LATER, changed.NEW_FIGURE),
        (LATER, {}, changed.GONE),
        (LATER, NO_FIGURE, changed.GONE),
        ({}, {"value": 6.0}, changed.CORRECTED),
        ({}, {"numerator": 60.0}, changed.CORRECTED),
        (REPORTED, {**REPORTED, "lower": 4.5}, changed.CORRECTED),
        ({}, {"value": 6.0, "benchmark": 8.0}, changed.CORRECTED),
    ],
)
def test_why_a_latest_figure_has_another_word_or_rank(before: Any, after: Any, told: str) -> None:
    assert why_of_figure(before, after) == (told, told)


def test_a_rate_that_moved_with_the_population_was_not_corrected() -> None:
    moved = {"value": 4.8, "lower": 3.9, "upper": 5.8}
    assert set(why_of_figure({}, moved, resident=True)) == {changed.POPULATION}
    assert set(why_of_figure({}, moved)) == {changed.CORRECTED}
    assert set(why_of_figure({}, {**moved, "numerator": 48.0}, resident=True)) == {changed.CORRECTED}
    assert set(why_of_figure(REPORTED, {**moved, **REPORTED}, resident=True)) == {changed.CORRECTED}


def test_england_moved_only_if_its_figure_did() -> None:
    assert why_of_figure({}, {"benchmark": 8.0}) == (changed.ENGLAND_MOVED, changed.AREAS_MOVED)
    assert why_of_figure({}, {"benchmark": np.nan})[0] == changed.ENGLAND_MOVED
    assert why_of_figure({}, {}) == (changed.OTHERWISE, changed.AREAS_MOVED)
    assert why_of_figure({}, {"lower": 4.5})[0] == changed.OTHERWISE


def test_a_correction_by_more_than_a_fifth_is_large() -> None:
    frame = pd.DataFrame({"was_value": [50.0, 50, 50, 0, 0, np.nan], "value": [60.0, 60.1, 39, 0, 1, 5]})
    found = changed.moved_by(frame)
    assert found["much"].tolist() == [False, True, True, False, True, False]
    assert found["moved"].fillna(-99).round(1).tolist() == [10.0, 10.1, -11.0, 0.0, 1.0, -99.0]


def limits(*values: float, attention: list[str | None]) -> pd.DataFrame:
    around = {"adjusted_lower_998": 10.0, "adjusted_upper_998": 20.0}
    return pd.DataFrame({"value": list(values), "attention": attention, **around})


def test_ranks_go_to_those_beyond_the_limits_farthest_first() -> None:
    found = changed.ranked(limits(21, 4, 15, 21, np.nan, attention=["high", "low", "within", "high", None]))
    assert found["distance"].round(2).fillna(-1).tolist() == [1.2, 2.2, 0.0, 1.2, -1.0]
    assert found["rank"].fillna(0).tolist() == [2, 1, 0, 2, 0]
    assert changed.ranked(limits(attention=[]))["rank"].empty


def test_only_the_worse_side_concerns() -> None:
    sides = ["low", "high", "low", "high", "high", "within", None]
    polarity = ["higher_is_better"] * 2 + ["lower_is_better"] * 2 + ["no_judgement"] + ["lower_is_better"] * 2
    frame = pd.DataFrame({"attention": pd.array(sides, dtype="str"), "polarity": polarity})
    assert changed.concerning(frame).tolist() == [True, False, False, True, False, False, False]


def place(area: str, value: float, end: str = "2026-06-30", included: float = np.nan, **more: Any) -> dict[str, Any]:
    row = {"indicator": "a", "area_code": area, "period_start": "2026-04-01", "period_end": pd.Timestamp(end)}
    figures = {"value": value, "lower": value - 5, "upper": value + 5, "measure": "proportion"}
    return row | figures | {"polarity": "higher_is_better", "areas_included": included} | more


def test_each_area_stands_beside_the_benchmark_of_its_own_latest_period() -> None:
    rows = [place("A", 40), place("A", 70, "2026-09-30"), place("B", 50)]
    england = [place("E", 50, included=2.0), place("E", 60, "2026-09-30", included=2.0)]
    found = changed.latest_beside(pd.DataFrame([*rows, *england]), ["A", "B"], "E").set_index("area_code")
    assert found["comparison"].to_dict() == {"A": "better", "B": "similar"}
    assert found["benchmark"].to_dict() == {"A": 60.0, "B": 50.0}


def test_only_the_latest_common_period_where_areas_are_ranked() -> None:
    rows = [place("A", 40), place("A", 70, "2026-09-30"), place("B", 50), place("C", 99, "2026-12-31")]
    frame = pd.DataFrame([*rows, place("E", 50, included=2.0), place("E", 1, "2026-12-31", included=1.0)])
    found = changed.latest_beside(frame, ["A", "B", "C"], "E", same_period=True)
    assert found.set_index("area_code")["value"].to_dict() == {"A": 40.0, "B": 50.0}


def test_a_count_and_a_sum_of_one_area_are_no_benchmark() -> None:
    frame = pd.DataFrame([place("A", 40, measure="count"), place("E", 90, included=2.0, measure="count")])
    assert changed.latest_beside(frame, ["A"], "E")["comparison"].tolist() == ["not_compared"]
    alone = pd.DataFrame([place("A", 40), place("E", 40, included=1.0)])
    assert changed.latest_beside(alone, ["A"], "E")["comparison"].tolist() == ["not_compared"]


def fact(area: str, state: str, part: str = "", indicator: str = "a", **raw: float) -> dict[str, Any]:
    names = [f"{prefix}{name}" for prefix in ("", "was_") for name in ("numerator", "denominator", "value")]
    key = {"indicator": indicator, "area_code": area, **PERIODS, "breakdown_type": "age" if part else ""}
    blank = {**dict.fromkeys(names, np.nan), "note": None, "was_note": None}
    return key | {"breakdown": part, "organisation": "", "state": state} | blank | raw


def shown(area: str, value: float, hidden: bool = False, included: float = np.nan) -> dict[str, Any]:
    figures = dict.fromkeys(changed.FIGURES, np.nan if hidden else value)
    return {"indicator": "a", "area_code": area, **PERIODS, **figures, "hidden": hidden, "areas_included": included}


def both(facts: list[dict[str, Any]], before: list[dict[str, Any]], after: list[dict[str, Any]]) -> pd.DataFrame:
    blank = pd.DataFrame([shown("nowhere", 0)])
    sides = (pd.concat([blank, pd.DataFrame(rows)]) for rows in (before, after))
    return changed.figures_of_both(pd.DataFrame(facts), *sides, ["open"])


def test_figures_come_from_what_may_be_shown_never_from_what_was_reported() -> None:
    found = both([fact("A", "corrected", numerator=52, was_numerator=47)], [shown("A", 45)], [shown("A", 50)])
    assert found[["was_numerator", "numerator", "moved", "hidden"]].to_numpy().tolist() == [[45.0, 50.0, 5.0, False]]


def test_a_figure_hidden_at_one_version_is_hidden_at_both() -> None:
    facts = [fact(area, "corrected", numerator=3, was_numerator=40) for area in "AB"]
    found = both(facts, [shown("A", 40), shown("B", 0, hidden=True)], [shown("A", 0, hidden=True), shown("B", 30)])
    assert found["hidden"].tolist() == [True, True]
    assert found[[*changed.FIGURES, *(f"was_{name}" for name in changed.FIGURES)]].isna().all(axis=None)
    assert found["moved"].isna().all() and not found["much"].any()


def test_new_and_withdrawn_facts_have_one_side() -> None:
    facts = [fact("A", "new"), fact("B", "withdrawn")]
    found = both(facts, [shown("A", 9), shown("B", 20)], [shown("A", 30), shown("B", 60, included=3.0)])
    assert found["value"].fillna(-1).tolist() == [30.0, -1.0]
    assert found["was_value"].fillna(-1).tolist() == [-1.0, 20.0]


def test_parts_of_areas_are_shown_only_where_nothing_is_hidden() -> None:
    facts = [
        fact("A", "corrected", "young", numerator=3, was_numerator=4),
        fact("A", "corrected", "young", "open", numerator=3, was_numerator=4),
    ]
    found = both(facts, [shown("A", 1)], [shown("A", 2)])
    assert found["hidden"].tolist() == [True, False]
    assert found["numerator"].fillna(-1).tolist() == [-1.0, 3.0] and found["was_numerator"].iat[1] == 4.0


def test_sums_do_not_stand_in_for_what_was_reported() -> None:
    found = both([fact("R", "corrected")], [shown("R", 5)], [shown("R", 90, included=4.0)])
    assert found["was_value"].tolist() == [5.0] and found["value"].isna().all()


def test_no_facts_make_no_rows() -> None:
    found = both([fact("A", "new")], [], [])
    assert changed.figures_of_both(pd.DataFrame([fact("A", "new")]).head(0), pd.DataFrame([shown("A", 1)]),
                                   pd.DataFrame([shown("A", 1)]), []).empty  # fmt: skip
    assert found["value"].isna().all() and found["hidden"].tolist() == [False]

"""Sentences and choices of the Regions page that need no page."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from components import contrast, regional, regional_charts
from data.catalogue import Catalogue, Indicator

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def item(catalogue: Catalogue) -> Indicator:
    return catalogue.indicators["people_who_felt_heard"]


def quarters(*starts: str) -> pd.DataFrame:
    start = pd.to_datetime(list(starts))
    return pd.DataFrame({"period_start": start, "period_end": start + pd.DateOffset(months=3) - pd.Timedelta(days=1)})


def test_the_baseline_is_the_usual_start_of_what_comes_after_it() -> None:
    earlier = quarters("2025-10-01", "2025-07-01", "2025-04-01", "2025-01-01")
    assert regional.usual_earlier(earlier, pd.Series({"period_start": pd.Timestamp("2026-01-01")})) == 2


def test_the_oldest_separate_period_is_the_usual_start_before_the_baseline() -> None:
    ends = pd.to_datetime(["2023-12-31", "2019-12-31", "2019-09-30", "2018-12-31", "2018-03-31"])
    years = pd.DataFrame({"period_start": ends - pd.DateOffset(years=1) + pd.Timedelta(days=1), "period_end": ends})
    assert regional.usual_earlier(years, pd.Series({"period_start": pd.Timestamp("2024-07-01")})) == 3


CHANCE = {"differ": "more_than_chance", "reason": None}
WIDER = {"narrowing": "wider", "spread_change": 2.04, "spread_change_lower": 0.5, "spread_change_upper": 3.6}


@pytest.mark.parametrize(
    ("differ", "narrow", "said"),
    [
        (
            CHANCE,
            WIDER,
            (
                "the regions differ by more than chance. Since 2024, the difference between regions has widened "
                "(standard deviation +2.0 percentage points, 95\u00a0% limits 0.5 to 3.6)."
            ),
        ),
        (
            {"differ": "no_more_than_chance", "reason": None},
            {"narrowing": "cannot_be_calculated", "reason": "fewer than three regions"},
            (
                "the regions differ no more than chance alone would make them. Whether the difference narrows cannot "
                "be said: fewer than three regions."
            ),
        ),
        (
            {"differ": "cannot_be_calculated", "reason": "it is a count"},
            {"narrowing": "cannot_be_calculated", "reason": "it is a count"},
            (
                "whether the regions differ by more than chance cannot be said: it is a count; nor can it be said "
                "whether the difference narrows."
            ),
        ),
    ],
)
def test_answer(item: Indicator, differ: dict[str, Any], narrow: dict[str, Any], said: str) -> None:
    assert regional.answer(item, "2026", differ, narrow, "2024") == f"{item.name}, 2026: {said}"


def test_title_is_the_finding_or_says_what_is_shown(item: Indicator) -> None:
    assert (
        regional.finding(item, WIDER, "2024") == f"{item.name}: the difference between regions has widened since 2024"
    )
    nothing = {"narrowing": "cannot_be_calculated"}
    assert regional.finding(item, nothing, "2024") == f"{item.name}: how far regions differ"


@pytest.mark.parametrize(
    ("included", "name"), [(4.0, "North West (4 of 5)"), (5.0, "North West"), (np.nan, "North West")]
)
def test_a_region_without_all_its_areas_says_so_in_its_name(included: float, name: str) -> None:
    line = {"region": "North West", "areas_included": included, "areas_expected": 5.0}
    assert regional.named_with_areas(line) == name


def region_rows() -> pd.DataFrame:
    rows = [
        ("North East", "E12000001", 1.0, "improved"),
        ("North West", "E12000002", np.nan, "cannot_be_calculated"),
        ("England", ENGLAND, 2.0, "worsened"),
    ]
    return pd.DataFrame(rows, columns=["region", "area_code", "value", "state"])


def test_states_name_regions_and_what_is_missing_and_not_england() -> None:
    words = {"improved": "improved", "worsened": "worsened"}
    said = regional_charts.states_sentence(region_rows(), words)
    assert said == "improved: North East; without a figure: North West."


def test_no_region_with_a_figure_is_said() -> None:
    assert regional_charts.states_sentence(region_rows().iloc[2:], {}) == "no region has a figure."


def test_the_rest_of_england_is_all_but_the_first_place(catalogue: Catalogue) -> None:
    own, rest = contrast.members(catalogue, "E12000002", contrast.REST)
    assert len(own) == 5 and len(rest) == 34 and not set(own) & set(rest)
    assert contrast.members(catalogue, "E23000024", "E12000002")[1] == own


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("E12000002", "E23000005", False),
        ("E23000005", "E12000002", False),
        ("E23000005", "E23000005", False),
        ("E23000005", contrast.REST, True),
        ("E12000002", "E12000003", True),
    ],
)
def test_places_that_share_an_area_are_not_compared(catalogue: Catalogue, first: str, second: str, apart: bool) -> None:
    assert contrast.apart(catalogue, first, second) is apart


FOUND = {"difference_in_change": 5.04, "difference_in_change_lower": 1.0, "difference_in_change_upper": 9.0}
NAMES = ("Norfolk", "The rest of England")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("better", "Norfolk improved more, or worsened less, than the rest of England since July 2025."),
        ("worse", "Norfolk improved less, or worsened more, than the rest of England since July 2025."),
        ("lower", "Norfolk rose less, or fell more, than the rest of England since July 2025."),
        ("higher", "Norfolk rose more, or fell less, than the rest of England since July 2025."),
        (
            "no_clear_difference",
            "no clear difference between Norfolk and the rest of England in their change since July 2025.",
        ),
    ],
)
def test_sentence_of_a_contrast(item: Indicator, word: str, said: str) -> None:
    found = FOUND | {"contrast": word, "reason": None}
    sentence = contrast.sentence(pd.DataFrame(), found, item, NAMES)
    assert sentence == f"{item.name}: {said} Difference in change +5.0 percentage points (1.0 to 9.0)."


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (("not yet due", "not yet due"), "not yet due."),
        (("not reported", None), "no difference can be given, because Norfolk has no change (not reported)."),
        (
            (None, "not reported"),
            "no difference can be given, because the rest of England has no change (not reported).",
        ),
    ],
)
def test_sentence_says_whose_change_is_missing(item: Indicator, reasons: tuple[str | None, ...], said: str) -> None:
    found = {"contrast": "cannot_be_calculated", "reason": next(filter(None, reasons))}
    sentence = contrast.sentence(pd.DataFrame({"reason": reasons}), found, item, NAMES)
    assert sentence == f"{item.name}, change since July 2025 in Norfolk and the rest of England: {said}"

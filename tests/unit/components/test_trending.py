"""Which figures of a series may stand beside each other, and the words for whether they moved."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from components import controlling, separate, targeting, timeline, trending
from components.html import Cell
from data.catalogue import Catalogue, Indicator
from data.catalogue.events import load_events
from metrics import movement
from metrics.progress import STATUSES
from metrics.trend import MEANINGS, Trend

NONE = float("nan")


@pytest.fixture(scope="module")
def knives(catalogue: Catalogue) -> Indicator:
    return catalogue.indicators["knife_offences"]


def year(end: int, value: float = 50.0, **more: Any) -> dict[str, Any]:
    """A financial year of an area, with limits of ten either side."""
    period = {"period_start": pd.Timestamp(f"{end - 1}-04-01"), "period_end": pd.Timestamp(f"{end}-03-31")}
    figures = {"value": value, "lower": value - 10, "upper": value + 10, "numerator": value * 10, "denominator": 1e6}
    line = {"indicator": "knife_offences", "area_code": "E23000024", "polarity": "lower_is_better", "reason": None}
    return line | period | figures | {"period_label": f"{end - 1}/{end % 100}", "coverage": ""} | more


def series(*lines: dict[str, Any]) -> pd.DataFrame:
    found = pd.DataFrame([{"areas_included": NONE, "areas_expected": NONE} | line for line in lines])
    return found.astype(dict.fromkeys(["value", "lower", "upper", "numerator", "denominator"], float))


def sums(*included: float, expected: float = 39) -> pd.DataFrame:
    lines = [
        year(2012 + place, areas_included=held, areas_expected=expected, coverage=f"{held:.0f} of {expected:.0f} areas")
        for place, held in enumerate(included)
    ]
    return series(*lines)


GAP = {"period_end": pd.Timestamp("2014-06-30"), "period_label": "nothing published in between", "indicator": None}


def test_an_areas_own_figures_all_stand_beside_each_other() -> None:
    assert trending.comparable(series(year(2013), year(2014, NONE)), "rate").all()
    assert trending.coverage_sentence(series(year(2013)), "rate") == ""


def test_a_sum_of_clearly_fewer_areas_is_not_joined() -> None:
    assert trending.comparable(sums(5, 4, 5, expected=5), "rate").tolist() == [True, False, True]
    assert trending.comparable(sums(39, 38, 35, 34), "rate").tolist() == [True, True, False, False]


def test_a_count_is_joined_only_with_sums_of_as_many_areas() -> None:
    assert trending.comparable(sums(39, 38, 39), "count").tolist() == [True, False, True]


def test_what_may_not_be_joined_is_not_judged_and_says_why() -> None:
    judged = trending.judged(sums(5, 4, 5, expected=5), "rate")
    assert judged["value"].isna().tolist() == [False, True, False]
    assert judged.loc[1, movement.FIGURES].isna().all()
    assert judged["reason"].tolist() == [None, movement.TOO_FEW_AREAS, None]


def test_fewer_areas_are_marked_where_all_once_reported_and_otherwise_only_what_is_not_joined() -> None:
    assert list(trending.partial(sums(39, 38, 39), "rate").index) == [1]
    assert list(trending.partial(sums(34, 33, 24), "rate").index) == [2]


HOLLOW = "hollow in the chart. That is a gap, not a fall."
APART = "not joined to the line and not judged, because"


@pytest.mark.parametrize(
    ("held", "measure", "counted", "apart"),
    [
        ((39, 38, 38), "rate", "2 periods rest on fewer areas than the fullest, 2012/13 on 38 of 39 areas", ""),
        (
            (39, 20, 39),
            "rate",
            "1 period rests on fewer areas than the fullest, 2012/13 on 20 of 39 areas",
            f" 1 of them is {APART} it holds less than nine tenths of the most areas.",
        ),
        (
            (39, 38, 37),
            "count",
            "2 periods rest on fewer areas than the fullest, 2013/14 on 37 of 39 areas",
            f" 2 of them are {APART} a count grows with its areas.",
        ),
    ],
)
def test_fewer_areas_are_counted_and_the_fewest_named(
    held: tuple[int, ...], measure: str, counted: str, apart: str
) -> None:
    assert trending.coverage_sentence(sums(*held), measure) == f"{counted}: {HOLLOW}{apart}"


def test_each_frequency_is_judged_in_its_own_way(catalogue: Catalogue) -> None:
    separate_years = series(year(2013), year(2014))
    kinds = {
        key: trending.kind_of(catalogue.indicators[key], separate_years)
        for key in ("knife_offences", "robbery", "handover_wait_hours", "people_who_felt_heard")
    }
    assert list(kinds.values()) == ["trend", "rolling", "control", "control"]


def test_periods_that_overlap_carry_neither_whatever_the_indicator_says(catalogue: Catalogue) -> None:
    overlapping = series(year(2013), year(2014, period_start=pd.Timestamp("2013-01-01")))
    quarterly = catalogue.indicators["people_who_felt_heard"]
    assert trending.kind_of(quarterly, overlapping) == "rolling"
    assert "overlap" in trending.why_neither(quarterly) and "years" not in trending.why_neither(quarterly)
    assert trending.why_neither(catalogue.indicators["robbery"]).startswith("These are years that overlap")


def test_a_gap_is_no_period(knives: Indicator) -> None:
    with_gap = series(year(2013), {**dict.fromkeys(year(2014)), **GAP}, year(2016))
    assert trending.kind_of(knives, with_gap) == "trend"
    assert trending.trend_of(knives, with_gap).reason == "fewer than five periods"


def trend(values: list[float], knives: Indicator) -> tuple[Trend, pd.DataFrame]:
    frame = series(*(year(2013 + place, value) for place, value in enumerate(values)))
    return trending.trend_of(knives, frame), frame


def test_a_clear_trend_is_told_with_its_statistic(knives: Indicator) -> None:
    found, frame = trend([50, 70, 90, 110, 130], knives)
    cell = trending.trend_cell(found)
    assert (cell.text, cell.state) == ("rising, getting worse", "worsened")
    assert cell.detail == "chi-squared 153.7, more than 9.5495, the 99.8 % point"
    assert trending.trend_finding(
        found, frame
    ) == f"yes, by more than chance: {cell.text} over the last five years " + (f"({cell.detail})")


def test_no_trend_is_told_with_its_statistic(knives: Indicator) -> None:
    said = trending.trend_finding(*trend([50, 51, 50, 52, 50], knives))
    assert said.startswith("no, not by more than chance: no significant change over the last five years (chi-squared ")
    assert "not more than 9.5495" in said


def test_a_trend_that_cannot_be_calculated_names_the_years_that_are_missing(knives: Indicator) -> None:
    found, frame = trend([50, NONE, 60, NONE, 70], knives)
    assert trending.trend_cell(found).state == "cannot_be_calculated"
    assert trending.trend_finding(found, frame) == (
        "a recent trend cannot be calculated (a value is missing in 2013/14 and 2015/16)"
    )


def test_a_trend_without_judgement_has_a_direction_and_no_more() -> None:
    cell = trending.trend_cell(Trend("decreasing", "no_judgement", 12.0, None))
    assert (cell.text, cell.state) == ("falling, no judgement", "lower")


def test_every_meaning_of_a_trend_has_words() -> None:
    assert set(trending.TRENDS) == set(MEANINGS) - {"no_judgement"}


def test_the_latest_figure_says_where_newer_sums_hold_too_few_areas(knives: Indicator) -> None:
    whole = trending.latest_words(knives, trending.judged(sums(39, 39), "rate"))
    assert whole == "Latest: 50.0 per 100,000 residents (40.0 to 60.0) in 2012/13"
    fewer = trending.latest_words(knives, trending.judged(sums(39, 20), "rate"))
    assert fewer == "Latest with enough areas: 50.0 per 100,000 residents (40.0 to 60.0) in 2011/12"


def test_without_a_figure_the_reasons_are_told(knives: Indicator) -> None:
    lines = series(year(2013, NONE, reason="not available"), year(2014, NONE, reason="not available"))
    assert trending.latest_words(knives, lines) == "Latest: no figure can be shown (not available)"


CHANGE = {"change": "worsened", "difference": 6.94, "difference_lower": 0.01, "difference_upper": 13.8, "reason": None}


def test_a_change_is_told_with_its_limits_or_why_there_is_none(knives: Indicator) -> None:
    assert trending.moved_words(knives, CHANGE) == "worsened, +6.9 per 100,000 residents (0.0 to 13.8)"
    refused = CHANGE | {"change": "cannot_be_calculated", "reason": "not yet due"}
    assert trending.moved_words(knives, refused) == "not yet due"
    assert "no figure before and after" in trending.moved_words(knives, None)
    assert trending.title_words(knives, refused) == "change since July 2025: not yet due"
    assert trending.title_words(knives, CHANGE) == "worsened since July 2025"
    assert "to be told yet" in trending.title_words(knives, None)


def rolling(end: str, value: float = 50.0) -> dict[str, Any]:
    last = pd.Timestamp(end)
    start = last - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return year(2014, value, period_start=start, period_end=last)


def test_separate_years_are_taken_from_the_newest_back() -> None:
    ends = ["2018-03-31", "2018-06-30", "2018-12-31", "2019-06-30", "2019-12-31", "2023-12-31", "2025-06-30"]
    found = separate.pairs(series(*map(rolling, ends)))
    told = [(str(earlier["period_end"])[:10], str(later["period_end"])[:10]) for later, earlier in found]
    assert told == [("2023-12-31", "2025-06-30"), ("2019-12-31", "2023-12-31"), ("2018-12-31", "2019-12-31")]


def test_years_without_a_figure_are_passed_over_and_one_year_makes_no_pair() -> None:
    frame = series(rolling("2018-12-31"), rolling("2019-12-31", NONE), rolling("2023-12-31"))
    assert [str(earlier["period_end"])[:4] for _, earlier in separate.pairs(frame)] == ["2018"]
    assert separate.pairs(series(rolling("2018-12-31"), rolling("2019-06-30"))) == []
    assert separate.pairs(frame.head(0)) == []


def test_pairs_stand_side_by_side() -> None:
    frame = series(rolling("2018-12-31", 40), rolling("2023-12-31", 60))
    both = separate.beside(frame, separate.pairs(frame))
    assert both[["value", "earlier_value"]].to_numpy().tolist() == [[60, 40]]
    assert str(both["earlier_period_end"][0])[:10] == "2018-12-31"
    assert separate.beside(frame, []).empty


def test_too_few_periods_make_no_control_chart(catalogue: Catalogue) -> None:
    item, targets = catalogue.indicators["handover_wait_hours"], pd.DataFrame({"target": []})
    eleven = series(*(year(2013 + place) for place in range(11)))
    assert controlling.chart_of(eleven, item, "control", targets, []) is None
    assert controlling.why_none(eleven).endswith("there are 11.")
    assert controlling.why_none(eleven.head(1)).endswith("there is 1.")
    assert controlling.chart_of(eleven, item, "rolling", targets, []) is None
    assert "too few periods" in controlling.finding(None)


TARGET = {
    "value": [40.0],
    "due": pd.to_datetime(["2027-03-31"]),
    "agreed_by": "A board",
    "reason": "Why",
    "invented": True,
}
MOVED = CHANGE | {
    "earlier_value": 50.0,
    "value": 47.0,
    "earlier_period_end": pd.Timestamp("2025-03-31"),
    "period_end": pd.Timestamp("2026-03-31"),
    "change": "improved",
}


def test_progress_rests_on_the_change_since_the_baseline(knives: Indicator) -> None:
    line = targeting.progress(pd.DataFrame(TARGET), knives, MOVED).iloc[0]
    assert round(line["progress"], 3) == 0.3 and round(line["expected"], 3) == 0.5
    assert round(line["pace"], 3) == 0.6 and line["status"] == "behind"
    assert line["agreed_because"] == "Why"


def test_without_a_change_progress_cannot_be_calculated_and_says_why(knives: Indicator) -> None:
    found = targeting.progress(pd.DataFrame(TARGET), knives, None)
    assert found["status"].tolist() == ["cannot_be_calculated"]
    said = targeting.sentence(found, knives)
    assert (
        said == "Target: 40.0 per 100,000 residents by 31 March 2027: cannot be calculated (the baseline is missing)."
    )


def test_no_target_is_said_plainly(knives: Indicator) -> None:
    none = pd.DataFrame(TARGET).head(0)
    assert targeting.progress(none, knives, MOVED).empty
    assert targeting.sentence(targeting.progress(none, knives, MOVED), knives) == "No agreed target."


def test_every_status_has_words_and_a_mark() -> None:
    assert set(targeting.STATUSES) == set(STATUSES)


def test_an_event_is_a_row_with_its_number_and_source(catalogue: Catalogue) -> None:
    event = load_events(catalogue)[0]
    number, when, what, source = timeline.row(3, event)
    assert (number, when, source) == ("3", "February 2018", event.source)
    assert what == Cell("First consensus", detail=event.words)


def test_the_rules_leave_the_frame_as_it_was() -> None:
    frame = sums(39, 20, 39)
    before = frame.copy()
    trending.judged(frame, "rate"), trending.partial(frame, "rate"), separate.pairs(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert np.isnan(trending.judged(frame, "rate")["value"][1])

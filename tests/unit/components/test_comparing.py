"""Places beside England: the frame, its words and its rows, on invented figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from charts.funnel import OUTSIDE
from charts.series import GAP
from charts.words import COMPARISON_WORDS
from components import comparing, comparing_charts, comparing_panels, comparing_rows
from components.comparing_words import (
    Compared,
    answer,
    england_sentence,
    limits,
    method,
    missing_sentence,
    place_sentence,
    short_finding,
)
from components.controls import View
from components.html import Cell
from data import tiles
from data.catalogue import Catalogue, Indicator
from metrics.rates import byar
from reports.expected import ENGLAND

FORCES, REGIONS = "police_force_area", "region"
NORTHUMBRIA, DURHAM, CLEVELAND, NORFOLK, CITY = "E23000007", "E23000008", "E23000013", "E23000024", "E23000034"
NORTH_EAST, LONDON, EAST = "E12000001", "E12000007", "E12000006"
SMALL = "rate not given: small resident population"
# Events per 10,000 people in 2023 and 2024; nothing where an area did not report.
EVENTS: dict[str, tuple[int | None, int | None]] = {
    NORTHUMBRIA: (100, 140), DURHAM: (110, 95), CLEVELAND: (None, 400), NORFOLK: (90, 102), CITY: (4, 5),
}  # fmt: skip


@pytest.fixture(scope="module")
def item(catalogue: Catalogue) -> Indicator:
    return catalogue.indicators["robbery"]


def line(code: str, year: int, events: int | None, people: int = 10_000, **more: Any) -> dict[str, Any]:
    period = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 31)}
    return {
        "indicator": "robbery", "measure": "rate", "polarity": "lower_is_better", "area_code": code, **period,
        "numerator": float("nan") if events is None else float(events), "denominator": float(people),
        "areas_included": None, "areas_expected": None, "comment": None, "population_year": 2023, "note": None,
    } | more  # fmt: skip


def sums(codes: list[str], year: int, code: str) -> dict[str, Any]:
    counts = [EVENTS[own][year - 2023] for own in codes]
    known = [count for count in counts if count is not None]
    return line(code, year, sum(known), 10_000 * len(known), areas_included=len(known), areas_expected=len(codes))


@pytest.fixture(scope="module")
def everywhere() -> pd.DataFrame:
    """Five areas, two regions and England, as `every_place` leaves them."""
    rows = [line(code, year, EVENTS[code][year - 2023]) for code in EVENTS for year in (2023, 2024)]
    rows += [sums([NORTHUMBRIA, DURHAM, CLEVELAND], year, NORTH_EAST) for year in (2023, 2024)]
    rows += [sums([NORFOLK], year, EAST) for year in (2023, 2024)]
    rows += [sums(list(EVENTS), year, ENGLAND) for year in (2023, 2024)]
    made = byar(pd.DataFrame(rows).astype({"areas_included": float, "areas_expected": float}))
    city = made["area_code"] == CITY
    made.loc[city, ["value", "lower", "upper"]] = float("nan")
    return made.assign(reason=made["reason"].mask(city, SMALL))


@pytest.fixture(scope="module")
def found(everywhere: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    return comparing.beside_england(everywhere, item, catalogue)


def in_year(found: pd.DataFrame, year: int) -> pd.DataFrame:
    return found[found["period_end"].dt.year == year]


@pytest.fixture(scope="module")
def view(catalogue: Catalogue) -> View:
    words: Mapping[str, Mapping[Any, str]] = {
        "area": {ENGLAND: "England"} | {code: area.name for code, area in catalogue.areas.items()},
        "commitment": {key: place.title for key, place in catalogue.commitments.items()},
        "indicator": {key: thing.name for key, thing in catalogue.indicators.items()},
        "version": {0: "Newest"},
    }
    return View(ENGLAND, "SYS-1", "robbery", 1, date(2026, 10, 31), 1, words)


def compared(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue, kind: str = FORCES, area: str = ENGLAND
) -> Compared:
    everyone = comparing.in_period(found, kind, item, catalogue)
    where = "" if area == ENGLAND else f" of the {catalogue.areas[area].name} region"
    return Compared(item, "2024", kind, where, everyone, comparing.codes_of(catalogue, area, kind))


@pytest.fixture(scope="module")
def shown(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> Compared:
    return compared(in_year(found, 2024), item, catalogue)


def test_areas_and_regions_stand_beside_england_and_england_beside_nobody(found: pd.DataFrame) -> None:
    assert set(found["area_code"]) == {*EVENTS, NORTH_EAST, EAST}
    assert in_year(found, 2024)["benchmark"].unique().tolist() == [742 / 50_000 * 100_000]
    assert in_year(found, 2023)["england_included"].unique().tolist() == [4]
    words = in_year(found, 2024).set_index("area_code")["comparison"]
    assert words[[NORTHUMBRIA, CLEVELAND, DURHAM, CITY]].tolist() == ["similar", "worse", "better", "not_compared"]


def test_a_place_without_a_figure_has_no_place_in_the_funnel_although_it_has_counts(found: pd.DataFrame) -> None:
    city = in_year(found, 2024).set_index("area_code").loc[CITY]
    assert city["numerator"] == 5 and city["reason"] == SMALL
    assert city[["position", "attention", "average", "shade"]].isna().all()


def test_regions_are_judged_among_regions(found: pd.DataFrame) -> None:
    widths = found.assign(width=found["adjusted_upper_998"] - found["adjusted_lower_998"]).groupby("area_type")["width"]
    assert widths.max()[FORCES] != widths.max()[REGIONS]


def test_too_few_values_have_no_shade(found: pd.DataFrame) -> None:
    assert found["shade"].isna().all()


@pytest.mark.parametrize("measure", ["count", "mean", "index"])
def test_what_is_no_proportion_or_rate_has_no_funnel(
    everywhere: pd.DataFrame, catalogue: Catalogue, measure: str
) -> None:
    item = next((one for one in catalogue.indicators.values() if one.measure == measure), None)
    if item is None:
        assert measure == "index"
        return
    own = comparing.beside_england(everywhere.assign(measure=measure), item, catalogue)
    assert own[["average", "position", "attention", "dispersion"]].isna().all().all()
    assert (own["comparison"] == "not_compared").all() == (measure == "count")


def test_a_count_is_told_why_it_is_not_compared(everywhere: pd.DataFrame, catalogue: Catalogue) -> None:
    item = catalogue.indicators["people_contributing_evidence"]
    own = comparing.beside_england(everywhere.assign(measure="count"), item, catalogue)
    assert set(own["comparison_reason"]) == {"a count of an area is not compared with England’s total"}
    assert own["benchmark"].isna().all()


def test_england_of_one_area_is_nothing_to_stand_beside(
    everywhere: pd.DataFrame, item: Indicator, catalogue: Catalogue
) -> None:
    alone = everywhere.assign(areas_included=everywhere["areas_included"].mask(everywhere["area_code"] == ENGLAND, 1))
    own = comparing.beside_england(alone, item, catalogue)
    assert own["benchmark"].isna().all() and (own["comparison"] == "not_compared").all()


def test_every_area_has_its_row_with_a_reason_where_it_has_no_figure(shown: Compared, catalogue: Catalogue) -> None:
    rows = shown.rows.set_index("area_code")
    assert len(rows) == 39 and rows["value"].notna().sum() == 4
    assert rows.loc["E23000001", ["reason", "state"]].tolist() == ["not reported", "not_compared"]
    assert rows.loc[CITY, "reason"] == SMALL and rows.loc[NORFOLK, "area_name"] == "Norfolk"


def test_an_area_that_is_not_expected_is_told_so(found: pd.DataFrame, catalogue: Catalogue) -> None:
    item = next(one for one in catalogue.indicators.values() if one.measure == "rate")
    few = replace(catalogue, indicators={item.key: replace(item, expected_areas=(NORFOLK,))})
    everyone = comparing.in_period(in_year(found, 2024), FORCES, few.indicators[item.key], few).set_index("area_code")
    assert everyone.loc["E23000001", "reason"] == "not expected to report"


def test_a_region_of_the_view_keeps_its_own_areas(catalogue: Catalogue) -> None:
    assert set(comparing.codes_of(catalogue, NORTH_EAST, FORCES)) == {NORTHUMBRIA, DURHAM, CLEVELAND}
    assert len(comparing.codes_of(catalogue, NORFOLK, FORCES)) == len(comparing.codes_of(catalogue, ENGLAND, FORCES))
    assert len(comparing.codes_of(catalogue, NORTH_EAST, REGIONS)) == 9


def test_the_answer_counts_what_differs_and_by_how_much(shown: Compared) -> None:
    assert answer(shown) == (
        "Robbery, 2024: 3 of 4 areas differ from England by more than counting noise, none by more than areas usually "
        "vary."
    )
    assert limits(shown).startswith("“Counting noise” rests on") and "overdispersion" in limits(shown)
    assert short_finding(shown) == "4 of 39 areas have a figure, none beyond usual variation"


def with_attention(shown: Compared, **sides: str) -> Compared:
    own = shown.everyone.set_index("area_code")
    own["attention"] = own["attention"].astype(object)
    for code, side in sides.items():
        own.loc[code, "attention"] = side
    return replace(shown, everyone=own.reset_index())


def test_the_answer_names_the_places_beyond_usual_variation(shown: Compared) -> None:
    told = answer(with_attention(shown, **{CLEVELAND: "high", NORFOLK: "low"}))
    assert told.endswith("noise, 2 (Cleveland, higher; Norfolk, lower) by more than areas usually vary.")


def test_the_answer_of_a_region_speaks_of_its_areas(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> None:
    own = compared(in_year(found, 2024), item, catalogue, area=NORTH_EAST)
    assert answer(own).startswith("Robbery, 2024: 2 of 3 areas of the North East region differ from England")
    assert len(own.rows) == 3 and len(own.everyone) == 39


def test_the_answer_about_regions(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> None:
    own = compared(in_year(found, 2024), item, catalogue, REGIONS)
    assert answer(own).startswith("Robbery, 2024: 2 of 2 regions differ from England")
    assert answer(own).endswith("none by more than regions usually vary.")
    assert missing_sentence(own).startswith("2 of 9 regions have a figure. No figure: ")


def test_without_any_figure_the_answer_says_so(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> None:
    empty = in_year(found, 2024).assign(value=float("nan"), comparison="not_compared")
    own = compared(empty, item, catalogue)
    assert answer(own) == "Robbery, 2024: no area has a figure that can be shown."


def test_without_england_nothing_is_compared_and_the_reason_is_told(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue
) -> None:
    alone = in_year(found, 2024).assign(benchmark=float("nan"), comparison="not_compared", position=None)
    own = compared(alone, item, catalogue)
    assert answer(own) == "Robbery, 2024: 4 of 39 areas have a figure, and none can be compared with England."
    assert england_sentence(own, "no area reported") == (
        "There is no figure of England to compare with: no area reported."
    )
    assert not own.has_funnel and limits(own) == ""


def test_england_says_how_many_areas_it_is_the_sum_of(shown: Compared) -> None:
    assert england_sentence(shown, "") == "England: 1,484.0 per 100,000 residents, the sum of 5 of 5 areas."


def test_what_is_missing_is_named_by_reason_and_the_small_area_is_explained(shown: Compared) -> None:
    told = missing_sentence(shown)
    assert told.startswith("4 of 39 areas have a figure. No figure: ")
    assert "and 30 more (not reported); City of London (rate not given: small resident population)." in told
    assert told.endswith("Its count stays in the table, and inside London and England.")


def test_a_place_in_a_sentence(shown: Compared, item: Indicator) -> None:
    lines = {line["area_code"]: line for line in shown.rows.to_dict("records")}
    assert place_sentence(lines[CLEVELAND], item).startswith("Cleveland: 4,000.0 per 100,000 residents (")
    assert place_sentence(lines[CLEVELAND], item).endswith("), worse than England, within usual variation.")
    assert place_sentence(lines[CITY], item) == f"City of London: no figure, {SMALL}."


def test_the_method_names_limits_populations_and_caveats(shown: Compared, item: Indicator) -> None:
    assert "mid-year populations of 2023" in method(shown) and "Byar" in method(shown)
    assert item.caveats[0] in method(shown)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "too few areas reported (5)"),
        ({"value": float("nan"), "reason": "the counts do not add up"}, "the counts do not add up"),
        ({"period_start": pd.Timestamp(2022, 1, 1)}, "no area reported"),
    ],
)
def test_why_there_is_no_england(everywhere: pd.DataFrame, found: pd.DataFrame, change: dict[str, Any],
                                 told: str) -> None:  # fmt: skip
    england = everywhere[everywhere["area_code"] == ENGLAND].assign(**change)
    assert comparing.why_no_england(england, in_year(found, 2024).iloc[0]) == told


def test_rows_stand_by_value_and_those_without_one_come_last(shown: Compared, view: View) -> None:
    rows = comparing_rows.rows(shown, view)
    names = [cell.text for cell, *_ in rows if isinstance(cell, Cell)]
    assert names[:4] == ["Cleveland", "Northumbria", "Norfolk", "Durham"] and names[4:] == sorted(names[4:])
    headings = [column.heading for column in comparing_rows.columns(shown)]
    assert headings == ["Area", "Figure", "Against England", "Counting noise", "Usual variation", "Why not, or note"]
    assert all(len(row) == len(headings) for row in rows)


def test_a_row_links_to_its_area_and_says_every_word(shown: Compared, view: View) -> None:
    first = comparing_rows.rows(shown, view)[0]
    assert isinstance(first[0], Cell) and first[0].href == "area?area=Cleveland&indicator=Robbery"
    assert isinstance(first[2], Cell) and (first[2].text, first[2].state) == ("worse than England", "worse")
    assert isinstance(first[3], Cell) and first[3].text == "above England, beyond 99.8 %"
    assert isinstance(first[4], Cell) and first[4].text == "within usual variation"


def test_what_is_missing_is_never_a_number(shown: Compared, view: View) -> None:
    rows = {row[0].text: row for row in comparing_rows.rows(shown, view) if isinstance(row[0], Cell)}
    absent, city = rows["Kent"], rows["City of London"]
    assert isinstance(absent[1], Cell) and (absent[1].text, absent[1].state) == ("no figure", "absent")
    assert isinstance(city[1], Cell) and city[1].text == "count 5" and city[5] == SMALL
    assert isinstance(absent[2], Cell) and absent[2].state == "not_compared" and absent[3] == absent[4] == ""


def test_the_funnels_table_holds_those_in_it_the_largest_first(shown: Compared, view: View) -> None:
    rows = comparing_rows.funnel_rows(shown, view)
    assert len(rows) == 4 and all(len(row) == len(comparing_rows.FUNNEL_COLUMNS) for row in rows)
    assert rows[0][1] == "10,000" and " to " in str(rows[0][3])


def test_tiles_are_hatched_outlined_or_left_empty(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> None:
    own = compared(in_year(found, 2024), item, catalogue, area=NORTH_EAST)
    frame = comparing_rows.tile_frame(own, tiles.load(catalogue), DURHAM).set_index("area_code")
    assert frame["kind"].value_counts().to_dict() == {"outside": 36, "shown": 3}
    assert frame.index[frame["chosen"]].tolist() == [DURHAM] and frame.loc[DURHAM, "short"] == "DUR"
    whole = comparing_rows.tile_frame(compared(in_year(found, 2024), item, catalogue), tiles.load(catalogue), ENGLAND)
    assert whole["kind"].value_counts().to_dict() == {"missing": 35, "shown": 4} and not whole["chosen"].any()


def test_the_funnel_names_only_the_chosen_and_the_unusual(shown: Compared) -> None:
    frame = comparing_rows.funnel_frame(with_attention(shown, **{CLEVELAND: "high"}), NORFOLK)
    assert sorted(filter(None, frame["label"])) == ["Cleveland", "Norfolk"]


def test_areas_outside_the_region_are_no_more_than_background(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue
) -> None:
    frame = comparing_rows.funnel_frame(compared(in_year(found, 2024), item, catalogue, area=NORTH_EAST), NORFOLK)
    assert set(frame.loc[frame["area_code"] == NORFOLK, "state"]) == {OUTSIDE}
    assert not frame["label"].any()


def test_regions_stand_with_their_own_figure_the_highest_first(
    shown: Compared, found: pd.DataFrame, item: Indicator, catalogue: Catalogue
) -> None:
    areas, regions = comparing_rows.region_frames(shown, in_year(found, 2024), catalogue)
    assert regions["region"].tolist()[:2] == ["North East", "East of England"] and len(regions) == 9
    assert regions["value"].notna().sum() == 2 and "no area reported" in regions["hover"].iloc[-1]
    assert len(areas) == 39
    rows = comparing_rows.region_rows(comparing_charts.reaches(areas), regions, item)
    assert [cell.text if isinstance(cell, Cell) else cell for cell in rows[0]] == [
        "North East", "2,116.7 per 100,000 residents", "950.0", "4,000.0", "3",
    ]  # fmt: skip
    assert isinstance(rows[0][1], Cell) and rows[0][1].detail == "sum of 3 of 3 areas"


def test_a_download_holds_no_more_than_is_named(shown: Compared) -> None:
    frame = comparing_rows.taken(shown.rows.assign(smallest_before=3.0))
    assert "smallest_before" not in frame and {"position", "attention", "benchmark"} <= set(frame)


def wide() -> pd.DataFrame:
    return pd.DataFrame({
        "period_label": ["2022", GAP, "2023", "2024"], NORTHUMBRIA: [1.0, None, None, 3.0], DURHAM: [4.0, None, 5, 6],
        CLEVELAND: [None] * 4,
    })  # fmt: skip


def test_rows_over_time_count_the_periods_without_a_figure(item: Indicator, view: View) -> None:
    names = {NORTHUMBRIA: "Northumbria", CLEVELAND: "Cleveland"}
    rows = comparing_rows.time_rows(wide(), names, item, view)
    assert isinstance(rows[0][1], Cell) and (rows[0][1].text, rows[0][1].detail) == ("1.0", "2022")
    assert isinstance(rows[0][2], Cell) and (rows[0][2].text, rows[0][2].detail) == ("3.0", "2024")
    assert [row[3] for row in rows] == ["1 of 3", "3 of 3"]


def test_the_sentence_over_time_names_gaps_and_englands_areas(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue, everywhere: pd.DataFrame
) -> None:
    own = compared(in_year(found, 2024), item, catalogue, area=NORTH_EAST)
    england = everywhere[everywhere["area_code"] == ENGLAND]
    assert comparing_panels.over_time_sentence(wide(), own, england) == (
        "3 areas, 3 periods from 2022 to 2024. The number over a panel is its latest, the words over a region are "
        "those of 2024. All panels have one scale, from nought. A gap is a period without a "
        "figure, never a fall: Northumbria (1 of 3). England’s quiet line is the sum of 4 to 5 of 5 areas, period by "
        "period."
    )


def test_values_stand_on_one_timeline_and_what_is_missing_stays_missing(found: pd.DataFrame) -> None:
    times = pd.DataFrame({
        "period_end": pd.to_datetime(["2022-12-31", "2023-12-31", "2024-12-31"]), "period_label": ["a", "b", "c"],
    })  # fmt: skip
    values = comparing.over_time(found, [CLEVELAND, NORFOLK, CITY], times)
    assert values[CLEVELAND].isna().tolist() == [True, True, False] and values[CITY].isna().all()
    assert values["period_label"].tolist() == ["a", "b", "c"] and values[NORFOLK].tolist()[1:] == [900, 1020]


def test_england_on_the_same_timeline(everywhere: pd.DataFrame) -> None:
    times = pd.DataFrame({"period_end": pd.to_datetime(["2022-12-31", "2024-12-31"])})
    line = comparing.england_over_time(everywhere, times)
    assert line.isna().tolist() == [True, False] and line.iloc[1] == pytest.approx(1484.0)


def test_panels_keep_the_areas_of_a_region_together(shown: Compared, found: pd.DataFrame, item: Indicator,
                                                    catalogue: Catalogue) -> None:  # fmt: skip
    figures = comparing_panels.panels(shown, catalogue)
    assert len(figures) == 9 and sum(len(names) for names in figures.values()) == 39
    assert set(figures["North East"]) == {NORTHUMBRIA, DURHAM, CLEVELAND}
    regions = comparing_panels.panels(compared(in_year(found, 2024), item, catalogue, REGIONS), catalogue)
    assert list(regions) == ["Regions"] and len(regions["Regions"]) == 9


def test_bands_run_from_low_to_high_whichever_way_is_better() -> None:
    assert {name for bands in comparing_charts.BANDS.values() for name in bands} == set(COMPARISON_WORDS)
    assert comparing_charts.BANDS["lower_is_better"][-1] == "worse"


def test_the_title_of_a_figure_of_panels(shown: Compared) -> None:
    assert comparing_panels.panel_finding(shown.rows) == "2 better, 1 worse, 1 similar"
    assert comparing_panels.panel_finding(shown.rows.assign(state="not_compared")) == "not compared with England"

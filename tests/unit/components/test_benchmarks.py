"""England as what places are held against: the same figure and the same attention wherever they are shown."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from charts.palette import LIGHT
from components import changed, comparing, regional, regional_charts, session, similar
from components.controls import View
from data.catalogue import Catalogue, Indicator
from metrics.baseline import change_of_sums, change_since
from metrics.changed import NEW_FIGURE, OTHER_AREAS, POPULATION
from metrics.places import every_place
from metrics.values import evaluate
from metrics.variation import ATTENTION
from reports.expected import ENGLAND, areas_of, areas_within, expected_pairs, memberships, rules_of
from reports.figures import results

NORFOLK, SUFFOLK, KENT, CITY, EAST = "E23000024", "E23000025", "E23000032", "E23000034", "E12000006"
PERIOD = {"period_start": pd.Timestamp("2026-04-01"), "period_end": pd.Timestamp("2026-06-30")}
RULE = {"indicator": "robbery", "measure": "rate", "multiplier": 100_000.0, "polarity": "lower_is_better"}
TOLD = {"value": float("nan"), "lower": float("nan"), "upper": float("nan"), "note": None}


@pytest.fixture(scope="module")
def item(catalogue: Catalogue) -> Indicator:
    return catalogue.indicators["robbery"]


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    """Without a page there is no reader and nothing to keep: each frame is made when it is asked for."""
    monkeypatch.setattr(session, "catalogue", lambda: catalogue)
    monkeypatch.setattr(changed, "heard", lambda asked: "")
    monkeypatch.setattr(changed, "kept", lambda asked, what, make, *more: make())


BASELINE = {"period_start": pd.Timestamp("2025-04-01"), "period_end": pd.Timestamp("2025-06-30")}
PEOPLE = {1: 100_000.0, 2: 40_000.0}


def view(version: int = 2, area: str = ENGLAND) -> View:
    return View(area, "SYS-1", "robbery", version, date(2026, 10, 31), 2, {})


def reported(code: str, events: float, people: float = 100_000.0) -> dict[str, Any]:
    series = {"period_type": "quarter", "resident_population": True, "counts_add_up": True, "population_year": 2024}
    counts = {"area_code": code, "numerator": events, "denominator": people, "rates_given": code != CITY}
    return {**RULE, **PERIOD, **series, **counts, **TOLD, "origin": "reported", "invented": False}


def everywhere(catalogue: Catalogue, *rows: dict[str, Any]) -> pd.DataFrame:
    return every_place(evaluate(pd.DataFrame(rows)), memberships(areas_of(catalogue)))


@pytest.fixture(scope="module")
def found(catalogue: Catalogue) -> pd.DataFrame:
    """All areas with about 100 events, but Norfolk with many; City of London has more events than any, and no rate."""
    codes = [code for code in areas_within(catalogue, ENGLAND) if code not in (NORFOLK, CITY)]
    usual = [reported(code, 90.0 + place % 5 * 5) for place, code in enumerate(codes)]
    return everywhere(catalogue, *usual, reported(NORFOLK, 900.0), reported(CITY, 5000.0, 9000.0))


def of_compare(found: pd.DataFrame, item: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    own = comparing.beside_england(found, item, catalogue)
    return own[own["area_type"] == "police_force_area"].set_index("area_code")[ATTENTION]


def of_package(found: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    known = [(code, area.type, area.parent, area.comparator_only) for code, area in catalogue.areas.items()]
    areas = pd.DataFrame(known, columns=["code", "type", "parent", "comparator_only"])
    own = results(found.assign(reason=found["reason"].astype("str")), areas).set_index("area_code")
    return own.loc[areas_within(catalogue, ENGLAND), ATTENTION]


def of_what_changed(found: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Those beyond their limits now; before, there was nothing."""
    monkeypatch.setattr(changed, "places", lambda asked: found if asked.version == 2 else found.head(0))
    return changed.attention(view(1), view()).set_index("area_code")


def test_attention_is_one_and_the_same_wherever_it_is_told(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared, packed = of_compare(found, item, catalogue), of_package(found, catalogue)
    pd.testing.assert_frame_equal(packed.sort_index(), compared.sort_index())
    ranked = of_what_changed(found, monkeypatch)
    beyond = compared[compared["attention"].isin(["low", "high"])]
    assert sorted(ranked.index) == sorted(beyond.index) == [NORFOLK]
    told = ["adjusted_lower_998", "adjusted_upper_998", "attention"]
    assert ranked.loc[NORFOLK, told].tolist() == beyond.loc[NORFOLK, told].tolist()


def test_attention_is_centred_on_england_with_city_of_london_in_it(
    found: pd.DataFrame, item: Indicator, catalogue: Catalogue
) -> None:
    limits = of_compare(found, item, catalogue).loc[KENT, ["adjusted_lower_998", "adjusted_upper_998"]]
    england = found.set_index("area_code").loc[ENGLAND]
    assert england["areas_included"] == 39
    assert limits.mean() == pytest.approx(england["numerator"] / england["denominator"] * 100_000)


def test_an_area_without_a_figure_does_not_come_in_by_its_counts(
    found: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CITY not in of_what_changed(found, monkeypatch).index


def test_a_word_of_england_that_another_area_changed_was_not_corrected(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = [reported(code, 100.0) | period for code in (NORFOLK, KENT) for period in (BASELINE, PERIOD)]
    joined = [reported(SUFFOLK, 100.0) | BASELINE, reported(SUFFOLK, 900.0)]
    known = {1: evaluate(pd.DataFrame(usual)), 2: evaluate(pd.DataFrame([*usual, *joined]))}
    since = {
        at: change_since(own, expected_pairs(rules_of(catalogue), areas_of(catalogue)), date(2026, 10, 31))
        for at, own in known.items()
    }
    monkeypatch.setattr(changed, "changes", lambda asked: since[asked.version])
    sums = {at: change_of_sums(own, memberships(areas_of(catalogue))) for at, own in since.items()}
    monkeypatch.setattr(changed, "changes_of_sums", lambda asked: sums[asked.version])
    told = changed.statuses(view(1), view()).set_index("area_code")
    assert told["why"].to_dict() == {ENGLAND: OTHER_AREAS, SUFFOLK: NEW_FIGURE}
    assert told.loc[ENGLAND, ["was_areas_included", "areas_included"]].tolist() == [2, 3]


def test_a_word_against_england_that_the_population_changed_was_not_corrected(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reported(KENT, 900.0)
    known = {at: everywhere(catalogue, reported(NORFOLK, 500.0, people), other) for at, people in PEOPLE.items()}
    monkeypatch.setattr(changed, "places", lambda asked: known[asked.version])
    told = changed.standing(view(1), view()).set_index("area_code")
    assert told.loc[NORFOLK, "why"] == POPULATION and told.loc[NORFOLK, "was_comparison"] != "not_compared"


@pytest.mark.parametrize(("codes", "word"), [([NORFOLK], "not_compared"), ([NORFOLK, KENT], "lower")])
def test_england_of_one_area_is_nothing_to_hold_an_area_against(
    codes: list[str], word: str, item: Indicator, catalogue: Catalogue
) -> None:
    counts = {NORFOLK: 50.0, KENT: 500.0}
    frame = everywhere(catalogue, *(reported(code, counts[code]) for code in codes))
    own = similar.latest_of(frame, item, [NORFOLK, SUFFOLK], catalogue)
    assert own.loc[0, "value"] == 50.0 and own.loc[0, "state"].replace("better", "lower") == word
    assert own["benchmark"].isna().all() == (word == "not_compared")


@pytest.mark.parametrize(("codes", "compared"), [([NORFOLK], False), ([NORFOLK, KENT], True)])
def test_england_of_one_area_is_nothing_to_hold_a_region_against(
    codes: list[str], compared: bool, item: Indicator, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {NORFOLK: 50.0, KENT: 500.0}
    frame = everywhere(catalogue, *(reported(code, counts[code]) for code in codes))
    own = regional.beside_england(regional.figures_in(frame, item), item).set_index("area_code")
    assert own.loc[EAST, "value"] == 50.0
    assert (own.loc[EAST, "state"] != "not_compared") is compared
    assert own["benchmark"].notna().all() == compared
    drawn = regional_charts.of_figures(regional.figures_in(frame, item), item, "2026", LIGHT).figure
    assert drawn is not None and bool(drawn.layout.shapes) is compared

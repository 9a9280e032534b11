"""The Compare page on real figures, worked out again from the published counts by the formulas as they are printed.

Rates and limits: Byar (Breslow and Day 1987). Funnel: exact Poisson limits by chi-squared, the label from the area's
own interval. Usual variation: Spiegelhalter 2005, scores winsorised at 10 %, additive variance. None of the project's
own formulas is called here; scipy gives the quantiles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, norm

from components.comparing import beside_england, in_period
from data.catalogue import FOLDER, Catalogue

PUBLISHED = Path(__file__).resolve().parents[1] / "fixtures" / "published"
CITY_OF_LONDON, GREATER_MANCHESTER, ENGLAND = "E23000034", "E23000005", "E92000001"
FORCES, REGIONS = "police_force_area", "region"
PER = 100_000
Counts = dict[str, tuple[int, int]]
Shown = Callable[[str, str], pd.DataFrame]


def december_2024() -> Counts:
    """Offences and residents of each area, as ONS published both (tables P1 and P3)."""
    table = pd.read_csv(PUBLISHED / "violence_with_injury_december_2024.csv")
    return {
        code: (int(offences), int(people))
        for code, offences, people in table[["area_code", "offences", "population_mid_2023"]].values
    }


def june_2025() -> Counts:
    """Offences as the demonstration's file holds them, residents as the catalogue's does, read without the program."""
    table = pd.read_csv(FOLDER / "demonstration" / "recorded_crime_year_ending_june_2025.csv")
    table = table[table["indicator"] == "violence_with_injury"]
    people = pd.read_csv(FOLDER / "populations.csv").query("mid_year == 2023").set_index("area_code")["population"]
    return {code: (int(offences), int(people[code])) for code, offences in table[["area_code", "numerator"]].values}


PERIODS = {"2024-12-31": december_2024(), "2025-06-30": june_2025()}


@dataclass(frozen=True)
class Reference:
    """What the formulas give for one area, per 100,000."""

    value: float
    lower: float
    upper: float
    comparison: str
    funnel: tuple[float, float, float, float]
    position: str
    adjusted: tuple[float, float]
    attention: str


def byar(events: int, people: int, confidence: float) -> tuple[float, float]:
    z = norm.ppf(0.5 + confidence / 2)
    lower = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return lower / people * PER, upper / people * PER


def poisson(rate: float, people: int, tail: float) -> tuple[float, float]:
    """The funnel's limits around a rate for so many people, `tail` on each side."""
    expected = rate / PER * people
    return chi2.ppf(tail, 2 * expected) / 2 / people * PER, chi2.ppf(1 - tail, 2 * expected + 2) / 2 / people * PER


def label(events: int, people: int, rate: float) -> str:
    """Where the area's own 95 % and 99.8 % intervals lie."""
    for confidence, name in ((0.998, "998"), (0.95, "95")):
        lower, upper = byar(events, people, confidence)
        if rate < lower or rate > upper:
            return f"high_{name}" if rate < lower else f"low_{name}"
    return "within"


def between_areas(rates: list[float], errors: list[float], centre: float) -> tuple[float, float]:
    """The dispersion and the variance between areas."""
    scores = [(rate - centre) / error for rate, error in zip(rates, errors, strict=True)]
    low, high = np.quantile(scores, [0.1, 0.9])
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)
    weights = [1 / error**2 for error in errors]
    spare = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    count = len(scores)
    return phi, max((count * phi - (count - 1)) / spare, 0.0) if phi > 1 else 0.0


def reference(counts: Counts) -> dict[str, Reference]:
    """Every area that has a rate; England's rate is that of all areas, City of London among them."""
    england = sum(offences for offences, _ in counts.values()) / sum(people for _, people in counts.values()) * PER
    with_rate = {code: pair for code, pair in counts.items() if code != CITY_OF_LONDON}
    rates = [offences / people * PER for offences, people in with_rate.values()]
    errors = [sqrt(england / PER / people) * PER for _, people in with_rate.values()]
    _, tau = between_areas(rates, errors, england)
    return {code: of_one(*pair, england, tau) for code, pair in with_rate.items()}


def of_one(offences: int, people: int, england: float, tau: float) -> Reference:
    lower, upper = byar(offences, people, 0.95)
    half = norm.ppf(0.999) * sqrt(england / people * PER + tau)
    value = offences / people * PER
    return Reference(
        value=value,
        lower=lower,
        upper=upper,
        comparison="higher" if lower > england else "lower" if upper < england else "similar",
        funnel=(*poisson(england, people, 0.025), *poisson(england, people, 0.001)),
        position=label(offences, people, england),
        adjusted=(england - half, england + half),
        attention="high" if value > england + half else "low" if value < england - half else "within",
    )


@pytest.fixture(scope="module")
def shown(places: pd.DataFrame, catalogue: Catalogue) -> Shown:
    """What the page shows for violence with injury: (end of period, type of place) → one row per place."""
    item = catalogue.indicators["violence_with_injury"]
    found = beside_england(places[places["indicator"] == item.key], item, catalogue)

    def of_period(end: str, kind: str) -> pd.DataFrame:
        return in_period(found[found["period_end"] == end], kind, item, catalogue).set_index("area_code")

    return of_period


@pytest.mark.parametrize("end", PERIODS)
def test_rates_limits_words_and_funnel_positions_of_all_39_areas(shown: Shown, end: str) -> None:
    page, expected = shown(end, FORCES), reference(PERIODS[end])
    assert len(page) == 39 and set(page.index) == {*expected, CITY_OF_LONDON}
    for code, area in expected.items():
        row = page.loc[code]
        assert row[["comparison", "position", "attention"]].tolist() == [
            area.comparison, area.position, area.attention,
        ], code  # fmt: skip
        limits = row[["lower_95", "upper_95", "lower_998", "upper_998"]].astype(float)
        assert tuple(limits) == pytest.approx(area.funnel, rel=1e-9), code
        assert tuple(row[["value", "lower", "upper"]]) == pytest.approx((area.value, area.lower, area.upper), rel=1e-9)
        adjusted = tuple(row[["adjusted_lower_998", "adjusted_upper_998"]])
        assert adjusted == pytest.approx(area.adjusted, rel=1e-9), code


@pytest.mark.parametrize("end", PERIODS)
def test_the_word_against_england_and_the_place_in_the_funnel_never_disagree(shown: Shown, end: str) -> None:
    page = shown(end, FORCES).drop(CITY_OF_LONDON)
    assert ((page["comparison"] == "similar") == (page["position"] == "within")).all()


def test_what_the_page_says_of_both_periods(shown: Shown) -> None:
    """Most areas differ by more than counting noise, none by more than areas usually do."""
    counted = {end: shown(end, FORCES).drop(CITY_OF_LONDON) for end in PERIODS}
    differ = {end: int((page["comparison"] != "similar").sum()) for end, page in counted.items()}
    assert differ == {"2024-12-31": 34, "2025-06-30": 33}
    assert all((page["attention"] == "within").all() for page in counted.values())


@pytest.mark.parametrize("end", PERIODS)
def test_city_of_london_has_a_count_and_no_rate_word_or_place(shown: Shown, end: str) -> None:
    city = shown(end, FORCES).loc[CITY_OF_LONDON]
    assert city["numerator"] == PERIODS[end][CITY_OF_LONDON][0]
    assert city["reason"] == "rate not given: small resident population" and city["state"] == "not_compared"
    assert city[["value", "lower", "upper", "position", "attention", "shade", "average"]].isna().all()


@pytest.mark.parametrize("end", ["2018-03-31", "2019-09-30", "2019-12-31", "2023-12-31", "2024-12-31"])
def test_regions_and_england_are_the_published_totals(shown: Shown, places: pd.DataFrame, end: str) -> None:
    table = pd.read_csv(PUBLISHED / "recorded_crime_totals.csv")
    same = (table["indicator"] == "violence_with_injury") & (table["period_end"] == end)
    published = table[same].set_index("area_code")["offences"]
    regions = shown(end, REGIONS)
    assert len(regions) == 9
    assert regions["numerator"].to_dict() == published.drop(ENGLAND).to_dict()
    own = places[(places["indicator"] == "violence_with_injury") & (places["period_end"] == end)]
    england = own.set_index("area_code").loc[ENGLAND]
    assert england["numerator"] == published[ENGLAND]
    assert regions["benchmark"].tolist() == pytest.approx([england["numerator"] / england["denominator"] * PER] * 9)


@pytest.mark.parametrize("end", PERIODS)
def test_regions_are_judged_among_regions(shown: Shown, catalogue: Catalogue, end: str) -> None:
    """The same formulas over the sums of nine regions."""
    counts: dict[str, list[int]] = {}
    for code, (offences, people) in PERIODS[end].items():
        sums = counts.setdefault(catalogue.areas[code].parent, [0, 0])
        sums[0], sums[1] = sums[0] + offences, sums[1] + people
    page, expected = shown(end, REGIONS), reference({code: (sums[0], sums[1]) for code, sums in counts.items()})
    assert set(page.index) == set(expected) and len(expected) == 9
    for code, region in expected.items():
        row = page.loc[code]
        assert (row["comparison"], row["position"], row["attention"]) == (
            region.comparison, region.position, region.attention,
        ), code  # fmt: skip
        assert row["adjusted_upper_998"] == pytest.approx(region.adjusted[1], rel=1e-9)


@pytest.mark.parametrize("end", ["2019-09-30", "2019-12-31"])
def test_greater_manchester_is_a_gap_and_england_the_sum_of_38_areas(shown: Shown, end: str) -> None:
    areas, regions = shown(end, FORCES), shown(end, REGIONS)
    missing = areas.loc[GREATER_MANCHESTER]
    assert pd.isna(missing["value"]) and missing["reason"] == "not available"
    assert missing["state"] == "not_compared" and pd.isna(missing["shade"]) and pd.isna(missing["position"])
    assert areas["england_included"].dropna().unique().tolist() == [38]
    assert areas["england_expected"].dropna().unique().tolist() == [39]
    assert regions.loc["E12000002", ["areas_included", "areas_expected"]].tolist() == [4, 5]
    # A gap is not a fall: England's rate leaves out the residents of Greater Manchester as well as its offences.
    june = shown("2019-06-30", FORCES)["benchmark"].dropna().iloc[0]
    assert abs(areas["benchmark"].dropna().iloc[0] / june - 1) < 0.02


@pytest.mark.parametrize("end", PERIODS)
def test_shades_are_fifths_of_the_areas_with_a_rate(shown: Shown, end: str) -> None:
    """`floor((q + 1) − ceil(((N + 1) − rank)/(N/q)))`, the lowest first."""
    page = shown(end, FORCES).drop(CITY_OF_LONDON)
    values = sorted(page["value"])
    ranks = {code: values.index(value) + 1 for code, value in page["value"].items()}
    assert page["shade"].to_dict() == {code: floor(6 - ceil((39 - rank) / (38 / 5))) for code, rank in ranks.items()}

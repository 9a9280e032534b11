"""What the program shows equals what the Office for National Statistics published, sums and rates alike."""

from pathlib import Path

import pandas as pd
import pytest

from data import queries
from data.catalogue import Catalogue
from data.store import Connection
from metrics.places import every_place
from metrics.values import evaluate
from reports.expected import areas_of, memberships
from tests.integration.storing import fact, facts, send

PUBLISHED = Path(__file__).resolve().parents[1] / "fixtures" / "published"
FORCES = pd.read_csv(PUBLISHED / "violence_with_injury_december_2024.csv").set_index("area_code")
TOTALS = pd.read_csv(PUBLISHED / "recorded_crime_totals.csv")
ENGLAND, LONDON, CITY_OF_LONDON = "E92000001", "E12000007", "E23000034"
REGIONS = sorted(set(FORCES["region_code"]))
ONE_DECIMAL = 0.05
NO_RATE = "rate not given: small resident population"
NO_ESTIMATE = "no mid-year population estimate within two years before the middle of the period"


def figures(places: pd.DataFrame, indicator: str, end: str) -> pd.DataFrame:
    """One indicator in one period, by area."""
    return places[(places["indicator"] == indicator) & (places["period_end"] == end)].set_index("area_code")


@pytest.fixture(scope="module")
def violence(places: pd.DataFrame) -> pd.DataFrame:
    """Violence with injury, year ending December 2024."""
    return figures(places, "violence_with_injury", "2024-12-31")


def rate(offences: int, people: int) -> str:
    """Offences per 100,000 people to one decimal, worked out in whole numbers and rounded half up."""
    tenths = (offences * 10_000_000 // people + 5) // 10
    return f"{tenths // 10}.{tenths % 10}"


@pytest.mark.parametrize(
    ("offences", "people", "shown"),
    [(410, 13_500, "3037.0"), (67_518, 8_931_800, "755.9"), (1, 100_000, "1.0"), (12_345, 100_000_000, "12.3")],
)
def test_the_rates_compared_with_are_worked_out_rightly(offences: int, people: int, shown: str) -> None:
    assert rate(offences, people) == shown


@pytest.mark.parametrize("code", [code for code in FORCES.index if code != CITY_OF_LONDON])
def test_the_rate_of_each_of_38_forces(violence: pd.DataFrame, code: str) -> None:
    row, published = violence.loc[code], FORCES.loc[code]
    assert (row["numerator"], row["denominator"]) == (published["offences"], published["population_mid_2023"])
    assert f"{row['value']:.1f}" == rate(published["offences"], published["population_mid_2023"])
    assert row["lower"] < row["value"] < row["upper"] and row["method"] == "byar" and pd.isna(row["reason"])
    assert row["population_year"] == 2023


@pytest.mark.parametrize("code", [*REGIONS, ENGLAND])
def test_the_rate_of_each_region_and_of_england(violence: pd.DataFrame, code: str) -> None:
    """Offences of the forces over the residents of the same forces, City of London among them."""
    own = FORCES if code == ENGLAND else FORCES[FORCES["region_code"] == code]
    offences, people = int(own["offences"].sum()), int(own["population_mid_2023"].sum())
    row = violence.loc[code]
    assert (row["numerator"], row["denominator"]) == (offences, people)
    assert f"{row['value']:.1f}" == rate(offences, people)
    assert row["areas_included"] == row["areas_expected"] == len(own)
    assert row["population_year"] == 2023


def test_there_are_38_forces_with_a_rate_nine_regions_and_england(violence: pd.DataFrame) -> None:
    assert len(FORCES) == 39 and len(REGIONS) == 9
    assert set(violence.index) == {*FORCES.index, *REGIONS, ENGLAND}
    assert violence.index[violence["value"].isna()].tolist() == [CITY_OF_LONDON]


def test_city_of_london_shows_its_count_and_why_there_is_no_rate(violence: pd.DataFrame) -> None:
    row = violence.loc[CITY_OF_LONDON]
    assert row["numerator"] == FORCES.loc[CITY_OF_LONDON, "offences"] == 410
    assert row["reason"] == NO_RATE and row[["value", "lower", "upper", "method"]].isna().all()


def test_city_of_london_stays_inside_london_and_england(violence: pd.DataFrame) -> None:
    metropolitan = FORCES.loc["E23000001", "offences"]
    assert violence.loc[LONDON, "numerator"] == metropolitan + 410
    assert violence.loc[LONDON, ["areas_included", "areas_expected"]].tolist() == [2, 2]
    assert violence.loc[ENGLAND, "numerator"] == FORCES["offences"].drop(CITY_OF_LONDON).sum() + 410


def test_no_rate_per_resident_is_ever_given_for_city_of_london(places: pd.DataFrame) -> None:
    city = places[(places["area_code"] == CITY_OF_LONDON) & places["resident_population"]]
    assert len(city) > 100 and city["value"].isna().all()
    assert set(city.loc[city["numerator"].notna(), "reason"]) == {NO_RATE}


@pytest.mark.parametrize(("indicator", "end"), list(TOTALS.groupby(["indicator", "period_end"]).groups))
def test_our_sums_are_the_published_totals(places: pd.DataFrame, indicator: str, end: str) -> None:
    published = TOTALS[(TOTALS["indicator"] == indicator) & (TOTALS["period_end"] == end)].set_index("area_code")
    ours = figures(places, indicator, end).loc[published.index]
    assert len(published) == 10 and ours["numerator"].tolist() == published["offences"].tolist()
    without_manchester = end in ("2019-09-30", "2019-12-31")
    assert ours.loc[ENGLAND, "areas_included"] == 39 - without_manchester


def test_the_published_regions_add_up_to_england_and_both_gaps_are_among_them() -> None:
    england = TOTALS["area_code"] == ENGLAND
    keys = ["indicator", "period_end"]
    regions = TOTALS[~england].groupby(keys)["offences"].sum()
    pd.testing.assert_series_equal(regions, TOTALS[england].set_index(keys)["offences"].sort_index())
    assert {"2019-09-30", "2019-12-31"} < set(TOTALS["period_end"])


@pytest.mark.parametrize(
    ("indicator", "end", "year"),
    [
        ("robbery", "2018-03-31", 2016),
        ("robbery", "2018-09-30", 2016),
        ("robbery", "2018-12-31", 2018),
        ("robbery", "2019-12-31", 2018),
        ("robbery", "2023-12-31", 2023),
        ("robbery", "2025-06-30", 2023),
        ("knife_offences", "2011-03-31", 2010),
        ("knife_offences", "2020-03-31", 2018),
    ],
)
def test_a_rate_uses_the_latest_estimate_before_the_middle_of_its_period(
    places: pd.DataFrame, indicator: str, end: str, year: int
) -> None:
    assert set(figures(places, indicator, end)["population_year"]) == {year}


@pytest.mark.parametrize("end", ["2021-03-31", "2022-03-31"])
def test_an_estimate_more_than_two_years_older_is_not_used(places: pd.DataFrame, end: str) -> None:
    """The latest estimates before the middle of these years are those of mid-2018."""
    knives = figures(places, "knife_offences", end)
    assert knives["numerator"].notna().all() and knives["value"].isna().all()
    assert knives["population_year"].isna().all()
    assert set(knives["reason"].drop(CITY_OF_LONDON)) == {NO_ESTIMATE}


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("year ending December 2023", 2023),
        ("year ending September 2025", 2023),
        ("year ending December 2025", None),
        ("2023-06", None),
        ("2023-07", 2023),
        ("1 July 2024 to 30 June 2026", None),
    ],
)
def test_the_edges_of_the_two_years(empty: Connection, catalogue: Catalogue, period: str, year: int | None) -> None:
    """Estimates are of mid-2018 and mid-2023. June 2023 has its middle before the end of June, July after it."""
    offences = fact(indicator="robbery", period=period, numerator=50, denominator="")
    _, version = send(empty, catalogue, facts(offences))
    row = every_place(evaluate(queries.observations(empty, version)), memberships(areas_of(catalogue))).iloc[0]
    assert (None if pd.isna(row["population_year"]) else row["population_year"]) == year
    assert pd.isna(row["value"]) == (year is None) and row["numerator"] == 50

"""Rates with limits, words and trends as published on Fingertips, beside what the program makes of the same counts.

Hospital admissions for injuries of children under 15, per 10,000, financial years 2010/11 to 2023/24 (Fingertips
indicator 90284, Office for Health Improvement and Disparities): England, its regions and eleven counties or unitary
authorities, among them six whose series have a gap. Published counts are rounded to 5 from 2012/13 on, while the
published limits are made from the counts before rounding.
"""

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import queries
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.mapping import chosen, missing
from data.settings import Settings
from data.submission import confirm, prepare
from data.workspace import open_workspace
from metrics.comparison import against_benchmark
from metrics.rates import byar
from metrics.trend import recent_trends
from metrics.values import evaluate
from tests.integration.storing import MOMENT

PUBLISHED = Path(__file__).resolve().parents[1] / "fixtures" / "reference" / "child_injury_admissions.csv"
ENGLAND, KEY, PER = "E92000001", "child_injury_admissions", 10_000
WITH_A_GAP = {"E06000017", "E06000036", "E06000039", "E06000040", "E06000060", "E10000030"}
# A published figure has five decimals.
ROUNDED = 6e-6


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    found = pd.read_csv(PUBLISHED)
    starts = pd.to_datetime(found["financial_year"].str[:4] + "-04-01")
    ends = starts + pd.DateOffset(years=1) - pd.Timedelta(days=1)
    return found.assign(period_start=starts, period_end=ends, measure="rate", polarity="lower_is_better")


@pytest.fixture(scope="module")
def counted(published: pd.DataFrame) -> pd.DataFrame:
    return published.dropna(subset=["admissions", "children", "rate"]).reset_index(drop=True)


def limits(counted: pd.DataFrame, moved: int = 0) -> pd.DataFrame:
    """Our figures of the counts, each moved by so many."""
    counts = {"numerator": counted["admissions"] + moved, "denominator": counted["children"]}
    return byar(pd.DataFrame(counts), multiplier=PER)


def apart(ours: pd.DataFrame, counted: pd.DataFrame) -> np.ndarray:
    """How far our limits lie from the published ones at most, row by row."""
    return np.maximum(abs(ours["lower"] - counted["lower"]), abs(ours["upper"] - counted["upper"])).to_numpy()


def test_rates_are_those_published(counted: pd.DataFrame) -> None:
    assert len(counted) == 289
    assert abs(limits(counted)["value"] - counted["rate"]).max() <= ROUNDED


def test_limits_are_those_published_of_the_count_before_it_was_rounded(counted: pd.DataFrame) -> None:
    exact = apart(limits(counted), counted) <= ROUNDED
    within = np.min([apart(limits(counted, moved), counted) for moved in range(-2, 3)], axis=0)
    assert within.max() <= ROUNDED
    unrounded = counted["financial_year"].isin(["2010/11", "2011/12"]).to_numpy()
    assert exact[unrounded].all()
    # A fifth of the rounded counts were multiples of 5 before.
    assert 0.15 < exact[~unrounded].mean() < 0.3
    assert (counted["admissions"][~unrounded] % 5 == 0).mean() > 0.9


def test_words_against_england_are_those_published(published: pd.DataFrame) -> None:
    england = published[published["area_code"] == ENGLAND].set_index("financial_year")["rate"]
    beside = published.assign(
        value=published["rate"],
        benchmark=published["financial_year"].map(england),
        benchmark_area_code=ENGLAND,
    )
    found = against_benchmark(beside)
    assert found["comparison"].tolist() == published["against_england"].tolist()
    assert set(found["comparison"]) == {"better", "worse", "similar", "not_compared"}


def test_recent_trends_are_those_published_where_no_year_is_missing(published: pd.DataFrame) -> None:
    series = published.rename(columns={"rate": "value"}).dropna(subset=["value"])
    ours = recent_trends(series, by="area_code").set_index("area_code")
    theirs = published.dropna(subset=["trend"]).set_index("area_code")["trend"]
    refused = ours.index[ours["direction"] == "cannot_be_calculated"]
    assert set(refused) == WITH_A_GAP - {"E06000017"}
    assert set(ours.loc[refused, "reason"]) == {"the periods are not five years in a row"}
    rest = ours.drop(refused)
    assert rest["direction"].tolist() == theirs.loc[rest.index].tolist()
    assert set(rest["direction"]) == {"increasing", "decreasing", "no_significant_change"}


def as_downloaded(published: pd.DataFrame) -> bytes:
    """The figures in the layout of a native download of all data."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        "Indicator ID,Indicator Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,"
        "Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Recent Trend".split(",")
    )
    for line in published.astype(object).fillna("").itertuples():
        name = "England" if line.area_code == ENGLAND else ""
        figures = [line.rate, line.lower, line.upper, line.admissions, line.children]
        start = [90284, "Admissions for injuries", line.area_code, name, "", "Persons", "<15 yrs", "", ""]
        writer.writerow([*start, line.financial_year, *figures, "", ""])
    return text.getvalue().encode()


def test_a_download_is_taken_in_and_its_limits_made_again(
    tmp_path: Path, catalogue: Catalogue, published: pd.DataFrame
) -> None:
    """Only England and the regions are places that the program knows; the limits sent with them are not stored over."""
    own = replace(
        catalogue.indicators["robbery"],
        key=KEY,
        name="Admissions for injuries",
        multiplier=float(PER),
        unit="per 10,000 children",
        denominator="children under 15",
        period_type="financial_year",
        expected_areas="region",
    )
    more = replace(catalogue, indicators=catalogue.indicators | {KEY: own}, digest="with one indicator more")
    connection = open_workspace(Settings(str(tmp_path / "store.duckdb"), "empty"), more)
    content = as_downloaded(published)
    mapping = prepare(connection, LOCAL_ADMINISTRATOR, more, content, "download.csv").screening.mapping
    assert mapping is not None and mapping.kind == "fingertips"
    if "indicator" in missing(mapping):
        mapping = chosen(mapping, indicator=KEY)
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, more, content, "download.csv", mapping=mapping)
    assert prepared.counts["new"] == 140
    version = confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    found = evaluate(queries.observations(connection, version, indicator=KEY))
    keys = ["area_code", "period_start", "period_end"]
    both = found.merge(published.dropna(subset=["rate"]), on=keys, suffixes=("", "_published"))
    assert len(both) == 140
    assert abs(both["value"] - both["rate"]).max() <= ROUNDED
    rounding = 2.5 / both["numerator"]
    assert (abs(both["lower"] - both["lower_published"]) <= rounding * both["rate"]).all()
    connection.close()

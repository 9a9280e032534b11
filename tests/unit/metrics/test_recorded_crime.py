"""The table in docs/methods/variation.md is what the methods give on the recorded crime in the catalogue."""

import re
from pathlib import Path

import pandas as pd
import pytest

from metrics.comparison import funnel, overdispersion

ROOT = Path(__file__).resolve().parents[3]
CRIME = ROOT / "data" / "demonstration" / "recorded_crime_year_ending_december_2024.csv"
TABLE = (ROOT / "docs" / "methods" / "variation.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z ]+) \| ([\d.,]+) \| ([\d.,]+) \| (\d+) of (\d+) \| (\d+) of 38 \|$", TABLE, re.MULTILINE)
CITY_OF_LONDON = "E23000034"


def recorded(offence: str) -> pd.DataFrame:
    """Offences in the year ending December 2024 and residents of mid-2023, without City of London."""
    crime, people = pd.read_csv(CRIME), pd.read_csv(ROOT / "data" / "populations.csv")
    of_year = (crime["indicator"] == offence.replace(" ", "_")) & (crime["period"] == "year ending December 2024")
    people = people[people["mid_year"] == 2023].rename(columns={"population": "denominator"})
    rows = crime[of_year & (crime["area_code"] != CITY_OF_LONDON)].drop(columns="value")
    return rows.merge(people[["area_code", "denominator"]], on="area_code")


def test_the_table_has_five_offences() -> None:
    assert len(ROWS) == 5


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_line_of_the_table_is_what_the_methods_give(row: tuple[str, ...]) -> None:
    offence, average, dispersion, plain, areas, adjusted = row
    drawn, wide = (call(recorded(offence), "rate", 100_000) for call in (funnel, overdispersion))
    assert (len(drawn), f"{drawn['average'].iloc[0]:,.1f}") == (int(areas), average)
    assert f"{wide['dispersion'].iloc[0]:,.1f}" == dispersion
    assert drawn["position"].isin(["low_998", "high_998"]).sum() == int(plain)
    assert wide["attention"].isin(["low", "high"]).sum() == int(adjusted)

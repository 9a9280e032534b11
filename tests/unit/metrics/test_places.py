"""Areas, and the regions and England made from their sums, on one frame."""

from typing import Any

import numpy as np
import pandas as pd

from metrics.places import every_place

AREAS = pd.DataFrame({"area_code": ["A", "B", "A", "B"], "region_code": ["R", "R", "E", "E"]})
ROW = {
    "indicator": "a",
    "measure": "proportion",
    "multiplier": 100.0,
    "polarity": "higher_is_better",
    "period_type": "quarter",
    "resident_population": False,
    "period_start": pd.Timestamp("2026-01-01"),
    "period_end": pd.Timestamp("2026-03-31"),
    "area_code": "A",
    "counts_add_up": True,
    "numerator": 8.0,
    "denominator": 80.0,
    "value": np.nan,
    "lower": np.nan,
    "upper": np.nan,
    "note": None,
    "rates_given": True,
}


def placed(*rows: dict[str, Any]) -> pd.DataFrame:
    return every_place(pd.DataFrame([ROW | row for row in rows]), AREAS).set_index("area_code")


def test_regions_and_england_are_sums_with_their_completeness() -> None:
    found = placed({}, {"area_code": "B", "numerator": 2.0, "denominator": 20.0})
    assert found["value"].tolist() == [10, 10, 10, 10]
    assert found.loc["R", ["numerator", "denominator", "areas_included", "areas_expected"]].tolist() == [10, 100, 2, 2]


def test_counts_that_do_not_add_up_make_no_region() -> None:
    found = placed({"counts_add_up": False})
    assert found.loc["A", "value"] == 10
    assert found.loc["E", "reason"] == "the indicator's counts do not add up across areas"


def test_a_figure_that_england_reported_itself_is_kept() -> None:
    found = placed({}, {"area_code": "E", "numerator": 30.0})
    assert found.loc["E", "numerator"] == 30 and found.index.tolist().count("E") == 1


def test_a_sum_names_the_year_of_population_only_where_its_areas_share_it() -> None:
    other = {"area_code": "B", "population_year": 2024}
    assert placed({"population_year": 2024}, other).loc["R", "population_year"] == 2024
    assert pd.isna(placed({"population_year": 2023}, other).loc["R", "population_year"])

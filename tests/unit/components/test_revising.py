"""The sentence on figures that were revised."""

import pandas as pd
import pytest

from components import revising
from data.catalogue import Indicator, load


@pytest.fixture(scope="module")
def item() -> Indicator:
    return load().indicators["people_who_felt_heard"]


def series(count: int) -> pd.DataFrame:
    ends = pd.to_datetime([f"{2010 + place}-12-31" for place in range(count)])
    starts = pd.to_datetime([f"{2010 + place}-01-01" for place in range(count)])
    labels = [str(2010 + place) for place in range(count)]
    figures = {"value": 50.0, "numerator": 50.0, "period_label": labels}
    return pd.DataFrame({"period_start": starts, "period_end": ends} | figures)


@pytest.mark.parametrize(
    ("revised", "figures", "begins"),
    [
        (1, 12, "1 of 12 figures was revised since it was first stored. The largest revision is of 2010: 40.0"),
        (1, 1, "1 of 1 figure was revised since it was first stored."),
        (3, 12, "3 of 12 figures were revised since they were first stored."),
        (0, 12, "No figure that can be shown in both editions was revised."),
    ],
)
def test_how_many_were_revised(item: Indicator, revised: int, figures: int, begins: str) -> None:
    found = series(figures).head(revised).assign(earlier_value=40.0, earlier_numerator=40.0)
    assert revising.sentence(found, item, series(figures)).startswith(begins)

"""Which period is usually looked at."""

from typing import Any

import pandas as pd
import pytest

from components.period import PERIOD, usual

ENGLAND, NORFOLK, KENT, NONE = "E92000001", "E23000024", "E23000032", float("nan")


def figure(year: int, area: str, value: float, included: float = NONE) -> dict[str, Any]:
    period = {"period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 31)}
    return {"indicator": "robbery", "area_code": area, "value": value, "areas_included": included} | period


@pytest.mark.parametrize(
    ("rows", "year"),
    [
        ([figure(2025, NORFOLK, NONE), figure(2024, NORFOLK, 5.0), figure(2023, NORFOLK, 5.0)], 2024),
        ([figure(2025, NORFOLK, 5.0), figure(2024, NORFOLK, 5.0), figure(2024, ENGLAND, 5.0, 39.0)], 2024),
        # One area that reports ahead does not stand for England.
        ([figure(2025, ENGLAND, 5.0, 1.0), figure(2024, ENGLAND, 5.0, 39.0), figure(2025, NORFOLK, 5.0)], 2024),
        # Without any figure of England, any place's.
        ([figure(2025, NORFOLK, NONE), figure(2024, KENT, 5.0), figure(2024, ENGLAND, NONE, 1.0)], 2024),
        ([figure(2025, NORFOLK, NONE), figure(2024, NORFOLK, NONE)], 2025),
        ([figure(2025, NORFOLK, 0.0), figure(2024, NORFOLK, 5.0)], 2025),
    ],
)
def test_the_usual_period(rows: list[dict[str, Any]], year: int) -> None:
    frame = pd.DataFrame(rows)
    periods = frame[PERIOD].drop_duplicates().sort_values("period_end", ascending=False)
    assert periods["period_end"].iloc[usual(periods, frame)].year == year

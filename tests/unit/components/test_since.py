"""Which earlier data version a number, a text or a date names."""

from datetime import date

import pytest

from components.since import version_of

VERSIONS = {4: date(2026, 10, 31), 3: date(2026, 7, 14), 2: date(2026, 7, 14), 1: date(2026, 1, 1)}


@pytest.mark.parametrize(
    ("chosen", "version"),
    [
        (3, 3),
        ("3", 3),
        (" 3 ", 3),
        ("2026-07-14", 3),
        ("14 July 2026", 3),
        ("14/07/2026", 3),
        ("2026-07-13", 1),
        ("1 January 2026", 1),
        ("2030-01-01", 4),
    ],
)
def test_number_or_day_names_a_version(chosen: object, version: int) -> None:
    assert version_of(chosen, VERSIONS) == version


@pytest.mark.parametrize(
    "chosen",
    [
        0,
        9,
        -1,
        "9",
        "-1",
        "2025-12-31",
        "",
        "yesterday",
        "31 February 2026",
        "2026-13-01",
        "9" * 5000,
        "<b>3</b>",
        "٣x",
        None,
    ],
)
def test_anything_else_names_none(chosen: object) -> None:
    assert version_of(chosen, VERSIONS) is None

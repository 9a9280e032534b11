"""Which areas belong where, and who is expected to report what, as a version's own definitions say."""

import pandas as pd

from reports.expected import ENGLAND, expected_pairs, memberships

AREAS = pd.DataFrame(
    {
        "code": [ENGLAND, "W92", "E12", "E23a", "E23b", "W15"],
        "type": ["country", "country", "region", "police_force_area", "police_force_area", "police_force_area"],
        "parent": [None, None, ENGLAND, "E12", "E12", "W92"],
        "comparator_only": [False, True, False, False, False, True],
    }
)
RULES = pd.DataFrame(
    {
        "key": ["all_forces", "national", "some"],
        "measure": "rate",
        "multiplier": 100_000.0,
        "polarity": "no_judgement",
        "denominator": ["resident population", "Journeys", "Journeys"],
        "counts_add_up": True,
        "due_days_after_period": 45,
        "expected_areas": ["police_force_area", "country", ["E23b", "E12"]],
        "commitments": [("SYS-1",), ("SYS-2",), ("SYS-1",)],
    }
)


def test_an_area_stands_once_for_its_region_and_once_for_england() -> None:
    found = sorted(memberships(AREAS).itertuples(index=False, name=None))
    assert found == [("E23a", "E12"), ("E23a", ENGLAND), ("E23b", "E12"), ("E23b", ENGLAND)]


def test_a_type_stands_for_its_areas_of_england_and_codes_for_themselves() -> None:
    found = expected_pairs(RULES, AREAS)
    assert list(found[["indicator", "area_code"]].itertuples(index=False, name=None)) == [
        ("all_forces", "E23a"),
        ("all_forces", "E23b"),
        ("national", ENGLAND),
        ("some", "E23b"),
        ("some", "E12"),
    ]
    assert found["resident_population"].tolist() == [True, True, False, False, False]


def test_a_type_without_areas_expects_nobody() -> None:
    alone = RULES.tail(1).assign(expected_areas="community_safety_partnership")
    assert expected_pairs(alone, AREAS).empty

"""The computed picture."""

import pandas as pd

from metrics.picture import by_area, by_commitment


def changes() -> pd.DataFrame:
    rows = [
        ("SYS-1", "a", "A", "higher_is_better", "improved"),
        ("SYS-1", "a", "B", "higher_is_better", "worsened"),
        ("SYS-1", "b", "A", "lower_is_better", "improved"),
        ("SYS-1", "c", "A", "no_judgement", "higher"),
        ("SYS-2", "d", "A", "higher_is_better", "cannot_be_calculated"),
    ]
    return pd.DataFrame(rows, columns=["commitment", "indicator", "area_code", "polarity", "change"])


def insights() -> pd.DataFrame:
    rows = [
        ("SYS-1", "A", "service_provider", 5),
        ("SYS-1", "A", "service_user", 2),
        ("SYS-1", "C", "community", 1),
        ("COM-1", "B", "carer_or_family", None),
    ]
    return pd.DataFrame(rows, columns=["commitment", "area_code", "perspective", "grade"])


def test_each_commitment_is_counted() -> None:
    found = by_commitment(changes(), insights()).set_index("commitment")
    counts = ["improved", "worsened", "no_clear_change", "not_calculable", "not_judged", "pairs"]
    assert found.loc["SYS-1", counts].tolist() == [2, 1, 0, 0, 1, 4]
    assert found.loc["SYS-2", counts].tolist() == [0, 0, 0, 1, 0, 1]
    assert found.loc["COM-1", counts].tolist() == [0] * 6
    assert found["numbers"].to_dict() == {"SYS-1": "positive", "SYS-2": "absent", "COM-1": "absent"}
    assert found["voices"].to_dict() == {"SYS-1": "negative", "SYS-2": "silent", "COM-1": "silent"}
    assert found["fit"].to_dict() == {"SYS-1": "dissonant", "SYS-2": "silent", "COM-1": "silent"}
    assert found["evidence"].to_dict() == {"SYS-1": True, "SYS-2": False, "COM-1": True}


def test_areas_are_counted_by_what_their_voices_say() -> None:
    row = by_commitment(changes(), insights()).set_index("commitment").loc["SYS-1"]
    names = ["areas_positive", "areas_mixed", "areas_negative", "areas_silent"]
    assert row[names].tolist() == [0, 1, 1, 1]


def test_pairs_asked_for_are_there_without_evidence() -> None:
    pairs = pd.DataFrame({"commitment": ["SYS-1", "STF-1"], "area_code": ["A", "A"]})
    found = by_commitment(changes(), insights(), pairs).set_index("commitment")
    assert list(found.index) == ["SYS-1", "STF-1"]
    assert found.loc["STF-1", ["pairs", "areas_silent", "evidence", "fit"]].tolist() == [0, 1, False, "silent"]


def test_each_area_has_its_own_numbers_beside_its_own_voices() -> None:
    found = by_area(changes(), insights()).set_index(["commitment", "area_code"])
    row = found.loc[("SYS-1", "A")]
    assert row[["numbers", "voices", "provider_voices", "user_voices"]].tolist() == [
        "positive",
        "mixed",
        "positive",
        "negative",
    ]
    assert found.loc[("SYS-1", "C"), ["fit", "silent_side"]].tolist() == ["silent", "numbers"]


def test_nothing_at_all_makes_an_empty_picture() -> None:
    assert by_commitment(changes()[:0], insights()[:0]).empty
    assert by_area(changes()[:0], insights()).shape[0] == 3

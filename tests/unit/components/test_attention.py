"""What asks for attention, and what is missing, as sentences with their numbers."""

import pandas as pd

from components.attention import sentence
from components.missing import CHANGED, by_commitment, missing_sentence


def test_exceptions_are_counted_with_those_that_are_only_counted() -> None:
    assert sentence(15, 155, "England") == (
        "England: 155 things ask for attention; the first 15 are ranked, 140 more are counted."
    )
    assert sentence(7, 7, "Norfolk") == "Norfolk: 7 things ask for attention, ranked."
    assert sentence(1, 1, "Norfolk") == "Norfolk: 1 thing asks for attention, ranked."
    assert sentence(0, 0, "Kent").startswith("Kent: nothing asks for attention")


def changed(*reasons: str | None) -> pd.DataFrame:
    """Pairs that inform SYS-1, and the last of them SYS-2 also, each with why it has no change."""
    commitments = [["SYS-1"]] * (len(reasons) - 1) + [["SYS-1", "SYS-2"]]
    return pd.DataFrame({"commitments": commitments, "reason": reasons})


def test_pairs_without_a_change_are_counted_by_reason_the_commonest_first() -> None:
    counts = by_commitment(changed(None, "not reported", "an odd reason", "not reported"), ["SYS-1", "SYS-2", "SYS-3"])
    assert list(counts.columns) == [CHANGED, "not reported", "an odd reason"]
    assert counts.to_numpy().tolist() == [[1, 2, 1], [0, 1, 0], [0, 0, 0]]
    assert missing_sentence(counts) == (
        "1 of 5 pairs of indicator and area have a change since July 2025. The commonest reason why others have none: "
        "not reported (3)."
    )


def test_nothing_missing_and_nothing_changed_are_said() -> None:
    assert missing_sentence(by_commitment(changed(None, None), ["SYS-1"])).endswith("have a change since July 2025.")
    none = by_commitment(changed("not due", "not due"), ["SYS-1", "SYS-2"])
    assert missing_sentence(none).startswith("0 of 3 pairs")

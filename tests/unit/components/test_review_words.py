"""A review in words: names that stay and are never two the same, and the rule that asks for a reason."""

from typing import Any

import pandas as pd
import pytest

from components.review_held import named
from components.review_judging import rule
from metrics.judgement import RULES
from reports.decided import closed, judgement_words, overdue, state_cell


def line(key: str, day: str, state: str, recorded: str, version: int = 18) -> dict[str, Any]:
    made = {"id": key, "held_on": pd.Timestamp(day), "state": state, "version": version}
    return made | {"recorded_at": pd.Timestamp(recorded)}


REVIEWS = pd.DataFrame(
    [
        line("c", "2026-11-22", "called_off", "2026-11-20"),
        line("b", "2026-11-22", "closed", "2026-11-21"),
        line("d", "2026-11-22", "open", "2026-11-22"),
        line("a", "2026-07-14", "closed", "2026-07-14", 15),
    ]
)


def test_the_open_review_is_first_and_no_two_have_the_same_words() -> None:
    words = named(REVIEWS)
    assert words == {
        "d": "22 November 2026, data version 18, number 3",
        "b": "22 November 2026, data version 18, number 2",
        "a": "14 July 2026, data version 15",
        "c": "22 November 2026, data version 18",
    }
    assert list(words) == ["d", "b", "a", "c"] and closed(REVIEWS)["id"].tolist() == ["b", "a"]


def test_the_words_of_a_review_stay_when_it_closes_and_when_another_is_opened() -> None:
    before = named(REVIEWS)
    later = pd.concat([REVIEWS.assign(state="closed"), pd.DataFrame([line("e", "2026-11-22", "open", "2026-11-23")])])
    after = named(later)
    assert {key: after[key] for key in before} == before and after["e"].endswith("number 4")


@pytest.mark.parametrize(
    ("grade", "improved", "worsened", "voices", "evidence", "found"),
    [
        (None, 1, 0, "positive", True, None),
        ("no_evidence_available", 1, 0, "positive", True, RULES[0]),
        ("no_evidence_available", 0, 0, "silent", False, None),
        ("limited", 0, 0, "silent", False, RULES[1]),
        ("substantial", 1, 1, "positive", True, RULES[2]),
        ("complete", 2, 1, "silent", True, RULES[3]),
        ("not_started", 2, 1, "positive", True, RULES[4]),
        ("limited", 1, 2, "positive", True, None),
    ],
)
def test_the_rule_that_asks_for_a_reason_is_named(
    grade: str | None, improved: int, worsened: int, voices: str, evidence: bool, found: str | None
) -> None:
    line = {"improved": improved, "worsened": worsened, "voices": voices, "evidence": evidence, "reason": "kept"}
    assert rule(line, grade) == found


def test_a_judgement_is_told_with_confidence_reason_and_dissent() -> None:
    judged = {"grade": "limited", "confidence": "low", "reason": "Few areas report.", "dissent": None}
    assert judgement_words(judged) == "“Limited”, with low confidence. Few areas report."
    assert judgement_words(judged | {"dissent": "One member."}).endswith("Few areas report. Dissent: One member.")
    assert judgement_words(judged | {"reason": ""}) == "“Limited”, with low confidence."


def test_only_open_actions_are_overdue() -> None:
    due = pd.Timestamp("2026-09-30")
    actions = pd.DataFrame(
        {"state": ["open", "done", "dropped", "open"], "due": [due, due, due, due.replace(year=2027)]}
    )
    assert overdue(actions, pd.Timestamp("2026-10-31").date()).index.tolist() == [0]
    cells = [state_cell("open", True), state_cell("open", False), state_cell("done", True), state_cell("dropped", True)]
    assert [cell.text for cell in cells] == ["overdue", "open", "done", "dropped"]

"""When a judgement needs a reason."""

from typing import Any

import pandas as pd
import pytest

from metrics.errors import MetricError
from metrics.judgement import RULES, reason_required

ROW = {"judgement": "limited", "improved": 2, "worsened": 2, "voices": "mixed", "evidence": True}
POSITIVE = {"improved": 3, "worsened": 1, "voices": "positive"}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"judgement": "no_evidence_available"}, 0),
        ({"judgement": "not_started", "evidence": False}, 1),
        ({"judgement": "complete", "evidence": False}, 1),
        ({"judgement": "substantial"}, 2),
        ({"judgement": "complete", "improved": 1}, 2),
        ({"judgement": "complete", "improved": 5, "voices": "negative"}, 3),
        ({"judgement": "substantial", "improved": 5, "voices": "silent"}, 3),
        ({"judgement": "substantial", "improved": 5, "voices": None}, 3),
        ({"judgement": "limited", **POSITIVE}, 4),
        ({"judgement": "not_started", **POSITIVE}, 4),
    ],
)
def test_a_judgement_that_the_picture_does_not_suggest_needs_a_reason(more: dict[str, Any], rule: int) -> None:
    row = reason_required(pd.DataFrame([ROW | more])).iloc[0]
    assert (row["reason_required"], row["reason"]) == (True, RULES[rule])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"judgement": None, **POSITIVE},
        {"judgement": "no_evidence_available", "evidence": False},
        {"judgement": "complete", **POSITIVE},
        {"judgement": "substantial", "improved": 3, "voices": "mixed"},
        {"judgement": "limited", **POSITIVE, "voices": "mixed"},
        {"judgement": "not_started", **POSITIVE, "improved": 1},
    ],
)
def test_other_judgements_need_none(more: dict[str, Any]) -> None:
    row = reason_required(pd.DataFrame([ROW | more])).iloc[0]
    assert not row["reason_required"] and pd.isna(row["reason"])


def test_a_grade_that_does_not_exist_is_refused() -> None:
    with pytest.raises(MetricError, match="'judgement' must hold .*; it holds 'good'"):
        reason_required(pd.DataFrame([ROW | {"judgement": "good"}]))

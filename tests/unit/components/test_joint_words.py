"""What to read first where numbers and voices differ, in words."""

import pandas as pd
import pytest

from components import joint_words, session
from data.catalogue import Catalogue
from reports.evidence import reading_order

CODES = ["E23000024", "E23000032", "E23000025", "E23000005"]


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    monkeypatch.setattr(session, "catalogue", lambda: catalogue)


def areas(*lines: tuple[str, str, str, str]) -> pd.DataFrame:
    rows = [(code, *line) for code, line in zip(CODES, lines, strict=False)]
    return pd.DataFrame(rows, columns=["area_code", "numbers", "voices", "user_voices", "fit"])


def heard(**directions: str) -> pd.DataFrame:
    rows = [(code, "service_user", word) for code, word in directions.items()]
    return pd.DataFrame(rows, columns=["area_code", "perspective", "direction"])


def test_users_against_the_numbers_come_before_what_agrees_and_silence_last() -> None:
    found = reading_order(
        areas(
            ("positive", "silent", "silent", "silent"),
            ("positive", "positive", "positive", "convergent"),
            ("positive", "mixed", "negative", "complementary"),
            ("negative", "positive", "positive", "dissonant"),
        ),
        heard(),
    )
    assert list(found["area_code"]) == [CODES[3], CODES[2], CODES[1], CODES[0]]
    assert dict(zip(found["area_code"], found["against"], strict=True))[CODES[2]]
    assert joint_words.headline(found) == (
        "In 1 area (Suffolk) the numbers improved while service users, families or communities told us that it does "
        "not work or got worse. In 1 area (Greater Manchester) the numbers worsened while service users, families or "
        "communities told us that it works. Numbers and voices as a whole disagree in 1 area (Greater Manchester). "
        "Read these first."
    )


def test_users_who_say_that_it_got_worse_are_heard_too() -> None:
    lines = [("positive", "positive", "positive", "convergent"), ("neutral", "mixed", "mixed", "convergent")]
    said = heard(E23000024="worse", E23000032="worse")
    assert list(reading_order(areas(*lines), said)["against"]) == [True, False]
    providers = said.assign(perspective="service_provider")
    found = reading_order(areas(*lines), providers)
    assert not found["against"].any() and joint_words.headline(found) == "In no area do numbers and voices disagree."


def test_each_side_is_counted_with_its_people() -> None:
    frame = pd.DataFrame(
        {
            "area_code": CODES[0],
            "perspective": ["service_user", "community", "service_provider"],
            "grade": [1.0, 3.0, None],
            "participants": [1_200.0, None, 4.0],
        }
    )
    assert joint_words.said(frame) == {
        CODES[0]: "users, families and communities: 0 of 2 say it works, 1 that it does not (at least 1,200 people); "
        "providers: 1 insight, none graded"
    }
    assert joint_words.said(frame.head(0)) == {}


def test_each_area_is_told_what_was_said_there() -> None:
    frame = pd.DataFrame(
        {
            "area_code": [CODES[1], CODES[0], CODES[1]],
            "perspective": ["service_provider", "carer_or_family", "service_provider"],
            "grade": [5.0, 4.0, 2.0],
            "participants": [None, None, None],
        }
    )
    assert joint_words.said(frame) == {
        CODES[0]: "users, families and communities: 1 of 1 say it works, 0 that it does not; providers: not heard",
        CODES[1]: "users, families and communities: not heard; providers: 1 of 2 say it works, 1 that it does not",
    }


def test_each_area_is_told_what_moved_there_and_how_many_did_not() -> None:
    lines = [
        (CODES[0], "s136_health_based_place", "worsened", 60.0, 55.0, 65.0, 70.0),
        (CODES[1], "s136_health_based_place", "no_clear_change", 60.0, 55.0, 65.0, 61.0),
        (CODES[0], "handover_wait_hours", "improved", 3.25, 3.0, 3.5, 4.0),
        (CODES[0], "repeat_crisis_within_90_days", "no_clear_change", 10.0, 9.0, 11.0, 10.0),
    ]
    changed = pd.DataFrame(lines, columns=joint_words.TOLD)
    first, rest = joint_words.moved(changed)[CODES[0]].rsplit("; ", 1)
    assert rest == "1 other indicator" and list(joint_words.moved(changed)) == [CODES[0]]
    assert [part.split(":")[0] for part in first.split("; ")] == ["worsened", "improved"]
    assert joint_words.moved(changed, most=1)[CODES[0]].endswith("; 2 other indicators")

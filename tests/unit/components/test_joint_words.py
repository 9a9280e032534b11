"""What to read first where numbers and voices differ, in words."""

import pandas as pd
import pytest

from components import joint_words, session
from data.catalogue import Catalogue, load
from reports.evidence import reading_order

CODES = ["E23000024", "E23000032", "E23000025", "E23000005"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


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
            "perspective": ["service_user", "community", "service_provider"],
            "grade": [1.0, 3.0, None],
            "participants": [1_200.0, None, 4.0],
        }
    )
    assert joint_words.said(frame) == (
        "users, families and communities: 0 of 2 say it works, 1 that it does not (at least 1,200 people); "
        "providers: 1 insight, none graded"
    )
    assert joint_words.said(frame.head(0)) == "users, families and communities: not heard; providers: not heard"

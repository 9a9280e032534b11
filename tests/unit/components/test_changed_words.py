"""What matters most between two versions: its order, what shares a sentence, and what a row tells of both sides."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd
import pytest

from charts.cells import Cell
from components import changed_rows, changed_states, changed_words, session
from components.changed import Changed
from components.changed_judgements import differing, row
from components.controls import View
from data.catalogue import Catalogue
from metrics.changed import CORRECTED, NEW_FIGURE

NORFOLK, KENT, ENGLAND = "E23000024", "E23000032", "E92000001"
PERIODS = {"period_start": pd.Timestamp("2026-04-01"), "period_end": pd.Timestamp("2026-06-30")}
WORDS = {
    "area": {ENGLAND: "England", NORFOLK: "Norfolk", KENT: "Kent"},
    "commitment": {"SYS-1": "SYS-1 a", "SYS-3": "SYS-3 b", "COM-1": "COM-1 c"},
    "indicator": {"robbery": "Robbery", "people_who_felt_heard": "People who felt heard"},
    "version": {0: "Newest", 8: "Version 8"},
}


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    monkeypatch.setattr(session, "catalogue", lambda: catalogue)


def view(area: str = ENGLAND, version: int = 9) -> View:
    return View(area, "SYS-1", "robbery", version, date(2026, version, 1), 9, WORDS)


def status(area: str, change: str, was: str, indicator: str = "people_who_felt_heard", **more: Any) -> dict[str, Any]:
    moved = {"difference": -9.6, "difference_lower": -17.0, "difference_upper": -2.1, "polarity": "higher_is_better"}
    key = {"area_code": area, "indicator": indicator, "change": change, "was_change": was, "why": NEW_FIGURE}
    return {**key, **moved, **PERIODS, "beyond": "within", "reason": None, **more}


def fit(area: str, now: str, was: str, commitment: str = "SYS-1") -> dict[str, str]:
    return {"commitment": commitment, "area_code": area, "fit": now, "was_fit": was}


def ranked(area: str, rank: int | None, was: int | None, attention: str = "high") -> dict[str, Any]:
    key = {"area_code": area, "indicator": "robbery", "polarity": "lower_is_better", **PERIODS}
    return {
        **key,
        "value": 99.0,
        "rank": rank,
        "was_rank": was,
        "attention": attention,
        "distance": 1.2,
        "why": CORRECTED,
    }


def corrected(area: str, was: float, now: float, **more: Any) -> dict[str, Any]:
    key = {"area_code": area, "indicator": "robbery", "breakdown_type": "", "organisation": "", **PERIODS}
    moved = {"was_value": was, "value": now, "moved": now - was, "much": abs(now - was) > was / 5}
    return {**key, **moved, "state": "corrected", **more}


def changed(area: str = ENGLAND, **frames: list[dict[str, Any]]) -> Changed:
    columns = {
        "statuses": status(NORFOLK, "", ""),
        "fits": fit(NORFOLK, "", ""),
        "attention": ranked(NORFOLK, 1, 1),
        "figures": corrected(NORFOLK, 1.0, 1.0),
        "counts": {"state": "new", "facts": 1},
        "insights": {"state": "new"},
        "overdue": {"state": "overdue"},
        "agreements": {"state": "new"},
    }
    names = [*columns, "standing", "targets", "definitions", "populations", "files"]
    made = {name: pd.DataFrame(frames.get(name, []), columns=list(columns.get(name, {}))) for name in names}
    made["attention"] = made["attention"].astype(
        {"attention": "str", "polarity": "str", "rank": "Int64", "was_rank": "Int64"}
    )
    made["statuses"] = made["statuses"].astype({"beyond": "str", "polarity": "str"})
    made["figures"] = made["figures"].astype({"much": "bool"})
    return Changed(view(area, 8), view(area), **made)


EVERY_KIND: dict[str, list[dict[str, Any]]] = {
    "statuses": [
        status(KENT, "no_clear_change", "worsened"),
        status(NORFOLK, "improved", "no_clear_change"),
        status(NORFOLK, "worsened", "no_clear_change"),
        status(KENT, "worsened", "no_clear_change", beyond="low"),
        status(KENT, "no_clear_change", "cannot_be_calculated"),
    ],
    "fits": [fit(KENT, "convergent", "silent"), fit(KENT, "dissonant", "silent"), fit(ENGLAND, "dissonant", "silent")],
    "attention": [ranked(NORFOLK, 1, None), ranked(KENT, 2, 1), ranked(KENT, 2, None, "low")],
    "figures": [corrected(KENT, 50, 80), corrected(KENT, 50, 55), corrected(KENT, 50, 80, organisation="A charity")],
}


def test_gravest_come_first_and_only_what_deserves_a_sentence() -> None:
    told = changed_words.matters(changed(**EVERY_KIND))
    assert [(line.order, line.where) for line in told] == [
        (1, "Kent"), (2, "England"), (3, "Norfolk"), (4, "Norfolk"), (5, "Kent"), (6, "Kent"), (7, "Norfolk"),
        (8, "Kent"), (9, "Kent"),
    ]  # fmt: skip
    assert told[0].text.startswith("People who felt heard: newly worsened since July 2025, before “no clear change”.")
    assert "−9.6 (−17.0 to −2.1) percentage points, April to June 2026. Beyond the usual variation" in told[0].text
    assert "Beyond" not in told[2].text
    moved = "from 50.0 to 80.0 per 100,000 residents (+30.0), April to June 2026."
    assert told[5].text == f"Robbery: corrected by more than a fifth, {moved}"
    assert "no longer worsened since July 2025, now “no clear change”" in told[7].text


def test_areas_that_moved_alike_share_a_sentence_and_the_place_itself_does_not() -> None:
    moved = [status(area, "worsened", "no_clear_change") for area in (KENT, NORFOLK, ENGLAND)]
    moved[1] |= {"difference": -30.0, "difference_lower": -31.0, "difference_upper": -29.0}
    told = changed_words.matters(changed(statuses=moved))
    assert [(line.where, line.changes) for line in told] == [("2 areas", 2), ("England", 1)]
    assert "in Kent and Norfolk, before “no clear change”. Clearest in Norfolk: −30.0" in told[0].text
    assert told[0].href.startswith("commitment?") and told[1].href.startswith("area?")


def test_areas_that_moved_alike_for_other_reasons_have_sentences_of_their_own() -> None:
    moved = [status(KENT, "worsened", "no_clear_change"), status(NORFOLK, "worsened", "no_clear_change", why=CORRECTED)]
    told = {line.where: line.text for line in changed_words.matters(changed(statuses=moved))}
    assert told["Kent"].endswith(f"Why: {NEW_FIGURE}.") and told["Norfolk"].endswith(f"Why: {CORRECTED}.")


def test_nothing_makes_no_sentence_and_says_so() -> None:
    assert changed_words.matters(changed()) == []
    assert changed().nothing and not changed(**EVERY_KIND).nothing
    assert changed_words.answer(changed()) == (
        "England: nothing changed between version 8 (1 August 2026) and version 9 (1 September 2026)."
    )
    assert changed_words.more(changed()) == ""


def test_answer_counts_areas_and_the_place_once_each() -> None:
    counts = [{"state": "new", "facts": 1200}, {"state": "new", "facts": 34}, {"state": "withdrawn", "facts": 1}]
    moved = [status(area, "worsened", "no_clear_change") for area in (KENT, NORFOLK, ENGLAND)]
    assert changed_words.answer(changed(counts=counts, statuses=moved, fits=EVERY_KIND["fits"])) == (
        "England, since version 8 (1 August 2026): 1,234 new figures, 0 corrected, 1 withdrawn; 2 newly worsened, "
        "0 newly improved, 1 commitment newly dissonant."
    )


def texts(row: list[Any]) -> list[str]:
    return [getattr(cell, "text", cell) for cell in row]


def test_definition_tells_what_differs_in_it(catalogue: Catalogue) -> None:
    was, now = (
        asdict(catalogue.indicators["robbery"]) | {"polarity": word} for word in ("no_judgement", "lower_is_better")
    )
    sides = {"was_definition": json.dumps(was, default=str), "definition": json.dumps(now, default=str)}
    lines = [
        {"indicator": "robbery", "name": "Robbery", **sides},
        {"indicator": "x", "name": "A new one", "was_definition": None, "definition": sides["definition"]},
        {"indicator": "y", "name": "An old one", "was_definition": sides["definition"], "definition": None},
    ]
    found = changed_rows.other_rows(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(lines), pd.DataFrame())
    assert texts(found[0])[2:] == ["polarity: no_judgement", "polarity: lower_is_better", "differs in polarity"]
    assert texts(found[1])[2:4] == ["", "there"] and texts(found[2])[2:4] == ["there", "ended"]


def test_target_and_population_tell_both_sides() -> None:
    target = {"indicator": "robbery", "area_code": None, "state": "corrected", "was_value": 50.0, "value": 40.0}
    target |= {"due": date(2027, 3, 31), "agreed_by": "Group", "reason": "because", "invented": True}
    people = {"area_code": NORFOLK, "mid_year": 2024, "was_population": None, "population": 930_000.0, "source": "ONS"}
    found = changed_rows.other_rows(*map(pd.DataFrame, ([target], [], [], [people])))
    assert texts(found[0])[:4] == [
        "Target: Robbery",
        "every area",
        "50.0 per 100,000 residents",
        "40.0 per 100,000 residents",
    ]
    assert texts(found[1]) == ["Residents, mid-2024", "Norfolk", "", "930,000", "ONS"]


def test_agreed_indicator_tells_both_sides_and_is_counted() -> None:
    line = {"indicator": "robbery", "state": "new", "agreed_by": "Group", "reason": "because", "invented": False}
    lines = [line, line | {"indicator": "gone", "state": "withdrawn", "reason": None}]
    found = changed_rows.other_rows(pd.DataFrame(), pd.DataFrame(lines), pd.DataFrame(), pd.DataFrame())
    assert texts(found[0]) == ["Status: Robbery", "everywhere", "proposed", "agreed", "because"]
    assert texts(found[1]) == ["Status: gone", "everywhere", "agreed", "proposed", ""]
    assert not changed(agreements=lines).nothing
    told = changed_words.more(changed(agreements=lines))
    assert told == "Also: 1 indicator agreed, 1 indicator no longer agreed."


def test_target_of_an_indicator_that_is_no_more_has_its_key_and_plain_numbers() -> None:
    line = {"indicator": "gone", "area_code": NORFOLK, "state": "corrected", "was_value": 1_250_000.0, "value": 40.25}
    line |= {"due": date(2027, 3, 31), "agreed_by": "Group", "reason": "because", "invented": False}
    ended = line | {"state": "withdrawn", "value": None}
    found = changed_rows.other_rows(pd.DataFrame([line, ended]), *(pd.DataFrame() for _ in range(3)))
    assert texts(found[0])[:4] == ["Target: gone", "Norfolk", "1,250,000", "40.25"]
    assert texts(found[1])[2:4] == ["1,250,000", "ended"]


def test_figure_of_an_indicator_that_is_no_more_is_named_without_numbers() -> None:
    line = {"indicator": "gone", "area_code": NORFOLK, **PERIODS, "state": "withdrawn"}
    (row,) = changed_rows.figure_rows(pd.DataFrame([line]), view())
    assert texts(row) == ["Norfolk", "gone", "30 June 2026", "withdrawn", "", "", ""]


def test_word_that_was_not_there_is_named() -> None:
    sides = {"was_comparison": None, "comparison": "worse", "value": 5.0, "lower": 4.0, "upper": 6.0, "numerator": 5.0}
    line = {"area_code": NORFOLK, "indicator": "robbery", **PERIODS, **sides, "why": NEW_FIGURE}
    gone = line | {"comparison": None, "was_comparison": "worse", "period_end": pd.NaT}
    found = changed_states.standing_rows(pd.DataFrame([line, gone]), view())
    assert texts(found[0])[2:4] == ["no word", "worse than England"]
    assert texts(found[1])[2:5] == ["worse than England", "no word", "no figure any more"]


def test_only_commitments_with_another_grade_are_told_as_judged_otherwise() -> None:
    before = {"SYS-1": {"grade": "limited"}, "SYS-2": {"grade": "limited"}}
    said = {"confidence": "high", "reason": "Seen in most areas"}
    now = {key: {"grade": grade, **said} for key, grade in
           {"SYS-1": "limited", "SYS-2": "substantial", "SYS-3": "not_started"}.items()}  # fmt: skip
    found = differing(before, now)
    assert found["commitment"].tolist() == ["SYS-2", "SYS-3"]
    assert found["was"].fillna("none").tolist() == ["limited", "none"]
    cells = row(found.iloc[1].to_dict(), {"SYS-3": "SYS-3 Same"})
    assert [cell.text if isinstance(cell, Cell) else cell for cell in cells] == [
        "SYS-3 Same", "none yet", "Not started", "Seen in most areas",
    ]  # fmt: skip

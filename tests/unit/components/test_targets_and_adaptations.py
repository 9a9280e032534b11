"""Targets place by place, and the adaptation log, as sentences and rows."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from charts.cells import Cell
from components import adapting, adapting_choice, agreeing, target_picture, target_progress, target_rows
from data.catalogue import Catalogue

CRISIS, WAITS = "s136_health_based_place", "handover_wait_hours"
NORFOLK, KENT, ENGLAND = "E23000024", "E23000032", "E92000001"


def target(number: int, area: str | None = None, **more: Any) -> dict[str, Any]:
    line = {"number": number, "indicator": CRISIS, "area_code": area, "value": 80.0, "due": date(2027, 3, 31)}
    return line | {"agreed_by": "Group", "reason": "because", "invented": False} | more


def targets(*lines: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(lines).astype({"area_code": "object"})


def statuses(*found: str) -> pd.DataFrame:
    return pd.DataFrame({"status": found})


def texts(row: list[str | Cell]) -> list[str]:
    return [cell.text if isinstance(cell, Cell) else cell for cell in row]


def test_target_for_every_area_is_each_areas_own_where_it_has_none(catalogue: Catalogue) -> None:
    every = target_progress.placed(targets(target(0)), catalogue)
    assert len(every) == 39 and every["area_code"].is_unique
    found = target_progress.placed(targets(target(0), target(1, NORFOLK), target(2, KENT, indicator=WAITS)), catalogue)
    assert found.groupby("number").size().to_dict() == {0: 38, 1: 1, 2: 1}
    assert NORFOLK not in set(found.loc[found["number"] == 0, "area_code"])
    assert target_progress.placed(targets(target(0)).head(0), catalogue).empty


def test_answer_counts_targets_and_places(catalogue: Catalogue) -> None:
    two = targets(target(0), target(1, NORFOLK))
    places = statuses("behind", "achieved", "achieved", "cannot_be_calculated")
    assert target_rows.answer(two, places) == (
        "2 targets stand, 1 of them for every area. Counted place by place that is 4: 2 achieved, 1 behind, "
        "1 cannot be calculated."
    )
    assert target_rows.answer(two.tail(1), statuses("on_track")) == "1 target stands: 1 on track."
    assert target_rows.answer(two.head(0), statuses()) == target_rows.NONE


def test_place_says_which_of_the_targets_are_its_own() -> None:
    places = statuses("behind", "achieved", "achieved").assign(area_code=[NORFOLK, NORFOLK, KENT])
    assert target_rows.within(places, [NORFOLK], "Norfolk") == "Norfolk: 2 of these 3: 1 achieved, 1 behind."
    assert target_rows.within(places, ["E23000014"], "West Midlands") == "West Midlands has none of them."


def test_those_without_and_those_that_may_have_none_are_counted_apart(catalogue: Catalogue) -> None:
    judged = sum(item.polarity != "no_judgement" for item in catalogue.indicators.values())
    told = target_rows.without(catalogue, targets(target(0), target(1, NORFOLK)))
    assert told.startswith(f"{judged - 1} indicators that may have a target have none. 8 must not have one, because")


def test_value_that_is_beyond_the_baseline_already_is_said() -> None:
    assert target_rows.overtaken(0, 39, "Norfolk") == ""
    assert "in Norfolk: they start" in target_rows.overtaken(1, 1, "Norfolk")
    assert "in 3 of 39 areas: they start" in target_rows.overtaken(3, 39, "Every area")


def test_ended_target_names_its_versions_and_who_ended_it(catalogue: Catalogue) -> None:
    ended = target(0, KENT, from_version=3, until_version=5.0, ended_by="Ada", end_reason="<b>over</b>", invented=True)
    unknown = target(1, from_version=3, until_version=4.0, ended_by=None, end_reason=None, indicator="gone")
    first, second = target_rows.ended_rows(pd.DataFrame([ended, unknown]), catalogue)
    assert texts(first)[1:] == ["Kent", "80.0 % by 31 March 2027", "Group", "versions 3 to 4", "Ada"]
    assert isinstance(first[5], Cell) and first[5].detail == "<b>over</b>"
    assert texts(second) == ["gone", "every area", "80.0 by 31 March 2027", "Group", "versions 3 to 3", "not known"]


def test_picture_counts_the_areas_that_have_a_figure(catalogue: Catalogue) -> None:
    lines = [(NORFOLK, 85.0, "achieved"), (KENT, 70.0, "behind"), ("E23000025", float("nan"), "cannot_be_calculated")]
    places = pd.DataFrame(lines, columns=["area_code", "latest", "status"]).assign(latest_lower=1.0, latest_upper=99.0)
    frame = target_picture.pictured(places, catalogue)
    assert frame["state"].tolist() == ["improved", "neutral", "cannot_be_calculated"]
    assert set(frame["state"]) <= set(target_picture.STATES)
    assert target_picture.title(frame, "every area: 80 %") == (
        "1 of 2 areas with a figure have achieved it (every area: 80 %)"
    )


def test_agreed_indicators_are_counted(catalogue: Catalogue) -> None:
    assert agreeing.sentence(catalogue).startswith(f"None of {len(catalogue.indicators)} indicators is agreed")
    agreed = catalogue.indicators | {CRISIS: replace(catalogue.indicators[CRISIS], status="agreed")}
    told = agreeing.sentence(replace(catalogue, indicators=agreed))
    assert told.startswith(f"1 of {len(agreed)} indicators is agreed as a shared measure; the rest are proposed")


def adaptation(**more: Any) -> dict[str, Any]:
    line = {"id": 1, "number": 1, "commitment": "COM-1", "area_code": NORFOLK, "kind": "practice", "effect": None}
    return line | {"changed_on": datetime(2026, 9, 1), "state": "standing"} | more


def test_number_of_an_adaptation_is_that_of_its_first_saving() -> None:
    days = [(2, 5), (1, 9), (1, 2), (3, 7), (2, 11)]
    saved = pd.DataFrame([{"id": one, "made_at": datetime(2026, 1, day)} for one, day in days])
    assert adapting.numbers(saved) == {1: 1, 2: 2, 3: 3}
    assert adapting.numbers(saved.head(0)) == {}


def test_log_counts_commitments_strictly(catalogue: Catalogue) -> None:
    found = pd.DataFrame([adaptation(), adaptation(id=2, effect="It helped"), adaptation(id=3, commitment="SYS-1")])
    assert adapting.answer(found, "Norfolk", catalogue) == (
        "Norfolk: 3 adaptations, on 2 of 10 commitments; 1 of them has a later effect recorded."
    )
    assert adapting.answer(found.head(0), "Kent", catalogue).endswith("on any of the 10 commitments.")
    assert adapting.label(adaptation(), catalogue) == "No. 1: practice, COM-1, Norfolk, changed on 1 September 2026"


def test_log_is_narrowed_by_commitment_and_kind() -> None:
    found = pd.DataFrame([adaptation(), adaptation(id=2, kind="policy"), adaptation(id=3, commitment="SYS-1")])

    def kept(about: str, kind: str) -> list[int]:
        return adapting_choice.narrowed(found, about, kind)["id"].tolist()

    every = adapting_choice.EVERY
    assert [kept(every, every), kept("COM-1", every), kept(every, "policy"), kept("SYS-1", "policy")] == [
        [1, 2, 3], [1, 2], [2], [],
    ]  # fmt: skip

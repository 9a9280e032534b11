"""The practice library in rows: what belongs to a place, what is searched for, and why an area is listed."""

import pandas as pd
import pytest

from components.practising_near import WORSE, WORSENED, alike_areas, shared_problems
from components.practising_rows import Wanted, about, answer, library_frame, normalised, of_area, topic_rows, wanted
from data.catalogue import Catalogue
from data.catalogue.practice import Library, load_practice

NORFOLK, KENT, SUFFOLK, EAST, ENGLAND, CITY = (
    "E23000024", "E23000032", "E23000025", "E12000006", "E92000001", "E23000034",
)  # fmt: skip
STAMP = pd.Timestamp("2026-11-02 09:30")


@pytest.fixture(scope="module")
def library(catalogue: Catalogue) -> Library:
    return load_practice(catalogue)


@pytest.fixture(scope="module")
def frame(library: Library, catalogue: Catalogue) -> pd.DataFrame:
    own = {
        "id": "one", "area_code": KENT, "title": "Café für alle", "topics": ["dementia"], "themes": [],
        "commitments": ["COM-2"], "started_on": pd.NaT, "partners": "A charity", "done": "Tea", "reported": "12 came",
        "measured": "Counted", "strength": "counted", "source": "Minutes", "change_reason": "Recorded again",
        "invented": True, "made_by": "Ada", "made_at": STAMP + pd.Timedelta(days=1), "at_version": 1,
        "first_made_at": STAMP,
    }  # fmt: skip
    return library_frame(library, pd.DataFrame([own]), catalogue)


def test_papers_come_first_and_an_area_tells_for_itself(frame: pd.DataFrame, library: Library) -> None:
    assert frame["told_by"].tolist() == ["paper"] * len(library.entries) + ["area"]
    own = frame.iloc[-1]
    assert (own["place"], own["began"], own["areas"]) == ("Kent", "not stated", (KENT,))
    assert own["source"] == (
        "Told by Kent: Minutes. Recorded on 2 November 2026, changed on 3 November 2026 by Ada: Recorded again"
    )
    assert frame.iloc[0]["source"].startswith("Police and Public Health: Innovation in practice, Public Health England")


def test_a_place_has_its_own_entries_and_those_of_its_region(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    norfolk = about(frame, catalogue, NORFOLK)
    assert set(norfolk["key"]) == {"norfolk_control_room", "east_offender_management"}
    east = about(frame, catalogue, EAST)
    assert {"norfolk_control_room", "east_offender_management", "essex_outreach"} < set(east["key"])
    assert "leicestershire_triage_car" not in set(east["key"])
    assert len(about(frame, catalogue, ENGLAND)) == len(frame)
    assert about(frame, catalogue, CITY).empty and list(about(frame, catalogue, CITY)) == list(frame)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (Wanted(find="cafe FUR"), {"one"}),
        (Wanted(find="  tea,  charit "), {"one"}),
        (Wanted(find="lackpool"), set()),
        (Wanted(find="...!"), None),
        (Wanted(topic="infectious_disease"), {"london_ebola"}),
        (Wanted(topic="dementia", strength="counted"), {"one"}),
        (Wanted(theme="community_cohesion", commitment="STF-2"), {"thames_valley_care_placements"}),
        (Wanted(strength="evaluated", find="blackpool"), {"jobs_friends_houses"}),
        (Wanted(), None),
    ],
)
def test_choices_and_words_narrow_together(frame: pd.DataFrame, asked: Wanted, keys: set[str] | None) -> None:
    assert set(wanted(frame, asked)["key"]) == (set(frame["key"]) if keys is None else keys)


def test_words_are_searched_as_they_begin_without_accents_and_capitals() -> None:
    assert normalised("Café, S136 & “Zürich”") == " cafe s136 zurich"


def test_answer_counts_entries_topics_results_and_strengths(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    names = {"described": "described only", "counted": "counted"}
    found = wanted(frame, Wanted(topic="dementia"))
    assert answer(found, catalogue, names, "England") == (
        "England: 3 entries on 1 of 8 topics; 1 reports a result. Evidence: 1 counted and 2 described only."
    )
    assert (
        answer(found.head(0), catalogue, names, "Kent")
        == "Kent: no entry of the practice library fits what is asked for."
    )


def test_topics_are_counted_by_strength_and_those_without_entries_left_out(
    frame: pd.DataFrame, library: Library, catalogue: Catalogue
) -> None:
    rows = topic_rows(wanted(frame, Wanted(topic="dementia")), library, catalogue)
    assert rows == [["Dementia", "3", "2", "1", "", "", ""]]
    whole = {row[0]: row[1:] for row in topic_rows(frame, library, catalogue)}
    assert len(whole) == 8
    assert all(int(str(row[0])) == sum(int(str(cell or 0)) for cell in row[1:]) for row in whole.values())


def test_an_entry_lies_in_each_of_its_areas(frame: pd.DataFrame) -> None:
    assert of_area(frame, ["E23000007", "E23000013"])["key"].value_counts().to_dict() == {
        "north_east_alcohol_summit": 2, "north_east_licensing": 2,
    }  # fmt: skip
    assert of_area(frame, [NORFOLK])["key"].tolist() == ["norfolk_control_room"]


def test_a_problem_is_shared_where_the_same_indicator_is_not_well_here_and_there(catalogue: Catalogue) -> None:
    planted = pd.DataFrame(
        [
            (NORFOLK, "staff_jointly_trained", WORSENED),
            (NORFOLK, "staff_jointly_trained", WORSE),
            (NORFOLK, "robbery", WORSE),
            (KENT, "staff_jointly_trained", WORSE),
            (SUFFOLK, "burglary", WORSE),
        ],
        columns=["area_code", "indicator", "how"],
    )
    (line,) = shared_problems(planted, NORFOLK, catalogue).to_dict("records")
    assert (line["area_code"], line["indicator"], line["there"]) == (KENT, "staff_jointly_trained", WORSE)
    assert line["here"] == f"{WORSENED} and {WORSE}" and line["commitments"] == ("STF-2",)
    assert shared_problems(planted, SUFFOLK, catalogue).empty


def test_similar_areas_are_those_of_the_area_page_and_none_for_a_sum_or_a_small_area(catalogue: Catalogue) -> None:
    assert [alike_areas(catalogue, code) for code in (ENGLAND, EAST, CITY)] == [set()] * 3

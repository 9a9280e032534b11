"""The practice library of the papers: the real file is sound, and every fault in one is told."""

import re
from pathlib import Path

import pytest

from data.catalogue import FOLDER, Catalogue
from data.catalogue.practice import DESCRIBED, NAME, NO_RESULT, load_practice
from data.errors import UserError
from data.screening.personal import kinds

TEXTS = ("title", "place", "partners", "done", "reported", "measured")
# Figures of the papers, exactly as they stand there.
FIGURES = {
    "railway_suicide_prevention": ["631", "2,525", "457", "1%", "nearly 6%", "9,381", "1,658", "1,269", "85%"],
    "jobs_friends_houses": ["94%", "more than £815,000"],
    "leicestershire_triage_car": ["33%", "81%"],
    "horse_course": ["27% points", "80%", "85%", "33%"],
    "liaison_and_diversion": ["50%", "75%"],
}


def test_library_covers_every_topic_theme_and_commitment(catalogue: Catalogue) -> None:
    entries = load_practice(catalogue).entries.values()
    assert {key for one in entries for key in one.topics} == set(catalogue.topics)
    assert {key for one in entries for key in one.themes} == set(catalogue.themes)
    assert {key for one in entries for key in one.commitments} == set(catalogue.commitments)


def test_figures_are_those_of_the_papers(catalogue: Catalogue) -> None:
    entries = load_practice(catalogue).entries
    missing = {
        key: [one for one in found if one not in entries[key].reported + entries[key].measured]
        for key, found in FIGURES.items()
    }
    assert missing == {key: [] for key in FIGURES}


def test_places_outside_england_have_no_area_and_those_inside_lie_there(catalogue: Catalogue) -> None:
    entries = load_practice(catalogue).entries
    assert entries["south_wales_adversity"].areas == () == entries["scotland_mentors"].areas
    assert {catalogue.areas[code].name for code in entries["north_east_licensing"].areas} == {
        "Northumbria", "Durham", "Cleveland"
    }  # fmt: skip
    for one in entries.values():
        named = [catalogue.areas[code] for code in one.areas]
        assert all(not area.comparator_only for area in named)
        assert not named or "comparison" not in one.place


def test_strong_evidence_has_a_result_and_no_entry_holds_personal_data(catalogue: Catalogue) -> None:
    library = load_practice(catalogue)
    assert next(iter(library.strengths)) == DESCRIBED
    for one in library.entries.values():
        assert one.strength == DESCRIBED or (one.reported != NO_RESULT and re.search(r"\d|All", one.reported))
        assert [kinds(getattr(one, name)) for name in TEXTS] == [()] * len(TEXTS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('began = "2010"', 'begun = "2010"', "begun is not a key that belongs here; rename it to began"),
        ('place = "Blackpool, Lancashire"', 'place = ""', "place is empty; write a few words"),
        ('areas = ["E23000021"]', 'areas = ["E23000099"]', "leicestershire_triage_car: areas names E23000099"),
        ('areas = ["E23000021"]', 'areas = ["W15000003"]', "which is not a region or police force area of England"),
        ('topics = ["modern_slavery"]', 'topics = ["slavery"]', "topics names slavery, which is not a topic"),
        ('themes = ["community_assets", "vul', 'themes = ["assets", "vul', "themes names assets, which is not a theme"),
        ('commitments = ["COM-2", "COM-1", "SYS-3"]', 'commitments = ["COM-9"]', "COM-9, which is not a commitment"),
        ('strength = "evaluated"', 'strength = "proven"', "strength names proven, which is not a strength"),
        ('source = "blog_2016"\nsection = "So', 'source = "blog"\nsection = "So', "source names blog, which is not a"),
        ('key = "aston_project"', 'key = "great_expectations"', "great_expectations is already in this file"),
        ('reported = "50% coverage in autumn 2016, with new money to reach 75%"', f'reported = "{NO_RESULT}"',
         "liaison_and_diversion: strength is counted, but no result reported"),
        ("[[strength]]\nkey = \"described\"", "[[strength]]\nkey = \"told\"", "there is no strength described"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(catalogue: Catalogue, tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load_practice(catalogue, tmp_path)
    assert said in str(told.value) and str(told.value).startswith(NAME)


def test_a_missing_file_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="practice.toml: the file is missing"):
        load_practice(catalogue, tmp_path)

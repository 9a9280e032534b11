"""The events marked on charts: the real file is sound, and every fault in one is told."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.catalogue import FOLDER, Catalogue, load
from data.catalogue.events import NAME, Event, load_events
from data.demonstration.events import demonstration_events
from data.errors import UserError

GREATER_MANCHESTER, NORTH_WEST, ENGLAND, NORFOLK = "E23000005", "E12000002", "E92000001", "E23000024"


def test_the_events_are_public_facts_in_order_each_with_its_source(catalogue: Catalogue) -> None:
    found = load_events(catalogue)
    assert [event.date for event in found] == sorted(event.date for event in found)
    assert {event.when for event in found} >= {"February 2018", "July 2019", "23 March 2020", "July 2025"}
    assert all(event.source and event.words.endswith(".") for event in found)


def test_an_event_of_an_area_is_marked_there_and_in_its_sums_only(catalogue: Catalogue) -> None:
    (event,) = [event for event in load_events(catalogue) if "Greater Manchester" in event.title]
    shown = [code for code in (GREATER_MANCHESTER, NORTH_WEST, ENGLAND, NORFOLK) if event.concerns(code, "robbery")]
    assert shown == [GREATER_MANCHESTER, NORTH_WEST, ENGLAND]


def test_an_event_without_areas_is_marked_everywhere() -> None:
    event = Event(date(2020, 3, 23), "23 March 2020", "A title", "Words.", "A source")
    assert event.concerns(NORFOLK, "robbery") and event.concerns(ENGLAND, "homicide")


def test_events_of_the_demonstration_are_for_one_area_and_indicator_and_say_that_they_are_invented(
    catalogue: Catalogue,
) -> None:
    for event in demonstration_events():
        assert "Invented" in event.words
        assert [len(event.areas), len(event.indicators)] == [1, 1]
        assert event.areas[0] in catalogue.areas and event.indicators[0] in catalogue.indicators
        assert event.concerns(event.areas[0], event.indicators[0])
        assert not event.concerns(event.areas[0], "robbery") and not event.concerns(NORFOLK, event.indicators[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date = 2020-03-23", 'date = "2020-03-23"', "event 3: date is"),
        ('when = "July 2019"', 'when = ""', "event 2: when is empty; write a few words"),
        ('when = "July 2019"', 'wen = "July 2019"', "event 2: wen is not a key that belongs here; rename it to when"),
        ('"E23000005"', '"Manchester"', 'event 2: areas is "Manchester"; write it like E23000024'),
        ('"E23000005"', '"E23000099"', "event 2: areas names E23000099, which is not an area"),
        ("[[events]]", "[[event]]", "event is not a key that belongs here"),
        ('title = "First', "title = First", "not valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_place(catalogue: Catalogue, tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load_events(catalogue, tmp_path)
    assert said in str(told.value) and str(told.value).startswith(NAME)


def test_a_missing_file_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="events.toml: the file is missing"):
        load_events(catalogue, tmp_path)


def test_events_change_no_figure_so_the_catalogue_stays_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.csv.gz", "sql", "__pycache__"))
    (copy / NAME).write_text("", encoding="utf-8")
    assert load(copy).digest == catalogue.digest

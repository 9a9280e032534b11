"""The real catalogue holds what the sources say, and its digest says when it changed."""

import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from data.catalogue import FOLDER, RESIDENT_POPULATION, Catalogue, Indicator, load
from data.catalogue.files import TABLES
from data.catalogue.records import INDICATOR

COMMITMENTS = ["SYS-1", "SYS-2", "SYS-3", "SYS-4", "COM-1", "COM-2", "STF-1", "STF-2", "EVA-1", "EVA-2"]
FORERUNNERS = {
    "SYS-1": ("2018-1", "2018-7"),
    "SYS-2": ("2018-2", "2018-4"),
    "SYS-3": (),
    "SYS-4": ("2018-3",),
    "COM-1": ("2018-2",),
    "COM-2": ("2018-6",),
    "STF-1": (),
    "STF-2": ("2018-4", "2018-5"),
    "EVA-1": (),
    "EVA-2": (),
}
LOWER_CRIME_IS_BETTER = {"homicide", "robbery", "burglary", "knife_offences"}
OUTCOMES = LOWER_CRIME_IS_BETTER | {
    "violence_with_injury", "violence_without_injury", "stalking_and_harassment", "sexual_offences", "drug_offences",
    "public_order_offences", "criminal_damage_and_arson", "possession_of_weapons",
}  # fmt: skip


def test_commitments_stand_in_the_order_of_the_source_with_their_forerunners(catalogue: Catalogue) -> None:
    assert list(catalogue.commitments) == COMMITMENTS
    assert {item.key: item.forerunners for item in catalogue.commitments.values()} == FORERUNNERS
    assert list(catalogue.forerunners) == [f"2018-{number}" for number in range(1, 8)]


def test_ten_signed_in_2025_and_twelve_in_2018(catalogue: Catalogue) -> None:
    assert sum(item.signed_2025 for item in catalogue.organisations.values()) == 10
    assert sum(item.signed_2018 for item in catalogue.organisations.values()) == 12


def test_eight_topics_and_seven_broader_themes(catalogue: Catalogue) -> None:
    assert (len(catalogue.topics), len(catalogue.themes)) == (8, 7)


def test_england_has_39_force_areas_in_nine_regions(catalogue: Catalogue) -> None:
    england = [area for area in catalogue.areas.values() if not area.comparator_only]
    regions = {area.code for area in england if area.type == "region"}
    forces = [area for area in england if area.type == "police_force_area"]
    assert (len(forces), len(regions)) == (39, 9)
    assert {area.parent for area in forces} == regions
    assert {catalogue.areas[code].parent for code in regions} == {"E92000001"}


def test_wales_is_a_comparator_only(catalogue: Catalogue) -> None:
    comparators = [area for area in catalogue.areas.values() if area.comparator_only]
    assert [area.code for area in comparators] == ["W92000004", "W15000001", "W15000002", "W15000003", "W15000004"]


@pytest.mark.parametrize(
    ("code", "name", "other_name"),
    [
        ("E23000001", "Metropolitan Police", "Metropolitan"),
        ("E23000030", "Hampshire", "Hampshire and Isle of Wight"),
        ("E23000034", "City of London", "London, City of"),
        ("E23000035", "Devon and Cornwall", "Devon & Cornwall"),
        ("E12000006", "East of England", "East"),
        ("E12000001", "North East", "North East region (statistical)"),
    ],
)
def test_names_met_in_real_files_are_known(catalogue: Catalogue, code: str, name: str, other_name: str) -> None:
    assert catalogue.areas[code].name == name
    assert other_name in catalogue.areas[code].other_names


def test_only_city_of_london_gets_no_rates(catalogue: Catalogue) -> None:
    assert [area.name for area in catalogue.areas.values() if not area.rates_given] == ["City of London"]


def test_every_force_area_has_a_population_for_every_year(catalogue: Catalogue) -> None:
    populations = catalogue.populations
    years = [*range(2002, 2017), 2018, 2023]
    assert list(populations.columns) == ["area_code", "mid_year", "population", "source"]
    assert populations["area_code"].nunique() == 43
    assert populations.groupby("area_code")["mid_year"].apply(list).map(lambda found: found == years).all()


def test_force_areas_sum_to_the_published_population_of_england(catalogue: Catalogue) -> None:
    populations = catalogue.populations
    england = populations["area_code"].str.startswith("E") & (populations["mid_year"] == 2023)
    # Published: 57,690,300, itself rounded to 100 like each of the 39 areas.
    assert populations.loc[england, "population"].sum() == pytest.approx(57_690_300, abs=39 * 50)


def test_there_are_31_indicators_covering_all_commitments(catalogue: Catalogue) -> None:
    assert len(catalogue.indicators) == 31
    assert {key for item in catalogue.indicators.values() for key in item.commitments} == set(COMMITMENTS)


def test_process_measures_alone_cover_all_commitments(catalogue: Catalogue) -> None:
    own = [item for item in catalogue.indicators.values() if item.key not in OUTCOMES]
    assert {key for item in own for key in item.commitments} == set(COMMITMENTS)


def test_at_least_eight_indicators_are_person_centred(catalogue: Catalogue) -> None:
    assert sum(item.person_centred for item in catalogue.indicators.values()) >= 8


def test_recorded_crime_is_not_judged_save_four_kinds(catalogue: Catalogue) -> None:
    lower = {key for key in OUTCOMES if catalogue.indicators[key].polarity == "lower_is_better"}
    unjudged = {key for key in OUTCOMES if catalogue.indicators[key].polarity == "no_judgement"}
    assert (lower, unjudged) == (LOWER_CRIME_IS_BETTER, OUTCOMES - LOWER_CRIME_IS_BETTER)


def test_outcomes_are_rates_of_published_counts_per_100_000_residents(catalogue: Catalogue) -> None:
    for key in OUTCOMES:
        item = catalogue.indicators[key]
        assert (item.measure, item.denominator, item.multiplier) == ("rate", RESIDENT_POPULATION, 100_000.0)
        assert (item.disclosure, item.counts_add_up) == ("already_published", True)
        assert "Office for National Statistics" in item.source


def test_process_measures_come_from_partnership_returns(catalogue: Catalogue) -> None:
    sources = {item.source for item in catalogue.indicators.values() if item.key not in OUTCOMES}
    assert sources == {"Partnership returns"}


def test_violence_with_injury_warns_of_recording_practice(catalogue: Catalogue) -> None:
    assert any("better recording" in caveat for caveat in catalogue.indicators["violence_with_injury"].caveats)


def test_every_indicator_is_proposed_reviewed_and_carries_a_caveat(catalogue: Catalogue) -> None:
    for item in catalogue.indicators.values():
        assert (item.status, item.reviewed_by, item.reviewed_on) == ("proposed", "Project team", date(2026, 10, 31))
        assert item.caveats, item.key


def test_expected_codes_of_a_type_leave_out_comparators(catalogue: Catalogue) -> None:
    codes = catalogue.expected_codes("burglary")
    assert len(codes) == 39
    assert all(code.startswith("E23") for code in codes)


def test_the_reader_has_a_check_for_every_field_of_an_indicator() -> None:
    assert tuple(INDICATOR) == tuple(field.name for field in fields(Indicator))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real catalogue, to change."""
    shutil.copytree(FOLDER / "indicators", tmp_path / "indicators")
    for name in TABLES:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_digest_is_the_same_for_a_windows_checkout(folder: Path, catalogue: Catalogue) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).digest == catalogue.digest


def test_digest_changes_with_one_character(folder: Path, catalogue: Catalogue) -> None:
    path = folder / "themes.toml"
    path.write_bytes(path.read_bytes().replace(b"Dementia", b"Dementias"))
    assert load(folder).digest != catalogue.digest


def test_digest_ignores_files_that_are_no_part_of_the_catalogue(folder: Path, catalogue: Catalogue) -> None:
    (folder / "notes.txt").write_text("not a definition", encoding="utf-8")
    assert load(folder).digest == catalogue.digest


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "E23000024" in load(folder).areas

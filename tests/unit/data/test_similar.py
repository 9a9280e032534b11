"""The reviewed files of similar areas: read strictly, and every fault named with its cure."""

import shutil
from pathlib import Path

import pytest

from data.catalogue import FOLDER, Catalogue
from data.catalogue.similar import FACTS, NAME, comparable_areas, load_similar
from data.errors import UserError

GROUP = """
[[group]]
area = "{area}"
neighbours = {neighbours}
decided_by = "Steering group"
decided_on = 2026-10-31
why = "Agreed."
"""


def folder(place: Path) -> Path:
    """A copy of the two files."""
    place.mkdir()
    for name in (NAME, FACTS):
        shutil.copy(FOLDER / name, place / name)
    return place


def changed(place: Path, old: str = "", new: str = "", name: str = NAME, add: str = "") -> Path:
    """The folder with one file changed."""
    text = (place / name).read_text(encoding="utf-8")
    assert old in text
    (place / name).write_text(text.replace(old, new, 1) + add, encoding="utf-8")
    return place


def test_files_are_whole_and_every_figure_has_its_source(catalogue: Catalogue) -> None:
    found = load_similar(catalogue)
    assert list(found.characteristics) == ["population", "density", "deprivation", "growth", "local_authorities"]
    assert found.groups == {} and found.facts["source"].str.len().min() > 20
    forces = {code for code, area in catalogue.areas.items() if area.type == "police_force_area"}
    assert set(found.facts["area_code"]) == {code for code in forces if not catalogue.areas[code].comparator_only}


def test_land_adds_up_to_england_and_districts_are_counted_once(catalogue: Catalogue) -> None:
    facts = load_similar(catalogue).facts.pivot(index="area_code", columns="characteristic", values="value")
    # England has 130,310 square kilometres of land and 296 local authority districts.
    assert facts["land_area"].sum() == pytest.approx(130_310, abs=1)
    assert facts["local_authorities"].sum() == 296


def test_deprivation_is_the_mean_of_districts_weighted_by_residents(catalogue: Catalogue) -> None:
    facts = load_similar(catalogue).facts.query("characteristic == 'deprivation'").set_index("area_code")
    assert facts["source"].str.contains("Deprivation 2019, File 10").all()
    assert facts["source"].str.contains("ONS mid-2019 population estimates").all()
    score = facts["value"]
    # File 10 by hand: the City is one district; County Durham and Darlington; Swindon and Wiltshire.
    assert score["E23000034"] == 14.7
    assert score["E23000008"] == round((530_094 * 26.793 + 106_803 * 25.657) / 636_897, 1)
    assert score["E23000038"] == round((222_193 * 18.622 + 500_024 * 13.447) / 722_217, 1)
    assert (score.idxmax(), score.idxmin()) == ("E23000004", "E23000031")


def test_city_of_london_is_not_comparable(catalogue: Catalogue) -> None:
    comparable = comparable_areas(catalogue)
    assert len(comparable) == 38 and "E23000034" not in comparable and "W15000001" not in comparable


def test_group_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    group = GROUP.format(area="E23000024", neighbours='["E23000025", "E23000020"]')
    found = load_similar(catalogue, changed(folder(tmp_path / "files"), add=group)).groups["E23000024"]
    assert found.neighbours == ("E23000025", "E23000020") and found.decided_by == "Steering group"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('scale = "log"', 'scale = "square"', 'characteristic 1: scale is "square"; use one of plain, log'),
        ("weight = 1.0", "weight = 0", "weight is 0; write a number above 0"),
        ("weight = 1.0", "wieght = 1.0", "wieght is not a key that belongs here; rename it to weight"),
        ('key = "density"', 'key = "population"', "population is already in this file; remove one of the two"),
        (
            'key = "local_authorities"',
            'key = "rainfall"',
            "characteristics.csv: rainfall of E23000001 is missing; add it",
        ),
        ("[[characteristic]]", "[[charakteristic]]", "charakteristic is not a key that belongs here; remove it"),
    ],
)
def test_faulty_characteristic_is_told(catalogue: Catalogue, tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(UserError, match=NAME if FACTS not in told else FACTS) as fault:
        load_similar(catalogue, changed(folder(tmp_path / "files"), old, new))
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("latest = 2023", 'latest = "2023"', 'latest is "2023"; write a year without quotes'),
        ("latest = 2023", "latest = 2013", "earlier is 2013, which is not before latest, 2013"),
        ("earlier = 2013", "earlier = 1950", "populations.csv has no 1950 of E23000001; choose another year"),
        ("earlier = 2013", "earlier = 2014", 'growth: unit is "% residents, 2013 to 2023"; name 2014 and 2023 in it'),
        ('"mid-2023"', '"people"', 'population: unit is "people"; name 2023 in it'),
        ("earlier = 2013", "", "earlier is missing"),
        ("[residents]", "[people]", "people is not a key that belongs here; remove it"),
        ("[residents]\nlatest = 2023\nearlier = 2013\n", "", "the mid-years are missing"),
    ],
)
def test_faulty_mid_years_are_told(catalogue: Catalogue, tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(UserError, match=NAME) as fault:
        load_similar(catalogue, changed(folder(tmp_path / "files"), old, new))
    assert told in str(fault.value)


def test_mid_years_are_read(catalogue: Catalogue) -> None:
    residents = load_similar(catalogue).residents
    assert (residents.latest, residents.earlier) == (2023, 2013)


@pytest.mark.parametrize(
    ("area", "neighbours", "told"),
    [
        ("E23000024", '["E23000024"]', "neighbours names the area itself; take it out"),
        ("E23000024", '["E23000034"]', "E23000034 is no police force area of England that has rates; correct it"),
        ("E12000006", '["E23000024"]', "E12000006 is no police force area of England that has rates; correct it"),
        ("E23000024", '["W15000001"]', "W15000001 is no police force area of England that has rates; correct it"),
        ("E23000024", "[]", "neighbours is empty; name at least one"),
        ("E23000024", '["E23000025", "E23000025"]', "names the same thing twice; remove the repeat"),
        ("Norfolk", '["E23000025"]', 'area is "Norfolk"; write it like'),
    ],
)
def test_faulty_group_is_told(catalogue: Catalogue, tmp_path: Path, area: str, neighbours: str, told: str) -> None:
    group = GROUP.format(area=area, neighbours=neighbours)
    with pytest.raises(UserError, match=NAME) as fault:
        load_similar(catalogue, changed(folder(tmp_path / "files"), add=group))
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("E23000001,land_area,1569.1", "E23000001,land_area,large", 'row 2: value is "large"; write a number'),
        ("E23000001,land_area,1569.1", "E23000001,land_area,-3", "write a number above 0"),
        ("E23000001,land_area,1569.1", "E23000002,land_area,1569.1", "land_area of E23000002 is already in this file"),
        ("E23000001,land_area,", "Metropolitan,land_area,", "area_code is"),
        ("area_code,characteristic,value", "area,characteristic,value", "the heading is"),
    ],
)
def test_faulty_fact_is_told(catalogue: Catalogue, tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(UserError, match=FACTS) as fault:
        load_similar(catalogue, changed(folder(tmp_path / "files"), old, new, FACTS))
    assert told in str(fault.value)


@pytest.mark.parametrize("name", [NAME, FACTS])
def test_missing_file_is_told(catalogue: Catalogue, tmp_path: Path, name: str) -> None:
    place = folder(tmp_path / "files")
    (place / name).unlink()
    with pytest.raises(UserError, match=f"{name}: the file is missing"):
        load_similar(catalogue, place)

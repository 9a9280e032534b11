"""The layout of the tile map: every area once, no two in one place, and neighbours together where they can be."""

from pathlib import Path

import pytest

from data.catalogue import FOLDER, Catalogue
from data.errors import UserError
from data.tiles import NAME, Tile
from data.tiles import load as load_tiles

# Force areas that share a border on land, each pair once, read off a map of England.
BORDERS = """
Northumbria: Cumbria, Durham
Cumbria: Durham, North Yorkshire, Lancashire
Durham: North Yorkshire, Cleveland
Cleveland: North Yorkshire
North Yorkshire: Lancashire, West Yorkshire, South Yorkshire, Humberside
Lancashire: West Yorkshire, Greater Manchester, Merseyside
West Yorkshire: Greater Manchester, Derbyshire, South Yorkshire
South Yorkshire: Humberside, Derbyshire, Nottinghamshire, Lincolnshire
Humberside: Lincolnshire, Nottinghamshire
Greater Manchester: Merseyside, Cheshire, Derbyshire
Merseyside: Cheshire
Cheshire: Derbyshire, Staffordshire, West Mercia
Derbyshire: Nottinghamshire, Leicestershire, Staffordshire
Nottinghamshire: Lincolnshire, Leicestershire
Lincolnshire: Leicestershire, Northamptonshire, Cambridgeshire, Norfolk
Staffordshire: Leicestershire, Warwickshire, West Midlands, West Mercia
West Mercia: West Midlands, Warwickshire, Gloucestershire
West Midlands: Warwickshire
Warwickshire: Leicestershire, Northamptonshire, Thames Valley, Gloucestershire
Leicestershire: Northamptonshire
Northamptonshire: Cambridgeshire, Bedfordshire, Thames Valley
Cambridgeshire: Norfolk, Suffolk, Essex, Hertfordshire, Bedfordshire
Norfolk: Suffolk
Suffolk: Essex
Bedfordshire: Hertfordshire, Thames Valley
Hertfordshire: Essex, Metropolitan Police, Thames Valley
Essex: Metropolitan Police
Thames Valley: Metropolitan Police, Surrey, Hampshire, Wiltshire, Gloucestershire
Metropolitan Police: Kent, Surrey, City of London
Gloucestershire: Wiltshire, Avon and Somerset
Wiltshire: Hampshire, Dorset, Avon and Somerset
Avon and Somerset: Dorset, Devon and Cornwall
Devon and Cornwall: Dorset
Dorset: Hampshire
Hampshire: Surrey, Sussex
Surrey: Kent, Sussex
Sussex: Kent
"""
LAND = {
    frozenset((name, other))
    for line in BORDERS.strip().splitlines()
    for name, others in [line.split(": ")]
    for other in others.split(", ")
}


@pytest.fixture(scope="module")
def tiles(catalogue: Catalogue) -> dict[str, Tile]:
    """The tiles by the name of their area."""
    return {catalogue.areas[code].name: tile for code, tile in load_tiles(catalogue).items()}


def side_by_side(tiles: dict[str, Tile]) -> set[frozenset[str]]:
    """Pairs of areas whose tiles touch along a side."""
    return {
        frozenset((name, other))
        for name, tile in tiles.items()
        for other, next_to in tiles.items()
        if abs(tile.column - next_to.column) + abs(tile.row - next_to.row) == 1
    }


def test_each_of_the_39_areas_has_one_tile_and_no_two_share_a_place(tiles: dict[str, Tile]) -> None:
    assert len(tiles) == 39
    assert len({(tile.column, tile.row) for tile in tiles.values()}) == 39
    assert len({tile.short for tile in tiles.values()}) == 39


def test_the_borders_name_areas_and_every_area_has_one(tiles: dict[str, Tile]) -> None:
    assert {name for pair in LAND for name in pair} == set(tiles)


def test_six_columns_fit_a_phone(tiles: dict[str, Tile]) -> None:
    assert {tile.column for tile in tiles.values()} == set(range(6))
    assert {tile.row for tile in tiles.values()} == set(range(10))


def test_every_area_touches_a_real_neighbour(tiles: dict[str, Tile]) -> None:
    real = side_by_side(tiles) & LAND
    assert set(tiles) - {name for pair in real for name in pair} == set()


def test_most_tiles_that_touch_are_real_neighbours(tiles: dict[str, Tile]) -> None:
    touching = side_by_side(tiles)
    assert len(touching & LAND) / len(touching) > 0.85


def test_north_is_up_and_west_is_left(tiles: dict[str, Tile]) -> None:
    north_to_south = ["Northumbria", "North Yorkshire", "Derbyshire", "Leicestershire", "Thames Valley", "Sussex"]
    west_to_east = ["Devon and Cornwall", "Dorset", "Hampshire", "Sussex", "Kent"]
    rows = [tiles[name].row for name in north_to_south]
    columns = [tiles[name].column for name in west_to_east]
    assert rows == sorted(set(rows)) and columns == sorted(set(columns))


def rewritten(folder: Path, old: str, new: str) -> Path:
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    assert old in text
    (folder / NAME).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("E23000007,NBR,2,0\n", "", "E23000007 is missing; add it"),
        ("E23000007,", "W15000001,", "E23000007 is missing; add it"),
        ("E23000032,KEN,4,9", "E23000032,KEN,4,9\nE23000032,KENT,5,9", "the area E23000032 stands there twice"),
        ("KEN,4,9", "KEN,3,9", "the place column 3, row 9 stands there twice"),
        ("KEN,", "SUS,", "the short name SUS stands there twice"),
        ("KEN,4,9", "KEN,4,south", "'4' and 'south' are not a place"),
        ("KEN,4,9", "KEN,-4,9", "'-4' and '9' are not a place"),
        ("KEN,", "Kent Police,", "'Kent Police' does not fit a tile"),
        ("KEN,", ",", "'' does not fit a tile"),
        ("short,column", "name,column", "write area_code,short,column,row"),
        ("KEN,4,9", "KEN,4", "the row has 3 cells"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, catalogue: Catalogue, old: str, new: str, fault: str) -> None:
    with pytest.raises(UserError) as told:
        load_tiles(catalogue, rewritten(tmp_path, old, new))
    assert fault in str(told.value) and NAME in str(told.value)


def test_a_tile_of_an_area_elsewhere_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = rewritten(tmp_path, "E23000032,KEN,4,9", "E23000032,KEN,4,9\nW15000001,NWA,0,5")
    with pytest.raises(UserError, match="W15000001 is not an area; remove it"):
        load_tiles(catalogue, folder)


def test_a_missing_file_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match=r"tiles\.csv: the file is missing"):
        load_tiles(catalogue, tmp_path)

"""A heading that names a period, an area or an indicator makes a column of figures, whatever its cells hold."""

import pytest

from data.findings import Finding
from data.mapping import apply, chosen, missing
from tests.unit.data.mapping.sheets import CATALOGUE, CLEVELAND, NORFOLK, mapped, picked, propose, proposed, sheet


def titles(text: str) -> list[str]:
    return [figure.title for figure in proposed(text).figures]


def left_out(text: str) -> list[Finding]:
    found = apply(sheet(text), chosen(proposed(text), indicator="robbery", period="2019"), CATALOGUE)[1]
    return [finding for finding in found if finding.code == "columns_left_out"]


@pytest.mark.parametrize("cell", ["1a", "[removed]", "no", "Male", "2019/20", "E23000013", "Norfolk", "revised"])
def test_a_cell_that_is_no_number_does_not_lose_its_column(cell: str) -> None:
    text = f"Area code,Area name,2022/23,2023/24,2024/25\nE23000024,Norfolk,12,{cell},15\n"
    assert picked(mapped(text), "area_code", "period", "numerator") == [
        (NORFOLK, "2022/23", "12"),
        (NORFOLK, "2023/24", cell),
        (NORFOLK, "2024/25", "15"),
    ]
    assert left_out(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Year,Cleveland,Durham,Kent\n2019,1,2,3x\n2020,1,2,3\n", ["Cleveland", "Durham", "Kent"]),
        ("Area code,Year,Robbery,Homicide\nE23000024,2019,1,l2\n", ["Robbery", "Homicide"]),
        ("Area code,2023/24\nE23000024,1a\n", ["2023/24"]),
        ("Area code,Number 2023,Number 2024\nE23000024,1,1a\n", ["Number 2023", "Number 2024"]),
        ("Area code,Adults 2023,Adults 2024\nE23000024,1,1a\n", ["Adults 2023", "Adults 2024"]),
        ("Area code,2019,2020\nE23000013,2001,2003\nE23000014,1999,2004\nE23000008,2010,2x\n", ["2019", "2020"]),
    ],
)
def test_areas_indicators_and_periods_across_keep_the_column(text: str, figures: list[str]) -> None:
    assert titles(text) == figures and left_out(text) == []


def test_a_column_of_figures_is_no_breakdown() -> None:
    rows = "E23000024,Norfolk,Male,12,1a\nE23000024,Norfolk,Female,12,13\nE23000013,Cleveland,Male,1,2\n"
    text = f"Area code,Area name,Sex,2022/23,2023/24\n{rows}E23000024,Norfolk,Female,12,14\n"
    assert [column.title for column in proposed(text).used("breakdown")] == ["Sex"]
    assert titles(text) == ["2022/23", "2023/24"]


def test_a_cell_far_below_counts_as_well() -> None:
    rows = "".join(f"E23000024,{number},\n" for number in range(9_000))
    at = rows.index("E23000024,4321,") + len("E23000024,4321,")
    assert titles(f"Area code,2022/23,2023/24\n{rows[:at]}7{rows[at:]}") == ["2022/23", "2023/24"]


def test_the_corner_of_a_table_still_names_its_rows() -> None:
    text = "Robbery,2022,2023\nCleveland,1,2\nDurham,3,4x\n"
    assert [column.use for column in proposed(text).columns] == ["area_name"] and titles(text) == ["2022", "2023"]
    text = "2023,Cleveland,Durham\nRobbery,1,2\nHomicide,3,4\n"
    assert [column.use for column in proposed(text).columns] == ["indicator"]


def test_what_is_left_out_for_a_reason_stays_a_note() -> None:
    text = "Year,Cleveland,Durham,Norfolk,Kent,British Transport Police,% change\n2019,1,2,3,4,5,6\n2020,1,2,3,4,5,x\n"
    (note,) = left_out(text)
    assert (note.level, note.fix) == ("note", "nothing to mend") and note.message.startswith("2 columns are left out")
    assert titles("Area code,2019,2020,% change 2019 to 2020\nE23000013,10,11,up\n") == ["2019", "2020"]


def test_a_heading_of_figures_left_out_is_to_be_looked_at() -> None:
    finding, *more = left_out("Area code,Year,Count,2023\nE23000024,2019,3,abc\n")
    assert more == [] and finding.level == "check" and "“2023”" in finding.message
    assert "nothing to mend" not in finding.words


@pytest.mark.parametrize(
    "heading", ["Date of birth", "Year of birth", "DateOfBirth", "DOB", "D.O.B.", "Born", "Birth date"]
)
@pytest.mark.parametrize("cells", [("2001-01-01", "2002-01-01"), ("01/02/2001", "01/02/2002"), ("2001", "2002")])
def test_a_date_of_birth_is_no_period(heading: str, cells: tuple[str, str]) -> None:
    text = f"Area code,{heading},Robbery\nE23000013,{cells[0]},3\nE23000013,{cells[1]},4\n"
    assert missing(proposed(text)) == ("period",)
    assert [column.title for column in proposed(text).columns] == ["Area code"] and titles(text) == ["Robbery"]
    beside = f"Area code,{heading},Year,Count\nE23000013,{cells[0]},2019,3\nE23000013,{cells[1]},2020,4\n"
    assert picked(mapped(beside), "area_code", "period", "numerator") == [
        (CLEVELAND, "2019", "3"),
        (CLEVELAND, "2020", "4"),
    ]


def test_dates_are_no_unit() -> None:
    text = "Area code,Year,Published,Count\nE23000013,2019,01/02/2020,3\nE23000013,2020,01/02/2021,4\n"
    assert propose(sheet(text), CATALOGUE) is not None and proposed(text).used("only") == ()

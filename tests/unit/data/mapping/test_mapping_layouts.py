"""Each layout of the fixtures is recognised, says what is missing, and gives the lines that stand in it."""

import pytest

from data.findings import Finding
from data.mapping import apply, chosen, describe, missing
from tests.unit.data.mapping.sheets import CATALOGUE, fixture, lines, mapped, picked, propose, proposed, refusal

KINDS = {
    "areas_across": ("areas_across", ("indicator",)),
    "periods_two_levels": ("periods_across", ("indicator",)),
    "indicators_with_partnerships": ("indicators_across", ()),
    "other_headings": ("other_headings", ("indicator",)),
    "fingertips": ("fingertips", ("indicator",)),
}
REFUSED = {"percentage_change": "layout_not_figures", "local_authorities": "layout_other_places"}


def findings(name: str, indicator: str = "robbery") -> dict[str, Finding]:
    source = fixture(name)
    _, found = apply(source, chosen(proposed(source), indicator=indicator), CATALOGUE)
    return {finding.code: finding for finding in found}


@pytest.mark.parametrize("name", KINDS)
def test_layout_is_recognised(name: str) -> None:
    mapping = proposed(fixture(name))
    assert (mapping.kind, missing(mapping)) == KINDS[name]
    assert refusal(fixture(name), CATALOGUE) is None


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(name: str) -> None:
    assert propose(fixture(name), CATALOGUE) is None
    finding = refusal(fixture(name), CATALOGUE)
    assert finding is not None and finding.level == "must_fix" and finding.code == REFUSED[name]
    assert finding.message and finding.fix


@pytest.mark.parametrize("name", KINDS)
def test_every_line_points_at_its_cell(name: str) -> None:
    source = fixture(name)
    sheet = mapped(source)
    assert sheet.places is not None
    rows = {row["row"]: row for row in source.table.to_pylist()}
    titles = {part.title: part.place for part in proposed(source).figures}
    assert sheet.table.column("row").to_pylist() == list(range(1, sheet.table.num_rows + 1))
    for line, place in zip(lines(sheet), sheet.places.to_pylist(), strict=True):
        cell = rows[place["sheet_row"]][f"c{titles[place['sheet_column']]}"]
        assert cell in (line.get("numerator"), line.get("value"))


def test_areas_across() -> None:
    sheet = mapped(fixture("areas_across"), chosen(proposed(fixture("areas_across")), indicator="knife_offences"))
    assert picked(sheet, "area_code", "area_name", "indicator", "period", "numerator") == [
        ("E23000013", "Cleveland", "knife_offences", "2019", "101"),
        ("E23000008", "Durham", "knife_offences", "2019", "102"),
        ("E23000034", "London, City of", "knife_offences", "2019", "3"),
        ("E23000005", "Greater Manchester", "knife_offences", "2019", "1,204 "),
        ("E23000013", "Cleveland", "knife_offences", "2020", "111"),
        ("E23000008", "Durham", "knife_offences", "2020", "112"),
        ("E23000034", "London, City of", "knife_offences", "2020", "4"),
        ("E23000013", "Cleveland", "knife_offences", "2021", "121"),
        ("E23000008", "Durham", "knife_offences", "2021", "122"),
        ("E23000034", "London, City of", "knife_offences", "2021", "[x]"),
        ("E23000005", "Greater Manchester", "knife_offences", "2021", "1,304 "),
    ]
    found = findings("areas_across")
    assert found["rows_left_out"].message == (
        "1 row is left out: 1 without any figure; 1 blank cell says nothing and is not read as zero"
    )
    assert "3 columns are left out" in found["columns_left_out"].message
    for title in ("Northumberland", "North Wales", "British Transport Police"):
        assert f"“{title}”" in found["columns_left_out"].message


def test_periods_across_with_count_and_rate() -> None:
    source = fixture("periods_two_levels")
    sheet = mapped(source)
    assert picked(sheet, "area_code", "area_name", "period", "numerator", "value")[3:9] == [
        ("E12000001", "North East", "Apr '07 to Mar '08", "300", "110.5"),
        ("E12000001", "North East", "Apr '08 to Mar '09", "290", "105.5"),
        ("E12000001", "North East", "Apr '09 to Mar '10", "280", "100.5"),
        ("E23000013", "Cleveland", "Apr '07 to Mar '08", "60", "108.5"),
        ("E23000013", "Cleveland", "Apr '08 to Mar '09", "59", "106.5"),
        ("E23000013", "Cleveland", "Apr '09 to Mar '10", "58", "104.5"),
    ]
    named = {line["area_name"]: line["area_code"] for line in lines(sheet)}
    assert named["Humberside"] == "E23000012" and named["City of London"] == "E23000034"
    assert ("E23000005", "-00") in picked(sheet, "area_code", "numerator")
    assert ("E23000034", "19", "+") in picked(sheet, "area_code", "numerator", "value")
    west_midlands = {code for code, name in picked(sheet, "area_code", "area_name") if name == "West Midlands"}
    assert west_midlands == {"E12000005", "E23000014"}


def test_rates_of_residents_are_made_from_the_counts() -> None:
    source = fixture("periods_two_levels")
    sheet, found = apply(source, chosen(proposed(source), indicator="robbery"), CATALOGUE)
    assert "value" not in sheet.headings and sheet.table.num_rows == 8 * 3
    assert [finding.code for finding in found] == ["rows_left_out", "columns_left_out"]
    assert found[0].message == (
        "7 rows are left out: 1 of wider places, such as England and Wales; 2 of Wales, which only serves comparison; "
        "1 of places not held here (“British Transport Police”); 3 without a place, such as notes below the table"
    )
    assert list(found[0].rows) == [7, 16, 17, 18, 19, 20, 21]
    assert "the rate is made from the count" in found[1].message


def test_partnerships_are_never_taken_for_their_force() -> None:
    sheet = mapped(fixture("indicators_with_partnerships"))
    assert picked(sheet, "area_code", "area_name", "indicator", "numerator") == [
        ("E23000036", "Avon and Somerset", "homicide", "8 "),
        ("E23000036", "Avon and Somerset", "violence_with_injury", "13,388 "),
        ("E23000036", "Avon and Somerset", "possession_of_weapons", "1,065 "),
        ("E23000032", "Kent", "homicide", "14 "),
        ("E23000032", "Kent", "violence_with_injury", "15,791 "),
        ("E23000032", "Kent", "possession_of_weapons", "900 "),
        ("E23000032", "Surrey", "homicide", "9 "),
        ("E23000032", "Surrey", "violence_with_injury", "[x]"),
        ("E23000032", "Surrey", "possession_of_weapons", "530 "),
    ]
    assert {line["period"] for line in lines(sheet)} == {"year ending June 2025"}
    message = findings("indicators_with_partnerships")["rows_left_out"].message
    assert message.startswith("5 rows are left out: 1 of Wales") and "4 of smaller places" in message


def test_other_headings_with_parts_and_status() -> None:
    sheet = mapped(fixture("other_headings"))
    assert picked(sheet, "area_code", "area_name", "period", "breakdown_type", "breakdown", "value", "note") == [
        ("E92000001", "England", "2019", "", "", "10.1", ""),
        ("E92000001", "England", "2019", "sex", "Female", "9.1", ""),
        ("E92000001", "England", "2019", "sex and age", "Female, 15 to 19", "1.1", "u"),
        ("E12000001", "North East", "2019", "", "", "11.1", ""),
        ("E12000006", "East", "2019", "", "", "12.1", "u"),
        ("E12000001", "North East", "2020", "", "", "", "x"),
    ]
    found = findings("other_headings")["rows_left_out"]
    assert "1 of wider places" in found.message and "1 of smaller places" in found.message
    assert list(found.rows) == [8, 9]


def test_fingertips() -> None:
    source = fixture("fingertips")
    own = mapped(source, chosen(proposed(source), indicator="repeat_crisis_within_90_days"))
    shown = ("area_code", "breakdown", "numerator", "denominator", "value", "lower", "note")
    assert picked(own, *shown) == [
        ("E92000001", "", "51897", "54786327", "94.72", "93.91", ""),
        ("E92000001", "Female", "22000", "27500000", "80.5", "", ""),
        ("E12000001", "", "2600", "2561000", "101.5", "99.1", ""),
        ("E12000002", "", "", "", "", "", "c"),
        ("E12000003", "", "", "", "", "", "x"),
    ]
    assert {line["period"] for line in lines(own)} == {"2014 - 16"}
    assert lines(own)[3]["comment"].startswith("Value suppressed")
    residents = mapped(source, chosen(proposed(source), indicator="robbery"))
    assert "denominator" not in residents.headings
    assert picked(residents, "numerator", "value", "lower", "upper")[0] == ("51897", "", "", "")
    message = findings("fingertips")["rows_left_out"].message
    assert "1 of smaller places" in message and "1 of other categories" in message


@pytest.mark.parametrize("name", KINDS)
def test_description_says_what_is_read_and_what_is_asked(name: str) -> None:
    mapping = proposed(fixture(name))
    described = describe(mapping, CATALOGUE)
    assert all(left and right for left, right in described)
    assert described[0][0] == "The file" and f"headings in row {mapping.heading_row}" in described[0][1]
    asked = sum(left == "To be chosen" for left, _ in described)
    assert asked == len(missing(mapping))


def test_description_counts_the_columns() -> None:
    described = describe(chosen(proposed(fixture("areas_across")), indicator="robbery"), CATALOGUE)
    assert described == [
        ("The file", "a wide table: one column for each area; 5 of 8 columns are read, headings in row 2"),
        ("Column “year”", "the period, such as “2019”: 1 January 2019 to 31 December 2019"),
        ("4 columns, from “Cleveland” to “Greater Manchester8”", "the count of the area in the heading"),
        ("The whole file", "indicator: Robbery"),
        ("Columns “Northumberland”, “British Transport Police”", "left out: no area held here in its heading"),
        ("Column “North Wales”", "left out: in Wales, which only serves comparison"),
    ]

"""Layouts and traps met in published files, one small invented file each."""

import pytest

from data.findings import Finding
from data.mapping import apply, chosen, describe, missing, series, without
from data.templates import OBSERVATIONS, TEMPLATES
from tests.unit.data.mapping.sheets import (
    CATALOGUE,
    CLEVELAND,
    DURHAM,
    ENGLAND,
    NORTH_EAST,
    lines,
    mapped,
    picked,
    propose,
    proposed,
    refusal,
    sheet,
)

ABOUT = ("area_code", "indicator", "period")


def refused(text: str) -> Finding:
    assert propose(sheet(text), CATALOGUE) is None
    finding = refusal(sheet(text), CATALOGUE)
    assert finding is not None and finding.level == "must_fix"
    return finding


def found(text: str, indicator: str = "robbery") -> dict[str, Finding]:
    mapping = chosen(proposed(text), indicator=indicator)
    return {finding.code: finding for finding in apply(sheet(text), mapping, CATALOGUE)[1]}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.key)
def test_our_own_templates_are_left_alone(template: object) -> None:
    headings = ",".join(template.headings)  # type: ignore[attr-defined]
    assert propose(sheet(f"{headings}\nE23000013{',1' * headings.count(',')}\n"), CATALOGUE) is None


def test_template_without_a_column_is_left_to_its_own_finding() -> None:
    text = "area_code,area_name,period,value\nE23000013,Cleveland,2019,5\n"
    assert propose(sheet(text), CATALOGUE) is None and refusal(sheet(text), CATALOGUE) is None


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,2,3\n",
        "name,score\nInvented,3\nOther,4\n",
        "Organisation,UPRN,PostTown,StreetNumber,EffectiveDate\nInvented,10001,Sale,12,2023-09-29\nB,2,Sale,3,2023-09-29\n",
        "LAD16CD,LAD16NM,PFA16CD,PFA16NM,FID\nE07000144,Broadland,E23000024,Norfolk,1\n",
    ],
)
def test_what_holds_no_figures_by_area_is_neither_proposed_nor_refused(text: str) -> None:
    assert propose(sheet(text), CATALOGUE) is None and refusal(sheet(text), CATALOGUE) is None


def test_headings_in_two_rows_with_the_names_in_the_upper() -> None:
    text = "Police force,2022/23,,2023/24,\n,Number,Rate per 100000,Number,Rate per 100000\nCleveland,10,1.5,11,1.6\n"
    assert picked(mapped(text), "area_code", "period", "numerator", "value") == [
        (CLEVELAND, "2022/23", "10", "1.5"),
        (CLEVELAND, "2023/24", "11", "1.6"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ",Robbery,,Homicide,\nForce,2023,2024,2023,2024\nCleveland,1,2,3,4\nDurham,5,6,7,8\n",
        "Force,Robbery 2023,Robbery 2024,Homicide 2023,Homicide 2024\nCleveland,1,2,3,4\nDurham,5,6,7,8\n",
    ],
)
def test_headings_that_say_indicator_and_period(text: str) -> None:
    assert picked(mapped(text), *ABOUT, "numerator")[:4] == [
        (CLEVELAND, "robbery", "2023", "1"),
        (CLEVELAND, "robbery", "2024", "2"),
        (CLEVELAND, "homicide", "2023", "3"),
        (CLEVELAND, "homicide", "2024", "4"),
    ]


def test_areas_across_over_indicators_with_the_period_in_the_title() -> None:
    title = '"Invented offences, year ending March 2024",,'
    text = f"{title}\nOffence,Cleveland,Durham\nRobbery,1,2\nBicycle theft,4,5\nHomicide,7,8\n"
    assert picked(mapped(text), *ABOUT, "numerator") == [
        (CLEVELAND, "robbery", "year ending March 2024", "1"),
        (DURHAM, "robbery", "year ending March 2024", "2"),
        (CLEVELAND, "homicide", "year ending March 2024", "7"),
        (DURHAM, "homicide", "year ending March 2024", "8"),
    ]
    assert "1 of measures that are not indicators here (“Bicycle theft”)" in found(text)["rows_left_out"].message


def test_code_over_a_name_decides() -> None:
    text = ",E12000005,E23000014,E23000013\nYear,West Midlands,West Midlands,Cleveland\n2019,10,5,2\n"
    assert picked(mapped(text), "area_code", "area_name", "numerator") == [
        ("E12000005", "West Midlands", "10"),
        ("E23000014", "West Midlands", "5"),
        (CLEVELAND, "Cleveland", "2"),
    ]


def test_west_midlands_among_forces_is_the_force() -> None:
    text = "Force,2019,2020\nCleveland,3,4\nWest Midlands,30,40\nStaffordshire,5,6\n"
    assert ("E23000014", "30") in picked(mapped(text), "area_code", "numerator")


def test_west_midlands_among_regions_is_the_region() -> None:
    text = "Area,2019,2020\nNorth East,3,4\nWest Midlands,30,40\nLondon,5,6\n"
    assert ("E12000005", "30") in picked(mapped(text), "area_code", "numerator")


def test_west_midlands_among_both_must_be_told() -> None:
    text = "Area,2019\nNorth East,10\nCleveland,3\nWest Midlands,30\nStaffordshire,5\nWest Midlands,7\n"
    finding = found(text)["place_ambiguous"]
    assert finding.level == "must_fix" and list(finding.rows) == [4, 6] and finding.value == "West Midlands"


def test_counties_are_not_taken_for_the_forces_of_their_name() -> None:
    text = "Area,2019\nNorth East,10\nKent,3\nNorfolk,5\nBarnet,1\nBexley,2\nCamden,3\nHartlepool,4\nDarlington,5\n"
    assert picked(mapped(text), "area_code", "numerator") == [(NORTH_EAST, "10")]


def test_counties_across_are_not_taken_for_forces() -> None:
    assert propose(sheet("Year,Kent,Norfolk,Barnet,Bexley,Camden,Hartlepool\n2019,1,2,3,4,5,6\n"), CATALOGUE) is None


def test_region_beside_the_force() -> None:
    text = "Region,Police force,2023\nNorth East,All,10\nNorth East,Cleveland,3\nEngland,All,100\n"
    assert picked(mapped(text), "area_code", "numerator") == [(NORTH_EAST, "10"), (CLEVELAND, "3"), (ENGLAND, "100")]


def test_finest_place_of_a_row_counts() -> None:
    text = (
        "time_period,country_code,country_name,region_code,region_name,new_la_code,la_name,n_cases\n"
        "202223,E92000001,England,,,,,100\n202223,E92000001,England,E12000001,North East,,,10\n"
        "202223,E92000001,England,E12000001,North East,E06000047,County Durham,c\n"
    )
    assert picked(mapped(text), "area_code", "area_name", "period", "numerator") == [
        (ENGLAND, "England", "2022/23", "100"),
        (NORTH_EAST, "North East", "2022/23", "10"),
    ]


def test_academic_years_are_not_financial_ones() -> None:
    text = "time_period,time_identifier,area code,count\n202223,Academic year,E12000001,5\n"
    assert [line["period"] for line in lines(mapped(text))] == ["Sep 2022 to Aug 2023"]


@pytest.mark.parametrize(
    ("headings", "cells", "periods"),
    [
        ("Year,Quarter", ("2024,Q1", "2024/25,2"), ["2024 Q1", "2024/25 Q2"]),
        ("Year,Month", ("2024,January", "2024,Feb"), ["January 2024", "Feb 2024"]),
        ("Month,Unused", ("Jan-21,a", "Feb-21,a"), ["Jan-21", "Feb-21"]),
        ("Date,Unused", ("01/04/2024,a", "01/05/2024,a"), ["April 2024", "May 2024"]),
        ("Period end,Unused", ("2024-12-31,a", "2025-03-31,a"), ["2024", "2024/25"]),
        (
            "Period ending,Unused",
            ("2025-06-30,a", "2025-09-30,a"),
            ["year ending June 2025", "year ending September 2025"],
        ),
    ],
)
def test_periods_of_rows(headings: str, cells: tuple[str, str], periods: list[str]) -> None:
    text = f"{headings},Force,Number\n{cells[0]},Cleveland,5\n{cells[1]},Cleveland,6\n"
    assert [line["period"] for line in lines(mapped(text))] == periods


def test_first_and_last_day_go_to_their_own_columns() -> None:
    text = "Start date,End date,Area code,Rate\n01/04/2024,31/03/2025,E23000013,10.5\n"
    assert picked(mapped(text), "period_start", "period_end", "value") == [("2024-04-01", "2025-03-31", "10.5")]


def test_rates_of_a_title_are_not_taken_for_others() -> None:
    text = (
        '"Table: invented offences, rate per 1,000 population, year ending March 2024",,\n'
        "Area Code,Area Name,Robbery\nE23000013,Cleveland,0.7\n"
    )
    assert proposed(text).figures[0].per == 1000
    assert "per 1,000, but Robbery is kept per 100,000 residents" in found(text)["rate_per_another_number"].message


def test_matching_rates_are_taken() -> None:
    text = 'Area code,Year,"Rate per 100,000 population"\nE23000013,2019,10.5\n'
    assert "rate_per_another_number" not in found(text)


def test_count_and_rate_in_turn_read_the_counts() -> None:
    text = (
        "Area code,Year,Measure type,Value\nE23000013,2019,Count,5\n"
        'E23000013,2019,"Rate per 100,000",6.5\nE23000008,2019,Count,7\n'
    )
    assert picked(mapped(text), "area_code", "numerator") == [(CLEVELAND, "5"), (DURHAM, "7")]
    assert "1 of other categories" in found(text)["rows_left_out"].message


def test_percent_signs_make_a_value() -> None:
    text = "Area code,Area,2022/23,2023/24\nE23000013,Cleveland,45.5%,46 %\n"
    assert picked(mapped(text), "value") == [("45.5",), ("46",)]
    assert proposed(text).figures[0].per == 100


def test_whole_numbers_of_a_share_are_values() -> None:
    text = "Area code,2022/23\nE23000013,45\nE23000008,46\n"
    own = mapped(text, chosen(proposed(text), indicator="s136_health_based_place"))
    assert picked(own, "value") == [("45",), ("46",)]
    assert picked(mapped(text, chosen(proposed(text), indicator="robbery")), "numerator") == [("45",), ("46",)]


def test_value_beside_count_is_the_value() -> None:
    text = "Area code,Time period,Count,Denominator,Value,LCL,UCL\nE23000013,2022 - 24,10,100,10,8.1,12.2\n"
    assert picked(mapped(text), "numerator", "denominator", "value", "lower", "upper") == [
        ("10", "100", "10", "8.1", "12.2")
    ]


def test_several_columns_of_figures_are_asked_about() -> None:
    text = "Area code,Area,Period,Males,Females,Persons\nE23000013,Cleveland,2019,1,2,3\n"
    mapping = proposed(text)
    assert missing(mapping) == ("figure", "indicator") and series(mapping) == ("Males", "Females", "Persons")
    settled = chosen(mapping, figure="Persons", indicator="robbery")
    assert missing(settled) == () and picked(mapped(text, settled), "numerator") == [("3",)]
    assert {column.title for column in settled.left_out} == {"Males", "Females"}


def test_choosing_a_measure_keeps_all_its_periods() -> None:
    text = ",Adults,,Children,\nArea code,2019,2020,2019,2020\nE23000013,1,2,3,4\n"
    mapping = proposed(text)
    assert series(mapping) == ("Adults", "Children")
    assert picked(mapped(text, chosen(mapping, figure="Children")), "period", "numerator") == [
        ("2019", "3"),
        ("2020", "4"),
    ]


def test_editions_beside_each_other_are_asked_about() -> None:
    text = "area_code,period,published_ye_sep_2019,published_ye_dec_2024,revision_pct\nE23000013,2018/19,10,12,20\n"
    assert series(proposed(text)) == ("published_ye_sep_2019", "published_ye_dec_2024")


def test_changes_beside_figures_are_left_out() -> None:
    text = ",,Number,,Percentage change,\nArea code,Area,2019,2020,2019,2020\nE23000013,Cleveland,10,11,1,10\n"
    assert picked(mapped(text), "period", "numerator") == [("2019", "10"), ("2020", "11")]
    assert "2 columns are left out (a change between periods" in found(text)["columns_left_out"].message


def test_changes_alone_are_refused() -> None:
    text = "Area code,Area,% change 2019 to 2020,% change 2020 to 2021\nE23000013,Cleveland,1.5,2.5\n"
    assert refused(text).code == "layout_not_figures"


def test_measures_that_are_not_held_here_are_refused_when_mixed() -> None:
    text = "Data item,Years,LA and Regions,Values\nInvented A,2019,North East,1\nInvented B,2019,North East,2\n"
    finding = refused(text)
    assert finding.code == "layout_several_measures" and "“Invented A”, “Invented B”" in finding.message


def test_one_measure_that_is_not_held_here_is_asked_about() -> None:
    text = "Data item,Years,LA and Regions,Values\nInvented A,2019,North East,1\nInvented A,2019,Kent,2\n"
    assert missing(proposed(text)) == ("indicator",)


def test_figures_without_areas_are_refused() -> None:
    finding = refused("Year,Supplier,Amount\n2019,Invented,100\n2020,Invented,110\n")
    assert finding.code == "layout_unclear" and "an area" in finding.message


def test_wales_alone_is_refused() -> None:
    assert refused("Area code,Area,2019\nW15000001,North Wales,1\n").code == "layout_other_places"


def test_own_areas_file_without_an_area_asks_for_it() -> None:
    text = "Month,Robbery,Invented measure\nJan-21,1,3\nFeb-21,3,5\n"
    assert missing(proposed(text)) == ("area",)
    own = mapped(text, chosen(proposed(text), area=DURHAM))
    assert picked(own, *ABOUT, "numerator") == [(DURHAM, "robbery", "Jan-21", "1"), (DURHAM, "robbery", "Feb-21", "3")]


def test_choices_fill_what_the_file_does_not_say() -> None:
    text = "Area code,Count\nE23000013,5\n"
    mapping = proposed(text)
    assert missing(mapping) == ("indicator", "period")
    settled = chosen(mapping, indicator="robbery", period="2023/24")
    assert missing(settled) == ()
    assert picked(mapped(text, settled), *ABOUT, "numerator") == [(CLEVELAND, "robbery", "2023/24", "5")]
    assert ("The whole file", "period: 2023/24: 1 April 2023 to 31 March 2024") in describe(settled, CATALOGUE)


def test_column_can_be_left_out_by_choice() -> None:
    text = "Area code,2019,2020\nE23000013,1,2\n"
    smaller = without(proposed(text), [2])
    assert picked(mapped(text, smaller), "period", "numerator") == [("2019", "1")]
    assert smaller.left_out[-1].why == "left out by choice"


def test_only_the_areas_of_the_sender_when_these_are_given() -> None:
    text = "Area code,2019\nE23000013,1\nE23000008,2\n"
    assert picked(mapped(text, areas=[DURHAM]), "area_code", "numerator") == [(DURHAM, "2")]
    across = "Year,Cleveland,Durham\n2019,1,2\n"
    assert picked(mapped(across, areas=[DURHAM]), "area_code", "numerator") == [(DURHAM, "2")]


def test_mapped_sheet_is_the_template() -> None:
    own = mapped("Area code,2019\nE23000013,1\n")
    assert set(own.headings) <= set(OBSERVATIONS.headings) and own.titles == own.headings
    assert own.table.column_names == ["row", *(f"c{place}" for place in range(len(own.headings)))]


def test_download_of_several_indicators_keeps_those_held_here() -> None:
    headings = "Indicator ID,Indicator Name,Area Code,Area Name,Time period,Value,Count,Category"
    text = f"{headings}\n1,Robbery,E92000001,England,2019,5.5,10,\n2,Invented,E92000001,England,2019,6.5,11,\n"
    assert missing(proposed(text)) == ()
    assert picked(mapped(text), "indicator", "numerator") == [("robbery", "10")]
    neither = text.replace("Robbery", "Invented too")
    assert refused(neither).code == "layout_several_measures"


def test_download_with_the_name_of_an_indicator_is_ready() -> None:
    headings = "IndicatorID,IndicatorName,AreaCode,AreaName,Timeperiod,Value,Count"
    text = f'{headings}\n1,"Robbery\n",E92000001,England,2019,5.5,10\n'
    assert proposed(text).indicator == "robbery"


def test_a_dated_population_makes_no_table_of_periods() -> None:
    text = "force_code,force_name,offences,population_mid_2023\nE23000013,Cleveland,10,1000\n"
    assert missing(proposed(text)) == ("indicator", "period")
    own = mapped(text, chosen(proposed(text), indicator="robbery", period="2023"))
    assert picked(own, *ABOUT, "numerator") == [(CLEVELAND, "robbery", "2023", "10")]


def test_a_strange_heading_does_not_take_the_area_of_its_group() -> None:
    text = ",North East,,,North West\nYear,Cleveland,Durham,Northumberland,Cumbria\n2019,1,2,3,4\n"
    assert picked(mapped(text), "area_code", "numerator") == [(CLEVELAND, "1"), (DURHAM, "2"), ("E23000002", "4")]
    assert "“Northumberland”" in found(text)["columns_left_out"].message


def test_groups_of_areas_over_count_and_rate() -> None:
    text = ",Cleveland,,Durham,\nYear,Count,Rate per 100000,Count,Rate per 100000\n2019,1,1.5,2,2.5\n"
    assert picked(mapped(text), "area_code", "numerator", "value") == [(CLEVELAND, "1", "1.5"), (DURHAM, "2", "2.5")]


@pytest.mark.parametrize(
    ("over", "headings", "periods"),
    [
        ("Year ending", "Mar 2019,Mar 2020", ["Year ending Mar 2019", "Year ending Mar 2020"]),
        ("2024", "Q1,Q2", ["2024 Q1", "2024 Q2"]),
        ("", "2021-01-01,2021-02-01 00:00:00", ["2021-01", "2021-02"]),
        ("", "Jan-21,Feb-21", ["Jan-21", "Feb-21"]),
    ],
)
def test_periods_of_headings(over: str, headings: str, periods: list[str]) -> None:
    text = f"Invented,,\n,{over},\nArea code,{headings}\nE23000013,1,2\nE23000008,3,4\n"
    assert [line["period"] for line in lines(mapped(text))] == periods * 2

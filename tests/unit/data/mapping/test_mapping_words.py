"""Names, periods and headings as published files write them."""

import pytest

from data.mapping.labels import label_of
from data.mapping.measures import measure_of
from data.mapping.words import period, period_inside, periods_of_title, without_notes, words_of
from tests.unit.data.mapping.sheets import CATALOGUE

WORDS = words_of(CATALOGUE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Humberside [note 4]", "E23000012"),
        ("Greater Manchester8,9", "E23000005"),
        ("London10", "E12000007"),
        ("London, City of", "E23000034"),
        ("North East region (statistical)", "E12000001"),
        ("North East Region", "E12000001"),
        ("East ", "E12000006"),
        ("ENGLAND", "E92000001"),
        ("avon_and_somerset", "E23000036"),
        ("Devon & Cornwall¹", "E23000035"),
        ("West Midlands Police", "E23000014"),
        ("West Midlands region", "E12000005"),
        ("Cleveland (E23000013)", "E23000013"),
        ("e23000013", "E23000013"),
    ],
)
def test_area_is_known_by_its_names(text: str, code: str) -> None:
    assert WORDS.codes(text) == (code,)


@pytest.mark.parametrize(
    "text",
    ["ENGLAND AND WALES (inc. BTP)7", "England (exc. Greater Manchester Police)", "Northumberland", "E06000047", ""],
)
def test_other_places_are_not_taken_for_areas(text: str) -> None:
    assert WORDS.codes(text) == ()


def test_west_midlands_alone_stands_for_two() -> None:
    assert set(WORDS.codes("West Midlands [note 2]")) == {"E12000005", "E23000014"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Kent [note 1][note 2]", "Kent"), ("Kent*", "Kent"), ("Kent (2, 3)", "Kent"), ("E23000032", "E23000032")],
)
def test_notes_are_taken_off(text: str, plain: str) -> None:
    assert without_notes(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Apr '07 to Mar '083", "Apr '07 to Mar '08"),
        ("Apr '11 to Mar '125, 6", "Apr '11 to Mar '12"),
        ("Year ending\nMarch 2019 [note 1]", "Year ending March 2019"),
        ("2019/203", "2019/20"),
        ("2016-17 (OT)", "2016-17"),
        ("2024/25p", "2024/25"),
        ("Mar 20191,2", "Mar 2019"),
        ("Jan-2112", "Jan-21"),
        ("202425", "2024/25"),
        ("202407", "2024-07"),
        ("2022 - 24", "2022 - 24"),
        ("Jan-21", "Jan-21"),
        ("100,000", ""),
        ("12345", ""),
        ("Norfolk", ""),
    ],
)
def test_period_is_read_without_glued_notes(text: str, plain: str) -> None:
    assert period(text) == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023/24 - Count", ("2023/24", "Count")),
        ("Count (2023/24)", ("2023/24", "Count")),
        ("published_ye_sep_2019", ("ye sep 2019", "published")),
        ("Rate per 100,000 2019", ("2019", "Rate per 100,000")),
        ("Table P2", ("", "Table P2")),
    ],
)
def test_period_within_a_heading(text: str, found: tuple[str, str]) -> None:
    assert period_inside(text) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Table C2: Number of offences, year ending June 2025 [note 1][note 2]", ["year ending June 2025"]),
        ("Year ending March 2008 to year ending March 20181,2", ["Year ending March 2008", "year ending March 2018"]),
        ("Release date: 24 July 2025", []),
        ("Robbery in 2024", ["2024"]),
        ("Table 12", []),
    ],
)
def test_periods_of_a_title(title: str, found: list[str]) -> None:
    assert periods_of_title(title) == found


@pytest.mark.parametrize(
    ("heading", "fills", "per"),
    [
        ("Number of Incidents", "numerator", 0),
        ("Total_Count", "numerator", 0),
        ("Rate per 1,000 population", "value", 1000),
        ("CrudeRate", "value", 0),
        ("Proportion (%)", "value", 100),
        ("Lower CI 95.0 limit", "lower", 0),
        ("UCL", "upper", 0),
        ("Upper CI 99.8 limit", "other", 0),
        ("Denominator", "denominator", 0),
        ("Population", "denominator", 0),
        ("% change", "change", 0),
        ("Change from 2019 to 2020", "change", 0),
        ("Percentage point difference", "change", 0),
        ("Value", "", 0),
        ("Robbery", "", 0),
    ],
)
def test_kind_of_figure(heading: str, fills: str, per: float) -> None:
    measure = measure_of(heading)
    assert (measure.fills, measure.per) == (fills, per)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Possession of weapons offences [note 3]", "possession_of_weapons"),
        ("Violence with injury5", "violence_with_injury"),
        ("Criminal damage & arson", "criminal_damage_and_arson"),
        ("knife_offences", "knife_offences"),
        ("Residential burglary", ""),
    ],
)
def test_indicator_is_known_by_name_or_key(heading: str, key: str) -> None:
    assert WORDS.indicator(heading) == key


def test_heading_may_say_everything() -> None:
    label = label_of(["Norfolk", "Robbery rate per 1,000 population 2019/20"], WORDS)
    assert (label.codes, label.indicator, label.period) == (("E23000024",), "robbery", "2019/20")
    assert (label.fills, label.per) == ("value", 1000)

"""What is due, overdue and not yet due, as every page that speaks of it says it."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.template_files import reported_by_areas
from data.versions import Moment
from data.workspace import open_workspace
from tests.app.reading import faults, html, open_page, row, said

NORFOLK, LANCASHIRE, EAST = "E23000024", "E23000003", "E12000006"
NORFOLK_SAYS = (
    "Norfolk: 70 of 83 figures that fell due in the 12 months to 31 October 2026 are here; 13 are overdue, the longest "
    "since 14 November 2025; 5 fall due by 12 February 2027, the first by 14 November 2026."
)
ENGLAND_SAYS = (
    "England: 2,312 of 3,237 figures that fell due in the 12 months to 31 October 2026 are here; 925 are overdue in "
    "39 of 39 areas, the longest since 12 November 2025; 283 fall due by 12 February 2027, the first by "
    "12 November 2026."
)
# What Lancashire has not sent in the demonstration, of what fell due in the twelve months.
LATE = """area_code,area_name,indicator,period,numerator,denominator
E23000003,Lancashire,community_support_taken_up,2025/26 Q2,40,100
E23000003,Lancashire,community_support_taken_up,2025/26 Q3,41,100
E23000003,Lancashire,community_support_taken_up,2025/26 Q4,42,100
E23000003,Lancashire,community_support_taken_up,2026/27 Q1,43,100
"""


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, str]]]:
    """Name and rows of each CSV file that a page offers."""
    found: dict[str, list[dict[str, str]]] = {}
    draw = streamlit.download_button

    def kept(label: str, data: Callable[[], bytes], name: str, *rest: Any, **more: Any) -> bool:
        found[name] = list(csv.DictReader(io.StringIO(data().decode("utf-8-sig"), newline="")))
        return draw(label, data, name, *rest, **more)

    monkeypatch.setattr(streamlit, "download_button", kept)
    return found


def headed(app: AppTest, begins: str, cells: int) -> list[list[str]]:
    """Every row of a table with so many columns whose heading begins so."""
    return [row for row in html(app).rows if row[0].startswith(begins) and len(row) == cells]


def by_area(app: AppTest) -> list[list[str]]:
    """The rows of the table of areas with something overdue."""
    return [row for row in html(app).rows if len(row) == 6 and row[4].startswith("since ")]


def test_area_says_what_is_due_and_lists_overdue_first(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area=NORFOLK)
    assert faults(app) == []
    assert "Due and overdue" in [heading.value for heading in app.subheader]
    assert NORFOLK_SAYS in html(app).texts
    late, coming = headed(app, "▼ overdue since", 4), headed(app, "○ due by", 4)
    quarters = "first July to September 2025, last April to June 2026"
    assert late[0] == ["▼ overdue since 14 November 2025", "People who felt heard", "4", quarters]
    assert late[-1] == ["▼ overdue since 29 June 2026", "Evaluations that meet the shared standard", "1", "2025/26"]
    assert (sum(int(line[2]) for line in late), sum(int(line[2]) for line in coming)) == (13, 5)
    rows = html(app).rows
    assert rows.index(late[-1]) < rows.index(coming[0])
    assert "Get the template filled for Norfolk" in [link.label for link in app.get("page_link")]


def test_published_figures_are_awaited_from_ons_and_no_area_is_blamed(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area=NORFOLK)
    assert (
        "From national publication, not for areas to send: 12 of 12 figures that fell due in these 12 months are "
        "awaited from ONS since 28 August 2026 (Burglary, Criminal damage and arson, Drug offences and 9 more)."
    ) in html(app).texts
    assert not [line for line in headed(app, "▼ overdue since", 4) if line[1] in ("Burglary", "Robbery")]


def test_figures_that_are_asked_for_are_those_of_the_catalogue(demonstration: AppTest, catalogue: Catalogue) -> None:
    times = {"monthly": 12, "quarterly": 4, "yearly": 1}
    asked = sum(times[item.frequency] for item in reported_by_areas(catalogue))
    app = open_page(demonstration, "area", area=NORFOLK)
    assert f"of {asked} figures that fell due" in said(app)
    assert f"of {asked * 39:,} figures that fell due" in said(open_page(app, "area", area="E92000001"))


def test_area_that_has_sent_everything_is_told_so(
    own_demonstration: AppTest, catalogue: Catalogue, tmp_path: Path
) -> None:
    connection = open_workspace(Settings(database=str(tmp_path / "consensus.duckdb")), catalogue)
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, LATE.encode(), "late.csv")
    confirm(LOCAL_ADMINISTRATOR, prepared, Moment(datetime(2026, 10, 31, 12), date(2026, 10, 31)))
    connection.close()
    app = open_page(own_demonstration, "area", area=LANCASHIRE)
    everything = (
        "Lancashire: 83 of 83 figures that fell due in the 12 months to 31 October 2026 are here, and nothing is"
    )
    assert f"{everything} overdue; " in said(app)
    assert not headed(app, "▼ overdue since", 4) and headed(app, "○ due by", 4)
    assert faults(app) == []


def test_an_earlier_version_is_judged_by_its_own_day(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area=NORFOLK, version="15")
    assert "that fell due in the 12 months to 10 July 2026" in said(app)
    assert NORFOLK_SAYS not in said(app)


def test_region_and_england_name_their_areas(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area=EAST)
    areas = by_area(app)
    assert [line[0] for line in areas] == [
        "Bedfordshire", "Suffolk", "Norfolk", "Essex", "Cambridgeshire", "Hertfordshire"
    ]  # fmt: skip
    assert areas[2] == ["Norfolk", "83", "70", "▼ 13", "since 14 November 2025", "5"]
    assert "Overdue figures, area by area (6 areas)" in [expander.label for expander in app.expander]
    england = open_page(app, "area", area="E92000001")
    assert ENGLAND_SAYS in html(england).texts
    assert sum(int(line[3].removeprefix("▼ ")) for line in by_area(england)) == 925


def test_overview_says_how_much_is_here_for_each_commitment(demonstration: AppTest) -> None:
    app = open_page(demonstration, "overview")
    assert ENGLAND_SAYS in html(app).texts
    assert row(app, "SYS-3", 6)[5] == "117 of 351 234 overdue"
    assert row(app, "SYS-1", 6)[5] == "496 of 663 167 overdue, 195 awaited from ONS"
    norfolk = open_page(app, "overview", area=NORFOLK)
    assert NORFOLK_SAYS in html(norfolk).texts
    assert row(norfolk, "SYS-3", 6)[5] == "0 of 9 9 overdue"
    assert len(headed(norfolk, "▼ overdue since", 4)) == 4 and not by_area(norfolk)


def test_commitment_says_how_many_areas_and_names_those_overdue(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]]
) -> None:
    app = open_page(demonstration, "commitment", commitment="SYS-3")
    assert faults(app) == []
    heard = [line for line in headed(app, "People who felt heard", 5) if "of 39 areas" in line[2]]
    assert heard == [[
        "People who felt heard", "April to June 2026 due 14 August 2026", "19 of 39 areas",
        "▼ 72 overdue in 21 areas, the longest since 14 November 2025", "○ 22 due by 14 November 2026",
    ]]  # fmt: skip
    assert "Overdue figures, by area and indicator (38 areas)" in [expander.label for expander in app.expander]
    late = [line for line in html(app).rows if len(line) == 5 and line[3].startswith("▼ overdue since")]
    assert sum(int(line[2]) for line in late) == 234 and len({line[0] for line in late}) == 38
    quarters = "first July to September 2025, last April to June 2026"
    assert ["Norfolk", "People who felt heard", "4", "▼ overdue since 14 November 2025", quarters] in late
    taken = files["due-SYS-3-version-18.csv"]
    assert sum(line["state"] == "overdue" for line in taken) == 234
    assert {line["as_of"] for line in taken} == {"2026-10-31"} and "invented" in taken[0]["workspace"]


def test_commitment_awaits_published_figures(demonstration: AppTest) -> None:
    app = open_page(demonstration, "commitment", commitment="SYS-4")
    (published,) = [line for line in headed(app, "Robbery", 5) if "of 39 areas" in line[2]]
    assert published[1:4] == [
        "year ending March 2026 due 28 August 2026",
        "0 of 39 areas",
        "▨ awaited from ONS 39 figures, since 28 August 2026",
    ]


@pytest.mark.parametrize(
    ("indicator", "due", "expected", "brief"),
    [
        (
            "people_who_felt_heard",
            "45 days after the period ends: July to September 2026 by 14 November 2026",
            "from April to June 2023 on, every quarter, of 39 police force areas",
            "45 days from April to June 2023 on",
        ),
        (
            "robbery",
            "150 days after the period ends: year ending March 2026 by 28 August 2026",
            "from year ending March 2018 on, once a year, of 39 police force areas",
            "150 days from year ending March 2018 on",
        ),
    ],
)
def test_definitions_say_when_figures_are_due_and_from_when_on(
    demonstration: AppTest, catalogue: Catalogue, indicator: str, due: str, expected: str, brief: str
) -> None:
    app = open_page(demonstration, "methods", indicator=indicator)
    assert row(app, "Due", 2) == ["Due", due]
    assert row(app, "Expected", 2) == ["Expected", expected]
    assert row(app, catalogue.indicators[indicator].name, 7)[4] == brief
    rules = "\n".join(html(app).texts)
    assert "Only figures whose due date lies in the 12 months to the as-of date are counted" in rules
    assert "awaited from the Office for National Statistics" in rules


def test_upload_says_what_the_area_owes(demonstration: AppTest) -> None:
    app = open_page(demonstration, "upload", area=NORFOLK)
    assert html(app).texts.count(NORFOLK_SAYS) == 1
    app.selectbox(key="area").set_value("E92000001").run()
    assert ENGLAND_SAYS in html(app).texts and NORFOLK_SAYS not in html(app).texts


def test_empty_workspace_owes_everything(empty: AppTest) -> None:
    app = open_page(empty, "upload", area=NORFOLK)
    assert faults(app) == []
    assert "Norfolk: 0 of 83 figures that fell due in the 12 months to" in said(app)

"""The Regions page: do regions differ by more than chance, does it narrow, and does no gap look like a fall?"""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.catalogue import Catalogue
from tests.app.conftest import Window
from tests.app.reading import chosen, faults, html, open_page, row, said
from tests.app.test_pages import address
from tests.source_files import ROOT

VIOLENCE = "violence_with_injury"
GAP = "year ending December 2019"
PUBLISHED = "tests/fixtures/published/recorded_crime_totals.csv"
PLAN = "joint_problem_solving_plans"


def answer(app: AppTest) -> str:
    """The first long sentence under the title."""
    found = [element.proto.body for element in app.get("html") if 'class="answer"' in element.proto.body]
    return re.sub("<[^>]+>", "", found[0])


def test_the_answer_says_chance_and_narrowing(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE)
    assert faults(app) == []
    assert answer(app) == (
        "Violence with injury, year ending June 2025: the regions differ by more than chance. Since year ending "
        "December 2018, the difference between regions has widened (standard deviation +5.3 per 100,000 residents, "
        "95\u00a0% limits 1.3 to 9.4)."
    )
    assert "does not show that the consensus caused it" in said(app)


def test_regions_are_sums_over_sums_with_how_many_areas(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, period="year ending December 2024")
    # 72,541 offences of 7,600,200 residents in five areas.
    assert row(app, "North West", 5)[1:3] == ["954.5 per 100,000 residents (947.5 to 961.4)", "5 of 5 areas"]
    assert "England rests on 39 of 39 areas." in said(app)


def test_missing_greater_manchester_is_a_gap_and_never_a_fall(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, period=GAP)
    assert faults(app) == []
    assert row(app, "North West", 5)[2] == "4 of 5 areas"
    assert "England rests on 38 of 39 areas." in said(app)
    # 483,713 offences in the 38 areas, which had 479,941 the year before: without the gap, not 508,522.
    england = row(app, "England", 7)
    assert england[1].startswith("+7.1 (3.5 to 10.7)") and england[5] == "38 of 39 areas"
    assert row(app, "North West", 7)[5] == "4 of 5 areas"
    assert "a gap that no line is drawn across: 38 of 39 areas in year ending December 2019." in said(app)


def test_only_periods_that_do_not_overlap_stand_beside_one_another(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE)
    periods = [cells[0] for cells in html(app).rows if len(cells) == 7 and cells[0].startswith("year ending")]
    assert periods == [f"year ending {name}" for name in ("June 2025", "December 2023", GAP[12:], "December 2018")]
    offered = app.selectbox(key="earlier").options
    assert offered[:2] == ["year ending December 2018", "year ending December 2023"]
    assert "year ending December 2024" not in offered


def test_extremes_are_named_and_not_tested(demonstration: AppTest) -> None:
    text = said(open_page(demonstration, "regions", indicator=VIOLENCE))
    assert "Lowest: East of England; highest: North East. They are named and not tested" in text


def test_another_period_to_compare_with_stands_in_the_address(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, earlier="year ending December 2023")
    assert "Since year ending December 2023, the difference between regions has narrowed" in answer(app)
    sent = address(html(app).links["Address of exactly this view, to send to a colleague"])[1]
    assert sent["earlier"] == "year ending December 2023" and sent["indicator"] == VIOLENCE


@pytest.mark.parametrize("name", ["period", "earlier", "first", "second"])
def test_unknown_choice_in_the_address_shows_the_usual_one(demonstration: AppTest, name: str) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, **{name: "<b>nowhere</b>"})
    assert faults(app) == [] and "nowhere" not in said(app)
    assert app.selectbox(key="second").value == "rest"


def test_another_indicator_begins_with_its_newest_period_and_nothing_is_said_of_the_old_one(
    demonstration: AppTest,
) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE)
    app.selectbox(key="period").set_value(GAP)
    app.run().selectbox(key="indicator").set_value(PLAN)
    app = app.run()
    assert faults(app) == [] and not app.warning
    assert app.selectbox(key="period").value == "July to September 2026"
    assert app.selectbox(key="earlier").value == "April to June 2025"


def test_oldest_period_has_nothing_before_it(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, period="year ending March 2018")
    assert faults(app) == []
    assert "no earlier period is separate from this one" in answer(app)
    assert "so there is no change to show" in said(app)


def test_what_is_not_yet_due_says_so_on_real_figures(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=VIOLENCE, area="E23000024", second="Suffolk")
    assert "change since July 2025 in Norfolk and Suffolk: not yet due." in said(app)


def test_difference_in_change_is_shown_on_the_invented_series(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=PLAN)
    assert faults(app) == []
    own, rest, apart = (row(app, name, 7) for name in ("North East region", "The rest of England", "Difference"))
    assert own[1].startswith("+22.2 (") and rest[1].startswith("−7.4 (") and apart[1].startswith("+29.6 (")
    assert own[3:5] == rest[3:5] == ["April to June 2025", "July to September 2026"]
    assert apart[2] == "▲ improved more, or worsened less" and rest[5] == "24 of 36"
    assert "it does not show what caused the difference" in said(app)


def test_the_area_of_the_view_is_the_first_place(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=PLAN, area="E23000024")
    assert app.selectbox(key="first").value == "E23000024"
    assert chosen(app)["area"] == "E23000024"


def test_a_region_is_not_compared_with_its_own_areas(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator=PLAN, first="North West region")
    offered = app.selectbox(key="second").options
    assert "Greater Manchester" not in offered and "North West region" not in offered and "Norfolk" in offered
    app.selectbox(key="second").set_value("E23000024")
    app = app.run()
    app.selectbox(key="first").set_value("E12000006")
    app = app.run()
    assert faults(app) == [] and app.selectbox(key="second").value == "rest"
    assert ["shares areas with the first" in warning.value for warning in app.warning] == [True]


@pytest.mark.usefixtures("demonstration")
def test_each_place_that_cannot_be_chosen_has_its_own_sentence(new_window: Window) -> None:
    app = open_page(new_window(), "regions", indicator=PLAN, first="Atlantis")
    assert [warning.value for warning in app.warning] == [
        "The first place that was asked for cannot be chosen here, so the usual one is shown."
    ]
    app = open_page(new_window(), "regions", indicator=PLAN, first="North West region", second="Greater Manchester")
    (second,) = app.warning
    assert second.value.startswith("The second place that was asked for cannot be chosen here, or shares areas with ")


def test_counts_that_do_not_add_up_make_no_region(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator="data_sharing_agreements_in_force")
    assert faults(app) == []
    assert "do not add up across areas" in answer(app) and not [r for r in html(app).rows if r[0] == "North West"]
    assert not {"rest", "North East region"} & set(app.selectbox(key="second").options)


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("people_contributing_evidence", "it is a count, and larger regions have larger counts"),
        ("handover_wait_hours", "has no limits, so difference cannot be told from noise"),
    ],
)
def test_figures_without_a_spread_say_why(demonstration: AppTest, indicator: str, why: str) -> None:
    app = open_page(demonstration, "regions", indicator=indicator)
    assert faults(app) == []
    assert why in answer(app) and "No spread is given:" in said(app)


def test_years_without_a_rate_are_named(demonstration: AppTest) -> None:
    app = open_page(demonstration, "regions", indicator="knife_offences")
    assert "Knife offences, 2019/20: the regions differ by more than chance." in answer(app)
    assert "Without a figure: 2020/21 and 2021/22 (no mid-year population estimate" in said(app)


def test_every_indicator_renders(demonstration: AppTest, catalogue: Catalogue) -> None:
    app = open_page(demonstration, "regions")
    for key in catalogue.indicators:
        app.selectbox(key="indicator").set_value(key)
        assert faults(app.run()) == [], key


def test_regions_equal_published_totals_over_their_residents(demonstration: AppTest, catalogue: Catalogue) -> None:
    published = pd.read_csv(ROOT / PUBLISHED)
    latest = published[(published["period"] == "year ending December 2024") & (published["indicator"] == VIOLENCE)]
    people = catalogue.populations[catalogue.populations["mid_year"] == 2023]
    region = people["area_code"].map({code: area.parent for code, area in catalogue.areas.items()})
    residents = people["population"].groupby(region).sum()
    app = open_page(demonstration, "regions", indicator=VIOLENCE, period="year ending December 2024")
    regions = [line for line in latest.itertuples() if line.area_code in residents.index]
    assert len(regions) == 9
    for line in regions:
        rate = f"{line.offences / residents[line.area_code] * 100_000:,.1f} per 100,000 residents"
        assert row(app, line.area_name, 5)[1].startswith(rate), line.area_name

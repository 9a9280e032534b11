"""The Compare page: which places differ from England, by more than what, and what is missing."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data.catalogue import Catalogue
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, row, said
from tests.app.test_pages import at, some_of_every_measure

VIOLENCE = "violence_with_injury"
NORTH_WEST, NORFOLK, LONDON = "E12000002", "E23000024", "E12000007"


def answer(app: AppTest) -> str:
    """The sentence at the top."""
    (text,) = [element.proto.body for element in app.get("html") if 'class="answer"' in element.proto.body]
    return text.removeprefix('<p class="answer">').removesuffix("</p>")


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.subheader]


def pictures(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_the_page_answers_on_real_figures(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE)
    assert faults(app) == [] and app.title[0].value == "Compare"
    assert answer(app) == (
        "Violence with injury, year ending June 2025: 33 of 38 areas differ from England by more than counting noise, "
        "none by more than areas usually vary."
    )
    assert headings(app) == ["On the map", "Side by side", "By size", "Inside each region", "Over time"]
    assert pictures(app) == 4 + 9
    assert "England: 839.8 per 100,000 residents, the sum of 39 of 39 areas. 38 of 39 areas have a figure." in said(app)
    assert "City of London (rate not given: small resident population)" in said(app)
    assert "does not show that the consensus caused it" in said(app)


def test_another_period_gives_another_answer(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE, period="year ending December 2024")
    assert answer(app).startswith("Violence with injury, year ending December 2024: 34 of 38 areas differ")
    assert row(app, "Norfolk", 6)[1].startswith("844.5 per 100,000 residents (826.0 to 863.4)")


def test_the_table_leads_to_every_area_and_says_each_word(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="robbery")
    assert "1 (Metropolitan Police, higher) by more than areas usually vary." in answer(app)
    metropolitan = row(app, "Metropolitan Police", 6)
    assert metropolitan[2].startswith("▼ worse than England")
    assert metropolitan[3:5] == ["△ above England, beyond 99.8 %", "◆ higher than areas usually vary"]
    assert html(app).links["Metropolitan Police"] == "area?area=Metropolitan+Police&indicator=Robbery"
    first = [line[0] for line in html(app).rows if len(line) == 6]
    assert first[0] == "Area" and first[1] == "Metropolitan Police" and first[39] == "City of London"


def test_a_missing_area_is_a_gap_and_never_a_fall(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE, area=NORTH_WEST, period="year ending December 2019")
    assert "4 of 4 areas of the North West region differ" in answer(app)
    assert "the sum of 38 of 39 areas" in said(app) and "No figure: Greater Manchester (not available)." in said(app)
    assert row(app, "Greater Manchester", 6)[1] == "▨ no figure"
    assert "A gap is a period without a figure, never a fall: Greater Manchester (2 of 11)." in said(app)
    assert row(app, "Greater Manchester", 4)[3] == "2 of 11"


def test_regions_are_compared_with_regions(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE, places="Regions", period="year ending December 2019")
    assert "9 of 9 regions differ from England" in answer(app) and faults(app) == []
    assert headings(app) == ["Side by side", "By size", "Over time"] and pictures(app) == 3
    north_west = row(app, "North West", 6)
    assert "sum of 4 of 5 areas" in north_west[5]
    assert not any(line[0] in ("Norfolk", "England") for line in html(app).rows)


def test_the_chosen_area_has_a_sentence_of_its_own(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE, area=NORFOLK)
    assert "Norfolk: 829.5 per 100,000 residents" in said(app) and "within usual variation." in said(app)
    assert "33 of 38 areas differ" in answer(app)


def test_a_count_is_shown_and_not_judged(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="people_contributing_evidence")
    assert answer(app).endswith("areas have a figure, and none can be compared with England.")
    assert "A count of an area is not compared with England’s total" in said(app)
    assert headings(app) == ["On the map", "By size", "Over time"] and faults(app) == []
    assert "there is no funnel" in said(app)


def test_a_mean_has_words_and_no_funnel(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="handover_wait_hours")
    assert "differ from England by more than counting noise." in answer(app)
    assert "usual variation between areas is not worked out" in said(app)
    assert headings(app)[:2] == ["On the map", "Side by side"]


def test_counts_that_do_not_add_up_have_no_england(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="data_sharing_agreements_in_force")
    assert "no figure of England to compare with: the indicator's counts do not add up across areas." in said(app)
    assert "Side by side" not in headings(app)


def test_a_period_without_rates_says_why(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="knife_offences", period="2021/22")
    assert "no area has a figure that can be shown" in answer(app) and faults(app) == []
    assert "no mid-year population estimate" in said(app)


@pytest.mark.parametrize(
    ("indicator", "newest", "usual"),
    [
        ("knife_offences", "2021/22", "2019/20"),
        ("shared_community_sites", "2025/26", "2024/25"),
    ],
)
def test_the_usual_period_is_the_newest_that_has_a_figure(
    demonstration: AppTest, indicator: str, newest: str, usual: str
) -> None:
    app = open_page(demonstration, "compare", indicator=indicator)
    box = app.selectbox(key="period")
    assert (box.options[0], box.value) == (newest, usual) and f", {usual}: " in answer(app)
    assert "period=" not in html(app).links["Address of exactly this view, to send to a colleague"]
    app = box.set_value(newest).run()
    assert f", {newest}: " in answer(app) and not app.warning and faults(app) == []


def test_what_is_usual_follows_the_indicator(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator="shared_community_sites")
    app = at(app, indicator="jointly_commissioned_prevention")
    assert app.selectbox(key="period").value == app.selectbox(key="period").options[0]
    app.selectbox(key="period").set_value("2023/24").run()
    app = at(app, indicator="knife_offences")
    assert app.selectbox(key="period").value == "2019/20" and not app.warning


@pytest.mark.parametrize("area", ["E92000001", LONDON, "E23000034"])
@pytest.mark.parametrize("places", ["Areas", "Regions"])
def test_the_page_is_whole_for_indicators_of_every_measure(
    demonstration: AppTest, catalogue: Catalogue, area: str, places: str
) -> None:
    app = open_page(demonstration, "compare", area=area, places=places)
    for key in some_of_every_measure(catalogue, most=2):
        assert faults(at(app, indicator=key)) == [], key
        assert "Over time" in headings(app) and not app.warning, key


def alternatives(app: AppTest) -> Iterator[str]:
    """What each chart says to those who do not see it."""
    yield from (chart.proto.alt for chart in app.get("plotly_chart"))


def test_every_chart_says_what_it_shows(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE)
    told = list(alternatives(app))
    assert len(set(told)) == len(told) == 13 and all(len(text) > 60 for text in told)
    assert any(text.startswith("Violence with injury over time, London: 1 lower. Latest: ") for text in told)


@pytest.mark.parametrize("places", ["<b>Areas</b>", "regions' OR 1=1 --", "x" * 5000])
@pytest.mark.usefixtures("demonstration")
def test_an_address_that_asks_for_neither_is_told(new_window: Window, places: str) -> None:
    app = open_page(new_window(), "compare", places=places)
    assert [warning.value for warning in app.warning] == [
        "The address asks to compare what is neither Areas nor Regions, so areas are shown."
    ]
    assert faults(app) == [] and app.radio(key="places").value == "Areas"


def test_the_address_keeps_what_the_page_asks(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE, places="Regions", period="year ending December 2024")
    link = html(app).links["Address of exactly this view, to send to a colleague"]
    assert "places=Regions" in link and "period=year+ending+December+2024" in link and f"indicator={VIOLENCE}" in link


def test_each_picture_has_a_table_to_take_away(demonstration: AppTest) -> None:
    app = open_page(demonstration, "compare", indicator=VIOLENCE)
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["Download CSV"] * 5
    assert len([box for box in app.expander if box.label == "Table, CSV and method"]) == 5

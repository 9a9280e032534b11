"""An area beside the areas most like it, on a page of its own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import similar
from data.catalogue import load
from data.catalogue.similar import load_similar
from tests.app.reading import html, said
from tests.unit.data.test_similar import changed, folder

PAGE = """
from components import controls, session, similar
with session.told_plainly(), session.one_cursor():
    similar.show(controls.show(("area", "indicator", "version")))
"""


def page(_: AppTest, **address: str) -> AppTest:
    """The section on the demonstration workspace, for the view that an address names."""
    app = AppTest.from_string(PAGE, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app = app.run()
    assert not app.error and not app.exception
    return app


def table(app: AppTest, cells: int) -> list[list[str]]:
    return [cells_of for cells_of in html(app).rows if len(cells_of) == cells][1:]


def test_five_areas_stand_beside_the_area_with_their_characteristics(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000024", indicator="violence_with_injury")
    found = table(app, 7)
    assert [line[0] for line in found] == [
        "Norfolk this area", "Lincolnshire", "Suffolk", "West Mercia", "Derbyshire", "Staffordshire",
    ]  # fmt: skip
    # 931,900 residents on 5,383.6 square kilometres; 870,100 in mid-2013.
    assert found[0][1:] == ["", "931,900", "173", "21.1", "7.1", "7"]
    distances = [float(line[1]) for line in found[1:]]
    assert distances == sorted(distances) and distances[0] > 0
    assert "City of London is left out: small resident population." in said(app)


def test_the_latest_figures_are_compared_with_each_similar_area(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000024", indicator="violence_with_injury")
    words = {line[0]: (line[2], line[3]) for line in table(app, 5)}
    assert words["Norfolk (this area)"] == ("▬ similar to England", "")
    assert words["Suffolk"] == ("▽ lower than England", "higher than")
    assert words["Derbyshire"] == ("△ higher than England", "lower than")
    assert "Norfolk is higher than 2, lower than 2 and not clearly different from 1 of 5 similar areas." in said(app)


def test_weights_and_sources_are_stated(demonstration: AppTest) -> None:
    text = said(page(demonstration, area="E23000024"))
    assert (
        "Weights: residents 1 (log), density 1 (log), deprivation 1, growth 0.5 and local authorities 0.5 (log)" in text
    )
    assert "ONS Standard Area Measurements, December 2023" in text
    assert "Density (weight 1): Town and country differ" in text


def test_characteristics_are_said_to_be_todays(demonstration: AppTest) -> None:
    text = said(page(demonstration, area="E23000024", version="Version 13, as of 23 October 2025"))
    assert "The characteristics are today’s, whichever data version is shown." in text


def test_growth_is_between_the_reviewed_mid_years(
    own_demonstration: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = changed(folder(tmp_path / "files"), "earlier = 2013", "earlier = 2018")
    known = load_similar(load(), changed(files, "2013 to 2023", "2018 to 2023"))
    monkeypatch.setattr(similar, "reviewed", lambda: known)
    people = load().populations.query("area_code == 'E23000024'").set_index("mid_year")["population"]
    (own, *_) = table(page(own_demonstration, area="E23000024"), 7)
    assert own[5] == f"{(people[2023] / people[2018] - 1) * 100:.1f}" != "7.1"


def test_links_lead_to_the_similar_areas_with_this_view(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000024", indicator="knife_offences")
    assert html(app).links["Suffolk"] == "area?area=Suffolk&indicator=Knife+offences"


def test_city_of_london_is_like_no_other_area(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000034")
    assert "City of London has so few residents" in said(app) and not html(app).rows
    other = page(demonstration, area="E23000001")
    assert "City of London" not in {line[0] for line in table(other, 7)}
    assert "5 of them are more than one standard deviation away, so not very alike." in said(other)


@pytest.mark.parametrize("place", ["E92000001", "E12000006"])
def test_regions_and_england_have_no_similar_areas(demonstration: AppTest, place: str) -> None:
    assert not html(page(demonstration, area=place)).rows


def test_counts_are_not_compared_between_areas_of_different_size(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000001", indicator="people_contributing_evidence")
    assert {line[3] for line in table(app, 5)} == {""}


def test_an_area_that_did_not_report_is_named(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000024", indicator="data_sharing_agreements_in_force")
    reasons = {line[0]: line[4] for line in table(app, 5)}
    assert reasons["Norfolk (this area)"] == "" and "not reported" in reasons.values()
    assert "Without a figure: " in said(app)


def test_no_figure_at_all_is_told(demonstration: AppTest) -> None:
    app = page(demonstration, area="E23000001", indicator="evaluations_to_shared_standard")
    assert "neither Metropolitan Police nor the areas like it have a figure" in said(app)
    assert len(table(app, 7)) == 6


GROUP = """
[[group]]
area = "E23000024"
neighbours = ["E23000001", "E23000035"]
decided_by = "Steering group"
decided_on = 2026-10-31
why = "We work with these areas already."
"""


def test_a_group_that_people_chose_wins_and_says_so(
    own_demonstration: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load_similar(load(), changed(folder(tmp_path / "files"), add=GROUP))
    monkeypatch.setattr(similar, "reviewed", lambda: known)
    app = page(own_demonstration, area="E23000024")
    assert {line[0] for line in table(app, 7)[1:]} == {"Metropolitan Police", "Devon and Cornwall"}
    assert "chosen by Steering group on 31 October 2026 instead of the nearest: We work with these areas" in said(app)
    assert table(page(own_demonstration, area="E23000025"), 7)[1][0] == "Norfolk"

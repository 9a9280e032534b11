"""The Over time page: the answer, the chart with its marks, a control chart that can be re-based, and revisions."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.words import NOISE
from components import charts as downloads
from components import revising, session
from components.caveats import SMALL_POPULATION
from data import queries, rebases, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, row, said

NORFOLK, THAMES_VALLEY, WEST_MIDLANDS = "E23000024", "E23000029", "E23000014"
GREATER_MANCHESTER, NORTH_WEST, ENGLAND, CITY = "E23000005", "E12000002", "E92000001", "E23000034"
TRAINED, WAITS, FELT_HEARD = "staff_jointly_trained", "handover_wait_hours", "people_who_felt_heard"
CANNOT = "a recent trend cannot be calculated (a value is missing in 2020/21 and 2021/22)"
INSTEAD = "between the two newest years with a figure"
CHANGE_LIMITS = "The change since July 2025 and the figure’s own limits rest on 95 % limits for counting noise."
REASON = "Classroom days were replaced by a course at one's desk"


def over_time(app: AppTest, area: str, indicator: str, **more: str) -> AppTest:
    app = open_page(app, "over_time", area=area, indicator=indicator, **more)
    assert faults(app) == []
    return app


def answer(app: AppTest) -> str:
    """The sentence at the top."""
    bodies = [element.proto.body for element in app.get("html")]
    (found,) = [body for body in bodies if 'class="answer"' in body]
    return found.partition(">")[2].removesuffix("</p>")


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def trace(chart: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [line for line in chart["data"] if line.get("name") == name]
    return found


def hovers(chart: dict[str, Any], name: str) -> list[str]:
    return list(trace(chart, name)["text"])


def marks(chart: dict[str, Any]) -> list[str]:
    return [note["text"].strip() for note in chart["layout"].get("annotations", [])]


@pytest.mark.parametrize(
    ("area", "indicator", "begins"),
    [
        (THAMES_VALLEY, TRAINED, "Staff trained together, Thames Valley: yes, by more than chance: the latest figure"),
        (ENGLAND, WAITS, "Hours waited at handover from police to health care, England: no, not by more than chance"),
        (NORFOLK, "jointly_commissioned_prevention", "Preventive services commissioned jointly, Norfolk: no, not by"),
        (NORFOLK, "knife_offences", f"Knife offences, Norfolk: {CANNOT}; {INSTEAD}: no clear change, +6.9"),
        (NORTH_WEST, "homicide", "Homicide, North West region: no, not by more than chance: no clear change, −0.1"),
        (ENGLAND, "people_contributing_evidence", "People who contributed evidence, England: whether it moved by"),
    ],
)
def test_the_answer_stands_at_the_top(demonstration: AppTest, area: str, indicator: str, begins: str) -> None:
    assert answer(over_time(demonstration, area, indicator)).startswith(begins)


def test_a_place_without_figures_says_so(demonstration: AppTest, catalogue: Catalogue) -> None:
    app = over_time(demonstration, NORFOLK, "services_with_shared_outcome_measure")
    assert "has not reported" in answer(app)
    assert "Go to Upload" in [link.label for link in app.get("page_link")]


def test_england_stands_beside_a_rate_and_never_beside_a_count(demonstration: AppTest) -> None:
    rates, *_ = charts(over_time(demonstration, NORFOLK, "knife_offences"))
    assert trace(rates, "England") and trace(rates, "Norfolk")
    counts, *_ = charts(over_time(demonstration, NORFOLK, "people_contributing_evidence"))
    assert "England" not in [line.get("name") for line in counts["data"]]
    england, *_ = charts(over_time(demonstration, ENGLAND, "knife_offences"))
    assert [line.get("name") for line in england["data"]].count("England") == 1


def test_baseline_and_events_are_marked_and_told(demonstration: AppTest) -> None:
    app = over_time(demonstration, GREATER_MANCHESTER, "violence_with_injury")
    assert marks(charts(app)[0]) == ["baseline", "<b>1</b>", "<b>2</b>", "<b>3</b>", "<b>4</b>"]
    assert row(app, "2", 4)[1] == "July 2019" and "changed its IT system" in row(app, "2", 4)[2]
    elsewhere = over_time(demonstration, NORFOLK, "violence_with_injury")
    assert marks(charts(elsewhere)[0]) == ["baseline", "<b>1</b>", "<b>2</b>", "<b>3</b>"]
    assert "IT system" not in said(elsewhere)


def test_an_invented_event_is_marked_in_its_own_place_only(demonstration: AppTest) -> None:
    assert "Joint training moved online" in said(over_time(demonstration, THAMES_VALLEY, TRAINED))
    assert "Joint training moved online" not in said(over_time(demonstration, NORFOLK, TRAINED))


def test_invented_events_are_of_the_demonstration_only(empty: AppTest, tmp_path: Path, catalogue: Catalogue) -> None:
    lines = [f"{THAMES_VALLEY},{TRAINED},{year} Q{quarter},60,100" for year, quarter in quarters()]
    store_file(tmp_path, catalogue, ["area_code,indicator,period,numerator,denominator", *lines])
    app = over_time(empty, THAMES_VALLEY, TRAINED)
    assert "Consensus renewed" in said(app) and "Joint training moved online" not in said(app)


def quarters() -> list[tuple[str, int]]:
    return [(year, quarter) for year in ("2023/24", "2024/25", "2025/26") for quarter in (1, 2, 3, 4)]


def store_file(folder: Path, catalogue: Catalogue, lines: list[str]) -> None:
    """A file confirmed before the page is opened."""
    with open_workspace(Settings(database=str(folder / "consensus.duckdb"), start="empty"), catalogue) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, "\n".join(lines).encode(), "figures.csv")
        assert prepared.confirmable, prepared.screening.findings
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())


def test_a_missing_greater_manchester_is_a_gap_and_38_of_39_areas_never_a_fall(demonstration: AppTest) -> None:
    own, *_ = charts(over_time(demonstration, GREATER_MANCHESTER, "violence_with_injury"))
    assert missing(own, "Greater Manchester") == ["year ending September 2019", "year ending December 2019"]
    app = over_time(demonstration, ENGLAND, "violence_with_injury")
    assert hovers(charts(app)[0], "sum of fewer areas")[0].endswith("38 of 39 areas")
    assert "year ending September 2019 on 38 of 39 areas" in said(app) and "a gap, not a fall" in said(app)


def missing(chart: dict[str, Any], name: str) -> list[str]:
    """The periods of a line that have no figure, without what lies between them."""
    line = trace(chart, name)
    labels = [text.partition(":")[0] for text in line["text"]]
    values = decoded(line["y"])
    return [label for label, value in zip(labels, values, strict=True) if pd.isna(value) and "between" not in label]


def decoded(values: Any) -> list[float | None]:
    """The numbers of a trace, which Plotly writes as a list or as bytes."""
    if isinstance(values, dict):
        return list(np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]))
    return list(values)


def test_a_region_without_its_largest_area_is_not_joined_to_its_line(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORTH_WEST, "violence_with_injury")
    chart = charts(app)[0]
    without = ["year ending September 2019", "year ending December 2019"]
    assert missing(chart, "North West region") == without
    assert [text.partition(":")[0] for text in hovers(chart, "sum of fewer areas")] == without
    table = [line for line in html(app).rows if line[0].startswith("year ending") and len(line) == 5]
    assert all(line[4] == "5 of 5 areas" for line in table) and len(table) == 3


def test_a_sum_is_compared_over_the_areas_that_have_both_years(demonstration: AppTest) -> None:
    app = over_time(demonstration, ENGLAND, "violence_with_injury")
    table = {line[1]: line for line in html(app).rows if line[0].startswith("year ending") and len(line) == 5}
    assert table["year ending June 2025"][4] == "39 of 39 areas"
    assert table["year ending December 2023"][0] == "year ending December 2019"
    assert table["year ending December 2023"][4] == "38 of 39 areas"


def test_rolling_years_carry_neither_trend_nor_control_chart_and_the_page_says_why(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "robbery")
    assert "no trend and no control chart" in said(app) and len(charts(app)) == 1
    assert not [line for line in html(app).rows if line[0].startswith("Recent trend")]
    assert "from year ending December 2023 to year ending June 2025, which share no month" in answer(app)


def test_yearly_figures_have_a_recent_trend(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "jointly_commissioned_prevention")
    found = row(app, "▬ no significant change", 4)
    assert "chi-squared 2.5, not more than 9.5495" in found[0] and found[1].endswith("2021/22")
    assert found[2].endswith("2025/26") and found[3] == "5" and len(charts(app)) == 1


def test_city_of_london_has_its_counts_and_no_empty_chart(demonstration: AppTest) -> None:
    app = over_time(demonstration, CITY, "violence_with_injury")
    assert charts(app) == [] and SMALL_POPULATION in said(app)
    assert "count 447" in row(app, "year ending June 2025", 6)[1]


def test_a_share_of_city_of_london_needs_no_residents(demonstration: AppTest) -> None:
    app = over_time(demonstration, CITY, "actions_done_on_time")
    assert "Latest: 75.0 %" in said(app) and SMALL_POPULATION not in said(app)
    assert SMALL_POPULATION not in said(over_time(demonstration, NORFOLK, "violence_with_injury"))


@pytest.mark.parametrize(
    ("indicator", "own", "told"),
    [
        (TRAINED, "The answer rests on the control chart’s own limits", CHANGE_LIMITS),
        ("robbery", "The answer rests on 95 % limits of the change", NOISE),
        ("knife_offences", "The answer rests on a test at 99.8 %", NOISE),
    ],
)
def test_what_the_words_rest_on_is_said_once(demonstration: AppTest, indicator: str, own: str, told: str) -> None:
    words = said(over_time(demonstration, THAMES_VALLEY, indicator))
    assert own in words and told in words and (NOISE in words) == (told == NOISE)


def test_a_target_is_told_with_its_progress_and_drawn(demonstration: AppTest) -> None:
    app = over_time(demonstration, WEST_MIDLANDS, WAITS)
    found = row(app, "4.0 hours by 31 December 2026", 8)
    assert found[1:5] == ["▼ moving away", "−59 %", "82 %", "−0.72"]
    assert "Invented for demonstration. Agreed with the hospitals" in found[7]
    trend, control = charts(app)
    assert decoded(trace(trend, "target 4.0 hours by 31 December 2026")["y"])[-1] == 4
    assert "target 4.0 hours" in marks(control) and "missed as a matter of course" in said(app)


def test_a_target_for_every_area_is_each_areas_own_and_no_target_of_a_sum(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "s136_health_based_place")
    assert row(app, "85.0 % by 31 March 2027", 8)[1] == "▲ achieved"
    england = over_time(demonstration, ENGLAND, "s136_health_based_place")
    assert "not a target for their sum" in said(england)
    assert not [line for line in charts(england)[0]["data"] if str(line.get("name")).startswith("target")]


def test_no_target_is_said_plainly_and_none_is_drawn(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "robbery")
    assert "No agreed target. The consensus sets none, and this dashboard never invents one." in said(app)
    assert not [line for line in charts(app)[0]["data"] if str(line.get("name")).startswith("target")]


def test_a_figure_stands_in_two_editions(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "knife_offences")
    (revised,) = [line[1:] for line in html(app).rows if line[0] == "2017/18" and "count 220" in line[1]]
    assert revised == [
        "24.7 per 100,000 residents (21.5 to 28.2), count 220",
        "69.1 per 100,000 residents (63.7 to 74.8), count 616",
        "+44.4 count +396",
        "year ending September 2019",
        "year ending December 2024",
    ]
    assert "9 of 12 figures were revised" in said(app)
    hollow = hovers(charts(app)[0], "before it was revised")
    assert "2017/18: 24.7 per 100,000 residents, year ending September 2019" in hollow
    assert row(app, "year ending September 2019", 5)[2:] == ["on 23 January 2020 by Demonstration", "9", "9"]


def test_only_periods_that_were_revised_are_worked_out_again(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, worked_out = [], []
    revisions, figures = queries.revisions, revising.figures
    monkeypatch.setattr(queries, "revisions", lambda *given: asked.append(given) or revisions(*given))

    def noted(*given: object, **only: object) -> pd.DataFrame:
        worked_out.append(figures(*given, **only))
        return worked_out[-1]

    monkeypatch.setattr(revising, "figures", noted)
    app = over_time(own_demonstration, NORFOLK, "knife_offences")
    assert "9 of 12 figures were revised" in said(app) and len(asked) == 1
    (rows,) = worked_out
    assert rows["period_end"].nunique() == 9


def test_an_earlier_version_knows_of_no_later_edition(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORFOLK, "knife_offences", version="11")
    assert "No figure that can be shown in both editions was revised." in said(app)
    assert "before it was revised" not in [line.get("name") for line in charts(app)[0]["data"]]


def test_a_sum_is_revised_only_where_it_holds_as_many_areas(demonstration: AppTest) -> None:
    app = over_time(demonstration, NORTH_WEST, "knife_offences")
    revised = {line[0] for line in html(app).rows if len(line) == 6 and line[4] == "year ending September 2019"}
    assert "2016/17" in revised and not revised & {"2017/18", "2018/19"}


def test_a_figure_that_is_hidden_now_is_not_told_as_it_was(
    own_demonstration: AppTest, tmp_path: Path, catalogue: Catalogue
) -> None:
    """A count of 40 that is corrected to 4 must not let anybody see either."""
    heading = "area_code,indicator,period,numerator,denominator"
    with open_workspace(Settings(database=str(tmp_path / "consensus.duckdb")), catalogue) as connection:
        for count in (40, 4):
            content = f"{heading}\n{NORFOLK},{FELT_HEARD},2025/26 Q4,{count},90".encode()
            prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, f"{count}.csv")
            confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    app = over_time(own_demonstration, NORFOLK, FELT_HEARD)
    assert "hidden so that no person can be recognised" in row(app, "January to March 2026", 6)[4]
    assert "No figure that can be shown in both editions was revised." in said(app)
    assert not [line for line in html(app).rows if line[0] == "January to March 2026" and "count" in " ".join(line[1:])]


def test_small_counts_of_earlier_versions_are_in_no_download(
    demonstration: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, pd.DataFrame] = {}
    monkeypatch.setattr(downloads, "download", lambda data, view, key, method="": kept.update({key: data}))
    over_time(demonstration, NORFOLK, "s136_health_based_place")
    assert len(kept) >= 3 and not any("smallest_before" in data or "hidden_before" in data for data in kept.values())


def start(app: AppTest, end: str, reason: str, area: str = THAMES_VALLEY) -> AppTest:
    """Fill in the form and press its button."""
    app.selectbox(key=f"rebase_period_{area}_{TRAINED}").set_value(pd.Timestamp(end))
    app.text_area(key=f"rebase_reason_{area}_{TRAINED}").set_value(reason)
    return app.button(key=f"rebase_{area}_{TRAINED}").click().run()


def test_a_chart_is_rebased_with_a_reason_and_set_back(own_demonstration: AppTest, tmp_path: Path) -> None:
    app = over_time(own_demonstration, THAMES_VALLEY, TRAINED)
    assert "Nobody has had this chart start a new calculation." in said(app)
    app = start(app, "2025-12-31", REASON)
    assert faults(app) == [] and "A new calculation starts with October to December 2025." in said(app)
    made = row(app, "October to December 2025", 4)
    assert made[1] == REASON and made[2].endswith("by Local administrator") and made[3] == "in the chart"
    means = [line for line in charts(app)[1]["data"] if line.get("name") == "mean"]
    assert len(means) == 2 and "The limits are provisional: the calculation from October to December 2025" in said(app)
    assert "Data version 18" in said(app)
    assert "chance since the new calculation that starts with October to December 2025: the latest" in answer(app)

    identifier = app.selectbox(key=f"rebase_end_{THAMES_VALLEY}_{TRAINED}").options
    assert len(identifier) == 1
    app.selectbox(key=f"rebase_end_{THAMES_VALLEY}_{TRAINED}").select_index(0).run()
    app.text_area(key=f"rebase_end_reason_{THAMES_VALLEY}_{TRAINED}").set_value("It was not a new way of training")
    app = app.button(key=f"rebase_end_button_{THAMES_VALLEY}_{TRAINED}").click().run()
    ended = row(app, "October to December 2025", 4)[3]
    assert ended.startswith("ended") and ended.endswith("It was not a new way of training")
    assert len([line for line in charts(app)[1]["data"] if line.get("name") == "mean"]) == 1


@pytest.mark.parametrize(
    ("reason", "told"),
    [("", "a reason is needed"), ("moved", "too short"), ("Ask ada@example.org in July", "personal data")],
)
def test_a_reason_that_will_not_do_is_told_and_nothing_changes(demonstration: AppTest, reason: str, told: str) -> None:
    app = start(over_time(demonstration, THAMES_VALLEY, TRAINED), "2025-12-31", reason)
    assert [told in error.value for error in app.error] == [True]
    assert "Nobody has had this chart start a new calculation." in said(app)


def test_without_a_period_the_form_asks_for_one(demonstration: AppTest) -> None:
    app = over_time(demonstration, THAMES_VALLEY, TRAINED)
    app.text_area(key=f"rebase_reason_{THAMES_VALLEY}_{TRAINED}").set_value(REASON)
    app = app.button(key=f"rebase_{THAMES_VALLEY}_{TRAINED}").click().run()
    assert [warning.value for warning in app.warning] == ["Choose the period with which the new calculation starts."]


def test_the_first_period_is_not_offered_nor_one_that_was_chosen(own_demonstration: AppTest) -> None:
    app = over_time(own_demonstration, THAMES_VALLEY, TRAINED)
    offered = app.selectbox(key=f"rebase_period_{THAMES_VALLEY}_{TRAINED}").options
    assert "April to June 2023" not in offered and offered[0] == "July to September 2026"
    app = start(app, "2025-12-31", REASON)
    assert "October to December 2025" not in app.selectbox(key=f"rebase_period_{THAMES_VALLEY}_{TRAINED}").options


def test_an_earlier_version_can_be_looked_at_and_not_rebased(demonstration: AppTest) -> None:
    app = over_time(demonstration, THAMES_VALLEY, TRAINED, version="17")
    assert "Choose the newest to change its chart" in said(app) and not app.text_area


def test_who_may_not_rebase_sees_who_did(
    own_demonstration: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.connect(str(tmp_path / "consensus.duckdb")) as connection:
        end = pd.Timestamp("2025-12-31").date()
        rebases.begin(connection, LOCAL_ADMINISTRATOR, TRAINED, THAMES_VALLEY, end, REASON, Moment.now())
        assert queries.current(connection)["version"] == 18
    monkeypatch.setattr(session, "actor", lambda: Actor("Vic Viewer", "viewer"))
    app = over_time(own_demonstration, THAMES_VALLEY, TRAINED)
    assert row(app, "October to December 2025", 4)[1] == REASON and not app.text_area
    assert "Only those who report for this area" in said(app)


HOSTILE = "<img src=x onerror=alert(1)> **bold** [here](https://example.org) =cmd|' /C calc'!A0"


def test_a_reason_is_text_and_nothing_else(own_demonstration: AppTest) -> None:
    app = start(over_time(own_demonstration, THAMES_VALLEY, TRAINED), "2025-12-31", HOSTILE)
    assert faults(app) == [] and row(app, "October to December 2025", 4)[1] == HOSTILE


@pytest.mark.usefixtures("demonstration")
def test_the_address_carries_the_view(new_window: Window) -> None:
    app = over_time(new_window(), NORFOLK, "knife_offences", version="11")
    sent = html(app).links["Address of exactly this view, to send to a colleague"]
    assert all(part in sent for part in ("area=E23000024", "indicator=knife_offences", "version=11"))


@pytest.mark.parametrize("area", [ENGLAND, NORTH_WEST, NORFOLK])
def test_every_indicator_is_answered_in_one_sentence(demonstration: AppTest, catalogue: Catalogue, area: str) -> None:
    app = open_page(demonstration, "over_time", area=area)
    for key, item in catalogue.indicators.items():
        app.selectbox(key="indicator").set_value(key).run()
        assert faults(app) == [], key
        assert item.name in answer(app) and answer(app).endswith("."), key

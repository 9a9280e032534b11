"""Targets and definitions: what stands and where, who may set, change and end a target, and agree an indicator."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data.actor import Actor
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, row, said

CRISIS, ROBBERY, VIOLENCE = "s136_health_based_place", "robbery", "violence_with_injury"
NORFOLK, KENT = "E23000024", "E23000032"
GROUP, REASON = "Area partnership board, November 2026", "Half of the <b>services</b> are there *already*"
NO_ONE = {"evaluator": Actor("Eve", "evaluator"), "contributor": Actor("Kim", "contributor", frozenset({KENT}))}


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def fill(app: AppTest, begins: str, key: str, **values: Any) -> AppTest:
    """Fill fields of a form, named by what their keys begin with."""
    kinds = {"value": app.number_input, "due": app.date_input, "who": app.text_input, "why": app.text_area}
    for name, value in values.items():
        kinds[name](key=f"{begins}{name}_{key}").set_value(value)
    return app.run()


def only(app: AppTest, kind: str, begins: str) -> str:
    """The key of the one widget of a kind whose key begins so."""
    (found,) = (element.key for element in app.get(kind) if (element.key or "").startswith(begins))
    return str(found)


def test_every_target_stands_with_who_why_and_from_when(demonstration: AppTest) -> None:
    app = open_page(demonstration, "targets", indicator=CRISIS, area=NORFOLK)
    assert faults(app) == []
    answer, here = html(app).texts[:2]
    assert answer.startswith("4 targets stand, 2 of them for every area. Counted place by place that is 80: 16 ")
    assert here.startswith("Norfolk: 3 of these 80: ")
    waits = row(app, "Hours waited at handover", 6)
    assert waits[1:4] == [
        "West Midlands",
        "4.0 hours by 31 December 2026",
        "▼ moving away −59 % of the way in 82 % of the time",
    ]
    assert waits[4].startswith("Area partnership board, June 2026 (invented) Agreed with the hospitals")
    assert waits[5] == "version 18 31 October 2026" and waits[0].endswith("invented for demonstration")
    every = row(app, "Detentions under section 136", 6)
    assert every[1] == "every area" and every[3].startswith(
        "9 achieved, 3 on track, 2 behind, 11 well behind, 5 moving"
    )
    assert "9 of 32 areas with a figure have achieved it" in app.get("plotly_chart")[0].proto.spec
    assert row(app, "Norfolk", 6)[1:4] == ["▲ achieved", "163 %", "72 %"]
    assert "No target has been changed or ended yet." in html(app).texts
    assert "None of " in said(app) and "is agreed as a shared measure" in said(app)


def test_an_indicator_that_nobody_judges_may_have_none(demonstration: AppTest) -> None:
    app = open_page(demonstration, "targets", indicator=VIOLENCE, area=NORFOLK)
    assert "may have no target: nobody can say whether more of it or less is better" in said(app)
    assert not [button.key for button in app.button if button.key.startswith("target_set")]


def test_target_is_set_changed_and_ended_and_every_version_keeps_its_own(
    own_demonstration: AppTest, new_window: Window
) -> None:
    app = open_page(own_demonstration, "targets", indicator=ROBBERY, area=NORFOLK)
    key = f"{NORFOLK}_{ROBBERY}"
    app = press(app, f"target_set_{key}")
    assert [warning.value for warning in app.warning] == ["Give the value and the day by which it is to be reached."]
    app = fill(app, "target_", key, value=5000.0)
    assert "on the wrong side of the baseline in Norfolk" in app.warning[0].value
    app = fill(app, "target_", key, value=20.0, due=date(2028, 3, 31), who=GROUP, why="because")
    assert not app.warning
    app = press(app, f"target_set_{key}")
    assert "is too short to understand later" in app.error[0].value
    app = press(fill(app, "target_", key, why=REASON), f"target_set_{key}")
    assert faults(app) == [] and app.success[0].value == "The target stands from data version 19 on."
    made = row(app, "Robbery", 6)
    assert made[1:3] == ["Norfolk", "20.0 per 100,000 residents by 31 March 2028"]
    assert made[4] == f"{GROUP} {REASON}" and "set by Local administrator" in made[5]

    app = fill(app, "target_new_", only(app, "number_input", "target_new_value_").removeprefix("target_new_value_"),
               value=15.0, why="The first one was reached by most")  # fmt: skip
    app = press(app, only(app, "button", "target_change_"))
    assert app.success[0].value == "The changed target stands from data version 20 on."
    assert row(app, "Robbery", 6)[2].startswith("15.0 per")
    former = next(line for line in html(app).rows if line[0] == "Robbery" and "versions 19 to 19" in line[4])
    assert former[5] == "Local administrator Changed: The first one was reached by most"

    key = only(app, "number_input", "target_new_value_").removeprefix("target_new_value_")
    app = press(fill(app, "target_new_", key, why="The group dropped it"), f"target_end_{key}")
    assert app.success[0].value == "The target stands no longer, from data version 21 on."
    assert [line[4] for line in html(app).rows if line[0] == "Robbery"] == ["versions 20 to 20", "versions 19 to 19"]
    then = open_page(new_window(), "targets", version="19", indicator=ROBBERY, area=NORFOLK)
    assert row(then, "Robbery", 6)[2].startswith("20.0 per") and "No target has been changed" in said(then)
    assert "You are looking at an earlier data version. Choose the newest to set" in said(then)


def test_indicator_is_agreed_here_and_counts_so_on_other_pages(own_demonstration: AppTest, new_window: Window) -> None:
    app = open_page(own_demonstration, "targets", indicator=CRISIS)
    app.text_input(key=f"agree_who_{CRISIS}").set_value(GROUP)
    app.text_area(key=f"agree_why_{CRISIS}").set_value(REASON)
    app = press(app, f"agree_{CRISIS}")
    assert faults(app) == [] and app.success[0].value == "The indicator counts as agreed from data version 19 on."
    assert row(app, "Detentions under section 136", 4)[1:3] == ["● agreed", f"{GROUP} {REASON}"]
    assert any(heading.value.endswith("higher is better, agreed") for heading in app.subheader)
    methods = open_page(app, "methods")
    assert row(methods, "Status", 2)[1].startswith("agreed, reviewed by") and "1 of " in said(methods)
    assert row(methods, "Detentions under section 136", 7)[5] == "agreed"
    changed = open_page(new_window(), "what_changed", since="18")
    assert "1 indicator agreed" in said(changed)
    assert row(changed, "Status: Detentions", 5)[1:4] == ["everywhere", "proposed", "agreed"]
    earlier = open_page(new_window(), "methods", version="18", indicator=CRISIS)
    assert row(earlier, "Status", 2)[1].startswith("proposed")

    app = open_page(methods, "targets")
    app.text_area(key=f"agree_end_why_{CRISIS}").set_value("Too few areas can report it")
    app = press(app, f"agree_end_{CRISIS}")
    assert app.success[0].value == "The indicator counts as proposed from data version 20 on."
    assert "by Local administrator: Too few areas can report it" in row(app, "Detentions under section 136", 4)[1]


@pytest.mark.parametrize("who", NO_ONE)
def test_others_read_only(demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(session, "actor", lambda: NO_ONE[who])
    app = open_page(demonstration, "targets", indicator=CRISIS, area=NORFOLK)
    assert faults(app) == []
    assert not [button.key for button in app.button if button.key.startswith(("target_", "agree_"))]
    assert "Only the steering group may set targets here" in said(app)
    assert "Only members of the national steering group and administrators may agree an indicator." in said(app)


def test_contributor_sets_targets_of_the_own_area_alone(
    demonstration: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "actor", lambda: NO_ONE["contributor"])
    app = open_page(demonstration, "targets", indicator=CRISIS, area=KENT)
    assert app.radio(key=f"target_for_{KENT}_{CRISIS}").options == ["Kent"]


def test_empty_workspace_says_that_none_stands_and_takes_one(empty: AppTest) -> None:
    app = open_page(empty, "targets", indicator=ROBBERY)
    assert "No target stands. The consensus sets none, and this dashboard never invents one." in html(app).texts
    key = f"E92000001_{ROBBERY}"
    app.radio(key=f"target_for_{key}").set_value("Every police force area")
    app = fill(app.run(), "target_", key, value=20.0, due=date(2028, 3, 31), who=GROUP, why=REASON)
    app = press(app, f"target_set_{key}")
    assert faults(app) == [] and "1 target stands, 1 of them for every area" in said(app)
    assert row(app, "Robbery", 6)[3] == "39 cannot be calculated of 39 areas"

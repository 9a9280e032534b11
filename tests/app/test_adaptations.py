"""The adaptation log: what was changed because of evidence, recorded, followed up and withdrawn on its page."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.review_forms import OTHERS
from data.actor import Actor
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, row, said

NORFOLK, KENT, WEST_MIDLANDS = "E23000024", "E23000032", "E23000014"
HOSTILE = "=1+1 <script>alert(1)</script> **bold** \u202eturned"


def listed(app: AppTest) -> list[list[str]]:
    """The rows of the log itself."""
    return [line for line in html(app).rows if len(line) == 6 and line[-1] == "See the picture"]


def write(app: AppTest, part: str, words: str) -> None:
    next(area for area in app.text_area if part in area.key).set_value(words)


def press(app: AppTest, part: str) -> AppTest:
    next(button for button in app.button if part in button.key).click()
    return app.run()


def fill(app: AppTest, area: str, what: str, **more: Any) -> None:
    app.selectbox(key=f"adaptation_commitment_{area}").set_value("COM-1")
    app.selectbox(key=f"adaptation_kind_{area}").set_value("policy")
    app.date_input(key=f"adaptation_day_{area}").set_value(date(2026, 9, 1))
    write(app, f"adaptation_what_{area}", what)
    write(app, f"adaptation_evidence_{area}", more.get("evidence", "Users say that they are asked late"))


def test_the_log_counts_and_lists_what_was_changed(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "adaptations")
    assert faults(app) == []
    assert (
        html(app).texts[0] == "England: 6 adaptations, on 6 of 10 commitments; 2 of them have a later effect recorded."
    )
    assert row(app, "EVA-2", 4)[1:] == ["1", "1", "3 August 2026"]
    assert row(app, "STF-1", 4)[1:] == ["0", "0", "▨ none recorded"]
    lines = listed(app)
    assert len(lines) == 6 and all("invented" in line[1] for line in lines)
    assert lines[0][1] == "SYS-3, England an indicator, invented" and lines[0][4] == "▨ none recorded yet"
    assert "asked for by: First review of the evaluation commitment" in lines[0][2]
    assert "recorded on 20 October 2026 by Demonstration" in lines[3][4]
    assert "does not show that the consensus caused it" in said(app)
    withdrawn = next(line for line in html(app).rows if line[0].startswith("No. 3:") and "withdrawn" in line[2])
    assert withdrawn[2].endswith("the first night course has not been held")


def test_its_filters_are_in_the_address(own_demonstration: AppTest, new_window: Window) -> None:
    app = open_page(
        own_demonstration, "adaptations", log_about="EVA-2 Approach and policy changed in the light of evidence"
    )
    assert [line[1] for line in listed(app)] == ["EVA-2, England policy, invented"]
    app = open_page(new_window(), "adaptations", area=WEST_MIDLANDS, log_kind="A target")
    assert [line[1] for line in listed(app)] == ["SYS-1, West Midlands a target, invented"]
    app = open_page(new_window(), "adaptations", log_kind="Magic")
    assert "is not known here" in app.warning[0].value and len(listed(app)) == 6
    # What an earlier version knew of: nothing that was written down later.
    assert len(listed(open_page(new_window(), "adaptations", version="13"))) == 2


def test_it_is_recorded_followed_up_and_withdrawn(own_demonstration: AppTest, new_window: Window) -> None:
    app = open_page(own_demonstration, "adaptations", area=NORFOLK)
    app = press(app, f"adaptation_record_{NORFOLK}")
    assert app.warning[0].value == "Choose what was changed, and the day on which it was."
    fill(app, NORFOLK, HOSTILE, evidence="Ring 07700 900123")
    app = press(app, f"adaptation_record_{NORFOLK}")
    assert "personal data" in app.error[0].value and len(listed(app)) == 1
    fill(app, NORFOLK, HOSTILE)
    app.selectbox(key=f"adaptation_review_{NORFOLK}").set_value(
        app.selectbox(key=f"adaptation_review_{NORFOLK}").options[0]
    )
    app = press(app, f"adaptation_record_{NORFOLK}")
    assert faults(app) == [] and app.success[0].value == "The change is recorded."
    made = listed(app)[0]
    assert made[0].startswith("=1+1 <script>alert(1)</script> **bold** turned No. 8, recorded on")
    assert made[1] == "COM-1, Norfolk policy" and made[3] == "1 September 2026"
    assert "Norfolk: 2 adaptations, on 2 of 10 commitments" in said(app)
    assert app.text_area(key=f"adaptation_what_{NORFOLK}_1").value == ""

    app.selectbox(key="adaptation_which").set_value(app.selectbox(key="adaptation_which").options[0])
    app = app.run()
    write(app, "-first", "The panel chose three items")
    app = press(app, "-add")
    assert app.success[0].value == "The effect is recorded."
    assert listed(app)[0][4].startswith("The panel chose three items recorded on")
    commitment = open_page(new_window(), "commitment", commitment="COM-1", area=NORFOLK)
    assert "The panel chose three items" in said(commitment) and faults(commitment) == []

    app = press(app, "-withdraw")
    assert "Say why" in app.error[0].value
    write(app, "-reason", "It was only announced")
    app = press(app, "-withdraw")
    assert app.success[0].value.startswith("The change is withdrawn") and len(listed(app)) == 1
    history = [line[2] for line in html(app).rows if line[0].startswith("No. 8:")]
    assert history == ["Recorded", "Effect recorded The panel chose three items", "▨ withdrawn It was only announced"]


def test_others_read_only_and_an_area_writes_its_own(
    own_demonstration: AppTest, new_window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Kim", "contributor", frozenset({KENT})))
    app = open_page(own_demonstration, "adaptations", area=NORFOLK)
    assert faults(app) == [] and not [button for button in app.button if button.key.startswith("adaptation_")]
    assert "Only those who report for this area" in said(app)
    own = open_page(new_window(), "adaptations", area=KENT)
    assert [button.key for button in own.button if button.key.startswith("adaptation_")] == [
        f"adaptation_record_{KENT}"
    ]
    earlier = open_page(new_window(), "adaptations", area=KENT, version="18")
    assert faults(earlier) == []


def test_empty_workspace_says_so_and_takes_the_first(empty: AppTest) -> None:
    app = open_page(empty, "adaptations", area=NORFOLK)
    assert "Norfolk: no adaptation has been recorded on any of the 10 commitments." in html(app).texts
    fill(app, NORFOLK, "A new rule")
    app = press(app, f"adaptation_record_{NORFOLK}")
    assert faults(app) == [] and "Norfolk: 1 adaptation, on 1 of 10 commitments; 0 of them have" in said(app)


def test_effect_that_somebody_else_added_meanwhile_is_not_overwritten(
    own_demonstration: AppTest, new_window: Window
) -> None:
    mine, other = open_page(own_demonstration, "adaptations", area=NORFOLK), new_window()
    other = open_page(other, "adaptations", area=NORFOLK)
    for window in (mine, other):
        window.selectbox(key="adaptation_which").set_value(window.selectbox(key="adaptation_which").options[0]).run()
    write(other, "-first", "Theirs came first")
    assert press(other, "-add").success[0].value == "The effect is recorded."
    write(mine, "-first", "Mine came second")
    mine = press(mine, "-add")
    assert [warning.value for warning in mine.warning] == [OTHERS] and "somebody else" in mine.error[0].value.lower()
    assert "Theirs came first" in said(mine) and "Mine came second" not in listed(mine)[0][4]

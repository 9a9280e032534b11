"""The practice library: what it shows, how it is narrowed, and what an area tells, changes and withdraws."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components import session
from data.actor import Actor
from tests.app.reading import faults, html, open_page, row, said

NORFOLK, WEST_MIDLANDS, KENT = "E23000024", "E23000014", "E23000032"
HOSTILE = "<b>Bold</b> **strong** =1+1 [a](http://b)"


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


def box(app: AppTest, key: str) -> Any:
    (found,) = [widget for widget in app.main if getattr(widget, "key", None) == key]
    return found


def entries(app: AppTest) -> list[str]:
    """The titles of the entries that the page lists."""
    return [line[0] for line in html(app).rows if len(line) == 5 and " of 5: " in line[3]]


def fill(app: AppTest, **texts: str) -> None:
    """Fill fields of the form by the end of their keys."""
    for widget in [*app.text_area, *app.text_input]:
        for name, value in texts.items():
            if (widget.key or "").endswith(name):
                widget.set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    return button.click().run()


def test_the_library_is_answered_listed_and_taken_away(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]]
) -> None:
    app = open_page(demonstration, "practice")
    assert faults(app) == []
    assert html(app).texts[0] == (
        "England: 56 entries on 8 of 8 topics; 22 report a result. Evidence: 1 evaluated from outside, 2 beside "
        "another group, 3 before and after, 4 counted without comparison and 46 described only."
    )
    assert len(entries(app)) == 12 and entries(app)[0].startswith("Jobs, Friends & Houses")
    taken = files["practice-version-18.csv"]
    assert len(taken) == 56 and {"as_of", "data_version", "strength", "source"} <= set(taken[0])
    assert "does not show that it works" in said(app) and "our own judgement" in said(app)
    app.toggle(key="whole").set_value(True).run()
    assert len(entries(app)) == 56
    app.selectbox(key="topic").set_value("mental_health").run()
    app.selectbox(key="strength").set_value("before_after").run()
    assert [title.split(" Leicestershire")[0].split(" Norfolk")[0] for title in entries(app)] == [
        "A police officer and a nurse in one car", "One form for people in crisis, filled in once (invented)",
    ]  # fmt: skip
    app.text_input(key="find").set_value("NURSE car").run()
    assert len(entries(app)) == 1 and "81%" in row(app, "A police officer")[2]
    app.selectbox(key="area").set_value(KENT).run()
    assert html(app).texts[0] == "Kent: no entry of the practice library fits what is asked for." and faults(app) == []


def test_an_address_narrows_and_what_it_asks_in_vain_is_told(demonstration: AppTest) -> None:
    app = open_page(demonstration, "practice", about="STF-2 Training, guidance and room to use what was learned",
                    strength="unheard of", area=NORFOLK)  # fmt: skip
    assert faults(app) == [] and box(app, "about").value == "STF-2"
    assert [warning.value for warning in app.warning] == [
        "What the address asks for under “Evidence” is not known here, so all are shown."
    ]


def test_areas_with_a_similar_problem_are_listed_with_the_reason(demonstration: AppTest) -> None:
    app = open_page(
        demonstration, "practice", area=NORFOLK, about="STF-2 Training, guidance and room to use what was learned"
    )
    (line, *_) = [line for line in html(app).rows if line[0] == "Thames Valley"]
    assert line[2] == "1 of 5: described only" and "STF-2" in line[3]
    assert line[4] == (
        "Staff able to apply what they learned: worse than England (in Norfolk: worsened since July 2025 and worse "
        "than England)"
    )
    assert "What a paper of 2016 tells of answered earlier figures" in said(app)
    manchester = open_page(app, "practice", area="E23000005")
    alike = [line[4] for line in html(manchester).rows if len(line) == 5 and "most like" in line[4]]
    assert alike and all("one of the areas most like Greater Manchester" in why for why in alike)


def test_an_area_tells_changes_and_withdraws(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "practice", area=KENT)
    fill(
        app, title=f"A library room {HOSTILE}", **{"Who took par": "Police", "What was don": "A room. <i>Invented</i>"}
    )
    press(app, "Add to the library")
    assert ["Choose at least one topic from the list, each once\\. Nothing was changed\\."] == [
        e.value for e in app.error
    ]
    (topics,) = [one for one in app.multiselect if one.label == "Topics" and "_0_" in one.key]
    (about,) = [one for one in app.multiselect if one.label.startswith("Commitments") and "_0_" in one.key]
    topics.set_value(["dementia"])
    about.set_value(["COM-2"])
    press(app, "Add to the library")
    assert [told.value for told in app.success] == ["It is in the library."] and faults(app) == []
    (line,) = [line for line in html(app).rows if line[0].startswith("A library room")]
    assert HOSTILE in line[0] and "▨ no result reported" in line[2] and "SYS" not in line[4]
    which = app.selectbox(key=f"practice_which_{KENT}")
    assert all("library" not in option for option in which.options)
    which.set_value(which.options[-1]).run()
    fill(app, **{"What was rep": "30 people came each week", "_why": "A count was made"})
    press(app, "Save the change")
    assert [told.value for told in app.success] == ["The entry is changed; what it said before stays in its history."]
    assert "30 people came each week" in row(app, "A library room")[2]
    assert "changed on" in row(app, "A library room")[3]
    which = app.selectbox(key=f"practice_which_{KENT}")
    which.set_value(which.options[-1]).run()
    fill(app, _gone="It was told twice")
    press(app, "Withdraw it")
    assert "A library room" not in said(app) and "withdrawn" in app.success[0].value and faults(app) == []


def test_who_may_not_is_told_and_sees_no_form(demonstration: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Ada", "contributor", frozenset({KENT})))
    app = open_page(demonstration, "practice", area=NORFOLK)
    assert not [one for one in app.button if one.label in ("Add to the library", "Save the change")]
    assert "Only those who report for this area" in said(app)
    app.selectbox(key="area").set_value(KENT).run()
    assert [one.label for one in app.button if one.label == "Add to the library"]
    app.selectbox(key="version").set_value(15).run()
    assert "Choose the newest to tell of practice" in said(app) and faults(app) == []


def test_area_and_commitment_show_practice(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area=WEST_MIDLANDS)
    assert "The practice library has 8 entries about West Midlands." in html(app).texts
    assert "An alliance against violence" in row(app, "An alliance")[0]
    commitment = open_page(app, "commitment", area=NORFOLK, commitment="STF-2")
    assert "Practice nearby" in [heading.value for heading in commitment.subheader]
    assert "tried something on STF-2: " in said(commitment)
    assert html(commitment).links["All practice on STF-2"].startswith("practice?area=Norfolk")
    assert faults(commitment) == []


def test_reminders_stand_on_overview_and_area_with_everything_in_the_csv(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]]
) -> None:
    app = open_page(demonstration, "overview")
    assert faults(app) == []
    assert (
        "Besides figures, in England: 4 actions are overdue and 354 pairs of area and commitment have a side that was "
        "not heard for a year."
    ) in html(app).texts
    assert row(app, "▼ Actions overdue", 4) == ["▼ Actions overdue", "4", "2", "since 30 September 2026"]
    assert row(app, "○ Nobody heard for a year", 4)[1:3] == ["354", "39"]
    taken = files["reminders-E92000001-version-18.csv"]
    kinds = [line["kind"] for line in taken]
    assert kinds.count("figure_overdue") == 263 and kinds.count("action_overdue") == 4
    assert sum(int(line["count"]) for line in taken if line["kind"] == "figure_overdue") == 925
    days = [int(line["days_late"]) for line in taken if line["days_late"]]
    assert days == sorted(days, reverse=True)
    area = open_page(app, "area", area=NORFOLK)
    (line,) = [line for line in html(area).rows if len(line) == 3 and "Norfolk, EVA-1" in line[2]]
    assert line[:2] == ["since 31 March 2026", "214"] and "Ask them, and send what they say" in line[2]
    assert faults(area) == []

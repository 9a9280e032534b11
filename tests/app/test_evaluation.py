"""The page Evaluation commitment: its answer, its grid in words, who may rule, and that a ruling counts at once."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data.actor import Actor
from tests.app.reading import faults, html, open_page, row, said

NORFOLK, EAST = "E23000024", "E12000006"
ANSWER = re.compile(
    r"^(\d+) of 390 area-commitment pairs pass all seven tests; the commonest missing one is user voice\.$"
)
REASON = "The panel looked at all of it in October"


def answered(app: AppTest) -> str:
    return next(text for text in html(app).texts if "pass all seven tests;" in text)


def lines(app: AppTest, begins: str, cells: int) -> list[list[str]]:
    return [line for line in html(app).rows if line[0].startswith(begins) and len(line) == cells]


def test_england_is_answered_in_a_sentence_and_in_words(demonstration: AppTest) -> None:
    app = open_page(demonstration, "evaluation")
    assert faults(app) == []
    found = ANSWER.match(answered(app))
    assert found is not None
    # The same by commitment, by area, by region and in the grid: nothing is lost on the way.
    counted = [line for line in html(app).rows if len(line) == 10]
    kept = [
        sum(int(line[1].split()[0]) for line in counted if re.fullmatch(of, line[1]))
        for of in (r"\d+ of 39", r"\d+ of 10", r"\d+ of [2-6]0")
    ]
    assert kept == [int(found[1])] * 3
    grid = [line for line in html(app).rows if len(line) == 12 and re.fullmatch(r"\d+ of 10", line[1])]
    assert len(grid) == 39 and sum(line.count("7 of 7") for line in grid) == int(found[1])
    (silent,) = (line for line in grid if line[0] == "Bedfordshire")
    assert silent[1] == "0 of 10" and silent[2].startswith("1 of 7 lacks numbers, provider voice, user voice, on")
    assert "5 areas have no number and no voice at all: Bedfordshire, Cleveland, Cumbria" in said(app)
    assert "a user survey in the" in said(app) and "One for a region or England counts for every area" in said(app)
    assert html(app).links["7 of 7"].startswith("commitment?area="), "each cell leads to all that is known of its pair"
    days = [line for line in html(app).rows if line[0].endswith(("2025", "2026")) and len(line) == 10]
    assert [line[0] for line in days][-2:] == ["30 September 2026", "31 October 2026"]
    assert days[-1][1] == f"{found[1]} of 390" and all(line[1].endswith(" of 390") for line in days)


def test_area_and_region_are_restricted_and_the_sentence_says_so(demonstration: AppTest) -> None:
    app = open_page(demonstration, "evaluation", area=NORFOLK)
    assert faults(app) == []
    assert answered(app).startswith("Norfolk: ") and " of 10 area-commitment pairs " in answered(app)
    assert len(lines(app, "SYS-", 10) + lines(app, "COM-", 10) + lines(app, "STF-", 10) + lines(app, "EVA-", 10)) == 10
    assert row(app, "COM-1", 10)[2:6] == ["● passed", "● passed", "● passed", "○ failed"]
    assert "◄" not in said(app) and "By region" not in said(app)
    app = open_page(app, "overview", area=EAST)
    assert "Evaluation commitment: East of England region: " in said(app)
    app = open_page(app, "evaluation", area=EAST)
    assert faults(app) == [] and " of 60 area-commitment pairs " in answered(app)
    assert lines(app, "Kent", 12) == [] and len(lines(app, "Norfolk", 12)) == 1


def test_a_ruling_counts_at_once_and_no_longer_when_it_is_ended(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "evaluation", area=NORFOLK)
    assert row(app, "SYS-4", 10)[8] == "○ failed"
    app.selectbox("ruling_commitment").select("SYS-4").run()
    app.selectbox("ruling_kind").select("no_action_needed").run()
    assert "ruling_test" not in {box.key for box in app.selectbox}, "it is said of acted upon only"
    app.text_area("ruling_reason").set_value("short").run()
    app.button("ruling_save").click().run()
    assert ["too short" in error.value for error in app.error] == [True]
    app.text_area("ruling_reason").set_value(f"<b>{REASON}</b> *all*").run()
    app.button("ruling_save").click().run()
    assert faults(app) == [] and [message.value for message in app.success] == [
        "Recorded: Norfolk, SYS-4: no action needed."
    ]
    assert row(app, "SYS-4", 10)[8] == "● passed"
    (ruling,) = lines(app, "Norfolk", 6)
    assert ruling[1:5] == ["SYS-4", "acted upon", "no action needed", f"<b>{REASON}</b> *all*"]
    assert "by Local administrator, data of 31 October 2026" in ruling[5]
    app.selectbox("ruling_end").select_index(0).run()
    app.text_area("ruling_end_reason").set_value("The panel saw it differently since").run()
    app.button("ruling_end_button").click().run()
    assert faults(app) == [] and row(app, "SYS-4", 10)[8] == "○ failed"
    assert "ended: no action needed" in lines(app, "Norfolk", 6)[0]


def test_not_applicable_is_no_pass_and_says_why(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "evaluation", area=NORFOLK)
    before = row(app, "SYS-3", 10)[1]
    app.selectbox("ruling_commitment").select("SYS-3").run()
    app.selectbox("ruling_kind").select("not_applicable").run()
    app.selectbox("ruling_test").select("user_voice").run()
    app.text_area("ruling_reason").set_value(REASON).run()
    app.button("ruling_save").click().run()
    line = row(app, "SYS-3", 10)
    assert faults(app) == [] and line[1] == before
    assert (line[4], line[9]) == ("□ not applicable", f"user voice: {REASON}")


@pytest.mark.parametrize(
    ("actor", "says"),
    [
        (Actor("Vic Viewer", "viewer"), "Only steering groups"),
        (Actor("Ken Kent", "contributor", frozenset({"E23000032"})), "Only steering groups"),
    ],
)
def test_who_may_not_rule_sees_the_same_grid_and_no_form(
    demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, actor: Actor, says: str
) -> None:
    mine = row(open_page(demonstration, "evaluation", area=NORFOLK), "COM-1", 10)
    monkeypatch.setattr(session, "actor", lambda: actor)
    app = demonstration.run()
    assert faults(app) == [] and says in said(app)
    assert row(app, "COM-1", 10) == mine
    assert not {box.key for box in app.selectbox} & {"ruling_commitment", "ruling_end"}


def test_an_earlier_version_is_as_it_was_and_cannot_be_ruled_on(demonstration: AppTest) -> None:
    app = open_page(demonstration, "evaluation", version="5")
    assert faults(app) == []
    assert answered(app).startswith("0 of 390 ") and "Choose the newest to rule on a test" in said(app)
    assert "Nobody has ruled here" in said(app)

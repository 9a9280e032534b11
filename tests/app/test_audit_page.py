"""The page Audit trail: what it says of the trail, its lines in plain words, narrowed, in sheets, and as CSV."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import auditing
from data import store, trail
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.versions import Moment, audit
from tests.app.reading import faults, html, open_page, row, said
from tests.hostile import TEXTS

MOMENT = Moment(datetime(2026, 11, 2, 9, 30), datetime(2026, 11, 2).date())


def change(tmp_path: Path, sql: str) -> None:
    with store.connect(str(tmp_path / "consensus.duckdb")) as connection:
        connection.execute(sql)


def add(tmp_path: Path, count: int, actor: str = "Ada Norfolk", subject: str = "E23000024 EVA-1") -> None:
    with store.connect(str(tmp_path / "consensus.duckdb")) as connection, store.transaction(connection):
        for _ in range(count):
            audit(connection, Actor(actor, "contributor"), MOMENT, "ruling made", subject)


def lines(app: AppTest) -> list[list[str]]:
    return [cells for cells in html(app).rows if len(cells) == 5 and "line" in cells[0]]


def test_it_says_how_many_lines_there_are_and_that_they_are_whole(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "audit")
    assert faults(app) == []
    assert "The audit trail is whole: no line is missing and none was changed." in said(app)
    assert len(lines(app)) == int(lines(app)[0][0].rpartition(" ")[2])
    assert row(app, "31 October 2026", 5)[1:]
    words = said(app)
    assert "File “invented_insights.csv”" in words and "Review “First review" in words and "City of London" in words


def test_an_empty_workspace_has_a_trail_of_its_making(empty: AppTest) -> None:
    app = open_page(empty, "audit")
    assert faults(app) == [] and not app.info
    assert [cells[2] for cells in lines(app)] == ["Catalogue loaded", "Workspace made"]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM audit WHERE number = 3", "broken at line 3: it is missing"),
        ("UPDATE audit SET actor = 'Nobody' WHERE number = 5", "broken at line 5: the name of who did it was changed"),
        ("DELETE FROM audit_head", "the store names 0 ends of the trail, not one"),
    ],
)
def test_a_broken_trail_is_said_in_the_first_sentence(
    own_demonstration: AppTest, tmp_path: Path, sql: str, words: str
) -> None:
    change(tmp_path, sql)
    app = open_page(own_demonstration, "audit")
    assert words in html(app).texts[0] or any(words in text for text in html(app).texts)
    assert "is whole" not in said(app) and lines(app)


def test_lines_are_narrowed_by_person_deed_month_and_area(own_demonstration: AppTest, tmp_path: Path) -> None:
    add(tmp_path, 2)
    asked = {"person": "Ada Norfolk", "deed": "Ruling made", "month": "November 2026", "area": "E23000024"}
    app = open_page(own_demonstration, "audit", **asked)
    assert [cells[1:4] for cells in lines(app)] == [["Ada Norfolk", "Ruling made", "Norfolk EVA-1"]] * 2
    app.selectbox(key="area").set_value("E23000032").run()
    assert lines(app) == [] and "No line fits" in said(app)


def test_never_more_than_one_sheet_is_shown(own_demonstration: AppTest, tmp_path: Path) -> None:
    add(tmp_path, 120)
    app = open_page(own_demonstration, "audit", person="Ada Norfolk")
    assert len(lines(app)) == 50 and "50 of 120, sheet 1 of 3" in said(app)
    app.selectbox(key="sheet").set_value("3").run()
    assert len(lines(app)) == 20 and "20 of 120, sheet 3 of 3" in said(app)
    app.selectbox(key="person").set_value("Local administrator").run()
    assert faults(app) == [] and lines(app)


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_people_is_text(own_demonstration: AppTest, tmp_path: Path, text: str) -> None:
    add(tmp_path, 1, text, text)
    app = open_page(own_demonstration, "audit")
    assert faults(app) == []


def test_csv_has_every_line_and_no_formula(tmp_path: Path) -> None:
    with store.connect(str(tmp_path / "own.duckdb")) as connection:
        with store.transaction(connection):
            audit(connection, Actor("=1+1", "viewer"), MOMENT, "ruling made", "@SUM(A1)", (0, 0))
            audit(connection, Actor("a@b.example", "viewer"), MOMENT, "ruling made", "x", (0, 1))
        whole = auditing._csv(connection, lambda: LOCAL_ADMINISTRATOR, trail.Asked(), {"how_made": "as told"})
        masked = auditing._csv(connection, lambda: Actor("Eve", "evaluator"), trail.Asked(), {})
    found = list(csv.DictReader(io.StringIO(whole.decode("utf-8-sig"))))
    assert [line["number"] for line in found] == ["2", "1"]
    assert (found[1]["actor"], found[1]["subject"]) == ("'=1+1", "'@SUM(A1)")
    assert found[0]["happened_at"] == "2026-11-02T09:30:00.000000" and found[0]["how_made"] == "as told"
    assert len(found[0]["chain"]) == 64 and found[0]["head"] == f"2:{found[0]['chain']}"
    assert "@b.example" in whole.decode() and "@b.example" not in masked.decode()

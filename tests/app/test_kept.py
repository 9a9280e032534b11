"""What is kept between readers: each gets what that person may see, and nobody what is no longer so."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components import comparing_ready, pictures, session
from components.controls import View
from data import erasure, queries, sending
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Indicator
from data.settings import Settings
from data.versions import Moment
from data.workspace import shared
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, said

NORFOLK, EAST = "E23000024", "E12000006"
PEOPLE = (
    LOCAL_ADMINISTRATOR,
    Actor("Vi Invented", "viewer"),
    Actor("Ada Invented", "contributor", frozenset({NORFOLK})),
    Actor("Sam Invented", "steering", frozenset({NORFOLK})),
    Actor("Eve Invented", "evaluator"),
)


@pytest.mark.parametrize("page", ["voices", "commitment", "area"])
def test_each_reader_gets_what_that_person_would_get_alone(
    own_demonstration: AppTest, new_window: Window, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    acting = list(PEOPLE)
    monkeypatch.setattr(session, "actor", lambda: acting[-1])

    def shown(actor: Actor) -> str:
        acting.append(actor)
        app = open_page(new_window(), page, area=NORFOLK, commitment="COM-1")
        assert faults(app) == []
        return said(app)

    one_after_another = [shown(actor) for actor in (*PEOPLE, *PEOPLE)]
    assert one_after_another[: len(PEOPLE)] == one_after_another[len(PEOPLE) :]
    for actor, text in zip(PEOPLE, one_after_another, strict=False):
        pictures.forget()
        assert shown(actor) == text, actor.role
    assert len(set(one_after_another)) >= 3, "the viewer, the area and who sees everything read different things"


def test_a_text_that_was_erased_elsewhere_is_on_the_voices_page_no_longer(
    own_demonstration: AppTest, new_window: Window, tmp_path: Path
) -> None:
    connection = shared(Settings(database=str(tmp_path / "consensus.duckdb"))).connection.cursor()
    version = queries.current(connection)["version"]
    newest = queries.insights(connection, LOCAL_ADMINISTRATOR, version, area=NORFOLK).iloc[0]
    before = open_page(own_demonstration, "voices", area=NORFOLK)
    assert newest["summary"] in said(before)
    files = queries.submissions(connection, LOCAL_ADMINISTRATOR)["id"]
    found = ((one, erasure.texts(connection, LOCAL_ADMINISTRATOR, one, newest["summary"])) for one in files)
    submission, texts = next((one, texts) for one, texts in found if len(texts))
    row, column = texts.iloc[0][["row", "column_name"]]
    asked = connection, LOCAL_ADMINISTRATOR, submission, int(row), column
    erasure.erase_text(*asked, "asked for", Moment.now())
    after = open_page(new_window(), "voices", area=NORFOLK)
    assert faults(after) == [] and newest["summary"] not in said(after) and "[erased on" in said(after)


def test_links_hold_what_each_reader_chose(own_demonstration: AppTest, new_window: Window) -> None:
    def norfolk(page: str, **address: str) -> str:
        app = open_page(new_window(), page, **address)
        assert faults(app) == []
        return html(app).links["Norfolk"]

    for page in ("commitment", "evaluation"):
        assert "indicator=" not in norfolk(page) and "version=" not in norfolk(page)
        assert "indicator=Robbery" in norfolk(page, indicator="robbery")
        assert "version=Version+17" in norfolk(page, version="17")
        assert "indicator=" not in norfolk(page)


def test_choices_of_one_reader_are_not_another_readers(own_demonstration: AppTest, new_window: Window) -> None:
    def heard(**address: str) -> str:
        app = open_page(new_window(), "voices", **address)
        assert faults(app) == []
        return next(text for text in html(app).texts if " insights from " in text)

    asked = [{}, {"perspective": "community"}, {"sector": "policing"}, {"about": "COM-1"}, {"area": EAST}]
    first = [heard(**address) for address in asked]
    assert len(set(first)) == len(asked) and first == [heard(**address) for address in asked]
    assert heard(find="staff") == first[0], "words to find leave the counts as they are"


def test_an_upload_leaves_what_is_drawn_of_other_indicators_and_redraws_its_own(
    own_demonstration: AppTest, new_window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = comparing_ready._ready

    def noted(view: View, item: Indicator, chosen: pd.Series, kind: str) -> comparing_ready.Ready:
        drawn.append(item.key)
        return draw(view, item, chosen, kind)

    monkeypatch.setattr(comparing_ready, "_ready", noted)

    def compared(indicator: str) -> tuple[str, list[list[str]]]:
        app = open_page(new_window(), "compare", indicator=indicator)
        assert faults(app) == []
        return said(app), html(app).rows

    both = "robbery", "people_who_felt_heard"
    before = [compared(indicator) for indicator in both]
    assert drawn == list(both)
    workspace = shared(Settings(database=str(tmp_path / "consensus.duckdb")))
    period = "2026/27 Q2"
    content = f"area_code,indicator,period,numerator,denominator\n{NORFOLK},people_who_felt_heard,{period},7,90\n"
    sent = sending.send(
        workspace.connection.cursor(),
        LOCAL_ADMINISTRATOR,
        workspace.catalogue,
        sending.File(content.encode(), "a.csv"),
        10_000,
    )
    assert sent.outcome == "stored"
    after = [compared(indicator) for indicator in both]
    assert drawn == [*both, "people_who_felt_heard"]
    assert f"Data version {sent.version}" in after[0][0], "what was kept stands under the newest version"
    assert before[0][1] == after[0][1] and before[1][1] != after[1][1]
    assert any("7.8" in cell for row in after[1][1] for cell in row)


def test_a_fingerprint_tells_frames_apart() -> None:
    frame = pd.DataFrame({"a": ["x", None], "b": [1.0, 2.0], "c": [["p"], ["q", "r"]]})
    other = {
        "a value": frame.assign(b=[1.0, 2.5]),
        "a text": frame.assign(a=["x", ""]),
        "a list": frame.assign(c=[["p"], ["q"]]),
        "a name": frame.rename(columns={"b": "d"}),
        "a row": frame.head(1),
    }
    same = pictures.fingerprint(frame.iloc[::-1])
    assert same == pictures.fingerprint(frame) and len(same) == 64
    assert same == pictures.fingerprint(frame.astype({"b": "Int64"}).replace({None: np.nan}))
    assert {name for name, one in other.items() if pictures.fingerprint(one) == same} == set()

"""Erasing a text that people wrote on a page: found by its words on the Upload page, counted, erased, seen no more."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data import queries, reviews, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.versions import Moment
from tests.app.reading import faults, html, open_page, said
from tests.app.test_history import errors
from tests.app.test_reviews import ENGLAND, HOSTILE, SHOWN
from tests.scopes import EVERYWHERE

LABEL = "Erase a text that people wrote"
OTHER = f"Another text, with {HOSTILE} in it"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "consensus.duckdb"


def write(database: Path, catalogue: Catalogue) -> None:
    """A review with a hostile title and judgement, and a reply that has the same words among more."""
    with store.connect(str(database)) as connection:
        newest, now = queries.current(connection), Moment.now()
        held_on, pinned = max(now.as_of, newest["as_of"]), newest["version"]
        review = reviews.open_review(connection, LOCAL_ADMINISTRATOR, ENGLAND, HOSTILE, held_on, pinned, now)
        reviews.reply(connection, LOCAL_ADMINISTRATOR, catalogue, review, ENGLAND, "", OTHER, now)
        given = {"grade": "limited", "reason": HOSTILE, "confidence": "medium", "dissent": ""}
        judged = connection, LOCAL_ADMINISTRATOR, catalogue, review, "SYS-1", given, now
        reviews.judge(*judged, reason_rule=None)


def test_an_administrator_finds_a_text_and_erases_it_everywhere(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    write(database, catalogue)
    app = open_page(own_demonstration, "reviews")
    assert SHOWN in said(app)
    app = open_page(app, "upload")
    assert LABEL in [one.label for one in app.expander] and faults(app) == []
    app.text_area(key="erase_find_written").set_value("nobody wrote “this” 100%").run()
    assert "No text has these words." in said(app) and faults(app) == []
    app.text_area(key="erase_find_written").set_value(HOSTILE).run()
    app.selectbox(key="erase_text_written").set_value(HOSTILE).run()
    assert (
        "This text stands in 2 stored cells, counting every version. By kind: judgements 1, reviews 1. It also stands "
        "among more words in 1 other text, which stay: look at them too."
    ) in said(app)
    assert SHOWN in said(app) and faults(app) == []
    app.button(key="erase_written").click().run()
    assert "a reason is needed" in errors(app)
    app.text_area(key="erase_reason_written").set_value(f"About {HOSTILE}").run()
    app.button(key="erase_written").click().run()
    assert "The reason repeats what is erased" in errors(app)
    app.text_area(key="erase_reason_written").set_value("asked for").run()
    app.button(key="erase_written").click().run()
    assert "Erased from 2 stored cells and 0 files." in said(app) and faults(app) == []

    shown = said(open_page(app, "reviews"))
    assert "[erased on" in shown and shown.count(SHOWN) == shown.count(f"Another text, with {SHOWN} in it")
    app = open_page(app, "upload")
    app.text_area(key="erase_find_written").set_value("another text, with").run()
    assert "By kind: replies to reviews 1." in said(app), "the only one is chosen by itself"


def test_a_practice_entry_says_it_no_more(own_demonstration: AppTest, database: Path, catalogue: Catalogue) -> None:
    app = open_page(own_demonstration, "practice")
    with store.connect(str(database)) as connection:
        title = str(queries.practice(connection, queries.current(connection)["version"])["title"].iloc[0])
    assert title in said(app) + str(html(app).rows)
    app = open_page(app, "upload")
    app.text_area(key="erase_find_written").set_value(title).run()
    app.text_area(key="erase_reason_written").set_value("asked for").run()
    app.button(key="erase_written").click().run()
    assert "Erased from" in said(app) and faults(app) == []
    app = open_page(app, "practice")
    assert title not in said(app) + str(html(app).rows) and faults(app) == []


def test_who_is_no_administrator_is_not_offered_it(own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Stella", "steering", EVERYWHERE))
    app = open_page(own_demonstration, "upload")
    assert LABEL not in [one.label for one in app.expander] and faults(app) == []

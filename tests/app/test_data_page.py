"""The Data page: what it says is inside is what it gives, for the version in view and for those who may have it."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import history, packaging, session
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.settings import Settings
from data.workspace import open_workspace
from reports.catalogue_tables import TABLES
from tests.app.reading import faults, html, open_page, row, said
from tests.app.test_history import add, choose
from tests.integration.storing import as_csv, check_public, voice


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What each download button of the page gives, by its file's name."""
    found: dict[str, object] = {}
    real = st.download_button

    def remember(label: str, data: object, file_name: str, *more: object, **others: object) -> bool:
        found[file_name] = data
        return bool(real(label, data, file_name, *more, **others))

    monkeypatch.setattr(st, "download_button", remember)
    return found


def made(given: dict[str, object], name: str) -> bytes:
    content = given[name]
    assert callable(content), "it is made only when somebody asks"
    return content()


def shown_rows(app: AppTest) -> dict[str, int]:
    """The rows of each table as the page tells them."""
    return {table.name: int(row(app, table.title, 4)[1].replace(",", "")) for table in TABLES}


def rows_in(content: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {table.name: len(pd.read_csv(archive.open(f"data/{table.name}.csv"))) for table in TABLES}


def test_page_gives_what_it_says(demonstration: AppTest, given: dict[str, object]) -> None:
    app = open_page(demonstration, "data")
    assert faults(app) == []
    assert shown_rows(app) == rows_in(made(given, "consensus-version-18.zip"))
    assert "data version 18, as of 31 October 2026" in said(app) and "32,305 rows in 10 tables" in said(app)


def test_page_says_licence_sources_and_how_to_cite_and_read_it(demonstration: AppTest) -> None:
    app = open_page(demonstration, "data")
    assert [heading.value for heading in app.subheader] == [
        "What is inside",
        "One table at a time",
        "How to read it",
        "Licences",
        "Where it comes from",
        "How to cite it",
    ]
    assert html(app).links["OGL-UK-3.0"].startswith("https://www.nationalarchives.gov.uk/")
    assert "Office for National Statistics" in said(app) and "Invented for demonstration" in said(app)
    code = [block.value for block in app.code]
    assert "pd.read_csv" in code[0] and "read_csv" in code[1] and "data version 18" in code[2]
    assert all("consensus-version-18.zip" in block for block in code[:2])


def test_python_on_the_page_reads_the_package(
    own_demonstration: AppTest, given: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(own_demonstration, "data")
    monkeypatch.chdir(tmp_path)
    Path("consensus-version-18.zip").write_bytes(made(given, "consensus-version-18.zip"))
    names: dict[str, object] = {}
    exec(app.code[0].value, names)
    results = names["results"]
    assert isinstance(results, pd.DataFrame) and len(results) == shown_rows(app)["results"]
    assert str(results["period_end"].dtype).startswith("datetime64")


@pytest.mark.parametrize("title", ["Observations", "What people told us", "Areas"])
def test_each_table_can_be_taken_alone(demonstration: AppTest, given: dict[str, object], title: str) -> None:
    app = open_page(demonstration, "data")
    app.selectbox(key="table").set_value(title).run()
    assert faults(app) == []
    (table,) = (one for one in TABLES if one.title == title)
    csv = pd.read_csv(io.BytesIO(made(given, f"{table.name}-version-18.csv")))
    parquet = pd.read_parquet(io.BytesIO(made(given, f"{table.name}-version-18.parquet")))
    assert len(csv) == len(parquet) == shown_rows(app)[table.name]
    assert csv.columns.tolist() == [*table.columns, "data_version", "as_of", "workspace"]
    assert parquet.columns.tolist() == table.columns
    assert csv["workspace"].str.startswith("demonstration").all() and set(csv["as_of"]) == {"2026-10-31"}
    assert [cells[0] for cells in html(app).rows if len(cells) == 4][-len(table.columns) :] == table.columns


def test_earlier_version_is_given_when_it_is_asked_for(demonstration: AppTest, given: dict[str, object]) -> None:
    app = open_page(demonstration, "data", version="13")
    assert faults(app) == []
    assert "data version 13, as of 23 October 2025" in said(app)
    assert shown_rows(app) == rows_in(made(given, "consensus-version-13.zip"))
    assert "Invented" not in "".join(text for text in html(app).texts if "Demonstration" not in text)


def test_address_names_the_table(demonstration: AppTest) -> None:
    app = open_page(demonstration, "data", table="Targets")
    assert app.selectbox(key="table").value == "Targets"
    assert "table=Targets" in html(app).links["Address of exactly this view, to send to a colleague"]


def test_who_may_only_look_is_told_so(
    demonstration: AppTest, given: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(demonstration, "data")
    given.clear()
    monkeypatch.setattr(session, "actor", lambda: Actor("A reader", "viewer"))
    app = open_page(demonstration, "data")
    assert not app.exception and "This page is not for your role, viewer" in said(app) and not given


def test_button_that_was_drawn_gives_nothing_to_who_may_only_look_now(
    demonstration: AppTest, given: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page(demonstration, "data")
    assert made(given, "consensus-version-18.zip")
    monkeypatch.setattr(session, "_asking", lambda *asked: Actor("A reader", "viewer"))
    for name in given:
        with pytest.raises(UserError, match="may look at every page"):
            made(given, name)


def test_page_says_that_a_second_person_has_checked_what_is_public(demonstration: AppTest) -> None:
    words = said(open_page(demonstration, "data"))
    assert (
        "marked so and a second person agreed to" in words and "counts from 1 to 7 (threshold_7) are left out" in words
    )


def test_what_was_put_together_can_be_let_go(own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    times = []
    real = packaging.collect
    monkeypatch.setattr(packaging, "collect", lambda *asked: times.append(1) or real(*asked))
    open_page(own_demonstration, "data")
    open_page(own_demonstration, "data")
    packaging.forget()
    open_page(own_demonstration, "data")
    assert len(times) == 2


def test_empty_workspace_says_what_belongs_here(empty: AppTest) -> None:
    app = open_page(empty, "data")
    assert faults(app) == [] and "Nothing has been reported yet" in said(app)


def test_button_that_was_drawn_before_an_erasure_gives_nothing_that_was_erased(
    own_demonstration: AppTest, given: dict[str, object], tmp_path: Path, catalogue: Catalogue
) -> None:
    secret = "Quillon Vexmoor said that nobody answered"
    told = voice(summary=secret, visibility="public")
    file = add(tmp_path / "consensus.duckdb", catalogue, as_csv([told]).decode(), "voices.csv")
    with open_workspace(Settings(str(tmp_path / "consensus.duckdb")), catalogue) as connection:
        check_public(connection)
    open_page(own_demonstration, "data")
    name = "consensus-version-19.zip"
    button = given[name]
    assert secret in words_in(made(given, name))
    app = choose(own_demonstration, file, history.ERASE)
    app.text_input(key=f"erase_find_{file}").set_value("vexmoor").run()
    app.selectbox(key=f"erase_text_{file}").set_value((2, "summary")).run()
    app.text_area(key=f"erase_reason_{file}").set_value("asked for").run()
    app.button(key=f"erase_{file}").click().run()
    assert "Erased from" in said(app)
    assert secret not in words_in(made({name: button}, name))


def words_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("data/insights.csv").decode()


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "**bold**", "Reviews", "", "x" * 3000])
def test_table_that_is_not_there_leaves_the_usual_one(demonstration: AppTest, asked: str) -> None:
    app = open_page(demonstration, "data", table=asked)
    assert faults(app) == [] and app.selectbox(key="table").value == "Observations"
    assert not asked or asked not in said(app)

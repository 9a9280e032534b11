"""What has been sent, on the Upload page: looked at, downloaded, withdrawn with a preview, corrected and erased."""

from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from components import history, session
from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from tests.app.reading import faults, html, open_page, row, said, spoken
from tests.app.test_upload import FORMULA, GOOD, HEADING, HOSTILE, MARKDOWN, MARKUP, NEWEST, insights_file, labels

FIRST, SECOND = GOOD, GOOD.replace("80,100", "70,100")
TEXT = "Quillon Vexmoor said that nobody at Blackmarsh answered"
DEEDS = [history.SEE, history.WITHDRAW, history.CORRECT, history.ERASE]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "consensus.duckdb"


def add(database: Path, catalogue: Catalogue, content: str, name: str) -> UUID:
    """A file stored before the page is opened."""
    with open_workspace(Settings(database=str(database)), catalogue) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content.encode(), name)
        assert prepared.confirmable, prepared.screening.findings
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
        return prepared.id


def choose(app: AppTest, file: UUID, deed: str = history.SEE) -> AppTest:
    """The page with a file chosen and what to do with it."""
    app = open_page(app, "upload")
    app.selectbox(key="history_file").set_value(file).run()
    return app.radio(key=f"history_deed_{file}").set_value(deed).run()


def newest(app: AppTest) -> int:
    return int(said(open_page(app, "overview")).rpartition("Data version ")[2].partition(",")[0])


def errors(app: AppTest) -> str:
    return " ".join(error.value.replace("\\", "") for error in app.error)


def test_every_file_has_its_state_in_words_and_nothing_is_chosen_at_first(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "upload")
    line = row(app, "recorded_crime_year_ending_june_2025.csv", 7)
    assert line[2] == "in use" and "by Demonstration" in line[3]
    assert app.selectbox(key="history_file").value is None
    assert labels(app, "button") == [] and faults(app) == []


def test_a_chosen_file_is_told_and_can_be_downloaded(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    file = add(database, catalogue, GOOD.replace("Norfolk", "Norfork"), "norfolk.csv")
    app = choose(own_demonstration, file)
    assert "norfolk.csv: sent on" in said(app) and "stored as data version 19, in use." in said(app)
    assert row(app, "△ check", 6)[3] == "Norfork"
    (button,) = [one for one in app.get("download_button") if one.label.startswith("Download the file as it was sent")]
    assert button.label.endswith(f"({len(GOOD)} bytes)")
    assert app.radio(key=f"history_deed_{file}").options == DEEDS and faults(app) == []


def test_the_download_gives_the_bytes_and_is_noted(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    """AppTest cannot press a download button, so what the button calls is called."""
    file = add(database, catalogue, GOOD, "norfolk.csv")
    with store.connect(str(database)) as connection:
        assert history._original(connection, LOCAL_ADMINISTRATOR, file) == GOOD.encode()
        deeds = connection.execute("SELECT deed FROM audit ORDER BY happened_at").fetchall()
    assert deeds[-1] == ("original downloaded",)


def test_withdrawing_shows_what_goes_and_what_comes_back_and_then_does_it(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    add(database, catalogue, FIRST, "first.csv")
    more = SECOND + "E23000024,Norfolk,people_who_felt_heard,2026/27 Q1,50,100\n"
    file = add(database, catalogue, more, "second.csv")
    app = choose(own_demonstration, file, history.WITHDRAW)
    assert "1 fact goes and nothing takes its place and for 1 fact what an earlier file said holds again" in said(app)
    changes = [line[2:] for line in html(app).rows if line[0] == "Norfolk"]
    assert changes == [
        ["July to September 2026", "goes; an earlier one holds again", "70 of 100", "80 of 100"],
        ["April to June 2026", "goes", "50 of 100", ""],
    ]
    assert faults(app) == [] and newest(app) == NEWEST + 2

    app = choose(app, file, history.WITHDRAW)
    app.button(key=f"withdraw_{file}").click().run()
    assert "a reason is needed" in errors(app)
    app.text_area(key=f"withdraw_reason_{file}").set_value("wrong year").run()
    app.button(key=f"withdraw_{file}").click().run()
    assert [done.value for done in app.success] == ["Done."] and faults(app) == []
    assert "second.csv is withdrawn as of data version 21." in said(app)
    assert row(app, "second.csv", 7)[2].startswith("withdrawn") and "wrong year" in row(app, "second.csv", 7)[2]
    assert row(app, "first.csv", 7)[2] == "in use"
    assert app.radio(key=f"history_deed_{file}").options == [history.SEE, history.ERASE]
    shown = open_page(app, "area", area="E23000024", indicator="people_who_felt_heard")
    assert row(shown, "People who felt heard", 5)[1].startswith("80.0 %")
    assert newest(app) == NEWEST + 3


def test_what_somebody_else_stored_since_the_preview_stops_the_withdrawing(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    file = add(database, catalogue, FIRST, "first.csv")
    app = choose(own_demonstration, file, history.WITHDRAW)
    app.text_area(key=f"withdraw_reason_{file}").set_value("wrong year").run()
    assert "2 facts go and nothing takes their place" in said(app)
    add(database, catalogue, SECOND, "second.csv")
    app.button(key=f"withdraw_{file}").click().run()
    assert "changed since you looked. Nothing was withdrawn" in errors(app)
    assert "withdrawn, 1 fact stays because another file says the same." in said(app)
    app.button(key=f"withdraw_{file}").click().run()
    assert "first.csv is withdrawn as of data version 21." in said(app)


def test_a_correction_is_asked_for_and_left(own_demonstration: AppTest, database: Path, catalogue: Catalogue) -> None:
    file = add(database, catalogue, FIRST, "first.csv")
    app = choose(own_demonstration, file, history.CORRECT)
    assert history.CORRECTS not in app.session_state
    app.button(key=f"correct_{file}").click().run()
    assert app.session_state[history.CORRECTS] == file
    assert "replaces “first.csv” (data version 19)" in said(app) and faults(app) == []
    app.button(key=f"leave_correction_{file}").click().run()
    assert history.CORRECTS not in app.session_state and "replaces “first.csv”" not in said(app)


def test_a_file_that_ended_meanwhile_is_no_longer_corrected(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    file = add(database, catalogue, FIRST, "first.csv")
    app = choose(own_demonstration, file, history.CORRECT)
    app.button(key=f"correct_{file}").click().run()
    app.radio(key=f"history_deed_{file}").set_value(history.WITHDRAW).run()
    app.text_area(key=f"withdraw_reason_{file}").set_value("wrong year").run()
    app.button(key=f"withdraw_{file}").click().run()
    assert faults(app) == [] and "replaces “first.csv”" not in said(app)


def test_an_administrator_erases_a_text(own_demonstration: AppTest, database: Path, catalogue: Catalogue) -> None:
    file = add(database, catalogue, insights_file(["Ordinary words", TEXT]), "voices.csv")
    app = choose(own_demonstration, file, history.ERASE)
    app.text_input(key=f"erase_find_{file}").set_value("vexmoor").run()
    offered = app.selectbox(key=f"erase_text_{file}")
    assert len(offered.options) == 6 and all(TEXT in option for option in offered.options)
    offered.set_value((3, "summary")).run()
    assert "This text stands in 6 stored cells, counting every version. 1 file is emptied: voices.csv." in said(app)
    app.text_area(key=f"erase_reason_{file}").set_value("asked for").run()
    app.button(key=f"erase_{file}").click().run()
    assert "Erased from 6 stored cells and 1 file." in said(app) and "when the program next starts" in said(app)
    assert "file erased" in row(app, "voices.csv", 7)[0] and faults(app) == []
    for page in ("area", "commitment"):
        shown = said(open_page(app, page, area="E23000024", commitment="COM-1"))
        assert TEXT not in shown and "[erased on" in shown and "Ordinary words" in shown
    app = choose(app, file)
    assert "The file itself was erased on" in said(app)
    assert not [one for one in labels(app, "download_button") if one.startswith("Download the file as")]


def test_an_administrator_erases_a_file_and_its_name(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    file = add(database, catalogue, GOOD, "Quillon Vexmoor.csv")
    app = choose(own_demonstration, file, history.ERASE)
    app.radio(key=f"erase_what_{file}").set_value("The whole file").run()
    app.checkbox(key=f"erase_name_{file}").check().run()
    app.text_area(key=f"erase_reason_{file}").set_value("asked for").run()
    app.button(key=f"erase_{file}").click().run()
    assert "Erased 1 file and the name." in said(app) and "Vexmoor" not in said(app) + spoken(app)
    assert not [one for one in app.selectbox(key="history_file").options if "Vexmoor" in one]
    assert faults(app) == []


def test_who_is_no_administrator_is_not_offered_to_erase(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(database, catalogue, GOOD, "norfolk.csv")
    add(database, catalogue, HEADING + "E23000032,Kent,people_who_felt_heard,2026/27 Q2,8,10\n", "kent.csv")
    monkeypatch.setattr(session, "actor", lambda: Actor("Ada", "contributor", frozenset({"E23000024"})))
    app = choose(own_demonstration, file)
    assert app.radio(key=f"history_deed_{file}").options == DEEDS[:3]
    assert "kent.csv" not in said(app) and faults(app) == []


def test_a_file_that_also_speaks_of_other_areas_says_why_it_stays_closed(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(database, catalogue, GOOD + "E23000032,Kent,people_who_felt_heard,2026/27 Q2,8,10\n", "both.csv")
    monkeypatch.setattr(session, "actor", lambda: Actor("Ada", "contributor", frozenset({"E23000024"})))
    for deed, told in ((history.SEE, "may not see the findings"), (history.WITHDRAW, "may not report for E23000032")):
        app = choose(own_demonstration, file, deed)
        assert told in errors(app)
    assert newest(app) == NEWEST + 1


def test_long_histories_are_cut_and_searched(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database, catalogue, GOOD, "norfolk.csv")
    monkeypatch.setattr(history, "MOST", 3)
    app = open_page(own_demonstration, "upload")
    assert "Only the newest 3 are listed." in said(app) and len(app.selectbox(key="history_file").options) == 3
    app.text_input(key="history_find").set_value("DECEMBER_2018").run()
    assert app.selectbox(key="history_file").options == [
        "recorded_crime_year_ending_december_2018.csv (version 5, in use)"
    ]
    app.text_input(key="history_find").set_value("nothing like this").run()
    assert "No file has this in its name." in said(app) and faults(app) == []
    app.text_input(key="history_find").set_value("").run()
    assert row(app, "norfolk.csv", 7)[1] == "19"


@pytest.mark.parametrize("hostile", [MARKUP, MARKDOWN, FORMULA])
def test_hostile_names_reasons_and_texts_are_plain_text(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue, hostile: str
) -> None:
    file = add(database, catalogue, insights_file([hostile]), f"{hostile[:60]}.csv")
    for deed in DEEDS:
        app = choose(own_demonstration, file, deed)
        assert faults(app) == [] and hostile[:60] not in spoken(app)
    app.selectbox(key=f"erase_text_{file}").set_value((2, "summary")).run()
    assert faults(app) == [] and hostile in html(app).texts
    app = choose(app, file, history.WITHDRAW)
    app.text_area(key=f"withdraw_reason_{file}").set_value(hostile).run()
    app.button(key=f"withdraw_{file}").click().run()
    assert faults(app) == [] and hostile not in spoken(app)
    assert hostile in row(app, hostile[:60], 7)[2]
    with store.connect(str(database)) as connection:
        listed = queries.submissions(connection, LOCAL_ADMINISTRATOR)
    assert listed.iloc[0]["reason"] == hostile and len(HOSTILE) > 3

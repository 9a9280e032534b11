"""What waits for a second person, on the Upload page, the Overview and the page People and access."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data import approval_settings, approvals
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.store import Connection
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, row, said, spoken
from tests.app.test_upload import CONFIRM, FORMULA, GOOD, HOSTILE, MARKDOWN, MARKUP, insights_file, upload

NORFOLK, KENT = "E23000024", "E23000032"
SEND = "Send for approval: 2 changes to data version 18"
APPROVE = "Approve: store 2 changes as data version 19"
ADA = Actor("Ada Invented", "contributor", frozenset({NORFOLK}), "ada@example.org")
BEN = Actor("Ben Invented", "contributor", frozenset({NORFOLK}), "ben@example.org")
SAM = Actor("Sam Invented", "steering", frozenset({NORFOLK}), "sam@example.org")
WHY = "The figures of June are missing"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "consensus.duckdb"


@pytest.fixture
def careful(own_demonstration: AppTest, database: Path, catalogue: Catalogue) -> AppTest:
    """The demonstration, in which files for Norfolk wait for a second person."""
    with stored(database, catalogue) as connection:
        approval_settings.choose(connection, LOCAL_ADMINISTRATOR, catalogue, NORFOLK, True, Moment.now())
    return own_demonstration


def stored(database: Path, catalogue: Catalogue) -> Connection:
    return open_workspace(Settings(database=str(database)), catalogue)


def waits(database: Path, catalogue: Catalogue, content: str = GOOD, name: str = "norfolk.csv") -> UUID:
    """A file that Ada sent before the page is opened, and that waits."""
    with stored(database, catalogue) as connection:
        prepared = prepare(connection, ADA, catalogue, content.encode(), name)
        waiting = approvals.submit(connection, ADA, catalogue, prepared, Moment.now()).waiting
        assert waiting is not None
        return waiting


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Actor]]:
    """Who is asking: the last of the list."""
    people = [ADA]
    monkeypatch.setattr(session, "actor", lambda: people[-1])
    yield people


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def test_a_file_is_sent_approved_by_another_person_and_counts(
    careful: AppTest, new_window: Window, acting: list[Actor]
) -> None:
    app = upload(careful, GOOD)
    assert "Norfolk asks for a second person: the file waits until somebody else approves it." in said(app)
    assert CONFIRM not in buttons(app)
    app = press(app, SEND)
    assert faults(app) == [] and "norfolk.csv waits for another person’s approval." in said(app)
    assert row(app, "norfolk.csv")[-1] == "another person than you, who sent it"
    assert "Take it back" in buttons(app) and not [label for label in buttons(app) if label.startswith("Approve")]
    acting.append(BEN)
    other = open_page(new_window(), "upload")
    assert row(other, "norfolk.csv")[-1] == "you"
    assert "Confirming stores 2 new facts" in said(other) and "40 of 100" in said(other)
    other = press(other, APPROVE)
    assert faults(other) == [] and "norfolk.csv is approved and stored as data version 19." in said(other)
    assert row(other, "norfolk.csv", 7)[1] == "19" and "by Ada Invented" in row(other, "norfolk.csv", 7)[3]
    assert "Nothing waits." in said(other)
    assert row(other, "norfolk.csv", 4)[2].startswith("approved, data version 19")


def test_a_refused_file_says_why_to_its_sender(
    careful: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor], new_window: Window
) -> None:
    waiting = waits(database, catalogue)
    acting.append(BEN)
    app = open_page(careful, "upload")
    app = press(app, "Refuse this file")
    assert "Say why" in app.error[0].value and len(app.error) == 1
    app.text_area(key=f"refuse_reason_{waiting}").set_value(WHY).run()
    app = press(app, "Refuse this file")
    assert faults(app) == [] and "norfolk.csv is refused." in said(app)
    acting.append(ADA)
    mine = open_page(new_window(), "upload")
    assert row(mine, "norfolk.csv", 4)[2:] == [row(mine, "norfolk.csv", 4)[2], WHY]
    assert row(mine, "norfolk.csv", 4)[2].startswith("refused") and "by Ben Invented" in row(mine, "norfolk.csv", 4)[2]


def test_the_sender_takes_a_file_back(
    careful: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    waits(database, catalogue)
    app = press(open_page(careful, "upload"), "Take it back")
    assert faults(app) == [] and "norfolk.csv is taken back." in said(app) and "Nothing waits." in said(app)


def test_an_approver_sees_what_changed_meanwhile_before_approving(
    careful: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    waits(database, catalogue)
    acting.append(BEN)
    app = open_page(careful, "upload")
    assert APPROVE in buttons(app)
    own = session_cursor(database, catalogue, app)
    prepared = prepare(own, LOCAL_ADMINISTRATOR, catalogue, GOOD.replace("80,100", "70,100").encode(), "other.csv")
    confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    app = press(app, APPROVE)
    assert "Approve: store 1 change as data version 20" in buttons(app) and "is approved" not in said(app)
    assert "Confirming stores 0 new facts and changes 1 fact" in said(app) and "70 of 100" in said(app)
    app = press(app, "Approve: store 1 change as data version 20")
    assert "norfolk.csv is approved and stored as data version 20." in said(app)


def session_cursor(database: Path, catalogue: Catalogue, app: AppTest) -> Connection:
    """A cursor of the store that the page has open."""
    connection: Connection = app.session_state["workspace"].connection
    return connection.cursor()


def test_a_file_that_became_empty_of_news_can_only_be_refused(
    careful: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    waits(database, catalogue)
    with stored(database, catalogue) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, GOOD.encode(), "other.csv")
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    acting.append(BEN)
    app = open_page(careful, "upload")
    assert "It cannot be approved as it is. Everything in it is stored already" in said(app)
    assert "Refuse this file" in buttons(app) and not [label for label in buttons(app) if label.startswith("Approve")]


def test_nothing_waits_is_said_with_how_something_would(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "upload")
    assert faults(app) == [] and "Nothing waits. A file waits here where an administrator has set" in said(app)


def test_alone_at_a_machine_one_is_told_that_there_is_no_second_person(
    careful: AppTest, new_window: Window, database: Path, catalogue: Catalogue
) -> None:
    app = press(upload(careful, GOOD), SEND)
    assert "there is no second person" in said(app) and "Take it back" in buttons(app)
    assert not [label for label in buttons(app) if label.startswith("Approve")]
    settings = open_page(new_window(), "people")
    assert faults(settings) == [] and "there is no second person" in said(settings)
    overview = open_page(new_window(), "overview")
    assert "for you as a second person" not in said(overview)


@pytest.mark.parametrize("text", [MARKUP, FORMULA, MARKDOWN, *HOSTILE[:2]])
def test_texts_of_a_file_that_waits_are_texts(
    careful: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor], text: str
) -> None:
    waits(database, catalogue, insights_file([text]), "**voices** <b>of</b>.csv")
    acting.append(BEN)
    app = open_page(careful, "upload")
    assert faults(app) == [] and "**voices** <b>of</b>.csv" not in spoken(app)
    assert text not in spoken(app) and "**voices** <b>of</b>.csv" in "".join(html(app).texts)


# Public texts


def public_text(database: Path, catalogue: Catalogue, summary: str = "Told to all", actor: Actor = ADA) -> str:
    """A public text that Ada sent before the page is opened, and that nobody has checked; the key of its choice."""
    heading = "area_code,commitment,period,perspective,summary,quote,consent_to_publish,visibility,participants"
    content = f'{heading}\n{NORFOLK},COM-1,2026/27 Q2,service_user,"{summary}","They came",yes,public,12\n'
    with stored(database, catalogue) as connection:
        prepared = prepare(connection, actor, catalogue, content.encode(), "voices.csv")
        assert prepared.confirmable, prepared.screening.findings
        confirm(actor, prepared, Moment.now())
        return f"{prepared.id}-2"


def heard(database: Path, app: AppTest) -> bool:
    return "Told to all" in said(app)


def test_a_steering_member_reads_a_text_and_everybody_sees_it(
    own_demonstration: AppTest, new_window: Window, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    key = public_text(database, catalogue)
    acting.append(Actor("Vi Invented", "viewer"))
    assert not heard(database, open_page(own_demonstration, "voices", area=NORFOLK))
    acting.append(SAM)
    app = open_page(new_window(), "upload")
    assert faults(
        app
    ) == [] and "1 public text waits for a check. Until then nobody but the area, steering groups" in said(app)
    assert not app.file_uploader and "What has been sent" not in said(app)
    app.selectbox(key="public_text").set_value(key).run()
    assert row(app, "Summary")[1] == "Told to all" and row(app, "Quote")[1] == "They came"
    app = press(app, "It may be public")
    assert faults(app) == [] and "The text is public now." in said(app) and "Nothing waits." in said(app)
    acting.append(Actor("Vi Invented", "viewer"))
    assert heard(database, open_page(new_window(), "voices", area=NORFOLK))


def test_a_refused_text_stays_for_steering_groups_until_somebody_agrees(
    own_demonstration: AppTest, new_window: Window, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    key = public_text(database, catalogue)
    acting.append(BEN)
    app = open_page(own_demonstration, "upload")
    app.selectbox(key="public_text").set_value(key).run()
    app = press(app, "Keep it for steering groups")
    assert "Say why" in app.error[0].value
    app.text_area(key=f"public_reason_{key}").set_value("The street names one person").run()
    app = press(app, "Keep it for steering groups")
    assert faults(app) == [] and "The text stays for steering groups." in said(app)
    acting.append(ADA)
    mine = open_page(new_window(), "upload")
    assert row(mine, "Told to all")[1].startswith("The street names one person Ben Invented,")
    acting.append(BEN)
    app.checkbox(key="public_again").check().run()
    app.selectbox(key="public_text").set_value(key).run()
    assert "Ben Invented refused this text being public on" in said(app) and "The street names one person" in said(app)
    app = press(app, "It may be public")
    assert "The text is public now." in said(app)


def test_a_sender_sees_that_a_text_waits_for_somebody_else(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    key = public_text(database, catalogue)
    app = open_page(own_demonstration, "upload")
    assert "1 public text waits for a check, for another person than you." in said(app)
    chosen = [box for box in app.selectbox if box.key == "public_text"]
    assert not chosen or key not in chosen[0].options
    assert "It may be public" not in buttons(app)


# Overview, and the setting


def test_overview_says_how_much_waits_for_whoever_may_decide(
    careful: AppTest, new_window: Window, database: Path, catalogue: Catalogue, acting: list[Actor]
) -> None:
    waits(database, catalogue)
    public_text(database, catalogue)
    acting.append(BEN)
    app = open_page(careful, "overview", area=NORFOLK)
    assert "1 file and 1 public text wait for you as a second person." in " ".join(said(app).split())
    assert html(app).links["Look"].startswith("upload")
    acting.append(SAM)
    assert "1 public text waits for you as a second person." in " ".join(
        said(open_page(new_window(), "overview")).split()
    )
    acting.append(ADA)
    assert "as a second person" not in said(open_page(new_window(), "overview"))


def test_an_administrator_switches_the_setting_on_and_off(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "people")
    assert faults(app) == [] and "Nothing is set yet: files for every area count at once." in said(app)
    app.selectbox(key="approval_area").set_value(NORFOLK).run()
    (setting,) = [radio for radio in app.radio if radio.label == "Setting"]
    assert setting.value is False
    app = setting.set_value(True).run()
    app = press(app, "Save the setting")
    assert faults(app) == [] and "The setting is saved." in spoken(app)
    assert row(app, "Norfolk", 3)[1] == "Files wait for a second person"
    assert "by Local administrator" in row(app, "Norfolk", 3)[2]
    (setting,) = [radio for radio in app.radio if radio.label == "Setting"]
    app = press(setting.set_value(False).run(), "Save the setting")
    assert row(app, "Norfolk", 3)[1] == "Files count at once"


def test_withdrawing_says_that_it_needs_no_second_person(
    careful: AppTest, database: Path, catalogue: Catalogue
) -> None:
    with stored(database, catalogue) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, GOOD.encode(), "norfolk.csv")
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    app = open_page(careful, "upload")
    app.selectbox(key="history_file").set_value(prepared.id).run()
    app.radio(key=f"history_deed_{prepared.id}").set_value("Withdraw it").run()
    assert "Withdrawing needs no second person: it is done at once." in said(app)

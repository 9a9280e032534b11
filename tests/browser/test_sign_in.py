"""Signing in with a real OpenID provider: the page before it, the menu of each role, and what is refused."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from components.roles import ONLY_FOR
from data import people, reviews
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.people import Given
from data.settings import Settings
from data.versions import Moment
from data.workspace import open_workspace
from tests.browser.acts import choose
from tests.browser.conftest import STORE, running_dashboard
from tests.browser.forging import Client, client
from tests.browser.pages import PAGE_LINKS, axe_violations, text_cut_off, wait_until_still
from tests.browser.provider import sign_in, sign_out, signing_in, user

ADMINISTRATOR, READER = "administrator@invented.example", "reader@invented.example"
MEMBER, STRANGER, UNVERIFIED = (f"{name}@invented.example" for name in ("member", "stranger", "unverified"))
MUTE = "somebody without an address"
NORFOLK, ENGLAND = "E23000024", "E92000001"
USERS = [
    user(ADMINISTRATOR, name="Invented administrator"),
    user(READER, name="Invented reader"),
    user(UNVERIFIED, name="Invented reader", email_verified=False),
    user(STRANGER, name="Invented stranger", groups=["cyclists"]),
    {"sub": MUTE, "name": "Invented reader"},
    user(MEMBER.upper(), name="Invented member", groups=["cyclists", "norfolk-analysts"]),
]


def fill(folder: Path, demonstration_file: Path) -> None:
    """A demonstration workspace in which roles were given, and a national review is open."""
    catalogue, now = load(), Moment.now()
    with open_workspace(Settings(str(shutil.copy(demonstration_file, folder / STORE))), catalogue) as connection:
        by = connection, LOCAL_ADMINISTRATOR, catalogue
        people.save(*by, Given("person", READER, "viewer"), now)
        people.save(*by, Given("person", UNVERIFIED, "administrator"), now)
        people.save(*by, Given("group", "norfolk-analysts", "contributor", frozenset({NORFOLK})), now)
        held_on = now.as_of + timedelta(days=30)
        reviews.open_review(connection, LOCAL_ADMINISTRATOR, ENGLAND, "An open review", held_on, 18, now)


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("sign-in")
    fill(folder, demonstration_file)
    with signing_in(folder, USERS, {"CONSENSUS_ADMINISTRATOR": ADMINISTRATOR}) as address:
        yield address


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies."""
    with browser.new_context(viewport={"width": 1440, "height": 1000}) as context:
        yield context


def menu(page: Page) -> list[str]:
    """The pages of the menu, by their addresses; the first has none."""
    return [str(link.get_attribute("href")).rpartition("/")[2] for link in page.locator(PAGE_LINKS).all()]


def said(page: Page) -> str:
    return page.locator(".answer").first.inner_text()


def go(page: Page, address: str) -> Page:
    page.goto(address)
    wait_until_still(page)
    return page


@pytest.mark.parametrize(
    "path", ["", "/people", "/upload?area=E23000024", "/?role=administrator&email=" + ADMINISTRATOR]
)
def test_before_the_sign_in_there_is_one_page_with_one_button(
    dashboard: str, window: BrowserContext, path: str
) -> None:
    page = go(window.new_page(), dashboard + path)
    assert page.locator("h1").all_inner_texts() == ["Health and Policing Consensus tracker"]
    assert [button.inner_text().split()[-2:] for button in page.get_by_role("button").all()] == [["Sign", "in"]]
    links = [str(link.get_attribute("href")) for link in page.get_by_role("link").all()]
    assert menu(page) == [] and all(link.startswith("#") for link in links)
    assert "sign-in page of your organisation" in page.locator("main, [data-testid=stMain]").first.inner_text()
    assert axe_violations(page) == [] and text_cut_off(page) == []


def test_nothing_of_the_data_is_sent_before_the_sign_in(dashboard: str) -> None:
    with client(dashboard, {}) as stranger:
        for name in ("", "voices", "people", "data"):
            stranger.run(name, "area=E23000024")
            assert "sign-in page of your organisation" in stranger.text
            # The one component is the script that follows the browser's theme.
            assert {kind for kind, _ in stranger.elements} <= {"", "html", "heading", "button", "bidi_component"}
            assert "Norfolk" not in stranger.text and "invented" not in stranger.text.lower()


def test_an_administrator_sees_every_page_and_signs_out_again(dashboard: str, window: BrowserContext) -> None:
    page = window.new_page()
    sign_in(page, dashboard, ADMINISTRATOR)
    assert {"people", "upload", "data"} <= set(menu(page)) and len(menu(page)) >= 17
    assert "Signed in as Invented administrator. Role: administrator." in page.locator("body").inner_text()
    assert "No sign-in is set up" not in page.locator("body").inner_text()
    sign_out(page)
    assert menu(go(page, f"{dashboard}/people")) == []


def test_a_reader_sees_the_pages_for_readers_whatever_the_address_claims(
    dashboard: str, window: BrowserContext
) -> None:
    page = window.new_page()
    sign_in(page, dashboard, READER)
    own = menu(page)
    assert "voices" in own and not set(own) & set(ONLY_FOR)
    for forged in (
        "role=administrator",
        f"email={ADMINISTRATOR}",
        "is_logged_in=true",
        "user=administrator&areas=E23000024",
    ):
        assert menu(go(page, f"{dashboard}/?{forged}")) == own
    for name in ("people", "upload", "data"):
        go(page, f"{dashboard}/{name}?role=administrator&area=E23000024")
        assert said(page).startswith("This page is not for your role, viewer. It is for:")
        assert page.get_by_role("button", name="Save").count() == 0 and page.locator("input[type=file]").count() == 0


def test_a_member_of_a_group_reports_for_the_area_of_the_group_and_no_other(
    dashboard: str, window: BrowserContext
) -> None:
    page = window.new_page()
    sign_in(page, dashboard, MEMBER.upper())
    assert "upload" in menu(page) and "data" in menu(page) and "people" not in menu(page)
    go(page, f"{dashboard}/adaptations?area=E23000024")
    expect(page.get_by_text("Record what was changed").first).to_be_visible()
    go(page, f"{dashboard}/adaptations?area=E23000032")
    expect(page.get_by_text("Only those who report for this area").first).to_be_visible()


@pytest.mark.parametrize(
    ("email", "words"),
    [
        (STRANGER, "You are signed in, but nobody has given you a role here yet. Ask administrator@invented.example"),
        (MUTE, "The sign-in provider did not tell an e-mail address"),
        (UNVERIFIED, "The sign-in provider has not verified your e-mail address."),
    ],
)
def test_who_is_not_known_or_not_vouched_for_sees_nothing(
    dashboard: str, window: BrowserContext, email: str, words: str
) -> None:
    page = window.new_page()
    sign_in(page, dashboard, email)
    assert said(page).startswith(words) and menu(page) == []
    assert menu(go(page, f"{dashboard}/voices?area=E23000024")) == []
    assert "Voices" not in page.locator("h1").all_inner_texts()


def test_a_role_is_given_and_taken_away_on_the_page_and_acts_with_the_next_click(
    dashboard: str, browser: Browser, window: BrowserContext
) -> None:
    page = window.new_page()
    sign_in(page, dashboard, ADMINISTRATOR)
    go(page, f"{dashboard}/people")
    page.get_by_text("Give a role, or change one").click()
    page.get_by_role("textbox", name="E-mail address").fill(STRANGER)
    page.get_by_role("textbox", name="E-mail address").press("Enter")
    wait_until_still(page)
    page.get_by_test_id("stRadio").get_by_text("Evaluator", exact=True).click()
    wait_until_still(page)
    press(page, "Save the role", "The role is saved. It holds from the next page that is asked for.")
    with browser.new_context() as other:
        theirs = other.new_page()
        sign_in(theirs, dashboard, STRANGER)
        assert "data" in menu(theirs) and "people" not in menu(theirs)
        page.get_by_text("End a role", exact=True).click()
        wait_until_still(page)
        choose(page, "Whose role", STRANGER)
        page.get_by_label("Why does it end?").fill("The evaluation is over")
        press(page, "End the role", "The role is ended.")
        theirs.locator(PAGE_LINKS).filter(has_text="Voices").click()
        expect(theirs.get_by_text("nobody has given you a role here yet")).to_be_visible()
        wait_until_still(theirs)
        assert menu(theirs) == [] and theirs.locator("h1").count() == 1
    expect(page.get_by_text("Roles that were ended (1)")).to_be_visible()


def press(page: Page, button: str, told: str) -> None:
    wait_until_still(page)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(told)).to_be_visible()
    wait_until_still(page)


@pytest.mark.parametrize(
    ("settings", "headers", "words"),
    [
        ({}, {"X-Forwarded-For": "203.0.113.9"}, "this request was passed on by another server"),
        ({}, {"Forwarded": "for=203.0.113.9"}, "this request was passed on by another server"),
        ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, {}, "the server listens on 0.0.0.0"),
        ({"CONSENSUS_ADMINISTRATOR": ADMINISTRATOR}, {}, "named by CONSENSUS_ADMINISTRATOR, but no sign-in is set up"),
    ],
)
def test_without_a_sign_in_only_this_machine_is_answered(
    tmp_path: Path, settings: dict[str, str], headers: dict[str, str], words: str
) -> None:
    with running_dashboard(tmp_path, "empty", settings=settings) as address:
        with client(address, {}, headers) as asking:
            asking.run("people")
            assert words in asking.text and "Nothing is shown until then" in asking.text
            assert not asking.widgets("button") and "Norfolk" not in asking.text
        if headers:
            with client(address, {}) as sitting_here:
                sitting_here.run("people")
                assert "Nobody has been given a role yet." in sitting_here.text


def test_a_secrets_file_that_cannot_be_read_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text("[auth\nclient_id =")
    with running_dashboard(tmp_path, "empty") as address, client(address, {}) as asking:
        asking.run("people")
        assert "The file with the settings of the sign-in cannot be read." in asking.text
        assert not asking.widgets("button")


@contextmanager
def client_of(dashboard: str, browser: Browser, email: str) -> Iterator[Client]:
    """A client that has signed in with a browser and goes on without it."""
    with browser.new_context() as context:
        sign_in(context.new_page(), dashboard, email)
        cookies = {str(one.get("name")): str(one.get("value")) for one in context.cookies(dashboard)}
    with client(dashboard, cookies) as signed_in:
        yield signed_in


def stored(folder: Path) -> dict[str, int]:
    """How many rows each table has, once the server has let go of the file."""
    with open_workspace(Settings(str(folder / "consensus.duckdb")), load()) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names}


WRITING = [("reviews", ENGLAND), ("adaptations", NORFOLK), ("targets", NORFOLK), ("people", ENGLAND)]


def test_widget_values_that_were_never_offered_do_nothing(
    browser: Browser, tmp_path: Path, demonstration_file: Path
) -> None:
    fill(tmp_path, demonstration_file)
    before = stored(tmp_path)
    with signing_in(tmp_path, USERS, {"CONSENSUS_ADMINISTRATOR": ADMINISTRATOR}) as address:
        with client_of(address, browser, ADMINISTRATOR) as administrator:
            offered = {page: buttons_of(administrator, page, area) for page, area in WRITING}
        with client_of(address, browser, READER) as reader:
            pressed = {page: press_all(reader, page, area, offered[page]) for page, area in WRITING}
    assert all(offered.values()) and {"Call it off", "Save the role"} <= set().union(*offered.values())
    assert "This page is not for your role" in pressed["people"]
    assert stored(tmp_path) == before


def buttons_of(signed_in: Client, page: str, area: str) -> dict[str, str]:
    """The buttons of a page and their identifiers, which are the same for everybody who is shown them."""
    signed_in.run(page, f"area={area}")
    return {label: one for one, label in signed_in.widgets("button").items() if label != "Sign out"}


def press_all(signed_in: Client, page: str, area: str, buttons: dict[str, str]) -> str:
    signed_in.run(page, f"area={area}")
    signed_in.run(page, f"area={area}", **dict.fromkeys(buttons.values(), True))
    return signed_in.text


def test_an_option_that_was_never_offered_is_not_taken(
    browser: Browser, tmp_path: Path, demonstration_file: Path
) -> None:
    """The server takes an area that is not on the list for the first that is, which is the member's own."""
    fill(tmp_path, demonstration_file)
    areas = ["Kent", "England", "E23000032", "Norfolk"]
    with signing_in(tmp_path, USERS, {"CONSENSUS_ADMINISTRATOR": ADMINISTRATOR}) as address:
        with client_of(address, browser, MEMBER.upper()) as member:
            answers = [reply(member, area) for area in areas]
    assert all("The reply of Norfolk to the whole review is saved." in text for text in answers)
    with open_workspace(Settings(str(tmp_path / "consensus.duckdb")), load()) as connection:
        question = "SELECT area_code, reply FROM reply WHERE reply LIKE 'Forged%' ORDER BY made_at"
        assert connection.execute(question).fetchall() == [(NORFOLK, f"Forged for {area}") for area in areas]


def reply(signed_in: Client, area: str) -> str:
    """Reply to the open review for an area, which is that of the member or was never offered."""
    asked = "reviews", "area=E92000001"
    signed_in.run(*asked)
    chosen, text = signed_in.widget("selectbox", "Area that replies"), signed_in.widget("text_area", "Reply")
    save = signed_in.widget("button", "Save the reply")
    signed_in.run(*asked, **{chosen: area, text: f"Forged for {area}"})
    # The text of another area's reply would be another widget; send both with the button.
    signed_in.run(*asked, **{chosen: area, text: f"Forged for {area}", save: True})
    return signed_in.text

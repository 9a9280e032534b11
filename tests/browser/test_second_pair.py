"""Two people who sign in: one sends a file and a public text, the other looks at both and decides."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data import approval_settings, people
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.people import Given
from data.settings import Settings
from data.versions import Moment
from data.workspace import open_workspace
from tests.browser.acts import choose, drop, press, row
from tests.browser.conftest import STORE
from tests.browser.pages import axe_violations, text_cut_off, wait_until_still
from tests.browser.provider import sign_in, signing_in, user

ADA, BEN, VI = (f"{name}@invented.example" for name in ("ada", "ben", "vi"))
USERS = [user(ADA, name="Ada Invented"), user(BEN, name="Ben Invented"), user(VI, name="Vi Invented")]
NORFOLK = "E23000024"
FIGURES = (
    "area_code,area_name,indicator,period,numerator,denominator\n"
    "E23000024,Norfolk,people_who_felt_heard,2026/27 Q2,80,100\n"
)
TOLD = "Invented: people at the front desk were asked twice and heard once"
TEXTS = (
    "area_code,commitment,period,perspective,summary,visibility,participants\n"
    f'E23000024,COM-1,2026/27 Q2,service_user,"{TOLD}",public,12\n'
)


@pytest.fixture
def dashboard(tmp_path: Path, demonstration_file: Path, catalogue: Catalogue) -> Iterator[str]:
    """A demonstration with sign-in, in which Ada and Ben report for Norfolk and its files wait for a second person."""
    now = Moment.now()
    with open_workspace(Settings(str(shutil.copy(demonstration_file, tmp_path / STORE))), catalogue) as connection:
        by = connection, LOCAL_ADMINISTRATOR, catalogue
        for who in (ADA, BEN):
            people.save(*by, Given("person", who, "contributor", frozenset({NORFOLK})), now)
        people.save(*by, Given("person", VI, "viewer"), now)
        approval_settings.choose(*by, NORFOLK, True, now)
    with signing_in(tmp_path, USERS, {}) as address:
        yield address


def as_person(browser: Browser, dashboard: str, who: str, page: str, theme: str = "light") -> Page:
    """A page as somebody sees it who signs in, in a browser without cookies."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme=theme)
    opened = context.new_page()
    sign_in(opened, dashboard, who)
    opened.goto(f"{dashboard}/{page}")
    wait_until_still(opened)
    return opened


def well_drawn(page: Page) -> None:
    """Nothing cut off and nothing against the rules of accessibility, on a wide and on a narrow screen."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 1000})
        wait_until_still(page)
        assert axe_violations(page) == [] == text_cut_off(page)


def sent(page: Page, content: str, path: Path) -> None:
    path.write_text(content, encoding="utf-8")
    drop(page, path)
    expect(page.get_by_text("Norfolk asks for a second person: the file waits until")).to_be_visible()
    press(page, re.compile("^Send for approval: 1 change"))
    expect(page.get_by_text(f"{path.name} waits for another person’s approval.")).to_be_visible()
    expect(page.locator('input[type="file"]')).to_have_count(1)  # that of the next file, once the page is drawn
    wait_until_still(page)


def test_what_one_person_sends_another_approves_and_checks(browser: Browser, dashboard: str, tmp_path: Path) -> None:
    ada = as_person(browser, dashboard, ADA, "upload?area=Norfolk")
    sent(ada, FIGURES, tmp_path / "figures.csv")
    sent(ada, TEXTS, tmp_path / "texts.csv")
    assert ada.get_by_role("button", name=re.compile("^Approve")).count() == 0
    well_drawn(ada)

    ben = as_person(browser, dashboard, BEN, "upload?area=Norfolk", "dark")
    choose(ben, "Look at a file that waits", "figures.csv")
    expect(ben.get_by_text("Confirming stores 1 new fact")).to_be_visible()
    well_drawn(ben)
    press(ben, "Approve: store 1 change as data version 19")
    expect(ben.get_by_text("figures.csv is approved and stored as data version 19.")).to_be_visible()
    press(ben, "Approve: store 1 change as data version 20")
    expect(ben.get_by_text("texts.csv is approved and stored as data version 20.")).to_be_visible()

    viewer = as_person(browser, dashboard, VI, "voices?area=Norfolk")
    assert viewer.get_by_text(TOLD).count() == 0
    choose(ben, "Read a text that is to be public", "Norfolk")
    expect(row(ben, "Summary")).to_contain_text(TOLD)
    well_drawn(ben)
    press(ben, "It may be public")
    expect(ben.get_by_text("The text is public now.")).to_be_visible()
    viewer.reload()
    wait_until_still(viewer)
    expect(viewer.get_by_text(TOLD).first).to_be_visible()
    for page in (ada, ben, viewer):
        page.context.close()

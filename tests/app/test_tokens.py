"""Tokens on the page People and access: made, shown once, listed and withdrawn, by administrators alone."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data import tokens
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.settings import Settings
from data.versions import Moment
from data.workspace import shared
from tests.app.reading import html, open_page

NORFOLK = "E23000024"
LABEL = "<b>Nightly</b> *figures*"


def make(app: AppTest, label: str = LABEL, area: str | None = "Norfolk") -> AppTest:
    app.text_input(key="token_label").input(label)
    if area:
        app.selectbox(key="token_area").select(area)
    next(button for button in app.button if button.label == "Make it").click()
    return app.run()


def secrets(app: AppTest) -> list[str]:
    return [code.value for code in app.code if tokens.SECRET.fullmatch(code.value)]


def listed() -> list[dict[str, object]]:
    with shared(Settings.from_environment()).connection.cursor() as connection:
        return tokens.listed(connection, LOCAL_ADMINISTRATOR, Moment.now()).to_dict("records")  # type: ignore[no-any-return]


def test_a_token_is_made_shown_once_and_listed_as_text(empty: AppTest) -> None:
    page = make(open_page(empty, "people"))
    (secret,) = secrets(page)
    with shared(Settings.from_environment()).connection.cursor() as connection:
        assert tokens.actor_of(connection, secret) == Actor(
            f"Token “{LABEL}” (Norfolk)", "contributor", frozenset({NORFOLK})
        )
    assert [row[:2] for row in html(page).rows if row[0] == LABEL] == [[LABEL, "Norfolk"]]
    page.run()
    assert secrets(page) == [] and secret not in "".join(html(page).texts)


def test_nothing_chosen_makes_no_token_least_of_all_for_administration(empty: AppTest) -> None:
    page = make(open_page(empty, "people"), area=None)
    assert "Choose what the token is for." in [warning.value for warning in page.warning]
    assert secrets(page) == [] and listed() == []


def test_a_token_for_administration_is_asked_for_by_name(empty: AppTest) -> None:
    page = make(open_page(empty, "people"), area="Administration (backups)")
    assert len(secrets(page)) == 1 and listed()[0]["kind"] == "administrator"


def test_a_refused_label_says_why_and_makes_nothing(empty: AppTest) -> None:
    page = make(open_page(empty, "people"), label="jo.bloggs@example.org")
    assert any("personal data" in error.value for error in page.error)
    assert listed() == []


def test_a_token_is_withdrawn_once_that_is_confirmed(empty: AppTest) -> None:
    page = make(open_page(empty, "people"))
    (line,) = listed()
    page.selectbox(key="token_which").select(f"{LABEL} (Norfolk)").run()
    button = page.button(key=f"token_withdraw_{line['id']}")
    assert button.disabled
    page.checkbox(key=f"token_sure_{line['id']}").check().run()
    page.button(key=f"token_withdraw_{line['id']}").click().run()
    assert listed()[0]["state"] == "withdrawn"
    assert any(re.search("withdrawn on .+ by Local administrator", cell) for row in html(page).rows for cell in row)


@pytest.mark.parametrize("role", ["viewer", "contributor", "evaluator", "steering"])
def test_nobody_else_sees_or_makes_tokens(empty: AppTest, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Ada Norfolk", role, frozenset({NORFOLK}), "ada@example.org"))  # type: ignore[arg-type]
    page = open_page(empty, "people")
    assert not [field for field in page.text_input if field.key == "token_label"]
    assert not any("Tokens" in heading.value for heading in page.subheader)

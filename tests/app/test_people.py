"""People and access, the menu of each role, and what stands before the pages, as the dashboard shows them."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.roles import DEEDS, NATIONAL, ONLY_FOR, ROLE_WORDS, allowed
from data.actor import ROLES, Actor
from tests.app.reading import PAGES, html, open_page, said

NORFOLK = "E23000024"
ADA, BO = "ada@invented.example", "bo@invented.example"


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the provider says of the person: at first that nobody is signed in. A test puts more into it."""
    told: dict[str, Any] = {"is_logged_in": False}
    monkeypatch.setattr(session, "claims", lambda: told)
    return told


@pytest.fixture
def as_administrator(claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CONSENSUS_ADMINISTRATOR", ADA)
    claims.update(is_logged_in=True, email=ADA, name="Ada *Admin*")
    yield


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def give(app: AppTest, email: str, role: str, *areas: str) -> AppTest:
    next(box for box in app.text_input if box.label == "E-mail address").input(email)
    next(one for one in app.radio if one.label == "Role").set_value(role).run()
    if areas:
        app.multiselect[0].set_value(list(areas))
    return next(button for button in app.button if button.label == "Save the role").click().run()


def test_before_the_sign_in_nothing_but_the_way_in_is_shown(own_demonstration: AppTest, claims: dict[str, Any]) -> None:
    for page in ("overview", "people", "voices"):
        app = open_page(own_demonstration, page)
        assert [title.value for title in app.title] == ["Health and Policing Consensus tracker"]
        assert labels(app) == {"Sign in"} and not app.selectbox and not app.error and not app.exception
        assert "keeps no password" in said(app) and "Norfolk" not in said(app) and not app.info


def test_who_is_not_known_is_told_whom_to_ask(
    own_demonstration: AppTest, claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims.update(is_logged_in=True, email=BO, name="Bo")
    app = own_demonstration.run()
    assert "Ask the administrator of this dashboard for one." in said(app) and labels(app) == {"Sign out"}
    assert f"You signed in as {BO}." in said(app) and not app.selectbox
    monkeypatch.setenv("CONSENSUS_UNKNOWN", "viewer")
    app = open_page(own_demonstration, "voices")
    assert [title.value for title in app.title] == ["Voices"] and "Signed in as Bo. Role: viewer." in said(app)


def test_a_name_is_text_and_an_ended_sign_in_is_said(
    own_demonstration: AppTest, claims: dict[str, Any], as_administrator: None
) -> None:
    app = own_demonstration.run()
    assert "Signed in as Ada *Admin*. Role: administrator." in said(app) and "No sign-in is set up" not in said(app)
    claims["exp"] = 0
    app = own_demonstration.run()
    assert "Your sign-in has ended. Sign in again." in said(app) and labels(app) == {"Sign in", "Sign out"}


def test_a_role_acts_from_the_next_script_run_on_and_no_longer_when_it_ended(
    own_demonstration: AppTest, claims: dict[str, Any], as_administrator: None
) -> None:
    app = give(open_page(own_demonstration, "people"), f" {BO.upper()} ", "contributor", NORFOLK)
    assert "The role is saved. It holds from the next page that is asked for." in said(app)
    assert ["bo@invented.example Person", "Contributor of an area", "Norfolk"] in [line[:3] for line in html(app).rows]
    claims.update(email=BO, name="Bo")
    app = open_page(own_demonstration, "upload")
    assert [title.value for title in app.title] == ["Upload"] and "Role: contributor of an area." in said(app)
    app = open_page(own_demonstration, "people")
    assert "This page is not for your role, contributor of an area. It is for: administrator." in said(app)
    assert "What each role may do" not in said(app) and ADA not in said(app)
    claims.update(email=ADA)
    app = open_page(own_demonstration, "people")
    whose = next(box for box in app.selectbox if box.label == "Whose role")
    app = whose.set_value(f"Person {BO}: contributor of an area, Norfolk").run()
    app.text_area[0].input("Works elsewhere now")
    app = next(button for button in app.button if button.label == "End the role").click().run()
    assert "The role is ended." in said(app)
    claims.update(email=BO)
    app = open_page(own_demonstration, "upload")
    assert "nobody has given you a role here yet" in said(app) and not app.selectbox


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("bo", "viewer", "Write one e-mail address, such as name@organisation.example."),
        ("", "viewer", "Write one e-mail address"),
        (BO, "contributor", "A contributor reports for at least one area"),
        (BO, "steering", "a steering group has at least one place as its scope"),
    ],
)
def test_a_role_that_is_not_possible_is_refused_beside_the_form(
    own_demonstration: AppTest, as_administrator: None, email: str, role: str, words: str
) -> None:
    app = give(open_page(own_demonstration, "people"), email, role)
    assert any(words in error.value.replace("\\", "") for error in app.error) and not app.exception
    assert "Nobody has been given a role yet." in said(app)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_is_not_for_the_role_answers_with_a_sentence(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, role: Any
) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Somebody", role, frozenset({NORFOLK}), BO))
    for page in sorted(ONLY_FOR):
        app = open_page(own_demonstration, page)
        refused = f"This page is not for your role, {ROLE_WORDS[role].lower()}." in said(app)
        assert refused is (role not in ONLY_FOR[page]), page
        assert len(app.title) == 1 and not app.error and not app.exception


def test_only_pages_that_are_there_are_kept_for_roles() -> None:
    assert set(ONLY_FOR) <= set(PAGES) and all(roles for roles in ONLY_FOR.values())


def test_without_a_provider_the_banner_says_who_is_administrator(own_demonstration: AppTest) -> None:
    app = own_demonstration.run()
    assert "No sign-in is set up: this dashboard opens on this machine only" in said(app)
    assert "Sign out" not in labels(app)


def test_what_each_role_may_do_is_what_the_checks_say() -> None:
    found = {role: allowed(role) for role in ROLES}
    assert {words for of_role in found.values() for words in of_role.values()} == {
        "everywhere", "for own areas", "in its scope", "no", "yes", "the national group",
    }  # fmt: skip
    assert all(list(of_role) == [*DEEDS, NATIONAL] for of_role in found.values())
    upload, review = "Upload, correct and withdraw files", "Open, judge, decide at and close reviews"
    assert [found[role][upload] for role in ROLES] == ["no", "for own areas", "no", "no", "everywhere"]
    assert [found[role][review] for role in ROLES] == ["no", "no", "no", "in its scope", "everywhere"]
    assert [found[role][NATIONAL] for role in ROLES] == ["no", "no", "no", "the national group", "yes"]
    assert [found[role]["Read dissent"] for role in ROLES] == ["no", "no", "everywhere", "in its scope", "everywhere"]

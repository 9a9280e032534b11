"""Who is at the door, from what the provider and the request say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from components.signing_in import GRACE, AtThisMachine, Closed, Request, Visitor, is_this_machine, visitor

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
EMAIL = "ada@invented.example"


def asked(**claims: Any) -> Visitor | AtThisMachine | Closed:
    """Somebody who signed in, with these claims besides the e-mail address."""
    told = {"is_logged_in": True, "email": EMAIL, "email_verified": True, "name": "Ada"} | claims
    return visitor(Request(told, "0.0.0.0"), NOW, "groups")


def local(address: str | None = "localhost", **more: Any) -> Visitor | AtThisMachine | Closed:
    """Somebody who asks a server without a provider."""
    return visitor(Request({}, address, **more), NOW, "groups")


@pytest.mark.parametrize("address", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_without_a_provider_whoever_is_at_this_machine_comes_in(address: str) -> None:
    assert is_this_machine(address) and local(address) == AtThisMachine()


@pytest.mark.parametrize(
    "address", [None, "", "0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "dashboard.example", "localhost.example",
                "unix:///tmp/socket", "127.0.0.1.example"]
)  # fmt: skip
def test_without_a_provider_a_server_that_others_can_reach_shows_nothing(address: str | None) -> None:
    found = local(address)
    assert isinstance(found, Closed) and not found.offer and not is_this_machine(address)
    assert "the server listens on" in found.why and "docs/how-to/sign-in.md" in found.why


@pytest.mark.parametrize(
    "name",
    ["X-Forwarded-For", "x-forwarded-for", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"],
)
@pytest.mark.parametrize("value", ["203.0.113.9", "127.0.0.1", ""])
def test_without_a_provider_what_another_server_passed_on_is_refused(name: str, value: str) -> None:
    found = local(headers={"Host": "localhost:8501", name: value})
    assert isinstance(found, Closed) and "was passed on by another server" in found.why


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]"])
def test_without_a_provider_this_machine_is_asked_under_its_own_name(host: str) -> None:
    assert local(headers={"Host": host}) == AtThisMachine()


@pytest.mark.parametrize("host", ["dashboard.example", "dashboard.example:8501", "10.0.0.1", "", "[::2]:8501"])
def test_without_a_provider_another_name_is_refused(host: str) -> None:
    found = local(headers={"host": host})
    assert isinstance(found, Closed) and "asked for under another name" in found.why


def test_a_sign_in_that_was_meant_to_be_there_is_not_done_without() -> None:
    unreadable, expected = local(unreadable=True), local(expected=True)
    assert isinstance(unreadable, Closed) and "cannot be read" in unreadable.why
    assert isinstance(expected, Closed) and "CONSENSUS_ADMINISTRATOR" in expected.why


def test_with_a_provider_nobody_is_signed_in_at_first() -> None:
    for said in (False, None, "true", 1):
        assert visitor(Request({"is_logged_in": said, "email": EMAIL}, "localhost"), NOW, "groups") == Closed("")


def test_with_a_provider_the_address_and_the_headers_do_not_matter() -> None:
    headers = {"Host": "dashboard.example", "X-Forwarded-For": "203.0.113.9"}
    claims = {"is_logged_in": True, "email": EMAIL, "name": "Ada"}
    assert visitor(Request(claims, None, headers, expected=True), NOW, "groups") == Visitor(EMAIL, "Ada")


def test_the_address_counts_in_small_letters_and_stands_for_a_name_that_is_missing() -> None:
    assert asked(email=" ADA@Invented.Example ") == Visitor(EMAIL, "Ada")
    assert asked(name=None) == asked(name="  ") == asked(name=7) == Visitor(EMAIL, EMAIL)


def test_a_name_is_one_line_of_marks_that_can_be_seen() -> None:
    found = asked(name="Local\u202e adm\u0000in\n\n" + "x" * 500)
    assert isinstance(found, Visitor) and found.name.startswith("Local adm in x") and len(found.name) == 120


@pytest.mark.parametrize("email", [None, "", "  ", 7, ["ada@invented.example"]])
def test_without_an_address_nobody_comes_in(email: Any) -> None:
    found = asked(email=email)
    assert isinstance(found, Closed) and "did not tell an e-mail address" in found.why


@pytest.mark.parametrize("said", [False, "false", None, 0, 1, "yes", "True "])
def test_an_address_that_is_not_verified_is_refused(said: Any) -> None:
    found = asked(email_verified=said)
    assert found == Closed("The sign-in provider has not verified your e-mail address.", signed_in=EMAIL)


def test_a_provider_that_does_not_speak_of_verifying_vouches_for_the_address() -> None:
    claims = {"is_logged_in": True, "email": EMAIL}
    assert visitor(Request(claims, "localhost"), NOW, "groups") == Visitor(EMAIL, EMAIL)
    assert asked(email_verified="true") == Visitor(EMAIL, "Ada")


def test_a_sign_in_ends_a_working_day_after_the_providers_token() -> None:
    just, over = NOW - GRACE, NOW - GRACE - timedelta(seconds=1)
    assert asked(exp=just.timestamp()) == asked(exp=int(NOW.timestamp())) == Visitor(EMAIL, "Ada")
    assert asked(exp=over.timestamp()) == Closed("Your sign-in has ended. Sign in again.", signed_in=EMAIL)
    assert timedelta(hours=1) < GRACE < timedelta(days=1)


@pytest.mark.parametrize("ends", ["", "tomorrow", True, [], float("nan")])
def test_an_end_that_is_no_time_has_passed(ends: Any) -> None:
    assert isinstance(asked(exp=ends), Closed)


@pytest.mark.parametrize(
    ("claim", "groups"),
    [(["a", "b"], ("a", "b")), ("a", ("a",)), (None, ()), (["a", 7, "", None], ("a",)), ({"a": 1}, ()), ("", ())],
)
def test_groups_are_texts_of_the_claim_that_the_settings_name(claim: Any, groups: tuple[str, ...]) -> None:
    assert asked(groups=claim) == Visitor(EMAIL, "Ada", groups)
    claims = {"is_logged_in": True, "email": EMAIL, "roles": claim, "groups": ["not this one"]}
    assert visitor(Request(claims, "localhost"), NOW, "roles") == Visitor(EMAIL, EMAIL, groups)

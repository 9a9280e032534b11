"""A real OpenID provider of the tests' own, and a dashboard that signs people in with it."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import answers, free_port, is_near, running_dashboard, stop
from tests.browser.pages import wait_until_still

SECRETS = """
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a secret of the tests, long enough to sign with"
client_id = "dashboard"
client_secret = "a secret of the tests"
server_metadata_url = "{metadata}"
client_kwargs = {{ prompt = "login" }}
"""


METADATA = "/.well-known/openid-configuration"
Claims = dict[str, Any]


def user(email: str, **claims: Any) -> Claims:
    """Somebody whom the provider knows under the e-mail address."""
    return {"sub": email, "email": email, "email_verified": True} | claims


@contextlib.contextmanager
def provider(folder: Path, users: Sequence[Claims]) -> Iterator[str]:
    """An OpenID provider in a process of its own that knows these users; gives its address."""
    port, log = free_port(), folder / "provider.log"
    told = [word for claims in users for word in ("--user-claims", json.dumps(claims))]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *told],
            stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for_metadata(process, f"http://127.0.0.1:{port}", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)


def wait_for_metadata(process: subprocess.Popen, issuer: str, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not answers(issuer + METADATA):
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"The provider did not start. Its log:\n{log.read_text(errors='replace')}", pytrace=False)
        time.sleep(0.1)


@contextlib.contextmanager
def signing_in(folder: Path, users: Sequence[Claims], settings: Mapping[str, str]) -> Iterator[str]:
    """A dashboard with sign-in through a provider that knows these users; gives the dashboard's address."""
    port = free_port()
    with provider(folder, users) as issuer:
        secrets = SECRETS.format(address=f"http://localhost:{port}", metadata=issuer + METADATA)
        (folder / "secrets.toml").write_text(secrets)
        with running_dashboard(folder, "demonstration", port, settings) as address:
            yield address


def sign_in(page: Page, address: str, email: str) -> None:
    """Go through the provider's own page as a person does, and wait for what the dashboard shows then."""
    # The provider's page asks another machine for its style sheet, which may not be there.
    page.route(lambda asked: not is_near(asked), lambda route: route.abort())
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(email)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{address}/**")
    wait_until_still(page)


def sign_out(page: Page) -> None:
    """Sign out here, and at the provider's own page for that."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()

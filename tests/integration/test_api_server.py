"""The HTTP API in the process that people start: beside the pages, behind Streamlit's own middleware."""

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx2
import pytest

from data import tokens
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.settings import Settings
from data.versions import Moment
from data.workspace import open_workspace
from tests.browser.conftest import running_dashboard
from tests.integration.storing import KENT, NORFOLK, fact, facts

SUBMIT = "/api/v1/submissions?file_name=figures.csv"


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, dict[str, str]]:
    """The folder of an empty store, and a token of each of two areas in it."""
    folder = tmp_path_factory.mktemp("server")
    with open_workspace(Settings(str(folder / "consensus.duckdb"), "empty"), catalogue) as connection:
        made = {
            area: tokens.make(connection, LOCAL_ADMINISTRATOR, f"For {area}", area, Moment.now())[1]
            for area in (NORFOLK, KENT)
        }
    return folder, made


@pytest.fixture(scope="module")
def running(secrets: tuple[Path, dict[str, str]]) -> Iterator[str]:
    with running_dashboard(secrets[0], "empty") as address:
        yield address


def client(address: str, secret: str = "") -> httpx2.Client:
    headers = {"Content-Type": "text/csv"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    return httpx2.Client(base_url=address, headers=headers, timeout=60, trust_env=False)


def test_a_file_is_checked_stored_and_read_back(running: str, secrets: tuple[Path, dict[str, str]]) -> None:
    with client(running, secrets[1][NORFOLK]) as norfolk:
        assert norfolk.get("/readyz").json()["status"] == "ready"
        checked = norfolk.post("/api/v1/checks?file_name=figures.csv", content=facts())
        assert checked.json()["acceptable"]
        stored = norfolk.post(SUBMIT, content=facts())
        assert stored.status_code == 201
        given = norfolk.get(f"{stored.headers['location']}/tables/observations.csv")
        assert b"s136_health_based_place" in given.content
        kept = norfolk.get(given.url.path, headers={"If-None-Match": given.headers["etag"]})
        assert (kept.status_code, kept.content) == (304, b"")
        assert norfolk.head(given.url.path).headers["etag"] == given.headers["etag"]
    with client(running, secrets[1][KENT]) as kent:
        assert kent.post(SUBMIT, content=facts()).status_code == 403
        assert kent.post(SUBMIT, content=facts(fact(KENT))).status_code == 201


def test_every_answer_of_the_server_carries_the_protecting_headers(running: str) -> None:
    with client(running) as anybody:
        page = anybody.get("/")
        script = anybody.get("/static/none.js")
        answers = [page, script, anybody.get("/_stcore/health"), anybody.get("/media/none"), anybody.get("/healthz")]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], answer.url
        assert answer.headers["referrer-policy"] == "same-origin"
    assert "script-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/api/v1/../../etc/passwd", "/api/v1/versions/..%2f..%2fetc", "/api//x", "/api/v1/%ff"]
)
def test_paths_that_climb_are_refused_as_problems(running: str, path: str) -> None:
    with closing(HTTPConnection(running.removeprefix("http://"), timeout=60)) as asked:  # sends a path as it stands
        asked.request("GET", path)
        answer = asked.getresponse()
        assert answer.status in (400, 404)
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.read())["status"] == answer.status


def test_a_large_body_without_a_token_is_refused_before_it_came(running: str) -> None:
    with client(running) as anybody:
        assert anybody.post(SUBMIT, content=b"x" * 20_000_000).status_code == 401


def test_a_cookie_is_no_token(running: str) -> None:
    with client(running) as anybody:
        anybody.get("/")
        assert anybody.get("/api/v1/versions").status_code == 401


def test_nothing_lets_another_site_read_the_answers(running: str, secrets: tuple[Path, dict[str, str]]) -> None:
    with client(running, secrets[1][NORFOLK]) as norfolk:
        answer = norfolk.get("/api/v1/versions", headers={"Origin": "https://elsewhere.example"})
        before = norfolk.options("/api/v1/versions", headers={"Origin": "https://elsewhere.example"})
    for one in (answer, before):
        assert not [name for name in one.headers if name.startswith("access-control")]


def test_the_log_of_the_server_names_no_token(running: str, secrets: tuple[Path, dict[str, str]]) -> None:
    with client(running, "hpc_" + "B" * 43) as forged:
        assert forged.get("/api/v1/versions").status_code == 401
    log = (secrets[0] / "server.log").read_text()
    assert "hpc_" not in log and not any(secret in log for secret in secrets[1].values())

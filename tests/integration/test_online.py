"""Commands while the dashboard runs: they ask it, with a token; also where something else answers, or nothing."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from data import PROGRAM_VERSION, copies, manifests, online, store, tokens
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.online import NotAsked, Refused, Server, answered, server
from data.settings import Settings
from data.versions import Moment
from data.workspace import open_workspace
from tests.integration.storing import KENT, NORFOLK, fact, facts, rows
from tests.source_files import ROOT

SECRET = "hpc_invented"
Run = Callable[..., subprocess.CompletedProcess]


def free_port() -> int:
    with socket() as trial:
        trial.bind(("localhost", 0))
        return int(trial.getsockname()[1])


# Addresses and tokens


def test_the_environment_says_where_and_who() -> None:
    given = {"CONSENSUS_SERVER": "https://tracker.example.org/", "CONSENSUS_TOKEN": f" {SECRET}\n"}
    assert server(given) == Server("https://tracker.example.org", SECRET)
    assert server({"CONSENSUS_TOKEN": SECRET}).address == "http://localhost:8501"
    assert server({"CONSENSUS_TOKEN": SECRET, "CONSENSUS_PORT": "8600"}).address == "http://localhost:8600"


def test_a_token_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n")
    assert server({"CONSENSUS_TOKEN_FILE": str(tmp_path / "token")}).token == SECRET
    with pytest.raises(NotAsked, match="CONSENSUS_TOKEN_FILE names .*, which cannot be read"):
        server({"CONSENSUS_TOKEN_FILE": str(tmp_path / "none")})


def test_the_token_is_not_shown_with_the_server() -> None:
    assert SECRET not in repr(Server("http://localhost:8501", SECRET))


def test_without_a_token_it_says_how_to_get_one() -> None:
    with pytest.raises(NotAsked, match="set CONSENSUS_TOKEN to a token that an administrator made"):
        server({})


@pytest.mark.parametrize(
    "address", ["tracker", "ftp://tracker", "file:///etc/passwd", "http://", "http://me:x@localhost"]
)
def test_an_address_that_will_not_do_is_named(address: str) -> None:
    with pytest.raises(NotAsked, match="Set it to an address such as"):
        server({"CONSENSUS_TOKEN": SECRET, "CONSENSUS_SERVER": address})


@pytest.mark.parametrize("address", ["http://tracker.example.org", "http://192.0.2.1:8501", "http://localhost.example"])
def test_a_token_goes_to_another_machine_only_over_https(address: str) -> None:
    with pytest.raises(NotAsked, match="only over https"):
        server({"CONSENSUS_TOKEN": SECRET, "CONSENSUS_SERVER": address})


# What answers is not what was expected


class Pretender(BaseHTTPRequestHandler):
    """Answers everything with what a test sets, and keeps what it was asked."""

    status, body, headers_sent, asked = 200, b"{}", {}, []  # type: ignore[var-annotated]

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.asked.append((self.command, self.path, self.headers.get("Authorization"), self.rfile.read(length)))
        self.send_response(self.status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_POST = answer

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def pretender() -> Iterator[Callable[..., Server]]:
    """A server of this test's own that answers as it is told."""
    Pretender.asked.clear()
    with HTTPServer(("localhost", 0), Pretender) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()

        def telling(status: int, body: Any, **headers: str) -> Server:
            Pretender.status, Pretender.headers_sent = status, headers
            Pretender.body = body if isinstance(body, bytes) else json.dumps(body).encode()
            return Server(f"http://localhost:{running.server_port}", SECRET)

        yield telling
        running.shutdown()
        thread.join()


def test_what_was_asked_reaches_it(pretender: Callable[..., Server]) -> None:
    asked = answered(pretender(201, {"version": 7}), "POST", "/api", b"body", file_name="a b&c.csv", template=None)
    assert asked == {"version": 7, "status": 201}
    ((method, path, authorization, body),) = Pretender.asked
    assert (method, authorization, body) == ("POST", f"Bearer {SECRET}", b"body")
    assert parse_qs(urlsplit(path).query) == {"file_name": ["a b&c.csv"]}


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {}, "The token is unknown or was withdrawn"),
        (403, {"detail": "Somebody may not do that."}, "refused: Somebody may not do that."),
        (403, b"<html>", "A backup needs a token of the kind administrator"),
        (413, {}, "larger than the dashboard takes"),
        (422, {"title": "Not acceptable"}, "refused: Not acceptable"),
        (429, {}, "asked too often"),
        (500, b"", "the status 500"),
        (503, {"detail": "hidden\x1b[2J"}, "hidden\ufffd"),
    ],
)
def test_a_refusal_is_said_in_its_words(pretender: Callable[..., Server], status: int, body: Any, words: str) -> None:
    with pytest.raises(Refused) as refused:
        answered(pretender(status, body), "POST", "/api/v1/backups")
    assert words in str(refused.value) and refused.value.status == status and SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<!doctype html>"), (200, []), (404, {}), (405, b""), (404, b"<html>"), (302, b"")]
)
def test_another_release_or_another_program_is_said_so(
    pretender: Callable[..., Server], status: int, body: Any
) -> None:
    with pytest.raises(NotAsked, match="does not answer as a dashboard of this release does"):
        answered(pretender(status, body), "POST", "/api/v1/backups")


def test_a_redirect_is_not_followed_with_the_token(pretender: Callable[..., Server]) -> None:
    there = pretender(307, b"")
    Pretender.headers_sent = {"Location": f"{there.address}/elsewhere"}
    with pytest.raises(NotAsked):
        answered(there, "GET", "/healthz")
    assert len(Pretender.asked) == 1


def test_a_dashboard_of_another_release_is_not_asked_for_more(
    pretender: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = pretender(200, {"program_version": "0.0.1"})
    monkeypatch.setattr(online, "server", lambda: there)
    assert online.ask(lambda _: pytest.fail("it was asked")) == 3
    assert f"is of release 0.0.1, and this command of release {PROGRAM_VERSION}" in capsys.readouterr().err
    assert [(path, token) for _, path, token, _ in Pretender.asked] == [("/healthz", None)], "without the token"


def test_where_nothing_answers_it_says_so() -> None:
    with pytest.raises(NotAsked, match="Nothing answers at http://localhost:.* Set CONSENSUS_SERVER to the address"):
        answered(Server(f"http://localhost:{free_port()}", SECRET), "GET", "/healthz")


# A real dashboard


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """A dashboard that owns its store: the environment of a command beside it, and the secrets of two tokens."""
    folder = tmp_path_factory.mktemp("running")
    settings = {"CONSENSUS_DATABASE": str(folder / "consensus.duckdb"), "CONSENSUS_START": "empty"}
    settings |= {"CONSENSUS_BACKUPS": str(folder / "backups")}
    with open_workspace(Settings.from_environment(settings), catalogue) as connection:
        _, everything = tokens.make(connection, LOCAL_ADMINISTRATOR, "Invented backups", None, Moment.now())
        _, norfolk = tokens.make(connection, LOCAL_ADMINISTRATOR, "Invented Norfolk", NORFOLK, Moment.now())
        gone, withdrawn = tokens.make(connection, LOCAL_ADMINISTRATOR, "Invented gone", NORFOLK, Moment.now())
        tokens.revoke(connection, LOCAL_ADMINISTRATOR, gone, Moment.now())
    port = free_port()
    base = {name: value for name, value in os.environ.items() if not name.startswith("CONSENSUS_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "--server.port", str(port), "--server.headless", "true",
         "--server.fileWatcherType", "none", "server.py"],
        cwd=ROOT, env=base | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://localhost:{port}/readyz")
        secrets = {"everything": everything, "norfolk": norfolk, "withdrawn": withdrawn}
        yield base | settings | secrets | {"CONSENSUS_SERVER": f"http://localhost:{port}", "PYTHONIOENCODING": "utf-8"}
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def run(running: dict[str, str]) -> Run:
    def command(module: str, *arguments: object, token: str = "") -> subprocess.CompletedProcess:
        given = {"CONSENSUS_TOKEN": running[token]} if token else {}
        done = subprocess.run(
            [sys.executable, "-m", f"data.{module}", *map(str, arguments)],
            cwd=ROOT, env=running | given, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return command


def written(folder: Path, content: bytes, name: str = "sent.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_a_backup_is_made_by_the_running_dashboard_and_brought_where_it_was_asked_for(
    run: Run, tmp_path: Path, running: dict[str, str]
) -> None:
    done = run("backup", tmp_path, token="everything")
    assert (done.returncode, done.stderr) == (0, "")
    made, manifest_path = sorted(tmp_path.iterdir())
    manifest = manifests.read(manifest_path)
    assert str(made) in done.stdout and "made by the running dashboard" in done.stdout
    assert manifest["sha256"] == copies.sha256(made)
    with store.connect(str(made), read_only=True) as connection:
        assert copies.content(connection) == manifest["content"]
    assert (Path(running["CONSENSUS_BACKUPS"]) / made.name).exists(), "and stays in the dashboard's own folder"


def test_a_backup_that_stays_in_the_dashboards_folder_is_not_copied(run: Run, running: dict[str, str]) -> None:
    time.sleep(1)  # a name has a second in it
    folder = Path(running["CONSENSUS_BACKUPS"])
    done = run("backup", folder, "--keep", "1", token="everything")
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.suffix for path in sorted(folder.iterdir())] == [".duckdb", ".json"]


@pytest.mark.parametrize(
    ("token", "code", "words"),
    [("", 3, "set CONSENSUS_TOKEN"), ("norfolk", 1, "(Norfolk) may not "), ("withdrawn", 1, "refused:")],
)
def test_a_backup_needs_a_token_of_an_administrator(
    run: Run, tmp_path: Path, token: str, code: int, words: str
) -> None:
    done = run("backup", tmp_path, token=token)
    assert (done.returncode, done.stdout) == (code, "") and words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_goes_in_through_the_running_dashboard(run: Run, tmp_path: Path, running: dict[str, str]) -> None:
    file = written(tmp_path, facts(fact(numerator=41)))
    done = run("submit", file, token="norfolk")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{file}: 1 row read, acceptable\n") and "would change: 1 new" in done.stdout
    assert "Stored as data version 2." in done.stdout
    again = run("submit", file, token="norfolk")
    assert again.returncode == 1 and "is stored already" in again.stderr


def test_a_fault_is_told_as_it_is_when_the_dashboard_is_stopped(
    run: Run, tmp_path: Path, running: dict[str, str], catalogue: Catalogue
) -> None:
    """The same lines and the same exit code, whoever checked the file."""
    file = written(
        tmp_path,
        facts(fact(numerator=-3, period="2024/25 Q1"), fact(numerator=60, denominator=50, period="2024/25 Q2")),
    )
    through = run("submit", file, token="norfolk")
    alone = subprocess.run(
        [sys.executable, "-m", "data.submit", str(file)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env=running | {"CONSENSUS_DATABASE": str(tmp_path / "own.duckdb")}, timeout=120,
    )  # fmt: skip
    assert (through.returncode, through.stderr) == (alone.returncode, alone.stderr) == (1, "")
    assert through.stdout == alone.stdout and "must fix: row 2" in through.stdout


@pytest.mark.parametrize(("token", "code", "words"), [("", 3, "set CONSENSUS_TOKEN"), ("withdrawn", 1, "refused:")])
def test_without_a_token_that_stands_nothing_is_stored(
    run: Run, tmp_path: Path, token: str, code: int, words: str
) -> None:
    done = run("submit", written(tmp_path, facts(fact(numerator=43))), token=token)
    assert (done.returncode, done.stdout) == (code, "") and words in done.stderr


def test_a_token_of_another_area_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("submit", written(tmp_path, facts(fact(KENT, numerator=43))), token="norfolk")
    assert done.returncode == 1 and "stored as" not in done.stdout.lower()
    assert "may not report for" in done.stdout + done.stderr or "not yours" in done.stdout + done.stderr


def test_a_file_that_cannot_be_read_has_the_same_exit_code(run: Run, tmp_path: Path) -> None:
    done = run("submit", written(tmp_path, b""), token="norfolk")
    assert done.returncode == 2 and "must fix" in done.stdout


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("submit", tmp_path / "none.csv", token="norfolk")
    assert done.returncode == 2 and "none.csv cannot be opened" in done.stderr


def test_a_restore_needs_the_dashboard_to_be_stopped(run: Run, tmp_path: Path) -> None:
    time.sleep(1)
    assert run("backup", tmp_path, token="everything").returncode == 0
    made = next(tmp_path.glob("*.duckdb"))
    done = run("restore", made, "--replace", token="everything")
    assert (done.returncode, done.stdout) == (3, "") and "restore, and start it again" in done.stderr


def test_the_backups_stand_in_the_audit_trail(run: Run, tmp_path: Path) -> None:
    time.sleep(1)
    assert run("backup", tmp_path, token="everything").returncode == 0
    time.sleep(1)
    assert run("backup", tmp_path / "second.duckdb", token="everything").returncode == 0
    with closing(store.connect(str(tmp_path / "second.duckdb"), read_only=True)) as connection:
        found = rows(connection, "SELECT actor FROM audit WHERE deed = 'backup made'")
    assert ("Token “Invented backups” (administrator)",) in found

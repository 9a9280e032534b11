"""The HTTP API: who is let in, what is read, what becomes of a file, and what every refusal says."""

import gzip
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import server
from data import approval_settings, approvals, erasure, public_checks, sending, store, tokens
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.store import Connection, TryAgain
from data.versions import Moment, current_version
from data.workspace import shared
from reports.api import desk, operations
from reports.api.openapi import description, problems_of
from reports.api.problems import KINDS
from reports.api.routes import ROUTES
from reports.archive import csv_file, parquet_file, zip_file
from reports.catalogue_tables import TABLES
from reports.package import collect
from tests.integration.storing import KENT, NORFOLK, fact, facts, rows, send, voice

NOW = Moment.now()
ERASED = "Invented words to be erased"
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}), "ada@example.org")
SECOND = Actor("Sol Second", "administrator", email="sol@example.org")
CSV = {"Content-Type": "text/csv"}
SUBMIT, CHECK = "/api/v1/submissions?file_name=figures.csv", "/api/v1/checks?file_name=figures.csv"


def client_of() -> TestClient:
    """The routes as the server has them, behind its guard, without the pages."""
    app = Starlette(routes=server.routes(), middleware=[Middleware(server.Guard)])
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=True)


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The API on an empty workspace of this test's own."""
    monkeypatch.setenv("CONSENSUS_START", "empty")
    monkeypatch.setenv("CONSENSUS_BACKUPS", str(tmp_path / "backups"))
    desk.forget()
    with client_of() as client:
        yield client
    desk.forget()


@pytest.fixture
def reading(demonstration_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The API on a demonstration workspace of this test's own."""
    monkeypatch.setenv("CONSENSUS_DATABASE", str(demonstration_copy))
    desk.forget()
    with client_of() as client:
        yield client
    desk.forget()


def opened() -> Connection:
    """The store that the API has open."""
    return shared(Settings.from_environment()).connection


def token(area: str | None = NORFOLK, label: str = "") -> dict[str, str]:
    """Headers with a new token."""
    with opened().cursor() as connection:
        _, secret = tokens.make(connection, LOCAL_ADMINISTRATOR, label or f"For {area}", area, NOW)
    return {"Authorization": f"Bearer {secret}"}


def problem(answer: Any, kind: str) -> dict[str, Any]:
    """The problem details of an answer, which must be of this kind and as they are described."""
    found = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (found["type"], found["status"], found["title"]) == (
        f"/api/v1/problems#{kind}", answer.status_code, KINDS[kind].title,
    )  # fmt: skip
    assert answer.headers["cache-control"] == "no-store" and len(found["detail"]) > 20
    checked_against("Problem", found)
    return found


def checked_against(name: str, found: Any) -> None:
    schemas = {"components": {"schemas": description()["components"]["schemas"]}}
    jsonschema.Draft202012Validator(schemas | {"$ref": f"#/components/schemas/{name}"}).validate(found)


def version(api: TestClient) -> int:
    return current_version(opened())


# Who is let in.

WITH_TOKEN = [route for route in ROUTES if route.needs != "nothing"]


def asked(api: TestClient, route: Any, headers: dict[str, str] | None = None) -> Any:
    """A request that only the lack of a right can stop."""
    path = route.path.format(version="1", table="areas")
    query = {"file_name": "figures.csv"} if route.takes_file else {}
    content = facts() if route.takes_file else None
    return api.request(route.method, path, params=query, content=content, headers=CSV | (headers or {}))


@pytest.mark.parametrize("route", WITH_TOKEN, ids=lambda route: route.name)
def test_every_route_but_the_open_ones_needs_a_token_that_stands(api: TestClient, route: Any) -> None:
    before = version(api)
    told = problem(asked(api, route), "no-token")
    assert "Authorization: Bearer" in told["detail"]
    assert asked(api, route).headers["www-authenticate"].startswith("Bearer realm=")
    forged = asked(api, route, {"Authorization": "Bearer hpc_" + "A" * 43})
    problem(forged, "no-token")
    assert 'error="invalid_token"' in forged.headers["www-authenticate"]
    assert version(api) == before


@pytest.mark.parametrize("route", WITH_TOKEN, ids=lambda route: route.name)
def test_a_withdrawn_token_and_one_whose_year_is_over_are_refused_from_the_next_request_on(
    api: TestClient, route: Any
) -> None:
    identifier, secret = tokens.make(opened(), LOCAL_ADMINISTRATOR, "Backup", None, NOW)
    headers = {"Authorization": f"Bearer {secret}"}
    assert asked(api, route, headers).status_code < 300
    tokens.revoke(opened(), LOCAL_ADMINISTRATOR, identifier, Moment.now())
    problem(asked(api, route, headers), "no-token")
    long_ago = Moment(NOW.at - 2 * tokens.LASTS, NOW.as_of)
    _, old = tokens.make(opened(), LOCAL_ADMINISTRATOR, "Old", None, long_ago)
    problem(asked(api, route, {"Authorization": f"Bearer {old}"}), "no-token")


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic aGVsbG86d29ybGQ=", "Bearer a b", "Token x", "Bearer \xa3", "x" * 500],
)
def test_a_malformed_token_is_refused_with_what_to_send(api: TestClient, authorization: str) -> None:
    problem(api.get("/api/v1/versions", headers={"Authorization": authorization.encode("latin-1")}), "no-token")


def test_a_token_is_not_taken_from_the_address(api: TestClient) -> None:
    secret = token()["Authorization"].removeprefix("Bearer ")
    told = problem(api.get("/api/v1/versions", params={"token": secret}), "bad-request")
    assert secret not in str(told)


def test_two_authorizations_are_refused(api: TestClient) -> None:
    own = token()["Authorization"]
    pair = [("Authorization", own), ("Authorization", own)]
    problem(api.get("/api/v1/versions", headers=pair), "no-token")


def test_a_token_of_another_area_stores_nothing(api: TestClient) -> None:
    kent, before = token(KENT), version(api)
    told = problem(api.post(SUBMIT, content=facts(), headers=CSV | kent), "not-allowed")
    assert [finding["code"] for finding in told["findings"]] == ["area_not_yours"]
    both = facts(fact(NORFOLK), fact(KENT))
    told = problem(api.post(SUBMIT, content=both, headers=CSV | kent), "not-allowed")
    assert [finding["row"] for finding in told["findings"]] == [2]
    assert version(api) == before and rows(opened(), "FROM submission") == []


def test_a_token_of_an_area_makes_no_backup(api: TestClient, tmp_path: Path) -> None:
    problem(api.post("/api/v1/backups", headers=token()), "not-allowed")
    assert not (tmp_path / "backups").exists()


def test_a_token_for_administration_makes_a_backup(api: TestClient, tmp_path: Path) -> None:
    answer = api.post("/api/v1/backups", headers=token(None))
    assert answer.status_code == 201
    checked_against("Backup", answer.json())
    made = Path(answer.json()["file"])
    assert made.parent == tmp_path / "backups" and made.is_file()
    with store.connect(str(made), read_only=True) as copy:
        assert current_version(copy) == version(api)


def test_no_answer_names_a_secret(api: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    headers = token()
    secret = headers["Authorization"].removeprefix("Bearer ")
    answers = [api.get("/api/v1/versions", headers=headers), api.post(SUBMIT, content=facts(), headers=CSV | headers)]
    tokens.revoke(opened(), LOCAL_ADMINISTRATOR, rows(opened(), "SELECT id FROM token")[0][0], Moment.now())
    answers.append(api.get("/api/v1/versions", headers=headers))
    assert all(secret not in answer.text + str(answer.headers) for answer in answers)
    assert secret not in caplog.text


# What is read.


def test_the_files_are_those_of_the_data_page(reading: TestClient, catalogue: Catalogue) -> None:
    headers, newest = token(), version(reading)
    found = collect(opened(), LOCAL_ADMINISTRATOR, catalogue, newest, "demonstration")
    base = f"/api/v1/versions/{newest}"
    archive = zipfile.ZipFile(io.BytesIO(zip_file(found)))
    for table in TABLES:
        alone = reading.get(f"{base}/tables/{table.name}.csv", headers=headers)
        assert alone.content == csv_file(found, table.name)
        assert alone.headers["content-type"] == "text/csv; charset=utf-8"
        inside = reading.get(f"{base}/data/{table.name}.csv", headers=headers)
        assert inside.content == archive.read(f"data/{table.name}.csv")
        columns = reading.get(f"{base}/parquet/{table.name}.parquet", headers=headers)
        assert columns.content == parquet_file(found, table.name) == archive.read(f"parquet/{table.name}.parquet")
    assert reading.get(f"{base}/datapackage.json", headers=headers).content == archive.read("datapackage.json")
    whole = reading.get(f"{base}/package.zip", headers=headers)
    assert whole.content == zip_file(found) and "content-encoding" not in whole.headers
    assert whole.headers["content-disposition"] == f'attachment; filename="consensus-version-{newest}.zip"'


def test_versions_and_their_addresses(reading: TestClient) -> None:
    headers = token()
    listed = reading.get("/api/v1/versions", headers=headers).json()
    checked_against("Versions", listed)
    assert [line["version"] for line in listed["versions"]] == list(range(1, listed["newest"] + 1))
    newest = reading.get("/api/v1/versions/newest", headers=headers).json()
    assert newest == reading.get(listed["versions"][-1]["href"], headers=headers).json()
    checked_against("Version", newest)
    assert newest["demonstration"] and "invented" in newest["workspace"]
    addresses = [newest["package"], newest["datapackage"], *(line["csv"] for line in newest["tables"])]
    assert {reading.get(address, headers=headers).status_code for address in addresses} == {200}
    results = pd.read_csv(io.BytesIO(reading.get(newest["tables"][1]["csv"], headers=headers).content))
    assert len(results) == newest["tables"][1]["rows"] and {"lower", "upper", "method"} <= set(results.columns)


def test_an_earlier_version_is_given_as_it_was(reading: TestClient) -> None:
    headers = token()
    first, last = (
        reading.get(f"/api/v1/versions/{number}/tables/observations.csv", headers=headers).content
        for number in ("2", "newest")
    )
    assert len(first) < len(last) and b",2," in first.splitlines()[1]


def evidence(catalogue: Catalogue, *lines: dict[str, Any]) -> Any:
    """Store lines of evidence as somebody of Norfolk; the submission's identifier."""
    with opened().cursor() as connection:
        prepared, _ = send(connection, catalogue, _as_csv(list(lines)), OF_NORFOLK)
    return prepared.id


def agree(submission: Any, row: int, state: str = public_checks.AGREED) -> None:
    """Have another person check a public text."""
    with opened().cursor() as connection:
        public_checks.decide(connection, SECOND, submission, row, state, "Invented: read again", Moment.now())


def test_what_is_kept_to_an_area_or_a_steering_group_or_waits_for_a_check_never_leaves(
    api: TestClient, catalogue: Catalogue
) -> None:
    kept = ["area", "steering", "public", "public"]
    words = ["Invented, of an area", "Invented, of steering", "Invented, not looked at", "Invented, looked at"]
    kinds = ["service_user", "carer_or_family", "service_provider", "community"]
    lines = [
        voice(NORFOLK, visibility=name, summary=text, perspective=kind, participants=20)
        for name, text, kind in zip(kept, words, kinds, strict=True)
    ]
    agree(evidence(catalogue, *lines), 5)
    for headers in (token(NORFOLK), token(KENT), token(None)):
        given = everything_given(api, headers)
        assert [text for text in words if text.encode() in given] == ["Invented, looked at"]


def everything_given(api: TestClient, headers: dict[str, str]) -> bytes:
    """All that a token can read of evidence, in every form."""
    base = "/api/v1/versions/newest"
    names = ("", "/tables/insights.csv", "/data/insights.csv", "/datapackage.json", "/tables/observations.csv")
    given = [api.get(f"{base}{name}", headers=headers).content for name in names]
    parquet = api.get(f"{base}/parquet/insights.parquet", headers=headers).content
    given.append(pd.read_parquet(io.BytesIO(parquet)).to_csv().encode())
    whole = zipfile.ZipFile(io.BytesIO(api.get(f"{base}/package.zip", headers=headers).content))
    given += [whole.read(name) for name in whole.namelist() if name.endswith(("csv", "txt", "json"))]
    return b"".join(given)


def _as_csv(lines: list[dict[str, Any]]) -> bytes:
    return pd.DataFrame(lines).to_csv(index=False).encode()


def test_a_file_that_is_the_same_is_not_sent_twice(reading: TestClient) -> None:
    headers, address = token(), "/api/v1/versions/newest/tables/areas.csv"
    first = reading.get(address, headers=headers)
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (first.headers["etag"], f'"other", {first.headers["etag"].removeprefix("W/")}', "*"):
        again = reading.get(address, headers=headers | {"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert reading.get(address, headers=headers | {"If-None-Match": '"other"'}).status_code == 200
    # Who may not read it is not told that it is the same.
    problem(reading.get(address, headers={"If-None-Match": "*"}), "no-token")


def test_a_version_is_another_file_after_a_late_check_and_after_an_erasure(
    api: TestClient, catalogue: Catalogue
) -> None:
    submission = evidence(catalogue, voice(NORFOLK, visibility="public", summary=ERASED, participants=20))
    headers, address = token(), "/api/v1/versions/2/package.zip"

    def asked_again(known: str = "", who: dict[str, str] = headers) -> Any:
        return api.get(address, headers=who | ({"If-None-Match": known} if known else {}))

    unchecked = asked_again()
    assert asked_again(unchecked.headers["etag"], token(KENT)).status_code == 304, (
        "what changes nothing in it leaves the mark"
    )
    assert ERASED.encode() not in heard(unchecked)
    agree(submission, 2)
    public = asked_again(unchecked.headers["etag"])
    assert public.status_code == 200 and ERASED.encode() in heard(public)
    with opened().cursor() as connection:
        erasure.erase_text(connection, LOCAL_ADMINISTRATOR, submission, 2, "summary", "A person is known", Moment.now())
    erased = asked_again(public.headers["etag"])
    assert erased.status_code == 200 and ERASED.encode() not in heard(erased)
    assert asked_again(erased.headers["etag"]).status_code == 304


def heard(answer: Any) -> bytes:
    """The evidence in a package."""
    return zipfile.ZipFile(io.BytesIO(answer.content)).read("data/insights.csv")


def test_head_has_the_headers_of_get_and_no_body(reading: TestClient) -> None:
    headers = token() | {"Accept-Encoding": "identity"}
    address = "/api/v1/versions/newest/tables/areas.csv"
    whole, head = reading.get(address, headers=headers), reading.head(address, headers=headers)
    assert head.content == b"" and head.status_code == 200
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_text_is_compressed_for_who_can_read_it(reading: TestClient) -> None:
    headers, address = token(), "/api/v1/versions/newest/tables/areas.csv"

    def raw(accepts: str) -> tuple[dict[str, str], bytes]:
        with reading.stream("GET", address, headers=headers | {"Accept-Encoding": accepts}) as answer:
            return dict(answer.headers), b"".join(answer.iter_raw())

    packed, plain = raw("gzip, deflate"), raw("gzip;q=0, identity")
    assert packed[0]["content-encoding"] == "gzip" and packed[0]["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed[1]) == plain[1] and len(packed[1]) < len(plain[1]) / 2
    assert "content-encoding" not in plain[0]


@pytest.mark.parametrize("number", ["0", "99", "-1", "1.0", "abc", "01", "1000000000000", "latest", "%31%20", "١"])
def test_a_version_that_is_not_there_says_which_is_the_newest(api: TestClient, number: str) -> None:
    told = problem(api.get(f"/api/v1/versions/{number}", headers=token()), "not-found")
    assert "The newest is 1" in told["detail"]


def test_a_table_that_is_not_there_names_those_that_are(api: TestClient) -> None:
    told = problem(api.get("/api/v1/versions/1/tables/audit.csv", headers=token()), "not-found")
    assert "observations, results" in told["detail"] and "audit" not in told["detail"]


# What becomes of a file.


def test_a_check_tells_row_column_code_and_words_and_stores_nothing(api: TestClient) -> None:
    headers, before = token(), version(api)
    content = facts(fact(numerator=99, denominator=86), fact(period="never"))
    answer = api.post(CHECK, content=content, headers=CSV | headers)
    found = answer.json()
    assert answer.status_code == 200 and not found["acceptable"]
    checked_against("Checked", found)
    told = {(one["row"], one["column"], one["level"]) for one in found["findings"]}
    assert {(2, "numerator", "must_fix"), (3, "period", "must_fix")} <= told
    assert all(one["message"] and one["fix"] and one["code"] for one in found["findings"])
    good = api.post(CHECK, content=facts(), headers=CSV | headers).json()
    assert good["acceptable"] and good["would_change"]["new"] == 1 and good["data_version"] == before
    assert version(api) == before and rows(opened(), "FROM submission") == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 invented", b"<html><body>x</body></html>", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_a_finding(api: TestClient, content: bytes) -> None:
    headers = token()
    checked = api.post(CHECK, content=content, headers=CSV | headers)
    assert checked.status_code == 200 and checked.json()["findings"]
    checked_against("Checked", checked.json())
    told = problem(api.post(SUBMIT, content=content, headers=CSV | headers), "not-acceptable")
    assert told["findings"] == checked.json()["findings"]


def test_a_submission_becomes_a_version_that_the_pages_show(api: TestClient) -> None:
    headers = token(label="Nightly")
    answer = api.post(SUBMIT, content=facts(), headers=CSV | headers)
    assert (answer.status_code, answer.json()["version"], answer.headers["location"]) == (201, 2, "/api/v1/versions/2")
    checked_against("Submitted", answer.json())
    assert rows(opened(), "SELECT sent_by, file_name, version FROM submission") == [
        ("Token “Nightly” (Norfolk)", "figures.csv", 2)
    ]
    assert version(api) == 2
    given = api.get("/api/v1/versions/2/tables/observations.csv", headers=headers).content
    assert given.count(b"s136_health_based_place") == 1


def test_the_same_file_again_says_so_and_makes_no_second_version(api: TestClient) -> None:
    headers = CSV | token()
    assert api.post(SUBMIT, content=facts(), headers=headers).json()["outcome"] == "stored"
    again = api.post(SUBMIT, content=facts(), headers=headers)
    assert (again.status_code, again.json()["outcome"], again.json()["version"]) == (200, "already_stored", 2)
    checked_against("Submitted", again.json())
    # Also after another file replaced its figures: only who asks for it goes back.
    api.post(SUBMIT, content=facts(fact(numerator=60)), headers=headers)
    assert api.post(SUBMIT, content=facts(), headers=headers).json()["outcome"] == "already_stored"
    assert version(api) == 3
    back = api.post(f"{SUBMIT}&again=true", content=facts(), headers=headers)
    assert (back.status_code, back.json()["version"]) == (201, 4)


def test_a_file_with_nothing_new_says_so(api: TestClient) -> None:
    headers = CSV | token()
    api.post(SUBMIT, content=facts(), headers=headers)
    other = api.post(SUBMIT, content=facts() + b"\r\n", headers=headers)
    assert (other.status_code, other.json()["outcome"], other.json()["version"]) == (200, "nothing_to_change", 2)


def test_a_file_that_waits_for_a_second_person_is_accepted_and_stored_only_then(
    api: TestClient, catalogue: Catalogue
) -> None:
    approval_settings.choose(opened(), SECOND, catalogue, NORFOLK, True, NOW)
    headers, before = CSV | token(), version(api)
    answer = api.post(SUBMIT, content=facts(), headers=headers)
    found = answer.json()
    assert (answer.status_code, found["outcome"], found["version"]) == (202, "waiting", None)
    checked_against("Submitted", found)
    again = api.post(SUBMIT, content=facts(), headers=headers)
    assert again.json()["waiting"] == found["waiting"], "sent again, it waits once"
    assert version(api) == before
    with opened().cursor() as connection:
        looked = approvals.look(connection, SECOND, catalogue, found["waiting"])
        assert approvals.approve(connection, SECOND, looked, Moment.now()) == before + 1
    stored = api.post(SUBMIT, content=facts(), headers=headers)
    assert (stored.status_code, stored.json()["outcome"], stored.json()["version"]) == (
        200,
        "already_stored",
        before + 1,
    )


def test_two_tokens_at_once_lose_nothing(api: TestClient) -> None:
    files = {NORFOLK: [facts(fact(period=f"202{year}/2{year + 1} Q1")) for year in (5, 6)],
             KENT: [facts(fact(KENT, period=f"202{year}/2{year + 1} Q1")) for year in (5, 6)]}  # fmt: skip
    sent = [(token(area), content) for area, contents in files.items() for content in contents[:1]]
    together = threading.Barrier(len(sent))

    def one(headers: dict[str, str], content: bytes) -> Any:
        together.wait()
        return api.post(SUBMIT, content=content, headers=CSV | headers)

    with ThreadPoolExecutor(len(sent)) as people:
        answers = [task.result() for task in [people.submit(one, *each) for each in sent]]
    assert sorted(answer.json()["version"] for answer in answers) == [2, 3]
    assert {area for (area,) in rows(opened(), "SELECT area_code FROM observation")} == {NORFOLK, KENT}


def test_a_conflict_each_time_is_said_to_be_one(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = []

    def conflict(*_: Any) -> Any:
        attempts.append(1)
        raise TryAgain("Somebody else stored something at the same moment. Nothing of yours was stored; try again.")

    monkeypatch.setattr(sending, "_stored", conflict)
    answer = api.post(SUBMIT, content=facts(), headers=CSV | token())
    problem(answer, "try-again")
    assert answer.headers["retry-after"] == "1" and len(attempts) == sending.ATTEMPTS


def test_personal_data_is_not_repeated(api: TestClient) -> None:
    line = voice(NORFOLK, summary="Invented: call 07700 900123 any time")
    told = problem(api.post(SUBMIT, content=_as_csv([line]), headers=CSV | token()), "not-acceptable")
    assert "900123" not in json.dumps(told)


# What is refused, and how.


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../figures.csv", "a/b.csv", "..\\figures.csv", "C:figures.csv", "/etc/passwd", "a\x00.csv",
     "a\r\nX: y.csv", "x" * 201, "\u202egnp.csv", "%FF"],
)  # fmt: skip
def test_a_name_that_is_no_files_is_refused(api: TestClient, name: str) -> None:
    headers, path = CSV | token(), "/api/v1/submissions"
    given = f"{path}?file_name=%FF.csv" if name == "%FF" else path
    query = None if name == "%FF" else {"file_name": name}
    told = problem(api.post(given, params=query, content=facts(), headers=headers), "bad-request")
    assert "file_name" in told["detail"]
    assert rows(opened(), "FROM submission") == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "“file_name” is missing"),
        ("?file_name=a.csv&template=figures", "observations or insights"),
        ("?file_name=a.csv&template=", "observations or insights"),
        ("?file_name=a.csv&again=yes", "true or false"),
        ("?file_name=a.csv&file_name=b.csv", "given twice"),
        ("?file_name=a.csv&colour=red", "“colour” is not known"),
        ("?file_name=a.csv&%ff=1", "is not known"),
    ],
)
def test_a_wrong_value_behind_the_question_mark_is_named(api: TestClient, query: str, says: str) -> None:
    answer = api.post(f"/api/v1/submissions{query}", content=facts(), headers=CSV | token())
    assert says in problem(answer, "bad-request")["detail"]


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"Content-Type": "multipart/form-data; boundary=x"}, "--data-binary"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "--data-binary"),
        ({"Content-Type": "application/json"}, "application/json"),
        ({"Content-Type": "text/csv", "Content-Encoding": "gzip"}, "without Content-Encoding"),
    ],
)
def test_a_body_that_is_no_file_is_refused_with_what_to_send(
    api: TestClient, headers: dict[str, str], says: str
) -> None:
    answer = api.post(SUBMIT, content=facts(), headers=headers | token())
    assert says in problem(answer, "wrong-content-type")["detail"] and "text/csv" in answer.headers["accept"]


def test_excel_and_unnamed_bytes_are_taken(api: TestClient) -> None:
    headers = token()
    for kind in ("TEXT/CSV; charset=utf-8", "application/octet-stream", "application/vnd.ms-excel", ""):
        given = headers | ({"Content-Type": kind} if kind else {})
        assert api.post(CHECK, content=facts(), headers=given).json()["acceptable"]


def test_a_file_above_the_limit_is_refused_before_all_of_it_came(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSENSUS_UPLOAD_MB", "1")
    headers, came = CSV | token(), []

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            came.append(1)
            yield b"x" * 100_000

    told = problem(api.post(SUBMIT, content=endless(), headers=headers), "too-large")
    assert told["limit"] == 1024**2 and "1 MB" in told["detail"]
    announced = api.post(SUBMIT, content=b"x", headers=headers | {"Content-Length": "2000000"})
    problem(announced, "too-large")


def test_a_body_that_does_not_arrive_is_given_up(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import anyio
    from starlette.requests import Request

    async def slow(_: Request) -> Any:
        yield b"area_code"
        await anyio.sleep(30)

    monkeypatch.setattr(server, "SECONDS_TO_ARRIVE", 0.05)
    monkeypatch.setattr(Request, "stream", slow)
    problem(api.post(SUBMIT, content=facts(), headers=CSV | token()), "too-slow")


def test_more_files_at_once_than_there_is_room_for_are_asked_to_wait(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, inside, go_on = CSV | token(), threading.Semaphore(0), threading.Event()
    real = operations.checked

    def waiting(*values: Any) -> Any:
        inside.release()
        go_on.wait(20)
        return real(*values)

    monkeypatch.setattr(operations, "checked", waiting)
    with ThreadPoolExecutor(server.FILES_AT_ONCE) as people:
        tasks = [people.submit(api.post, CHECK, content=facts(), headers=headers) for _ in range(server.FILES_AT_ONCE)]
        for _ in tasks:
            assert inside.acquire(timeout=20)
        answer = api.post(CHECK, content=facts(), headers=headers)
        go_on.set()
        assert {task.result().status_code for task in tasks} == {200}
    problem(answer, "not-available")
    assert answer.headers["retry-after"] == "5"
    assert api.post(CHECK, content=facts(), headers=headers).status_code == 200, "the room is free again"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_wrong_method_says_which_are_right(api: TestClient, route: Any) -> None:
    path = route.path.format(version="1", table="areas")
    for method in ("DELETE", "PUT", "PATCH", "POST" if route.method == "GET" else "GET", "BREW"):
        answer = api.request(method, path)
        problem(answer, "wrong-method")
        assert route.method in answer.headers["allow"]
    options = api.options(path)
    assert (options.status_code, options.content) == (204, b"") and route.method in options.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/versions", "/api/v1/versions/", "/api/v1/tokens"]
)
def test_every_other_address_is_a_plain_no(api: TestClient, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        problem(api.request(method, path, follow_redirects=False), "not-found")


def test_an_address_that_nobody_can_read_is_refused(api: TestClient) -> None:
    for path in ("/api/v1/versions/%ff%fe", "/api/v1/versions/%0d%0a", "/api/v1/%e2%80%ae"):
        problem(api.get(path, headers=token(label=path)), "bad-request")


def test_another_host_and_enormous_headers_are_refused(api: TestClient) -> None:
    problem(api.get("/api/v1/versions", headers={"Host": "evil.example"}), "wrong-host")
    problem(api.get("/api/v1/versions", headers={"X-Words": "x" * 40_000}), "headers-too-large")
    # Who watches over the server may ask it by its number.
    assert api.get("/healthz", headers={"Host": "10.0.0.7:8501"}).status_code == 200


def test_a_token_that_asks_too_often_is_asked_to_wait(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    headers, other = token(NORFOLK), token(KENT)
    monkeypatch.setenv("CONSENSUS_API_REQUESTS", "3")
    assert [api.get("/api/v1/versions", headers=headers).status_code for _ in range(3)] == [200] * 3
    refused = api.get("/api/v1/versions", headers=headers)
    problem(refused, "too-many-requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert api.get("/api/v1/versions", headers=other).status_code == 200, "another token is not kept waiting"


def test_files_have_a_limit_of_their_own(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = CSV | token()
    monkeypatch.setenv("CONSENSUS_API_FILES", "2")
    assert [api.post(CHECK, content=facts(), headers=headers).status_code for _ in range(3)] == [200, 200, 429]
    assert api.get("/api/v1/versions", headers=headers).status_code == 200


def test_an_address_that_guesses_tokens_is_slowed_and_nobody_else(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = token()
    monkeypatch.setenv("CONSENSUS_API_REFUSALS", "2")
    guesses = [{"Authorization": f"Bearer hpc_{letter * 43}"} for letter in "ABC"]
    assert [api.get("/api/v1/versions", headers=one).status_code for one in guesses] == [401, 401, 429]
    assert api.get("/api/v1/versions", headers=good).status_code == 200


def test_a_fault_is_told_by_its_reference_alone(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    headers = token()

    def broken(_: Any) -> Any:
        raise RuntimeError("secret details of the machine")

    monkeypatch.setitem(operations.OPERATIONS, "versions", broken)
    told = problem(api.get("/api/v1/versions", headers=headers), "fault")
    assert "secret" not in str(told) and told["reference"] in told["detail"]
    assert told["reference"] in caplog.text and "secret details" in caplog.text


# Whether it runs, and what it says of itself.


def test_health_and_readiness(api: TestClient) -> None:
    assert api.get("/healthz").json() == {"status": "running", "program_version": "0.1.0"}
    ready = api.get("/readyz")
    checked_against("Ready", ready.json())
    assert ready.json()["data_version"] == 1
    assert api.head("/readyz").status_code == 200


def test_a_store_that_cannot_be_opened_is_said_without_naming_it(
    api: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = tmp_path / "no_database.duckdb"
    wrong.write_text("this is no database")
    monkeypatch.setenv("CONSENSUS_DATABASE", str(wrong))
    for answer in (api.get("/readyz"), api.get("/api/v1/versions", headers={"Authorization": "Bearer x"})):
        told = problem(answer, "not-available")
        assert str(tmp_path) not in str(told) and answer.headers["retry-after"]
        assert told["reference"] in caplog.text
    assert api.get("/healthz").status_code == 200
    wrong.unlink()
    assert api.get("/readyz").status_code == 200, "the next who asks tries again"


def test_a_wrong_setting_is_said_without_its_value(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENSUS_API_FILES", "a few")
    assert "a few" not in str(problem(api.get("/readyz"), "not-available"))


def test_a_store_that_does_not_answer_in_time_is_not_ready(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(server, "SECONDS_TO_BE_READY", 0.05)
    monkeypatch.setitem(operations.OPERATIONS, "ready", lambda _: go_on.wait(20))
    problem(api.get("/readyz"), "not-available")
    problem(api.get("/readyz"), "not-available")
    go_on.set()


def test_the_kinds_of_problems_are_described_where_their_type_leads(api: TestClient) -> None:
    found = api.get("/api/v1/problems").json()
    checked_against("Problems", found)
    assert [line["type"].partition("#") for line in found["problems"]] == [
        ("/api/v1/problems", "#", name) for name in KINDS
    ]


def test_every_answer_forbids_what_browsers_need_not_do(api: TestClient) -> None:
    for answer in (api.get("/healthz"), api.get("/api/nothing"), api.get("/api/v1/versions")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        assert "strict-transport-security" not in answer.headers
    secure = TestClient(api.app, base_url="https://localhost").get("/healthz")
    assert secure.headers["strict-transport-security"] == "max-age=31536000"


def test_problems_that_a_route_names_are_known() -> None:
    assert all(name in KINDS for route in ROUTES for name in problems_of(route))


ANY_TEXT = st.text(max_size=30)
QUERIES = st.lists(
    st.tuples(st.sampled_from(["file_name", "template", "again", "version"]) | ANY_TEXT, ANY_TEXT), max_size=4
)
HEADERS = st.dictionaries(
    st.sampled_from(["Content-Type", "If-None-Match", "Accept-Encoding", "Content-Encoding", "Authorization", "Range"]),
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30),
    max_size=3,
)


def test_whatever_is_asked_is_answered_as_described(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer to a request made up of anything is one that the description has, and never a fault."""
    monkeypatch.setenv("CONSENSUS_API_REQUESTS", "100000")
    monkeypatch.setenv("CONSENSUS_API_FILES", "100000")
    monkeypatch.setenv("CONSENSUS_API_REFUSALS", "100000")
    signed = token()

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(ROUTES), st.sampled_from(["1", "newest"]) | ANY_TEXT, ANY_TEXT, QUERIES, HEADERS, st.binary()
    )
    def answered(route: Any, number: str, table: str, query: Any, headers: dict[str, str], body: bytes) -> None:
        given = {"version": quote(number, safe="") or "1", "table": quote(table, safe="") or "areas"}
        path = route.path.format(**given)
        own = [(name.encode(), words.encode("latin-1")) for name, words in ({**signed, **headers}).items()]
        answer = api.request(route.method, path, params=query, headers=own, content=body, follow_redirects=False)
        if "%2F" in path or "/./" in path or "/../" in path or path.endswith(("/.", "/..")):
            assert answer.status_code < 500  # another address, whatever it is
            return
        described = description()["paths"][route.path][route.method.lower()]["responses"]
        assert str(answer.status_code) in {*described, "404"} and answer.status_code != 500, answer.text
        if answer.status_code >= 400:
            checked_against("Problem", answer.json())

    answered()


def test_a_viewer_would_not_be_given_the_data(api: TestClient) -> None:
    """No token acts as a viewer today; the data is refused where it is kept, not by the kind of token."""
    call = operations.Call(
        shared(Settings.from_environment()), opened(), desk.desk().kept, Actor("Vera", "viewer"), {"version": "1"}
    )
    for name in ("versions", "version", "package", "datapackage"):
        with pytest.raises(Exception, match="not take all of the data away"):
            operations.OPERATIONS[name](call)

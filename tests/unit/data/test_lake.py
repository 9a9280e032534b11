"""Addresses of a store on PostgreSQL: told from paths, and rid of their password before anybody can read it."""

import logging
import stat
import traceback
from pathlib import Path

import duckdb
import pytest

from data import lake, store
from data.errors import UserError
from data.faults import in_words
from data.settings import Settings

PASSWORD = "s3cret:w\\ord"
WITH = [
    ("postgresql://ada:s3cret%3Aw%5Cord@db:5432/lake?sslmode=require", "postgresql://ada@db:5432/lake?sslmode=require"),
    ("postgres://ada@db/lake?password=s3cret%3Aw%5Cord&sslmode=require", "postgres://ada@db/lake?sslmode=require"),
    ("postgres://ada@db/lake?sslmode=require&password=s3cret%3Aw%5Cord", "postgres://ada@db/lake?sslmode=require"),
    ("dbname=lake password='s3cret:w\\\\ord' host=db", "dbname=lake host=db"),
    ("password = s3cret:w\\\\ord dbname=lake", "dbname=lake"),
    ("host=db PASSWORD=s3cret:w\\\\ord", "host=db"),
]
WITHOUT = ["postgresql://ada@db/lake", "postgresql:///lake?host=/run", "dbname=lake host=/run/password", "dbname=lake"]


@pytest.mark.parametrize(("given", "bare"), WITH)
def test_a_password_is_taken_off(given: str, bare: str) -> None:
    assert lake.apart(lake.PREFIX + given) == (lake.PREFIX + bare, PASSWORD)


@pytest.mark.parametrize("given", [*[lake.PREFIX + one for one in WITHOUT], "var/password=x.duckdb", ":memory:"])
def test_what_has_no_password_stays(given: str) -> None:
    assert lake.apart(given) == (given, "") and lake.concealed(given) == given


@pytest.mark.parametrize(("given", "bare"), WITH)
def test_the_password_stands_in_a_file_that_only_its_user_can_read(given: str, bare: str) -> None:
    concealed = lake.concealed(lake.PREFIX + given)
    assert concealed.startswith(lake.PREFIX + bare) and "s3cret" not in concealed
    path = Path(concealed.partition("passfile=")[2].strip("'"))
    assert path.read_text(encoding="utf-8") == "*:*:*:*:s3cret\\:w\\\\ord\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert lake.concealed(concealed) == concealed == lake.concealed(lake.PREFIX + given)


@pytest.mark.parametrize(("given", "bare"), WITH)
def test_settings_never_hold_a_password(given: str, bare: str) -> None:
    settings = Settings.from_environment({"CONSENSUS_DATABASE": lake.PREFIX + given, "CONSENSUS_FILES": " /shared "})
    assert "s3cret" not in repr(settings) and settings.files == "/shared"


@pytest.mark.parametrize(
    "address", [f"postgresql://ada:{PASSWORD}@127.0.0.1:1/lake", "host=127.0.0.1 port=1 password=s3cret"]
)
def test_a_server_that_does_not_answer_is_said_without_the_password(
    address: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(UserError, match="does not answer") as said:
        store.connect(lake.PREFIX + address, files=str(tmp_path))
    chain = [said.value, said.value.__context__, said.value.__cause__]
    words = [*map(str, chain), *traceback.format_exception(said.value), caplog.text, *capfd.readouterr()]
    assert not [text for text in words if "s3cret" in text]


def test_what_is_no_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Check the address in CONSENSUS_DATABASE"):
        store.connect(lake.PREFIX + "not an address", files=str(tmp_path))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake, "_packaged", lambda name: None)
    with pytest.raises(UserError, match="duckdb-extension-ducklake .* is not installed"):
        lake.extension_folder.__wrapped__()


def test_s3_without_its_extensions_says_what_to_install(tmp_path: Path) -> None:
    with duckdb.connect(config={"extension_directory": str(tmp_path), "autoinstall_known_extensions": "false"}) as one:
        with pytest.raises(UserError, match="duckdb-extension-httpfs"):
            lake.connect_files(one, "s3://bucket/files")
        lake.connect_files(one, "/shared/files")


CONFLICT = "Failed to commit DuckLake transaction.\nTransaction conflict - attempting to insert into table"
RULES = 'Failed to flush changes into DuckLake: duplicate key value violates unique constraint "ducklake_snapshot_pkey"'


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (duckdb.TransactionException(CONFLICT), True),
        (duckdb.Error(CONFLICT), True),
        (duckdb.IOException(RULES), True),
        (duckdb.TransactionException(RULES), True),
        (duckdb.TransactionException("Conflict on update!"), True),
        (duckdb.TransactionException("Failed to flush changes into DuckLake: unterminated quoted string"), False),
        (duckdb.IOException("No such file"), False),
    ],
)
def test_a_conflict_is_told_from_a_fault(error: duckdb.Error, lost: bool) -> None:
    assert lake.lost_to_another(error) is lost


def test_a_server_that_went_away_is_a_fault_for_people() -> None:
    assert str(in_words(duckdb.Error("server closed the connection unexpectedly"))) == lake.NO_ANSWER
    assert in_words(duckdb.Error("Binder Error")) is None


def test_a_write_that_lost_is_tried_again_and_not_for_ever() -> None:
    tried: list[int] = []

    def act(losses: int) -> int:
        tried.append(losses)
        if len(tried) <= losses:
            raise store.Lost("lost")
        return len(tried)

    assert store.retrying(act)(2) == 3
    tried.clear()
    with pytest.raises(store.TryAgain):
        store.retrying(act)(99)
    assert len(tried) == store.ATTEMPTS


def test_who_must_look_again_is_told_at_once() -> None:
    tried: list[int] = []

    def act() -> None:
        tried.append(1)
        raise store.TryAgain("look again")

    with pytest.raises(store.TryAgain, match="look again"):
        store.retried(act)
    assert tried == [1]

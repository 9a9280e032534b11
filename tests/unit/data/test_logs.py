"""Nothing secret reaches a log, from whichever logger, in the message, in its arguments or in a fault."""

import io
import logging
from collections.abc import Iterator

import pytest

from data import logs
from data.lake import connect
from data.tokens import SECRET as TOKEN

SECRETS = {
    "a token": ("hpc_" + "aB3-_" * 8 + "xyz", "hpc_[removed]"),
    "a header": ("Authorization: Bearer abcdefgh12345678", "Bearer [removed]"),
    "a header of a dictionary": ("{'Authorization': 'Basic dXNlcjpwYXNz'}", "Basic [removed]"),
    "a password in an address": (
        "postgresql://ada:p:ss@w0rd@db.example:5432/x",
        "postgresql://ada:[removed]@db.example",
    ),
    "a password in words": ("host=db password='it is secret' user=ada", "password=[removed] user=ada"),
    "a password without quotation marks": ("host=db PASSWORD = secret123 user=ada", "PASSWORD = [removed] user=ada"),
    "a secret of the provider": ('client_secret: "verysecret"', "client_secret: [removed]"),
    "a token of the provider": ("?access_token=eyJhbGciOi.J9&state=1", "access_token=[removed]&state=1"),
    "an address": ("Zoë wrote to ada.b+c@police.example.org today", "to [e-mail address] today"),
}
PARTS = ("aB3-_", "abcdefgh1234", "dXNlcjpw", "w0rd", "it is secret", "secret123", "verysecret", "eyJhbGci", "ada.b+c")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What loggers write, with the guard in place."""
    made, text = logging.getLogRecordFactory(), io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logs.guard()
    yield text
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(made)


def clean(written: io.StringIO) -> str:
    said = written.getvalue()
    assert [part for part in PARTS if part in said] == []
    return said


@pytest.mark.parametrize("name", ["consensus", "uvicorn.access", "streamlit.web", "another"])
@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_removed_from_message_arguments_and_fault(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    secret, instead = SECRETS[kind]
    logger = logging.getLogger(name)
    # A server that was started in this process has its loggers, and those above them, write by themselves.
    monkeypatch.setattr(logger, "propagate", True)
    monkeypatch.setattr(logger, "parent", logging.getLogger())
    whole = f"Said: {secret}"
    logger.warning(whole)
    logger.warning("Said: %s", secret)
    logger.warning("Said: %(it)s", {"it": secret})
    logger.warning("Said: %s", ValueError(secret))
    try:
        try:
            raise ValueError(secret)
        except ValueError as error:
            raise RuntimeError("behind it") from error
    except RuntimeError:
        logger.exception("Fault %s", "1234abcd")
    assert clean(written).count(instead) == 5


def test_a_fault_keeps_what_helps_to_mend_it(written: io.StringIO) -> None:
    try:
        raise ValueError("row 17 of hpc_" + "x" * 43)
    except ValueError:
        logging.getLogger("consensus").exception("Fault %s", "1234abcd")
    said = written.getvalue()
    assert "Fault 1234abcd" in said and "test_logs.py" in said and "ValueError: row 17 of hpc_[removed]" in said


def test_formatters_that_read_arguments_still_can(written: io.StringIO) -> None:
    """As uvicorn's of its access log does."""
    logger = logging.getLogger("uvicorn.access")
    seen: list[object] = []
    watch = logging.Handler()
    watch.emit = lambda record: seen.append(record.args)  # type: ignore[method-assign]
    logger.addHandler(watch)
    logger.warning('%s - "%s %s HTTP/%s" %d', "127.0.0.1", "GET", "/api?t=hpc_" + "y" * 43, "1.1", 200)
    logger.removeHandler(watch)
    assert seen == [("127.0.0.1", "GET", "/api?t=hpc_[removed]", "1.1", 200)]


def test_a_message_that_cannot_be_put_together_ends_nothing(written: io.StringIO) -> None:
    record = logging.getLogRecordFactory()("consensus", logging.INFO, "", 1, "%d of %d", ("x",), None)
    assert record.msg == "%d of %d"


def test_the_guard_is_put_up_once(written: io.StringIO) -> None:
    once = logging.getLogRecordFactory()
    logs.guard()
    assert logging.getLogRecordFactory() is once


def test_every_token_is_known_as_one() -> None:
    token = "hpc_" + "Ab-_" * 10 + "xyz"
    assert TOKEN.fullmatch(token) and logs.redacted(f"({token})") == "(hpc_[removed])"


def test_a_store_that_cannot_be_reached_tells_no_password(written: io.StringIO) -> None:
    """The real fault: PostgreSQL's address with a password in it, and nobody who answers there."""
    try:
        connect("ducklake:postgres:host=127.0.0.1 port=1 user=ada password=secret123")
    except Exception:
        logging.getLogger("consensus").exception("Fault")
    assert "Fault" in clean(written)


@pytest.mark.parametrize("text", ["", "Nothing secret, 17 rows @ noon", "from data import password", "a:b@c", "x == y"])
def test_what_is_no_secret_stays(text: str) -> None:
    assert logs.redacted(text) == text

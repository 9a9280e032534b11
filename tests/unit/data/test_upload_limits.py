"""A file made to keep the server busy gets a clear refusal, or is read, in bounded time."""

import io
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from data.reading import Unreadable, read
from data.screening.personal import kinds
from data.settings import UPLOAD_LIMIT_MB
from data.templates import HEADINGS
from tests.source_files import ROOT

SECONDS = 20
"""Far above what any of them takes, as machines differ, and far below what a bomb or a trap would take."""
MB = 1024 * 1024


@contextmanager
def bounded() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def bomb(name: str, megabytes: int = 1_100) -> bytes:
    """A workbook of a megabyte whose part unpacks to more than a gigabyte."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * MB)
    return sink.getvalue()


def refused(content: bytes) -> str:
    with bounded(), pytest.raises(Unreadable) as error:
        read(content, HEADINGS)
    return error.value.finding.message


def test_a_zip_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    content = bomb("xl/worksheets/sheet1.xml")
    assert len(content) < 10 * MB
    assert "Unpacked, the workbook has 1,100 MB; the limit is 1,024 MB" in refused(content)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: b"area_code," + b"c," * 1_000_000 + b"\n" + b"1," * 1_000_000, "columns; at most 1,000 can be read"),
        (lambda: b"area_code,comment\nE23000024," + b"x" * 5_000_000, "more than 1,000,000 characters"),
        (lambda: b'area_code,comment\nE23000024,"' + b'""' * 2_000_000 + b'"', "more than 1,000,000 characters"),
    ],
    ids=["a million columns", "an enormous cell", "an enormous quoted cell"],
)
def test_what_has_no_end_is_refused(make: Callable[[], bytes], told: str) -> None:
    assert told in refused(make())


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 200_000,
        "1 " * 200_000,
        "0" * 400_000,
        "a." * 200_000 + "@",
        "(" * 200_000,
        "AB1 " * 100_000,
        "1/" * 200_000,
    ],
    ids=["addresses", "digits apart", "digits", "dots", "brackets", "postcodes", "dates"],
)
def test_no_text_is_a_trap_for_the_search_for_personal_data(text: str) -> None:
    with bounded():
        kinds(text)


def test_browser_and_program_have_the_same_limit() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == UPLOAD_LIMIT_MB

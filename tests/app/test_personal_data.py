"""A file with personal data on the Upload page: the cell is named, what stood there is not, and nothing is kept."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.testing.v1 import AppTest

from tests.app.reading import faults, html, open_page, said
from tests.app.test_upload import GOOD, labels, upload

VALUES = ("999 000 0018", "07700 900123", "nobody@example.org", "NR99 9ZZ", "born on 3 May 1985", "MW 12 34 56 A")
"""Invented, of kinds that nobody can have."""
TITLE, *ROWS = GOOD.splitlines()
FAULTY = "\n".join([f"{TITLE},comment", f"{ROWS[0]},Invented: {'; '.join(VALUES)}", f"{ROWS[1]},Invented", ""])
KEEP = "Download your file with the findings beside the cells"


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Label and bytes of each file that the page itself offers."""
    found: dict[str, bytes] = {}
    draw = streamlit.download_button

    def kept(label: str, data: Any, *rest: Any, **more: Any) -> bool:
        found[label] = data() if callable(data) else data
        return draw(label, data, *rest, **more)

    monkeypatch.setattr(streamlit, "download_button", kept)
    return found


def shown(app: AppTest) -> str:
    """All that the page says, its tables and the labels of its controls among it."""
    tables = [" ".join(cells) for cells in html(app).rows]
    kinds = ("button", "download_button", "expander", "file_uploader")
    controls = [label for kind in kinds for label in labels(app, kind)]
    return "\n".join([said(app), *tables, *controls])


def leaks(text: str) -> list[str]:
    return [value for value in VALUES if value.lower() in text.lower()]


def files_held(value: Any) -> Iterator[UploadedFile]:
    """The uploaded files in a value of the session, in whatever it is kept."""
    if isinstance(value, UploadedFile):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from files_held(one)


def in_session(app: AppTest) -> list[Any]:
    return list(app.session_state.values())


@pytest.mark.parametrize("name", ["norfolk.csv", "Invented, ring 07700 900123.csv"])
def test_page_names_the_cell_and_neither_shows_nor_keeps_what_stood_there(
    empty: AppTest, given_back: dict[str, bytes], name: str
) -> None:
    app = upload(empty, FAULTY, name)
    assert faults(app) == [] and leaks(shown(app)) == []
    found = [cells for cells in html(app).rows if cells[0] == "▼ must fix"]
    assert [cells[1:4] for cells in found if "personal data" in cells[4] and cells[2]] == [["2", "comment", ""]] * 6
    assert labels(app, "button") == []
    rows = list(csv.reader(io.StringIO(given_back[KEEP].decode("utf-8-sig"))))
    assert leaks(str(rows)) == [] and "[removed]" in str(rows)
    assert app.file_uploader[0].value is None
    assert [file.name for value in in_session(app) for file in files_held(value)] == []
    assert app.session_state["prepared"].prepared.content == b""
    assert leaks(str(in_session(app))) == []


def test_the_server_keeps_no_bytes_of_a_file_with_personal_data(
    empty: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit keeps them until the session ends, unless they are removed."""
    managers: list[MemoryUploadedFileManager] = []
    add = MemoryUploadedFileManager.add_file

    def seen(self: MemoryUploadedFileManager, *rest: Any, **more: Any) -> None:
        managers.append(self)
        add(self, *rest, **more)

    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", seen)
    upload(empty, FAULTY)
    held = [file.data for manager in managers for files in manager.file_storage.values() for file in files.values()]
    assert managers and held == []


def test_findings_stay_until_the_next_file_comes(empty: AppTest) -> None:
    app = upload(empty, FAULTY)
    assert "personal data" in shown(app.run())
    assert "personal data" in shown(open_page(open_page(app, "overview"), "upload"))
    app.file_uploader[0].set_value(("mended.csv", GOOD.encode(), "text/csv"))
    app = app.run()
    assert "Nothing must be mended." in said(app) and "personal data" not in shown(app)
    assert len(labels(app, "button")) == 1


def test_file_without_personal_data_stays_in_the_uploader(empty: AppTest) -> None:
    app = upload(empty, GOOD)
    assert app.file_uploader[0].value.name == "norfolk.csv"
    assert [file.name for value in in_session(app) for file in files_held(value)] == ["norfolk.csv"]

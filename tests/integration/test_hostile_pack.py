"""The review pack of a place with hostile insights: three forms, in each of them text and nothing but text."""

import io
import re
import shutil
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from reports.pack.content import content
from reports.pack.files import FORMS
from reports.pack.model import Pack
from tests import hostile

WRITTEN = [f"<script>window.{hostile.MARKER}=1</script>", "=HYPERLINK(CONCAT(A1);B1)", ":red[alarm] :material/bomb:"]
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Markup(HTMLParser):
    """The elements that run or fetch something, and the attributes that do, of a web page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in ("script", "img", "iframe", "link", "object", "embed", "form", "details") else []
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.found += [f"{tag} to {value}" for name, value in attrs if name in ("href", "src") and value[:1] != "#"]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path, catalogue: Catalogue) -> Pack:
    path = tmp_path_factory.mktemp("hostile") / "consensus.duckdb"
    shutil.copy(demonstration_file, path)
    hostile.stored(path, catalogue)
    with store.connect(str(path), read_only=True) as connection:
        return content(connection, LOCAL_ADMINISTRATOR, catalogue, "E23000024", 19)


def test_web_page_holds_no_markup_of_theirs(pack: Pack) -> None:
    page = FORMS["html"].write(pack).decode()
    assert Markup(page).found == [] and not TURNING.search(page)
    assert [text for text in WRITTEN if text not in unescape(page)] == []


def test_word_document_holds_it_as_text(pack: Pack) -> None:
    with zipfile.ZipFile(io.BytesIO(FORMS["word"].write(pack))) as archive:
        document = archive.read("word/document.xml").decode()
        links = [name for name in archive.namelist() if name.endswith(".rels")]
        outside = [name for name in links if b'TargetMode="External"' in archive.read(name)]
    assert outside == [] and "w:fldSimple" not in document and "w:instrText" not in document
    text = unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", document)))
    assert [words for words in WRITTEN if words not in text] == [] and not TURNING.search(document)


def test_pdf_is_made_of_it(pack: Pack) -> None:
    pdf = FORMS["pdf"].write(pack)
    assert pdf.startswith(b"%PDF") and b"/JavaScript" not in pdf and b"/Launch" not in pdf


def test_foreign_markup_is_found() -> None:
    page = "<p>&lt;img&gt;</p><img src=x onerror=y><a href='javascript:1'>x</a><a href='#part-1'>y</a>"
    assert Markup(page).found == ["img", "img onerror", "img to x", "a to javascript:1"]

"""The three writers: the same pack gives the same bytes, everything described, and every text as text."""

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from reports.pack.columns import widths
from reports.pack.fonts import printable
from reports.pack.html import html_file
from reports.pack.model import Figure, Heading, Pack, Table, plain
from reports.pack.pdf import pdf_file
from reports.pack.word import word_file
from tests.unit.reports.pack.packs import HOSTILE, pack

WRITERS = [html_file, pdf_file, word_file]


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def tagged(reader: PdfReader) -> list[dict[str, Any]]:
    """Every element of the structure of a PDF, in order."""

    def walk(node: Any) -> list[dict[str, Any]]:
        node = node.get_object()
        if isinstance(node, list):
            return [found for one in node for found in walk(one)]
        if not hasattr(node, "get") or "/S" not in node:
            return []
        return [node, *(walk(node["/K"]) if "/K" in node else [])]

    return walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.fixture(scope="module")
def hostile() -> Pack:
    return pack(*HOSTILE, title="Review pack: <i>England</i> #eval(1) \u202eturned 😀")


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_pack_gives_the_same_bytes(write: Any) -> None:
    assert write(pack("a", "b")) == write(pack("a", "b"))


@pytest.mark.parametrize("write", WRITERS)
def test_another_word_gives_other_bytes(write: Any) -> None:
    assert write(pack("a")) != write(pack("b"))


def test_a_page_runs_nothing_fetches_nothing_and_holds_every_text(hostile: Pack) -> None:
    page = Page(html_file(hostile).decode())
    names = {name for name, _ in page.elements}
    assert not names & {"script", "img", "iframe", "link", "object", "embed", "form", "base", "i"}
    assert not [
        (name, key) for name, attributes in page.elements for key in attributes if key.startswith("on") or key == "src"
    ]
    text = " ".join("".join(page.texts).split())
    assert [shown for shown in map(plain, HOSTILE) if shown not in text] == []
    links = [attributes["href"] for attributes in page.all("a")]
    assert links and all(link and link.startswith("#part-") for link in links)
    assert page.all("html") == [{"lang": "en-GB"}]


def test_a_page_has_each_name_once_and_points_only_at_what_is_there(hostile: Pack) -> None:
    made = html_file(hostile).decode()
    page = Page(made)
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names)) > 20
    asked = [attributes.get("href") or attributes.get("xlink:href") for _, attributes in page.elements]
    pointed = {link[1:] for link in asked if link} | set(re.findall(r"url\(#([^)]+)\)", made))
    assert pointed <= set(names)
    assert not re.search(r"url\((?!#)", made)


def test_a_page_describes_each_figure_and_heads_each_table(hostile: Pack) -> None:
    page = Page(html_file(hostile).decode())
    pictures = page.all("svg")
    assert len(pictures) == len(hostile.of(Figure)) == len(page.all("desc"))
    assert all(one["role"] == "img" and one["aria-labelledby"] for one in pictures)
    assert len(page.all("caption")) == len(hostile.of(Table))
    assert sum(one.get("scope") == "row" for one in page.all("th")) == 2 * len(hostile.of(Table))


def test_a_pdf_is_tagged_and_says_what_it_is(hostile: Pack) -> None:
    reader = PdfReader(io.BytesIO(pdf_file(hostile)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(True)
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(True)
    assert reader.metadata is not None and reader.metadata.title == printable(plain(hostile.title))
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.replace(tzinfo=None) == hostile.made_at


def test_a_pdf_has_words_on_each_figure_and_heads_on_each_table(hostile: Pack) -> None:
    elements = tagged(PdfReader(io.BytesIO(pdf_file(hostile))))
    of_kind = [str(one["/S"]) for one in elements]
    figures = [one for one in elements if one["/S"] == "/Figure"]
    assert len(figures) == len(hostile.of(Figure))
    assert all(str(one.get("/Alt", "")).strip() for one in figures)
    assert of_kind.count("/Table") == len(hostile.of(Table))
    assert of_kind.count("/TH") == 3 * len(hostile.of(Table))
    levels = [heading.level for heading in hostile.of(Heading)]
    assert of_kind.count("/H1") == levels.count(2) + 1, "the parts, and the contents"
    assert of_kind.count("/H2") == levels.count(3)


def test_a_pdf_shows_markup_as_text() -> None:
    texts = ['#eval("1 + 1")', "*bold* _thin_ $x$", "<script>alert(1)</script>", "=1+1", "#import x", "\\u{41}"]
    shown = pdf_text(pdf_file(pack(*texts)))
    assert [text for text in texts if text not in shown] == []


@settings(max_examples=15)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_any_text_makes_files(texts: list[str]) -> None:
    made = pack(*texts)
    assert pdf_file(made).startswith(b"%PDF-")
    Document(io.BytesIO(word_file(made)))
    html_file(made).decode()


def test_a_word_document_has_headings_table_heads_words_on_pictures_and_a_language(hostile: Pack) -> None:
    document = Document(io.BytesIO(word_file(hostile)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1 and styles.count("Heading 1") == styles.count("Heading 2") == len(HOSTILE)
    assert len(document.tables) == len(hostile.of(Table))
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [figure.sentence for figure in hostile.of(Figure)]
    assert document.core_properties.language == "en-GB"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert document.core_properties.created.replace(tzinfo=None) == hostile.made_at


def test_a_word_document_shows_every_text_and_links_to_nothing(hostile: Pack) -> None:
    made = word_file(hostile)
    written = [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]
    assert [text for text in map(plain, HOSTILE) if text not in written] == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))
    assert "<w:hyperlink" not in whole and "fldChar" not in whole and 'TargetMode="External"' not in whole


def test_short_columns_are_as_wide_as_what_stands_in_them() -> None:
    shown = pack("a").of(Table)[0]
    assert all(width >= 7 for width in widths(shown))

"""A thousand insights of hostile text: every page, every download and the package show them as plain text."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.export import DANGEROUS, SIGNS
from data.settings import Settings
from data.workspace import open_workspace
from reports.archive import zip_file
from reports.expected import ENGLAND
from reports.package import collect
from tests import hostile
from tests.app.reading import PAGES, Html, faults, html, open_page, said
from tests.integration.storing import check_public

# Text that is long enough to be told from what the program itself says.
TELLING = [text.strip()[:40] for text in hostile.TEXTS if len(text.strip()) > 8]
FREE = ["summary", "quote", "barriers", "enablers", "not_heard", "organisation", "source_reference"]


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory, demonstration_file: Path, catalogue: Catalogue) -> Path:
    """A demonstration workspace with a thousand hostile insights, each text public several times: copy it."""
    path = tmp_path_factory.mktemp("hostile") / "consensus.duckdb"
    shutil.copy(demonstration_file, path)
    hostile.stored(path, catalogue)
    with open_workspace(Settings(str(path)), catalogue) as connection:
        check_public(connection, 4 * len(hostile.TEXTS))
    return path


@pytest.fixture
def workspace(dashboard: AppTest, hostile_file: Path, tmp_path: Path) -> AppTest:
    shutil.copy(hostile_file, tmp_path / "consensus.duckdb")
    return dashboard


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """Name and rows of each CSV file that a page offers."""
    found: dict[str, list[list[str]]] = {}
    draw = streamlit.download_button

    def kept(label: str, data: Callable[[], bytes] | bytes, name: str, *rest: Any, **more: Any) -> bool:
        if name.endswith(".csv"):
            found[name] = read(data() if callable(data) else data)
        return draw(label, data, name, *rest, **more)

    monkeypatch.setattr(streamlit, "download_button", kept)
    return found


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def elements(block: Block) -> Iterator[Element]:
    for child in block.children.values():
        yield from elements(child) if isinstance(child, Block) else [child]


def carried(app: AppTest) -> list[str]:
    """Elements other than st.html that hold any of the hostile texts: they would read it as Markdown, or worse."""
    drawn = [element for part in (app.main, app.sidebar) for element in elements(part) if element.type != "html"]
    strings = [(element.type, held(element)) for element in drawn]
    return [f"{kind} holds {text!r}" for kind, words in strings for text in TELLING if text in words]


def held(element: Element) -> str:
    """Every text that an element brings to the browser."""
    proto = getattr(element, "proto", None)
    return "" if proto is None else proto.SerializeToString().decode("utf-8", "replace")


def test_every_text_is_let_in_and_kept_as_it_was_sent(hostile_file: Path) -> None:
    """The screening lets all of it in: blanks around a text go, and nothing else does."""
    with store.connect(str(hostile_file), read_only=True) as connection:
        kept = queries.insights(connection, LOCAL_ADMINISTRATOR, 19).query("not invented")
    assert len(kept) == hostile.ROWS
    sent = hostile.insights()
    for column in FREE:
        assert set(kept[column]) == {str(row[column]).strip() for row in sent}, column


@pytest.mark.parametrize("page", PAGES)
def test_page_shows_hostile_text_as_text(workspace: AppTest, page: str) -> None:
    app = open_page(workspace, page, area="E23000024", commitment="COM-1")
    assert faults(app) == [] and carried(app) == []
    toggles = [one for one in app.toggle if one.key and one.key.endswith("-all")]
    assert len(toggles) == {"voices": 1, "commitment": 2, "area": 1}.get(page, 0)
    for toggle in toggles:
        toggle.set_value(True)
    assert not toggles or faults(app.run()) + carried(app) == []


@pytest.mark.parametrize("page", ["voices", "commitment"])
def test_all_of_a_text_is_there_and_turns_nothing_around_it(workspace: AppTest, page: str) -> None:
    app = open_page(workspace, page, area="E23000024", commitment="COM-1")
    toggle = [one for one in app.toggle if one.key in ("voices-all", "both-sides-all")][0]
    shown = "".join(html(toggle.set_value(True).run()).texts)
    turning = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
    missing = [text for text in hostile.TEXTS if text.strip().translate(turning)[:500] not in shown]
    assert missing == []
    assert not set(map(ord, shown)) & set(turning)
    assert "Show the other 9,400 characters" in shown
    # Nothing of a folded text is lost: what follows the note is the rest of it.
    assert hostile.LONG[600:] in shown


def test_search_takes_hostile_words_from_the_address(workspace: AppTest) -> None:
    for words, found in (("<script>", "of 1,474"), (":material/bomb:", "of 1,474"), ("x" * 10_000, "Nothing among")):
        app = open_page(workspace, "voices", area=ENGLAND, find=words)
        app.text_input(key="find").set_value(words)
        app.run()
        assert faults(app) == [] and carried(app) == [] and found in said(app)


@pytest.mark.parametrize("page", ["voices", "commitment", "what_changed", "area"])
def test_no_download_holds_a_formula(workspace: AppTest, files: dict[str, list[list[str]]], page: str) -> None:
    open_page(workspace, page, area="E23000024", commitment="COM-1")
    assert files and {name: formulas(rows) for name, rows in files.items()} == {name: [] for name in files}
    if page == "voices":
        (insights,) = [rows for name, rows in files.items() if name.startswith("insights-version-")]
        texts = {cell for row in insights for cell in row}
        assert {"'=HYPERLINK(CONCAT(A1);B1)", "'@SUM(1+1)*cmd|' /C calc'!A0", hostile.LONG} <= texts


def test_package_holds_every_text_and_no_formula(hostile_file: Path, catalogue: Catalogue) -> None:
    with store.connect(str(hostile_file), read_only=True) as connection:
        package = collect(connection, LOCAL_ADMINISTRATOR, catalogue, 19, "demonstration")
    with zipfile.ZipFile(io.BytesIO(zip_file(package))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        tables = {name: read(archive.read(name)) for name in names}
    assert {name: formulas(rows) for name, rows in tables.items()} == dict.fromkeys(names, [])
    (insights,) = [rows for name, rows in tables.items() if name.endswith("insights.csv")]
    assert {"'=HYPERLINK(CONCAT(A1);B1)", hostile.LONG} <= {cell for row in insights for cell in row}


def formulas(rows: list[list[str]]) -> list[str]:
    """Cells that a spreadsheet would run."""
    cells = [cell for row in rows for cell in row if cell.startswith(DANGEROUS) and cell not in SIGNS]
    return [cell for cell in cells if not re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", cell)]


def test_a_formula_is_found() -> None:
    assert formulas([["=1+1", "-2.5", "'=1+1", "\t=1"], ["@SUM(A1)", "-", "+3", "-2+3"]]) == [
        "=1+1",
        "\t=1",
        "@SUM(A1)",
        "-2+3",
    ]


def test_text_in_another_element_is_found() -> None:
    def page() -> None:
        import streamlit

        from tests import hostile

        streamlit.caption(hostile.TEXTS[0])
        with streamlit.expander(hostile.TEXTS[7]):
            streamlit.selectbox("One", [hostile.TEXTS[8]])

    app = AppTest.from_function(page).run()
    assert [line.partition(" ")[0] for line in carried(app)] == ["caption", "selectbox"]


def test_foreign_markup_is_found() -> None:
    page = Html()
    page.feed("<p>&lt;script&gt; is text</p><img src=x onerror=y>")
    assert page.tags == {"p", "img"} and "onerror" in page.attributes

"""Personal data goes nowhere, wherever in a file it stands: not into a finding, a file given back, the store or a log.

Every value is invented and of a kind that nobody can have: see `tests/unit/data/test_personal.py`.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import check, submit
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.errors import UserError
from data.mapping import chosen
from data.returned import with_findings
from data.settings import Settings
from data.store import Connection
from data.submission import Prepared, confirm, prepare
from data.workspace import open_workspace
from tests.integration import workbooks
from tests.integration.storing import MOMENT, as_csv, everything, fact, facts, send, voice

VALUES = {
    "NHS number": "999 000 0018",
    "phone number": "07700 900123",
    "e-mail address": "nobody@example.org",
    "postcode": "NR99 9ZZ",
    "date of birth": "born on 3 May 1985",
    "National Insurance number": "MW 12 34 56 A",
}
ALL = "; ".join(VALUES.values())
Place = Callable[[str], bytes]


def among_the_figures(name: str) -> Place:
    """In a column of the template for numbers."""
    return lambda text: facts(fact(period="2025/26 Q2"), fact(**{name: text}))


def among_the_voices(name: str) -> Place:
    """In a column of the template for insights."""
    return lambda text: as_csv([voice(), voice(source_reference="2", **{name: text})])


def above(content: bytes) -> Place:
    """In a title above the headings."""
    return lambda text: b'"Figures, ' + text.encode() + b'",,\n\n' + content


def with_cells(*places: tuple[int, int]) -> Place:
    """In cells of a workbook, by row and column."""
    return lambda text: workbooks.saved(
        workbooks.book_of(*(lambda sheet, at=at: sheet.cell(*at, text) for at in places))  # type: ignore[misc]
    )


def in_a_hidden_heading(text: str) -> bytes:
    book = workbooks.book_of(lambda sheet: sheet.cell(1, 9, text))
    book["Numbers"].column_dimensions["I"].hidden = True
    return workbooks.saved(book)


def above_a_formula(text: str) -> bytes:
    """Over a formula without a result, in a workbook of another layout."""
    rows = [("Force", "Words", text), ("Norfolk", "Invented", 41), ("Norfolk", "Invented", "=20+21")]
    book = workbooks.openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return workbooks.saved(book)


def layout(heading: str = "Words", cell: str = "Invented", title: str = "Invented") -> bytes:
    """A file of another layout."""
    rows = [[title, "", ""], ["Force", heading, "2026/27 Q1"], ["Norfolk", cell, "41"], ["Suffolk", "Invented", "39"]]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


PLACES: dict[str, Place] = {
    "a comment": among_the_figures("comment"),
    "a summary": among_the_voices("summary"),
    "a title above the headings": above(facts()),
    "a column that is not read": among_the_figures("colour"),
    "a heading": lambda text: as_csv([fact() | {text: "blue"}]),
    "a heading and the cell below": lambda text: as_csv([fact() | {text: text}]),
    "a cell beyond the headings": lambda text: facts().rstrip() + f',"{text}"\n'.encode(),
    "a long cell beyond the headings": lambda text: facts().rstrip() + f',"{"Invented words. " * 4}{text}"\n'.encode(),
    "an area code that is not known": among_the_figures("area_code"),
    "an area name that is not known": among_the_figures("area_name"),
    "an indicator that is not known": among_the_figures("indicator"),
    "a period that cannot be read": among_the_figures("period"),
    "a number that cannot be read": among_the_figures("numerator"),
    "a note that is not known": among_the_figures("note"),
    "a part": lambda text: facts(fact(breakdown_type="sex", breakdown=text)),
    "a sector that is not known": among_the_voices("sector"),
    "a grade that cannot be read": among_the_voices("grade"),
    "headings that are not known": lambda text: f"{text},district\nInvented,PE1\n".encode(),
    "a file without rows": lambda text: f"area_code,indicator,period,numerator,{text}\n".encode(),
    "a cell of a workbook": with_cells((3, 8)),
    "a cell right of a workbook’s headings": with_cells((3, 12)),
    "a heading of a workbook and a cell": with_cells((1, 9), (2, 9)),
    "a hidden heading of a workbook": in_a_hidden_heading,
    "a heading above a formula": above_a_formula,
    "a cell of another layout": lambda text: layout(cell=text),
    "a heading of another layout": lambda text: layout(heading=text),
    "the title of another layout": lambda text: layout(title=text),
}


@pytest.fixture(scope="module")
def connection(catalogue: Catalogue) -> Iterator[Connection]:
    """An empty workspace, to which nothing with personal data is ever added."""
    with open_workspace(Settings(":memory:", "empty"), catalogue) as opened:
        yield opened


@pytest.fixture
def checked(connection: Connection, catalogue: Catalogue) -> Callable[..., Prepared]:
    """Prepare a file."""

    def run(content: bytes, name: str = "figures.csv", **options: object) -> Prepared:
        return prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, name, **options)

    return run


def squashed(text: str) -> str:
    """The letters and digits of a text, so that no way of writing hides a value."""
    return re.sub(r"[\W_]", "", text.lower())


def parts_of(text: str) -> list[str]:
    """The values in a text, and the part of each that would already say too much."""
    return [squashed(value)[:8] for value in VALUES.values() if value in text]


def leaks(text: str, *told: object) -> list[str]:
    """The values of a text that stand in anything that was told."""
    return [value for value in parts_of(text) for one in told if value in squashed(str(one))]


def all_told(prepared: Prepared) -> list[object]:
    """Everything that a prepared file says, shows, gives back or keeps."""
    screening = prepared.screening
    findings = json.dumps([finding.as_dict() for finding in screening.findings], ensure_ascii=False)
    sheet = screening.sheet
    assert sheet is not None
    back = with_findings(sheet, screening.findings).decode("utf-8-sig")
    mapping = screening.mapping or ""
    kept = (sheet.headings, sheet.titles, sheet.above, sheet.table.to_pydict())
    return [findings, back, mapping, kept, prepared.file_name, prepared.changes.to_csv(), prepared.content]


def refused(prepared: Prepared, kind: str) -> bool:
    """Whether the kind is named without a value, and nothing of the file is kept."""
    named = [
        item for item in prepared.screening.findings if item.code == "personal_data" and f"({kind}" in item.message
    ]
    assert all(item.level == "must_fix" and not item.value for item in named)
    return bool(named) and not prepared.screening.acceptable and prepared.content == b""


# Wherever it stands


@pytest.mark.parametrize(
    ("place", "text"),
    [(place, ALL) for place in PLACES]
    + [(place, f"Invented: {value}") for place in ("a comment", "a heading") for value in VALUES.values()],
)
def test_personal_data_is_refused_and_told_nowhere(
    place: str, text: str, checked: Callable[..., Prepared], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    prepared = checked(PLACES[place](text))
    assert all(refused(prepared, kind) for kind, value in VALUES.items() if value in text)
    told = all_told(prepared)
    assert leaks(text, *told, caplog.text) == []
    assert "[removed]" in str(told[1]), "the file given back says that something was taken out"


@pytest.mark.parametrize("place", [place for place in PLACES if "another layout" in place])
def test_confirming_how_a_file_is_read_brings_nothing_back(place: str, checked: Callable[..., Prepared]) -> None:
    content = PLACES[place](ALL)
    proposed = checked(content).screening.mapping
    assert proposed is not None and leaks(ALL, proposed) == []
    prepared = checked(content, mapping=chosen(proposed, indicator="people_contributing_evidence"))
    assert prepared.screening.staged and all(refused(prepared, kind) for kind in VALUES)
    assert leaks(ALL, *all_told(prepared)) == []


def test_commands_print_no_personal_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONSENSUS_START", "empty")
    files = [tmp_path / "files" / f"{number}.csv" for number in range(len(PLACES))]
    files[0].parent.mkdir()
    for path, place in zip(files, PLACES.values(), strict=True):
        path.write_bytes(place(ALL))
    assert check.main([str(files[0].parent), "--json"]) == 1
    as_json = capfd.readouterr()
    codes = [[item["code"] for item in body["findings"]] for body in json.loads(as_json.out)]
    assert len(codes) == len(PLACES) and all(found.count("personal_data") >= len(VALUES) for found in codes)
    assert [check.main([str(files[0].parent)]), submit.main([str(files[0])])] == [1, 1]
    as_text = capfd.readouterr()
    assert as_text.out.count("personal data") >= len(VALUES) * (len(PLACES) + 1)
    assert leaks(ALL, *as_json, *as_text) == []


@pytest.mark.parametrize("kind", VALUES)
def test_personal_data_in_the_name_of_a_file(
    kind: str, checked: Callable[..., Prepared], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = f"Invented {VALUES[kind]}"
    prepared = checked(facts(), f"{text}.csv")
    assert refused(prepared, kind) and prepared.file_name == "[removed]"
    assert leaks(text, *all_told(prepared)) == []
    path = tmp_path / f"{text}.csv"
    path.write_bytes(facts())
    assert check.main([str(path), "--json"]) == 1
    printed = capfd.readouterr()
    assert json.loads(printed.out)["file"] == str(tmp_path / "[removed]")
    assert leaks(text, printed.out, printed.err) == []


# What stays


@pytest.mark.parametrize("place", ["a comment", "a cell of a workbook", "a title above the headings"])
def test_nothing_of_it_can_be_stored(
    place: str, checked: Callable[..., Prepared], connection: Connection, catalogue: Catalogue
) -> None:
    before = everything(connection)
    prepared = checked(PLACES[place](ALL))
    with pytest.raises(UserError, match="must be mended first"):
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    assert everything(connection) == before and before["submission"] == []
    assert leaks(ALL, before) == []


def test_what_is_stored_afterwards_holds_nothing_of_it(empty: Connection, catalogue: Catalogue) -> None:
    for place in PLACES.values():
        prepare(empty, LOCAL_ADMINISTRATOR, catalogue, place(ALL), f"{ALL}.csv")
    send(empty, catalogue, facts())
    held = everything(empty)
    assert len(held["submission"]) == 1 and leaks(ALL, held) == []


@pytest.mark.parametrize("place", ["a comment", "a summary", "a column that is not read", "a cell of a workbook"])
def test_same_file_without_personal_data_is_kept(place: str, checked: Callable[..., Prepared]) -> None:
    content = PLACES[place]("Invented words about nobody")
    prepared = checked(content)
    assert prepared.screening.acceptable and prepared.content == content
    told = all_told(prepared)
    assert "Invented words about nobody" in str(told[1]) and "[removed]" not in str(told)


def test_leak_is_found() -> None:
    for value in VALUES.values():
        assert leaks(f"Invented: {value}", f"said: {value.upper().replace(' ', '-')}!") == [squashed(value)[:8]]
    assert leaks(ALL, "area_code", 54) == []


# Columns whose heading says what stands below


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("date_of_birth", "12/03/1984", "date of birth"),
        ("Patient name", "Invented Person", "names of people"),
        ("Mobile", "7700900123", "phone number"),
        ("NHS number", "9434765919", "NHS number"),
    ],
)
def test_a_column_of_personal_data_is_refused_by_its_heading(
    empty: Connection, catalogue: Catalogue, heading: str, cell: str, kind: str
) -> None:
    content = f"area_code,indicator,period,numerator,denominator,{heading}\n"
    content += f"E23000024,s136_health_based_place,2026/27 Q1,54,86,{cell}\n"
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content.encode(), "invented.csv")
    (found,) = [finding for finding in prepared.screening.findings if finding.code == "personal_data"]
    assert kind in found.message and list(found.rows) == [2] and prepared.content == b""
    assert prepared.screening.sheet is not None and cell not in str(prepared.screening.sheet)

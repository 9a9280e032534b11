"""Erasing a text or a file: gone from every version, every file, the raw bytes of the store and restored backups."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from data import copies, erasure, history, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.originals import holds
from data.settings import Settings
from data.store import Connection
from data.submission import confirm, prepare
from data.workspace import open_workspace
from tests.integration.storing import (
    KENT,
    MOMENT,
    NORFOLK,
    everything,
    fact,
    facts,
    held_facts,
    rows,
    send,
    trail,
    voice,
)

# Long and unlike anything else, so that it is found in raw bytes however they are packed.
SECRET = (
    "Quillon Vexmoor of Blackmarsh told the nurse that zyxwv 7731 was his brother, and that “nobody” answered, "
    'so he said "twice", and left by the harbour steps with a xylophone and eleven jars of quince'
)
TRACES = ("Quillon Vexmoor", "zyxwv 7731", "quince")
TOMBSTONE = "[erased on 2 November 2026]"
REASON = "the person asked for it"
TEXT_COLUMNS = ("organisation", "source_reference", "summary", "quote", "barriers", "enablers", "not_heard")
LATER = replace(MOMENT, at=datetime(2026, 11, 3, 8, 0))


def sent(connection: Connection, catalogue: Catalogue, *lines: dict[str, Any], name: str = "figures.csv") -> UUID:
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, facts(*lines), name)
    assert prepared.confirmable, prepared.screening.findings
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    return prepared.id


def erase(connection: Connection, submission: UUID, row: int = 2, column: str = "summary") -> erasure.Reach:
    return erasure.erase_text(connection, LOCAL_ADMINISTRATOR, submission, row, column, REASON, MOMENT)


def newest(connection: Connection) -> int:
    return int(queries.current(connection)["version"])


def path_of(connection: Connection) -> Path:
    return Path(rows(connection, "SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")[0][0])


def traces(connection: Connection, words: tuple[str, ...] = TRACES) -> list[str]:
    """Where a trace of the text is left: any cell of any table, as text, as bytes, or inside JSON."""
    return [
        f"{table}: {word}"
        for table, lines in everything(connection).items()
        for word in words
        if any(word in as_text(cell) for line in lines for cell in line)
    ]


def as_text(cell: Any) -> str:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def raw_traces(folder: Path, words: tuple[str | bytes, ...] = TRACES) -> list[str]:
    """Where the raw bytes of any file in a folder hold a trace."""
    sought = [word.encode() if isinstance(word, str) else word for word in words]
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [f"{name}: {word!r}" for name, content in files.items() for word in sought if word in content]


def filled(connection: Connection, catalogue: Catalogue) -> list[UUID]:
    """Five files with the text in rows of several versions: sent, changed beside it, withdrawn, repeated, come back."""
    ordinary = [voice(KENT, source_reference=f"K-{number}", summary=f"Ordinary {number}") for number in range(40)]
    first = sent(connection, catalogue, voice(summary=SECRET, grade=2), *ordinary)
    second = sent(connection, catalogue, voice(summary=SECRET, grade=3))
    third = sent(connection, catalogue, voice(KENT, quote=SECRET, grade=1), voice(summary=SECRET, grade=3))
    fourth = sent(connection, catalogue, voice(summary="Something else", grade=5))
    history.withdraw(connection, LOCAL_ADMINISTRATOR, fourth, "wrong", newest(connection), MOMENT)
    return [first, second, third, fourth]


@pytest.mark.both_engines
def test_a_text_is_gone_from_every_version_and_every_file(empty: Connection, catalogue: Catalogue) -> None:
    first, second, third, fourth = filled(empty, catalogue)
    before = {version: queries.insights(empty, LOCAL_ADMINISTRATOR, version) for version in range(1, newest(empty) + 1)}
    touched = erase(empty, second)
    # First, second, the one that came back (of the third, which repeats it), and the quote.
    assert touched.cells == 4 and touched.files == ("figures.csv",) * 3
    assert traces(empty) == []
    for version, shown in before.items():
        after = queries.insights(empty, LOCAL_ADMINISTRATOR, version)
        expected = shown.replace({SECRET: TOMBSTONE})
        assert after.astype(object).equals(expected.astype(object)), version
    sizes = dict(rows(empty, "SELECT id, octet_length(original) FROM submission"))
    assert [sizes[one] > 0 for one in (first, second, third, fourth)] == [False, False, False, True]
    assert newest(empty) == max(before)


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_every_text_of_an_insight_can_be_erased(empty: Connection, catalogue: Catalogue, column: str) -> None:
    others = {name: f"Kept {name}" for name in TEXT_COLUMNS if name != column}
    file = sent(empty, catalogue, voice(consent_to_publish="yes", **others | {column: SECRET}))
    assert erase(empty, file, 2, column).cells == 1
    shown = queries.insights(empty, LOCAL_ADMINISTRATOR, 2).iloc[0]
    assert {name: shown[name] for name in others} == others
    assert shown[column].startswith("[erased on 2 November 2026") and traces(empty) == []


@pytest.mark.parametrize("column", ["comment", "organisation", "breakdown", "breakdown_type"])
def test_every_text_of_an_observation_can_be_erased(empty: Connection, catalogue: Catalogue, column: str) -> None:
    part = {"breakdown_type": "sex", "breakdown": "female", "organisation": "A trust", "comment": "Kept"}
    file = sent(empty, catalogue, fact(**part | {column: SECRET}), fact(KENT))
    erase(empty, file, 2, column)
    assert traces(empty) == []
    stored = rows(empty, f"SELECT {column}, numerator FROM observation WHERE area_code = '{NORFOLK}'")
    assert stored[0][0].startswith("[erased on 2 November 2026") and stored[0][1] == 54


@pytest.mark.parametrize("column", ["organisation", "source_reference"])
def test_facts_that_the_erased_texts_told_apart_stay_apart(
    empty: Connection, catalogue: Catalogue, column: str
) -> None:
    names = ["Vexmoor, Quillon", "Vexmoor, Quilla", "Vexmoor, Quince"]
    file = sent(empty, catalogue, *(voice(grade=n, **{column: name}) for n, name in enumerate(names, 1)))
    again = sent(empty, catalogue, voice(grade=5, **{column: names[0]}))
    for row in (2, 3, 4):
        erase(empty, file, row, column)
    for version in (2, 3):
        shown = queries.insights(empty, LOCAL_ADMINISTRATOR, version)
        assert len(shown) == 3 and shown[column].nunique() == 3
        assert shown[column].str.fullmatch(r"\[erased on 2 November 2026, \d{6}\]").all()
    keys = rows(
        empty, f"SELECT count(DISTINCT {column}) FROM insight WHERE submission = '{again}' OR submission_row = 2"
    )
    assert keys == [(1,)], "the fact and its successor are the same fact"


def test_a_text_only_in_a_column_that_is_not_stored_takes_its_file_along(
    empty: Connection, catalogue: Catalogue
) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    stray = sent(empty, catalogue, voice(KENT) | {"scribble": SECRET.upper(), "more": SECRET}, name="stray.csv")
    assert erase(empty, file).files == ("figures.csv", "stray.csv")
    assert rows(empty, f"SELECT octet_length(original) FROM submission WHERE id = '{stray}'") == [(0,)]
    assert traces(empty) == []


@pytest.mark.parametrize("at_once", [1, 300, 10**9])
def test_every_file_is_looked_through_however_few_fit_in_memory(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(erasure, "READ_AT_ONCE", at_once)
    file = sent(empty, catalogue, voice(summary=SECRET))
    for number in range(5):
        aside = {"aside": SECRET} if number in (0, 3, 4) else {}
        sent(empty, catalogue, voice(KENT, grade=number + 1) | aside, name=f"{number}.csv")
    assert erase(empty, file).files == ("figures.csv", "0.csv", "3.csv", "4.csv")


def test_a_text_among_more_words_stays_and_is_counted(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET), voice(KENT, summary=f"{SECRET}. And more"))
    preview = erasure.reach_of_text(empty, LOCAL_ADMINISTRATOR, file, 2, "summary")
    assert (preview.cells, preview.files, preview.longer) == (1, ("figures.csv",), 1)
    erase(empty, file)
    assert queries.insights(empty, LOCAL_ADMINISTRATOR, 2, area=KENT)["summary"].tolist() == [f"{SECRET}. And more"]


def test_the_preview_changes_nothing(empty: Connection, catalogue: Catalogue) -> None:
    file = filled(empty, catalogue)[0]
    before = everything(empty)
    preview = erasure.reach_of_text(empty, LOCAL_ADMINISTRATOR, file, 2, "summary")
    assert everything(empty) == before
    assert replace(preview, longer=0) == erase(empty, file)


def test_the_findings_of_an_emptied_file_say_no_more_than_where_they_were(
    empty: Connection, catalogue: Catalogue
) -> None:
    prepared, _ = send(empty, catalogue, facts(fact(area_name=SECRET, comment=SECRET)))
    assert any(TRACES[0] in finding.value for finding in prepared.screening.findings)
    erase(empty, prepared.id, 2, "comment")
    assert traces(empty) == []
    kept = history.findings(empty, LOCAL_ADMINISTRATOR, prepared.id)
    assert [(item.level, item.code, list(item.rows)) for item in kept] == [
        (item.level, item.code, list(item.rows)) for item in prepared.screening.findings
    ]
    assert {(item.value, item.message, item.fix) for item in kept} == {("", TOMBSTONE, "")}


def test_the_list_of_texts_is_of_one_file_and_can_be_searched(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET, quote="Short"), voice(KENT, barriers="Late"))
    sent(empty, catalogue, voice(summary="Another file", source_reference="other"))
    found = erasure.texts(empty, LOCAL_ADMINISTRATOR, file)
    assert found[["row", "area_code", "column_name"]].values.tolist() == [
        [2, NORFOLK, "quote"], [2, NORFOLK, "summary"], [3, KENT, "barriers"], [3, KENT, "summary"],
    ]  # fmt: skip
    assert erasure.texts(empty, LOCAL_ADMINISTRATOR, file, " vexMOOR ")["text"].tolist() == [SECRET]
    erase(empty, file)
    assert erasure.texts(empty, LOCAL_ADMINISTRATOR, file, "erased").empty


# The trace that erasing leaves


def test_what_was_erased_is_remembered_without_its_text(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    erase(empty, file)
    text, bytes_gone = erasure.erasures(empty)
    assert (text["kind"], text["submission"], text["submission_row"], text["column_name"]) == (
        "text", file, 2, "summary",
    )  # fmt: skip
    assert (bytes_gone["kind"], bytes_gone["submission_row"], bytes_gone["column_name"]) == ("file", None, "original")
    assert text["id"] == bytes_gone["id"] and text["reason"] == REASON and text["erased_at"] == MOMENT.at
    assert text["erased_by"] == "Local administrator" and len(text["salt"]) == 32
    assert text["digest"] == hashlib.sha256((text["salt"] + SECRET).encode()).hexdigest()
    assert trail(empty)[-1] == (
        MOMENT.at, "Local administrator", "text erased", str(text["id"]), 2, 2,
    )  # fmt: skip


def test_salts_differ_from_act_to_act(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary="One"), voice(KENT, summary="Two"))
    erase(empty, file, 2)
    erase(empty, file, 3)
    assert rows(empty, "SELECT count(DISTINCT salt), count(DISTINCT id), count(*) FROM erasure") == [(2, 2, 3)]


# A file


def test_a_file_is_erased_and_its_facts_stay(empty: Connection, catalogue: Catalogue) -> None:
    prepared, _ = send(empty, catalogue, facts(fact(area_name=SECRET)))
    touched = erasure.erase_file(empty, LOCAL_ADMINISTRATOR, prepared.id, REASON, MOMENT)
    assert touched.files == ("figures.csv",) and traces(empty) == []
    assert queries.observations(empty, 2)["numerator"].tolist() == [54]
    with pytest.raises(UserError, match="The file was erased on 2 November 2026 and cannot be downloaded"):
        history.original(empty, LOCAL_ADMINISTRATOR, prepared.id, LATER)
    listed = queries.submissions(empty, LOCAL_ADMINISTRATOR).iloc[0]
    assert listed["size"] == 0 and listed["file_erased_at"] == MOMENT.at and listed["file_name"] == "figures.csv"
    assert rows(empty, "SELECT sha256 FROM submission") != [(prepared.sha256,)]
    assert trail(empty)[-1][2] == "file erased"


def test_the_name_of_a_file_goes_too_when_asked(empty: Connection, catalogue: Catalogue) -> None:
    name = "Quillon Vexmoor, ‘zyxwv 7731’ quince.csv"
    file = sent(empty, catalogue, fact(), name=name)
    sent(empty, catalogue, fact(numerator=60), name="between.csv")
    copy = sent(empty, catalogue, fact(), name="copy.csv")
    assert name in history.findings(empty, LOCAL_ADMINISTRATOR, copy)[0].message
    history.withdraw(empty, LOCAL_ADMINISTRATOR, file, "wrong", newest(empty), MOMENT)
    touched = erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, MOMENT, name=True)
    assert touched.files == (name, "copy.csv"), "the very same bytes were sent twice"
    assert traces(empty) == []
    reasons = {line["version"]: line["reason"] for line in queries.data_versions(empty)}
    assert reasons[2] == f"Numbers from “{TOMBSTONE}”" and reasons[5] == f"Withdrawn: “{TOMBSTONE}”. Reason: wrong"
    assert reasons[3] == "Numbers from “between.csv”"
    with pytest.raises(UserError, match="erased on 2 November 2026 already"):
        erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, LATER)


def test_the_name_may_be_erased_after_the_bytes_and_only_once(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, fact(), name="Quillon Vexmoor.csv")
    erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, MOMENT)
    assert traces(empty) != []
    erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, MOMENT, name=True)
    assert traces(empty) == []
    with pytest.raises(UserError, match="already"):
        erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, LATER, name=True)


def test_the_demonstration_stays_whole_after_something_of_it_was_erased(
    demonstration_copy: Path, catalogue: Catalogue
) -> None:
    """A file of the demonstration is known by its name; without it the next start would load it again."""
    with store.connect(str(demonstration_copy)) as connection:
        files = queries.submissions(connection, LOCAL_ADMINISTRATOR).set_index("file_name")
        file = files.loc["invented_insights.csv", "id"]
        with pytest.raises(UserError, match="come with the program, so their names cannot be erased"):
            erasure.erase_file(connection, LOCAL_ADMINISTRATOR, file, REASON, MOMENT, name=True)
        text = erasure.texts(connection, LOCAL_ADMINISTRATOR, file).query("column_name == 'summary'").iloc[0]
        erase(connection, file, int(text["row"]), "summary")
        assert traces(connection, (text["text"],)) == []
        version = newest(connection)
    with open_workspace(Settings(str(demonstration_copy), "demonstration"), catalogue) as connection:
        assert newest(connection) == version and traces(connection, (text["text"],)) == []
        assert len(queries.submissions(connection, LOCAL_ADMINISTRATOR)) == len(files)


# What is refused


@pytest.mark.parametrize("role", ["viewer", "contributor", "evaluator", "steering"])
def test_only_an_administrator_erases(empty: Connection, catalogue: Catalogue, role: Any) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    actor = Actor("Bo", role, frozenset({NORFOLK}))
    before = everything(empty)
    for attempt in (
        lambda: erasure.texts(empty, actor, file),
        lambda: erasure.reach_of_text(empty, actor, file, 2, "summary"),
        lambda: erasure.erase_text(empty, actor, file, 2, "summary", REASON, MOMENT),
        lambda: erasure.erase_file(empty, actor, file, REASON, MOMENT),
    ):
        with pytest.raises(UserError, match="Bo may not erase anything: only an administrator may"):
            attempt()
    assert everything(empty) == before


@pytest.mark.parametrize("place", [(3, "summary"), (2, "quote"), (2, "grade"), (2, "nonsense' OR 1=1 --")])
def test_a_place_without_a_text_is_said(empty: Connection, catalogue: Catalogue, place: tuple[int, str]) -> None:
    file = sent(empty, catalogue, voice(grade=2))
    before = everything(empty)
    with pytest.raises(UserError, match="There is no text in column"):
        erase(empty, file, *place)
    with pytest.raises(UserError, match="There is no file with this identifier"):
        erase(empty, uuid4())
    assert everything(empty) == before


def test_erasing_twice_is_said(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    erase(empty, file)
    before = everything(empty)
    with pytest.raises(UserError, match="erased on 2 November 2026 already"):
        erase(empty, file)
    with pytest.raises(UserError, match="a reason is needed"):
        erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, " ", MOMENT)
    assert everything(empty) == before


def test_reason_with_personal_data_erases_nothing(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    before = everything(empty)
    with pytest.raises(UserError, match=r"personal data \(phone number\)"):
        erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, "Invented: 07700 900123 rang", MOMENT)
    with pytest.raises(UserError, match=r"personal data \(phone number\)"):
        erasure.erase_text(empty, LOCAL_ADMINISTRATOR, file, 2, "summary", "Invented: 07700 900123 rang", MOMENT)
    assert everything(empty) == before


@pytest.mark.parametrize("step", ["erase_insights", "empty_file", "insert_erasure", "ask_rewrite", "insert_audit"])
def test_a_fault_in_the_middle_of_erasing_leaves_nothing_changed(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    before, run = everything(empty), store.run

    def failing(connection: Connection, name: str, **parameters: Any) -> Connection:
        done = run(connection, name, **parameters)
        if name.endswith(step):
            raise OSError("no space left on the disk")
        return done

    with monkeypatch.context() as faulty, pytest.raises(OSError, match="no space left"):
        faulty.setattr(store, "run", failing)
        erase(empty, file)
    assert everything(empty) == before
    erase(empty, file)
    assert traces(empty) == []


# The file on the disk


def test_the_freed_space_of_the_file_is_gone_after_the_next_start(
    empty: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = filled(empty, catalogue)[0]
    path = path_of(empty)
    empty.execute("CHECKPOINT")
    assert raw_traces(tmp_path), "the text is found in raw bytes while it is stored"
    erase(empty, file)
    assert copies.rewrite_is_due(empty)
    before = everything(empty)
    empty.close()
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        assert not copies.rewrite_is_due(connection)
        assert everything(connection) == before | {"rewrite_due": []}
        assert raw_traces(tmp_path) == []
    assert raw_traces(tmp_path) == [] and [item.name for item in tmp_path.iterdir()] == [path.name]


def test_large_files_leave_nothing_behind_either(empty: Connection, catalogue: Catalogue, tmp_path: Path) -> None:
    """Bytes of many blocks are kept otherwise than short ones; the file is compressed, so a part of that is sought."""
    random = Random(31)
    long = [voice(source_reference=f"N-{number}", aside=random.randbytes(30).hex()) for number in range(9000)]
    file = sent(empty, catalogue, *long)
    (kept,) = rows(empty, "SELECT original FROM submission")[0]
    path, aside = path_of(empty), (kept[1000:1030], kept[200_000:200_030])
    assert len(kept) > 300_000
    empty.execute("CHECKPOINT")
    assert len(raw_traces(tmp_path, aside)) == 2
    erasure.erase_file(empty, LOCAL_ADMINISTRATOR, file, REASON, MOMENT)
    empty.close()
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        assert held_facts(connection, 2) == {"observations": 0, "insights": 9000}
    assert raw_traces(tmp_path, aside) == []


def test_without_an_erasure_the_file_is_not_written_anew(empty: Connection, catalogue: Catalogue) -> None:
    path = path_of(empty)
    empty.close()
    before = path.stat().st_ino
    with open_workspace(Settings(str(path), "empty"), catalogue):
        assert path.stat().st_ino == before


def test_a_store_that_is_open_elsewhere_is_left_and_stays_due(empty: Connection, catalogue: Catalogue) -> None:
    """A second opening in the same process shares the file: replacing it would lose what the first still writes."""
    erase(empty, sent(empty, catalogue, voice(summary=SECRET)))
    path = path_of(empty)
    before = path.stat().st_ino
    with open_workspace(Settings(str(path), "empty"), catalogue) as second:
        assert copies.rewrite_is_due(second) and path.stat().st_ino == before
    sent(empty, catalogue, fact())
    assert newest(empty) == 3


@pytest.mark.parametrize("fault", [OSError("no space left"), UserError("is not whole")])
def test_a_rewriting_that_fails_leaves_the_store_as_it_is_and_due(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception
) -> None:
    erase(empty, sent(empty, catalogue, voice(summary=SECRET)))
    path, before = path_of(empty), everything(empty)
    empty.close()

    def failing(*_: Any) -> None:
        raise fault

    with monkeypatch.context() as faulty:
        faulty.setattr(copies, "_mark_rewritten", failing)
        with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
            assert everything(connection) == before and copies.rewrite_is_due(connection)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        assert not copies.rewrite_is_due(connection)


def test_what_an_interrupted_rewriting_left_is_no_hindrance(
    empty: Connection, catalogue: Catalogue, tmp_path: Path
) -> None:
    erase(empty, sent(empty, catalogue, voice(summary=SECRET)))
    path = path_of(empty)
    empty.close()
    (tmp_path / f"{path.name}.rewriting").write_bytes(b"half a copy " + SECRET.encode())
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        assert not copies.rewrite_is_due(connection)
    assert [item.name for item in tmp_path.iterdir()] == [path.name] and raw_traces(tmp_path) == []


# Whether a file holds a text


def workbook(text: str) -> bytes:
    content = io.BytesIO()
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>area</t></si><si><t>{escaped}</t></si></sst>")
    return content.getvalue()


AWKWARD = 'He said "no" & left; £5, é <b>'


@pytest.mark.parametrize(
    "content",
    [
        ('a,b\r\n1,"' + AWKWARD.replace('"', '""') + '"\r\n').encode(),
        ('a;b\n1;"' + AWKWARD.replace('"', '""') + '"\n').encode("cp1252"),
        ("a\tb\n1\t" + AWKWARD + "\n").encode("utf-16"),
        ("\ufeffa,b\n1,\"  '" + AWKWARD.replace('"', '""') + '\u00a0 "').encode(),
        workbook(AWKWARD),
    ],
    ids=["utf-8", "windows-1252", "utf-16", "padded", "workbook"],
)
def test_a_cell_is_found_however_it_is_written(content: bytes) -> None:
    assert holds(content, AWKWARD)
    assert not holds(content, AWKWARD + "!") and not holds(content, "He sai") and not holds(content, "lef")


def test_line_breaks_are_found_however_they_are_written() -> None:
    assert holds(b'a,b\r\n1,"first\r\nsecond"\r\n', "first\nsecond")
    assert not holds(b"PK\x03\x04 no archive", "first")

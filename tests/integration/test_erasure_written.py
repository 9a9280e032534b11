"""Erasing what people wrote on pages: every column of text, what repeats it, its history, and restored backups."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from data import actions, erasure, history, queries, restore, reviews, store, targets
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.backup import backup, manifest_of
from data.catalogue import Catalogue
from data.errors import UserError
from data.settings import Settings
from data.store import Connection
from data.submission import confirm, prepare
from data.tombstones import NO_FILE
from data.workspace import open_workspace
from reports.agenda import of_actions
from tests.hostile import TEXTS
from tests.integration.storing import NORFOLK, everything, fact, facts, rows, send, voice
from tests.integration.test_erasure import LATER, REASON, SECRET, raw_traces, sent, traces
from tests.integration.test_reviews import DECIDED, HELD_ON, MOMENT, begin, decide, later

TOMBSTONE = "[erased on 2 November 2046]"
WRITTEN = {
    "review": ["end_reason", "title"],
    "judgement": ["dissent", "reason"],
    "reply": ["reply"],
    "action": ["change_reason", "description", "evidence", "outcome", "owner"],
    "adaptation": ["change_reason", "description", "effect", "evidence"],
    "ruling": ["reason"],
    "practice": ["change_reason", "done", "measured", "partners", "reported", "source", "title"],
    "target": ["agreed_by", "end_reason", "reason"],
    "agreement": ["agreed_by", "end_reason", "reason"],
    "rebase": ["end_reason", "reason"],
    "submission_end": ["reason"],
    "erasure": ["reason"],
    "waiting": ["file_name", "reason"],
    "waiting_end": ["reason"],
    "public_check": ["reason"],
    "role_given": ["reason"],
    "token": ["label"],
}
REPEATING = {"data_version": ["reason"], "review_agenda": ["sentence"]}
IN_FILES = {
    "insight": ["barriers", "enablers", "not_heard", "organisation", "quote", "source_reference", "summary"],
    "observation": ["breakdown", "breakdown_type", "comment", "organisation"],
}
# Whoever acts is named by the login, and has no text of their own; a file's name and findings go with the file.
NAMES = {"actor", "ended_by", "erased_by", "made_by", "recorded_by", "sent_by", "sent_email", "set_by", "who"}
OF_THE_FILE = {"file_name", "findings", "sha256", "template", "origin", "source", "edition", "mapping"}
CHOSEN = set(
    "area_code breakdown catalogue_digest chain code column_name commitment confidence deed definition digest "
    "direction fit grade indicator key kind measure method name name_digest note numbers parent period_type "
    "perspective polarity program_version provider_voices role salt sector silent_side start state strength subject "
    "subject_digest subject_salt test type unit user_voices visibility voices".split()
)
PLAIN = {
    "VARCHAR": "word",
    "BOOLEAN": False,
    "DATE": HELD_ON,
    "TIMESTAMP": MOMENT.at,
    "VARCHAR[]": ["word"],
    "BLOB": b"",
}
OTHERS = ("viewer", "contributor", "evaluator", "steering")


@pytest.fixture
def tables() -> Iterator[Connection]:
    """Every table of the store, without a row."""
    with store.connect(":memory:") as connection:
        store.run(connection, "insert_current_version")
        yield connection


def columns_of(connection: Connection, table: str) -> dict[str, str]:
    asked = "SELECT column_name, data_type FROM duckdb_columns() WHERE NOT internal AND table_name"
    return dict(rows(connection, f"{asked} = '{table}' ORDER BY column_index"))


def insert(connection: Connection, table: str, texts: dict[str, str]) -> None:
    """One row with these texts, and something of its type in every other column."""
    kinds = columns_of(connection, table)
    row = [texts.get(name, uuid4() if kind == "UUID" else PLAIN.get(kind, 1)) for name, kind in kinds.items()]
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def erase(connection: Connection, text: str = SECRET) -> erasure.Reach:
    return erasure.erase(connection, LOCAL_ADMINISTRATOR, text, REASON, MOMENT)


# Every column


def test_every_column_of_text_is_reached_or_holds_none_that_a_person_wrote(tables: Connection) -> None:
    asked = "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'VARCHAR' AND NOT internal"
    found, tables_of = rows(tables, asked), WRITTEN | REPEATING | IN_FILES
    reached = {(table, name) for table, names in tables_of.items() for name in names}
    others = {(table, name) for table, name in found if (table, name) not in reached}
    files = {(table, name) for table, name in others if table in ("submission", "waiting") and name in OF_THE_FILE}
    assert {(table, name) for table, name in others - files if name not in NAMES | CHOSEN} == {("population", "source")}
    assert reached <= set(found)


@pytest.mark.parametrize("table", WRITTEN)
def test_every_text_is_erased_in_all_rows_of_its_table(tables: Connection, table: str) -> None:
    names = WRITTEN[table]
    insert(tables, table, dict.fromkeys(names, SECRET))
    insert(tables, table, dict.fromkeys(names, SECRET))
    insert(tables, table, dict.fromkeys(names, SECRET + " and more"))
    before = everything(tables)[table]
    seen = erasure.reach(tables, LOCAL_ADMINISTRATOR, SECRET)
    assert (seen.cells, seen.longer, seen.kinds) == (2 * len(names), 1, ((table, 2 * len(names)),))
    assert erase(tables).cells == seen.cells
    expected = [tuple(TOMBSTONE if cell == SECRET else cell for cell in line) for line in before]
    found = everything(tables)[table]
    assert set(expected) <= set(found) if table == "erasure" else sorted(map(str, expected)) == sorted(map(str, found))
    listed = [entry for entry in erasure.erasures(tables) if entry["reason"] == REASON]
    assert [entry["column_name"] for entry in listed] == [f"{table}.{name}" for name in names]
    assert {(entry["kind"], entry["submission"], entry["submission_row"]) for entry in listed} == {
        ("text", NO_FILE, None)
    }
    assert rows(tables, "SELECT deed, from_version, to_version FROM audit") == [("text erased", 0, 0)]
    assert len(traces(tables, (SECRET + " and more",))) == 1 and len(traces(tables, (SECRET,))) == 1


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_tries_to_be_more_than_text_is_found_and_erased(tables: Connection, text: str) -> None:
    insert(tables, "action", {"description": text, "owner": f"{text} too"})
    insert(tables, "practice", {"done": text})
    assert text in erasure.texts_with(tables, LOCAL_ADMINISTRATOR, text)
    assert erase(tables, text).cells == 2
    assert rows(tables, "SELECT description, owner FROM action") == [(TOMBSTONE, f"{text} too")]
    assert rows(tables, "SELECT done FROM practice") == [(TOMBSTONE,)]


# What repeats a text


def test_the_agenda_of_a_later_review_no_longer_says_what_an_action_said(
    empty: Connection, catalogue: Catalogue
) -> None:
    send(empty, catalogue, facts())
    review = begin(empty)
    action = decide(empty, catalogue, review, action=DECIDED | {"description": SECRET, "owner": "Quince lead"})
    decide(empty, catalogue, review, action=DECIDED | {"description": "Quince lead of others", "owner": "NHS"})
    to_another = {"owner": "Other lead"}, "Passed to another", later(2)
    actions.change(empty, LOCAL_ADMINISTRATOR, action, *to_another, seen=later(1).at)
    decided = queries.actions(empty, 2)
    kept = of_actions(decided.assign(owner=decided["owner"].replace("Other lead", "Quince lead")), date(2047, 6, 1))
    sentence = " ".join(kept["sentence"])
    agenda = kept.head(1).assign(place=1, sentence=sentence, listed=True)
    reviews.keep(empty, review, pd.DataFrame(columns=reviews.PICTURE), agenda)
    assert rows(empty, "SELECT sentence FROM review_agenda") == [(sentence,)] and SECRET in sentence

    assert dict(erase(empty).kinds) == {"action": 2, "review_agenda": 1}
    assert dict(erase(empty, "Quince lead").kinds) == {"action": 1, "review_agenda": 1}
    expected = sentence.replace(SECRET, TOMBSTONE).replace("Owner: Quince lead.", f"Owner: {TOMBSTONE}.")
    assert rows(empty, "SELECT sentence FROM review_agenda") == [(expected,)]
    assert "Quince lead of others Owner: NHS." in expected


def test_why_a_file_was_withdrawn_or_corrected_goes_from_the_list_of_versions(
    empty: Connection, catalogue: Catalogue
) -> None:
    first = sent(empty, catalogue, fact())
    corrected = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact(numerator=60)), "b.csv", corrects=first)
    confirm(LOCAL_ADMINISTRATOR, corrected, MOMENT, reason=SECRET)
    history.withdraw(empty, LOCAL_ADMINISTRATOR, corrected.id, SECRET, 3, MOMENT)
    other = sent(empty, catalogue, fact(numerator=61))
    history.withdraw(empty, LOCAL_ADMINISTRATOR, other, f"Also {SECRET}", 5, MOMENT)
    assert dict(erase(empty).kinds) == {"submission_end": 2, "data_version": 2}
    reasons = [line["reason"] for line in sorted(queries.data_versions(empty), key=lambda line: line["version"])]
    assert reasons[2] == f"Numbers from “b.csv”, in place of “figures.csv”. Reason: {TOMBSTONE}"
    assert reasons[3] == f"Withdrawn: “b.csv”. Reason: {TOMBSTONE}"
    assert reasons[5] == f"Withdrawn: “figures.csv”. Reason: Also {SECRET}"


def test_why_a_target_was_changed_goes_from_both_rows(empty: Connection, catalogue: Catalogue) -> None:
    first = targets.Target(
        "people_who_felt_heard", NORFOLK, 70.0, date(2047, 3, 31), "The partnership", "Agreed in May"
    )
    version = targets.set_target(empty, LOCAL_ADMINISTRATOR, catalogue, first, MOMENT)
    standing = targets.Standing(first.indicator, NORFOLK, first.due, version)
    second = targets.Target(first.indicator, NORFOLK, 75.0, first.due, "The partnership", SECRET)
    targets.change(empty, LOCAL_ADMINISTRATOR, catalogue, standing, second, MOMENT)
    assert dict(erase(empty).kinds) == {"target": 2}
    found = rows(empty, "SELECT reason, end_reason FROM target ORDER BY from_version")
    assert found == [("Agreed in May", f"Changed: {TOMBSTONE}"), (TOMBSTONE, None)]


def test_a_text_in_files_and_on_pages_is_erased_in_one_act(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, voice(summary=SECRET))
    version = rows(empty, "FROM current_version")
    insert(empty, "rebase", {"reason": SECRET})
    insert(empty, "reply", {"reply": SECRET})
    touched = erasure.erase_text(empty, LOCAL_ADMINISTRATOR, file, 2, "summary", REASON, MOMENT)
    assert dict(touched.kinds) == {"file": 1, "rebase": 1, "reply": 1} and touched.files == ("figures.csv",)
    assert traces(empty) == [] and rows(empty, "FROM current_version") == version
    assert rows(empty, "SELECT count(DISTINCT id), count(DISTINCT salt), count(*) FROM erasure") == [(1, 1, 4)]


# What is refused


def test_what_cannot_be_erased_is_told_and_changes_nothing(tables: Connection) -> None:
    insert(tables, "ruling", {"reason": SECRET})
    insert(tables, "ruling", {"reason": TOMBSTONE})
    before = everything(tables)
    for text in ("Nobody wrote this", SECRET[:-1], TOMBSTONE):
        for attempt in (
            lambda text=text: erase(tables, text),
            lambda text=text: erasure.reach(tables, LOCAL_ADMINISTRATOR, text),
        ):
            with pytest.raises(UserError, match="No stored text is exactly this"):
                attempt()
    for reason, refusal in ((f"It says: {SECRET}".upper(), "repeats what is erased"), (" ", "reason is needed")):
        with pytest.raises(UserError, match=refusal):
            erasure.erase(tables, LOCAL_ADMINISTRATOR, SECRET, reason, MOMENT)
    assert everything(tables) == before


@pytest.mark.parametrize("role", OTHERS)
def test_only_an_administrator_finds_and_erases(tables: Connection, role: Any) -> None:
    insert(tables, "ruling", {"reason": SECRET})
    before, actor = everything(tables), Actor("Bo", role, frozenset({NORFOLK}))
    for attempt in (
        lambda: erasure.texts_with(tables, actor, "quince"),
        lambda: erasure.reach(tables, actor, SECRET),
        lambda: erasure.erase(tables, actor, SECRET, REASON, MOMENT),
    ):
        with pytest.raises(UserError, match="Bo may not erase anything: only an administrator may"):
            attempt()
    assert everything(tables) == before


def test_texts_are_found_by_words_however_they_are_spaced_and_the_whole_one_first(tables: Connection) -> None:
    whole, longer = "First line\nof  the Quince", "A long one: first line of the quince"
    insert(tables, "practice", {"done": whole, "measured": longer})
    insert(tables, "practice", {"done": TOMBSTONE})
    asked = {"connection": tables, "actor": LOCAL_ADMINISTRATOR}
    assert erasure.texts_with(words=" first LINE of the  quince", **asked) == [whole, longer]
    assert erasure.texts_with(words=" \n ", **asked) == erasure.texts_with(words="erased on", **asked) == []
    assert erasure.texts_with(words="100%_", **asked) == []


def test_a_fault_in_the_middle_leaves_nothing_changed(tables: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    insert(tables, "target", {"reason": SECRET, "end_reason": f"Changed: {SECRET}"})
    before = everything(tables)

    def failing(*_: Any, **__: Any) -> None:
        raise OSError("no space left on the disk")

    with monkeypatch.context() as faulty, pytest.raises(OSError, match="no space left"):
        faulty.setattr(store, "run_on", failing)
        erase(tables)
    assert everything(tables) == before
    erase(tables)
    assert traces(tables) == []


# Backups


@pytest.mark.parametrize("lost", [False, True], ids=["former store there", "list of a newer backup"])
def test_a_restored_backup_is_rid_of_it(tmp_path: Path, catalogue: Catalogue, lost: bool) -> None:
    database, backups = tmp_path / "store" / "consensus.duckdb", tmp_path / "backups"
    backups.mkdir()
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        send(connection, catalogue, facts())
        decide(connection, catalogue, begin(connection), action=DECIDED | {"description": SECRET})
    made, _ = backup(database, backups, MOMENT)
    with store.connect(str(database)) as connection:
        erase(connection)
    newer, manifest = backup(database, backups, LATER)
    assert [entry["column_name"] for entry in manifest["erasures"]] == ["action.description"]
    assert raw_traces(tmp_path / "backups") == [
        f"{made.name}: {word.encode()!r}" for word in ("Quillon Vexmoor", "zyxwv 7731", "quince")
    ]
    if lost:
        database.unlink()
    done = restore.restore(made, database, [manifest_of(newer)] if lost else [], later(3), replace=not lost)
    assert done.erased_again == 1 and raw_traces(database.parent) == []
    with store.connect(str(database)) as connection:
        assert rows(connection, "SELECT description FROM action") == [(TOMBSTONE,)]
        assert [entry["column_name"] for entry in erasure.erasures(connection)] == ["action.description"]


def test_a_database_of_an_earlier_program_is_opened_and_erased_in(tmp_path: Path, catalogue: Catalogue) -> None:
    """The list of erasures has the columns that it had, and what was in it stays as it was."""
    with open_workspace(Settings(str(tmp_path / "old.duckdb"), "empty"), catalogue) as connection:
        file = sent(connection, catalogue, voice(summary="Another"))
        erasure.erase_text(connection, LOCAL_ADMINISTRATOR, file, 2, "summary", REASON, LATER)
        old = everything(connection)["erasure"]
        for table in ("adaptation", "ruling", "practice", "agreement", "rebase", "reply", "review_agenda"):
            connection.execute(f"DROP TABLE {table}")
    with open_workspace(Settings(str(tmp_path / "old.duckdb"), "empty"), catalogue) as connection:
        insert(connection, "judgement", {"reason": SECRET})
        erase(connection)
        assert traces(connection) == [] and set(old) < set(everything(connection)["erasure"])
        needed = "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'erasure' AND NOT is_nullable"
        assert rows(connection, needed) == [(9,)]

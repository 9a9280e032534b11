"""The audit trail is a chain: whatever is missing or was changed is found, by the check and by the command."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from data import audit, chain, queries, store, trail
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.chain import Head
from data.errors import NotAllowed, UserError
from data.settings import Settings
from data.store import Connection, TryAgain
from data.versions import Moment
from data.versions import audit as add
from tests.integration.storing import MOMENT, rows
from tests.integration.storing import trail as in_order
from tests.source_files import ROOT

ADA = Actor("Ada Norfolk", "contributor", frozenset({"E23000024"}))
EVE = Actor("Eve Evaluator", "evaluator")
LINES = 6


@pytest.fixture
def trail_of_six(tmp_path: Path) -> Connection:
    """A store with six lines and nothing else, whose file is in `tmp_path`."""
    with store.connect(str(tmp_path / "trail.duckdb")) as connection:
        written(connection, LINES)
        yield connection


def written(connection: Connection, count: int, actor: Actor = ADA) -> None:
    for place in range(count):
        with store.transaction(connection):
            add(connection, actor, MOMENT, "practice recorded", f"thing-{place}", (place, place + 1))


def found(connection: Connection) -> tuple[int, str]:
    checked = audit.verify(connection)
    assert checked.whole == (not checked.fault)
    return checked.broken, checked.fault


# What is written


def test_lines_are_chained_as_the_documents_say(trail_of_six: Connection) -> None:
    """Reckoned here from the columns alone, without the program's own functions."""
    names = "number, strftime(happened_at, '%Y-%m-%dT%H:%M:%S.%f'), actor, deed, subject, from_version, to_version"
    previous = ""
    lines = rows(
        trail_of_six, f"SELECT {names}, salt, name_digest, subject_salt, subject_digest, chain FROM audit ORDER BY 1"
    )
    assert [line[0] for line in lines] == list(range(1, LINES + 1))
    for number, at, actor, deed, subject, before, after, salt, name, subject_salt, subject_digest, value in lines:
        assert name == hashlib.sha256(f"{salt}{actor}".encode()).hexdigest()
        assert subject_digest == hashlib.sha256(f"{subject_salt}{subject}".encode()).hexdigest()
        parts = [previous, number, at, name, deed, subject_digest, before, after]
        previous = hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
        assert value == previous
    assert audit.head(trail_of_six) == Head(LINES, previous)
    assert queries.audit_lines(trail_of_six) == LINES
    assert audit.verify(trail_of_six) == audit.Checked(Head(LINES, previous), LINES)


def test_every_line_has_salts_of_its_own(trail_of_six: Connection) -> None:
    asked = "SELECT count(DISTINCT salt), count(DISTINCT subject_salt), count(DISTINCT name_digest) FROM audit"
    assert rows(trail_of_six, asked) == [(LINES, LINES, LINES)]


@pytest.mark.parametrize("name", ["Zoë \u202e\u0000 “Ö”", "a\nb\t\\", "𝔄" * 300, ""])
@pytest.mark.parametrize(
    "at", [datetime(1999, 1, 1), datetime(2026, 11, 2, 9, 30, 0, 7), datetime(9999, 12, 31, 23, 59)]
)
def test_any_name_and_time_is_held_by_the_chain(trail_of_six: Connection, name: str, at: datetime) -> None:
    with store.transaction(trail_of_six):
        add(trail_of_six, Actor(name, "viewer"), Moment(at, at.date()), name, name, (0, 0))
    assert audit.verify(trail_of_six).whole


def test_two_lines_in_one_transaction_follow_each_other(trail_of_six: Connection) -> None:
    with store.transaction(trail_of_six):
        add(trail_of_six, ADA, MOMENT, "submission accepted", "new")
        add(trail_of_six, ADA, MOMENT, "submission superseded", "old")
    assert rows(trail_of_six, "SELECT number, subject FROM audit WHERE number > 6 ORDER BY 1") == [
        (7, "new"),
        (8, "old"),
    ]
    assert audit.verify(trail_of_six).whole


def test_what_is_rolled_back_leaves_no_line(trail_of_six: Connection) -> None:
    before = audit.head(trail_of_six)
    with pytest.raises(RuntimeError), store.transaction(trail_of_six):
        add(trail_of_six, ADA, MOMENT, "submission accepted", "new")
        raise RuntimeError
    assert audit.head(trail_of_six) == before
    assert audit.verify(trail_of_six).whole


@pytest.mark.both_engines
def test_of_two_writers_at_the_same_moment_one_is_told_to_try_again(empty: Connection) -> None:
    """Neither touches anything but the trail, and no version is raised: the trail itself keeps them apart."""
    lines = queries.audit_lines(empty)
    with empty.cursor() as other:
        with pytest.raises(TryAgain), store.transaction(empty):
            queries.audit_lines(empty)  # what it sees is of this moment
            with store.transaction(other):
                add(other, EVE, MOMENT, "ruling made", "theirs", (1, 1))
            add(empty, ADA, MOMENT, "ruling made", "ours", (1, 1))
    assert queries.audit_lines(empty) == lines + 1
    assert audit.verify(empty).whole


@pytest.mark.both_engines
def test_many_writers_at_once_make_one_whole_chain(empty: Connection) -> None:
    before = queries.audit_lines(empty)

    def write(number: int) -> None:
        with empty.cursor() as own:
            for place in range(5):
                store.retried(lambda at=place: one(own, f"{number}-{at}"), attempts=200)

    def one(connection: Connection, subject: str) -> None:
        with store.transaction(connection):
            add(connection, ADA, MOMENT, "ruling made", subject, (1, 1))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify(empty).whole
    assert queries.audit_lines(empty) == before + 20
    assert len(rows(empty, "SELECT DISTINCT subject FROM audit WHERE subject LIKE '_-_'")) == 20


# What is found

TIME, NAME, SUBJECT = (
    "its time, deed, versions or place in the trail was changed",
    "the name of who did it was changed",
    "what it was done to was changed",
)
SWAP = "UPDATE audit SET number = CASE number WHEN {0} THEN {1} ELSE {0} END WHERE number IN ({0}, {1})"
COPY = "INSERT INTO audit SELECT * REPLACE ({}) FROM audit WHERE number = {}"


@pytest.mark.parametrize(
    ("change", "broken", "fault"),
    [
        ("DELETE FROM audit WHERE number = 1", 1, "it is missing"),
        ("DELETE FROM audit WHERE number = 3", 3, "it is missing"),
        ("DELETE FROM audit WHERE number = 6", 6, "it is missing: the trail has 5 lines of 6"),
        ("DELETE FROM audit WHERE number > 2", 3, "it is missing: the trail has 2 lines of 6"),
        ("DELETE FROM audit", 1, "it is missing: the trail has 0 lines of 6"),
        *(
            (f"UPDATE audit SET happened_at = '2026-11-02 09:30:00.000001' WHERE number = {n}", n, TIME)
            for n in (1, 4, 6)
        ),
        *((f"UPDATE audit SET actor = 'Eve Evaluator' WHERE number = {n}", n, NAME) for n in (1, 4, 6)),
        *((f"UPDATE audit SET deed = 'practice withdrawn' WHERE number = {n}", n, TIME) for n in (1, 4, 6)),
        *((f"UPDATE audit SET subject = 'another' WHERE number = {n}", n, SUBJECT) for n in (1, 4, 6)),
        *((f"UPDATE audit SET from_version = 17 WHERE number = {n}", n, TIME) for n in (1, 4, 6)),
        *((f"UPDATE audit SET to_version = 17 WHERE number = {n}", n, TIME) for n in (1, 4, 6)),
        ("UPDATE audit SET chain = upper(chain) WHERE number = 2", 2, TIME),
        ("UPDATE audit SET chain = NULL WHERE number = 2", 2, TIME),
        ("UPDATE audit SET name_digest = NULL WHERE number = 2", 2, NAME),
        ("UPDATE audit SET salt = NULL WHERE number = 2", 2, NAME),
        ("UPDATE audit SET subject_salt = NULL WHERE number = 2", 2, SUBJECT),
        ("UPDATE audit SET salt = NULL, actor = 'Nobody' WHERE number = 2", 2, NAME),
        ("UPDATE audit SET actor = '[erased on 2 November 2046]' WHERE number = 2", 2, NAME),
        ("UPDATE audit SET actor = 'Eve', salt = 's', name_digest = sha256('sEve') WHERE number = 2", 2, TIME),
        (SWAP.format(1, 2), 1, TIME),
        (SWAP.format(3, 5), 3, TIME),
        (SWAP.format(5, 6), 5, TIME),
        (COPY.format("3 AS number", 3), 4, "a second line with the number 3 was put in"),
        (COPY.format("7 AS number", 6), 7, TIME),
        (COPY.format("8 AS number", 6), 7, "it is missing"),
        (COPY.format("0 AS number", 1), 1, "a second line with the number 0 was put in"),
        (COPY.format("NULL AS number", 2), 7, "a line that has no number was put in"),
        ("UPDATE audit SET number = number + 1 WHERE number > 3", 4, "it is missing"),
        ("UPDATE audit_head SET lines = 5", 6, "it was added past the end: the trail has 5 lines"),
        ("UPDATE audit_head SET lines = 7", 7, "it is missing: the trail has 6 lines of 7"),
        ("UPDATE audit_head SET chain = ''", 6, "it is not the last line that was written"),
        ("DELETE FROM audit_head", 6, "the store names 0 ends of the trail, not one"),
        ("INSERT INTO audit_head FROM audit_head", 6, "the store names 2 ends of the trail, not one"),
    ],
)
def test_a_missing_changed_or_added_line_is_found(
    trail_of_six: Connection, change: str, broken: int, fault: str
) -> None:
    trail_of_six.execute(change)
    assert found(trail_of_six) == (broken, fault)


def test_a_line_put_in_with_a_chain_of_its_own_breaks_the_one_after_it(trail_of_six: Connection) -> None:
    """Whoever knows how the chain is made still cannot put a line in its middle."""
    third = rows(trail_of_six, "SELECT chain FROM audit WHERE number = 3")[0][0]
    about = {"happened_at": MOMENT.at, "actor": "Ada", "deed": "x", "subject": "y", "from_version": 1, "to_version": 1}
    trail_of_six.execute("UPDATE audit SET number = number + 1 WHERE number > 3")
    store.run(trail_of_six, "insert_audit", **chain.line(Head(3, third), about))
    assert found(trail_of_six) == (5, TIME)


def test_a_trail_made_anew_as_a_whole_is_found_by_a_head_noted_elsewhere(trail_of_six: Connection) -> None:
    noted = audit.head(trail_of_six)
    written(trail_of_six, 2)
    assert audit.verify(trail_of_six, noted).whole
    trail_of_six.execute("DELETE FROM audit; UPDATE audit_head SET lines = 0, chain = ''")
    written(trail_of_six, 8, EVE)
    assert audit.verify(trail_of_six).whole
    checked = audit.verify(trail_of_six, noted)
    assert (checked.broken, checked.fault) == (6, "it has another chain value than the one that was noted")
    longer = audit.verify(trail_of_six, Head(20, noted.chain))
    assert (longer.broken, longer.fault) == (9, "it is missing: a head of 20 lines was noted")


def test_nothing_is_added_to_a_trail_that_lost_its_end(trail_of_six: Connection) -> None:
    trail_of_six.execute("DELETE FROM audit_head")
    with pytest.raises(UserError, match="has lost its end"):
        written(trail_of_six, 1)


# Lines of earlier releases


def unchain(connection: Connection) -> None:
    names = ("number", "salt", "name_digest", "subject_salt", "subject_digest", "chain")
    connection.execute(f"UPDATE audit SET {', '.join(f'{name} = NULL' for name in names)}")
    connection.execute("UPDATE audit_head SET lines = 0, chain = ''")


def test_lines_without_a_chain_are_chained_once_and_it_is_said(trail_of_six: Connection) -> None:
    before = rows(
        trail_of_six, "SELECT happened_at, actor, deed, subject, from_version, to_version FROM audit ORDER BY 6"
    )
    unchain(trail_of_six)
    assert not audit.verify(trail_of_six).whole
    for expected in (LINES, 0):
        with store.transaction(trail_of_six):
            assert audit.chain_unchained(trail_of_six) == expected
    assert in_order(trail_of_six)[:LINES] == before
    checked = audit.verify(trail_of_six)
    assert (checked.whole, checked.lines, checked.chained_later) == (True, LINES + 1, LINES)
    assert "Lines up to number 6 are from a release without a chain and were chained later" in audit.words(checked)


def test_a_line_put_in_without_a_number_is_not_chained_afterwards(trail_of_six: Connection) -> None:
    trail_of_six.execute(COPY.format("NULL AS number", 2))
    with store.transaction(trail_of_six):
        assert audit.chain_unchained(trail_of_six) == 0
    assert found(trail_of_six) == (7, "a line that has no number was put in")


# The command


def command(database: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "data.audit", *arguments],
        cwd=ROOT, env={"CONSENSUS_DATABASE": str(database), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def main(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = audit.main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def closed(trail_of_six: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of six lines, which nobody has open, as the store of the settings."""
    trail_of_six.execute("INSERT INTO workspace VALUES (?, 'empty')", [store.FORMAT])
    trail_of_six.close()
    monkeypatch.setenv("CONSENSUS_DATABASE", str(tmp_path / "trail.duckdb"))
    return tmp_path / "trail.duckdb"


def change(path: Path, sql: str) -> None:
    with store.connect(str(path)) as connection:
        connection.execute(sql)


def test_command_says_that_the_trail_is_whole(closed: Path) -> None:
    done = command(closed, "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The audit trail is whole: 6 lines.\nHead: 6:")
    head = done.stdout.splitlines()[1].removeprefix("Head: ")
    assert command(closed, "verify", "--head", head).returncode == 0


def test_command_names_the_first_broken_line(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(closed, "DELETE FROM audit WHERE number = 3; UPDATE audit SET deed = 'x' WHERE number = 5")
    code, out, err = main(capsys, "verify")
    assert (code, out, err.splitlines()[0]) == (1, "", "The audit trail is broken at line 3: it is missing.")


def test_command_refuses_a_head_that_is_not_in_the_chain(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = main(capsys, "verify", "--head", f"4:{'0' * 64}")
    assert (code, err.splitlines()[0]) == (
        1,
        "The audit trail is broken at line 4: it has another chain value than the one that was noted.",
    )


@pytest.mark.parametrize("head", ["4", "4:xyz", ":" + "0" * 64, f"-1:{'0' * 64}", f"4:{'0' * 65}"])
def test_command_asks_for_a_head_as_it_is_printed(head: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        audit.main(["verify", "--head", head])
    assert ended.value.code == 2
    assert "write it as it was printed" in capsys.readouterr().err or head.startswith("-")


def test_command_changes_nothing(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = closed.read_bytes()
    assert main(capsys, "verify")[0] == 0
    assert closed.read_bytes() == before


def test_command_says_that_the_dashboard_has_the_store_open(closed: Path) -> None:
    with store.connect(str(closed)):
        done = command(closed, "verify")
    assert done.returncode == 3
    assert "Its page Audit trail says whether the trail is whole" in done.stderr


@pytest.mark.parametrize("content", [None, b"no database at all"])
def test_command_says_when_the_store_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.duckdb"
    if content is not None:
        path.write_bytes(content)
    done = command(path, "verify")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be opened" in done.stderr and "Traceback" not in done.stderr


# Who may read it


@pytest.mark.parametrize("role", ["viewer", "contributor", "steering"])
@pytest.mark.parametrize(
    "read",
    [
        lambda connection, actor: trail.lines(connection, actor, trail.Asked()),
        trail.choices,
        trail.checked,
        lambda connection, actor: trail.things(connection, actor, []),
    ],
)
def test_nobody_else_reads_the_trail(trail_of_six: Connection, role: Any, read: Callable[..., Any]) -> None:
    with pytest.raises(NotAllowed, match="may not read the audit trail"):
        read(trail_of_six, Actor("Vic Viewer", role, frozenset({"E92000001", "E23000024"})))


def test_evaluators_see_no_address_and_no_salt(trail_of_six: Connection) -> None:
    with store.transaction(trail_of_six):
        person = Actor("zoe@health.example", "administrator", email="zoe@health.example")
        add(trail_of_six, person, MOMENT, "role given", "person ada.b+c@police.example contributor E23000024")
    seen = trail.lines(trail_of_six, EVE, trail.Asked())
    assert "@" not in seen.to_csv()
    assert seen.iloc[0][["actor", "subject"]].tolist() == [trail.MASK, f"person {trail.MASK} contributor E23000024"]
    assert seen[["salt", "subject_salt"]].isna().all(axis=None)
    assert "@" not in str(trail.choices(trail_of_six, EVE))
    assert len(trail.lines(trail_of_six, EVE, trail.Asked(person="zoe@health.example"))) == 0
    whole = trail.lines(trail_of_six, LOCAL_ADMINISTRATOR, trail.Asked(person="zoe@health.example"))
    assert whole["subject"].tolist() == ["person ada.b+c@police.example contributor E23000024"]
    assert whole["salt"].notna().all()


def test_lines_are_narrowed_and_come_in_sheets(trail_of_six: Connection) -> None:
    with store.transaction(trail_of_six):
        later = Moment(datetime(2026, 12, 1), MOMENT.as_of)
        add(trail_of_six, EVE, later, "ruling made", "E23000024 EVA-1 numbers not_applicable", (6, 6))

    def numbers(asked: trail.Asked, **sheet: int) -> list[int]:
        return trail.lines(trail_of_six, LOCAL_ADMINISTRATOR, asked, **sheet)["number"].tolist()

    assert numbers(trail.Asked()) == [7, 6, 5, 4, 3, 2, 1]
    assert numbers(trail.Asked(), most=3, skipped=3) == [4, 3, 2]
    assert numbers(trail.Asked(person="Eve Evaluator")) == numbers(trail.Asked(deed="ruling made")) == [7]
    assert numbers(trail.Asked(month="2026-12")) == numbers(trail.Asked(areas=("E23000024",))) == [7]
    assert numbers(trail.Asked(areas=("E23000032",))) == numbers(trail.Asked(person="' OR 1=1 --")) == []
    assert trail.lines(trail_of_six, EVE, trail.Asked(), most=2)["found"].tolist() == [7, 7]


def test_a_workspace_begins_with_a_whole_trail(demonstration: Connection, empty_settings: Settings) -> None:
    checked = audit.verify(demonstration)
    assert checked.whole and checked.lines == queries.audit_lines(demonstration) > 10

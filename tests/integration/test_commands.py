"""`python -m data.check` and `python -m data.submit`, run as people run them: by exit code, words and stored facts."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import queries, store

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
GOOD = """area_code,indicator,period,numerator,denominator,comment
E23000024,staff_jointly_trained,2026/27 Q1,54,86,Invented
"""
RUNNING = "The dashboard is running and owns the store; its Upload page takes the file. Nothing was stored.\n"
NOT_COMPARED = {
    "level": "note",
    "code": "not_compared",
    "row": 0,
    "column": "",
    "value": "",
    "message": "not compared with stored data",
    "fix": "nothing to mend in the file",
    "rows": [],
}

Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "store" / "consensus.duckdb"


@pytest.fixture
def run(database: Path) -> Run:
    """Run one command on an empty workspace of this test's own; a traceback never reaches the person."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("CONSENSUS_")}
    base |= {"CONSENSUS_DATABASE": str(database), "CONSENSUS_START": "empty", "PYTHONIOENCODING": "utf-8"}

    def command(module: str, *arguments: object, **settings: str) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "-m", f"data.{module}", *map(str, arguments)],
            cwd=ROOT, env=base | settings, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr + done.stdout
        return done

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def held_open(database: Path) -> Iterator[Callable[[], None]]:
    """Another process that owns the store, as a running dashboard does; call it to let go."""
    store.connect(str(database)).close()
    code = "import sys; from data import store; c = store.connect(sys.argv[1]); print('open', flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "open\n"
    yield lambda: finish(process)
    finish(process)


def finish(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.communicate("\n", timeout=60)


def stored(database: Path) -> tuple[int, int]:
    """The data version and how many observations it holds; nothing where there is no store."""
    if not database.exists():
        return 0, 0
    connection = store.connect(str(database), read_only=True)
    version = queries.current(connection)["version"]
    facts = queries.held_facts(connection, version)["observations"]
    connection.close()
    return version, facts


# python -m data.check


def test_acceptable_file_ends_with_zero_and_touches_no_store(run: Run, good: Path, database: Path) -> None:
    done = run("check", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{good}: 1 row read, acceptable",
        "  note: file: not compared with stored data; nothing to mend in the file",
    ]
    assert not database.exists() and not database.parent.exists()


def test_json_is_one_object_of_the_published_shape(run: Run) -> None:
    path = FIXTURES / "faulty" / "period_unreadable.csv"
    done = run("check", path, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    examples = "2024/25, 2024/25 Q1, 2024 Q3, 2025-07, Jul-25, year ending June 2025 or Apr 2024 to Mar 2025"
    finding = {
        "level": "must_fix",
        "code": "period_unreadable",
        "row": 3,
        "column": "period",
        "value": "Spring 2026",
        "message": "this is not a period that can be read",
        "fix": f"write it as {examples}",
        "rows": [3, 5],
    }
    body = json.loads(done.stdout)
    assert body == {
        "file": str(path),
        "template": "observations",
        "acceptable": False,
        "findings": [finding, NOT_COMPARED],
    }
    assert list(body) == ["file", "template", "acceptable", "findings"]
    assert [list(item) for item in body["findings"]] == [list(finding)] * 2


def test_json_of_an_acceptable_file(run: Run) -> None:
    path = FIXTURES / "good" / "insights.csv"
    done = run("check", "--json", path)
    assert done.returncode == 0
    body = {"file": str(path), "template": "insights", "acceptable": True, "findings": [NOT_COMPARED]}
    assert json.loads(done.stdout) == body


def test_findings_are_told_in_lines_for_a_person(run: Run) -> None:
    done = run("check", FIXTURES / "faulty" / "period_unreadable.csv")
    assert done.returncode == 1
    first, second, *_ = done.stdout.splitlines()
    assert first.endswith("period_unreadable.csv: 4 rows read, not acceptable")
    assert second.startswith(
        "  must fix: row 3 and 1 more alike, period “Spring 2026”: this is not a period that can be read; write it as"
    )


def test_template_may_be_named(run: Run, good: Path) -> None:
    done = run("check", good, "--template", "insights", "--json")
    body = json.loads(done.stdout)
    assert (done.returncode, body["template"]) == (1, "insights")
    assert {item["code"] for item in body["findings"]} == {"column_missing", "columns_unused", "not_compared"}
    wrong = run("check", good, "--template", "letters")
    assert wrong.returncode == 2 and "invalid choice: 'letters'" in wrong.stderr


# What cannot be read


def workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")


CANNOT_BE_READ = {
    "empty": (lambda path: path.write_bytes(b""), "file_empty", "The file is empty."),
    "web page": (
        lambda path: path.write_text("<!DOCTYPE html><html><body>Not found</body></html>"),
        "file_html",
        "The file is a web page, not a CSV file.",
    ),
    "workbook": (workbook, "file_not_csv", "The file is a workbook, document or archive, not a CSV file."),
    "too large": (
        lambda path: path.write_text(GOOD + "\n" * 1_200_000),
        "file_too_large",
        "The file has 1.1 MB; the limit is 1.0 MB.",
    ),
}


@pytest.mark.parametrize("kind", CANNOT_BE_READ)
def test_what_is_no_csv_file_is_refused_in_a_sentence_with_what_to_do(
    kind: str, run: Run, tmp_path: Path, database: Path
) -> None:
    make, code, message = CANNOT_BE_READ[kind]
    path = tmp_path / "sent.csv"
    make(path)
    checked = run("check", path, "--json", CONSENSUS_UPLOAD_MB="1")
    body = json.loads(checked.stdout)
    assert (checked.returncode, body["template"], body["acceptable"]) == (2, None, False)
    assert (body["findings"][0]["code"], body["findings"][0]["message"]) == (code, message)
    submitted = run("submit", path, CONSENSUS_UPLOAD_MB="1")
    assert submitted.returncode == 2
    first, second = submitted.stdout.splitlines()
    assert first == f"{path}: 0 rows read, not acceptable"
    assert second.startswith(f"  must fix: file: {message} ") and second.endswith(".")
    assert stored(database) == (1, 0)


def test_file_that_is_not_there_is_named(run: Run, tmp_path: Path, database: Path) -> None:
    missing = tmp_path / "missing.csv"
    for module in ("check", "submit"):
        done = run(module, missing)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{missing} cannot be opened (No such file or directory).\n"
    body = json.loads(run("check", missing, "--json", "--template", "insights").stdout)
    assert (body["file"], body["template"], body["acceptable"]) == (str(missing), "insights", False)
    assert [item["code"] for item in body["findings"]] == ["file_unreadable"]
    assert not database.exists()


def test_folder_is_no_file(run: Run, tmp_path: Path) -> None:
    done = run("check", tmp_path)
    assert done.returncode == 2 and done.stderr.startswith(f"{tmp_path} cannot be opened (")


def test_letters_that_the_terminal_lacks_are_no_failure(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    path.write_text(GOOD.replace("staff_jointly_trained", "łódź 😀"), encoding="utf-8")
    text = run("check", path, PYTHONIOENCODING="ascii")
    assert text.returncode == 1 and "indicator ???d? ??: no indicator has this key" in text.stdout
    body = json.loads(run("check", path, "--json", PYTHONIOENCODING="ascii").stdout)
    assert body["findings"][0]["value"] == "łódź 😀"


# Settings


def test_wrong_setting_is_named(run: Run, good: Path, database: Path) -> None:
    checked = run("check", good, CONSENSUS_UPLOAD_MB="many")
    assert (checked.returncode, checked.stdout) == (2, "") and "CONSENSUS_UPLOAD_MB is “many”" in checked.stderr
    submitted = run("submit", good, CONSENSUS_START="demo")
    assert (submitted.returncode, submitted.stdout) == (1, "") and "CONSENSUS_START is “demo”" in submitted.stderr
    assert not database.exists()


def test_store_that_is_none_is_named_and_left_alone(run: Run, good: Path, database: Path) -> None:
    database.parent.mkdir()
    database.write_text("not a store")
    checked, submitted = run("check", good), run("submit", good)
    assert checked.returncode == 0 and "not compared with stored data" in checked.stdout
    assert submitted.returncode == 1 and f"The store {database} cannot be opened." in submitted.stderr
    assert database.read_text() == "not a store"


# python -m data.submit


def test_submitted_file_is_stored_once_and_compared_from_then_on(run: Run, good: Path, database: Path) -> None:
    done = run("submit", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{good}: 1 row read, acceptable",
        "would change: 1 new, 0 changed, 0 unchanged, 0 absent",
        "stored 1 fact as data version 2",
    ]
    assert stored(database) == (2, 1)

    again = run("submit", good)
    assert (again.returncode, again.stderr) == (
        1,
        "Nothing in this file differs from what is stored, so there is nothing to confirm.\n",
    )
    assert "the very same file was accepted on" in again.stdout
    assert stored(database) == (2, 1)

    good.write_text(GOOD.replace("54", "55") + GOOD.splitlines()[1].replace("Q1", "Q2") + "\n")
    checked = run("check", good)
    assert checked.returncode == 0
    assert checked.stdout.splitlines()[1:] == ["would change: 1 new, 1 changed, 0 unchanged, 0 absent"]
    assert json.loads(run("check", good, "--json").stdout)["findings"] == []
    assert stored(database) == (2, 1)


def test_file_with_a_fault_is_not_stored(run: Run, good: Path, database: Path) -> None:
    good.write_text(GOOD + GOOD.splitlines()[1].replace("Q1,54", "Q2,abc") + "\n")
    done = run("submit", good)
    assert (done.returncode, done.stderr) == (1, "")
    assert "  must fix: row 3, numerator “abc”: not a number; type digits only" in done.stdout
    assert stored(database) == (1, 0)


# One process owns the store


def test_with_the_dashboard_running_a_file_is_checked_but_not_compared_and_not_submitted(
    run: Run, good: Path, database: Path, held_open: Callable[[], None]
) -> None:
    checked = run("check", good)
    assert checked.returncode == 0 and "not compared with stored data" in checked.stdout
    assert "would change" not in checked.stdout
    assert json.loads(run("check", good, "--json").stdout)["findings"] == [NOT_COMPARED]
    submitted = run("submit", good)
    assert (submitted.returncode, submitted.stdout, submitted.stderr) == (3, "", RUNNING)
    held_open()
    assert run("submit", good).returncode == 0
    assert stored(database) == (2, 1)

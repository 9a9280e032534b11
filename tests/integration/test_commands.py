"""`python -m data.check` and `python -m data.submit`, run as people run them: by exit code, words and stored facts."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import check, queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.online import NO_TOKEN
from data.settings import Settings
from data.workspace import open_workspace
from tests.integration import workbooks
from tests.integration.storing import held_facts, send
from tests.integration.test_screening import CHOSEN, FAULTS, FAULTY, MUST, PASSING_NOTES, STORED

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
GOOD = """area_code,indicator,period,numerator,denominator,comment
E23000024,staff_jointly_trained,2026/27 Q1,54,86,Invented
"""
STOP_OR_UPLOAD = (
    "the dashboard is running and owns the store; drop the file on its Upload page to see what would change, or stop "
    "the dashboard and check again"
)

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


def no_store(database: Path) -> str:
    return f"there is no store at {database} yet; nothing to mend in the file"


def not_compared(fix: str) -> dict[str, object]:
    """The note that a file was not compared with stored data, as JSON gives it."""
    message = "not compared with stored data"
    finding = {"level": "note", "code": "not_compared", "row": 0, "column": "", "value": "", "message": message}
    return finding | {"fix": fix, "rows": [], "row_count": 0}


def stored(database: Path) -> tuple[int, int]:
    """The data version and how many observations it holds; nothing where there is no store."""
    if not database.exists():
        return 0, 0
    connection = store.connect(str(database), read_only=True)
    version = queries.current(connection)["version"]
    facts = held_facts(connection, version)["observations"]
    connection.close()
    return version, facts


# python -m data.check


def test_acceptable_file_ends_with_zero_and_touches_no_store(run: Run, good: Path, database: Path) -> None:
    done = run("check", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{good}: 1 row read, acceptable",
        f"  note: file: not compared with stored data; {no_store(database)}",
    ]
    assert not database.exists() and not database.parent.exists()


def test_json_is_one_object_of_the_published_shape(run: Run, database: Path) -> None:
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
        "row_count": 2,
    }
    body = json.loads(done.stdout)
    assert body == {
        "file": str(path),
        "template": "observations",
        "acceptable": False,
        "findings": [finding, not_compared(no_store(database))],
    }
    assert list(body) == ["file", "template", "acceptable", "findings"]
    assert [list(item) for item in body["findings"]] == [list(finding)] * 2


def test_json_of_an_acceptable_file(run: Run, database: Path) -> None:
    path = FIXTURES / "good" / "insights.csv"
    done = run("check", "--json", path)
    assert done.returncode == 0
    body = {"file": str(path), "template": "insights", "acceptable": True}
    assert json.loads(done.stdout) == body | {"findings": [not_compared(no_store(database))]}


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


CANNOT_BE_READ = {
    "empty": (lambda path: path.write_bytes(b""), "file_empty", "The file is empty."),
    "web page": (
        lambda path: path.write_text("<!DOCTYPE html><html><body>Not found</body></html>"),
        "file_html",
        "The file is a web page, not a CSV file.",
    ),
    "document": (
        lambda path: path.write_bytes(b"%PDF-1.7"),
        "file_not_csv",
        "The file is a PDF document, not a CSV file or an Excel workbook.",
    ),
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
    assert stored(database) == ((0, 0) if kind == "too large" else (1, 0))  # its size is known before a store is made


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


def test_folder_without_a_file_to_check_is_named(run: Run, tmp_path: Path, database: Path) -> None:
    (tmp_path / "letter.docx").write_text("Invented")
    words = f"{tmp_path} holds no file to check: none ends in .csv, .txt, .tsv, .xlsx.\n"
    done, submitted = run("check", tmp_path), run("submit", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "1 file: 1 that cannot be read\n", words)
    assert (submitted.returncode, submitted.stdout, submitted.stderr) == (2, "", words)
    (found,) = json.loads(run("check", "--json", tmp_path).stdout)
    assert (found["file"], found["findings"][0]["message"]) == (str(tmp_path), words.strip())
    assert not database.exists()


# Several files, and folders


def test_every_fault_of_a_folder_is_named_once_with_its_row_and_column(
    run: Run, database: Path, tmp_path: Path
) -> None:
    """Checked by the local administrator, to whom no area is closed, with a limit above every file and no store."""
    folder = shutil.copytree(FAULTY, tmp_path / "faulty")
    for code, make in workbooks.FAULTY.items():
        (folder / f"{code}.xlsx").write_bytes(make())
    done = run("check", folder, "--json")
    assert (done.returncode, done.stderr) == (2, "")
    bodies = json.loads(done.stdout)
    assert [body["file"] for body in bodies] == [str(path) for path in sorted(folder.iterdir())]
    assert {Path(body["file"]).stem for body in bodies} == set(FAULTS)
    for body in bodies:
        code = Path(body["file"]).stem
        *found, note = body["findings"]
        assert note == not_compared(no_store(database))
        assert listed(found, code) == expected(code), code
        assert body["acceptable"] == all(level != MUST for _, level, *_ in expected(code)), code


def listed(findings: list[dict], own: str) -> list[tuple]:
    """Code, level, rows, column and value of the findings, but for notes that right rows have too."""
    names = ("code", "level", "rows", "column", "value")
    return [tuple(item[name] for name in names) for item in findings if item["code"] not in PASSING_NOTES - {own}]


def expected(code: str) -> list[tuple]:
    if code == "area_not_yours" or (STORED / f"{code}.csv").exists():
        return []
    if code == "file_too_large":
        return [("duplicate_fact", MUST, list(range(3, 14)), "", "")]
    if code in CHOSEN:
        return [("layout_to_confirm", MUST, [1], "", "")]
    return [(code, *fault) for fault in FAULTS[code]]


@pytest.mark.parametrize("code", sorted(path.stem for path in STORED.glob("*.csv")))
def test_fault_that_shows_beside_stored_data_is_named(
    code: str, database: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_workspace(Settings(str(database), "empty"), catalogue) as connection:
        send(connection, catalogue, (STORED / f"{code}.csv").read_bytes())
    monkeypatch.setenv("CONSENSUS_DATABASE", str(database))
    path = FAULTY / f"{code}.csv"
    assert check.main(["--json", str(path)]) == int(FAULTS[code][0][0] == MUST)
    assert listed(json.loads(capsys.readouterr().out)["findings"], code) == [(code, *fault) for fault in FAULTS[code]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of every kind that could be checked, two that could not, and what is beside such files."""
    made = tmp_path / "sent"
    made.mkdir()
    faulty = GOOD + GOOD.splitlines()[1].replace("Q1,54", "Q2,abc") + "\n"
    for name in ("b.csv", "a.TXT", "c.tsv", ".hidden.csv", "~$open.xlsx", "read me.md", "figures.csv.bak"):
        (made / name).write_text(GOOD)
    (made / "d faulty.csv").write_text(faulty)
    (made / "folder.csv").mkdir()
    (made / "folder.csv" / "inside.csv").write_text(GOOD)
    return made


def names_in(output: str) -> list[str]:
    return [line.partition(": ")[0].rpartition("/")[2] for line in output.splitlines() if " read, " in line]


def test_folder_is_checked_file_by_file_with_a_summary(run: Run, folder: Path) -> None:
    done = run("check", folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert names_in(done.stdout) == ["a.TXT", "b.csv", "c.tsv", "d faulty.csv"]
    assert done.stdout.splitlines()[-1] == "4 files: 3 acceptable, 1 with something that must be fixed"
    bodies = json.loads(run("check", "--json", folder).stdout)
    assert [(Path(body["file"]).name, body["acceptable"]) for body in bodies] == [
        ("a.TXT", True), ("b.csv", True), ("c.tsv", True), ("d faulty.csv", False),
    ]  # fmt: skip


def test_folder_of_one_file_is_an_array_all_the_same(run: Run, good: Path) -> None:
    (body,) = json.loads(run("check", "--json", good.parent).stdout)
    assert (body["file"], body["acceptable"]) == (str(good), True)


def test_files_and_folders_are_checked_in_the_order_given_and_the_gravest_decides(
    run: Run, folder: Path, good: Path
) -> None:
    done = run("check", good, folder / "nothing.csv", folder / "d faulty.csv")
    assert (done.returncode, names_in(done.stdout)) == (2, ["good.csv", "d faulty.csv"])
    assert done.stderr == f"{folder / 'nothing.csv'} cannot be opened (No such file or directory).\n"
    assert done.stdout.splitlines()[-1] == (
        "3 files: 1 acceptable, 1 with something that must be fixed, 1 that cannot be read"
    )
    assert run("check", good, folder / "b.csv").returncode == 0


def test_wrong_setting_is_named_once_for_several_files(run: Run, good: Path, folder: Path) -> None:
    done = run("check", good, folder, CONSENSUS_UPLOAD_MB="0")
    assert (done.returncode, done.stdout, done.stderr.count("CONSENSUS_UPLOAD_MB is “0”")) == (2, "", 1)
    bodies = json.loads(run("check", "--json", good, folder, CONSENSUS_UPLOAD_MB="0").stdout)
    assert [body["findings"][0]["code"] for body in bodies] == ["setting_wrong"] * 5


def test_file_over_the_limit_is_not_read_into_memory(run: Run, tmp_path: Path) -> None:
    """The file is larger than any memory; its bytes take no room on the disk."""
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(2**42)
    for module in ("check", "submit"):
        done = run(module, path)
        assert done.returncode == 2
        assert "must fix: file: The file has 4,194,304.0 MB; the limit is 200.0 MB. Split it into" in done.stdout


def test_json_lists_the_first_thousand_rows_and_counts_them_all(run: Run, tmp_path: Path) -> None:
    row = GOOD.splitlines()[1].replace("54", "abc")
    path = tmp_path / "alike.csv"
    path.write_text(GOOD + f"{row}\n" * 1_500)
    findings = {item["code"]: item for item in json.loads(run("check", "--json", path).stdout)["findings"]}
    number, duplicate = findings["number_unreadable"], findings["duplicate_fact"]
    assert (number["row"], number["row_count"], number["rows"]) == (3, 1_500, list(range(3, 1_003)))
    assert (duplicate["row_count"], len(duplicate["rows"])) == (1_500, 1_000)
    assert "  must fix: row 3 and 1,499 more alike, numerator “abc”: " in run("check", path).stdout


def test_text_from_a_file_gives_the_terminal_no_orders(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(GOOD.replace("staff_jointly_trained", "\x1b]0;owned\x07robbery").replace("comment", "a\x9bb"))
    done = run("check", path)
    assert done.returncode == 1
    assert [letter for letter in done.stdout if not letter.isprintable() and letter != "\n"] == []
    assert "\ufffd]0;owned\ufffdrobbery" in done.stdout


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
    words = f"not compared with stored data; The store {database} cannot be opened. Check that the file is a DuckDB"
    assert checked.returncode == 0 and words in checked.stdout
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
    assert checked.returncode == 0
    assert checked.stdout.splitlines()[1:] == [f"  note: file: not compared with stored data; {STOP_OR_UPLOAD}"]
    assert json.loads(run("check", good, "--json").stdout)["findings"] == [not_compared(STOP_OR_UPLOAD)]
    submitted = run("submit", good)
    assert (submitted.returncode, submitted.stdout, submitted.stderr) == (3, "", f"{NO_TOKEN}\n")
    held_open()
    assert run("submit", good).returncode == 0
    assert stored(database) == (2, 1)


def test_file_whose_name_is_no_text_is_stored_under_a_name_that_is(run: Run, good: Path, database: Path) -> None:
    odd = good.with_name("caf\udce9 \x1b[31m.csv")
    good.rename(odd)
    done = run("submit", odd)
    assert (done.returncode, done.stderr) == (0, "")
    with store.connect(str(database), read_only=True) as connection:
        names = queries.submissions(connection, LOCAL_ADMINISTRATOR)["file_name"].tolist()
    assert names == ["caf\ufffd \ufffd[31m.csv"]

"""SQL stands in data/sql/ and nowhere else, and uses only what DuckDB and DuckLake both have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source_files import ROOT, python_files

SQL = ROOT / "data" / "sql"

# In capitals wherever it stands; in small letters only at the start of a text, where a sentence has a capital.
STATEMENTS = r"SELECT\b.+\bFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|ALTER|DROP)\s+(TABLE|VIEW|MACRO)"
SQL_IN_TEXT = re.compile(rf"\b({STATEMENTS})\b|\A\s*({STATEMENTS.lower()})\b".replace(r"\S", r"\s"), re.DOTALL)

# What DuckLake has not: uniqueness is kept by the write itself, inside its transaction, and what a write made is read.
NOT_IN_DUCKLAKE = re.compile(
    r"\b(PRIMARY\s+KEY|UNIQUE|FOREIGN\s+KEY|REFERENCES|CHECK\s*\(|SEQUENCE|CREATE\s+INDEX|ENUM|RETURNING\b"
    r"|ON\s+CONFLICT|INSERT\s+OR\s+\w+|GENERATED\s+ALWAYS|COLLATE\b|CREATE\s+TYPE|UNION\s*\(\s*\w+\s+\w+\s*[,)]"
    r"|ALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE|(INTEGER|DOUBLE|VARCHAR)\[\d+\])",
    re.IGNORECASE,
)
UNNAMED_PARAMETER = re.compile(r"\?|\$\d|%s|%\(\w+\)s|\{\w*\}")


def texts(tree: ast.Module) -> Iterator[str]:
    """Each piece of text in the code, an f-string as one, docstrings left out."""
    f_strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    seen = docstrings(tree) | {id(part) for node in f_strings for part in node.values}
    for node in f_strings:
        yield "x".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen:
            yield node.value


def docstrings(tree: ast.Module) -> set[int]:
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def sql_in(source: str) -> list[str]:
    return [text for text in texts(ast.parse(source)) if SQL_IN_TEXT.search(text)]


def without_comments_and_quotes(sql: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", " ", sql, flags=re.DOTALL)


def faults_in(sql: str) -> list[str]:
    bare = without_comments_and_quotes(sql)
    missing = [f"uses {match.group().strip()}, which DuckLake lacks" for match in NOT_IN_DUCKLAKE.finditer(bare)]
    return missing + [f"has the unnamed parameter {match.group()}" for match in UNNAMED_PARAMETER.finditer(bare)]


def names_in(source: str) -> Iterator[tuple[str, str]]:
    """Each function's name with each piece of text in it, as a pattern: an f-string stands for a family of files."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield from ((node.name, pattern) for part in ast.walk(node) if (pattern := pattern_of(part)))


def pattern_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
    return re.escape(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def unclaimed(sql_files: list[str], sources: list[str]) -> list[str]:
    """SQL files that no function names; one in queries/ has a function of its own name that does."""
    claims = {claim for source in sources for claim in names_in(source)}
    return [name for name in sql_files if not any(is_claim(function, text, name) for function, text in claims)]


def is_claim(function: str, pattern: str, name: str) -> bool:
    folder, _, stem = name.rpartition("/")
    return bool(re.fullmatch(pattern, name)) and (folder != "queries" or function == stem)


def sources() -> dict[Path, str]:
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in python_files() if path.parts[0] != "benchmarks"}


def sql_files() -> dict[str, str]:
    files = {path.relative_to(SQL).with_suffix("").as_posix(): path for path in sorted(SQL.rglob("*.sql"))}
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def test_sql_stands_only_in_sql_files() -> None:
    assert {str(path): found for path, source in sources().items() if (found := sql_in(source))} == {}


def test_sql_files_use_named_parameters_and_nothing_that_ducklake_lacks() -> None:
    assert {name: found for name, sql in sql_files().items() if (found := faults_in(sql))} == {}


def test_every_sql_file_has_its_function() -> None:
    in_data = [source for path, source in sources().items() if path.parts[0] == "data"]
    assert unclaimed(list(sql_files()), in_data) == []


@pytest.mark.parametrize(
    "source",
    [
        'run("SELECT a FROM b")',
        'run("""\n    select a\n    from b""")',
        'run(f"SELECT {a} FROM {b}")',
        'run("INSERT INTO a VALUES (1)")',
        'run("UPDATE a SET b = 1")',
        'run("delete from a")',
        'run("CREATE TABLE a (b INTEGER)")',
    ],
)
def test_sql_in_code_is_found(source: str) -> None:
    assert sql_in(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""SELECT a FROM b, in a docstring."""',
        'say("Select an area from the list.")',
        'say("Pick one to delete from the history, or update it.")',
        'run("current_version")',
    ],
)
def test_plain_words_are_no_sql(source: str) -> None:
    assert sql_in(source) == []


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE a (b INTEGER PRIMARY KEY)",
        "CREATE TABLE a (b INTEGER UNIQUE)",
        "CREATE TABLE a (b INTEGER CHECK (b > 0))",
        "CREATE TABLE a (b INTEGER, FOREIGN KEY (b) REFERENCES c (d))",
        "create index i on a (b)",
        "CREATE SEQUENCE s",
        "CREATE TYPE t AS ENUM ('a')",
        "UPDATE a SET b = b + 1 RETURNING b",
        "insert into a values (1) returning b",
        "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING",
        "INSERT OR REPLACE INTO a VALUES (1)",
        "CREATE TABLE a (b INTEGER, c INTEGER GENERATED ALWAYS AS (b + 1))",
        "CREATE TABLE a (b VARCHAR COLLATE NOCASE)",
        "CREATE TYPE t AS VARCHAR",
        "CREATE TABLE a (b UNION(c INTEGER, d VARCHAR))",
        "CREATE TABLE a (b INTEGER[3])",
        "ALTER TABLE a ALTER COLUMN b TYPE BIGINT",
        "SELECT a FROM b WHERE c = ?",
        "SELECT a FROM b WHERE c = $1",
        "SELECT a FROM b WHERE c = %s",
        "SELECT a FROM {table}",
    ],
)
def test_fault_in_a_sql_file_is_found(sql: str) -> None:
    assert faults_in(sql)


def test_faults_in_comments_and_quotes_are_none() -> None:
    assert faults_in("SELECT a FROM b UNION (SELECT c[1] FROM d) UNION ALL BY NAME FROM e") == []
    assert faults_in("-- no PRIMARY KEY?\nSELECT '?' AS a, {'b': 1} AS c FROM d WHERE e = $e AND f = 'UNIQUE'") == []


def test_file_without_its_function_is_found() -> None:
    source = """
def held(c):
    return frame(c, "queries/held")

def other(c):
    return frame(c, "queries/lost"), run(c, "step"), run(c, f"catalogue/close_{table}")
"""
    assert unclaimed(["queries/held", "step", "catalogue/close_area"], [source]) == []
    lost = ["queries/lost", "nobody", "catalogue/open_area"]
    assert unclaimed(lost, [source]) == lost

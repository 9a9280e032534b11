"""Small functions and small modules, as in the best codebases of the field."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.source_files import ROOT, python_files

MEDIAN_FUNCTION, NINE_IN_TEN_FUNCTIONS, LONGEST_FUNCTION, LONGEST_MODULE = 8, 25, 50, 300


def functions(source: str) -> list[tuple[str, int]]:
    """Each function's name and its lines from "def" to its end, docstring included."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]


def figures_missed(sources: dict[Path, str]) -> list[str]:
    """A sentence for each house figure that these modules miss."""
    named = [(f"{path}:{name}", lines) for path, source in sources.items() for name, lines in functions(source)]
    return missed_in_sum([lines for _, lines in named]) + missed_by_one(named, sources)


def missed_in_sum(lines: list[int]) -> list[str]:
    median = statistics.median(lines) if lines else 0
    within = sum(count <= NINE_IN_TEN_FUNCTIONS for count in lines) / (len(lines) or 1)
    checks = {
        f"the median function has {median} lines, more than {MEDIAN_FUNCTION}": median > MEDIAN_FUNCTION,
        f"only {within:.1%} of functions have at most {NINE_IN_TEN_FUNCTIONS} lines": bool(lines) and within < 0.9,
    }
    return [sentence for sentence, missed in checks.items() if missed]


def missed_by_one(named: list[tuple[str, int]], sources: dict[Path, str]) -> list[str]:
    long_functions = [f"{name} has {lines} lines" for name, lines in named if lines > LONGEST_FUNCTION]
    modules = {path: len(source.splitlines()) for path, source in sources.items()}
    return long_functions + [f"{path} has {lines} lines" for path, lines in modules.items() if lines > LONGEST_MODULE]


def test_house_figures_hold() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in python_files()}
    assert "\n".join(figures_missed(sources)) == ""


def function_of(lines: int, name: str = "f") -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("source", "missed"),
    [
        (function_of(8), []),
        (function_of(9), ["the median function has 9 lines, more than 8"]),
        ("".join(function_of(2, f"f{n}") for n in range(8)) + function_of(26), ["only 88.9% of functions"]),
        ("".join(function_of(2, f"f{n}") for n in range(9)) + function_of(26), []),
        ("".join(function_of(2, f"f{n}") for n in range(9)) + function_of(51), ["m.py:f has 51 lines"]),
        ("x = 1\n" * 300, []),
        ("x = 1\n" * 301, ["m.py has 301 lines"]),
    ],
)
def test_each_figure_is_measured(source: str, missed: list[str]) -> None:
    found = figures_missed({Path("m.py"): source})
    assert len(found) == len(missed) and all(a.startswith(b) for a, b in zip(found, missed, strict=True))


def test_environment_and_tests_are_not_measured(tmp_path: Path) -> None:
    for name in ["data/a.py", ".venv/lib/b.py", "tests/c.py"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert python_files(tmp_path) == [Path("data/a.py")]

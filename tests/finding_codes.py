"""Every code of a finding that the program can make, with its levels, read from the code and not run."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from data.screening.checks import CHECKS
from tests.source_files import ROOT, python_files

# Functions that make a must-fix finding of the code they are given, and the place of the code among their arguments.
REFUSING = {"refuse": 0, "_refused": 3}


@cache
def codes() -> dict[str, set[str]]:
    """Code to the levels at which its findings are made: those of the checks, and those of every module."""
    found: dict[str, set[str]] = defaultdict(set)
    for check in CHECKS:
        found[check.code].add(check.level)
    for path in python_files():
        for level, code in made_in((ROOT / path).read_text(encoding="utf-8")):
            found[code].add(level)
    return dict(found)


def made_in(source: str) -> Iterator[tuple[str, str]]:
    """Level and code of each finding that a module makes of a code that is written there."""
    for call in calls(source):
        name = called(call)
        if name in REFUSING and (code := text_at(call, REFUSING[name])):
            yield "must_fix", code
        elif name == "Finding" and (code := text_at(call, 1)):
            yield text_at(call, 0), code


def handed_in() -> list[str]:
    """The module of each finding that is made of a level or code that is not written there."""
    return [
        path.as_posix()
        for path in python_files()
        for call in calls((ROOT / path).read_text(encoding="utf-8"))
        if called(call) == "Finding" and not (text_at(call, 0) and text_at(call, 1))
    ]


def calls(source: str) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def text_at(call: ast.Call, place: int) -> str:
    """The text that is written at a place among the arguments; empty when none is written there."""
    argument = call.args[place] if len(call.args) > place else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""

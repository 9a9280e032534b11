"""What pyproject.toml asks for is pinned, the same in both files, and fetched from wherever pip is set to look."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]


def pins(name: str) -> dict[str, set[str]]:
    """The versions that the file pins for each package: more than one where Python versions differ."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def unmet(wanted: list[str], pinned: dict[str, set[str]]) -> list[str]:
    asked = [(text, Requirement(text)) for text in wanted]
    versions = {text: pinned.get(canonicalize_name(one.name), set()) for text, one in asked}
    return [text for text, one in asked if not versions[text] or not all(map(one.specifier.contains, versions[text]))]


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    assert unmet(RUNTIME, pins("requirements.txt")) == []
    assert unmet(RUNTIME + DEVELOPMENT, pins("requirements-dev.txt")) == []


def test_missing_and_outdated_pins_are_found() -> None:
    assert unmet(["duckdb==1.5.5", "numpy>=2.4"], {"duckdb": {"1.5.4"}}) == ["duckdb==1.5.5", "numpy>=2.4"]


def test_tests_run_on_the_versions_that_people_get() -> None:
    development = pins("requirements-dev.txt")
    assert {
        name: versions for name, versions in pins("requirements.txt").items() if development[name] != versions
    } == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_is_a_pin_and_none_says_where_to_fetch_from(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asking = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert [line for line in asking if not re.match(r"[\w.\[\]-]+==[\w.]+( ; .+)?$", line)] == []

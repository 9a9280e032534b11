"""The list of pinned packages is that of requirements.txt, and CI's look-up says what it did."""

import importlib.machinery
import importlib.util
import re
from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest

from tests.source_files import ROOT
from tests.unit.test_requirements import pins

ROW = re.compile(r"^\| ([\w.-]+) \| ([\w.]+) \| (direct|with others) \| (.{5,}) \| (\d+ \w+ \d{4}) \|$", re.MULTILINE)
LIST = (ROOT / "docs" / "security" / "dependencies.md").read_text(encoding="utf-8")


def test_list_names_every_pinned_release_and_no_other() -> None:
    listed: dict[str, set[str]] = {}
    for name, release, *_ in ROW.findall(LIST):
        listed.setdefault(name, set()).add(release)
    assert listed == pins("requirements.txt")


def test_every_package_has_a_reason_and_a_day() -> None:
    rows = ROW.findall(LIST)
    assert len(rows) == LIST.count("\n| ") - 1
    assert all(datetime.strptime(day, "%d %B %Y").date() > date(2025, 7, 31) for *_, day in rows)


@pytest.fixture(scope="module")
def look_up() -> ModuleType:
    """The script of CI, which has no ending."""
    path = str(ROOT / ".ci" / "audit_dependencies")
    spec = importlib.util.spec_from_loader("look_up", importlib.machinery.SourceFileLoader("look_up", path))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CLEAN = {"name": "a", "version": "1", "vulns": []}
WRONG = {"name": "b", "version": "2", "vulns": [{"id": "XYZ-1"}, {"id": "XYZ-2"}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        ([CLEAN], 0, "1 packages have no known vulnerability."),
        ([CLEAN, UNKNOWN], 0, "1 packages have no known vulnerability; 1 could not be looked up"),
        ([CLEAN, WRONG, UNKNOWN], 1, "  b 2: XYZ-1, XYZ-2"),
        ([UNKNOWN], 0, "No data on vulnerabilities could be reached"),
        ([], 0, "No data on vulnerabilities could be reached"),
    ],
)
def test_ci_never_calls_clean_what_was_not_looked_up(
    look_up: ModuleType, found: list[dict[str, Any]], code: int, words: str
) -> None:
    ended, said = look_up.told(found)
    assert ended == code and words in said
    assert ("no known vulnerability" in said) == (CLEAN in found and WRONG not in found)


def test_ci_waits_only_seconds(look_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: Any, timeout: float, **__: Any) -> None:
        assert timeout <= 30
        raise look_up.subprocess.TimeoutExpired("pip_audit", timeout)

    monkeypatch.setattr(look_up.subprocess, "run", slow)
    assert look_up.look_up() == []


def test_ci_runs_it() -> None:
    assert "step .venv/bin/python .ci/audit_dependencies" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")

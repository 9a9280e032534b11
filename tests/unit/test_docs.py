"""The documents name every setting and every finding, and every link in them leads somewhere."""

import re
from pathlib import Path

import pytest

from data.findings import LEVEL_WORDS
from tests.finding_codes import codes, handed_in, made_in
from tests.source_files import ROOT, python_files

DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])
SETTING = re.compile(r"\bCONSENSUS_[A-Z_]+")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")
FINDINGS = ROOT / "docs" / "how-to" / "findings.md"
SECTION = re.compile(r"^### (\w+)\n\nLevel: ([^\n]+)\.\n\n(.+?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
INDEX = re.compile(r"^\| \[(\w+)\]\(#(\w+)\) \| ([\w ]+) \| (.+\.) \|$", re.MULTILINE)
# A level and a code are handed in where an exception, a check or a stored finding is made into one.
MADE_OF_OTHERS = {"data/check.py", "data/history.py", "data/reading/refusal.py", "data/screening/checks.py"}


def settings_in(text: str) -> set[str]:
    return set(SETTING.findall(text))


def test_every_setting_is_in_the_readme() -> None:
    used = {name for path in python_files() for name in settings_in((ROOT / path).read_text(encoding="utf-8"))}
    assert used == settings_in((ROOT / "README.md").read_text(encoding="utf-8"))


def dead_links(document: Path) -> list[str]:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    return [f"{document.name}: {link}" for link in links if not (document.parent / link).exists()]


def test_every_link_leads_somewhere() -> None:
    assert [link for document in DOCUMENTS for link in dead_links(document)] == []


def test_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[here](a.md) [there](b.md#part) [elsewhere](https://example.org)")
    assert dead_links(tmp_path / "a.md") == ["a.md: b.md"]


def levels_in(words: str) -> set[str]:
    """The levels that a text names."""
    return {level for level, name in LEVEL_WORDS.items() if name in words}


def test_every_finding_is_explained_at_its_level_and_no_other_is() -> None:
    sections = {code: levels_in(level) for code, level, _ in SECTION.findall(FINDINGS.read_text(encoding="utf-8"))}
    assert sections == codes()


def test_index_lists_the_findings_in_their_order() -> None:
    text = FINDINGS.read_text(encoding="utf-8")
    listed = [(code, levels_in(level)) for code, _, level, _ in INDEX.findall(text)]
    assert listed == [(code, levels_in(level)) for code, level, _ in SECTION.findall(text)]
    assert all(code == anchor for code, anchor, *_ in INDEX.findall(text))
    assert text.count("\n### ") == len(listed) == text.count("\n| [")


@pytest.mark.parametrize("code", sorted(codes()))
def test_explanation_says_when_a_finding_occurs_and_how_to_mend_it(code: str) -> None:
    (body,) = (body for found, _, body in SECTION.findall(FINDINGS.read_text(encoding="utf-8")) if found == code)
    said = re.fullmatch(
        r"\*\*When it occurs\.\*\* (.+?)\n\n\*\*How to mend it\.\*\* (.+?)(\n\n```\n.+\n```)?\s*", body, re.DOTALL
    )
    assert said is not None and len(said[1]) > 20 and len(said[2]) > 7


def test_readme_leads_to_the_findings() -> None:
    assert "docs/how-to/findings.md" in LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def test_no_finding_is_made_of_a_code_that_is_not_written_down() -> None:
    assert set(handed_in()) <= MADE_OF_OTHERS


def test_code_is_found_where_a_finding_is_made() -> None:
    source = (
        'Finding("note", "a_code", "words")\nraise refuse(\n "b_code", "words", "fix")\nFinding(level, code, "words")\n'
    )
    assert list(made_in(source)) == [("note", "a_code"), ("must_fix", "b_code")]

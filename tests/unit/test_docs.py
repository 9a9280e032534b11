"""The documents name every setting, and every link in them leads somewhere."""

import re
from pathlib import Path

from tests.source_files import ROOT, python_files

DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])
SETTING = re.compile(r"\bCONSENSUS_[A-Z_]+")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")


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

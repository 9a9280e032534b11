"""A table as every reader of it knows it, on a page and on paper alike: its columns and its cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One cell: its text, a state that gives it a mark and a tone, a link, and a quiet second line."""

    text: str
    state: str = ""
    href: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and whether it holds numbers, which stand to the right."""

    heading: str
    numeric: bool = False

"""The typeface of packs, DejaVu Sans as matplotlib brings it: the same everywhere, with every mark of the pages."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

FAMILY = "DejaVu Sans"
FOLDER = Path(get_data_path()) / "fonts" / "ttf"
STANDS_FOR = "□"
SOFT_BREAK = "\u200b"
LONGEST_WORD = 24


@cache
def _letters() -> frozenset[int]:
    """Letters that the upright and the bold face both have."""
    faces = (FT2Font(str(FOLDER / name)).get_charmap() for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
    return frozenset.intersection(*(frozenset(face) for face in faces))


def printable(text: str) -> str:
    """Text that the typeface can print: an emoji it lacks as its name in brackets, another sign it lacks as a box."""
    return "".join(mark if ord(mark) in _letters() else _named(mark) for mark in text)


def breakable(text: str) -> str:
    """Printable text in which a word too long for a line may be broken."""
    return " ".join(map(_broken, printable(text).split(" ")))


def _named(mark: str) -> str:
    """An emoji by its name; nothing for a mark that only changes the one before it."""
    kind = unicodedata.category(mark)
    if kind in ("Mn", "Me", "Cf"):
        return ""
    return f"[{unicodedata.name(mark).lower()}]" if kind in ("So", "Sk") else STANDS_FOR


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    parts = (word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
    return SOFT_BREAK.join(parts)

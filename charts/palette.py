"""Colours that mean something: improvement is blue, concern is orange, as health analysts know them.

Each pair of colour and background has a contrast of at least 4.5 to 1 (`tests/unit/charts/test_palette.py`), and the
two are told apart with each kind of colour blindness. A colour never stands alone: a shape or a word goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours for one theme, as hexadecimal text."""

    background: str
    text: str
    quiet: str
    line: str
    good: str
    bad: str
    neutral: str
    missing: str
    accent: str
    link: str

    def tone(self, name: str) -> str:
        """The colour of a tone: good, bad or missing; anything else is neutral."""
        return {"good": self.good, "bad": self.bad, "missing": self.missing}.get(name, self.neutral)


LIGHT = Palette(
    background="#FFFFFF",
    text="#0B0C0C",
    quiet="#4C5A63",
    line="#D5DBDF",
    good="#005EB8",
    bad="#A84A00",
    neutral="#5B6770",
    missing="#6B747B",
    accent="#12436D",
    link="#005EB8",
)
DARK = Palette(
    background="#020509",
    text="#F3F5F6",
    quiet="#B9C4CC",
    line="#33404A",
    good="#6DB3F2",
    bad="#FFA04D",
    neutral="#9AA7B1",
    missing="#8A969F",
    accent="#8FC5F4",
    link="#8FC5F4",
)


def palette(theme: str | None) -> Palette:
    """The palette of a theme, `dark` or anything else for light."""
    return DARK if theme == "dark" else LIGHT

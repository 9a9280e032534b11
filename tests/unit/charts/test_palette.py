"""The colours of charts are readable on their background, and good and bad are told apart by every eye."""

from dataclasses import fields

import numpy as np
import pytest

from charts.palette import DARK, LIGHT, Palette, palette
from tests.unit.test_theme import SIGHTS, contrast, encoded, lab

# The grid may be faint: every value is written as well.
INKS = [field.name for field in fields(Palette) if field.name not in ("background", "line")]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", INKS)
def test_every_colour_is_readable_on_its_background(colours: Palette, ink: str) -> None:
    assert contrast(encoded(getattr(colours, ink)), encoded(colours.background)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_good_bad_and_neutral_stay_apart(colours: Palette, sight: str) -> None:
    """Fifteen is about six times the smallest difference that an eye notices."""
    good, bad, neutral = (lab(colour, SIGHTS[sight]) for colour in (colours.good, colours.bad, colours.neutral))
    assert min(np.linalg.norm(good - bad), np.linalg.norm(good - neutral), np.linalg.norm(bad - neutral)) >= 15


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), (None, LIGHT), ("dark", DARK)])
def test_the_theme_decides(theme: str | None, colours: Palette) -> None:
    assert palette(theme) is colours


@pytest.mark.parametrize(
    ("tone", "colour"), [("good", LIGHT.good), ("bad", LIGHT.bad), ("missing", LIGHT.missing), ("else", LIGHT.neutral)]
)
def test_a_tone_that_is_not_known_is_neutral(tone: str, colour: str) -> None:
    assert LIGHT.tone(tone) == colour

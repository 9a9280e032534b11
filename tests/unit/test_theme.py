"""The theme is readable: contrast after WCAG 2.2, and chart colours that stay apart with colour blindness."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES = ["light", "dark"]
HUES = ["red", "orange", "yellow", "blue", "green", "violet", "gray"]
TEXT, GRAPHICS = 4.5, 3.0

# Linear light as seen without one kind of cone (Viénot, Brettel and Mollon 1999, extended to tritanopia).
SIGHTS = {
    "usual": np.eye(3),
    "protanopia": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deuteranopia": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
    "tritanopia": np.array([[1, 0.15236, -0.15236], [0, 0.86717, 0.13283], [0, 0.86717, 0.13283]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def theme(name: str) -> dict:
    return CONFIG["theme"][name]


def encoded(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def linear(colour: np.ndarray) -> np.ndarray:
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def luminance(colour: np.ndarray) -> float:
    return float(linear(colour) @ TO_XYZ[1])


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def over(colour: str, opacity: float, background: str) -> np.ndarray:
    """The colour that the eye meets when one is drawn faded over the other."""
    return opacity * encoded(colour) + (1 - opacity) * encoded(background)


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(np.clip(TO_XYZ @ np.clip(sight @ linear(encoded(colour)), 0, 1), 1e-6, None) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_contrast_of_known_pairs() -> None:
    assert contrast(encoded("#000000"), encoded("#FFFFFF")) == pytest.approx(21)
    assert contrast(encoded("#767676"), encoded("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


def backgrounds(name: str) -> list[str]:
    return [theme(name)["backgroundColor"], theme(name)["secondaryBackgroundColor"]]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", ["textColor", "linkColor", *(f"{hue}TextColor" for hue in HUES)])
def test_text_is_readable_on_both_backgrounds(name: str, colour: str) -> None:
    assert all(contrast(encoded(theme(name)[colour]), encoded(ground)) >= TEXT for ground in backgrounds(name))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("opacity", [0.6, 0.7, 0.75])
def test_faded_text_is_readable(name: str, opacity: float) -> None:
    """Streamlit fades captions and placeholders to 60 %, units to 70 % and the menu to 75 %."""
    faded = [(over(theme(name)["textColor"], opacity, ground), encoded(ground)) for ground in backgrounds(name)]
    assert all(contrast(text, ground) >= TEXT for text, ground in faded)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("hue", HUES)
def test_coloured_boxes_are_readable(name: str, hue: str) -> None:
    colours, box = theme(name), encoded(theme(name)[f"{hue}BackgroundColor"])
    assert contrast(encoded(colours[f"{hue}TextColor"]), box) >= TEXT
    assert contrast(encoded(colours[f"{hue}Color"]), box) >= GRAPHICS
    assert contrast(encoded(colours["linkColor"]), box) >= TEXT
    assert contrast(encoded(colours["textColor"]), box) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_primary_colour_is_readable_as_text_and_behind_white_text(name: str) -> None:
    primary = encoded(theme(name)["primaryColor"])
    assert contrast(primary, encoded("#FFFFFF")) >= TEXT
    assert contrast(primary, encoded(theme(name)["backgroundColor"])) >= TEXT
    assert all(contrast(primary, encoded(ground)) >= GRAPHICS for ground in backgrounds(name))


@pytest.mark.parametrize("name", THEMES)
def test_code_and_table_headings_are_readable(name: str) -> None:
    colours = theme(name)
    assert contrast(encoded(colours["codeTextColor"]), encoded(colours["codeBackgroundColor"])) >= TEXT
    heading, ground = colours["dataframeHeaderTextColor"], colours["dataframeHeaderBackgroundColor"]
    assert contrast(encoded(heading), encoded(ground)) >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_edges_of_widgets_can_be_seen(name: str) -> None:
    border = encoded(theme(name)["borderColor"])
    assert all(contrast(border, encoded(ground)) >= GRAPHICS for ground in backgrounds(name))


def test_dark_sidebar_is_as_readable_as_the_page() -> None:
    sidebar = theme("dark")["sidebar"]
    assert [sidebar["backgroundColor"], sidebar["secondaryBackgroundColor"]] == backgrounds("dark")


@pytest.mark.parametrize("name", THEMES)
def test_chart_colours_stand_out_from_the_page(name: str) -> None:
    ground = encoded(theme(name)["backgroundColor"])
    faint = [c for c in theme(name)["chartCategoricalColors"] if contrast(encoded(c), ground) < GRAPHICS]
    assert not faint


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_chart_colours_stay_apart(name: str, sight: str) -> None:
    """Fifteen is about six times the smallest difference that an eye notices."""
    colours = theme(name)["chartCategoricalColors"]
    seen = {colour: lab(colour, SIGHTS[sight]) for colour in colours}
    alike = [(a, b) for a, b in itertools.combinations(colours, 2) if np.linalg.norm(seen[a] - seen[b]) < 15]
    assert not alike


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", ["chartSequentialColors", "chartDivergingColors"])
def test_scales_have_the_ten_steps_that_streamlit_asks_for(name: str, scale: str) -> None:
    assert len(theme(name)[scale]) == 10


@pytest.mark.parametrize("name", THEMES)
def test_sequential_scale_runs_one_way(name: str) -> None:
    steps = [luminance(encoded(colour)) for colour in theme(name)["chartSequentialColors"]]
    assert steps == sorted(steps, reverse=name == "light")


def test_every_option_is_known_to_streamlit() -> None:
    """Streamlit only warns about an option that it does not know, and goes on without it."""
    from streamlit import config

    known = set(config.get_config_options())
    assert not {option for option in options(CONFIG) if option not in known}


@pytest.mark.parametrize("name", THEMES)
def test_charts_are_drawn_for_the_same_page(name: str) -> None:
    """The charts' own palette was chosen for the theme's background, and would not be readable on another."""
    from charts.palette import palette

    assert palette(name).background == theme(name)["backgroundColor"]


def options(table: dict, path: str = "") -> list[str]:
    values = {path + key: value for key, value in table.items()}
    nested = [options(value, f"{key}.") if isinstance(value, dict) else [key] for key, value in values.items()]
    return [option for group in nested for option in group]


def test_nothing_is_sent_and_nobody_else_is_served() -> None:
    assert CONFIG["server"]["address"] == "localhost"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"

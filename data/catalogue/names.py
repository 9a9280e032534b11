"""Areas by the names that people write, in any of their spellings."""

from __future__ import annotations

from data.catalogue.model import Catalogue


def plain_name(name: str) -> str:
    """A name without case, “and” signs and punctuation, to compare spellings."""
    words = name.lower().replace("&", " and ").replace(",", " ").replace(".", " ").replace("-", " ").split()
    return " ".join(word for word in words if word not in ("the", "constabulary"))


def area_names(catalogue: Catalogue) -> dict[str, list[str]]:
    """Plain name to the codes of the areas that go by it; West Midlands is a region and a force area."""
    found: dict[str, list[str]] = {}
    for code, area in catalogue.areas.items():
        for name in dict.fromkeys(map(plain_name, (area.name, *area.other_names))):
            found.setdefault(name, []).append(code)
    return found

"""The invented events of the demonstration workspace; each says itself that it is invented."""

from __future__ import annotations

import tomllib

from data.catalogue.events import Event
from data.demonstration import FOLDER
from data.periods import day


def demonstration_events() -> list[Event]:
    """The events of `review.toml`, each for one area and one indicator."""
    contents = tomllib.loads((FOLDER / "review.toml").read_text(encoding="utf-8"))
    return [
        Event(
            date=entry["date"],
            when=day(entry["date"]),
            title=entry["title"],
            words=entry["description"],
            source="Demonstration workspace",
            areas=(entry["area_code"],),
            indicators=(entry["indicator"],),
        )
        for entry in contents["events"]
    ]

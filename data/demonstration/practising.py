"""The invented practice entries of the demonstration workspace: each says itself that it is invented."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from data import store
from data.actor import Actor
from data.catalogue.practice import NO_RESULT, NOT_STATED
from data.versions import Moment, audit

FILE = Path(__file__).with_name("practice.toml")
LATER = ("recorded_on", "changed")


def load_practice_entries(connection: store.Connection, actor: Actor, moment: Moment) -> None:
    """Store every saving of `practice.toml` as it would have been made on its day, in one transaction."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["practice"]
    with store.transaction(connection):
        for entry in entries:
            for day, saving in _savings(entry):
                store.run(
                    connection,
                    "practice/insert_practice",
                    id=uuid5(NAMESPACE_URL, entry["title"]),
                    state="standing",
                    invented=True,
                    made_by="Demonstration",
                    made_at=datetime.combine(day, time(9)),
                    at_version=store.rows(connection, "demonstration/version_on", day=day)[0]["version"],
                    **saving,
                )
        audit(connection, actor, moment, "practice recorded", f"{len(entries)} of the demonstration")


def _savings(entry: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The day and the row of each saving: as it was recorded, and as it was told anew."""
    row = {"reported": NO_RESULT, "measured": NOT_STATED, "change_reason": "Recorded"}
    row |= {name: value for name, value in entry.items() if name not in LATER}
    yield entry["recorded_on"], row
    if anew := dict(entry.get("changed", {})):
        yield anew.pop("on"), row | {"change_reason": anew.pop("because"), **anew}

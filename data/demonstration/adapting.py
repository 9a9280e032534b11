"""The invented adaptations of the demonstration workspace: each says itself that it is invented."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from data import store
from data.actor import Actor
from data.versions import Moment, audit

FILE = Path(__file__).with_name("adaptations.toml")
WRITTEN = ("commitment", "area_code", "kind", "changed_on", "description", "evidence")


def load_adaptations(connection: store.Connection, review: UUID, actor: Actor, moment: Moment) -> None:
    """Store every saving of `adaptations.toml` as it would have been made on its day; `review` is the national one."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["adaptations"]
    with store.transaction(connection):
        for number, entry in enumerate(entries):
            for saving in _savings(entry):
                day = saving.pop("day")
                store.run(
                    connection,
                    "adaptations/insert_adaptation",
                    id=uuid5(review, f"adaptation {number}"),
                    review=review if entry["after_review"] else None,
                    invented=True,
                    made_by="Demonstration",
                    made_at=datetime.combine(day, time(9)),
                    at_version=store.rows(connection, "demonstration/version_on", day=day)[0]["version"],
                    **saving,
                )
        audit(connection, actor, moment, "adaptation recorded", f"{len(entries)} of the demonstration")


def _savings(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was saved of one adaptation, in order: as it was recorded, then its effect, then that it was withdrawn."""
    row = {name: entry[name] for name in WRITTEN} | {"effect": None, "state": "standing"}
    yield row | {"change_reason": "Recorded", "day": entry["recorded_on"]}
    if "effect" in entry:
        row["effect"] = entry["effect"]
        yield row | {"change_reason": "Effect recorded", "day": entry["effect_on"]}
    if "withdrawn_on" in entry:
        yield row | {
            "state": "withdrawn",
            "change_reason": entry["withdrawn_because"],
            "day": entry["withdrawn_on"],
        }

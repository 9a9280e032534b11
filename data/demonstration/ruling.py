"""The invented rulings of the demonstration workspace: each says itself that it is invented."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.rulings import Subject, rule
from data.versions import Moment

FILE = Path(__file__).with_name("rulings.toml")


def load_rulings(connection: store.Connection, catalogue: Catalogue, actor: Actor, moment: Moment) -> None:
    """Store every ruling of `rulings.toml` that nobody has touched, each in a transaction of its own."""
    for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["rulings"]:
        about = Subject(entry["area_code"], entry["commitment"], entry["test"], entry["kind"])
        if not store.rows(connection, "rulings/newest", **asdict(about)):
            rule(connection, actor, catalogue, about, entry["reason"], moment, invented=True)

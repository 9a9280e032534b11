"""Backups: make one while the dashboard runs, and see which there are and where. Only administrators are shown this."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from charts.words import day
from components import html, session, turns
from data import backup
from data.versions import Moment

ABOUT = (
    "A backup is a whole copy of the store, made while people go on working, with a manifest beside it to check it by. "
    "What is written at the same moment is in it entirely or not at all. Take the copies to another machine: a backup "
    "on the disk that fails is none. It holds everything that the store holds, so no page gives it out."
)
HOW = (
    "docs/how-to/operate.md says how to have backups made every night, how many to keep, and how to restore one with "
    "python -m data.restore while the dashboard is stopped."
)
COLUMNS = [
    html.Column("Made"),
    html.Column("Data version", numeric=True),
    html.Column("Rows", numeric=True),
    html.Column("Size, MB", numeric=True),
    html.Column("File"),
]


def show() -> None:
    """The section of the page: what a backup is, a button to make one, and those that are there."""
    st.subheader("Backups")
    html.sentence(ABOUT)
    folder = Path(session.workspace().settings.backups)
    with session.told_plainly():
        if st.button("Make a backup now", key="backup_make", icon=":material/save:"):
            _make(folder)
        _list(backup.listed(session.actor(), folder), folder)
    html.quiet(HOW)


def answer(found: list[backup.Kept], now: datetime) -> str:
    """How many backups there are and how old the newest is, in a sentence."""
    if not found:
        return "There is no backup yet."
    hours = int((now - found[0].made_at).total_seconds() // 3600)
    many = "is one backup" if len(found) == 1 else f"are {len(found):,} backups"
    return f"There {many}; the newest was made {_ago(hours)}."


def _ago(hours: int) -> str:
    if hours >= 48:
        return f"{hours // 24:,} days ago"
    return "less than an hour ago" if hours < 1 else "an hour ago" if hours == 1 else f"{hours} hours ago"


def rows(found: list[backup.Kept]) -> list[list[str | html.Cell]]:
    """One row per backup: when it was made, the data version and rows that it holds, its size, and its name."""
    return [[_when(one.made_at), str(one.version), f"{one.rows:,}", _megabytes(one.size), one.name] for one in found]


def _make(folder: Path) -> None:
    with st.spinner("Copying the store; people can go on working …"), turns.aside():
        made, manifest = backup.backup_live(session.cursor(), session.actor(), folder, Moment.now())
    said: dict[str, Any] = {"body": f"Made: {made.name}, {backup.words(manifest)}.", "icon": ":material/check_circle:"}
    st.success(**said)


def _list(found: list[backup.Kept], folder: Path) -> None:
    html.sentence(answer(found, Moment.now().at))
    html.quiet(f"On the machine of the dashboard, in the folder {folder}")
    if found:
        html.table(COLUMNS, rows(found), "Backups, the newest first")


def _when(at: datetime) -> str:
    return f"{day(at)}, {at:%H:%M} UTC"


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f}"

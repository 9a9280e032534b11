"""Older backups of a folder are removed, once newer ones are there; anything else in the folder is left alone."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from data import copies
from data.manifests import in_folder, manifest_of

OWN_NAME = re.compile(r"consensus-\d{4}-\d\d-\d\d-\d{6}-version-\d+\.duckdb")
"""The name that the program gives a backup; one that a person named is kept until that person removes it."""


def rotate(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups of a folder, and return what was removed, newest first.

    Only files that have a manifest of ours and the name that the program gave them count and are removed. Raises
    `ValueError` unless at least one is kept, and `OSError` when a file cannot be removed.
    """
    if keep < 1:
        raise ValueError("at least one backup is kept")
    gone = own_backups(folder)[keep:]
    for made, _ in gone:
        copies.remove(made)
        manifest_of(made).unlink(missing_ok=True)
    return [made for made, _ in gone]


def own_backups(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The backups of a folder under a name that the program gave, with their manifests, newest first."""
    return [one for one in in_folder(folder) if OWN_NAME.fullmatch(one[0].name)]


def number(text: str) -> int:
    """The N of `--keep N`; raises `argparse.ArgumentTypeError`, which is told in words."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1 on")
    return int(text)

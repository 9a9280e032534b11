"""The chain that holds the lines of the audit trail together: each line's value is a SHA-256 over the one before it.

Names and subjects go into it as salted digests, so that erasing one of them, with its salt, leaves the chain whole.
Nothing here reads or writes a store.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

START = ""
"""What stands before the first line."""


@dataclass(frozen=True)
class Head:
    """Where the trail ends: how many lines it has, and the chain value of the last."""

    lines: int
    chain: str

    def __str__(self) -> str:
        return f"{self.lines}:{self.chain}"


def line(head: Head, about: dict[str, Any]) -> dict[str, Any]:
    """The line after a head: `about` (happened_at, actor, deed, subject, from_version, to_version) with its number,
    new salts, digests and chain value."""
    salt, subject_salt = token_hex(16), token_hex(16)
    own = {"number": head.lines + 1, "salt": salt, "subject_salt": subject_salt}
    digests = {"name_digest": digest(salt, about["actor"]), "subject_digest": digest(subject_salt, about["subject"])}
    made = about | own | digests
    versions = made["from_version"], made["to_version"]
    chained = value(
        head.chain, made["number"], written(made["happened_at"]), made["name_digest"], made["deed"],
        made["subject_digest"], *versions,
    )  # fmt: skip
    return made | {"chain": chained}


def value(previous: str, *parts: int | str) -> str:
    """The chain value of a line, in hexadecimal: SHA-256 of the value before it and the line's parts as a JSON list.

    The parts are number, time as `written`, digest of the name, deed, digest of the subject, version before and after.
    """
    return hashlib.sha256(json.dumps([previous, *parts], separators=(",", ":")).encode()).hexdigest()


def digest(salt: str, text: str) -> str:
    """The salted digest by which a name or a subject stands in the chain, in hexadecimal."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def written(at: datetime) -> str:
    """A time as it goes into the chain: to the microsecond, as `audit/trail.sql` writes it."""
    return at.isoformat(timespec="microseconds")

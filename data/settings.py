"""What the person who runs the program may set, all of it from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import UserError

DATABASE = "var/consensus.duckdb"
STARTS = ("demonstration", "empty")
UPLOAD_LIMIT_MB = 200
MEMORY_MB = 200
"""What the store may use before it lets the disk help; a million rows are checked as fast with it as with more."""


@dataclass(frozen=True)
class Settings:
    """Settings of one running program."""

    database: str = DATABASE
    start: str = "demonstration"
    upload_limit: int = UPLOAD_LIMIT_MB * 1024 * 1024
    memory: int = MEMORY_MB * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read `CONSENSUS_DATABASE`, `CONSENSUS_START`, `CONSENSUS_UPLOAD_MB` and `CONSENSUS_MEMORY_MB`.

        Sizes are kept in bytes. A wrong value raises `UserError`.
        """
        return cls(
            database=environment.get("CONSENSUS_DATABASE", "").strip() or DATABASE,
            start=_start(environment.get("CONSENSUS_START", "").strip() or "demonstration"),
            upload_limit=_megabytes(environment, "CONSENSUS_UPLOAD_MB", UPLOAD_LIMIT_MB),
            memory=_megabytes(environment, "CONSENSUS_MEMORY_MB", MEMORY_MB),
        )


def _start(text: str) -> str:
    if text not in STARTS:
        raise UserError(f"CONSENSUS_START is “{text}”. Set it to demonstration or empty.")
    return text


def _megabytes(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = environment.get(name, "").strip() or str(usual)
    if not text.isdecimal() or int(text) == 0:
        raise UserError(f"{name} is “{text}”. Set it to a whole number of megabytes, for example {usual}.")
    return int(text) * 1024 * 1024

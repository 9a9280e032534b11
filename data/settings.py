"""What the person who runs the program may set, all of it from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import UserError
from data.lake import concealed

DATABASE = "var/consensus.duckdb"
BACKUPS = "var/backups"
STARTS = ("demonstration", "empty")
UNKNOWN = ("nobody", "viewer")
UPLOAD_LIMIT_MB = 200
MEMORY_MB = 200
"""What the store may use before it lets the disk help; a million rows are checked as fast with it as with more."""
API_REQUESTS = 120
"""Of one token in a minute: every table of several versions, and still a program in a loop leaves room for people."""
API_FILES = 20
"""Of one token in a minute: a file of usual size takes a second to check, in which people's pages wait for it."""
API_REFUSALS = 30
"""Tokens that are not known, from one address in a minute: more is no mistyped one, and would only fill the log."""


@dataclass(frozen=True)
class Settings:
    """Settings of one running program."""

    database: str = DATABASE
    start: str = "demonstration"
    upload_limit: int = UPLOAD_LIMIT_MB * 1024 * 1024
    memory: int = MEMORY_MB * 1024 * 1024
    files: str = ""
    """Where several machines keep their Parquet files: a shared folder or an s3:// address. Only for DuckLake."""
    backups: str = BACKUPS
    administrator: str = ""
    """The e-mail address of somebody who is an administrator whatever the store says: the first one, and a way back."""
    unknown_may_read: bool = False
    """Whether somebody who signed in and has no role is a viewer; else nobody."""
    groups_claim: str = "groups"
    api_requests: int = API_REQUESTS
    api_files: int = API_FILES
    api_refusals: int = API_REFUSALS

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read `CONSENSUS_DATABASE`, `_FILES`, `_BACKUPS`, `_START`, `_UPLOAD_MB`, `_MEMORY_MB`, `_ADMINISTRATOR`,
        `_UNKNOWN`, `_GROUPS_CLAIM` and `_API_…`.

        Sizes are kept in bytes; a password in the address of the store is not kept. A wrong value raises `UserError`.
        """
        return cls(
            database=concealed(environment.get("CONSENSUS_DATABASE", "").strip() or DATABASE),
            start=_start(environment.get("CONSENSUS_START", "").strip() or "demonstration"),
            upload_limit=_megabytes(environment, "CONSENSUS_UPLOAD_MB", UPLOAD_LIMIT_MB),
            memory=_megabytes(environment, "CONSENSUS_MEMORY_MB", MEMORY_MB),
            files=environment.get("CONSENSUS_FILES", "").strip(),
            backups=environment.get("CONSENSUS_BACKUPS", "").strip() or BACKUPS,
            administrator=environment.get("CONSENSUS_ADMINISTRATOR", "").strip().lower(),
            unknown_may_read=_unknown(environment.get("CONSENSUS_UNKNOWN", "").strip() or UNKNOWN[0]),
            groups_claim=environment.get("CONSENSUS_GROUPS_CLAIM", "").strip() or "groups",
            api_requests=_whole(environment, "CONSENSUS_API_REQUESTS", API_REQUESTS, "requests a minute"),
            api_files=_whole(environment, "CONSENSUS_API_FILES", API_FILES, "files a minute"),
            api_refusals=_whole(environment, "CONSENSUS_API_REFUSALS", API_REFUSALS, "refused requests a minute"),
        )


def _start(text: str) -> str:
    if text not in STARTS:
        raise UserError(f"CONSENSUS_START is “{text}”. Set it to demonstration or empty.")
    return text


def _unknown(text: str) -> bool:
    if text not in UNKNOWN:
        raise UserError(f"CONSENSUS_UNKNOWN is “{text}”. Set it to {' or '.join(UNKNOWN)}.")
    return text == "viewer"


def _megabytes(environment: Mapping[str, str], name: str, usual: int) -> int:
    return _whole(environment, name, usual, "megabytes") * 1024 * 1024


def _whole(environment: Mapping[str, str], name: str, usual: int, of: str) -> int:
    text = environment.get(name, "").strip() or str(usual)
    if not text.isdecimal() or int(text) == 0:
        raise UserError(f"{name} is “{text}”. Set it to a whole number of {of}, for example {usual}.")
    return int(text)

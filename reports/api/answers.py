"""An answer as plain values: status, bytes, headers. JSON, files, and whether the asker has them already."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from reports.api.problems import Problem

PROBLEM, JSON = "application/problem+json", "application/json"
KINDS_OF_FILE = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "json": JSON,
}
SHRINKS = ("text/", JSON)
WORTH_IT = 1_000
"""Bytes below which compressing saves nothing."""


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    body: bytes = b""
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON that nobody keeps; names of headers are given with underscores."""
    own = {"Cache-Control": "no-store"} | {name.replace("_", "-"): words for name, words in headers.items()}
    return Answer(status, _encoded(value), JSON, own)


def of_problem(problem: Problem) -> Answer:
    """A problem as an answer."""
    headers = {"Cache-Control": "no-store"} | problem.headers
    return Answer(problem.status, _encoded(problem.as_dict()), PROBLEM, headers)


def as_file(content: bytes, name: str) -> Answer:
    """A file of a data version.

    It may be kept by the asker and must be asked for again each time, which costs nothing while it is the same: a
    version does not change, but a text in it can be erased, and a stricter rule for small numbers holds for it, too.
    """
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',  # weak: the same also when it is sent compressed
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Answer(200, content, KINDS_OF_FILE[name.rpartition(".")[2]], headers)


def conditional(answer: Answer, if_none_match: str) -> Answer:
    """The answer, or 304 without a body where the asker has it already."""
    tag = answer.headers.get("ETag")
    known = {mark.strip().removeprefix("W/") for mark in if_none_match.split(",")}
    if answer.status != 200 or tag is None or not known & {"*", tag.removeprefix("W/")}:
        return answer
    return Answer(304, headers={name: answer.headers[name] for name in ("Cache-Control", "ETag")})


def compressed(answer: Answer, accepts: str) -> Answer:
    """The answer, compressed where that saves something and the asker can read it."""
    if not answer.media_type.startswith(SHRINKS) or len(answer.body) < WORTH_IT or not _accepts_gzip(accepts):
        return answer
    headers = answer.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return replace(answer, body=gzip.compress(answer.body, 5, mtime=0), headers=headers)


def _accepts_gzip(accepts: str) -> bool:
    wanted = {name.strip(): quality.strip() for name, _, quality in (one.partition(";") for one in accepts.split(","))}
    return "gzip" in wanted and wanted["gzip"] not in ("q=0", "q=0.0", "q=0.00", "q=0.000")


def _encoded(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n").encode()

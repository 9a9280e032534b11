"""A file on its way into the store: screened, compared with what is stored, and confirmed in one transaction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pandas as pd

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.findings import Finding
from data.periods import day
from data.screening import Screening, screen
from data.versions import Moment, audit, raise_version

LINES_SHOWN = 500
STATES = ("new", "changed", "unchanged", "absent")


@dataclass(frozen=True)
class Provenance:
    """Where the figures come from: reported by an area or taken from a publication, and whether they are invented."""

    origin: str = "reported"
    source: str = ""
    edition: str = ""
    invented: bool = False


REPORTED = Provenance()


@dataclass(frozen=True)
class Prepared:
    """A screened file and what confirming it would change. Nothing is stored yet.

    `counts` says how many facts are new, changed, unchanged and absent from the file; `changes` holds the first lines
    of them. Both are empty when the file could not be compared.
    """

    id: UUID
    file_name: str
    sha256: str
    screening: Screening
    base_version: int
    counts: dict[str, int] = field(default_factory=dict)
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def would_store(self) -> int:
        """How many facts confirming would store."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def confirmable(self) -> bool:
        """Whether the file is acceptable and would change anything."""
        return self.screening.acceptable and self.would_store > 0


def prepare(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    content: bytes,
    file_name: str,
    *,
    template: str | None = None,
    limit: int | None = None,
) -> Prepared:
    """Screen a file and compare it with what is stored; stores nothing."""
    screening = screen(connection, actor, catalogue, content, template=template, limit=limit)
    sha256 = hashlib.sha256(content).hexdigest()
    version = current_version(connection)
    prepared = Prepared(uuid4(), file_name, sha256, screening, version)
    if not screening.acceptable:
        return prepared
    counts = _compare(connection, screening)
    changes = store.frame(connection, "submission/difference_rows", lines=LINES_SHOWN)
    screening.findings.extend(_seen_before(connection, sha256))
    return Prepared(prepared.id, file_name, sha256, screening, version, counts, changes)


def confirm(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    content: bytes,
    prepared: Prepared,
    moment: Moment,
    provenance: Provenance = REPORTED,
) -> int:
    """Store what `prepare` showed, whole or not at all, and return the new data version.

    A second call with the same `prepared` stores nothing and returns the version of the first. Raises `UserError` when
    the file has must-fix findings, the actor may not report for one of its areas, or nothing would change, and
    `TryAgain` when the stored data changed since `prepare`.
    """
    done = store.row(connection, "submission/submission_by_id", id=prepared.id)
    if done:
        return int(done["version"])
    if hashlib.sha256(content).hexdigest() != prepared.sha256:
        raise UserError("The file is not the one that was checked. Nothing was stored; check it again.")
    template = prepared.screening.template
    screening = screen(connection, actor, catalogue, content, template=template.key if template else None)
    if not screening.acceptable or screening.template is None:
        raise UserError("The file has findings that must be mended first. Nothing was stored.")
    actor.must_submit_for({line["area_code"] for line in store.rows(connection, "submission/upload_areas")})
    with store.transaction(connection):
        return _store(connection, actor, content, prepared, screening, moment, provenance)


def current_version(connection: store.Connection) -> int:
    """The newest data version; 0 in a store without any."""
    return int((store.row(connection, "current_version") or {"version": 0})["version"])


def _compare(connection: store.Connection, screening: Screening) -> dict[str, int]:
    assert screening.template is not None
    store.run(connection, f"submission/{screening.template.key}_difference")
    found = {line["state"]: line["facts"] for line in store.rows(connection, "submission/difference_counts")}
    return {state: found.get(state, 0) for state in STATES}


def _seen_before(connection: store.Connection, sha256: str) -> list[Finding]:
    earlier = store.row(connection, "submission/submission_by_hash", sha256=sha256)
    if earlier is None:
        return []
    message = (
        f"the very same file was accepted on {day(earlier['sent_at'].date())} as data version {earlier['version']} "
        f"(“{earlier['file_name']}”, sent by {earlier['sent_by']})"
    )
    return [Finding("note", "file_seen_before", message, "nothing to mend")]


def _store(
    connection: store.Connection,
    actor: Actor,
    content: bytes,
    prepared: Prepared,
    screening: Screening,
    moment: Moment,
    provenance: Provenance,
) -> int:
    template = screening.template
    assert template is not None
    counts = _compare(connection, screening)
    if counts["new"] + counts["changed"] == 0:
        raise UserError("Nothing in this file differs from what is stored, so there is nothing to confirm.")
    version = raise_version(connection, actor, moment, f"{template.title} from “{prepared.file_name}”")
    if version != prepared.base_version + 1:
        raise store.TryAgain("The stored data changed since this file was checked. Nothing was stored; check it again.")
    store.run(connection, f"submission/{template.key}_close", version=version)
    store.run(connection, f"submission/{template.key}_insert", version=version, submission=prepared.id)
    store.run(
        connection,
        "submission/insert_submission",
        **_submission_row(actor, content, prepared, screening, moment, provenance, counts, version),
    )
    audit(connection, actor, moment, "submission accepted", str(prepared.id), (version - 1, version))
    return version


def _submission_row(
    actor: Actor,
    content: bytes,
    prepared: Prepared,
    screening: Screening,
    moment: Moment,
    provenance: Provenance,
    counts: dict[str, int],
    version: int,
) -> dict[str, Any]:
    return {
        "id": prepared.id,
        "template": screening.template.key if screening.template else "",
        "file_name": prepared.file_name,
        "sha256": prepared.sha256,
        "original": content,
        "findings": json.dumps([finding.as_dict() for finding in screening.findings]),
        "origin": provenance.origin,
        "source": provenance.source,
        "edition": provenance.edition,
        "invented": provenance.invented,
        "sent_by": actor.name,
        "sent_at": moment.at,
        "version": version,
        "rows_new": counts["new"],
        "rows_changed": counts["changed"],
        "rows_unchanged": counts["unchanged"],
    }

"""A file on its way into the store: screened, compared with what is stored, and confirmed in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from uuid import UUID, uuid4

import pandas as pd

from data import history, store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.findings import Finding, ordered, printable
from data.mapping import Mapping
from data.originals import packed
from data.periods import day
from data.screening import Progress, Screening, screen, silent
from data.screening.personal import kinds
from data.screening.redaction import REMOVED, personal_data
from data.templates import Template
from data.texts import checked_reason
from data.versions import Moment, audit, current_version, raise_version

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
class Sender:
    """Who sent a file, and when, where another person stores it."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True)
class Confirmation:
    """Who stores a file, when and why. `within` is called with the new version inside the transaction."""

    actor: Actor
    moment: Moment
    provenance: Provenance
    reason: str
    sender: Sender | None
    within: Callable[[store.Connection, int], None]

    @property
    def sent(self) -> Sender:
        """Who sent the file: whoever stores it, unless somebody else did."""
        return self.sender or Sender(self.actor.name, self.actor.email, self.moment.at)


@dataclass(frozen=True)
class Prepared:
    """A screened file and what confirming it would change. Nothing is stored yet.

    `counts` says how many facts are new, changed, unchanged and absent from the file; `changes` holds the first lines
    of them. Both are empty when the file could not be compared. `staged` is a connection of its own, whose temporary
    tables hold the rows as they were screened: they are what is stored on confirmation, so that what was shown is what
    is kept. `content` is empty unless the file is acceptable: what is refused is not kept. `corrects` is the submission
    that this file takes the place of; `counts` then also says how many of its facts go (`withdrawn`).
    """

    id: UUID
    file_name: str
    sha256: str
    screening: Screening
    base_version: int
    staged: store.Connection
    content: bytes = b""
    corrects: UUID | None = None
    counts: dict[str, int] = field(default_factory=dict)
    changes: pd.DataFrame = field(default_factory=pd.DataFrame)
    one_at_a_time: Lock = field(default_factory=Lock)

    @property
    def would_store(self) -> int:
        """How many facts confirming would store."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def confirmable(self) -> bool:
        """Whether the file is acceptable and would change anything."""
        return self.screening.acceptable and self.would_store + self.counts.get("withdrawn", 0) > 0


def prepare(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    content: bytes,
    file_name: str,
    *,
    template: str | None = None,
    mapping: Mapping | None = None,
    limit: int | None = None,
    corrects: UUID | None = None,
    screened_for: Actor | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Screen a file and compare it with what is stored; stores nothing.

    `corrects` is an earlier submission that this file is to take the place of; raises `UserError` when it has ended.
    `screened_for` is whose areas a table of many areas is read for, where that is not the actor.
    """
    staged = connection.cursor()
    version = current_version(staged)
    with ThreadPoolExecutor(max_workers=1) as beside:
        digest = beside.submit(lambda: hashlib.sha256(content).hexdigest())
        whose = screened_for or actor
        screening = screen(
            staged, whose, catalogue, content, template=template, mapping=mapping, limit=limit, progress=progress
        )
    sha256 = digest.result()
    personal = kinds(file_name)
    named = [personal_data("", f"{kind} in the name of the file", []) for kind in personal]
    screening.findings[:] = ordered([*named, *screening.findings])
    name = REMOVED if personal else printable(file_name)
    prepared = Prepared(uuid4(), name, sha256, screening, version, staged)
    if not screening.acceptable:
        return prepared
    progress("Comparing with what is stored")
    counts, changes = _compare(staged, actor, screening, corrects)
    screening.findings[:] = ordered([*screening.findings, *_seen_before(staged, sha256)])
    return replace(prepared, content=content, corrects=corrects, counts=counts, changes=changes)


def confirm(
    actor: Actor,
    prepared: Prepared,
    moment: Moment,
    provenance: Provenance = REPORTED,
    reason: str = "",
    *,
    sender: Sender | None = None,
    within: Callable[[store.Connection, int], None] = lambda connection, version: None,
) -> int:
    """Store what `prepare` showed, whole or not at all, and return the new data version.

    A second call with the same `prepared` stores nothing and returns the version of the first. Raises `UserError` when
    the file has must-fix findings, the actor may not report for one of its areas, or nothing would change, and
    `TryAgain` when stored data of its areas changed since `prepare`. A correction needs a `reason`. What `within`
    writes belongs to it; `sender` is who sent the file, where that is not the actor.
    """
    with prepared.one_at_a_time:
        return _confirm(prepared, Confirmation(actor, moment, provenance, reason, sender, within))


def areas_of(prepared: Prepared) -> set[str]:
    """The codes of the areas that a screened file speaks of."""
    return {line["area_code"] for line in store.rows(prepared.staged, "submission/upload_areas")}


def must_be_confirmable(actor: Actor, prepared: Prepared) -> None:
    """Raise `UserError` unless the file is acceptable, would change something, and is the actor's to send."""
    if not prepared.screening.acceptable:
        raise UserError("The file has findings that must be mended first. Nothing was stored.")
    if not prepared.confirmable:
        raise UserError("Nothing in this file differs from what is stored, so there is nothing to confirm.")
    actor.must_submit_for(areas_of(prepared))


def _confirm(prepared: Prepared, asked: Confirmation) -> int:
    done = store.row(prepared.staged, "submission/submission_by_id", id=prepared.id)
    if done:
        return int(done["version"])
    must_be_confirmable(asked.actor, prepared)
    return store.retried(lambda: _in_one(prepared, asked))


def _in_one(prepared: Prepared, asked: Confirmation) -> int:
    with store.transaction(prepared.staged):
        version = _store(prepared.staged, prepared, asked)
        asked.within(prepared.staged, version)
    return version


def _moved(connection: store.Connection, prepared: Prepared) -> bool:
    """Whether what was shown may no longer be so: a file is compared with the facts of its own areas alone, so a change
    elsewhere leaves it true. What a correction takes out may be anywhere."""
    if prepared.corrects:
        return True
    return bool(store.rows(connection, "submission/touched_since", version=prepared.base_version)[0]["touched"])


def _compare(
    connection: store.Connection, actor: Actor, screening: Screening, corrects: UUID | None
) -> tuple[dict[str, int], pd.DataFrame]:
    assert screening.template is not None
    key = screening.template.key
    store.run(connection, f"submission/{key}_state")
    store.run(connection, f"submission/{key}_difference")
    removed = history.would_remove(connection, actor, corrects) if corrects else pd.DataFrame()
    if corrects:
        store.run(connection, f"submission/{key}_go")
    found = {line["state"]: line["facts"] for line in store.rows(connection, "submission/difference_counts")}
    lines = store.frame(connection, f"submission/{key}_lines", lines=history.LINES_SHOWN)
    counts = {state: found.get(state, 0) for state in STATES} | ({"withdrawn": len(removed)} if corrects else {})
    return counts, pd.concat([removed.head(history.LINES_SHOWN), lines]) if len(removed) else lines


def _seen_before(connection: store.Connection, sha256: str) -> list[Finding]:
    earlier = store.row(connection, "submission/submission_by_hash", sha256=sha256)
    if earlier is None:
        return []
    message = (
        f"the very same file was accepted on {day(earlier['sent_at'].date())} as data version {earlier['version']} "
        f"(“{earlier['file_name']}”, sent by {earlier['sent_by']})"
    )
    return [Finding("note", "file_seen_before", message, "nothing to mend")]


def _store(connection: store.Connection, prepared: Prepared, asked: Confirmation) -> int:
    template, actor, moment = prepared.screening.template, asked.actor, asked.moment
    assert template is not None
    version = raise_version(connection, actor, moment, _reason(connection, prepared, template, asked))
    if version != prepared.base_version + 1 and _moved(connection, prepared):
        raise store.TryAgain("The stored data changed since this file was checked. Nothing was stored; check it again.")
    store.run(connection, f"submission/{template.key}_close", version=version)
    store.run(connection, f"submission/{template.key}_insert", version=version, submission=prepared.id)
    _insert_submission(connection, prepared, asked, version)
    history.restate(connection, template.key, prepared.id)
    if prepared.corrects:
        history.supersede(connection, actor, prepared.corrects, prepared.id, asked.reason, version, moment)
    audit(connection, actor, moment, "submission accepted", str(prepared.id), (version - 1, version))
    return version


def _reason(connection: store.Connection, prepared: Prepared, template: Template, asked: Confirmation) -> str:
    """Why there is a new data version, for the list of versions."""
    sent = f"{template.title} from “{prepared.file_name}”" + (f", sent by {asked.sent.name}" if asked.sender else "")
    if prepared.corrects is None:
        return sent
    replaced = history.submission(connection, prepared.corrects)["file_name"]
    return f"{sent}, in place of “{replaced}”. Reason: {checked_reason(asked.reason, shortest=1)}"


def _insert_submission(connection: store.Connection, prepared: Prepared, asked: Confirmation, version: int) -> None:
    template, provenance = prepared.screening.template, asked.provenance
    store.run(
        connection,
        "submission/insert_submission",
        id=prepared.id,
        template=template.key if template else "",
        file_name=prepared.file_name,
        sha256=prepared.sha256,
        original=packed(prepared.content),
        size=len(prepared.content),
        findings=json.dumps([finding.as_dict() for finding in prepared.screening.findings]),
        origin=provenance.origin,
        source=provenance.source,
        edition=provenance.edition,
        invented=provenance.invented,
        sent_by=asked.sent.name,
        sent_email=asked.sent.email or None,
        sent_at=asked.sent.at,
        version=version,
        rows_new=prepared.counts["new"],
        rows_changed=prepared.counts["changed"],
        rows_unchanged=prepared.counts["unchanged"],
    )

"""Files that wait for another person, as the store keeps them: their rows, how they are read again, how they end."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from data import history, store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.mapping import Column, Figure, LeftOut, Mapping
from data.originals import packed, unpacked
from data.periods import day
from data.screening import Progress
from data.submission import Prepared, Provenance, must_be_confirmable, prepare
from data.texts import checked_reason
from data.versions import Moment, audit

Line = dict[str, Any]


@store.retrying
def keep(
    connection: store.Connection,
    actor: Actor,
    prepared: Prepared,
    areas: set[str],
    moment: Moment,
    provenance: Provenance,
    reason: str,
) -> UUID:
    """Keep a prepared file for another person, or find it where it waits already; the identifier under which it waits.

    `areas` are those that it changes figures of. Raises as `submission.confirm`.
    """
    must_be_confirmable(actor, prepared)
    if prepared.corrects:
        history.standing(connection, actor, prepared.corrects)
        reason = checked_reason(reason, shortest=1)
    row = _row(prepared) | {"areas": sorted(areas), "reason": reason if prepared.corrects else ""}
    sent = {"sent_by": actor.name, "sent_email": actor.email, "sent_at": moment.at}
    same = {name: row[name] for name in ("id", "sha256", "mapping", "corrects")}
    with prepared.one_at_a_time, store.transaction(connection):
        if already := store.row(connection, "approvals/same", **same):
            identifier: UUID = already["id"]
            return identifier
        store.run(connection, "approvals/insert_waiting", **row, **asdict(provenance), **sent)
        audit(connection, actor, moment, "submission waits for approval", str(prepared.id))
    return prepared.id


def opened(connection: store.Connection, waiting: UUID | str) -> Line:
    """A file that still waits; raises `UserError` when there is none, or says how it ended."""
    missing = "There is no file with this identifier that waits. Choose one from the list. Nothing was changed."
    found = store.identified(connection, "approvals/waiting", waiting, missing)
    if found["state"]:
        version = f" as data version {found['version']}" if found["version"] else ""
        raise UserError(
            f"“{found['file_name']}” was {found['state']} by {found['ended_by']} on "
            f"{day(found['ended_at'].date())}{version} already. Nothing was changed."
        )
    return found


def prepared_anew(
    connection: store.Connection, actor: Actor, catalogue: Catalogue, found: Line, progress: Progress
) -> Prepared:
    """A file that waits, checked and compared with what is stored today, under the identifier that it will have."""
    mapping = mapping_of(found["mapping"])
    prepared = prepare(
        connection,
        actor,
        catalogue,
        unpacked(bytes(found["original"])),
        found["file_name"],
        template=None if mapping else found["template"],
        mapping=mapping,
        corrects=found["corrects"],
        # Of a table of many areas those rows are read that were read for its sender.
        screened_for=Actor(actor.name, "contributor", frozenset(found["areas"])),
        progress=progress,
    )
    return replace(prepared, id=found["id"])


def end(
    connection: store.Connection,
    actor: Actor,
    found: Line,
    state: str,
    reason: str,
    moment: Moment,
    version: int | None = None,
) -> None:
    """Say how waiting ended, and let go of the bytes, inside the open transaction."""
    ended = {"ended_by": actor.name, "ended_at": moment.at, "version": version}
    store.run(connection, "approvals/insert_end", waiting=found["id"], state=state, reason=reason, **ended)
    store.run(connection, "approvals/empty", id=found["id"])
    versions = (version - 1, version) if version else None
    audit(connection, actor, moment, f"submission {state}", str(found["id"]), versions)


def mapping_of(kept: str) -> Mapping | None:
    """How a file is read, as `keep` wrote it down."""
    if not kept:
        return None
    found = json.loads(kept)
    columns = tuple(Column(**one | {name: tuple(one[name]) for name in ("keep", "areas")}) for one in found["columns"])
    figures = tuple(Figure(**one) for one in found["figures"])
    return Mapping(
        **found
        | {"columns": columns, "figures": figures, "left_out": tuple(LeftOut(**one) for one in found["left_out"])}
    )


def _row(prepared: Prepared) -> Line:
    template, mapping = prepared.screening.template, prepared.screening.mapping
    return {
        "id": prepared.id,
        "template": template.key if template else "",
        "mapping": json.dumps(asdict(mapping)) if mapping else "",
        "corrects": prepared.corrects,
        "file_name": prepared.file_name,
        "sha256": prepared.sha256,
        "original": packed(prepared.content),
        "size": len(prepared.content),
        "facts": prepared.would_store + prepared.counts.get("withdrawn", 0),
    }

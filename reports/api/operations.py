"""What each route does: from a call to an answer. Raises a `Problem`, or a `UserError` that becomes one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from data import PROGRAM_VERSION, publication
from data.backup import backup_live
from data.check import as_dict, outcome
from data.reading import Unreadable
from data.sending import File, Sent, send
from data.sending import check as checked
from data.submission import Prepared
from data.versions import Moment, current_version
from reports.api.answers import Answer, as_file, as_json
from reports.api.calls import Call, checked_name
from reports.api.openapi import description
from reports.api.problems import Problem, described
from reports.archive import csv_file, package_csv, package_descriptor, parquet_file, zip_file
from reports.catalogue_tables import BY_NAME, TABLES
from reports.describing import citation, licences, workspace
from reports.package import Package
from reports.tables import Table

NEWEST = "newest"
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
STORED_ALREADY = (
    "This very file is stored already, as part of data version {version}; nothing was stored again. To store it once "
    "more, because a later file replaced its figures, add again=true."
)
OUTCOMES = {
    "stored": (201, "Stored as data version {version}."),
    "waiting": (202, "The file is in order and waits for another person's approval; nothing is stored until then."),
    "already_stored": (200, STORED_ALREADY),
    "nothing_to_change": (200, "Everything in this file is stored already, so nothing was stored."),
}


def versions(call: Call) -> Answer:
    """Every data version with its days and addresses."""
    publication.must_take_away(call.actor)
    found = publication.versions(call.connection, current_version(call.connection))
    lines = [_line(int(line["version"]), line["as_of"], line["made_on"]) for line in found.to_dict("records")]
    return as_json({"newest": lines[-1]["version"], "versions": lines})


def version(call: Call) -> Answer:
    """What a data version holds."""
    found = _package(call)
    base = _address(found.version)
    about = {
        "version": found.version,
        "as_of": found.as_of,
        "made_on": found.made_on,
        "workspace": workspace(found),
        "demonstration": found.demonstration,
        "citation": citation(found),
        "licences": licences(found),
        "package": f"{base}/package.zip",
        "datapackage": f"{base}/datapackage.json",
        "tables": [_about_table(table, found, base) for table in TABLES],
    }
    return as_json(about)


def package(call: Call) -> Answer:
    """The whole package."""
    return _file(call, zip_file, "consensus-version-{version}.zip")


def datapackage(call: Call) -> Answer:
    """What the package says of itself."""
    return _file(call, package_descriptor, "datapackage-version-{version}.json")


def package_csv_file(call: Call) -> Answer:
    """A table as it is in the package."""
    return _table(call, package_csv, "csv")


def table_csv(call: Call) -> Answer:
    """A table as CSV that stands alone."""
    return _table(call, csv_file, "csv")


def table_parquet(call: Call) -> Answer:
    """A table as Parquet."""
    return _table(call, parquet_file, "parquet")


def check(call: Call) -> Answer:
    """What is wrong with a file, or what it would change."""
    file, limit = _sent_file(call), call.workspace.settings.upload_limit
    try:
        prepared = checked(call.connection, call.actor, call.workspace.catalogue, file, limit)
    except Unreadable as error:
        return as_json(_unreadable(file, error))
    return as_json(_findings(prepared))


def submit(call: Call) -> Answer:
    """Store a file, or say why not."""
    file, again = _sent_file(call), call.query.get("again") == "true"
    workspace = call.workspace
    try:
        sent = send(
            call.connection, call.actor, workspace.catalogue, file, workspace.settings.upload_limit, again=again
        )
    except Unreadable as error:
        raise Problem("not-acceptable", f"The file cannot be read: {error}.", _unreadable(file, error)) from None
    return _submitted(sent)


def backup(call: Call) -> Answer:
    """Make a backup in the server's folder of backups."""
    folder = Path(call.workspace.settings.backups)
    made, manifest = backup_live(call.connection, call.actor, folder, Moment.now())
    return as_json({"file": str(made), "manifest": manifest}, 201)


def ready(call: Call) -> Answer:
    """That the store answers, and at which data version."""
    found = {"status": "ready", "data_version": current_version(call.connection), "program_version": PROGRAM_VERSION}
    return as_json(found)


def health() -> Answer:
    """That the process runs; the store is not asked."""
    return as_json({"status": "running", "program_version": PROGRAM_VERSION})


def problems() -> Answer:
    """Every kind of problem."""
    return as_json({"problems": described()}, Cache_Control="no-cache")


def describe() -> Answer:
    """The description of the routes."""
    return as_json(description(), Cache_Control="no-cache")


OPERATIONS: dict[str, Callable[[Call], Answer]] = {
    "ready": ready,
    "versions": versions,
    "version": version,
    "package": package,
    "datapackage": datapackage,
    "package_csv": package_csv_file,
    "table_csv": table_csv,
    "table_parquet": table_parquet,
    "check": check,
    "submit": submit,
    "backup": backup,
}
WITHOUT_STORE: dict[str, Callable[[], Answer]] = {"health": health, "description": describe, "problems": problems}
"""What is answered at once, whoever asks and whatever the store does."""


def _line(number: int, as_of: date, made_on: date) -> dict[str, Any]:
    days = {"as_of": f"{as_of:%Y-%m-%d}", "made_on": f"{made_on:%Y-%m-%d}"}
    return {"version": number} | days | {"href": _address(number)}


def _about_table(table: Table, found: Package, base: str) -> dict[str, Any]:
    words = {"name": table.name, "title": table.title, "one_row_is": table.description}
    addresses = {"csv": f"{base}/tables/{table.name}.csv", "parquet": f"{base}/parquet/{table.name}.parquet"}
    return words | {"rows": len(found.frames[table.name])} | addresses


def _address(number: int) -> str:
    return f"/api/v1/versions/{number}"


def _package(call: Call) -> Package:
    newest = current_version(call.connection)
    asked = call.path["version"]
    if asked != NEWEST and not (NUMBER.fullmatch(asked) and int(asked) <= newest):
        raise Problem(
            "not-found", f"There is no such data version. The newest is {newest}; “{NEWEST}” stands for it, and "
            "/api/v1/versions lists them all.",
        )  # fmt: skip
    number = newest if asked == NEWEST else int(asked)
    return call.kept.package(call.workspace, call.connection, call.actor, number)


def _file(call: Call, make: Callable[[Package], bytes], name: str) -> Answer:
    found = _package(call)
    return as_file(make(found), name.format(version=found.version))


def _table(call: Call, make: Callable[..., bytes], kind: str) -> Answer:
    table = call.path["table"]
    if table not in BY_NAME:
        raise Problem("not-found", f"There is no such table. There are {', '.join(BY_NAME)}.")
    return _file(call, partial(make, name=table), f"{table}-version-{{version}}.{kind}")


def _sent_file(call: Call) -> File:
    return File(call.body, checked_name(call.query["file_name"]), call.query.get("template"))


def _findings(prepared: Prepared) -> dict[str, Any]:
    """What `data.check --json` says of a file, and what it would change."""
    said = as_dict(outcome(Path(prepared.file_name), prepared))
    return said | {
        "rows_read": prepared.screening.rows_read if prepared.screening.sheet is not None else None,
        "sha256": prepared.sha256,
        "data_version": prepared.base_version,
        "would_change": prepared.counts,
    }


def _unreadable(file: File, error: Unreadable) -> dict[str, Any]:
    return {"file": file.name, "template": None, "acceptable": False, "findings": [error.finding.as_dict()]}


def _submitted(sent: Sent) -> Answer:
    found = _findings(sent.prepared)
    if sent.outcome == "refused":
        raise _refusal(found)
    status, words = OUTCOMES[sent.outcome]
    waiting = str(sent.waiting) if sent.waiting else None
    said = {"outcome": sent.outcome, "detail": words.format(version=sent.version), "version": sent.version}
    headers = {"Location": _address(sent.version)} if status == 201 and sent.version else {}
    return as_json(said | {"waiting": waiting} | found, status, **headers)


def _refusal(found: dict[str, Any]) -> Problem:
    faults = [finding for finding in found["findings"] if finding["level"] == "must_fix"]
    if any(finding["code"] == "area_not_yours" for finding in faults):
        return Problem(
            "not-allowed", "The file speaks of an area that this token may not report for. Nothing was stored.", found
        )
    first = faults[0]
    where = f"row {first['row']}" if first["row"] else "the file"
    more = f", and {len(faults) - 1} more to mend" if len(faults) > 1 else ""
    return Problem(
        "not-acceptable", f"Must be mended first: {where}: {first['message']}{more}. Nothing was stored.", found
    )

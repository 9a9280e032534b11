"""What the answers of the HTTP API hold, as JSON schemas (2020-12), for its description."""

from __future__ import annotations

from typing import Any

from data.findings import LEVELS
from reports.api.problems import KINDS, TYPES

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
DATE: Schema = {"type": "string", "format": "date"}
TRUTH: Schema = {"type": "boolean"}
ANY: Schema = {"type": "object"}


def whole_object(**members: Schema) -> Schema:
    """An object that has every one of these members."""
    return {"type": "object", "required": list(members), "properties": members}


def ref(name: str) -> Schema:
    """A schema of the description by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_none(kind: str) -> Schema:
    return {"type": [kind, "null"]}


FINDING = whole_object(
    level={"enum": list(LEVELS)},
    code=TEXT | {"description": "Explained in docs/how-to/findings.md"},
    row=WHOLE | {"description": "The first row as a spreadsheet counts, the heading is 1; 0 is the whole file"},
    column=TEXT,
    value=TEXT | {"description": "What was found there; never personal data"},
    message=TEXT,
    fix=TEXT,
    rows=_list(WHOLE) | {"description": "The first rows alike"},
    row_count=WHOLE,
)
READ = {"file": TEXT, "template": _or_none("string"), "acceptable": TRUTH, "findings": _list(ref("Finding"))}
COMPARED = {
    "rows_read": _or_none("integer"),
    "sha256": TEXT,
    "data_version": WHOLE | {"description": "The version that it was compared with"},
    "would_change": {"type": "object", "additionalProperties": WHOLE},
}
CHECKED: Schema = {
    "description": "What was found in a file; a file that cannot be read has only the first members",
    "type": "object",
    "required": list(READ),
    "properties": READ | COMPARED,
}
SUBMITTED = whole_object(
    outcome={"enum": ["stored", "waiting", "already_stored", "nothing_to_change"]},
    detail=TEXT,
    version=_or_none("integer") | {"description": "The data version that the file is in; null while it waits"},
    waiting=_or_none("string") | {"description": "The identifier under which it waits for approval"},
    **READ,
    **COMPARED,
)
PROBLEM: Schema = {
    "description": "Problem details (RFC 9457). Members beside these, such as findings, stand where they help.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "enum": [f"{TYPES}#{name}" for name in KINDS]},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "reference": TEXT | {"description": "Under which the server's log names a fault"},
        "findings": _list(ref("Finding")),
    },
}
TABLE = whole_object(name=TEXT, title=TEXT, one_row_is=TEXT, rows=WHOLE, csv=TEXT, parquet=TEXT)
VERSION = whole_object(
    version=WHOLE, as_of=DATE, made_on=DATE, workspace=TEXT, demonstration=TRUTH, citation=TEXT, licences=_list(ANY),
    package=TEXT, datapackage=TEXT, tables=_list(TABLE),
)  # fmt: skip
VERSIONS = whole_object(newest=WHOLE, versions=_list(whole_object(version=WHOLE, as_of=DATE, made_on=DATE, href=TEXT)))
SCHEMAS: dict[str, Schema] = {
    "Health": whole_object(status=TEXT, program_version=TEXT),
    "Ready": whole_object(status=TEXT, data_version=WHOLE, program_version=TEXT),
    "Description": whole_object(openapi=TEXT, info=ANY, paths=ANY),
    "Problems": whole_object(problems=_list(whole_object(type=TEXT, status=WHOLE, title=TEXT, advice=TEXT))),
    "Versions": VERSIONS,
    "Version": VERSION,
    "Finding": FINDING,
    "Checked": CHECKED,
    "Submitted": SUBMITTED,
    "Backup": whole_object(file=TEXT, manifest=ANY),
    "Problem": PROBLEM,
}

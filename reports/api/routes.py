"""Every route of the HTTP API, once: what server.py mounts, what is described, and what the tests compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from data.templates import TEMPLATES
from reports.catalogue_tables import TABLES

Needs = Literal["nothing", "token", "administrator"]
VERSION_WORDS = "A data version: its number, or “newest”"
FILE_TYPES = (
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "application/vnd.ms-excel",  # what Windows calls a CSV where Excel is installed
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)


@dataclass(frozen=True)
class Parameter:
    """A value in the path or behind the question mark, with its JSON schema."""

    name: str
    place: Literal["path", "query"]
    description: str
    schema: dict[str, Any]
    required: bool = True


@dataclass(frozen=True)
class Success:
    """What an answer other than a problem holds: a schema of `reports.api.openapi` by its name, or a file."""

    description: str
    schema: str = ""
    media_type: str = "application/json"


@dataclass(frozen=True)
class Route:
    """One method of one address. `name` is also the name of its function in `reports.api.operations`."""

    name: str
    method: Literal["GET", "POST"]
    path: str
    summary: str
    needs: Needs
    successes: dict[int, Success]
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = ()
    takes_file: bool = False

    @property
    def query(self) -> dict[str, Parameter]:
        """The parameters behind the question mark."""
        return {one.name: one for one in self.parameters if one.place == "query"}


VERSION = Parameter("version", "path", VERSION_WORDS, {"type": "string", "pattern": "^([1-9][0-9]{0,8}|newest)$"})
TABLE = Parameter("table", "path", "A table of the package", {"enum": [table.name for table in TABLES]})
FILE_NAME = Parameter(
    "file_name",
    "query",
    "What the file is called, without a folder: it is shown in the history and the audit trail",
    {"type": "string", "minLength": 1, "maxLength": 200},
)
TEMPLATE = Parameter(
    "template", "query", "The template that the file follows; found out where left out", {"enum": [*TEMPLATES]}, False
)
AGAIN = Parameter(
    "again", "query", "“true” to store a file that is stored already once more", {"enum": ["true", "false"]}, False
)
SENDING = ("too-slow", "too-large", "wrong-content-type", "not-available")


def _file(media_type: str, words: str) -> dict[int, Success]:
    return {200: Success(words, "", media_type), 304: Success("The asker has it already")}


ROUTES = (
    Route("health", "GET", "/healthz", "Whether the process runs", "nothing", {200: Success("It runs", "Health")}),
    Route(
        "ready", "GET", "/readyz", "Whether the store answers", "nothing", {200: Success("It answers", "Ready")},
        problems=("not-available",),
    ),
    Route(
        "description", "GET", "/api/v1/openapi.json", "This description", "nothing",
        {200: Success("An OpenAPI 3.1 description", "Description")},
    ),
    Route(
        "problems", "GET", "/api/v1/problems", "Every kind of problem and what to do about it", "nothing",
        {200: Success("The kinds", "Problems")},
    ),
    Route(
        "versions", "GET", "/api/v1/versions", "Every data version, the newest last", "token",
        {200: Success("The versions", "Versions")}, problems=("not-allowed",),
    ),
    Route(
        "version", "GET", "/api/v1/versions/{version}", "What a data version holds, and where to take it", "token",
        {200: Success("Its tables", "Version")}, (VERSION,), ("not-allowed", "not-found"),
    ),
    Route(
        "package", "GET", "/api/v1/versions/{version}/package.zip", "The whole package of a data version", "token",
        _file("application/zip", "The package of the Data page"), (VERSION,), ("not-allowed", "not-found"),
    ),
    Route(
        "datapackage", "GET", "/api/v1/versions/{version}/datapackage.json",
        "The Frictionless data package; its paths lead to data/ beside it", "token",
        _file("application/json", "datapackage.json of the package"), (VERSION,), ("not-allowed", "not-found"),
    ),
    Route(
        "package_csv", "GET", "/api/v1/versions/{version}/data/{table}.csv", "A table as CSV, as it is in the package",
        "token", _file("text/csv", "The table"), (VERSION, TABLE), ("not-allowed", "not-found"),
    ),
    Route(
        "table_csv", "GET", "/api/v1/versions/{version}/tables/{table}.csv",
        "A table as CSV that stands alone: each row repeats version, day and workspace", "token",
        _file("text/csv", "The table, as the Data page gives it"), (VERSION, TABLE), ("not-allowed", "not-found"),
    ),
    Route(
        "table_parquet", "GET", "/api/v1/versions/{version}/parquet/{table}.parquet", "A table as Parquet", "token",
        _file("application/vnd.apache.parquet", "The table, as the Data page gives it"), (VERSION, TABLE),
        ("not-allowed", "not-found"),
    ),
    Route(
        "check", "POST", "/api/v1/checks", "Check a file; nothing is stored", "token",
        {200: Success("What was found, also where something must be mended", "Checked")}, (FILE_NAME, TEMPLATE),
        SENDING, takes_file=True,
    ),
    Route(
        "submit", "POST", "/api/v1/submissions", "Check a file and store it as the next data version", "token",
        {
            200: Success("Stored already, or nothing in it differs from what is stored", "Submitted"),
            201: Success("Stored as a new data version", "Submitted"),
            202: Success("It waits for another person's approval", "Submitted"),
        },
        (FILE_NAME, TEMPLATE, AGAIN), (*SENDING, "not-allowed", "try-again", "not-acceptable", "refused"),
        takes_file=True,
    ),
    Route(
        "backup", "POST", "/api/v1/backups", "Copy the store into the server's folder of backups", "administrator",
        {201: Success("The copy and its manifest", "Backup")},
        problems=("not-allowed", "refused", "not-available"),
    ),
)  # fmt: skip


def by_path() -> dict[str, dict[str, Route]]:
    """The routes of each address by their methods."""
    found: dict[str, dict[str, Route]] = {}
    for route in ROUTES:
        found.setdefault(route.path, {})[route.method] = route
    return found

"""The description of the HTTP API (OpenAPI 3.1), made of the same table of routes that the server mounts."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from data import PROGRAM_VERSION
from reports.api.problems import KINDS
from reports.api.routes import FILE_TYPES, Parameter, Route, Success, by_path
from reports.api.schemas import SCHEMAS, ref

TOKEN = "token"
EVERYWHERE = ("bad-request", "wrong-host", "headers-too-large", "fault")
WITH_TOKEN = ("no-token", "too-many-requests", "not-available")
BINARY = ("application/zip", "application/vnd.apache.parquet")
ABOUT = (
    "Read what the Data page offers for a data version, check a file, and store it. Every request but those for "
    "health, readiness, this description and the kinds of problems needs a token of an area or of administration. "
    "docs/how-to/api.md shows how to begin."
)


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    scheme = {"type": "http", "scheme": "bearer", "description": "A token made on the page People and access"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Health and Policing Consensus tracker", "version": PROGRAM_VERSION, "summary": "HTTP API",
            "description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "The server that gives this description"}],
        "paths": {
            path: {method.lower(): _operation(route) for method, route in methods.items()}
            for path, methods in by_path().items()
        },
        "components": {"schemas": SCHEMAS, "securitySchemes": {TOKEN: scheme}},
    }  # fmt: skip


def problems_of(route: Route) -> list[str]:
    """The kinds of problem that a route can answer with."""
    signed = WITH_TOKEN if route.needs != "nothing" else ()
    found = dict.fromkeys((*EVERYWHERE, *signed, *route.problems))
    return sorted(found, key=lambda name: (KINDS[name].status, name))


def _operation(route: Route) -> dict[str, Any]:
    body = {"requestBody": _body()} if route.takes_file else {}
    needs = "" if route.needs != "administrator" else " Needs a token of the kind administrator."
    return {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"{route.summary}.{needs}",
        "security": [{TOKEN: []}] if route.needs != "nothing" else [],
        "parameters": [_parameter(one) for one in route.parameters],
        **body,
        "responses": {str(status): _success(one) for status, one in route.successes.items()} | _problems(route),
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = {"type": "string"} | one.schema
    return {
        "name": one.name, "in": one.place, "required": one.required, "description": one.description, "schema": schema,
    }  # fmt: skip


def _body() -> dict[str, Any]:
    words = "The file's bytes: CSV in UTF-8 or Windows-1252, or an Excel workbook"
    return {"required": True, "description": words, "content": {kind: {} for kind in FILE_TYPES}}


def _success(one: Success) -> dict[str, Any]:
    if one.schema:
        return {"description": one.description, "content": {one.media_type: {"schema": ref(one.schema)}}}
    if one.description.startswith("The asker has it"):
        return {"description": one.description}
    schema = (
        {}
        if one.media_type in BINARY
        else {"schema": {"type": "object"} if "json" in one.media_type else {"type": "string"}}
    )
    return {"description": one.description, "content": {one.media_type: schema}, "headers": {"ETag": _header()}}


def _header() -> dict[str, Any]:
    words = "Send it back as If-None-Match: where nothing changed the answer is 304, without a body"
    return {"description": words, "schema": {"type": "string"}}


def _problems(route: Route) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": ref("Problem")}}
    by_status = groupby(problems_of(route), key=lambda name: KINDS[name].status)
    return {
        str(status): {"description": ". ".join(KINDS[name].title for name in names), "content": content}
        for status, names in by_status
    }

"""The description of the HTTP API is a right one by the standard, and of the routes that the server mounts."""

import re
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import compile_path

import server
from reports.api.headers import headers, of_the_pages
from reports.api.openapi import description
from reports.api.operations import OPERATIONS, WITHOUT_STORE
from reports.api.problems import KINDS, of_status
from reports.api.routes import ROUTES
from reports.api.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parents[3]
HOW_TO = (ROOT / "docs" / "how-to" / "api.md").read_text(encoding="utf-8")


def test_the_description_keeps_to_the_standard() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(description()).iter_errors()] == []


def test_a_broken_description_would_be_found() -> None:
    broken = description() | {"info": {"title": "No version"}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors())


def test_what_is_described_is_what_the_server_mounts() -> None:
    described = {(path, method.upper()) for path, methods in description()["paths"].items() for method in methods}
    mounted = {
        (route.path, method)
        for route in server.app._user_routes
        if isinstance(route.endpoint, server.Endpoint)
        for method in route.endpoint.methods
    }
    assert described == mounted == {(route.path, route.method) for route in ROUTES}


def test_every_route_has_its_function_and_every_parameter_of_its_path_is_described() -> None:
    assert {route.name for route in ROUTES} == {*OPERATIONS, *WITHOUT_STORE}
    for route in ROUTES:
        in_path = {one.name for one in route.parameters if one.place == "path"}
        assert in_path == set(compile_path(route.path)[2]), route.name


def test_every_address_that_no_route_has_is_caught() -> None:
    *known, bare, rest = server.app._user_routes
    assert (bare.path, rest.path) == ("/api", "/api/{rest:path}")
    assert all(isinstance(route.endpoint, server.Endpoint) for route in known)


def test_only_health_and_descriptions_are_open() -> None:
    open_to_all = {
        path
        for path, methods in description()["paths"].items()
        for operation in methods.values()
        if operation["security"] == []
    }
    assert open_to_all == {"/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/problems"}


def test_every_schema_is_used() -> None:
    text = str(description())
    assert [name for name in SCHEMAS if f"#/components/schemas/{name}'" not in text] == []


def test_every_kind_of_problem_says_what_to_do_and_is_in_the_guide() -> None:
    for name, kind in KINDS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name) and 400 <= kind.status <= 599
        assert kind.advice.endswith(".") and not kind.title.endswith(".")
        assert f"| `{name}` | {kind.status} |" in HOW_TO, name
    assert len(re.findall(r"^\| `[a-z-]+` \| [45]\d\d \|", HOW_TO, re.MULTILINE)) == len(KINDS)


def test_every_route_is_in_the_guide() -> None:
    assert [route.path for route in ROUTES if f"`{route.method} {route.path}`" not in HOW_TO] == []


def test_the_guide_names_no_host_but_this_machine() -> None:
    assert set(re.findall(r"https?://([\w.-]+)", HOW_TO)) <= {"localhost"}


def test_a_bare_status_is_a_problem_of_that_status_or_a_plain_one() -> None:
    assert [of_status(status).kind for status in (400, 404, 405, 413, 418, 500, 502)] == [
        "bad-request", "not-found", "wrong-method", "too-large", "bad-request", "not-available", "not-available",
    ]  # fmt: skip


def test_the_policy_knows_the_scripts_of_the_start_page_and_no_others() -> None:
    policy = of_the_pages("<html><script>go()</script><script src='a.js'></script></html>")
    assert re.findall(r"'sha256-[^']+'", policy) == ["'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts and "'unsafe-eval'" not in scripts
    assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy), "nothing from elsewhere"


def test_tls_is_promised_only_where_it_is() -> None:
    assert "Strict-Transport-Security" in headers("", "https")
    assert "Strict-Transport-Security" not in headers("", "http")

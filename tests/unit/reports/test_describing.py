"""What a package says of itself, on small frames."""

import io
import json
import zipfile
from datetime import date

import pandas as pd
import pytest

from reports.archive import estimated_size, zip_file
from reports.catalogue_tables import TABLES
from reports.describing import as_json, citation, descriptor, licences, protected, readme, sources
from reports.package import TYPES, Package, shaped

FACT = {
    "indicator": "robbery",
    "area_code": "E23000024",
    "period_start": "2024-01-01",
    "period_end": "2024-12-31",
    "breakdown_type": "total",
    "breakdown": "total",
    "organisation": "whole area",
    "numerator": 12.0,
    "hidden": False,
    "origin": "published",
    "source": "Office for National Statistics, table P1",
    "edition": "year ending December 2024",
    "invented": False,
    "submission_version": 2,
}
VOICE = {"commitment": "COM-1", "summary": "They were asked", "invented": False}


def package(*, kind: str = "empty", **rows: list[dict[str, object]]) -> Package:
    """A package with these rows and no others."""
    frames = {}
    for table in TABLES:
        types = {field.name: TYPES[field.type] for field in table.fields}
        given = pd.DataFrame(rows.get(table.name, []), columns=table.columns)
        bools = [field.name for field in table.fields if field.type == "boolean"]
        frames[table.name] = given.assign(**{name: given[name].eq(True) for name in bools}).astype(types)
    return Package(7, date(2026, 10, 31), date(2026, 11, 2), kind, frames)


def names(found: Package) -> list[str]:
    return [item["name"] for item in licences(found)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, ["OGL-UK-3.0"]),
        ({"observations": [FACT]}, ["OGL-UK-3.0"]),
        ({"observations": [FACT, FACT | {"origin": "reported"}]}, ["OGL-UK-3.0", "ask-the-sender"]),
        ({"observations": [FACT | {"origin": "reported", "invented": True}]}, ["OGL-UK-3.0", "MIT"]),
        ({"insights": [VOICE]}, ["OGL-UK-3.0", "ask-the-sender"]),
        ({"insights": [VOICE | {"invented": True}]}, ["OGL-UK-3.0", "MIT"]),
        ({"insights": [VOICE, VOICE | {"invented": True}]}, ["OGL-UK-3.0", "MIT", "ask-the-sender"]),
    ],
)
def test_licences_follow_from_the_rows(rows: dict[str, list[dict[str, object]]], expected: list[str]) -> None:
    assert names(package(**rows)) == expected


def test_demonstration_says_so_and_real_use_does_not() -> None:
    assert "demonstration" in readme(package(kind="demonstration"))
    assert "demonstration" not in readme(package())


def test_sources_count_their_editions() -> None:
    later = FACT | {"edition": "year ending June 2025"}
    people = [{"area_code": "E1", "mid_year": 2024, "population": 5, "source": "ONS: tables; table P9; rounded"}]
    found = sources(package(observations=[FACT, FACT, later], populations=people))
    assert found == ["Office for National Statistics, table P1 (2 editions)", "Populations: ONS: tables"]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (["already_published", "threshold_7"], "): counts from 1 to 7 (threshold_7) are left out"),
        (
            ["threshold_10", "threshold_7", "threshold_7"],
            "): counts from 1 to 7 (threshold_7) and from 1 to 10 (threshold_10) are left out",
        ),
        (["already_published", "no_people_counted"], "No indicator in it has a rule for small numbers"),
        ([], "No indicator in it has a rule for small numbers"),
    ],
)
def test_rule_for_small_numbers_is_that_of_the_indicators(rules: list[str], told: str) -> None:
    found = package(indicators=[{"disclosure": rule} for rule in rules])
    assert told in protected(found)
    assert protected(found) in " ".join(readme(found).split())


def test_words_say_that_a_second_person_has_checked_what_is_public() -> None:
    measures = {f"data/{table.name}.csv": (1, "00") for table in TABLES}
    for words in (" ".join(readme(package()).split()), descriptor(package(), measures)["description"]):
        assert "Public is what its sender marked so and a second person agreed to." in words
        assert "with fewer than 8 people, or where nobody said how many" in words


def test_citation_names_version_day_and_address() -> None:
    cited = citation(package())
    assert "data version 7, as of 31 October 2026" in cited and "data?version=7" in cited


def test_readme_has_short_lines_and_names_every_table() -> None:
    words = readme(package(observations=[FACT]))
    assert max(map(len, words.splitlines())) <= 120
    assert all(f"- {table.name}: " in words for table in TABLES)
    assert "observations: 1 row." in words and "{" not in words


def test_braces_in_a_source_are_text() -> None:
    assert "{title} (1 edition)" in readme(package(observations=[FACT | {"source": "{title}"}]))


def test_descriptor_says_when_the_version_was_stored_not_when_it_is_made() -> None:
    measures = {f"data/{table.name}.csv": (1, "00") for table in TABLES}
    said = json.loads(as_json(descriptor(package(observations=[FACT]), measures)))
    assert (said["version"], said["as_of"], said["created"]) == ("7", "2026-10-31", "2026-11-02T00:00:00Z")
    (observations, *_) = said["resources"]
    assert observations["rows"] == 1 and observations["hash"] == "sha256:00"
    units = {field["name"]: field.get("unit") for field in observations["schema"]["fields"]}
    assert units["value"] == "the indicator’s unit" and units["note"] is None
    assert observations["schema"]["missingValues"] == [""]


def test_size_is_guessed_from_some_rows() -> None:
    many = [FACT | {"numerator": float(number)} for number in range(1000, 3000)]
    found = package(observations=many)
    with zipfile.ZipFile(io.BytesIO(zip_file(found))) as archive:
        size = archive.getinfo("data/observations.csv").file_size
    assert estimated_size(found, "observations") == pytest.approx(size, rel=0.01)
    assert 0 < estimated_size(found, "targets") < 200


def test_files_are_the_same_each_time() -> None:
    assert zip_file(package(observations=[FACT])) == zip_file(package(observations=[FACT]))
    other = zip_file(package(observations=[FACT | {"numerator": 13.0}]))
    assert zip_file(package(observations=[FACT])) != other


def test_lists_become_text_and_blank_text_is_missing() -> None:
    (table,) = (one for one in TABLES if one.name == "commitments")
    given = {"key": ["A", "B"], "title": [["x", "y"], ""], "summary": ["s", None], "section": ["c", "c"]}
    found = shaped(pd.DataFrame({**given, "position": [1, 2], "more": [0, 0]}), table)
    assert found.columns.tolist() == table.columns
    assert found["title"].tolist()[0] == "x; y" and found["title"].isna().tolist() == [False, True]
    assert found["summary"].isna().tolist() == [False, True]

"""The package of a real workspace: what its description says is in it is in it, by the library of the standard."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as parquet
import pytest
from frictionless import Package as Described

from data import publication, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from metrics.baseline import change_of_sums, change_since
from metrics.comparison import against_benchmark, overdispersion
from metrics.places import every_place
from metrics.values import evaluate
from reports.archive import zip_file
from reports.catalogue_tables import TABLES
from reports.expected import areas_of, expected_pairs, memberships, rules_of
from reports.package import Package, collect
from reports.protection import protected
from tests.source_files import ROOT

SCRIPT = ROOT / "docs" / "how-to" / "recompute.py"
EVALUATOR = Actor("An evaluator", "evaluator")


@pytest.fixture(scope="session")
def package(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Package:
    return collect(demonstration, EVALUATOR, catalogue, latest_version, "demonstration")


@pytest.fixture(scope="session")
def zipped(package: Package) -> bytes:
    return zip_file(package)


@pytest.fixture
def folder(zipped: bytes, tmp_path: Path) -> Path:
    """The package, unpacked for a test of its own."""
    zipfile.ZipFile(io.BytesIO(zipped)).extractall(tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def early(demonstration: Connection, catalogue: Catalogue, tmp_path: Path) -> Path:
    """A small package, of an early version, unpacked for a test of its own."""
    found = collect(demonstration, EVALUATOR, catalogue, 2, "demonstration")
    zipfile.ZipFile(io.BytesIO(zip_file(found))).extractall(tmp_path / "early")
    return tmp_path / "early"


def faults(folder: Path) -> set[str]:
    """The kinds of faults that the standard's own library finds in a package."""
    report = Described(str(folder / "datapackage.json")).validate()
    return {str(kind) for (kind,) in report.flatten(["type"])}


def test_package_is_what_it_says(folder: Path, package: Package) -> None:
    report = Described(str(folder / "datapackage.json")).validate()
    assert report.valid and report.flatten(["type", "message"]) == []
    checked = {task.name: task.stats["rows"] for task in report.tasks}
    assert checked == {name: len(frame) for name, frame in package.frames.items()}
    assert min(checked.values()) > 0


def test_every_file_is_there_twice_and_says_the_same(folder: Path, package: Package) -> None:
    for table in TABLES:
        read = pd.read_csv(folder / "data" / f"{table.name}.csv", keep_default_na=False, na_values=[""])
        kept = parquet.read_table(folder / "parquet" / f"{table.name}.parquet")
        assert read.columns.tolist() == kept.column_names == table.columns
        assert len(read) == kept.num_rows == len(package.frames[table.name])
        assert [int(read[name].isna().sum()) for name in read] == [column.null_count for column in kept.columns]


def rewritten(folder: Path, name: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    """Change the rows of a table, and have the description vouch for the changed file."""
    path, described = folder / "data" / f"{name}.csv", folder / "datapackage.json"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    says = json.loads(described.read_text(encoding="utf-8"))
    (resource,) = (one for one in says["resources"] if one["name"] == name)
    content = path.read_bytes()
    resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    described.write_text(json.dumps(says), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("results", lambda rows: rows[0].update(value="many"), "type-error"),
        ("observations", lambda rows: rows[0].update(period_end="31/12/2024"), "type-error"),
        ("observations", lambda rows: rows[0].update(origin="heard"), "constraint-error"),
        ("observations", lambda rows: rows[0].update(source=""), "constraint-error"),
        ("results", lambda rows: rows.append(rows[0]), "primary-key"),
        ("results", lambda rows: rows[0].update(indicator="nobody_knows"), "foreign-key"),
        ("changes", lambda rows: rows[0].update(area_code="E99999999"), "foreign-key"),
        ("observations", lambda rows: rows[0].update(submission_version="99"), "foreign-key"),
        ("areas", lambda rows: rows.pop(), "foreign-key"),
    ],
)
def test_broken_package_is_refused(early: Path, name: str, change: Callable[..., object], fault: str) -> None:
    rewritten(early, name, change)
    assert fault in faults(early)


def test_rewriting_alone_breaks_nothing(early: Path) -> None:
    rewritten(early, "results", lambda rows: None)
    assert faults(early) == set()


def test_file_that_was_changed_afterwards_is_refused(early: Path) -> None:
    path = early / "data" / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b",77050,", b",77051,"))
    assert faults(early) == {"hash-count"}


def test_same_version_gives_the_same_bytes(
    demonstration_copy: Path, catalogue: Catalogue, latest_version: int, zipped: bytes
) -> None:
    with store.connect(str(demonstration_copy)) as connection:
        again = collect(connection, LOCAL_ADMINISTRATOR, catalogue, latest_version, "demonstration")
    assert zip_file(again) == zipped


def test_results_are_those_of_the_pages(
    package: Package, demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    own = evaluate(queries.observations(demonstration, latest_version))
    pages = protected(every_place(own, memberships(areas_of(catalogue))), catalogue)
    keys = ["indicator", "area_code", "period_start", "period_end"]
    columns = [*keys, "numerator", "denominator", "value", "lower", "upper", "hidden"]
    expected, found = (
        frame[columns].sort_values(keys, ignore_index=True) for frame in (pages, package.frames["results"])
    )
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert found["hidden"].any()


def figures(package: Package, indicator: str, end: str) -> pd.DataFrame:
    found = package.frames["results"]
    return found[(found["indicator"] == indicator) & (found["period_end"] == pd.Timestamp(end))]


def test_words_beside_england_are_those_of_the_method(package: Package) -> None:
    rates = figures(package, "violence_with_injury", "2024-12-31")
    england = rates.set_index("area_code").loc["E92000001", "value"]
    compared = against_benchmark(rates.assign(benchmark=england, polarity="no_judgement"))
    others = rates["area_code"] != "E92000001"
    assert rates.loc[others, "comparison"].tolist() == compared.loc[others, "comparison"].tolist()
    assert rates.set_index("area_code").loc["E92000001", "comparison"] == "not_compared"
    assert (rates["comparison"].isin(["higher", "lower"])).sum() > 20


def test_attention_is_that_of_the_method_over_areas_of_england(package: Package, catalogue: Catalogue) -> None:
    rates = figures(package, "violence_with_injury", "2024-12-31")
    areas = rates[rates["area_code"].str.startswith("E23") & rates["value"].notna()]
    assert len(areas) == 38
    of_all = rates.set_index("area_code").loc["E92000001", "value"]
    counts = areas[["numerator", "denominator"]].assign(england=of_all)
    expected = overdispersion(counts, "rate", 100_000, average="england")
    for name in ("dispersion", "adjusted_lower_998", "adjusted_upper_998"):
        assert areas[name].tolist() == pytest.approx(expected[name].tolist())
    assert areas["attention"].tolist() == expected["attention"].tolist()
    rest = rates[~rates.index.isin(areas.index)].set_index("area_code")
    assert rest["attention"].isna().all() and rest["attention_reason"].notna().all()
    assert rest.loc["E23000034", "attention_reason"] == "rate not given: small resident population"


def test_counts_are_not_compared(package: Package, catalogue: Catalogue) -> None:
    counts = [key for key, item in catalogue.indicators.items() if item.measure == "count"]
    found = package.frames["results"][package.frames["results"]["indicator"].isin(counts)]
    assert len(found) > 50 and set(found["comparison"]) == {"not_compared"}
    assert found["benchmark"].isna().all() and found["comparison_reason"].notna().all()


def test_changes_follow_from_the_figures_shown(package: Package) -> None:
    changes = package.frames["changes"]
    pd.testing.assert_series_equal(
        changes["difference"], changes["value"] - changes["earlier_value"], check_names=False
    )
    known = package.frames["results"].set_index(["indicator", "area_code", "period_end"])["value"]
    own = changes[changes["areas_included"].isna() & changes["value"].notna()]
    latest = known.loc[pd.MultiIndex.from_frame(own[["indicator", "area_code", "period_end"]])]
    assert own["value"].tolist() == latest.tolist()
    assert {"improved", "worsened", "no_clear_change", "cannot_be_calculated"} <= set(changes["change"])
    told = changes["change"] == "cannot_be_calculated"
    assert changes.loc[told, "reason"].notna().all() and changes.loc[~told, "reason"].isna().all()
    assert changes.query("area_code == 'E92000001'")["areas_included"].notna().all()


def test_changes_are_those_of_the_pages(
    package: Package, demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    own = evaluate(queries.observations(demonstration, latest_version))
    shown = protected(every_place(own, memberships(areas_of(catalogue))), catalogue)
    of_areas = change_since(
        shown[shown["areas_included"].isna()], expected_pairs(rules_of(catalogue), areas_of(catalogue)), package.as_of
    )
    both = pd.concat([of_areas, change_of_sums(of_areas, memberships(areas_of(catalogue)))])
    keys, told = ["indicator", "area_code"], ["value", "difference_lower", "difference_upper", "change", "reason"]
    expected, found = (
        frame[keys + told].sort_values(keys, ignore_index=True) for frame in (both, package.frames["changes"])
    )
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def recompute(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", str(SCRIPT), str(path), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)


@pytest.mark.parametrize("chosen", [(), ("robbery", "E23000005", "2025-06-30"), ("violence_with_injury", "E23000001")])
def test_anybody_can_work_a_published_figure_out_again(zipped: bytes, tmp_path: Path, chosen: tuple[str, ...]) -> None:
    (tmp_path / "package.zip").write_bytes(zipped)
    done = recompute(tmp_path / "package.zip", *chosen)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.count("worked out:") == 2 and done.stdout.endswith("They agree.\n")


def test_script_tells_a_package_whose_counts_were_changed(folder: Path) -> None:
    def more(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if (row["indicator"], row["area_code"]) == ("violence_with_injury", "E23000024"):
                row["numerator"] = str(int(row["numerator"]) + 1)

    rewritten(folder, "observations", more)
    target = folder.parent / "changed.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted((folder / "data").iterdir()):
            archive.write(path, f"data/{path.name}")
    done = recompute(target)
    assert done.returncode == 1 and done.stdout.endswith("They do not agree.\n")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (("homicide", "E23000024", "2024-12-31"), "fewer than 10 events"),
        (("robbery", "E23000024", "2011-01-31"), "no figure of robbery"),
    ],
)
def test_script_says_what_it_cannot_do(zipped: bytes, tmp_path: Path, chosen: tuple[str, ...], words: str) -> None:
    (tmp_path / "package.zip").write_bytes(zipped)
    done = recompute(tmp_path / "package.zip", *chosen)
    assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("version", [1, 2, 10, 13])
def test_earlier_version_is_whole_and_knows_nothing_of_later_ones(
    demonstration: Connection, catalogue: Catalogue, tmp_path: Path, version: int
) -> None:
    found = collect(demonstration, EVALUATOR, catalogue, version, "demonstration")
    zipfile.ZipFile(io.BytesIO(zip_file(found))).extractall(tmp_path)
    assert faults(tmp_path) == set()
    versions, facts = found.frames["versions"], found.frames["observations"]
    assert versions["version"].tolist() == list(range(1, version + 1))
    assert found.as_of == versions["as_of"].iloc[-1].date()
    assert not facts["invented"].any() and found.frames["insights"].empty and found.frames["targets"].empty
    assert len(facts) == publication.observations(demonstration, EVALUATOR, version).shape[0]
    assert facts.empty or facts["submission_version"].max() <= version


def test_version_that_is_not_there_is_refused_in_words(demonstration: Connection, catalogue: Catalogue) -> None:
    for version in (0, 19, -1):
        with pytest.raises(UserError, match=f"no data version {version}"):
            collect(demonstration, EVALUATOR, catalogue, version, "demonstration")


def test_who_may_only_look_is_refused_in_words(demonstration: Connection, catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match="A reader may look at every page, but not take all"):
        collect(demonstration, Actor("A reader", "viewer"), catalogue, 18, "demonstration")
    for read in (publication.observations, publication.insights):
        with pytest.raises(UserError, match="A reader may look at every page, but not take all"):
            read(demonstration, Actor("A reader", "viewer"), 18)
    sender = Actor("A sender", "contributor", frozenset({"E23000024"}))
    assert collect(demonstration, sender, catalogue, 2, "demonstration").version == 2


def test_empty_workspace_has_a_whole_package(empty: Connection, catalogue: Catalogue, tmp_path: Path) -> None:
    found = collect(empty, LOCAL_ADMINISTRATOR, catalogue, 1, "empty")
    zipfile.ZipFile(io.BytesIO(zip_file(found))).extractall(tmp_path)
    assert faults(tmp_path) == set()
    assert found.frames["observations"].empty and len(found.frames["areas"]) == len(catalogue.areas)
    assert "demonstration" not in (tmp_path / "README.txt").read_text(encoding="utf-8")

"""What leaves the program holds no small number, no words of few people, nothing kept to areas or steering groups."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.store import Connection
from reports.archive import csv_file, parquet_file, zip_file
from reports.package import Package, collect
from tests.integration.storing import KENT, NORFOLK, SUFFOLK, as_csv, check_public, fact, facts, rows, send, voice

RULED, OPEN = "s136_health_based_place", "organisations_with_published_vision"


@pytest.fixture(scope="session")
def package(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Package:
    return collect(demonstration, LOCAL_ADMINISTRATOR, catalogue, latest_version, "demonstration")


def latest(connection: Connection, catalogue: Catalogue, version: int) -> Package:
    return collect(connection, LOCAL_ADMINISTRATOR, catalogue, version, "empty")


def test_no_small_count_of_the_demonstration_leaves(package: Package, catalogue: Catalogue) -> None:
    ruled = [key for key, item in catalogue.indicators.items() if item.disclosure == "threshold_7"]
    for name in ("observations", "results"):
        found = package.frames[name][package.frames[name]["indicator"].isin(ruled)]
        counted = found[found["indicator"].isin([key for key in ruled if catalogue.indicators[key].measure != "mean"])]
        assert len(counted) > 1000 and counted["hidden"].any()
        assert (counted["numerator"].dropna() % 5 == 0).all() and (counted["denominator"].dropna() % 5 == 0).all()
        assert found.loc[found["hidden"], ["numerator", "denominator", "value", "lower", "upper"]].isna().all(axis=None)
    facts = package.frames["observations"]
    assert facts.loc[facts["indicator"].isin(ruled), "comment"].isna().all()
    assert facts.loc[~facts["indicator"].isin(ruled), "comment"].notna().any()


def test_same_figures_are_hidden_in_both_tables(package: Package) -> None:
    keys = ["indicator", "area_code", "period_start", "period_end"]
    both = package.frames["observations"].merge(package.frames["results"], on=keys, suffixes=("", "_result"))
    assert len(both) == len(package.frames["observations"])
    told = both["numerator"].notna() | both["value"].notna()
    assert (both["hidden"] == both["hidden_result"])[told].all()


def test_published_figures_are_as_they_were_published(
    package: Package, demonstration: Connection, latest_version: int
) -> None:
    exact = rows(
        demonstration,
        "SELECT sum(numerator), count(*) FROM observation o JOIN submission s ON s.id = o.submission "
        f"WHERE s.origin = 'published' AND from_version <= {latest_version} AND until_version IS NULL",
    )
    facts = package.frames["observations"].query("origin == 'published'")
    assert [(facts["numerator"].sum(), len(facts))] == exact
    assert not facts["hidden"].any() and facts["value"].isna().all()


def part(numerator: int, denominator: int, sex: str = "", organisation: str = "", **more: str) -> dict[str, object]:
    kind = {"breakdown_type": "sex", "breakdown": sex} if sex else {"breakdown_type": "", "breakdown": ""}
    return fact(NORFOLK, numerator, denominator) | kind | {"organisation": organisation, "comment": ""} | more


def by_part(package: Package) -> pd.DataFrame:
    return package.frames["observations"].query("area_code == @NORFOLK").set_index(["breakdown", "organisation"])


def test_part_that_could_be_worked_out_from_its_total_is_hidden_too(empty: Connection, catalogue: Catalogue) -> None:
    sexes = [part(4, 20, "female"), part(31, 40, "male"), part(35, 60, comment="4 of them women")]
    _, version = send(empty, catalogue, facts(*sexes))
    found = by_part(latest(empty, catalogue, version))
    assert found["hidden"].to_dict() == {
        ("female", "whole area"): True,
        ("male", "whole area"): True,
        ("total", "whole area"): False,
    }
    total = found.loc[("total", "whole area")]
    assert (total["numerator"], total["denominator"]) == (35, 60) and pd.isna(total["comment"])


def test_organisations_are_parts_of_their_area(empty: Connection, catalogue: Catalogue) -> None:
    shares = [part(4, 20, organisation="One trust"), part(31, 40, organisation="Another"), part(35, 60)]
    _, version = send(empty, catalogue, facts(*shares))
    found = by_part(latest(empty, catalogue, version))
    assert found["hidden"].to_dict() == {
        ("total", "Another"): True,
        ("total", "One trust"): True,
        ("total", "whole area"): False,
    }


def test_parts_of_an_organisation_are_protected_by_its_own_total(empty: Connection, catalogue: Catalogue) -> None:
    of_one = [part(4, 20, "female", "One trust"), part(31, 40, "male", "One trust"), part(35, 60, "", "One trust")]
    _, version = send(empty, catalogue, facts(*of_one, part(80, 120)))
    found = by_part(latest(empty, catalogue, version))
    assert found.loc[("female", "One trust"), "hidden"] and found.loc[("male", "One trust"), "hidden"]
    assert found.loc[("total", "whole area"), "numerator"] == 80


def test_part_that_does_not_fill_its_total_hides_nothing_more_unless_the_rest_is_small(
    empty: Connection, catalogue: Catalogue
) -> None:
    _, version = send(empty, catalogue, facts(part(31, 40, "male"), part(80, 120)))
    assert not by_part(latest(empty, catalogue, version))["hidden"].any()
    _, version = send(empty, catalogue, facts(part(77, 117, "male")))
    assert by_part(latest(empty, catalogue, version))["hidden"].to_dict() == {
        ("total", "whole area"): False,
        ("male", "whole area"): True,
    }


def test_parts_that_overlap_hide_no_total(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(part(4, 50, "female"), part(50, 60, "male"), part(50, 60)))
    assert by_part(latest(empty, catalogue, version))["hidden"].to_dict() == {
        ("total", "whole area"): False,
        ("female", "whole area"): True,
        ("male", "whole area"): False,
    }


def test_parts_without_a_small_count_are_rounded_and_stay(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(part(14, 23, "female"), part(31, 40, "male"), part(45, 63)))
    found = by_part(latest(empty, catalogue, version))
    assert not found["hidden"].any()
    assert found["numerator"].tolist() == [45, 15, 30] and found["denominator"].tolist() == [65, 25, 40]


def test_part_that_was_small_once_stays_hidden(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts(part(4, 20, "female"), part(31, 40, "male"), part(35, 60)))
    _, version = send(empty, catalogue, facts(part(20, 30, "female")))
    found = by_part(latest(empty, catalogue, version))
    assert found.loc[("female", "whole area"), "hidden"] and pd.isna(found.loc[("female", "whole area"), "numerator"])


def test_rule_that_came_later_holds_for_earlier_versions(empty: Connection, catalogue: Catalogue) -> None:
    few = [fact(NORFOLK, 4, 20), fact(SUFFOLK, 3, 20), fact(KENT, 40, 60)]
    _, version = send(empty, catalogue, facts(*(row | {"indicator": OPEN} for row in few)))
    shown = latest(empty, catalogue, version).frames
    assert shown["observations"]["numerator"].tolist() == [4, 3, 40]
    stricter = replace(catalogue.indicators[OPEN], disclosure="threshold_7")
    later = replace(catalogue, indicators=catalogue.indicators | {OPEN: stricter})
    hidden = latest(empty, later, version).frames
    assert hidden["observations"].set_index("area_code")["hidden"].to_dict() == {
        NORFOLK: True,
        SUFFOLK: True,
        KENT: False,
    }
    assert hidden["indicators"].set_index("key").loc[OPEN, "disclosure"] == "threshold_7"


def test_only_public_evidence_leaves(package: Package, demonstration: Connection) -> None:
    heard = package.frames["insights"]
    kept = rows(
        demonstration,
        "SELECT visibility = 'public', summary, quote, consent_to_publish, participants FROM insight "
        "WHERE until_version IS NULL",
    )
    public = [row for row in kept if row[0]]
    assert 0 < len(public) < len(kept) and len(heard) == len(public)
    assert sorted(heard["summary"]) == sorted(row[1] for row in public)
    spoken = sorted(quote for _, _, quote, consent, people in public if quote and consent and (people or 0) >= 8)
    assert spoken and sorted(heard["quote"].dropna()) == spoken
    assert heard["participants"].dropna().min() >= 8


def whole(package: Package) -> str:
    """Everything in the package's CSVs, as text."""
    with zipfile.ZipFile(io.BytesIO(zip_file(package))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return "\n".join(archive.read(name).decode("utf-8-sig").replace('""', '"') for name in names)


@pytest.mark.parametrize(
    ("people", "consent", "quote", "number"),
    [("8", "yes", True, 8), ("7", "yes", False, None), ("", "yes", False, None)],
)
def test_words_of_few_people_stay_here(
    empty: Connection, catalogue: Catalogue, people: str, consent: str, quote: bool, number: int | None
) -> None:
    row = voice(quote="They came", consent_to_publish=consent, visibility="public", participants=people, grade="4")
    _, version = send(empty, catalogue, as_csv([row]))
    check_public(empty)
    (found,) = latest(empty, catalogue, version).frames["insights"].to_dict("records")
    assert (found["quote"] == "They came") is quote
    assert found["participants"] == number if number else pd.isna(found["participants"])
    assert found["grade"] == 4


def test_evidence_is_kept_back_unless_it_says_public(empty: Connection, catalogue: Catalogue) -> None:
    said = [
        voice(visibility=who, source_reference=f"reference {who}", summary=f"Kept {who}")
        for who in ("area", "steering", "")
    ]
    _, version = send(empty, catalogue, as_csv([*said, voice(visibility="public", summary="Told to all")]))
    assert latest(empty, catalogue, version).frames["insights"].empty
    check_public(empty)
    found = latest(empty, catalogue, version)
    assert found.frames["insights"]["summary"].tolist() == ["Told to all"] and "Kept" not in whole(found)


def test_formula_of_a_sender_is_harmless(empty: Connection, catalogue: Catalogue) -> None:
    evil = '=HYPERLINK("http://example.org")'
    sent = fact(NORFOLK, 40, 60, indicator=OPEN, comment=evil)
    _, version = send(empty, catalogue, facts(sent))
    found = latest(empty, catalogue, version)
    read = pd.read_csv(io.BytesIO(csv_file(found, "observations")))
    assert read["comment"].tolist() == [f"'{evil}"]
    assert pd.read_parquet(io.BytesIO(parquet_file(found, "observations")))["comment"].tolist() == [evil]


def test_reported_figures_say_so_and_name_nobody(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts())
    found = latest(empty, catalogue, version)
    (row,) = found.frames["observations"].to_dict("records")
    assert (row["origin"], row["source"], row["submission_version"]) == ("reported", "Reported by the area", version)
    assert LOCAL_ADMINISTRATOR.name not in whole(found)

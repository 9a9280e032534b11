"""The demonstration workspace: real figures with their gaps and revisions, and invented rows that say that they are."""

from datetime import date

import pandas as pd
import pytest

from data import queries
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.rulings import KINDS
from data.store import Connection
from metrics.baseline import change_since
from reports.expected import areas_of, expected_pairs, rules_of
from tests.integration.storing import rows

ENGLAND, NORTH_WEST, GREATER_MANCHESTER, SUFFOLK = "E92000001", "E12000002", "E23000005", "E23000025"
HELD_ON, AS_OF = date(2026, 7, 14), date(2026, 10, 31)
GAPS = ["2019-09-30", "2019-12-31"]
RECORDED_CRIME = [
    "burglary",
    "criminal_damage_and_arson",
    "drug_offences",
    "homicide",
    "possession_of_weapons",
    "public_order_offences",
    "robbery",
    "sexual_offences",
    "stalking_and_harassment",
    "violence_with_injury",
    "violence_without_injury",
]


@pytest.fixture(scope="module")
def observed(demonstration: Connection, latest_version: int) -> pd.DataFrame:
    return queries.observations(demonstration, latest_version)


def version_with(connection: Connection, file: str) -> int:
    """The data version that a file became."""
    return int(rows(connection, f"SELECT version FROM submission WHERE file_name = '{file}'")[0][0])


def knife_offences(connection: Connection, version: int) -> pd.DataFrame:
    found = queries.observations(connection, version, indicator="knife_offences")
    return found.set_index(["area_code", "period_end"]).sort_index()


def test_there_are_the_39_forces_of_england_in_nine_regions(observed: pd.DataFrame) -> None:
    areas = observed[["area_code", "area_name", "area_type", "region_code"]].drop_duplicates()
    assert len(areas) == areas["area_code"].nunique() == 39 and set(areas["area_type"]) == {"police_force_area"}
    assert areas["region_code"].nunique() == 9 and not observed["comparator_only"].any()


def test_every_force_has_every_published_figure_or_a_note(observed: pd.DataFrame) -> None:
    published = observed[~observed["invented"]]
    counts = published.groupby(["indicator", "period_end"])["area_code"].nunique()
    assert set(counts) == {39} and set(published["indicator"]) == {*RECORDED_CRIME, "knife_offences"}
    assert counts.groupby("indicator").size().to_dict() == dict.fromkeys(RECORDED_CRIME, 11) | {"knife_offences": 12}
    assert published["note"].notna().equals(published["numerator"].isna())


def test_published_rows_name_where_they_are_from_and_are_not_invented(observed: pd.DataFrame) -> None:
    published = observed[observed["origin"] == "published"]
    assert not published["invented"].any()
    assert published["source"].str.startswith("Office for National Statistics, Crime in England and Wales").all()
    assert published["edition"].str.startswith("year ending ").all()


def test_every_invented_observation_says_so_itself(observed: pd.DataFrame) -> None:
    reported = observed[observed["origin"] == "reported"]
    assert reported["invented"].all() and (reported["comment"] == "Invented for demonstration").all()
    assert (reported["source"] == "Invented for demonstration").all()
    assert len(reported) == observed["invented"].sum() > 7000
    assert reported["period_end"].max() > pd.Timestamp("2025-07-31")


def test_no_indicator_mixes_invented_and_published_figures(observed: pd.DataFrame) -> None:
    assert observed.groupby("indicator")["invented"].nunique().eq(1).all()


def test_every_insight_says_that_it_is_invented(demonstration: Connection, latest_version: int) -> None:
    heard = queries.insights(demonstration, LOCAL_ADMINISTRATOR, latest_version)
    assert len(heard) == 474 and heard["invented"].all()
    assert heard["source_reference"].str.startswith("Invented-").all()


def test_the_review_its_actions_and_the_targets_say_that_they_are_invented(
    demonstration: Connection, latest_version: int
) -> None:
    found = (
        queries.reviews(demonstration, latest_version, ENGLAND),
        queries.actions(demonstration, latest_version),
        queries.targets(demonstration, latest_version),
    )
    assert [len(frame) for frame in found] == [1, 9, 4] and all(frame["invented"].all() for frame in found)


@pytest.mark.parametrize("end", GAPS)
@pytest.mark.parametrize("indicator", RECORDED_CRIME)
def test_the_gap_of_greater_manchester_is_a_gap_and_no_fall(places: pd.DataFrame, indicator: str, end: str) -> None:
    here = places[(places["indicator"] == indicator) & (places["period_end"] == end)].set_index("area_code")
    gap = here.loc[GREATER_MANCHESTER]
    assert (gap["note"], gap["reason"]) == ("x", "not available")
    assert gap[["numerator", "value", "lower", "upper", "method"]].isna().all()
    included = here[["areas_included", "areas_expected"]]
    assert included.loc[ENGLAND].tolist() == [38, 39] and included.loc[NORTH_WEST].tolist() == [4, 5]
    forces = here[here["area_type"] == "police_force_area"]
    assert here.loc[ENGLAND, "numerator"] == forces["numerator"].sum()
    assert here.loc[ENGLAND, "denominator"] == forces["denominator"].drop(GREATER_MANCHESTER).sum()
    assert pd.notna(here.loc[ENGLAND, "value"])


def test_outside_the_gap_every_sum_of_recorded_crime_is_whole(places: pd.DataFrame) -> None:
    sums = places[places["indicator"].isin(RECORDED_CRIME) & (places["area_code"] == ENGLAND)]
    whole = sums[~sums["period_end"].isin(pd.to_datetime(GAPS))]
    assert len(whole) == 11 * 9 and set(whole["areas_included"]) == {39}


def test_knife_offences_as_first_published_are_shown_at_the_version_before(demonstration: Connection) -> None:
    revised = version_with(demonstration, "knife_offences_edition_december_2024.csv")
    first, second = (knife_offences(demonstration, version) for version in (revised - 1, revised))
    assert len(first) == 39 * 9 and len(second) == 39 * 12
    assert set(first["edition"]) == {"year ending September 2019"}
    suffolk = SUFFOLK, pd.Timestamp("2018-03-31")
    assert (first.loc[suffolk, "numerator"], second.loc[suffolk, "numerator"]) == (146, 822)
    assert second.loc[suffolk, "edition"] == "year ending December 2024"
    assert second.loc[suffolk, "comment"].startswith("First published as 146")
    both = first.join(second, how="inner", suffixes=("_first", "_second")).dropna(
        subset=["numerator_first", "numerator_second"]
    )
    assert len(both) == 349 and (both["numerator_first"] != both["numerator_second"]).sum() == 310


def test_a_figure_first_withheld_was_given_later(demonstration: Connection) -> None:
    revised = version_with(demonstration, "knife_offences_edition_december_2024.csv")
    first, second = (knife_offences(demonstration, version) for version in (revised - 1, revised))
    years = [(GREATER_MANCHESTER, pd.Timestamp(end)) for end in ("2018-03-31", "2019-03-31")]
    assert first.loc[years, "note"].tolist() == ["x", "x"] and first.loc[years, "numerator"].isna().all()
    assert second.loc[years, "numerator"].tolist() == [1952, 3169]


def test_later_versions_do_not_disturb_the_revision(demonstration: Connection, latest_version: int) -> None:
    revised = version_with(demonstration, "knife_offences_edition_december_2024.csv")
    pd.testing.assert_frame_equal(knife_offences(demonstration, revised), knife_offences(demonstration, latest_version))
    assert knife_offences(demonstration, 8).empty


def test_figures_restated_in_october_2026_are_marked_as_revised(demonstration: Connection) -> None:
    october = version_with(demonstration, "invented_process_measures_october_2026.csv")
    keys = ["indicator", "area_code", "period_end"]
    before, after = (queries.observations(demonstration, version).set_index(keys) for version in (october - 1, october))
    both = before.join(after, how="inner", suffixes=("_before", ""))
    restated = both[both["edition"] != both["edition_before"]]
    assert len(restated) == 31 and set(restated["note"]) == {"r"}


def test_the_review_is_pinned_to_the_version_of_its_day(demonstration: Connection, latest_version: int) -> None:
    (review,) = queries.reviews(demonstration, latest_version, ENGLAND).to_dict("records")
    versions = queries.data_versions(demonstration)
    newest = max(line["version"] for line in versions if line["as_of"] <= HELD_ON)
    assert review["held_on"].date() == HELD_ON and review["version"] == newest
    assert newest == version_with(demonstration, "invented_insights.csv")
    assert newest < version_with(demonstration, "invented_process_measures_october_2026.csv")
    seen = queries.observations(demonstration, newest)
    assert "sent in October 2026" not in set(seen["edition"]) and "sent in July 2026" in set(seen["edition"])


def test_the_review_judged_every_commitment(
    demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    ((review, pinned),) = queries.reviews(demonstration, latest_version, ENGLAND)[["id", "version"]].to_numpy()
    judged = queries.judgements(demonstration, LOCAL_ADMINISTRATOR, latest_version, review)
    assert sorted(judged["commitment"]) == sorted(catalogue.commitments) and judged["reason"].str.len().gt(20).all()
    assert set(queries.actions(demonstration, latest_version)["commitment"]) <= set(catalogue.commitments)
    assert len(queries.actions(demonstration, pinned)) == 9
    assert queries.reviews(demonstration, pinned - 1).empty, "the review was not held yet"
    assert (
        queries.actions(demonstration, pinned - 1).empty
        and queries.judgements(demonstration, LOCAL_ADMINISTRATOR, pinned - 1, review).empty
    )


def test_targets_hold_from_the_last_version_on(demonstration: Connection, latest_version: int) -> None:
    assert queries.targets(demonstration, latest_version - 1).empty
    assert queries.targets(demonstration, latest_version, "handover_wait_hours")["area_code"].tolist() == ["E23000014"]
    everywhere = queries.targets(demonstration, latest_version, "s136_health_based_place")
    assert everywhere["area_code"].isna().all() and everywhere["value"].tolist() == [85]


def test_versions_are_dated_by_publication_and_never_go_back(demonstration: Connection, latest_version: int) -> None:
    versions = queries.data_versions(demonstration)[::-1]
    days = [line["as_of"] for line in versions]
    assert [line["version"] for line in versions] == list(range(1, latest_version + 1))
    assert days == sorted(days) and (days[0], days[-1]) == (date(2018, 7, 19), AS_OF)
    raised = "SELECT from_version, to_version FROM audit WHERE from_version <> to_version ORDER BY to_version"
    audited = rows(demonstration, raised)
    assert audited == [(number - 1, number) for number in range(1, latest_version + 1)]


def test_rulings_are_invented_and_say_so(demonstration: Connection, latest_version: int) -> None:
    found = queries.rulings(demonstration, latest_version)
    assert len(found) == 5 and found["standing"].all() and found["invented"].all()
    assert found["reason"].str.startswith("Invented: ").all() and set(found["kind"]) == set(KINDS)
    assert rows(demonstration, "SELECT count(*) FROM audit WHERE deed = 'ruling made'") == [(5,)]


def test_recorded_crime_carries_nothing_after_the_baseline(places: pd.DataFrame, catalogue: Catalogue) -> None:
    """The year to June 2025 is the baseline; the year to June 2026 is due 150 days after it ends."""
    changed = change_since(places, expected_pairs(rules_of(catalogue), areas_of(catalogue)), AS_OF)
    crime = changed[changed["indicator"].isin(RECORDED_CRIME)]
    assert len(crime) == 11 * 39 and set(crime["reason"]) == {"not yet due"}
    assert set(crime["earlier_period_end"]) == {pd.Timestamp("2025-06-30")} and crime["period_end"].isna().all()
    knives = changed[changed["indicator"] == "knife_offences"]
    assert set(knives["reason"]) == {"no figure for a period after the baseline"}


def test_process_measures_reach_past_the_baseline_for_better_and_for_worse(
    places: pd.DataFrame, catalogue: Catalogue
) -> None:
    changed = change_since(places, expected_pairs(rules_of(catalogue), areas_of(catalogue)), AS_OF)
    moved = changed["change"].value_counts()
    assert all(moved[word] > 20 for word in ("improved", "worsened", "no_clear_change"))
    known = changed[changed["change"].isin(["improved", "worsened", "no_clear_change"])]
    assert (known["period_start"] > known["earlier_period_end"]).all()

"""The agenda on real stores: what the demonstration's review kept, and planted exceptions that each come up."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data import queries, reviews
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.store import Connection
from reports import evidence
from reports.agenda import AGENDA, ITEM, KIND_WORDS, Evidence, agenda, counted, exceptions, of_actions
from reports.expected import ENGLAND, areas_of, memberships
from reports.places import figures

NORFOLK, NORTH_WEST = "E23000024", "E12000002"
HELD_ON = date(2026, 11, 10)


def known(connection: Connection, catalogue: Catalogue, version: int, as_of: date, area: str = ENGLAND) -> Evidence:
    everywhere = figures(connection, catalogue, version, memberships(areas_of(catalogue)))
    heard = evidence.insights(connection, LOCAL_ADMINISTRATOR, catalogue, version, area)
    changed = evidence.changes(everywhere, catalogue, as_of)
    areas = evidence.joint_displays(changed, heard, catalogue, area)
    whole = evidence.picture(changed, heard, catalogue, area)
    return Evidence(everywhere, changed, evidence.due(everywhere, catalogue, as_of), whole, areas)


@pytest.fixture(scope="module")
def then(demonstration: Connection, catalogue: Catalogue) -> Evidence:
    """The evidence at the version of the demonstration's review."""
    return known(demonstration, catalogue, 15, date(2026, 7, 10))


@pytest.fixture(scope="module")
def now(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Evidence:
    return known(demonstration, catalogue, latest_version, date(2026, 10, 31))


@pytest.fixture(scope="module")
def items(
    demonstration: Connection, catalogue: Catalogue, latest_version: int, then: Evidence, now: Evidence
) -> pd.DataFrame:
    actions = queries.actions(demonstration, latest_version)
    return agenda(exceptions(catalogue, ENGLAND, now, then.changed), of_actions(actions, HELD_ON))


def test_the_demonstrations_review_kept_what_is_worked_out_at_its_version(
    demonstration: Connection, catalogue: Catalogue, latest_version: int, then: Evidence
) -> None:
    review = queries.reviews(demonstration, latest_version, ENGLAND).iloc[0]
    assert (review["version"], review["as_of"].date()) == (15, date(2026, 7, 10))
    kept = queries.review_picture(demonstration, review["id"])
    made = then.picture[reviews.PICTURE]
    made = made.sort_values("commitment", ignore_index=True)
    assert kept.pop("silent_side").isna().tolist() == made.pop("silent_side").isna().tolist() == [True] * 10
    pd.testing.assert_frame_equal(kept, made, check_dtype=False)
    made = agenda(exceptions(catalogue, ENGLAND, then))
    pd.testing.assert_frame_equal(queries.review_agenda(demonstration, review["id"]), made, check_dtype=False)


def test_every_kind_is_on_the_agenda_in_turns_and_the_rest_is_counted(items: pd.DataFrame) -> None:
    assert list(items.columns) == AGENDA and items["place"].tolist() == list(range(1, len(items) + 1))
    kinds = items["kind"].tolist()
    assert (
        kinds[:7]
        == list(KIND_WORDS)
        == ["worse", "worsening", "dissonant", "newly_changed", "action", "overdue", "silent"]
    )
    assert kinds[7:14] == kinds[:7] and items["listed"].tolist() == [True] * 15 + [False] * (len(items) - 15)
    rest = items.loc[~items["listed"], "kind"].value_counts()
    told = counted(items)
    assert told.startswith(f"Not listed: {len(items) - 15} more items (") and f"silent {rest['silent']}" in told
    assert not items.duplicated(["kind", "commitment", "indicator", "area_code", "sentence"]).any()


def test_each_sentence_names_its_figures_and_its_limits(items: pd.DataFrame) -> None:
    first = items.groupby("kind")["sentence"].first()
    assert "the usual variation between areas (99.8 % limits adjusted for overdispersion: " in first["worse"]
    assert "beyond the usual variation (99.8 % limits adjusted for overdispersion: " in first["worsening"]
    assert (
        "(95 % limits)." in first["newly_changed"]
        and "newly worsened since July 2025, before" in first["newly_changed"]
    )
    assert "by 95 % limits" in first["dissonant"] and "counted" in first["dissonant"]
    assert first["action"].startswith("Overdue since 30 September 2026: ") and "Owner: " in first["action"]
    assert "that fell due in 12 months; the longest since" in first["overdue"]
    assert "areas (no numbers in " in first["silent"]


def test_the_same_evidence_gives_the_same_agenda_whatever_the_order_of_its_rows(
    catalogue: Catalogue, then: Evidence, now: Evidence
) -> None:
    straight = agenda(exceptions(catalogue, ENGLAND, now, then.changed))
    mixed = replace(now, **{name: frame.sample(frac=1, random_state=7) for name, frame in vars(now).items()})
    again = agenda(exceptions(catalogue, ENGLAND, mixed, then.changed.sample(frac=1, random_state=8)))
    pd.testing.assert_frame_equal(straight, again)


def test_an_area_has_its_own_exceptions_by_the_limits_of_all_areas(
    demonstration: Connection, catalogue: Catalogue, latest_version: int, then: Evidence, now: Evidence
) -> None:
    whole = exceptions(catalogue, ENGLAND, now, then.changed)
    figures_of = ["worse", "worsening", "newly_changed", "overdue"]
    for area in (NORFOLK, NORTH_WEST):
        own = known(demonstration, catalogue, latest_version, date(2026, 10, 31), area)
        found = exceptions(catalogue, area, own, then.changed)
        codes = set(found["area_code"])
        same = whole[
            whole["kind"].isin(figures_of) & whole["area_code"].isin(codes - {area} if area != NORFOLK else codes)
        ]
        assert set(found.loc[found["kind"].isin(figures_of), "sentence"]) == set(same["sentence"]) != set()
        assert list(found.columns) == ITEM
        assert found.loc[found["kind"] == "silent", "area_code"].eq(area).all()
    assert "no numbers and no graded voices." in "".join(
        exceptions(catalogue, NORFOLK, known(demonstration, catalogue, latest_version, date(2026, 10, 31), NORFOLK))[
            "sentence"
        ]
    )


def test_only_open_actions_come_up_and_the_longest_overdue_first(
    demonstration: Connection, latest_version: int
) -> None:
    actions = queries.actions(demonstration, latest_version)
    found = of_actions(actions.sample(frac=1, random_state=1), HELD_ON)
    assert len(found) == (actions["state"] == "open").sum() == 6
    ranked = agenda(found)
    assert [sentence.split(":")[0] for sentence in ranked["sentence"]] == [
        "Overdue since 30 September 2026",
        "Overdue since 1 October 2026",
        "Overdue since 15 October 2026",
        "Overdue since 23 October 2026",
        "Open, due 11 December 2026",
        "Open, due 18 December 2026",
    ]
    assert of_actions(actions.head(0), HELD_ON).empty and agenda(of_actions(actions.head(0), HELD_ON)).empty


def test_areas_that_report_nothing_at_all_come_up_as_overdue_and_silent(
    empty: Connection, catalogue: Catalogue
) -> None:
    nothing = known(empty, catalogue, 1, date(2025, 7, 31))
    found = agenda(exceptions(catalogue, ENGLAND, nothing, nothing.changed))
    assert found["kind"].value_counts().to_dict() == {"overdue": 39, "silent": 10}
    assert found.loc[found["kind"] == "silent", "sentence"].str.contains("silent in 39 of 39 areas").all()
    assert counted(found) == "Not listed: 34 more items (figures overdue 31; silent 3)."

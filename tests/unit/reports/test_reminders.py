"""What is due, overdue or stale, on planted rows: which reminders there are, with which days, words and order."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.catalogue import Catalogue
from reports.reminders import KINDS, Known, reminders

ENGLAND, EAST, NORFOLK, KENT, WALES = "E92000001", "E12000006", "E23000024", "E23000032", "W15000003"
AS_OF = date(2026, 10, 31)
ITEM = "s136_health_based_place"
HEARD = ["commitment", "area_code", "perspective", "period_end"]
ACTION = ["commitment", "area_code", "description", "owner", "due", "state"]


def due(*rows: tuple[str, str, str, str, bool]) -> pd.DataFrame:
    """Rows of area, period end, due date, state and whether it fell due in the twelve months."""
    frame = pd.DataFrame(rows, columns=["area_code", "period_end", "due_date", "state", "fell_due"])
    ends = pd.to_datetime(frame["period_end"])
    return frame.assign(
        indicator=ITEM,
        period_start=ends + pd.Timedelta(days=1) - pd.DateOffset(months=3),
        period_end=ends,
        due_date=pd.to_datetime(frame["due_date"]),
        reported_by_area=True,
        fell_due=frame["fell_due"].astype(bool),
    )


def everybody(catalogue: Catalogue, *but: tuple[str, str, str]) -> pd.DataFrame:
    """Both sides heard everywhere on every commitment for the quarter to June 2026, but for what is named."""
    forces = [code for code, area in catalogue.areas.items() if area.type == "police_force_area"]
    rows = [
        (key, code, who, pd.Timestamp("2026-06-30"))
        for key in catalogue.commitments
        for code in forces
        for who in ("service_provider", "community")
        if (key, code, who) not in but
    ]
    return pd.DataFrame(rows, columns=HEARD)


def actions(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=ACTION)
    return frame.assign(due=pd.to_datetime(frame["due"]))


def reviews(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "held_on", "state"])
    return frame.assign(held_on=pd.to_datetime(frame["held_on"]))


def targets(*rows: tuple[str | None, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area_code", "due", "value"])
    return frame.assign(indicator=ITEM, due=pd.to_datetime(frame["due"]))


@pytest.fixture
def quiet(catalogue: Catalogue) -> Known:
    """A store in which nothing is due: both sides heard, a review held in July."""
    held = reviews((ENGLAND, "2026-07-14", "closed"))
    return Known(due(), actions(), everybody(catalogue), held, targets())


def found(what: Known, catalogue: Catalogue, area: str = NORFOLK, as_of: date = AS_OF) -> list[dict[Any, Any]]:
    return reminders(what, catalogue, area, as_of).to_dict("records")


def test_nothing_is_due_where_all_is_done(quiet: Known, catalogue: Catalogue) -> None:
    frame = reminders(quiet, catalogue, ENGLAND, AS_OF)
    assert frame.empty and list(frame.columns) == [
        "kind", "area_code", "area_name", "commitment", "indicator", "count", "due_date", "days_late", "sentence",
    ]  # fmt: skip


def test_figures_overdue_are_one_reminder_for_area_and_indicator(quiet: Known, catalogue: Catalogue) -> None:
    planted = due(
        (NORFOLK, "2026-06-30", "2026-08-14", "overdue", True),
        (NORFOLK, "2026-03-31", "2026-05-15", "overdue", True),
        (NORFOLK, "2025-03-31", "2025-05-15", "overdue", False),  # older than twelve months: not asked for again
        (NORFOLK, "2025-12-31", "2026-02-14", "received", True),
        (KENT, "2026-06-30", "2026-08-14", "overdue", True),
    )
    (one,) = found(replace(quiet, due=planted), catalogue)
    assert (one["kind"], one["count"], one["days_late"]) == ("figure_overdue", 2, 169)
    assert (one["area_name"], one["commitment"], one["indicator"]) == ("Norfolk", "SYS-1", ITEM)
    name = catalogue.indicators[ITEM].name
    assert one["sentence"] == (
        f"Norfolk: {name}: 2 figures are overdue (January to March 2026 and April to June 2026). Send them with the "
        "template on Upload, or say there why there is no number."
    )
    assert len(found(replace(quiet, due=planted), catalogue, ENGLAND)) == 2
    published = replace(quiet, due=planted.assign(reported_by_area=False))
    assert found(published, catalogue) == []


def test_figures_due_within_thirty_days_are_told_and_later_ones_not(quiet: Known, catalogue: Catalogue) -> None:
    planted = due(
        (NORFOLK, "2026-09-30", "2026-11-30", "due", False),
        (KENT, "2026-09-30", "2026-12-01", "due", False),
    )
    (one,) = found(replace(quiet, due=planted), catalogue, ENGLAND)
    assert (one["kind"], one["area_code"], one["days_late"]) == ("figure_due", NORFOLK, -30)
    assert "is due by 30 November 2026 (July to September 2026)" in one["sentence"]


def test_actions_are_late_the_day_after_and_due_soon_for_thirty_days(quiet: Known, catalogue: Catalogue) -> None:
    planted = actions(
        ("SYS-1", NORFOLK, "Late.", "The lead", "2026-10-30", "open"),
        ("SYS-1", NORFOLK, "Today.", "The lead", "2026-10-31", "open"),
        ("SYS-1", NORFOLK, "Soon.", "The lead", "2026-11-30", "open"),
        ("SYS-1", NORFOLK, "Later.", "The lead", "2026-12-01", "open"),
        ("SYS-1", NORFOLK, "Done.", "The lead", "2026-09-01", "done"),
        ("SYS-1", KENT, "Elsewhere.", "The lead", "2026-09-01", "open"),
    )
    lines = found(replace(quiet, actions=planted), catalogue)
    assert [(line["kind"], line["days_late"]) for line in lines] == [
        ("action_overdue", 1), ("action_due", 0), ("action_due", -30),
    ]  # fmt: skip
    assert lines[0]["sentence"] == (
        "Norfolk, SYS-1: “Late.” was due on 30 October 2026, owner: The lead. Record what was done, or agree "
        "a new date."
    )


def test_each_side_that_was_not_heard_for_a_year_is_named(quiet: Known, catalogue: Catalogue) -> None:
    heard = everybody(
        catalogue,
        ("COM-1", NORFOLK, "community"),
        ("SYS-2", NORFOLK, "community"),
        ("SYS-2", NORFOLK, "service_provider"),
    )
    older = pd.DataFrame(
        [
            ("COM-1", NORFOLK, "service_user", pd.Timestamp("2025-10-31")),  # a day too old
            ("SYS-2", NORFOLK, "community", pd.Timestamp("2026-12-31")),  # after the as-of date
        ],
        columns=HEARD,
    )
    com, sys = found(replace(quiet, heard=pd.concat([heard, older])), catalogue)
    assert (com["kind"], com["commitment"], com["due_date"], com["days_late"]) == (
        "voices_stale", "COM-1", pd.Timestamp("2026-10-31"), 0,
    )  # fmt: skip
    assert com["sentence"] == (
        "Norfolk, COM-1: no service user, family or community (last for the time to 31 October 2025) was heard in the "
        "12 months to 31 October 2026. Ask them, and send what they say with the insights template."
    )
    assert sys["commitment"] == "SYS-2" and pd.isna(sys["due_date"]) and pd.isna(sys["days_late"])
    assert "no service provider (never before) and no service user, family or community (never" in sys["sentence"]
    within = older.assign(period_end=pd.Timestamp("2025-11-01"))
    assert len(found(replace(quiet, heard=pd.concat([heard, within.head(1)])), catalogue)) == 1


@pytest.mark.parametrize(
    ("held", "area", "late"),
    [
        ((ENGLAND, "2026-04-30", "closed"), ENGLAND, [1]),
        ((ENGLAND, "2026-05-01", "closed"), ENGLAND, []),
        ((ENGLAND, "2026-04-30", "closed"), NORFOLK, []),
        ((NORFOLK, "2026-01-15", "open"), NORFOLK, [108]),
        ((NORFOLK, "2026-01-15", "called_off"), NORFOLK, []),
    ],
)
def test_a_review_is_overdue_six_months_after_the_last(
    quiet: Known, catalogue: Catalogue, held: tuple[str, str, str], area: str, late: list[int]
) -> None:
    lines = found(replace(quiet, reviews=reviews(held)), catalogue, area)
    assert [line["days_late"] for line in lines] == late
    assert all(
        line["kind"] == "review_overdue" and "Open the next one on Reviews" in line["sentence"] for line in lines
    )


def test_only_england_has_to_have_a_review(quiet: Known, catalogue: Catalogue) -> None:
    none = replace(quiet, reviews=reviews())
    (one,) = found(none, catalogue, ENGLAND)
    assert (one["kind"], one["sentence"]) == ("review_overdue", "England: no review was held yet. Open one on Reviews.")
    assert found(none, catalogue, NORFOLK) == []


def test_targets_after_their_date_are_told_where_they_were_set(quiet: Known, catalogue: Catalogue) -> None:
    set_ = targets((None, "2026-10-30", 85.0), (NORFOLK, "2026-10-01", 60.0), (NORFOLK, "2026-10-31", 70.0))
    (own,) = found(replace(quiet, targets=set_), catalogue)
    assert (own["kind"], own["days_late"], own["area_code"]) == ("target_passed", 30, NORFOLK)
    assert "the target of 60 for" in own["sentence"] and "1 October 2026, which has passed" in own["sentence"]
    whole = found(replace(quiet, targets=set_), catalogue, ENGLAND)
    assert [line["area_code"] for line in whole] == [NORFOLK, ENGLAND]


def test_definitions_are_read_again_once_a_year_and_only_england_is_reminded(
    quiet: Known, catalogue: Catalogue
) -> None:
    old = replace(catalogue.indicators[ITEM], reviewed_on=date(2025, 10, 30))
    aged = replace(catalogue, indicators={ITEM: old})
    (one,) = found(quiet, aged, ENGLAND)
    assert (one["kind"], one["days_late"], one["indicator"]) == ("definition_review", 1, ITEM)
    assert found(quiet, aged) == []
    exactly = replace(catalogue, indicators={ITEM: replace(old, reviewed_on=date(2025, 10, 31))})
    assert found(quiet, exactly, ENGLAND) == []


def test_most_overdue_first_and_the_same_whatever_the_order_of_the_rows(quiet: Known, catalogue: Catalogue) -> None:
    full = Known(
        due(
            (NORFOLK, "2026-06-30", "2026-08-14", "overdue", True), (KENT, "2026-06-30", "2026-08-14", "overdue", True)
        ),
        actions(
            ("SYS-1", ENGLAND, "Late.", "The lead", "2026-08-14", "open"),
            ("SYS-1", NORFOLK, "Soon.", "The lead", "2026-11-20", "open"),
        ),
        everybody(catalogue, ("COM-1", NORFOLK, "community")),
        reviews((ENGLAND, "2026-01-01", "closed")),
        targets((NORFOLK, "2026-08-14", 60.0)),
    )
    frame = reminders(full, catalogue, ENGLAND, AS_OF)
    assert list(zip(frame["kind"], frame["area_name"], strict=True)) == [
        ("review_overdue", "England"),
        ("figure_overdue", "Kent"),
        ("figure_overdue", "Norfolk"),
        ("action_overdue", "England"),
        ("target_passed", "Norfolk"),
        ("voices_stale", "Norfolk"),
        ("action_due", "Norfolk"),
    ]
    assert set(frame["kind"]) <= set(KINDS)
    turned = Known(*(part.iloc[::-1] for part in (full.due, full.actions, full.heard, full.reviews, full.targets)))
    pd.testing.assert_frame_equal(reminders(turned, catalogue, ENGLAND, AS_OF), frame)


def test_a_region_is_told_of_its_own_areas(quiet: Known, catalogue: Catalogue) -> None:
    planted = due(
        (NORFOLK, "2026-06-30", "2026-08-14", "overdue", True), (KENT, "2026-06-30", "2026-08-14", "overdue", True)
    )
    assert [line["area_code"] for line in found(replace(quiet, due=planted), catalogue, EAST)] == [NORFOLK]

"""What the screening asks about figures that may be right: jumps, units, revisions, sums and copies.

Every figure is invented. None of these questions may stop a file, and none may be put where the figures are ordinary.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.findings import Finding
from data.reading import read
from data.screening import screen
from data.screening.staging import stage
from data.settings import Settings
from data.store import Connection
from data.templates import HEADINGS, OBSERVATIONS
from data.workspace import open_workspace
from metrics.control import xmr
from metrics.control_limits import LIMIT, SCREEN
from tests.integration.storing import as_csv, send

NORFOLK, SUFFOLK = "E23000024", "E23000025"
NORTH_EAST, NORTHUMBRIA, DURHAM, CLEVELAND = "E12000001", "E23000007", "E23000008", "E23000013"
LONDON, METROPOLITAN, CITY = "E12000007", "E23000001", "E23000034"
SHARE, COUNT, MEAN = "s136_health_based_place", "people_contributing_evidence", "handover_wait_hours"
QUARTERS = [f"{year}/{(year + 1) % 100:02d} Q{quarter}" for year in range(2008, 2026) for quarter in (1, 2, 3, 4)]
PLAUSIBILITY = {
    "jump_beyond_limits", "large_revision", "national_outside_regions", "parts_do_not_add_up",
    "same_numbers_as_last_period", "wrong_multiplier",
}  # fmt: skip
Asked = list[tuple[str, list[int], str, str]]


@pytest.fixture
def workspace(catalogue: Catalogue) -> Iterator[Connection]:
    """An empty workspace in memory, to store in."""
    with open_workspace(Settings(":memory:", "empty"), catalogue) as connection:
        yield connection


@pytest.fixture(scope="module")
def unstored() -> Iterator[Connection]:
    """A store in which nothing is stored, for files that are only looked at."""
    with store.connect(":memory:") as connection:
        yield connection


def row(period: str, indicator: str = SHARE, area: str = NORFOLK, **cells: Any) -> dict[str, Any]:
    """A row of invented figures."""
    return {"area_code": area, "indicator": indicator, "period": period, "comment": "Invented", **cells}


def series(
    figures: list[float], indicator: str = COUNT, column: str = "numerator", **cells: Any
) -> list[dict[str, Any]]:
    """A row for each figure, quarter after quarter."""
    return [
        row(quarter, indicator, **{column: figure}, **cells) for quarter, figure in zip(QUARTERS, figures, strict=False)
    ]


def findings(connection: Connection, catalogue: Catalogue, rows: list[dict[str, Any]]) -> list[Finding]:
    screening = screen(connection, LOCAL_ADMINISTRATOR, catalogue, as_csv(rows))
    assert screening.acceptable
    return screening.findings


def asked(connection: Connection, catalogue: Catalogue, rows: list[dict[str, Any]]) -> Asked:
    """Code, rows, column and value of each question of plausibility about a file, which it never stops."""
    return [
        (finding.code, list(finding.rows), finding.column, finding.value)
        for finding in findings(connection, catalogue, rows)
        if finding.code in PLAUSIBILITY
    ]


STEADY = [40.0, 44, 41, 43, 39, 42, 45, 40, 43, 41, 44, 42]

# Jumps


def test_jump_needs_twelve_periods_before_it(unstored: Connection, catalogue: Catalogue) -> None:
    assert asked(unstored, catalogue, series([*STEADY[:11], 142])) == []
    assert asked(unstored, catalogue, series([*STEADY, 142])) == [("jump_beyond_limits", [14], "numerator", "142")]


def test_jump_is_seen_from_what_is_stored(workspace: Connection, catalogue: Catalogue) -> None:
    rows = series([*STEADY, 142])
    send(workspace, catalogue, as_csv(rows[:12]))
    assert asked(workspace, catalogue, rows[12:]) == [("jump_beyond_limits", [2], "numerator", "142")]
    send(workspace, catalogue, as_csv(rows[12:]))
    assert asked(workspace, catalogue, rows) == []


def test_a_file_that_mends_the_series_is_measured_by_the_mended_one(
    workspace: Connection, catalogue: Catalogue
) -> None:
    rough = [figure * (3 if n % 2 else 1) for n, figure in enumerate(STEADY)]
    send(workspace, catalogue, as_csv(series(rough)))
    last = row(QUARTERS[12], COUNT, numerator=70)
    assert asked(workspace, catalogue, [last]) == []
    codes = {code for code, *_ in asked(workspace, catalogue, [*series(STEADY), last])}
    assert codes == {"jump_beyond_limits", "large_revision"}


def test_drift_is_not_asked_about_again_and_again(unstored: Connection, catalogue: Catalogue) -> None:
    drifting = [figure + 6 * max(0, n - 11) for n, figure in enumerate([*STEADY, *STEADY])]
    assert asked(unstored, catalogue, series(drifting)) == []


def test_two_people_more_or_fewer_are_no_jump(unstored: Connection, catalogue: Catalogue) -> None:
    level = [10, 10, 10, 10, 10, 11, 10, 10, 10, 10, 10, 10]
    rows = [row(quarter, "joint_problem_solving_plans", numerator=n, denominator=15)
            for quarter, n in zip(QUARTERS, [*level, 12, 10, 15], strict=False)]  # fmt: skip
    assert asked(unstored, catalogue, rows) == [("jump_beyond_limits", [16], "numerator", "15")]


def test_a_count_that_is_always_the_same_may_differ_by_two(unstored: Connection, catalogue: Catalogue) -> None:
    level = [40.0, 40, 40, 40, 40, 41, 40, 40, 40, 40, 40, 40]
    assert asked(unstored, catalogue, series([*level, 42])) == []
    assert asked(unstored, catalogue, series([*level, 43])) == [("jump_beyond_limits", [14], "numerator", "43")]


def test_overlapping_periods_and_parts_have_no_limits(unstored: Connection, catalogue: Catalogue) -> None:
    year = row("2008/09", COUNT, numerator=160)
    assert asked(unstored, catalogue, [*series([*STEADY, 142]), year]) == []
    assert asked(unstored, catalogue, series([*STEADY, 142], organisation="NHS trust")) == []


def test_limits_are_told_within_what_is_possible(unstored: Connection, catalogue: Catalogue) -> None:
    shares = [96, 98, 95, 97, 99, 96, 98, 95, 97, 96, 98, 97, 40]
    (finding,) = findings(unstored, catalogue, series(shares, SHARE, "value"))
    assert finding.message.endswith(": 40, where the 12 periods before lead to expect 91.3 to 100")
    assert finding.level == "check" and "confirm" in finding.fix


def random_series(catalogue: Catalogue, seed: int) -> list[dict[str, Any]]:
    """A random series of means for each area, with jumps, calm stretches and gaps."""
    random = np.random.default_rng(seed)
    rows = []
    for area in (code for code, area in catalogue.areas.items() if area.type == "police_force_area"):
        if catalogue.areas[area].comparator_only:
            continue
        figures = random.normal(5, random.choice([0.1, 0.5, 1]), 36).clip(0.1, 9.9)
        figures = np.where(random.random(36) < 0.08, random.uniform(0, 10, 36), figures)
        kept = random.random(36) > random.choice([0, 0.1])
        rows += [row(quarter, "staff_able_to_apply_learning", area, value=figure)
                 for quarter, figure, keep in zip(QUARTERS, figures, kept, strict=False) if keep]  # fmt: skip
    return rows


def limits_before(points: pd.DataFrame, place: int) -> tuple[float, float] | None:
    """The limits of `xmr` for the periods before a point, when it jumps out of them."""
    before, value = points.iloc[:place], points["value"].iloc[place]
    last = xmr(before, "no_judgement").iloc[-1]
    lower, upper = float(last["lower_limit"]), float(last["upper_limit"])
    usual = (upper - lower) / 2 / LIMIT
    jumps = abs(value - before["value"].iloc[-1]) > SCREEN * usual
    return (lower, upper) if jumps and not lower <= value <= upper else None


@pytest.mark.parametrize("seed", [1, 2])
def test_limits_are_those_of_the_control_chart(seed: int, catalogue: Catalogue) -> None:
    """Each figure that is asked about, and no other, is out of the limits that `xmr` gives the periods before it."""
    with store.connect(":memory:") as connection:
        sheet, _ = read(as_csv(random_series(catalogue, seed)), HEADINGS, None)
        stage(connection, sheet, OBSERVATIONS, catalogue, LOCAL_ADMINISTRATOR)
        points = connection.table("upload").df().sort_values(["area_code", "period_end"])
        found = store.frame(connection, "checks/jump_beyond_limits").set_index("row")
        apart = store.frame(connection, "checks/wrong_multiplier")["row"]
    expected = {
        area["row"].iloc[place]: limits
        for _, area in points.groupby("area_code")
        for place in range(12, len(area))
        if (limits := limits_before(area, place))
    }
    assert len(expected) > 20 and apart.empty
    assert set(found.index) == set(expected)
    assert np.allclose(found.loc[list(expected), ["lower_limit", "upper_limit"]], list(expected.values()))


def test_random_series_hold_what_the_limits_leave_out(catalogue: Catalogue) -> None:
    """The comparison above would prove little if no moving range were dropped and no series had a gap."""
    points = pd.DataFrame(random_series(catalogue, 1))
    ranges = points.groupby("area_code")["value"].apply(lambda values: values.diff().abs().dropna())
    assert (ranges > SCREEN * ranges.groupby("area_code").transform("mean")).sum() > 20
    assert points.groupby("area_code").size().nunique() > 2


# Units


def test_fractions_are_asked_about_only_while_all_are(unstored: Connection, catalogue: Catalogue) -> None:
    fractions = [row(QUARTERS[0], value=0.63), row(QUARTERS[1], value=0), row(QUARTERS[2], value=1)]
    expected = [("wrong_multiplier", [2], "value", "0.63"), ("wrong_multiplier", [4], "value", "1")]
    assert asked(unstored, catalogue, fractions) == expected
    assert asked(unstored, catalogue, [*fractions, row(QUARTERS[3], value=1.5)]) == []
    assert asked(unstored, catalogue, fractions[1:]) == []
    assert asked(unstored, catalogue, [row(QUARTERS[0], "staff_able_to_apply_learning", value=0.63)]) == []


def test_a_share_below_one_per_cent_that_is_stored_speaks_for_others(
    workspace: Connection, catalogue: Catalogue
) -> None:
    rows = [row(QUARTERS[0], value=0.4), row(QUARTERS[1], value=0.6)]
    send(workspace, catalogue, as_csv(rows[:1]))
    assert asked(workspace, catalogue, rows[1:]) == []


@pytest.mark.parametrize(("value", "words"), [(6.31, "10 times too small"), (0.631, "100 times too small")])
def test_unit_is_seen_from_the_area_s_other_figures(
    value: float, words: str, workspace: Connection, catalogue: Catalogue
) -> None:
    send(workspace, catalogue, as_csv(series([61.2, 63.5, 64.4, 62.0], SHARE, "value")))
    (finding,) = findings(workspace, catalogue, [row(QUARTERS[4], value=value), row(QUARTERS[5], value=62)])
    assert finding.code == "wrong_multiplier" and list(finding.rows) == [2]
    assert (
        finding.message
        == f"the unit looks wrong: it looks {words} beside the area’s other figures, which lie around 62"
    )


def test_a_rate_by_residents_may_have_a_digit_too_many(unstored: Connection, catalogue: Catalogue) -> None:
    years = [f"year ending June {year}" for year in range(2012, 2018)]
    rows = [row(year, "robbery", numerator=n) for year, n in zip(years, [402, 415, 398, 4210, 405, 411], strict=False)]
    assert asked(unstored, catalogue, rows) == [("wrong_multiplier", [5], "numerator", "4210")]


def test_few_people_make_no_wrong_unit(unstored: Connection, catalogue: Catalogue) -> None:
    rows = [
        row(quarter, numerator=n, denominator=44) for quarter, n in zip(QUARTERS, [11, 10, 12, 11, 1], strict=False)
    ]
    assert asked(unstored, catalogue, rows) == []


def test_a_wrong_unit_is_asked_about_once(workspace: Connection, catalogue: Catalogue) -> None:
    rows = series([61.2, 63.5, 64.4, 62, 60.8, 63, 61, 62.2, 64, 61.9, 60.5, 63.3, 62.7], SHARE, "value")
    assert asked(workspace, catalogue, [*rows[:12], rows[12] | {"value": 6.27}]) == [
        ("wrong_multiplier", [14], "value", "6.27")
    ]
    send(workspace, catalogue, as_csv(rows))
    assert asked(workspace, catalogue, [rows[12] | {"value": 6.27}]) == [("wrong_multiplier", [2], "value", "6.27")]


# Revisions


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"numerator": 2, "denominator": 86}, {"numerator": 3, "denominator": 86}, []),
        ({"numerator": 50, "denominator": 86}, {"numerator": 60, "denominator": 86}, []),
        ({"numerator": 50, "denominator": 86}, {"numerator": 61, "denominator": 86}, [("numerator", "61")]),
        ({"numerator": 50, "denominator": 86}, {"numerator": 39, "denominator": 86}, [("numerator", "39")]),
        ({"numerator": 50, "denominator": 86}, {"numerator": 50, "denominator": 860}, [("denominator", "860")]),
        ({"numerator": 0, "denominator": 86}, {"numerator": 10, "denominator": 86}, [("numerator", "10")]),
        ({"value": 50}, {"value": 60}, []),
        ({"value": 50}, {"value": 61}, [("value", "61")]),
        ({"value": 2}, {"value": 2.9}, []),
        ({"value": 2}, {"value": 3.1}, [("value", "3.1")]),
        ({"value": 50}, {"numerator": 31, "denominator": 50}, [("numerator", "31")]),
        ({"value": 50}, {"value": "", "note": "c"}, []),
        ({"value": "", "note": "x"}, {"value": 50}, []),
    ],
)
def test_revision_is_asked_about_beyond_both_bounds(
    old: dict[str, Any],
    new: dict[str, Any],
    expected: list[tuple[str, str]],
    workspace: Connection,
    catalogue: Catalogue,
) -> None:
    send(workspace, catalogue, as_csv([row(QUARTERS[0], **old)]))
    found = asked(workspace, catalogue, [row(QUARTERS[0], **new)])
    assert found == [("large_revision", [2], column, value) for column, value in expected]


def test_revision_tells_what_was_stored_and_a_new_edition_is_one_question(
    workspace: Connection, catalogue: Catalogue
) -> None:
    old, new = ([row(quarter, COUNT, numerator=n) for quarter in QUARTERS[:21]] for n in (1204, 904))
    send(workspace, catalogue, as_csv(old))
    few = findings(workspace, catalogue, new[:20])
    assert [finding.message.split(" by more")[0] for finding in few] == ["the stored number, 1,204, changes"]
    (edition,) = findings(workspace, catalogue, new)
    assert edition.message.startswith(f"21 stored numbers of {COUNT} change by more than 20 %")
    assert len(edition.rows) == 21


# Wholes and parts


def whole(figure: float, **cells: Any) -> list[dict[str, Any]]:
    """The North East and its three areas, of which the region's figure comes last."""
    places = [(NORTHUMBRIA, 62.1), (DURHAM, 71.9), (CLEVELAND, 58.6), (NORTH_EAST, figure)]
    return [row(QUARTERS[0], area=area, value=value, **cells) for area, value in places]


@pytest.mark.parametrize(("figure", "outside"), [(58.6, 0), (58.5, 0), (58.9, 0), (71.9, 0), (57, 1), (73.4, 1)])
def test_region_lies_within_the_range_of_its_areas(
    figure: float, outside: int, unstored: Connection, catalogue: Catalogue
) -> None:
    expected = [("national_outside_regions", [5], "value", f"{figure}")][:outside]
    assert asked(unstored, catalogue, whole(figure)) == expected


def test_range_is_told_and_may_be_stored(workspace: Connection, catalogue: Catalogue) -> None:
    send(workspace, catalogue, as_csv(whole(60)[:3]))
    (finding,) = findings(workspace, catalogue, whole(81.4)[3:])
    assert finding.message.endswith(": 81.4, while its 3 areas lie between 58.6 and 71.9")


def test_range_needs_every_part_of_the_same_period(unstored: Connection, catalogue: Catalogue) -> None:
    assert asked(unstored, catalogue, whole(81.4)[1:]) == []
    moved = [line | {"period": QUARTERS[1]} for line in whole(81.4)[:1]]
    assert asked(unstored, catalogue, [*moved, *whole(81.4)[1:]]) == []
    hidden = [whole(81.4)[0] | {"value": "", "note": "c"}]
    assert asked(unstored, catalogue, [*hidden, *whole(81.4)[1:]]) == []


def test_england_is_set_beside_its_regions(unstored: Connection, catalogue: Catalogue) -> None:
    regions = [code for code, area in catalogue.areas.items() if area.type == "region"]
    rows = [row(QUARTERS[0], area=code, value=50 + n) for n, code in enumerate(regions)]
    england = row(QUARTERS[0], area="E92000001", value=49)
    (finding,) = findings(unstored, catalogue, [*rows, england])
    assert finding.code == "national_outside_regions" and "its 9 regions lie between 50 and 58" in finding.message
    assert asked(unstored, catalogue, [*rows, england | {"value": 53}]) == []
    assert asked(unstored, catalogue, [*rows[1:], england]) == []


def test_england_is_set_beside_its_areas_without_the_one_whose_rates_are_not_given(
    unstored: Connection, catalogue: Catalogue
) -> None:
    england = row(QUARTERS[0], area="E92000001", value=81)
    areas = [
        row(QUARTERS[0], area=code, value=60)
        for code, area in catalogue.areas.items()
        if area.type == "police_force_area" and area.rates_given and not area.comparator_only
    ]
    (finding,) = findings(unstored, catalogue, [*areas, england])
    assert finding.message.endswith(": 81, while its 38 areas lie between 60 and 60")
    assert asked(unstored, catalogue, [*areas[1:], england]) == []


def by_sex(total: Any, female: Any, male: Any, **cells: Any) -> list[dict[str, Any]]:
    parts = [("", "", total), ("sex", "female", female), ("sex", "male", male)]
    return [
        row(QUARTERS[0], COUNT, breakdown_type=kind, breakdown=part, numerator=n, **cells) for kind, part, n in parts
    ]


def test_parts_are_added_up_exactly(unstored: Connection, catalogue: Catalogue) -> None:
    assert asked(unstored, catalogue, by_sex(54, 20, 34)) == []
    (finding,) = [f for f in findings(unstored, catalogue, by_sex(54, 20, 35)) if f.code == "parts_do_not_add_up"]
    assert list(finding.rows) == [2] and finding.value == "54"
    assert finding.message.endswith(": the 2 parts by sex give 55, the total is 54")


def test_parts_beside_a_stored_total_are_told_on_the_first_part(workspace: Connection, catalogue: Catalogue) -> None:
    send(workspace, catalogue, as_csv(by_sex(54, 20, 34)[:1]))
    assert asked(workspace, catalogue, by_sex(54, 20, 35)[1:]) == [("parts_do_not_add_up", [2], "numerator", "20")]
    send(workspace, catalogue, as_csv(by_sex(54, 20, 34)[1:]))
    assert asked(workspace, catalogue, by_sex(54, 20, 34)[1:]) == []
    assert asked(workspace, catalogue, by_sex(55, 20, 34)[:1]) == [("parts_do_not_add_up", [2], "numerator", "55")]


def test_parts_that_are_missing_or_hidden_are_not_added_up(unstored: Connection, catalogue: Catalogue) -> None:
    one, hidden = by_sex(54, 20, 34)[:2], [*by_sex(54, 20, 34)[:2], by_sex(54, 20, "")[2] | {"note": "c"}]
    assert asked(unstored, catalogue, one) == []
    assert asked(unstored, catalogue, hidden) == []


def test_a_part_that_other_areas_have_is_missing(unstored: Connection, catalogue: Catalogue) -> None:
    third = by_sex(54, 20, 30)[2] | {"breakdown": "not stated", "numerator": 4}
    suffolk = [line | {"area_code": SUFFOLK} for line in [*by_sex(54, 20, 30), third]]
    assert asked(unstored, catalogue, [*by_sex(54, 20, 30), *suffolk]) == []
    assert asked(unstored, catalogue, by_sex(54, 20, 30)) == [("parts_do_not_add_up", [2], "numerator", "54")]


def test_what_does_not_add_up_is_not_added(unstored: Connection, catalogue: Catalogue) -> None:
    rows = [line | {"indicator": "services_with_shared_outcome_measure", "denominator": 90}
            for line in by_sex(54, 20, 35)]  # fmt: skip
    assert asked(unstored, catalogue, rows) == []


def test_areas_are_added_up_to_their_region_when_all_are_there(unstored: Connection, catalogue: Catalogue) -> None:
    areas = [
        row(QUARTERS[0], COUNT, code, numerator=n) for code, n in ((NORTHUMBRIA, 41), (DURHAM, 32), (CLEVELAND, 29))
    ]
    region = row(QUARTERS[0], COUNT, NORTH_EAST, numerator=112)
    (finding,) = findings(unstored, catalogue, [*areas, region])
    assert finding.code == "parts_do_not_add_up" and list(finding.rows) == [5]
    assert finding.message.endswith(": the 3 areas give 102, the total is 112")
    assert asked(unstored, catalogue, [*areas, region | {"numerator": 102}]) == []
    assert asked(unstored, catalogue, [*areas[1:], region]) == []


# Copies

COPIED = [(SHARE, 54, 86), ("staff_jointly_trained", 120, 150), ("joint_problem_solving_plans", 9, 14)]


def two_quarters(*changed: str, more: tuple[tuple[str, int, int], ...] = ()) -> list[dict[str, Any]]:
    """Two quarters of some indicators with the same numbers, one case more in the second where it is named."""
    return [
        row(quarter, key, numerator=n + (key in changed and quarter == QUARTERS[1]), denominator=of)
        for quarter in QUARTERS[:2]
        for key, n, of in (*COPIED, *more)
    ]


def test_three_indicators_alike_look_copied(unstored: Connection, catalogue: Catalogue) -> None:
    (finding,) = findings(unstored, catalogue, two_quarters())
    assert finding.code == "same_numbers_as_last_period" and list(finding.rows) == [5, 6, 7]
    assert finding.message.endswith(": 3 of 3 indicators of Norfolk")
    assert asked(unstored, catalogue, two_quarters(SHARE)) == []


def test_three_alike_among_many_are_chance(unstored: Connection, catalogue: Catalogue) -> None:
    names = (
        "people_who_felt_heard",
        "community_support_taken_up",
        "decisions_linked_to_evidence",
        "actions_done_on_time",
    )
    more = tuple((name, 40, 60) for name in names)
    assert asked(unstored, catalogue, two_quarters(*names, more=more)) == []
    assert len(asked(unstored, catalogue, two_quarters(*names[1:], more=more))) == 1


def test_copy_is_seen_from_what_is_stored_and_only_until_it_is(workspace: Connection, catalogue: Catalogue) -> None:
    send(workspace, catalogue, as_csv(two_quarters()[:3]))
    assert [code for code, *_ in asked(workspace, catalogue, two_quarters()[3:])] == ["same_numbers_as_last_period"]
    send(workspace, catalogue, as_csv(two_quarters()[3:]))
    assert asked(workspace, catalogue, two_quarters()) == []


# Faults and order


def test_rows_that_must_be_mended_are_not_asked_about_too(unstored: Connection, catalogue: Catalogue) -> None:
    rows = series([*STEADY, 142], SHARE, "numerator", denominator=200)
    rows[12] |= {"value": 12.5}
    screening = screen(unstored, LOCAL_ADMINISTRATOR, catalogue, as_csv(rows))
    assert [finding.code for finding in screening.findings] == ["value_contradicts"]


def test_questions_are_the_same_in_any_order_of_rows(unstored: Connection, catalogue: Catalogue) -> None:
    rows = [*series([*STEADY, 142]), *whole(81.4)]
    there = {(code, value) for code, _, _, value in asked(unstored, catalogue, rows)}
    back = {(code, value) for code, _, _, value in asked(unstored, catalogue, rows[::-1])}
    assert there == back and len(there) == 2

"""The evaluation grid on planted data: every cell as worked out by hand, areas that report nothing included."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data import actions, adaptations, agreements, queries, reviews
from data.actor import LOCAL_ADMINISTRATOR
from data.adaptations import Adaptation
from data.catalogue import Catalogue
from data.rulings import Subject, end, rule
from data.settings import Settings
from data.store import Connection
from data.submission import Provenance, confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from metrics.evaluation import TESTS, gaps, kept_by
from reports.evaluation import days, gather, grid, over_time
from tests.integration.storing import KENT, MOMENT, NORFOLK, SUFFOLK, as_csv, send

EAST, ESSEX, MERSEYSIDE = "E12000006", "E23000028", "E23000004"
ALL_OF_EAST = [NORFOLK, SUFFOLK, ESSEX, "E23000023", "E23000026", "E23000027"]
# What fell due in the 12 months to 2 November 2026 of indicators that are due 45 days after their quarter.
QUARTERS = ["2025/26 Q2", "2025/26 Q3", "2025/26 Q4", "2026/27 Q1"]
SUPPORT, VISION = "community_support_taken_up", "organisations_with_published_vision"
HEARD, SHAPED = "people_who_felt_heard", "services_shaped_by_lived_experience"
REASON = "The panel of service users starts in spring"
LATER = Moment(datetime(2026, 11, 3, 9), date(2026, 11, 3))


def number(area: str, name: str, indicator: str, period: str, **more: object) -> dict[str, object]:
    """A row of the observations template; no two periods of it have the same numbers."""
    row = {
        "area_code": area,
        "area_name": name,
        "indicator": indicator,
        "period": period,
        "note": "",
        "organisation": "",
    }
    return row | {"numerator": 40 + int(period[6]), "denominator": 90} | more


def voice(area: str, name: str, perspective: str, **more: object) -> dict[str, object]:
    row = {"area_code": area, "area_name": name, "commitment": "COM-1", "period": QUARTERS[-1], "visibility": "area"}
    return row | {"perspective": perspective, "summary": "People say that they are asked late"} | more


NUMBERS = [
    *(number(NORFOLK, "Norfolk", indicator, period) for indicator in (HEARD, SHAPED) for period in QUARTERS),
    number(KENT, "Kent", HEARD, QUARTERS[-1]),
    # All that fell due from the area for COM-2, though nothing that is published nationally is there; nobody else’s.
    *(number(KENT, "Kent", SUPPORT, period) for period in QUARTERS),
    number(KENT, "Kent", "shared_community_sites", "2025/26", numerator=60, denominator=""),
    # The last quarter is there of one organisation only, which is a number and not the figure that fell due.
    *(number(ESSEX, "Essex", VISION, period) for period in QUARTERS[:-1]),
    number(ESSEX, "Essex", VISION, QUARTERS[-1], organisation="Essex Invented Trust"),
    # An answer, and no number.
    number(SUFFOLK, "Suffolk", SHAPED, QUARTERS[-1], numerator="", denominator="", note="x"),
]
VOICES = [
    voice(NORFOLK, "Norfolk", "service_provider"),
    voice(NORFOLK, "Norfolk", "community"),
    voice(KENT, "Kent", "service_user"),
    # Too long ago, and of a region: neither is a voice of the area in the twelve months.
    voice(KENT, "Kent", "service_provider", period="2025/26 Q1"),
    voice(EAST, "East of England", "service_provider", commitment="SYS-1"),
]
# Published nationally, though of an indicator that areas report; and the other way round: neither is an own number.
PUBLISHED = [number(SUFFOLK, "Suffolk", SUPPORT, QUARTERS[-1])]
COPIED = {"area_code": KENT, "area_name": "Kent", "indicator": "robbery", "period": "year ending March 2026"}
# Everything else fails.
PASSED = {
    (NORFOLK, "COM-1"): set(TESTS),
    (NORFOLK, "SYS-3"): {"numbers", "shared_measure", "person_centred"},
    (KENT, "COM-1"): {"numbers", "user_voice", "shared_measure", "person_centred"},
    (KENT, "SYS-3"): {"numbers", "shared_measure", "person_centred"},
    (KENT, "COM-2"): {"numbers", "on_time", "person_centred"},
    (ESSEX, "STF-1"): {"numbers"},
    (MERSEYSIDE, "EVA-2"): {"acted_upon"},
    (MERSEYSIDE, "EVA-1"): {"acted_upon"},
    **{(code, "COM-1"): {"acted_upon"} for code in ALL_OF_EAST if code != NORFOLK},
}
EXCUSED = {(ESSEX, "COM-1", "user_voice")}


def plant(connection: Connection, catalogue: Catalogue) -> None:
    """Numbers, voices, a decision for a region, an adaptation and rulings, each by the way people write them."""
    who = LOCAL_ADMINISTRATOR
    published = prepare(connection, who, catalogue, as_csv(PUBLISHED), "published.csv")
    confirm(who, published, MOMENT, Provenance("published", "National publication", "first", False))
    for rows in ([*NUMBERS, COPIED | {"numerator": 500}], VOICES):
        send(connection, catalogue, as_csv(rows))
    review = reviews.open_review(connection, who, EAST, "East of England", MOMENT.as_of, 4, MOMENT)
    decision = {
        "commitment": "COM-1",
        "area_code": EAST,
        "description": "Ask again in person",
        "owner": "Lived experience lead",
        "due": date(2027, 1, 31),
    }
    actions.decide(connection, who, catalogue, review, decision, MOMENT)
    change = Adaptation("EVA-2", MERSEYSIDE, "practice", "Replies within a month", "People asked", date(2026, 9, 20))
    adaptations.record(connection, who, catalogue, change, MOMENT)
    for about in (
        Subject(MERSEYSIDE, "EVA-1", "acted_upon", "no_action_needed"),
        Subject(ESSEX, "COM-1", "user_voice", "not_applicable"),
        # Passed anyway: it takes the place of a failure only.
        Subject(NORFOLK, "COM-1", "provider_voice", "not_applicable"),
    ):
        rule(connection, who, catalogue, about, REASON, MOMENT)


def expected(catalogue: Catalogue) -> dict[tuple[str, str, str], str]:
    areas = [area.code for area in catalogue.areas.values() if area.type == "police_force_area"]
    areas = [code for code in areas if not catalogue.areas[code].comparator_only]
    return {
        (area, commitment, test): "passed"
        if test in PASSED.get((area, commitment), ())
        else ("not_applicable" if (area, commitment, test) in EXCUSED else "failed")
        for area in areas
        for commitment in catalogue.commitments
        for test in TESTS
    }


def cells(found: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    return {
        (line["area_code"], line["commitment"], test): line[test] for line in found.to_dict("records") for test in TESTS
    }


def unlike(found: pd.DataFrame, catalogue: Catalogue) -> dict[tuple[str, str, str], str]:
    """The cells that are not as they were worked out by hand."""
    right = expected(catalogue)
    assert cells(found).keys() == right.keys() and len(right) == 39 * 10 * 7
    return {cell: result for cell, result in cells(found).items() if result != right[cell]}


def opened(folder: Path, catalogue: Catalogue) -> Connection:
    """A store of its own with what is planted."""
    connection = open_workspace(Settings(str(folder / "planted.duckdb"), "empty"), catalogue)
    # The catalogue of an empty workspace is of today, which would be the as-of date of all that comes after it.
    connection.execute("UPDATE data_version SET as_of = DATE '2026-09-01'")
    plant(connection, catalogue)
    return connection


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Connection]:
    """Read it, do not change it."""
    with opened(tmp_path_factory.mktemp("planted"), catalogue) as connection:
        yield connection


@pytest.fixture
def own(tmp_path: Path, catalogue: Catalogue) -> Iterator[Connection]:
    """One to write to."""
    with opened(tmp_path, catalogue) as connection:
        yield connection


def test_every_cell_is_as_planted(planted: Connection, catalogue: Catalogue) -> None:
    known = gather(planted, catalogue, 4, MOMENT.as_of)
    found = grid(known, MOMENT.as_of)
    assert unlike(found, catalogue) == {}
    assert found.loc[found["kept"], ["area_code", "commitment"]].to_numpy().tolist() == [[NORFOLK, "COM-1"]]
    essex = found[(found["area_code"] == ESSEX) & (found["commitment"] == "COM-1")].iloc[0]
    assert essex["reason"] == f"user voice: {REASON}" and essex["tests_passed"] == 1
    silent = kept_by(found, "area_code").set_index("area_code").loc["E23000001"]
    assert silent[["kept", "pairs", "passed", "tests"]].tolist() == [0, 10, 0, 70]
    user_voice = gaps(found).set_index("test").loc["user_voice"]
    assert user_voice[["passed", "failed", "not_applicable", "of"]].tolist() == [2, 387, 1, 390]
    # Every indicator of the catalogue is only proposed so far.
    assert found.loc[found["kept"], "proposed_only"].tolist() == [True]


def test_each_version_shows_what_was_known_then(planted: Connection, catalogue: Catalogue) -> None:
    before = grid(gather(planted, catalogue, 2, MOMENT.as_of), MOMENT.as_of)
    assert before["tests_passed"].sum() == 0, "published figures pass nothing, and nothing was written yet"
    numbers = grid(gather(planted, catalogue, 3, MOMENT.as_of), MOMENT.as_of)
    assert numbers[["numbers", "acted_upon"]].eq("passed").sum().tolist() == [6, 0]


def test_an_agreed_measure_is_no_longer_only_proposed(own: Connection, catalogue: Catalogue) -> None:
    agreements.agree(own, LOCAL_ADMINISTRATOR, catalogue, HEARD, "National steering group", "Six areas tried it", LATER)
    found = grid(gather(own, catalogue, 5, MOMENT.as_of), MOMENT.as_of)
    assert unlike(found, catalogue) == {} and not found["proposed_only"].any()


def test_what_is_ended_or_dropped_counts_no_longer(own: Connection, catalogue: Catalogue) -> None:
    who, version = LOCAL_ADMINISTRATOR, 4
    for line in queries.rulings(own, version).query("area_code != @NORFOLK").to_dict("records"):
        about = Subject(*(line[name] for name in ("area_code", "commitment", "test", "kind")))
        end(own, who, catalogue, about, "It was ruled by mistake", LATER, seen=line["made_at"])
    (change,) = queries.adaptations(own, version).to_dict("records")
    adaptations.withdraw(own, who, change["id"], "It was recorded twice", change["made_at"], LATER)
    (action,) = queries.actions(own, version).to_dict("records")
    actions.change(own, who, action["id"], {"state": "dropped"}, "Not needed after all", LATER, seen=action["made_at"])
    found = cells(grid(gather(own, catalogue, version, MOMENT.as_of), MOMENT.as_of))
    assert {cell for cell, result in found.items() if cell[2] == "acted_upon" and result == "passed"} == set()
    assert "not_applicable" not in found.values()


def test_earlier_quarters_are_worked_out_from_what_is_known_now(planted: Connection, catalogue: Catalogue) -> None:
    known = gather(planted, catalogue, 4, MOMENT.as_of)
    found = over_time(known, MOMENT.as_of, list(known.pairs["area_code"].unique())).set_index("day")
    assert [str(day.date()) for day in found.index] == [
        "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30", "2026-11-02",
    ]  # fmt: skip
    assert found["pairs"].eq(390).all() and found["tests"].eq(2730).all()
    # Figures begin in July 2025, Kent’s of people who felt heard in April 2026, as voices do. What was
    # changed counts from its day, the 20th of September, and what was decided from November.
    assert found["numbers"].tolist() == [4, 4, 4, 6, 6, 6]
    assert found["user_voice"].tolist() == [0, 0, 0, 2, 2, 2]
    assert found["acted_upon"].tolist() == [0, 0, 0, 0, 1, 8]
    assert found["kept"].tolist() == [0, 0, 0, 0, 0, 1]
    assert found[["all_seven", "five_or_six", "three_or_four", "one_or_two", "none"]].iloc[-1].sum() == 390
    of_kent = over_time(known, MOMENT.as_of, [KENT])
    assert of_kent["pairs"].eq(10).all() and of_kent["shared_measure"].iloc[-1] == 2


def test_days_are_quarter_ends_since_the_consensus() -> None:
    assert days(date(2025, 10, 1)) == [date(2025, 9, 30), date(2025, 10, 1)]
    assert days(date(2025, 9, 30)) == [date(2025, 9, 30)]
    assert days(date(2025, 7, 1)) == [date(2025, 7, 1)]
    assert len(days(date(2031, 5, 5))) == 12 and days(date(2031, 5, 5))[0] == date(2028, 9, 30)

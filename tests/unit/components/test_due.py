"""What fell due, what is overdue and what falls due next: the frame that pages share, and its words and rows."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from components import due_rows, due_words
from components.controls import View
from components.html import Cell
from data.catalogue import Catalogue
from data.template_files import date_due, due_by_period, recent_periods, reported_by_areas
from reports.expected import FACT, areas_within, fates, first_periods

AS_OF = date(2026, 10, 31)
NORFOLK, SUFFOLK = "E23000024", "E23000025"
NAMES = {NORFOLK: "Norfolk", SUFFOLK: "Suffolk"}
OURS, THEIRS, MONTHLY = "people_who_felt_heard", "robbery", "handover_wait_hours"


@pytest.fixture(scope="module")
def view(catalogue: Catalogue) -> View:
    words = {
        "area": dict(NAMES),
        "commitment": {key: item.title for key, item in catalogue.commitments.items()},
        "indicator": {key: item.name for key, item in catalogue.indicators.items()},
        "version": {0: "Newest"},
    }
    return View(NORFOLK, "SYS-1", OURS, 1, AS_OF, 1, words)


def first(start: str, end: str, days: int, frequency: str = "quarterly", **more: Any) -> dict[str, Any]:
    line = {"indicator": OURS, "area_code": [NORFOLK, SUFFOLK], "frequency": frequency, "reported_by_area": True}
    period = {"period_start": date.fromisoformat(start), "period_end": date.fromisoformat(end)}
    return line | period | {"due_days_after_period": days} | more


def held(*lines: tuple[str, str, str, str]) -> pd.DataFrame:
    """Observations: area, indicator, first and last day."""
    frame = pd.DataFrame(list(lines), columns=FACT)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in FACT[2:]})


def expected(*firsts: dict[str, Any], here: pd.DataFrame | None = None, as_of: date = AS_OF) -> pd.DataFrame:
    found = fates(pd.DataFrame(list(firsts)), held() if here is None else here, as_of)
    return found.assign(area_name=found["area_code"].map(NAMES))


def of(frame: pd.DataFrame, area: str = NORFOLK) -> dict[str, tuple[str, bool]]:
    """State, and whether it fell due, by the last day of the period."""
    own = frame[frame["area_code"] == area]
    return {
        str(line["period_end"].date()): (line["state"], line["fell_due"])
        for line in own.sort_values("period_end").to_dict("records")
    }


def text(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else " | ".join(filter(None, (cell.text, cell.detail)))


QUARTER = first("2025-07-01", "2025-09-30", 45)
SENT = (NORFOLK, OURS, "2026-01-01", "2026-03-31")


def test_every_period_has_its_fate() -> None:
    assert of(expected(QUARTER, here=held(SENT))) == {
        "2025-09-30": ("overdue", True),
        "2025-12-31": ("overdue", True),
        "2026-03-31": ("received", True),
        "2026-06-30": ("overdue", True),
        "2026-09-30": ("due", False),
        "2026-12-31": ("not_yet_due", False),
    }


@pytest.mark.parametrize(
    ("days", "fell_due"),
    # Due on 31 October 2025, which is the last day of the twelve months before, on the next, on the day and after it.
    [(31, False), (32, True), (395, True), (396, True), (397, False)],
)
def test_only_what_fell_due_within_twelve_months_counts(days: int, fell_due: bool) -> None:
    line = first("2025-09-01", "2025-09-30", days, "yearly")
    here = held((NORFOLK, OURS, "2025-09-01", "2025-09-30"))
    assert of(expected(line, here=here))["2025-09-30"] == ("received", fell_due)


@pytest.mark.parametrize(("days", "state", "fell_due"), [(395, "overdue", True), (396, "due", False)])
def test_what_is_due_on_the_day_itself_is_not_overdue(days: int, state: str, fell_due: bool) -> None:
    assert of(expected(first("2025-09-01", "2025-09-30", days, "yearly")))["2025-09-30"] == (state, fell_due)


def test_what_came_early_is_here_and_did_not_fall_due() -> None:
    frame = expected(QUARTER, here=held((NORFOLK, OURS, "2026-07-01", "2026-09-30")))
    assert of(frame)["2026-09-30"] == ("received", False)
    assert "2026-09-30" not in due_rows.falls_due(frame[frame["area_code"] == NORFOLK])["period_end"].astype(str).values


def test_a_figure_of_another_length_is_not_the_one_expected() -> None:
    year = (NORFOLK, OURS, "2025-07-01", "2026-06-30")
    assert of(expected(QUARTER, here=held(year)))["2026-06-30"] == ("overdue", True)


def test_old_gaps_are_overdue_yet_not_counted() -> None:
    frame = expected(first("2024-07-01", "2024-09-30", 45))
    assert of(frame)["2025-06-30"] == ("overdue", False)
    assert due_rows.overdue(frame)["period_end"].min() == pd.Timestamp("2025-09-30")


def test_the_catalogue_gives_every_expected_area_and_who_sends(catalogue: Catalogue) -> None:
    frame = first_periods(catalogue).set_index("indicator")
    assert list(frame.index) == list(catalogue.indicators)
    assert frame.loc[OURS, "reported_by_area"] and not frame.loc[THEIRS, "reported_by_area"]
    assert frame.loc[THEIRS, "area_code"] == areas_within(catalogue, "E92000001")
    assert frame.loc[OURS, "period_start"] == date(2023, 4, 1) and frame.loc[THEIRS, "period_end"] == date(2018, 3, 31)


def test_pages_and_templates_keep_one_rule(catalogue: Catalogue) -> None:
    sent = [(NORFOLK, OURS, "2026-01-01", "2026-03-31"), (NORFOLK, MONTHLY, "2026-08-01", "2026-08-31")]
    frame = fates(first_periods(catalogue), held(*sent), AS_OF)
    assert [
        date_due(catalogue.indicators[key], end.date()) for key, end in frame[["indicator", "period_end"]].values
    ] == frame["due_date"].dt.date.tolist()

    own = frame[(frame["area_code"] == NORFOLK) & frame["reported_by_area"]]
    ends = [span.end for kind in ("month", "quarter") for span in recent_periods(kind, AS_OF, 8)]
    for due in due_by_period(catalogue, [NORFOLK], sorted({*ends}), held(*sent)):
        rows = own[own["period_end"] == pd.Timestamp(due.end)]
        missing = rows[rows["state"] != "received"]
        assert (due.asked, due.missing) == (len(rows), len(missing)), due
        assert due.overdue(AS_OF) == (missing["state"] == "overdue").any(), due


def test_twelve_months_ask_for_a_year_of_every_indicator(catalogue: Catalogue) -> None:
    frame = fates(first_periods(catalogue), held(), AS_OF)
    times = {"monthly": 12, "quarterly": 4, "yearly": 1}
    asked = sum(times[item.frequency] for item in reported_by_areas(catalogue))
    fell = frame[frame["fell_due"] & frame["reported_by_area"]]
    assert set(fell["area_code"].value_counts()) == {asked} and fell["area_code"].nunique() == 39


@pytest.mark.parametrize(
    ("firsts", "here", "said"),
    [
        (
            [QUARTER],
            [SENT],
            ("1 of 4 figures that fell due in the 12 months to 31 October 2026 is here; 3 are overdue, the longest "
            "since 14 November 2025; 1 falls due by 14 November 2026."),
        ),
        (
            [first("2026-04-01", "2026-06-30", 45)],
            [(NORFOLK, OURS, "2026-07-01", "2026-09-30")],
            ("0 of 1 figure that fell due in the 12 months to 31 October 2026 are here; 1 is overdue since "
            "14 August 2026."),
        ),
        (
            [first("2026-04-01", "2026-06-30", 45)],
            [(NORFOLK, OURS, "2026-04-01", "2026-06-30"), (NORFOLK, OURS, "2026-07-01", "2026-09-30")],
            "1 of 1 figure that fell due in the 12 months to 31 October 2026 is here, and nothing is overdue.",
        ),
        (
            [first("2026-07-01", "2026-09-30", 45), first("2026-07-01", "2026-09-30", 135, indicator=MONTHLY)],
            [],
            ("no figure fell due in the 12 months to 31 October 2026; 2 fall due by 12 February 2027, the first by "
            "14 November 2026."),
        ),
        ([first("2026-04-01", "2026-06-30", 45, reported_by_area=False)], [], ("no figure fell due in the 12 months "
         "to 31 October 2026.")),
    ],
    ids=["some", "one overdue", "all here", "next", "published only"],
)  # fmt: skip
def test_sentence_of_an_area(firsts: list[dict[str, Any]], here: list[tuple[str, str, str, str]], said: str) -> None:
    frame = expected(*firsts, here=held(*here))
    own = frame[frame["area_code"] == NORFOLK]
    assert due_words.sentence("Norfolk", own, AS_OF) == f"Norfolk: {said}"


def test_sentence_of_many_areas_says_how_many_are_late_and_separates_thousands() -> None:
    months = [first("2025-10-01", "2025-10-31", 30, "monthly", indicator=f"i{number}") for number in range(60)]
    frame = expected(*months, here=held(*[(NORFOLK, f"i{number}", "2025-10-01", "2025-10-31") for number in range(60)]))
    frame = frame[~((frame["area_code"] == NORFOLK) & (frame["state"] != "received"))]
    assert due_words.sentence("East of England region", frame, AS_OF) == (
        "East of England region: 60 of 780 figures that fell due in the 12 months to 31 October 2026 are here; 720 are "
        "overdue in 1 of 2 areas, the longest since 30 November 2025."
    )
    assert "1,440 are overdue in 2 of 2 areas" in due_words.sentence("East", expected(*months), AS_OF)


def test_what_is_published_is_awaited_and_never_overdue(catalogue: Catalogue, view: View) -> None:
    lines = [
        first("2025-04-01", "2026-03-31", 150, "yearly", indicator=THEIRS, reported_by_area=False),
        first("2025-08-01", "2026-07-31", 150, "yearly", indicator="burglary", reported_by_area=False),
    ]
    frame = expected(*lines)
    assert due_words.published_sentence(frame, catalogue) == (
        "From national publication, not for areas to send: 2 of 2 figures that fell due in these 12 months are awaited "
        "from ONS since 28 August 2026 (Robbery); 2 are not yet published, due from ONS by 28 December 2026."
    )
    assert due_rows.overdue(frame).empty and due_rows.falls_due(frame).empty
    assert due_rows.waiting_rows(frame, catalogue, view) == due_rows.area_rows(frame, view) == []
    rows = due_rows.indicator_rows([catalogue.indicators[key] for key in (THEIRS, "burglary")], frame, view)
    assert [text(cell) for cell in rows[0]] == [
        "Robbery",
        "year ending March 2026 | due 28 August 2026",
        "0 of 2 areas",
        "awaited from ONS | 2 figures, since 28 August 2026",
        "not yet due, by 28 August 2027",
    ]
    assert text(rows[1][-1]) == "not yet published | due from ONS by 28 December 2026"
    assert set(due_rows.taken_away(frame, AS_OF)["state"]) == {"awaited from ONS", "not_yet_due"}


def test_nothing_is_said_of_publication_when_nothing_is_awaited(catalogue: Catalogue) -> None:
    assert due_words.published_sentence(expected(QUARTER), catalogue) == ""


def test_waiting_rows_put_the_longest_overdue_first_and_what_is_next_last(catalogue: Catalogue, view: View) -> None:
    late_year = first("2025-04-01", "2026-03-31", 90, "yearly", indicator="shared_community_sites")
    late_month = first("2026-08-01", "2026-08-31", 30, "monthly", indicator=MONTHLY)
    slow = first("2026-04-01", "2026-06-30", 135, indicator="repeat_crisis_within_90_days")
    frame = expected(slow, late_month, late_year, QUARTER)
    rows = due_rows.waiting_rows(frame[frame["area_code"] == NORFOLK], catalogue, view)
    assert [[text(cell) for cell in row] for row in rows] == [
        ["overdue since 14 November 2025", "People who felt heard", "4",
         "first July to September 2025, last April to June 2026"],
        ["overdue since 29 June 2026", "Community sites shared by health and police", "1", "2025/26"],
        ["overdue since 30 September 2026", "Hours waited at handover from police to health care", "2",
         "August 2026 and September 2026"],
        ["due by 12 November 2026", "People in crisis again within 90 days", "1", "April to June 2026"],
        ["due by 14 November 2026", "People who felt heard", "1", "July to September 2026"],
        ["due by 12 February 2027", "People in crisis again within 90 days", "1", "July to September 2026"],
    ]  # fmt: skip
    assert {row[0].state for row in rows if isinstance(row[0], Cell)} == {"worsened", "silent"}


def test_rows_by_area_count_and_put_the_most_overdue_first(view: View) -> None:
    frame = expected(QUARTER, here=held(SENT, (NORFOLK, OURS, "2025-07-01", "2025-09-30")))
    assert [[text(cell) for cell in row] for row in due_rows.area_rows(frame, view)] == [
        ["Suffolk", "4", "0", "4", "since 14 November 2025", "1"],
        ["Norfolk", "4", "2", "2", "since 14 February 2026", "1"],
    ]


def test_rows_by_indicator_count_areas_of_the_latest_period_that_fell_due(catalogue: Catalogue, view: View) -> None:
    later = first("2026-10-01", "2026-12-31", 45, indicator="staff_jointly_trained")
    frame = expected(QUARTER, later, here=held((NORFOLK, OURS, "2026-04-01", "2026-06-30")))
    items = [catalogue.indicators[key] for key in (OURS, "staff_jointly_trained")]
    assert [[text(cell) for cell in row] for row in due_rows.indicator_rows(items, frame, view)] == [
        ["People who felt heard", "April to June 2026 | due 14 August 2026", "1 of 2 areas",
         "7 overdue | in 2 areas, the longest since 14 November 2025", "2 due by 14 November 2026"],
        ["Staff trained together", "none in the 12 months", "", "", "not yet due, by 14 February 2027"],
    ]  # fmt: skip


def test_two_periods_that_fall_due_apart_are_not_said_to_be_due_together(catalogue: Catalogue, view: View) -> None:
    slow = first("2026-04-01", "2026-06-30", 135, indicator="repeat_crisis_within_90_days")
    rows = due_rows.indicator_rows([catalogue.indicators[slow["indicator"]]], expected(slow), view)
    assert text(rows[0][-1]) == "2 due by 12 November 2026 | 2 later"


def test_late_rows_name_each_area_and_indicator(catalogue: Catalogue, view: View) -> None:
    frame = expected(QUARTER, here=held(SENT))
    rows = due_rows.late_rows(due_rows.overdue(frame), catalogue, view)
    assert [[text(cell) for cell in row] for row in rows] == [
        ["Norfolk", "People who felt heard", "3", "overdue since 14 November 2025",
         "July to September 2025, October to December 2025 and April to June 2026"],
        ["Suffolk", "People who felt heard", "4", "overdue since 14 November 2025",
         "first July to September 2025, last April to June 2026"],
    ]  # fmt: skip


def test_a_commitment_counts_what_areas_send_and_names_what_is_awaited(catalogue: Catalogue) -> None:
    published = first("2025-04-01", "2026-03-31", 150, "yearly", indicator=THEIRS, reported_by_area=False)
    cells = due_rows.commitment_cells(expected(QUARTER, published, here=held(SENT)), catalogue)
    assert list(cells) == list(catalogue.commitments)
    assert text(cells["COM-1"]) == text(cells["SYS-3"]) == "1 of 8 | 7 overdue"
    assert text(cells["SYS-4"]) == "nothing fell due | 2 awaited from ONS"
    assert text(cells["STF-1"]) == "nothing fell due"


def test_what_is_taken_away_leaves_out_older_gaps() -> None:
    frame = due_rows.taken_away(expected(first("2024-07-01", "2024-09-30", 45)), AS_OF)
    assert list(frame.columns) == due_rows.TAKEN_AWAY
    assert frame["due_date"].min() == pd.Timestamp("2025-11-14")
    assert frame["state"].tolist() == ["overdue"] * 8 + ["due"] * 2 + ["not_yet_due"] * 2
    assert set(frame["sent_by"]) == {"the area"}


def test_an_example_is_the_latest_period_that_ended(catalogue: Catalogue) -> None:
    item = catalogue.indicators[OURS]
    assert due_words.example(expected(QUARTER), item) == "July to September 2026 by 14 November 2026"
    assert due_words.example(expected(first("2026-10-01", "2026-12-31", 45)), item) == ""

"""Files in other layouts, with all that is messy in published ones: each is read figure by figure, or refused.

The files are invented and stand in `tests/fixtures/foreign/`. Each is sent as it is; where a way to read it is
proposed, it is confirmed, and where the file does not say its indicator, one is chosen.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.mapping import chosen, missing
from data.returned import with_findings
from data.store import Connection
from data.submission import Prepared, confirm, prepare
from tests.integration.storing import KENT, MOMENT, rows

FOREIGN = Path(__file__).resolve().parents[1] / "fixtures" / "foreign"
MUST, CHECK, NOTE = "must_fix", "check", "note"
CLEVELAND, DURHAM, LONDON_CITY, MANCHESTER = "E23000013", "E23000008", "E23000034", "E23000005"
SURREY = "E23000031"
Told = tuple[str, str, list[int], str]


@dataclass(frozen=True)
class Expected:
    """What comes of a file: the layout that is proposed and what it leaves to choose, the facts, and the findings.

    A file without a layout is refused at once. `facts` are those that would be stored; None when something must be
    mended. `told` are level, code, rows and column of each finding but the note of how the file is read.
    """

    layout: str = ""
    to_choose: tuple[str, ...] = ()
    facts: int | None = None
    told: list[Told] = field(default_factory=list)


FILES = {
    "areas_across": Expected(
        "areas_across",
        ("indicator",),
        11,
        [
            (NOTE, "rows_above_heading", [1], ""),
            (NOTE, "columns_left_out", [2], ""),
            (NOTE, "population_used", [3], "denominator"),
            (NOTE, "population_missing", [4], "year"),
            (NOTE, "population_missing", [5], "year"),
            (NOTE, "rows_left_out", [6], ""),
        ],
    ),
    "fingertips": Expected(
        "fingertips",
        ("indicator",),
        5,
        [
            (CHECK, "period_length", [2, 4, 5, 6, 7], "Time period"),
            (NOTE, "columns_left_out", [1], ""),
            (NOTE, "population_used", [2, 4, 5], "denominator"),
            (NOTE, "rows_left_out", [3, 8], ""),
            (NOTE, "part_not_shown", [4], "Sex"),
        ],
    ),
    "indicators_with_partnerships": Expected(
        "indicators_across",
        (),
        None,
        [
            (MUST, "duplicate_fact", [9], "Homicide"),
            (MUST, "area_name_of_another_area", [9], "Police Force Area name"),
            (MUST, "duplicate_fact", [9], "Possession of weapons offences [note 3]"),
            (MUST, "duplicate_fact", [9], "Violence with injury5"),
            (NOTE, "rows_above_heading", [1, 2, 3], ""),
            (NOTE, "columns_left_out", [4], ""),
            (NOTE, "population_used", [5, 8, 9], "denominator"),
            (NOTE, "rows_left_out", [6, 7, 10, 11, 12], ""),
        ],
    ),
    "local_authorities": Expected(told=[(MUST, "layout_other_places", [], "")]),
    "other_headings": Expected(
        "other_headings",
        ("indicator",),
        6,
        [
            (NOTE, "columns_left_out", [1], ""),
            (NOTE, "part_not_shown", [3], "Sex"),
            (NOTE, "rows_left_out", [8, 9], ""),
        ],
    ),
    "percentage_change": Expected(
        told=[(MUST, "layout_not_figures", [], ""), (NOTE, "rows_above_heading", [1, 2], "")]
    ),
    "periods_two_levels": Expected(
        "periods_across",
        ("indicator",),
        None,
        [
            (MUST, "count_negative", [12], "Apr '09 to Mar '103 / Number of Incidents"),
            (NOTE, "rows_above_heading", [1, 2, 3, 4], ""),
            (NOTE, "columns_left_out", [5], ""),
            (NOTE, "rows_left_out", [7, 16, 17, 18, 19, 20, 21], ""),
            (NOTE, "population_used", [8, 9, 10, 11, 12, 13, 14, 15], "denominator"),
            (NOTE, "population_used", [8, 9, 10, 11, 12, 13, 14, 15], "denominator"),
            (NOTE, "population_used", [8, 9, 10, 12, 13, 14, 15], "denominator"),
        ],
    ),
}
Sent = Callable[..., tuple[Prepared, Prepared | None]]


@pytest.fixture
def sent(empty: Connection, catalogue: Catalogue) -> Sent:
    """Send a file: what is proposed, and what comes of it once that is confirmed and robbery chosen where asked."""

    def run(content: bytes, actor: Actor = LOCAL_ADMINISTRATOR) -> tuple[Prepared, Prepared | None]:
        proposed = prepare(empty, actor, catalogue, content, "foreign.csv")
        mapping = proposed.screening.mapping
        if mapping is None:
            return proposed, None
        if "indicator" in missing(mapping):
            mapping = chosen(mapping, indicator="robbery")
        return proposed, prepare(empty, actor, catalogue, content, "foreign.csv", mapping=mapping)

    return run


def content_of(name: str) -> bytes:
    return (FOREIGN / f"{name}.csv").read_bytes()


def told(prepared: Prepared) -> list[Told]:
    """The findings but the one that says how a file is read."""
    findings = [item for item in prepared.screening.findings if item.code != "layout_confirmed"]
    return [(item.level, item.code, list(item.rows), item.column) for item in findings]


def test_every_foreign_file_has_its_outcome() -> None:
    assert set(FILES) == {path.stem for path in FOREIGN.glob("*")}


@pytest.mark.parametrize("name", FILES)
def test_foreign_file_is_proposed_or_refused(name: str, sent: Sent) -> None:
    proposed, confirmed = sent(content_of(name))
    assert not proposed.screening.acceptable and proposed.content == b"" and proposed.counts == {}
    mapping = proposed.screening.mapping
    if not FILES[name].layout:
        assert mapping is None and confirmed is None and told(proposed) == FILES[name].told
        return
    assert mapping is not None and (mapping.kind, missing(mapping)) == (FILES[name].layout, FILES[name].to_choose)
    grave = [(item.code, list(item.rows)) for item in proposed.screening.findings if item.level == MUST]
    assert grave == [("layout_to_confirm", [mapping.heading_row])]


@pytest.mark.parametrize("name", [name for name, expected in FILES.items() if expected.layout])
def test_foreign_file_gives_its_facts_once_confirmed(name: str, sent: Sent) -> None:
    _, confirmed = sent(content_of(name))
    assert confirmed is not None and told(confirmed) == FILES[name].told
    assert [item.code for item in confirmed.screening.findings].count("layout_confirmed") == 1
    facts = FILES[name].facts
    assert confirmed.screening.acceptable == (facts is not None)
    assert confirmed.counts == ({} if facts is None else {"new": facts, "changed": 0, "unchanged": 0, "absent": 0})
    assert confirmed.content == (b"" if facts is None else content_of(name))


def test_what_is_confirmed_is_what_the_file_says(sent: Sent, empty: Connection) -> None:
    _, confirmed = sent(content_of("areas_across"))
    assert confirmed is not None
    confirm(LOCAL_ADMINISTRATOR, confirmed, MOMENT)
    stored = rows(
        empty,
        "SELECT area_code, year(period_start), year(period_end), CAST(numerator AS INTEGER), note FROM observation "
        "WHERE indicator = 'robbery' ORDER BY ALL",
    )
    counts = {
        MANCHESTER: [(2019, 1204), (2021, 1304)],
        DURHAM: [(2019, 102), (2020, 112), (2021, 122)],
        CLEVELAND: [(2019, 101), (2020, 111), (2021, 121)],
        LONDON_CITY: [(2019, 3), (2020, 4), (2021, None)],
    }
    expected = [
        (area, year, year, count, "x" if count is None else None) for area in counts for year, count in counts[area]
    ]
    assert stored == sorted(expected, key=lambda fact: fact[:2])


# Surrey’s figures under Kent’s code


def returned(prepared: Prepared) -> list[dict[str, str]]:
    """The lines of the file given back, by heading."""
    assert prepared.screening.sheet is not None
    text = with_findings(prepared.screening.sheet, prepared.screening.findings).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    at = next(number for number, line in enumerate(lines) if line[0] == "row")
    return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]


@pytest.mark.parametrize("actor", [LOCAL_ADMINISTRATOR, Actor("Sender", "contributor", frozenset({KENT}))])
def test_code_of_another_area_is_told_at_its_spreadsheet_row(sent: Sent, actor: Actor) -> None:
    _, confirmed = sent(content_of("indicators_with_partnerships"), actor)
    assert confirmed is not None and not confirmed.screening.acceptable
    (wrong,) = [item for item in confirmed.screening.findings if item.code == "area_name_of_another_area"]
    assert (wrong.level, list(wrong.rows), wrong.column, wrong.value) == (MUST, [9], "Police Force Area name", "Surrey")
    assert wrong.words == "code and name belong to different areas; E23000032 is Kent; correct the code or the name"
    lines = returned(confirmed)
    name = "Police Force\nArea name"
    assert {line["row"]: line[name] for line in lines if wrong.words in line["findings"]} == {"9": "Surrey"}
    assert {line["row"] for line in lines if line[name].startswith("Kent")} >= {"8"}


def test_with_the_right_code_every_figure_is_taken(sent: Sent) -> None:
    content = content_of("indicators_with_partnerships").replace(f"{KENT},Surrey".encode(), f"{SURREY},Surrey".encode())
    _, confirmed = sent(content)
    assert confirmed is not None and confirmed.screening.acceptable and confirmed.counts["new"] == 9


PERIODS = "Area code,Area name,2022/23,2023/24,2024/25\n"


def test_a_typing_error_in_a_wide_table_must_be_mended(sent: Sent) -> None:
    _, confirmed = sent(f"{PERIODS}E23000024,Norfolk,12,1a,15\n".encode())
    assert confirmed is not None and not confirmed.screening.acceptable
    assert (MUST, "number_unreadable", [2], "2023/24") in told(confirmed)
    assert "columns_left_out" not in {item.code for item in confirmed.screening.findings}


def test_a_fault_in_many_columns_is_told_once(sent: Sent) -> None:
    years = [f"{year}/{(year + 1) % 100:02}" for year in range(2005, 2025)]
    row = ",".join(["E23000024", *["1a"] * len(years)])
    _, confirmed = sent(f"Area code,{','.join(years)}\n{row}\n".encode())
    assert confirmed is not None
    unread = [item for item in told(confirmed) if item[1] == "number_unreadable"]
    assert unread == [(MUST, "number_unreadable", [2], "2005/06, 2006/07, 2007/08 and 17 more")]

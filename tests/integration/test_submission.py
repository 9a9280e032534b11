"""A file on its way into the store: prepared, confirmed whole or not at all, superseded, and never mixed."""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import duckdb
import pandas as pd
import pytest

from data import history, queries, store, submission
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.screening import screen
from data.store import Connection, TryAgain
from data.submission import Provenance, confirm, prepare
from data.workspace import load_catalogue
from tests.integration.storing import (
    KENT,
    MOMENT,
    NORFOLK,
    SUFFOLK,
    everything,
    fact,
    facts,
    held_facts,
    rows,
    send,
    trail,
    voice,
)

ROOT = Path(__file__).resolve().parents[2]
OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))


def held(connection: Connection, version: int) -> dict[tuple[str, str], tuple[float, float]]:
    """Area and period to numerator and denominator, at a version."""
    found = queries.observations(connection, version)
    keys = zip(found["area_code"], found["period_end"].dt.strftime("%Y-%m"), strict=True)
    return dict(zip(keys, zip(found["numerator"], found["denominator"], strict=True), strict=True))


def version_of(connection: Connection) -> int:
    return int(queries.current(connection)["version"])


def test_prepare_stores_nothing_and_says_what_would_change(empty: Connection, catalogue: Catalogue) -> None:
    before = everything(empty)
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact(), fact(KENT)), "figures.csv")
    assert prepared.counts == {"new": 2, "changed": 0, "unchanged": 0, "absent": 0}
    assert prepared.confirmable and prepared.would_store == 2 and prepared.base_version == 1
    assert prepared.changes[["area_code", "state", "numerator"]].values.tolist() == [
        [NORFOLK, "new", 54.0],
        [KENT, "new", 54.0],
    ]
    assert everything(empty) == before


def test_a_file_with_faults_is_not_compared_and_cannot_be_confirmed(empty: Connection, catalogue: Catalogue) -> None:
    content = facts(fact(), fact(numerator=-1, area=KENT))
    before = everything(empty)
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    assert not prepared.confirmable and prepared.counts == {} and prepared.changes.empty
    with pytest.raises(UserError, match="findings that must be mended first. Nothing was stored"):
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    assert everything(empty) == before


@pytest.mark.both_engines
def test_confirm_stores_the_file_whole_as_the_next_version(empty: Connection, catalogue: Catalogue) -> None:
    """The original is kept byte for byte, also where it was not written in UTF-8."""
    content = facts(fact(comment="cost £5"), fact(KENT, 3, 7)).decode().replace(",", ";").encode("cp1252")
    prepared, version = send(empty, catalogue, content)
    assert version == version_of(empty) == prepared.base_version + 1 == 2
    assert held(empty, 2) == {(NORFOLK, "2025-06"): (54, 86), (KENT, "2025-06"): (3, 7)}
    assert queries.observations(empty, 2, area=NORFOLK)["comment"].tolist() == ["cost £5"]
    names = "id, file_name, sha256, size, template, sent_by, sent_at, version, rows_new, rows_changed, rows_unchanged"
    digest = hashlib.sha256(content).hexdigest()
    assert rows(empty, f"SELECT {names} FROM submission") == [
        (prepared.id, "figures.csv", digest, len(content), "observations", "Local administrator", MOMENT.at, 2, 2, 0, 0)
    ]
    assert history.original(empty, LOCAL_ADMINISTRATOR, prepared.id, MOMENT) == ("figures.csv", content)
    assert rows(
        empty, "SELECT submission, submission_row, from_version, until_version FROM observation ORDER BY ALL"
    ) == [
        (prepared.id, 2, 2, None),
        (prepared.id, 3, 2, None),
    ]


@pytest.mark.both_engines
def test_confirm_writes_the_version_and_a_line_of_the_audit_trail(empty: Connection, catalogue: Catalogue) -> None:
    prepared, _ = send(empty, catalogue, facts(), OF_NORFOLK)
    newest = queries.data_versions(empty)[0]
    assert newest["made_by"] == "Ada Norfolk" and newest["reason"] == "Numbers from “figures.csv”"
    assert (newest["made_at"], newest["as_of"]) == (
        MOMENT.at,
        max(MOMENT.as_of, queries.data_versions(empty)[1]["as_of"]),
    )
    assert trail(empty)[2:] == [(MOMENT.at, "Ada Norfolk", "submission accepted", str(prepared.id), 1, 2)]
    assert queries.current(empty)["catalogue_digest"] == catalogue.digest


def test_what_the_screening_found_is_kept_with_the_file(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts(fact(area_name="Norforlk")))
    ((findings,),) = rows(empty, "SELECT findings FROM submission")
    assert [(line["code"], line["rows"], line["value"]) for line in json.loads(findings)] == [
        ("area_name_unknown", [2], "Norforlk")
    ]


def test_where_figures_come_from_is_kept_with_them(empty: Connection, catalogue: Catalogue) -> None:
    content = facts()
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    told = Provenance("published", "A publisher, table 1", "second edition", invented=True)
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT, told)
    found = queries.observations(empty, 2)[["origin", "source", "edition", "invented"]]
    assert found.values.tolist() == [["published", "A publisher, table 1", "second edition", True]]


@pytest.mark.both_engines
def test_a_second_confirm_of_the_same_file_stores_nothing(empty: Connection, catalogue: Catalogue) -> None:
    """A person who presses the button twice, also after somebody else has stored something."""
    content = facts()
    prepared, version = send(empty, catalogue, content)
    before = everything(empty)
    assert confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT) == version == 2
    assert everything(empty) == before
    send(empty, catalogue, facts(fact(KENT)))
    assert confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT) == 2
    assert version_of(empty) == 3


def test_the_same_bytes_again_are_recognised(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts(), OF_NORFOLK)
    again = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(), "again.csv")
    (note,) = [finding for finding in again.screening.findings if finding.code == "file_seen_before"]
    assert note.level == "note" and note.row == 0
    assert note.message == (
        "the very same file was accepted on 2 November 2026 as data version 2 (“figures.csv”, sent by Ada Norfolk)"
    )
    assert again.counts["unchanged"] == 1 and not again.confirmable
    before = everything(empty)
    with pytest.raises(UserError, match="Nothing in this file differs from what is stored"):
        confirm(LOCAL_ADMINISTRATOR, again, MOMENT)
    assert everything(empty) == before


def test_other_bytes_are_not_taken_for_the_same(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts())
    other = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts() + b"\r\n", "figures.csv")
    assert [finding.code for finding in other.screening.findings if finding.code == "file_seen_before"] == []


@pytest.mark.both_engines
def test_a_later_file_supersedes_what_it_changes_and_leaves_the_rest(empty: Connection, catalogue: Catalogue) -> None:
    quarters = ["2024/25 Q3", "2024/25 Q4", "2025/26 Q1"]
    first, _ = send(empty, catalogue, facts(*(fact(period=period) for period in quarters), fact(KENT)))
    later = facts(fact(period=quarters[0]), fact(period=quarters[2], numerator=60), fact(period="2025/26 Q2"))
    second, version = send(empty, catalogue, later)
    assert second.counts == {"new": 1, "changed": 1, "unchanged": 1, "absent": 1}
    shown = second.changes[["state", "old_numerator", "numerator"]].astype(object)
    assert shown.where(shown.notna(), None).values.tolist() == [
        ["changed", 54, 60],
        ["new", None, 54],
        ["absent", 54, None],
    ]
    assert held(empty, version) == {
        (NORFOLK, "2024-12"): (54, 86),
        (NORFOLK, "2025-03"): (54, 86),
        (NORFOLK, "2025-06"): (60, 86),
        (NORFOLK, "2025-09"): (54, 86),
        (KENT, "2025-06"): (54, 86),
    }
    names = "strftime(period_end, '%Y-%m'), submission, numerator, from_version, until_version"
    stored = rows(
        empty, f"SELECT {names} FROM observation WHERE area_code = '{NORFOLK}' ORDER BY period_end, from_version"
    )
    assert stored == [
        ("2024-12", first.id, 54, 2, None),
        ("2025-03", first.id, 54, 2, None),
        ("2025-06", first.id, 54, 2, 3),
        ("2025-06", second.id, 60, 3, None),
        ("2025-09", second.id, 54, 3, None),
    ]


@pytest.mark.parametrize(
    "more",
    [{"note": "p"}, {"comment": "now with a comment"}, {"denominator": 87}, {"value": 62.8, "lower": 52, "upper": 72}],
)
def test_any_cell_that_differs_changes_a_fact(empty: Connection, catalogue: Catalogue, more: dict[str, Any]) -> None:
    send(empty, catalogue, facts())
    prepared, _ = send(empty, catalogue, facts(fact(**more)))
    assert prepared.counts == {"new": 0, "changed": 1, "unchanged": 0, "absent": 0}


def test_parts_of_a_figure_and_organisations_are_facts_of_their_own(empty: Connection, catalogue: Catalogue) -> None:
    parts = [{}, {"breakdown_type": "sex", "breakdown": "female"}, {"organisation": "A trust"}]
    send(empty, catalogue, facts(*(fact(**{"organisation": ""} | part) for part in parts)))
    prepared, _ = send(empty, catalogue, facts(fact(numerator=55, **parts[1])))
    assert prepared.counts == {"new": 0, "changed": 1, "unchanged": 0, "absent": 2}
    assert rows(empty, "SELECT count(*) FROM observation WHERE until_version IS NULL") == [(3,)]
    assert held(empty, 3) == {(NORFOLK, "2025-06"): (54, 86)}


@pytest.mark.both_engines
def test_any_earlier_version_still_shows_what_it_showed(empty: Connection, catalogue: Catalogue) -> None:
    files = [
        facts(fact(), fact(KENT)),
        facts(fact(numerator=55)),
        facts(voice(), voice(KENT)),
        facts(fact(numerator=56), fact(SUFFOLK, note="x", numerator="", denominator="")),
        facts(voice(summary="People say that they are asked in time", grade=4)),
    ]
    shown = {}
    for content in files:
        _, version = send(empty, catalogue, content)
        shown[version] = seen_at(empty, version)
    assert list(shown) == [2, 3, 4, 5, 6]
    for version, before in shown.items():
        for one, other in zip(before, seen_at(empty, version), strict=True):
            pd.testing.assert_frame_equal(one, other)
    assert [held(empty, version).get((NORFOLK, "2025-06"), (0,))[0] for version in range(1, 7)] == [
        0,
        54,
        55,
        55,
        56,
        56,
    ]


def seen_at(connection: Connection, version: int) -> list[pd.DataFrame]:
    """Everything that is asked by version."""
    return [
        queries.observations(connection, version),
        queries.insights(connection, LOCAL_ADMINISTRATOR, version),
        pd.DataFrame([held_facts(connection, version)]),
    ]


@pytest.mark.both_engines
def test_two_files_of_an_area_checked_against_the_same_data_cannot_both_be_stored(
    empty: Connection, catalogue: Catalogue
) -> None:
    contents = [facts(fact()), facts(fact(KENT), fact(period="2025/26 Q2"))]
    first, second = (prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv") for content in contents)
    confirm(LOCAL_ADMINISTRATOR, first, MOMENT)
    before = everything(empty)
    with pytest.raises(TryAgain, match="changed since this file was checked. Nothing was stored; check it again"):
        confirm(LOCAL_ADMINISTRATOR, second, MOMENT)
    assert everything(empty) == before
    assert send(empty, catalogue, contents[1])[1] == 3


@pytest.mark.both_engines
def test_what_others_store_for_other_areas_holds_nobody_up(empty: Connection, catalogue: Catalogue) -> None:
    send(empty, catalogue, facts(fact(KENT, 20)))
    contents = [facts(fact()), facts(fact(KENT, 21)), facts(fact(SUFFOLK))]
    prepared = [prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv") for content in contents]
    assert [confirm(LOCAL_ADMINISTRATOR, one, MOMENT) for one in prepared] == [3, 4, 5]
    numbers = {area: numbers for (area, _), numbers in held(empty, 5).items()}
    assert numbers == {NORFOLK: (54, 86), KENT: (21, 86), SUFFOLK: (54, 86)}
    standing = "SELECT area_code, from_version FROM observation WHERE until_version IS NULL ORDER BY from_version"
    assert rows(empty, standing) == [(NORFOLK, 3), (KENT, 4), (SUFFOLK, 5)]


@pytest.mark.both_engines
def test_a_correction_is_checked_again_whatever_others_stored(empty: Connection, catalogue: Catalogue) -> None:
    earlier, _ = send(empty, catalogue, facts(fact(), fact(SUFFOLK)))
    correction = prepare(
        empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact(numerator=55)), "figures.csv", corrects=earlier.id
    )
    send(empty, catalogue, facts(fact(KENT)))
    with pytest.raises(TryAgain, match="check it again"):
        confirm(LOCAL_ADMINISTRATOR, correction, MOMENT, reason="Invented: a slip")


@pytest.mark.both_engines
def test_new_definitions_have_every_file_checked_again(empty: Connection, catalogue: Catalogue) -> None:
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact()), "figures.csv")
    load_catalogue(empty, replace(catalogue, digest="0" * 64), MOMENT)
    with pytest.raises(TryAgain, match="check it again"):
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)


class RefusedAtCommit:
    """A connection whose commit is refused, and which has ended the transaction by then."""

    def begin(self) -> None:
        return

    def commit(self) -> None:
        raise duckdb.TransactionException("Failed to commit: another transaction changed the same row")

    def rollback(self) -> None:
        raise duckdb.TransactionException("cannot rollback - no transaction is active")


def test_a_commit_that_is_refused_says_to_try_again() -> None:
    refused: Any = RefusedAtCommit()
    with pytest.raises(TryAgain, match="Nothing of yours was stored; try again"), store.transaction(refused):
        pass


def outcomes(attempts: list[Callable[[], int]]) -> list[int | Exception]:
    """What becomes of attempts that all start at the same moment, each in its own thread."""
    gate = Barrier(len(attempts))

    def attempt(confirmed: Callable[[], int]) -> int | Exception:
        gate.wait()
        try:
            return confirmed()
        except UserError as error:
            return error

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(attempt, attempts))


def in_step(connection: Connection, version: int) -> None:
    """The version, its rows, the files and the audit trail tell the same story: one change for each version."""
    assert version_of(connection) == version
    numbers = [(number,) for number in range(1, version + 1)]
    assert rows(connection, "SELECT version FROM data_version ORDER BY version") == numbers
    assert rows(connection, "SELECT to_version FROM audit ORDER BY number") == [(0,), *numbers]
    assert rows(connection, "SELECT version FROM submission ORDER BY version") == numbers[1:]
    assert rows(connection, "SELECT DISTINCT from_version FROM observation ORDER BY ALL") == numbers[1:]


@pytest.mark.both_engines
def test_of_two_files_confirmed_at_once_one_is_stored_and_one_told_to_try_again(
    empty: Connection, catalogue: Catalogue
) -> None:
    for number in range(8):
        contents = [facts(fact(area, 10 + number), fact(SUFFOLK, 20 + number)) for area in (NORFOLK, KENT)]
        cursors = [empty.cursor(), empty.cursor()]
        prepared = [
            prepare(cursor, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
            for cursor, content in zip(cursors, contents, strict=True)
        ]
        found = outcomes([partial(confirm, LOCAL_ADMINISTRATOR, one, MOMENT) for one in prepared])
        version = number + 2
        assert version in found and [type(one) for one in found if one != version] == [TryAgain]
        winner = (NORFOLK, KENT)[found.index(version)]
        written = rows(
            empty, f"SELECT area_code FROM observation WHERE from_version = {version} ORDER BY submission_row"
        )
        assert [code for (code,) in written] == [winner, SUFFOLK]
        in_step(empty, version)


@pytest.mark.both_engines
def test_one_file_confirmed_twice_at_once_is_stored_once(empty: Connection, catalogue: Catalogue) -> None:
    content = facts(fact(), fact(KENT))
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    found = outcomes([partial(confirm, LOCAL_ADMINISTRATOR, prepared, MOMENT)] * 4)
    assert found == [2, 2, 2, 2]
    assert rows(empty, "SELECT count(*) FROM observation") == [(2,)]
    in_step(empty, 2)


STEPS = ["raise_version", "observations_close", "observations_insert", "insert_submission", "insert_audit"]


@pytest.mark.both_engines
@pytest.mark.parametrize("step", STEPS)
def test_a_fault_in_the_middle_leaves_nothing(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    send(empty, catalogue, facts())
    content = facts(fact(numerator=55), fact(KENT))
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    before = everything(empty)
    with monkeypatch.context() as faulty, pytest.raises(OSError, match="no space left"):
        faulty.setattr(store, "run", failing_after(step))
        confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    assert everything(empty) == before
    assert confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT) == 3
    assert held(empty, 3) == {(NORFOLK, "2025-06"): (55, 86), (KENT, "2025-06"): (54, 86)}


def failing_after(step: str) -> Callable[..., Connection]:
    """`store.run`, with a fault right after a step was taken."""
    run = store.run

    def failing(connection: Connection, name: str, **parameters: Any) -> Connection:
        done = run(connection, name, **parameters)
        if name.endswith(step):
            raise OSError("no space left on the disk")
        return done

    return failing


def test_a_contributor_stores_for_their_own_area(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(), OF_NORFOLK)
    assert held(empty, version) == {(NORFOLK, "2025-06"): (54, 86)}


@pytest.mark.parametrize("content", [facts(fact(KENT)), facts(fact(), fact(KENT)), facts(voice(KENT))])
def test_a_contributor_handed_a_file_of_another_area_stores_nothing(
    empty: Connection, catalogue: Catalogue, content: bytes
) -> None:
    """The file was prepared by somebody who may report for the area: what counts is who confirms."""
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    before = everything(empty)
    with pytest.raises(UserError, match="Nothing was stored"):
        confirm(OF_NORFOLK, prepared, MOMENT)
    assert everything(empty) == before


@pytest.mark.parametrize("content", [facts(fact(KENT)), facts(fact(), fact(KENT)), facts(voice(KENT))])
def test_the_write_checks_permission_even_where_the_screening_has_let_it_pass(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "figures.csv")
    before = everything(empty)
    lax = lambda connection, actor, *rest, **more: screen(connection, LOCAL_ADMINISTRATOR, *rest, **more)  # noqa: E731
    monkeypatch.setattr(submission, "screen", lax)
    with pytest.raises(UserError, match=f"Ada Norfolk may not report for {KENT}. Nothing was stored"):
        confirm(OF_NORFOLK, prepared, MOMENT)
    assert everything(empty) == before


@pytest.mark.parametrize("role", ["viewer", "evaluator", "steering"])
def test_who_reports_for_no_area_stores_nothing(empty: Connection, catalogue: Catalogue, role: Any) -> None:
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(), "figures.csv")
    with pytest.raises(UserError, match="Nothing was stored"):
        confirm(Actor("Bo", role, frozenset({NORFOLK})), prepared, MOMENT)
    assert version_of(empty) == 1


def test_what_is_stored_is_what_was_screened_whatever_else_was_checked_since(
    empty: Connection, catalogue: Catalogue
) -> None:
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(), "figures.csv")
    prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact(numerator=55), fact(KENT)), "other.csv")
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    assert rows(empty, "SELECT area_code, numerator FROM observation") == [(NORFOLK, 54)]
    assert history.original(empty, LOCAL_ADMINISTRATOR, prepared.id, MOMENT)[1] == facts()


def test_a_refused_file_is_not_kept(empty: Connection, catalogue: Catalogue) -> None:
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(fact(numerator=-1)), "figures.csv")
    assert prepared.content == b"" and not prepared.confirmable


def test_a_file_that_cannot_be_read_is_refused_however_it_is_handed_over(
    empty: Connection, catalogue: Catalogue
) -> None:
    page = b"<!DOCTYPE html><html><body>Not found</body></html>"
    prepared = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, page, "figures.csv")
    assert prepared.screening.template is None and not prepared.confirmable
    with pytest.raises(UserError, match="must be mended first"):
        confirm(LOCAL_ADMINISTRATOR, replace(prepared, counts={"new": 1}), MOMENT)
    assert version_of(empty) == 1


def test_accepted_files_are_listed_for_those_who_may_report_for_the_area(
    empty: Connection, catalogue: Catalogue
) -> None:
    send(empty, catalogue, facts())
    send(empty, catalogue, facts(fact(KENT)))
    send(empty, catalogue, facts(voice(), voice(KENT)))
    everyone = queries.submissions(empty, LOCAL_ADMINISTRATOR)
    assert everyone["version"].tolist() == [4, 3, 2] and everyone["template"].tolist()[0] == "insights"
    assert queries.submissions(empty, OF_NORFOLK)["version"].tolist() == [4, 2]
    assert queries.submissions(empty, LOCAL_ADMINISTRATOR, areas={KENT})["version"].tolist() == [4, 3]
    assert queries.submissions(empty, Actor("Vi", "viewer")).empty
    assert [sorted(codes) for codes in everyone["area_codes"]] == [[NORFOLK, KENT], [KENT], [NORFOLK]]

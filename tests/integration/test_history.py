"""Withdrawing and correcting what was sent: what goes, what comes back, in which order, and who may."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pandas as pd
import pytest

from data import history, queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.settings import Settings
from data.store import Connection, TryAgain
from data.submission import Prepared, confirm, prepare
from data.workspace import open_workspace
from tests.integration.storing import (
    KENT,
    MOMENT,
    NORFOLK,
    SUFFOLK,
    everything,
    fact,
    facts,
    rows,
    send,
    trail,
    voice,
)

OF_NORFOLK = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
REASON = "counted in the wrong year"


def sent(connection: Connection, catalogue: Catalogue, *lines: dict[str, Any], name: str = "figures.csv") -> UUID:
    """A file confirmed by the administrator."""
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, facts(*lines), name)
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT)
    return prepared.id


def withdraw(connection: Connection, submission: UUID, actor: Actor = LOCAL_ADMINISTRATOR) -> int:
    return history.withdraw(connection, actor, submission, REASON, version_of(connection), MOMENT)


def version_of(connection: Connection) -> int:
    return int(queries.current(connection)["version"])


def held(connection: Connection, version: int | None = None) -> dict[tuple[str, str], float]:
    """Area and period to numerator, at a version."""
    found = queries.observations(connection, version_of(connection) if version is None else version)
    keys = zip(found["area_code"], found["period_end"].dt.strftime("%Y-%m"), strict=True)
    return dict(zip(keys, found["numerator"], strict=True))


def one(connection: Connection, version: int | None = None) -> float | None:
    """The one fact of the tests that change it again and again."""
    return held(connection, version).get((NORFOLK, "2025-06"))


def in_step(connection: Connection) -> None:
    """No fact holds twice at any version, no ended submission holds one, and each version is told once."""
    newest = version_of(connection)
    keys = "indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation"
    for version in range(1, newest + 1):
        now = f"from_version <= {version} AND (until_version IS NULL OR {version} < until_version)"
        assert rows(connection, f"SELECT {keys} FROM observation WHERE {now} GROUP BY ALL HAVING count(*) > 1") == []
    ended = "SELECT submission FROM submission_end"
    assert rows(connection, f"FROM observation WHERE until_version IS NULL AND submission IN ({ended})") == []
    assert rows(connection, "SELECT version FROM data_version ORDER BY 1") == [(n,) for n in range(1, newest + 1)]


# Withdrawing


@pytest.mark.both_engines
def test_withdrawing_closes_what_holds_and_leaves_every_earlier_version(
    empty: Connection, catalogue: Catalogue
) -> None:
    first = sent(empty, catalogue, fact(), fact(KENT))
    sent(empty, catalogue, fact(SUFFOLK))
    assert withdraw(empty, first) == 4
    assert held(empty) == {(SUFFOLK, "2025-06"): 54}
    assert held(empty, 3) == {(NORFOLK, "2025-06"): 54, (KENT, "2025-06"): 54, (SUFFOLK, "2025-06"): 54}
    assert held(empty, 2) == {(NORFOLK, "2025-06"): 54, (KENT, "2025-06"): 54}
    newest = queries.data_versions(empty)[0]
    assert (
        newest["reason"] == f"Withdrawn: “figures.csv”. Reason: {REASON}" and newest["made_by"] == "Local administrator"
    )
    assert trail(empty)[-1] == (
        MOMENT.at, "Local administrator", "submission withdrawn", str(first), 3, 4,
    )  # fmt: skip
    assert rows(empty, "FROM submission_end") == [
        (first, "withdrawn", REASON, "Local administrator", MOMENT.at, 4, None)
    ]
    in_step(empty)


@pytest.mark.both_engines
def test_an_earlier_fact_holds_again_with_its_own_submission_and_row(empty: Connection, catalogue: Catalogue) -> None:
    first = sent(empty, catalogue, fact(KENT), fact(comment="as first sent"))
    second = sent(empty, catalogue, fact(numerator=60))
    withdraw(empty, second)
    assert one(empty) == 54 and one(empty, 3) == 60 and one(empty, 2) == 54
    names = "numerator, comment, submission, submission_row, from_version, until_version"
    assert rows(empty, f"SELECT {names} FROM observation WHERE area_code = '{NORFOLK}' ORDER BY from_version") == [
        (54, "as first sent", first, 3, 2, 3),
        (60, None, second, 2, 3, 4),
        (54, "as first sent", first, 3, 4, None),
    ]
    in_step(empty)


ORDERS = [
    (("B", "C"), ["C", "A"]),
    (("C", "B"), ["B", "A"]),
    (("A", "C"), ["C", "B"]),
    (("C", "A"), ["B", "B"]),
    (("B", "A", "C"), ["C", "C", None]),
    (("C", "B", "A"), ["B", "A", None]),
    (("A", "B", "C"), ["C", "C", None]),
    (("B", "C", "A"), ["C", "A", None]),
]


@pytest.mark.parametrize(("order", "holds"), ORDERS, ids=lambda value: "".join(map(str, value)))
def test_the_order_of_withdrawing_decides_what_holds(
    empty: Connection, catalogue: Catalogue, order: tuple[str, ...], holds: list[str | None]
) -> None:
    """A, then B, then C changed the same fact: what holds is what the latest of those that stand says."""
    values = {"A": 10, "B": 20, "C": 30}
    files = {name: sent(empty, catalogue, fact(numerator=value)) for name, value in values.items()}
    for name, holding in zip(order, holds, strict=True):
        withdraw(empty, files[name])
        assert one(empty) == (values[holding] if holding else None), f"after {name}"
        in_step(empty)
    assert [one(empty, version) for version in (2, 3, 4)] == [10, 20, 30]


def test_a_fact_sent_again_after_it_came_back_is_closed_like_any_other(empty: Connection, catalogue: Catalogue) -> None:
    files = [sent(empty, catalogue, fact(numerator=number)) for number in (10, 20)]
    withdraw(empty, files[1])
    third = sent(empty, catalogue, fact(numerator=30))
    withdraw(empty, third)
    assert [one(empty, version) for version in range(2, 7)] == [10, 20, 10, 30, 10]
    withdraw(empty, files[0])
    assert one(empty) is None
    in_step(empty)


def test_withdrawing_what_a_later_file_has_replaced_changes_nothing_that_holds(
    empty: Connection, catalogue: Catalogue
) -> None:
    first = sent(empty, catalogue, fact(numerator=10))
    sent(empty, catalogue, fact(numerator=20))
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, first)
    assert (preview.goes, preview.returns, preview.changes.empty) == (0, 0, True)
    assert withdraw(empty, first) == 4 and one(empty) == 20


def test_what_a_later_file_said_again_stays_and_becomes_its_own(empty: Connection, catalogue: Catalogue) -> None:
    """Files that hold all quarters so far are usual: withdrawing the first leaves what the second repeats."""
    first = sent(empty, catalogue, fact(period="2025/26 Q1"), fact(KENT))
    second = sent(empty, catalogue, fact(period="2025/26 Q2"), fact(period="2025/26 Q1"))
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, first)
    assert (preview.goes, preview.returns, preview.stays) == (1, 0, 1)
    assert preview.changes[["area_code", "state"]].values.tolist() == [[KENT, "withdrawn"]]
    withdraw(empty, first)
    assert held(empty) == {(NORFOLK, "2025-06"): 54, (NORFOLK, "2025-09"): 54}
    question = "SELECT submission, submission_row FROM observation WHERE until_version IS NULL ORDER BY 2"
    assert rows(empty, question) == [(second, 2), (second, 3)]
    withdraw(empty, second)
    assert held(empty) == {}
    in_step(empty)


@pytest.mark.both_engines
def test_insights_come_back_whole(empty: Connection, catalogue: Catalogue) -> None:
    full = {
        "organisation": "Invented forum", "sector": "voluntary", "method": "focus_group", "participants": 9,
        "direction": "worse", "quote": "Too late", "consent_to_publish": "yes", "visibility": "public",
        "barriers": "asked too late", "enablers": "a named contact", "not_heard": "night workers",
    }  # fmt: skip
    sent(empty, catalogue, voice(grade=2, **full))
    before = queries.insights(empty, LOCAL_ADMINISTRATOR, 2)
    second = sent(empty, catalogue, voice(grade=4, **full | {"quote": "In time"}), voice(KENT))
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, second)
    assert (preview.goes, preview.returns) == (2, 1)
    shown = preview.changes.set_index("area_code")
    assert shown.loc[NORFOLK, ["state", "old_grade", "grade"]].tolist() == ["restored", 4, 2]
    assert shown.loc[KENT, "state"] == "withdrawn" and pd.isna(shown.loc[KENT, "summary"])
    withdraw(empty, second)
    pd.testing.assert_frame_equal(queries.insights(empty, LOCAL_ADMINISTRATOR, 4), before)


def test_the_preview_says_what_withdrawing_then_does(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, fact(numerator=10))
    second = sent(empty, catalogue, fact(numerator=20), fact(KENT, note="x", numerator="", denominator=""))
    before = everything(empty)
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, second)
    assert everything(empty) == before
    assert (preview.file_name, preview.template, preview.base_version) == ("figures.csv", "observations", 3)
    assert preview.areas == (NORFOLK, KENT) and (preview.goes, preview.returns, preview.stays) == (2, 1, 0)
    columns = ["state", "area_code", "old_numerator", "old_note", "numerator"]
    shown = preview.changes[columns].astype(object)
    assert shown.where(shown.notna(), None).values.tolist() == [
        ["restored", NORFOLK, 20, None, 10],
        ["withdrawn", KENT, None, "x", None],
    ]
    history.withdraw(empty, LOCAL_ADMINISTRATOR, second, REASON, preview.base_version, MOMENT)
    assert held(empty) == {(NORFOLK, "2025-06"): 10}


def test_the_preview_shows_the_first_lines_and_counts_them_all(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LINES_SHOWN", 2)
    file = sent(empty, catalogue, fact(), fact(KENT), fact(SUFFOLK))
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, file)
    assert preview.goes == 3 and preview.changes["area_code"].tolist() == [NORFOLK, KENT]


# What is refused


@pytest.mark.parametrize("reason", ["", "  \n\t ", "x" * 1_001])
def test_a_reason_is_needed_and_not_too_long(empty: Connection, catalogue: Catalogue, reason: str) -> None:
    file = sent(empty, catalogue, fact())
    before = everything(empty)
    with pytest.raises(UserError, match="a reason is needed|at most 1,000 are kept"):
        history.withdraw(empty, LOCAL_ADMINISTRATOR, file, reason, 2, MOMENT)
    assert everything(empty) == before
    assert history.withdraw(empty, LOCAL_ADMINISTRATOR, file, "x" * 1_000, 2, MOMENT) == 3


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Invented: ring 07700 900123", "phone number"),
        ("Invented: asked by nobody@example.org", "e-mail address"),
        ("Invented: born on 3 May 1985, NHS 999 000 0018", "NHS number, date of birth"),
    ],
)
def test_a_reason_with_personal_data_is_refused_and_not_repeated(
    empty: Connection, catalogue: Catalogue, reason: str, kind: str
) -> None:
    file = sent(empty, catalogue, fact())
    before = everything(empty)
    with pytest.raises(UserError, match=rf"personal data \({kind}\)") as raised:
        history.withdraw(empty, LOCAL_ADMINISTRATOR, file, reason, 2, MOMENT)
    assert reason[-8:] not in str(raised.value) and everything(empty) == before
    plain = "Invented: the figures of April to June 2025"
    assert history.withdraw(empty, LOCAL_ADMINISTRATOR, file, plain, 2, MOMENT) == 3


def test_withdrawing_twice_is_refused_with_who_and_when(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, fact())
    withdraw(empty, file)
    before = everything(empty)
    told = "“figures.csv” was withdrawn on 2 November 2026 by Local administrator already. Nothing was changed"
    for attempt in (lambda: withdraw(empty, file), lambda: history.withdrawal(empty, LOCAL_ADMINISTRATOR, file)):
        with pytest.raises(UserError, match=told):
            attempt()
    assert everything(empty) == before


@pytest.mark.parametrize("identifier", [uuid4(), "not an identifier", ""])
def test_an_unknown_submission_is_said_plainly(empty: Connection, identifier: Any) -> None:
    for attempt in (history.withdrawal, lambda c, a, i: history.withdraw(c, a, i, REASON, 1, MOMENT)):
        with pytest.raises(UserError, match="There is no file with this identifier"):
            attempt(empty, LOCAL_ADMINISTRATOR, identifier)
    assert version_of(empty) == 1


@pytest.mark.parametrize(
    "actor",
    [OF_NORFOLK, *(Actor("Bo", role, frozenset({NORFOLK, KENT})) for role in ("viewer", "evaluator", "steering"))],
    ids=lambda actor: actor.role,
)
def test_only_who_may_report_for_every_area_withdraws(empty: Connection, catalogue: Catalogue, actor: Actor) -> None:
    file = sent(empty, catalogue, fact(), fact(KENT))
    before = everything(empty)
    for attempt in (
        lambda: history.withdrawal(empty, actor, file),
        lambda: withdraw(empty, file, actor),
        lambda: history.original(empty, actor, file, MOMENT),
        lambda: history.findings(empty, actor, file),
    ):
        with pytest.raises(UserError, match=f"{actor.name} may not .*{KENT}"):
            attempt()
    assert everything(empty) == before


def test_areas_that_a_file_only_repeats_count_too(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, fact(KENT))
    mixed = sent(empty, catalogue, fact(), fact(KENT))
    with pytest.raises(UserError, match=f"Ada Norfolk may not report for {KENT}"):
        history.withdrawal(empty, OF_NORFOLK, mixed)


def test_a_contributor_withdraws_their_own_file(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, fact())
    assert withdraw(empty, file, OF_NORFOLK) == 3 and held(empty) == {}
    assert queries.data_versions(empty)[0]["made_by"] == "Ada Norfolk"


@pytest.mark.both_engines
def test_withdrawing_on_an_older_look_is_told_to_look_again(empty: Connection, catalogue: Catalogue) -> None:
    file = sent(empty, catalogue, fact())
    preview = history.withdrawal(empty, LOCAL_ADMINISTRATOR, file)
    sent(empty, catalogue, fact(numerator=60))
    before = everything(empty)
    with pytest.raises(TryAgain, match="changed since you looked. Nothing was withdrawn"):
        history.withdraw(empty, LOCAL_ADMINISTRATOR, file, REASON, preview.base_version, MOMENT)
    assert everything(empty) == before


STEPS = ["raise_version", "observations_end", "observations_return", "insert_end", "insert_audit"]


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_in_the_middle_of_withdrawing_leaves_nothing(
    empty: Connection, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    sent(empty, catalogue, fact(numerator=10))
    file = sent(empty, catalogue, fact(numerator=20))
    before = everything(empty)
    run = store.run

    def failing(connection: Connection, name: str, **parameters: Any) -> Connection:
        done = run(connection, name, **parameters)
        if name.endswith(step):
            raise OSError("no space left on the disk")
        return done

    with monkeypatch.context() as faulty, pytest.raises(OSError, match="no space left"):
        faulty.setattr(store, "run", failing)
        withdraw(empty, file)
    assert everything(empty) == before
    assert withdraw(empty, file) == 4 and one(empty) == 10


def test_published_figures_of_the_demonstration_can_be_withdrawn_by_the_administrator(
    demonstration_copy: Path, catalogue: Catalogue
) -> None:
    with store.connect(str(demonstration_copy)) as connection:
        files = queries.submissions(connection, LOCAL_ADMINISTRATOR).set_index("file_name")
        newest = files.loc["knife_offences_edition_december_2024.csv"]
        earlier = files.loc["knife_offences_edition_september_2019.csv"]
        before, at = knives(connection), knives(connection, int(newest["version"]) - 1)
        preview = history.withdrawal(connection, LOCAL_ADMINISTRATOR, newest["id"])
        assert preview.goes == newest["rows_new"] + newest["rows_changed"] and preview.returns == newest["rows_changed"]
        withdraw(connection, newest["id"])
        assert knives(connection).equals(at) and not knives(connection).equals(before)
        assert set(knives(connection)["edition"]) == {earlier["edition"]}


def knives(connection: Connection, version: int | None = None) -> pd.DataFrame:
    version = version_of(connection) if version is None else version
    found = queries.observations(connection, version, indicator="knife_offences").reset_index(drop=True)
    return found.drop(columns="smallest_before")  # It tells of earlier versions, not of this one.


NEW_TABLES = ("submission_end", "submission_area", "restatement", "erasure", "rewrite_due")


def test_a_store_made_before_there_was_a_history_opens_and_its_files_can_be_withdrawn(
    empty: Connection, catalogue: Catalogue
) -> None:
    path = Path(rows(empty, "SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")[0][0])
    file = sent(empty, catalogue, fact(), fact(KENT))
    for table in NEW_TABLES:
        empty.execute(f"DROP TABLE {table}")
    empty.close()
    with open_workspace(Settings(str(path), "empty"), catalogue) as connection:
        listed = queries.submissions(connection, LOCAL_ADMINISTRATOR).iloc[0]
        assert listed["state"] == "accepted" and list(listed["area_codes"]) == [NORFOLK, KENT]
        with pytest.raises(UserError, match=f"Ada Norfolk may not report for {KENT}"):
            withdraw(connection, file, OF_NORFOLK)
        assert withdraw(connection, file) == 3 and held(connection) == {}


# Correcting


@pytest.fixture
def corrected(empty: Connection, catalogue: Catalogue) -> Iterator[tuple[Connection, UUID, UUID]]:
    """Three facts, and a correction that repeats one, changes one and leaves one out."""
    old = sent(empty, catalogue, fact(), fact(KENT), fact(SUFFOLK), name="first.csv")
    content = facts(fact(SUFFOLK, 70), fact())
    new = correct(empty, catalogue, content, old)
    yield empty, old, new.id


def correct(connection: Connection, catalogue: Catalogue, content: bytes, old: UUID) -> Prepared:
    """A file confirmed as the correction of an earlier one, in one transaction."""
    prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, "corrected.csv", corrects=old)
    confirm(LOCAL_ADMINISTRATOR, prepared, MOMENT, reason=REASON)
    return prepared


@pytest.mark.both_engines
def test_a_correction_takes_over_what_it_repeats_and_ends_the_rest(corrected: tuple[Connection, UUID, UUID]) -> None:
    connection, old, new = corrected
    assert held(connection) == {(NORFOLK, "2025-06"): 54, (SUFFOLK, "2025-06"): 70}
    assert held(connection, 2) == {(NORFOLK, "2025-06"): 54, (KENT, "2025-06"): 54, (SUFFOLK, "2025-06"): 54}
    holding = "SELECT area_code, submission, submission_row FROM observation WHERE until_version IS NULL ORDER BY 3"
    assert rows(connection, holding) == [(SUFFOLK, new, 2), (NORFOLK, new, 3)]
    assert rows(connection, "FROM submission_end") == [
        (old, "superseded", REASON, "Local administrator", MOMENT.at, 3, new)
    ]
    assert ("submission superseded", str(old)) in rows(connection, "SELECT deed, subject FROM audit")
    in_step(connection)


def test_nobody_sees_what_a_file_of_another_area_holds_by_correcting_it(
    empty: Connection, catalogue: Catalogue
) -> None:
    old = sent(empty, catalogue, fact(SUFFOLK), name="suffolk.csv")
    of_norfolk = Actor("Ada Norfolk", "contributor", frozenset({NORFOLK}))
    for ask in (
        lambda: prepare(empty, of_norfolk, catalogue, facts(fact()), "norfolk.csv", corrects=old),
        lambda: history.standing(empty, of_norfolk, old),
    ):
        with pytest.raises(UserError, match="Ada Norfolk may not report for E23000025"):
            ask()


def test_what_goes_with_the_corrected_file_is_not_told_as_staying(empty: Connection, catalogue: Catalogue) -> None:
    periods = ("2025/26 Q1", "2025/26 Q2", "2025/26 Q3")
    sent(empty, catalogue, fact(period="2025/26 Q4"), name="other.csv")
    old = sent(empty, catalogue, *(fact(period=period) for period in periods), name="first.csv")
    content = facts(fact(period=periods[0], numerator=60), fact(period=periods[2]), fact(period="2026/27 Q1"))
    by_itself = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "corrected.csv")
    assert by_itself.counts == {"new": 1, "changed": 1, "unchanged": 1, "absent": 2}
    correction = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "corrected.csv", corrects=old)
    assert correction.counts == {"new": 1, "changed": 1, "unchanged": 1, "absent": 1, "withdrawn": 1}
    assert correction.changes["state"].tolist() == ["withdrawn", "changed", "new", "absent"]


@pytest.mark.both_engines
def test_what_a_correction_took_over_goes_with_it(corrected: tuple[Connection, UUID, UUID]) -> None:
    connection, old, new = corrected
    with pytest.raises(UserError, match="“first.csv” was replaced by a correction on 2 November 2026"):
        withdraw(connection, old)
    withdraw(connection, new)
    assert held(connection) == {}
    in_step(connection)


def test_the_staged_correction_says_what_would_go(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, fact(KENT, 40))
    old = sent(empty, catalogue, fact(), fact(KENT), fact(SUFFOLK))
    content = facts(fact(numerator=60))
    staged = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "corrected.csv").staged
    before = everything(empty)
    removed = history.would_remove(staged, LOCAL_ADMINISTRATOR, old)
    shown = removed[["state", "area_code", "old_numerator", "numerator"]].astype(object)
    assert shown.where(shown.notna(), None).values.tolist() == [
        ["restored", KENT, 54, 40],
        ["withdrawn", SUFFOLK, 54, None],
    ]
    assert everything(empty) == before
    correct(empty, catalogue, content, old)
    assert held(empty) == {(NORFOLK, "2025-06"): 60, (KENT, "2025-06"): 40}


def test_the_staged_correction_of_insights_says_what_would_go(empty: Connection, catalogue: Catalogue) -> None:
    old = sent(empty, catalogue, voice(source_reference="N-1"), voice(source_reference="N-2"))
    content = facts(voice(source_reference="N-1", grade=3))
    staged = prepare(empty, LOCAL_ADMINISTRATOR, catalogue, content, "corrected.csv").staged
    assert history.would_remove(staged, LOCAL_ADMINISTRATOR, old)[["state", "source_reference"]].values.tolist() == [
        ["withdrawn", "N-2"]
    ]


def test_a_correction_is_of_the_same_template(empty: Connection, catalogue: Catalogue) -> None:
    old, new = sent(empty, catalogue, fact()), sent(empty, catalogue, voice())
    before = everything(empty)
    for other in (new, old):
        with (
            pytest.raises(UserError, match="“figures.csv” holds numbers, so only another file of numbers"),
            store.transaction(empty),
        ):
            history.supersede(empty, LOCAL_ADMINISTRATOR, old, other, REASON, 3, MOMENT)
    assert everything(empty) == before


def test_a_staged_file_of_the_other_template_corrects_nothing(empty: Connection, catalogue: Catalogue) -> None:
    old = sent(empty, catalogue, voice())
    with pytest.raises(UserError, match="“figures.csv” holds what people told us, so only another file of what people"):
        prepare(empty, LOCAL_ADMINISTRATOR, catalogue, facts(), "corrected.csv", corrects=old)


def test_a_correction_that_only_leaves_out_is_stored_and_listed(empty: Connection, catalogue: Catalogue) -> None:
    sent(empty, catalogue, fact())
    old = sent(empty, catalogue, fact(KENT), name="second.csv")
    new = correct(empty, catalogue, facts(fact()), old)
    assert held(empty) == {(NORFOLK, "2025-06"): 54}
    listed = queries.submissions(empty, OF_NORFOLK).set_index("id")
    assert list(listed.loc[new.id, "area_codes"]) == [NORFOLK]
    assert (listed.loc[new.id, "rows_new"], listed.loc[new.id, "rows_changed"]) == (0, 0)


def test_a_correction_is_for_who_may_report_for_every_area_of_the_old_file(
    empty: Connection, catalogue: Catalogue
) -> None:
    old, new = sent(empty, catalogue, fact(), fact(KENT)), sent(empty, catalogue, fact(numerator=60))
    with pytest.raises(UserError, match=f"Ada Norfolk may not report for {KENT}"), store.transaction(empty):
        history.supersede(empty, OF_NORFOLK, old, new, REASON, 3, MOMENT)
    assert rows(empty, "FROM submission_end") == []


# What is listed and given back


def test_the_list_says_how_each_file_ended(corrected: tuple[Connection, UUID, UUID], catalogue: Catalogue) -> None:
    connection, old, new = corrected
    third = sent(connection, catalogue, fact(numerator=1), name="third.csv")
    withdraw(connection, third)
    listed = queries.submissions(connection, LOCAL_ADMINISTRATOR).set_index("id")
    assert listed["state"].to_dict() == {third: "withdrawn", new: "accepted", old: "superseded"}
    ended = listed.loc[old]
    assert (ended["reason"], ended["ended_by"], ended["ended_version"]) == (REASON, "Local administrator", 3)
    assert (ended["successor"], ended["successor_name"], ended["successor_version"]) == (new, "corrected.csv", 3)
    assert ended["ended_at"] == pd.Timestamp(MOMENT.at)
    assert pd.isna(listed.loc[new, "reason"]) and pd.isna(listed.loc[third, "successor"])
    assert listed.loc[third, "size"] == len(facts(fact(numerator=1)))


def test_the_list_counts_findings_and_can_be_searched_and_cut(empty: Connection, catalogue: Catalogue) -> None:
    content = facts(fact(area_name="Norfork", organisation="A trust"), fact(KENT))
    prepared, _ = send(empty, catalogue, content)
    sent(empty, catalogue, fact(SUFFOLK), name="Suffolk 100%.csv")
    listed = queries.submissions(empty, LOCAL_ADMINISTRATOR).set_index("id").loc[prepared.id]
    kept = history.findings(empty, LOCAL_ADMINISTRATOR, prepared.id)
    levels = [finding.level for finding in kept]
    assert (listed["checks"], listed["notes"]) == (levels.count("check"), levels.count("note"))
    assert levels.count("check") >= 1 and [asdict(item) for item in kept] == [
        asdict(item) | {"rows": list(item.rows)} for item in prepared.screening.findings
    ]
    names = lambda **more: queries.submissions(empty, LOCAL_ADMINISTRATOR, **more)["file_name"].tolist()  # noqa: E731
    assert names(containing="SUFFOLK") == names(containing="100%") == ["Suffolk 100%.csv"]
    assert names(containing="_") == [] and names(most=1) == ["Suffolk 100%.csv"] and len(names()) == 2


@pytest.mark.both_engines
def test_the_original_is_given_back_byte_for_byte_and_the_audit_trail_says_to_whom(
    empty: Connection, catalogue: Catalogue
) -> None:
    content = facts(fact(comment="cost £5")).decode().replace(",", ";").encode("cp1252")
    prepared, _ = send(empty, catalogue, content)
    assert history.original(empty, OF_NORFOLK, prepared.id, MOMENT) == ("figures.csv", content)
    assert trail(empty)[-1] == (MOMENT.at, "Ada Norfolk", "original downloaded", str(prepared.id), 2, 2)
    assert version_of(empty) == 2
    withdraw(empty, prepared.id)
    assert history.original(empty, LOCAL_ADMINISTRATOR, prepared.id, MOMENT)[1] == content


def test_stored_findings_are_valid_json_whatever_stands_in_the_file(empty: Connection, catalogue: Catalogue) -> None:
    hostile = 'Nor"folk, "level": "check", \\"level\\": \\"check\\"'
    prepared, _ = send(empty, catalogue, facts(fact(area_name=hostile)))
    (stored,) = rows(empty, "SELECT findings FROM submission")
    levels = [entry["level"] for entry in json.loads(stored[0])]
    listed = queries.submissions(empty, LOCAL_ADMINISTRATOR).iloc[0]
    assert (listed["checks"], listed["notes"]) == (levels.count("check"), levels.count("note"))

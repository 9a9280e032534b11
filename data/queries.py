"""What the pages ask of the store: one function for each file of `data/sql/queries/`. `version` is a data version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import pandas as pd

from data import store
from data.actor import Actor
from data.publication import FEWEST, told

LONGEST_SEARCH = 200


def current(connection: store.Connection) -> dict[str, Any]:
    """The newest data version: version, as_of, made_at, made_by, reason."""
    return store.row(connection, "current_version") or {}


def data_versions(connection: store.Connection) -> list[dict[str, Any]]:
    """Every data version, newest first: version, as_of, made_at, made_by, reason."""
    return store.rows(connection, "data_versions")


def anything_held(connection: store.Connection, version: int) -> bool:
    """Whether any observation or insight holds at a version."""
    return bool(store.rows(connection, "queries/anything_held", version=version)[0]["anything"])


def observations(
    connection: store.Connection,
    version: int,
    *,
    indicator: str | None = None,
    area: str | None = None,
    periods: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Totals (no breakdown, whole area) that hold at a version, one row per indicator, area and period.

    With `periods`, only those of its indicators and ends of periods: `indicator`, `period_end`.
    `denominator` is the indicator's own or the resident population, whose mid-year is in `population_year`; both are
    missing where there is no estimate that fits. `source`, `edition` and `invented` come from the submission.
    """
    only, earliest = None, None
    if periods is not None:
        only = list(periods["indicator"] + " " + periods["period_end"].dt.strftime("%Y-%m-%d"))
        earliest = periods["period_end"].min().date() if only else None
    asked = {"indicator": indicator, "area": area, "only": only, "earliest": earliest}
    return store.large_frame(connection, "queries/observations", version=version, **asked)


def insights(
    connection: store.Connection,
    actor: Actor,
    version: int,
    *,
    commitment: str | None = None,
    area: str | None = None,
    find: str | None = None,
) -> pd.DataFrame:
    """Evidence that holds at a version and that the actor may see; a quote without consent is left out.

    What an area marks as public has the visibility `steering` until a second person has checked it.

    With `find`, only what has every word of it in its texts, as the beginning of a word; capitals, accents and
    punctuation make no difference, and what stands after `LONGEST_SEARCH` characters is not looked for.
    """
    return told(
        connection,
        "queries/insights",
        version=version,
        commitment=commitment,
        area=area,
        find=None if find is None else find[:LONGEST_SEARCH],
        fewest=FEWEST,
        **actor.reads,
    )


def audit_lines(connection: store.Connection) -> int:
    """How many lines the audit trail has: whatever anybody writes adds one, also where no data version is raised."""
    return int(store.rows(connection, "queries/audit_lines")[0]["lines"])


def amendments(connection: store.Connection) -> tuple[int, int]:
    """How many texts were erased, and how many times a second person has checked one: nothing else changes what a data
    version says."""
    found = store.rows(connection, "queries/amendments")[0]
    return int(found["erasures"]), int(found["checks"])


def waiting_files(connection: store.Connection) -> tuple[int, int]:
    """How many files were ever sent to wait for a second person, and how many of them wait no more."""
    found = store.rows(connection, "queries/waiting_files")[0]
    return int(found["sent"]), int(found["ended"])


def submissions(
    connection: store.Connection,
    actor: Actor,
    areas: Collection[str] | None = None,
    *,
    containing: str = "",
    most: int | None = None,
) -> pd.DataFrame:
    """Accepted files, newest first, that have facts for one of the areas, or all; only where the actor may report.

    `state` is `accepted`, `withdrawn` or `superseded`; a file that ended has `reason`, `ended_by`, `ended_at`,
    `ended_version` and perhaps `successor` with its name and version. `checks` and `notes` count findings, `size` is in
    bytes, and `file_erased_at` is when its bytes were erased. `containing` is part of the file's name.
    """
    everywhere = actor.role == "administrator"
    return store.frame(
        connection,
        "queries/submissions",
        areas=None if areas is None else sorted(areas),
        own_areas=None if everywhere else sorted(filter(actor.may_submit_for, actor.areas)),
        containing=containing,
        most=most,
    )


def reviews(connection: store.Connection, version: int, area: str | None = None) -> pd.DataFrame:
    """Reviews of a scope, or of all, as they were known at a version, newest first.

    id, area_code, title, held_on, state (`open`, `closed`, `called_off`), version and as_of (what it is pinned to),
    invented, recorded_by, recorded_at; those that ended have ended_by, ended_at and perhaps end_reason.
    """
    return store.frame(connection, "queries/reviews", version=version, area=area)


def review_reader(connection: store.Connection, actor: Actor, version: int, review: UUID) -> dict[str, bool]:
    """What of a review's judgements and replies the actor may read, as the review was known at a version.

    Once it is closed everybody who is signed in reads what the group concluded and what areas replied: `shown`. Before,
    only those who take part do: the group, evaluators, and those who report for an area in its scope. Dissent is for
    the group and evaluators: `of_group`. What was saved and saved anew is for those who take part: `takes_part`.
    """
    asked = {key: value for key, value in actor.reads.items() if key != "sees_every_area"}
    found = store.row(connection, "queries/review_reader", version=version, review=review, **asked) or {}
    takes_part = bool(found.get("of_group") or found.get("answers"))
    shown = bool(takes_part or found.get("closed"))
    return {"shown": shown, "of_group": bool(found.get("of_group")), "takes_part": takes_part}


def judgements(
    connection: store.Connection, actor: Actor, version: int, review: UUID, *, every: bool = False
) -> pd.DataFrame:
    """The judgements of a review as they were known at a version, as far as the actor may read them.

    The newest of each commitment or, for those who take part in the review, every one: commitment, grade, reason,
    confidence, dissent, made_by, made_at; newest first within a commitment.
    """
    reader = review_reader(connection, actor, version, review)
    asked = {"version": version, "review": review, "every": every and reader["takes_part"]}
    shown = {name: reader[name] for name in ("shown", "of_group")}
    return store.frame(connection, "queries/judgements", **asked, **shown)


def replies(
    connection: store.Connection, actor: Actor, version: int, review: UUID, *, every: bool = False
) -> pd.DataFrame:
    """What areas replied to a review, as far as the actor may read it.

    area_code, commitment (empty: the whole review), reply, made_by, made_at.
    """
    reader = review_reader(connection, actor, version, review)
    asked = {"version": version, "review": review, "every": every and reader["takes_part"], "shown": reader["shown"]}
    return store.frame(connection, "queries/replies", **asked)


def actions(
    connection: store.Connection,
    version: int,
    *,
    commitment: str | None = None,
    area: str | None = None,
    review: UUID | None = None,
    every: bool = False,
) -> pd.DataFrame:
    """Actions of reviews as they were known at a version, open ones first and soonest due first.

    The newest row of each, or `every` one, newest first within an action; those of a review called off are left out.
    """
    asked = {"commitment": commitment, "area": area, "review": review, "every": every}
    return store.frame(connection, "queries/actions", version=version, **asked)


def review_picture(connection: store.Connection, review: UUID) -> pd.DataFrame:
    """The computed picture that a review showed when it closed, a row per commitment; empty where none was kept."""
    return store.frame(connection, "queries/review_picture", review=review)


def review_agenda(connection: store.Connection, review: UUID) -> pd.DataFrame:
    """The agenda that a review had when it closed: place, kind, commitment, indicator, area_code, sentence, listed."""
    return store.frame(connection, "queries/review_agenda", review=review)


def targets(connection: store.Connection, version: int, indicator: str | None = None) -> pd.DataFrame:
    """Targets that hold at a version; a missing area_code means every area."""
    return store.frame(connection, "queries/targets", version=version, indicator=indicator)


def target_history(connection: store.Connection, version: int, indicator: str | None = None) -> pd.DataFrame:
    """Every target made by a version, newest first: the columns of `targets` and set_by, from_version, made_at, as_of.

    One that was changed or ended by then is not `standing` and has `until_version`, `ended_by` and `end_reason`.
    """
    return store.frame(connection, "queries/target_history", version=version, indicator=indicator)


def agreements(connection: store.Connection, version: int) -> pd.DataFrame:
    """Which proposed indicators were agreed by a version, newest first: indicator, agreed_by, reason, from_version, …

    One that was ended by then is not `standing` and has `until_version`, `ended_by` and `end_reason`.
    """
    return store.frame(connection, "queries/agreements", version=version)


def adaptations(connection: store.Connection, version: int, *, commitment: str | None = None) -> pd.DataFrame:
    """What was changed because of evidence, as recorded by a version and not withdrawn by then; latest changed first.

    id, commitment, area_code, kind (target, indicator, practice or policy), review with review_title, description,
    evidence, effect (missing: none recorded yet), changed_on, invented, made_by and made_at of the newest saving,
    first_made_at, at_version.
    """
    return store.frame(connection, "queries/adaptations", version=version, commitment=commitment)


def adaptation_history(connection: store.Connection, version: int) -> pd.DataFrame:
    """Every saving of every adaptation by a version, also of those withdrawn; of each adaptation the oldest first."""
    return store.frame(connection, "queries/adaptation_history", version=version)


def practice(connection: store.Connection, version: int, *, area: str | None = None) -> pd.DataFrame:
    """What areas tell of their own practice, as recorded by a version and not withdrawn by then, the newest saving.

    id, area_code, title, topics, themes and commitments (lists of keys), started_on, partners, done, reported,
    measured, strength, source, change_reason, invented, made_by and made_at, at_version, first_made_at.
    """
    return store.frame(connection, "queries/practice", version=version, area=area)


def rebases(connection: store.Connection, version: int, indicator: str | None, area: str) -> pd.DataFrame:
    """Where a person had the control chart of an area start anew, as it was known at a version, oldest period first.

    id, indicator, area_code, period_end, reason, made_by, made_at; those that were ended by then have `ended_by`,
    `ended_at` and `end_reason` and are not `standing`.
    """
    return store.frame(connection, "queries/rebases", version=version, indicator=indicator, area=area)


def rulings(connection: store.Connection, version: int) -> pd.DataFrame:
    """Every saving about the seven tests by a version, newest first; what counts now is `standing`.

    area_code, commitment, test, kind (not_applicable, no_action_needed), reason, ruled_on, state, invented, made_by,
    made_at, at_version; `newest` marks the last saving of each area, commitment, test and kind.
    """
    return store.frame(connection, "queries/rulings", version=version)


def reported_figures(connection: store.Connection, version: int, after: date) -> pd.DataFrame:
    """Which figures hold at a version for periods that ended after a day, without their numbers.

    indicator, area_code, period_start, period_end, `whole` (of the whole area: no breakdown, no organisation) and
    `reported` (the area sent a number itself; nationally published figures and answers without a number are not).
    """
    return store.frame(connection, "queries/reported_figures", version=version, after=after)


def voices_heard(connection: store.Connection, version: int, after: date) -> pd.DataFrame:
    """That somebody was heard, at a version: commitment, area_code, perspective, period_end, each once.

    It takes no actor and leaves nothing out, because it holds no text and no number of people: that a voice is there
    is the same for everybody.
    """
    return store.frame(connection, "queries/voices_heard", version=version, after=after)


def acted_upon(connection: store.Connection, version: int) -> pd.DataFrame:
    """What answers the evidence, as recorded by a version: kind (action, adaptation, no_action_needed), commitment,
    area_code (perhaps a region or England) and recorded_on."""
    return store.frame(connection, "queries/acted_upon", version=version)


def revisions(connection: store.Connection, version: int, indicator: str, areas: Collection[str]) -> pd.DataFrame:
    """Every stored version of each total of an indicator that was stored more than once and still holds at a version.

    area_code, period_start, period_end, from_version, until_version (missing: it holds), and from the file it came in
    with file_name, source, edition, sent_by and sent_at; by area and period, oldest first. No figures: those are to be
    taken from what a version shows, after small numbers are hidden.
    """
    return store.frame(connection, "queries/revisions", version=version, indicator=indicator, areas=sorted(areas))

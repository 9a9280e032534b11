"""What the pages ask of the store: one function for each file of `data/sql/queries/`. `version` is a data version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import pandas as pd

from data import store
from data.actor import Actor


def current(connection: store.Connection) -> dict[str, Any]:
    """The newest data version: version, as_of, made_at, made_by, reason."""
    return store.row(connection, "current_version") or {}


def data_versions(connection: store.Connection) -> list[dict[str, Any]]:
    """Every data version, newest first: version, as_of, made_at, made_by, reason."""
    return store.rows(connection, "data_versions")


def held_facts(connection: store.Connection, version: int) -> dict[str, int]:
    """How many observations and insights hold at a version."""
    return store.rows(connection, "queries/held_facts", version=version)[0]


def observations(
    connection: store.Connection,
    version: int,
    *,
    indicator: str | None = None,
    area: str | None = None,
    unlike: int | None = None,
    earliest: date | None = None,
) -> pd.DataFrame:
    """Totals (no breakdown, whole area) that hold at a version, one row per indicator, area and period.

    With a later version `unlike`, only those of indicators and periods in which a fact differs between the two; with
    `earliest`, only those of periods that end by then or later.
    `denominator` is the indicator's own or the resident population, whose mid-year is in `population_year`; both are
    missing where there is no estimate that fits. `source`, `edition` and `invented` come from the submission.
    """
    asked = {"indicator": indicator, "area": area, "unlike": unlike, "earliest": earliest}
    return store.frame(connection, "queries/observations", version=version, **asked)


def insights(
    connection: store.Connection, actor: Actor, version: int, *, commitment: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """Evidence that holds at a version and that the actor may see; a quote without consent is left out."""
    return store.frame(
        connection,
        "queries/insights",
        version=version,
        commitment=commitment,
        area=area,
        sees_every_area=actor.sees_every_area,
        sees_steering=actor.sees_steering,
        own_areas=sorted(actor.areas),
    )


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


def reviews(connection: store.Connection, area: str) -> pd.DataFrame:
    """Reviews of a scope, newest first: id, title, held_on, state, version, as_of, invented."""
    return store.frame(connection, "queries/reviews", area=area)


def judgements(connection: store.Connection, review: UUID) -> pd.DataFrame:
    """The judgements of a review: commitment, grade, reason, confidence, dissent."""
    return store.frame(connection, "queries/judgements", review=review)


def actions(
    connection: store.Connection, as_of: date, *, commitment: str | None = None, area: str | None = None
) -> pd.DataFrame:
    """Actions of the reviews held by a day, open ones first and soonest due first."""
    return store.frame(connection, "queries/actions", as_of=as_of, commitment=commitment, area=area)


def targets(connection: store.Connection, version: int, indicator: str | None = None) -> pd.DataFrame:
    """Targets that hold at a version; a missing area_code means every area."""
    return store.frame(connection, "queries/targets", version=version, indicator=indicator)


def rebases(connection: store.Connection, version: int, indicator: str | None, area: str) -> pd.DataFrame:
    """Where a person had the control chart of an area start anew, as it was known at a version, oldest period first.

    id, indicator, area_code, period_end, reason, made_by, made_at; those that were ended by then have `ended_by`,
    `ended_at` and `end_reason` and are not `standing`.
    """
    return store.frame(connection, "queries/rebases", version=version, indicator=indicator, area=area)


def revisions(connection: store.Connection, version: int, indicator: str, areas: Collection[str]) -> pd.DataFrame:
    """Every stored version of each total of an indicator that was stored more than once and still holds at a version.

    area_code, period_start, period_end, from_version, until_version (missing: it holds), and from the file it came in
    with file_name, source, edition, sent_by and sent_at; by area and period, oldest first. No figures: those are to be
    taken from what a version shows, after small numbers are hidden.
    """
    return store.frame(connection, "queries/revisions", version=version, indicator=indicator, areas=sorted(areas))

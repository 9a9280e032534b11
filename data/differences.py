"""What differs between two data versions: one function for each of its files of `data/sql/queries/`.

`since` is the earlier version and `version` the later one; `areas` are the codes to look at. A fact is `new`,
`withdrawn` (it holds no longer), `corrected`, or `reworded` (only its comment differs), and what it was stands under
`was_…`. Only rows that began or ended between the two versions are read, so that the size of the store hardly counts.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data import store
from data.actor import Actor
from data.publication import told

LINES = 20_000


def figure_counts(connection: store.Connection, since: int, version: int, areas: Collection[str]) -> pd.DataFrame:
    """How many facts differ: indicator, state, facts."""
    asked = {"since": since, "version": version, "areas": sorted(areas)}
    return store.of_each(connection, ["differences/figures"], "queries/figure_counts", **asked)


def touched_periods(connection: store.Connection, since: int, version: int) -> pd.DataFrame:
    """The indicators and periods in which a total differs: indicator, period_end."""
    return store.frame(connection, "queries/touched_periods", since=since, version=version)


def same_definitions(connection: store.Connection, since: int, version: int) -> bool:
    """Whether areas, populations and indicators are the same at both."""
    return bool(store.rows(connection, "queries/same_definitions", since=since, version=version)[0]["same"])


def changed_figures(
    connection: store.Connection, since: int, version: int, areas: Collection[str], most: int = LINES
) -> pd.DataFrame:
    """The facts that differ, whole areas and parts of them, as they were reported: `most` at most, corrected first.

    The keys of a fact, `state`, and `numerator`, `denominator`, `value` and `note` with the same as they `was_…`.
    Small numbers are in it: they are to be protected before they are shown.
    """
    asked = {"since": since, "version": version, "areas": sorted(areas), "most": most}
    return store.of_each(connection, ["differences/figures"], "queries/changed_figures", **asked)


def changed_insights(
    connection: store.Connection, actor: Actor, since: int, version: int, areas: Collection[str]
) -> pd.DataFrame:
    """The evidence that differs, as far as the actor may see it at each of the versions.

    Its keys, state, grade, summary and what they were. What the actor may see at one version only is new or withdrawn.
    """
    return told(
        connection,
        "queries/changed_insights",
        since=since,
        version=version,
        areas=sorted(areas),
        **actor.reads,
    )


def changed_targets(connection: store.Connection, since: int, version: int) -> pd.DataFrame:
    """The targets that differ: indicator, area_code (missing: every area), due, state, value and was_value."""
    return store.frame(connection, "queries/changed_targets", since=since, version=version)


def changed_definitions(connection: store.Connection, since: int, version: int) -> pd.DataFrame:
    """The definitions that differ: indicator, name, `definition` and `was_definition` as JSON, missing where none."""
    return store.frame(connection, "queries/changed_definitions", since=since, version=version)


def changed_agreements(connection: store.Connection, since: int, version: int) -> pd.DataFrame:
    """The indicators that are agreed at one version only: indicator, state (`new`: agreed), agreed_by, reason."""
    return store.frame(connection, "queries/changed_agreements", since=since, version=version)


def changed_populations(connection: store.Connection, since: int, version: int, areas: Collection[str]) -> pd.DataFrame:
    """The estimates of residents that differ: area_code, mid_year, state, population, was_population, source."""
    return store.frame(connection, "queries/changed_populations", since=since, version=version, areas=sorted(areas))


def files_between(
    connection: store.Connection, actor: Actor, since: int, version: int, areas: Collection[str]
) -> pd.DataFrame:
    """What happened to files after `since` and by `version`, newest first; only where the actor may report.

    `event` is `sent`, `withdrawn` or `superseded`; with version, when, by whom and why, the file's name and source.
    """
    everywhere = actor.role == "administrator"
    return store.frame(
        connection,
        "queries/files_between",
        since=since,
        version=version,
        areas=sorted(areas),
        own_areas=None if everywhere else sorted(filter(actor.may_submit_for, actor.areas)),
    )

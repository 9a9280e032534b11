"""The figures of every place at a data version, worked out whole or only as far as a later version's differ."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data import differences, queries, store
from data.catalogue import Catalogue
from metrics.places import every_place
from metrics.values import evaluate
from reports.protection import protected

GROUP = ["indicator", "period_end"]
ORDER = ["indicator", "area_code", "period_end", "period_start"]


def figures(
    connection: store.Connection, catalogue: Catalogue, version: int, areas: pd.DataFrame, **only: Any
) -> pd.DataFrame:
    """Every figure that holds at a version with value, limits, method and reason; sums added, small numbers hidden.

    `areas` are the `reports.expected.memberships`; `only` narrows as `queries.observations` does.
    """
    own = evaluate(queries.observations(connection, version, **only))
    return protected(every_place(own, areas), catalogue)


def figures_from(
    connection: store.Connection,
    catalogue: Catalogue,
    version: int,
    areas: pd.DataFrame,
    other: tuple[int, pd.DataFrame],
) -> pd.DataFrame:
    """The figures of a version, given another one, earlier or later, and its own figures.

    A figure, its sums and what is hidden beside it depend on nothing but its indicator and period, so that only those
    that differ are worked out. Where definitions, areas or populations differ, all are.
    """
    known_at, known = other
    span = min(version, known_at), max(version, known_at)
    if not differences.same_definitions(connection, *span):
        return figures(connection, catalogue, version, areas)
    touched = differences.touched_periods(connection, *span)
    kept = known[~pd.MultiIndex.from_frame(known[GROUP]).isin(pd.MultiIndex.from_frame(touched))]
    if touched.empty:
        return kept
    made = figures(connection, catalogue, version, areas, periods=touched)
    if made.empty:
        return kept
    both = pd.concat([kept, made], ignore_index=True)
    # Sums come last. Only the keys are put in order, because the frame is wide.
    keys = both[ORDER].assign(summed=both["areas_included"].notna())
    return both.loc[keys.sort_values(["summed", *ORDER]).index].reset_index(drop=True)

"""What the evidence of a data version says about a place: changes, what is due, voices, and the two side by side.

Pages keep what these functions return; the pack calls them itself. So both show the same figures.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from charts.words import PERSPECTIVE_WORDS
from data import queries, store
from data.actor import Actor
from data.catalogue import Catalogue
from metrics.baseline import KEPT, PAIR, change_of_sums, change_since
from metrics.comparison import against_benchmark
from metrics.insight import directions
from metrics.picture import by_area, by_commitment
from metrics.places import benchmarks, latest_of, well_covered
from metrics.triangulation import USERS
from reports.expected import (
    ENGLAND,
    FACT,
    areas_of,
    areas_within,
    expected_pairs,
    fates,
    first_periods,
    memberships,
    places_within,
    rules_of,
)

PERIOD = ["indicator", "period_start", "period_end"]
COUNTS_DIFFER = "a count of an area is not compared with England’s total"
USED = [*PAIR, *KEPT, "reason"]
DISAGREEMENT_FIRST = {"dissonant": 0, "silent": 2}


def own(figures: pd.DataFrame) -> pd.DataFrame:
    """What areas reported themselves, or was published of them, of the figures of `reports.places`: no sums."""
    return figures[figures["areas_included"].isna()]


def changes(figures: pd.DataFrame, catalogue: Catalogue, as_of: date) -> pd.DataFrame:
    """Change since July 2025 of every expected pair of indicator and area. See `metrics.baseline`."""
    pairs = expected_pairs(rules_of(catalogue), areas_of(catalogue))
    return change_since(own(figures[[*USED, "areas_included"]]), pairs, as_of)


def changes_of_sums(changed: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Change since July 2025 of regions and England, over the areas that have both periods."""
    return change_of_sums(changed, memberships(areas_of(catalogue)))


def due(figures: pd.DataFrame, catalogue: Catalogue, as_of: date) -> pd.DataFrame:
    """Every figure that is expected with what has become of it, as `reports.expected.fates` says, and `area_name`."""
    names = {code: area.name for code, area in catalogue.areas.items()}
    found = fates(first_periods(catalogue), own(figures[[*FACT, "areas_included"]]), as_of)
    return found.assign(area_name=found["area_code"].map(names))


def insights(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    version: int,
    area: str,
    commitment: str | None = None,
) -> pd.DataFrame:
    """What people told us in a place, as far as the actor may see it."""
    found = queries.insights(connection, actor, version, commitment=commitment)
    return found[found["area_code"].isin(places_within(catalogue, area))]


def latest(figures: pd.DataFrame, area: str | None = None) -> pd.DataFrame:
    """The latest figure of each indicator in an area, or in each of all places, beside England's for the same period.

    `comparison` is the word between the two.
    """
    here = figures if area is None else figures[figures["area_code"] == area]
    here = latest_of(here[well_covered(here)], PAIR)
    england = benchmarks(figures, ENGLAND)[[*PERIOD, "value"]].rename(columns={"value": "benchmark"})
    beside = here.merge(england, on=PERIOD, how="left").assign(benchmark_area_code=ENGLAND)
    count = beside["measure"] == "count"
    compared = against_benchmark(beside.assign(benchmark=beside["benchmark"].mask(count)))
    return compared.assign(reason=beside["reason"], comparison_reason=compared["reason"].mask(count, COUNTS_DIFFER))


def grade_counts(heard: pd.DataFrame) -> pd.DataFrame:
    """How many insights gave each grade, for each perspective that was graded: perspective and columns 1 to 5."""
    graded = heard.dropna(subset=["grade"])
    counts = pd.crosstab(graded["perspective"], graded["grade"].astype(int)).reindex(columns=range(1, 6), fill_value=0)
    order = [name for name in PERSPECTIVE_WORDS if name in counts.index]
    return counts.loc[order].reset_index().rename_axis(columns=None)


def picture(
    changed: pd.DataFrame, heard: pd.DataFrame, catalogue: Catalogue, area: str, areas: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The computed picture of each commitment in a place, in the catalogue's order. See `metrics.picture`.

    `changed` are the `changes`, `heard` the `insights` of the place; `areas` its `joint_displays` if they are known.
    """
    found = by_commitment(*_evidence(changed, heard, catalogue, area), areas)
    return found.set_index("commitment").loc[list(catalogue.commitments)].reset_index()


def joint_displays(changed: pd.DataFrame, heard: pd.DataFrame, catalogue: Catalogue, area: str) -> pd.DataFrame:
    """Numbers beside voices for each commitment and force area of a place: disagreement first, silence last."""
    found = by_area(*_evidence(changed, heard, catalogue, area))
    names = found["area_code"].map({code: area.name for code, area in catalogue.areas.items()})
    order = found["fit"].map(DISAGREEMENT_FIRST).fillna(1)
    ordered = found.assign(order=order, name=names).sort_values(["commitment", "order", "name"])
    return ordered.drop(columns=["order", "name"])


def reading_order(areas: pd.DataFrame, heard: pd.DataFrame) -> pd.DataFrame:
    """Areas with what to read first on top: disagreement, then users against the numbers, silence last.

    `against` says where the numbers improved while users, families and communities say that it does not work, or more
    of them that it got worse than better.
    """
    users = heard[heard["perspective"].isin(USERS)]
    told = directions(users, "area_code").set_index("area_code")
    worse = set(told.index[told["worse"] > told["better"]])
    unhappy = (areas["user_voices"] == "negative") | areas["area_code"].isin(worse)
    against = (areas["numbers"] == "positive") & unhappy
    place = areas["fit"].map({"dissonant": 0, "silent": 3}).fillna(2).where(~against | (areas["fit"] == "dissonant"), 1)
    return areas.assign(against=against, place=place).sort_values("place", kind="stable").drop(columns="place")


def commitment_pairs(changed: pd.DataFrame) -> pd.DataFrame:
    """Changes once for each commitment that their indicator informs, in the column `commitment`."""
    return changed.explode("commitments").rename(columns={"commitments": "commitment"})


def _evidence(
    changed: pd.DataFrame, heard: pd.DataFrame, catalogue: Catalogue, area: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Changes and insights of a place, and every pair of commitment and area, whether or not there is any."""
    codes = areas_within(catalogue, area)
    pairs = pd.DataFrame(
        [(key, code) for key in catalogue.commitments for code in codes], columns=["commitment", "area_code"]
    )
    moved = commitment_pairs(changed[changed["area_code"].isin(codes)])
    return moved, heard, pairs

"""Is the evaluation commitment kept? The seven tests for every police force area and commitment, at a data version.

`gather` asks the store once; `grid` and `over_time` work out any day from what it found. Everybody gets the same: the
tests look at what is there, never at a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from data import agreements, queries
from data.catalogue import Catalogue
from data.rulings import NOT_APPLICABLE
from data.store import Connection
from data.template_files import reported_by_areas
from metrics.evaluation import Evidence, bands_by, kept_by, seven_tests
from reports.expected import areas_of, fates, first_periods, forces, places_within

BEGUN = date(2025, 7, 31)
LONGEST = 12
PAIR = ["area_code", "commitment"]


@dataclass(frozen=True)
class Known:
    """What is known at a data version of every police force area of England, for any day to its as-of date.

    `pairs` : area_code, area_name, region_code, commitment; every area with every commitment, in the catalogue's order.
    `evidence` : as `metrics.evaluation.seven_tests` takes it.
    `not_applicable` : area_code, commitment, test, reason and ruled_on of what stands.
    """

    pairs: pd.DataFrame
    evidence: Evidence
    not_applicable: pd.DataFrame


def gather(connection: Connection, catalogue: Catalogue, version: int, as_of: date) -> Known:
    """What the tests look at, of every area, as it is known at a version."""
    acts, rulings = queries.acted_upon(connection, version), queries.rulings(connection, version)
    return with_acts(measured(connection, catalogue, version, as_of), catalogue, acts, rulings)


def measured(connection: Connection, catalogue: Catalogue, version: int, as_of: date) -> Known:
    """What figures and voices say; it holds for as long as its data version, which never changes."""
    pairs, after = pairs_of(catalogue), days(as_of)[0] - timedelta(days=366)
    held = queries.reported_figures(connection, version, after)
    held = held[held["area_code"].isin(pairs["area_code"])]
    statuses = agreements.statuses(connection, catalogue, version)
    heard = queries.voices_heard(connection, version, after)
    evidence = Evidence(_observations(held, catalogue, statuses), heard, _expected(held, catalogue, as_of))
    return Known(pairs, evidence, pairs[:0].assign(test="", reason="", ruled_on=""))


def with_acts(known: Known, catalogue: Catalogue, acts: pd.DataFrame, rulings: pd.DataFrame) -> Known:
    """The same with what was done and ruled, which has a history of its own.

    `acts` are as `queries.acted_upon` and `rulings` as `queries.rulings` return them.
    """
    own = {code: places_within(catalogue, code) for code in acts["area_code"].unique()}
    spread = acts.assign(area_code=acts["area_code"].map(own).map(sorted)).explode("area_code", ignore_index=True)
    stands = rulings[rulings["standing"] & (rulings["kind"] == NOT_APPLICABLE)]
    evidence = Evidence(known.evidence.observations, known.evidence.insights, known.evidence.expected, spread)
    return Known(known.pairs, evidence, stands[[*PAIR, "test", "reason", "ruled_on"]])


def grid(known: Known, as_of: date) -> pd.DataFrame:
    """One row per area and commitment with the result of each test. See `metrics.evaluation.seven_tests`."""
    ruled = known.not_applicable[known.not_applicable["ruled_on"] <= pd.Timestamp(as_of)]
    return seven_tests(known.pairs, known.evidence, as_of, ruled)


def over_time(known: Known, as_of: date, areas: Sequence[str]) -> pd.DataFrame:
    """How many pairs of the areas passed at each earlier quarter end and at the as-of date, oldest first.

    Each day is worked out from what the version knows now: a figure that came late is there. `day` and the columns of
    `metrics.evaluation.kept_by` and `bands_by`.
    """
    own = Known(known.pairs[known.pairs["area_code"].isin(areas)], known.evidence, known.not_applicable)
    found = pd.concat([grid(own, day).assign(day=pd.Timestamp(day)) for day in days(as_of)], ignore_index=True)
    return kept_by(found, by="day").merge(bands_by(found, by="day").drop(columns="pairs"), on="day")


def days(as_of: date) -> list[date]:
    """The quarter ends since the consensus of July 2025 and the as-of date itself, oldest first, twelve at most."""
    ends = pd.date_range(BEGUN, as_of, freq="QE").date
    return [*[day for day in ends if day < as_of][1 - LONGEST :], as_of]


def pairs_of(catalogue: Catalogue) -> pd.DataFrame:
    """Every police force area of England with every commitment: area_code, area_name, region_code, commitment."""
    areas = forces(areas_of(catalogue)).sort_values("name")
    own = pd.DataFrame({"area_code": areas["code"], "area_name": areas["name"], "region_code": areas["parent"]})
    return own.merge(pd.DataFrame({"commitment": list(catalogue.commitments)}), how="cross")


def _observations(held: pd.DataFrame, catalogue: Catalogue, statuses: dict[str, str]) -> pd.DataFrame:
    """What areas sent of indicators that they report themselves, once for each commitment that it informs."""
    by_indicator = pd.DataFrame(
        [
            (item.key, one, item.person_centred, statuses[item.key])
            for item in reported_by_areas(catalogue)
            for one in item.commitments
        ],
        columns=["indicator", "commitment", "person_centred", "status"],
    )
    sent = held.loc[held["reported"], ["indicator", "area_code", "period_end"]]
    return sent.merge(by_indicator, on="indicator").assign(reported_by_area=True)


def _expected(held: pd.DataFrame, catalogue: Catalogue, as_of: date) -> pd.DataFrame:
    """What areas themselves were to send, with what became of it, once for each commitment that it informs."""
    first = first_periods(catalogue)
    found = fates(first[first["reported_by_area"]], held[held["whole"]], as_of)
    informs = pd.DataFrame(
        [(key, one) for key, item in catalogue.indicators.items() for one in item.commitments],
        columns=["indicator", "commitment"],
    )
    return found[["area_code", "indicator", "due_date", "state"]].merge(informs, on="indicator")
